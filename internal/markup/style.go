package markup

import (
	"strings"

	"golang.org/x/net/html"
)

// hidden tells what a page holds but does not show.
func hidden(n *html.Node) bool {
	if hasAttr(n.Attr, "hidden") {
		return true
	}
	return strings.EqualFold(style(n, "display"), "none")
}

// maxStyle is the longest style attribute that is looked into.
const maxStyle = 4096

// style returns the value of one property of a style attribute, without !important.
func style(n *html.Node, property string) string {
	value, all := "", attr(n, "style")
	if len(all) > maxStyle {
		return ""
	}
	for declaration := range strings.SplitSeq(all, ";") {
		name, v, ok := strings.Cut(declaration, ":")
		if ok && strings.EqualFold(strings.TrimSpace(name), property) {
			v, _, _ = strings.Cut(v, "!")
			value = strings.TrimSpace(v)
		}
	}
	return value
}

// styleMarks reads what editors write as style where they mean a mark.
func styleMarks(n *html.Node, m Marks) Marks {
	if attr(n, "style") == "" {
		return m
	}
	switch weight := strings.ToLower(style(n, "font-weight")); weight {
	case "bold", "bolder", "600", "700", "800", "900":
		m |= Strong
	case "normal", "lighter", "100", "200", "300", "400":
		m &^= Strong
	}
	switch strings.ToLower(style(n, "font-style")) {
	case "italic", "oblique":
		m |= Emphasis
	case "normal":
		m &^= Emphasis
	}
	decoration := strings.ToLower(style(n, "text-decoration") + " " + style(n, "text-decoration-line"))
	if strings.Contains(decoration, "underline") {
		m |= Underline
	}
	if strings.Contains(decoration, "line-through") {
		m |= Strike
	}
	return m
}
