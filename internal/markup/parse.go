package markup

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Limits bounds what a reader of untrusted HTML accepts. A zero field has its default.
type Limits struct {
	// Bytes is the most that is read; more is an error. Default 10 MiB.
	Bytes int64
	// Depth is how many elements may be open at once; deeper ones are left out and
	// what they hold is kept. Default 256.
	Depth int
	// Nodes is the most elements and texts; more is an error. Default 500,000.
	Nodes int
}

// ErrTooLarge is returned, wrapped, for HTML over the limit of bytes or nodes.
var ErrTooLarge = errors.New("HTML is too large")

func (l Limits) orDefaults() Limits {
	if l.Bytes <= 0 {
		l.Bytes = 10 << 20
	}
	if l.Depth <= 0 {
		l.Depth = 256
	}
	if l.Nodes <= 0 {
		l.Nodes = 500_000
	}
	return l
}

// Parse reads a page or a fragment, in UTF-8, into a tree of nodes for FromHTML or
// for a search for the part of a page that matters.
//
// It is not html.Parse, whose faithful repair of misnested tags lets a short input
// grow by the depth of its open elements, and which refuses depth altogether. Here
// the tokenizer of x/net/html feeds a builder with a bounded stack of open elements
// and a bounded list of marks to reopen, so time and memory are linear in the input.
// It closes p, li, dt, td, tr, option and a where HTML says so, and carries marks
// such as b over the end of a block. It differs on malformed pages only: nothing is
// moved out of tables, html, head and body are not invented, and an end tag of a
// mark ends the blocks inside it. Comments are left out. The difference is harmless,
// because no one trusts the source's tags: only the typed tree leaves this package.
func Parse(r io.Reader, l Limits) (*html.Node, error) {
	root, _, err := parse(r, l)
	return root, err
}

// parse also returns how many elements were too deep to keep.
func parse(r io.Reader, l Limits) (*html.Node, int, error) {
	l = l.orDefaults()
	b := &builder{limits: l, names: map[string]int{}, skipped: map[string]int{}}
	b.open = append(b.open, &html.Node{Type: html.DocumentNode})
	z := html.NewTokenizer(&capped{r: r, left: l.Bytes})
	for {
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return nil, 0, fmt.Errorf("read HTML: %w", err)
			}
			return b.open[0], b.deep, nil
		case html.TextToken:
			b.text(z.Text())
		case html.StartTagToken:
			b.startTag(z, false)
		case html.SelfClosingTagToken:
			b.startTag(z, true)
		case html.EndTagToken:
			name, _ := z.TagName()
			b.endTag(string(name))
		}
		if b.nodes > l.Nodes {
			return nil, 0, fmt.Errorf("%w: more than %d nodes", ErrTooLarge, l.Nodes)
		}
	}
}

// capped reads at most left bytes and fails where there are more.
type capped struct {
	r    io.Reader
	left int64
}

func (c *capped) Read(p []byte) (int, error) {
	if int64(len(p)) > c.left+1 {
		p = p[:c.left+1]
	}
	n, err := c.r.Read(p)
	if c.left -= int64(n); c.left < 0 {
		return 0, fmt.Errorf("%w: too many bytes", ErrTooLarge)
	}
	return n, err
}

// builder makes a tree of tokens.
type builder struct {
	limits Limits
	// open is the stack of open elements; the document is the first.
	open []*html.Node
	// names counts the open elements by name, so that what is not open is not sought.
	names map[string]int
	// reopen holds marks that the end of a block cut off before their own end tag.
	reopen []*html.Node
	// skipped counts by name the elements left out for depth and not yet ended.
	skipped map[string]int
	// foreign is the place in open of the svg or math element we are in, or 0.
	foreign int
	nodes   int
	deep    int
}

const (
	maxReopen     = 8
	maxAttributes = 64
)

func (b *builder) top() *html.Node { return b.open[len(b.open)-1] }

func (b *builder) append(n *html.Node) {
	b.top().AppendChild(n)
	b.nodes++
}

func (b *builder) text(s []byte) {
	if len(bytes.TrimSpace(s)) > 0 {
		b.leaveHead(0)
		b.reopenMarks()
	}
	b.append(&html.Node{Type: html.TextNode, Data: string(s)})
}

func (b *builder) startTag(z *html.Tokenizer, selfClosing bool) {
	tag, more := z.TagName()
	name := string(tag)
	a := atom.Lookup(tag)
	if (a == atom.Html || a == atom.Body || a == atom.Head) && b.isOpen(a) {
		return
	}
	b.leaveHead(a)
	b.closeImplied(a)
	if isBlock(a) || isTablePart(a) {
		b.leaveForeign()
	} else if a != atom.Script && a != atom.Style {
		b.reopenMarks()
	}
	full := len(b.open) > b.limits.Depth
	ends := isVoid(a) || selfClosing && (a == 0 || a == atom.Svg || a == atom.Math)
	if full && !ends && !isRaw(a) {
		b.deep++
		b.skipped[name]++
		return
	}
	n := &html.Node{Type: html.ElementNode, Data: name, DataAtom: a}
	if more {
		n.Attr = attributes(z)
	}
	b.append(n)
	if !ends {
		b.push(n)
	}
}

