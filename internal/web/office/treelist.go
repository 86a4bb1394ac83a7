package office

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// treeQuery says which part of the tree to show, or what to look for in it.
type treeQuery struct {
	At    string `form:"at,max=26"`
	Q     string `form:"q,max=300"`
	Kind  string `form:"kind,max=63"`
	State string `form:"state,max=10"`
	After string `form:"after,max=26"`
	Skip  int    `form:"skip"`
}

// asks says whether something is looked for.
func (q treeQuery) asks() bool { return q.Q != "" || q.Kind != "" || q.State != "" }

// treeNode is an organisation as the tree shows it.
type treeNode struct {
	ID     string
	Name   string
	Kind   string
	Within string // where it hangs, in a list of what was found
	Below  int
	Closed bool
	Href   string // its page
	Open   string // address of what hangs under it
	Moves  bool   // the reader may hang it elsewhere
}

// treePage shows what hangs under one organisation, or what was found below it.
type treePage struct {
	frame
	Query   treeQuery
	Top     treeNode
	Context []link // what stands above; without an address where it is not the reader's
	Tops    []link // the other parts of the tree that are hers
	Kinds   []link // kinds by slug
	Nodes   []treeNode
	Total   int
	Next    string
	Prev    string
	AddHref string
	May     []link // what may be done with the whole
}

// shownNodes is how many organisations a page of the tree has.
const shownNodes = 200

// treePage answers /office/orgs.
func (o *Office) treePage(w http.ResponseWriter, r *http.Request) error {
	q := kit.ReadInput[treeQuery](r)
	visited, err := o.visit(r)
	if err != nil {
		return err
	}
	v := orgVisit{visit: visited}
	if v.kinds, err = o.kinds(r.Context()); err != nil {
		return err
	}
	tops, err := o.tops(r.Context(), v)
	if err != nil {
		return err
	}
	if v.org = tops[0]; q.At != "" {
		if v.org, err = o.Org.Load(r.Context(), ident.Org(q.At)); err != nil {
			return err
		}
	}
	if err := access.Can(v.now, v.actor, access.OrgView, access.Place{Path: v.org.Path}).Err(); err != nil {
		return err
	}
	if v.above, err = o.Org.Ancestors(r.Context(), v.org); err != nil {
		return err
	}
	p := o.tree(v, q, tops)
	if q.asks() {
		err = o.found(r.Context(), v, &p)
	} else {
		err = o.level(r.Context(), v, &p)
	}
	if err != nil {
		return err
	}
	return o.show(w, r, p)
}

// tops are the highest organisations of the reader's scope, in the order of the tree.
func (o *Office) tops(ctx context.Context, v orgVisit) ([]org.Organisation, error) {
	scope := access.ScopeOf(v.now, v.actor, access.OrgView)
	paths := map[string]bool{}
	for _, path := range append(slices.Clone(scope.Below), scope.Here...) {
		paths[path] = true
	}
	byPath, err := o.Org.ByPaths(ctx, paths)
	if err != nil {
		return nil, err
	}
	var out []org.Organisation
	for _, one := range byPath {
		out = append(out, one)
	}
	slices.SortFunc(out, func(a, b org.Organisation) int { return cmp.Compare(a.TreeOrder, b.TreeOrder) })
	if len(out) == 0 {
		return nil, fault.New(fault.NotFound, "page.not_found", nil)
	}
	return out, nil
}

