package markup

import (
	"bufio"
	"io"
	"net/url"
	"strconv"
	"strings"
)

// RenderOptions says how a Doc becomes HTML. The zero value is usable.
type RenderOptions struct {
	// Picture says how a stored picture is shown. Where it is nil or the image has
	// no address, the picture counts as missing.
	Picture func(hash string) Image
	// Sizes and GallerySizes are how wide pictures stand on the page, in the words of
	// the attribute sizes. Without them no srcset is written.
	Sizes, GallerySizes string
	// Eager has the first picture fetched with the page and not when it comes near:
	// it is likely the first thing that readers look for.
	Eager bool
	// Enlarge names the link from a picture in a gallery to the whole of it, where
	// neither a description nor a caption does.
	Enlarge string
	// HeadingShift is added to the level of every heading; the result stays in 2..6.
	HeadingShift int
	// FigurePlaceholder is shown for a picture that is missing, in the reader's
	// language. Without it and without a caption a missing picture leaves no trace.
	FigurePlaceholder string
	// Base is the address that links which lead from the page lead from; nil leaves
	// them as they are. It is for text that is read away from its page.
	Base *url.URL
	// LinkRel is the rel of links that lead off the site; "" means "nofollow noopener".
	LinkRel string
	// Transform is applied to every run of text, to readings, captions and alternative
	// texts, but not to code: conversion between scripts, as a rule.
	Transform func(string) string
}

// Render writes the Doc as HTML, one top-level block on a line.
//
// What it can write is all there is in this file: p, h2-h6, ul, ol, li, blockquote,
// figure, figcaption, img, div (around a gallery), span (for a missing picture),
// table and its parts, pre, code, hr, br, a, ruby and the marks; with the attributes
// href, rel, src, srcset, sizes, width, height, alt, loading, decoding, class (of a
// gallery and of pictures, from three words), role, aria-label, colspan, rowspan and scope,
// always quoted. Reading the result with ParseHTML and rendering it again gives the
// same bytes, if HeadingShift is 0, Transform changes nothing that it has changed
// before, and Options.File undoes the address in Picture.
func Render(w io.Writer, d Doc, o RenderOptions) error {
	o.FigurePlaceholder, o.Enlarge = (&cleaner{}).line(o.FigurePlaceholder), (&cleaner{}).line(o.Enlarge)
	r := &renderer{o: o, w: bufio.NewWriter(w)}
	if r.o.LinkRel == "" {
		r.o.LinkRel = "nofollow noopener"
	}
	if o.Transform == nil {
		o.Transform = same
	}
	shown := d.edit(edit{text: o.Transform, code: same, figure: r.figure})
	r.blocks(shown.Blocks, "\n")
	return r.w.Flush()
}

type renderer struct {
	o       RenderOptions
	w       *bufio.Writer // keeps the first error for Flush
	fetched bool          // a picture has been written that comes with the page
}

// blocks writes blocks, each with an end. Pictures that stand together are one.
func (r *renderer) blocks(bs []Block, end string) {
	for len(bs) > 0 {
		n := 1
		if g := r.together(bs); len(g) > 1 {
			n = len(g)
			r.gallery(g)
		} else {
			bs[0].render(r)
		}
		r.write(end)
		bs = bs[n:]
	}
}

func (r *renderer) write(parts ...string) {
	for _, s := range parts {
		_, _ = r.w.WriteString(s) // Flush tells
	}
}

// attribute writes one attribute, quoted.
func (r *renderer) attribute(name, value string) {
	r.write(" ", name, `="`)
	r.text(strings.ReplaceAll(value, "\n", " "))
	r.write("\"")
}

// text writes s so that it is text wherever Render writes, with line ends as breaks.
func (r *renderer) text(s string) {
	last := 0
	for i := range len(s) {
		var with string
		switch s[i] {
		case '&':
			with = "&amp;"
		case '<':
			with = "&lt;"
		case '>':
			with = "&gt;"
		case '"':
			with = "&quot;"
		case '\n':
			with = "<br>"
		default:
			continue
		}
		r.write(s[last:i], with)
		last = i + 1
	}
	r.write(s[last:])
}

// runs writes the runs of one block, with one link around neighbours that share it.
func (r *renderer) runs(runs []Run) {
	for len(runs) > 0 {
		n := 1
		for n < len(runs) && runs[n].Href == runs[0].Href {
			n++
		}
		href := r.href(runs[0].Href)
		if href != "" {
			r.write("<a")
			r.attribute("href", href)
			if external(href) {
				r.attribute("rel", r.o.LinkRel)
			}
			r.write(">")
		}
		for _, run := range runs[:n] {
			r.run(run)
		}
		if href != "" {
			r.write("</a>")
		}
		runs = runs[n:]
	}
}