// attributes reads at most maxAttributes. Of two with one name the first counts, as
// in browsers.
func attributes(z *html.Tokenizer) []html.Attribute {
	var out []html.Attribute
	for more := true; more && len(out) < maxAttributes; {
		var key, val []byte
		key, val, more = z.TagAttr()
		if len(key) > 0 && !hasAttr(out, string(key)) {
			out = append(out, html.Attribute{Key: string(key), Val: string(val)})
		}
	}
	return out
}

func hasAttr(attrs []html.Attribute, key string) bool {
	for _, a := range attrs {
		if a.Key == key {
			return true
		}
	}
	return false
}

func (b *builder) push(n *html.Node) {
	if isTablePart(n.DataAtom) {
		b.reopen = nil
	}
	if b.foreign == 0 && (n.DataAtom == atom.Svg || n.DataAtom == atom.Math) {
		b.foreign = len(b.open)
	}
	b.names[n.Data]++
	b.open = append(b.open, n)
}

// pop closes open[i] and all in it.
func (b *builder) pop(i int) {
	for j, n := range b.open[i:] {
		b.names[n.Data]--
		if j > 0 && isMark(n.DataAtom) && len(b.reopen) < maxReopen {
			b.reopen = append(b.reopen, n)
		}
	}
	if isTablePart(b.open[i].DataAtom) {
		b.reopen = nil
	}
	if i <= b.foreign {
		b.foreign = 0
	}
	b.open = b.open[:i]
}

// reopenMarks goes on with marks that were cut off, before more text.
func (b *builder) reopenMarks() {
	if len(b.reopen) == 0 || isTablePart(b.top().DataAtom) && !isCell(b.top().DataAtom) {
		return
	}
	for _, n := range b.reopen {
		if len(b.open) > b.limits.Depth {
			break
		}
		again := &html.Node{Type: html.ElementNode, Data: n.Data, DataAtom: n.DataAtom, Attr: n.Attr}
		b.append(again)
		b.push(again)
	}
	b.reopen = nil
}

func (b *builder) isOpen(a atom.Atom) bool {
	for _, n := range b.open[:min(len(b.open), 4)] {
		if n.DataAtom == a {
			return true
		}
	}
	return false
}

// leaveHead ends a head that was never closed, before the first thing of the body.
func (b *builder) leaveHead(a atom.Atom) {
	if b.top().DataAtom != atom.Head {
		return
	}
	switch a {
	case atom.Title, atom.Meta, atom.Link, atom.Base, atom.Script, atom.Style, atom.Noscript, atom.Template:
	default:
		b.pop(len(b.open) - 1)
	}
}

// leaveForeign ends an svg or math that was never closed, before a block.
func (b *builder) leaveForeign() {
	if b.foreign > 0 {
		b.pop(b.foreign)
	}
}

// closeImplied closes what the start tag of a ends by itself.
func (b *builder) closeImplied(a atom.Atom) {
	switch a {
	case atom.Li:
		b.closeNearest(isListOrCell, atom.Li)
	case atom.Dt, atom.Dd:
		b.closeNearest(isListOrCell, atom.Dt, atom.Dd)
	case atom.Td, atom.Th:
		b.closeNearest(isTable, atom.Td, atom.Th, atom.Caption)
	case atom.Tr:
		b.closeNearest(isTable, atom.Tr, atom.Caption)
	case atom.Tbody, atom.Thead, atom.Tfoot:
		b.closeNearest(isTable, atom.Tbody, atom.Thead, atom.Tfoot, atom.Caption)
	case atom.Option, atom.Optgroup:
		b.closeNearest(isCell, atom.Option)
	case atom.Rt, atom.Rp:
		b.closeNearest(isCell, atom.Rt, atom.Rp)
	case atom.A:
		b.closeNearest(isCell, atom.A)
	}
	if isBlock(a) {
		b.closeNearest(isCell, atom.P)
	}
	if headingLevel(a) > 0 && headingLevel(b.top().DataAtom) > 0 {
		b.pop(len(b.open) - 1)
	}
}

// closeNearest closes the nearest open element of these, if none of stop is nearer.
func (b *builder) closeNearest(stop func(atom.Atom) bool, which ...atom.Atom) {
	open := 0
	for _, w := range which {
		open += b.names[w.String()]
	}
	for i := len(b.open) - 1; i > 0 && open > 0; i-- {
		a := b.open[i].DataAtom
		for _, w := range which {
			if a == w {
				b.pop(i)
				return
			}
		}
		if stop(a) {
			return
		}
	}
}

func (b *builder) endTag(name string) {
	a := atom.Lookup([]byte(name))
	switch {
	case a == atom.Html || a == atom.Body:
		return // what follows still belongs to the body
	case a == atom.Br:
		b.append(&html.Node{Type: html.ElementNode, Data: name, DataAtom: a})
		return
	case b.skipped[name] > 0:
		b.skipped[name]--
		return
	}
	stop := isCell
	if isTablePart(a) {
		stop = isTable
	}
	for i := len(b.open) - 1; i > 0 && b.names[name] > 0; i-- {
		n := b.open[i]
		if n.Data == name {
			b.pop(i)
			return
		}
		if stop(n.DataAtom) {
			break
		}
	}
	b.forget(name)
}

// forget drops a mark that ended before there was more text for it.
func (b *builder) forget(name string) {
	for i := len(b.reopen) - 1; i >= 0; i-- {
		if b.reopen[i].Data == name {
			b.reopen = append(b.reopen[:i:i], b.reopen[i+1:]...)
			return
		}
	}
}
