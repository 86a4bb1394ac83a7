package people_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/testkit"
)

// as is the context of a request by somebody that declared the needs.
func (y *yard) as(who people.Principal, needs ...people.Need) context.Context {
	return people.Require(people.WithPrincipal(y.Context(), who), needs...)
}

// revoke takes a grant back as somebody.
func (y *yard) revoke(who people.Principal, g ident.Grant) error {
	return y.store.Revoke(y.as(who, people.Need{Action: access.GrantGive, Grant: g}), g)
}

// administrators counts who can administer the whole federation.
func (y *yard) administrators() (n int) {
	y.Helper()
	err := y.db.Get(y.Context(), &n, `SELECT COUNT(*) FROM role_grant AS g JOIN account AS a ON a.person_id = g.person_id AND a.state = 'active'
		JOIN person AS p ON p.id = g.person_id AND p.status = 'active'
		WHERE g.org_id = ? AND g.role = 'administrator' AND g.below AND g.revoked_at IS NULL AND g.until_at IS NULL`, y.orgs[""])
	if err != nil {
		y.Fatal(err)
	}
	return n
}

// Two administrators take each other's role back at the same moment: one of them
// succeeds, whoever is quicker, and one administrator stays.
func TestAdministratorsRevokeEachOther(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, clock)
		rounds := 25
		for range rounds {
			y.run(`UPDATE role_grant SET revoked_at = 1`)
			lin, lins := y.person(access.Administrator, "", true)
			chen, chens := y.person(access.Administrator, "", true)
			errs := make([]error, 2)
			var both sync.WaitGroup
			both.Go(func() { errs[0] = y.revoke(lin, chens) })
			both.Go(func() { errs[1] = y.revoke(chen, lins) })
			both.Wait()
			done := 0
			for _, err := range errs {
				switch refusal(err) {
				case "":
					done++
				case "access.reason_no_role", "access.reason_last_admin":
				default:
					t.Errorf("%v", err)
				}
			}
			if done != 1 || y.administrators() != 1 {
				t.Fatalf("%d done, %d administrators: %v", done, y.administrators(), errs)
			}
		}
		t.Logf("RESULT last-administrator engine=%s rounds=%d without=0", d.Engine(), rounds)
	})
}

// Many administrators take their own roles back at once: one stays.
func TestAdministratorsGoAtOnce(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, clock)
		var all sync.WaitGroup
		for range 12 {
			who, g := y.person(access.Administrator, "", true)
			all.Go(func() {
				if key := refusal(y.revoke(who, g)); key != "" && key != "access.reason_last_admin" {
					t.Errorf("%s", key)
				}
			})
		}
		all.Wait()
		if n := y.administrators(); n != 1 {
			t.Errorf("%d administrators are left", n)
		}
	})
}

// Who counts as an administrator that stays: somebody who can sign in, for good,
// from the root down, from now on.
func TestWhoStaysAdministrator(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, clock)
		who, own := y.person(access.Administrator, "", true)
		other, others := y.person(access.Administrator, "", true)
		reset := func() {
			y.run(`UPDATE role_grant SET revoked_at = NULL, revoked_by = '', until_at = NULL, from_at = NULL, below = TRUE, role = 'administrator', org_id = ? WHERE id = ?`, y.orgs[""], others)
			y.run(`UPDATE role_grant SET revoked_at = NULL, revoked_by = '' WHERE id = ?`, own)
			y.run(`UPDATE account SET state = 'active' WHERE person_id = ?`, other.Person)
			y.run(`UPDATE person SET status = 'active' WHERE id = ?`, other.Person)
		}
		for _, c := range []struct {
			name, query string
			args        []any
			want        string
		}{
			{"one who stays", `UPDATE person SET lang = 'en' WHERE id = ?`, []any{other.Person}, ""},
			{"one who left", `UPDATE person SET status = 'left' WHERE id = ?`, []any{other.Person}, "access.reason_last_admin"},
			{"one who is suspended", `UPDATE account SET state = 'suspended' WHERE person_id = ?`, []any{other.Person}, "access.reason_last_admin"},
			{"one for a while", `UPDATE role_grant SET until_at = ? WHERE id = ?`, []any{db.At(clock.Now().Add(time.Hour)), others}, "access.reason_last_admin"},
			{"one from tomorrow", `UPDATE role_grant SET from_at = ? WHERE id = ?`, []any{db.At(clock.Now().Add(time.Hour)), others}, "access.reason_last_admin"},
			{"one here only", `UPDATE role_grant SET below = FALSE WHERE id = ?`, []any{others}, "access.reason_last_admin"},
			{"one of a city", `UPDATE role_grant SET org_id = ? WHERE id = ?`, []any{y.orgs["lanjiang/"], others}, "access.reason_last_admin"},
			{"an editor", `UPDATE role_grant SET role = 'editor' WHERE id = ?`, []any{others}, "access.reason_last_admin"},
			{"one whose role was taken back", `UPDATE role_grant SET revoked_at = 1 WHERE id = ?`, []any{others}, "access.reason_last_admin"},
		} {
			reset()
			y.run(c.query, c.args...)
			if err := y.revoke(who, own); refusal(err) != c.want {
				t.Errorf("%s: %v, want %q", c.name, err, c.want)
			}
		}
		reset()
		y.run(`UPDATE role_grant SET revoked_at = 1 WHERE id = ?`, others)
		if err := y.store.Revoke(t.Context(), own); err != nil { // whoever runs the server may
			t.Errorf("%v", err)
		}
	})
}

