package office

import (
	"net/http"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// loginForm is another name to sign in with, and another address for letters.
type loginForm struct {
	Login string `form:"login,max=300"`
	Email string `form:"email,max=300"`
}

// loginPage changes how somebody signs in, and where her letters go. Whoever does so
// could come in as her: the page asks for a fresh proof.
type loginPage struct {
	frame
	Action string
	In     loginForm
}

// loginPage answers /office/people/{person}/login.
func (o *Office) loginPage(w http.ResponseWriter, r *http.Request) error {
	p, err := o.loginOf(r)
	if err != nil {
		return err
	}
	return o.show(w, r, p)
}

func (o *Office) loginOf(r *http.Request) (p loginPage, err error) {
	v, err := o.visit(r)
	if err != nil {
		return p, err
	}
	who, err := o.personOf(r)
	if err != nil {
		return p, err
	}
	account, err := o.People.Account(r.Context(), who.ID)
	if err != nil {
		return p, err
	}
	name, href := who.Name(v.lang), personHref(who.ID)
	p = loginPage{frame: o.frame(v, "people", v.lang.T("staff.change_login")), Action: href + "/login", In: loginForm{account.Login, account.Email}}
	p.Crumbs = []link{{v.lang.T("office.area_people"), "/office/people"}, {name, href}}
	return p, nil
}

// changeLogin changes how somebody signs in and where her letters go.
func (o *Office) changeLogin(w http.ResponseWriter, r *http.Request) error {
	in, id := kit.ReadInput[loginForm](r), ident.Person(r.PathValue("person"))
	if err := o.People.ChangeLogin(r.Context(), id, in.Login, in.Email); err != nil {
		return o.again(w, r, err, loginFields, func(pr problem) (page, error) {
			p, err := o.loginOf(r)
			p.Problem, p.In = pr, in
			return p, err
		})
	}
	return done(w, r, personHref(id), "staff.done_login")
}

// loginFields say which field a refusal is about.
var loginFields = map[string]string{"people.login_invalid": "login", "people.login_taken": "login", "people.email_invalid": "email"}

// transferForm names the organisation that is to look after a record.
type transferForm struct {
	Org string `form:"org,max=26"`
}

// transferPage lets another organisation look after a record.
type transferPage struct {
	frame
	Lede   string
	Action string
	Home   ident.Org // that looks after it now
	Choose placeChooser
}

// transferPage answers /office/people/{person}/transfer.
func (o *Office) transferPage(w http.ResponseWriter, r *http.Request) error {
	p, err := o.transferring(r, kit.ReadInput[placeQuery](r))
	if err != nil {
		return err
	}
	return o.show(w, r, p)
}

func (o *Office) transferring(r *http.Request, place placeQuery) (p transferPage, err error) {
	v, err := o.visit(r)
	if err != nil {
		return p, err
	}
	who, err := o.personOf(r)
	if err != nil {
		return p, err
	}
	home, err := o.Org.Load(r.Context(), who.OrgID)
	if err != nil {
		return p, err
	}
	name, href := who.Name(v.lang), personHref(who.ID)
	p = transferPage{
		frame: o.frame(v, "people", v.lang.T("staff.transfer_of", fault.Args{"name": name})), Action: href + "/transfer", Home: home.ID,
		Lede: v.lang.T("staff.transfer_lede", fault.Args{"org": home.Name(v.lang)}),
	}
	p.Crumbs = []link{{v.lang.T("office.area_people"), "/office/people"}, {name, href}}
	p.Choose, err = o.findPlace(r.Context(), v, placeChoice{place, href + "/transfer", access.PeopleEdit, who.OrgID})
	return p, err
}

// transfer lets another organisation look after a record.
func (o *Office) transfer(w http.ResponseWriter, r *http.Request) error {
	in, id := kit.ReadInput[transferForm](r), ident.Person(r.PathValue("person"))
	if err := o.People.Transfer(r.Context(), id, ident.Org(in.Org)); err != nil {
		return o.again(w, r, err, nil, func(pr problem) (page, error) {
			p, err := o.transferring(r, placeQuery{Org: in.Org})
			p.Problem = pr
			return p, err
		})
	}
	return done(w, r, personHref(id), "staff.done_transferred")
}
