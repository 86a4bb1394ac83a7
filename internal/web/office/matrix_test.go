package office_test

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// longEnv asks for the long forms of the tests of trust.
const longEnv = "HUIGUAN_LONG"

func long() bool { return os.Getenv(longEnv) != "" }

// routeID names a route as the oracle does.
func routeID(r kit.Route) string { return r.Method + " " + r.Path }

// Every route is in the oracle, and every line of the oracle is a route.
func TestOracleKnowsEveryRoute(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	known := rules()
	for _, r := range h.office.Routes() {
		rule, ok := known[routeID(r)]
		if !ok {
			t.Errorf("the oracle does not know %s (%s)", routeID(r), r.Policy)
		}
		delete(known, routeID(r))
		for _, n := range rule.needs {
			if n.at != "" && !slices.Contains(names(r), n.at) {
				t.Errorf("the oracle asks about %q, which %s does not name", n.at, routeID(r))
			}
		}
	}
	for id := range known {
		t.Errorf("the oracle knows %s, which is no route", id)
	}
}

// bench serves the live routes with their policies, and writes in place of their
// handlers. What they decide is decided before a handler, and in the transaction.
func (w *ward) bench() *kit.Mux {
	w.Helper()
	routes := w.office.Routes()
	for i, r := range routes {
		routes[i].Handle = func(out http.ResponseWriter, req *http.Request) error {
			if r.Method == http.MethodPost && !rules()[routeID(r)].keeps {
				return w.db.Tx(req.Context(), func(context.Context, *db.Tx) error { return nil })
			}
			out.WriteHeader(http.StatusNoContent)
			return nil
		}
	}
	show := func(out http.ResponseWriter, _ *http.Request, status int, err error) {
		if status >= http.StatusInternalServerError {
			w.Errorf("%v", err)
		}
		out.WriteHeader(status)
	}
	return testkit.Must[*kit.Mux](w)(kit.NewMux(kit.MuxConfig{Guard: people.NewGuard(w.db), Home: "/office/", Show: show, Logger: slog.New(slog.DiscardHandler)}, routes...))
}

// shown is a principal as she shows who she is.
func (m member) shown(how credential, chief people.Principal) people.Principal {
	who := m.who
	switch how {
	case stale:
		who.Verified = who.Verified.Add(-time.Hour)
	case password:
		who.Factors = people.ByPassword
	case viewing:
		who = chief
		who.As = m.who.Person
	case token:
		who.Token, who.Scopes = "token", access.Actions()
	case narrow:
		who.Token, who.Scopes = "token", []access.Action{"ballot-count"}
	}
	return who
}

// tally counts what a matrix found.
type tally struct {
	cells, allowed, surprises int
	by                        map[string]int // surprises of each route
}

// judge counts a cell. The first surprises of each route are told one by one.
func (c *tally) judge(t *testing.T, route, what string, want, got bool) {
	t.Helper()
	c.cells++
	if got {
		c.allowed++
	}
	if want == got {
		return
	}
	c.surprises++
	if c.by == nil {
		c.by = map[string]int{}
	}
	if c.by[route]++; c.by[route] <= 3 {
		t.Errorf("%s %s: let in %v, the oracle says %v", route, what, got, want)
	}
}

// spots are the organisations at which a route's records may stand: each in turn
// for the first of them, and for the others beside it.
func spots(r kit.Route) (list []map[string]string) {
	named := slices.Compact(slices.Sorted(slices.Values(names(r))))
	named = slices.DeleteFunc(named, func(name string) bool { return !isRecord(name) })
	if len(named) == 0 {
		return []map[string]string{{}}
	}
	list = []map[string]string{{}}
	for _, name := range named {
		var more []map[string]string
		for _, before := range list {
			for _, path := range placesOf() {
				one := maps.Clone(before)
				one[name] = path
				more = append(more, one)
			}
		}
		if list = more; len(list) >= 36 {
			break
		}
	}
	return list
}

// TestMatrixHTTP asks every route for everybody: each role, in each reach and
// state, in each way to show who one is, for records above, here, below, beside
// and elsewhere.
func TestMatrixHTTP(t *testing.T) {
	if testing.Short() {
		t.Skip("tens of thousands of requests: left out of short runs")
	}
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		start, oracle := time.Now(), rules()
		w := newWard(t, d, clock)
		crowd, chief := w.everybody(), w.join(member{role: access.Administrator, home: "", below: true, state: holdsNow}).who
		mux := w.bench()
		w.sealed.Store(true)
		var c tally
		for i, r := range w.office.Routes() {
			rule := oracle[routeID(r)]
			for n, m := range append([]member{{state: hasLeft}}, crowd...) {
				if d.Engine() == db.Postgres && !long() && n%7 != c.cells%7 {
					continue // a sample: the decisions are the same code
				}
				if m.plain() && !long() && (n+i)%3 != 0 {
					continue
				}
				for _, at := range spots(r) {
					for _, how := range m.ways(at) {
						a := httptest.NewRecorder()
						who := people.Principal{}
						if m.in {
							who = m.shown(how, chief)
						}
						mux.ServeHTTP(a, by(who, w.request(r, at, nil)))
						what := fmt.Sprintf("at %v by %s of %q below=%v %s, %s", at, m.role, m.home, m.below, m.state, how)
						c.judge(t, routeID(r), what, rule.allows(m, how, r.Method, at), let(a.Code, "") && a.Code != http.StatusNotFound)
					}
				}
			}
		}
		t.Logf("RESULT matrix engine=%s cells=%d routes=%d allowed=%d surprises=%d s=%.1f", d.Engine(), c.cells, len(oracle), c.allowed, c.surprises, time.Since(start).Seconds())
		if c.allowed == 0 || c.allowed == c.cells {
			t.Error("a matrix that allows all, or nothing, asks nothing")
		}
	})
}

