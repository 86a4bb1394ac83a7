package portal

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
)

// The directory lists what hangs below an organisation. Plain, it reads as the
// tree; narrowed by kind it becomes the list of houses with their hours, or of
// associations abroad by region. All of it is in the address.

// directory answers an organisation's directory.
func (p *Portal) directory(w http.ResponseWriter, r *http.Request, s scene) error {
	ctx := r.Context()
	kinds, err := p.kinds(ctx)
	if err != nil {
		return err
	}
	q, err := p.directoryQuery(ctx, s, kinds)
	if err != nil {
		return err
	}
	list, err := p.org.Directory(ctx, q)
	if err != nil {
		return err
	}
	page := directoryPage{Name: s.orgName(s.org.Names), Table: s.href(s.org.Path + sheetName), Asked: s.narrowing(q, list, kinds)}
	if err := p.fillDirectory(ctx, s, &page, listing{q, list, kinds}); err != nil {
		return err
	}
	crumbs, err := p.crumbs(ctx, s, true)
	if err != nil {
		return err
	}
	l := leaf{
		Kind: "directory", Title: page.Asked.Title + " · " + page.Name.Text, Path: s.org.Path + "orgs/", Crumbs: crumbs, NoIndex: page.Asked.Narrowed,
		Description: s.lang.T("directory.description", fault.Args{"name": page.Name.Text, "count": s.lang.Number(list.Total)}),
		Query:       s.question(q, "").Encode(),
	}
	page.frame = p.frame(s.visit, l)
	return p.show(w, r, page)
}

// directoryQuery reads the question from the address. What means nothing is not
// asked; a branch or a page that is not there is not found.
func (p *Portal) directoryQuery(ctx context.Context, s scene, kinds map[string]org.Kind) (org.DirectoryQuery, error) {
	q := org.DirectoryQuery{Of: s.org, Words: clean(s.query.Get("q")), Closed: s.query.Get("state") == "closed"}
	if kind, ok := kinds[s.query.Get("kind")]; ok {
		q.Kind = kind.Slug
	}
	switch order := org.Order(s.query.Get("order")); {
	case order == org.BySound:
		q.Order = order
	case sortOf(kinds[q.Kind]) == abroadKind && q.Kind != "":
		q.Order = org.ByRegion
	}
	if after := s.query.Get("after"); after != "" {
		id, err := ident.Parse[ident.Org](after)
		if err != nil {
			return q, notFound()
		}
		q.After = id
	}
	if under := s.query.Get("under"); under != "" {
		if !plain(under) {
			return q, notFound()
		}
		branch, err := p.org.ByPath(ctx, s.org.Path+under)
		if err != nil {
			return q, err
		}
		q.Under = branch
	}
	return q, nil
}

// question writes a question as it stands in an address, on the page after the
// given entry.
func (s scene) question(q org.DirectoryQuery, after ident.Org) url.Values {
	out := url.Values{}
	set := func(name, value string) {
		if value != "" {
			out.Set(name, value)
		}
	}
	set("q", q.Words)
	set("kind", q.Kind)
	set("under", q.Under.Slug)
	if q.Order == org.BySound {
		set("order", string(q.Order))
	}
	if q.Closed {
		set("state", "closed")
	}
	if after == "" {
		after = q.After
	}
	set("after", string(after))
	return out
}

// narrowed says whether the list leaves anything out or stands in an order of
// its own: such pages have no end, so search engines are not given them.
func narrowed(q org.DirectoryQuery) bool {
	return q.Words != "" || q.Kind != "" || q.Under.ID != "" || q.Closed || q.Order != org.InTree
}

// narrowing is the question as the page shows it, with the ways to narrow the list.
func (s scene) narrowing(q org.DirectoryQuery, list org.Directory, kinds map[string]org.Kind) narrowing {
	q.After = ""
	out := narrowing{
		Title: s.lang.T("directory.title"), Action: s.directory(nil), Words: q.Words, Kind: q.Kind, Closed: q.Closed, BySound: q.Order == org.BySound,
		Narrowed: narrowed(q), Total: s.lang.T("directory.total", fault.Args{"count": s.lang.Number(list.Total)}),
	}
	if q.Kind != "" {
		out.Title = s.orgName(kinds[q.Kind].Names).Text
	}
	if list.Total == 1 {
		out.Total = s.lang.T("directory.total_one")
	}
	all := q
	all.Kind = ""
	if q.Order == org.ByRegion {
		all.Order = org.InTree
	}
	whole := 0
	for _, kind := range inOrder(kinds) {
		for _, c := range list.Kinds {
			if c.Kind != kind.Slug {
				continue
			}
			whole += c.Count
			one := all
			one.Kind = c.Kind
			out.Kinds = append(out.Kinds, kindLink{
				Label: s.orgName(kind.Names), Count: s.lang.Number(c.Count), Href: s.directory(s.question(one, "")), Current: c.Kind == q.Kind,
			})
		}
	}
	if len(out.Kinds) > 1 || q.Kind != "" {
		first := kindLink{Label: phrase{Text: s.lang.T("directory.all_kinds")}, Count: s.lang.Number(whole), Href: s.directory(s.question(all, "")), Current: q.Kind == ""}
		out.Kinds = append([]kindLink{first}, out.Kinds...)
	}
	for _, b := range list.Branches {
		out.Branches = append(out.Branches, branchOption{
			Slug: b.Slug, Name: s.orgName(b.Names), Count: s.lang.Number(b.Count), Chosen: b.ID == q.Under.ID,
		})
	}
	return out
}

