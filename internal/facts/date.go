package facts

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/huiguan/huiguan/han"
)

// dating is a date expression found in a passage.
type dating struct {
	span
	from, to han.Date // the year is 0 where the text names none; to is zero for a single day
	yearsAgo int      // 去年 is 1, 今年 is 0 with thisYear set
	thisYear bool
	words    bool // told in words that give no civil date
	figures  bool // 2022-11-09
}

// datings appends the date expressions of text[from:to] in order.
func datings(dst []dating, text string, from, to int) []dating {
	for i := from; i < to; {
		d, ok := datingAt(text, span{from, to}, i)
		if ok {
			dst = append(dst, d)
			i = d.end
			continue
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		i += size
	}
	return dst
}

// datingAt looks for an expression that the character at offset i gives away: 月 stands inside, the first letters of the others before.
func datingAt(text string, in span, i int) (dating, bool) {
	switch r, _ := utf8.DecodeRuneInString(text[i:]); r {
	case '月':
		return monthDay(text, in, i)
	case '近', '日', '最', '早', '昨', '今', '前':
		return wordDate(text, in, i)
	case '-', '/', '.':
		return numericDate(text, in, i)
	}
	return dating{}, false
}

// wordDate reads 近日 and its like.
func wordDate(text string, in span, i int) (dating, bool) {
	w := hasPrefix(text[i:in.end], wordDates)
	if w == "" {
		return dating{}, false
	}
	before, after := text[in.start:i], text[i+len(w):in.end]
	if hasSuffix(before, notWordDateBefore) != "" || hasPrefix(after, notWordDateAfter) != "" {
		return dating{}, false
	}
	if r, _ := utf8.DecodeLastRuneInString(before); isNumeric(r) {
		return dating{}, false
	}
	return dating{span: span{i, i + len(w)}, words: true}, true
}

// numericDate reads 2022-11-09, 2022/11/9 and 2022.11.9 from their first separator.
func numericDate(text string, in span, i int) (dating, bool) {
	if i-in.start < 4 || !allDigits(text[i-4:i]) {
		return dating{}, false
	}
	at, rest := i-4, text[i-4:in.end]
	parts, width := threeNumbers(rest, text[i])
	if width == 0 || !exists(parts) {
		return dating{}, false
	}
	d := dating{span: span{at, at + width}, from: parts, figures: true}
	kind, skip := separator(text[d.end:in.end])
	if kind != rangeMark {
		return d, true
	}
	if until, width := threeNumbers(text[d.end+skip:in.end], text[i]); width > 0 && exists(until) && rises(parts, until) {
		d.to, d.end = until, d.end+skip+width
	}
	return d, true
}

// threeNumbers reads year, month and day parted by sep.
func threeNumbers(s string, sep byte) (han.Date, int) {
	var n [3]int
	i := 0
	for part := range n {
		if part > 0 {
			if i >= len(s) || s[i] != sep {
				return han.Date{}, 0
			}
			i++
		}
		start := i
		for i < len(s) && i-start < 4 && isDigit(s[i]) {
			n[part] = n[part]*10 + int(s[i]-'0')
			i++
		}
		if i == start {
			return han.Date{}, 0
		}
	}
	return han.Date{Year: n[0], Month: n[1], Day: n[2]}, i
}

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return true
}

// monthDay reads an expression around the 月 at offset i: back to the month and the year, forward over days and ranges.
func monthDay(text string, in span, i int) (dating, bool) {
	start, month := numeralBefore(text, in.start, i)
	after := i + len("月")
	if w := hasSuffix(text[in.start:i], lunarMonths); w != "" {
		return lunarDate(text, in, i-len(w), after)
	}
	if month < 1 || month > 12 {
		return dating{}, false
	}
	d := dating{span: span{start, after}, from: han.Date{Month: month}}
	if hasSuffix(text[in.start:start], lunar) != "" {
		return lunarDate(text, in, start-len("农历"), after)
	}
	d.year(text, in.start)
	return d, d.days(text, in.end)
}

