package markup

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// image reads a picture. Pages that load their pictures late keep the address in an
// attribute of their own.
func (c *reader) image(n *html.Node, f *flow, l look) {
	raw := address(n)
	file := ""
	if c.o.File != nil {
		file = c.o.File(raw)
	}
	if file == "" && c.ornament(n, f, l) {
		return
	}
	source := safeSource(c.resolve(raw))
	if source == "" && file == "" {
		c.drop(imageLoss(raw), 1)
		return
	}
	alt := attr(n, "alt")
	if file == "" && looksLikeFile(alt) {
		alt = ""
	}
	f.add(Figure{File: file, Source: source, Alt: alt})
}

// address is where a picture lies.
func address(n *html.Node) string {
	for _, key := range []string{"data-src", "data-original", "data-lazy-src", "src"} {
		if raw := strings.TrimSpace(attr(n, key)); raw != "" {
			return raw
		}
	}
	return ""
}

// ornament tells the pictures that say nothing, or that are a word in a line.
func (c *reader) ornament(n *html.Node, f *flow, l look) bool {
	width, height := pixels(n, "width"), pixels(n, "height")
	if width >= 0 && width <= 2 || height >= 0 && height <= 2 {
		c.drop(DroppedSpacer, 1)
		return true
	}
	alt := attr(n, "alt")
	if width <= 0 || width > 32 || height <= 0 || height > 32 || len(alt) > 32 {
		return false
	}
	f.text(alt, l) // an emoticon
	if alt == "" {
		c.drop(DroppedSpacer, 1)
	}
	return true
}

func imageLoss(src string) string {
	if len(src) >= 5 && strings.EqualFold(src[:5], "data:") {
		return DroppedDataImage
	}
	return DroppedImage
}

// pixels returns a length in pixels, or -1 where it is not said.
func pixels(n *html.Node, key string) int {
	v := strings.TrimSuffix(strings.TrimSpace(attr(n, key)), "px")
	i, err := strconv.Atoi(v)
	if err != nil {
		return -1
	}
	return i
}

// looksLikeFile tells alternative texts that an editor filled in with a file's name.
func looksLikeFile(alt string) bool {
	alt = strings.ToLower(strings.TrimSpace(alt))
	for _, end := range []string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp"} {
		if strings.HasSuffix(alt, end) {
			return true
		}
	}
	return false
}

// figure reads pictures with their caption. A figure around something else is only
// that something, with the caption after it.
func (c *reader) figure(n *html.Node, f *flow, l look) {
	inner := &flow{c: &c.cleaner}
	var caption strings.Builder
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		switch {
		case child.DataAtom == atom.Figcaption:
			plainNode(&caption, child, l.depth)
		case child.Type == html.ElementNode && attr(child, "role") == "img" && child.DataAtom == atom.Span:
			inner.add(missing(child))
		default:
			c.node(child, inner, l)
		}
	}
	inner.flush()
	f.add(withCaption(inner.blocks, strings.ReplaceAll(caption.String(), "\n", "\r"))...)
}

// missing reads what Render writes for a picture that is not there.
func missing(n *html.Node) Figure {
	var shown strings.Builder
	plainNode(&shown, n, 0)
	alt := attr(n, "aria-label")
	if alt == shown.String() {
		alt = ""
	}
	return Figure{Alt: alt}
}

func withCaption(blocks []Block, caption string) []Block {
	if strings.TrimSpace(caption) == "" {
		return blocks
	}
	for i := len(blocks) - 1; i >= 0; i-- {
		if fig, ok := blocks[i].(Figure); ok {
			fig.Caption = caption
			blocks[i] = fig
			return blocks
		}
	}
	if len(blocks) == 0 {
		return []Block{Figure{Caption: caption}}
	}
	return append(blocks, Para(caption))
}
