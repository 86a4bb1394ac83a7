package orgtable_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/jobs"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/orgtable"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/sheet"
	"github.com/huiguan/huiguan/internal/testkit"
)

// county is a part of the tree with its administrator, and the queue that works there.
type county struct {
	*testing.T
	db     *db.DB
	queue  *jobs.Queue
	tables *orgtable.Store
	top    org.Organisation
	who    ident.Person
	grant  ident.Grant
	// before is called as each transaction of the work is about to be committed.
	before func() error
}

func onCounty(t *testing.T, test func(*county)) {
	t.Helper()
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		c := &county{T: t, db: d, tables: orgtable.NewStore(d), before: func() error { return nil }}
		s := org.NewStore(d)
		root := testkit.Must[org.Organisation](t)(s.Init(t.Context(), org.InitParams{Names: org.Names{Hant: "青溪同鄉會"}}))
		c.top = testkit.Must[org.Organisation](t)(s.Create(t.Context(), org.CreateParams{Parent: root.ID, Slug: "yunpu", Kind: "county", Names: org.Names{Hant: "雲浦縣同鄉會"}}))
		testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error {
			p, err := people.Create(ctx, tx, c.top.ID, org.Names{Hant: "林秀英"}, locale.Hant)
			if err != nil {
				return err
			}
			c.who = p.ID
			if err := people.CreateAccount(ctx, tx, p.ID, "lin", ""); err != nil {
				return err
			}
			c.grant = c.give(ctx, tx)
			return nil
		})
		guard := people.NewGuard(d)
		d.BeforeCommit(func(ctx context.Context, _ *db.Tx, _ []string) error {
			if _, working := people.PrincipalFrom(ctx); working {
				return c.before()
			}
			return nil
		})
		c.queue = testkit.Must[*jobs.Queue](t)(jobs.Open(t.Context(), jobs.Config{DB: d, Clock: clock.Now, May: func(ctx context.Context, who ident.Person, needs []jobs.Need) (context.Context, error) {
			p, list := people.Principal{Person: who, Factors: people.ByBoth}, []people.Need{}
			for _, n := range needs {
				list = append(list, people.Need{Action: access.Action(n.Action), Org: n.Org})
			}
			return people.Require(people.WithPrincipal(ctx, p), list...), guard.Check(ctx, p, list...)
		}}))
		orgtable.Register(c.queue, d)
		test(c)
	})
}

func (c *county) give(ctx context.Context, tx *db.Tx) ident.Grant {
	g, err := people.Give(ctx, tx, people.GiveParams{Person: c.who, Org: c.top.ID, Role: access.Administrator, Below: true})
	if err != nil {
		c.Fatal(err)
	}
	return g.ID
}

// rows are a table of so many new towns.
func rows(towns int) []sheet.Row {
	list := []sheet.Row{{Number: 1, Cells: []string{"path", "name_hant", "kind"}}}
	for i := range towns {
		list = append(list, sheet.Row{Number: i + 2, Cells: []string{fmt.Sprintf("/yunpu/t%d/", i), fmt.Sprintf("第%d鎮同鄉會", i), "town"}})
	}
	return append(list, sheet.Row{Number: towns + 2, Cells: []string{"/heshan/", "外地同鄉會", "city"}})
}

// bring presses the button below a preview of a table.
func (c *county) bring(towns int) jobs.ID {
	c.Helper()
	ctx := people.WithPrincipal(c.Context(), people.Principal{Person: c.who, Factors: people.ByPasskey})
	bringer := testkit.Must[access.Actor](c)(people.ActorOf(ctx, c.db, c.who))
	p := orgtable.Params(bringer, c.db.Now(), c.top, rows(towns), locale.Hant)
	plan := testkit.Must[org.Plan](c)(org.PlanTable(ctx, c.db, p))
	return testkit.Must[jobs.ID](c)(c.tables.Do(ctx, p, plan.Digest()))
}

// count counts what a query finds.
func (c *county) count(query string, args ...any) (n int) {
	c.Helper()
	if err := c.db.Get(c.Context(), &n, `SELECT COUNT(*) FROM `+query, args...); err != nil {
		c.Fatal(err)
	}
	return n
}

func (c *county) towns() int {
	return c.count(`organisation WHERE path LIKE '/yunpu/%' OR path LIKE 'yunpu/_%'`)
}

func (c *county) drain() {
	c.Helper()
	if _, err := c.queue.Drain(c.Context()); err != nil {
		c.Fatal(err)
	}
}

func (c *county) job(id jobs.ID) jobs.Job {
	return testkit.Must[jobs.Job](c)(c.queue.Get(c.Context(), id))
}

func (c *county) table(id jobs.ID) orgtable.Table {
	c.Helper()
	t, ok, err := c.tables.OfWork(c.Context(), id)
	if err != nil || !ok {
		c.Fatal(ok, err)
	}
	return t
}

