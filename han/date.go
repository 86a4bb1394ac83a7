package han

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// A Date is a day, or as much of one as a text says: a field of 0 is unknown.
type Date struct{ Year, Month, Day int }

// IsZero says whether nothing is known.
func (d Date) IsZero() bool { return d == Date{} }

// String writes the date as 2022-11-11. What is unknown at the end is left out (2022-11), what is
// unknown at the front is written as in ISO 8601:2000 (--11-09).
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Year == 0 && d.Day == 0:
		return fmt.Sprintf("--%02d", d.Month)
	case d.Year == 0:
		return fmt.Sprintf("--%02d-%02d", d.Month, d.Day)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// ParseDate reads the date that s begins with and says how many bytes it takes; the width is 0 if
// there is none. It knows 2022-11-24, 2022/11/24, 2022.11.24, 2022-11, 2022年11月24日 and its parts from
// either end (2022年11月, 11月9日, 11月), the same in Chinese numerals, 號 for 日, 民國 years, and spaces
// between. Days that no calendar has, and days of the lunar calendar (八月初五, 農曆八月十五日), are refused.
func ParseDate(s string) (Date, int) {
	if d, width := isoDate(s); width > 0 {
		return d, width
	}
	d, at := yearOf(s)
	month, width := monthOf(s[at:])
	if width == 0 {
		return d, at
	}
	d.Month = month
	at += width
	day, width, ok := dayOf(s[at:])
	d.Day = day
	if !ok || !d.possible() {
		return Date{}, 0
	}
	return d, at + width
}

// possible says whether the calendar has such a day; without a year, 29 February may be one.
func (d Date) possible() bool {
	if d.Month < 1 || d.Month > 12 || d.Day < 0 || d.Year < 0 {
		return false
	}
	year := d.Year
	if year == 0 {
		year = 2000
	}
	return d.Day <= time.Date(year, time.Month(d.Month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// isoDate reads the forms with marks between. A year and a month alone need the hyphen and two digits,
// or a decimal number would pass for them.
func isoDate(s string) (Date, int) {
	year, at, count := digitRun(s)
	if count != 4 || !plausible(year) || at >= len(s) {
		return Date{}, 0
	}
	mark, size := utf8.DecodeRuneInString(s[at:])
	if !strings.ContainsRune("-/.－／．", mark) {
		return Date{}, 0
	}
	at += size
	month, width, count := digitRun(s[at:])
	if count < 1 || count > 2 {
		return Date{}, 0
	}
	at += width
	d := Date{year, month, 0}
	if rest, found := strings.CutPrefix(s[at:], string(mark)); found {
		day, width, digits := digitRun(rest)
		if digits == 1 || digits == 2 {
			d.Day = day
			if day == 0 || !d.possible() {
				return Date{}, 0
			}
			return d, at + size + width
		}
	}
	if mark == '-' && count == 2 && d.possible() {
		return d, at
	}
	return Date{}, 0
}

func plausible(year int) bool { return year >= 1000 && year < 3000 }

// yearOf reads a year up to and including 年; the width is 0 if there is none.
func yearOf(s string) (Date, int) {
	at, offset := 0, 0
	for _, era := range []struct {
		word   string
		offset int
	}{{"中華民國", 1911}, {"中华民国", 1911}, {"民國", 1911}, {"民国", 1911}, {"公元", 0}, {"西元", 0}} {
		if strings.HasPrefix(s, era.word) {
			at, offset = len(era.word), era.offset
			break
		}
	}
	at += spaces(s[at:])
	num := readNumeral(s[at:])
	if num.width == 0 && offset > 0 && strings.HasPrefix(s[at:], "元年") {
		return Date{Year: 1 + offset}, at + len("元年")
	}
	at += num.width
	unit := unitAt(s[at:], "年")
	year := num.n + offset
	if num.width == 0 || unit == 0 || num.n == 0 || num.about || !plausible(year) {
		return Date{}, 0
	}
	at += unit
	return Date{Year: year}, at
}

// monthOf reads a month up to and including 月.
func monthOf(s string) (month, width int) {
	at := spaces(s)
	num := readNumeral(s[at:])
	at += num.width
	unit := unitAt(s[at:], "月")
	if num.width == 0 || unit == 0 || num.about || num.n < 1 || num.n > 12 {
		return 0, 0
	}
	return num.n, at + unit
}

// dayOf reads a day up to and including 日 or 號. No day at all is ok; a day of the lunar calendar is not.
// The first day of a range may leave 日 to the last: 11月9-10日.
func dayOf(s string) (day, width int, ok bool) {
	at := spaces(s)
	if r, _ := utf8.DecodeRuneInString(s[at:]); r == '初' {
		return 0, 0, false
	}
	num := readNumeral(s[at:])
	if num.width == 0 {
		return 0, 0, true
	}
	end := at + num.width
	unit := unitAt(s[end:], "日", "號", "号")
	switch {
	case unit > 0 && (num.n < 1 || num.n > 31 || num.about):
		return 0, 0, false
	case unit > 0:
		return num.n, end + unit, true
	case rangeFollows(s[end:]) && num.n >= 1 && num.n <= 31:
		return num.n, end, true
	}
	return 0, 0, num.arabic
}

// rangeFollows says whether s goes on with the end of a range of days: "-10日".
func rangeFollows(s string) bool {
	s = s[spaces(s):]
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 || !strings.ContainsRune("-－–—~～至到、和及", r) {
		return false
	}
	s = s[size:]
	s = s[spaces(s):]
	num := readNumeral(s)
	return num.width > 0 && unitAt(s[num.width:], "日", "號", "号") > 0
}

// unitAt is the width of one of the units at the start of s, with spaces before it, or 0.
func unitAt(s string, units ...string) int {
	at := spaces(s)
	for _, unit := range units {
		if strings.HasPrefix(s[at:], unit) {
			return at + len(unit)
		}
	}
	return 0
}

func spaces(s string) int { return len(s) - len(strings.TrimLeft(s, " \u00A0\u3000")) }
