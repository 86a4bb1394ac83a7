package office

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
)

func personHref(id ident.Person) string { return "/office/people/" + string(id) }

// option is an entry of a list from which one is chosen.
type option struct {
	Value    string
	Text     string
	Says     string // what it means, where the text alone does not say
	Selected bool
}

func anySelected(list []option) bool {
	return slices.ContainsFunc(list, func(o option) bool { return o.Selected })
}

// until reads a last day; the role ends with it.
func (v visit) until(day string) (time.Time, error) {
	if day = strings.TrimSpace(day); day == "" {
		return time.Time{}, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, day, v.Zone)
	if err != nil {
		return t, fault.Because(err, fault.Invalid, "staff.date_invalid", nil)
	}
	return t.AddDate(0, 0, 1), nil
}

// dateField writes the last day of what ends at an instant, for a field.
func (f frame) dateField(until time.Time) string {
	if until.IsZero() {
		return ""
	}
	return until.Add(-time.Millisecond).In(f.zone).Format(time.DateOnly)
}

// today is the day where the federation is.
func (f frame) today() string { return f.now.In(f.zone).Format(time.DateOnly) }

// mayGive says whether the reader may give a role, or take it back.
func (v visit) mayGive(g access.Grant) bool { return access.MayGive(v.now, v.actor, g).Allowed }

// placeQuery chooses the organisation that a form is about.
type placeQuery struct {
	Org string `form:"org,max=26"`
	Q   string `form:"q,max=200"`
}

// placeChooser offers the organisations at which the reader may do something.
type placeChooser struct {
	To    string // the page that the choice leads to
	Q     string
	Found []link
	Here  org.Organisation // the one that is chosen; the zero value: none yet
}

// placeChoice is what an organisation is chosen for.
type placeChoice struct {
	placeQuery
	To       string
	Action   access.Action // that the reader must be allowed to do there
	Fallback ident.Org     // where nothing was asked for
}

// foundOrgs is how many organisations a placeChooser offers at once.
const foundOrgs = 12

// findPlace finds the organisation that a form is about, and offers others.
func (o *Office) findPlace(ctx context.Context, v visit, in placeChoice) (c placeChooser, err error) {
	c = placeChooser{To: in.To, Q: in.Q}
	scope := access.ScopeOf(v.now, v.actor, in.Action)
	for _, id := range []ident.Org{ident.Org(in.Org), in.Fallback} {
		if c.Here.ID != "" || id == "" || in.Q != "" {
			continue
		}
		at, err := o.Org.Load(ctx, id)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return c, err
		}
		if err == nil && scope.Holds(at.Path) {
			c.Here = at
		}
	}
	found, err := o.Org.FindIn(ctx, scope, in.Q, foundOrgs)
	for _, at := range found {
		if at.ID != c.Here.ID {
			c.Found = append(c.Found, link{at.Name(v.lang), in.To + "?org=" + string(at.ID)})
		}
	}
	return c, err
}

// roleChoice is what the form that gives a role offers at an organisation.
type roleChoice struct {
	Org     org.Organisation
	Roles   []option
	Missing []option // roles that the reader may not give there, each with the reason
	Below   bool     // she may give them with all that hangs below
	Limit   string   // the last day that she can give; "": none
}

// roleChoice finds what the reader may give at an organisation.
func (o *Office) roleChoice(v visit, f frame, at org.Organisation, chosen access.Role) roleChoice {
	c := roleChoice{Org: at}
	var limit time.Time
	for _, own := range v.actor.Grants {
		there := access.Can(v.now, access.Actor{Person: v.actor.Person, Grants: []access.Grant{own}}, access.GrantGive, access.Place{Org: at.ID, Path: at.Path})
		if there.Allowed && own.Until.After(limit) {
			limit = own.Until
		}
	}
	for _, role := range access.Roles() {
		g := access.Grant{Org: at.ID, Path: at.Path, Role: role}
		d := access.MayGive(v.now, v.actor, g)
		if !d.Allowed && !limit.IsZero() {
			if g.Until = limit; v.mayGive(g) {
				d.Allowed, c.Limit = true, f.dateField(limit)
			}
		}
		one := option{Value: string(role), Text: v.lang.T(role.Key()), Says: v.lang.T("staff.says_" + string(role)), Selected: role == chosen}
		if !d.Allowed {
			one.Says = v.lang.T(d.Reason.Key())
			c.Missing = append(c.Missing, one)
			continue
		}
		g.Below = true
		c.Below = c.Below || v.mayGive(g)
		c.Roles = append(c.Roles, one)
	}
	return c
}

// person loads the person that the address names.
func (o *Office) personOf(r *http.Request) (people.Person, error) {
	return o.People.Load(r.Context(), ident.Person(r.PathValue("person")))
}

// giverNames says who gave each of some roles.
func (o *Office) giverNames(ctx context.Context, grants []people.Granted) (map[ident.Person]people.Person, error) {
	var ids []ident.Person
	for _, g := range grants {
		for _, who := range []string{g.GrantedBy, g.RevokedBy} {
			if id, err := ident.Parse[ident.Person](who); err == nil && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return o.People.ListByIDs(ctx, ids)
}
