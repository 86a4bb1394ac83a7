package office

import (
	"context"
	"net/http"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// admitForm lets somebody in.
type admitForm struct {
	Org      string `form:"org,max=26"`
	NameHant string `form:"name_hant,max=600"`
	NameHans string `form:"name_hans,max=600"`
	NameEn   string `form:"name_en,max=600"`
	Login    string `form:"login,max=300"`
	Lang     string `form:"lang,max=10"`
	Role     string `form:"role,max=40"`
	Reach    string `form:"reach,max=10"`
	Until    string `form:"until,max=10"`
}

func (in admitForm) names() org.Names {
	return org.Names{Hant: in.NameHant, Hans: in.NameHans, En: in.NameEn}
}

// admitPage is the form that lets somebody in.
type admitPage struct {
	frame
	Choose placeChooser
	Give   roleChoice
	In     admitForm
	Langs  []option
}

// admittedPage shows the invitation of who was let in, this once.
type admittedPage struct {
	frame
	Name string
	Href string
	Lede string
	Link string
	Text string // to send
	Sent bool   // a letter with it is on its way
}

// admitFields say which field a refusal is about.
var admitFields = map[string]string{
	"people.name_missing": "name_hant", "people.name_too_long": "name_hant", "people.name_control": "name_hant",
	"people.login_invalid": "login", "people.login_taken": "login", "people.email_invalid": "login",
	"people.role_unknown": "role", "people.until_past": "until", "staff.date_invalid": "until", "access.reason_too_high": "role",
}

// staffNew answers /office/people/new.
func (o *Office) staffNew(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	in := kit.ReadInput[placeQuery](r)
	p, err := o.admitPage(r.Context(), v, in, admitForm{})
	if err != nil {
		return err
	}
	return o.show(w, r, p)
}

func (o *Office) admitPage(ctx context.Context, v visit, place placeQuery, in admitForm) (p admitPage, err error) {
	fallback := v.person.OrgID
	if ours := v.ours(access.PeopleEdit); len(ours) > 0 {
		fallback = ours[0]
	}
	p = admitPage{frame: o.frame(v, "people", v.lang.T("staff.new")), In: in}
	p.Crumbs = []link{{v.lang.T("office.area_people"), "/office/people"}}
	if p.Choose, err = o.findPlace(ctx, v, placeChoice{place, "/office/people/new", access.PeopleEdit, fallback}); err != nil {
		return p, err
	}
	p.Give = o.roleChoice(v, p.frame, p.Choose.Here, access.Role(in.Role))
	lang := in.Lang
	if lang == "" {
		lang = string(v.lang)
	}
	for _, l := range locale.Langs {
		p.Langs = append(p.Langs, option{Value: string(l), Text: v.lang.T("staff.lang_" + l.Segment()), Selected: string(l) == lang})
	}
	return p, nil
}

// admit lets somebody in.
func (o *Office) admit(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[admitForm](r)
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	made, err := o.admitted(r, v, in)
	if err != nil {
		return o.again(w, r, err, admitFields, func(pr problem) (page, error) {
			p, err := o.admitPage(r.Context(), v, placeQuery{Org: in.Org}, in)
			p.Problem = pr
			return p, err
		})
	}
	return o.showInvitation(w, r, v, made)
}

func (o *Office) admitted(r *http.Request, v visit, in admitForm) (people.Admitted, error) {
	lang, ok := locale.Parse(in.Lang)
	if !ok {
		lang = v.lang
	}
	until, err := v.until(in.Until)
	if err != nil {
		return people.Admitted{}, err
	}
	return o.People.Admit(r.Context(), people.AdmitParams{
		Org: ident.Org(in.Org), Names: in.names(), Lang: lang, Login: in.Login,
		Role: access.Role(in.Role), Below: in.Reach == "below", Until: until,
	}, o.Gate.InviteIn)
}

// showInvitation shows the link of an invitation. It is told once: neither an
// address nor the database holds what it opens with.
func (o *Office) showInvitation(w http.ResponseWriter, r *http.Request, v visit, made people.Admitted) error {
	who := made.Person
	at, err := o.Org.Load(r.Context(), who.OrgID)
	if err != nil {
		return err
	}
	name := who.Name(v.lang)
	p := admittedPage{frame: o.frame(v, "people", v.lang.T("staff.invited", fault.Args{"name": name})), Name: name, Href: personHref(who.ID), Link: string(made.Link.Address), Sent: made.Link.Sent}
	p.Crumbs, p.Lede = []link{{v.lang.T("office.area_people"), "/office/people"}, {name, p.Href}}, p.t("staff.invitation_lede", fault.Args{"name": name})
	p.Text = who.Lang.T("staff.letter", fault.Args{"name": who.Name(who.Lang), "org": at.Name(who.Lang), "site": v.Root.Name(who.Lang), "link": p.Link})
	return o.show(w, r, p)
}

// inviteAgain makes another invitation, for who lost hers.
func (o *Office) inviteAgain(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	who, err := o.personOf(r)
	if err != nil {
		return err
	}
	made, err := o.Gate.Invite(r.Context(), who.ID)
	if err != nil {
		return o.personAgain(w, r, err)
	}
	return o.showInvitation(w, r, v, people.Admitted{Person: who, Link: made})
}

// resetForm says whether all ways to sign in are lost.
type resetForm struct {
	All bool `form:"all"`
}

// resetLogin makes a link by which a person chooses another password.
func (o *Office) resetLogin(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	who, err := o.personOf(r)
	if err != nil {
		return err
	}
	made, err := o.Gate.Reset(r.Context(), who.ID, kit.ReadInput[resetForm](r).All)
	if err != nil {
		return o.personAgain(w, r, err)
	}
	name := who.Name(v.lang)
	p := admittedPage{frame: o.frame(v, "people", v.lang.T("staff.reset_for", fault.Args{"name": name})), Name: name, Href: personHref(who.ID), Link: string(made.Address), Sent: made.Sent}
	p.Crumbs, p.Lede = []link{{v.lang.T("office.area_people"), "/office/people"}, {name, p.Href}}, p.t("staff.reset_lede", fault.Args{"name": name})
	p.Text = who.Lang.T("staff.reset_letter", fault.Args{"name": who.Name(who.Lang), "site": v.Root.Name(who.Lang), "link": p.Link})
	return o.show(w, r, p)
}
