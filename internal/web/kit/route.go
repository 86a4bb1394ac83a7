package kit

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/people"
)

// Route is one address under one method, with everything that must be known
// about it before it may be served. NewMux refuses one that leaves something open.
type Route struct {
	Method string // GET (with HEAD) or POST
	Path   string // as http.ServeMux has it: /office/orgs/{org}
	Policy Policy
	Input  Input // what it takes from a form or, with GET, from the query
	Cache  string
	Audit  AuditClass
	Handle Handler
}

// AuditClass says what a route leaves in the trail.
type AuditClass int

// The audit classes. A POST that changes something writes; one that only opens
// a ceremony, or is about a browser's own taste, says so.
const (
	auditUndeclared AuditClass = iota
	AuditNothing               // it reads, or keeps nothing
	AuditWrites                // it changes something, and records that
)

// where says which record a need is about.
type where int

const (
	atFederation where = iota
	atOrg
	atBelow
	atPerson
	atGrant
	atHeld
)

// At names the record that an action is about: the value of a part of the path
// or, where the path has none of that name, of a field of the form.
type At struct {
	what where
	name string
}

// Federation is the federation as a whole.
func Federation() At { return At{what: atFederation} }

// OrgIn is the organisation that a part of the path or a field names.
func OrgIn(name string) At { return At{atOrg, name} }

// BelowIn is all that hangs below the organisation that a part of the path or a field
// names, and the organisation where nothing does.
func BelowIn(name string) At { return At{atBelow, name} }

// PersonIn is a person; she belongs to the organisation that looks after her record.
func PersonIn(name string) At { return At{atPerson, name} }

// GrantIn is a role that was given; it belongs to its organisation.
func GrantIn(name string) At { return At{atGrant, name} }

// HeldIn is an office that is held; it belongs to its organisation.
func HeldIn(name string) At { return At{atHeld, name} }

// Policy says who may use a route. The zero Policy is none, and is refused.
type Policy struct {
	kind  policyKind
	needs []declared
	fresh bool
}

type policyKind int

const (
	undeclared policyKind = iota
	public                // everybody
	signedIn              // whoever is signed in, about her own things
	byToken               // whoever holds a token, about what it may do
	allowed               // who may do what the route does
	scoped                // who may do it anywhere; the page shows where she may
)

type declared struct {
	action access.Action
	at     At
}

// Public lets everybody in.
func Public() Policy { return Policy{kind: public} }

// SignedIn lets in who is signed in; the route is about her own things.
func SignedIn() Policy { return Policy{kind: signedIn} }

// ByToken lets in who holds a token; the route tells what that may do.
func ByToken() Policy { return Policy{kind: byToken} }

// Allowed lets in who may do the action to the record.
func Allowed(action access.Action, at At) Policy {
	return Policy{kind: allowed, needs: []declared{{action, at}}}
}

// Somewhere lets in who may do the action at any organisation; the handler shows
// what her scope holds. It is for lists, which write nothing.
func Somewhere(action access.Action) Policy {
	return Policy{kind: scoped, needs: []declared{{action: action}}}
}

// And asks for a further action on a record.
func (p Policy) And(action access.Action, at At) Policy {
	p.needs = append(slices.Clip(p.needs), declared{action, at})
	return p
}

// Fresh asks besides that she proved who she is a short while ago.
func (p Policy) Fresh() Policy {
	p.fresh = true
	return p
}

// String describes the policy, for the table of routes in the docs and tests.
func (p Policy) String() string {
	words := []string{[...]string{"undeclared", "public", "signed in", "by token", "", "somewhere"}[p.kind]}
	for _, n := range p.needs {
		words = append(words, string(n.action)+[...]string{"", "@org:", "@below:", "@person:", "@grant:", "@held:"}[n.at.what]+n.at.name)
	}
	if p.fresh {
		words = append(words, "fresh")
	}
	return strings.TrimSpace(strings.Join(words, " "))
}

// IsPublic says whether everybody is let in.
func (p Policy) IsPublic() bool { return p.kind == public }

// MuxConfig is what a Mux works with.
type MuxConfig struct {
	Guard  *people.Guard
	Home   string // where who sends a form twice is led, if nothing better is known
	Show   ErrorPage
	Logger *slog.Logger
	// Odd answers addresses that are not in their one form; nil: nothing is there.
	Odd Handler
}

// Mux serves declared routes.
type Mux struct {
	MuxConfig
	routes []Route
	mux    *http.ServeMux
}

