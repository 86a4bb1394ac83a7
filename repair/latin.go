package repair

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/repair/internal/codepage"
	"github.com/huiguan/huiguan/repair/internal/model"
)

// A latinRun is a run of characters each of which stands for one byte, as when bytes are read as ISO 8859-1
// or windows-1252.
type latinRun struct {
	start, end int
	bytes      []int16 // holeByte for one that was lost
	at         []int   // where each character begins
}

const holeByte = -1

// byteOf is the byte that r stands for in windows-1252 or ISO 8859-1, or ok false.
func byteOf(r rune) (b int16, ok bool) {
	switch {
	case r >= 0x80 && r < 0x100:
		return int16(r), true
	case r == utf8.RuneError:
		return holeByte, true
	case r < 0x152 || r > 0x2122:
		return 0, false
	}
	for i, c := range windowsChars {
		if c == r {
			return int16(0x80 + i), true
		}
	}
	return 0, false
}

// windowsChars are the characters of windows-1252 from 80 on; 0 where it has none.
var windowsChars = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}

// lostBytes are those that windows-1252 has no character for, and that a careful reader loses.
var lostBytes = []byte{0x81, 0x8D, 0x8F, 0x90, 0x9D}

// latinRuns finds the runs of a text. A space inside a run may have been a no-break space.
func latinRuns(text string) (runs []latinRun) {
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		run := latinRun{start: i}
		for i < len(text) {
			r, width := runeAt(text, i)
			b, ok := byteOf(r)
			if r == utf8.RuneError && width < 3 {
				ok = false // a byte that is no UTF-8, not a U+FFFD
			}
			if !ok && r == ' ' && len(run.bytes) > 0 && wantsMore(run.bytes) {
				b, ok = 0xA0, true
			}
			if !ok {
				break
			}
			run.bytes, run.at = append(run.bytes, b), append(run.at, i)
			i += width
		}
		if run.end = i; len(run.bytes) > 0 {
			runs = append(runs, run)
			continue
		}
		_, width := runeAt(text, i)
		i += max(1, width)
	}
	return runs
}

// wantsMore says whether bytes end within a character of UTF-8.
func wantsMore(bytes []int16) bool {
	for back := 1; back <= min(3, len(bytes)); back++ {
		b := bytes[len(bytes)-back]
		switch {
		case b >= 0xE0:
			return back < 3
		case b >= 0xC2:
			return back < 2
		}
	}
	return false
}

// findLatinUTF8 reads UTF-8 again that was read a character for each byte. Its structure is proof: a page in
// a European language has hardly ever one such sequence. A page that loses no bytes loses nothing.
func findLatinUTF8(text string, _ Options) (f finding) {
	f.class, f.evidence, f.marked = UTF8AsLatin1, BytesExact, true
	runs := latinRuns(text)
	w := &walker{}
	pieces, good, bad := w.all(runs)
	if good < 3 || bad*9 > good {
		return f
	}
	if slices.ContainsFunc(pieces, func(p piece) bool { return p.evidence == Model }) { // now that the script is known
		w.script = scriptOf(textOfPieces(pieces))
		pieces, _, _ = w.all(runs)
	}
	f.add(text, pieces)
	return f
}

func (w *walker) all(runs []latinRun) (list []piece, good, bad int) {
	for _, run := range runs {
		l, g, b := w.decode(run)
		list, good, bad = append(list, l...), good+g, bad+b
	}
	return list, good, bad
}

func textOfPieces(list []piece) string {
	var b strings.Builder
	for i := range list {
		b.WriteString(list[i].text)
	}
	return b.String()
}

// A walker decodes UTF-8 with holes.
type walker struct {
	script model.Script
	lm     model.State
}

// decode reads a run as UTF-8. It returns what it could read, and counts the bytes that made sense: those of
// longer characters for more, for less is left to chance.
func (w *walker) decode(run latinRun) (list []piece, good, bad int) {
	w.lm = model.Start()
	for i := 0; i < len(run.bytes); {
		n := sequence(run.bytes[i:])
		if n == 0 {
			bad++
			i++
			continue
		}
		end := run.end
		if i+n < len(run.at) {
			end = run.at[i+n]
		}
		p := piece{start: run.at[i], end: end, evidence: BytesExact}
		if !w.char(&p, run.bytes[i:i+n], whole(run.bytes[i+n:])) {
			bad += n
			i += n
			continue
		}
		if good += n; n == 2 {
			good--
		}
		list = append(list, p)
		i += n
	}
	return list, good, bad
}

// sequence is the length of the character of UTF-8 at the head of bytes, of which all but the first may be
// holes, or 0.
func sequence(bytes []int16) int {
	n := 0
	switch b := bytes[0]; {
	case b >= 0xF0 && b <= 0xF4:
		n = 4
	case b >= 0xE0:
		n = 3
	case b >= 0xC2:
		n = 2
	}
	if n == 0 || n > len(bytes) {
		return 0
	}
	for _, b := range bytes[1:n] {
		if b != holeByte && b&0xC0 != 0x80 {
			return 0
		}
	}
	return n
}

