package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/huiguan/huiguan/han"
)

const (
	// snippetRunes is about how long a snippet is.
	snippetRunes = 80
	// leadRunes stand before the first find, if it does not stand near the
	// beginning.
	leadRunes = 20
	ellipsis  = "…"
)

// snippet is the text around the first find, on one line, with the byte ranges
// of the finds in it. Where the body has none it is the beginning.
func snippet(body string, look []phrase) (string, [][2]int) {
	text := passage(body, look)
	marks := finds(text, look)
	first := [2]int{}
	if len(marks) > 0 {
		first = marks[0]
	}
	from := begin(text, first[0])
	to := max(finish(text, from), first[1])
	out := text[from:to]
	var kept [][2]int
	for _, m := range marks {
		if m[0] >= from && m[1] <= to {
			kept = append(kept, [2]int{m[0] - from, m[1] - from})
		}
	}
	if to < len(text) {
		out += ellipsis
	}
	if from > 0 {
		out = ellipsis + out
		for i := range kept {
			kept[i][0] += len(ellipsis)
			kept[i][1] += len(ellipsis)
		}
	}
	return out, kept
}

// passage is the paragraph with the most different terms, the first of such,
// and what follows it while that is short.
func passage(body string, look []phrase) string {
	lines := strings.Split(body, "\n")
	best, most := 0, 0
	for i, line := range lines {
		if n := count(han.Fold(line), look); n > most {
			best, most = i, n
			if n == len(look) {
				break
			}
		}
	}
	var words []string
	runes := 0
	for _, line := range lines[best:] {
		fields := strings.Fields(line)
		words = append(words, fields...)
		for _, w := range fields {
			runes += utf8.RuneCountInString(w) + 1
		}
		if runes >= snippetRunes {
			break
		}
	}
	return strings.Join(words, " ")
}

// count says how many of the phrases stand in a folded text.
func count(folded string, look []phrase) int {
	n := 0
	for _, p := range look {
		if at, _ := p.find(folded, 0); at >= 0 {
			n++
		}
	}
	return n
}

// begin is where a snippet begins whose first find is at i: at the sentence's
// beginning if that is near, else some characters before.
func begin(text string, i int) int {
	from, lead := i, i
	for n := 0; from > 0; n++ {
		r, width := utf8.DecodeLastRuneInString(text[:from])
		if strings.ContainsRune("。！？；!?;", r) {
			return i - len(strings.TrimLeft(text[from:i], " ”」』）)"))
		}
		if n == 2*leadRunes {
			break
		}
		if from -= width; n < leadRunes {
			lead = from
		}
	}
	if from == 0 {
		return 0
	}
	for lead < i && insideWord(text, lead) {
		lead++
	}
	return lead
}

// finish is where a snippet ends that begins at from.
func finish(text string, from int) int {
	to := from + prefix(text[from:], snippetRunes)
	for i := to; i > from && to-i < maxToken; i = backToRune(text, i-1) {
		if !insideWord(text, i) {
			return i
		}
	}
	return to
}

// finds lists the byte ranges of all finds in a text, in order, none touching
// another.
func finds(text string, look []phrase) [][2]int {
	folded, places := foldPlaces(text)
	var all [][2]int
	for _, p := range look {
		for from := 0; ; {
			start, end := p.find(folded, from)
			if start < 0 {
				break
			}
			all = append(all, [2]int{places[start][0], places[end-1][1]})
			from = end
		}
	}
	slices.SortFunc(all, func(a, b [2]int) int { return a[0] - b[0] })
	var out [][2]int
	for _, m := range all {
		if n := len(out); n > 0 && m[0] <= out[n-1][1] {
			out[n-1][1] = max(out[n-1][1], m[1])
			continue
		}
		out = append(out, m)
	}
	return out
}

// foldPlaces folds a text character by character, each with the loose accents
// behind it, and says for each byte of the fold which bytes it came from.
func foldPlaces(text string) (string, [][2]int) {
	var folded strings.Builder
	places := make([][2]int, 0, len(text))
	for i := 0; i < len(text); {
		_, width := utf8.DecodeRuneInString(text[i:])
		end := i + width
		for end < len(text) {
			r, width := utf8.DecodeRuneInString(text[end:])
			if !unicode.IsMark(r) {
				break
			}
			end += width
		}
		f := han.Fold(text[i:end])
		folded.WriteString(f)
		for range len(f) {
			places = append(places, [2]int{i, end})
		}
		i = end
	}
	return folded.String(), places
}
