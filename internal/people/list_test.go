package people_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/testkit"
)

var everywhere = access.Scope{Below: []string{""}}

// names lists who a question finds, in order.
func (r *roster) names(q people.ListParams) string {
	r.Helper()
	got := testkit.Must[people.Listing](r)(r.store.List(r.Context(), q))
	var out []string
	for _, p := range got.People {
		out = append(out, p.Names.Hant)
	}
	return strings.Join(out, " ")
}

// A list holds who is in the scope and meets the question, in the tree's order.
func TestListPeople(t *testing.T) {
	onRoster(t, func(r *roster) {
		r.hire("陳大文", "", access.Administrator, true)
		r.hire("何靜", "heshan/", access.Editor, false)
		r.hire("林秀英", "lanjiang/", access.Administrator, true)
		r.hire("黃國強", "lanjiang/yunpu/", access.Correspondent, false)
		r.hire("陳小明", "lanjiang/yunpu/shatou/", "", false)
		r.clock.Advance(time.Millisecond)
		testkit.Tx(r, r.db, func(ctx context.Context, tx *db.Tx) error {
			if err := people.Rename(ctx, tx, r.who["何靜"], org.Names{Hant: "何靜", En: "Grace Ho"}); err != nil {
				return err
			}
			if _, err := people.Create(ctx, tx, r.orgs["heshan/"], org.Names{Hant: "無帳戶"}, locale.Hant); err != nil {
				return err
			}
			if err := people.Leave(ctx, tx, r.who["陳小明"]); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, `UPDATE account SET state = 'suspended' WHERE person_id = ?`, r.who["黃國強"])
			return err
		})
		city := access.Scope{Below: []string{"lanjiang/"}}
		for _, c := range []struct {
			name string
			q    people.ListParams
			want string
		}{
			{"all", people.ListParams{Scope: everywhere}, "陳大文 林秀英 黃國強 陳小明 何靜 無帳戶"},
			{"of a scope", people.ListParams{Scope: city}, "林秀英 黃國強 陳小明"},
			{"of one organisation", people.ListParams{Scope: access.Scope{Here: []string{"lanjiang/"}}}, "林秀英"},
			{"of no scope", people.ListParams{}, ""},
			{"narrowed", people.ListParams{Scope: everywhere, Under: "lanjiang/yunpu"}, "黃國強 陳小明"},
			{"narrowed to what lies outside", people.ListParams{Scope: city, Under: "heshan/"}, ""},
			{"by a name in the other script", people.ListParams{Scope: everywhere, Words: "陈"}, "陳大文 陳小明"},
			{"by an English name", people.ListParams{Scope: everywhere, Words: "grace HO"}, "何靜"},
			{"by login", people.ListParams{Scope: everywhere, Words: "U102"}, "何靜"},
			{"by two words", people.ListParams{Scope: everywhere, Words: "陳 明"}, "陳小明"},
			{"by signs of the database", people.ListParams{Scope: everywhere, Words: "%"}, ""},
			{"by role", people.ListParams{Scope: everywhere, Role: access.Administrator}, "陳大文 林秀英"},
			{"suspended", people.ListParams{Scope: everywhere, Standing: people.Waits}, "黃國強"},
			{"left", people.ListParams{Scope: everywhere, Standing: people.HasLeft}, "陳小明"},
			{"without an account", people.ListParams{Scope: everywhere, Standing: people.NoLogin}, "無帳戶"},
		} {
			if got := r.names(c.q); got != c.want {
				t.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
		}
		got := testkit.Must[people.Listing](r)(r.store.List(r.Context(), people.ListParams{Scope: everywhere, Standing: people.Works}))
		if got.Total != 3 || got.Counts[people.HasLeft] != 1 || got.Counts[people.Waits] != 1 || got.Counts[people.NoLogin] != 1 {
			t.Errorf("counts %v, total %d", got.Counts, got.Total)
		}
		if first := got.People[0]; len(first.Roles) != 1 || first.Roles[0].Role != access.Administrator || first.Org.Hant != "青溪同鄉會" {
			t.Errorf("%+v", first)
		}
		// Page by page nobody stands twice, and nobody is missed.
		var seen []string
		q := people.ListParams{Scope: everywhere, Limit: 2}
		for range 4 {
			page := testkit.Must[people.Listing](r)(r.store.List(r.Context(), q))
			for _, p := range page.People {
				seen = append(seen, p.Names.Hant)
			}
			if q.After = page.Next; q.After == "" {
				break
			}
		}
		if strings.Join(seen, " ") != "陳大文 林秀英 黃國強 陳小明 何靜 無帳戶" {
			t.Errorf("%q", seen)
		}
		q.After = "01kz3c9e8g0000000000000000"
		_, err := r.store.List(r.Context(), q)
		wantFault(t, err, "people.not_found")
	})
}

