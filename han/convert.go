package han

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

var hansPhrases = sync.OnceValue(func() *phraseTable {
	same := func(r rune) rune { return r }
	return loadPhrases("hans", charData().hans, charData().hans, same)
})

// ToHans converts text to simplified characters, word by word where a character alone is ambiguous
// (乾坤 keeps its 乾, 顯著 its 著). In a text that is simplified already only characters that are
// traditional beyond doubt are changed.
func ToHans(s string) string {
	chars := charData()
	if DetectScript(s) == Hans {
		return mapChars(s, func(r rune) rune {
			if chars.script.at(r) == Hant {
				return chars.hans.at(r)
			}
			return 0
		})
	}
	return hansPhrases().convert(s)
}

// ToHant converts text to traditional characters in the forms of Taiwan (為, 群, 裡), word by word where
// a character alone is ambiguous (皇后, 後來). In a text that is traditional already only characters that
// are simplified beyond doubt are changed, so that its 里 and 后 stay, and variants take the usual form.
// What an author in Hong Kong writes (說 as 説, 衛 as 衞) stays; Taiwan.Hant changes that too, and other
// standards have their own [Standard.Hant].
func ToHant(s string) string {
	chars := charData()
	return untilHant(s, func(s string) string {
		if DetectScript(s) != Hant {
			return hantPhrases[Taiwan]().convert(s)
		}
		hant := regions[Taiwan]().hant
		return mapChars(s, func(r rune) rune {
			if chars.script.at(r) == Hans {
				return hant.at(r)
			}
			return chars.taiwan.at(r)
		})
	})
}

// untilHant converts once more what is short enough to show no script even when converted, so that it
// is what it will be when somebody converts it again.
func untilHant(s string, convert func(string) string) string {
	for range 4 {
		next := convert(s)
		if next == s || DetectScript(next) == Hant {
			return next
		}
		s = next
	}
	return s
}

// mapChars replaces each character for which form gives another than 0. Text without any is returned
// as it is.
func mapChars(s string, form func(rune) rune) string {
	var b strings.Builder
	start := 0
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, width := decode(s, i)
		if to := form(r); to != 0 {
			growOnce(&b, len(s))
			b.WriteString(s[start:i])
			b.WriteRune(to)
			start = i + width
		}
		i += width
	}
	if b.Len() == 0 {
		return s
	}
	b.WriteString(s[start:])
	return b.String()
}

// A phraseTable finds the longest phrase that a text begins with. Phrases are grouped by their first
// two characters; the groups are found by hashing that pair, and only after a bit for the first
// character said that there is one.
type phraseTable struct {
	chars  *pageTable[rune]
	starts *pageTable[bool]
	groups []phraseGroup // open addressing, a power of two in number
	list   []phrase      // each group together, longest first
}

type phrase struct{ key, value string }

type phraseGroup struct {
	pair       uint64
	start, end uint32
}

// loadPhrases unpacks a table whose phrases are told by how they differ from plain, the forms of single
// characters. What a phrase becomes passes through finish; a character in no phrase has its form in chars.
func loadPhrases(name string, plain, chars *pageTable[rune], finish func(rune) rune) *phraseTable {
	in := openTable(name)
	n := in.uint()
	t := &phraseTable{chars: chars, starts: newPageTable[bool](), list: make([]phrase, n)}
	size := 1
	for size < 2*n {
		size *= 2
	}
	t.groups = make([]phraseGroup, size)
	var texts strings.Builder
	texts.Grow(32 * n)
	var key, value []rune
	for i := range t.list {
		key = key[:in.uint()]
		for range in.uint() {
			key = append(key, rune(in.uint()))
		}
		value = phraseValue(value[:0], key, plain, in)
		for i, r := range value {
			value[i] = finish(r)
		}
		t.list[i] = phrase{appendText(&texts, key), appendText(&texts, value)}
	}
	t.group()
	return t
}

