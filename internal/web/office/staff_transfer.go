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

// changeLogin changes how somebody signs in and where her letters go.
func (o *Office) changeLogin(w http.ResponseWriter, r *http.Request) error {
	in, id := kit.ReadInput[loginForm](r), ident.Person(r.PathValue("person"))
	if err := o.People.ChangeLogin(r.Context(), id, in.Login, in.Email); err != nil {
		return o.again(w, r, err, admitFields, func(pr problem) (page, error) {
			v, err := o.visit(r)
			if err != nil {
				return nil, err
			}
			p, err := o.staffPerson(r, v)
			if p.Problem = pr; p.Account != nil {
				p.Account.Login, p.Account.Email = in.Login, in.Email
			}
			return p, err
		})
	}
	return done(w, r, personHref(id), "staff.done_login")
}

// transferForm names the organisation that is to look after a record.
type transferForm struct {
	Org string `form:"org,max=26"`
}

// transferPage lets another organisation look after a record.
type transferPage struct {
	frame
	Lede   string
	Action string
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
		frame: o.frame(v, "people", v.lang.T("staff.transfer_of", fault.Args{"name": name})), Action: href + "/transfer",
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