// Nobody gives, or takes back, more than she has; each grant is the record of its
// own organisation.
func TestGiveNoMoreThanOneHas(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, clock)
		root, roots := y.person(access.Administrator, "", true)
		city, cities := y.person(access.Administrator, "lanjiang/", true)
		here, _ := y.person(access.Administrator, "lanjiang/", false)
		brief, briefs := y.person(access.Administrator, "lanjiang/", true)
		y.run(`UPDATE role_grant SET until_at = ? WHERE id = ?`, db.At(clock.Now().Add(time.Hour)), briefs)
		writer, _ := y.person(access.Correspondent, "lanjiang/yunpu/", false)
		for _, c := range []struct {
			name  string
			who   people.Principal
			path  string
			role  access.Role
			below bool
			until time.Duration
			want  string
		}{
			{"the same", city, "lanjiang/", access.Administrator, true, 0, ""},
			{"below", city, "lanjiang/yunpu/", access.Editor, true, 0, ""},
			{"above", city, "", access.Correspondent, false, 0, "access.reason_no_role"},
			{"beside", city, "heshan/", access.Correspondent, false, 0, "access.reason_no_role"},
			{"deeper", here, "lanjiang/", access.Correspondent, true, 0, "access.reason_too_high"},
			{"below what is here only", here, "lanjiang/yunpu/", access.Correspondent, false, 0, "access.reason_here_only"},
			{"longer", brief, "lanjiang/", access.Correspondent, false, 2 * time.Hour, "access.reason_too_high"},
			{"for good", brief, "lanjiang/", access.Correspondent, false, 0, "access.reason_too_high"},
			{"as long", brief, "lanjiang/", access.Observer, false, time.Hour, ""},
			{"by a correspondent", writer, "lanjiang/yunpu/", access.Correspondent, false, 0, "access.reason_role_lacks"},
			{"to the root", root, "heshan/", access.Reviewer, true, 0, ""},
		} {
			until := time.Time{}
			if c.until > 0 {
				until = clock.Now().Add(c.until)
			}
			to, _ := y.person("", "heshan/", false)
			ctx := y.as(c.who, people.Need{Action: access.GrantGive, Org: y.orgs[c.path]})
			_, err := y.store.Give(ctx, people.GiveParams{Person: to.Person, Org: y.orgs[c.path], Role: c.role, Below: c.below, Until: until})
			if refusal(err) != c.want {
				t.Errorf("%s: %v, want %q", c.name, err, c.want)
			}
			// A page that declares too little does not widen what may be given.
			_, err = y.store.Give(y.as(c.who), people.GiveParams{Person: to.Person, Org: y.orgs[c.path], Role: access.Teller, Below: c.below, Until: until})
			if (err == nil) != (c.want == "") {
				t.Errorf("%s, undeclared: %v", c.name, err)
			}
		}
		for _, c := range []struct {
			name string
			who  people.Principal
			take ident.Grant
			want string
		}{
			{"one above", city, roots, "access.reason_no_role"}, {"by a correspondent", writer, cities, "access.reason_no_role"},
			{"one that lasts longer", brief, cities, "access.reason_too_high"}, {"a peer's", city, briefs, ""}, {"from above", root, cities, ""}, {"twice", root, cities, ""},
		} {
			if err := y.revoke(c.who, c.take); refusal(err) != c.want {
				t.Errorf("take back %s: %v, want %q", c.name, err, c.want)
			}
		}
	})
}

// What may not be given to anybody.
func TestGiveRefuses(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, clock)
		left, _ := y.person("", "lanjiang/", false)
		y.run(`UPDATE person SET status = 'left' WHERE id = ?`, left.Person)
		who, _ := y.person("", "lanjiang/", false)
		now := clock.Now()
		for name, c := range map[string]struct {
			p    people.GiveParams
			want string
		}{
			"an unknown role": {people.GiveParams{Person: who.Person, Org: y.orgs[""], Role: "emperor"}, "people.role_unknown"},
			"no role":         {people.GiveParams{Person: who.Person, Org: y.orgs[""]}, "people.role_unknown"},
			"ended":           {people.GiveParams{Person: who.Person, Org: y.orgs[""], Role: access.Editor, Until: now}, "people.until_past"},
			"upside down":     {people.GiveParams{Person: who.Person, Org: y.orgs[""], Role: access.Editor, From: now.Add(2 * time.Hour), Until: now.Add(time.Hour)}, "people.until_past"},
			"who left":        {people.GiveParams{Person: left.Person, Org: y.orgs[""], Role: access.Editor}, "people.has_left"},
			"nobody":          {people.GiveParams{Person: ident.New[ident.Person](now), Org: y.orgs[""], Role: access.Editor}, "people.not_found"},
			"nowhere":         {people.GiveParams{Person: who.Person, Org: ident.New[ident.Org](now), Role: access.Editor}, "org.not_found"},
		} {
			if _, err := y.store.Give(t.Context(), c.p); refusal(err) != c.want {
				t.Errorf("%s: %v, want %s", name, err, c.want)
			}
		}
	})
}
