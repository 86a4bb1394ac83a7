package repair

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
	"testing"
)

// A besidePage is a page as testdata/beside.py reads it.
type besidePage struct {
	Text    string `json:"text"`
	Misread string `json:"misread"` // the encoding that its bytes were taken for, as Python calls it
}

// A besideAnswer is what others make of a page.
type besideAnswer struct {
	Ftfy       string `json:"ftfy"`
	Chardet    string `json:"chardet"`
	Normalizer string `json:"normalizer"`
}

// misreadAs is the encoding that the bytes of a damaged page were taken for. Where none was, they are UTF-8.
func misreadAs(measure string) string {
	switch _, as, _ := strings.Cut(measure, " as "); as {
	case "latin-1":
		return "latin-1"
	case "cp1252", "cp1252 with losses":
		return "sloppy-windows-1252" // ftfy's, which has a character for every byte
	case "GBK", "GBK, nothing swallowed":
		return "gb18030"
	case "Big5":
		return "big5hkscs"
	}
	return "utf-8"
}

// TestBeside lets others repair the pages that this package is measured on, a page at a time, and pages that need no
// repair, also line by line: docs/repair.md has the table.
func TestBeside(t *testing.T) {
	pages := map[string][]string{"hant": gsdPages(t, "zh_gsd-ud-test.conllu"), "hans": gsdPages(t, "zh_gsdsimp-ud-test.conllu")}
	t.Log("| lines exact, % | as it is | repair | ftfy | chardet | charset-normalizer |")
	for _, m := range measures() {
		for _, script := range []string{"hant", "hans"} {
			if script == "hans" && m.hans < 0 {
				continue
			}
			lines := m.beside(t, pages[script])
			t.Log("| " + m.name + ", " + script + lines.row(tally.percent))
			if lines[1].percent() < lines[0].percent() {
				t.Errorf("%s: fewer lines are right than before", m.name)
			}
		}
	}
	t.Log("| clean lines changed | as it is | repair | ftfy | chardet | charset-normalizer |")
	clean := measure{name: "clean", want: same, do: once(same)}
	for _, script := range []string{"hant", "hans"} {
		for _, alone := range []bool{false, true} {
			texts, how := pages[script], "by pages"
			if alone {
				texts, how = strings.Split(strings.Join(texts, "\n"), "\n"), "line by line"
			}
			lines := clean.beside(t, texts)
			t.Log("| " + how + ", " + script + lines.row(func(c tally) float64 { return float64(c.all - c.exact) }))
			if lines[1].exact < lines[1].all {
				t.Errorf("%d clean lines were changed", lines[1].all-lines[1].exact)
			}
		}
	}
}

// besideTallies count what is right as it is, then by repair and by the others.
type besideTallies [5]tally

func (b besideTallies) row(figure func(tally) float64) string {
	var cells strings.Builder
	for _, c := range b {
		fmt.Fprintf(&cells, " | %.1f", figure(c))
	}
	return fmt.Sprintf(" (%d)%s |", b[0].all, cells.String())
}

func (m measure) beside(t *testing.T, pages []string) (lines besideTallies) {
	t.Helper()
	damaged := make([]besidePage, len(pages))
	for i, clean := range pages {
		damaged[i] = besidePage{m.do(clean, uint64(i)), misreadAs(m.name)}
	}
	for i, a := range askOthers(t, damaged) {
		for n, text := range []string{damaged[i].Text, String(damaged[i].Text, Options{}).Text, a.Ftfy, a.Chardet, a.Normalizer} {
			m.count(t, &lines[n], pages[i], damaged[i].Text, text)
		}
	}
	return lines
}

// askOthers skips the test where Python or what it needs is absent.
func askOthers(t *testing.T, pages []besidePage) []besideAnswer {
	t.Helper()
	var in, out, errors bytes.Buffer
	for _, p := range pages {
		if err := json.NewEncoder(&in).Encode(p); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), "python3", "testdata/beside.py")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = &in, &out, &errors
	if err := cmd.Run(); err != nil {
		t.Skipf("python3 with ftfy, chardet and charset-normalizer is not here, so repair is not compared with them: %v: %s", err, errors.String())
	}
	answers := make([]besideAnswer, len(pages))
	dec := json.NewDecoder(&out)
	for i := range answers {
		if err := dec.Decode(&answers[i]); err != nil {
			t.Fatal(err)
		}
	}
	return answers
}
