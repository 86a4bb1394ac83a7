package portal

import (
	"slices"
	"strings"

	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
)

// place is what an address points at: a part of an organisation's pages.
type place struct {
	Org   string // the organisation's path, with its slash; "" for the root
	Part  string // news, topics, …; "" for the organisation itself
	Rest  string // what follows the part
	Slash bool   // the address ended in a slash
	Feed  string // atom or json where a feed of this place is meant; its folder is the place
	Sheet bool   // the file of the directory in this folder is meant
}

// maxPath bounds the addresses that are looked at.
const maxPath = 1000

// splitLang takes the language off the front of an address. What remains is
// without its first slash.
func splitLang(path string) (locale.Lang, string) {
	path = strings.TrimPrefix(path, "/")
	first, rest, _ := strings.Cut(path, "/")
	for _, l := range locale.Langs {
		if first == l.Segment() {
			return l, rest
		}
	}
	return "", path
}

// isPart tells the names that follow an organisation's path; no slug equals one.
func isPart(segment string) bool {
	switch segment {
	case "news", "topics", "about", "orgs":
		return true
	}
	return false
}

// parsePlace reads an address without its language. It is not ok where no
// organisation and no part can be meant, whatever is stored: so strange
// addresses never reach the database, and none that we send back can lead off
// the site.
func parsePlace(path string) (place, bool) {
	if len(path) > maxPath {
		return place{}, false
	}
	path, feed := cutFeed(path)
	path, sheet := cutSheet(path)
	if sheet && feed != "" {
		return place{}, false
	}
	p := place{Feed: feed, Sheet: sheet, Slash: path == "" || strings.HasSuffix(path, "/")}
	if path == "" {
		return p, true
	}
	segments := strings.Split(strings.TrimSuffix(path, "/"), "/")
	for _, s := range segments {
		if !plain(s) {
			return place{}, false
		}
	}
	if i := slices.IndexFunc(segments, isPart); i >= 0 {
		p.Part, p.Rest = segments[i], strings.Join(segments[i+1:], "/")
		segments = segments[:i]
	}
	if len(segments) > 0 {
		p.Org = strings.Join(segments, "/") + "/"
	}
	return p, true
}

// shelf is which of an organisation's lists of news an address means.
type shelf struct {
	Column string // "": all news
	Year   string // "": all years
}

// parseShelf reads what follows news/ in an address: nothing or a year, a column
// or a column's year. It is not ok where an article is meant: no column's slug
// is four digits or an id.
func parseShelf(rest string) (shelf, bool) {
	first, year, more := strings.Cut(rest, "/")
	if first == "" || !more && digits(first, 4) {
		return shelf{Year: first}, !more
	}
	_, err := ident.Parse[ident.Article](first)
	return shelf{Column: first, Year: year}, err != nil && !digits(first, 4) && (!more || digits(year, 4))
}

// listed says whether what follows news/ is a list.
func listed(rest string) bool {
	_, ok := parseShelf(rest)
	return ok
}

// allPlain says whether path is parts of addresses of ours, or empty.
func allPlain(path string) bool {
	_, ok := parsePlace(path)
	return ok
}

// plain says whether s may be one part of an address of ours.
func plain(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// digits says whether s is n digits.
func digits(s string, n int) bool {
	return len(s) == n && strings.Trim(s, "0123456789") == ""
}