// listing is a question with its answer.
type listing struct {
	q     org.DirectoryQuery
	list  org.Directory
	kinds map[string]org.Kind
}

// fillDirectory adds the entries and the ways to other pages.
func (p *Portal) fillDirectory(ctx context.Context, s scene, page *directoryPage, l listing) error {
	ids := make([]ident.Org, 0, len(l.list.Entries))
	for _, e := range l.list.Entries {
		ids = append(ids, e.ID)
	}
	latest, err := p.press.LatestOf(ctx, ids)
	if err != nil {
		return err
	}
	above, err := p.org.ByPaths(ctx, pathsAbove(l.list.Entries, s.org.Path))
	if err != nil {
		return err
	}
	page.Form = l.view()
	region := ""
	for i, e := range l.list.Entries {
		item := s.entry(e, above, page.Form)
		item.Kind, item.Latest = s.orgName(l.kinds[e.Kind].Names).Text, latest[e.ID]
		if page.Form != treeView || i == 0 {
			item.Above = s.above(e, above)
		}
		if named := item.Region.Text; page.Form == regionView && (i == 0 || named != region) {
			region = named
			page.Groups = append(page.Groups, entryGroup{Region: s.regionName(item.Region)})
		} else if i == 0 {
			page.Groups = append(page.Groups, entryGroup{})
		}
		last := &page.Groups[len(page.Groups)-1]
		last.Entries = append(last.Entries, item)
	}
	if l.q.After != "" {
		first := l.q
		first.After = ""
		page.First = s.directory(s.question(first, ""))
	}
	if l.list.Next != "" {
		page.Next = s.directory(s.question(l.q, l.list.Next))
	}
	return nil
}

// view is how a list is set.
func (l listing) view() directoryView {
	switch kind := l.kinds[l.q.Kind]; {
	case l.q.Kind != "" && sortOf(kind) == houseKind:
		return houseView
	case l.q.Order == org.ByRegion:
		return regionView
	case l.q.Kind != "" || l.q.Words != "" || l.q.Closed || l.q.Order != org.InTree:
		return flatView
	}
	return treeView
}

// entry is one organisation of the list.
func (s scene) entry(e org.Entry, above map[string]org.Organisation, view directoryView) entry {
	out := entry{link: s.orgLink(e.Organisation), profile: s.profile(e.Profile), Closed: e.Status == org.Closed}
	if view == treeView {
		out.In = min(strings.Count(e.Path[len(s.org.Path):], "/")-1, maxIndent)
		if o, ok := above[upOf(e.Path)]; ok {
			out.Parent = s.orgName(o.Names)
		}
	}
	return out
}

// maxIndent is how far an entry moves in; what hangs deeper stands no further.
const maxIndent = 4

// upOf is the path of what an organisation hangs under.
func upOf(path string) string {
	return path[:strings.LastIndexByte(strings.TrimSuffix(path, "/"), '/')+1]
}

// pathsAbove are the places between the directory's organisation and its entries.
func pathsAbove(list []org.Entry, top string) map[string]bool {
	out := map[string]bool{}
	for _, e := range list {
		for up := upOf(e.Path); len(up) > len(top); up = upOf(up) {
			out[up] = true
		}
	}
	return out
}

// above is the way from the directory's organisation to an entry.
func (s scene) above(e org.Entry, orgs map[string]org.Organisation) []phrase {
	var out []phrase
	for up := upOf(e.Path); len(up) > len(s.org.Path); up = upOf(up) {
		if o, ok := orgs[up]; ok {
			out = append([]phrase{s.orgName(o.Names)}, out...)
		}
	}
	return out
}

// regionName is the heading of a region; associations without one come last.
func (s scene) regionName(region phrase) phrase {
	if region.Text == "" {
		return phrase{Text: s.lang.T("directory.no_region")}
	}
	return region
}

// indent is the end of the class by which an entry moves in.
func (p directoryPage) indent(e entry) string { return strconv.Itoa(e.In) }