// href is where a link leads, seen from the base if there is one.
func (r *renderer) href(href string) string {
	if r.o.Base == nil || href == "" {
		return href
	}
	if to, err := r.o.Base.Parse(href); err == nil {
		return safeHref(to.String())
	}
	return href
}

func (r *renderer) run(run Run) {
	names := markNames()
	for _, m := range names {
		if run.Marks&m.mark != 0 {
			r.write("<", m.tag, ">")
		}
	}
	if run.Reading != "" {
		r.write("<ruby>")
		r.text(run.Text)
		r.write("<rp>(</rp><rt>")
		r.text(run.Reading)
		r.write("</rt><rp>)</rp></ruby>")
	} else {
		r.text(run.Text)
	}
	for i := len(names) - 1; i >= 0; i-- {
		if run.Marks&names[i].mark != 0 {
			r.write("</", names[i].tag, ">")
		}
	}
}

func (p Paragraph) render(r *renderer) {
	r.write("<p>")
	r.runs(p.Runs)
	r.write("</p>")
}

func (h Heading) render(r *renderer) {
	level := strconv.Itoa(min(max(h.Level+r.o.HeadingShift, 2), 6))
	r.write("<h", level, ">")
	r.runs(h.Runs)
	r.write("</h", level, ">")
}

func (l List) render(r *renderer) {
	tag := "ul"
	if l.Ordered {
		tag = "ol"
	}
	r.write("<", tag, ">")
	for _, item := range l.Items {
		r.write("<li>")
		r.item(item)
		r.write("</li>")
	}
	r.write("</", tag, ">")
}

// item writes a list item; its words stand without a p where they are one paragraph
// in front, which is what keeps lists tight.
func (r *renderer) item(blocks []Block) {
	paragraphs := 0
	for _, b := range blocks {
		if _, ok := b.(Paragraph); ok {
			paragraphs++
		}
	}
	if p, ok := blocks[0].(Paragraph); ok && paragraphs == 1 {
		r.runs(p.Runs)
		blocks = blocks[1:]
	}
	r.blocks(blocks, "")
}

func (q Quote) render(r *renderer) {
	r.write("<blockquote>")
	r.blocks(q.Blocks, "")
	r.write("</blockquote>")
}

func (t Table) render(r *renderer) {
	r.write("<table>")
	if t.Caption != "" {
		r.write("<caption>")
		r.text(t.Caption)
		r.write("</caption>")
	}
	head := t.headRows()
	if head > 0 {
		r.write("<thead>")
		r.rows(t.Rows[:head], "col")
		r.write("</thead>")
	}
	r.write("<tbody>")
	r.rows(t.Rows[head:], "row")
	r.write("</tbody></table>")
}

// headRows counts the rows of nothing but headers at the top. A cell that reaches
// below them would be cut off by the end of thead, so then there are none.
func (t Table) headRows() int {
	n := 0
	for n < len(t.Rows) && allHeaders(t.Rows[n]) {
		n++
	}
	for i, row := range t.Rows[:n] {
		for _, c := range row {
			if i+max(c.RowSpan, 1) > n {
				return 0
			}
		}
	}
	if n == len(t.Rows) {
		return 0
	}
	return n
}

func allHeaders(row []Cell) bool {
	for _, c := range row {
		if !c.Header {
			return false
		}
	}
	return true
}

func (r *renderer) rows(rows [][]Cell, scope string) {
	for _, row := range rows {
		r.write("<tr>")
		for _, c := range row {
			r.cell(c, scope)
		}
		r.write("</tr>")
	}
}

func (r *renderer) cell(c Cell, scope string) {
	tag := "td"
	if c.Header {
		tag = "th"
	}
	r.write("<", tag)
	if c.Header {
		r.attribute("scope", scope)
	}
	if c.ColSpan > 1 {
		r.attribute("colspan", strconv.Itoa(c.ColSpan))
	}
	if c.RowSpan > 1 {
		r.attribute("rowspan", strconv.Itoa(c.RowSpan))
	}
	r.write(">")
	r.runs(c.Runs)
	r.write("</", tag, ">")
}

func (k Code) render(r *renderer) {
	r.write("<pre><code>")
	for i, line := range strings.Split(k.Text, "\n") {
		if i > 0 {
			r.write("\n")
		}
		r.text(line)
	}
	r.write("</code></pre>")
}

func (Rule) render(r *renderer) { r.write("<hr>") }
