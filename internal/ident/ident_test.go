package ident

import (
	"strings"
	"testing"
	"time"
)

// Not in parallel: an identifier made for another instant in between starts
// the millisecond anew.
func TestNewRisesWithinOneMillisecond(t *testing.T) {
	at := time.UnixMilli(1_760_000_000_000)
	last := New[Org](at)
	for range 1000 {
		next := New[Org](at)
		if next <= last {
			t.Fatalf("%s does not follow %s", next, last)
		}
		last = next
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	good := string(New[Article](time.Now()))
	for _, tt := range []struct {
		name, in string
		ok       bool
	}{
		{"fresh", good, true},
		{"upper case", strings.ToUpper(good), false},
		{"short", good[:25], false},
		{"long", good + "0", false},
		{"outside the alphabet", "u" + good[1:], false},
		{"too large", "8" + good[1:], false},
		{"empty", "", false},
		{"path", "../../../etc/passwd.......", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := Parse[Article](tt.in)
			if (err == nil) != tt.ok {
				t.Fatalf("Parse(%q) = %q, %v", tt.in, got, err)
			}
		})
	}
}
