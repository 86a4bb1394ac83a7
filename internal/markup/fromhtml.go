package markup

import (
	"io"
	"net/url"
	"sort"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Options says how HTML is read.
type Options struct {
	Limits Limits
	// Base is the address of the page; relative addresses are resolved against it.
	Base *url.URL
	// File returns the hash of the stored file that an address of ours shows, or "".
	// It undoes the address in RenderOptions.Picture.
	File func(src string) string
}

// Dropped says how often something was left out of a tree.
type Dropped struct {
	What  string
	Count int
}

// What is left out of a tree, as Dropped.What names it.
const (
	DroppedScript    = "script"
	DroppedStyle     = "style"
	DroppedFrame     = "frame"
	DroppedEmbed     = "embed"             // object, embed, svg, math, canvas
	DroppedMedia     = "media"             // audio, video
	DroppedForm      = "form"              // a form's controls; its other contents stay
	DroppedFallback  = "fallback"          // template, noscript, noframes
	DroppedHandler   = "event-handler"     // onclick and its like
	DroppedLink      = "unsafe-link"       // an address of another scheme; its words stay
	DroppedAnchor    = "anchor"            // a link to a place on the same page; its words stay
	DroppedDataImage = "data-image"        // a picture written into the page
	DroppedImage     = "image"             // a picture without a usable address
	DroppedSpacer    = "spacer"            // a picture of one or two pixels
	DroppedHidden    = "hidden"            // what the page did not show
	DroppedDeep      = "depth"             // elements beyond the limit of depth
	DroppedCharacter = "control-character" // characters that no text may hold
)

// ParseHTML reads a page or a fragment of HTML in UTF-8 into a Doc in normal form
// and reports what it left out, by name. It fails only for a failing reader and with
// ErrTooLarge: any bytes are HTML.
func ParseHTML(r io.Reader, o Options) (Doc, []Dropped, error) {
	root, deep, err := parse(r, o.Limits)
	if err != nil {
		return Doc{}, nil, err
	}
	c := newReader(o)
	c.drop(DroppedDeep, deep)
	d, dropped := c.doc(root)
	return d, dropped, nil
}

// FromHTML reads a part of a parsed page. Presentation from old editors becomes
// structure where it can: div, center and double line breaks are paragraphs, font and
// span vanish, indents are stripped, tables that only lay out the page are taken apart.
func FromHTML(n *html.Node, o Options) (Doc, []Dropped) {
	return newReader(o).doc(n)
}

// reader walks a tree of nodes and collects blocks.
type reader struct {
	o       Options
	dropped map[string]int
	cleaner cleaner
}

func newReader(o Options) *reader { return &reader{o: o, dropped: map[string]int{}} }

func (c *reader) drop(what string, n int) { c.dropped[what] += n }

func (c *reader) doc(n *html.Node) (Doc, []Dropped) {
	f := &flow{c: &c.cleaner}
	if n != nil {
		c.node(n, f, look{})
	}
	f.flush()
	d := Doc{Blocks: c.cleaner.blocks(f.blocks, 0)}
	c.drop(DroppedCharacter, c.cleaner.removed)
	var out []Dropped
	for what, count := range c.dropped {
		if count > 0 {
			out = append(out, Dropped{What: what, Count: count})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].What < out[j].What })
	return d, out
}

// look is what the elements around a text say about it.
type look struct {
	marks Marks
	href  string
	lines bool // line ends of the source count, as in pre
	depth int
}

// flow collects the blocks of one container.
type flow struct {
	c      *cleaner
	blocks []Block
	runs   []Run
}

func (f *flow) text(s string, l look) {
	if l.lines {
		s = strings.ReplaceAll(s, "\n", "\n\n")
	} else if strings.ContainsAny(s, "\n\u2028\u2029") {
		s = strings.Map(func(r rune) rune {
			if isBreak(r) {
				return sourceLineEnd
			}
			return r
		}, s)
	}
	f.runs = append(f.runs, Run{Text: s, Marks: l.marks, Href: l.href})
}

