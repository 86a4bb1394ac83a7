package repair

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// HUIGUAN_CLEAN names a folder of clean texts in many languages, a sentence a line: none may be changed, neither
// line by line nor in pages of twenty lines nor as a whole.
const cleanFolder = "HUIGUAN_CLEAN"

func TestCleanCorpora(t *testing.T) {
	t.Parallel()
	folder := os.Getenv(cleanFolder)
	if folder == "" {
		t.Skip(cleanFolder + " is not set: no clean texts beyond testdata are read")
	}
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no texts in %s: %v", folder, err)
	}
	total := 0
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.SplitAfter(string(raw), "\n")
		total += len(lines)
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			staysAsItIs(t, string(raw))
			for i, line := range lines {
				staysAsItIs(t, strings.TrimSuffix(line, "\n"))
				if i%20 == 0 {
					staysAsItIs(t, strings.Join(lines[i:min(i+20, len(lines))], ""))
				}
			}
		})
	}
	t.Logf("%d lines of %d files", total, len(files))
}

func staysAsItIs(t *testing.T, text string) {
	t.Helper()
	r := String(text, Options{})
	for _, c := range r.Changes[:min(len(r.Changes), 3)] {
		around := text[max(0, c.Start-60):min(len(text), c.End+60)]
		t.Errorf("%s, %s, %.1f: %q to %q in %q", c.Class, c.Evidence, c.Margin, c.Before, c.After, strings.ToValidUTF8(around, "…"))
	}
}