// NewMux makes a Mux of routes. What a route leaves undeclared is an error: the
// program does not start with a door that nobody thought about.
func NewMux(c MuxConfig, routes ...Route) (*Mux, error) {
	m := &Mux{MuxConfig: c, routes: routes, mux: http.NewServeMux()}
	var problems []error
	seen := map[string]bool{}
	for _, r := range routes {
		id := r.Method + " " + r.Path
		why := r.incomplete()
		if why == "" && seen[id] {
			why = "stands twice"
		}
		if why == "" {
			why = m.add(id, r)
		}
		if why != "" {
			problems = append(problems, fmt.Errorf("kit: route %s: %s", id, why))
		}
		seen[id] = true
	}
	m.mux.Handle("/", Handle(m.missing, c.Show, c.Logger))
	return m, errors.Join(problems...)
}

// add serves a route, or says why its path cannot be: it is none, or another
// route answers some of the same addresses.
func (m *Mux) add(id string, r Route) (why string) {
	defer func() {
		if v := recover(); v != nil {
			why = fmt.Sprint(v)
		}
	}()
	m.mux.Handle(id, Handle(m.serve(r), m.Show, m.Logger))
	return ""
}

// missing answers where no route does.
func (m *Mux) missing(_ http.ResponseWriter, r *http.Request) error {
	if allow := m.methods(r); allow != "" {
		return MethodNotAllowed(allow)
	}
	return fault.New(fault.NotFound, "page.not_found", nil)
}

// incomplete says what a route leaves open, or "".
func (r Route) incomplete() string {
	writes := r.Method == http.MethodPost
	switch {
	case r.Method != http.MethodGet && !writes:
		return "method is neither GET nor POST"
	case r.Policy.kind == undeclared:
		return "no policy"
	case r.Policy.kind == public && (r.Policy.fresh || len(r.Policy.needs) > 0):
		return "public, and asks for something all the same"
	case (r.Policy.kind == scoped || r.Policy.kind == byToken) && writes:
		return "a write needs a record that its policy is about"
	case writes && r.Input.kind == nil:
		return "no input declared"
	case writes && r.Input.maxBody <= 0:
		return "no size limit"
	case r.Cache == "":
		return "no cache class"
	case r.Policy.kind != public && r.Cache != CacheNever:
		return "what is not public may not be kept"
	case r.Audit == auditUndeclared:
		return "no audit class"
	case !writes && r.Audit == AuditWrites:
		return "a GET may not write"
	case r.Handle == nil:
		return "no handler"
	}
	if why := r.Input.incomplete(); why != "" {
		return why
	}
	for _, name := range r.Input.Names() {
		if r.inPath(name) {
			return "takes " + name + " from the path and from the form"
		}
	}
	for _, n := range r.Policy.needs {
		if n.at.what != atFederation && !r.inPath(n.at.name) && !r.Input.has(n.at.name) {
			return "its policy is about " + n.at.name + ", which is neither in the path nor in the form"
		}
	}
	return ""
}

// inPath says whether the path has a part of that name.
func (r Route) inPath(name string) bool { return strings.Contains(r.Path, "{"+name+"}") }

// methods lists the methods under which an address is served.
func (m *Mux) methods(r *http.Request) string {
	var list []string
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		other := r.Clone(r.Context())
		other.Method = method
		if _, pattern := m.mux.Handler(other); pattern == "/" || method == r.Method {
			continue
		}
		list = append(list, method)
		if method == http.MethodGet {
			list = append(list, http.MethodHead)
		}
	}
	return strings.Join(list, ", ")
}

// Routes lists what is served, for tests and docs.
func (m *Mux) Routes() []Route { return slices.Clone(m.routes) }

// ServeHTTP implements http.Handler. An address has one form: with a double
// slash, or with dots in between, it is another, and there is nothing. Neither
// does any address of ours hold a control character.
func (m *Mux) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	at := r.URL.EscapedPath()
	if strings.TrimSuffix(at, "/") != strings.TrimSuffix(path.Clean("/"+at), "/") || !utf8.ValidString(r.URL.Path) || strings.ContainsFunc(r.URL.Path, unicode.IsControl) {
		odd := m.Odd
		if odd == nil {
			odd = func(http.ResponseWriter, *http.Request) error {
				return fault.New(fault.NotFound, "page.not_found", nil)
			}
		}
		Handle(odd, m.Show, m.Logger).ServeHTTP(w, r)
		return
	}
	m.mux.ServeHTTP(w, r)
}

// Serve is ServeHTTP for who has something to ask before.
func (m *Mux) Serve(w http.ResponseWriter, r *http.Request) error {
	m.ServeHTTP(w, r)
	return nil
}

// serve puts a route's checks before its handler: who asks, what was sent,
// whether she may. The needs go along to the transaction that writes, which asks
// again; see people.Guard.
func (m *Mux) serve(route Route) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		who, ok := people.PrincipalFrom(r.Context())
		if !ok && route.Policy.kind != public {
			return access.Decision{Reason: access.SignedOut}.Err()
		}
		r, err := route.Input.read(w, r)
		if err != nil {
			return err
		}
		if ok && route.Audit == AuditWrites {
			return m.once(w, r, route, who)
		}
		return m.checked(w, r, route)
	}
}

