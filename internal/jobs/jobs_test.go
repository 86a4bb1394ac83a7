package jobs

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/testkit"
)

// greet is a kind of work for tests.
type greet struct {
	Name string `json:"name"`
}

func (greet) Kind() string { return "test-greet" }

// few is tried twice, and not queued twice.
type few struct {
	Name string `json:"name"`
}

func (few) Kind() string        { return "test-few" }
func (few) JobOptions() Options { return Options{Tries: 2, Unique: true, Alone: true} }

// eachEngine runs a test on each engine, with a clock of its own.
func eachEngine(t *testing.T, test func(*testing.T, *db.DB, *testkit.Clock)) {
	t.Helper()
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			clock := testkit.NewClock("2026-05-01")
			cfg := db.Config{Dir: t.TempDir(), Clock: clock.Now}
			if engine == db.Postgres {
				cfg.URL = testkit.PostgresURL(t)
			}
			d, err := db.Open(t.Context(), cfg)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = d.Close() })
			test(t, d, clock)
		})
	}
}

func open(t *testing.T, d *db.DB, clock *testkit.Clock) *Queue {
	t.Helper()
	q, err := Open(t.Context(), Config{DB: d, Clock: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func put(t *testing.T, d *db.DB, args ...Args) (ids []ID) {
	t.Helper()
	testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error {
		ids = nil
		for _, a := range args {
			id, err := Insert(audit.WithActor(ctx, "cli"), tx, a)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return nil
	})
	return ids
}

func drain(t *testing.T, q *Queue) int {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	n, err := q.Drain(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func listed(t *testing.T, q *Queue, s State) []Job {
	t.Helper()
	list, err := q.List(t.Context(), s, 100)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// Work stands or falls with its transaction, and knows who caused it.
func TestWorkOfATransaction(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, d *db.DB, clock *testkit.Clock) {
		q := open(t, d, clock)
		var got []string
		Register(q, Work[greet]{Do: func(ctx context.Context, a greet) error {
			got = append(got, a.Name+" by "+audit.Actor(ctx))
			return nil
		}})
		boom := errors.New("boom")
		err := d.Tx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			_, err := Insert(ctx, tx, greet{"undone"})
			return errors.Join(err, boom)
		})
		if !errors.Is(err, boom) {
			t.Fatal(err)
		}
		put(t, d, greet{"林秀英"})
		if n := drain(t, q); n != 1 || len(got) != 1 || got[0] != "林秀英 by cli" {
			t.Fatalf("%d %v", n, got)
		}
		if done := listed(t, q, Done); len(done) != 1 || done[0].Kind != "test-greet" || done[0].By != "cli" {
			t.Errorf("%+v", done)
		}
		if n := drain(t, q); n != 0 {
			t.Errorf("%d pieces ran again", n)
		}
		if _, err := Open(t.Context(), Config{DB: d}); err != nil {
			t.Errorf("a second open: %v", err)
		}
	})
}

// Work for later waits for its time; equal work that must not be queued twice is not.
func TestLaterAndOnce(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, d *db.DB, clock *testkit.Clock) {
		q := open(t, d, clock)
		ran := 0
		Register(q, Work[few]{Do: func(context.Context, few) error { ran++; return nil }})
		put(t, d, few{"a"}, few{"a"}, few{"b"})
		testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error {
			_, err := InsertAt(ctx, tx, few{"later"}, clock.Now().Add(time.Hour))
			return err
		})
		if n := drain(t, q); n != 2 || ran != 2 {
			t.Fatalf("%d, %d", n, ran)
		}
		put(t, d, few{"a"}) // the first is done: this is new
		if n := drain(t, q); n != 1 {
			t.Fatalf("%d", n)
		}
		if waits := listed(t, q, Waiting); len(waits) != 1 || !waits[0].At.Equal(clock.Now().Add(time.Hour)) {
			t.Fatalf("%+v", waits)
		}
		clock.Advance(time.Hour)
		if n := drain(t, q); n != 1 || ran != 4 {
			t.Fatalf("%d, %d", n, ran)
		}
	})
}

// Failed work stays to be seen with its reason, and is run again or dropped.
func TestFailures(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, d *db.DB, clock *testkit.Clock) {
		q := open(t, d, clock)
		var mended atomic.Bool
		Register(q, Work[few]{Timeout: 50 * time.Millisecond, Do: func(ctx context.Context, a few) error {
			switch {
			case mended.Load():
				return nil
			case a.Name == "panic":
				panic("no such index")
			case a.Name == "slow":
				<-ctx.Done()
				return ctx.Err()
			case a.Name == "hopeless":
				return GiveUp(fault.New(fault.Invalid, "people.not_found", nil))
			}
			return fault.Because(errors.New("disk"), fault.Unavailable, "db.disk", fault.Args{"file": "x.db"})
		}})
		put(t, d, few{"panic"}, few{"slow"}, few{"hopeless"}, few{"words"})
		drain(t, q)
		if got := listed(t, q, Retrying); len(got) != 3 || got[0].Tries != 1 || !got[0].At.After(clock.Now()) {
			t.Fatalf("%+v", got)
		}
		clock.Advance(time.Minute)
		drain(t, q)
		reasons := map[string]int{}
		failed := listed(t, q, Failed)
		for _, j := range failed {
			reasons[j.Reason.Key]++
		}
		for _, key := range []string{"work.reason_panic", "work.reason_timeout", "people.not_found", "db.disk"} {
			if reasons[key] != 1 {
				t.Errorf("%s stands %d times in %v", key, reasons[key], reasons)
			}
		}
		mended.Store(true)
		testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error {
			return errors.Join(Retry(ctx, tx, failed[0].ID), Drop(ctx, tx, failed[1].ID))
		})
		if n := drain(t, q); n != 1 {
			t.Errorf("%d ran again", n)
		}
		if left := listed(t, q, Failed); len(left) != 2 {
			t.Errorf("%d left", len(left))
		}
		if j, err := q.Get(t.Context(), failed[0].ID); err != nil || j.State != Done || j.Reason != nil {
			t.Errorf("%+v %v", j, err)
		}
		if _, err := q.Get(t.Context(), failed[1].ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("%v", err)
		}
		trail, err := audit.Of(t.Context(), d, "job", failed[1].ID.String())
		if err != nil || len(trail) != 1 || trail[0].Action != "job.drop" {
			t.Errorf("%v %v", trail, err)
		}
	})
}

