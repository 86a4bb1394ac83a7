package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cleaner brings trees into normal form and counts the characters it removes.
type cleaner struct {
	removed int
}

// Clean returns the Doc in normal form and how many characters were removed because
// no text may hold them: U+0000 and the other control characters, noncharacters,
// byte order marks and zero-width spaces.
//
// In normal form white space is collapsed as HTML does it, blocks neither begin nor
// end with spaces (ideographic ones included), blank lines divide paragraphs,
// nothing is empty, neighbouring runs differ, addresses are safe, and levels, spans
// and depth are within bounds. Clean of a clean Doc changes nothing.
func (d Doc) Clean() (Doc, int) {
	c := &cleaner{}
	return Doc{Blocks: c.blocks(d.Blocks, 0)}, c.removed
}

// CleanText removes from a plain string what no text may hold, makes every line end
// "\n", and returns how many characters were removed. Tabs stay.
func CleanText(s string) (string, int) {
	c := &cleaner{}
	s = c.text(s)
	return s, c.removed
}

func (c *cleaner) text(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == utf8.RuneError || forbidden(r) }) {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r', r == '\f', r == '\v':
			return '\n'
		case forbidden(r):
			c.removed++
			return -1
		}
		return r
	}, s)
}

// forbidden tells characters that no text may hold. White space is judged elsewhere.
func forbidden(r rune) bool {
	switch {
	case r < 0x20:
		return r != '\t' && r != '\n' && r != '\r' && r != '\f' && r != '\v'
	case r < 0x7f:
		return false
	case r < 0xa0:
		return true
	case r == 0x200b, r == 0xfeff, r >= 0xfdd0 && r <= 0xfdef:
		return true
	}
	return r&0xfffe == 0xfffe
}

// line makes a one-line string of s, as captions and alternative texts are.
func (c *cleaner) line(s string) string {
	if s == "" {
		return ""
	}
	s = strings.Map(func(r rune) rune {
		if isBreak(r) {
			return ' '
		}
		return r
	}, s)
	runs := c.tidy([]Run{{Text: s}})
	if len(runs) == 0 {
		return ""
	}
	return runs[0].Text
}

func (c *cleaner) blocks(bs []Block, depth int) []Block {
	var out []Block
	for _, b := range bs {
		if b != nil {
			out = append(out, b.clean(c, depth)...)
		}
	}
	return out
}

func (p Paragraph) clean(c *cleaner, _ int) []Block {
	var out []Block
	for _, runs := range paragraphs(p.Runs) {
		if runs = c.tidy(runs); len(runs) > 0 {
			out = append(out, Paragraph{Runs: runs})
		}
	}
	return out
}

func (h Heading) clean(c *cleaner, _ int) []Block {
	runs := c.tidy(h.Runs)
	if len(runs) == 0 {
		return nil
	}
	return []Block{Heading{Level: min(max(h.Level, 2), 4), Runs: runs}}
}

func (l List) clean(c *cleaner, depth int) []Block {
	var items [][]Block
	var flat []Block
	for _, item := range l.Items {
		blocks := c.blocks(item, min(depth+1, maxDepth))
		if len(blocks) > 0 {
			items = append(items, blocks)
			flat = append(flat, blocks...)
		}
	}
	if depth >= maxDepth || len(items) == 0 {
		return flat
	}
	return []Block{List{Ordered: l.Ordered, Items: items}}
}

func (q Quote) clean(c *cleaner, depth int) []Block {
	blocks := c.blocks(q.Blocks, min(depth+1, maxDepth))
	if depth >= maxDepth || len(blocks) == 0 {
		return blocks
	}
	return []Block{Quote{Blocks: blocks}}
}

func (f Figure) clean(c *cleaner, _ int) []Block {
	out := Figure{Alt: c.line(f.Alt), Caption: c.line(f.Caption)}
	if isHash(f.File) {
		out.File = f.File
	}
	out.Source = safeSource(f.Source)
	return []Block{out}
}

// isHash accepts the hex form of any usual hash, so that the store may choose.
func isHash(s string) bool {
	if len(s) < 16 || len(s) > 128 {
		return false
	}
	return strings.Trim(s, "0123456789abcdef") == ""
}

// Spans are held to what a table on a page can need; browsers allow thousands.
const (
	maxColSpan = 50
	maxRowSpan = 200
)

func (t Table) clean(c *cleaner, _ int) []Block {
	out := Table{Caption: c.line(t.Caption)}
	header, text, columns := false, false, 0
	for _, row := range t.Rows {
		cells := make([]Cell, 0, len(row))
		for _, cell := range row {
			cell.Runs = c.tidy(cell.Runs)
			header, text = header || cell.Header, text || len(cell.Runs) > 0
			cells = append(cells, cell)
		}
		columns = max(columns, len(cells))
		if len(cells) > 0 {
			out.Rows = append(out.Rows, cells)
		}
	}
	out.clampSpans()
	switch {
	case !text && out.Caption == "":
		return nil
	case !text:
		return []Block{Para(out.Caption)}
	case columns == 1 && !header && out.Caption == "":
		return out.unwrap()
	}
	return []Block{out}
}

func (t Table) clampSpans() {
	for i, row := range t.Rows {
		for j := range row {
			row[j].ColSpan = span(row[j].ColSpan, maxColSpan)
			row[j].RowSpan = span(row[j].RowSpan, min(maxRowSpan, len(t.Rows)-i))
		}
	}
}

func span(n, most int) int {
	if n = min(n, most); n < 2 {
		return 0
	}
	return n
}

// unwrap turns a table without columns into the paragraphs it is.
func (t Table) unwrap() []Block {
	var out []Block
	for _, row := range t.Rows {
		for _, cell := range row {
			if len(cell.Runs) > 0 {
				out = append(out, Paragraph{Runs: cell.Runs})
			}
		}
	}
	return out
}

func (k Code) clean(c *cleaner, _ int) []Block {
	text := strings.Trim(c.text(k.Text), "\n")
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return []Block{Code{Text: text}}
}

func (r Rule) clean(*cleaner, int) []Block { return []Block{r} }

// cjk tells characters of scripts that are written without spaces.
func cjk(r rune) bool {
	switch {
	case r < 0x2e80:
		return false
	case r >= 0x3000 && r <= 0x303f, r >= 0xff00 && r <= 0xffef:
		return true
	}
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo)
}

// joins tells whether a line end between a and b is no space: Chinese lines that
// were broken in the source of a page belong together.
func joins(a, b rune) bool {
	soft := func(r rune) bool { return cjk(r) || r == '—' || r == '…' || r >= '‘' && r <= '”' }
	return cjk(a) && soft(b) || soft(a) && cjk(b)
}
