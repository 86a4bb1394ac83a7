package office

import (
	"errors"
	"net/http"
	"slices"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// reachOf says how far a grant reaches.
func reachOf(v visit, g people.Granted) string {
	return v.lang.T(access.Grant{Below: g.Below}.Reach())
}

// sessionLine is one place where she is signed in.
type sessionLine struct {
	ID    ident.Session
	Agent string
	Since string
	Seen  string
	Here  bool
}

// accountPage is what somebody sees of her own account.
type accountPage struct {
	frame
	Names    org.Names
	Own      locale.Lang
	Login    string
	Password string // since when she has one; "" where she has none
	Keys     int
	Codes    bool
	Left     int // recovery codes
	Waits    bool
	Sessions []sessionLine
}

// ownNamesForm is how she is called, and the language she reads.
type ownNamesForm struct {
	Hant string `form:"hant,max=400"`
	Hans string `form:"hans,max=400"`
	En   string `form:"en,max=400"`
	Lang string `form:"lang,max=10"`
}

func (o *Office) accountWith(r *http.Request, pr problem) (p accountPage, err error) {
	ctx := r.Context()
	v, err := o.visit(r)
	if err != nil {
		return p, err
	}
	p = accountPage{frame: o.frame(v, "account", v.lang.T("account.title")), Names: v.person.Names, Own: v.person.Lang}
	p.Problem = pr
	a, err := o.People.Account(ctx, v.who.Person)
	if err != nil {
		return p, err
	}
	p.Login, p.Codes = a.Login, a.TOTP != ""
	if a.Password != "" {
		p.Password = p.day(a.PasswordAt.Time)
	}
	keys, err1 := o.Gate.Passkeys(ctx, v.who.Person)
	left, err2 := o.Gate.RecoveryLeft(ctx, v.who.Person)
	waits, err3 := o.Gate.Waits(ctx, v.who)
	sessions, err4 := o.People.Sessions(ctx, v.who.Person)
	p.Keys, p.Left, p.Waits = len(keys), left, waits
	for _, s := range sessions {
		p.Sessions = append(p.Sessions, sessionLine{
			ID: s.ID, Agent: s.Agent, Since: p.moment(s.CreatedAt.Time), Seen: p.moment(s.SeenAt.Time), Here: s.ID == v.who.Session,
		})
	}
	return p, errors.Join(err1, err2, err3, err4)
}

// accountPage answers /office/account.
func (o *Office) accountPage(w http.ResponseWriter, r *http.Request) error {
	p, err := o.accountWith(r, problem{})
	if err != nil {
		return err
	}
	return o.show(w, r, p)
}

// setOwnNames keeps how she is called, and the language she reads.
func (o *Office) setOwnNames(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[ownNamesForm](r)
	who, _ := people.PrincipalFrom(r.Context())
	names := org.Names{Hant: in.Hant, Hans: in.Hans, En: in.En}
	lang, ok := locale.Parse(in.Lang)
	if !ok {
		return fault.New(fault.Misuse, "office.lang_unknown", nil)
	}
	err := o.People.Rename(r.Context(), who.Person, names)
	if err == nil {
		err = o.People.SetLang(r.Context(), who.Person, lang)
	}
	if err != nil {
		fields := map[string]string{"people.name_missing": "hant", "people.name_too_long": "hant", "people.name_control": "hant"}
		return o.again(w, r, err, fields, func(pr problem) (page, error) {
			p, err := o.accountWith(r, pr)
			p.Names, p.Own = names, lang
			return p, err
		})
	}
	return done(w, r, "/office/account", "account.done_saved")
}

// secondPage explains why a role waits, and what to do.
type secondPage struct {
	frame
	Why  string // why passkeys are not offered
	Next string
}

// secondStepPage answers /office/account/second-step.
func (o *Office) secondStepPage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	p := secondPage{frame: o.frame(v, "account", v.lang.T("account.second_title"))}
	if p.Why, err = o.why(r, v); err != nil {
		return err
	}
	return o.show(w, r, p)
}

// passwordPage asks for another password.
type passwordPage struct {
	frame
	Login string
}

func (o *Office) passwordWith(r *http.Request, pr problem) (p passwordPage, err error) {
	v, err := o.visit(r)
	if err != nil {
		return p, err
	}
	a, err := o.People.Account(r.Context(), v.who.Person)
	p = passwordPage{frame: o.own(v, "account.new_password"), Login: a.Login}
	p.Problem = pr
	return p, err
}

// own is the frame of a page below one's account.
func (o *Office) own(v visit, title string) frame {
	f := o.frame(v, "account", v.lang.T(title))
	f.Crumbs = []link{{v.lang.T("account.title"), "/office/account"}}
	return f
}

// passwordPage answers /office/account/password.
func (o *Office) passwordPage(w http.ResponseWriter, r *http.Request) error {
	p, err := o.passwordWith(r, problem{})
	if err != nil {
		return err
	}
	return o.show(w, r, p)
}

// setPassword keeps another password.
func (o *Office) setPassword(w http.ResponseWriter, r *http.Request) error {
	from, err := o.visitor(r)
	if err != nil {
		return err
	}
	who, _ := people.PrincipalFrom(r.Context())
	var s people.Secret
	password, err := kit.ReadInput[passwordForm](r).chosen()
	if err == nil {
		s, err = o.Gate.ChangePassword(r.Context(), from, who, password)
	}
	if err != nil {
		return o.again(w, r, err, passwordFields, func(pr problem) (page, error) { return o.passwordWith(r, pr) })
	}
	return errors.Join(o.renew(w, r, s), done(w, r, "/office/account", "account.done_password_changed"))
}

// endForm names a session.
type endForm struct {
	Session string `form:"session,max=26"`
}

// endSession signs her out in one place.
func (o *Office) endSession(w http.ResponseWriter, r *http.Request) error {
	who, _ := people.PrincipalFrom(r.Context())
	id, err := ident.Parse[ident.Session](kit.ReadInput[endForm](r).Session)
	if err != nil {
		return fault.Because(err, fault.NotFound, "page.not_found", nil)
	}
	if err := o.People.EndSession(r.Context(), who.Person, id); err != nil {
		return err
	}
	return done(w, r, "/office/account", "account.done_ended")
}

// endOthers signs her out everywhere else.
func (o *Office) endOthers(w http.ResponseWriter, r *http.Request) error {
	who, _ := people.PrincipalFrom(r.Context())
	if err := o.People.EndSessions(r.Context(), who.Person, who.Session); err != nil {
		return err
	}
	return done(w, r, "/office/account", "account.done_ended_others")
}

// longName is a language in itself.
func longName(l locale.Lang) string {
	i := slices.Index(locale.Langs[:], l)
	return [...]string{"繁體中文", "简体中文", "English"}[i]
}