// What recurs is queued once in its period, and only where there is something to do.
func TestSchedules(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, d *db.DB, clock *testkit.Clock) {
		q := open(t, d, clock)
		hourly, seldom, due := 0, 0, false
		Register(q, Work[greet]{Every: time.Hour, Do: func(context.Context, greet) error { hourly++; return nil }})
		Register(q, Work[few]{
			Every: time.Hour, Due: func(context.Context) (bool, error) { return due, nil },
			Do: func(context.Context, few) error { seldom++; return nil },
		})
		drain(t, q)
		drain(t, q)
		due = true
		clock.Advance(time.Hour)
		drain(t, q)
		if hourly != 2 || seldom != 1 {
			t.Errorf("%d %d", hourly, seldom)
		}
		list, err := q.Schedules(t.Context())
		if err != nil || len(list) != 2 || !list[0].Last.Equal(clock.Now()) || !list[0].Next.Equal(clock.Now().Add(time.Hour)) || list[0].State != Done {
			t.Errorf("%+v %v", list, err)
		}
	})
}

// Work in somebody's name is refused where she may no longer do it.
func TestNeedsAreAskedAgain(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	d := testkit.SQLite(t, clock)
	q := open(t, d, clock)
	who := ident.New[ident.Person](clock.Now())
	refuse := fault.New(fault.Forbidden, "access.reason_no_role", nil)
	q.May = func(ctx context.Context, p ident.Person, needs []Need) (context.Context, error) {
		if p != who || len(needs) != 1 || needs[0].Action != "org-edit" {
			t.Errorf("%s %v", p, needs)
		}
		if refuse != nil {
			return ctx, refuse
		}
		return ctx, nil
	}
	ran := 0
	Register(q, Work[greet]{
		Own: true, Needs: func(a greet) []Need { return []Need{{Action: "org-edit", Org: ident.Org(a.Name)}} },
		Do: func(context.Context, greet) error { ran++; return nil },
	})
	var id ID
	testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) (err error) {
		id, err = Insert(audit.WithActor(ctx, string(who)), tx, greet{"x"})
		return err
	})
	drain(t, q)
	j, err := q.Get(t.Context(), id)
	if err != nil || ran != 0 || j.State != Failed || j.Reason.Key != "access.reason_no_role" || !j.MayWatch(who) || j.MayWatch("") {
		t.Fatalf("%+v %v %d", j, err, ran)
	}
	refuse = nil
	if err := q.Retry(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	drain(t, q)
	if ran != 1 {
		t.Errorf("%d", ran)
	}
}

// A started queue works by itself, tells its progress while the only connection
// that writes is taken, and stops.
func TestStartedQueue(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		q, err := Open(t.Context(), Config{DB: d})
		if err != nil {
			t.Fatal(err)
		}
		inside, leave := make(chan struct{}), make(chan struct{})
		Register(q, Work[greet]{Do: func(ctx context.Context, _ greet) error {
			return d.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
				Progress(ctx, 3, 7)
				close(inside)
				<-leave
				return nil
			})
		}})
		ids := put(t, d, greet{"x"})
		if err := q.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		<-inside
		if j, err := q.Get(t.Context(), ids[0]); err != nil || j.State != Running || j.Done != 3 || j.Total != 7 {
			t.Errorf("%+v %v", j, err)
		}
		close(leave)
		if err := q.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		if j, err := q.Get(t.Context(), ids[0]); err != nil || j.State != Done || j.Done != 3 || j.Total != 7 {
			t.Errorf("%+v %v", j, err)
		}
	})
}

// Nodes share the work: each piece is done by one of them.
func TestManyNodes(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		const pieces, nodes = 300, 3
		var did [pieces]atomic.Int32
		var all []Args
		for i := range pieces {
			all = append(all, numbered{i})
		}
		began := time.Now()
		ended := make(chan error, nodes)
		var queues []*Queue
		for range nodes {
			q, err := Open(t.Context(), Config{DB: d})
			if err != nil {
				t.Fatal(err)
			}
			Register(q, Work[numbered]{Do: func(_ context.Context, a numbered) error { did[a.N].Add(1); return nil }})
			queues = append(queues, q)
		}
		put(t, d, all...)
		for _, q := range queues {
			go func() {
				_, err := q.Drain(t.Context())
				ended <- err
			}()
		}
		for range nodes {
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
		for i := range did {
			if n := did[i].Load(); n != 1 {
				t.Errorf("piece %d was done %d times", i, n)
			}
		}
		t.Logf("RESULT jobs engine=%s pieces=%d nodes=%d took=%s", d.Engine(), pieces, nodes, time.Since(began).Round(time.Millisecond))
	})
}

type numbered struct {
	N int `json:"n"`
}

func (numbered) Kind() string { return "test-numbered" }