// lunarDate keeps 農歷八月十五 as words.
func lunarDate(text string, in span, start, after int) (dating, bool) {
	end := skipSpace(text, after)
	if strings.HasPrefix(text[end:in.end], "初") {
		end += len("初")
	}
	day, width := han.Numeral(text[end:in.end])
	if day < 1 || day > 30 {
		return dating{}, false
	}
	end += width
	if strings.HasPrefix(text[end:in.end], "日") {
		end += len("日")
	}
	return dating{span: span{start, end}, words: true}, true
}

// year looks for a year right before the month.
func (d *dating) year(text string, from int) {
	before := trimSpaceEnd(text[from:d.start])
	for ago, word := range []string{"今年", "去年"} {
		if strings.HasSuffix(before, word) {
			d.thisYear, d.yearsAgo = true, ago
			return
		}
	}
	stem, found := strings.CutSuffix(before, "年")
	if !found {
		return
	}
	at := len(stem)
	for runes := 0; at > 0 && runes < 9; runes++ {
		r, size := utf8.DecodeLastRuneInString(stem[:at])
		if !isNumeric(r) && !isSpace(r) {
			break
		}
		at -= size
	}
	if era := "民国"; strings.HasSuffix(stem[:at], era) {
		at -= len(era)
	}
	at = skipSpace(before, at)
	if date, _ := han.ParseDate(text[from+at:]); date.Year > 0 && date.Month == d.from.Month {
		d.from.Year, d.start = date.Year, from+at
	}
}

// day is one day of a date expression: what joins it to the one before, where it ends, and whether it is closed by 日.
type day struct {
	date   han.Date
	joined byte
	end    int
	closed bool
}

// maxDays bounds a list of days; nobody writes more of them out.
const maxDays = 12

// days reads the day, or the days, after the month and moves the end behind them.
func (d *dating) days(text string, limit int) bool {
	var list [maxDays]day
	count, closed := 0, 0 // days read, and how many of them until the last 日
	at, joined, last := d.end, byte(0), d.from
	for count < maxDays {
		date, end, ok := dayAt(text, at, limit, last)
		if !ok {
			break
		}
		list[count] = day{date, joined, end, hasDayMark(text, at, end)}
		count++
		if list[count-1].closed {
			closed = count
		}
		kind, width := separator(text[end:limit])
		if kind == 0 {
			break
		}
		at, joined, last = end+width, kind, date
	}
	if closed == 0 {
		return false
	}
	d.take(list[:closed])
	return exists(leapYear(d.from))
}

// take makes the expression of the days read. Days in a list are a range only where they follow each other.
func (d *dating) take(list []day) {
	d.from, d.end = list[0].date, list[len(list)-1].end
	last := d.from
	for _, next := range list[1:] {
		ranged := next.joined == rangeMark && rises(last, next.date)
		if !ranged && !follows(last, next.date) {
			d.to = han.Date{}
			return
		}
		d.to, last = next.date, next.date
	}
}

// dayAt reads a day at text[at:limit], with a year and a month of its own if it has them.
func dayAt(text string, at, limit int, last han.Date) (han.Date, int, bool) {
	next := han.Date{Year: last.Year, Month: last.Month}
	n, end := numeralAt(text, at, limit)
	if n >= 1000 && strings.HasPrefix(text[end:limit], "年") {
		next.Year = n
		n, end = numeralAt(text, end+len("年"), limit)
	}
	if strings.HasPrefix(text[end:limit], "月") {
		next.Month = n
		n, end = numeralAt(text, end+len("月"), limit)
	}
	next.Day = n
	if n < 1 || n > 31 || next.Month < 1 || next.Month > 12 {
		return next, at, false
	}
	return next, end + len(hasPrefix(text[end:limit], dayMarks)), true
}

var dayMarks = []string{"日", "号"}

func hasDayMark(text string, from, to int) bool { return hasSuffix(text[from:to], dayMarks) != "" }

// What joins two days.
const (
	rangeMark = 'r'
	listMark  = 'l'
)

// separator recognises what joins days at the start of s; the kind is 0 where nothing does.
func separator(s string) (kind byte, width int) {
	at := skipSpace(s, 0)
	r, size := utf8.DecodeRuneInString(s[at:])
	switch r {
	case '至', '到', '-', '—', '–', '－', '~', '～', '〜', '─', '‐', '―':
		kind = rangeMark
	case '、', '和', '及', '与':
		kind = listMark
	default:
		return 0, 0
	}
	for strings.HasPrefix(s[at+size:], string(r)) {
		size += utf8.RuneLen(r)
	}
	return kind, at + size
}

