package repair

import (
	"unicode/utf8"

	"github.com/huiguan/huiguan/han"
)

// runeAt decodes the character at s[i], with the usual three bytes first. At the end of s, and for a
// byte that is not UTF-8, it returns utf8.RuneError and a width of at most one.
func runeAt(s string, i int) (r rune, width int) {
	if i+2 < len(s) {
		a, b, c := s[i], s[i+1], s[i+2]
		if a > 0xE0 && a < 0xED && b&0xC0 == 0x80 && c&0xC0 == 0x80 {
			return rune(a&0x0F)<<12 | rune(b&0x3F)<<6 | rune(c&0x3F), 3
		}
	}
	return utf8.DecodeRuneInString(s[i:])
}

// hanAt says whether there is a Chinese character at s[i].
func hanAt(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	r, _ := runeAt(s, i)
	return han.IsHan(r)
}

// hanBefore is the Chinese character that ends at s[i], or 0 if there is none.
func hanBefore(s string, i int) rune {
	if i == 0 || s[i-1] < utf8.RuneSelf {
		return 0
	}
	if i >= 3 {
		if r, width := runeAt(s, i-3); width == 3 && han.IsHan(r) {
			return r
		}
	}
	if r, _ := utf8.DecodeLastRuneInString(s[:i]); han.IsHan(r) {
		return r
	}
	return 0
}

// A runeSet holds characters of the basic plane, where all that Chinese pages are damaged with stand.
type runeSet [1 << 16 / 64]uint64

func (s *runeSet) add(r rune) {
	if r < 1<<16 {
		s[r>>6] |= 1 << (r & 63)
	}
}

func (s *runeSet) has(r rune) bool { return uint32(r) < 1<<16 && s[r>>6]>>(r&63)&1 == 1 }
