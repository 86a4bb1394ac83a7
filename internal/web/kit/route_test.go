package kit

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/testkit"
)

func silent(http.ResponseWriter, *http.Request) error { return nil }

// sound is a route with nothing left open, which the tests below spoil.
func sound() Route {
	type form struct {
		Org  string `form:"org"`
		Note string `form:"note,max=50"`
	}
	return Route{
		Method: "POST", Path: "/office/notes", Policy: Allowed(access.OrgEdit, OrgIn("org")), Input: FormOf[form](),
		Cache: CacheNever, Audit: AuditWrites, Handle: silent,
	}
}

// A route that leaves something open does not start, and the error says what.
func TestIncompleteRoutes(t *testing.T) {
	t.Parallel()
	if _, err := NewMux(MuxConfig{}, sound()); err != nil {
		t.Fatal(err)
	}
	type hidden struct {
		note string `form:"note"` //nolint:unused // the fault that is tested
	}
	type nameless struct{ Note string }
	type twice struct {
		A string `form:"note"`
		B string `form:"note"`
	}
	type key struct {
		Key string `form:"form_key"`
	}
	type endless struct {
		Note string `form:"note,max=0"`
	}
	type garbled struct {
		Note string `form:"note,max=many"`
	}
	type unknown struct {
		Note string `form:"note,min=3"`
	}
	type nested struct {
		Note map[string]string `form:"note"`
	}
	for _, c := range []struct {
		name  string
		spoil func(*Route)
		want  string
	}{
		{"method", func(r *Route) { r.Method = "PUT" }, "neither GET nor POST"},
		{"no method", func(r *Route) { r.Method = "" }, "neither GET nor POST"},
		{"policy", func(r *Route) { r.Policy = Policy{} }, "no policy"},
		{"policy made by And alone", func(r *Route) { r.Policy = Policy{}.And(access.OrgEdit, OrgIn("org")) }, "no policy"},
		{"somewhere", func(r *Route) { r.Policy = Somewhere(access.OrgEdit) }, "a write needs a record"},
		{"public with needs", func(r *Route) { r.Policy = Public().And(access.OrgEdit, OrgIn("org")) }, "public, and asks"},
		{"public and fresh", func(r *Route) { r.Policy = Public().Fresh() }, "public, and asks"},
		{"input", func(r *Route) { r.Input = Input{} }, "no input declared"},
		{"whatever the address says", func(r *Route) { r.Policy, r.Input = SignedIn(), Address() }, "no input declared"},
		{"by token", func(r *Route) { r.Policy = ByToken() }, "a write needs a record"},
		{"size", func(r *Route) { r.Input = r.Input.UpTo(0) }, "no size limit"},
		{"cache", func(r *Route) { r.Cache = "" }, "no cache class"},
		{"kept", func(r *Route) { r.Cache = CacheOwn }, "may not be kept"},
		{"audit", func(r *Route) { r.Audit = auditUndeclared }, "no audit class"},
		{"a GET that writes", func(r *Route) { r.Method = "GET" }, "may not write"},
		{"handler", func(r *Route) { r.Handle = nil }, "no handler"},
		{"a record that nobody names", func(r *Route) { r.Policy = Allowed(access.OrgEdit, OrgIn("place")) }, "about place"},
		{"a record without a name", func(r *Route) { r.Policy = Allowed(access.OrgEdit, OrgIn("")) }, "its policy is about"},
		{"a further record that nobody names", func(r *Route) { r.Policy = r.Policy.And(access.OrgAdd, OrgIn("to")) }, "about to"},
		{"a name in two places", func(r *Route) { r.Path = "/office/{org}/notes" }, "from the path and from the form"},
		{"no struct", func(r *Route) { r.Policy, r.Input = SignedIn(), FormOf[string]() }, "no struct"},
		{"hidden field", func(r *Route) { r.Policy, r.Input = SignedIn(), FormOf[hidden]() }, "not exported"},
		{"field without a tag", func(r *Route) { r.Policy, r.Input = SignedIn(), FormOf[nameless]() }, "no form tag"},
		{"field twice", func(r *Route) { r.Policy, r.Input = SignedIn(), FormOf[twice]() }, "taken"},
		{"the form's key", func(r *Route) { r.Policy, r.Input = SignedIn(), FormOf[key]() }, "taken"},
		{"max of nothing", func(r *Route) { r.Policy, r.Input = SignedIn(), FormOf[endless]() }, "no sound max"},
		{"max in words", func(r *Route) { r.Policy, r.Input = SignedIn(), FormOf[garbled]() }, "no sound max"},
		{"another option", func(r *Route) { r.Policy, r.Input = SignedIn(), FormOf[unknown]() }, "no sound max"},
		{"a kind that no form has", func(r *Route) { r.Policy, r.Input = SignedIn(), FormOf[nested]() }, "kind that no form has"},
		{"a path that is none", func(r *Route) { r.Path = "/office/{" }, "parsing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := sound()
			c.spoil(&r)
			_, err := NewMux(MuxConfig{}, r)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

// Two routes for one address do not start.
func TestRoutesThatClash(t *testing.T) {
	t.Parallel()
	one, other := sound(), sound()
	if _, err := NewMux(MuxConfig{}, one, other); err == nil || !strings.Contains(err.Error(), "stands twice") {
		t.Errorf("%v", err)
	}
	one.Policy, other.Policy = SignedIn(), SignedIn()
	one.Path, other.Path = "/office/{a}/x", "/office/y/{b}"
	if _, err := NewMux(MuxConfig{}, one, other); err == nil || !strings.Contains(err.Error(), "conflicts") {
		t.Errorf("%v", err)
	}
}

// room is a mux with people in it.
type room struct {
	*testing.T
	clock *testkit.Clock
	db    *db.DB
	guard *people.Guard
	mux   *Mux
	orgs  map[string]ident.Org
}

func newRoom(t *testing.T, d *db.DB, clock *testkit.Clock) *room {
	t.Helper()
	h := &room{T: t, clock: clock, db: d, guard: people.NewGuard(d), orgs: map[string]ident.Org{}}
	testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error {
		root, err := org.Init(ctx, tx, org.InitParams{Names: org.Names{Hant: "青溪同鄉會"}})
		if err != nil {
			return err
		}
		h.orgs[""] = root.ID
		for _, slug := range []string{"lanjiang", "heshan"} {
			o, err := org.Create(ctx, tx, org.CreateParams{Parent: root.ID, Slug: slug, Kind: "city", Names: org.Names{Hant: slug}})
			if err != nil {
				return err
			}
			h.orgs[o.Path] = o.ID
		}
		return nil
	})
	return h
}

// open serves routes; errors are answered by their key.
func (h *room) open(routes ...Route) {
	h.Helper()
	show := func(w http.ResponseWriter, _ *http.Request, status int, err error) {
		w.WriteHeader(status)
		if e := fault.As(err); e != nil {
			_, _ = io.WriteString(w, e.Key)
		}
	}
	logger, lines := logTo(h.T)
	h.Cleanup(func() {
		if lines.Len() > 0 && h.Failed() {
			h.Log(lines.String())
		}
	})
	var err error
	if h.mux, err = NewMux(MuxConfig{Guard: h.guard, Home: "/office/", Show: show, Logger: logger}, routes...); err != nil {
		h.Fatal(err)
	}
}

// guest is nobody; person makes somebody with a role ("": none).
func (h *room) person(role access.Role, path string) people.Principal {
	h.Helper()
	var id ident.Person
	testkit.Tx(h, h.db, func(ctx context.Context, tx *db.Tx) error {
		p, err := people.Create(ctx, tx, h.orgs[path], org.Names{Hant: "林秀英"}, locale.Hant)
		if err != nil {
			return err
		}
		id = p.ID
		if err := people.CreateAccount(ctx, tx, id, string(id), ""); err != nil || role == "" {
			return err
		}
		_, err = people.Give(ctx, tx, people.GiveParams{Person: id, Org: h.orgs[path], Role: role, Below: true})
		return err
	})
	return people.Principal{Person: id, Factors: people.ByPasskey, Verified: h.clock.Now()}
}

// ask sends a request of somebody; the zero Principal is a guest.
func (h *room) ask(who people.Principal, r *http.Request) *httptest.ResponseRecorder {
	if who.Person != "" {
		r = r.WithContext(people.WithPrincipal(r.Context(), who))
	}
	w := httptest.NewRecorder()
	h.mux.ServeHTTP(w, r)
	return w
}

func form(path string, values url.Values) *http.Request {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

// Who may, who may not, and what each is told.
func TestRoutesAskFirst(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		h := newRoom(t, d, clock)
		entered := ""
		enter := func(w http.ResponseWriter, r *http.Request) error {
			entered = r.URL.Path
			_, err := io.WriteString(w, "")
			return err
		}
		get := func(path string, p Policy) Route {
			return Route{Method: "GET", Path: path, Policy: p, Cache: CacheNever, Audit: AuditNothing, Handle: enter}
		}
		h.open(
			get("/public", Public()), get("/mine", SignedIn()), get("/orgs/{org}", Allowed(access.OrgEdit, OrgIn("org"))),
			get("/people/{person}", Allowed(access.PeopleView, PersonIn("person"))), get("/federation", Allowed(access.OrgRules, Federation())),
			get("/list", Somewhere(access.PeopleView)), get("/fresh", SignedIn().Fresh()), get("/token", ByToken()),
			get("/both/{org}/{to}", Allowed(access.OrgEdit, OrgIn("org")).And(access.OrgAdd, OrgIn("to"))),
		)
		city, other := string(h.orgs["lanjiang/"]), string(h.orgs["heshan/"])
		admin, writer, nobody := h.person(access.Administrator, "lanjiang/"), h.person(access.Correspondent, "lanjiang/"), h.person("", "lanjiang/")
		weak, stale, guest := admin, admin, people.Principal{}
		script := nobody
		script.Token = "t"
		weak.Factors, stale.Verified = people.ByPassword, clock.Now().Add(-15*time.Minute)
		root := h.person(access.Administrator, "")
		for _, c := range []struct {
			who    people.Principal
			path   string
			status int
			words  string
		}{
			{guest, "/public", 200, ""}, {guest, "/mine", 401, "access.reason_signed_out"}, {guest, "/orgs/" + city, 401, "access.reason_signed_out"},
			{guest, "/token", 401, ""}, {nobody, "/token", 401, ""}, {script, "/token", 200, ""},
			{guest, "/list", 401, ""}, {guest, "/fresh", 401, ""}, {nobody, "/public", 200, ""}, {nobody, "/mine", 200, ""}, {nobody, "/list", 403, "access.reason_no_role"},
			{nobody, "/orgs/" + city, 403, "access.reason_no_role"}, {writer, "/orgs/" + city, 403, "access.reason_role_lacks"}, {writer, "/list", 403, ""},
			{admin, "/orgs/" + city, 200, ""}, {admin, "/orgs/" + other, 403, "access.reason_no_role"}, {admin, "/orgs/" + string(h.orgs[""]), 403, ""},
			{weak, "/orgs/" + city, 403, "access.reason_second_step"}, {weak, "/list", 403, ""}, {weak, "/mine", 200, ""},
			{admin, "/orgs/" + string(ident.New[ident.Org](clock.Now())), 404, ""}, {admin, "/orgs/ " + "x", 404, ""}, {admin, "/orgs/" + strings.ToUpper(city), 404, ""},
			{admin, "/people/" + string(writer.Person), 200, ""}, {admin, "/people/" + city, 404, ""}, {admin, "/people/" + string(root.Person), 403, ""},
			{admin, "/federation", 403, ""}, {root, "/federation", 200, ""}, {admin, "/fresh", 200, ""}, {stale, "/fresh", 403, "people.not_fresh"},
			{admin, "/both/" + city + "/" + city, 200, ""}, {admin, "/both/" + city + "/" + other, 403, ""}, {admin, "/both/" + other + "/" + city, 403, ""}, {root, "/both/" + city + "/" + other, 200, ""},
		} {
			entered = ""
			a := h.ask(c.who, httptest.NewRequest(http.MethodGet, strings.ReplaceAll(c.path, " ", "%20"), nil))
			if a.Code != c.status || !strings.Contains(a.Body.String(), c.words) || (entered != "") != (c.status == 200) {
				t.Errorf("GET %s: %d %s (entered %q), want %d %s", c.path, a.Code, a.Body, entered, c.status, c.words)
			}
		}
	})
}

// An address has one form, and answers the methods it was made for.
func TestRoutesHaveOneAddress(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newRoom(t, testkit.SQLite(t, clock), clock)
	wrote := false
	work := func(http.ResponseWriter, *http.Request) error { wrote = true; return nil }
	h.open(
		Route{Method: "GET", Path: "/office/{$}", Policy: SignedIn(), Cache: CacheNever, Audit: AuditNothing, Handle: silent},
		Route{Method: "GET", Path: "/office/both", Policy: SignedIn(), Cache: CacheNever, Audit: AuditNothing, Handle: silent},
		Route{Method: "GET", Path: "/office/tags/{tag}", Policy: SignedIn(), Cache: CacheNever, Audit: AuditNothing, Handle: silent},
		Route{Method: "POST", Path: "/office/both", Policy: SignedIn(), Input: Nothing(), Cache: CacheNever, Audit: AuditWrites, Handle: work},
		Route{Method: "POST", Path: "/office/orgs/{org}/close", Policy: Allowed(access.OrgMove, OrgIn("org")), Input: Nothing(), Cache: CacheNever, Audit: AuditWrites, Handle: work},
	)
	who := h.person(access.Administrator, "lanjiang/")
	city := string(h.orgs["lanjiang/"])
	for _, c := range []struct {
		method, path string
		status       int
		allow        string
	}{
		{"GET", "/office/", 200, ""}, {"HEAD", "/office/", 200, ""}, {"GET", "/office/both", 200, ""},
		{"GET", "/office/both/", 404, ""}, {"GET", "/office//both", 404, ""}, {"GET", "//office/both", 404, ""}, {"GET", "/office/./both", 404, ""},
		{"GET", "/office/x/../both", 404, ""}, {"GET", "/office%2fboth", 404, ""}, {"GET", "/office/%2e%2e/office/both", 404, ""}, {"GET", "/OFFICE/both", 404, ""},
		{"GET", "/office/tags/a%20b", 200, ""}, {"GET", "/office/tags/a%00b", 404, ""}, {"GET", "/office/tags/a%0d%0ab", 404, ""}, {"GET", "/office/tags/%ff", 404, ""},
		{"GET", "/office/both;x", 404, ""}, {"GET", "/office/both%00", 404, ""}, {"GET", "/", 404, ""},
		{"GET", "/office/orgs/" + city + "/close", 405, "POST"}, {"HEAD", "/office/orgs/" + city + "/close", 405, "POST"},
		{"PUT", "/office/both", 405, "GET, HEAD, POST"}, {"DELETE", "/office/both", 405, "GET, HEAD, POST"}, {"TRACE", "/office/both", 405, "GET, HEAD, POST"},
		{"PATCH", "/office/", 405, "GET, HEAD"}, {"get", "/office/both", 405, "GET, HEAD, POST"},
		{"POST", "/office//orgs/" + city + "/close", 404, ""}, {"POST", "/office/orgs/" + city + "%2fclose", 404, ""}, {"POST", "/office/orgs//close", 404, ""},
		{"POST", "/office/orgs/%2e%2e/close", 400, ""}, {"POST", "/office/orgs/" + city + "/close/", 404, ""},
	} {
		r := httptest.NewRequest(c.method, "/", nil)
		u, err := url.ParseRequestURI("http://x" + c.path)
		if err != nil {
			t.Fatal(err)
		}
		r.URL = u
		for _, name := range []string{"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"} {
			r.Header.Set(name, "POST")
		}
		a := h.ask(who, r)
		if a.Code != c.status || a.Header().Get("Allow") != c.allow || a.Header().Get("Location") != "" {
			t.Errorf("%s %s: %d, Allow %q, to %q; want %d, %q", c.method, c.path, a.Code, a.Header().Get("Allow"), a.Header().Get("Location"), c.status, c.allow)
		}
	}
	if wrote {
		t.Error("one of them did the work")
	}
	if a := h.ask(who, form("/office/both?_method=POST", url.Values{"_method": {"DELETE"}, "form_key": {NewFormKey(clock.Now())}})); a.Code != 400 || wrote {
		t.Errorf("%d: %s", a.Code, a.Body)
	}
}

// The words of a policy name what it asks for.
func TestPolicyString(t *testing.T) {
	t.Parallel()
	for want, p := range map[string]Policy{
		"public": Public(), "signed in": SignedIn(), "signed in fresh": SignedIn().Fresh(), "undeclared": {}, "somewhere people-view": Somewhere(access.PeopleView),
		"org-edit@org:org org-add@org:to": Allowed(access.OrgEdit, OrgIn("org")).And(access.OrgAdd, OrgIn("to")),
		"org-rules":                       Allowed(access.OrgRules, Federation()),
		"grant-give@grant:g fresh":        Allowed(access.GrantGive, GrantIn("g")).Fresh(),
		"people-edit@held:h":              Allowed(access.PeopleEdit, HeldIn("h")),
		"people-view@person:p":            Allowed(access.PeopleView, PersonIn("p")),
	} {
		if p.String() != want {
			t.Errorf("%q, want %q", p, want)
		}
	}
}

// A policy with each of its checks left out is another policy.
func TestWeaker(t *testing.T) {
	t.Parallel()
	p := Allowed(access.OrgEdit, OrgIn("org")).And(access.OrgAdd, OrgIn("to")).Fresh()
	var got []string
	for _, w := range p.Weaker() {
		got = append(got, w.Left+": "+w.String())
	}
	want := "everything: public|org-edit: org-add@org:to fresh|where org-edit is allowed: somewhere org-edit fresh|" +
		"org-add: org-edit@org:org fresh|where org-add is allowed: somewhere org-add fresh|fresh: org-edit@org:org org-add@org:to"
	if s := strings.Join(got, "|"); s != want {
		t.Error(s)
	}
	if len(Public().Weaker()) != 0 || len(SignedIn().Weaker()) != 1 || Allowed(access.OrgEdit, Federation()).Weaker()[1].String() != "signed in" {
		t.Error("weaker than public, signed in, or one need")
	}
}
