package api

import (
	"context"
	"slices"
	"time"

	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
)

// Names is a name in the languages it was given in.
type Names struct {
	Hant string `json:"zh-Hant,omitempty"`
	Hans string `json:"zh-Hans,omitempty"`
	En   string `json:"en,omitempty"`
}

func names(n org.Names) Names { return Names{Hant: n.Hant, Hans: n.Hans, En: n.En} }

// OrgRef is enough of an organisation to link to it.
type OrgRef struct {
	ID    ident.Org `json:"id"`
	Path  string    `json:"path"`
	Name  string    `json:"name"`
	Names Names     `json:"names"`
	Self  string    `json:"self" format:"uri-reference"`
	URL   string    `json:"url" format:"uri-reference"`
}

// Org is an organisation in a list.
type Org struct {
	OrgRef
	Parent    ident.Org  `json:"parent,omitempty"`
	Slug      string     `json:"slug"`
	Kind      string     `json:"kind"`
	KindLabel string     `json:"kind_label"`
	Position  int        `json:"position"`
	Status    string     `json:"status" enum:"active,closed"`
	Founded   string     `json:"founded,omitempty"`
	ClosedAt  *time.Time `json:"closed_at,omitempty"`
}

// OrgLink is a relation to another organisation beside the tree.
type OrgLink struct {
	Relation string `json:"relation" enum:"affiliate,twin,second-parent"`
	Outward  bool   `json:"outward"`
	Org      OrgRef `json:"org"`
}

// OrgDetail is an organisation with its place among others.
type OrgDetail struct {
	Org
	Lang      string    `json:"lang"`
	Ancestors []OrgRef  `json:"ancestors"`
	Links     []OrgLink `json:"links"`
	Columns   []Column  `json:"columns"`
	Pages     []PageRef `json:"pages"`
}

// orgRef links to an organisation.
func (s scene) orgRef(id ident.Org, path string, n org.Names) OrgRef {
	return OrgRef{ID: id, Path: path, Name: s.name(n), Names: names(n), Self: s.api("orgs/" + string(id)), URL: s.page("/" + path)}
}

func (s scene) ref(o org.Organisation) OrgRef { return s.orgRef(o.ID, o.Path, o.Names) }

// labels are the kinds of organisations by their slugs.
type labels map[string]org.Kind

func (a *API) labels(ctx context.Context) (labels, error) {
	kinds, err := a.org.Kinds(ctx)
	out := make(labels, len(kinds))
	for _, k := range kinds {
		out[k.Slug] = k
	}
	return out, err
}

func (s scene) org(o org.Organisation, kinds labels) Org {
	return Org{
		OrgRef: s.ref(o), Parent: o.ParentID, Slug: o.Slug, Kind: o.Kind, KindLabel: s.name(kinds[o.Kind].Names),
		Position: o.Position, Status: string(o.Status), Founded: o.Founded, ClosedAt: stamp(o.ClosedAt.Time),
	}
}

