package portal

import (
	"context"

	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/search"
)

// This file turns what a search found into links to what is public.

// records are what the hits of one page point at.
type records struct {
	cards   map[ident.Article]press.Card
	topics  map[ident.Topic]press.Topic
	columns map[ident.Column]press.Column
	pages   map[ident.Page]press.PageRef
	orgs    map[ident.Org]org.Organisation
}

// record names what a hit or a suggestion points at.
type record struct {
	ID, Kind string
	Org      ident.Org
}

// results loads the records behind the hits. A hit whose record is not public
// any more is left out: a hit has no rights of its own.
func (p *Portal) results(ctx context.Context, v visit, found []search.Hit) ([]hit, error) {
	wanted := make([]record, 0, len(found))
	for _, h := range found {
		wanted = append(wanted, record{h.ID, h.Kind, h.Org})
	}
	have, err := p.records(ctx, wanted)
	if err != nil {
		return nil, err
	}
	var rows []hit
	for i, h := range found {
		if row, ok := v.hit(wanted[i], have); ok {
			lang := h.Lang
			if lang == "" {
				lang = v.guess(h.Snippet)
			}
			row.Lang, row.Snippet = v.mark(lang), v.pieces(h.Snippet, h.SnippetMarks, lang)
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// records loads what is public of what is wanted.
func (p *Portal) records(ctx context.Context, wanted []record) (have records, err error) {
	var articles []ident.Article
	var topics []ident.Topic
	var columns []ident.Column
	var pages []ident.Page
	var orgs []ident.Org
	for _, h := range wanted {
		orgs = append(orgs, h.Org)
		switch h.Kind {
		case "article", "digest":
			articles = append(articles, ident.Article(h.ID))
		case "topic":
			topics = append(topics, ident.Topic(h.ID))
		case "column":
			columns = append(columns, ident.Column(h.ID))
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
	if have.columns, err = p.press.ColumnsByID(ctx, columns); err != nil {
		return have, err
	}
	if have.pages, err = p.press.PagesByID(ctx, pages); err != nil {
		return have, err
	}
	have.orgs, err = p.org.ListByIDs(ctx, orgs)
	return have, err
}

// hit is one line of the results, without its snippet.
func (v visit) hit(h record, have records) (row hit, ok bool) {
	o, ok := have.orgs[h.Org]
	if !ok {
		return hit{}, false
	}
	row = hit{Org: v.orgLink(o), Kind: v.lang.T("enum.found_" + h.Kind)}
	switch h.Kind {
	case "article", "digest":
		var card press.Card
		if card, ok = have.cards[ident.Article(h.ID)]; ok {
			item := v.card(card)
			row.link, row.Date = item.link, item.Date
		}
	case "topic":
		var t press.Topic
		if t, ok = have.topics[ident.Topic(h.ID)]; ok {
			row.link, row.Date = v.topicLink(t), v.civil(t.AskedAt.Time)
		}
	case "column":
		var c press.Column
		if c, ok = have.columns[ident.Column(h.ID)]; ok {
			row.link = link{phrase: v.orgName(c.Titles), Href: v.prefix + c.Address(o.Path)}
		}
	case "page":
		var page press.PageRef
		if page, ok = have.pages[ident.Page(h.ID)]; ok {
			row.link = v.pageLink(page)
		}
	default:
		row.link, row.Org = v.orgLink(o), link{}
	}
	return row, ok
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
