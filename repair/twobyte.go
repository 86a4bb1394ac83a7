package repair

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/repair/internal/codepage"
	"github.com/huiguan/huiguan/repair/internal/model"
)

func findBig5AsGBK(text string, _ Options) finding {
	return findSwapped(text, Big5AsGBK, codepage.GBK(), codepage.Big5())
}

func findGBKAsBig5(text string, _ Options) finding {
	return findSwapped(text, GBKAsBig5, codepage.Big5(), codepage.GBK())
}

// leastSwapped is how many characters a page must have to be taken for one in the wrong encoding of two
// bytes: every pair means something in either, so that only much text that makes no sense is proof.
const leastSwapped = 8

// mostLost is how many in a hundred characters may be lost.
const mostLost = 15

// findSwapped reads a page again in the encoding it was written in, if it makes sense in that one and none in
// the one that it was read in. Characters stay in their places, for each has two bytes in both; of those that
// the reader had none for, the model chooses.
func findSwapped(text string, class Class, seen, meant *codepage.Page) (f finding) {
	f.class, f.evidence, f.marked = class, BytesExact, true
	if !mostlyRare(text) || mostlyKana(text) {
		return f
	}
	w := &swapper{text: text, seen: seen, meant: meant, holes: holesOf(seen, meant)}
	for _, script := range []model.Script{model.Unknown, w.script} {
		w.script = script
		w.run()
		if w.script == model.Unknown && !w.sensible() {
			return f
		}
		w.script = scriptOf(textOfPieces(w.list))
	}
	f.add(text, w.list)
	return f
}

// A swapper reads characters of one encoding as those of another.
type swapper struct {
	text        string
	seen, meant *codepage.Page
	holes       []rune
	script      model.Script
	list        []piece
	lost        int     // characters that could not be read
	chars       int     // and those that could
	before      float32 // nats of what is seen
	after       float32 // and of what it was
	lm          model.State
}

func (w *swapper) run() {
	w.list, w.lost, w.chars, w.before, w.after = w.list[:0], 0, 0, 0, 0
	visible := model.Start()
	w.lm = model.Start()
	for i := 0; i < len(w.text); {
		r, width := runeAt(w.text, i)
		if r < utf8.RuneSelf && r != '?' {
			visible, _ = model.Next(&visible, r, w.script)
			w.lm, _ = model.Next(&w.lm, r, w.script)
			i += width
			continue
		}
		if r == utf8.RuneError && width < 3 { // a byte that is no text
			w.lost++
			i += max(1, width)
			continue
		}
		var step float32
		visible, step = model.Next(&visible, r, model.Unknown)
		if r != '?' && r != utf8.RuneError {
			w.before += step
		}
		w.read(r, i, i+width)
		i += width
	}
}

// read takes over one character.
func (w *swapper) read(r rune, start, end int) {
	p := piece{start: start, end: end, evidence: BytesExact}
	c := rune(0)
	if lead, trail, ok := w.seen.Pair(r); ok {
		c = w.meant.Char(lead, trail)
	}
	switch {
	case c != 0 && !codepage.IsPrivate(c):
		w.chars++
	case r == utf8.RuneError || r == '?' && (w.chars > 0 || w.lost > 0):
		w.guess(&p, r)
		return
	case r == '?':
		return
	default:
		w.lost++
		return
	}
	p.text = string(c)
	w.list = append(w.list, p)
	var step float32
	w.lm, step = model.Next(&w.lm, c, w.script)
	w.after += step
}

// guess chooses among the characters that the reader had nothing for, with the next one in view; a question mark
// may also be one. Where nothing speaks for any of them, the character is lost.
func (w *swapper) guess(p *piece, r rune) {
	list, ahead := w.holes, []rune(nil)
	if r == '?' {
		list = append(list, '？')
	}
	if next, _ := runeAt(w.text, p.end); p.end < len(w.text) {
		if lead, trail, ok := w.seen.Pair(next); ok && w.meant.Char(lead, trail) != 0 {
			ahead = []rune{w.meant.Char(lead, trail)}
		}
	}
	if len(list) < 2 {
		return
	}
	page := &shiftedPage{script: w.script, vocab: new(vocabulary)}
	ranked := page.rank(w.lm, list, ahead, nil)
	if r == '?' && ranked[0].char == '？' {
		return
	}
	p.text, p.evidence, p.margin = string(ranked[0].char), Model, ranked[0].nats-ranked[1].nats
	for _, o := range ranked[1:6] {
		p.alternatives = append(p.alternatives, string(o.char))
	}
	if ranked[0].share < leastShare {
		p.text, p.lost = string(lostChar), ByteLost
		w.lost++
	}
	w.lm, _ = model.Next(&w.lm, ranked[0].char, w.script)
	w.list = append(w.list, *p)
}

// sensible says whether the page makes sense as it is read now and none as it was.
func (w *swapper) sensible() bool {
	n := float32(max(1, w.chars))
	return w.chars >= leastSwapped && w.lost*100 <= mostLost*(w.chars+w.lost) &&
		w.after/n > leastSense && w.after-w.before > 2*n
}

// holesOf lists the characters of one encoding whose pairs mean nothing in another.
func holesOf(seen, meant *codepage.Page) (list []rune) {
	for lead := 0x81; lead < 0xFF; lead++ {
		for trail := 0x40; trail < 0xFF; trail++ {
			if r := meant.Char(byte(lead), byte(trail)); r != 0 && seen.Char(byte(lead), byte(trail)) == 0 && knownBeyond().has(r) {
				list = append(list, r)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b rune) int {
		return cmp.Compare(model.Alone(model.Symbol(b)), model.Alone(model.Symbol(a)))
	})
	return slices.Clip(list[:min(len(list), mostHoles)])
}

// mostHoles is how many characters are weighed for one that is lost: the commonest.
const mostHoles = 400

// enoughChars is how many characters are looked at to know how rare those of a page are.
const enoughChars = 3000

// mostlyRare says whether the characters of a text are rarer than those of any that people wrote: one in six.
func mostlyRare(text string) bool {
	rare, chars := 0, 0
	for i := 0; i < len(text) && chars < enoughChars; {
		r, width := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, width = runeAt(text, i)
			chars++
		}
		if r >= 0x3200 && rareChars().has(r) {
			rare++
		}
		i += width
	}
	return rare*6 > chars
}

// mostlyKana says whether a text is Japanese as people write it: with the particles in their places.
func mostlyKana(text string) bool {
	kana, usual, chars := 0, 0, 0
	for _, r := range text {
		if r >= utf8.RuneSelf {
			chars++
		}
		if r >= 0x3040 && r < 0x3100 {
			kana++
			if strings.ContainsRune("のにをはてとがしたるもなれでりいらへよ", r) {
				usual++
			}
		}
	}
	return kana*100 >= 15*chars && usual*100 >= 40*kana && kana > 0
}
