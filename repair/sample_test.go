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

func (s sample) shifted(n int) bool {
	return slices.ContainsFunc(s.places[n], func(p place) bool {
		return p.Class == "gbk-phase-shift" || p.Class == "lost-base"
	})
}

var otherClasses = []string{"halfwidth-punct", "ideographic-space-halved", "nbsp", "s2t-unconverted", "source-typo", "truncated-boilerplate"}

func TestSampleHas930Annotations(t *testing.T) {
	t.Parallel()
	s := readSample(t)
	r := String(s.damaged, Options{})
	checkAccount(t, s.damaged, r)
	if diff := cmp.Diff(map[Class]int{PinyinAnnotation: 930}, r.Counts()); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	if len(r.Losses) > 0 {
		t.Errorf("losses: %v", r.Losses)
	}
}

// Lines without lost bytes are what they were, up to classes that are left to taste or to other layers.
func TestSampleLinesAreWhatTheyWere(t *testing.T) {
	t.Parallel()
	s := readSample(t)
	damaged, got := strings.Split(s.damaged, "\n"), strings.Split(String(s.damaged, Options{}).Text, "\n")
	checked := 0
	for n := range damaged {
		if s.shifted(n) {
			continue
		}
		checked++
		if all := s.restore(damaged[n], n, append(otherClasses, "pinyin-annotation")...); all != s.restored[n] {
			t.Errorf("line %d: the truth gives\n%s, want\n%s", n+1, all, s.restored[n])
		}
		if want := s.restore(damaged[n], n, "pinyin-annotation"); got[n] != want {
			t.Errorf("line %d:\n%s, want\n%s", n+1, got[n], want)
		}
	}
	if checked != 99 {
		t.Errorf("checked %d lines", checked)
	}
}

// What the shifts left, such as F(xiàn), is for a layer that reads bytes; nothing of it may be lost here.
func TestSampleShiftsStay(t *testing.T) {
	t.Parallel()
	s := readSample(t)
	damaged, got := strings.Split(s.damaged, "\n"), strings.Split(String(s.damaged, Options{}).Text, "\n")
	for n := range damaged {
		if !s.shifted(n) {
			continue
		}
		if want := s.restore(damaged[n], n, "pinyin-annotation"); got[n] != want {
			t.Errorf("line %d:\n%s, want\n%s", n+1, got[n], want)
		}
	}
}

func TestSamplePunctuationInFullWidth(t *testing.T) {
	t.Parallel()
	s := readSample(t)
	r := String(s.damaged, Options{FullWidth: true})
	checkAccount(t, s.damaged, r)
	got := strings.Split(r.Text, "\n")
	for n, line := range strings.Split(s.damaged, "\n") {
		if want := s.restore(line, n, "pinyin-annotation", "halfwidth-punct"); got[n] != want {
			t.Errorf("line %d:\n%s, want\n%s", n+1, got[n], want)
		}
	}
}
