package repair

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// maxLetters is the length of the longest syllables, such as zhuang.
const maxLetters = 6

// bracketAt says what closes the bracket that opens at text[i], and where its inside begins, or ""
// if none opens there.
func bracketAt(text string, i int) (closing string, inside int) {
	switch {
	case text[i] == '(':
		return ")", i + 1
	case text[i] == 0xEF && strings.HasPrefix(text[i:], "（"):
		return "）", i + len("（")
	}
	return "", 0
}

// readingAt is the syllable at text[i], up to the bracket that closes, or "" if there is none.
func readingAt(text string, i int, closing string) string {
	end := i
	for n := 0; n < maxLetters && end < len(text); n++ {
		width := letterAt(text, end)
		if width == 0 {
			break
		}
		end += width
	}
	if !strings.HasPrefix(text[end:], closing) {
		return ""
	}
	return text[i:end]
}

// letterAt is the width of the letter of pinyin at text[i], or 0 if there is none.
func letterAt(text string, i int) int {
	c := text[i]
	switch {
	case c >= 'a' && c <= 'z':
		return 1
	case c < 0xC3 || c > 0xC9:
		return 0
	}
	r, width := utf8.DecodeRuneInString(text[i:])
	if plain(r) == 0 {
		return 0
	}
	return width
}

// plain is the letter without its tone, v for ü, or 0 if r does not occur in pinyin. Old fonts give ɑ
// and ɡ in place of a and g.
func plain(r rune) byte {
	switch r {
	case 'ā', 'á', 'ǎ', 'à', 'ɑ':
		return 'a'
	case 'ē', 'é', 'ě', 'è':
		return 'e'
	case 'ɡ':
		return 'g'
	case 'ī', 'í', 'ǐ', 'ì':
		return 'i'
	case 'ń', 'ň', 'ǹ':
		return 'n'
	case 'ō', 'ó', 'ǒ', 'ò':
		return 'o'
	case 'ū', 'ú', 'ǔ', 'ù':
		return 'u'
	case 'ǖ', 'ǘ', 'ǚ', 'ǜ', 'ü':
		return 'v'
	}
	if r >= 'a' && r <= 'z' {
		return byte(r)
	}
	return 0
}

// isReading says whether py, with or without tones, is one of the readings of a character.
func isReading(readings []string, py string) bool {
	if slices.Contains(readings, py) || slices.Contains(readings, fontLetters.Replace(py)) {
		return true
	}
	if isToned(py) {
		return false
	}
	bare := toneless(py)
	for _, r := range readings {
		t := toneless(r)
		if t == bare || strings.Contains(t, "v") && strings.ReplaceAll(t, "v", "u") == bare {
			return true
		}
	}
	return false
}

var fontLetters = strings.NewReplacer("ɑ", "a", "ɡ", "g")

func isToned(py string) bool {
	for _, r := range py {
		if r >= utf8.RuneSelf && r != 'ü' && r != 'ɑ' && r != 'ɡ' {
			return true
		}
	}
	return false
}

func toneless(py string) string {
	b := make([]byte, 0, len(py))
	for _, r := range py {
		if c := plain(r); c != 0 {
			b = append(b, c)
		}
	}
	return string(b)
}
