package facts

import (
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/han"
)

// figure is a number of people somewhere in a passage.
type figure struct {
	span
	n      int
	about  bool
	visits bool // counted in 人次
}

// maxPeople is beyond any gathering; larger numbers are populations.
const maxPeople = 5_000_000

// maxFigures bounds how many figures of one sentence are weighed.
const maxFigures = 64

// count keeps the largest number of people that part says came. Numbers are never added up: the figure must stand in the text.
func (e *event) count(p *passage, part span, anchored bool) bool {
	told, weighed := false, 0
	counters.scan(p.text[part.start:part.end], func(i int, _ entry) bool {
		f, ok := figureAt(p.text, part, part.start+i)
		if !ok || !e.signed && (f.n < e.Headcount || f.n == e.Headcount && (f.about || !e.HeadcountAbout)) {
			return true
		}
		weighed++
		signs := (e.signed || e.Headcount == 0) && signedUp(p.text, part, f)
		if (signs || attended(p.text, part, f, anchored)) && !p.quoted(f.start) {
			e.Headcount, e.HeadcountAbout, e.signed, told = f.n, f.about, signs, true
		}
		return weighed < maxFigures
	})
	return told
}

// counters are the counting words for people.
var counters = words("人", "名", "位", "个孩子")

// figureAt reads the number before the counting word at offset i.
func figureAt(text string, part span, i int) (figure, bool) {
	unit, size := utf8.DecodeRuneInString(text[i:])
	next, _ := utf8.DecodeRuneInString(text[i+size:])
	if i+size < len(text) && strings.ContainsRune(notPersons[unit], next) {
		return figure{}, false
	}
	f := figure{span: span{i, i + size}}
	if unit == '人' && next == '次' {
		f.end += len("次")
		f.about, f.visits = true, true
	}
	before := trimSpaceEnd(text[part.start:i])
	if unit == '人' {
		before = trimSpaceEnd(strings.TrimSuffix(before, "个"))
	}
	if w := hasSuffix(before, []string{"余", "多", "几"}); w != "" {
		before, f.about = before[:len(before)-len(w)], true
	}
	number := numberTail(before)
	f.start = part.start + len(before) - len(number)
	var pair bool
	f.n, pair = wholeNumber(number)
	f.about = f.about || pair
	return f, f.n >= 2 && f.n <= maxPeople && f.round(text, part)
}

// round notes words of approximation around the figure. It reports false where the figure turns out to be the end of a range or a rank.
func (f *figure) round(text string, part span) bool {
	before := trimSpaceEnd(text[part.start:f.start])
	if r, size := utf8.DecodeLastRuneInString(before); strings.ContainsRune("-—–~～至到/.", r) {
		first, _ := utf8.DecodeLastRuneInString(before[:len(before)-size])
		if isNumeric(first) || first == '人' || first == '名' {
			return false
		}
	}
	switch w := hasSuffix(before, aboutBefore); w {
	case "":
	case "上":
		f.about = f.about || hasPrefix(text[f.start:f.end], []string{"百", "千", "万"}) != ""
	default:
		f.about = true
	}
	f.about = f.about || hasPrefix(text[f.end:part.end], aboutAfter) != ""
	return true
}

// numberTail is the number that text ends with, in digits or characters, with its separators.
func numberTail(text string) string {
	i := len(text)
	for runes := 0; i > 0 && runes < 12; runes++ {
		r, size := utf8.DecodeLastRuneInString(text[:i])
		inside := (r == ',' || r == '.') && i < len(text) && isDigit(text[i]) && i > size && isDigit(text[i-size-1])
		if !isNumeric(r) && !inside {
			break
		}
		i -= size
	}
	return text[i:]
}

// wholeNumber reads s as one number; 0 means that it is none. The lower number of a pair such as 三四十 is about.
func wholeNumber(s string) (n int, about bool) {
	n, width := han.Numeral(s)
	if width != len(s) {
		return 0, false
	}
	const digits = "一二三四五六七八九"
	last := false
	for _, r := range s {
		digit := strings.ContainsRune(digits, r)
		about = about || digit && last
		last = digit
	}
	return n, about
}

// attended decides whether the people of a figure came to the event: the clause must say so, or the figure must be a total of what a
// neighbouring clause says.
func attended(text string, part span, f figure, anchored bool) bool {
	from, to := clauseStart(text, part.start, f.start), clauseEnd(text, f.end, part.end)
	before, after := text[from:f.start], text[f.end:to]
	lead := trimAbout(before)
	arrived := hasSuffix(lead, arrivals) != ""
	lead = strings.TrimSuffix(lead, hasSuffix(lead, headWords))
	switch {
	case !arrived && hasSuffix(lead, notCountedBefore) != "":
		return false
	case notCounted.in(after) || notCounted.in(before):
		return false
	case arrived || cameBefore(lead) || attending.in(after):
		return true
	case anchored && organised(before):
		return true
	}
	c := clause{f, before, after, lead, text[part.start:from], text[part.start:part.end], anchored}
	switch {
	case c.came():
		return true
	case len(after) > 8*len("人"):
		return false
	case hasSuffix(lead, totals) != "":
		return anchored || cameNear(text, part, from, to)
	}
	return hasSuffix(lead, listEnds) != "" && !acted.in(before) && cameNear(text, part, from, to)
}

// trimAbout cuts words of approximation, 了 and spaces from the end of what stands before a figure.
func trimAbout(before string) string {
	for {
		short := strings.TrimSuffix(trimSpaceEnd(before), "了")
		if w := hasSuffix(short, aboutBefore); w != "" && w != "上" {
			short = short[:len(short)-len(w)]
		}
		if short == before {
			return short
		}
		before = short
	}
}

// cameBefore reports whether a word of attending governs the figure that follows text.
func cameBefore(before string) bool {
	at, w := attendingBefore.last(before)
	return at >= 0 && !acted.in(before[at+len(w):])
}

var organising = words("组织", "一行", "一家")

// organised reports whether the figure is the object of organising an outing: 組織60名會員到潮州參觀.
func organised(before string) bool {
	at, w := organising.last(before)
	return at >= 0 && len(before)-at-len(w) <= maxWord && !acted.in(before[at+len(w):])
}

// cameNear reports whether the clauses before text[from:to], or the one after it, speak of attending.
func cameNear(text string, part span, from, to int) bool {
	if attending.in(tail(text[part.start:from])) {
		return true
	}
	if to >= part.end {
		return false
	}
	_, size := utf8.DecodeRuneInString(text[to:])
	return attending.in(text[to+size : clauseEnd(text, to+size, part.end)])
}
