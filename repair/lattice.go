package repair

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/repair/internal/model"
)

// What is known of the byte that waits for its other half.
const (
	inPhase = -1 // none waits: characters are what they seem
	anyByte = -2 // one waits that is lost itself
)

// Penalties in nats for what a mirror does now and then, and for what it does hardly ever.
const (
	costStart   = 2   // a question mark is a byte cut off
	costDropped = 5   // a byte was cut off and left no trace
	costReading = 5   // a reading that does not belong to the character before it
	costSwallow = 3   // a byte cut off took an ASCII character along
	costPrivate = 6   // a private character is there on purpose
	costOpen    = 7   // the line ends with a byte that waits
	costHole    = 8   // two bytes stood for nothing
	costOdd     = 5   // a mark that running text has not
	costGap     = 5   // a pair for users' own characters was dropped
	neverMind   = 9   // a question mark that is neither
	rareNats    = -15 // characters rarer than this are not guessed
	rareMark    = -10 // nor marks rarer than this
	hopeless    = 12  // so far behind the best, nothing more is guessed
	beamWidth   = 24  // hypotheses kept
)

// A step is one character of a hypothesis, and the token that completed it.
type step struct {
	before int32
	token  int32
	char   rune
	gloss  bool // the token's reading is no part of the text
}

// A path is a hypothesis about what a line was.
type path struct {
	lm    model.State
	score float32
	wait  int16 // the byte that waits for its other half
	steps int32 // last step, -1 for none
	plain bool  // no token was taken for anything else than it seems
}

// A lattice reads a line of a page in all ways that its bytes allow, and keeps the likeliest.
type lattice struct {
	page  *shiftedPage
	toks  []token
	steps []step
	now   []path
	next  []path
	gaps  bool    // pairs may have been dropped
	drops bool    // bytes may have been cut off without trace
	top   float32 // the score of the best hypothesis before the token
}

// solve gives the likeliest hypothesis.
func (l *lattice) solve(toks []token) path {
	l.toks, l.steps = toks, l.steps[:0]
	l.now = append(l.now[:0], path{lm: model.Start(), wait: inPhase, steps: -1, plain: true})
	for i := range toks {
		l.next, l.top = l.next[:0], l.now[0].score
		for j := range l.now {
			l.top = max(l.top, l.now[j].score)
		}
		for j := range l.now {
			l.advance(&l.now[j], int32(i))
		}
		l.prune()
		l.now, l.next = l.next, l.now
	}
	best := path{score: -1e30}
	for j := range l.now {
		p := &l.now[j]
		end, nats := model.Next(&p.lm, '\n', l.page.script)
		p.lm = end
		p.score += nats
		if p.wait != inPhase {
			if l.page.endsLine(toks) { // it would have left a question mark
				continue
			}
			p.score -= costOpen
		}
		if p.score > best.score {
			best = *p
		}
	}
	return best
}

// advance takes the next token in every way that a hypothesis allows.
func (l *lattice) advance(p *path, i int32) {
	t := &l.toks[i]
	if p.plain {
		l.stay(p, i)
	}
	switch {
	case t.kind == questToken:
		l.question(p, i)
	case t.kind == halfToken:
		l.half(p, i)
	case p.wait != inPhase:
		l.shifted(p, i)
	case !p.plain:
		l.stay(p, i)
	}
	if p.wait != inPhase {
		return
	}
	if t.kind == latinToken {
		l.latin(p, i)
	}
	if l.drops && t.kind == plainToken && strayMark(t) && hasTrace(l.toks[i:min(len(l.toks), int(i)+reach)]) {
		l.begin(p, i, costDropped)
	}
}

// reach is how many tokens a byte that was dropped without trace leads to the next trace.
const reach = 24

func strayMark(t *token) bool {
	return t.char == ',' || t.char == ';' || t.char == '!' || t.lead == 0xA3
}

// stay takes a token for what it seems.
func (l *lattice) stay(p *path, i int32) {
	t := &l.toks[i]
	cost := float32(0)
	switch {
	case t.kind == questToken:
		cost = 1
	case t.kind == halfToken || t.kind == latinToken:
		cost = costReading
	case t.char >= 0xE000 && t.char <= 0xF8FF:
		cost = costPrivate
	}
	q := *p
	l.char(&q, i, t.char, cost)
	if !p.plain {
		l.steps[q.steps].gloss = false
	}
	l.push(&q)
}

// char adds a character to a hypothesis.
func (l *lattice) char(p *path, i int32, r rune, cost float32) {
	l.page.work.spend(1)
	next, nats := l.page.next(&p.lm, r)
	p.lm = next
	p.score += nats - cost
	l.steps = append(l.steps, step{p.steps, i, r, !p.plain})
	p.steps = int32(len(l.steps) - 1)
}

