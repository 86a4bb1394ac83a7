package repair

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Edits of later layers are told in offsets of a text that the input never was.
func TestLedgerComposesLayers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		layers [][]edit
		want   []Change
	}{
		{"apart", [][]edit{
			{{start: 1, end: 2, after: ""}},
			{{start: 4, end: 5, after: "xyz"}},
		}, []Change{
			{Start: 1, End: 2, OutStart: 1, OutEnd: 1, Before: "1", After: "", Class: "layer 0"},
			{Start: 5, End: 6, OutStart: 4, OutEnd: 7, Before: "5", After: "xyz", Class: "layer 1"},
		}},
		{"right before and right behind a deletion", [][]edit{
			{{start: 3, end: 5, after: ""}},
			{{start: 2, end: 3, after: "x"}, {start: 3, end: 4, after: "y"}},
		}, []Change{
			{Start: 2, End: 3, OutStart: 2, OutEnd: 3, Before: "2", After: "x", Class: "layer 1"},
			{Start: 3, End: 5, OutStart: 3, OutEnd: 3, Before: "34", After: "", Class: "layer 0"},
			{Start: 5, End: 6, OutStart: 3, OutEnd: 4, Before: "5", After: "y", Class: "layer 1"},
		}},
		{"across a deletion", [][]edit{
			{{start: 3, end: 5, after: ""}},
			{{start: 2, end: 4, after: "x"}},
		}, []Change{{Start: 2, End: 6, OutStart: 2, OutEnd: 3, Before: "2345", After: "x", Class: "layer 0"}}},
		{"inside what was put in", [][]edit{
			{{start: 3, end: 4, after: "abc"}},
			{{start: 4, end: 5, after: ""}},
			{{start: 4, end: 4, after: "d"}},
		}, []Change{{Start: 3, End: 4, OutStart: 3, OutEnd: 6, Before: "3", After: "adc", Class: "layer 0"}}},
		{"one edit over several changes", [][]edit{
			{{start: 1, end: 2, after: "a"}, {start: 3, end: 4, after: "bb"}, {start: 8, end: 9, after: ""}},
			{{start: 1, end: 4, after: "c"}},
		}, []Change{
			{Start: 1, End: 4, OutStart: 1, OutEnd: 3, Before: "123", After: "cb", Class: "layer 0"},
			{Start: 8, End: 9, OutStart: 7, OutEnd: 7, Before: "8", After: "", Class: "layer 0"},
		}},
		{"taken back by a later layer", [][]edit{
			{{start: 1, end: 2, after: "a"}},
			{{start: 1, end: 2, after: "1"}},
		}, nil},
		{"put in before what was changed", [][]edit{
			{{start: 2, end: 3, after: "a"}},
			{{start: 2, end: 2, after: "b"}},
		}, []Change{
			{Start: 2, End: 2, OutStart: 2, OutEnd: 3, Before: "", After: "b", Class: "layer 1"},
			{Start: 2, End: 3, OutStart: 3, OutEnd: 4, Before: "2", After: "a", Class: "layer 0"},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := &ledger{input: "0123456789", text: "0123456789"}
			for i, edits := range c.layers {
				l.apply(finding{class: Class("layer " + string(rune('0'+i))), evidence: Model, edits: edits})
			}
			for i := range l.changes {
				l.changes[i].Evidence = ""
			}
			if diff := cmp.Diff(c.want, l.changes, cmp.Comparer(sameChange)); len(l.changes)+len(c.want) > 0 && diff != "" {
				t.Errorf("%s (-want +got):\n%s", l.text, diff)
			}
		})
	}
}

func sameChange(a, b Change) bool {
	a.Alternatives, b.Alternatives = nil, nil
	return cmp.Equal(a, b)
}

func TestEditsMaySpeakForThemselves(t *testing.T) {
	t.Parallel()
	l := &ledger{input: "012", text: "012"}
	l.apply(finding{class: PinyinAnnotation, evidence: ReadingFixed, edits: []edit{
		{start: 0, end: 1, after: "a"},
		{start: 1, end: 2, after: "b", doubt: &doubt{Model, 2.5, []string{"c", "d"}}},
	}})
	if c := l.changes[0]; c.Evidence != ReadingFixed || c.Margin != 0 || c.Alternatives != nil {
		t.Errorf("an edit without doubt: %+v", c)
	}
	if c := l.changes[1]; c.Evidence != Model || c.Margin != 2.5 || !cmp.Equal(c.Alternatives, []string{"c", "d"}) {
		t.Errorf("an edit with doubt: %+v", c)
	}
}