// char decodes one character, and chooses among those that holes allow.
func (w *walker) char(p *piece, bytes []int16, ahead []rune) bool {
	raw := make([]byte, len(bytes))
	var list []rune
	w.fill(raw, bytes, 0, &list)
	if len(list) == 0 {
		return false
	}
	chosen := list[0]
	if len(list) > 1 {
		page := &shiftedPage{script: w.script, vocab: new(vocabulary)}
		ranked := page.rank(w.lm, list, ahead, nil)
		chosen = ranked[0].char
		p.evidence, p.margin = Model, ranked[0].nats-ranked[1].nats
		for _, c := range ranked[1:min(len(ranked), 6)] {
			p.alternatives = append(p.alternatives, string(c.char))
		}
	}
	p.text = string(chosen)
	w.lm, _ = model.Next(&w.lm, chosen, w.script)
	return true
}

// whole is the character at the head of bytes, if it has no hole; otherwise a line may as well end.
func whole(bytes []int16) []rune {
	if len(bytes) == 0 {
		return nil
	}
	n := sequence(bytes)
	if n == 0 || slices.Contains(bytes[:n], holeByte) {
		return []rune{'的'}
	}
	raw := make([]byte, n)
	for i := range raw {
		raw[i] = byte(bytes[i])
	}
	r, _ := utf8.DecodeRune(raw)
	return []rune{r}
}

// fill tries all bytes that a hole may have been.
func (w *walker) fill(raw []byte, bytes []int16, i int, list *[]rune) {
	if i == len(bytes) {
		if r, width := utf8.DecodeRune(raw); r != utf8.RuneError && width == len(raw) {
			*list = append(*list, r)
		}
		return
	}
	if bytes[i] != holeByte {
		raw[i] = byte(bytes[i])
		w.fill(raw, bytes, i+1, list)
		return
	}
	for _, b := range lostBytes {
		raw[i] = b
		w.fill(raw, bytes, i+1, list)
	}
}

// leastPairs is how many characters of two bytes a page must have to be taken for GBK or Big5 read as Latin
// letters: European words have accents too, but one at a time.
const leastPairs = 4

func findLatinGBK(text string, _ Options) finding  { return findLatinPairs(text, GBKAsLatin1) }
func findLatinBig5(text string, _ Options) finding { return findLatinPairs(text, Big5AsLatin1) }

// findLatinPairs reads GBK or Big5 again that was read a character for each byte. Any two bytes are
// something in either, so that the text must make sense, in this encoding more than in the other.
func findLatinPairs(text string, class Class) (f finding) {
	f.class, f.evidence = class, BytesExact
	gbk, asGBK := latinPairs(text, codepage.GBK())
	big5, asBig5 := latinPairs(text, codepage.Big5())
	pieces, sense, other := gbk, asGBK, asBig5
	if class == Big5AsLatin1 {
		pieces, sense, other = big5, asBig5, asGBK
	}
	if sense < leastSense || sense <= other {
		return f
	}
	f.add(text, pieces)
	return f
}

// leastSense is how likely, in nats for each character, text must be that is read in another encoding.
const leastSense = -8.2

// senseless is the sense of a text that cannot be read.
const senseless = -100

// latinPairs reads the runs of a text in pairs, and says how much sense they make.
func latinPairs(text string, page *codepage.Page) (list []piece, sense float32) {
	lone, nats := 0, float32(0)
	for i := 0; i < len(text); {
		r, width := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, width = runeAt(text, i)
		}
		lead, ok := byteOf(r)
		if !ok || lead < 0x81 {
			i += width
			continue
		}
		trail, end := secondByte(text, i+width)
		c := rune(0)
		if trail != 0 {
			c = page.Char(byte(lead), trail)
		}
		if c == 0 || codepage.IsPrivate(c) {
			lone++
			i += width
			continue
		}
		if trail < 0x80 && accent(text, i, end) && (len(list) == 0 || list[len(list)-1].end != i) {
			lone++
		}
		list = append(list, piece{start: i, end: end, text: string(c), evidence: BytesExact})
		i = end
	}
	if len(list) < leastPairs || lone*2 > len(list) {
		return nil, senseless
	}
	for i := 0; i < len(list); {
		run := i + 1
		for run < len(list) && list[run].start == list[run-1].end {
			run++
		}
		var b strings.Builder
		for _, p := range list[i:run] {
			b.WriteString(p.text)
		}
		nats += max(model.Score(b.String(), model.Hant), model.Score(b.String(), model.Hans))
		i = run
	}
	return list, nats / float32(len(list))
}

// accent says whether text[i:end] may be a letter with an accent and the one behind it: nothing but ASCII is
// around it.
func accent(text string, i, end int) bool {
	return (i == 0 || text[i-1] < utf8.RuneSelf) && (end == len(text) || text[end] < utf8.RuneSelf)
}

// secondByte is the byte that the character at text[i] stands for, or 0 if it can be no second byte.
func secondByte(text string, i int) (b byte, end int) {
	if i >= len(text) {
		return 0, i
	}
	r, width := runeAt(text, i)
	if r >= 0x40 && r < 0x7F {
		return byte(r), i + 1
	}
	if b, ok := byteOf(r); ok && b > 0 {
		return byte(b), i + width
	}
	return 0, i
}
