package channel

import (
	"bytes"
	"encoding/xml"
	"fmt"
)

// atomFeed, atomEntry and what they hold are the elements of RFC 4287 in the
// order in which they are written.
type atomFeed struct {
	XMLName  xml.Name     `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string       `xml:"xml:lang,attr,omitempty"`
	ID       string       `xml:"id"`
	Title    string       `xml:"title"`
	Subtitle string       `xml:"subtitle,omitempty"`
	Updated  string       `xml:"updated"`
	Authors  []atomPerson `xml:"author"`
	Links    []atomLink   `xml:"link"`
	Made     string       `xml:"generator"`
	Entries  []atomEntry  `xml:"entry"`
}

type atomEntry struct {
	Lang      string       `xml:"xml:lang,attr,omitempty"`
	ID        string       `xml:"id"`
	Title     string       `xml:"title"`
	Updated   string       `xml:"updated"`
	Published string       `xml:"published,omitempty"`
	Authors   []atomPerson `xml:"author"`
	Links     []atomLink   `xml:"link"`
	Summary   string       `xml:"summary,omitempty"`
	Content   atomContent  `xml:"content"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomContent struct {
	Type string `xml:"type,attr"`
	Body string `xml:",chardata"`
}

// Atom writes the feed as Atom 1.0. Links may be addresses below the site's
// root where the site does not know its own name; ids never are.
func (f Feed) Atom() ([]byte, error) {
	out := atomFeed{
		Lang: f.Lang, ID: clean(f.ID), Title: line(f.Title), Subtitle: line(f.Subtitle), Updated: stamp(f.changed()),
		Authors: persons(f.Authors), Made: generator,
		Links: []atomLink{
			{Rel: "self", Type: "application/atom+xml", Href: clean(f.Self)},
			{Rel: "alternate", Type: "text/html", Href: clean(f.Home)},
		},
	}
	for _, e := range f.Entries {
		out.Entries = append(out.Entries, f.atomEntry(e))
	}
	return writeXML(out)
}

// generator is the name of the program in what it writes.
const generator = "Huiguan"

func (f Feed) atomEntry(e Entry) atomEntry {
	out := atomEntry{
		ID: clean(e.ID), Title: line(e.Title), Updated: stamp(e.changed()), Published: stamp(e.Published),
		Authors: persons(f.authors(e)), Summary: line(e.Summary),
		Links:   []atomLink{{Rel: "alternate", Type: "text/html", Href: clean(e.URL)}},
		Content: atomContent{Type: "html", Body: clean(e.HTML)},
	}
	if e.Lang != f.Lang {
		out.Lang = e.Lang
	}
	return out
}

func persons(names []string) []atomPerson {
	var out []atomPerson
	for _, n := range names {
		out = append(out, atomPerson{line(n)})
	}
	return out
}

// writeXML finishes a document. What XML cannot hold is gone already, and
// encoding/xml would write it as U+FFFD.
func writeXML(v any) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(v); err != nil {
		return nil, fmt.Errorf("channel: %w", err)
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}
