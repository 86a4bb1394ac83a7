package org

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/huiguan/huiguan/internal/fault"
)

// Days is a set of days of the week, a bit each; Monday is the first, as in
// ISO 8601.
type Days uint8

// dayWords are the days as a profile's file has them.
var dayWords = [...]string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// weekdays are their forms in schema.org's short notation.
var schemaDays = [...]string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}

// Has says whether the day, 0 for Monday, is in the set.
func (d Days) Has(day int) bool { return d&(1<<day) != 0 }

// runs lists the set's stretches of neighbouring days, first and last.
func (d Days) runs() [][2]int {
	var out [][2]int
	for day := range dayWords {
		switch {
		case !d.Has(day):
		case len(out) > 0 && out[len(out)-1][1] == day-1:
			out[len(out)-1][1] = day
		default:
			out = append(out, [2]int{day, day})
		}
	}
	return out
}

// Runs lists the set's stretches of neighbouring days, each with its first and
// its last day.
func (d Days) Runs() [][2]int { return d.runs() }

// String writes the set as a profile's file has it: mon-fri,sun.
func (d Days) String() string { return d.write(dayWords[:]) }

func (d Days) write(words []string) string {
	var out []string
	for _, r := range d.runs() {
		s := words[r[0]]
		if r[1] > r[0] {
			s += "-" + words[r[1]]
		}
		out = append(out, s)
	}
	return strings.Join(out, ",")
}

// ParseDays reads such a set.
func ParseDays(s string) (Days, bool) {
	var out Days
	for part := range strings.SplitSeq(strings.ToLower(strings.ReplaceAll(s, " ", "")), ",") {
		first, last, ranged := strings.Cut(part, "-")
		from := slices.Index(dayWords[:], first)
		to := from
		if ranged {
			to = slices.Index(dayWords[:], last)
		}
		if from < 0 || to < from {
			return 0, false
		}
		for day := from; day <= to; day++ {
			out |= 1 << day
		}
	}
	return out, true
}

// MarshalText writes the set into a file or a row.
func (d Days) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads it back; what is no set becomes the empty one, which Tidy
// refuses.
func (d *Days) UnmarshalText(b []byte) error {
	*d, _ = ParseDays(string(b))
	return nil
}

// Clock is a time of day in minutes since midnight, up to 24:00.
type Clock int

// String writes it as 08:30.
func (c Clock) String() string {
	h, m := strconv.Itoa(int(c)/60), strconv.Itoa(int(c)%60)
	return strings.Repeat("0", 2-min(len(h), 2)) + h + ":" + strings.Repeat("0", 2-min(len(m), 2)) + m
}

// parseClock reads 8:30 or 08:30.
func parseClock(s string) (Clock, bool) {
	h, m, ok := strings.Cut(strings.TrimSpace(s), ":")
	hour, err := strconv.ParseUint(h, 10, 8)
	minute, err2 := strconv.ParseUint(m, 10, 8)
	if !ok || err != nil || err2 != nil || len(m) != 2 || len(h) > 2 || minute > 59 || hour*60+minute > 24*60 {
		return -1, false
	}
	return Clock(hour*60 + minute), true
}

// MarshalText writes the time into a file or a row.
func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads it back; what is no time becomes one that Tidy refuses.
func (c *Clock) UnmarshalText(b []byte) error {
	*c, _ = parseClock(string(b))
	return nil
}

// Hours is a span of an ordinary week in which somebody is there.
type Hours struct {
	Days   Days  `json:"days"`
	Opens  Clock `json:"opens"`
	Closes Clock `json:"closes"`
}

// Schema writes the span in schema.org's short notation: Mo-Fr 08:30-12:00.
func (h Hours) Schema() string {
	return h.Days.write(schemaDays[:]) + " " + h.Opens.String() + "-" + h.Closes.String()
}

// tidyHours orders the spans of a week and refuses what cannot be.
func tidyHours(list []Hours) ([]Hours, error) {
	if len(list) > maxHours {
		return nil, wrong("directory.too_many", "hours", fault.Args{"max": maxHours})
	}
	for i, h := range list {
		if h.Days == 0 || h.Days >= 1<<len(dayWords) || h.Opens < 0 || h.Closes > 24*60 || h.Closes <= h.Opens {
			return nil, wrong("directory.hours_invalid", "hours "+strconv.Itoa(i+1), nil)
		}
		for j, other := range list[:i] {
			if h.Days&other.Days != 0 && h.Opens < other.Closes && other.Opens < h.Closes {
				return nil, wrong("directory.hours_overlap", "hours "+strconv.Itoa(i+1), fault.Args{"other": j + 1})
			}
		}
	}
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(a, b Hours) int {
		return cmp.Or(cmp.Compare(firstDay(a.Days), firstDay(b.Days)), cmp.Compare(a.Opens, b.Opens), cmp.Compare(a.Days, b.Days))
	})
	return none(out), nil
}

func firstDay(d Days) int { return d.runs()[0][0] }

// Shift is days of the week with the same spans.
type Shift struct {
	Days  Days
	Spans []Hours
}

// Week puts the days with the same spans together, in the order of their first
// days: what a notice at the door would say.
func Week(list []Hours) []Shift {
	var out []Shift
	for day := range dayWords {
		var spans []Hours
		for _, h := range list {
			if h.Days.Has(day) {
				spans = append(spans, h)
			}
		}
		if len(spans) == 0 {
			continue
		}
		slices.SortFunc(spans, func(a, b Hours) int { return cmp.Compare(a.Opens, b.Opens) })
		i := slices.IndexFunc(out, func(s Shift) bool { return slices.EqualFunc(s.Spans, spans, sameSpan) })
		if i < 0 {
			out = append(out, Shift{Spans: spans})
			i = len(out) - 1
		}
		out[i].Days |= 1 << day
	}
	return out
}

func sameSpan(a, b Hours) bool { return a.Opens == b.Opens && a.Closes == b.Closes }
