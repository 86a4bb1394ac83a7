package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"testing"

	"github.com/huiguan/huiguan/repair/internal/model"
)

// texts makes a small corpus and a small dictionary.
func texts(t *testing.T) (folder, words string) {
	t.Helper()
	folder = t.TempDir()
	for name, text := range map[string]string{"laws-hans.txt.gz": "会员有权参加会议。\n", "cc0-hant.txt.gz": "會員都來了。\n會議開始了。\n"} {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		if _, err := z.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	words = filepath.Join(folder, "words.txt")
	if err := os.WriteFile(words, []byte("会议 100 n\n会员 50 n\n銆 6982 zg\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return folder, words
}

func TestSameTextsSameTables(t *testing.T) {
	t.Parallel()
	folder, words := texts(t)
	var before map[string][]byte
	for range 2 {
		out := t.TempDir()
		if err := run(folder, words, out); err != nil {
			t.Fatal(err)
		}
		tables := make(map[string][]byte)
		for _, name := range []string{"pairs", "words", "forms"} {
			data, err := os.ReadFile(filepath.Join(out, name+".bin"))
			if err != nil || len(data) == 0 {
				t.Fatalf("%s: %d bytes, %v", name, len(data), err)
			}
			tables[name] = data
			if before != nil && !bytes.Equal(data, before[name]) {
				t.Errorf("%s differs", name)
			}
		}
		before = tables
	}
}

func TestCounts(t *testing.T) {
	t.Parallel()
	folder, words := texts(t)
	c := newCounts()
	for _, name := range []string{"laws-hans.txt.gz", "cc0-hant.txt.gz"} {
		if err := c.readText(filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	seen := c.symbols[model.Symbol('會')]
	if want := 2*laws + 2*everyday; seen < want-0.01 || seen > want+0.01 {
		t.Errorf("會 and 会 were seen %.2f, want %.2f", seen, want)
	}
	if err := c.readWords(words); err != nil {
		t.Fatal(err)
	}
	if c.symbols[model.Symbol('銆')] > 0 {
		t.Error("what is left of misread text was counted")
	}
	if len(c.words) != 2 {
		t.Errorf("%d words", len(c.words))
	}
	if c.forms[hant]['會'] <= c.forms[hant]['会'] || c.forms[hans]['会'] <= c.forms[hans]['會'] {
		t.Error("the scripts are not told apart")
	}
}

func TestNothingToCount(t *testing.T) {
	t.Parallel()
	if err := run(t.TempDir(), "none", t.TempDir()); err == nil {
		t.Error("an empty folder is no fault")
	}
}

// A sign of ASCII that was seen once is not held against a page more than one that never was.
func TestStraySignsAreForgotten(t *testing.T) {
	t.Parallel()
	c := newCounts()
	c.text("會員^，會員。サ", hant, 0.45)
	c.dropStrays()
	for _, r := range "^サ" {
		if _, ok := c.symbols[model.Symbol(r)]; ok {
			t.Errorf("%c is still counted", r)
		}
	}
	if _, ok := c.symbols[model.Symbol('。')]; !ok {
		t.Error("a full stop is no sign of ASCII and forgotten")
	}
}