// A role that has ended is not found by, and one that comes is shown.
func TestListRolesInTime(t *testing.T) {
	onRoster(t, func(r *roster) {
		id := r.hire("黃國強", "lanjiang/", "", false)
		testkit.Tx(r, r.db, func(ctx context.Context, tx *db.Tx) error {
			for _, p := range []people.GiveParams{
				{Role: access.Editor, Until: r.clock.Now().Add(time.Hour)}, {Role: access.Observer, From: r.clock.Now().Add(2 * time.Hour)},
			} {
				p.Person, p.Org = id, r.orgs["lanjiang/"]
				if _, err := people.Give(ctx, tx, p); err != nil {
					return err
				}
			}
			return nil
		})
		if r.names(people.ListParams{Scope: everywhere, Role: access.Editor}) == "" || r.names(people.ListParams{Scope: everywhere, Role: access.Observer}) != "" {
			t.Error("before the end")
		}
		testkit.Tx(r, r.db, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE role_grant SET until_at = ? WHERE role = 'editor'`, db.At(tx.Now()))
			return err
		})
		got := testkit.Must[people.Listing](r)(r.store.List(r.Context(), people.ListParams{Scope: everywhere}))
		if roles := got.People[0].Roles; len(roles) != 1 || roles[0].Role != access.Observer {
			t.Errorf("%+v", roles)
		}
	})
}

// crowd fills a federation: n organisations, two persons in each, two roles each.
func crowd(tb testing.TB, d *db.DB, n int) {
	tb.Helper()
	s := org.NewStore(d)
	root := testkit.Must[org.Organisation](tb)(s.Init(tb.Context(), org.InitParams{Names: org.Names{Hant: "聯合會"}}))
	testkit.Tx(tb, d, func(ctx context.Context, tx *db.Tx) error {
		var city org.Organisation
		for i := range n {
			p := org.CreateParams{Parent: root.ID, Slug: fmt.Sprintf("c%d", i), Kind: "city", Names: org.Names{Hant: fmt.Sprintf("第%d市同鄉會", i)}}
			if i%50 != 0 {
				p.Parent, p.Kind = city.ID, "town"
			}
			o, err := org.Create(ctx, tx, p)
			if err != nil {
				return err
			}
			if i%50 == 0 {
				city = o
			}
			for k := range 2 {
				who, err := people.Create(ctx, tx, o.ID, org.Names{Hant: fmt.Sprintf("陳%d%d", i, k), En: fmt.Sprintf("Chan %d", i)}, locale.Hant)
				if err != nil {
					return err
				}
				if err := people.CreateAccount(ctx, tx, who.ID, fmt.Sprintf("chan.%d.%d", i, k), ""); err != nil {
					return err
				}
				for _, g := range []people.GiveParams{{Org: o.ID, Role: access.Correspondent}, {Org: city.ID, Role: access.Observer, Below: true}} {
					g.Person = who.ID
					if _, err := people.Give(ctx, tx, g); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})
}

// However many there are, lists take the same few queries.
func TestListQueries(t *testing.T) {
	t.Parallel()
	d, queries := testkit.Counted(t, nil)
	crowd(t, d, 60)
	s, tree := people.NewStore(d), org.NewReader(d)
	count := func(work func() int) (int64, int) {
		before := queries.Count()
		n := work()
		return queries.Count() - before, n
	}
	list := func(limit int) func() int {
		return func() int {
			return len(testkit.Must[people.Listing](t)(s.List(t.Context(), people.ListParams{Scope: everywhere, Words: "陈", Limit: limit})).People)
		}
	}
	few, shown := count(list(3))
	many, all := count(list(100))
	if shown != 3 || all != 100 || few != many || many > 4 {
		t.Errorf("%d queries for %d, %d for %d", few, shown, many, all)
	}
	at := func(path string) func() int {
		o := testkit.Must[org.Organisation](t)(tree.ByPath(t.Context(), path))
		return func() int {
			return len(testkit.Must[people.Holders](t)(s.HoldersAt(t.Context(), o.ID)).Now)
		}
	}
	few, shown = count(at("c50/c51/"))
	if few > 4 || shown != 22 {
		t.Errorf("%d queries for %d holders", few, shown)
	}
}

// 5,000 organisations, 10,000 persons, 20,000 roles.
func BenchmarkPeople(b *testing.B) {
	d := testkit.SQLite(b, nil)
	crowd(b, d, 5000)
	s := people.NewStore(d)
	o := testkit.Must[org.Organisation](b)(org.NewReader(d).ByPath(b.Context(), "c50/c51/"))
	middle := testkit.Must[people.Listing](b)(s.List(b.Context(), people.ListParams{Scope: everywhere, Under: "c2500", Limit: 50})).Next
	for _, one := range []struct {
		name string
		work func() error
	}{
		{"list", func() error { _, err := s.List(b.Context(), people.ListParams{Scope: everywhere}); return err }},
		{"page", func() error {
			_, err := s.List(b.Context(), people.ListParams{Scope: everywhere, After: middle})
			return err
		}},
		{"city", func() error {
			_, err := s.List(b.Context(), people.ListParams{Scope: access.Scope{Below: []string{"c4950/"}}})
			return err
		}},
		{"words", func() error {
			_, err := s.List(b.Context(), people.ListParams{Scope: everywhere, Words: "陈499"})
			return err
		}},
		{"role", func() error {
			_, err := s.List(b.Context(), people.ListParams{Scope: everywhere, Role: access.Observer})
			return err
		}},
		{"holders", func() error { _, err := s.HoldersAt(b.Context(), o.ID); return err }},
	} {
		b.Run(one.name, func(b *testing.B) {
			var times []time.Duration
			for b.Loop() {
				began := time.Now()
				if err := one.work(); err != nil {
					b.Fatal(err)
				}
				times = append(times, time.Since(began))
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "ms-median")
		})
	}
}
