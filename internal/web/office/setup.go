package office

import (
	"cmp"
	"net/http"

	"github.com/a-h/templ"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// setupForm makes the first administrator, and the federation where there is none.
type setupForm struct {
	Code    string `form:"code,max=60"`
	Title   string `form:"title,max=400"`
	Preset  string `form:"preset,max=40"`
	Lang    string `form:"lang,max=10"`
	Zone    string `form:"zone,max=60"`
	BaseURL string `form:"base_url,max=300"`
	Name    string `form:"name,max=400"`
	Login   string `form:"login,max=254"`
	Email   string `form:"email,max=254"`
}

// setupPage asks for it.
type setupPage struct {
	frame
	New     bool // there is no federation yet
	Form    setupForm
	Presets []org.Preset
}

// setupFields says which field a refusal is about.
var setupFields = map[string]string{
	"account.setup_code_wrong": "code", "org.name_missing": "title", "org.base_url_invalid": "base_url", "org.zone_unknown": "zone",
	"people.name_missing": "name", "people.name_too_long": "name", "people.login_invalid": "login", "people.login_taken": "login", "people.email_invalid": "email",
}

func (o *Office) setupWith(r *http.Request, in setupForm) (p setupPage, err error) {
	v, err := o.visit(r)
	if err != nil {
		return p, err
	}
	p = setupPage{frame: o.frame(v, "", v.lang.T("account.setup_title")), New: v.unfounded, Form: in, Presets: org.Presets()}
	p.Form.Code = "" // it is typed again
	p.Form.Lang = cmp.Or(in.Lang, string(v.lang))
	p.Form.Zone = cmp.Or(in.Zone, "Asia/Shanghai")
	p.Form.BaseURL = cmp.Or(in.BaseURL, o.Address)
	return p, nil
}

// setupPage answers /office/set-up, as long as nobody can sign in.
func (o *Office) setupPage(w http.ResponseWriter, r *http.Request) error {
	if ok, err := o.Gate.Usable(r.Context()); err != nil || ok {
		return errOr(err, func() error { return kit.SeeOther(w, r, "/office/sign-in") })
	}
	p, err := o.setupWith(r, setupForm{})
	if err != nil {
		return err
	}
	return o.show(w, r, p)
}

// setUp makes the first administrator, and leads to where she chooses how to sign in.
func (o *Office) setUp(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[setupForm](r)
	from, err := o.visitor(r)
	if err != nil {
		return err
	}
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	p := people.SetupParams{Code: in.Code, Lang: v.lang, Name: named(v.lang, in.Name), Login: in.Login, Email: in.Email}
	if v.unfounded {
		lang, ok := locale.Parse(in.Lang)
		if !ok {
			return fault.New(fault.Misuse, "office.lang_unknown", nil)
		}
		p.Lang = lang
		p.Name = named(lang, in.Name)
		p.Federation = &org.InitParams{Preset: in.Preset, Lang: in.Lang, Zone: in.Zone, BaseURL: in.BaseURL, Names: named(lang, in.Title)}
	}
	l, err := o.Gate.SetUp(r.Context(), from, p)
	if err != nil {
		return o.again(w, r, err, setupFields, func(pr problem) (page, error) {
			p, err := o.setupWith(r, in)
			p.Problem = pr
			return p, err
		})
	}
	return kit.SeeOther(w, r, l.Path())
}

// named is a name in one language.
func named(l locale.Lang, s string) org.Names {
	switch l {
	case locale.Hans:
		return org.Names{Hans: s}
	case locale.En:
		return org.Names{En: s}
	}
	return org.Names{Hant: s}
}

// described joins a field to its hint.
func described(name, hint string) templ.Attributes {
	if hint == "" {
		return nil
	}
	return templ.Attributes{"aria-describedby": name + "-hint"}
}
