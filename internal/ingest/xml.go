package ingest

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"github.com/huiguan/huiguan/internal/fault"
)

// xmlReader walks an XML file token by token and never builds a tree, so that
// its memory does not depend on how a file is nested. A file that declares a
// document type is refused: that is where entities grow and files are named.
type xmlReader struct {
	d      *xml.Decoder
	limits Limits
	depth  int
	tokens int
}

// newXML reads a text that was decoded already, whatever it declares.
func newXML(text string, limits Limits) *xmlReader {
	d := xml.NewDecoder(strings.NewReader(text))
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	return &xmlReader{d: d, limits: limits}
}

// next is the next token within the limits.
func (x *xmlReader) next() (xml.Token, error) {
	t, err := x.d.Token()
	if err != nil {
		return nil, err
	}
	if x.tokens++; x.tokens > x.limits.Tokens {
		return nil, fault.New(fault.TooLarge, "ingest.xml_tokens", fault.Args{"limit": x.limits.Tokens})
	}
	switch t.(type) {
	case xml.StartElement:
		if x.depth++; x.depth > x.limits.Depth {
			return nil, fault.New(fault.TooLarge, "ingest.xml_deep", fault.Args{"limit": x.limits.Depth})
		}
	case xml.EndElement:
		x.depth--
	case xml.Directive:
		return nil, fault.New(fault.Invalid, "ingest.xml_doctype", nil)
	}
	return t, nil
}

// each hands the children of the open element to fn, which may read into them
// or leave them.
func (x *xmlReader) each(fn func(xml.StartElement) error) error {
	depth := x.depth
	for {
		t, err := x.next()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := fn(t); err != nil {
				return err
			}
			for x.depth > depth {
				if _, err := x.next(); err != nil {
					return err
				}
			}
		case xml.EndElement:
			return nil
		}
	}
}

// text is all text in the open element.
func (x *xmlReader) text() (string, error) {
	var b strings.Builder
	depth := x.depth
	for {
		t, err := x.next()
		if err != nil {
			return b.String(), err
		}
		switch t := t.(type) {
		case xml.CharData:
			b.Write(t)
		case xml.EndElement:
			if x.depth < depth {
				return b.String(), nil
			}
		}
	}
}

// line is where the reader stands, for messages.
func (x *xmlReader) line() int {
	line, _ := x.d.InputPos()
	return line
}

// brokenXML says whether an error is the file's own: it ends early or is no
// XML from there on.
func brokenXML(err error) bool {
	var syntax *xml.SyntaxError
	return errors.As(err, &syntax) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// charRef is a reference to a character by its number.
var charRef = regexp.MustCompile(`&#(?:[xX][0-9a-fA-F]{1,8}|[0-9]{1,8});`)

// withoutForbidden removes what XML may not hold and old exports do hold:
// control characters, as they are or by number. It says how many it removed.
func withoutForbidden(text string) (string, int) {
	removed := 0
	if strings.ContainsFunc(text, notXML) {
		text = strings.Map(func(r rune) rune {
			if notXML(r) {
				removed++
				return -1
			}
			return r
		}, text)
	}
	if strings.Contains(text, "&#") {
		text = charRef.ReplaceAllStringFunc(text, func(ref string) string {
			if r, ok := refRune(ref); ok && !notXML(r) {
				return ref
			}
			removed++
			return ""
		})
	}
	return text, removed
}

func refRune(ref string) (rune, bool) {
	number, base := ref[2:len(ref)-1], 10
	if number[0] == 'x' || number[0] == 'X' {
		number, base = number[1:], 16
	}
	n, err := strconv.ParseInt(number, base, 32)
	return rune(n), err == nil
}

func notXML(r rune) bool {
	switch {
	case r < 0x20:
		return r != '\t' && r != '\n' && r != '\r'
	case r >= 0xd800 && r <= 0xdfff:
		return true
	}
	return r == 0xfffe || r == 0xffff || r > 0x10ffff
}

// declaredXML is the charset that an XML declaration names.
var declaredXML = regexp.MustCompile(`^\s*<\?xml[^>]*encoding=["']([A-Za-z0-9_.:-]{2,40})["']`)

// rootOf names the root element of a file that is XML, in lower case and with
// its prefix; "" where there is none among the first bytes.
func rootOf(head string) string {
	head = strings.TrimPrefix(head, "\ufeff")
	for {
		head = strings.TrimLeft(head, " \t\r\n")
		var end string
		switch {
		case strings.HasPrefix(head, "<?"):
			end = "?>"
		case strings.HasPrefix(head, "<!--"):
			end = "-->"
		case strings.HasPrefix(head, "<!"):
			end = ">"
			if at := strings.IndexAny(head, "[>"); at > 0 && head[at] == '[' { // a document type with a part of its own
				_, head, _ = strings.Cut(head, "]")
			}
		case strings.HasPrefix(head, "<"):
			at := strings.IndexAny(head[1:], " \t\r\n/>")
			if at < 1 {
				return ""
			}
			return strings.ToLower(head[1 : 1+at])
		default:
			return ""
		}
		_, after, ok := strings.Cut(head, end)
		if !ok {
			return ""
		}
		head = after
	}
}

// plainLine is the text of a title that may hold HTML, on one line.
func plainLine(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return strings.Join(strings.Fields(s), " ")
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	skip := ""
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.Join(strings.Fields(b.String()), " ")
		case html.StartTagToken:
			if name, _ := z.TagName(); skip == "" && (string(name) == "script" || string(name) == "style") {
				skip = string(name)
			} else if string(name) == "br" {
				b.WriteByte(' ')
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == skip {
				skip = ""
			}
		case html.TextToken:
			if skip == "" {
				b.WriteString(string(z.Text()))
			}
		}
	}
}
