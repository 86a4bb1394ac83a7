package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// FromText reads plain text. Blank lines divide paragraphs, and so does every line
// end, with one exception: lines that a mail program or a typewriter habit wrapped
// are put together again. A group of lines without a blank line is taken as wrapped
// when each line but the last is between 40 and 100 columns wide (a Chinese
// character is two), these differ by no more than 16 columns, no line after the
// first is indented, and not all of them end a sentence.
//
// Spaces at the start of a paragraph, ideographic ones included, are its indent and
// are dropped. A line that is exactly 圖片 or 图片, what is left of a picture when a
// page is copied as text, becomes a Figure without a File.
func FromText(s string) Doc {
	s, _ = CleanText(s)
	var d Doc
	var group []string
	flush := func() {
		d.Blocks = append(d.Blocks, fromLines(group)...)
		group = nil
	}
	for _, line := range strings.Split(s, "\n") {
		switch trimmed := strings.TrimSpace(line); trimmed {
		case "":
			flush()
		case "圖片", "图片":
			flush()
			d.Blocks = append(d.Blocks, Figure{})
		default:
			group = append(group, strings.TrimRightFunc(line, unicode.IsSpace))
		}
	}
	flush()
	out, _ := d.Clean()
	return out
}

func fromLines(lines []string) []Block {
	if wrapped(lines) {
		return []Block{Para(strings.Join(lines, string(sourceLineEnd)))}
	}
	out := make([]Block, 0, len(lines))
	for _, line := range lines {
		out = append(out, Para(line))
	}
	return out
}

func wrapped(lines []string) bool {
	if len(lines) < 2 {
		return false
	}
	narrow, wide, sentences := 1<<30, 0, true
	for i, line := range lines {
		if first, _ := utf8.DecodeRuneInString(line); i > 0 && unicode.IsSpace(first) {
			return false
		}
		if i == len(lines)-1 {
			break
		}
		w := columns(line)
		narrow, wide = min(narrow, w), max(wide, w)
		sentences = sentences && endsSentence(line)
	}
	return narrow >= 40 && wide <= 100 && wide-narrow <= 16 && !sentences
}

func columns(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0x7f && cjk(r) {
			n++
		}
	}
	return n
}

func endsSentence(s string) bool {
	s = strings.TrimRight(s, "”’」』）)\"'")
	last, _ := utf8.DecodeLastRuneInString(s)
	return sentenceEnd(last)
}

// sentenceEnd tells the marks at which a text may be cut and still read as whole.
func sentenceEnd(r rune) bool { return strings.ContainsRune("。！？!?.…；;", r) }

// plainText collects what a reader reads, without its form.
type plainText struct {
	paragraphs []string
	// prose leaves out headings, tables, captions and code.
	prose   bool
	figures []Figure
}

func (p *plainText) add(s string) {
	if s != "" {
		p.paragraphs = append(p.paragraphs, s)
	}
}

func (p *plainText) blocks(bs []Block) {
	for _, b := range bs {
		if b != nil {
			b.plain(p)
		}
	}
}

func plainRuns(runs []Run) string {
	if len(runs) == 1 {
		return runs[0].Text
	}
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

func (p Paragraph) plain(t *plainText) { t.add(plainRuns(p.Runs)) }

func (h Heading) plain(t *plainText) {
	if !t.prose {
		t.add(plainRuns(h.Runs))
	}
}

func (l List) plain(t *plainText) {
	for _, item := range l.Items {
		t.blocks(item)
	}
}

func (q Quote) plain(t *plainText) { t.blocks(q.Blocks) }

func (f Figure) plain(t *plainText) {
	t.figures = append(t.figures, f)
	if !t.prose {
		t.add(f.Caption)
	}
}

func (t Table) plain(p *plainText) {
	if p.prose {
		return
	}
	p.add(t.Caption)
	for _, row := range t.Rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = strings.ReplaceAll(plainRuns(cell.Runs), "\n", " ")
		}
		p.add(strings.TrimSpace(strings.Join(cells, "\t")))
	}
}

func (k Code) plain(p *plainText) {
	if !p.prose {
		p.add(k.Text)
	}
}

func (Rule) plain(*plainText) {}

// Paragraphs returns the text of every paragraph, heading, list item, table row
// (cells divided by tabs), caption and piece of code, in reading order. Line breaks
// inside one stay as "\n". Readings and alternative texts are not part of the text.
func (d Doc) Paragraphs() []string {
	var p plainText
	p.blocks(d.Blocks)
	return p.paragraphs
}

// Text returns the Paragraphs divided by "\n".
func (d Doc) Text() string { return strings.Join(d.Paragraphs(), "\n") }

// Figures returns all pictures in reading order, those in lists and quotes too.
func (d Doc) Figures() []Figure {
	var p plainText
	p.blocks(d.Blocks)
	return p.figures
}

// Runes returns how many characters the text has, white space not counted.
func (d Doc) Runes() int {
	n := 0
	for _, p := range d.Paragraphs() {
		for _, r := range p {
			if !unicode.IsSpace(r) {
				n++
			}
		}
	}
	return n
}

// Summary returns the beginning of the text, of at most n characters and on one
// line. It is cut after the last whole sentence if that keeps at least half of n,
// else at a word's end, with an ellipsis. Headings, tables, captions and code count
// only where there is nothing else.
func (d Doc) Summary(n int) string {
	p := plainText{prose: true}
	p.blocks(d.Blocks)
	if len(p.paragraphs) == 0 {
		p.paragraphs = d.Paragraphs()
	}
	var text []rune
	for _, s := range p.paragraphs {
		text = appendLine(text, s)
		if len(text) > n {
			return cut(text, n)
		}
	}
	return string(text)
}

// appendLine adds a paragraph to a line, with a space where neither side is Chinese.
func appendLine(line []rune, paragraph string) []rune {
	next := []rune(strings.Join(strings.Fields(paragraph), " "))
	if len(line) > 0 && len(next) > 0 && !joins(line[len(line)-1], next[0]) {
		line = append(line, ' ')
	}
	return append(line, next...)
}

// cut shortens text, which is longer than n, to at most n characters.
func cut(text []rune, n int) string {
	if n <= 0 {
		return ""
	}
	for i := n; i > 0 && i*2 >= n; i-- {
		if endOfSentenceAt(text, i) {
			return string(text[:i])
		}
	}
	end := n - 1
	for i := end; i > 0 && end-i < 16; i-- {
		if unicode.IsSpace(text[i]) || cjk(text[i]) || cjk(text[i-1]) {
			end = i
			break
		}
	}
	return strings.TrimRightFunc(string(text[:end]), trimmedBeforeEllipsis) + "…"
}

// endOfSentenceAt tells whether a sentence ends just before text[i]. A full stop of
// the Latin script ends one only before a space: 3.14 and example.org are one word.
func endOfSentenceAt(text []rune, i int) bool {
	last := i - 1
	for last > 0 && strings.ContainsRune("”’」』）)", text[last]) {
		last--
	}
	if !sentenceEnd(text[last]) || i < len(text) && strings.ContainsRune("”’」』）)", text[i]) {
		return false
	}
	return cjk(text[last]) || text[last] == '…' || i == len(text) || unicode.IsSpace(text[i])
}

func trimmedBeforeEllipsis(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("，、,：:—-", r)
}
