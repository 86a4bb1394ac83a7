package repair

import (
	"strings"

	"github.com/huiguan/huiguan/han"
)

// A gloss is a reading in brackets behind a character, be it a teacher's or a machine's.
type gloss struct {
	open  int   // where the bracket opens
	of    int32 // index of the character in census.bases
	width uint8 // of all, with both brackets
	known bool  // has the reading that the character was given first; once all are found, that a table would have given it
}

// end is behind the closing bracket.
func (g *gloss) end() int { return g.open + int(g.width) }

// A glossed is what a page does with one character that has glosses.
type glossed struct {
	char     rune
	readings []string
	first    string // the reading it is given
	written  string // the same in its brackets
	same     int    // glosses with that reading
	other    int    // valid glosses with another
}

// steady says that the character is always given one reading, as a table does. A teacher shows how the
// readings of a character differ: 行(xíng), 銀行(háng).
func (g *glossed) steady() bool { return g.same > 0 && g.other*10 <= g.same }

// A census is what is known of a page's glosses before anything is decided.
type census struct {
	glosses []gloss
	bases   []glossed

	valid    int // glosses of steady characters with their reading
	wrong    int // toned glosses that are no reading of their character
	distinct int // steady characters
	forms    int // of the valid ones, those of traditional characters
	bare     int // occurrences of steady characters without a gloss
	isolated int // valid ones that stand alone in a short piece, as in a list of words
	han      int // Chinese characters on the page
	spaced   int // valid ones that a space follows
	unspaced int // valid ones that something else on their line follows
}

// damaged is the policy of the page. A converter's table knows a reading for each of its characters, has
// traditional characters in it, for the others were converted, and leaves none of them without; its
// glosses stand in running text. All of this at once is not met with in a text written by hand.
func (c *census) damaged() bool {
	return c.valid >= 3 &&
		(c.distinct >= 3 || c.valid >= 5) &&
		c.forms*10 >= c.valid*8 &&
		c.bare*10 <= c.valid &&
		c.wrong*4 <= c.valid &&
		c.isolated*2 <= c.valid &&
		c.valid*250 > c.han
}

// findAnnotations strips the glosses of a page that a machine has glossed.
func findAnnotations(text string, o Options) (f finding) {
	f.class, f.evidence = PinyinAnnotation, ReadingFixed
	c, cutStart, cutEnd := annotations(text)
	if !c.damaged() && !o.annotated {
		return f
	}
	f.edits = make([]edit, c.valid, c.valid+1)
	n := 0
	withSpace := c.spaced >= 4*c.unspaced && c.spaced > 0
	for i := range c.glosses {
		g := &c.glosses[i]
		if !g.known {
			continue
		}
		end := g.end()
		if withSpace && end < len(text) && text[end] == ' ' {
			end++
		}
		f.edits[n].start, f.edits[n].end = g.open, end
		n++
	}
	if cutEnd > 0 {
		f.edits = append(f.edits, edit{start: cutStart, end: cutEnd})
		f.losses = append(f.losses, Loss{Start: cutStart, End: cutStart, Class: PinyinAnnotation, Note: AnnotationCut})
	}
	return f
}

// annotations takes the census of a page, and finds the gloss that its end has cut off.
func annotations(text string) (c *census, cutStart, cutEnd int) {
	c = takeCensus(text)
	cutStart, cutEnd = c.cut(text)
	if cutEnd > 0 {
		c.bare--
	}
	return c, cutStart, cutEnd
}

func takeCensus(text string) *census {
	c := &census{}
	c.collect(text)
	for i := range c.glosses {
		g := &c.glosses[i]
		if g.known = g.known && c.bases[g.of].steady(); g.known {
			c.valid++
		}
	}
	if c.valid < 3 {
		return c
	}
	steady := new(runeSet)
	for i := range c.bases {
		if b := &c.bases[i]; b.steady() {
			c.distinct++
			steady.add(b.char)
			if han.IsTraditional(b.char) {
				c.forms += b.same
			}
		}
	}
	c.walk(text, steady)
	c.bare -= c.valid
	return c
}