// stamp is an instant, nil for none.
func stamp(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// ListOrgs are the parameters of the list of organisations.
type ListOrgs struct {
	Tongue
	Paging
	Under  string `query:"under" format:"path" pattern:"^[a-z0-9/-]*$" maxLength:"1000"`
	Kind   string `query:"kind" format:"slug" pattern:"^[a-z0-9-]+$" maxLength:"80"`
	Status string `query:"status" enum:"active,closed"`
}

func (a *API) listOrgs(ctx context.Context, s scene, in *ListOrgs) (List[Org], error) {
	path, err := a.under(ctx, in.Under)
	if err != nil {
		return List[Org]{}, err
	}
	return a.orgs(ctx, s, org.ListParams{Under: path, Kind: in.Kind, Status: org.Status(in.Status), Limit: in.Limit, After: in.After})
}

// ListChildren are the parameters of the list of an organisation's children.
type ListChildren struct {
	Tongue
	Paging
	ID string `path:"id" format:"ulid" pattern:"^[0-7][0-9a-hjkmnp-tv-z]{25}$"`
}

func (a *API) listChildren(ctx context.Context, s scene, in *ListChildren) (List[Org], error) {
	o, err := a.org.Load(ctx, ident.Org(in.ID))
	if err != nil {
		return List[Org]{}, err
	}
	return a.orgs(ctx, s, org.ListParams{Under: o.Path, Parent: o.ID, Limit: in.Limit, After: in.After})
}

// orgs is one page of organisations.
func (a *API) orgs(ctx context.Context, s scene, q org.ListParams) (List[Org], error) {
	found, err := a.org.List(ctx, q)
	if err != nil {
		return List[Org]{}, blame("after", err)
	}
	kinds, err := a.labels(ctx)
	if err != nil {
		return List[Org]{}, err
	}
	items := make([]Org, 0, len(found.Organisations))
	for _, o := range found.Organisations {
		items = append(items, s.org(o, kinds))
	}
	return list(s, items, found.Next), nil
}

// ByID are the parameters of one record.
type ByID struct {
	Tongue
	ID string `path:"id" format:"ulid" pattern:"^[0-7][0-9a-hjkmnp-tv-z]{25}$"`
}

func (a *API) getOrg(ctx context.Context, s scene, in *ByID) (OrgDetail, error) {
	o, err := a.org.Load(ctx, ident.Org(in.ID))
	if err != nil {
		return OrgDetail{}, err
	}
	kinds, err := a.labels(ctx)
	if err != nil {
		return OrgDetail{}, err
	}
	out := OrgDetail{Org: s.org(o, kinds), Lang: string(s.lang)}
	out.Self = s.self()
	above, err := a.org.Ancestors(ctx, o)
	if err != nil {
		return OrgDetail{}, err
	}
	for _, up := range above {
		out.Ancestors = append(out.Ancestors, s.ref(up))
	}
	if out.Links, err = a.links(ctx, s, o.ID); err != nil {
		return OrgDetail{}, err
	}
	columns, err := a.press.Columns(ctx, o.ID)
	if err != nil {
		return OrgDetail{}, err
	}
	for _, c := range columns {
		out.Columns = append(out.Columns, s.column(press.ColumnLine{Column: c, OrgPath: o.Path, OrgNames: o.Names}))
	}
	pages, err := a.press.Pages(ctx, o.ID)
	for _, p := range pages {
		out.Pages = append(out.Pages, s.pageRef(p))
	}
	out.Ancestors, out.Links, out.Columns, out.Pages = full(out.Ancestors), full(out.Links), full(out.Columns), full(out.Pages)
	return out, err
}

// full is the list, never null.
func full[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// links are an organisation's relations beside the tree.
func (a *API) links(ctx context.Context, s scene, id ident.Org) ([]OrgLink, error) {
	found, err := a.org.Links(ctx, id)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	var others []ident.Org
	for _, l := range found {
		others = append(others, other(l, id))
	}
	orgs, err := a.org.ListByIDs(ctx, others)
	out := make([]OrgLink, 0, len(found))
	for _, l := range found {
		if o, ok := orgs[other(l, id)]; ok {
			out = append(out, OrgLink{Relation: string(l.Relation), Outward: l.FromID == id, Org: s.ref(o)})
		}
	}
	return out, err
}

// other is the far end of a link.
func other(l org.Link, id ident.Org) ident.Org {
	if l.FromID == id {
		return l.ToID
	}
	return l.FromID
}

// Kind is a kind of organisation.
type Kind struct {
	Slug     string   `json:"slug"`
	Label    string   `json:"label"`
	Names    Names    `json:"names"`
	Level    int      `json:"level" minimum:"0"`
	Floating bool     `json:"floating"`
	Holds    []string `json:"holds"`
}

func (a *API) listKinds(ctx context.Context, s scene, _ *Tongue) (List[Kind], error) {
	kinds, err := a.org.Kinds(ctx)
	if err != nil {
		return List[Kind]{}, err
	}
	items := make([]Kind, 0, len(kinds))
	for _, k := range kinds {
		items = append(items, Kind{
			Slug: k.Slug, Label: s.name(k.Names), Names: names(k.Names), Level: max(k.Level, 0),
			Floating: k.Level == org.Floating, Holds: full(slices.Clone(k.Holds)),
		})
	}
	return list(s, items, ""), nil
}

// Federation is the way in: what this site is, and where its lists are.
type Federation struct {
	Org       OrgRef   `json:"org"`
	Self      string   `json:"self" format:"uri-reference"`
	URL       string   `json:"url" format:"uri-reference"`
	Lang      string   `json:"lang"`
	Language  string   `json:"language"`
	Languages []string `json:"languages"`
	Zone      string   `json:"zone"`
	Version   string   `json:"version"`
	Links     Entries  `json:"links"`
}

// Entries are the addresses of the lists.
type Entries struct {
	Orgs     string `json:"orgs" format:"uri-reference"`
	Kinds    string `json:"kinds" format:"uri-reference"`
	Columns  string `json:"columns" format:"uri-reference"`
	Articles string `json:"articles" format:"uri-reference"`
	Topics   string `json:"topics" format:"uri-reference"`
	Pages    string `json:"pages" format:"uri-reference"`
	Search   string `json:"search" format:"uri-reference"`
	OpenAPI  string `json:"openapi" format:"uri-reference"`
	Docs     string `json:"docs" format:"uri-reference"`
}

func (a *API) federation(ctx context.Context, s scene, _ *Tongue) (Federation, error) {
	root, err := a.org.ByPath(ctx, "")
	if err != nil {
		return Federation{}, err
	}
	return Federation{
		Org: s.ref(root), Self: s.self(), URL: s.page("/"), Lang: string(s.lang), Language: string(s.Lang),
		Languages: languages(), Zone: s.Zone, Version: version,
		Links: Entries{
			Orgs: s.api("orgs"), Kinds: s.api("kinds"), Columns: s.api("columns"), Articles: s.api("articles"), Topics: s.api("topics"),
			Pages: s.api("pages"), Search: s.api("search"), OpenAPI: s.page("/api/openapi.json"), Docs: s.page("/api/"),
		},
	}, nil
}
