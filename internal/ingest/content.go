package ingest

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/markup"
)

// content reads the text of an item: shortcodes, blocks and paragraphs of
// WordPress become HTML, HTML becomes the typed tree, and the whole is mended
// together with title and byline.
func (b *Bundle) content(it *Item) (markup.Doc, error) {
	text := it.raw.html
	if len(text) > b.limits.Item {
		return markup.Doc{}, fault.New(fault.TooLarge, "ingest.item_large", fault.Args{"title": it.Title, "limit": b.limits.Item >> 20})
	}
	if it.raw.press {
		text = b.pressHTML(text, it)
	} else if !strings.Contains(text, "<") {
		text = autop(text)
	}
	root, err := markup.Parse(strings.NewReader(text), markup.Limits{Bytes: 4 * int64(b.limits.Item)})
	if err != nil {
		return markup.Doc{}, fault.Because(err, fault.TooLarge, "ingest.item_large", fault.Args{"title": it.Title, "limit": b.limits.Item >> 20})
	}
	b.tidy(root, it)
	doc, dropped := markup.FromHTML(root, markup.Options{})
	for _, d := range dropped {
		b.Dropped[d.What] += d.Count
		if hostile(d.What) {
			b.noteItem("hostile", it)
			b.note("hostile", d.Count-1)
		}
	}
	p := page{blocks: b.withLead(doc, it), hints: hints{title: it.Title, byline: it.Byline}}
	for class, n := range p.mend() {
		b.Repairs[class] += n
	}
	b.Mending.addItem(it.Key, p.mending)
	it.Title, it.Byline = p.hints.title, p.hints.byline
	return markup.Doc{Blocks: p.blocks}, nil
}

// hostile says whether what was left out of a text could have acted on readers.
func hostile(what string) bool {
	switch what {
	case markup.DroppedScript, markup.DroppedHandler, markup.DroppedLink, markup.DroppedFrame, markup.DroppedEmbed:
		return true
	}
	return false
}

// withLead puts the picture that stood for the item before its text, unless
// the text shows it.
func (b *Bundle) withLead(doc markup.Doc, it *Item) []markup.Block {
	shown := map[string]bool{}
	for _, f := range doc.Figures() {
		shown[wholeKey(b.wholes, f.Source)] = true
	}
	var lead []markup.Block
	for _, a := range it.raw.lead {
		if key := wholeKey(b.wholes, a.URL); a.URL != "" && !shown[key] {
			shown[key] = true
			lead = append(lead, markup.Figure{Source: a.URL, Alt: a.Alt, Caption: a.Caption})
		}
	}
	out, _ := markup.Doc{Blocks: append(lead, doc.Blocks...)}.Clean()
	return out.Blocks
}

var (
	// blockComment is where a block begins; a slash at its end says that the
	// server fills it in.
	blockComment = regexp.MustCompile(`<!--\s+wp:([a-z0-9_/-]+)\s[^>]*?(/?)-->`)
	pageBreak    = regexp.MustCompile(`<!--\s*nextpage\s*-->`)
	moreMark     = regexp.MustCompile(`<!--\s*(?:more[^>]*|noteaser)-->`)
)

// pressHTML makes plain HTML of what WordPress stores.
func (b *Bundle) pressHTML(text string, it *Item) string {
	blocks := strings.Contains(text, "<!-- wp:")
	if blocks {
		for _, m := range blockComment.FindAllStringSubmatch(text, -1) {
			if m[2] == "/" {
				b.noteName("dynamic_blocks", m[1])
			}
		}
	}
	text = b.shortcodes(text, it)
	if pageBreak.MatchString(text) {
		b.noteItem("paged", it)
		text = pageBreak.ReplaceAllString(text, "\n\n<hr>\n\n")
	}
	text = moreMark.ReplaceAllString(text, "\n\n")
	if !blocks {
		text = autop(text)
	}
	return text
}

// tidy changes a parsed text where WordPress and feeds say with a page's means
// what a text says otherwise.
func (b *Bundle) tidy(root *html.Node, it *Item) {
	base, _ := url.Parse(strings.TrimSpace(it.raw.link))
	t := tidier{b: b, item: it, base: base}
	var all []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			all = append(all, n)
		}
	}
	for _, n := range all {
		t.element(n)
	}
}

// tidier changes the elements of one text.
type tidier struct {
	b    *Bundle
	item *Item
	base *url.URL
}

func (t tidier) element(n *html.Node) {
	switch n.DataAtom {
	case atom.A:
		t.link(n)
	case atom.Iframe, atom.Object, atom.Embed, atom.Video, atom.Audio:
		t.embed(n)
	case atom.Img:
		if class := nodeAttr(n, "class"); strings.Contains(class, "wp-smiley") || class == "emoji" {
			become(n, textNode(nodeAttr(n, "alt")))
		}
	case atom.Figure:
		if contains(n, atom.Figure) { // of a gallery
			t.plain(n)
		}
	case atom.Ul, atom.Ol:
		if contains(n, atom.Img) && galleryList(n) {
			t.plain(n)
		}
	case atom.Div, atom.P:
		t.cover(n)
		t.bareAddress(n)
	}
}

