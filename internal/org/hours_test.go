package org

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestDays(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"mon-fri": "mon-fri", "sat,sun": "sat-sun", "Mon, Wed , fri": "mon,wed,fri", "sun,mon": "mon,sun", "mon-tue,tue-thu": "mon-thu", "sun": "sun", "mon-sun": "mon-sun",
	} {
		got, ok := ParseDays(in)
		if !ok || got.String() != want {
			t.Errorf("%q: %v %v, want %s", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "mo", "fri-mon", "mon-", "-mon", "mon,,tue", "mon/fri", "周一"} {
		if got, ok := ParseDays(in); ok {
			t.Errorf("%q: %v", in, got)
		}
	}
}

func TestClock(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"8:30": "08:30", "08:30": "08:30", "0:00": "00:00", "24:00": "24:00", " 9:05 ": "09:05"} {
		if got, ok := parseClock(in); !ok || got.String() != want {
			t.Errorf("%q: %v %v", in, got, ok)
		}
	}
	for _, in := range []string{"", "8", "8:5", "24:01", "25:00", "08:60", "-1:00", "8:30pm", "008:30", "+8:30", "8:+3"} {
		if got, ok := parseClock(in); ok {
			t.Errorf("%q: %v", in, got)
		}
	}
}

// A week reads as a notice at the door would.
func TestWeek(t *testing.T) {
	t.Parallel()
	days := func(s string) Days { d, _ := ParseDays(s); return d }
	read := func(list []Hours) string {
		var out []string
		for _, s := range Week(list) {
			line := s.Days.String()
			for _, h := range s.Spans {
				line += " " + h.Opens.String() + "-" + h.Closes.String()
			}
			out = append(out, line)
		}
		return strings.Join(out, "; ")
	}
	for want, list := range map[string][]Hours{
		"": nil,
		"mon-fri 08:30-12:00 14:00-17:00; sat 09:00-12:00": {{days("sat"), 540, 720}, {days("mon-fri"), 840, 1020}, {days("mon-fri"), 510, 720}},
		"mon,wed 09:00-10:00; tue 09:00-10:00 11:00-12:00": {{days("mon-wed"), 540, 600}, {days("tue"), 660, 720}},
	} {
		if got := read(list); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if s := (Hours{days("mon-fri,sun"), 510, 720}).Schema(); s != "Mo-Fr,Su 08:30-12:00" {
		t.Error(s)
	}
}

// Spans survive their row, and a week holds each day of each span once.
func TestHoursSurvive(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		opens := rapid.IntRange(0, 1438).Draw(t, "opens")
		h := Hours{Days(rapid.IntRange(1, 127).Draw(t, "days")), Clock(opens), Clock(rapid.IntRange(opens+1, 1440).Draw(t, "closes"))}
		b, err := json.Marshal(h)
		if err != nil {
			t.Fatal(err)
		}
		var back Hours
		if err := json.Unmarshal(b, &back); err != nil || back != h {
			t.Fatalf("%s became %v: %v", b, back, err)
		}
		week := Week([]Hours{h})
		if len(week) != 1 || week[0].Days != h.Days {
			t.Fatalf("%v", week)
		}
	})
}
