package repair

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/repair/internal/model"
)

// By how many nats a run must be likelier than what is seen: on a page whose annotations prove a mirror,
// and elsewhere. What a reading or a private character proves counts for nats too.
const (
	provenGain   = 4
	unprovenGain = 9
	readingGain  = 12
	privateGain  = 6
)

// leastShare is how likely a guessed character must be among all that the byte before it allows.
const leastShare = 0.1

// judge adds the edits of a run if it is likely enough. lm is the state before it.
func (p *shiftedPage) judge(toks []token, r run, lm model.State, f *finding) {
	after := toks[r.to:min(len(toks), r.to+3)]
	gain := p.nats(lm, charsOf(r.steps), after) - p.nats(lm, seenIn(toks[r.from:r.to]), after) + bonus(toks[r.from:r.to])
	if gain < provenGain || p.census == nil && (gain < unprovenGain || !p.garbled(toks[r.from:r.to]) && !p.closes(toks[r.from].start, r.steps)) {
		return
	}
	w := runWriter{page: p, toks: toks, run: r, lm: lm, gain: gain, finding: f}
	w.write()
}

// garbled says whether tokens have a character that makes no sense where question marks alone would prove
// nothing, and are not Japanese.
func (p *shiftedPage) garbled(toks []token) bool {
	if !slices.ContainsFunc(toks, func(t token) bool { return t.lead != 0 }) {
		return false
	}
	start, end := toks[0].start, toks[len(toks)-1].end
	return !mostlyKana(p.text[max(0, start-windowBefore):min(len(p.text), end+windowBefore)])
}

// closes says whether a run has the mark that closes a quote left open before it.
func (p *shiftedPage) closes(at int, steps []step) bool {
	open := p.opened(at)
	return open != 0 && slices.ContainsFunc(steps, func(s step) bool {
		n := strings.IndexRune(openers, open)
		closer, _ := utf8.DecodeRuneInString(closers[n:])
		return s.char == closer
	})
}

func bonus(toks []token) (gain float32) {
	for i := range toks {
		switch t := &toks[i]; {
		case t.kind == halfToken || t.kind == latinToken:
			gain += readingGain
		case t.char >= 0xE000 && t.char <= 0xF8FF:
			gain += privateGain
		}
	}
	return gain
}

func charsOf(steps []step) []rune {
	chars := make([]rune, len(steps))
	for i := range steps {
		chars[i] = steps[i].char
	}
	return chars
}

func seenIn(toks []token) []rune {
	chars := make([]rune, len(toks))
	for i := range toks {
		chars[i] = toks[i].char
	}
	return chars
}

// nats is the likelihood of characters and of what follows them.
func (p *shiftedPage) nats(lm model.State, chars []rune, after []token) (sum float32) {
	var step float32
	for _, r := range chars {
		lm, step = p.next(&lm, r)
		sum += step
	}
	for i := range after {
		lm, step = model.Next(&lm, after[i].char, p.script)
		sum += step
	}
	if len(after) == 0 {
		_, step = model.Next(&lm, '\n', p.script)
		sum += step
	}
	return sum
}

// A runWriter turns a run into edits: one for each stretch that rests on the same evidence.
type runWriter struct {
	page *shiftedPage
	toks []token
	run
	lm      model.State // before the next step
	gain    float32
	finding *finding
	open    edit // not yet added
	opened  bool
	headed  bool // the character at the head, whose first byte is lost, is written
}

func (w *runWriter) write() {
	at := 0
	for i := w.from; i < w.to; i++ {
		t := &w.toks[i]
		first := at
		for at < len(w.steps) && int(w.steps[at].token) == i {
			at++
		}
		w.token(t, i, w.steps[first:at], w.steps[at:])
	}
	w.close()
}

// token writes what one token was; rest is what follows.
func (w *runWriter) token(t *token, i int, steps, rest []step) {
	switch {
	case len(steps) == 0 && t.kind == questToken: // the head's first byte
		w.headed = false
		w.extend(t, "", Model)
	case len(steps) == 0:
		w.extend(t, "", ReadingFixed)
	case !w.headed && (w.opened && w.open.doubt.evidence == Model || i == w.from && t.kind == plainToken):
		w.extend(t, "", Model)
		w.guess(i, steps, rest, headOf)
	case t.kind == questToken && steps[0].char != '?' && !w.goesOn(steps, rest):
		w.close()
		w.extend(t, "", Model)
		w.guess(i, steps, rest, halfOf)
	case len(steps) == 1 && steps[0].char == lostChar:
		w.close()
		w.extend(t, textOf(steps), Model)
		w.lose(ByteLost)
		w.close()
	case t.kind == halfToken || t.kind == latinToken:
		w.extend(t, textOf(steps), ReadingFixed)
	default:
		w.extend(t, textOf(steps), BytesExact)
	}
	w.headed = w.headed || len(steps) > 0
	for _, s := range steps {
		w.lm, _ = model.Next(&w.lm, s.char, w.page.script)
	}
}

