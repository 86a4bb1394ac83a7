package portal

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
)

// How much of each an organisation's page shows.
const (
	orgBranches = 24 // of each kind; the directory has all
	orgDigests  = 3
	orgComing   = 4
)

// organisation answers an organisation's own page.
func (p *Portal) organisation(w http.ResponseWriter, r *http.Request, s scene) error {
	ctx := r.Context()
	page := orgPage{
		Name: s.orgName(s.org.Names), Other: s.others(s.org.Names), Closed: s.org.Status == org.Closed,
		MoreNews: s.href(s.org.Path + "news/"), MoreTopics: s.href(s.org.Path + "topics/"),
	}
	if len(s.org.Founded) >= 4 {
		page.Founded = s.lang.T("portal.founded", fault.Args{"year": s.org.Founded[:4]})
	}
	kinds, err := p.kinds(ctx)
	if err != nil {
		return err
	}
	page.Kind = s.orgName(kinds[s.org.Kind].Names).Text
	if page.Into, err = p.mergedInto(ctx, s); err != nil {
		return err
	}
	profile, err := p.org.Profile(ctx, s.org.ID)
	if err != nil {
		return err
	}
	pictures, err := picturesOf(ctx, p.pictures, []string{profile.Picture})
	if err != nil {
		return err
	}
	page.Profile = s.profile(profile)
	page.Profile.Picture = pictures.address(profile.Picture, orgWidth)
	if err := p.fillOfficers(ctx, s, &page); err != nil {
		return err
	}
	news, err := p.press.ArticlesOf(ctx, press.ListParams{Path: s.org.Path, Below: true, Limit: recent})
	if err != nil {
		return err
	}
	page.News = s.cards(news.Cards[:min(len(news.Cards), orgNews)])
	if err := p.illustrate(ctx, page.News); err != nil {
		return err
	}
	if err := p.fillPress(ctx, s, &page); err != nil {
		return err
	}
	if err := p.fillTree(ctx, s, &page, holding{kinds, news.Cards}); err != nil {
		return err
	}
	crumbs, err := p.crumbs(ctx, s, false)
	if err != nil {
		return err
	}
	page.frame = p.frame(s.visit, leaf{
		Kind: "org", Title: page.Name.Text, Path: s.org.Path, Crumbs: crumbs, Feed: true, Picture: pictures.largest(profile.Picture),
		Description: s.describe(page),
	})
	return p.show(w, r, page)
}

// mergedInto leads to what the organisation became a part of.
func (p *Portal) mergedInto(ctx context.Context, s scene) (link, error) {
	if s.org.MergedInto == "" {
		return link{}, nil
	}
	into, err := p.org.Load(ctx, s.org.MergedInto)
	return s.orgLink(into), err
}

// fillOfficers names who holds an office now. Where offices are kept with their
// dates, they count, and what the profile says of officers does not: two lists would
// soon contradict each other.
func (p *Portal) fillOfficers(ctx context.Context, s scene, page *orgPage) error {
	held, err := p.holders.PublicOffices(ctx, s.org.ID, p.now().In(s.Zone).Format(time.DateOnly))
	if err != nil || len(held) == 0 {
		return err
	}
	page.Profile.Officers = nil
	for _, h := range held {
		page.Profile.Officers = append(page.Profile.Officers, officer{Name: s.orgName(h.Name), Title: s.orgName(h.Titles)})
	}
	return nil
}

// maxDescription is how many characters search engines show of a description.
const maxDescription = 150

// describe is the page in a sentence: the beginning of the introduction, where
// there is one in the page's language.
func (s scene) describe(page orgPage) string {
	if len(page.Profile.Intro) > 0 && page.Profile.Intro[0].Lang == "" {
		text := []rune(page.Profile.Intro[0].Text)
		return string(text[:min(len(text), maxDescription)])
	}
	return s.lang.T("portal.description", fault.Args{"name": page.Name.Text})
}

// fillPress adds what press knows of the organisation beside its news.
func (p *Portal) fillPress(ctx context.Context, s scene, page *orgPage) error {
	sums, err := p.press.TotalsBelow(ctx, s.org.Path)
	if err != nil {
		return err
	}
	page.Totals = s.sums(sums)
	if page.Topics, err = p.topicsHere(ctx, s); err != nil {
		return err
	}
	if page.Coming, err = p.coming(ctx, s, orgComing); err != nil {
		return err
	}
	digests, err := p.press.RecentDigests(ctx, s.org.Path, orgDigests)
	if err != nil {
		return err
	}
	for _, d := range digests {
		page.Digests = append(page.Digests, s.feature(d))
	}
	columns, err := p.press.Columns(ctx, s.org.ID)
	for _, c := range columns {
		page.Columns = append(page.Columns, link{phrase: s.orgName(c.Titles), Href: s.prefix + c.Address(s.org.Path)})
	}
	return err
}

// holding is what naming an organisation's branches needs.
type holding struct {
	kinds map[string]org.Kind
	news  []press.Card
}

// fillTree adds what hangs under the organisation and what stands beside it.
func (p *Portal) fillTree(ctx context.Context, s scene, page *orgPage, h holding) error {
	list, err := p.org.BranchesOf(ctx, s.org.ID, orgBranches)
	if err != nil {
		return err
	}
	for _, b := range list {
		kind := h.kinds[b.Kind]
		group := s.group(b, h)
		switch sortOf(kind) {
		case houseKind:
			group.Lone = true
			page.Houses = append(page.Houses, group)
		case abroadKind:
			group.Lone = true
			page.Abroad = append(page.Abroad, group)
		case bodyKind:
			page.Bodies = append(page.Bodies, group)
		default:
			page.Branches = append(page.Branches, group)
		}
	}
	below, err := p.org.CountKinds(ctx, org.DirectoryQuery{Of: s.org})
	if err != nil {
		return err
	}
	page.Below, page.Directory = s.below(below, h.kinds)
	page.Beside, err = p.beside(ctx, s)
	return err
}