// flush ends the paragraph that is being collected.
func (f *flow) flush() {
	if len(f.runs) > 0 {
		f.blocks = append(f.blocks, Paragraph{Runs: f.runs}.clean(f.c, 0)...)
		f.runs = nil
	}
}

func (f *flow) add(bs ...Block) {
	f.flush()
	f.blocks = append(f.blocks, bs...)
}

// container reads what an element holds as blocks of their own.
func (c *reader) container(n *html.Node, l look) []Block {
	f := &flow{c: &c.cleaner}
	c.children(n, f, l)
	f.flush()
	return f.blocks
}

func (c *reader) children(n *html.Node, f *flow, l look) {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.node(child, f, l)
	}
}

// maxRecursion ends the walk of trees deeper than any parser makes them.
const maxRecursion = 1000

func (c *reader) node(n *html.Node, f *flow, l look) {
	if l.depth++; l.depth > maxRecursion {
		c.drop(DroppedDeep, 1)
		return
	}
	switch n.Type {
	case html.TextNode:
		f.text(n.Data, l)
	case html.DocumentNode:
		c.children(n, f, l)
	case html.ElementNode:
		c.element(n, f, l)
	}
}

func (c *reader) element(n *html.Node, f *flow, l look) {
	if c.leavesOut(n) {
		return
	}
	switch n.DataAtom {
	case atom.Br:
		f.runs = append(f.runs, Run{Text: "\n", Marks: l.marks, Href: l.href})
	case atom.Img, atom.Image:
		c.image(n, f, l)
	case atom.A:
		l.href = c.href(n)
		c.children(n, f, l)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		f.add(heading(headingLevel(n.DataAtom), c.container(n, l))...)
	case atom.Ul, atom.Ol, atom.Menu, atom.Dir:
		f.add(c.list(n, l))
	case atom.Blockquote:
		f.add(Quote{Blocks: c.container(n, l)})
	case atom.Figure:
		c.figure(n, f, l)
	case atom.Table:
		c.table(n, f, l)
	case atom.Pre, atom.Xmp, atom.Listing, atom.Plaintext:
		c.preformatted(n, f, l)
	case atom.Hr:
		f.add(Rule{})
	case atom.Ruby:
		c.ruby(n, f, l)
	case atom.Q:
		f.text("“", l)
		c.children(n, f, l)
		f.text("”", l)
	default:
		c.inlineOrBlock(n, f, l)
	}
}

func (c *reader) inlineOrBlock(n *html.Node, f *flow, l look) {
	l.marks = styleMarks(n, l.marks|marksOfElement(n.DataAtom))
	if n.DataAtom == atom.Dt {
		l.marks |= Strong
	}
	if !isBlock(n.DataAtom) && !isTablePart(n.DataAtom) {
		c.children(n, f, l)
		return
	}
	f.flush()
	c.children(n, f, l)
	f.flush()
}

