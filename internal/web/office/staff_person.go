package office

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// personQuery says what was just done, so that it can be undone.
type personQuery struct {
	Undo string `form:"undo,max=40"`
}

// grantLine is a role of a person.
type grantLine struct {
	ID      ident.Grant
	Role    string
	Org     string
	Href    string
	Reach   string
	When    string // since when and until when
	Given   string // by whom, and when it was taken back
	State   string // "" where it counts now
	Until   string // for the field
	May     bool   // the reader may give it and take it back
	Actions []string
}

// heldLine is an office that somebody holds.
type heldLine struct {
	ID     ident.Held
	Title  string
	Org    string
	Href   string
	Name   string
	Person string // address of her page; "" where the reader may not see it
	When   string
	Edit   string // address; "" where the reader may not
	Over   bool
	Public bool
}

// staffPerson is a person as the office shows her.
type staffPerson struct {
	frame
	Person  people.Person
	Name    string
	Others  []string // her other names
	Org     link
	Account *people.Account // nil: none
	State   people.Standing
	Roles   []grantLine
	Former  []grantLine
	Held    []heldLine
	Past    []heldLine
	In      heldForm
	Undo    *undo
	Self    ident.Person // the reader
	Give    string       // where to give her a role; "" where the reader may not
	Trail   string       // what she did; "" where the reader may not see it
	Edit    bool         // the reader looks after her record
	Over    bool         // and has no less than she
	ViewAs  bool         // and may look at the office as she does
	Invite  bool         // she has no way to sign in yet, and can be invited
	Reset   bool         // she has one, and can be given another
}

// undo is a form in the notice that takes back what was just done.
type undo struct {
	Action string
	Text   string
}

// personPage answers /office/people/{person}.
func (o *Office) personPage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	p, err := o.staffPerson(r, v)
	if err != nil {
		return err
	}
	p.Undo = p.undoing(kit.ReadInput[personQuery](r).Undo)
	return o.show(w, r, p)
}

// undoing finds what can be taken back.
func (p staffPerson) undoing(what string) *undo {
	switch {
	case p.Notice == "":
	case what == "leave" && p.State == people.HasLeft && p.Edit:
		return &undo{personHref(p.Person.ID) + "/return", p.t("staff.undo_leave")}
	case slices.ContainsFunc(p.Former, func(g grantLine) bool { return string(g.ID) == what && g.May }):
		return &undo{"/office/grants/" + what + "/again", p.t("staff.undo_revoke")}
	}
	return nil
}

func (o *Office) staffPerson(r *http.Request, v visit) (p staffPerson, err error) {
	ctx := r.Context()
	who, err := o.personOf(r)
	if err != nil {
		return p, err
	}
	home, err := o.Org.Load(ctx, who.OrgID)
	if err != nil {
		return p, err
	}
	p = staffPerson{frame: o.frame(v, "people", who.Name(v.lang)), Person: who, Name: who.Name(v.lang), Org: link{home.Name(v.lang), orgHref(home.ID)}}
	p.Crumbs = []link{{v.lang.T("office.area_people"), "/office/people"}}
	for _, name := range []string{who.Names.Hant, who.Names.Hans, who.Names.En} {
		if name != "" && name != p.Name && !slices.Contains(p.Others, name) {
			p.Others = append(p.Others, name)
		}
	}
	if v.can(access.AuditView, home.Path) {
		p.Trail = "/office/audit" + trailForm{Person: string(who.ID)}.query(0)
	}
	account, err := o.People.Account(ctx, who.ID)
	switch {
	case err == nil:
		p.Account = &account
	case !fault.Is(err, fault.NotFound):
		return p, err
	}
	p.State, p.Self = standingOf(who, p.Account), v.who.Person
	p.Edit = v.can(access.PeopleEdit, home.Path) && v.who.As == ""
	if err := o.personRoles(ctx, v, &p); err != nil {
		return p, err
	}
	if v.can(access.PeopleEdit, home.Path) {
		p.In.Org = string(home.ID)
	}
	p.ViewAs = p.Over && p.State != people.HasLeft && who.ID != v.who.Person && v.can(access.GrantGive, home.Path)
	joined, err := o.People.Joined(ctx, who.ID)
	if err != nil {
		return p, err
	}
	p.Invite, p.Reset = !joined && p.Account != nil, joined
	if v.anywhere(access.GrantGive) && p.State != people.HasLeft && v.who.As == "" {
		p.Give = personHref(who.ID) + "/give"
	}
	held, err := o.People.HeldBy(ctx, who.ID)
	for _, h := range held {
		if line := v.heldLine(p.frame, h); line.Over {
			p.Past = append(p.Past, line)
		} else {
			p.Held = append(p.Held, line)
		}
	}
	return p, err
}

