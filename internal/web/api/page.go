package api

import (
	"context"
	"time"

	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/press"
)

// PageRef is a standing page in a list: a text that stands instead of being
// news.
type PageRef struct {
	ID        ident.Page `json:"id"`
	Slug      string     `json:"slug"`
	Title     string     `json:"title"`
	Lang      string     `json:"lang"`
	WrittenIn string     `json:"written_in"`
	Position  int        `json:"position"`
	UpdatedAt time.Time  `json:"updated_at"`
	Org       ident.Org  `json:"org"`
	Self      string     `json:"self" format:"uri-reference"`
	URL       string     `json:"url" format:"uri-reference"`
}

// Page is a standing page with its text.
type Page struct {
	PageRef
	Body     *Body     `json:"body,omitempty"`
	Pictures []Picture `json:"pictures"`
}

func (s scene) pageRef(p press.PageRef) PageRef {
	return PageRef{
		ID: p.ID, Slug: p.Slug, Title: s.text(p.Title, p.Lang), Lang: string(s.shown(p.Lang)), WrittenIn: string(p.Lang),
		Position: p.Position, UpdatedAt: p.UpdatedAt.UTC(), Org: p.OrgID, Self: s.api("pages/" + string(p.ID)), URL: s.page(p.Address()),
	}
}

// ListPages are the parameters of the list of standing pages.
type ListPages struct {
	Tongue
	Paging
	Org string `query:"org" format:"ulid" pattern:"^[0-7][0-9a-hjkmnp-tv-z]{25}$"`
}

func (a *API) listPages(ctx context.Context, s scene, in *ListPages) (List[PageRef], error) {
	found, err := a.press.PageList(ctx, press.PageListParams{Org: ident.Org(in.Org), Limit: in.Limit, After: in.After})
	if err != nil {
		return List[PageRef]{}, blame("after", err)
	}
	items := make([]PageRef, 0, len(found.Pages))
	for _, p := range found.Pages {
		items = append(items, s.pageRef(p))
	}
	return list(s, items, found.Next), nil
}

func (a *API) getPage(ctx context.Context, s scene, in *ReadByID) (Page, error) {
	found, err := a.press.PageByID(ctx, ident.Page(in.ID))
	if err != nil {
		return Page{}, err
	}
	o, err := a.org.Load(ctx, found.Org)
	if err != nil {
		return Page{}, err
	}
	ref := press.PageRef{
		ID: found.ID, OrgID: found.Org, OrgPath: o.Path, Slug: found.Slug, Lang: found.Lang, Title: found.Title,
		Position: found.Position, UpdatedAt: found.UpdatedAt,
	}
	if err := a.look(ctx, &s, namedIn(found.Body)); err != nil {
		return Page{}, err
	}
	out := Page{PageRef: s.pageRef(ref), Pictures: s.pictures(found.Body, found.Lang)}
	out.Self = s.self()
	out.Body, err = s.body(found.Body, leaf{lang: found.Lang, at: ref.Address(), form: in.Form})
	return out, err
}
