package kit

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/testkit"
)

// adding serves a form that adds an organisation and leads to it.
func adding(h *room) Route {
	type form struct {
		Parent string `form:"parent"`
		Slug   string `form:"slug"`
	}
	return Route{
		Method: "POST", Path: "/office/add", Policy: Allowed(access.OrgAdd, OrgIn("parent")), Input: FormOf[form](), Cache: CacheNever, Audit: AuditWrites,
		Handle: func(w http.ResponseWriter, r *http.Request) error {
			in := ReadInput[form](r)
			var made org.Organisation
			err := h.db.Tx(r.Context(), func(ctx context.Context, tx *db.Tx) (err error) {
				made, err = org.Create(ctx, tx, org.CreateParams{Parent: ident.Org(in.Parent), Kind: "county", Slug: in.Slug, Names: org.Names{Hant: "雲浦縣同鄉會"}})
				return err
			})
			if err != nil {
				return err
			}
			return SeeOther(w, r, "/office/orgs/"+string(made.ID))
		},
	}
}

// added counts the organisations of that path.
func (h *room) added(like string) (n int) {
	h.Helper()
	if err := h.db.Get(h.Context(), &n, `SELECT COUNT(*) FROM organisation WHERE path LIKE ?`, like); err != nil {
		h.Fatal(err)
	}
	return n
}

func (h *room) add(who people.Principal, key, slug string) (status int, to string) {
	a := h.ask(who, form("/office/add", url.Values{"form_key": {key}, "parent": {string(h.orgs["lanjiang/"])}, "slug": {slug}}))
	return a.Code, a.Header().Get("Location")
}

// A form does its work once, and who sends it again is led to where it led, though
// the work could be done again. One that was changed, or is sent by somebody else,
// is another form.
func TestFormOnce(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		h := newRoom(t, d, clock)
		h.open(adding(h))
		one, other := h.person(access.Administrator, ""), h.person(access.Administrator, "")
		key := NewFormKey(clock.Now())
		status, to := h.add(one, key, "")
		if status != http.StatusSeeOther || !strings.HasPrefix(to, "/office/orgs/") {
			t.Fatalf("%d %s", status, to)
		}
		if status, again := h.add(one, key, ""); status != http.StatusSeeOther || again != to {
			t.Errorf("again: %d %s, want %s", status, again, to)
		}
		if status, changed := h.add(one, key, "baishi"); status != http.StatusSeeOther || changed == to {
			t.Errorf("changed: %d %s", status, changed)
		}
		if status, hers := h.add(other, key, ""); status != http.StatusSeeOther || hers == to {
			t.Errorf("somebody else's: %d %s", status, hers)
		}
		if n := h.added("lanjiang/%/"); n != 3 {
			t.Errorf("%d were added", n)
		}
		for _, bad := range []string{"", "x", strings.ToUpper(key), key + "0"} {
			if status, _ := h.add(one, bad, "shatou"); status != http.StatusBadRequest {
				t.Errorf("key %q: %d", bad, status)
			}
		}
	})
}

// A form that was refused may be sent again, with the same key.
func TestRefusedFormAgain(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		h := newRoom(t, d, clock)
		broken := true
		route := adding(h)
		work := route.Handle
		route.Handle = func(w http.ResponseWriter, r *http.Request) error {
			if !broken {
				return work(w, r)
			}
			return h.db.Tx(r.Context(), func(context.Context, *db.Tx) error { return fault.New(fault.Unavailable, "db.busy", nil) })
		}
		h.open(route)
		who, key := h.person(access.Administrator, ""), NewFormKey(clock.Now())
		if status, _ := h.add(who, key, "yunpu"); status != http.StatusServiceUnavailable {
			t.Fatalf("%d", status)
		}
		broken = false
		if status, to := h.add(who, key, "yunpu"); status != http.StatusSeeOther || to == "/office/" {
			t.Errorf("%d %s", status, to)
		}
	})
}

