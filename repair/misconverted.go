package repair

import (
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/repair/internal/model"
)

// What a character must be worth, in nats, to be put in the place of another: by itself, and in a word.
const (
	loneForm = 4.5
	wordForm = -1.5 // the form of a word may be the rarer one of its character: 皇后
	perChar  = 2    // what each further character of a word adds to the margin
)

// doubtful are characters of which the words are not enough to tell, 明了 is 明瞭 but 指明了 is not, or whose forms
// are both in use: 宣布 and 宣佈.
const doubtful = "了瞭征徵困睏台臺只隻祇准準沈瀋扎紮梁樑布佈周週岩巖杯盃伙夥累纍念唸具俱折摺升昇占佔瓮甕卷捲"

// findMisconverted puts right what a conversion of single characters got wrong on a traditional page: characters
// left as they were (干部, 奮斗) and characters converted that should not have been (兩製, 局麵). Words decide, and
// never a single character, unless it has next to no other use: a pass over all would spoil as much as it mends.
func findMisconverted(text string, _ Options) (f finding) {
	f.class, f.evidence = ScriptRepair, Model
	if scriptOf(text) != model.Hant {
		return f
	}
	m := misconverted{text: text, hans: simplifiedText(text)}
	if len(m.hans) != len(text) {
		return f
	}
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		i = m.word(&f, i)
	}
	return f
}

// misconverted is a page beside its simplified form, byte for byte.
type misconverted struct{ text, hans string }

// simplifiedText maps each character to its simplified form, where that has as many bytes.
func simplifiedText(text string) string {
	return strings.Map(func(r rune) rune {
		if form := han.ToHansRune(r); utf8.RuneLen(form) == utf8.RuneLen(r) {
			return form
		}
		return r
	}, text)
}

// word looks at the word that begins at i, and returns where the next may.
func (m *misconverted) word(f *finding, i int) (next int) {
	_, width := runeAt(m.text, i)
	word, hant := han.HantWord(m.hans[i:])
	if word == "" || len(hant) != len(word) {
		m.lone(f, i)
		return i + width
	}
	for at := 0; at < len(word); {
		seen, w := runeAt(m.text, i+at)
		meant, _ := runeAt(hant, at)
		if margin := m.margin(seen, meant, word); seen != meant && margin > wordForm && !m.straddled(i+at, i+len(word), meant) {
			f.edits = append(f.edits, edit{start: i + at, end: i + at + w, after: string(meant), doubt: &doubt{Model, float64(margin - wordForm), nil}})
		}
		at += w
	}
	return i + len(word)
}

// margin is by how much a form is likelier than the one that is seen, in a word of some length; very little where
// the forms are none that a conversion would confuse.
func (m *misconverted) margin(seen, meant rune, word string) float32 {
	plain := han.ToHansRune(seen)
	if seen != plain && meant != plain || strings.ContainsRune(doubtful, seen) {
		return -100
	}
	return model.Form(meant, model.Hant) - model.Form(seen, model.Hant) + perChar*float32(utf8.RuneCountInString(word)-1)
}

// straddled says whether a word that begins within another, and ends behind it, has a different form for a character.
func (m *misconverted) straddled(at, end int, meant rune) bool {
	for start := at; start > max(0, at-9); start -= 3 {
		if !utf8.RuneStart(m.hans[start]) {
			return false
		}
		word, hant := han.HantWord(m.hans[start:])
		if start+len(word) > end && len(hant) == len(word) {
			other, _ := runeAt(hant, at-start)
			return other != meant
		}
	}
	seen, width := runeAt(m.hans, at)
	if at+width != end || !hanAt(m.hans, end) {
		return false
	}
	after, _ := runeAt(m.hans, end) // 聯系統: 系統 is a word of the dictionary, and keeps its 系
	return model.IsWord(model.Symbol(seen), model.Symbol(after))
}

// lone looks at a character that no word covers: 於 has next to no other form on traditional pages.
func (m *misconverted) lone(f *finding, i int) {
	seen, width := runeAt(m.text, i)
	if han.ToHansRune(seen) != seen || strings.ContainsRune(doubtful, seen) {
		return
	}
	meant, margin := commonForm(seen)
	if margin > loneForm {
		f.edits = append(f.edits, edit{start: i, end: i + width, after: string(meant), doubt: &doubt{Model, float64(margin), nil}})
	}
}

// commonForm is the form that traditional pages have for a simplified character, and by how much it is likelier.
func commonForm(r rune) (form rune, margin float32) {
	if form, _ = utf8.DecodeRuneInString(han.ToHant(string(r))); form == r {
		return r, 0
	}
	return form, model.Form(form, model.Hant) - model.Form(r, model.Hant)
}
