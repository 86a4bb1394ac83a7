package people_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/testkit"
)

// editing is the need of a write to a person's record.
func (r *roster) editing(about string) people.Need {
	return people.Need{Action: access.PeopleEdit, Person: r.who[about]}
}

// Who leaves is signed out, her tokens end and her roles count no more; who
// returns gets them back only where somebody gives them.
func TestLeaveAndReturn(t *testing.T) {
	onRoster(t, func(r *roster) {
		r.hire("陳大文", "", access.Administrator, true)
		r.hire("黃國強", "lanjiang/", access.Correspondent, true)
		session := testkit.Must[people.Secret](r)(r.store.StartSession(r.Context(), r.who["黃國強"], people.ByPasskey, "test"))
		_, token, err := r.store.CreateToken(r.as("黃國強"), r.principal("黃國強"), people.TokenParams{Name: "script", Scopes: []access.Action{access.ArticleWrite}, Days: 30})
		if err != nil {
			t.Fatal(err)
		}
		edit := r.as("陳大文", r.editing("黃國強"))
		if err := r.store.Leave(edit, r.who["黃國強"]); err != nil {
			t.Fatal(err)
		}
		if _, ok, _ := r.store.Open(r.Context(), session); ok {
			t.Error("still signed in")
		}
		left := testkit.Must[people.Person](r)(r.store.Load(r.Context(), r.who["黃國強"]))
		r.clock.Advance(time.Hour)
		if err := r.store.Leave(edit, r.who["黃國強"]); err != nil || r.told("person.leave") != 1 ||
			testkit.Must[people.Person](r)(r.store.Load(r.Context(), r.who["黃國強"])) != left {
			t.Errorf("she left a second time: %v", err)
		}
		if _, _, ok, _ := r.store.OpenToken(r.Context(), token); ok {
			t.Error("the token still opens")
		}
		if why := r.can("黃國強", access.ArticleWrite, "lanjiang/"); why != access.NoRole {
			t.Errorf("may still write: %s", why)
		}
		if list := testkit.Must[[]people.Granted](r)(r.store.GrantsOf(r.Context(), r.who["黃國強"])); len(list) != 1 || !list[0].RevokedAt.IsZero() {
			t.Errorf("the role is gone: %+v", list)
		}
		_, err = r.store.Give(r.as("陳大文"), people.GiveParams{Person: r.who["黃國強"], Org: r.orgs["lanjiang/"], Role: access.Observer})
		wantFault(t, err, "people.has_left")

		if err := r.store.Return(edit, r.who["黃國強"]); err != nil {
			t.Fatal(err)
		}
		if why := r.can("黃國強", access.ArticleWrite, "lanjiang/"); why != access.NoRole {
			t.Errorf("returning gave the role back: %s", why)
		}
		if _, _, ok, _ := r.store.OpenToken(r.Context(), token); ok {
			t.Error("returning opened the token")
		}
		if _, ok, _ := r.store.Open(r.Context(), session); ok {
			t.Error("returning signed her in where she had been")
		}
		if _, err := r.store.GiveAgain(r.as("陳大文"), r.grantOf("黃國強")); err != nil {
			t.Fatal(err)
		}
		if why := r.can("黃國強", access.ArticleWrite, "lanjiang/yunpu/"); why != access.Granted {
			t.Errorf("given again: %s", why)
		}
		_, err = r.store.GiveAgain(r.as("陳大文"), r.grantOf("黃國強"))
		wantFault(t, err, "people.role_held")
	})
}

// The last administrator of the federation stays one, whatever is tried.
func TestLastAdministrator(t *testing.T) {
	onRoster(t, func(r *roster) {
		r.hire("陳大文", "", access.Administrator, true)
		r.hire("林秀英", "lanjiang/", access.Administrator, true)
		chen, grant := r.who["陳大文"], r.grantOf("陳大文")
		ways := map[string]func() error{
			"revoke": func() error { return r.store.Revoke(r.as("陳大文"), grant) },
			"leave":  func() error { return r.store.Leave(r.as("陳大文"), chen) },
			"end":    func() error { return r.store.SetUntil(r.as("陳大文"), grant, r.clock.Now().Add(time.Hour)) },
		}
		for name, way := range ways {
			err := way()
			if e := fault.As(err); e == nil || e.Key != "access.reason_last_admin" {
				t.Errorf("%s: %v", name, err)
			}
			if why := r.can("陳大文", access.SettingsEdit, ""); why != access.Granted {
				t.Fatalf("%s was done: %s", name, why)
			}
		}
		// One who comes later, ends, may not sign in or holds the root alone is no other.
		r.hire("何靜", "", "", false)
		for name, p := range map[string]people.GiveParams{
			"comes later": {From: r.clock.Now().Add(time.Hour), Below: true}, "ends": {Until: r.clock.Now().Add(time.Hour), Below: true}, "root alone": {},
		} {
			p.Person, p.Org, p.Role = r.who["何靜"], r.orgs[""], access.Administrator
			g := testkit.Must[people.Grant](r)(r.store.Give(r.as("陳大文"), p))
			if err := r.store.Revoke(r.as("陳大文"), grant); err == nil {
				t.Fatalf("%s counts as an administrator", name)
			}
			if name == "ends" {
				wantFault(t, r.store.Suspend(r.as("何靜", r.editing("陳大文")), chen), "people.above_you")
			}
			if err := r.store.Revoke(r.as("陳大文"), g.ID); err != nil {
				t.Fatal(err)
			}
		}
		// With another, each of the ways is open.
		if _, err := r.store.Give(r.as("陳大文"), people.GiveParams{Person: r.who["何靜"], Org: r.orgs[""], Role: access.Administrator, Below: true}); err != nil {
			t.Fatal(err)
		}
		if err := r.store.SetUntil(r.as("陳大文"), grant, r.clock.Now().Add(time.Hour)); err != nil {
			t.Error(err)
		}
		if err := r.store.Leave(r.as("何靜"), r.who["何靜"]); err == nil {
			t.Error("the other is the last one now, and left")
		}
	})
}

