package han

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A Tradition is a way in which families write their surname in Latin letters: by the speech of the
// place they left, or by a system.
type Tradition int

// The traditions, in the order in which Romanisations lists them.
const (
	Pinyin     Tradition = iota
	WadeGiles            // Taiwan, and older books
	Cantonese            // Hong Kong, Macau, and from there all over the world
	Minnan               // Hokkien and Teochew: Singapore, Malaysia, Indonesia, the Philippines, Thailand
	Hakka                // Malaysia, Indonesia, Mauritius, Jamaica
	Hoisan               // the Four Counties: North America
	Foochow              // eastern Fujian: Sarawak, New York
	Vietnamese           // the Sino-Vietnamese reading
	traditions
)

// String names the tradition in English.
func (t Tradition) String() string {
	names := [traditions]string{"pinyin", "Wade-Giles", "Cantonese", "Minnan", "Hakka", "Hoisan", "Foochow", "Vietnamese"}
	if t < 0 || t >= traditions {
		return ""
	}
	return names[t]
}

// A Romanisation is one spelling of a surname, in lower case: tan, ch'en, trần.
type Romanisation struct {
	Spelling  string
	Tradition Tradition
}

// Romanisations lists how a surname is written in Latin letters, in either script: 陳 gives chen, ch'en,
// chan, tan and more. They serve as search keys. The table has some 200 surnames; any other Chinese
// character or two give the pinyin and Wade-Giles of their readings alone, and what is no Chinese gives
// nothing. No list of spellings is complete, as each family chose its own.
func Romanisations(surname string) []Romanisation {
	if s, ok := surnameData().of[Fold(surname)]; ok {
		return slices.Clone(s.spellings)
	}
	if n := []rune(surname); len(n) == 0 || len(n) > 2 || slices.ContainsFunc(n, func(r rune) bool { return !IsHan(r) }) {
		return nil
	}
	syllables := Syllables(surname)
	if slices.Contains(syllables, "") {
		return nil
	}
	return mandarin(syllables)
}

// mandarin spells the syllables in pinyin and, where that is another spelling, in Wade-Giles.
func mandarin(syllables []string) []Romanisation {
	var wade []string
	for _, s := range syllables {
		wade = append(wade, wadeGiles(strings.Replace(s, "lyu", "lü", 1)))
	}
	out := []Romanisation{{strings.Join(syllables, ""), Pinyin}}
	if w := strings.Join(wade, "-"); w != out[0].Spelling {
		out = append(out, Romanisation{w, WadeGiles})
	}
	return out
}

// Surnames lists the surnames, in traditional characters, that a spelling in Latin letters may stand
// for, roughly the commonest first. Case, accents, apostrophes and hyphens make no difference. A spelling
// seldom has one answer: Tan is 陳 in Singapore and 譚 in Beijing, Wong is 黃 or 王, and Lee is a surname
// of England too. Use it to widen a search, never to say what somebody is called.
func Surnames(spelling string) []string { return slices.Clone(surnameData().by[spellingKey(spelling)]) }

// spellingKey is a spelling as it is looked up, or "" if it has a character that no spelling has.
func spellingKey(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case r >= 'a' && r <= 'z':
			b.WriteRune(r)
		case r == 'đ':
			b.WriteByte('d')
		case !unicode.IsMark(r) && !strings.ContainsRune(" '’‘ʻ`-‐.", r):
			return ""
		}
	}
	return b.String()
}

//go:embed data/surnames.txt
var surnameList string

type surname struct {
	reading   []string // syllables of pinyin, ü as yu
	spellings []Romanisation
}

type surnameTable struct {
	of map[string]surname  // by folded surname
	by map[string][]string // by spelling key
}

var surnameData = sync.OnceValue(loadSurnames)

func loadSurnames() *surnameTable {
	t := &surnameTable{of: map[string]surname{}, by: map[string][]string{}}
	for line := range strings.Lines(surnameList) {
		if !strings.HasPrefix(line, "#") {
			t.add(strings.Split(line, "|"))
		}
	}
	return t
}

// columns says which tradition each column of the list is, after the first.
var columns = []Tradition{Cantonese, Minnan, Hakka, Hoisan, Foochow, Vietnamese}

func (t *surnameTable) add(fields []string) {
	first := strings.Fields(fields[0])
	name := first[0]
	s := surname{reading: strings.Split(strings.ReplaceAll(first[1], "lü", "lyu"), "-")}
	s.spellings = mandarin(s.reading)
	for i, column := range fields[1:] {
		for spelling := range strings.FieldsSeq(column) {
			s.spellings = append(s.spellings, Romanisation{spelling, columns[i]})
		}
	}
	t.of[Fold(name)] = s
	for _, r := range s.spellings {
		key := spellingKey(r.Spelling)
		if !slices.Contains(t.by[key], name) {
			t.by[key] = append(t.by[key], name)
		}
		// People write Lu for Lü more often than Lyu.
		if other := strings.ReplaceAll(key, "lyu", "lu"); other != key && !slices.Contains(t.by[other], name) {
			t.by[other] = append(t.by[other], name)
		}
	}
}