// plain says whether somebody is one of many of whom much the same is asked: runs
// that are not long ask a third of them.
func (m member) plain() bool { return m.role != access.Administrator && m.role != "" }

// ways are the credentials with which somebody is asked about: all of them for
// who has a role now, one for the others.
func (m member) ways(at map[string]string) []credential {
	if !m.in || m.state != holdsNow || len(at) > 1 && !together(at) {
		return []credential{strong}
	}
	return []credential{strong, stale, password, viewing, token, narrow}
}

// together says whether all records stand at one organisation.
func together(at map[string]string) bool {
	return len(slices.Compact(slices.Sorted(maps.Values(at)))) <= 1
}

// TestMatrixPages sends requests to the real pages: who is refused by the oracle
// gets nothing, who is let in gets an answer, and no page shows a person or a
// draft of a place where its reader may not see them.
func TestMatrixPages(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of pages: left out of short runs")
	}
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		if d.Engine() == db.Postgres && !long() {
			t.Skipf("only with %s=1: the pages are the same", longEnv)
		}
		start, oracle := time.Now(), rules()
		w := newWard(t, d, clock)
		chief := w.join(member{role: access.Administrator, home: "", below: true, state: holdsNow}).who
		crowd := []member{{state: hasLeft}}
		for _, m := range w.everybody() {
			switch {
			case long(), m.home != "" && m.state == holdsNow && m.role != "organiser" && m.role != "caseworker" && m.role != "teller", m.role == access.Administrator && m.below:
				crowd = append(crowd, m)
			}
		}
		w.sealed.Store(true)
		var c tally
		leaks := 0
		for _, r := range w.office.Routes() {
			rule := oracle[routeID(r)]
			for _, m := range crowd {
				for _, at := range spots(r) {
					for _, how := range []credential{strong, viewing} {
						if how == viewing && (!m.in || m.state != holdsNow || !together(at)) {
							continue
						}
						who := people.Principal{}
						if m.in {
							who = m.shown(how, chief)
						}
						a := w.ask(who, w.request(r, at, nil))
						what := fmt.Sprintf("at %v by %s of %q below=%v %s, %s", at, m.role, m.home, m.below, m.state, how)
						if !rule.elsewhere(m, at) {
							c.page(t, routeID(r), what, rule.allows(m, how, r.Method, at), a)
						}
						leaks += w.leaks(routeID(r)+" "+what, m, how, a.Body)
					}
				}
			}
		}
		t.Logf("RESULT matrix-pages engine=%s cells=%d routes=%d allowed=%d surprises=%d leaks=%d s=%.1f",
			d.Engine(), c.cells, len(oracle), c.allowed, c.surprises, leaks, time.Since(start).Seconds())
	})
}

// page judges an answer of the real office. A refusal of the person inside the
// work, because she would go beyond what she has, is content; the oracle of roles
// does not know it.
func (c *tally) page(t *testing.T, route, what string, want bool, a answer) {
	t.Helper()
	got := let(a.Status, a.Header.Get("Location"))
	if !want && a.Status == http.StatusNotFound {
		got = false
	}
	if want && a.Status == http.StatusForbidden && beyond(string(a.Body)) {
		got = true
	}
	if a.Status >= http.StatusInternalServerError {
		t.Errorf("%s %s: %d", route, what, a.Status)
	}
	c.judge(t, route, what, want, got)
}

// ask sends a request to the real office.
func (w *ward) ask(who people.Principal, r *http.Request) answer {
	out := httptest.NewRecorder()
	w.office.ServeHTTP(out, by(who, r))
	return answer{out.Code, out.Header(), out.Body.Bytes()}
}

// leaks counts the texts on a page that its reader may not see. What a request
// names, its answer may repeat; the texts here are named by nobody.
func (w *ward) leaks(what string, m member, how credential, body []byte) (n int) {
	w.Helper()
	for place, r := range w.records {
		for text, right := range map[string]right{r.name: seePeople, r.title: enter} {
			if strings.Contains(string(body), text) && !m.has(right, place, how) {
				n++
				w.Errorf("%s shows %q of %q", what, text, place)
			}
		}
	}
	return n
}

// beyond says whether a page tells somebody that she may not give, or command,
// more than she has.
func beyond(body string) bool {
	for _, key := range []string{"access.reason_too_high", "access.reason_here_only", "people.above_you"} {
		if text := hant(key); text != "" && strings.Contains(body, text) {
			return true
		}
	}
	return false
}
