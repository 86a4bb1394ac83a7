package repair

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/repair/internal/model"
)

// lostChar stands for a character that cannot be known again, as it does in editions of old texts.
const lostChar = '□'

// How much of a line is read on either side of where bytes are missing, and at most at once, in bytes.
const (
	windowBefore = 96
	windowAfter  = 480
	windowMost   = 4096
)

// findShifts puts back in step what is read one byte late. A byte that lost its other half shows as a
// question mark, as a reading without its character or as an ASCII letter with one; from there on, each
// character seen is the end of one and the beginning of the next, until another byte is missing. The
// line around is read in all ways that its bytes allow; what is neither fixed by bytes nor by a reading
// is chosen by the model, and said to be.
func findShifts(text string, o Options) (f finding) {
	f.class, f.evidence, f.marked = PhaseShift, BytesExact, true
	p := newShiftedPage(text, o.work)
	f.annotated = p.census != nil
	l := &lattice{page: p}
	var toks []token
	for at := 0; ; {
		start, end := p.window(at)
		if end == 0 || !p.work.spend(0) {
			return f
		}
		toks = p.tokens(toks[:0], start, end)
		p.mend(l, toks, &f)
		at = end
	}
}

// window is the next stretch of one line, from at on, with traces of lost bytes; end is 0 if there is none.
func (p *shiftedPage) window(at int) (start, end int) {
	first := p.trace(at, len(p.text))
	if first < 0 {
		return 0, 0
	}
	start = max(at, first-windowBefore)
	if n := strings.LastIndexByte(p.text[start:first], '\n'); n >= 0 {
		start += n + 1
	}
	for start < first && !utf8.RuneStart(p.text[start]) {
		start++
	}
	lineEnd := len(p.text)
	if n := strings.IndexByte(p.text[first:min(len(p.text), start+windowMost)], '\n'); n >= 0 {
		lineEnd = first + n
	}
	lineEnd = min(lineEnd, start+windowMost)
	last := first
	for {
		next := p.trace(last+1, min(lineEnd, last+windowAfter))
		if next < 0 {
			break
		}
		last = next
	}
	end = min(lineEnd, last+windowAfter)
	for end < len(p.text) && !utf8.RuneStart(p.text[end]) {
		end++
	}
	return start, end
}

// endsLine says whether the tokens are the last of their line.
func (p *shiftedPage) endsLine(toks []token) bool {
	end := toks[len(toks)-1].end
	return end == len(p.text) || p.text[end] == '\n' || p.text[end] == '\r'
}

// trace finds the first sign of a lost byte in text[at:end], or -1.
func (p *shiftedPage) trace(at, end int) int {
	for i := at; i < end; i++ {
		switch c := p.text[i]; {
		case c == '?' && strings.HasPrefix(p.text[i:], "?????"): // a text that is lost
			for i+1 < end && p.text[i+1] == '?' {
				i++
			}
		case c == '?':
			if !amongASCII(p.text, i, i+1) || p.census != nil || i > 0 && p.text[i-1] == '?' {
				return i
			}
		case c == '(' && p.census != nil && i > at && i+1 < len(p.text) && p.text[i-1] >= '@' && p.text[i-1] < 0x7F && isPinyinByte(p.text[i+1]):
			return i - 1
		case c == 0xEE || c == 0xEF && i+1 < len(p.text) && p.text[i+1] < 0xA4:
			if utf8.RuneStart(c) {
				return i
			}
		}
	}
	return -1
}

// mend reads a window and adds the edits that put it right.
func (p *shiftedPage) mend(l *lattice, toks []token, f *finding) {
	if p.census == nil && !slices.ContainsFunc(toks, func(t token) bool { return t.lead != 0 }) {
		return // question marks among letters
	}
	l.gaps, l.drops = false, false
	l.drops = hasTrace(toks)
	found := len(f.edits)
	p.account(l, toks, l.solve(toks), f)
	if len(f.edits) > found || !l.drops || !p.work.spend(0) {
		return
	}
	l.gaps = true // private characters, or a trace that nothing else explains
	p.account(l, toks, l.solve(toks), f)
}

// hasTrace says whether tokens show more than question marks: a letter with a reading or a private character.
func hasTrace(toks []token) bool {
	for i := range toks {
		t := &toks[i]
		if t.kind == latinToken || t.char >= 0xE000 && t.char <= 0xF8FF {
			return true
		}
	}
	return false
}

// A run is a stretch of tokens that were something else, and what they were.
type run struct {
	from, to int    // tokens
	steps    []step // what they were, each with its token
}

// account compares the likeliest hypothesis with what is seen, run by run.
func (p *shiftedPage) account(l *lattice, toks []token, best path, f *finding) {
	if best.plain {
		return
	}
	var steps []step
	for s := best.steps; s >= 0; s = l.steps[s].before {
		steps = append(steps, l.steps[s])
	}
	for i, j := 0, len(steps)-1; i < j; i, j = i+1, j-1 {
		steps[i], steps[j] = steps[j], steps[i]
	}
	lm, at := model.Start(), 0
	for at < len(steps) || len(toks) > 0 {
		r, next := nextRun(toks, steps, at)
		if r.to == 0 {
			return
		}
		for ; at < len(steps) && int(steps[at].token) < r.from; at++ {
			lm, _ = model.Next(&lm, steps[at].char, p.script)
		}
		p.judge(toks, r, lm, f)
		for ; at < next; at++ {
			lm, _ = model.Next(&lm, steps[at].char, p.script)
		}
	}
}

// sameTokens is how many tokens in a row may seem to be what they are within a run.
const sameTokens = 2

// nextRun finds the next run from steps[at] on, and the step behind it.
func nextRun(toks []token, steps []step, at int) (r run, next int) {
	tok := 0
	if at > 0 {
		tok = int(steps[at-1].token) + 1
	}
	same := 0
	r.from = -1
	first := at
	for ; tok < len(toks); tok++ {
		from := at
		for at < len(steps) && int(steps[at].token) == tok {
			at++
		}
		if unchanged(&toks[tok], steps[from:at]) {
			if same++; r.from >= 0 && same > sameTokens {
				break
			}
			continue
		}
		if r.from < 0 {
			r.from, first = tok, from
		}
		r.to, next, same = tok+1, at, 0
	}
	if r.from < 0 {
		return run{}, at
	}
	r.steps = steps[first:next]
	return r, next
}

func unchanged(t *token, steps []step) bool {
	return len(steps) == 1 && steps[0].char == t.char && (t.kind != latinToken || !steps[0].gloss)
}