// A short table is done at once, and a long one by the queue; either leaves out what
// is wrong.
func TestShortAndLong(t *testing.T) {
	onCounty(t, func(c *county) {
		if id := c.bring(3); id != 0 || c.towns() != 3 {
			t.Fatalf("work %d, %d towns", id, c.towns())
		}
		id := c.bring(org.MaxTableChanges + 100)
		if c.towns() != 3 || c.job(id).State != jobs.Waiting || !c.job(id).MayWatch(c.who) {
			t.Fatalf("%d towns, %+v", c.towns(), c.job(id))
		}
		c.drain()
		done := c.table(id)
		if c.towns() != org.MaxTableChanges+100 || c.job(id).State != jobs.Done || done.Done != done.Total || done.Total != org.MaxTableChanges+97 {
			t.Errorf("%d towns, %+v, %+v", c.towns(), c.job(id), done)
		}
		if len(done.Wrong.V) != 1 || done.Wrong.V[0].Wrong[0].Key != "org.table_outside" {
			t.Errorf("%+v", done.Wrong.V)
		}
		if n := c.count(`audit_entry WHERE action = 'organisation.create' AND actor = ?`, c.who); n != org.MaxTableChanges+100 {
			t.Errorf("the trail names her %d times", n)
		}
		list := testkit.Must[[]orgtable.Table](t)(c.tables.Lately(t.Context(), c.who, c.db.Now()))
		if len(list) != 1 || list[0].JobID != id {
			t.Errorf("%+v", list)
		}
	})
}

// What takes many transactions is done in several goes.
func TestManyGoes(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of rows take their time: left out of short runs")
	}
	onCounty(t, func(c *county) {
		if c.db.Engine() == db.Postgres {
			c.Skip("nothing here depends on the engine")
		}
		const towns = 5*org.MaxTableChanges + 100
		id := c.bring(towns)
		c.drain()
		if j := c.job(id); j.State != jobs.Done || c.towns() != towns || c.table(id).Done != towns || j.Done != towns {
			t.Errorf("%d towns, %+v, %+v", c.towns(), j, c.table(id))
		}
	})
}

// Work that breaks off between or inside its transactions goes on where it was, and
// does no row twice.
func TestBrokenOff(t *testing.T) {
	onCounty(t, func(c *county) {
		id := c.bring(org.MaxTableChanges + 100)
		var commits atomic.Int32
		c.before = func() error {
			if commits.Add(1) == 2 {
				return errors.New("the disk is full")
			}
			return nil
		}
		c.drain()
		if j := c.job(id); j.State != jobs.Retrying || c.towns() != org.MaxTableChanges || c.table(id).Done != org.MaxTableChanges {
			t.Fatalf("%d towns, %+v", c.towns(), j)
		}
		testkit.Tx(t, c.db, func(ctx context.Context, tx *db.Tx) error { return jobs.Retry(ctx, tx, id) })
		c.drain()
		if c.job(id).State != jobs.Done || c.towns() != org.MaxTableChanges+100 || c.table(id).Done != c.table(id).Total {
			t.Errorf("%d towns, %+v, %+v", c.towns(), c.job(id), c.table(id))
		}
		if n := c.count(`audit_entry WHERE action = 'organisation.create'`); n != org.MaxTableChanges+102 { // the root and the county among them
			t.Errorf("%d were made", n)
		}
	})
}

// Her role ends while the work is under way: the rest is not done, with the reason,
// and is done once somebody gives it back.
func TestRoleEndsOnTheWay(t *testing.T) {
	onCounty(t, func(c *county) {
		id := c.bring(org.MaxTableChanges + 100)
		testkit.Tx(t, c.db, func(ctx context.Context, tx *db.Tx) error { return people.Revoke(ctx, tx, c.grant) })
		c.drain()
		if j := c.job(id); j.State != jobs.Failed || j.Reason.Key != "access.reason_no_role" || c.towns() != 0 {
			t.Fatalf("%d towns, %+v", c.towns(), j)
		}
		testkit.Tx(t, c.db, func(ctx context.Context, tx *db.Tx) error {
			c.give(ctx, tx)
			return jobs.Retry(ctx, tx, id)
		})
		c.drain()
		if c.job(id).State != jobs.Done || c.towns() != org.MaxTableChanges+100 {
			t.Errorf("%d towns, %+v", c.towns(), c.job(id))
		}
	})
}

// Another plan than the one that was looked at is not done, long or short.
func TestStale(t *testing.T) {
	onCounty(t, func(c *county) {
		for _, towns := range []int{3, org.MaxTableChanges + 1} {
			ctx := people.WithPrincipal(t.Context(), people.Principal{Person: c.who, Factors: people.ByPasskey})
			bringer := testkit.Must[access.Actor](t)(people.ActorOf(ctx, c.db, c.who))
			_, err := c.tables.Do(ctx, orgtable.Params(bringer, c.db.Now(), c.top, rows(towns), locale.Hant), "another")
			if e := fault.As(err); e == nil || e.Key != "org.table_stale" {
				t.Errorf("%d towns: %v", towns, err)
			}
		}
		if c.towns() != 0 || c.count(`org_table`) != 0 {
			t.Error("something was done")
		}
	})
}
