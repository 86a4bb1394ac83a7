package ingest

import (
	"context"
	"strconv"
	"strings"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/repair"
)

// Mending is the account of what repair did to the texts of a file, place by
// place: it is shown before an import and kept with it, so that a single change
// can be looked at and taken back later. It holds words of the text and goes
// nowhere but into these two.
type Mending struct {
	Changes     []RepairChange `json:"repair_changes,omitempty"`
	MoreChanges int            `json:"repair_changes_more,omitempty"` // beyond the limits, not listed
	Marks       []LossMark     `json:"loss_marks,omitempty"`
	MoreMarks   int            `json:"loss_marks_more,omitempty"`

	held int // bytes of Before, After and Alternatives
}

// The limits of one account. A page that was read in a wrong encoding is a few
// changes of many words; a page that was glossed is many of few.
const (
	maxChanges     = 2000
	maxChangeBytes = 1 << 20
)

// RepairChange is a repair.Change in one of the texts of a file. Start and End
// count bytes of that text as it came (decoded, without markup), OutStart and
// OutEnd of the same text as it was repaired.
type RepairChange struct {
	Item string `json:"item,omitempty"` // key of the item, in a file of many
	Part string `json:"part"`           // which text: see partName
	repair.Change
}

// LossMark is a place of a repaired text where something is lost for good.
type LossMark struct {
	Item string `json:"item,omitempty"`
	Part string `json:"part"`
	repair.Loss
}

// wholeText is the part that a plain text file is: all of it.
const wholeText = "text"

// headParts are the parts that a web page's head is; the texts of its body
// follow as text-1, text-2 and so on, in reading order.
var headParts = []string{"title", "source", "byline"}

// partName names the text n of a web page or of an item.
func partName(n int) string {
	if n < len(headParts) {
		return headParts[n]
	}
	return wholeText + "-" + strconv.Itoa(n-len(headParts)+1)
}

// list takes in what repair says of one text, which is the only part.
func (m *Mending) list(r repair.Result) {
	for _, c := range r.Changes {
		m.change(RepairChange{Part: wholeText, Change: c})
	}
	for _, l := range r.Losses {
		m.mark(LossMark{Part: wholeText, Loss: l})
	}
}

// listParts takes in what repair says of texts that were mended together: each
// place is counted from where its text begins.
func (m *Mending) listParts(r repair.Result, before, after []string) {
	in, out := bounds(before), bounds(after)
	n := 0
	for _, c := range r.Changes {
		for n+1 < len(out) && c.OutStart >= out[n+1] {
			n++
		}
		c.Start, c.End, c.OutStart, c.OutEnd = c.Start-in[n], c.End-in[n], c.OutStart-out[n], c.OutEnd-out[n]
		m.change(RepairChange{Part: partName(n), Change: c})
	}
	n = 0
	for _, l := range r.Losses {
		for n+1 < len(out) && l.Start >= out[n+1] {
			n++
		}
		l.Start, l.End = l.Start-out[n], l.End-out[n]
		m.mark(LossMark{Part: partName(n), Loss: l})
	}
}

// bounds is where each text begins when they are joined.
func bounds(texts []string) []int {
	starts := make([]int, len(texts))
	for i := 1; i < len(texts); i++ {
		starts[i] = starts[i-1] + len(texts[i-1]) + len(separator)
	}
	return starts
}

// addItem takes in the account of one item of many.
func (m *Mending) addItem(key string, of Mending) {
	m.MoreChanges, m.MoreMarks = m.MoreChanges+of.MoreChanges, m.MoreMarks+of.MoreMarks
	for _, c := range of.Changes {
		c.Item = key
		m.change(c)
	}
	for _, l := range of.Marks {
		l.Item = key
		m.mark(l)
	}
}

// change lists a change, or counts it where the list is full.
func (m *Mending) change(c RepairChange) {
	size := len(c.Before) + len(c.After)
	for _, a := range c.Alternatives {
		size += len(a)
	}
	if len(m.Changes) == maxChanges || m.held+size > maxChangeBytes {
		m.MoreChanges++
		return
	}
	m.held += size
	c.Before, c.After = strings.Clone(c.Before), strings.Clone(c.After) // so that the account does not hold the page
	m.Changes = append(m.Changes, c)
}

func (m *Mending) mark(l LossMark) {
	if len(m.Marks) == maxChanges {
		m.MoreMarks++
		return
	}
	m.Marks = append(m.Marks, l)
}

// Of is the account of one text as repair gave it, for repair.Undo; text is the
// repaired text. Places that do not fit the text are left out: it was edited, or
// is another one.
func (m Mending) Of(item, part, text string) repair.Result {
	r := repair.Result{Text: text}
	for _, c := range m.Changes {
		if c.Item != item || c.Part != part || c.OutStart < 0 || c.OutEnd < c.OutStart || c.OutEnd > len(text) || text[c.OutStart:c.OutEnd] != c.After {
			continue
		}
		r.Changes = append(r.Changes, c.Change)
	}
	for _, l := range m.Marks {
		if l.Item == item && l.Part == part && 0 <= l.Start && l.Start <= l.End && l.End <= len(text) {
			r.Losses = append(r.Losses, l.Loss)
		}
	}
	return r
}

// Mending is the account that was kept with an import of a file, of one text or
// of many.
func (im *Importer) Mending(ctx context.Context, id ident.Import) (Mending, error) {
	var kept db.JSON[report]
	err := im.db.Get(ctx, &kept, `SELECT report FROM import_file WHERE id = ? UNION ALL SELECT report FROM import_bundle WHERE id = ?`, id, id)
	return kept.V.Mending, db.NotFound(err, "ingest.no_import", nil)
}