// Two administrators who take the role from each other at once: one stays.
func TestLastAdministratorAtOnce(t *testing.T) {
	onRoster(t, func(r *roster) {
		r.hire("陳大文", "", access.Administrator, true)
		r.hire("何靜", "", access.Administrator, true)
		var wait sync.WaitGroup
		errs := make([]error, 2)
		for i, one := range []struct{ who, whose string }{{"陳大文", "何靜"}, {"何靜", "陳大文"}} {
			id := r.grantOf(one.whose)
			wait.Go(func() { errs[i] = r.store.Revoke(r.as(one.who), id) })
		}
		wait.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Errorf("%v, %v", errs[0], errs[1])
		}
	})
}

// Who has less has no power over who has more, though she looks after her record.
func TestAbove(t *testing.T) {
	onRoster(t, func(r *roster) {
		r.hire("陳大文", "", access.Administrator, true)
		r.hire("林秀英", "lanjiang/", access.Administrator, true)
		r.hire("何靜", "lanjiang/", "", false)
		if _, err := r.store.Give(r.as("陳大文"), people.GiveParams{Person: r.who["何靜"], Org: r.orgs[""], Role: access.Editor}); err != nil {
			t.Fatal(err)
		}
		lin := r.as("林秀英", r.editing("何靜"))
		wantFault(t, r.store.Leave(lin, r.who["何靜"]), "people.above_you")
		wantFault(t, r.store.Suspend(lin, r.who["何靜"]), "people.above_you")
		if err := r.store.Leave(r.as("林秀英", r.editing("陳大文")), r.who["陳大文"]); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a person of another tree: %v", err)
		}
		// Over herself everybody has power, and so has who runs the server over all.
		r.hire("黃國強", "lanjiang/", access.Editor, true)
		if err := r.store.Leave(r.as("黃國強"), r.who["黃國強"]); err != nil {
			t.Errorf("herself: %v", err)
		}
		if err := r.store.Leave(t.Context(), r.who["何靜"]); err != nil {
			t.Errorf("from the console: %v", err)
		}
		// What she had once gives her no shelter.
		r.hire("沈慕雲", "lanjiang/", "", false)
		p := people.GiveParams{Person: r.who["沈慕雲"], Org: r.orgs[""], Role: access.Editor, Until: r.clock.Now().Add(time.Hour)}
		if _, err := r.store.Give(r.as("陳大文"), p); err != nil {
			t.Fatal(err)
		}
		wantFault(t, r.store.Leave(r.as("林秀英", r.editing("沈慕雲")), r.who["沈慕雲"]), "people.above_you")
		r.clock.Advance(2 * time.Hour)
		if err := r.store.Leave(r.as("林秀英", r.editing("沈慕雲")), r.who["沈慕雲"]); err != nil {
			t.Errorf("after her role ended: %v", err)
		}
	})
}

// A federation that has no administrator yet is worked in below all the same.
func TestWithoutAdministrator(t *testing.T) {
	onRoster(t, func(r *roster) {
		r.hire("林秀英", "lanjiang/", access.Administrator, true)
		r.hire("黃國強", "lanjiang/", access.Correspondent, false)
		if err := r.store.Revoke(r.as("林秀英"), r.grantOf("黃國強")); err != nil {
			t.Error(err)
		}
	})
}

