package repair

import (
	"slices"
	"strings"
)

// edit is a change that a layer wants, in offsets of the text that the layer was shown.
type edit struct {
	start, end int
	after      string
	doubt      *doubt // nil: no more to say than the finding says
}

// doubt is what a single edit has to say about itself, where a layer chose between readings.
type doubt struct {
	evidence     Evidence
	margin       float64
	alternatives []string
}

func (e *edit) growth() int { return len(e.after) - (e.end - e.start) }

// finding is what a layer found: edits and losses, each in order and none overlapping another, in
// offsets of the text that the layer was shown.
type finding struct {
	class     Class
	evidence  Evidence
	edits     []edit
	losses    []Loss
	marked    bool // each loss is at the end of an edit that ends with the mark of a lost character
	annotated bool // a mirror has annotated the page
}

// ledger is the text so far and the changes that lead to it from the input. The offsets of its changes
// always refer to the input and to the present text, however many layers there were.
type ledger struct {
	input   string
	text    string
	signs   sign // what the text was last seen to show
	changes []Change
	losses  []Loss
}

// apply makes the edits and folds them into the changes so far. Its work is linear in the text.
func (l *ledger) apply(f finding) {
	m := merger{ledger: l, class: f.class, evidence: f.evidence, edits: f.edits, old: l.changes}
	m.changes = make([]Change, 0, len(f.edits)+len(l.changes))
	size := len(l.text)
	for i := range f.edits {
		size += f.edits[i].growth()
	}
	m.out.Grow(size)
	if len(m.old) == 0 {
		m.first()
	}
	for len(m.old) > 0 || len(m.edits) > 0 {
		m.cluster()
	}
	m.copyTo(len(l.text))
	moveLosses(l.losses, f.edits)
	if len(f.losses) > 0 {
		l.addLosses(f)
	}
	l.text, l.changes = m.out.String(), m.changes
}

// addLosses takes over what a layer found to be lost, behind its edits.
func (l *ledger) addLosses(f finding) {
	fresh := slices.Clone(f.losses)
	moveLosses(fresh, f.edits)
	if f.marked {
		for i := range fresh {
			fresh[i].Start -= len(string(lostChar))
		}
	}
	l.losses = append(l.losses, fresh...)
	slices.SortStableFunc(l.losses, func(a, b Loss) int { return a.Start - b.Start })
	for i := 1; i < len(l.losses); i++ { // a later layer may have drawn two together
		o := &l.losses[i]
		o.Start = max(o.Start, l.losses[i-1].End)
		o.End = max(o.Start, o.End)
	}
}

// moveLosses carries losses, in order, over the edits of a layer.
func moveLosses(losses []Loss, edits []edit) {
	var toStart, toEnd struct{ edits, shift int }
	for i := range losses {
		l := &losses[i]
		for ; toStart.edits < len(edits) && edits[toStart.edits].end <= l.Start; toStart.edits++ {
			toStart.shift += edits[toStart.edits].growth()
		}
		for ; toEnd.edits < len(edits) && edits[toEnd.edits].end <= l.End; toEnd.edits++ {
			toEnd.shift += edits[toEnd.edits].growth()
		}
		l.Start += toStart.shift
		l.End = max(l.Start, l.End+toEnd.shift)
	}
}

// merger walks over the old changes and the new edits together. Those that touch the same text become
// one change; the others stay apart.
type merger struct {
	*ledger
	class    Class
	evidence Evidence
	old      []Change
	edits    []edit // those not yet taken
	changes  []Change
	out      strings.Builder
	copied   int // how much of the text has been written or passed over
	shift    int // offset in the text minus offset in the input, behind the last old change taken
}

// first takes all edits where there are no changes yet: text and input are one, and each edit is a change. What is
// written is written in its place, for a page may have thousands.
func (m *merger) first() {
	changes, n := m.changes[:len(m.edits)], 0
	for i := range m.edits {
		e := &m.edits[i]
		m.copyTo(e.start)
		at := m.out.Len()
		m.copied = e.end
		before := m.text[e.start:e.end]
		if before == e.after {
			m.out.WriteString(before)
			continue
		}
		c := &changes[n]
		n++
		if e.after != "" {
			m.out.WriteString(e.after)
			c.After = m.out.String()[at:]
		}
		c.Start, c.End, c.OutStart, c.OutEnd = e.start, e.end, at, m.out.Len()
		c.Before, c.Class, c.Evidence = before, m.class, m.evidence
		if e.doubt != nil {
			c.Evidence, c.Margin, c.Alternatives = e.doubt.evidence, e.doubt.margin, e.doubt.alternatives
		}
	}
	m.changes, m.edits = changes[:n], nil
}

// cluster takes the next old change or edit with all that overlap it, and makes one change of them.
func (m *merger) cluster() {
	fromOld := len(m.edits) == 0 || len(m.old) > 0 && oldFirst(&m.old[0], &m.edits[0])
	var lo, hi int
	if fromOld {
		lo = m.old[0].OutStart
	} else {
		lo = m.edits[0].start
	}
	m.changes = append(m.changes, Change{Start: lo - m.shift})
	c := &m.changes[len(m.changes)-1]
	m.copyTo(lo)
	c.OutStart = m.out.Len()
	if fromOld {
		hi = m.takeOld(c)
	} else {
		hi = m.takeEdit(c)
	}
	for {
		if len(m.old) > 0 && overlap(lo, hi, m.old[0].OutStart, m.old[0].OutEnd) {
			hi = max(hi, m.takeOld(c))
		} else if len(m.edits) > 0 && overlap(lo, hi, m.edits[0].start, m.edits[0].end) {
			hi = max(hi, m.takeEdit(c))
		} else {
			break
		}
	}
	m.copyTo(hi)
	c.End = hi - m.shift
	c.OutEnd = m.out.Len()
	c.Before, c.After = m.input[c.Start:c.End], m.out.String()[c.OutStart:]
	if c.Before == c.After {
		m.changes = m.changes[:len(m.changes)-1]
	}
}

// takeOld takes an old change into c and returns where it ends in the text. The cause of damage is
// what the earliest layer saw, so an old change gives c its class.
func (m *merger) takeOld(c *Change) (end int) {
	old := &m.old[0]
	m.old = m.old[1:]
	m.shift = old.OutEnd - old.End
	c.Class, c.Evidence, c.Margin, c.Alternatives = old.Class, old.Evidence, old.Margin, old.Alternatives
	return old.OutEnd
}

func (m *merger) takeEdit(c *Change) (end int) {
	e := &m.edits[0]
	m.edits = m.edits[1:]
	m.copyTo(e.start)
	m.out.WriteString(e.after)
	m.copied = e.end
	if c.Class == "" {
		c.Class, c.Evidence = m.class, m.evidence
		if e.doubt != nil {
			c.Evidence, c.Margin, c.Alternatives = e.doubt.evidence, e.doubt.margin, e.doubt.alternatives
		}
	}
	return e.end
}

func (m *merger) copyTo(end int) {
	if end > m.copied {
		m.out.WriteString(m.text[m.copied:end])
		m.copied = end
	}
}

// oldFirst orders what begins at the same place: what is empty in the text comes first.
func oldFirst(c *Change, e *edit) bool {
	if c.OutStart != e.start {
		return c.OutStart < e.start
	}
	return c.OutStart == c.OutEnd || e.start != e.end
}

// overlap says whether two stretches share text; an empty one lies inside the other, not at its edge.
func overlap(aStart, aEnd, bStart, bEnd int) bool { return aStart < bEnd && bStart < aEnd }
