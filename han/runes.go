package han

import (
	"slices"
	"sync"
	"unicode/utf8"
)

func decodeSlow(s string) (rune, int) { return utf8.DecodeRuneInString(s) }

// valid says whether r can be looked up in a page table.
func valid(r rune) bool { return uint32(r) <= utf8.MaxRune }

// IsHan says whether r is a Chinese character: a unified ideograph, also of the extensions, a
// compatibility ideograph, or 〇. Radicals, strokes, punctuation and 々 are not.
func IsHan(r rune) bool {
	switch {
	case r < 0x3007:
		return false
	case r >= 0x4E00 && r <= 0x9FFF:
		return true
	case r >= 0x3400 && r <= 0x4DBF, r >= 0xF900 && r <= 0xFAFF, r >= 0x20000 && r <= 0x3FFFD:
		return true
	}
	return r == '〇'
}

type readingTable struct {
	lists [][]string
	of    *pageTable[uint16] // list number plus one
}

var readingData = sync.OnceValue(loadReadings)

func loadReadings() *readingTable {
	in := openTable("pinyin")
	syllables := make([]string, in.uint())
	for i := range syllables {
		syllables[i] = in.text(in.uint())
	}
	table := &readingTable{lists: make([][]string, in.uint()), of: newPageTable[uint16]()}
	for i := range table.lists {
		list := make([]string, in.uint())
		for j := range list {
			list[j] = syllables[in.uint()]
		}
		table.lists[i] = list
	}
	r := rune(0)
	for range in.uint() {
		r += rune(in.uint())
		table.of.set(r, uint16(in.uint()+1))
	}
	return table
}

// Readings lists the readings of a character in pinyin with tone marks, the commonest first, or nil
// where there is none. The slice belongs to the caller.
func Readings(r rune) []string {
	return slices.Clone(readings(r))
}

// readings is Readings without the copy; the slice is shared.
func readings(r rune) []string {
	if !valid(r) {
		return nil
	}
	table := readingData()
	if n := table.of.at(r); n > 0 {
		return table.lists[n-1]
	}
	return nil
}
