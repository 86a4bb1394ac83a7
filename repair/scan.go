package repair

import (
	"encoding/binary"
	"strings"
	"unicode/utf8"
)

// sign is a set of reasons to look at a text more closely. A layer is asked only if its sign was seen,
// so a layer may never find anything in a text without it.
type sign uint8

const (
	signEntity  sign = 1 << iota // &amp;
	signGloss                    // a bracket behind a character and before a letter of pinyin
	signDoubled                  // a comma before a mark
	signSpace                    // up to three spaces between two characters
	signShift                    // a question mark beside Chinese, a letter with a reading, a private character
)

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// scan looks through the text once. It is what a text without damage costs, so it steps over characters
// by their first byte alone and over ASCII eight bytes at a time; what matters in ASCII, except for
// entities, stands where ASCII and Chinese meet.
func scan(s string) (found sign) {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c-0xE0 < 0xEE-0xE0: // Han, kana, Hangul and all marks but full-width ASCII
			i += 3
		case c < utf8.RuneSelf:
			end, entity := skipASCII(s, i)
			found |= entity
			if i > 0 {
				found |= signsInASCII(s, i, end)
			}
			if end < len(s) {
				found |= signsBeforeWide(s, i, end)
			}
			i = end
		case c == 0xEE:
			found |= signShift
			i += 3
		case c == 0xEF:
			if i+1 < len(s) && s[i+1] < 0xA4 {
				found |= signShift
			}
			if i+3 < len(s) && s[i+1] == 0xBC {
				found |= signsOfFullWidth(s, i)
			}
			i += 3
		case c < 0xE0:
			i += 2
		default:
			i += 4
		}
	}
	return found
}

// skipASCII finds the end of the ASCII that begins at i and says whether there is an entity in it.
func skipASCII(s string, i int) (end int, found sign) {
	for i < len(s) {
		for i+8 <= len(s) {
			w := binary.LittleEndian.Uint64([]byte(s[i : i+8]))
			amp := w ^ '&'*ones
			if (w|(amp-ones)&^amp)&highs != 0 {
				break
			}
			i += 8
		}
		for stop := min(i+8, len(s)); i < stop; i++ {
			if s[i] >= utf8.RuneSelf {
				return i, found
			}
			if s[i] == '&' && strings.HasPrefix(s[i:], "&amp;") {
				found |= signEntity
			}
		}
	}
	return i, found
}

// signsBeforeWide looks at ASCII text s[i:end] that a character of another kind follows.
func signsBeforeWide(s string, i, end int) (found sign) {
	switch c := s[end-1]; {
	case c == ',':
		if markAt(s, end) > 0 {
			found = signDoubled
		}
	case c == '?':
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

// signsOfFullWidth looks at a full-width comma or bracket; there is a byte behind it.
func signsOfFullWidth(s string, i int) sign {
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
