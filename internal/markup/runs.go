package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// In the text of runs that are not yet clean, "\n" is a line break that the writer
// asked for and "\r" is a line end of the source, which is only white space.
const sourceLineEnd = '\r'

// indentOf is how far a space moves a line in, in half widths of a Chinese character.
// Plain spaces count nothing: HTML ignores them.
func indentOf(r rune) int {
	switch r {
	case '\u3000', '\u2003':
		return 2
	case '\u00a0', '\u2002':
		return 1
	}
	return 0
}

// paragraphs cuts runs where a new paragraph begins: after a blank line, and after a
// line break whose next line is indented by one Chinese character or more, which is
// how old editors began a paragraph.
func paragraphs(runs []Run) [][]Run {
	var out [][]Run
	var current []Run
	breaks, indent, seen := 0, 0, false
	for _, run := range runs {
		start := 0
		for i, r := range run.Text {
			if run.Reading == "" && isBreak(r) {
				breaks, indent = breaks+1, 0
				continue
			}
			if run.Reading == "" && (unicode.IsSpace(r) || forbidden(r)) {
				indent += indentOf(r)
				continue
			}
			if run.Reading != "" && i > 0 {
				break // a base and its reading stay together
			}
			if seen && (breaks > 1 || breaks == 1 && indent > 1) {
				head := run
				head.Text = run.Text[start:i]
				out = append(out, append(current, head))
				current, start = nil, i
			}
			breaks, indent, seen = 0, 0, true
		}
		run.Text = run.Text[start:]
		current = append(current, run)
	}
	return append(out, current)
}

// isBreak tells characters that end a line. U+0085 is a control character here.
func isBreak(r rune) bool {
	return r == '\n' || r == '\u2028' || r == '\u2029'
}

// tidy brings the runs of one block into normal form.
func (c *cleaner) tidy(runs []Run) []Run {
	formatted := make([]Run, len(runs))
	for i, run := range runs {
		formatted[i] = c.format(run)
	}
	formatted = join(formatted)
	t := tidier{c: c, out: formatted[:0], buf: make([]byte, 0, textLen(formatted))}
	for _, run := range formatted {
		t.add(run)
	}
	return settle(t.out)
}

func textLen(runs []Run) int {
	n := 0
	for _, r := range runs {
		n += len(r.Text)
	}
	return n + 8
}

// tidier copies text run by run. White space waits until the next visible character
// shows that it stands between two, and then goes to the run in which it began; so a
// space before a link stays outside the link.
type tidier struct {
	c   *cleaner
	out []Run
	buf []byte // text of all runs, one after the other
	// start is where the text of the run now being copied begins in buf.
	start int
	last  rune // the last visible character, or 0 at the start of a line
	gap   gap
}

// gap is the white space seen since the last visible character.
type gap struct {
	open   bool
	at     int  // index in out of the run in which it began
	breaks bool // a line break: it wins over all else
	wide   int  // ideographic spaces: they are meant, and are kept
	hard   bool // a no-break or other space that HTML would show
	soft   bool // a line end of the source
}

func (t *tidier) add(run Run) {
	text := run.Text
	run.Text = ""
	t.start = len(t.buf)
	t.out = append(t.out, run)
	for _, r := range text {
		switch {
		case forbidden(r):
			t.c.removed++
		case isBreak(r) && run.Reading == "", unicode.IsSpace(r):
			t.space(r, run.Reading != "")
		default:
			t.visible(r)
		}
	}
	// The text may also have been appended to an earlier run by visible.
	t.out[len(t.out)-1].Text = string(t.buf[t.start:])
}

func (t *tidier) space(r rune, inRuby bool) {
	lineBreak := isBreak(r) && !inRuby
	if !t.gap.open {
		t.gap = gap{open: true, at: len(t.out) - 1}
	}
	switch {
	case lineBreak:
		if !t.gap.breaks {
			t.gap.at = len(t.out) - 1
		}
		t.gap.breaks = true
	case r == '\u3000':
		t.gap.wide++
	case r == sourceLineEnd, isBreak(r):
		t.gap.soft = true
	case r != ' ' && r != '\t':
		t.gap.hard = true
	}
}

func (t *tidier) visible(r rune) {
	if t.gap.open {
		if t.last != 0 {
			t.put(t.gap.text(t.last, r))
		}
		t.gap = gap{}
	}
	t.buf = utf8.AppendRune(t.buf, r)
	t.last = r
}

// put writes white space into the run in which it began.
func (t *tidier) put(s string) {
	if t.gap.at == len(t.out)-1 {
		t.buf = append(t.buf, s...)
		return
	}
	t.out[t.gap.at].Text += s
}

func (g gap) text(before, after rune) string {
	switch {
	case g.breaks:
		return "\n"
	case g.wide > 0:
		return strings.Repeat("\u3000", min(g.wide, 8))
	case g.soft && !g.hard && joins(before, after):
		return ""
	}
	return " "
}

// format makes a run's marks, address and reading lawful.
func (c *cleaner) format(run Run) Run {
	run.Marks &= allMarks
	if run.Marks&Superscript != 0 {
		run.Marks &^= Subscript
	}
	if run.Href != "" {
		run.Href = safeHref(run.Href)
	}
	if run.Reading != "" {
		run.Reading = c.line(run.Reading)
		run.Text = c.line(run.Text)
	}
	if run.Text == "" {
		run.Reading = ""
	}
	return run
}

// settle drops empty runs, gives a run of mere white space the appearance that both
// its neighbours share, and joins neighbours that look the same.
func settle(runs []Run) []Run {
	kept := runs[:0]
	for _, r := range runs {
		if r.Text != "" {
			kept = append(kept, r)
		}
	}
	for i := 1; i < len(kept)-1; i++ {
		if r, before, after := &kept[i], kept[i-1], kept[i+1]; r.Text == "\n" || r.Text == " " {
			r.Marks = before.Marks & after.Marks
			r.Href = ""
			if before.Href == after.Href {
				r.Href = before.Href
			}
		}
	}
	return join(kept)
}

// join makes one run of neighbours that look the same.
func join(runs []Run) []Run {
	out := runs[:0]
	for len(runs) > 0 {
		n := 1
		for n < len(runs) && sameLook(runs[0], runs[n]) {
			n++
		}
		out = append(out, joined(runs[:n]))
		runs = runs[n:]
	}
	return out
}

func joined(runs []Run) Run {
	if len(runs) == 1 {
		return runs[0]
	}
	var text strings.Builder
	for _, r := range runs {
		text.WriteString(r.Text)
	}
	first := runs[0]
	first.Text = text.String()
	return first
}

func sameLook(a, b Run) bool {
	return a.Marks == b.Marks && a.Href == b.Href && a.Reading == "" && b.Reading == ""
}
