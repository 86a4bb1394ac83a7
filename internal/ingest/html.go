package ingest

import (
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/repair"
)

// readHTML finds the part of a page that holds its prose, and what the page
// says of itself around it.
func readHTML(text string, limits Limits) (page, error) {
	root, err := markup.Parse(strings.NewReader(text), markup.Limits{Bytes: int64(limits.Bytes) * 4})
	if errors.Is(err, markup.ErrTooLarge) {
		return page{}, fault.Because(err, fault.TooLarge, "ingest.too_large", fault.Args{"limit": limits.Bytes >> 20})
	}
	if err != nil {
		return page{}, fault.Because(err, fault.Invalid, "ingest.binary", nil)
	}
	main := mainPart(root)
	body, dropped := markup.FromHTML(main, markup.Options{})
	h, around := surroundings(root, body)
	p := page{hints: h, blocks: append(around, withoutFurniture(body.Blocks)...)}
	p.repairs = p.mend()
	for _, d := range dropped {
		p.losses = append(p.losses, "html-"+d.What)
	}
	return p, nil
}

// mend repairs all texts of a page together, since damage is decided by the
// page and not by the line.
func (p *page) mend() map[string]int {
	fields := []*string{&p.hints.title, &p.hints.source, &p.hints.byline}
	var texts []string
	for _, f := range fields {
		texts = append(texts, *f)
	}
	doc := markup.Doc{Blocks: p.blocks}
	doc.MapText(func(s string) string { texts = append(texts, s); return s })
	mended := repair.String(strings.Join(texts, separator), repair.Options{})
	parts := strings.Split(mended.Text, separator)
	if len(parts) != len(texts) || len(mended.Changes) == 0 {
		return nil
	}
	for i, f := range fields {
		*f = parts[i]
	}
	next := len(fields) - 1
	p.blocks = doc.MapText(func(string) string { next++; return parts[next] }).Blocks
	return counts(mended)
}

// separator stands between the texts of a page while they are mended. A
// document never holds it: markup removes control characters.
const separator = "\x1f"

// mainPart descends from the page to the smallest element that holds nearly
// all of its prose.
func mainPart(root *html.Node) *html.Node {
	weights := map[*html.Node]int{}
	at := root
	total := weigh(root, weights)
	for total > 0 {
		var best *html.Node
		for c := at.FirstChild; c != nil; c = c.NextSibling {
			if weights[c] > 0 && (best == nil || weights[c] > weights[best]) {
				best = c
			}
		}
		if best == nil || best.Type != html.ElementNode || weights[best]*100 < weights[at]*85 || holdsText(best) {
			break
		}
		at = best
	}
	return at
}

// holdsText says whether an element is itself a stretch of text, not a part of
// the page.
func holdsText(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.Ul, atom.Ol, atom.Li, atom.Blockquote, atom.Pre, atom.Font, atom.Span, atom.B, atom.Strong, atom.Table:
		return n.DataAtom != atom.Table || !layoutTable(n)
	}
	return false
}

// layoutTable says whether a table lays out the page: data has header cells.
func layoutTable(n *html.Node) bool {
	for c := range n.Descendants() {
		if c.DataAtom == atom.Th {
			return false
		}
	}
	return true
}

// weigh counts the characters of prose in each element.
func weigh(n *html.Node, weights map[*html.Node]int) int {
	if n.Type == html.TextNode {
		w := proseWeight(n.Data)
		weights[n] = w
		return w
	}
	if n.Type == html.ElementNode && chrome(n) {
		return 0
	}
	sum := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		sum += weigh(c, weights)
	}
	weights[n] = sum
	return sum
}

// chrome says whether an element is the page's frame rather than its text.
func chrome(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Nav, atom.Footer, atom.Aside, atom.Form, atom.A, atom.Select, atom.Iframe, atom.Button, atom.Svg, atom.Textarea:
		return true
	}
	return false
}

// proseWeight is how much of a sentence a text is: short labels weigh nothing.
func proseWeight(s string) int {
	s = trim(strings.TrimSpace(s))
	n := utf8.RuneCountInString(s)
	if n >= 20 || strings.ContainsAny(s, "。，；,.") && n >= 6 {
		return n
	}
	return 0
}

