package repair

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/repair/damage"
)

// place is one row of the truth about the sample page.
type place struct {
	Line     int    `json:"line"` // from 1
	Col      int    `json:"col"`  // in characters, from 0
	Damaged  string `json:"damaged"`
	Restored string `json:"restored"`
	Class    string `json:"class"`
}

// sample is the damaged page of ../shared, its lines as they were, and where they differ.
type sample struct {
	damaged  string
	restored []string
	places   map[int][]place // by index of the line
}

func readSample(t *testing.T) sample {
	t.Helper()
	shared := filepath.Join("..", "..", "shared")
	read := func(name string) string {
		raw, err := os.ReadFile(filepath.Join(shared, name))
		if err != nil {
			t.Skipf("../shared/%s is absent: the sample page is not checked", name)
		}
		return string(raw)
	}
	s := sample{
		damaged:  read("samples/federation-digest.txt"),
		restored: strings.Split(read("text/restored-traditional.txt"), "\n"),
		places:   make(map[int][]place),
	}
	rows := bufio.NewScanner(strings.NewReader(read("text/truth.jsonl")))
	for rows.Scan() {
		var p place
		if err := json.Unmarshal(rows.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		s.places[p.Line-1] = append(s.places[p.Line-1], p)
	}
	return s
}

// restore undoes, in a damaged line, the damage of the classes.
func (s sample) restore(line string, n int, classes ...string) string {
	places := slices.Clone(s.places[n])
	slices.SortFunc(places, func(a, b place) int { return b.Col - a.Col })
	runes := []rune(line)
	for _, p := range places {
		if slices.Contains(classes, p.Class) {
			runes = slices.Replace(runes, p.Col, p.Col+len([]rune(p.Damaged)), []rune(p.Restored)...)
		}
	}
	return string(runes)
}

// provable are the classes that repair undoes by itself; the others are conventions or only reported.
var provable = []string{"pinyin-annotation", "gbk-phase-shift", "lost-base"}

var otherClasses = []string{"halfwidth-punct", "ideographic-space-halved", "nbsp", "s2t-unconverted", "source-typo", "truncated-boilerplate"}

func TestSampleIsRestored(t *testing.T) {
	t.Parallel()
	s := readSample(t)
	r := String(s.damaged, Options{})
	checkAccount(t, s.damaged, r)
	damaged, got := strings.Split(s.damaged, "\n"), strings.Split(r.Text, "\n")
	for n := range damaged {
		if all := s.restore(damaged[n], n, append(otherClasses, provable...)...); all != s.restored[n] {
			t.Errorf("line %d: the truth gives\n%s, want\n%s", n+1, all, s.restored[n])
		}
		// A mark at the end of a run is half width where the page has it so; the truth made it full width.
		want := s.restore(damaged[n], n, provable...)
		if damage.HalfWidth(got[n]) != damage.HalfWidth(want) {
			t.Errorf("line %d:\n%s, want\n%s", n+1, got[n], want)
		}
	}
	if counts := r.Counts(); counts[PinyinAnnotation] != 930 || len(counts) != 2 {
		t.Errorf("counted %v", counts)
	}
	if len(r.Losses) > 0 {
		t.Errorf("losses: %v", r.Losses)
	}
	if again := String(r.Text, Options{}); again.Text != r.Text {
		t.Error("a second repair changes it again")
	}
}

// What rests on bytes or on a reading says so, and so does what does not.
func TestSampleSaysWhatItGuessed(t *testing.T) {
	t.Parallel()
	s := readSample(t)
	guessed := make(map[string]int)
	for _, c := range String(s.damaged, Options{}).Changes {
		switch {
		case c.Class != PhaseShift:
		case c.Evidence == Model:
			guessed[c.After]++
			if len(c.Alternatives) < 3 || c.Margin <= 0 {
				t.Errorf("%s is guessed with margin %.1f and alternatives %v", c.After, c.Margin, c.Alternatives)
			}
		case len(c.Alternatives) > 0:
			t.Errorf("%s is %s and has alternatives %v", c.After, c.Evidence, c.Alternatives)
		}
	}
	// The full stops are the characters whose first byte is lost, at the head of a run.
	if diff := cmp.Diff(map[string]int{"中": 1, "潮": 2, "。": 3}, guessed); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSamplePunctuationInFullWidth(t *testing.T) {
	t.Parallel()
	s := readSample(t)
	r := String(s.damaged, Options{FullWidth: true})
	checkAccount(t, s.damaged, r)
	got := strings.Split(r.Text, "\n")
	for n, line := range strings.Split(s.damaged, "\n") {
		if want := s.restore(line, n, append(provable, "halfwidth-punct")...); got[n] != want {
			t.Errorf("line %d:\n%s, want\n%s", n+1, got[n], want)
		}
	}
}