// collect finds all glosses.
func (c *census) collect(text string) {
	brackets := strings.Count(text, "(")
	if brackets == 0 {
		brackets = strings.Count(text, "（")
	}
	c.glosses = make([]gloss, 0, brackets)
	c.bases = make([]glossed, 0, min(brackets, 256))
	index := baseIndex{crowded: make(map[rune]int32)}
	for i := 0; i < len(text); i++ {
		if text[i] != '(' && text[i] != 0xEF {
			if text[i] >= 0xE0 { // a bracket that cut its character short would have none before it
				i += 2
			}
			continue
		}
		closing, at := bracketAt(text, i)
		if closing == "" {
			continue
		}
		char := hanBefore(text, i)
		if char == 0 {
			continue
		}
		of := index.find(c, char)
		b := &c.bases[of]
		end, known := i+len(b.written), true
		if b.written == "" || !strings.HasPrefix(text[i:], b.written) {
			reading := readingAt(text, at, closing)
			if reading == "" {
				continue
			}
			end = at + len(reading) + len(closing)
			if known = reading == b.first || c.note(b, reading); known {
				b.written = text[i:end]
			}
		}
		if known {
			b.same++
		}
		c.glosses = append(c.glosses, gloss{open: i, of: of, width: uint8(end - i), known: known})
		i = end - 1
	}
}

// baseIndex finds a character's place in census.bases. Most have a slot of their own.
type baseIndex struct {
	slots [1024]struct {
		char rune
		of   int32
	}
	crowded map[rune]int32 // those whose slot is another's
}

func (x *baseIndex) find(c *census, char rune) int32 {
	slot := &x.slots[char&1023]
	if slot.char == char {
		return slot.of
	}
	if slot.char == 0 {
		slot.char, slot.of = char, c.newBase(char)
		return slot.of
	}
	of, known := x.crowded[char]
	if !known {
		of = c.newBase(char)
		x.crowded[char] = of
	}
	return of
}

func (c *census) newBase(char rune) int32 {
	c.bases = append(c.bases, glossed{char: char, readings: han.Readings(char)})
	return int32(len(c.bases) - 1)
}

// note judges a reading that is not the first that the character was given, and says whether it
// becomes that.
func (c *census) note(b *glossed, reading string) bool {
	switch {
	case !isReading(b.readings, reading):
		if isToned(reading) {
			c.wrong++
		}
		return false
	case b.first != "":
		b.other++
		return false
	}
	b.first = reading
	return true
}

// walk counts characters, and the pieces of text without a mark in them that a gloss stands alone in.
func (c *census) walk(text string, steady *runeSet) {
	next, inPiece, chars := 0, 0, 0
	flush := func() {
		if inPiece == 1 && chars <= 4 {
			c.isolated++
		}
		inPiece, chars = 0, 0
	}
	for i := 0; i < len(text); {
		if next < len(c.glosses) && i == c.glosses[next].open {
			g := &c.glosses[next]
			next++
			i = g.end()
			if g.known {
				inPiece++
				i = c.follow(text, i)
			}
			continue
		}
		r, width := rune(text[i]), 1
		if r >= 0x80 {
			r, width = runeAt(text, i)
		}
		i += width
		if !han.IsHan(r) {
			flush()
			continue
		}
		chars++
		c.han++
		if steady.has(r) {
			c.bare++
		}
	}
	flush()
}

// follow notes what follows a gloss that ends at i, and steps over a space between it and a character.
func (c *census) follow(text string, i int) int {
	switch {
	case i == len(text) || text[i] == '\n' || text[i] == '\r':
	case text[i] == ' ':
		c.spaced++
		if hanAt(text, i+1) {
			return i + 1
		}
	default:
		c.unspaced++
	}
	return i
}

// cut finds a gloss of a steady character that the end of the text has cut off: 擔當(d.
func (c *census) cut(text string) (at, end int) {
	end = len(strings.TrimRight(text, " \r\n"))
	open := strings.LastIndexAny(text[max(0, end-16):end], "(（")
	if open < 0 {
		return 0, 0
	}
	open += max(0, end-16)
	char := hanBefore(text, open)
	_, width := runeAt(text, open)
	for i := range c.bases {
		if b := &c.bases[i]; b.char == char && b.steady() && strings.HasPrefix(b.first, text[open+width:end]) {
			return open, end
		}
	}
	return 0, 0
}
