package office

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// frame is what every page has around its content.
type frame struct {
	Lang    locale.Lang
	Site    string // the federation's name
	Theme   string // sheet of the federation's own colours
	Title   string
	Here    string // address of this page
	Area    string // the entry of the menu that it belongs to
	Menu    []entry
	Crumbs  []link
	Who     string // name of who is signed in; "" where nobody is
	As      string // whom she looks at the office as, or ""
	Notice  string // what was just done
	Problem problem
	Styles  string
	Script  string
	zone    *time.Location
	now     time.Time
}

// entry is an entry of the menu.
type entry struct {
	Area string // home, orgs, people, …: a message and an icon
	Href string
}

// link is a text that leads somewhere.
type link struct {
	Text string
	Href string
}

// problem is what is wrong with what was sent, and with which field.
type problem struct {
	Text  string
	Field string
}

// t is the message of that key in the page's language.
func (f frame) t(key string, args ...fault.Args) string { return f.Lang.T(key, args...) }

// wrong marks a field that a problem is about.
func (f frame) wrong(field string) templ.Attributes {
	if f.Problem.Field != field {
		return nil
	}
	return templ.Attributes{"aria-invalid": "true"}
}

// name picks among names in three languages.
func (f frame) name(n org.Names) string { return n.In(f.Lang) }

// day writes the day of an instant, where the federation is.
func (f frame) day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return f.Lang.Date(t.In(f.zone).Format(time.DateOnly))
}

// lastDay writes the last day of what ends at an instant.
func (f frame) lastDay(until time.Time) string {
	if until.IsZero() {
		return ""
	}
	return f.day(until.Add(-time.Millisecond))
}

// moment writes an instant to the minute.
func (f frame) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return f.day(t) + " " + t.In(f.zone).Format("15:04")
}

// visit is a request, with what its page needs to know about its reader.
type visit struct {
	site
	lang   locale.Lang
	who    people.Principal // zero where nobody is signed in
	person people.Person
	as     people.Person // whom she looks at the office as
	actor  access.Actor  // with whose grants the page is shown
	now    time.Time
	url    *url.URL
}

// visit reads who asks and in which language.
func (o *Office) visit(r *http.Request) (v visit, err error) {
	ctx := r.Context()
	if v.site, err = o.site(ctx); err != nil {
		return v, err
	}
	v.now, v.url = o.Now(), r.URL
	v.lang = guestLang(r, v.Root)
	who, ok := people.PrincipalFrom(ctx)
	if !ok {
		return v, nil
	}
	v.who = who
	if v.person, err = o.People.Load(ctx, who.Person); err != nil {
		return v, err
	}
	v.lang = cmp.Or(v.person.Lang, v.lang)
	if who.As != "" {
		if v.as, err = o.People.Load(ctx, who.As); err != nil {
			return v, err
		}
	}
	v.actor, err = o.Guard.Actor(ctx, who)
	return v, err
}

// langCookie keeps the language of who is not signed in.
const langCookie = "office_lang"

// guestLang is the language of who is not signed in: what she chose, else what
// her browser asks for, else what the federation speaks.
func guestLang(r *http.Request, root org.Organisation) locale.Lang {
	if c, err := r.Cookie(langCookie); err == nil {
		if l, ok := locale.Parse(c.Value); ok {
			return l
		}
	}
	for one := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(one), ";")
		if l, ok := locale.Parse(tag); ok {
			return l
		}
	}
	switch {
	case root.Names.Hant != "":
		return locale.Hant
	case root.Names.Hans != "":
		return locale.Hans
	}
	return locale.En
}

// can says whether the reader of the page may do an action at a place.
func (v visit) can(action access.Action, path string) bool {
	return access.Can(v.now, v.actor, action, access.Place{Path: path}).Allowed
}

// anywhere says whether she may do it at all.
func (v visit) anywhere(action access.Action) bool {
	return !access.ScopeOf(v.now, v.actor, action).Empty()
}

// frame makes the frame of a page.
func (o *Office) frame(v visit, area, title string) frame {
	f := frame{
		Lang: v.lang, Site: v.Root.Name(v.lang), Theme: kit.ThemeAddress(v.Site.Accent), Title: title, Here: v.url.RequestURI(), Area: area,
		Styles: o.assets.URL("workroom.css"), Script: o.assets.URL("workroom.js"), zone: v.Zone, now: v.now,
	}
	if v.who.Person != "" {
		f.Who, f.Menu = v.person.Name(v.lang), v.menu()
	}
	if v.who.As != "" {
		f.As = v.as.Name(v.lang)
	}
	if done := v.url.Query().Get("done"); strings.Contains(done, ".done_") && locale.Has(done) {
		f.Notice = f.t(done)
	}
	return f
}

