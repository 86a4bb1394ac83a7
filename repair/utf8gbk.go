package repair

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/huiguan/huiguan/repair/internal/codepage"
	"github.com/huiguan/huiguan/repair/internal/model"
)

// A utfPath is a hypothesis about bytes that were UTF-8: what they gave so far, and the part of a character
// that waits for more.
type utfPath struct {
	lm    model.State
	score float32
	part  rune
	need  int8 // bytes still to come
	whole int8 // bytes of the character
	alike bool // the character has a byte that was chosen, not seen
	steps int32
}

// A utfStep is one character of a hypothesis, complete with the token at an index.
type utfStep struct {
	before int32
	token  int32
	char   rune
	chosen bool
}

// A misread reads characters of GBK as the UTF-8 that their bytes were. Three bytes make a character there
// and two here, so that characters of an odd number leave one byte alone: it became a question mark, and so
// did pairs that GBK has nothing for, and 80.
type misread struct {
	gbk    *codepage.Page
	script model.Script
	text   string
	work   *budget
	// swallows says that the reader took an ASCII character along with each lone byte.
	swallows bool
	steps    []utfStep
	now      []utfPath
	next     []utfPath
}

const (
	utfBeam     = 8
	costByte    = 1  // a question mark is a lost byte
	costPair    = 3  // or a lost pair
	costReal    = 4  // or itself
	leastGain   = 12 // by how many nats a stretch must be likelier than what is seen
	maxMisread  = 600
	fewMisread  = 2
	shortStop   = 2 // bonus for a full stop at the end
	guessedLess = 0.05
)

// findUTF8AsGBK reads UTF-8 again that was read as GBK: 璁㈤槄 for 订阅. Nearly every byte is seen, and one of
// the third part of all bytes can begin a character, so that a stretch of some length leaves little doubt.
func findUTF8AsGBK(text string, o Options) (f finding) {
	f.class, f.evidence, f.marked = UTF8AsGBK, BytesExact, true
	m := &misread{gbk: codepage.GBK(), text: text, work: o.work}
	m.page(&f)
	if len(f.edits) == 0 {
		return f
	}
	var b strings.Builder
	for i := range f.edits {
		b.WriteString(f.edits[i].after)
	}
	// A mark says that a lone byte took an ASCII character along, which one reader does everywhere and another
	// nowhere: so the first of two digits is gone too, though the second stands there as if nothing were.
	m.swallows = len(f.losses) > 1 || len(f.losses) == 1 && behindHoles(text) <= maxKept
	if m.script = scriptOf(b.String()); m.script != model.Unknown || m.swallows {
		f.edits, f.losses = f.edits[:0], f.losses[:0]
		m.page(&f)
	}
	return f
}

// maxKept is how many ASCII characters may stand behind a lone byte on a page where one seems to be gone there; more
// of them speak for a wrong guess.
const maxKept = 12

// behindHoles counts the ASCII characters that follow a question mark.
func behindHoles(text string) (n int) {
	for i := 1; i < len(text); i++ {
		if text[i-1] == '?' && text[i] > ' ' && text[i] < utf8.RuneSelf && text[i] != '?' {
			n++
		}
	}
	return n
}

func (m *misread) page(f *finding) {
	text := m.text
	for start := 0; start < len(text); {
		end := len(text)
		if n := strings.IndexByte(text[start:], '\n'); n >= 0 {
			end = start + n
		}
		m.line(f, start, end)
		start = end + 1
	}
}

// shortText is how long a text may be to be looked at twice, in bytes.
const shortText = 48

// looksMisread says whether two characters in a row may hold one of UTF-8 and the beginning of the next.
func looksMisread(text string) bool {
	m := misread{gbk: codepage.GBK(), text: text}
	for i := 0; i < len(text); {
		r, width := runeAt(text, i)
		i += width
		if r >= utf8.RuneSelf && i < len(text) && text[i] >= utf8.RuneSelf && m.opens(r) && m.goesOn(i) {
			return true
		}
	}
	return false
}

// line looks for stretches of misread text in a line.
func (m *misread) line(f *finding, start, end int) {
	for i := start; i < end; {
		r, width := runeAt(m.text, i)
		if r < utf8.RuneSelf || !m.opens(r) || i+width < end && !m.goesOn(i+width) {
			i += width
			continue
		}
		if after, ok := m.stretch(f, i, end); ok {
			i = after
		} else {
			i += width
		}
	}
}

// opens says whether a character of UTF-8 may begin with the bytes of r.
func (m *misread) opens(r rune) bool {
	lead, trail, ok := m.gbk.Pair(r)
	return ok && lead >= 0xC3 && lead < 0xF5 && trail&0xC0 == 0x80
}

