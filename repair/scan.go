package repair

import (
	"math/bits"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/huiguan/huiguan/repair/internal/model"
)

// sign is a set of reasons to look at a text more closely. A layer is asked only if its sign was seen,
// so a layer may never find anything in a text without it.
type sign uint16

const (
	signEntity    sign = 1 << iota // &amp;
	signGloss                      // a bracket behind a character and before a letter of pinyin
	signDoubled                    // a comma before a mark
	signSpace                      // up to three spaces between two characters
	signShift                      // a question mark beside Chinese, a letter with a reading, a private character
	signLatin                      // two letters in a row that may be bytes
	signRare                       // two rare characters in a row
	signLost                       // U+FFFD
	signQuestions                  // question marks in a row
	signDot                        // a dot between two characters
)

// scan looks through the text once. It is what a text without damage costs, so it steps over characters
// of three bytes with one look at a table of bits and over ASCII eight bytes at a time; what matters in
// ASCII, except for entities and question marks, stands where ASCII and Chinese meet.
func scan(s string) (found sign) {
	if strings.Contains(s, "&amp;") {
		found |= signEntity
	}
	if strings.Contains(s, "??") {
		found |= signQuestions
	}
	rare := rareChars()
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c-0xE0 < 0xEE-0xE0: // Han, kana, Hangul and all marks but full-width ASCII
			var two uint64
			i, two = skipWide(s, i, rare)
			found |= sign(two) * signRare
		case c == ')' && i+1 < len(s) && s[i+1] >= utf8.RuneSelf: // behind a reading: alone it is no sign
			i++
		case c < utf8.RuneSelf:
			end := skipASCII(s, i)
			if i > 0 {
				found |= signsInASCII(s, i, end)
			}
			if end < len(s) {
				found |= signsBeforeWide(s, i, end)
			}
			i = end
		case c == 0xEE:
			found |= signShift | signRare
			i += 3
		case c == 0xEF:
			if i+3 < len(s) {
				found |= signsOfFullWidth(s, i)
			}
			i += 3
		case c < 0xE0:
			if (c == 0xC2 || c == 0xC3) && i+2 < len(s) && isLatinByte(s, i+2) {
				found |= signLatin
			}
			i += 2
		default:
			i += 4
		}
	}
	return found
}

// isLatinByte says whether a character of windows-1252 outside ASCII, or U+FFFD, may stand at s[i].
func isLatinByte(s string, i int) bool {
	return s[i] >= 0xC2 && s[i] <= 0xCB || s[i] == 0xE2 || s[i] == 0xEF && i+1 < len(s) && s[i+1] == 0xBF
}

// Two characters of three bytes stand at the head of a word if its bytes 0 and 3 are E0 to ED: their upper
// halves are E, and adding 2 to their lower halves does not run over.
const (
	upperHalves = 0xF0 | 0xF0<<24
	lowerHalves = 0x0E | 0x0E<<24
	bothWide    = 0xE0 | 0xE0<<24
	runOver     = 0x02 | 0x02<<24
	over        = 0x10 | 0x10<<24
)

// skipWide steps over characters of three bytes, two at a time, and says whether of three in a
// row two were rare.
func skipWide(s string, i int, rare *runeSet) (end int, two uint64) {
	last, before := uint64(0), uint64(0)
	for ; i+8 <= len(s); i += 6 {
		w := word(s[i : i+8])
		if w&upperHalves != bothWide || (w&lowerHalves+runOver)&over != 0 {
			break
		}
		first := rare[(w&0x0F)<<6|w>>8&0x3F] >> (w >> 16 & 0x3F)
		second := rare[(w>>24&0x0F)<<6|w>>32&0x3F] >> (w >> 40 & 0x3F)
		two |= first&(last|before) | second&(first|last)
		last, before = second, first
	}
	for ; i+2 < len(s); i += 3 {
		a, b, c := s[i], s[i+1], s[i+2]
		if a-0xE0 >= 0xEE-0xE0 {
			return i, two & 1
		}
		bit := rare[(uint(a)&0x0F)<<6|uint(b)&0x3F] >> (c & 0x3F)
		two |= bit & (last | before)
		last, before = bit, last
	}
	if i < len(s) && s[i]-0xE0 < 0xEE-0xE0 { // cut off
		i = len(s)
	}
	return i, two & 1
}

