package repair

import (
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/han"
)

// findPrefixes takes away the question marks that lines begin with where no-break spaces were that a charset
// had not. One line may begin so by whim; a page on which most paragraphs do, by the same number, does not.
func findPrefixes(text string, _ Options) (f finding) {
	f.class, f.evidence = QuestionPrefix, Model
	var edits []edit
	counts := make(map[int]int)
	paragraphs := 0
	for start := 0; start < len(text); {
		end := len(text)
		if n := strings.IndexByte(text[start:], '\n'); n >= 0 {
			end = start + n
		}
		if n, after := prefixOf(text[start:end]); n > 0 {
			counts[n]++
			edits = append(edits, edit{start: start, end: start + after})
		}
		if strings.ContainsAny(text[start:end], "，。,") || end-start >= 30 {
			paragraphs++
		}
		start = end + 1
	}
	most := 0
	for _, n := range counts {
		most = max(most, n)
	}
	if len(edits) < 2 || most*2 < len(edits) || len(edits)*3 < paragraphs {
		return f
	}
	f.edits = edits
	return f
}

// prefixOf counts the question marks that a line of Chinese begins with, two to eight, and says where it goes on.
func prefixOf(line string) (n, after int) {
	rest := strings.TrimLeft(line, "?")
	n = len(line) - len(rest)
	if n < 2 || n > 8 {
		return 0, 0
	}
	rest = strings.TrimPrefix(rest, " ") // one space; more are an indent
	text := strings.TrimLeft(rest, " \u3000")
	r, _ := utf8.DecodeRuneInString(text)
	switch {
	case han.IsHan(r), r != utf8.RuneError && strings.ContainsRune("“‘「『《【（(", r), isASCIIWord(r) && strings.ContainsFunc(text, han.IsHan):
	default:
		return 0, 0
	}
	return n, len(line) - len(rest)
}
