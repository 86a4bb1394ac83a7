package office_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/testkit"
)

// crowd makes a federation of so many organisations, roles and people.
func crowd(t *testing.T, orgs, grants int) (*hall, *testkit.Queries) {
	t.Helper()
	clock := testkit.NewClock("2026-05-01")
	d, queries := testkit.Counted(t, clock)
	h := newHall(t, d, clock)
	dice := rand.New(rand.NewPCG(7, 7)) //nolint:gosec // a test that can be run again
	testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error {
		all := []ident.Org{h.orgs["lanjiang/"], h.orgs["lanjiang/yunpu/"]}
		city, county := all[0], all[1]
		for i := range orgs - len(h.orgs) {
			p := org.CreateParams{Parent: county, Slug: fmt.Sprintf("n%d", i), Kind: "town", Names: org.Names{Hant: fmt.Sprintf("第%d鎮同鄉會", i)}}
			switch {
			case i%100 == 0:
				p.Parent, p.Kind = h.orgs[""], "city"
			case i%10 == 0:
				p.Parent, p.Kind = city, "county"
			}
			o, err := org.Create(ctx, tx, p)
			if err != nil {
				return err
			}
			switch all = append(all, o.ID); p.Kind {
			case "city":
				city = o.ID
			case "county":
				county = o.ID
			}
		}
		return populate(ctx, tx, dice, all, grants)
	})
	return h, queries
}

// populate makes a person with an account for every five roles.
func populate(ctx context.Context, tx *db.Tx, dice *rand.Rand, orgs []ident.Org, grants int) error {
	now := db.At(tx.Now())
	var who ident.Person
	for i := range grants {
		at := orgs[dice.IntN(len(orgs))]
		if i%5 == 0 {
			who = ident.New[ident.Person](tx.Now())
			_, err := tx.Exec(ctx, `INSERT INTO person (id, org_id, name_hant, name_hans, name_en, words, lang, status, created_at, updated_at)
				VALUES (?, ?, ?, '', '', ?, 'hant', 'active', ?, ?)`, who, at, fmt.Sprintf("第%d人", i), fmt.Sprintf("第%d人", i), now, now)
			if err != nil {
				return err
			}
			_, err = tx.Exec(ctx, `INSERT INTO account (person_id, login, email, state, password, totp, totp_step, webauthn_id, created_at, updated_at)
				VALUES (?, ?, '', 'active', '', '', 0, ?, ?, ?)`, who, who, who, now, now)
			if err != nil {
				return err
			}
		}
		role := access.Roles()[dice.IntN(len(access.Roles()))]
		_, err := tx.Exec(ctx, `INSERT INTO role_grant (id, person_id, org_id, role, below, granted_by, created_at, revoked_by) VALUES (?, ?, ?, ?, ?, '', ?, '')`,
			ident.New[ident.Grant](tx.Now()), who, at, role, dice.IntN(2) == 0, now)
		if err != nil {
			return err
		}
	}
	return nil
}

// measured is what one page costs.
type measured struct {
	median  time.Duration
	queries int64
}

// measure opens a page several times.
func (d *desk) measure(queries *testkit.Queries, path string) measured {
	d.Helper()
	var times []time.Duration
	var m measured
	for range 11 {
		before, start := queries.Count(), time.Now()
		if a := d.get(path); a.Status != http.StatusOK {
			d.Fatalf("%s: %d", path, a.Status)
		}
		times, m.queries = append(times, time.Since(start)), queries.Count()-before
	}
	slices.Sort(times)
	m.median = times[len(times)/2]
	return m
}

// largest is how long a page may take among 5,000 organisations and 20,000 roles,
// on one core that has nothing else to do.
const largest = 50 * time.Millisecond

// TestLargeFederation opens the pages of tree, people and roles in a small and in
// a large federation: the number of queries does not grow.
func TestLargeFederation(t *testing.T) {
	if testing.Short() {
		t.Skip("it fills a large federation: left out of short runs")
	}
	small, fewQueries := crowd(t, 60, 100)
	large, manyQueries := crowd(t, 5000, 20_000)
	few, many := small.seat("林秀英", access.Administrator, "", true), large.seat("林秀英", access.Administrator, "", true)
	for _, page := range []struct {
		name, path string
		most       int64
	}{
		{"home", "/office/", 20}, {"tree", "/office/orgs", 20}, {"organisation", "/office/orgs/{org}", 25}, {"people", "/office/people", 25}, {"roles", "/office/orgs/{org}/access", 25},
	} {
		address := func(h *hall) string { return strings.ReplaceAll(page.path, "{org}", string(h.orgs["lanjiang/yunpu/"])) }
		a, b := few.measure(fewQueries, address(small)), many.measure(manyQueries, address(large))
		if b.queries > a.queries+1 || b.queries > page.most {
			t.Errorf("%s: %d queries in a small federation, %d in a large one, want at most %d", page.name, a.queries, b.queries, page.most)
		}
		if long() && b.median > largest {
			t.Errorf("%s takes %s", page.name, b.median)
		}
		t.Logf("RESULT office-page name=%s queries=%d ms-small=%.1f ms-large=%.1f", page.name, b.queries, ms(a.median), ms(b.median))
	}
	large.decide(manyQueries, many.person)
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// decide measures one decision, and a list that is filtered by the same rule.
func (h *hall) decide(queries *testkit.Queries, who ident.Person) {
	h.Helper()
	guard := people.NewGuard(h.db)
	p := people.Principal{Person: who, Factors: people.ByPasskey}
	var times []time.Duration
	before := queries.Count()
	for range 51 {
		start := time.Now()
		d, err := guard.Decide(h.Context(), p, people.Need{Action: access.OrgEdit, Org: h.orgs["lanjiang/yunpu/shatou/"]})
		if err != nil || !d.Allowed {
			h.Fatalf("%+v %v", d, err)
		}
		scope, err := guard.Scope(h.Context(), p, access.PeopleView)
		if err != nil {
			h.Fatal(err)
		}
		within, args := org.Within(scope, "path")
		var n int
		if err := h.db.Get(h.Context(), &n, `SELECT COUNT(*) FROM organisation WHERE `+within, args...); err != nil || n < 5000 {
			h.Fatalf("%d %v", n, err)
		}
		times = append(times, time.Since(start))
	}
	each := (queries.Count() - before) / 51
	slices.Sort(times)
	if each > 4 || long() && times[25] > largest {
		h.Errorf("a decision and its list: %d queries, %s", each, times[25])
	}
	h.Logf("RESULT decide-and-list queries=%d ms=%.2f", each, ms(times[25]))
}