// menu lists the areas that the reader may enter.
func (v visit) menu() []entry {
	list := []entry{{"home", home}}
	for _, one := range []struct {
		area, href string
		action     access.Action
	}{
		{"orgs", "/office/orgs", access.OrgView},
		{"people", "/office/people", access.PeopleView},
		{"audit", "/office/audit", access.AuditView},
		{"work", "/office/work", access.JobsView},
		{"settings", "/office/settings", access.SettingsEdit},
	} {
		// These two are about the federation as a whole.
		whole := one.area == "settings" || one.area == "work"
		if v.anywhere(one.action) && (!whole || v.can(one.action, "")) {
			list = append(list, entry{one.area, one.href})
		}
	}
	return list
}

// page is a filled page struct with its template.
type page interface{ View() templ.Component }

// show sends a page.
func (o *Office) show(w http.ResponseWriter, r *http.Request, p page) error {
	return o.showAs(w, r, http.StatusOK, p)
}

func (o *Office) showAs(w http.ResponseWriter, r *http.Request, status int, p page) error {
	body, err := kit.Render(r.Context(), p.View())
	if err != nil {
		return err
	}
	return kit.Respond(w, r, kit.Response{Status: status, Type: kit.HTML, Cache: kit.CacheNever, Body: body})
}

// again shows a form anew after it was refused, with what was typed: build makes
// the page around the problem. fields says which field a message is about; where
// it says nothing, the problem concerns the whole form. Errors that no form can
// mend are returned.
func (o *Office) again(w http.ResponseWriter, r *http.Request, err error, fields map[string]string, build func(problem) (page, error)) error {
	e := fault.As(err)
	if e == nil || errors.Is(err, people.ErrSentBefore) || errors.Is(err, kit.ErrNotFresh) {
		return err
	}
	switch e.Kind {
	case fault.Invalid, fault.Conflict, fault.TooLarge, fault.Forbidden:
	default:
		return err
	}
	v, err2 := o.visit(r)
	if err2 != nil {
		return errors.Join(err, err2)
	}
	p, err2 := build(problem{Text: v.lang.Error(err), Field: fields[e.Key]})
	if err2 != nil {
		return errors.Join(err, err2)
	}
	return o.showAs(w, r, kit.StatusOf(err), p)
}

// done leads on after something was done, with a notice on the next page: a
// message such as tree.done_moved.
func done(w http.ResponseWriter, r *http.Request, to, what string) error {
	sep := "?"
	if strings.Contains(to, "?") {
		sep = "&"
	}
	return kit.SeeOther(w, r, to+sep+"done="+what)
}

// fail shows what went wrong: who is not signed in is led to where she can, and
// back again afterwards.
func (o *Office) fail(w http.ResponseWriter, r *http.Request, status int, err error) {
	switch {
	case fault.Is(err, fault.Unauthenticated) && r.Method == http.MethodGet:
		_ = kit.SeeOther(w, r, "/office/sign-in?next="+url.QueryEscape(r.URL.RequestURI()))
		return
	case errors.Is(err, kit.ErrNotFresh):
		_ = kit.SeeOther(w, r, "/office/verify?next="+url.QueryEscape(nextAfterVerify(r)))
		return
	}
	page := failurePage{Status: status}
	v, err2 := o.visit(r)
	if err2 != nil || status >= http.StatusInternalServerError {
		v = visit{lang: guestLang(r, org.Organisation{Names: org.Names{Hant: "會館"}}), url: r.URL, site: site{Zone: time.UTC}, now: o.Now()}
		page.Reference = kit.RequestID(r.Context())
	}
	page.frame = o.frame(v, "", v.lang.T(heading(status)))
	page.Words = v.lang.Error(err)
	if status == http.StatusNotFound {
		page.Words = v.lang.T("office.not_found")
	}
	body, err := kit.Render(context.WithoutCancel(r.Context()), page.View())
	if err != nil {
		o.Logger.ErrorContext(r.Context(), "error page failed", "error", err)
		http.Error(w, page.Words, status)
		return
	}
	_ = kit.Respond(w, r, kit.Response{Status: status, Type: kit.HTML, Cache: kit.CacheNever, Body: body})
}

// nextAfterVerify is where to go on: a form that was refused must be sent again
// from its page.
func nextAfterVerify(r *http.Request) string {
	if r.Method == http.MethodGet {
		return r.URL.RequestURI()
	}
	if u, err := url.Parse(r.Referer()); err == nil && strings.HasPrefix(u.Path, home) {
		return u.RequestURI()
	}
	return home
}

// heading names the title of an error page.
func heading(status int) string {
	switch {
	case status == http.StatusNotFound:
		return "page.not_found_title"
	case status == http.StatusForbidden, status == http.StatusUnauthorized:
		return "office.refused_title"
	case status == http.StatusServiceUnavailable:
		return "page.unavailable_title"
	case status >= http.StatusInternalServerError:
		return "page.internal_title"
	}
	return "page.refused_title"
}