func TestLossesMoveWithTheText(t *testing.T) {
	t.Parallel()
	l := &ledger{input: "0123456789", text: "0123456789"}
	l.apply(finding{class: StraySpace, evidence: Model, losses: []Loss{{Start: 5, End: 6}}, edits: []edit{{start: 0, end: 2, after: ""}}})
	l.apply(finding{class: StraySpace, evidence: Model, losses: []Loss{{Start: 0, End: 0}}, edits: []edit{{start: 1, end: 2, after: "xyz"}, {start: 6, end: 7, after: ""}}})
	want := []Loss{{Start: 0, End: 0}, {Start: 5, End: 6}}
	if diff := cmp.Diff(want, l.losses); diff != "" {
		t.Errorf("%s (-want +got):\n%s", l.text, diff)
	}
	r := Undo(Result{Text: l.text, Changes: l.changes, Losses: l.losses}, 0)
	if got := r.Text[r.Losses[1].Start:r.Losses[1].End]; got != "5" {
		t.Errorf("after undoing the first change the loss is at %q of %q", got, r.Text)
	}
}

// drawEdits draws edits of a text, in order and apart.
func drawEdits(t *rapid.T, size int) (edits []edit) {
	for at := 0; at < size; {
		start := at + rapid.IntRange(0, 3).Draw(t, "gap")
		end := start + rapid.IntRange(0, 3).Draw(t, "length")
		if end > size {
			break
		}
		edits = append(edits, edit{start: start, end: end, after: rapid.StringN(0, 3, 6).Draw(t, "after")})
		at = end + 1
	}
	return edits
}

func TestAnyLayersAreAccountedFor(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		input := rapid.StringN(0, 20, 40).Draw(t, "input")
		l := &ledger{input: input, text: input}
		for range rapid.IntRange(1, 4).Draw(t, "layers") {
			edits := drawEdits(t, len(l.text))
			var b strings.Builder
			at := 0
			for _, e := range edits {
				b.WriteString(l.text[at:e.start] + e.after)
				at = e.end
			}
			want := b.String() + l.text[at:]
			l.apply(finding{class: StraySpace, evidence: Model, edits: edits})
			if l.text != want {
				t.Fatalf("text is %q, want %q", l.text, want)
			}
			checkAccount(t, input, Result{Text: l.text, Changes: l.changes})
		}
	})
}

func TestUndoOneOfMany(t *testing.T) {
	t.Parallel()
	text := "同鄉會(huì)舉辦學(xué)習(xí)會(huì)議"
	r := String(text, Options{})
	for i, want := range []string{
		"同鄉會(huì)舉辦學習會議", "同鄉會舉辦學(xué)習會議", "同鄉會舉辦學習(xí)會議", "同鄉會舉辦學習會(huì)議",
	} {
		undone := Undo(r, i)
		checkAccount(t, text, undone)
		if undone.Text != want || len(undone.Changes) != 3 || len(r.Changes) != 4 {
			t.Errorf("change %d: %q, want %q", i, undone.Text, want)
		}
	}
	for _, i := range []int{-1, 4} {
		if undone := Undo(r, i); undone.Text != r.Text || len(undone.Changes) != 4 {
			t.Errorf("there is no change %d, and %q came of it", i, undone.Text)
		}
	}
}

// Marks that a change brought along stay in its place when it is taken back, before those behind it.
func TestUndoKeepsLossesInOrder(t *testing.T) {
	t.Parallel()
	r := Result{
		Text:    "a□□□b□",
		Changes: []Change{{Start: 1, End: 4, OutStart: 1, OutEnd: 10, Before: "xyz", After: "□□□", Class: PhaseShift, Evidence: Model}},
		Losses:  []Loss{{Start: 1, End: 4}, {Start: 4, End: 7}, {Start: 7, End: 10}, {Start: 11, End: 14}},
	}
	want := []Loss{{Start: 1, End: 4}, {Start: 4, End: 4}, {Start: 4, End: 4}, {Start: 5, End: 8}}
	undone := Undo(r, 0)
	if diff := cmp.Diff(want, undone.Losses); undone.Text != "axyzb□" || diff != "" {
		t.Errorf("%s (-want +got):\n%s", undone.Text, diff)
	}
}
