package ingest

import (
	"cmp"
	"html"
	"strings"
)

// shortcode is one `[name attributes]` of WordPress in a text.
type shortcode struct {
	name   string
	attrs  map[string]string
	words  []string // what stands without a name
	end    int      // where the text goes on
	closes bool     // [/name]
}

// maxShortcode is how long one may be.
const maxShortcode = 2000

// shortcodes replaces what WordPress would have filled in: captions and
// galleries become figures, embedded players a link, and what other plug-ins
// would have made is taken out and counted by name. What merely stands in
// brackets stays.
func (b *Bundle) shortcodes(text string, it *Item) string {
	if !strings.Contains(text, "[") {
		return text
	}
	s := &shortcodeReader{text: text, bundle: b, item: it, closings: map[string]int{}}
	for at := 0; at < len(text); {
		next := strings.IndexAny(text[at:], "[<")
		if next < 0 {
			s.out.WriteString(text[at:])
			break
		}
		s.out.WriteString(text[at : at+next])
		at = s.step(at + next)
	}
	return s.out.String()
}

// shortcodeReader goes through one text from left to right.
type shortcodeReader struct {
	text     string
	out      strings.Builder
	bundle   *Bundle
	item     *Item
	closings map[string]int // name → where its last closing stands, -1 for none
	figures  int            // pictures that galleries have named so far
}

// maxGallery bounds the pictures that the galleries of one item may show.
const maxGallery = 2000

// step reads what begins at a bracket or a tag and says where to go on.
func (s *shortcodeReader) step(at int) int {
	if s.text[at] == '<' {
		return s.verbatim(at)
	}
	if strings.HasPrefix(s.text[at:], "[[") { // [[name]] stands for [name] itself
		if code, ok := parseShortcode(s.text, at+1); ok && code.end < len(s.text) && s.text[code.end] == ']' {
			s.out.WriteString(s.text[at+1 : code.end])
			return code.end + 1
		}
	}
	code, ok := parseShortcode(s.text, at)
	if !ok || !s.known(code) {
		s.out.WriteByte('[')
		return at + 1
	}
	if code.closes {
		return code.end
	}
	return s.replace(code)
}

// verbatim copies preformatted text, in which brackets mean themselves.
func (s *shortcodeReader) verbatim(at int) int {
	for _, name := range []string{"pre", "code", "script", "style"} {
		rest := s.text[at+1:]
		if len(rest) > len(name) && strings.EqualFold(rest[:len(name)], name) && strings.ContainsRune(" >\n\t", rune(rest[len(name)])) {
			if end := s.closing("</" + name + ">"); end > at {
				stop := at + strings.Index(s.text[at:], "</"+name+">")
				s.out.WriteString(s.text[at:stop])
				return stop
			}
		}
	}
	s.out.WriteByte('<')
	return at + 1
}

// closing says where the last closing of that spelling stands, found once.
func (s *shortcodeReader) closing(mark string) int {
	at, ok := s.closings[mark]
	if !ok {
		at = strings.LastIndex(s.text, mark)
		s.closings[mark] = at
	}
	return at
}

// enclosed is what stands between a shortcode and its closing.
func (s *shortcodeReader) enclosed(code shortcode) (inner string, end int, ok bool) {
	mark := "[/" + code.name + "]"
	if s.closing(mark) < code.end {
		return "", code.end, false
	}
	n := strings.Index(s.text[code.end:], mark)
	return s.text[code.end : code.end+n], code.end + n + len(mark), true
}

// known says whether brackets hold a shortcode and no words: one of
// WordPress's own, one with attributes, one that is closed, or one with a name
// that no word has.
func (s *shortcodeReader) known(code shortcode) bool {
	switch code.name {
	case "caption", "wp_caption", "gallery", "audio", "video", "playlist", "embed", "youtube", "vimeo",
		"code", "sourcecode", "contact", "toc", "sitemap", "iframe":
		return true
	}
	return len(code.attrs) > 0 || strings.ContainsAny(code.name, "_-") || s.closing("[/"+code.name+"]") >= 0
}

// replace writes what a shortcode stands for.
func (s *shortcodeReader) replace(code shortcode) int {
	switch code.name {
	case "caption", "wp_caption":
		inner, end, ok := s.enclosed(code)
		if ok {
			s.out.WriteString(captionHTML(inner, code.attrs["caption"]))
		}
		return end
	case "gallery":
		s.gallery(code)
		return code.end
	case "code", "sourcecode":
		if inner, end, ok := s.enclosed(code); ok {
			s.out.WriteString("\n\n<pre><code>" + html.EscapeString(html.UnescapeString(inner)) + "</code></pre>\n\n")
			return end
		}
	case "embed", "audio", "video", "playlist", "youtube", "vimeo", "iframe":
		inner, end, _ := s.enclosed(code)
		if address := code.address(inner); address != "" {
			s.bundle.noteItem("embeds", s.item)
			s.out.WriteString("\n\n" + linkHTML(address, address) + "\n\n")
			return end
		}
		s.bundle.noteName("shortcodes", code.name)
		return end
	}
	s.bundle.noteName("shortcodes", code.name)
	return code.end
}