// standingOf says how a person stands to the office.
func standingOf(p people.Person, a *people.Account) people.Standing {
	switch {
	case p.Status == people.Left:
		return people.HasLeft
	case a == nil:
		return people.NoLogin
	case a.State == people.Suspended:
		return people.Waits
	}
	return people.Works
}

// personRoles fills in the roles, present and former, and whether the reader has
// no less than the person.
func (o *Office) personRoles(ctx context.Context, v visit, p *staffPerson) error {
	grants, err := o.People.GrantsOf(ctx, p.Person.ID)
	if err != nil {
		return err
	}
	names, err := o.giverNames(ctx, grants)
	if err != nil {
		return err
	}
	p.Over = p.Edit
	for _, g := range grants {
		line := v.grantLine(p.frame, g, names)
		if line.State != "" && line.State != v.lang.T("staff.coming") {
			p.Former = append(p.Former, line)
			continue
		}
		p.Over = p.Over && (access.MayGive(v.now, v.actor, g.At()).Allowed || p.Person.ID == v.who.Person)
		p.Roles = append(p.Roles, line)
	}
	slices.SortStableFunc(p.Former, func(a, b grantLine) int { return cmp.Compare(b.ID, a.ID) })
	return nil
}

func (v visit) grantLine(f frame, g people.Granted, names map[ident.Person]people.Person) grantLine {
	line := grantLine{
		ID: g.ID, Role: v.lang.T(g.Role.Key()), Org: g.Org.In(v.lang), Href: orgHref(g.OrgID), Reach: v.lang.T(g.At().Reach()),
		When: f.span(g), Until: f.dateField(g.UntilAt.Time), May: v.mayGive(g.At()) && v.who.As == "",
	}
	line.Given = f.t("staff.given_at", fault.Args{"date": f.day(g.CreatedAt.Time)})
	if by, ok := names[ident.Person(g.GrantedBy)]; ok {
		line.Given = f.t("staff.given_by", fault.Args{"date": f.day(g.CreatedAt.Time), "name": by.Name(v.lang)})
	}
	switch why := g.At().When(v.now); {
	case !g.RevokedAt.IsZero():
		line.State = f.t("staff.revoked_at", fault.Args{"date": f.day(g.RevokedAt.Time)})
		if by, ok := names[ident.Person(g.RevokedBy)]; ok {
			line.State = f.t("staff.revoked_by", fault.Args{"date": f.day(g.RevokedAt.Time), "name": by.Name(v.lang)})
		}
		line.May = v.mayGive(access.Grant{Org: g.OrgID, Path: g.Path, Role: g.Role, Below: g.Below, Until: g.UntilAt.Time}) && v.who.As == ""
	case why == access.Expired:
		line.State = f.t("staff.ended")
	case why == access.NotBegun:
		line.State = f.t("staff.coming")
	}
	for _, a := range access.Actions() {
		if g.Role.Has(a) {
			line.Actions = append(line.Actions, v.lang.T(a.Key()))
		}
	}
	return line
}

