package portal

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/search"
)

// asked is a search as its address tells it.
type asked struct {
	Query  string
	Org    org.Organisation // the root: everywhere
	Kind   string
	Column ident.Column
	Topic  ident.Topic
	Year   string
	Lang   locale.Lang
	Newest bool
	Page   int
	// Ignored says that the address had values that mean nothing here.
	Ignored bool
}

// kinds are what can be found, in the order of the tabs.
func kinds() []string {
	return []string{"article", "digest", "topic", "organisation", "column", "page"}
}

// The names of a search's parameters. They stand in this order in addresses.
func searchParameters() []string {
	return []string{"column", "kind", "lang", "org", "page", "q", "sort", "topic", "year"}
}

// readSearch reads an address. What cannot be is left out, and noted.
func (p *Portal) readSearch(ctx context.Context, v visit) (asked, error) {
	get := v.query.Get
	a := asked{Query: clean(get("q")), Page: pageNumber(get("page")), Newest: get("sort") == "new"}
	good := func(name string, ok bool) bool {
		a.Ignored = a.Ignored || get(name) != "" && !ok
		return ok && get(name) != ""
	}
	if good("kind", slices.Contains(kinds(), get("kind"))) {
		a.Kind = get("kind")
	}
	if good("year", digits(get("year"), 4)) {
		a.Year = get("year")
	}
	lang := slices.IndexFunc(locale.Langs[:], func(l locale.Lang) bool { return l.Segment() == get("lang") })
	if good("lang", lang >= 0) {
		a.Lang = locale.Langs[lang]
	}
	good("sort", a.Newest)
	topic, err := ident.Parse[ident.Topic](get("topic"))
	if good("topic", err == nil) {
		a.Topic = topic
	}
	column, err := ident.Parse[ident.Column](get("column"))
	if good("column", err == nil) {
		a.Column = column
	}
	path := get("org")
	if path != "" && !allPlain(strings.Trim(path, "/")+"/") {
		path, a.Ignored = "", true
	}
	a.Org, err = p.org.ByPath(ctx, path)
	if path != "" && fault.Is(err, fault.NotFound) {
		a.Ignored = true
		a.Org, err = p.org.ByPath(ctx, "")
	}
	return a, err
}

// clean makes one line of what was typed, of bounded length.
func clean(q string) string {
	q = strings.Join(strings.Fields(strings.ToValidUTF8(q, "")), " ")
	q = strings.ReplaceAll(q, "\x00", "")
	if utf8.RuneCountInString(q) > maxQuery {
		q = string([]rune(q)[:maxQuery])
	}
	return q
}

func pageNumber(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return 1
	}
	return min(n, maxPages)
}

// values are the parameters of the search's one address.
func (a asked) values() url.Values {
	out := url.Values{}
	for name, value := range map[string]string{
		"q": a.Query, "org": strings.TrimSuffix(a.Org.Path, "/"), "kind": a.Kind, "column": string(a.Column), "topic": string(a.Topic), "year": a.Year,
	} {
		if value != "" {
			out.Set(name, value)
		}
	}
	if a.Lang != "" {
		out.Set("lang", a.Lang.Segment())
	}
	if a.Newest {
		out.Set("sort", "new")
	}
	if a.Page > 1 {
		out.Set("page", strconv.Itoa(a.Page))
	}
	return out
}

// address is the search's one address, in the language of the visit.
func (a asked) address(v visit) string { return withQuery(v.href("search"), a.values().Encode()) }

// with is the search changed, from its first page.
func (a asked) with(change func(*asked)) asked {
	change(&a)
	a.Page = 1
	return a
}

// unfiltered is the search for the same words everywhere.
func (a asked) unfiltered() asked {
	return asked{Query: a.Query, Newest: a.Newest, Page: 1, Org: org.Organisation{}}
}

// filtered says whether anything but the words narrows the search.
func (a asked) filtered() bool {
	return a.Org.Path != "" || a.Kind != "" || a.Column != "" || a.Topic != "" || a.Year != "" || a.Lang != ""
}

// search is what the index is asked.
func (a asked) search() search.Query {
	q := search.Query{
		Text: a.Query, Path: a.Org.Path, Newest: a.Newest, Count: true, Limit: hitsOnPage, Offset: (a.Page - 1) * hitsOnPage,
		Filters: search.Filters{Kind: a.Kind, Lang: string(a.Lang), Year: a.Year},
	}
	if a.Column != "" {
		q.Tags = append(q.Tags, press.ColumnTag(a.Column))
	}
	if a.Topic != "" {
		q.Tags = append(q.Tags, press.TopicTag(a.Topic))
	}
	return q
}
