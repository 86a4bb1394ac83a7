package han

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Slug turns a name into a part of an address: readings without tone marks, ASCII letters and digits in
// lower case, a hyphen for everything between. The characters of one run are joined (橋頭 gives qiaotou)
// but for 之家 at its end (僑胞之家 gives qiaobao-zhijia), and runs of more than four characters are parted
// at the words that associations are named with (同鄉聯合會 gives tongxiang-lianhehui). Places and words
// whose reading is not the common one have it from a list: 番禺 panyu, 廈門 xiamen. ü after l and n is
// written yu, as in passports: 呂 gives lyu. What has no reading and is no letter is left out.
func Slug(s string) string {
	b := slugBuilder{}
	for _, r := range norm.NFKC.String(s) {
		if IsHan(r) {
			b.run = append(b.run, r)
			continue
		}
		b.flush()
		b.other(unicode.ToLower(r))
	}
	b.flush()
	return b.out.String()
}

type slugBuilder struct {
	out strings.Builder
	run []rune // Chinese characters not written yet
	gap bool   // a hyphen is due before the next letter
}

func (b *slugBuilder) write(letters string) {
	if letters == "" {
		return
	}
	if b.gap && b.out.Len() > 0 {
		b.out.WriteByte('-')
	}
	b.gap = false
	b.out.WriteString(letters)
}

// other writes a character that is not Chinese: a Latin letter without its accents, a digit, or a gap.
func (b *slugBuilder) other(r rune) {
	switch {
	case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
		b.write(string(r))
		return
	case r < utf8.RuneSelf:
		b.gap = b.gap || r != '\''
		return
	}
	letters := strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' {
			return c
		}
		return -1
	}, norm.NFD.String(string(r)))
	if letters == "" && !unicode.IsMark(r) {
		b.gap = true
	}
	b.write(letters)
}

// flush writes the run of Chinese characters as its words.
func (b *slugBuilder) flush() {
	if len(b.run) == 0 {
		return
	}
	b.gap = true
	for i, syllable := range syllables(b.run) {
		if i > 0 && partsBefore(b.run, i) {
			b.gap = true
		}
		b.write(syllable)
	}
	b.gap = true
	b.run = b.run[:0]
}

// syllables gives one toneless reading for each character, "" where there is none.
func syllables(run []rune) []string {
	folded := make([]rune, len(run))
	for i, r := range run {
		folded[i] = foldRune(r)
	}
	data := slugData()
	out := make([]string, 0, len(run))
	for len(out) < len(run) {
		i := len(out)
		if word := data.match(folded[i:]); word != nil {
			out = append(out, word...)
			continue
		}
		reading := data.chars[folded[i]]
		if reading == "" {
			reading = firstReading(run[i], folded[i])
		}
		out = append(out, reading)
	}
	return out
}

// firstReading is the commonest reading of a character, or of its folded form if it has none itself.
func firstReading(r, folded rune) string {
	list := readings(r)
	if len(list) == 0 {
		list = readings(folded)
	}
	if len(list) == 0 {
		return ""
	}
	return toneless(list[0])
}

// toneless strips the tone and writes ü as in passports.
func toneless(reading string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(reading) {
		switch {
		case r == '\u0308': // the dots of ü
			text := b.String()
			b.Reset()
			b.WriteString(strings.TrimSuffix(text, "u") + "yu")
		case r >= 'a' && r <= 'z':
			b.WriteRune(r)
		}
	}
	return b.String()
}

type slugTable struct {
	words   map[string][]string
	chars   map[rune]string
	longest int
}

var slugData = sync.OnceValue(func() *slugTable {
	t := &slugTable{words: map[string][]string{}, chars: map[rune]string{}}
	for line := range strings.SplitSeq(readingOverrides, ",") {
		fields := strings.Fields(line)
		word := Fold(fields[0])
		if n := utf8.RuneCountInString(word); n > 1 {
			t.words[word] = fields[1:]
			t.longest = max(t.longest, n)
			continue
		}
		r, _ := utf8.DecodeRuneInString(word)
		t.chars[r] = fields[1]
	}
	return t
})

// match gives the readings of the longest listed word that the text begins with.
func (t *slugTable) match(folded []rune) []string {
	for n := min(t.longest, len(folded)); n > 1; n-- {
		if word, ok := t.words[string(folded[:n])]; ok {
			return word
		}
	}
	return nil
}

// partsBefore says whether a hyphen goes before the character at i of a run.
func partsBefore(run []rune, i int) bool {
	rest := Fold(string(run[i:]))
	if rest == "之家" {
		return true
	}
	if len(run) <= 4 {
		return false
	}
	before := Fold(string(run[:i]))
	for _, word := range slugWords() {
		if strings.HasPrefix(rest, word) || strings.HasSuffix(before, word) {
			return true
		}
	}
	return false
}

var slugWords = sync.OnceValue(func() []string {
	return strings.Fields("侨联 同乡会 同乡 联合会 总会 联谊会 宗亲会 委员会 中心 服务 法律 顾问 新侨 志愿 青年会 妇女会 青年 妇女 基金会 会馆 " +
		"协会 商会 邻里 合作社 学校 红十字会 医疗队 服务队 服务团 互助会 促进会 研究会 校友会 支部 分会 文化 体育 青少年")
})
