package office

import (
	"net/http"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// heldForm is an office that a person holds. Of one that is there the organisation
// stands.
type heldForm struct {
	Org       string `form:"org,max=26"`
	TitleHant string `form:"title_hant,max=400"`
	TitleHans string `form:"title_hans,max=400"`
	TitleEn   string `form:"title_en,max=400"`
	From      string `form:"from,max=10"`
	Until     string `form:"until,max=10"`
	Public    bool   `form:"public"`
}

func (in heldForm) office() people.Office {
	return people.Office{
		OrgID: ident.Org(in.Org), Titles: org.Names{Hant: in.TitleHant, Hans: in.TitleHans, En: in.TitleEn}, FromOn: in.From, UntilOn: in.Until, Public: in.Public,
	}
}

// heldFields say which field a refusal is about.
var heldFields = map[string]string{
	"people.title_missing": "title_hant", "people.title_too_long": "title_hant", "people.held_from_invalid": "from", "people.held_until_invalid": "until",
}

// heldPage changes an office.
type heldPage struct {
	frame
	Action string
	Back   string
	Org    string
	In     heldForm
}

// officesPage lists an organisation's offices in protocol order.
type officesPage struct {
	frame
	Org  string
	List []heldLine
	Past []heldLine
	Edit bool
}

func (v visit) heldLine(f frame, h people.Held) heldLine {
	line := heldLine{
		ID: h.ID, Title: h.Titles.In(v.lang), Org: h.Org.In(v.lang), Href: orgHref(h.OrgID) + "/offices", Name: h.Name.In(v.lang),
		Over: h.Over(f.today()), Public: h.Public,
	}
	switch {
	case h.FromOn != "" && h.UntilOn != "":
		line.When = f.t("staff.from_until", fault.Args{"from": f.partDate(h.FromOn), "until": f.partDate(h.UntilOn)})
	case h.FromOn != "":
		line.When = f.t("staff.from", fault.Args{"from": f.partDate(h.FromOn)})
	case h.UntilOn != "":
		line.When = f.t("office.until", fault.Args{"date": f.partDate(h.UntilOn)})
	}
	if v.can(access.PeopleEdit, h.OrgPath) && v.who.As == "" {
		line.Edit = "/office/offices/" + string(h.ID)
	}
	return line
}

// partDate writes a year, a month or a day.
func (f frame) partDate(s string) string {
	year, month, _ := strings.Cut(s, "-")
	t, err := time.Parse("2006-01", s)
	switch {
	case len(s) == len("2024"):
		return f.t("staff.year", fault.Args{"year": year})
	case err == nil && f.Lang == locale.En:
		return t.Format("January 2006")
	case err == nil:
		return f.t("staff.month", fault.Args{"year": year, "month": strings.TrimPrefix(month, "0")})
	}
	return f.Lang.Date(s)
}

// officesPage answers /office/orgs/{org}/offices.
func (o *Office) officesPage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	at, err := o.Org.Load(r.Context(), ident.Org(r.PathValue("org")))
	if err != nil {
		return err
	}
	p := officesPage{frame: o.frame(v, "people", v.lang.T("staff.offices_of", fault.Args{"org": at.Name(v.lang)})), Org: at.Name(v.lang)}
	p.Crumbs = []link{{at.Name(v.lang), orgHref(at.ID)}}
	p.Edit = v.can(access.PeopleEdit, at.Path) && v.who.As == ""
	held, err := o.People.HeldAt(r.Context(), at.ID)
	for _, h := range held {
		line := v.heldLine(p.frame, h)
		line.Person = personHref(h.PersonID)
		if line.Over {
			p.Past = append(p.Past, line)
		} else {
			p.List = append(p.List, line)
		}
	}
	if err != nil {
		return err
	}
	return o.show(w, r, p)
}

// addHeld notes that a person holds an office.
func (o *Office) addHeld(w http.ResponseWriter, r *http.Request) error {
	in, id := kit.ReadInput[heldForm](r), ident.Person(r.PathValue("person"))
	h := in.office()
	h.PersonID = id
	if _, err := o.People.AddHeld(r.Context(), h); err != nil {
		return o.again(w, r, err, heldFields, func(pr problem) (page, error) {
			v, err := o.visit(r)
			if err != nil {
				return nil, err
			}
			p, err := o.staffPerson(r, v)
			p.Problem, p.In = pr, in
			return p, err
		})
	}
	return done(w, r, personHref(id), "staff.done_held")
}

// heldPage answers /office/offices/{held}.
func (o *Office) heldPage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	h, err := o.People.LoadHeld(r.Context(), ident.Held(r.PathValue("held")))
	if err != nil {
		return err
	}
	return o.show(w, r, o.changing(v, h, heldForm{
		TitleHant: h.Titles.Hant, TitleHans: h.Titles.Hans, TitleEn: h.Titles.En, From: h.FromOn, Until: h.UntilOn, Public: h.Public,
	}))
}

func (o *Office) changing(v visit, h people.Held, in heldForm) heldPage {
	p := heldPage{frame: o.frame(v, "people", v.lang.T("staff.held_change")), Action: "/office/offices/" + string(h.ID), Org: h.Org.In(v.lang), In: in}
	p.Back = orgHref(h.OrgID) + "/offices"
	p.Crumbs = []link{{v.lang.T("staff.offices_of", fault.Args{"org": p.Org}), p.Back}, {h.Name.In(v.lang), personHref(h.PersonID)}}
	return p
}

// changeHeld changes an office.
func (o *Office) changeHeld(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[heldForm](r)
	h, err := o.People.LoadHeld(r.Context(), ident.Held(r.PathValue("held")))
	if err != nil {
		return err
	}
	changed := in.office()
	changed.ID = h.ID
	if err := o.People.ChangeHeld(r.Context(), changed); err != nil {
		return o.again(w, r, err, heldFields, func(pr problem) (page, error) {
			v, err := o.visit(r)
			p := o.changing(v, h, in)
			p.Problem = pr
			return p, err
		})
	}
	return done(w, r, orgHref(h.OrgID)+"/offices", "staff.done_held")
}

// raiseHeld moves an office one place up.
func (o *Office) raiseHeld(w http.ResponseWriter, r *http.Request) error {
	h, err := o.People.LoadHeld(r.Context(), ident.Held(r.PathValue("held")))
	if err != nil {
		return err
	}
	if err := o.People.RaiseHeld(r.Context(), h.ID); err != nil {
		return err
	}
	return done(w, r, orgHref(h.OrgID)+"/offices", "staff.done_raised")
}
