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
	press.Found
	orgs map[ident.Org]org.Organisation
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
			row.Lang, row.Snippet = v.mark(lang), v.pieces(h, lang)
			// A standing page in both scripts is one page with one address.
			rows = append(rows, without([]hit{row}, rows)...)
		}
	}
	return rows, nil
}

// records loads what is public of what is wanted.
func (p *Portal) records(ctx context.Context, wanted []record) (have records, err error) {
	keys, orgs := make([]press.Wanted, 0, len(wanted)), make([]ident.Org, 0, len(wanted))
	for _, w := range wanted {
		keys, orgs = append(keys, press.Wanted{ID: w.ID, Kind: w.Kind}), append(orgs, w.Org)
	}
	if have.Found, err = p.press.Found(ctx, keys); err != nil {
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
		if card, ok = have.Cards[ident.Article(h.ID)]; ok {
			item := v.card(card)
			row.link, row.Date = item.link, item.Date
		}
	case "topic":
		var t press.Topic
		if t, ok = have.Topics[ident.Topic(h.ID)]; ok {
			row.link, row.Date = v.topicLink(t), v.civil(t.AskedAt.Time)
		}
	case "column":
		var c press.Column
		if c, ok = have.Columns[ident.Column(h.ID)]; ok {
			row.link = link{phrase: v.orgName(c.Titles), Href: v.prefix + c.Address(o.Path)}
		}
	case "page":
		var page press.PageRef
		if page, ok = have.Pages[ident.Page(h.ID)]; ok {
			row.link = v.pageLink(page)
		}
	default:
		row.link, row.Org = v.orgLink(o), link{}
	}
	return row, ok
}

// pieces are a snippet's, each in the script of the page.
func (v visit) pieces(h search.Hit, lang string) []piece {
	var out []piece
	for text, match := range h.Pieces() {
		out = append(out, piece{Text: v.convert(text, lang), Mark: match})
	}
	return out
}