// tree is the page around what is listed.
func (o *Office) tree(v orgVisit, q treeQuery, tops []org.Organisation) treePage {
	p := treePage{frame: o.frame(v.visit, "orgs", v.lang.T("tree.title")), Query: q, Top: v.node(org.Node{Organisation: v.org})}
	for _, one := range v.above {
		l := link{Text: one.Name(v.lang)}
		if v.can(access.OrgView, one.Path) {
			l.Href = treeHref(one.ID)
		}
		p.Context = append(p.Context, l)
	}
	if len(tops) > 1 {
		for _, one := range tops {
			p.Tops = append(p.Tops, link{one.Name(v.lang), treeHref(one.ID)})
		}
	}
	for _, k := range v.kinds {
		p.Kinds = append(p.Kinds, link{k.Names.In(v.lang), k.Slug})
	}
	slices.SortFunc(p.Kinds, func(a, b link) int {
		return cmp.Or(cmp.Compare(uint(v.kinds[a.Href].Level), uint(v.kinds[b.Href].Level)), cmp.Compare(a.Href, b.Href))
	})
	if v.can(access.OrgAdd, v.org.Path) && v.org.Status == org.Active {
		p.AddHref = orgHref(v.org.ID) + "/add"
	}
	if v.can(access.OrgRules, "") {
		p.May = append(p.May, link{v.lang.T("tree.kinds"), "/office/kinds"})
	}
	return p
}

func treeHref(id ident.Org) string { return "/office/orgs?at=" + string(id) }

// node is an organisation as the tree shows it.
func (v orgVisit) node(n org.Node) treeNode {
	one := treeNode{
		ID: string(n.ID), Name: n.Name(v.lang), Kind: v.kind(n.Kind), Below: n.Below, Closed: n.Status == org.Closed, Href: orgHref(n.ID), Open: treeHref(n.ID),
	}
	one.Moves = !n.IsRoot() && v.can(access.OrgMove, n.Path)
	return one
}

// level lists what hangs directly under the organisation, as far as it is the
// reader's.
func (o *Office) level(ctx context.Context, v orgVisit, p *treePage) error {
	skip := max(p.Query.Skip, 0)
	l, err := o.Org.LevelOf(ctx, v.org.ID, skip, shownNodes)
	if err != nil {
		return err
	}
	for _, n := range l.Nodes {
		if v.can(access.OrgView, n.Path) {
			p.Nodes = append(p.Nodes, v.node(n))
		}
	}
	if p.Total, err = o.Org.CountBelow(ctx, v.org.Path); err != nil {
		return err
	}
	if l.Next > 0 {
		p.Next = treeHref(v.org.ID) + "&skip=" + strconv.Itoa(l.Next)
	}
	if skip > 0 {
		p.Prev = treeHref(v.org.ID) + "&skip=" + strconv.Itoa(max(skip-shownNodes, 0))
	}
	return nil
}

// found lists what fits the question, wherever below it hangs.
func (o *Office) found(ctx context.Context, v orgVisit, p *treePage) error {
	q := p.Query
	if !v.can(access.OrgView, v.org.Path+"below/") {
		return nil // only the organisation itself is hers, not what hangs under it
	}
	d, err := o.Org.Directory(ctx, org.DirectoryQuery{
		Of: v.org, Kind: q.Kind, Words: q.Q, Closed: q.State == "closed", After: ident.Org(q.After), Limit: shownNodes,
	})
	if err != nil {
		return err
	}
	above := map[string]bool{}
	for _, e := range d.Entries {
		markAbove(above, e.Path)
	}
	names, err := o.Org.ByPaths(ctx, above)
	if err != nil {
		return err
	}
	p.Total = d.Total
	for _, e := range d.Entries {
		n := v.node(org.Node{Organisation: e.Organisation})
		n.Within = lineOf(v, names, e.Path)
		p.Nodes = append(p.Nodes, n)
	}
	if d.Next != "" {
		next := url.Values{"at": {string(v.org.ID)}, "q": {q.Q}, "kind": {q.Kind}, "state": {q.State}, "after": {string(d.Next)}}
		for name, values := range next {
			if values[0] == "" {
				delete(next, name)
			}
		}
		p.Next = "/office/orgs?" + next.Encode()
	}
	return nil
}

// count writes how many hang below.
func (f frame) count(n int) string {
	if n == 1 {
		return f.t("tree.below_one")
	}
	return f.t("tree.below_many", fault.Args{"count": f.Lang.Number(n)})
}

// joined puts texts side by side with a dot between them.
func joined(texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return s == "" }), " · ")
}