// leavesOut tells whether an element goes with all it holds, and counts the losses.
func (c *reader) leavesOut(n *html.Node) bool {
	for _, a := range n.Attr {
		if len(a.Key) > 2 && strings.EqualFold(a.Key[:2], "on") {
			c.drop(DroppedHandler, 1)
		}
	}
	what, silent := droppedAs(n.DataAtom)
	if n.Namespace != "" {
		what = DroppedEmbed
	}
	if what == "" && !silent && hidden(n) {
		what = DroppedHidden
	}
	if what != "" {
		c.drop(what, 1)
	}
	return silent || what != ""
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// href returns the safe form of a link's address, or "" where only its words stay.
func (c *reader) href(n *html.Node) string {
	raw := strings.TrimSpace(attr(n, "href"))
	if raw == "" {
		return ""
	}
	if raw[0] == '#' {
		c.drop(DroppedAnchor, 1)
		return ""
	}
	href := safeHref(c.resolve(raw))
	if href == "" {
		c.drop(DroppedLink, 1)
	}
	return href
}

// resolve makes an address absolute where the page's own is known. What is no
// relative address stays as it is, for the check of schemes to judge.
func (c *reader) resolve(address string) string {
	plain := plainAddress(address)
	if c.o.Base == nil || plain == "" || schemeOf(plain) != "" {
		return address
	}
	u, err := c.o.Base.Parse(plain)
	if err != nil {
		return address
	}
	return u.String()
}

// heading makes a heading of the words in front of and between other blocks, and
// puts those after it.
func heading(level int, blocks []Block) []Block {
	runs, rest := splitRuns(blocks)
	return append([]Block{Heading{Level: level, Runs: runs}}, rest...)
}

// splitRuns joins paragraphs into one, with line breaks, and returns the other
// blocks apart.
func splitRuns(blocks []Block) ([]Run, []Block) {
	var runs []Run
	var rest []Block
	for _, b := range blocks {
		p, ok := b.(Paragraph)
		if !ok {
			rest = append(rest, b)
			continue
		}
		if len(runs) > 0 {
			runs = append(runs, Text("\n"))
		}
		runs = append(runs, p.Runs...)
	}
	return runs, rest
}

// list reads a list. A list that stands in it directly belongs to the item before
// it, as old editors nested them; other strays are items.
func (c *reader) list(n *html.Node, l look) Block {
	out := List{Ordered: n.DataAtom == atom.Ol}
	stray := &flow{c: &c.cleaner}
	endStray := func() {
		if stray.flush(); len(stray.blocks) > 0 {
			out.Items = append(out.Items, stray.blocks)
			stray = &flow{c: &c.cleaner}
		}
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		switch child.DataAtom {
		case atom.Li:
			endStray()
			item := &flow{c: &c.cleaner}
			c.node(child, item, l)
			out.Items = append(out.Items, item.blocks)
		case atom.Ul, atom.Ol, atom.Menu, atom.Dir:
			endStray()
			item := &flow{c: &c.cleaner}
			c.node(child, item, l)
			if i := len(out.Items) - 1; i >= 0 {
				out.Items[i] = append(out.Items[i], item.blocks...)
			} else {
				out.Items = append(out.Items, item.blocks)
			}
		default:
			c.node(child, stray, l)
		}
	}
	endStray()
	return out
}

// preformatted keeps code, which is pre with code in it or text without Chinese. In
// old pages pre is more often how a whole article was pasted: then every line is a
// paragraph.
func (c *reader) preformatted(n *html.Node, f *flow, l look) {
	if !l.lines { // pre in pre is judged by the outer one
		text := &strings.Builder{}
		plainNode(text, n, 0)
		if soleCode(n) || !strings.ContainsFunc(text.String(), isHan) {
			f.add(Code{Text: text.String()})
			return
		}
	}
	l.lines = true
	f.flush()
	c.children(n, f, l)
	f.flush()
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

func soleCode(n *html.Node) bool {
	return n.FirstChild != nil && n.FirstChild == n.LastChild && n.FirstChild.DataAtom == atom.Code
}

// plainNode writes the text in n as it stands, without what is never shown.
func plainNode(b *strings.Builder, n *html.Node, depth int) {
	switch {
	case n.Type == html.TextNode:
		b.WriteString(n.Data)
		return
	case n.DataAtom == atom.Br:
		b.WriteByte('\n')
		return
	case depth > maxRecursion || n.Namespace != "":
		return
	}
	if what, silent := droppedAs(n.DataAtom); what != "" || silent {
		return
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		plainNode(b, child, depth+1)
	}
}

// ruby reads bases and readings in pairs.
func (c *reader) ruby(n *html.Node, f *flow, l look) {
	var base strings.Builder
	emit := func(reading string) {
		if base.Len() > 0 {
			f.runs = append(f.runs, Run{Text: base.String(), Reading: reading, Marks: l.marks, Href: l.href})
			base.Reset()
		}
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if child.DataAtom != atom.Rt {
			plainNode(&base, child, l.depth)
			continue
		}
		var reading strings.Builder
		plainNode(&reading, child, l.depth)
		emit(reading.String())
	}
	emit("")
}