// link keeps links within the old site working: they become addresses here,
// which lead on to where the text stands now. Others become absolute.
func (t tidier) link(n *html.Node) {
	for i, a := range n.Attr {
		if a.Key != "href" || t.base == nil {
			continue
		}
		u, err := t.base.Parse(strings.TrimSpace(a.Val))
		if err != nil || strings.HasPrefix(strings.TrimSpace(a.Val), "#") {
			continue
		}
		if key, ok := oldKeyOf(u); ok && u.Host == t.base.Host && t.b.links[key] {
			n.Attr[i].Val = (&url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery}).String()
		} else if u.Scheme == "http" || u.Scheme == "https" {
			n.Attr[i].Val = u.String()
		}
	}
}

// embed puts a link where a player or a frame stood.
func (t tidier) embed(n *html.Node) {
	address := nodeAttr(n, "src")
	if address == "" {
		address = nodeAttr(n, "data")
	}
	for c := range n.Descendants() {
		if address != "" {
			break
		}
		switch {
		case c.DataAtom == atom.Source || c.DataAtom == atom.Embed:
			address = nodeAttr(c, "src")
		case c.DataAtom == atom.Param && nodeAttr(c, "name") == "movie":
			address = nodeAttr(c, "value")
		}
	}
	if strings.HasPrefix(address, "//") {
		address = "https:" + address
	}
	if t.base != nil && strings.HasPrefix(address, "/") {
		address = t.base.ResolveReference(&url.URL{Path: address}).String()
	}
	if !isWeb(address) || nodeAttr(n, "width") == "0" || nodeAttr(n, "width") == "1" || n.Parent == nil {
		return // markup leaves it out and says so
	}
	t.b.noteItem("embeds", t.item)
	words := strings.Join(strings.Fields(nodeAttr(n, "title")), " ")
	if words == "" {
		words = address
	}
	become(n, paragraphNode(address, words))
}

// bareAddress makes a link of a paragraph that only says an address: the old
// site showed a player there.
func (t tidier) bareAddress(n *html.Node) {
	only := n.FirstChild
	if only == nil || only != n.LastChild || only.Type != html.TextNode {
		return
	}
	address := strings.TrimSpace(only.Data)
	if !isWeb(address) || strings.ContainsAny(address, " \t\n<>\"") || len(address) > 2000 {
		return
	}
	t.b.noteItem("embeds", t.item)
	link := &html.Node{Type: html.ElementNode, Data: "a", DataAtom: atom.A, Attr: []html.Attribute{{Key: "href", Val: address}}}
	link.AppendChild(textNode(address))
	become(only, link)
}

// backgroundPicture is the picture that a cover block names in its style.
var backgroundPicture = regexp.MustCompile(`(?i)background-image:\s*url\(\s*["']?([^"')\s]{1,900})`)

// cover makes a picture of what a block shows behind its words.
func (t tidier) cover(n *html.Node) {
	if !strings.Contains(nodeAttr(n, "class"), "wp-block-cover") {
		return
	}
	if m := backgroundPicture.FindStringSubmatch(nodeAttr(n, "style")); m != nil {
		picture := &html.Node{Type: html.ElementNode, Data: "img", DataAtom: atom.Img, Attr: []html.Attribute{{Key: "src", Val: m[1]}}}
		n.InsertBefore(picture, n.FirstChild)
	}
}

// plain makes a gallery's frame and its items mere parts of the page, so that
// its pictures follow one another.
func (t tidier) plain(n *html.Node) {
	n.Data, n.DataAtom = "div", atom.Div
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Li || c.DataAtom == atom.Figcaption {
			c.Data, c.DataAtom = "div", atom.Div
		}
	}
}

func galleryList(n *html.Node) bool {
	class := nodeAttr(n, "class")
	return strings.Contains(class, "gallery")
}

// contains says whether such an element stands in n. A parsed text is bounded in
// depth, so each element is looked at a bounded number of times.
func contains(n *html.Node, what atom.Atom) bool {
	for c := range n.Descendants() {
		if c.DataAtom == what {
			return true
		}
	}
	return false
}

func nodeAttr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func textNode(s string) *html.Node { return &html.Node{Type: html.TextNode, Data: s} }

func paragraphNode(address, words string) *html.Node {
	link := &html.Node{Type: html.ElementNode, Data: "a", DataAtom: atom.A, Attr: []html.Attribute{{Key: "href", Val: address}}}
	link.AppendChild(textNode(words))
	p := &html.Node{Type: html.ElementNode, Data: "p", DataAtom: atom.P}
	p.AppendChild(link)
	return p
}

// become puts another node where n stands.
func become(n, other *html.Node) {
	if n.Parent == nil {
		return
	}
	n.Parent.InsertBefore(other, n)
	n.Parent.RemoveChild(n)
}
