package repair

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/repair/internal/codepage"
	"github.com/huiguan/huiguan/repair/internal/model"
)

// A shiftedPage is what is known of a page whose bytes were cut apart.
type shiftedPage struct {
	text   string
	gbk    *codepage.Page
	census *census // of the annotations, nil unless a mirror made them
	script model.Script
	work   *budget
	vocab  *vocabulary
	byRead map[readKey][]rune
	openAt int // one more than where open was looked for last
	open   rune
}

type readKey struct {
	lead byte // 0 for the characters that the page has annotated
	py   string
}

func newShiftedPage(text string, work *budget) *shiftedPage {
	p := &shiftedPage{text: text, gbk: codepage.GBK(), script: scriptOf(text), work: work}
	if c, _, _ := annotations(text); c.damaged() {
		p.census = c
	}
	return p
}

func scriptOf(text string) model.Script {
	switch han.DetectScript(text) {
	case han.Hant:
		return model.Hant
	case han.Hans:
		return model.Hans
	}
	return model.Unknown
}

// known says whether r is a character that running text has, so that it may be guessed.
func (p *shiftedPage) known(r rune) bool { return knownChars().has(r) }

var knownChars = sync.OnceValue(func() *runeSet {
	s := new(runeSet)
	for r := rune(0x80); r < 1<<16; r++ {
		least := float32(rareNats)
		if !han.IsHan(r) {
			least = rareMark
		}
		x := model.Symbol(r)
		if _, _, ok := codepage.GBK().Pair(r); ok && !codepage.IsPrivate(r) && r != lostChar && model.Seen(x) && model.Alone(x) > least {
			s.add(r)
		}
	}
	return s
})

// heads lists, for a second byte, the commonest characters that it may belong to, and halves, for a first byte,
// all that it may.
type guessLists struct{ heads, halves [256][]rune }

var guesses = sync.OnceValue(func() *guessLists {
	g := new(guessLists)
	for pair := 0x8140; pair < 0xFEFF; pair++ {
		lead, trail := byte(pair>>8), byte(pair)
		if r := codepage.GBK().Char(lead, trail); r != 0 && knownChars().has(r) {
			g.heads[trail] = append(g.heads[trail], r)
			g.halves[lead] = append(g.halves[lead], r)
		}
	}
	for i, list := range g.heads {
		slices.SortStableFunc(list, func(a, b rune) int {
			return cmp.Compare(model.Alone(model.Symbol(b)), model.Alone(model.Symbol(a)))
		})
		g.heads[i] = list[:min(len(list), mostHeads)]
	}
	return g
})

// mostHeads is how many characters are weighed for one whose first byte is lost.
const mostHeads = 40

// reads says whether py is a reading of r.
func (p *shiftedPage) reads(r rune, py string) bool { return r != 0 && isReading(han.Readings(r), py) }

// read lists the characters with a first byte and a reading: those that the page has annotated, or else all.
func (p *shiftedPage) read(lead byte, py string) []rune {
	key := readKey{lead, py}
	if list, ok := p.byRead[key]; ok {
		return list
	}
	var all, usual []rune
	for trail := 0x40; trail < 0xFF; trail++ {
		if r := p.gbk.Char(lead, byte(trail)); p.reads(r, py) {
			all = append(all, r)
			if p.isAnnotated(r) {
				usual = append(usual, r)
			}
		}
	}
	if len(usual) > 0 {
		all = usual
	}
	return p.remember(key, all)
}

// annotated lists the characters that the page has annotated with a reading.
func (p *shiftedPage) annotated(py string) (list []rune) {
	key := readKey{0, py}
	if list, ok := p.byRead[key]; ok {
		return list
	}
	for i := range p.census.bases {
		if b := &p.census.bases[i]; b.steady() && b.first == py {
			list = append(list, b.char)
		}
	}
	return p.remember(key, list)
}

func (p *shiftedPage) remember(key readKey, list []rune) []rune {
	if p.byRead == nil {
		p.byRead = make(map[readKey][]rune)
	}
	p.byRead[key] = list
	return list
}

func (p *shiftedPage) isAnnotated(r rune) bool {
	return slices.ContainsFunc(p.census.bases, func(b glossed) bool { return b.char == r && b.steady() })
}

func (p *shiftedPage) next(s *model.State, r rune) (model.State, float32) {
	return nextOrLost(s, r, p.script)
}

// nextOrLost is [model.Next], which for a character that is lost reckons with a digit or a letter.
func nextOrLost(s *model.State, r rune, script model.Script) (model.State, float32) {
	if r == lostChar {
		after, _ := model.Next(s, '0', script)
		return after, lostNats
	}
	return model.Next(s, r, script)
}

const lostNats = -4

// maxSentence is how far back an open quote is looked for, in bytes.
const maxSentence = 2000

// opened is the bracket or quote that is open at text[at], or 0.
func (p *shiftedPage) opened(at int) rune {
	if p.openAt != at+1 {
		p.openAt, p.open = at+1, p.findOpen(at)
		p.work.spend(maxSentence / 100)
	}
	return p.open
}

func (p *shiftedPage) findOpen(at int) rune {
	start := max(0, at-maxSentence)
	if n := strings.LastIndexByte(p.text[start:at], '\n'); n >= 0 {
		start += n
	}
	closed := 0
	for i := at; i > start; {
		r, width := utf8.DecodeLastRuneInString(p.text[start:i])
		i -= width
		switch {
		case r < utf8.RuneSelf:
		case strings.ContainsRune(closers, r):
			closed++
		case strings.ContainsRune(openers, r):
			if closed == 0 {
				return r
			}
			closed--
		}
	}
	return 0
}

// A vocabulary counts the pairs and triples of characters of one page: what a page has said it says again.
type vocabulary [1 << 17]uint8

func newVocabulary(text string) *vocabulary {
	v := new(vocabulary)
	a, b := uint16(0), uint16(0)
	for i := 0; i < len(text); {
		r, width := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, width = runeAt(text, i)
		}
		i += width
		if r == '(' { // an annotation parts no word
			if py := readingAt(text, i, ")"); py != "" {
				i += len(py) + 1
				continue
			}
		}
		x := model.Symbol(r)
		v.see(0, x)
		v.see(b, x)
		v.see(a*31^b, x)
		a, b = b, x
	}
	return v
}

func (v *vocabulary) at(b, x uint16) *uint8 {
	return &v[(uint32(b)*0x9E3779B1^uint32(x)*0x85EBCA6B)>>15]
}

func (v *vocabulary) see(b, x uint16) {
	if n := v.at(b, x); *n < 255 {
		*n++
	}
}

// familiar is by how much a character is likelier because the page has it behind the same ones elsewhere.
func (p *shiftedPage) familiar(s *model.State, r rune) float32 {
	if p.vocab == nil {
		p.vocab = newVocabulary(p.text)
	}
	x, key := model.Symbol(r), s.Key()
	a, b := uint16(key>>16), uint16(key)
	single := *p.vocab.at(0, x)
	pairs, triples := *p.vocab.at(b, x), *p.vocab.at(a*31^b, x)
	return float32(0.15*math.Log1p(float64(single)) + 0.5*math.Log1p(float64(pairs)) + 1.2*math.Log1p(float64(triples)))
}
