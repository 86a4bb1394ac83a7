package office

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
)

// orgVisit is a request about one organisation, with what its pages show around
// their content.
type orgVisit struct {
	visit
	org   org.Organisation
	above []org.Organisation // the root first
	kinds map[string]org.Kind
}

// visitOrg reads who asks about which organisation.
func (o *Office) visitOrg(r *http.Request) (v orgVisit, err error) {
	if v.visit, err = o.visit(r); err != nil {
		return v, err
	}
	id, err := ident.Parse[ident.Org](r.PathValue("org"))
	if err != nil {
		return v, fault.Because(err, fault.NotFound, "page.not_found", nil)
	}
	if v.org, err = o.Org.Load(r.Context(), id); err != nil {
		return v, err
	}
	if v.above, err = o.Org.Ancestors(r.Context(), v.org); err != nil {
		return v, err
	}
	v.kinds, err = o.kinds(r.Context())
	return v, err
}

// kinds are the kinds of organisations by their slugs.
func (o *Office) kinds(ctx context.Context) (map[string]org.Kind, error) {
	list, err := o.Org.Kinds(ctx)
	out := make(map[string]org.Kind, len(list))
	for _, k := range list {
		out[k.Slug] = k
	}
	return out, err
}

// kind is what a kind is called.
func (v orgVisit) kind(slug string) string { return v.kinds[slug].Names.In(v.lang) }

// orgFrame is the frame of a page about one organisation: the crumbs lead up as
// far as the reader may go.
func (o *Office) orgFrame(v orgVisit, title string) frame {
	f := o.frame(v.visit, "orgs", title)
	f.Crumbs = append(f.Crumbs, link{v.lang.T("office.area_orgs"), "/office/orgs"})
	for _, one := range v.above {
		if v.can(access.OrgView, one.Path) {
			f.Crumbs = append(f.Crumbs, link{one.Name(v.lang), orgHref(one.ID)})
		}
	}
	if title != v.org.Name(v.lang) {
		f.Crumbs = append(f.Crumbs, link{v.org.Name(v.lang), orgHref(v.org.ID)})
	}
	return f
}

// within writes where an organisation hangs: its ancestors' names.
func (v orgVisit) within() string {
	names := make([]string, 0, len(v.above))
	for _, one := range v.above {
		names = append(names, one.Name(v.lang))
	}
	return strings.Join(names, " › ")
}

// plain says a refusal of the tree with the names of kinds in place of their
// slugs, which nobody but the address bar knows.
func plain(v visit, kinds map[string]org.Kind, err error) error {
	e := fault.As(err)
	if e == nil {
		return err
	}
	args := fault.Args{}
	for name, value := range e.Args {
		slug, _ := value.(string)
		if k, ok := kinds[slug]; ok && (name == "kind" || name == "parent") {
			value = k.Names.In(v.lang)
		}
		args[name] = value
	}
	return fault.Because(err, e.Kind, e.Key, args)
}

// why explains in one line why the reader may not do something at a place, or
// is "" where she may.
func (v visit) why(action access.Action, path string) string {
	d := access.Can(v.now, v.actor, action, access.Place{Path: path})
	if d.Allowed {
		return ""
	}
	return v.lang.T(d.Reason.Key())
}

// choice is an organisation that can be chosen.
type choice struct {
	Name, Within, Kind, Href string
}

// chooseQuery is a search for an organisation, or the one that was chosen.
type chooseQuery struct {
	Q        string `form:"q,max=300"`
	To       string `form:"to,max=26"`
	Relation string `form:"relation,max=20"`
}

// chosen is the organisation that the query names, if it names any.
func (o *Office) chosen(ctx context.Context, q chooseQuery) (to org.Organisation, ok bool, err error) {
	if q.To == "" {
		return to, false, nil
	}
	id, err := ident.Parse[ident.Org](q.To)
	if err != nil {
		return to, false, fault.Because(err, fault.NotFound, "page.not_found", nil)
	}
	to, err = o.Org.Load(ctx, id)
	return to, err == nil, err
}

// shownChoices is how many organisations a search offers.
const shownChoices = 30

// chooser lets the reader look for an organisation.
type chooser struct {
	Words   string
	Label   string
	Asked   bool // something was looked for
	Choices []choice
	More    bool
}

// wanted is what organisation is looked for: where, by which words, and which fit.
type wanted struct {
	in    access.Scope
	words string
	fits  func(org.Organisation) bool
}

// choose looks for organisations.
func (o *Office) choose(ctx context.Context, v orgVisit, want wanted) (c chooser, err error) {
	found, err := o.Org.FindIn(ctx, want.in, want.words, 200)
	if err != nil {
		return c, err
	}
	c.Words, c.Asked = want.words, true
	found = slices.DeleteFunc(found, func(one org.Organisation) bool { return !want.fits(one) })
	if c.More = len(found) > shownChoices; c.More {
		found = found[:shownChoices]
	}
	above := map[string]bool{}
	for _, one := range found {
		markAbove(above, one.Path)
	}
	names, err := o.Org.ByPaths(ctx, above)
	for _, one := range found {
		c.Choices = append(c.Choices, choice{
			Name: one.Name(v.lang), Kind: v.kind(one.Kind), Within: lineOf(v, names, one.Path), Href: "?to=" + string(one.ID),
		})
	}
	return c, err
}

// markAbove notes the paths of what stands above a path, the root left out.
func markAbove(above map[string]bool, path string) {
	for at := range path {
		if path[at] == '/' && at < len(path)-1 {
			above[path[:at+1]] = true
		}
	}
}

// lineOf names what stands above a path, the root left out.
func lineOf(v orgVisit, names map[string]org.Organisation, path string) string {
	var line []string
	for at := range path {
		if path[at] == '/' && at < len(path)-1 {
			if one, ok := names[path[:at+1]]; ok {
				line = append(line, one.Name(v.lang))
			}
		}
	}
	return strings.Join(line, " › ")
}

// orgDone leads to an organisation's page with a notice.
func orgDone(w http.ResponseWriter, r *http.Request, id ident.Org, query, what string) error {
	return done(w, r, orgHref(id)+query, what)
}

// orgID is the organisation that the address names; the route has checked it.
func orgID(r *http.Request) ident.Org { return ident.Org(r.PathValue("org")) }
