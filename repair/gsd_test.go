package repair

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/repair/damage"
	"github.com/huiguan/huiguan/repair/internal/codepage"
	"github.com/huiguan/huiguan/repair/internal/model"
)

// The development texts are the test parts of UD Chinese GSD, in traditional and in simplified characters.
// HUIGUAN_GSD names a folder with zh_gsd-ud-test.conllu and zh_gsdsimp-ud-test.conllu.
const gsdFolder = "HUIGUAN_GSD"

// gsdPages reads the sentences of a file and puts twenty each on a page.
func gsdPages(t *testing.T, name string) (pages []string) {
	t.Helper()
	folder := os.Getenv(gsdFolder)
	if folder == "" {
		t.Skip(gsdFolder + " is not set: nothing is measured on UD Chinese GSD")
	}
	raw, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(raw)) {
		if s, ok := strings.CutPrefix(line, "# text = "); ok {
			lines = append(lines, strings.TrimSpace(s))
		}
	}
	for len(lines) > 0 {
		n := min(20, len(lines))
		pages = append(pages, strings.Join(lines[:n], "\n"))
		lines = lines[n:]
	}
	return pages
}

// tally counts lines.
type tally struct{ all, exact, marked int }

func (c *tally) add(same bool) {
	c.all++
	if same {
		c.exact++
	}
}

// sameButLost says whether a text is what is wanted, but for characters that are said to be lost.
func sameButLost(got, want string) bool {
	g, w := []rune(got), []rune(want)
	if len(g) != len(w) {
		return false
	}
	for i := range g {
		if g[i] != w[i] && g[i] != lostChar {
			return false
		}
	}
	return true
}

func (c tally) percent() float64 { return 100 * float64(c.exact) / float64(max(1, c.all)) }

// asGBK is a text as far as GBK has it.
func asGBK(text string) string {
	return damage.Mirror{Marks: "-", Wide: true}.Damage(text, 0)
}

// asBig5 is a text as far as Big5 has it.
func asBig5(text string) string {
	return strings.Map(func(r rune) rune {
		if damage.Convertible(string(r), true) {
			return r
		}
		return '?'
	}, text)
}

func same(text string) string { return text }

// A measure is one way to damage the development texts, with what is expected back and the least share of
// lines, in percent, that must be exact again, in traditional and in simplified characters. docs/repair.md says
// what bounds those below 100.
type measure struct {
	name       string
	do         func(string, uint64) string
	want       func(string) string
	shifted    bool // count only lines that lost bytes
	hant, hans float64
	seeds      int
}

func once(do func(string) string) func(string, uint64) string {
	return func(s string, _ uint64) string { return do(s) }
}

func measures() []measure {
	return []measure{
		{"annotations", damage.Annotate, same, false, 100, -1, 3},
		{"annotations without tones", damage.AnnotateToneless, same, false, 100, -1, 3},
		{"full pipeline", damage.Federation, asGBK, false, 95, -1, 3},
		{"full pipeline, lines shifted", damage.Federation, asGBK, true, 87, -1, 3},
		{"shift without annotations", damage.PhaseShift, asGBK, true, 50, 60, 1},
		{"doubled punctuation", once(damage.DoublePunctuation), same, false, 100, 100, 1},
		{"prefixes", once(damage.QuestionPrefix), same, false, 100, 100, 1},
		{"entities", damage.DoubleEntities, same, false, 100, 100, 3},
		{"UTF-8 as latin-1", once(damage.UTF8AsLatin1), same, false, 100, 100, 1},
		{"UTF-8 as cp1252", once(damage.UTF8AsCP1252), same, false, 100, 100, 1},
		{"UTF-8 as cp1252 with losses", once(damage.UTF8AsCP1252Lossy), same, false, 70, 65, 1},
		{"UTF-8 as GBK", once(damage.UTF8AsGBK), same, false, 72, 74, 1},
		{"UTF-8 as GBK, nothing swallowed", once(damage.UTF8AsGBKKept), same, false, 80, 80, 1},
		{"GBK as latin-1", once(damage.GBKAsLatin1), asGBK, false, 100, 100, 1},
		{"Big5 as latin-1", once(damage.Big5AsLatin1), asBig5, false, 100, -1, 1},
		{"Big5 as GBK", once(damage.Big5AsGBK), asBig5, false, 50, -1, 1},
		{"GBK as Big5", once(damage.GBKAsBig5), asGBK, false, 5, 75, 1},
	}
}

func TestGSD(t *testing.T) {
	t.Parallel()
	for _, m := range measures() {
		for script, file := range map[string]string{"hant": "zh_gsd-ud-test.conllu", "hans": "zh_gsdsimp-ud-test.conllu"} {
			least := m.hant
			if script == "hans" {
				least = m.hans
			}
			if least < 0 {
				continue
			}
			t.Run(m.name+"/"+script, func(t *testing.T) {
				t.Parallel()
				pages := gsdPages(t, file)
				got := m.run(t, pages)
				t.Logf("%s: %.1f %% of %d lines are exact, %.0f at least; %d more but for characters marked as lost", t.Name(), got.percent(), got.all, least, got.marked)
				if got.percent() < least {
					t.Errorf("%.1f %% of %d lines are exact, want %.0f", got.percent(), got.all, least)
				}
			})
		}
	}
}

