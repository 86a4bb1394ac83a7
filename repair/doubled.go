package repair

import "strings"

// The marks that a converter was seen to put a comma before: the comma itself, the full stop, the comma
// of enumeration and the semicolon. It does so with every one on the page or with none.
const (
	comma = 1 + iota
	stop
	pause
	semicolon
	marks
)

// markAt tells which of the marks stands at s[i], or 0 if none does.
func markAt(s string, i int) int {
	switch s[i] {
	case ',':
		return comma
	case ';':
		return semicolon
	case 0xE3:
		if strings.HasPrefix(s[i:], "。") {
			return stop
		}
		if strings.HasPrefix(s[i:], "、") {
			return pause
		}
	case 0xEF:
		if strings.HasPrefix(s[i:], "，") {
			return comma
		}
		if strings.HasPrefix(s[i:], "；") {
			return semicolon
		}
	}
	return 0
}

func markWidth(s string, i int) int {
	if s[i] < 0x80 {
		return 1
	}
	return 3
}

// A commaRun is a run of commas with the mark behind it, if there is one.
type commaRun struct {
	start int
	first int // width of its first comma
	mark  int // what was doubled, or 0
	wide  bool
}

// findDoubled takes away the first of each pair, if nearly all of the page's marks of that kind are
// paired. A page that doubles its full stops leaves no doubt; where there are none, only full-width
// commas are taken for damage, for ",," is also an empty field of a table.
func findDoubled(text string, _ Options) (f finding) {
	f.class, f.evidence = DoubledPunctuation, BytesExact
	var single, double [marks]int
	wide := 0
	eachRun(text, func(r commaRun) {
		if r.mark == 0 {
			return
		}
		double[r.mark]++
		if r.wide {
			wide++
		}
	}, func(mark int) { single[mark]++ })
	total, hit := 0, [marks]bool{}
	for m := comma; m < marks; m++ {
		if hit[m] = double[m] > 0 && double[m] >= 4*single[m]; hit[m] {
			total += double[m]
		}
	}
	if total < 3 || !hit[stop] && (single[stop] > 0 || wide < 3) {
		return f
	}
	eachRun(text, func(r commaRun) {
		if hit[r.mark] {
			f.edits = append(f.edits, edit{start: r.start, end: r.start + r.first})
		}
	}, func(int) {})
	return f
}

// eachRun calls doubled for each pair, and alone for each mark by itself; a longer run of commas, which
// somebody typed, counts as one comma.
// Marks between ASCII on both sides, as in source code and tables, are nobody's.
func eachRun(text string, doubled func(commaRun), alone func(mark int)) {
	for i := 0; i < len(text); {
		m := markAt(text, i)
		if m == 0 {
			i++
			continue
		}
		start, commas := i, 0
		for i < len(text) && markAt(text, i) == comma {
			commas++
			i += markWidth(text, i)
		}
		mark := 0
		if i < len(text) {
			if mark = markAt(text, i); mark > 0 {
				i += markWidth(text, i)
			}
		}
		if amongASCII(text, start, i) {
			continue
		}
		run := commaRun{start: start, first: markWidth(text, start), wide: text[start] >= 0x80}
		switch {
		case commas == 0:
			alone(mark)
		case commas == 1 && mark > 0:
			run.mark = mark
			doubled(run)
		case commas == 2 && mark == 0:
			run.mark = comma
			doubled(run)
		default:
			alone(comma)
		}
	}
}

// amongASCII says whether text[start:end] is ASCII with ASCII, or the end of the text, on both sides.
func amongASCII(text string, start, end int) bool {
	return text[start] < 0x80 && text[end-1] < 0x80 &&
		(start == 0 || text[start-1] < 0x80) && (end == len(text) || text[end] < 0x80)
}
