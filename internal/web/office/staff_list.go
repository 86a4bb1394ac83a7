package office

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// staffQuery asks for a part of the list of people.
type staffQuery struct {
	Q     string `form:"q,max=200"`
	Under string `form:"under,max=400"`
	Role  string `form:"role,max=40"`
	State string `form:"state,max=20"`
	After string `form:"after,max=26"`
}

// address is the list's address with another standing, or from another person on.
func (q staffQuery) address(state people.Standing, after ident.Person) string {
	values := url.Values{}
	for _, one := range []struct{ name, value string }{{"q", q.Q}, {"under", q.Under}, {"role", q.Role}, {"state", string(state)}, {"after", string(after)}} {
		if one.value != "" {
			values.Set(one.name, one.value)
		}
	}
	if len(values) == 0 {
		return "/office/people"
	}
	return "/office/people?" + values.Encode()
}

// staffLine is a person in the list.
type staffLine struct {
	Name    string
	Href    string
	Login   string
	State   string // "" where she simply works here
	Bad     bool
	Roles   []string
	Offices []string
}

// staffGroup is an organisation with those whose records it looks after.
type staffGroup struct {
	Org  string
	Href string
	List []staffLine
}

// chip is a way to narrow a list, with how many there are.
type chip struct {
	Text  string
	Href  string
	Count string
	Now   bool
}

// staffPage lists people.
type staffPage struct {
	frame
	Query  staffQuery
	Under  []option
	Roles  []option
	Chips  []chip
	Groups []staffGroup
	Total  string
	Next   string
	Add    string // where to add somebody; "" where the reader may not
	Narrow bool   // something was asked for
}

// staffList answers /office/people.
func (o *Office) staffList(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	q := kit.ReadInput[staffQuery](r)
	scope := access.ScopeOf(v.now, v.actor, access.PeopleView)
	params := people.ListParams{Scope: scope, Under: q.Under, Words: q.Q, Role: access.Role(q.Role), Standing: people.Standing(q.State), After: ident.Person(q.After), Day: v.now.In(v.Zone).Format(time.DateOnly)}
	if !params.Standing.Known() {
		params.Standing = people.Anything
	}
	list, err := o.People.List(r.Context(), params)
	if err != nil {
		return err
	}
	p := staffPage{
		frame: o.frame(v, "people", v.lang.T("office.area_people")), Query: q, Total: v.lang.Number(list.Total),
		Narrow: q.Q != "" || q.Under != "" || q.Role != "" || q.State != "",
	}
	if p.Under, err = o.underOptions(r.Context(), v, q.Under); err != nil {
		return err
	}
	for _, role := range access.Roles() {
		p.Roles = append(p.Roles, option{Value: string(role), Text: v.lang.T(role.Key()), Selected: string(role) == q.Role})
	}
	p.Chips = v.standingChips(q, params.Standing, list.Counts)
	p.Groups = v.staffGroups(p.frame, list.People)
	if list.Next != "" {
		p.Next = q.address(params.Standing, list.Next)
	}
	if v.anywhere(access.PeopleEdit) {
		p.Add = "/office/people/new"
	}
	return o.show(w, r, p)
}

// standingChips narrow the list by standing.
func (v visit) standingChips(q staffQuery, now people.Standing, counts map[people.Standing]int) []chip {
	all := 0
	var list []chip
	for _, s := range people.Standings() {
		all += counts[s]
		if counts[s] > 0 || s == now {
			list = append(list, chip{v.lang.T(s.Key()), q.address(s, ""), v.lang.Number(counts[s]), s == now})
		}
	}
	return slices.Insert(list, 0, chip{v.lang.T("staff.all"), q.address("", ""), v.lang.Number(all), now == people.Anything})
}

// underOptions are the parts of the tree to which the list can be narrowed: where
// the reader's roles stand, and what hangs directly under the chosen one.
func (o *Office) underOptions(ctx context.Context, v visit, chosen string) ([]option, error) {
	tops, err := o.Org.ListByIDs(ctx, v.ours(access.PeopleView))
	if err != nil {
		return nil, err
	}
	var of org.Organisation
	if chosen = org.CleanPath(chosen); chosen != "" {
		if of, err = o.Org.ByPath(ctx, chosen); err != nil {
			return nil, err
		}
	}
	var list []org.Organisation
	for _, t := range tops {
		list = append(list, t)
		if of.ID == "" && len(tops) == 1 {
			of = t
		}
	}
	if of.ID != "" {
		below, err := o.Org.Children(ctx, of.ID)
		if err != nil {
			return nil, err
		}
		list = append(append(list, of), below...)
	}
	slices.SortFunc(list, func(a, b org.Organisation) int { return strings.Compare(a.TreeOrder, b.TreeOrder) })
	list = slices.CompactFunc(list, func(a, b org.Organisation) bool { return a.ID == b.ID })
	scope := access.ScopeOf(v.now, v.actor, access.PeopleView)
	var out []option
	for _, one := range list {
		if one.Path != "" && scope.Holds(one.Path) {
			out = append(out, option{Value: one.Path, Text: one.Name(v.lang), Selected: one.Path == chosen})
		}
	}
	return out, nil
}

// staffGroups groups a list that stands in the order of the tree.
func (v visit) staffGroups(f frame, list []people.Listed) []staffGroup {
	var groups []staffGroup
	for i, p := range list {
		if i == 0 || list[i-1].OrgID != p.OrgID {
			groups = append(groups, staffGroup{Org: p.Org.In(v.lang), Href: orgHref(p.OrgID)})
		}
		line := staffLine{Name: p.Name(v.lang), Href: personHref(p.ID), Login: p.Login}
		if p.Standing != people.Works {
			line.State, line.Bad = v.lang.T(p.Standing.Key()), p.Standing != people.NoLogin
		}
		for _, g := range p.Roles {
			line.Roles = append(line.Roles, f.roleIn(g, p.OrgID))
		}
		for _, h := range p.Offices {
			line.Offices = append(line.Offices, h.Titles.In(v.lang))
		}
		last := &groups[len(groups)-1]
		last.List = append(last.List, line)
	}
	return groups
}

// roleIn names a role, with its organisation where it is another than her own.
func (f frame) roleIn(g people.Granted, own ident.Org) string {
	s := f.t(g.Role.Key())
	switch {
	case g.OrgID != own && g.Below:
		s = f.t("staff.role_there_below", map[string]any{"role": s, "org": f.name(g.Org)})
	case g.OrgID != own:
		s = f.t("staff.role_there", map[string]any{"role": s, "org": f.name(g.Org)})
	case g.Below:
		s = f.t("staff.role_below", map[string]any{"role": s})
	}
	return s
}
