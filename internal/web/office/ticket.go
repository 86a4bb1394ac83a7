package office

import (
	"net/http"
	"strings"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// askForm is the name of an account whose password is lost.
type askForm struct {
	Name string `form:"name,max=254"`
}

// askResetPage offers a letter with a link; or says whom to ask, where no letters
// can be sent.
type askResetPage struct {
	frame
	Posts bool
	Asked bool
}

func (o *Office) askReset0(r *http.Request) (p askResetPage, err error) {
	v, err := o.visit(r)
	p = askResetPage{frame: o.frame(v, "", v.lang.T("account.reset_title")), Posts: o.Gate.Posts()}
	return p, err
}

// askResetPage answers /office/reset.
func (o *Office) askResetPage(w http.ResponseWriter, r *http.Request) error {
	p, err := o.askReset0(r)
	if err != nil {
		return err
	}
	return o.show(w, r, p)
}

// askReset posts a letter, if there is such an account; it says the same anyhow.
func (o *Office) askReset(w http.ResponseWriter, r *http.Request) error {
	from, err := o.visitor(r)
	if err != nil {
		return err
	}
	if err := o.Gate.AskReset(r.Context(), from, kit.ReadInput[askForm](r).Name); err != nil {
		return err
	}
	p, err := o.askReset0(r)
	if err != nil {
		return err
	}
	p.Asked = true
	return o.show(w, r, p)
}

// passwordForm is a new password, typed twice.
type passwordForm struct {
	Password string `form:"password,max=1000"`
	Again    string `form:"again,max=1000"`
}

// chosen is the password, unless the two differ.
func (f passwordForm) chosen() (string, error) {
	if f.Password != f.Again {
		return "", fault.New(fault.Invalid, "account.password_differs", nil)
	}
	return f.Password, nil
}

// passwordFields says which field a refusal is about.
var passwordFields = map[string]string{
	"account.password_short": "password", "account.password_long": "password", "account.password_common": "password",
	"account.password_own": "password", "account.password_differs": "again",
}

// resetPage asks for a new password.
type resetPage struct {
	frame
	Name string
}

func (o *Office) resetWith(r *http.Request, pr problem) (p resetPage, err error) {
	v, err := o.visit(r)
	if err != nil {
		return p, err
	}
	whose, err := o.Gate.Resetting(r.Context(), ticketOf(r))
	if err != nil {
		return p, err
	}
	p = resetPage{frame: o.frame(v, "", v.lang.T("account.new_password")), Name: whose.Name(v.lang)}
	p.Problem = pr
	return p, nil
}

// ticketOf is the secret in the address of a link.
func ticketOf(r *http.Request) people.Secret { return people.Secret(r.PathValue("ticket")) }

// resetPage answers /office/reset/{ticket}.
func (o *Office) resetPage(w http.ResponseWriter, r *http.Request) error {
	p, err := o.resetWith(r, problem{})
	if err != nil {
		return err
	}
	return o.show(w, r, p)
}

// resetPassword takes the new password.
func (o *Office) resetPassword(w http.ResponseWriter, r *http.Request) error {
	password, err := kit.ReadInput[passwordForm](r).chosen()
	if err == nil {
		err = o.Gate.FinishReset(r.Context(), ticketOf(r), password)
	}
	if err != nil {
		return o.againOpen(w, r, err, func(pr problem) (page, error) { return o.resetWith(r, pr) })
	}
	return done(w, r, "/office/sign-in", "account.done_password")
}

// againOpen shows the form of a link anew, as long as the link opens something.
func (o *Office) againOpen(w http.ResponseWriter, r *http.Request, err error, build func(problem) (page, error)) error {
	if e := fault.As(err); e != nil && e.Key == "account.ticket_over" {
		return err
	}
	return o.again(w, r, err, passwordFields, build)
}

// joinPage is what an invitation opens.
type joinPage struct {
	frame
	Name  string
	By    string // who invited her, "" where the program did
	Roles []roleLine
	Login string
	At    string // its own address
	Key   keyStep
}

func (o *Office) joinWith(r *http.Request, pr problem) (p joinPage, err error) {
	v, err := o.visit(r)
	if err != nil {
		return p, err
	}
	i, err := o.Gate.Invitation(r.Context(), ticketOf(r))
	if err != nil {
		return p, err
	}
	if _, none := r.Cookie(langCookie); none != nil && v.who.Person == "" {
		v.lang = i.Person.Lang // she has not chosen another
	}
	p = joinPage{frame: o.frame(v, "", v.lang.T("account.join_title")), Name: i.Person.Name(v.lang), Login: i.Account.Login}
	p.Problem = pr
	if i.By.ID != "" {
		p.By = i.By.Name(v.lang)
	}
	for _, g := range i.Grants {
		at, err := o.Org.Load(r.Context(), g.OrgID)
		if err != nil {
			return p, err
		}
		p.Roles = append(p.Roles, roleLine{Role: v.lang.T(g.Role.Key()), Org: at.Name(v.lang), Reach: reachOf(v, g), Until: p.lastDay(g.UntilAt.Time)})
	}
	at := strings.TrimSuffix(r.URL.Path, "/passkey")
	p.At = at
	p.Key = keyStep{Kind: "create", Begin: at + "/begin", Action: at + "/passkey", Label: v.lang.T("account.make_passkey")}
	p.Key.Why, err = o.why(r, v)
	return p, err
}

// joinPage answers /office/join/{ticket}.
func (o *Office) joinPage(w http.ResponseWriter, r *http.Request) error {
	p, err := o.joinWith(r, problem{})
	if err != nil {
		return err
	}
	return o.show(w, r, p)
}

// join takes a newcomer's password.
func (o *Office) join(w http.ResponseWriter, r *http.Request) error {
	from, err := o.visitor(r)
	if err != nil {
		return err
	}
	var e people.Entry
	password, err := kit.ReadInput[passwordForm](r).chosen()
	if err == nil {
		e, err = o.Gate.Join(r.Context(), from, ticketOf(r), password)
	}
	if err != nil {
		return o.againOpen(w, r, err, func(pr problem) (page, error) { return o.joinWith(r, pr) })
	}
	return o.enter(w, r, e, home)
}

// beginJoin begins the ceremony of a newcomer's passkey.
func (o *Office) beginJoin(w http.ResponseWriter, r *http.Request) error {
	c, err := o.Gate.BeginJoin(r.Context(), ticketOf(r))
	return o.begun(w, r, c, err)
}

// newKeyForm is a passkey that a browser made.
type newKeyForm struct {
	Ceremony string `form:"ceremony,max=60"`
	Answer   string `form:"answer,max=20000"`
	Name     string `form:"name,max=200"`
}

func (f newKeyForm) made() people.Made {
	return people.Made{Ceremony: people.Secret(f.Ceremony), Answer: f.Answer, Name: f.Name}
}

// joinPasskey takes a newcomer's passkey.
func (o *Office) joinPasskey(w http.ResponseWriter, r *http.Request) error {
	from, err := o.visitor(r)
	if err != nil {
		return err
	}
	e, err := o.Gate.JoinPasskey(r.Context(), from, ticketOf(r), kit.ReadInput[newKeyForm](r).made())
	if err != nil {
		return o.againOpen(w, r, err, func(pr problem) (page, error) { return o.joinWith(r, pr) })
	}
	return o.enter(w, r, e, home)
}

// demoPage lets a visitor of the demo in as somebody.
type demoPage struct {
	frame
	Name  string
	Roles []roleLine
}

// demoPage answers /office/demo/{seat}.
func (o *Office) demoPage(w http.ResponseWriter, r *http.Request) error {
	id, ok := o.Gate.Seat(people.Secret(r.PathValue("seat")))
	if !ok {
		return fault.New(fault.NotFound, "page.not_found", nil)
	}
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	whose, err := o.People.Load(r.Context(), id)
	if err != nil {
		return err
	}
	p := demoPage{frame: o.frame(v, "", v.lang.T("account.demo_title")), Name: whose.Name(v.lang)}
	grants, err := o.People.GrantsOf(r.Context(), id)
	if err != nil {
		return err
	}
	for _, g := range grants {
		at, err := o.Org.Load(r.Context(), g.OrgID)
		if err != nil {
			return err
		}
		p.Roles = append(p.Roles, roleLine{Role: v.lang.T(g.Role.Key()), Org: at.Name(v.lang), Reach: reachOf(v, g)})
	}
	return o.show(w, r, p)
}

// takeSeat lets her in.
func (o *Office) takeSeat(w http.ResponseWriter, r *http.Request) error {
	from, err := o.visitor(r)
	if err != nil {
		return err
	}
	e, err := o.Gate.TakeSeat(r.Context(), from, people.Secret(r.PathValue("seat")))
	if err != nil {
		return err
	}
	return o.enter(w, r, e, home)
}