// goesOn says whether the character at i may bring the third byte of a character of UTF-8.
func (m *misread) goesOn(i int) bool {
	r, _ := runeAt(m.text, i)
	lead, _, ok := m.gbk.Pair(r)
	return ok && lead&0xC0 == 0x80 || r == '?' || r == '€' || r == utf8.RuneError || r < utf8.RuneSelf
}

// stretch reads on from i as long as the bytes are UTF-8, and says whether that is what they were.
func (m *misread) stretch(f *finding, i, end int) (after int, ok bool) {
	m.steps = m.steps[:0]
	m.now = append(m.now[:0], utfPath{lm: model.Start(), steps: -1})
	seen, chars := float32(0), 0
	visible := model.Start()
	best, bestSeen := utfPath{steps: -1}, float32(0)
	for at, tok := i, int32(0); at < end && tok < maxMisread && m.work.spend(0); tok++ {
		r, width := runeAt(m.text, at)
		if r == utf8.RuneError && width < 3 { // no U+FFFD, but a byte that is no text
			break
		}
		next := rune(0)
		if at+width < end {
			next, _ = runeAt(m.text, at+width)
		}
		m.take(r, tok, next)
		if len(m.now) == 0 {
			break
		}
		step := float32(0)
		if r != '?' {
			visible, step = model.Next(&visible, r, m.script)
		}
		seen += step
		at += width
		if r >= utf8.RuneSelf {
			chars++
		}
		if p, whole := m.complete(); whole && (r >= utf8.RuneSelf || r == '?') {
			best, bestSeen, after = p, seen, at
		}
	}
	if best.steps < 0 || chars < fewMisread || best.score-bestSeen < leastGain {
		return 0, false
	}
	list := m.pieces(best, i, after, best.score-bestSeen)
	if len(list) == 0 {
		return 0, false
	}
	f.add(m.text, list)
	return after, true
}

// complete is the best hypothesis in which no character waits for more.
func (m *misread) complete() (best utfPath, ok bool) {
	for i := range m.now {
		if p := &m.now[i]; p.need == 0 && (!ok || p.score > best.score) {
			best, ok = *p, true
		}
	}
	return best, ok
}

// take reads one character's bytes.
func (m *misread) take(r rune, tok int32, next rune) {
	m.next = m.next[:0]
	lead, trail, ok := m.gbk.Pair(r)
	for i := range m.now {
		p := m.now[i]
		switch {
		case r == '?' || r == utf8.RuneError:
			m.hole(p, tok, next)
		case r == '€':
			m.feed(&p, tok, 0x80)
			m.keep(&p)
		case r < utf8.RuneSelf:
			if p.need == 0 {
				m.char(&p, tok, r)
				m.keep(&p)
			}
		case ok:
			if m.feed(&p, tok, lead) && m.feed(&p, tok, trail) {
				m.keep(&p)
			}
		}
	}
	m.now, m.next = m.next, m.now
}

// feed adds a byte to a hypothesis, and says whether that is possible.
func (m *misread) feed(p *utfPath, tok int32, b byte) bool {
	if p.need == 0 {
		switch {
		case b < 0x80:
			m.char(p, tok, rune(b))
			return true
		case b >= 0xC2 && b < 0xE0:
			p.part, p.need, p.whole = rune(b&0x1F), 1, 2
		case b >= 0xE0 && b < 0xF0:
			p.part, p.need, p.whole = rune(b&0x0F), 2, 3
		case b >= 0xF0 && b < 0xF5:
			p.part, p.need, p.whole = rune(b&0x07), 3, 4
		default:
			return false
		}
		p.alike = false
		return true
	}
	if b&0xC0 != 0x80 {
		return false
	}
	p.part = p.part<<6 | rune(b&0x3F)
	if p.need--; p.need > 0 {
		return true
	}
	if !plausible(p.part) || p.whole == 3 && p.part < 0x800 {
		return false
	}
	m.char(p, tok, p.part)
	return true
}

// plausible says whether Chinese text may have a character: one that was counted, a rare Chinese one, kana, or a
// letter of a European name.
func plausible(r rune) bool {
	switch {
	case r < 0xA0 || r >= 1<<16:
		return false
	case r >= 0x3400 && r < 0xA000, r >= 0x3040 && r < 0x3100, r >= 0xFF01 && r < 0xFF5F:
		return true
	case r == '·', r >= 0x2010 && r < 0x2028, r >= 0x3000 && r < 0x3020, r >= 0xC0 && r < 0x180, r >= 0x391 && r < 0x3CA, r >= 0x410 && r < 0x450:
		return true
	}
	return knownBeyond().has(r)
}