// surroundings reads what the page says of itself: title and meta elements, and
// the breadcrumb and data lines that stand before the main part.
func surroundings(root *html.Node, body markup.Doc) (hints, []markup.Block) {
	h := hints{}
	titleElement := ""
	var headings []string
	for n := range root.Descendants() {
		switch n.DataAtom {
		case atom.Title:
			titleElement = strings.TrimSpace(textOf(n))
		case atom.H1, atom.H2, atom.H3:
			headings = append(headings, strings.TrimSpace(textOf(n)))
		case atom.Meta:
			h.takeMeta(n)
		}
	}
	h.title = pageTitle(titleElement, headings, h.title)
	whole, _ := markup.FromHTML(root, markup.Options{})
	return h, around(whole.Blocks, body.Blocks, h.title)
}

// takeMeta reads a meta element that names the page's title, date or source.
func (h *hints) takeMeta(n *html.Node) {
	name, content := "", ""
	for _, a := range n.Attr {
		switch a.Key {
		case "name", "property", "itemprop":
			name = strings.ToLower(a.Val)
		case "content":
			content = strings.TrimSpace(a.Val)
		}
	}
	switch name {
	case "og:title", "articletitle":
		h.title = content
	case "article:published_time", "pubdate", "publishdate", "datepublished", "dc.date", "date":
		h.published = content
	case "contentsource", "dc.source", "og:site_name:source":
		h.source = content
	case "author", "dc.creator":
		h.byline = content
	}
}

// pageTitle chooses the heading that the title element repeats; else the title
// element up to the site's name.
func pageTitle(titleElement string, headings []string, stated string) string {
	folded := han.Fold(titleElement)
	site := titleElement
	for _, sep := range []string{"|", "｜", "_", " - ", " – ", " — ", "－", "-"} {
		if before, _, ok := strings.Cut(titleElement, sep); ok && utf8.RuneCountInString(before) >= 4 {
			site = strings.TrimSpace(before)
			break
		}
	}
	best := ""
	for _, text := range headings {
		if text != "" && strings.HasPrefix(folded, han.Fold(text)) && len(text) > len(best) {
			best = text
		}
	}
	switch {
	case best != "":
		return best
	case stated != "":
		return stated
	case site == "" && len(headings) > 0:
		return headings[0]
	}
	return site
}

// around lists the breadcrumb and data lines that stand before the main part.
func around(whole, body []markup.Block, title string) []markup.Block {
	first := ""
	for _, b := range body {
		if line, ok := lineOf(b); ok && line != "" {
			first = line
			break
		}
	}
	var found []markup.Block
	for _, b := range whole {
		line, ok := lineOf(b)
		if ok && line == first {
			break
		}
		var h head
		for part := range strings.SplitSeq(line, "\n") {
			if part = trim(part); part != "" && !sameTitle(part, title) && (isMeta(part) || h.takeBreadcrumb(part)) {
				found = append(found, markup.Para(part))
			}
		}
	}
	return found
}

// withoutFurniture cuts share buttons, neighbours' links and the like off the
// end of a text.
func withoutFurniture(blocks []markup.Block) []markup.Block {
	for len(blocks) > 0 && furniture(blocks[len(blocks)-1]) {
		blocks = blocks[:len(blocks)-1]
	}
	return blocks
}

func furniture(b markup.Block) bool {
	switch b := b.(type) {
	case markup.Paragraph:
		line, _ := lineOf(b)
		return boilerplate(line) || onlyLinks(b.Runs) && utf8.RuneCountInString(line) <= 60
	case markup.Rule:
		return true
	case markup.List:
		for _, item := range b.Items {
			for _, inner := range item {
				if !furniture(inner) {
					return false
				}
			}
		}
		return true
	}
	return false
}

func onlyLinks(runs []markup.Run) bool {
	for _, r := range runs {
		if r.Href == "" && trim(r.Text) != "" {
			return false
		}
	}
	return true
}

// textOf is all text below a node.
func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}
