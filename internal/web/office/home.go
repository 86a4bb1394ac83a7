package office

import (
	"net/http"
	"slices"
	"strings"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/web/kit"
)

func (o *Office) homeRoutes() []kit.Route {
	return []kit.Route{
		{Method: "GET", Path: "/office", Policy: kit.Public(), Cache: kit.CacheRevalidate, Audit: kit.AuditNothing, Handle: toHome},
		{Method: "GET", Path: "/office/{$}", Policy: kit.SignedIn(), Cache: kit.CacheNever, Audit: kit.AuditNothing, Handle: o.homePage},
		{Method: "GET", Path: "/office/assets/{file}", Policy: kit.Public(), Cache: kit.CacheForever, Audit: kit.AuditNothing, Handle: o.assets.Serve},
		{Method: "POST", Path: "/office/language", Policy: kit.Public(), Input: kit.FormOf[langForm](), Cache: kit.CacheNever, Audit: kit.AuditNothing, Handle: o.chooseLang},
	}
}

// roleLine is one role that the reader has, and where.
type roleLine struct {
	Role  string
	Org   string
	Href  string
	Below bool
	Until string // "" where it has no end
}

// homePage is where the office begins: what is asked of the reader, and what she
// may do.
type homePage struct {
	frame
	Roles []roleLine
}

// toHome leads to the home.
func toHome(w http.ResponseWriter, r *http.Request) error { return kit.Redirect(w, r, home) }

// homePage answers /office/.
func (o *Office) homePage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	p := homePage{frame: o.frame(v, "home", v.lang.T("office.area_home"))}
	for _, g := range v.actor.Grants {
		if d := access.Can(v.now, v.actor, access.OrgView, access.Place{Path: g.Path}); !d.Allowed {
			continue
		}
		at, err := o.Org.Load(r.Context(), g.Org)
		if err != nil {
			return err
		}
		line := roleLine{Role: v.lang.T(g.Role.Key()), Org: at.Name(v.lang), Href: "/office/orgs/" + string(g.Org), Below: g.Below}
		line.Until = p.day(g.Until)
		p.Roles = append(p.Roles, line)
	}
	return o.show(w, r, p)
}

// langForm is a choice of language.
type langForm struct {
	Lang string `form:"lang,max=10"`
	Back string `form:"back,max=4096"`
}

// chooseLang keeps the language of the office: with the person, or in the
// browser of who is not signed in.
func (o *Office) chooseLang(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[langForm](r)
	lang, ok := locale.Parse(in.Lang)
	if !ok {
		return fault.New(fault.Misuse, "office.lang_unknown", nil)
	}
	s, err := o.site(r.Context())
	if err != nil {
		return err
	}
	if who, ok := people.PrincipalFrom(r.Context()); ok && who.As == "" {
		if err := o.People.SetLang(r.Context(), who.Person, lang); err != nil {
			return err
		}
	}
	http.SetCookie(w, &http.Cookie{
		Name: langCookie, Value: string(lang), Path: home, MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.Secure,
	})
	return kit.SeeOther(w, r, within(in.Back))
}

// within is an address of the office, or its home where to is none.
func within(to string) string {
	if strings.HasPrefix(to, home) && !strings.ContainsAny(to, "\\\r\n") {
		return to
	}
	return home
}

// shortName is a language in itself, in one character or two letters.
func shortName(l locale.Lang) string {
	i := slices.Index(locale.Langs[:], l)
	return [...]string{"繁", "简", "En"}[i]
}
