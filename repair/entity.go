package repair

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf8"
)

// An entity is a character that was escaped for HTML and whose ampersand was escaped again.
type entity struct {
	start, end int
	char       string
}

// maxEntity is the length of the longest entity looked for, counted from the last "amp;".
const maxEntity = 12

// findEntities turns entities into the characters they stand for, if the page was escaped twice. A page
// about HTML names some entities too, but it says so, or quotes them, or is itself source code.
func findEntities(text string, _ Options) (f finding) {
	f.class, f.evidence = DoubleEntity, BytesExact
	found := entities(text)
	inText, quoted := 0, 0
	for i := 0; i < len(found); {
		run := i + 1 // entities side by side are judged together
		for run < len(found) && found[run].start == found[run-1].end {
			run++
		}
		switch start, end := found[i].start, found[run-1].end; {
		case inQuotes(text, start, end):
			quoted += run - i
		case run-i >= 4 || inRunningText(text, start, end): // four in a row are text themselves
			inText += run - i
		}
		i = run
	}
	if inText < 2 || inText*2 < len(found) || quoted*4 > len(found) || inText < 20 && aboutMarkup(text) {
		return f
	}
	f.edits = make([]edit, 0, len(found))
	for _, e := range found {
		f.edits = append(f.edits, edit{start: e.start, end: e.end, after: e.char})
	}
	return f
}

func entities(text string) (found []entity) {
	for i := 0; ; {
		next := strings.Index(text[i:], "&amp;")
		if next < 0 {
			return found
		}
		i += next
		if e, ok := entityAt(text, i); ok {
			found = append(found, e)
			i = e.end
		} else {
			i += len("&amp;")
		}
	}
}

// entityAt reads an entity that begins at text[i] with "&amp;", which may be escaped more often still.
func entityAt(text string, i int) (e entity, ok bool) {
	at := i + 1
	for strings.HasPrefix(text[at:], "amp;") {
		at += len("amp;")
	}
	name := text[at:min(len(text), at+maxEntity)]
	if end := strings.IndexByte(name, ';'); end > 0 {
		if char := unescape(name[:end]); standsFor(char) {
			return entity{i, at + end + 1, char}, true
		}
	}
	if at > i+len("&amp;") { // &amp;amp; before something else
		return entity{i, at, "&"}, true
	}
	return e, false
}

// unescape gives what the entity &name; stands for. Decimal numbers, of which a damaged page is full,
// are read without help.
func unescape(name string) string {
	if name[0] == '#' {
		if n, err := strconv.ParseUint(name[1:], 10, 21); err == nil && n > 0xFF {
			return string(rune(n))
		}
	}
	return html.UnescapeString("&" + name + ";")
}

// standsFor says whether char is what an entity may stand for. ASCII letters and digits are never
// escaped by a program, and would make new entities of their neighbours.
func standsFor(char string) bool {
	r, width := utf8.DecodeRuneInString(char)
	if width != len(char) || r == utf8.RuneError {
		return false
	}
	switch r {
	case '"', '\'', '<', '>':
		return true
	}
	return r >= 0xA0
}

// inRunningText says whether text[start:end] has Chinese or a bracket beside it or opens a line.
func inRunningText(text string, start, end int) bool {
	before, after := byte('\n'), byte(' ')
	if start > 0 {
		before = text[start-1]
	}
	if end < len(text) {
		after = text[end]
	}
	return before >= utf8.RuneSelf || after >= utf8.RuneSelf || strings.IndexByte("\n()", before) >= 0 || after == '('
}

// inQuotes says whether text[start:end] is set apart as something that is talked about.
func inQuotes(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	after, _ := utf8.DecodeRuneInString(text[end:])
	return strings.ContainsRune("`\"'=「『‘“《", before) && strings.ContainsRune("`\"'」』’”》", after)
}

// aboutMarkup says whether a page is about HTML, or is HTML.
func aboutMarkup(text string) bool {
	for _, word := range []string{"</", "/>", "HTML", "转义", "轉義", "跳脫"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}
