package repair

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/han"
)

// reportLost adds what no rule could bring back to the losses: U+FFFD, which a reader put for bytes that it
// could not read, 锟斤拷, which is two of them read as GBK, and rows of question marks in the place of a text.
// Nothing is changed; a place that is a loss already is not counted again.
func (l *ledger) reportLost() {
	var found []Loss
	for start := 0; start < len(l.text); {
		end := len(l.text)
		if n := strings.IndexByte(l.text[start:], '\n'); n >= 0 {
			end = start + n
		}
		for _, f := range []func(string, int, int) (Loss, bool){replaced, kunjinkao, questions} {
			if loss, ok := f(l.text, start, end); ok {
				found = append(found, loss)
			}
		}
		start = end + 1
	}
	slices.SortStableFunc(found, func(a, b Loss) int { return a.Start - b.Start })
	for _, loss := range found {
		if n := len(l.losses); !slices.ContainsFunc(l.losses[:n], func(o Loss) bool { return o.Start < loss.End && loss.Start < o.End }) {
			l.losses = append(l.losses, loss)
		}
	}
	slices.SortStableFunc(l.losses, func(a, b Loss) int { return a.Start - b.Start })
}

// replaced spans the U+FFFD of a line.
func replaced(text string, start, end int) (loss Loss, ok bool) {
	return span(text, start, end, "\uFFFD", ReplacementCharacter)
}

// kunjinkao spans the 锟斤拷 of a line, if there are two: one is a word that people talk about.
func kunjinkao(text string, start, end int) (loss Loss, ok bool) {
	if strings.Count(text[start:end], "锟斤拷") < 2 {
		return loss, false
	}
	return span(text, start, end, "锟斤拷", Kunjinkao)
}

func span(text string, start, end int, what string, class Class) (loss Loss, ok bool) {
	first := strings.Index(text[start:end], what)
	if first < 0 {
		return loss, false
	}
	last := strings.LastIndex(text[start:end], what) + len(what)
	return Loss{Start: start + first, End: start + last, Class: class, Note: CharactersLost}, true
}

// questions spans the question marks of a line that are what is left of its text: at least six, and more than
// all letters.
func questions(text string, start, end int) (loss Loss, ok bool) {
	line := text[start:end]
	first := strings.Index(line, "???")
	if first < 0 {
		return loss, false
	}
	marks, letters := strings.Count(line, "?"), 0
	for _, r := range line {
		if isASCIIWord(r) && (r < '0' || r > '9') || han.IsHan(r) || r >= utf8.RuneSelf && r != utf8.RuneError {
			letters++
		}
	}
	if marks < 6 || marks <= letters {
		return loss, false
	}
	last := strings.LastIndexByte(line, '?')
	return Loss{Start: start + min(first, strings.IndexByte(line, '?')), End: start + last + 1, Class: QuestionMarks, Note: CharactersLost}, true
}