// address is the web address that a player would have played.
func (c shortcode) address(inner string) string {
	list := append([]string{strings.TrimSpace(inner)}, c.words...)
	for _, key := range []string{"src", "url", "href", "mp3", "mp4", "m4v", "webm", "ogv", "ogg", "m4a", "wav", "flv"} {
		list = append(list, c.attrs[key])
	}
	for _, a := range list {
		a = strings.TrimPrefix(html.UnescapeString(a), "=")
		if isWeb(a) {
			return a
		}
	}
	return ""
}

// captionHTML is a picture with its caption: `<img …> words`, or the words in
// an attribute as older versions wrote them.
func captionHTML(inner, attribute string) string {
	picture, words := inner, attribute
	if attribute == "" {
		if at := strings.LastIndexByte(imageEnd(inner), '>'); at >= 0 {
			picture, words = inner[:at+1], inner[at+1:]
		}
	}
	return "\n\n<figure>" + picture + "<figcaption>" + strings.TrimSpace(words) + "</figcaption></figure>\n\n"
}

// imageEnd is the part of a caption's inside up to the end of its picture and
// of the link around it.
func imageEnd(s string) string {
	at := strings.LastIndex(s, "<img")
	if at < 0 {
		return ""
	}
	end := strings.IndexByte(s[at:], '>')
	if end < 0 {
		return ""
	}
	end += at + 1
	if rest := strings.TrimLeft(s[end:], " \n"); strings.HasPrefix(rest, "</a>") {
		end = len(s) - len(rest) + len("</a>")
	}
	return s[:end]
}

// parseShortcode reads the shortcode whose bracket stands at `at`.
func parseShortcode(text string, at int) (shortcode, bool) {
	end := strings.IndexAny(text[at+1:min(len(text), at+maxShortcode)], "[]<")
	if end < 0 || text[at+1+end] != ']' {
		return shortcode{}, false
	}
	inside := strings.TrimSpace(text[at+1 : at+1+end])
	c := shortcode{end: at + end + 2, attrs: map[string]string{}}
	inside, c.closes = strings.CutPrefix(inside, "/")
	inside = strings.TrimSuffix(inside, "/")
	n := 0
	for n < len(inside) && (inside[n] >= 'a' && inside[n] <= 'z' || inside[n] >= 'A' && inside[n] <= 'Z' ||
		n > 0 && (inside[n] >= '0' && inside[n] <= '9' || inside[n] == '_' || inside[n] == '-')) {
		n++
	}
	if c.name = strings.ToLower(inside[:n]); c.name == "" || n < len(inside) && !strings.ContainsRune(" \t\n=", rune(inside[n])) {
		return c, false
	}
	c.parseAttrs(inside[n:])
	return c, true
}

// parseAttrs reads `key="value" key='value' key=value word "word"`.
func (c *shortcode) parseAttrs(s string) {
	s = strings.NewReplacer("\u00a0", " ", "“", `"`, "”", `"`, "″", `"`, "&quot;", `"`).Replace(s)
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		cut := strings.IndexAny(s, " \t\n=\"'")
		switch {
		case cut == 0 && s[0] != '=': // a quoted word
			value, rest := quoted(s)
			c.words, s = append(c.words, value), rest
		case cut > 0 && s[cut] == '=':
			value, rest := quoted(s[cut+1:])
			c.attrs[strings.ToLower(s[:cut])], s = value, rest
		case cut > 0:
			c.words, s = append(c.words, s[:cut]), s[cut:]
		case cut == 0:
			s = s[1:]
		default:
			c.words, s = append(c.words, s), ""
		}
	}
}

// quoted reads a value in quotation marks, or up to the next space.
func quoted(s string) (value, rest string) {
	if s == "" {
		return "", ""
	}
	if s[0] == '"' || s[0] == '\'' {
		if value, rest, ok := strings.Cut(s[1:], s[:1]); ok {
			return value, rest
		}
		s = s[1:]
	}
	if at := strings.IndexAny(s, " \t\n"); at >= 0 {
		return s[:at], s[at:]
	}
	return s, ""
}

func isWeb(s string) bool {
	return strings.HasPrefix(s, "https://") && len(s) > 8 || strings.HasPrefix(s, "http://") && len(s) > 7
}

// linkHTML is a paragraph with a link.
func linkHTML(address, words string) string {
	return `<p><a href="` + html.EscapeString(address) + `">` + html.EscapeString(words) + `</a></p>`
}

// gallery writes the pictures of a gallery: those it names, else those that
// were uploaded with the item.
func (s *shortcodeReader) gallery(code shortcode) {
	list := s.bundle.uploads[s.item.raw.id]
	if ids := cmp.Or(code.attrs["ids"], code.attrs["include"]); ids != "" {
		list = nil
		for id := range strings.SplitSeq(ids, ",") {
			if a := s.bundle.byID[strings.TrimSpace(id)]; a != nil {
				list = append(list, a)
			} else {
				s.bundle.noteItem("gallery_missing", s.item)
			}
		}
	}
	for _, a := range list {
		if s.figures++; a.Picture && s.figures <= maxGallery {
			s.out.WriteString("\n\n" + a.figureHTML())
		}
	}
	s.out.WriteString("\n\n")
}

func (a *Attachment) figureHTML() string {
	return `<figure><img src="` + html.EscapeString(a.URL) + `" alt="` + html.EscapeString(a.Alt) + `"><figcaption>` +
		html.EscapeString(a.Caption) + `</figcaption></figure>`
}