func (m measure) run(t *testing.T, pages []string) (lines tally) {
	for seed := range uint64(m.seeds) {
		for n, clean := range pages {
			damaged := m.do(clean, seed*1000+uint64(n))
			r := String(damaged, Options{})
			checkAccount(t, damaged, r)
			if was, is := strings.Count(clean, "\n"), strings.Count(r.Text, "\n"); was != is {
				t.Fatalf("%d lines became %d", was+1, is+1)
			}
			m.count(t, &lines, clean, damaged, r.Text)
		}
	}
	return lines
}

// count compares a page with what it was, line by line. A page with another number of lines has none right.
func (m measure) count(t *testing.T, lines *tally, clean, damaged, repaired string) {
	want := strings.Split(damage.HalfWidth(m.want(clean)), "\n")
	got := strings.Split(damage.HalfWidth(repaired), "\n")
	was := strings.Split(damaged, "\n")
	if len(got) != len(want) {
		got = make([]string, len(want))
	}
	for i := range want {
		if m.shifted && strings.Count(was[i], "?") == strings.Count(want[i], "?") && !strings.ContainsAny(was[i], "\uE000") {
			continue
		}
		lines.add(got[i] == want[i])
		if got[i] != want[i] && sameButLost(got[i], want[i]) {
			lines.marked++
		}
		if got[i] != want[i] && os.Getenv("HUIGUAN_GSD_SHOW") == m.name {
			t.Logf("\nwas  %s\ngot  %s\nwant %s", was[i], got[i], want[i])
		}
	}
}

// TestGSDLoneByte guesses each character before a mark from its first byte alone, as the end of a shifted
// run leaves it, and says how often the first choice is right and how often one of the first five.
func TestGSDLoneByte(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		file        string
		first, five float64
	}{{"zh_gsd-ud-test.conllu", 82, 94}, {"zh_gsdsimp-ud-test.conllu", 78, 91}} {
		t.Run(c.file, func(t *testing.T) {
			t.Parallel()
			var first, five tally
			for _, clean := range gsdPages(t, c.file) {
				loneBytes(clean, func(place int) { first.add(place == 0); five.add(place >= 0 && place < 5) })
			}
			t.Logf("of %d lone bytes %.1f %% are right at first, %.1f %% among five", first.all, first.percent(), five.percent())
			if first.percent() < c.first || five.percent() < c.five {
				t.Errorf("first %.1f %%, want %.0f; five %.1f %%, want %.0f", first.percent(), c.first, five.percent(), c.five)
			}
		})
	}
}

// loneBytes says for each character before a mark at which place it is among those with its first byte.
func loneBytes(clean string, say func(place int)) {
	for line := range strings.Lines(clean) {
		chars := []rune(strings.TrimSpace(line))
		lm := model.Start()
		for i, r := range chars {
			if i+1 < len(chars) && strings.ContainsRune("，；！？", chars[i+1]) && han.IsHan(r) {
				// The page must not know the character from this very place.
				p := &shiftedPage{text: strings.Replace(clean, string(chars[:i+1]), string(chars[:i])+"?", 1), gbk: codepage.GBK(), script: scriptOf(clean)}
				toks := p.tokens(nil, 0, 0)
				for _, after := range chars[i+1 : min(len(chars), i+3)] {
					toks = append(toks, token{char: after})
				}
				list := p.rank(lm, halfOf(p, r), nil, toks)
				say(slices.IndexFunc(list, func(c ranked) bool { return c.char == r }))
			}
			lm, _ = model.Next(&lm, r, scriptOf(clean))
		}
	}
}

// TestGSDShortStrings reads words of two to four characters, each alone, as GBK, where no byte is lost by that; and
// looks that no word is changed as it is.
func TestGSDShortStrings(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"zh_gsd-ud-test.conllu", "zh_gsdsimp-ud-test.conllu"} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			var words tally
			for _, word := range gsdWords(t, file) {
				if got := String(word, Options{}).Text; got != word {
					t.Errorf("%s became %s", word, got)
				}
				if damaged := damage.UTF8AsGBK(word); !strings.Contains(damaged, "?") {
					words.add(String(damaged, Options{}).Text == word)
				}
			}
			t.Logf("%.1f %% of %d words", words.percent(), words.all)
			if words.percent() < 98 {
				t.Errorf("%.1f %% of %d words came back", words.percent(), words.all)
			}
		})
	}
}

// gsdWords lists the Chinese words of two to four characters in a file, each once.
func gsdWords(t *testing.T, name string) (list []string) {
	gsdPages(t, name) // skips where there is nothing to read
	raw, err := os.ReadFile(filepath.Join(os.Getenv(gsdFolder), name))
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	for line := range strings.Lines(string(raw)) {
		fields := strings.Split(line, "\t")
		if len(fields) < 2 || seen[fields[1]] {
			continue
		}
		word := fields[1]
		seen[word] = true
		if n := len([]rune(word)); n >= 2 && n <= 4 && !strings.ContainsFunc(word, func(r rune) bool { return !han.IsHan(r) }) {
			list = append(list, word)
		}
	}
	return list
}
