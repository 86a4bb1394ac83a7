package repair

import "strings"

// A piece is a stretch of text that was something else, as a layer that reads bytes again found it.
type piece struct {
	start, end   int
	text         string
	evidence     Evidence
	margin       float32
	alternatives []string
	lost         string // note of the loss that a □ at the end of text stands for, or ""
}

// add makes edits of pieces that are in order. Those that touch and rest on the same evidence are one edit,
// unless there is a choice to be told.
func (f *finding) add(text string, list []piece) {
	for i := 0; i < len(list); {
		run := i + 1
		for run < len(list) && joins(&list[run-1], &list[run]) {
			run++
		}
		f.join(text, list[i:run])
		i = run
	}
}

func joins(a, b *piece) bool {
	return a.end == b.start && a.evidence == b.evidence && a.alternatives == nil && b.alternatives == nil && a.lost == ""
}

func (f *finding) join(text string, list []piece) {
	first, last := &list[0], &list[len(list)-1]
	var b strings.Builder
	for i := range list {
		b.WriteString(list[i].text)
	}
	after := b.String()
	if text[first.start:last.end] == after {
		return
	}
	f.edits = append(f.edits, edit{
		start: first.start, end: last.end, after: after,
		doubt: &doubt{first.evidence, float64(first.margin), first.alternatives},
	})
	if last.lost != "" {
		f.losses = append(f.losses, Loss{Start: last.end, End: last.end, Class: f.class, Note: last.lost})
	}
}