// phraseValue rebuilds what a phrase becomes: the characters' own forms, but for the listed exceptions.
func phraseValue(buf, key []rune, plain *pageTable[rune], in *reader) []rune {
	for _, r := range key {
		if form := plain.at(r); form != 0 {
			r = form
		}
		buf = append(buf, r)
	}
	for range in.uint() {
		at := in.uint()
		buf[at] = rune(in.uint())
	}
	return buf
}

// appendText keeps all texts of a table in few pieces of memory.
func appendText(b *strings.Builder, text []rune) string {
	from := b.Len()
	for _, r := range text {
		b.WriteRune(r)
	}
	return b.String()[from:]
}

// group files the sorted list under pairs and turns each group round, so that a longer phrase comes
// before its own beginning.
func (t *phraseTable) group() {
	for i := 0; i < len(t.list); {
		r1, r2 := firstPair(t.list[i].key)
		end := i + 1
		for end < len(t.list) {
			if a, b := firstPair(t.list[end].key); a != r1 || b != r2 {
				break
			}
			end++
		}
		slices.Reverse(t.list[i:end])
		t.starts.set(r1, true)
		*t.slot(pairOf(r1, r2)) = phraseGroup{pairOf(r1, r2), uint32(i), uint32(end)}
		i = end
	}
}

func firstPair(s string) (r1, r2 rune) {
	r1, width := decode(s, 0)
	r2, _ = decode(s, width)
	return r1, r2
}

func pairOf(r1, r2 rune) uint64 { return uint64(r1)<<21 | uint64(r2) }

// slot is where a pair is filed, or where it would be.
func (t *phraseTable) slot(pair uint64) *phraseGroup {
	mask := uint64(len(t.groups) - 1)
	for at := pair * 0x9E3779B97F4A7C15 >> 32 & mask; ; at = (at + 1) & mask {
		if g := &t.groups[at]; g.pair == pair || g.pair == 0 {
			return g
		}
	}
}

// match finds the longest phrase at s[i:], whose first character is known.
func (t *phraseTable) match(s string, i int, r1 rune, width int) *phrase {
	if i+width >= len(s) || s[i+width] < utf8.RuneSelf {
		return nil
	}
	r2, _ := decode(s, i+width)
	g := t.slot(pairOf(r1, r2))
	for n := g.start; n < g.end; n++ {
		if p := &t.list[n]; strings.HasPrefix(s[i:], p.key) {
			return p
		}
	}
	return nil
}

func (t *phraseTable) convert(s string) string {
	var b strings.Builder
	start := 0
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, width := decode(s, i)
		if t.starts.at(r) {
			if p := t.match(s, i, r, width); p != nil {
				if p.key != p.value {
					growOnce(&b, len(s))
					b.WriteString(s[start:i])
					b.WriteString(p.value)
					start = i + len(p.key)
				}
				i += len(p.key)
				continue
			}
		}
		if form := t.chars.at(r); form != 0 {
			growOnce(&b, len(s))
			b.WriteString(s[start:i])
			b.WriteRune(form)
			start = i + width
		}
		i += width
	}
	if b.Len() == 0 {
		return s
	}
	b.WriteString(s[start:])
	return b.String()
}

func growOnce(b *strings.Builder, n int) {
	if b.Cap() == 0 {
		b.Grow(n)
	}
}

// HantWord gives the longest word that a simplified text begins with of which the traditional form is known as a
// word, and that form, which has as many characters. Both are "" where no such word begins.
func HantWord(s string) (word, hant string) {
	if s == "" || s[0] < utf8.RuneSelf {
		return "", ""
	}
	table := hantPhrases[Taiwan]()
	r, width := decode(s, 0)
	if !table.starts.at(r) {
		return "", ""
	}
	if p := table.match(s, 0, r, width); p != nil {
		return p.key, p.value
	}
	return "", ""
}
