package people_test

import (
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/testkit"
)

// How long sessions live, as users are told.
const (
	idle = 14 * 24 * time.Hour
	most = 90 * 24 * time.Hour
)

// opens says whether a session's secret opens the office.
func (y *yard) opens(s people.Secret) bool {
	y.Helper()
	_, ok, err := y.store.Open(y.Context(), s)
	if err != nil {
		y.Fatal(err)
	}
	return ok
}

// in signs somebody in anew.
func (y *yard) in(who people.Principal, how people.Factors) people.Secret {
	y.Helper()
	return testkit.Must[people.Secret](y)(y.store.StartSession(y.Context(), who.Person, how, "test"))
}

// A session ends two weeks after the last click, to the millisecond.
func TestSessionEndsIdle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		after time.Duration
		open  bool
	}{{0, true}, {idle - time.Millisecond, true}, {idle, false}, {idle + time.Millisecond, false}} {
		clock := testkit.NewClock("2026-05-01")
		testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
			y := newYard(t, d, testkit.NewClock("2026-05-01"))
			who, _ := y.person("", "", false)
			s := y.in(who, people.ByPasskey)
			y.run(`UPDATE session SET expires_at = expires_at - ?`, c.after.Milliseconds()) // the clock is shared
			if y.opens(s) != c.open {
				t.Errorf("after %s: open %v", c.after, !c.open)
			}
		})
	}
}

// Each click moves the end on, up to ninety days from the start; the click is
// written down every ten minutes.
func TestSessionSlides(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	y := newYard(t, testkit.SQLite(t, clock), clock)
	who, _ := y.person("", "", false)
	s := y.in(who, people.ByPasskey)
	ends := func() time.Duration {
		list, err := y.store.Sessions(t.Context(), who.Person)
		if err != nil || len(list) != 1 {
			t.Fatalf("%v %v", list, err)
		}
		return list[0].ExpiresAt.Sub(clock.Now())
	}
	clock.Advance(10 * time.Minute)
	if !y.opens(s) || ends() != idle-10*time.Minute {
		t.Errorf("within ten minutes nothing is written: %s", ends())
	}
	clock.Advance(time.Millisecond)
	if !y.opens(s) || ends() != idle {
		t.Errorf("after ten minutes the end moves on: %s", ends())
	}
	start := 10*time.Minute + time.Millisecond
	for day := 10; day <= 80; day += 10 {
		clock.Advance(10 * 24 * time.Hour)
		if !y.opens(s) {
			t.Fatalf("closed after %d days of use", day)
		}
	}
	if left := most - start - 80*24*time.Hour; ends() != left {
		t.Errorf("%s left, want %s", ends(), left)
	}
	clock.Advance(ends() - time.Millisecond)
	if !y.opens(s) {
		t.Error("closed before its time")
	}
	clock.Advance(time.Millisecond)
	if y.opens(s) {
		t.Error("open after ninety days")
	}
}

// What ends a session counts at the next click.
func TestSessionEndsAtOnce(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, clock)
		for name, end := range map[string]func(people.Principal){
			"suspended": func(who people.Principal) {
				y.run(`UPDATE account SET state = 'suspended' WHERE person_id = ?`, who.Person)
			},
			"left": func(who people.Principal) { y.run(`UPDATE person SET status = 'left' WHERE id = ?`, who.Person) },
			"signed out everywhere": func(who people.Principal) {
				if err := y.store.EndSessions(y.Context(), who.Person, ""); err != nil {
					y.Error(err)
				}
			},
			"signed out here": func(who people.Principal) {
				list, err := y.store.Sessions(y.Context(), who.Person)
				if err != nil || len(list) != 1 {
					y.Fatal(err)
				}
				if err := y.store.EndSession(y.Context(), who.Person, list[0].ID); err != nil {
					y.Error(err)
				}
			},
		} {
			who, _ := y.person(access.Editor, "lanjiang/", false)
			other, _ := y.person(access.Editor, "lanjiang/", false)
			s, others := y.in(who, people.ByPassword), y.in(other, people.ByPassword)
			if !y.opens(s) {
				t.Fatal("closed from the beginning")
			}
			end(who)
			if y.opens(s) || !y.opens(others) {
				t.Errorf("%s: open %v, another's open %v", name, y.opens(s), y.opens(others))
			}
		}
		if y.opens("") || y.opens("forged") {
			t.Error("a secret that nobody has opens")
		}
	})
}

// Nobody ends another's session, and who signs out elsewhere stays here.
func TestSessionsAreOnesOwn(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, clock)
		lin, _ := y.person("", "", false)
		chen, _ := y.person("", "", false)
		s, phone := y.in(lin, people.ByBoth), y.in(lin, people.ByPassword)
		p, ok, err := y.store.Open(t.Context(), s)
		if err != nil || !ok || p.Person != lin.Person || !p.Factors.Strong() || !p.Fresh(clock.Now()) || p.As != "" || p.Token != "" {
			t.Fatalf("%+v %v", p, err)
		}
		if err := y.store.EndSession(t.Context(), chen.Person, p.Session); err != nil || !y.opens(s) {
			t.Errorf("another ended it: %v", err)
		}
		if err := y.store.EndSessions(t.Context(), chen.Person, ""); err != nil {
			t.Error(err)
		}
		var told int
		if err := d.Get(t.Context(), &told, `SELECT COUNT(*) FROM audit_entry WHERE action LIKE 'person.sign_out%'`); err != nil || told != 0 {
			t.Errorf("the trail tells of %d that were not ended, %v", told, err)
		}
		if err := y.store.EndSessions(t.Context(), lin.Person, p.Session); err != nil || !y.opens(s) || y.opens(phone) {
			t.Errorf("here %v, elsewhere %v: %v", y.opens(s), y.opens(phone), err)
		}
		var stored int
		if err := d.Get(t.Context(), &stored, `SELECT COUNT(*) FROM session WHERE hash = ? OR id = ?`, string(s), string(s)); err != nil || stored != 0 {
			t.Errorf("the secret itself is stored: %v", err)
		}
		if s.LogValue().String() != "secret" {
			t.Error("the log shows a secret")
		}
	})
}
