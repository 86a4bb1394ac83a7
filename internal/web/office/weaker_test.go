package office_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// TestMatrixNoticesMissingChecks is the control of the matrix: of every route, each
// check is left out in turn, and the oracle must notice it.
func TestMatrixNoticesMissingChecks(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of requests: left out of short runs")
	}
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	w, oracle := newWard(t, testkit.SQLite(t, clock), clock), rules()
	crowd := append([]member{{state: hasLeft}}, w.everybody()...)
	chief := w.join(member{role: access.Administrator, home: "", below: true, state: holdsNow}).who
	guard := people.NewGuard(w.db)
	w.sealed.Store(true)
	mutants, noticed, equal := 0, 0, 0
	for _, r := range w.office.Routes() {
		rule := oracle[routeID(r)]
		for _, weak := range r.Policy.Weaker() {
			if r.Method == http.MethodPost && rule.somewhere == "" && weak.Need < 0 && weak.Left != "everything" && weak.Left != "fresh" {
				continue // a write cannot have such a policy: it does not start
			}
			one := r
			one.Policy = weak.Policy
			mutants++
			switch {
			case w.notices(guard, one, rule, crowd, chief):
				noticed++
			case weak.Need >= 0 && weak.Need < len(rule.needs) && implied(rule, weak.Need, r, crowd):
				equal++ // who has the other rights has this one
			default:
				t.Errorf("%s without %s: nobody noticed", routeID(r), weak.Left)
			}
		}
	}
	t.Logf("RESULT route-mutants mutants=%d noticed=%d equal=%d survived=%d", mutants, noticed, equal, mutants-noticed-equal)
}

// notices says whether the oracle finds anything wrong with a route.
func (w *ward) notices(guard *people.Guard, r kit.Route, rule rule, crowd []member, chief people.Principal) bool {
	w.Helper()
	r.Handle = func(out http.ResponseWriter, req *http.Request) error {
		if r.Method == http.MethodPost && !rule.keeps {
			return w.db.Tx(req.Context(), func(context.Context, *db.Tx) error { return nil })
		}
		out.WriteHeader(http.StatusNoContent)
		return nil
	}
	show := func(out http.ResponseWriter, _ *http.Request, status int, _ error) { out.WriteHeader(status) }
	mux := testkit.Must[*kit.Mux](w)(kit.NewMux(kit.MuxConfig{Guard: guard, Home: "/office/", Show: show, Logger: slog.New(slog.DiscardHandler)}, r))
	for _, m := range crowd {
		for _, at := range spots(r) {
			for _, how := range m.ways(at) {
				a, who := httptest.NewRecorder(), people.Principal{}
				if m.in {
					who = m.shown(how, chief)
				}
				mux.ServeHTTP(a, by(who, w.request(r, at, nil)))
				if rule.allows(m, how, r.Method, at) != (let(a.Code, "") && a.Code != http.StatusNotFound) {
					return true
				}
			}
		}
	}
	return false
}

// implied says whether a rule allows the same with and without one of its needs.
func implied(r rule, without int, route kit.Route, crowd []member) bool {
	less := r
	less.needs = slices.Delete(slices.Clone(r.needs), without, without+1)
	if len(less.needs) == 0 {
		return false
	}
	for _, m := range crowd {
		for _, at := range spots(route) {
			for _, how := range m.ways(at) {
				if r.allows(m, how, route.Method, at) != less.allows(m, how, route.Method, at) {
					return false
				}
			}
		}
	}
	return true
}

// The control of the oracle itself: each kind of rule lets some in and not others.
func TestOracleDecides(t *testing.T) {
	t.Parallel()
	admin := member{role: access.Administrator, home: homePath, below: true, state: holdsNow, in: true}
	here, writer, gone := admin, admin, admin
	here.below, writer.role, gone.state = false, access.Correspondent, revoked
	edit := where(need{editOrg, "org"})
	for i, c := range []struct {
		who  member
		how  credential
		at   string
		want bool
	}{
		{admin, strong, homePath, true}, {admin, strong, "lanjiang/yunpu/shatou/", true}, {here, strong, "lanjiang/yunpu/shatou/", false}, {here, strong, homePath, true},
		{admin, strong, "lanjiang/", false}, {admin, strong, "lanjiang/nanpu/", false}, {admin, strong, "", false}, {writer, strong, homePath, false}, {gone, strong, homePath, false},
		{admin, password, homePath, false}, {admin, viewing, homePath, false}, {admin, token, homePath, true}, {admin, narrow, homePath, false}, {member{}, strong, homePath, false},
	} {
		if got := edit.allows(c.who, c.how, "POST", map[string]string{"org": c.at}); got != c.want {
			t.Errorf("%d: %v, want %v", i, got, c.want)
		}
	}
	if !edit.allows(admin, viewing, "GET", map[string]string{"org": homePath}) || edit.freshly().allows(admin, stale, "GET", map[string]string{"org": homePath}) {
		t.Error("looking as another reads; an old proof is none")
	}
}
