package office

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// The cookies: the secret of a session, and by which a browser is known. On a site
// with https they carry a prefix that keeps other hosts and plain connections from
// setting them.
const (
	sessionCookie = "huiguan_session"
	deviceCookie  = "huiguan_device"
	hostPrefix    = "__Host-"
)

// How long browsers keep them. Whether they still open something is our matter.
const (
	sessionDays = 90
	deviceDays  = 365
)

// cookie reads a cookie. Without the prefix it counts only where the site is not
// served by https.
func (o *Office) cookie(r *http.Request, name string) (people.Secret, error) {
	if c, err := r.Cookie(hostPrefix + name); err == nil {
		return people.Secret(c.Value), nil
	}
	c, err := r.Cookie(name)
	if err != nil {
		return "", nil //nolint:nilerr // it is not there
	}
	f, err := o.Org.Federation(r.Context())
	if err != nil || strings.HasPrefix(f.BaseURL, "https:") {
		return "", err
	}
	return people.Secret(c.Value), nil
}

// setCookie gives the browser a secret to keep, or takes it away ("").
func setCookie(w http.ResponseWriter, secure bool, name string, value people.Secret) {
	days := map[string]int{sessionCookie: sessionDays, deviceCookie: deviceDays}[name]
	c := &http.Cookie{
		Name: name, Value: string(value), Path: "/", MaxAge: days * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: secure,
	}
	if secure {
		c.Name = hostPrefix + name
	}
	if value == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// signIn says who a request comes from. It is the only place that does.
func (o *Office) signIn(next http.Handler) http.Handler {
	open := func(w http.ResponseWriter, r *http.Request) error {
		if strings.HasPrefix(r.URL.Path, assetsPrefix) {
			next.ServeHTTP(w, r)
			return nil
		}
		secret, err := o.cookie(r, sessionCookie)
		if err != nil {
			return err
		}
		if secret != "" {
			who, ok, err := o.People.Open(r.Context(), secret)
			if err != nil {
				return err
			}
			if ok {
				r = r.WithContext(people.WithPrincipal(r.Context(), who))
			}
		}
		next.ServeHTTP(w, r)
		return nil
	}
	return kit.Handle(open, o.fail, o.Logger)
}

// visitor is the browser that a request comes from.
func (o *Office) visitor(r *http.Request) (v people.Visitor, err error) {
	v.Network = people.NetworkOf(kit.ClientAddr(r, o.Proxies))
	v.Agent = people.ShortAgent(r.UserAgent())
	if v.Device, err = o.cookie(r, deviceCookie); err != nil {
		return v, err
	}
	v.Session, err = o.cookie(r, sessionCookie)
	return v, err
}

// secondStepPage is where somebody is led whose role waits for a second step.
const secondStepPage = "/office/account/second-step"

// enter gives the browser what it came in with, and leads on.
func (o *Office) enter(w http.ResponseWriter, r *http.Request, e people.Entry, next string) error {
	s, err := o.site(r.Context())
	if err != nil {
		return err
	}
	setCookie(w, s.Secure, sessionCookie, e.Session)
	setCookie(w, s.Secure, deviceCookie, e.Device)
	if e.Waiting {
		return kit.SeeOther(w, r, secondStepPage)
	}
	return kit.SeeOther(w, r, within(next))
}

// renew gives the browser the new secret of its session, and leads on.
func (o *Office) renew(w http.ResponseWriter, r *http.Request, s people.Secret) error {
	site, err := o.site(r.Context())
	if err == nil {
		setCookie(w, site.Secure, sessionCookie, s)
	}
	return err
}

// begun answers a script that begins a ceremony: what to ask the browser, or what
// is wrong.
func (o *Office) begun(w http.ResponseWriter, r *http.Request, c people.Challenge, err error) error {
	answer, status := any(c), http.StatusOK
	if err != nil {
		if e := fault.As(err); e == nil || e.Kind == fault.Internal || e.Kind == fault.Unauthenticated {
			return err
		}
		v, err2 := o.visit(r)
		if err2 != nil {
			return err2
		}
		answer, status = map[string]string{"problem": v.lang.Error(err)}, kit.StatusOf(err)
	}
	body, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	return kit.Respond(w, r, kit.Response{Status: status, Type: "application/json", Cache: kit.CacheNever, Body: body})
}

// keyStep is a form whose work a passkey does, by script.
type keyStep struct {
	Kind   string // create or get
	Begin  string // where its challenge comes from
	Action string // where its answer goes
	Next   string // "" where the answer says nothing of it
	Label  string
	Named  bool   // it asks how the passkey shall be called
	Why    string // why passkeys are not offered; "" where they are
	Plain  bool   // it is the second choice on its page
}

// keyAnswer is what the script sends.
type keyAnswer struct {
	Ceremony string `form:"ceremony,max=60"`
	Answer   string `form:"answer,max=20000"`
	Next     string `form:"next,max=4096"`
}

// why says why passkeys are not offered, or "".
func (o *Office) why(r *http.Request, v visit) (string, error) {
	err := o.Gate.PasskeyTrouble(r.Context())
	if fault.Is(err, fault.Conflict) {
		return v.lang.Error(err), nil
	}
	return "", err
}

// and adds where to go on to an address.
func and(address, next string) string {
	if next == "" {
		return address
	}
	return address + "?next=" + url.QueryEscape(next)
}