// made is a hypothesis that differs from p by the byte that waits, and by a character unless it is 0.
func (l *lattice) made(p *path, i int32, r rune, wait int16, cost float32) {
	q := *p
	q.plain, q.wait = false, wait
	if r != 0 {
		l.char(&q, i, r, cost)
	} else {
		q.score -= cost
	}
	if wait >= 0 && wait < utf8.RuneSelf { // a character of its own: 首張EP became 首?chèn)圗P
		l.char(&q, i, rune(wait), 0)
		q.wait = inPhase
	}
	l.push(&q)
}

// push keeps a hypothesis unless one that leads to the same future is better.
func (l *lattice) push(q *path) {
	for j := range l.next {
		o := &l.next[j]
		if o.wait == q.wait && o.plain == q.plain && o.lm.Key() == q.lm.Key() {
			if q.score > o.score {
				*o = *q
			}
			return
		}
	}
	l.next = append(l.next, *q)
}

// prune keeps the best hypotheses, and always the one that nothing is wrong.
func (l *lattice) prune() {
	if len(l.next) <= beamWidth {
		return
	}
	slices.SortFunc(l.next, func(a, b path) int {
		switch {
		case a.plain != b.plain && a.plain:
			return -1
		case a.plain != b.plain:
			return 1
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return 0
	})
	l.next = l.next[:beamWidth]
}

// shifted takes a token as the second byte of one character and the first of the next.
func (l *lattice) shifted(p *path, i int32) {
	t := &l.toks[i]
	switch {
	case t.lead != 0:
		l.complete(p, i, t.lead, int16(t.trail), 0)
	case t.char < 0x80:
		c := byte(t.char)
		if c >= 0x40 && c < 0x7F {
			cost := float32(0)
			if t.kind == latinToken && p.wait >= 0 && !l.page.reads(l.page.gbk.Char(byte(p.wait), c), t.reading) {
				cost = costReading
			}
			l.complete(p, i, c, inPhase, cost)
		}
		if c > ' ' && c < 0x7F && t.kind == plainToken {
			l.complete(p, i, 0xA3, int16(c)+0x80, 0)
		}
		if c == ' ' {
			l.complete(p, i, 0xA1, 0xA1, 0)
		}
	}
	if l.gaps && p.wait >= 0 && t.lead != 0 {
		l.gap(p, i)
	}
}

// complete gives the byte that waits its second half, and lets another wait.
func (l *lattice) complete(p *path, i int32, trail byte, wait int16, cost float32) {
	if p.wait >= 0 {
		if r := l.page.gbk.Char(byte(p.wait), trail); r != 0 {
			if !han.IsHan(r) && !l.page.known(r) {
				cost += costOdd
			}
			l.made(p, i, r, wait, cost)
		}
		return
	}
	var best [fewest]path
	n := 0
	for _, r := range guesses().heads[trail] {
		q := *p
		q.plain, q.wait = false, wait
		prior := float32(0)
		if r == '。' { // by far the commonest before a mark
			prior = 2
		}
		l.char(&q, i, r, cost-prior)
		n = keepBest(best[:], n, &q)
	}
	for j := range n {
		l.push(&best[j])
	}
}

// fewest is how many characters are followed up of those that a lost first byte allows.
const fewest = 8

// keepBest inserts q into best[:n], which is in order, and returns the new n.
func keepBest(best []path, n int, q *path) int {
	at := n
	for at > 0 && best[at-1].score < q.score {
		at--
	}
	if at == len(best) {
		return n
	}
	n = min(n+1, len(best))
	copy(best[at+1:n], best[at:])
	best[at] = *q
	return n
}

// gap takes it that pairs for users' own characters were dropped before the token: how many, nobody can know.
func (l *lattice) gap(p *path, i int32) {
	l.made(p, i, lostChar, int16(l.toks[i].trail), costGap)
}

// begin takes a mark for the second byte of a character whose first was cut off, and the first of another.
func (l *lattice) begin(p *path, i int32, cost float32) {
	q := *p
	q.wait = anyByte
	q.score -= cost
	l.shifted(&q, i)
}

// question takes a question mark for one, for a first byte cut off, or for a character cut in two.
func (l *lattice) question(p *path, i int32) {
	switch {
	case p.wait == inPhase:
		if !p.plain {
			l.stay(p, i)
		}
		if l.page.work.spend(0) && int(i)+1 < len(l.toks) && l.toks[i+1].isMark() {
			cost := float32(costStart)
			if p.steps < 0 {
				cost += 2
			}
			l.made(p, i, 0, anyByte, cost)
		}
	case p.wait == anyByte:
		l.complete(p, i, 0xA3, 0xBF, costStart)
	case p.score < l.top-hopeless:
	default:
		l.complete(p, i, 0xA3, 0xBF, costStart)
		l.hole(p, i)
		l.guess(p, i)
	}
}

// hole takes a question mark for two bytes that stand for nothing.
func (l *lattice) hole(p *path, i int32) {
	if !l.page.work.spend(0) {
		return
	}
	for _, trail := range holeLeads {
		if r := l.page.gbk.Char(byte(p.wait), trail); r != 0 && l.page.known(r) {
			l.made(p, i, r, anyByte, costHole)
		}
	}
}

// holeLeads are the first bytes of rows of GBK that have gaps.
var holeLeads = []byte{0xA2, 0xA6, 0xA7, 0xA8, 0xA9, 0xD7, 0xFE}

// guess completes a byte whose other half was cut off. If no mark follows, it took an ASCII character along.
func (l *lattice) guess(p *path, i int32) {
	if !l.page.work.spend(0) {
		return
	}
	swallowed := int(i)+1 < len(l.toks) && !l.toks[i+1].isMark()
	for _, r := range guesses().halves[byte(p.wait)] {
		q := *p
		q.plain, q.wait = false, inPhase
		l.char(&q, i, r, costStart-l.page.familiar(&p.lm, r)-l.expects(p, i, r))
		if _, trail, _ := l.page.gbk.Pair(r); swallowed && trail != 0x80 { // 80 is no first byte: it is lost alone
			l.char(&q, i, lostChar, costSwallow)
		}
		l.push(&q)
	}
}

// expects is by how much the marks before a place speak for a character there: for the quote that closes
// one that is open, and against a mark that was just set.
func (l *lattice) expects(p *path, i int32, r rune) float32 {
	if strings.ContainsRune("。，、；", r) && model.Symbol(r) == p.lm.Last() {
		return -5
	}
	at := strings.IndexRune(closers, r)
	switch {
	case at >= 0:
	case r == '。' && int(i) == len(l.toks)-1:
		return 2
	default:
		return 0
	}
	if open, _ := utf8.DecodeRuneInString(openers[at:]); l.page.opened(l.toks[i].start) == open {
		if int(i) == len(l.toks)-1 { // a quote is seldom left open
			return 8
		}
		return 5
	}
	return -3
}

// Brackets and quotes, each in the place of its partner.
const (
	openers = "「『“‘（《〈【"
	closers = "」』”’）》〉】"
)

// half takes a reading without its bracket: its character was found across two others, of which the first
// is before it, or it completes the byte that waits.
func (l *lattice) half(p *path, i int32) {
	py := l.toks[i].reading
	if p.wait >= 0 {
		for _, r := range l.page.read(byte(p.wait), py) {
			l.made(p, i, r, inPhase, 0)
		}
		return
	}
	if p.wait == anyByte {
		for _, r := range l.page.annotated(py) {
			l.made(p, i, r, inPhase, 0)
		}
		return
	}
	if !p.plain {
		l.stay(p, i)
	}
	if before := l.secondBefore(p); before != 0 {
		for _, r := range l.page.read(before, py) {
			_, trail, _ := l.page.gbk.Pair(r)
			l.made(p, i, 0, int16(trail), 1)
		}
	}
	for _, r := range l.page.annotated(py) {
		l.made(p, i, r, inPhase, costReading)
	}
}

// secondBefore is the second byte of the character that a hypothesis ends with, or 0. It need not be the one that
// is seen: 氣壓 became 氣?qì)?nǐ)旱, where the second reading belongs to 氣's last byte too.
func (l *lattice) secondBefore(p *path) byte {
	if p.steps < 0 || l.steps[p.steps].char == lostChar {
		return 0
	}
	t := token{char: l.steps[p.steps].char}
	_, t.trail, _ = l.page.gbk.Pair(t.char)
	return t.second()
}

// latin takes an ASCII character with a reading that stands between characters: the mirror may have found
// one in the byte before it and the character itself.
func (l *lattice) latin(p *path, i int32) {
	t := &l.toks[i]
	if l.page.reads(l.page.gbk.Char(l.secondBefore(p), byte(t.char)), t.reading) {
		l.made(p, i, t.char, inPhase, 0)
		return
	}
	for _, r := range l.page.annotated(t.reading) {
		if _, trail, _ := l.page.gbk.Pair(r); trail == byte(t.char) {
			l.made(p, i, r, inPhase, costReading)
		}
	}
}
