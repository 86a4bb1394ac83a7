// Package codepage knows the two-byte codes of GBK and Big5 both ways, as the converters of old web
// pages used them. Unlike a decoder it gives single pairs, says which pairs stand for nothing, and
// keeps the pairs that users were to define themselves (GBK FBD6), which those converters passed on as
// private characters and which decoders of today refuse.
//
// The tables are made from those of golang.org/x/text when one is first asked for, in about a
// millisecond, and are never written to again.
package codepage

import (
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// A Page holds the pairs of one encoding.
type Page struct {
	chars [1 << 16]uint16 // by pair
	pairs [1 << 16]uint16 // by character of the basic plane
}

// GBK gives the table of code page 936.
func GBK() *Page { return gbk() }

// Big5 gives the table of Big5, with the characters of Hong Kong that are in the basic plane.
func Big5() *Page { return big5() }

var gbkEncoding = simplifiedchinese.GBK

var (
	gbk = sync.OnceValue(func() *Page {
		p := new(Page)
		p.read(gbkEncoding, 0x81)
		p.definePrivate()
		return p
	})
	big5 = sync.OnceValue(func() *Page {
		p := new(Page)
		p.read(traditionalchinese.Big5, 0xA1)
		p.read(traditionalchinese.Big5, 0x81) // what Hong Kong added is second choice
		return p
	})
)

// Char is the character that two bytes stand for, or 0 if they stand for none.
func (p *Page) Char(lead, trail byte) rune { return rune(p.chars[int(lead)<<8|int(trail)]) }

// Pair gives the two bytes of a character, or ok false if the page has none for it.
func (p *Page) Pair(r rune) (lead, trail byte, ok bool) {
	if uint32(r) >= 1<<16 {
		return 0, 0, false
	}
	pair := p.pairs[r]
	return byte(pair >> 8), byte(pair), pair != 0
}

// IsPrivate says whether r is a character that users were to define: damage, wherever it shows.
func IsPrivate(r rune) bool { return r >= 0xE000 && r <= 0xF8FF }

// firstTrail is the least byte that a pair may end with.
const firstTrail = 0x40

// read asks a decoder for each pair from the first lead byte on, a lead byte at a time.
func (p *Page) read(e encoding.Encoding, firstLead int) {
	decoder := e.NewDecoder()
	src := make([]byte, 0, 3*256)
	dst := make([]byte, 8*256)
	for lead := firstLead; lead < 0xFF; lead++ {
		src = src[:0]
		for trail := firstTrail; trail < 0xFF; trail++ {
			src = append(src, byte(lead), byte(trail), '\n')
		}
		decoder.Reset()
		n, _, err := decoder.Transform(dst, src, true)
		if err != nil {
			panic("codepage: " + err.Error())
		}
		p.line(lead, dst[:n])
	}
}

// line reads what the pairs of one lead byte were decoded to: one line for each.
func (p *Page) line(lead int, text []byte) {
	start, trail := 0, firstTrail
	for i, c := range text {
		if c != '\n' {
			continue
		}
		r, width := utf8.DecodeRune(text[start:i])
		if width == i-start && r != utf8.RuneError && r < 1<<16 && r >= utf8.RuneSelf {
			p.set(lead<<8|trail, r)
		}
		start = i + 1
		trail++
	}
}

func (p *Page) set(pair int, r rune) {
	if p.chars[pair] == 0 {
		p.chars[pair] = uint16(r)
	}
	if p.pairs[r] == 0 {
		p.pairs[r] = uint16(pair)
	}
}

// definePrivate fills the three areas for users' own characters.
func (p *Page) definePrivate() {
	r := rune(0xE000)
	area := func(leads, leadEnd, trail, trailEnd int) {
		for lead := leads; lead <= leadEnd; lead++ {
			for t := trail; t <= trailEnd; t++ {
				if t != 0x7F {
					p.chars[lead<<8|t], p.pairs[r] = uint16(r), uint16(lead<<8|t)
					r++
				}
			}
		}
	}
	area(0xAA, 0xAF, 0xA1, 0xFE)
	area(0xF8, 0xFE, 0xA1, 0xFE)
	area(0xA1, 0xA7, 0x40, 0xA0)
}
