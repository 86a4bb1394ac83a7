package repair

import "slices"

// Undo takes the change i back and leaves the others as they are, with offsets that fit the new text.
// The result shares nothing with r that is written to. Without a change i it is r.
func Undo(r Result, i int) Result {
	if i < 0 || i >= len(r.Changes) {
		return r
	}
	c := r.Changes[i]
	delta := len(c.Before) - len(c.After)
	undone := Result{
		Text:    r.Text[:c.OutStart] + c.Before + r.Text[c.OutEnd:],
		Changes: slices.Delete(slices.Clone(r.Changes), i, i+1),
		Losses:  slices.Clone(r.Losses),
	}
	for j := i; j < len(undone.Changes); j++ {
		undone.Changes[j].OutStart += delta
		undone.Changes[j].OutEnd += delta
	}
	for j := range undone.Losses {
		l := &undone.Losses[j]
		l.Start, l.End = c.without(l.Start), c.without(l.End)
	}
	return undone
}

// without is where an offset of the output is once the change is taken back. What was inside stays inside.
func (c *Change) without(at int) int {
	end := c.OutStart + len(c.Before)
	if at >= c.OutEnd {
		return at - c.OutEnd + end
	}
	return min(at, end)
}
