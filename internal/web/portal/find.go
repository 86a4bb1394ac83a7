package portal

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/search"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// The limits of a search.
const (
	hitsOnPage = 20
	maxQuery   = 200 // characters
	maxPages   = search.MaxTotal / hitsOnPage
)

// searchPage answers a search. It works without a script, and what was asked
// is kept nowhere.
func (p *Portal) searchPage(w http.ResponseWriter, r *http.Request, v visit) error {
	query := clean(v.query.Get("q"))
	number := pageNumber(v.query.Get("page"))
	page, err := p.find(r.Context(), v, query, number)
	if err != nil {
		return err
	}
	l := leaf{Kind: "search", Title: v.lang.T("page.search"), Path: "search", NoIndex: true}
	if query != "" {
		l.Title = v.lang.T("page.search_title", fault.Args{"query": query})
		l.Query = searchQuery(query, number)
	}
	page.frame = p.frame(v, l)
	page.Query, page.NoSearch = query, true
	body, err := kit.Render(r.Context(), page.View())
	if err != nil {
		return err
	}
	return kit.Respond(w, r, kit.Response{Type: kit.HTML, Cache: kit.CacheNever, Body: body})
}

// find fills the page of that number of the results. A query that cannot be
// searched for is answered on the page too, with the reason.
func (p *Portal) find(ctx context.Context, v visit, query string, number int) (searchPage, error) {
	if query == "" {
		return searchPage{}, nil
	}
	found, err := p.search.Find(ctx, search.Query{Text: query, Limit: hitsOnPage, Offset: (number - 1) * hitsOnPage})
	if fault.Is(err, fault.Invalid) {
		return searchPage{Found: v.lang.Error(err)}, nil
	}
	if err != nil {
		return searchPage{}, err
	}
	page, err := p.results(ctx, v, found)
	if err != nil {
		return searchPage{}, err
	}
	page.Found = v.found(query, found.Total)
	if number > 1 {
		page.Prev = withQuery(v.href("search"), searchQuery(query, number-1))
	}
	if number*hitsOnPage < found.Total && number < maxPages {
		page.Next = withQuery(v.href("search"), searchQuery(query, number+1))
	}
	return page, nil
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

func searchQuery(query string, page int) string {
	values := url.Values{"q": {query}}
	if page > 1 {
		values.Set("page", strconv.Itoa(page))
	}
	return values.Encode()
}

// found says how many were found.
func (v visit) found(query string, n int) string {
	switch {
	case n == 0:
		return v.lang.T("portal.search_none", fault.Args{"query": query})
	case n >= search.MaxTotal:
		return v.lang.T("portal.search_found_many", fault.Args{"count": v.lang.Number(n)})
	}
	return v.lang.T("portal.search_found", fault.Args{"count": v.lang.Number(n)})
}

// records are what the hits of one page point at.
type records struct {
	cards  map[ident.Article]press.Card
	topics map[ident.Topic]press.Topic
	pages  map[ident.Page]press.PageRef
	orgs   map[ident.Org]org.Organisation
}

// results loads the records behind the hits. A hit whose record is not public
// any more is left out: a hit has no rights of its own.
func (p *Portal) results(ctx context.Context, v visit, found search.Results) (searchPage, error) {
	have, err := p.records(ctx, found.Hits)
	if err != nil {
		return searchPage{}, err
	}
	var page searchPage
	for _, h := range found.Hits {
		if row, ok := v.hit(h, have); ok {
			page.Hits = append(page.Hits, row)
		}
	}
	return page, nil
}

func (p *Portal) records(ctx context.Context, hits []search.Hit) (have records, err error) {
	var articles []ident.Article
	var topics []ident.Topic
	var pages []ident.Page
	var orgs []ident.Org
	for _, h := range hits {
		orgs = append(orgs, h.Org)
		switch h.Kind {
		case "article", "digest":
			articles = append(articles, ident.Article(h.ID))
		case "topic":
			topics = append(topics, ident.Topic(h.ID))
		case "page":
			pages = append(pages, ident.Page(h.ID))
		}
	}
	if have.cards, err = p.press.Cards(ctx, articles); err != nil {
		return have, err
	}
	if have.topics, err = p.press.TopicsByID(ctx, topics); err != nil {
		return have, err
	}
	if have.pages, err = p.press.PagesByID(ctx, pages); err != nil {
		return have, err
	}
	have.orgs, err = p.org.ListByIDs(ctx, orgs)
	return have, err
}

// hit is one line of the results.
func (v visit) hit(h search.Hit, have records) (hit, bool) {
	o, ok := have.orgs[h.Org]
	if !ok {
		return hit{}, false
	}
	row := hit{Org: v.orgLink(o), Kind: v.lang.T("enum.found_" + h.Kind)}
	lang := v.guess(h.Snippet)
	switch h.Kind {
	case "article", "digest":
		card, ok := have.cards[ident.Article(h.ID)]
		if !ok {
			return hit{}, false
		}
		item := v.card(card)
		row.link, row.Date, lang = item.link, item.Date, string(card.Lang)
	case "topic":
		t, ok := have.topics[ident.Topic(h.ID)]
		if !ok {
			return hit{}, false
		}
		row.link, row.Date = v.topicLink(t), v.civil(t.AskedAt.Time)
	case "page":
		page, ok := have.pages[ident.Page(h.ID)]
		if !ok {
			return hit{}, false
		}
		lang = string(page.Lang)
		row.link = link{phrase: v.say(page.Title, lang), Href: v.prefix + page.Address()}
	default:
		row.link, row.Org = v.orgLink(o), link{}
	}
	row.Lang, row.Snippet = v.mark(lang), v.pieces(h.Snippet, h.SnippetMarks, lang)
	return row, true
}

// pieces cuts a snippet at its marks and brings each piece into the script of
// the page.
func (v visit) pieces(text string, marks [][2]int, lang string) []piece {
	var out []piece
	add := func(from, to int, mark bool) {
		if from < to {
			out = append(out, piece{Text: v.convert(text[from:to], lang), Mark: mark})
		}
	}
	last := 0
	for _, m := range marks {
		if m[0] < last || m[1] <= m[0] || m[1] > len(text) {
			continue
		}
		add(last, m[0], false)
		add(m[0], m[1], true)
		last = m[1]
	}
	add(last, len(text), false)
	return out
}
