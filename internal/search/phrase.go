package search

import (
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/han"
)

// phrase is the pieces of a term that must stand together in a text, Chinese
// runs and words of other scripts, between which the text may have punctuation
// and spaces: 2026年 is found in 2026 年.
type phrase []string

// maxGap is how many bytes of punctuation may stand between two pieces.
const maxGap = 16

// newPhrase cuts a folded term into its pieces: 法+僑 is 法 and 僑.
func newPhrase(folded string) phrase {
	var p phrase
	start := -1 // of the piece, where inside one
	var before rune
	for i, r := range folded {
		if start >= 0 && (!wordRune(r) || letter(r) != letter(before)) {
			p = append(p, folded[start:i])
			start = -1
		}
		if start < 0 && wordRune(r) {
			start = i
		}
		before = r
	}
	if start >= 0 {
		p = append(p, folded[start:])
	}
	return p
}

// find is the first place at or after from where the phrase stands in a folded
// text; start is -1 where there is none.
func (p phrase) find(text string, from int) (start, end int) {
	for {
		i := strings.Index(text[from:], p[0])
		if i < 0 {
			return -1, -1
		}
		start = from + i
		if end, ok := p.endAt(text, start); ok {
			return start, end
		}
		_, width := utf8.DecodeRuneInString(text[start:])
		from = start + width
	}
}

// endAt says where the phrase ends that begins at start, if it stands there.
func (p phrase) endAt(text string, start int) (end int, ok bool) {
	end, ok = p.beginAt(text, start)
	return end, ok && !insideWord(text, end)
}

// beginAt is endAt for a phrase whose last word may go on.
func (p phrase) beginAt(text string, start int) (end int, ok bool) {
	if insideWord(text, start) {
		return 0, false
	}
	end = start + len(p[0])
	for _, piece := range p[1:] {
		at := skipGap(text, end)
		if at-end > maxGap || !strings.HasPrefix(text[at:], piece) || insideWord(text, end) {
			return 0, false
		}
		end = at + len(piece)
	}
	return end, true
}

func skipGap(text string, i int) int {
	for i < len(text) {
		r, width := utf8.DecodeRuneInString(text[i:])
		if wordRune(r) {
			return i
		}
		i += width
	}
	return i
}

// insideWord says whether i lies between two letters of one word. Chinese has
// no words in this sense.
func insideWord(text string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i:])
	return letter(before) && letter(after)
}

func letter(r rune) bool { return wordRune(r) && !han.IsHan(r) }
