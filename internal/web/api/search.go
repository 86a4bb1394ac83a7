package api

import (
	"context"
	"strconv"

	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/search"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// Found is one page of what a search found.
type Found struct {
	List[Hit]
	Query       string `json:"query"`
	Total       int    `json:"total"`
	TotalCapped bool   `json:"total_capped"`
}

// Hit is a record found.
type Hit struct {
	Kind        string  `json:"kind" enum:"article,digest,topic,organisation,column,page"`
	ID          string  `json:"id"`
	Title       string  `json:"title"`
	Lang        string  `json:"lang"`
	Org         OrgRef  `json:"org"`
	PublishedOn string  `json:"published_on,omitempty" format:"date"`
	Snippet     []Piece `json:"snippet"`
	Self        string  `json:"self" format:"uri-reference"`
	URL         string  `json:"url" format:"uri-reference"`
}

// Piece is a part of a snippet: words that were found, or those between.
type Piece struct {
	Text  string `json:"text"`
	Match bool   `json:"match"`
}

// Search are the parameters of a search.
type Search struct {
	Tongue
	Q     string `query:"q" required:"true" minLength:"1" maxLength:"200"`
	Under string `query:"under" format:"path" pattern:"^[a-z0-9/-]*$" maxLength:"1000"`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
	After string `query:"after" maxLength:"1200"`
}

// offset is where the page begins that a cursor marks.
func offset(after string) (int, error) {
	if after == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(after)
	if err != nil || n < 1 || n >= search.MaxTotal {
		return 0, refuseParam("after", "press.cursor_invalid", nil)
	}
	return n, nil
}

func (a *API) find(ctx context.Context, s scene, in *Search) (Found, error) {
	s.call.cache = kit.CacheNever // what is looked for is kept nowhere
	from, err := offset(in.After)
	if err != nil {
		return Found{}, err
	}
	path, err := a.under(ctx, in.Under)
	if err != nil {
		return Found{}, err
	}
	found, err := a.search.Find(ctx, search.Query{Text: in.Q, Path: path, Limit: in.Limit, Offset: from})
	if err != nil {
		return Found{}, blame("q", err)
	}
	have, err := a.records(ctx, found.Hits)
	if err != nil {
		return Found{}, err
	}
	items := make([]Hit, 0, len(found.Hits))
	for _, h := range found.Hits {
		if hit, ok := s.hit(h, have); ok {
			items = append(items, hit)
		}
	}
	next := ""
	if to := from + in.Limit; to < found.Total && to < search.MaxTotal {
		next = strconv.Itoa(to)
	}
	return Found{List: list(s, items, next), Query: in.Q, Total: found.Total, TotalCapped: found.Total >= search.MaxTotal}, nil
}

// records are what the hits of one page point at.
type records struct {
	press.Found
	orgs map[ident.Org]org.Organisation
}

// records loads what is public of the hits.
func (a *API) records(ctx context.Context, hits []search.Hit) (have records, err error) {
	keys, orgs := make([]press.Wanted, 0, len(hits)), make([]ident.Org, 0, len(hits))
	for _, h := range hits {
		keys, orgs = append(keys, press.Wanted{ID: h.ID, Kind: h.Kind}), append(orgs, h.Org)
	}
	if have.Found, err = a.press.Found(ctx, keys); err != nil {
		return have, err
	}
	have.orgs, err = a.org.ListByIDs(ctx, orgs)
	return have, err
}

// hit is one record found.
func (s scene) hit(h search.Hit, have records) (Hit, bool) {
	o, ok := have.orgs[h.Org]
	if !ok {
		return Hit{}, false
	}
	out := Hit{Kind: h.Kind, ID: h.ID, Org: s.ref(o)}
	lang := s.guess(h.Snippet)
	switch h.Kind {
	case "article", "digest":
		c, public := have.Cards[ident.Article(h.ID)]
		r := s.card(c).ArticleRef
		out.Title, out.PublishedOn, out.Self, out.URL, lang, ok = r.Title, r.PublishedOn, r.Self, r.URL, c.Lang, public
	case "topic":
		t, public := have.Topics[ident.Topic(h.ID)]
		r := s.topicRef(t)
		out.Title, out.Self, out.URL, ok = r.Title, r.Self, r.URL, public
	case "page":
		p, public := have.Pages[ident.Page(h.ID)]
		r := s.pageRef(p)
		out.Title, out.Self, out.URL, lang, ok = r.Title, r.Self, r.URL, p.Lang, public
	case "column":
		c, public := have.Columns[ident.Column(h.ID)]
		column := s.column(press.ColumnLine{Column: c, OrgPath: o.Path, OrgNames: o.Names})
		out.Title, out.Self, out.URL, ok = column.Title, column.Articles, s.page(c.Address(o.Path)), public
	case "organisation":
		out.Title, out.Self, out.URL = out.Org.Name, out.Org.Self, out.Org.URL
	default:
		ok = false // a kind of record that this version of the API has no document for
	}
	out.Lang, out.Snippet = string(s.shown(lang)), s.pieces(h, lang)
	return out, ok
}

// pieces are a snippet's, each in the script asked for.
func (s scene) pieces(h search.Hit, lang locale.Lang) []Piece {
	out := []Piece{}
	for text, match := range h.Pieces() {
		out = append(out, Piece{Text: s.text(text, lang), Match: match})
	}
	return out
}
