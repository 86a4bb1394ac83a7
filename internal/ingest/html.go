package ingest

import (
	"errors"
	"slices"
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
	pruned := prune(root)
	main := mainPart(root)
	body, dropped := markup.FromHTML(main, markup.Options{})
	h, around := surroundings(root, body)
	p := page{hints: h, blocks: append(around, withoutFurniture(topLines(body.Blocks))...)}
	p.repairs = p.mend()
	if pruned {
		p.losses = append(p.losses, "page-furniture")
	}
	for _, d := range dropped {
		p.losses = append(p.losses, "html-"+d.What)
	}
	return p, nil
}

// mend repairs all texts of a page together, since damage is decided by the
// page and not by the line. What cannot be known again is lost by what damaged
// the page, whether or not anything was mended.
func (p *page) mend() map[string]int {
	fields := []*string{&p.hints.title, &p.hints.source, &p.hints.byline}
	var texts []string
	for _, f := range fields {
		texts = append(texts, *f)
	}
	doc := markup.Doc{Blocks: p.blocks}
	doc.MapText(func(s string) string { texts = append(texts, s); return s })
	mended := repair.String(strings.Join(texts, separator), repair.Options{})
	p.losses = lossNotes(mended)
	parts := strings.Split(mended.Text, separator)
	if len(parts) != len(texts) {
		return nil
	}
	p.mending.listParts(mended, texts, parts)
	if len(mended.Changes) == 0 {
		return nil
	}
	for i, f := range fields {
		*f = parts[i]
	}
	next := len(fields) - 1
	p.blocks = doc.MapText(func(string) string { next++; return parts[next] }).Blocks
	return counts(mended)
}

// separator stands between the texts of a page while they are mended, each on a
// line of its own. A document never holds it: markup removes control characters.
const separator = "\n\x1f\n"

// furnitureNames are the names that pages give, as class or id, to what stands
// around their text.
var furnitureNames = []string{"share", "sharedaddy", "social", "comments", "comment-list", "commentlist", "sidebar", "side", "footer", "foot", "nav", "navbar", "menu", "related", "prevnext", "pager", "pagination", "copyright", "toolbar", "rich_media_tool", "advert"}

// prune takes away what a page itself calls furniture, and says whether it did.
func prune(root *html.Node) bool {
	var found []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && isFurniture(n) {
			found = append(found, n)
		}
	}
	for _, n := range found {
		if n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
	return len(found) > 0
}

func isFurniture(n *html.Node) bool {
	if n.DataAtom == atom.Body || n.DataAtom == atom.Html {
		return false
	}
	for _, a := range n.Attr {
		if a.Key != "class" && a.Key != "id" {
			continue
		}
		for name := range strings.FieldsSeq(strings.ToLower(a.Val)) {
			if slices.Contains(furnitureNames, name) {
				return true
			}
		}
	}
	return false
}

// maxTopBlocks is how many blocks at the top may be lines of a page's head that
// were set with line breaks.
const maxTopBlocks = 8

// topLines makes a paragraph of each line in short paragraphs at the top.
func topLines(blocks []markup.Block) []markup.Block {
	var out []markup.Block
	for i, b := range blocks {
		line, ok := lineOf(b)
		if i >= maxTopBlocks || !ok || !strings.Contains(line, "\n") || utf8.RuneCountInString(line) > 2*maxTitleLine {
			out = append(out, b)
			continue
		}
		for part := range strings.SplitSeq(line, "\n") {
			out = append(out, markup.Para(trim(part)))
		}
	}
	return out
}

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
	whole, _ := markup.FromHTML(root, markup.Options{})
	before := linesBefore(whole.Blocks, body.Blocks)
	h.title = pageTitle(titleElement, headings, h.title, before)
	return h, around(before, h.title)
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

// pageTitle chooses among a page's headings the longest that the title element
// repeats; else what the page states; else the part of the title element that
// is not the site's name, in the longest form in which a line of the page has it.
func pageTitle(titleElement string, headings []string, stated string, lines []string) string {
	folded := han.Fold(titleElement)
	best := ""
	for _, text := range headings {
		if text != "" && strings.Contains(folded, han.Fold(text)) && !han.LooksLikeOrgName(text) && len(text) > len(best) {
			best = text
		}
	}
	switch {
	case best != "":
		return best
	case stated != "":
		return stated
	case titleElement == "" && len(headings) > 0:
		return headings[0]
	}
	part := ownPart(titleElement)
	for _, line := range lines {
		if strings.HasPrefix(line, part) && len(line) > len(part) && utf8.RuneCountInString(line) <= maxTitleLine && part != "" {
			return line
		}
	}
	return part
}

// maxTitleLine is how long a line may be that is taken for the title.
const maxTitleLine = 60

// ownPart is the part of a title element that names the page: not the site's
// name, which stands before or after a separator.
func ownPart(title string) string {
	for _, sep := range []string{"|", "｜", "_", " - ", " – ", " — ", "－－", "--", "－", "-"} {
		before, after, ok := strings.Cut(title, sep)
		before, after = strings.TrimSpace(before), strings.TrimSpace(after)
		switch {
		case !ok || utf8.RuneCountInString(before) < 4 || after == "":
			continue
		case han.LooksLikeOrgName(before):
			return after
		}
		return before
	}
	return strings.TrimSpace(title)
}

// linesBefore lists the lines of a page that stand before its main part.
func linesBefore(whole, body []markup.Block) []string {
	first := ""
	for _, b := range body {
		if line, ok := lineOf(b); ok && line != "" {
			first = line
			break
		}
	}
	var lines []string
	for _, b := range whole {
		line, ok := lineOf(b)
		if ok && line == first {
			break
		}
		for part := range strings.SplitSeq(line, "\n") {
			if part = trim(part); part != "" {
				lines = append(lines, part)
			}
		}
	}
	return lines
}

// around lists the breadcrumb and data lines among those before the main part.
func around(before []string, title string) []markup.Block {
	var found []markup.Block
	for _, line := range before {
		var h head
		if !sameTitle(line, title) && (isMeta(line) || h.takeBreadcrumb(line)) {
			found = append(found, markup.Para(line))
		}
	}
	return found
}

// withoutFurniture cuts share buttons, neighbours' links and the like off the
// end of a text.
func withoutFurniture(blocks []markup.Block) []markup.Block {
	for i := len(blocks) - 1; i > 0 && i >= len(blocks)-6; i-- {
		_, rule := blocks[i].(markup.Rule)
		if rule && (markup.Doc{Blocks: blocks[i:]}).Runes() <= 30 {
			blocks = blocks[:i] // a visitors' counter and the like, set off by a line
		}
	}
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