// A form whose work has several parts does them all; where a later one is refused,
// that is said, and not that the form was sent before.
func TestFormInParts(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		h := newRoom(t, d, clock)
		route := adding(h)
		first := route.Handle
		route.Handle = func(w http.ResponseWriter, r *http.Request) error {
			return errors.Join(first(httptest.NewRecorder(), r), first(w, r))
		}
		h.open(route)
		who := h.person(access.Administrator, "")
		if status, _ := h.add(who, NewFormKey(clock.Now()), ""); status != http.StatusSeeOther || h.added("lanjiang/%/") != 2 {
			t.Errorf("%d, %d were added", status, h.added("lanjiang/%/"))
		}
		if status, _ := h.add(who, NewFormKey(clock.Now()), "baishi"); status != http.StatusConflict || h.added("lanjiang/baishi/") != 1 {
			t.Errorf("the second part is refused: %d", status)
		}
	})
}

// A stranger's form has no key: nobody knows whose work it would do twice.
func TestFormOfStrangers(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newRoom(t, testkit.SQLite(t, clock), clock)
	h.open(Route{Method: "POST", Path: "/office/sign-in", Policy: Public(), Input: Nothing(), Cache: CacheNever, Audit: AuditWrites, Handle: silent})
	if a := h.ask(people.Principal{}, form("/office/sign-in", nil)); a.Code != http.StatusOK {
		t.Errorf("%d %s", a.Code, a.Body)
	}
}

// Fifty at once: the work is done once, and all are led to the same place. The
// control, fifty forms of their own, does it fifty times.
func TestFormOnceAtOnce(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		h := newRoom(t, d, clock)
		h.open(adding(h))
		who := h.person(access.Administrator, "")
		var clicks sync.WaitGroup
		var places sync.Map
		var refused atomic.Int64
		key := NewFormKey(clock.Now())
		start := time.Now()
		for range 50 {
			clicks.Go(func() {
				status, to := h.add(who, key, "")
				if status != http.StatusSeeOther {
					refused.Add(1)
				}
				places.Store(to, true)
			})
		}
		clicks.Wait()
		n := 0
		places.Range(func(to, _ any) bool { n++; return strings.HasPrefix(to.(string), "/office/orgs/") })
		if n != 1 || refused.Load() != 0 || h.added("lanjiang/%/") != 1 {
			t.Errorf("led to %d places, %d refused, added %d", n, refused.Load(), h.added("lanjiang/%/"))
		}
		for range 50 {
			clicks.Go(func() {
				if status, _ := h.add(who, NewFormKey(clock.Now()), ""); status != http.StatusSeeOther {
					refused.Add(1)
				}
			})
		}
		clicks.Wait()
		if n := h.added("lanjiang/%/"); n != 51 || refused.Load() != 0 {
			t.Errorf("control: %d, want 51; %d refused", n, refused.Load())
		}
		t.Logf("RESULT form-once sent=50 done=1 places=%d control=%d ms=%d", n, h.added("lanjiang/%/")-1, time.Since(start).Milliseconds())
	})
}

// Whose work costs her the right to do it is led on all the same, and so is who
// sends that form twice. With another form she learns that she may not.
func TestWorkThatEndsOnesRight(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		h := newRoom(t, d, clock)
		h.person(access.Administrator, "")
		who := h.person(access.Administrator, "lanjiang/")
		grants, err := people.GrantsOf(t.Context(), d, who.Person)
		if err != nil {
			t.Fatal(err)
		}
		type grantForm struct {
			Grant string `form:"grant"`
		}
		h.open(Route{
			Method: "POST", Path: "/office/revoke", Policy: Allowed(access.GrantGive, GrantIn("grant")), Input: FormOf[grantForm](), Cache: CacheNever, Audit: AuditWrites,
			Handle: func(w http.ResponseWriter, r *http.Request) error {
				if err := people.NewStore(d).Revoke(r.Context(), ident.Grant(ReadInput[grantForm](r).Grant)); err != nil {
					return err
				}
				return SeeOther(w, r, "/office/people")
			},
		})
		sent := url.Values{"grant": {string(grants[0].ID)}, "form_key": {NewFormKey(clock.Now())}}
		for range 2 {
			if a := h.ask(who, form("/office/revoke", sent)); a.Code != http.StatusSeeOther || a.Header().Get("Location") != "/office/people" {
				t.Errorf("%d %s %s", a.Code, a.Header().Get("Location"), a.Body)
			}
		}
		sent.Set("form_key", NewFormKey(clock.Now()))
		if a := h.ask(who, form("/office/revoke", sent)); a.Code != http.StatusForbidden {
			t.Errorf("another form: %d", a.Code)
		}
	})
}