// span says from when and until when a role holds.
func (f frame) span(g people.Granted) string {
	until := f.lastDay(g.UntilAt.Time)
	switch {
	case g.FromAt.After(f.now) && until != "":
		return f.t("staff.from_until", fault.Args{"from": f.day(g.FromAt.Time), "until": until})
	case g.FromAt.After(f.now):
		return f.t("staff.from", fault.Args{"from": f.day(g.FromAt.Time)})
	case until != "":
		return f.t("office.until", fault.Args{"date": until})
	}
	return f.t("staff.for_good")
}

// personAgain shows the person's page anew after a step was refused.
func (o *Office) personAgain(w http.ResponseWriter, r *http.Request, err error) error {
	return o.again(w, r, err, nil, func(pr problem) (page, error) {
		v, err := o.visit(r)
		if err != nil {
			return nil, err
		}
		p, err := o.staffPerson(r, v)
		p.Problem = pr
		return p, err
	})
}

// nameForm is a person's names.
type nameForm struct {
	NameHant string `form:"name_hant,max=600"`
	NameHans string `form:"name_hans,max=600"`
	NameEn   string `form:"name_en,max=600"`
}

func (o *Office) renamePerson(w http.ResponseWriter, r *http.Request) error {
	in, id := kit.ReadInput[nameForm](r), ident.Person(r.PathValue("person"))
	names := org.Names{Hant: in.NameHant, Hans: in.NameHans, En: in.NameEn}
	if err := o.People.Rename(r.Context(), id, names); err != nil {
		return o.again(w, r, err, admitFields, func(pr problem) (page, error) {
			v, err := o.visit(r)
			if err != nil {
				return nil, err
			}
			p, err := o.staffPerson(r, v)
			p.Problem, p.Person.Names = pr, names
			return p, err
		})
	}
	return done(w, r, personHref(id), "staff.done_named")
}

// leave notes that a person works here no longer.
func (o *Office) leave(w http.ResponseWriter, r *http.Request) error {
	id := ident.Person(r.PathValue("person"))
	if err := o.People.Leave(r.Context(), id); err != nil {
		return o.personAgain(w, r, err)
	}
	return done(w, r, personHref(id)+"?undo=leave", "staff.done_left")
}

// comeBack notes that she is here again.
func (o *Office) comeBack(w http.ResponseWriter, r *http.Request) error {
	id := ident.Person(r.PathValue("person"))
	if err := o.People.Return(r.Context(), id); err != nil {
		return o.personAgain(w, r, err)
	}
	return done(w, r, personHref(id), "staff.done_returned")
}

func (o *Office) suspend(w http.ResponseWriter, r *http.Request) error {
	return o.take(w, r, o.People.Suspend, "staff.done_suspended")
}

func (o *Office) resume(w http.ResponseWriter, r *http.Request) error {
	return o.take(w, r, o.People.Resume, "staff.done_resumed")
}

// take takes a step with somebody's account.
func (o *Office) take(w http.ResponseWriter, r *http.Request, step func(context.Context, ident.Person) error, notice string) error {
	id := ident.Person(r.PathValue("person"))
	if err := step(r.Context(), id); err != nil {
		return o.personAgain(w, r, err)
	}
	return done(w, r, personHref(id), notice)
}

// viewAsEnd is walked as oneself: see signIn.
const viewAsEnd = "/office/view-as/end"

// viewAs lets an administrator look at the office as somebody else.
func (o *Office) viewAs(w http.ResponseWriter, r *http.Request) error {
	who, _ := people.PrincipalFrom(r.Context())
	if err := o.People.StartViewing(r.Context(), who, ident.Person(r.PathValue("person"))); err != nil {
		return o.personAgain(w, r, err)
	}
	return kit.SeeOther(w, r, home)
}

// endViewAs leads her back to her own office.
func (o *Office) endViewAs(w http.ResponseWriter, r *http.Request) error {
	who, _ := people.PrincipalFrom(r.Context())
	if err := o.People.EndViewing(r.Context(), who); err != nil {
		return err
	}
	return done(w, r, home, "staff.done_viewed")
}
