package repair

import (
	"strings"

	"github.com/huiguan/huiguan/repair/internal/model"
)

// findFilterDots takes the dots out of words into which they were put to pass a filter: 市.委, 副.書記. The
// dot must part a word of the dictionary, and must do so three times on a page that has no other use for it
// between characters.
func findFilterDots(text string, _ Options) (f finding) {
	f.class, f.evidence = FilterDot, Model
	other := 0
	for i := 0; ; {
		n := strings.IndexByte(text[i:], '.')
		if n < 0 {
			break
		}
		i += n
		left := hanBefore(text, i)
		if left != 0 && hanAt(text, i+1) {
			right, _ := runeAt(text, i+1)
			if partsWord(text, i, left, right) {
				f.edits = append(f.edits, edit{start: i, end: i + 1})
			} else {
				other++
			}
		}
		i++
	}
	if len(f.edits) < 3 || other*3 > len(f.edits) {
		f.edits = nil
	}
	return f
}

// partsWord says whether the characters around text[i], of which left and right are next to it, are a word.
func partsWord(text string, i int, left, right rune) bool {
	l, r := model.Symbol(left), model.Symbol(right)
	if model.IsWord(l, r) {
		return true
	}
	if before := hanBefore(text, i-len(string(left))); before != 0 && model.IsWord(model.Symbol(before), l, r) {
		return true
	}
	at := i + 1 + len(string(right))
	if !hanAt(text, at) {
		return false
	}
	after, _ := runeAt(text, at)
	return model.IsWord(l, r, model.Symbol(after)) || strings.ContainsRune("副正前原總总各", left) && model.IsWord(r, model.Symbol(after))
}
