package testkit

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// StrictHTML says what is wrong with a page that browsers would forgive:
// elements that are not closed or wrongly nested, ids used twice or pointing
// nowhere, headings that skip a level, fields without a label, pictures without
// an alternative text, and whatever our content security policy would block.
func StrictHTML(page string) []string {
	c := &strict{ids: map[string]bool{}, labelled: map[string]bool{}}
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		c.token(z.Token())
	}
	c.finish()
	return c.problems
}

// element is one that is open.
type element struct {
	name  string
	text  strings.Builder
	named bool // has an accessible name from an attribute
}

// field is a form control that needs a label.
type field struct{ name, id string }

// strict reads a page token by token.
type strict struct {
	problems []string
	open     []*element
	doctype  bool
	ids      map[string]bool
	refs     []string // ids that something points at
	labelled map[string]bool
	fields   []field
	headings []int
	mains    int
}

func (c *strict) say(format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf(format, args...))
}

func (c *strict) token(t html.Token) {
	switch t.Type {
	case html.DoctypeToken:
		c.doctype = true
	case html.TextToken:
		for _, e := range c.open {
			e.text.WriteString(t.Data)
		}
	case html.StartTagToken, html.SelfClosingTagToken:
		c.start(t)
	case html.EndTagToken:
		c.end(t.Data)
	}
}

// void lists the elements that have no end tag.
func void(name string) bool {
	return slices.Contains([]string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}, name)
}

// closesParagraph lists elements at which a browser ends an open paragraph.
func closesParagraph(name string) bool {
	return slices.Contains([]string{
		"article", "aside", "blockquote", "div", "dl", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
		"header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul",
	}, name)
}

func (c *strict) inside(name string) bool {
	return slices.ContainsFunc(c.open, func(e *element) bool { return e.name == name })
}

func (c *strict) start(t html.Token) {
	attrs := c.attributes(t)
	c.place(t.Data)
	c.meaning(t.Data, attrs)
	if t.Data == "img" { // what it shows is read out as words
		for _, e := range c.open {
			e.text.WriteString(attrs["alt"])
		}
	}
	if void(t.Data) || t.Type == html.SelfClosingTagToken && c.inside("svg") {
		return
	}
	named := attrs["aria-label"] != "" || attrs["aria-labelledby"] != "" || attrs["title"] != ""
	c.open = append(c.open, &element{name: t.Data, named: named})
}

// attributes notes ids and what points at them, and refuses inline code.
func (c *strict) attributes(t html.Token) map[string]string {
	attrs := map[string]string{}
	for _, a := range t.Attr {
		attrs[a.Key] = a.Val
		switch {
		case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
			c.say("<%s %s>: inline code is blocked by the policy", t.Data, a.Key)
		case a.Key == "id" && c.ids[a.Val]:
			c.say("id %q twice", a.Val)
		case a.Key == "id":
			c.ids[a.Val] = true
		case a.Key == "aria-labelledby", a.Key == "aria-describedby", a.Key == "for":
			c.refs = append(c.refs, strings.Fields(a.Val)...)
		case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
			c.refs = append(c.refs, a.Val[1:])
		}
	}
	return attrs
}

// place says whether the element may stand where it does.
func (c *strict) place(name string) {
	if c.inside("p") && closesParagraph(name) {
		c.say("<%s> inside <p>", name)
	}
	if len(c.open) == 0 {
		return
	}
	parent := c.open[len(c.open)-1].name
	switch name {
	case "a", "button":
		if c.inside("a") || c.inside("button") {
			c.say("<%s> inside a link or button", name)
		}
	case "li":
		if parent != "ul" && parent != "ol" {
			c.say("<li> inside <%s>", parent)
		}
	case "tr":
		if parent != "thead" && parent != "tbody" && parent != "tfoot" {
			c.say("<tr> inside <%s>", parent)
		}
	}
	if (parent == "ul" || parent == "ol") && name != "li" {
		c.say("<%s> directly inside <%s>", name, parent)
	}
}

// meaning looks at what the element says to those who do not see it.
func (c *strict) meaning(name string, attrs map[string]string) {
	switch name {
	case "html":
		if attrs["lang"] == "" {
			c.say("<html> without lang")
		}
	case "main":
		c.mains++
	case "h1", "h2", "h3", "h4", "h5", "h6":
		c.headings = append(c.headings, int(name[1]-'0'))
	case "img":
		if _, ok := attrs["alt"]; !ok {
			c.say("<img src=%q> without alt", attrs["src"])
		}
	case "input", "select", "textarea":
		if attrs["type"] != "hidden" && attrs["type"] != "submit" && attrs["aria-label"] == "" && !c.inside("label") {
			c.fields = append(c.fields, field{name: name, id: attrs["id"]})
		}
	case "label":
		c.labelled[attrs["for"]] = true
	case "script", "style":
		if attrs["src"] == "" {
			c.say("inline <%s> is blocked by the policy", name)
		}
	}
}

func (c *strict) end(name string) {
	if len(c.open) == 0 {
		c.say("</%s> closes nothing", name)
		return
	}
	last := c.open[len(c.open)-1]
	if last.name != name {
		c.say("</%s> where <%s> is open", name, last.name)
		if !c.inside(name) {
			return
		}
		for c.open[len(c.open)-1].name != name {
			c.open = c.open[:len(c.open)-1]
		}
		last = c.open[len(c.open)-1]
	}
	c.open = c.open[:len(c.open)-1]
	switch name {
	case "a", "button", "h1", "h2", "h3", "h4", "title", "th", "label":
		if strings.TrimSpace(last.text.String()) == "" && !last.named {
			c.say("<%s> without words", name)
		}
	}
}

// finish looks at the page as a whole.
func (c *strict) finish() {
	for _, e := range c.open {
		c.say("<%s> is never closed", e.name)
	}
	if !c.doctype {
		c.say("no doctype")
	}
	if c.mains != 1 {
		c.say("%d <main> elements", c.mains)
	}
	for _, ref := range c.refs {
		if !c.ids[ref] {
			c.say("nothing has the id %q", ref)
		}
	}
	for _, f := range c.fields {
		if f.id == "" || !c.labelled[f.id] {
			c.say("<%s id=%q> without a label", f.name, f.id)
		}
	}
	c.outline()
}

// outline wants one h1, first, and no level skipped.
func (c *strict) outline() {
	first := 0
	for i, level := range c.headings {
		if level == 1 {
			first++
		}
		if i == 0 && level != 1 {
			c.say("the first heading is h%d", level)
		}
		if i > 0 && level > c.headings[i-1]+1 {
			c.say("h%d follows h%d", level, c.headings[i-1])
		}
	}
	if first != 1 {
		c.say("%d h1 elements", first)
	}
}
