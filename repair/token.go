package repair

import (
	"strings"

	"github.com/huiguan/huiguan/han"
)

// tokenKind says what a piece of a page that lost bytes may be.
type tokenKind uint8

const (
	plainToken tokenKind = iota // a character
	questToken                  // a question mark: one, or a byte that lost its other half
	glossToken                  // a character with its reading: 會(huì)
	latinToken                  // an ASCII character with a reading, so perhaps a second byte: F(xiàn)
	halfToken                   // a question mark with a reading, so the second byte of a character: ?yōu)
)

// A token is a piece of a line. Readings are told apart only on pages that a mirror annotated.
type token struct {
	start, end int
	char       rune
	kind       tokenKind
	reading    string
	lead       byte // of the character in GBK, 0 if it has none
	trail      byte
}

// tokens cuts a stretch of a page into tokens.
func (p *shiftedPage) tokens(buf []token, start, end int) []token {
	for i := start; i < end; {
		r, width := runeAt(p.text, i)
		t := token{start: i, end: i + width, char: r}
		t.lead, t.trail, _ = p.gbk.Pair(r)
		switch {
		case r == '?':
			t.kind = questToken
			if py, after := p.readingBehind(t.end); py != "" {
				t.kind, t.reading, t.end = halfToken, py, after
			}
		case p.census != nil && t.end < end && p.text[t.end] == '(':
			if py := readingAt(p.text, t.end+1, ")"); py != "" {
				p.gloss(&t, py)
			}
		}
		buf = append(buf, t)
		i = t.end
	}
	return buf
}

// readingBehind finds what an annotation whose bracket a lone byte swallowed left behind: yōu).
func (p *shiftedPage) readingBehind(i int) (py string, end int) {
	if p.census == nil || i >= len(p.text) {
		return "", 0
	}
	at := i
	if p.text[at] == '(' {
		at++
	}
	if py = readingAt(p.text, at, ")"); py == "" || !isSyllable(py) {
		return "", 0
	}
	return py, at + len(py) + 1
}

func (p *shiftedPage) gloss(t *token, py string) {
	switch {
	case t.char < 0x80 && t.char >= 0x40 && t.char < 0x7F && isSyllable(py):
		t.kind = latinToken
	case han.IsHan(t.char) && isReading(han.Readings(t.char), py):
		t.kind = glossToken
	case t.lead != 0 && isToned(py) && isSyllable(py):
		t.kind = glossToken // the reading of another character, whose bytes this one has
	default:
		return
	}
	t.reading = py
	t.end += len(py) + 2
}

// isSyllable says whether py may be a syllable at all: it has a vowel and a tone, or is short.
func isSyllable(py string) bool {
	return isToned(py) || len(py) >= 2 && strings.ContainsAny(py, "aeiouü")
}

// second is the second byte of the character in GBK, whose full-width form an ASCII mark may have been, or 0.
func (t *token) second() byte {
	if t.char > ' ' && t.char < 0x7F {
		return byte(t.char) + 0x80
	}
	return t.trail
}

// isMark says whether a token is a mark that the mirror may have put something in front of, so that a
// byte before it was cut off: the marks of the rows A1 and A3 of GBK, and ASCII made of the latter.
func (t *token) isMark() bool {
	if t.kind == questToken {
		return true
	}
	if t.kind != plainToken {
		return false
	}
	if t.char < 0x80 {
		return strings.ContainsRune(",;!:.()", t.char)
	}
	return t.lead == 0xA1 || t.lead == 0xA3
}
