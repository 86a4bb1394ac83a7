// Package channel is what goes out: the forms in which other programs read a
// federation.
//
// The idea: a channel is a pure writer. It is handed small structs that say
// what to tell and hands back finished bytes; it asks nobody, knows no article
// and no organisation, and gives the same bytes for the same input, so that
// whoever has them already need not get them again. There are feeds, as Atom
// 1.0 (RFC 4287) and JSON Feed 1.1, and what search engines ask for: sitemaps and
// robots.txt.
//
// The package stores nothing. The portal calls it.
package channel

import (
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/markup"
)

// The content types of what is written here.
const (
	AtomType    = "application/atom+xml; charset=utf-8"
	JSONType    = "application/feed+json" // JSON is UTF-8 and knows no charset
	SitemapType = "application/xml; charset=utf-8"
	RobotsType  = "text/plain; charset=utf-8"
)

// ID is the permanent name of what a record's id names. It holds no address:
// a federation that gets a base URL, or moves to another, sends nobody the same
// news twice. Parts tell apart what one record stands for, a feed in another
// script for instance.
func ID(id string, parts ...string) string {
	return strings.Join(append([]string{"urn:ulid:" + id}, parts...), ":")
}

// clean removes what neither XML nor a reader's screen may hold, control
// characters above all.
func clean(s string) string {
	s, _ = markup.CleanText(strings.ToValidUTF8(s, "�"))
	return s
}

// line is a cleaned text on one line, as titles are.
func line(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// stamp writes an instant, "" for none.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