func textOf(steps []step) string { return string(charsOf(steps)) }

// goesOn says whether the question mark of a run is the two bytes of one, A3BF.
func (w *runWriter) goesOn(steps, rest []step) bool {
	_, trail, _ := w.page.gbk.Pair(steps[0].char)
	if trail != 0xA3 || len(rest) == 0 {
		return false
	}
	lead, _, _ := w.page.gbk.Pair(rest[0].char)
	return lead == 0xBF
}

// extend adds a token to the open edit, or opens one if it rests on other evidence.
func (w *runWriter) extend(t *token, after string, evidence Evidence) {
	if w.opened && w.open.doubt.evidence != evidence {
		w.close()
	}
	if !w.opened {
		w.open = edit{start: t.start, doubt: &doubt{evidence: evidence, margin: float64(w.gain)}}
		w.opened = true
	}
	w.open.end = t.end
	w.open.after += after
}

func (w *runWriter) close() {
	if w.opened && w.page.text[w.open.start:w.open.end] != w.open.after {
		w.finding.edits = append(w.finding.edits, w.open)
	}
	w.opened = false
}

// headOf lists the characters with the second byte of r, halfOf those with its first.
func headOf(p *shiftedPage, r rune) []rune {
	_, trail, _ := p.gbk.Pair(r)
	return guesses().heads[trail]
}

func halfOf(p *shiftedPage, r rune) []rune {
	lead, _, _ := p.gbk.Pair(r)
	return guesses().halves[lead]
}

// guess writes a character that half is known of, with what else it may have been.
func (w *runWriter) guess(i int, steps, rest []step, same func(*shiftedPage, rune) []rune) {
	after := w.toks[min(len(w.toks), i+1):min(len(w.toks), i+3)]
	ahead := charsOf(rest[:min(2, len(rest))])
	if len(rest) > 0 {
		after = nil
	}
	ranked := w.page.rank(w.lm, same(w.page, steps[0].char), ahead, after)
	chosen := steps[0].char
	if ranked[0].share < leastShare {
		chosen = lostChar
	}
	w.open.after += string(chosen)
	w.open.doubt.margin = float64(w.gain)
	for _, c := range ranked[:min(len(ranked), 6)] {
		if c.char != chosen && len(w.open.doubt.alternatives) < 5 {
			w.open.doubt.alternatives = append(w.open.doubt.alternatives, string(c.char))
		}
	}
	if len(ranked) > 1 {
		w.open.doubt.margin = float64(ranked[0].nats - ranked[1].nats)
	}
	switch {
	case len(steps) > 1:
		w.open.after += string(lostChar)
		w.lose(CharacterSwallowed)
	case chosen == lostChar:
		w.lose(ByteLost)
	}
	w.close()
}

// lose says that the open edit ends with a □.
func (w *runWriter) lose(note string) {
	w.finding.losses = append(w.finding.losses, Loss{Start: w.open.end, End: w.open.end, Class: PhaseShift, Note: note})
}

type ranked struct {
	char  rune
	nats  float32
	share float64
}

// rank orders characters by how well they stand between what is before and what follows.
func (p *shiftedPage) rank(lm model.State, list, ahead []rune, after []token) []ranked {
	out := make([]ranked, len(list))
	p.work.spend(len(list) * (1 + len(ahead) + len(after)))
	chars := append(make([]rune, 0, len(ahead)+1), 0)
	chars = append(chars, ahead...)
	for i, r := range list {
		chars[0] = r
		out[i] = ranked{char: r, nats: p.nats(lm, chars, after) + p.familiar(&lm, r)}
	}
	slices.SortStableFunc(out, func(a, b ranked) int {
		switch {
		case a.nats > b.nats:
			return -1
		case a.nats < b.nats:
			return 1
		}
		return 0
	})
	shares(out)
	return out
}

func shares(list []ranked) {
	sum := 0.0
	for i := range list {
		list[i].share = math.Exp(float64(list[i].nats - list[0].nats))
		sum += list[i].share
	}
	for i := range list {
		list[i].share /= sum
	}
}
