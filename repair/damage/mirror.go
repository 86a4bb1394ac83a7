package damage

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/repair/internal/codepage"
)

// A Mirror is a program that copies pages, in bytes of GBK, and annotates them for its readers. It looks
// for the two bytes of a character without asking whether they are one, so that it also finds them in
// the second byte of one character and the first of the next. What it puts there leaves bytes without
// their other half, and all that follows is read one byte late.
type Mirror struct {
	Table       []string // what is annotated, 優yōu; nil is drawn
	Share       float64  // of the traditional characters that are annotated; 0 is none, less than 0 is drawn
	Marks       string   // what something is put in front of, in bytes; "" is ，；！？, "-" is nothing
	KeepSwallow bool     // a lone byte does not swallow the ASCII byte behind it
	DropLone    bool     // a lone byte leaves no question mark
	DropPrivate bool     // pairs that stand for users' own characters leave nothing
	Wide        bool     // the marks stay full width, for no collector came by
}

// inserted stands for what a mirror puts before marks. What it is nobody knows; it is not seen later.
const inserted = 0x01

// Damage copies a text through the mirror.
func (m Mirror) Damage(text string, seed uint64) string {
	raw := EncodeGBK(text)
	for _, a := range m.table(text, seed) {
		raw = bytes.ReplaceAll(raw, a.char, append(bytes.Clone(a.char), a.gloss...))
	}
	marks := m.Marks
	if marks == "" {
		marks = "，；！？"
	}
	for _, r := range marks {
		if pair := EncodeGBK(string(r)); len(pair) == 2 {
			raw = bytes.ReplaceAll(raw, pair, append([]byte{inserted}, pair...))
		}
	}
	damaged := strings.ReplaceAll(m.decode(raw), string(rune(inserted)), "")
	if m.Wide {
		return damaged
	}
	return HalfWidth(damaged)
}

type annotation struct{ char, gloss []byte }

// table lists what is annotated, in the order in which the mirror's table has it.
func (m Mirror) table(text string, seed uint64) (list []annotation) {
	part := m.Share
	switch {
	case m.Table != nil:
		for _, entry := range m.Table {
			r, width := utf8.DecodeRuneInString(entry)
			list = append(list, annotation{EncodeGBK(string(r)), EncodeGBK("(" + entry[width:] + ")")})
		}
		return list
	case part == 0:
		return nil
	case part < 0:
		part = share(seed)
	}
	for _, r := range mirrorCandidates() {
		list = append(list, annotation{EncodeGBK(string(r)), EncodeGBK("(" + han.Readings(r)[0] + ")")})
	}
	lot := lots(seed)
	list = slices.DeleteFunc(list, func(annotation) bool { return lot.Float64() >= part })
	lot.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	raw := EncodeGBK(text)
	return slices.DeleteFunc(list, func(a annotation) bool { return !bytes.Contains(raw, a.char) })
}

// mirrorCandidates lists the traditional characters outside GB2312 whose reading GBK can write.
func mirrorCandidates() (list []rune) {
	for r := rune(0x4E00); r < 0xA000; r++ {
		if !han.IsTraditional(r) || !OutsideGB2312(r) {
			continue
		}
		if readings := han.Readings(r); len(readings) > 0 && !bytes.Contains(EncodeGBK(readings[0]), []byte("?")) {
			list = append(list, r)
		}
	}
	return list
}

// EncodeGBK writes a text in GBK, with a question mark for what GBK has not.
func EncodeGBK(text string) []byte { return encode(codepage.GBK(), text) }

// EncodeBig5 writes a text in Big5, with a question mark for what Big5 has not.
func EncodeBig5(text string) []byte { return encode(codepage.Big5(), text) }

func encode(page *codepage.Page, text string) []byte {
	raw := make([]byte, 0, len(text))
	for _, r := range text {
		lead, trail, ok := page.Pair(r)
		switch {
		case r < 0x80:
			raw = append(raw, byte(r))
		case ok:
			raw = append(raw, lead, trail)
		default:
			raw = append(raw, '?')
		}
	}
	return raw
}

// decode reads GBK as PHP did for years: a byte without its other half becomes a question mark and takes
// an ASCII byte behind it along.
func (m Mirror) decode(raw []byte) string {
	page := codepage.GBK()
	var b strings.Builder
	for i := 0; i < len(raw); i++ {
		c := raw[i]
		if c < 0x80 {
			b.WriteByte(c)
			continue
		}
		var next byte
		if i+1 < len(raw) {
			next = raw[i+1]
		}
		if c != 0x80 && c != 0xFF && next >= 0x40 && next != 0x7F && next != 0xFF {
			i++
			switch r := page.Char(c, next); {
			case r == 0:
				b.WriteByte('?')
			case !m.DropPrivate || !codepage.IsPrivate(r):
				b.WriteRune(r)
			}
			continue
		}
		if !m.DropLone {
			b.WriteByte('?')
		}
		if c != 0x80 && c != 0xFF && (next == inserted || next > ' ' && next < 0x40 && !m.KeepSwallow) {
			i++
		}
	}
	return b.String()
}

// Federation is the mirror of the page that this was learnt from: annotations, insertions, swallowed
// ASCII, and a collector who made the marks half width.
func Federation(text string, seed uint64) string { return Mirror{Share: -1}.Damage(text, seed) }

// PhaseShift is that mirror without annotations.
func PhaseShift(text string, _ uint64) string { return Mirror{}.Damage(text, 0) }

// CutAnnotation annotates a text and cuts it off inside an annotation, if it has one.
func CutAnnotation(text string, seed uint64) string {
	damaged := Annotate(text, seed)
	at := strings.LastIndexByte(damaged, '(')
	if at < 0 {
		return damaged
	}
	return damaged[:at+2]
}

// QuestionPrefix begins each line with the question marks that no-break spaces became.
func QuestionPrefix(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = "??? " + line
		}
	}
	return strings.Join(lines, "\n")
}

// FilterDots puts a dot into words, as pages do that want to pass a filter: one in ten of the words of
// two characters that the list has.
func FilterDots(text string, words []string, seed uint64) string {
	lot := lots(seed)
	for _, w := range words {
		if r := []rune(w); len(r) == 2 && lot.IntN(10) > 0 {
			text = strings.ReplaceAll(text, w, string(r[0])+"."+string(r[1]))
		}
	}
	return text
}
