package office

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// undoQuery is what was just done to an organisation, so that it can be taken
// back: which form would do that, and with which values.
type undoQuery struct {
	Undo    string `form:"undo,max=10"`
	To      string `form:"to,max=26"`
	Slug    string `form:"slug,max=63"`
	Hant    string `form:"hant,max=1200"`
	Hans    string `form:"hans,max=1200"`
	En      string `form:"en,max=1200"`
	Kind    string `form:"kind,max=63"`
	Founded string `form:"founded,max=20"`
}

// fact is something that is known.
type fact struct {
	Label string
	Text  string
	Lines []string
	Href  string
	Lang  string
}

// linked is a relation beside the tree.
type linked struct {
	ID       string
	Relation string
	Name     string
	Within   string
	Href     string
}

// orgPage is an organisation's page in the office.
type orgPage struct {
	frame
	ID     string
	Closed string // since when, or ""
	Kind   string
	Facts  []fact
	Deeds  []link
	// Refused are things that the reader may not do, by the reason.
	Refused []fact
	Links   []linked
	Nodes   []treeNode
	More    string // address of all that hangs below
	Trail   string // what happened here; "" where the reader may not see it
	Below   int
	Undo    []hidden
	UndoTo  string // where the form that takes back goes
}

// hidden is a value that a form carries along.
type hidden struct{ Name, Value string }

// shownBelow is how many of those below stand on an organisation's own page.
const shownBelow = 12

// orgPage answers /office/orgs/{org}.
func (o *Office) orgPage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visitOrg(r)
	if err != nil {
		return err
	}
	p := orgPage{frame: o.orgFrame(v, v.org.Name(v.lang)), ID: string(v.org.ID), Kind: v.kind(v.org.Kind)}
	p.Deeds, p.Refused = v.deeds()
	if v.org.Status == org.Closed {
		p.Closed = p.day(v.org.ClosedAt.Time)
	}
	profile, err := o.Org.Profile(r.Context(), v.org.ID)
	if err != nil {
		return err
	}
	p.Facts = slices.Concat(v.facts(p.frame), v.profileFacts(profile))
	if p.Links, err = o.links(r.Context(), v); err != nil {
		return err
	}
	if p.Below, err = o.Org.CountBelow(r.Context(), v.org.Path); err != nil {
		return err
	}
	l, err := o.Org.LevelOf(r.Context(), v.org.ID, 0, shownBelow)
	if err != nil {
		return err
	}
	for _, n := range l.Nodes {
		if v.can(access.OrgView, n.Path) {
			p.Nodes = append(p.Nodes, v.node(n))
		}
	}
	p.More = treeHref(v.org.ID)
	if v.can(access.AuditView, v.org.Path) {
		p.Trail = "/office/audit" + trailForm{Org: string(v.org.ID)}.query(0)
	}
	p.takeBack(v, kit.ReadInput[undoQuery](r))
	return o.show(w, r, p)
}

// facts lists what the tree knows.
func (v orgVisit) facts(f frame) []fact {
	out := []fact{
		{Label: f.t("tree.name_hant"), Text: v.org.Names.Hant, Lang: "zh-Hant"}, {Label: f.t("tree.name_hans"), Text: v.org.Names.Hans, Lang: "zh-Hans"},
		{Label: f.t("tree.name_en"), Text: v.org.Names.En, Lang: "en"},
		{Label: f.t("tree.within"), Text: v.within()},
		{Label: f.t("tree.founded"), Text: f.Lang.Date(v.org.Founded)},
		{Label: f.t("tree.address"), Text: "/" + v.org.Path, Href: "/" + v.org.Path},
	}
	if !v.org.IsRoot() {
		out = append(out, fact{Label: f.t("tree.position"), Text: f.t("tree.position_nth", fault.Args{"n": v.org.Position})})
	}
	return slices.DeleteFunc(out, func(one fact) bool { return one.Text == "" })
}

// profileFacts lists how the organisation is reached.
func (v orgVisit) profileFacts(p org.Profile) []fact {
	out := []fact{
		{Label: v.lang.T("tree.where"), Text: p.Address.In(v.lang)}, {Label: v.lang.T("tree.phone"), Text: p.Phone},
		{Label: v.lang.T("tree.email"), Text: p.Email}, {Label: v.lang.T("tree.website"), Text: p.Website, Href: p.Website},
	}
	out = slices.DeleteFunc(out, func(one fact) bool { return one.Text == "" })
	if p.HasHours() {
		hours := fact{Label: v.lang.T("tree.hours")}
		for _, h := range p.Hours {
			hours.Lines = append(hours.Lines, v.daysText(h.Days)+" "+h.Opens.String()+"–"+h.Closes.String())
		}
		if note := p.HoursNote.In(v.lang); note != "" {
			hours.Lines = append(hours.Lines, note)
		}
		out = append(out, hours)
	}
	officers := fact{Label: v.lang.T("tree.officers")}
	for _, one := range p.Officers {
		officers.Lines = append(officers.Lines, one.Title.In(v.lang)+" "+one.Name.In(v.lang))
	}
	if len(officers.Lines) > 0 {
		out = append(out, officers)
	}
	return out
}