func (m *misread) char(p *utfPath, tok int32, r rune) {
	m.work.spend(1)
	next, nats := nextOrLost(&p.lm, r, m.script)
	p.lm = next
	p.score += nats
	m.steps = append(m.steps, utfStep{p.steps, tok, r, p.alike})
	p.steps = int32(len(m.steps) - 1)
	p.alike = false
}

// keep adds a hypothesis to the best.
func (m *misread) keep(q *utfPath) {
	for i := range m.next {
		if o := &m.next[i]; o.need == q.need && o.part == q.part && o.lm.Key() == q.lm.Key() {
			if q.score > o.score {
				*o = *q
			}
			return
		}
	}
	if len(m.next) < utfBeam {
		m.next = append(m.next, *q)
		return
	}
	worst := 0
	for i := range m.next {
		if m.next[i].score < m.next[worst].score {
			worst = i
		}
	}
	if q.score > m.next[worst].score {
		m.next[worst] = *q
	}
}

// hole reads a question mark.
func (m *misread) hole(p utfPath, tok int32, next rune) {
	if p.need == 0 {
		q := p
		q.score -= costReal
		m.char(&q, tok, '?')
		m.keep(&q)
	}
	q := p
	q.score -= costByte
	if m.feed(&q, tok, 0x80) { // 80 is no first byte of GBK, and always lost
		m.keep(&q)
	}
	if p.need == 1 {
		m.lone(p, tok, next)
	}
	for _, pair := range lostPairs() {
		q := p
		q.score -= costPair
		q.alike = true
		if q.need > 0 && pair[0]&0xC0 != 0x80 {
			continue
		}
		if m.feed(&q, tok, pair[0]) {
			if q.need == int8(0) && q.steps != p.steps {
				q.alike = true
			}
			if m.feed(&q, tok, pair[1]) {
				m.keep(&q)
			}
		}
	}
}

// lone reads a question mark as the last byte of a character, which something else than UTF-8 followed.
func (m *misread) lone(p utfPath, tok int32, next rune) {
	for b := 0x81; b < 0xC0; b++ {
		q := p
		q.score -= costByte
		q.alike = true
		if !knownBeyond().has(q.part<<6 | rune(b&0x3F)) {
			continue
		}
		if m.feed(&q, tok, byte(b)) {
			switch {
			case next >= utf8.RuneSelf, m.swallows && next != 0: // it took an ASCII character along
				m.char(&q, tok, lostChar)
			case next == 0 && strings.ContainsRune("。”」！？", m.steps[q.steps].char):
				q.score += shortStop
			}
			m.keep(&q)
		}
	}
}

// knownBeyond are the characters that may be guessed though GBK need not have them.
var knownBeyond = sync.OnceValue(func() *runeSet {
	s := new(runeSet)
	for r := rune(0xA0); r < 1<<16; r++ {
		if x := model.Symbol(r); model.Seen(x) && model.Alone(x) > rareNats && !codepage.IsPrivate(r) && r != lostChar {
			s.add(r)
		}
	}
	return s
})

// lostPairs are the pairs that GBK has nothing for and that UTF-8 may have.
var lostPairs = sync.OnceValue(func() (list [][2]byte) {
	for lead := 0x81; lead < 0xF0; lead++ {
		for trail := 0x80; trail < 0xF0; trail++ {
			if codepage.GBK().Char(byte(lead), byte(trail)) == 0 && (lead < 0xC0 || lead >= 0xE0) && (trail < 0xC0 || trail >= 0xE2) {
				list = append(list, [2]byte{byte(lead), byte(trail)})
			}
		}
	}
	return list
})

// pieces lists what the characters of a stretch were. A character of three bytes is complete in the middle of
// one of GBK, so that a piece ends only where something is known to be lost.
func (m *misread) pieces(p utfPath, start, end int, gain float32) (list []piece) {
	var steps []utfStep
	for s := p.steps; s >= 0; s = m.steps[s].before {
		steps = append(steps, m.steps[s])
	}
	now := piece{start: start, evidence: BytesExact, margin: gain}
	tok, at := int32(0), start
	for i := len(steps) - 1; i >= 0; i-- {
		s := &steps[i]
		now.text += string(s.char)
		if s.chosen {
			now.evidence = Model
		}
		if s.char != lostChar {
			continue
		}
		for ; tok <= s.token; tok++ {
			_, width := runeAt(m.text, at)
			at += width
		}
		now.end, now.lost = at, CharacterSwallowed
		list = append(list, now)
		now = piece{start: at, evidence: BytesExact, margin: gain}
	}
	if now.text != "" {
		now.end = end
		list = append(list, now)
	}
	return list
}