// rareNumber is how rare, in nats, a character is that seldom has another rare one near it.
const rareNumber = -12

// rareChars are the Chinese characters that Chinese text has few of, and the two that stand side by side
// where U+FFFD was read as GBK, 锟斤拷锟斤拷.
var rareChars = sync.OnceValue(func() *runeSet {
	s := new(runeSet)
	for r := rune(0x3400); r < 0xA000; r++ {
		if model.Alone(model.Symbol(r)) < rareNumber {
			s.add(r)
		}
	}
	for r := rune(0x3200); r < 0x3400; r++ { // signs for which nobody has a use, and that misread text is full of
		s.add(r)
	}
	s.add('锟')
	s.add('拷')
	return s
})

// skipASCII finds the end of the ASCII that begins at i.
func skipASCII(s string, i int) int {
	for ; i+32 <= len(s); i += 32 {
		w := s[i : i+32]
		if (word(w[0:8])|word(w[8:16])|word(w[16:24])|word(w[24:32]))&highs != 0 {
			break
		}
	}
	for ; i+8 <= len(s); i += 8 {
		if high := word(s[i:i+8]) & highs; high != 0 {
			return i + bits.TrailingZeros64(high)/8
		}
	}
	for i < len(s) && s[i] < utf8.RuneSelf {
		i++
	}
	return i
}

const highs = 0x8080808080808080

// word is the first eight bytes of s.
func word(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// signsBeforeWide looks at ASCII text s[i:end] that a character of another kind follows.
func signsBeforeWide(s string, i, end int) (found sign) {
	switch s[end-1] {
	case ',':
		if markAt(s, end) > 0 {
			found = signDoubled
		}
	case '?':
		return signShift
	}
	if end-i >= 2 && s[end-2] == '?' {
		found |= signShift
	}
	return found
}

// signsInASCII looks at ASCII text s[i:end] that follows a character of another kind.
func signsInASCII(s string, i, end int) sign {
	switch s[i] {
	case '?':
		return signShift
	case '.':
		if end == i+1 && end < len(s) && s[end] >= 0xE3 {
			return signDot
		}
		return 0
	case '(':
		if i+1 < len(s) && isPinyinByte(s[i+1]) {
			return signGloss
		}
	case ' ':
		if end-i <= maxGap && end < len(s) && s[end] >= 0xE3 && i >= 3 && s[i-3] >= 0xE0 && strings.Trim(s[i:end], " ") == "" {
			return signSpace
		}
	case ',':
		if i+1 < len(s) && (s[i+1] == ',' || s[i+1] == ';') {
			return signDoubled
		}
	}
	return letterWithReading(s, i, end)
}

// letterWithReading looks for the second byte of a character that its reading follows: F(xiàn).
func letterWithReading(s string, i, end int) sign {
	for at := i; at < min(end, i+2); at++ {
		if s[at] >= '@' && at+2 < len(s) && s[at+1] == '(' && isPinyinByte(s[at+2]) {
			return signShift
		}
	}
	return 0
}

// signsOfFullWidth looks at a character that begins with EF: private, full width or U+FFFD; there is a byte
// behind it.
func signsOfFullWidth(s string, i int) sign {
	switch {
	case s[i+1] < 0xA4:
		return signShift
	case s[i+1] == 0xBF && s[i+2] == 0xBD:
		return signLost
	case s[i+1] != 0xBC:
		return 0
	}
	switch s[i+2] {
	case 0x88: // （
		if isPinyinByte(s[i+3]) {
			return signGloss
		}
	case 0x8C: // ，
		if markAt(s, i+3) > 0 {
			return signDoubled
		}
	}
	return 0
}

// isPinyinByte says whether b may begin a syllable: a letter, or the first byte of a vowel with a mark.
func isPinyinByte(b byte) bool { return b >= 'a' && b <= 'z' || b >= 0xC3 && b <= 0xC9 }