// deeds lists what can be done here, and what the reader may not do with the
// reason. What makes no sense for the root or a closed organisation is left out.
func (v orgVisit) deeds() (may []link, refused []fact) {
	here, closed := orgHref(v.org.ID), v.org.Status == org.Closed
	for _, one := range []struct {
		key, to string
		action  access.Action
		fits    bool
	}{
		{"edit", "/edit", access.OrgEdit, true}, {"profile", "/profile", access.OrgEdit, true},
		{"add", "/add", access.OrgAdd, !closed}, {"order", "/order", access.OrgEdit, true}, {"links", "/links", access.OrgEdit, true},
		{"sheet", "/sheet", access.OrgView, true}, {"import", "/import", access.OrgAdd, !closed},
		{"address", "/address", access.OrgMove, !v.org.IsRoot()}, {"move", "/move", access.OrgMove, !v.org.IsRoot()},
		{"merge", "/merge", access.OrgMove, !v.org.IsRoot()}, {"close", "/close", access.OrgMove, !v.org.IsRoot() && !closed},
		{"reopen", "/reopen", access.OrgMove, closed},
	} {
		text, why := v.lang.T("tree.act_"+one.key), v.why(one.action, v.org.Path)
		i := slices.IndexFunc(refused, func(f fact) bool { return f.Text == why })
		switch {
		case !one.fits:
		case why == "":
			may = append(may, link{text, here + one.to})
		case i >= 0:
			refused[i].Lines = append(refused[i].Lines, text)
		default:
			refused = append(refused, fact{Text: why, Lines: []string{text}})
		}
	}
	return may, refused
}

// links lists relations beside the tree, as seen from the organisation.
func (o *Office) links(ctx context.Context, v orgVisit) ([]linked, error) {
	list, err := o.Org.Links(ctx, v.org.ID)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	other := func(l org.Link) ident.Org {
		if l.FromID == v.org.ID {
			return l.ToID
		}
		return l.FromID
	}
	ids := make([]ident.Org, 0, len(list))
	for _, l := range list {
		ids = append(ids, other(l))
	}
	ends, err := o.Org.ListByIDs(ctx, ids)
	if err != nil {
		return nil, err
	}
	above := map[string]bool{}
	for _, one := range ends {
		markAbove(above, one.Path)
	}
	names, err := o.Org.ByPaths(ctx, above)
	out := make([]linked, 0, len(list))
	for _, l := range list {
		end := ends[other(l)]
		one := linked{ID: string(l.ID), Name: end.Name(v.lang), Within: lineOf(v, names, end.Path), Relation: v.relation(l, "from")}
		if l.ToID == v.org.ID {
			one.Relation = v.relation(l, "to")
		}
		if v.can(access.OrgView, end.Path) {
			one.Href = orgHref(end.ID)
		}
		out = append(out, one)
	}
	return out, err
}

// relation names a relation from the side on which the organisation stands.
func (v visit) relation(l org.Link, side string) string {
	return v.lang.T("tree.relation_" + string(l.Relation) + "_" + side)
}

// takeBack offers the form that would take back what was just done, where the
// reader may still send it.
func (p *orgPage) takeBack(v orgVisit, q undoQuery) {
	here := orgHref(v.org.ID)
	switch {
	case q.Undo == "move" && v.can(access.OrgMove, v.org.Path):
		p.UndoTo, p.Undo = here+"/move", []hidden{{"to", q.To}, {"slug", q.Slug}}
	case q.Undo == "edit" && v.can(access.OrgEdit, v.org.Path):
		p.UndoTo = here + "/edit"
		p.Undo = []hidden{{"name_hant", q.Hant}, {"name_hans", q.Hans}, {"name_en", q.En}, {"kind", q.Kind}, {"founded", q.Founded}}
	case q.Undo == "address" && v.can(access.OrgMove, v.org.Path):
		p.UndoTo, p.Undo = here+"/address", []hidden{{"slug", q.Slug}}
	case q.Undo == "close" && v.org.Status == org.Closed && v.can(access.OrgMove, v.org.Path):
		p.UndoTo = here + "/reopen"
	case q.Undo == "reopen" && v.org.Status == org.Active && v.can(access.OrgMove, v.org.Path):
		p.UndoTo = here + "/close"
	}
}

// undoWith is the part of an address that offers to take something back.
func undoWith(what string, values ...hidden) string {
	q := url.Values{"undo": {what}}
	for _, one := range values {
		if one.Value != "" {
			q.Set(one.Name, one.Value)
		}
	}
	return "?" + q.Encode()
}
