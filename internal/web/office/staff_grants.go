package office

import (
	"net/http"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// giveForm gives a role.
type giveForm struct {
	Org   string `form:"org,max=26"`
	Role  string `form:"role,max=40"`
	Reach string `form:"reach,max=10"`
	Until string `form:"until,max=10"`
}

// givePage is the form that gives a role.
type givePage struct {
	frame
	Name   string
	Action string
	Choose placeChooser
	Give   roleChoice
	In     giveForm
}

// givePage answers /office/people/{person}/give.
func (o *Office) givePage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	p, err := o.giving(r, v, kit.ReadInput[placeQuery](r), giveForm{})
	if err != nil {
		return err
	}
	return o.show(w, r, p)
}

func (o *Office) giving(r *http.Request, v visit, place placeQuery, in giveForm) (p givePage, err error) {
	who, err := o.personOf(r)
	if err != nil {
		return p, err
	}
	name, href := who.Name(v.lang), personHref(who.ID)
	p = givePage{frame: o.frame(v, "people", v.lang.T("staff.give_to", fault.Args{"name": name})), Name: name, Action: href + "/grants", In: in}
	p.Crumbs = []link{{v.lang.T("office.area_people"), "/office/people"}, {name, href}}
	if p.Choose, err = o.findPlace(r.Context(), v, placeChoice{place, href + "/give", access.GrantGive, who.OrgID}); err != nil {
		return p, err
	}
	p.Give = o.roleChoice(v, p.frame, p.Choose.Here, access.Role(in.Role))
	return p, nil
}

// giveFields say which field a refusal is about.
var giveFields = map[string]string{
	"people.role_unknown": "role", "people.role_held": "role", "people.until_past": "until", "staff.date_invalid": "until", "access.reason_too_high": "role",
}

// give gives a role.
func (o *Office) give(w http.ResponseWriter, r *http.Request) error {
	in, id := kit.ReadInput[giveForm](r), ident.Person(r.PathValue("person"))
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	until, err := v.until(in.Until)
	if err == nil {
		_, err = o.People.Give(r.Context(), people.GiveParams{
			Person: id, Org: ident.Org(in.Org), Role: access.Role(in.Role), Below: in.Reach == "below", Until: until,
		})
	}
	if err != nil {
		return o.again(w, r, err, giveFields, func(pr problem) (page, error) {
			p, err := o.giving(r, v, placeQuery{Org: in.Org}, in)
			p.Problem = pr
			return p, err
		})
	}
	return done(w, r, personHref(id), "staff.done_given")
}

// backForm says where to go on.
type backForm struct {
	Back string `form:"back,max=400"`
}

// grantStep is something that is done with a role.
type grantStep struct {
	work   func() error
	back   string // the page that the form stands on; "": the person's
	undo   string // what the person's page is told, so that the step can be taken back
	notice string
}

// onGrant does something with a role and goes on: to the page that the form came
// from, or to its person's. A refusal is shown on a page of its own, since the form
// stands in a list.
func (o *Office) onGrant(w http.ResponseWriter, r *http.Request, s grantStep) error {
	g, err := o.People.LoadGrant(r.Context(), ident.Grant(r.PathValue("grant")))
	if err != nil {
		return err
	}
	to := personHref(g.PersonID)
	if s.back != "" {
		to, s.undo = within(s.back), ""
	}
	if err := s.work(); err != nil {
		return o.again(w, r, err, nil, func(pr problem) (page, error) {
			v, err := o.visit(r)
			return refusedPage{frame: o.frame(v, "people", v.lang.T("office.refused_title")), Words: pr.Text, Back: to}, err
		})
	}
	return done(w, r, to+s.undo, s.notice)
}

// revoke takes a role back, and offers to give it again.
func (o *Office) revoke(w http.ResponseWriter, r *http.Request) error {
	id := ident.Grant(r.PathValue("grant"))
	return o.onGrant(w, r, grantStep{
		work: func() error { return o.People.Revoke(r.Context(), id) },
		back: kit.ReadInput[backForm](r).Back, undo: "?undo=" + string(id), notice: "staff.done_revoked",
	})
}

// giveAgain gives a former role once more.
func (o *Office) giveAgain(w http.ResponseWriter, r *http.Request) error {
	again := func() error {
		_, err := o.People.GiveAgain(r.Context(), ident.Grant(r.PathValue("grant")))
		return err
	}
	return o.onGrant(w, r, grantStep{work: again, back: kit.ReadInput[backForm](r).Back, notice: "staff.done_given"})
}

// untilForm gives a role another end.
type untilForm struct {
	Until string `form:"until,max=10"`
}

func (o *Office) setUntil(w http.ResponseWriter, r *http.Request) error {
	set := func() error {
		v, err := o.visit(r)
		if err != nil {
			return err
		}
		until, err := v.until(kit.ReadInput[untilForm](r).Until)
		if err != nil {
			return err
		}
		return o.People.SetUntil(r.Context(), ident.Grant(r.PathValue("grant")), until)
	}
	return o.onGrant(w, r, grantStep{work: set, notice: "staff.done_until"})
}

// refusedPage says why a step was refused, and leads back.
type refusedPage struct {
	frame
	Words string
	Back  string
}
