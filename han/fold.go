package han

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// What the fold table says of a character when it does not name the character it becomes.
const (
	foldSame    = 0 // stays as it is
	foldSlow    = 1 // composes with its neighbours, or vanishes
	foldSpecial = 2 // becomes several characters, or one beyond the first plane
)

type foldTable struct {
	of      *pageTable[uint16]
	special map[rune]string
}

var foldData = sync.OnceValue(loadFold)

func loadFold() *foldTable {
	in := openTable("fold")
	table := &foldTable{of: newPageTable[uint16](), special: map[rune]string{}}
	r := rune(0)
	for range in.uint() {
		r += rune(in.uint())
		target := make([]rune, in.uint())
		for i := range target {
			target[i] = r + rune(in.sint())
		}
		table.add(r, target)
	}
	return table
}

func (t *foldTable) add(r rune, target []rune) {
	switch {
	case len(target) == 0:
		t.of.set(r, foldSlow)
	case len(target) > 1 || target[0] > 0xFFFF:
		t.of.set(r, foldSpecial)
		t.special[r] = string(target)
	default:
		t.of.set(r, uint16(target[0]))
	}
}

// Fold gives the one form in which text is indexed and searched: NFKC, lower case, simplified
// characters, variants merged (爲 and 為, 羣 and 群, 臺, 檯 and 台, 裡 and 里), invisible formatting
// removed. It goes character by character, so it merges more than ToHans does: 乾 and 幹 are one. A
// text that is folded already is returned as it is.
func Fold(s string) string {
	table := foldData()
	i, ok := table.unchanged(s)
	if !ok {
		return foldSlowly(table, s)
	}
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	if !table.write(&b, s, i) {
		return foldSlowly(table, s)
	}
	return b.String()
}

// unchanged gives the offset of the first character that Fold changes; it is not ok if that character
// needs the slow path.
func (t *foldTable) unchanged(s string) (int, bool) {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				return i, true
			}
			i++
			continue
		}
		r, width := decode(s, i)
		if v := t.of.at(r); v != foldSame || width == 1 {
			return i, v != foldSlow && width > 1
		}
		i += width
	}
	return len(s), true
}

// write appends the fold of s to b, whose first part up to i is known to stay. It gives up at a
// character that needs the slow path.
func (t *foldTable) write(b *strings.Builder, s string, i int) bool {
	start := 0
	for i < len(s) {
		c := s[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				b.WriteString(s[start:i])
				b.WriteByte(c + 'a' - 'A')
				start = i + 1
			}
			i++
			continue
		}
		r, width := decode(s, i)
		if v := t.of.at(r); v != foldSame || width == 1 {
			if v == foldSlow || width == 1 {
				return false
			}
			b.WriteString(s[start:i])
			t.writeRune(b, r, v)
			start = i + width
		}
		i += width
	}
	b.WriteString(s[start:])
	return true
}

func (t *foldTable) writeRune(b *strings.Builder, r rune, v uint16) {
	if v == foldSpecial {
		b.WriteString(t.special[r])
		return
	}
	b.WriteRune(rune(v))
}

// foldSlowly folds text in which characters compose: Latin letters with loose accents, Hangul in
// parts, and the like. Each round can open the way for another composition, so it goes on until
// nothing changes. Two rounds do for every text tried; the bound is there for the others.
func foldSlowly(table *foldTable, s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	for range 16 {
		next := table.round(norm.NFKC.String(s))
		if next == s {
			break
		}
		s = next
	}
	return s
}

func (t *foldTable) round(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		r = unicode.ToLower(r)
		switch v := t.of.at(r); {
		case ignorable(r):
		case v == foldSame || v == foldSlow || r < utf8.RuneSelf:
			b.WriteRune(r)
		default:
			t.writeRune(&b, r, v)
		}
	}
	return b.String()
}

// ignorable says whether r is formatting that a reader does not see and search must not see either.
func ignorable(r rune) bool {
	switch {
	case r == 0x00AD, r == 0x180E, r == 0xFEFF:
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2064:
		return true
	case r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0100 && r <= 0xE01EF:
		return true
	}
	return false
}

// foldRune is Fold for one character that becomes one character; others stay as they are.
func foldRune(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return r + 'a' - 'A'
	}
	if r < utf8.RuneSelf || !valid(r) {
		return r
	}
	if v := foldData().of.at(r); v > foldSpecial {
		return rune(v)
	}
	return r
}