// kindSort is where on an organisation's page a kind stands.
type kindSort int

// The sorts of kinds: branches of an area; bodies of the organisation's own;
// community houses; associations abroad.
const (
	branchKind kindSort = iota
	bodyKind
	houseKind
	abroadKind
)

// sortOf tells a kind's sort from its row: what in a name suggests it, and
// whether it has a level of its own. Associations abroad are a kind of that
// name in the presets; a federation whose rows have none lists them among the
// bodies.
func sortOf(k org.Kind) kindSort {
	switch {
	case k.Place == "house":
		return houseKind
	case k.Slug == "abroad":
		return abroadKind
	case k.Level == org.Floating:
		return bodyKind
	}
	return branchKind
}

// inOrder lists kinds from the root's level down, floating ones last.
func inOrder(kinds map[string]org.Kind) []org.Kind {
	return slices.SortedFunc(maps.Values(kinds), func(a, b org.Kind) int {
		return cmp.Or(cmp.Compare(uint(a.Level), uint(b.Level)), cmp.Compare(a.Slug, b.Slug))
	})
}

// group is an organisation's branches of one kind, with the latest news of each
// and, where there are more, the way to all.
func (s scene) group(b org.Branches, h holding) branchGroup {
	g := branchGroup{Kind: s.orgName(h.kinds[b.Kind].Names).Text, Count: s.lang.Number(b.Count)}
	for _, o := range b.First {
		g.Branches = append(g.Branches, s.branch(o, h.news))
	}
	if b.Count > len(b.First) {
		g.More = s.directory(url.Values{"kind": {b.Kind}})
		g.MoreText = s.lang.T("directory.all_of_kind", fault.Args{"count": s.lang.Number(b.Count), "kind": g.Kind})
	}
	return g
}

// directory is the address of the organisation's directory.
func (s scene) directory(query url.Values) string {
	return withQuery(s.href(s.org.Path+"orgs/"), query.Encode())
}

// more says how many linked organisations are not shown.
func (p orgPage) more(n int) string {
	return p.Lang.T("directory.and_more", fault.Args{"count": p.n(n)})
}

// below are how many of each kind hang below, at any depth, each with its way
// into the directory, and the directory as a whole. Where all that hangs below
// stands on the page already, there is nothing to add.
func (s scene) below(counts []org.KindCount, kinds map[string]org.Kind) (out []kindLink, whole string) {
	for _, kind := range inOrder(kinds) {
		for _, c := range counts {
			if c.Kind == kind.Slug {
				out = append(out, kindLink{
					Label: s.orgName(kind.Names), Count: s.lang.Number(c.Count), Href: s.directory(url.Values{"kind": {c.Kind}}),
				})
			}
		}
	}
	if len(out) > 0 {
		whole = s.directory(nil)
	}
	return out, whole
}

// shownAs is a relation as a page shows it: the links that begin or end at its
// organisation.
type shownAs struct {
	key      string
	relation org.Relation
	out, in  bool
}

func (r shownAs) holds(l org.Link, out bool) bool {
	return l.Relation == r.relation && (out && r.out || !out && r.in)
}

// relations are the links beside the tree in the order in which they are shown.
func relations() []shownAs {
	return []shownAs{
		{"directory.second_parents", org.SecondParent, true, false},
		{"directory.second_children", org.SecondParent, false, true},
		{"directory.affiliated_with", org.Affiliate, true, false},
		{"directory.affiliated", org.Affiliate, false, true},
		{"directory.twins", org.Twin, true, true},
	}
}

// beside are the organisations to which this one is linked beside the tree. A
// link gives neither rights nor an address: it is a name on a page.
func (p *Portal) beside(ctx context.Context, s scene) ([]linkGroup, error) {
	links, err := p.org.Links(ctx, s.org.ID)
	if err != nil || len(links) == 0 {
		return nil, err
	}
	var ids []ident.Org
	for _, l := range links {
		ids = append(ids, l.FromID, l.ToID)
	}
	orgs, err := p.org.ListByIDs(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []linkGroup
	for _, r := range relations() {
		if g := s.linked(r, links, orgs); len(g.Links) > 0 {
			out = append(out, g)
		}
	}
	return out, nil
}

// linked are the active organisations at the far ends of one relation's links.
func (s scene) linked(r shownAs, links []org.Link, orgs map[ident.Org]org.Organisation) linkGroup {
	g := linkGroup{Title: s.lang.T(r.key)}
	seen := map[ident.Org]bool{}
	for _, l := range links {
		far, out := l.FromID, l.FromID == s.org.ID
		if out {
			far = l.ToID
		}
		o, ok := orgs[far]
		if !ok || !r.holds(l, out) || o.Status == org.Closed || seen[far] {
			continue
		}
		seen[far] = true
		if len(g.Links) == orgBranches {
			g.Rest++
			continue
		}
		g.Links = append(g.Links, s.orgLink(o))
	}
	return g
}

// crumbs is the way from the federation to the organisation; with itself where
// the page is one of its parts.
func (p *Portal) crumbs(ctx context.Context, s scene, itself bool) ([]link, error) {
	above, err := p.org.Ancestors(ctx, s.org)
	if err != nil {
		return nil, err
	}
	if itself {
		above = append(above, s.org)
	}
	out := make([]link, 0, len(above))
	for _, o := range above {
		l := s.orgLink(o)
		if o.IsRoot() {
			l.phrase = phrase{Text: s.lang.T("page.front")} // its name stands above already
		}
		out = append(out, l)
	}
	return out, nil
}