// What is done already is not done again: the first to do it stays the one in the
// trail, and no end is put to what has ended.
func TestRevokedAlready(t *testing.T) {
	onRoster(t, func(r *roster) {
		r.hire("陳大文", "", access.Administrator, true)
		r.hire("何靜", "", access.Administrator, true)
		r.hire("黃國強", "lanjiang/", access.Correspondent, false)
		g := r.grantOf("黃國強")
		for _, who := range []string{"陳大文", "何靜"} {
			if err := r.store.Revoke(r.as(who), g); err != nil {
				t.Fatal(err)
			}
		}
		list := testkit.Must[[]people.Granted](r)(r.store.GrantsOf(t.Context(), r.who["黃國強"]))
		if list[0].RevokedBy != string(r.who["陳大文"]) || r.told("grant.revoke") != 1 {
			t.Errorf("taken back by %s, told %d times", list[0].RevokedBy, r.told("grant.revoke"))
		}
		wantFault(t, r.store.SetUntil(r.as("何靜"), g, r.clock.Now().Add(time.Hour)), "people.grant_over")
	})
}

// A role is held once at a time: before and after it there is room for it again.
func TestHeldRole(t *testing.T) {
	onRoster(t, func(r *roster) {
		r.hire("陳大文", "", access.Administrator, true)
		r.hire("黃國強", "lanjiang/", "", false)
		day := func(n int) time.Time { return r.clock.Now().Add(time.Duration(n) * 24 * time.Hour) }
		give := func(from, until int) (people.Grant, error) {
			p := people.GiveParams{Person: r.who["黃國強"], Org: r.orgs["lanjiang/"], Role: access.Editor, From: day(from)}
			if until > 0 {
				p.Until = day(until)
			}
			return r.store.Give(r.as("陳大文"), p)
		}
		may, err := give(20, 30)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			from, until int
			free        bool
		}{{0, 21, false}, {29, 40, false}, {22, 23, false}, {0, 0, false}, {0, 20, true}, {30, 0, true}} {
			_, err := give(c.from, c.until)
			if c.free && err != nil {
				t.Errorf("%d to %d: %v", c.from, c.until, err)
			} else if !c.free {
				wantFault(t, err, "people.role_held")
			}
		}
		// An end before the beginning is none; the end that it has is no change.
		wantFault(t, r.store.SetUntil(r.as("陳大文"), may.ID, day(10)), "people.until_past")
		if err := r.store.SetUntil(r.as("陳大文"), may.ID, day(30)); err != nil || r.told("grant.until") != 0 {
			t.Errorf("%v, told %d times", err, r.told("grant.until"))
		}
		// Taken back and given again, it is for the days that it was for.
		if err := r.store.Revoke(r.as("陳大文"), may.ID); err != nil {
			t.Fatal(err)
		}
		again, err := r.store.GiveAgain(r.as("陳大文"), may.ID)
		if err != nil || !again.FromAt.Equal(day(20)) || !again.UntilAt.Equal(day(30)) {
			t.Errorf("%v: from %v to %v", err, again.FromAt, again.UntilAt)
		}
	})
}

// invite stands for the invitations of those who write how people sign in.
func invite(context.Context, *db.Tx, ident.Person) (people.Link, error) {
	return people.Link{Address: "secret"}, nil
}

// Change of an end: forward and back, never beyond one's own, never of what is over.
func TestSetUntil(t *testing.T) {
	onRoster(t, func(r *roster) {
		r.hire("陳大文", "", access.Administrator, true)
		r.hire("林秀英", "lanjiang/", "", false)
		month := r.clock.Now().Add(30 * 24 * time.Hour)
		if _, err := r.store.Give(r.as("陳大文"), people.GiveParams{Person: r.who["林秀英"], Org: r.orgs["lanjiang/"], Role: access.Administrator, Below: true, Until: month}); err != nil {
			t.Fatal(err)
		}
		r.hire("黃國強", "lanjiang/yunpu/", "", false)
		g := testkit.Must[people.Grant](r)(r.store.Give(r.as("林秀英"), people.GiveParams{Person: r.who["黃國強"], Org: r.orgs["lanjiang/yunpu/"], Role: access.Editor, Until: month}))
		wantFault(t, r.store.SetUntil(r.as("林秀英"), g.ID, month.Add(time.Hour)), "access.reason_too_high")
		wantFault(t, r.store.SetUntil(r.as("林秀英"), g.ID, time.Time{}), "access.reason_too_high")
		wantFault(t, r.store.SetUntil(r.as("林秀英"), g.ID, r.clock.Now().Add(-time.Hour)), "people.until_past")
		if err := r.store.SetUntil(r.as("林秀英"), g.ID, r.clock.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		r.clock.Advance(2 * time.Hour)
		if why := r.can("黃國強", access.ArticleWrite, "lanjiang/yunpu/"); why != access.Expired {
			t.Errorf("%s", why)
		}
		wantFault(t, r.store.SetUntil(r.as("陳大文"), g.ID, month), "people.grant_over")
		if _, err := r.store.GiveAgain(r.as("陳大文"), g.ID); err != nil {
			t.Error(err)
		}
	})
}