// checked runs the handler for who may use the route.
func (m *Mux) checked(w http.ResponseWriter, r *http.Request, route Route) error {
	who, _ := people.PrincipalFrom(r.Context())
	if who.As != "" && route.Audit == AuditWrites {
		return fault.New(fault.Forbidden, "people.viewing_as", nil) // the guard would say so, after the form was read
	}
	needs, err := route.Policy.resolve(r)
	if err != nil {
		return err
	}
	switch route.Policy.kind {
	case public:
	case byToken:
		if who.Token == "" {
			err = access.Decision{Reason: access.SignedOut}.Err()
		}
	case scoped:
		err = m.anywhere(r, who, needs)
	default:
		err = m.Guard.Check(r.Context(), who, needs...)
	}
	if err != nil {
		return err
	}
	if route.Policy.fresh && !who.Fresh(m.Guard.Now()) {
		return ErrNotFresh
	}
	return route.Handle(w, r.WithContext(people.Require(r.Context(), needs...)))
}

// once lets a form do its work once: who sends it again, with the same in it, is
// led to where it led, even if the work has taken away the record, or the right
// to do it. A form that was changed and sent again from an older page is another,
// and so is one of several on the same page.
func (m *Mux) once(w http.ResponseWriter, r *http.Request, route Route, who people.Principal) error {
	key := FormKey(r)
	if _, err := ident.Parse[formKey](key); err != nil {
		return badInput("kit.form_key_missing", formKeyField)
	}
	ctx := people.Once(r.Context(), fingerprint(r, who.Person), route.Method+" "+route.Path)
	err := m.checked(w, r.WithContext(ctx), route)
	switch {
	case err == nil:
		// The work is done and answered: that it is not remembered harms nobody.
		if err := m.Guard.Answered(ctx, cmp.Or(w.Header().Get("Location"), m.Home)); err != nil {
			m.Logger.WarnContext(ctx, "an answer was not kept", "id", RequestID(ctx), "error", err)
		}
	case fault.As(err) != nil:
		to, sent, err2 := m.Guard.AnswerOf(ctx, who.Person)
		if sent && err2 == nil {
			return SeeOther(w, r, cmp.Or(to, m.Home))
		}
		err = cmp.Or(err2, err)
	}
	return err
}

// fingerprint names what was sent: by whom, from which form, where to, and what
// stands in it.
func fingerprint(r *http.Request, who ident.Person) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n%s\n", who, r.URL.EscapedPath(), r.PostForm.Encode())
	if r.MultipartForm != nil {
		for _, name := range slices.Sorted(maps.Keys(r.MultipartForm.File)) {
			for _, file := range r.MultipartForm.File[name] {
				fmt.Fprintf(h, "%q %q %d\n", name, file.Filename, file.Size)
				if open, err := file.Open(); err == nil {
					_, _ = io.Copy(h, open)
					_ = open.Close()
				}
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// formKey is the type of the identifiers that forms carry.
type formKey string

// NewFormKey makes the key of a form that is about to be shown.
func NewFormKey(at time.Time) string { return string(ident.New[formKey](at)) }

// ErrNotFresh says that somebody must prove once more who she is.
var ErrNotFresh = fault.New(fault.Forbidden, "people.not_fresh", nil)

// anywhere refuses who may do the action at no organisation.
func (m *Mux) anywhere(r *http.Request, who people.Principal, needs []people.Need) error {
	for _, n := range needs {
		d, err := m.Guard.Anywhere(r.Context(), who, n.Action)
		if err := errors.Join(err, d.Err()); err != nil {
			return err
		}
	}
	return nil
}

// resolve finds the records that a request is about.
func (p Policy) resolve(r *http.Request) ([]people.Need, error) {
	needs := make([]people.Need, 0, len(p.needs))
	for _, d := range p.needs {
		n := people.Need{Action: d.action}
		if d.at.what != atFederation {
			if err := d.at.into(&n, d.at.value(r)); err != nil {
				return nil, fault.Because(err, fault.NotFound, "page.not_found", nil)
			}
		}
		needs = append(needs, n)
	}
	return needs, nil
}

// value is what the request names the record by.
func (a At) value(r *http.Request) string {
	if v := r.PathValue(a.name); v != "" {
		return v
	}
	return r.Form.Get(a.name)
}

// into puts an identifier into a need.
func (a At) into(n *people.Need, value string) (err error) {
	switch a.what {
	case atOrg:
		n.Org, err = ident.Parse[ident.Org](value)
	case atBelow:
		n.Below = true
		n.Org, err = ident.Parse[ident.Org](value)
	case atPerson:
		n.Person, err = ident.Parse[ident.Person](value)
	case atGrant:
		n.Grant, err = ident.Parse[ident.Grant](value)
	case atHeld:
		n.Held, err = ident.Parse[ident.Held](value)
	}
	return err
}