// numeralAt reads a number at text[at:limit], with spaces around it.
func numeralAt(text string, at, limit int) (n, end int) {
	start := min(skipSpace(text, at), limit)
	n, width := han.Numeral(text[start:limit])
	if width == 0 {
		return 0, at
	}
	return n, min(skipSpace(text, start+width), limit)
}

// numeralBefore reads the number that ends at text[:end], with a space between at most, and says where it starts.
func numeralBefore(text string, from, end int) (start, n int) {
	stop := from + len(trimSpaceEnd(text[from:end]))
	start = stop
	for runes := 0; start > from && runes < 3; runes++ {
		r, size := utf8.DecodeLastRuneInString(text[from:start])
		if !isNumeric(r) {
			break
		}
		start -= size
	}
	n, width := han.Numeral(text[start:stop])
	if width != stop-start {
		return stop, 0
	}
	return start, n
}

// numerals are the characters that numbers are written with, in both scripts.
const numerals = "0123456789０１２３４５６７８９〇零○一二两兩俩倆三四五六七八九十百千万萬亿億廿卅"

// isNumeric reports whether a number may be written with r.
func isNumeric(r rune) bool { return strings.ContainsRune(numerals, r) }

// weekAhead and longAgo bound, in days around the publication, when an event that a page reports can have been held. Later days are
// plans, and what is older than a year and a season is history told in passing.
const (
	weekAhead = 7
	longAgo   = 400
)

// resolve gives the civil dates of an expression as text. It reports false for days on which this page cannot tell of an event.
func (d *dating) resolve(published han.Date) (from, to string, ok bool) {
	if d.words {
		return "", "", true
	}
	start := d.from
	if !exists(published) {
		if start.Year == 0 {
			return "", "", !d.thisYear || d.yearsAgo == 0
		}
		return span2text(start, d.to)
	}
	limit := midnight(published).AddDate(0, 0, weekAhead)
	switch {
	case d.thisYear:
		start.Year = published.Year - d.yearsAgo
	case start.Year == 0:
		start.Year = latestYear(start, limit)
	}
	day := midnight(start)
	if day.After(limit) || day.Before(limit.AddDate(0, 0, -longAgo-weekAhead)) {
		return "", "", false
	}
	return span2text(start, d.to)
}

// latestYear is the last year in which the day and month of d do not come after limit.
func latestYear(d han.Date, limit time.Time) int {
	for d.Year = limit.Year(); d.Year > limit.Year()-9; d.Year-- {
		if exists(d) && !midnight(d).After(limit) {
			break
		}
	}
	return d.Year
}

// span2text writes a start and an end; the end takes its year from the start where it has none.
func span2text(from, to han.Date) (string, string, bool) {
	if !exists(from) {
		return "", "", false
	}
	if to == (han.Date{}) {
		return civil(from), "", true
	}
	if to.Year == 0 || to.Year < from.Year {
		to.Year = from.Year
	}
	if to.Year == from.Year && to.Month < from.Month {
		to.Year++
	}
	if !exists(to) {
		return civil(from), "", true
	}
	return civil(from), civil(to), true
}

func civil(d han.Date) string { return midnight(d).Format(time.DateOnly) }

func midnight(d han.Date) time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
}

// exists reports whether d is a day of the calendar.
func exists(d han.Date) bool {
	t := midnight(d)
	return d.Year > 0 && d.Year < 10000 && t.Month() == time.Month(d.Month) && t.Day() == d.Day
}

// leapYear gives a date without a year one that has all days.
func leapYear(d han.Date) han.Date {
	if d.Year == 0 {
		d.Year = 2000
	}
	return d
}

// rises reports whether a range may run from a to b. A smaller month without a year of its own is that of the next year.
func rises(a, b han.Date) bool {
	if a.Year != b.Year {
		return a.Year < b.Year
	}
	return a.Month != b.Month || a.Day < b.Day
}

// follows reports whether b is the day after a.
func follows(a, b han.Date) bool {
	return midnight(leapYear(a)).AddDate(0, 0, 1).Equal(midnight(leapYear(b)))
}
