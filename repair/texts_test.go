package repair

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// readTexts returns the invented texts of a folder of testdata by name.
func readTexts(tb testing.TB, folder string) map[string]string {
	tb.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", folder, "*"))
	if err != nil || len(files) == 0 {
		tb.Fatalf("no texts in testdata/%s: %v", folder, err)
	}
	texts := make(map[string]string, len(files))
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			tb.Fatal(err)
		}
		texts[filepath.Base(f)] = string(raw)
	}
	return texts
}

// onlyHant keeps the texts in traditional characters.
func onlyHant(texts map[string]string) map[string]string {
	for name := range texts {
		if !strings.Contains(name, ".hant.") {
			delete(texts, name)
		}
	}
	return texts
}

// failer is what testing.T and rapid.T have in common.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// checkAccount fails unless the changes account for all that distinguishes the result from the input.
func checkAccount(tb failer, input string, r Result) {
	tb.Helper()
	var b strings.Builder
	in := 0
	for i, c := range r.Changes {
		if c.Start < in || c.End < c.Start || c.End > len(input) {
			tb.Fatalf("change %d covers input %d to %d, after one that ends at %d", i, c.Start, c.End, in)
		}
		b.WriteString(input[in:c.Start])
		if c.OutStart != b.Len() || c.OutEnd < c.OutStart || c.OutEnd > len(r.Text) {
			tb.Fatalf("change %d is said to be at output %d, is at %d", i, c.OutStart, b.Len())
		}
		if input[c.Start:c.End] != c.Before || r.Text[c.OutStart:c.OutEnd] != c.After {
			tb.Fatalf("change %d: %q to %q, but input has %q and output %q",
				i, c.Before, c.After, input[c.Start:c.End], r.Text[c.OutStart:c.OutEnd])
		}
		if c.Before == c.After || c.Class == "" || c.Evidence == "" {
			tb.Fatalf("change %d changes nothing or says not why: %+v", i, c)
		}
		b.WriteString(c.After)
		in = c.End
	}
	b.WriteString(input[in:])
	if b.String() != r.Text {
		tb.Fatalf("the changes give %q, the text is %q", b.String(), r.Text)
	}
	end := 0
	for _, l := range r.Losses {
		if l.Start < end || l.End < l.Start || l.End > len(r.Text) {
			tb.Fatalf("loss %+v is out of order or of the text (%d bytes)", l, len(r.Text))
		}
		end = l.End
	}
}
