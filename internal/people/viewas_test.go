package people_test

import (
	"context"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/testkit"
)

// signIn opens a session and says who it is, as each request does.
func (r *roster) signIn(name string) func() people.Principal {
	r.Helper()
	secret := testkit.Must[people.Secret](r)(r.store.StartSession(r.Context(), r.who[name], people.ByPasskey, "test"))
	return func() people.Principal {
		r.Helper()
		who, ok, err := r.store.Open(r.Context(), secret)
		if err != nil || !ok {
			r.Fatal(ok, err)
		}
		return who
	}
}

// An administrator looks at the office as somebody below her, writes nothing, and
// goes back; when her own role goes, she is back at once.
func TestViewAs(t *testing.T) {
	onRoster(t, func(r *roster) {
		r.hire("陳大文", "", access.Administrator, true)
		r.hire("林秀英", "lanjiang/", access.Administrator, true)
		r.hire("黃國強", "lanjiang/yunpu/", access.Correspondent, false)
		lin := r.signIn("林秀英")
		mine := func(who people.Principal) context.Context {
			return people.Require(people.WithPrincipal(r.Context(), who))
		}
		if err := r.store.StartViewing(mine(lin()), lin(), r.who["黃國強"]); err != nil {
			t.Fatal(err)
		}
		who := lin()
		if who.Person != r.who["林秀英"] || who.As != r.who["黃國強"] {
			t.Fatalf("%+v", who)
		}
		d := testkit.Must[access.Decision](r)(r.guard.Decide(r.Context(), who, people.Need{Action: access.OrgEdit, Org: r.orgs["lanjiang/yunpu/"]}))
		if d.Allowed {
			t.Error("she sees with her own eyes")
		}
		err := r.store.Rename(mine(who), r.who["黃國強"], org.Names{Hant: "別名"})
		wantFault(t, err, "people.viewing_as")
		back := who
		back.As = ""
		if err := r.store.EndViewing(mine(back), back); err != nil || lin().As != "" {
			t.Errorf("%v %+v", err, lin())
		}
		wantFault(t, r.store.EndViewing(mine(back), back), "page.not_found")

		if err := r.store.StartViewing(mine(lin()), lin(), r.who["黃國強"]); err != nil {
			t.Fatal(err)
		}
		if err := r.store.Revoke(r.as("陳大文"), r.grantOf("林秀英")); err != nil {
			t.Fatal(err)
		}
		if who := lin(); who.As != "" {
			t.Errorf("without the role she still looks as %s", who.As)
		}
	})
}

// Nobody looks as who has roles that are not hers to give.
func TestViewAsRefused(t *testing.T) {
	onRoster(t, func(r *roster) {
		r.hire("陳大文", "", access.Administrator, true)
		r.hire("林秀英", "lanjiang/", access.Administrator, true)
		r.hire("近人", "lanjiang/", access.Administrator, false)
		r.hire("黃國強", "lanjiang/", access.Correspondent, true)
		r.hire("鄰人", "heshan/", access.Observer, false)
		r.hire("離人", "lanjiang/", "", false)
		if err := r.store.Leave(r.Context(), r.who["離人"]); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct{ who, as, want string }{
			{"林秀英", "陳大文", "people.view_as_refused"},
			{"林秀英", "鄰人", "people.view_as_refused"},
			{"近人", "黃國強", "people.view_as_refused"}, // his role reaches further down than hers
			{"黃國強", "近人", "people.view_as_refused"},
			{"林秀英", "林秀英", "people.view_as_self"},
			{"林秀英", "離人", "people.has_left"},
		} {
			who := r.signIn(c.who)()
			err := r.store.StartViewing(people.Require(people.WithPrincipal(r.Context(), who)), who, r.who[c.as])
			if e := fault.As(err); e == nil || e.Key != c.want {
				t.Errorf("%s as %s: %v", c.who, c.as, err)
			}
		}
		// Not by a token, not in another's session, and not who belongs elsewhere, even without a role.
		who := r.principal("陳大文")
		wantFault(t, r.store.StartViewing(r.as("陳大文"), who, r.who["黃國強"]), "access.reason_no_scope")
		who.Session = r.signIn("林秀英")().Session
		if err := r.store.StartViewing(r.as("陳大文"), who, r.who["黃國強"]); err != nil || r.told("person.view_as") != 0 {
			t.Errorf("%v, told %d times", err, r.told("person.view_as"))
		}
		r.hire("外人", "heshan/", "", false)
		who = r.signIn("林秀英")()
		err := r.store.StartViewing(people.Require(people.WithPrincipal(r.Context(), who)), who, r.who["外人"])
		wantFault(t, err, "people.view_as_refused")
		// What ended is no hindrance.
		p := people.GiveParams{Person: r.who["黃國強"], Org: r.orgs[""], Role: access.Observer, Until: r.clock.Now().Add(time.Hour)}
		if _, err := r.store.Give(r.as("陳大文"), p); err != nil {
			t.Fatal(err)
		}
		r.clock.Advance(2 * time.Hour)
		// A role that came since ends the visit.
		lin := r.signIn("林秀英")
		if err := r.store.StartViewing(people.Require(people.WithPrincipal(r.Context(), lin())), lin(), r.who["黃國強"]); err != nil {
			t.Fatal(err)
		}
		if _, err := r.store.Give(r.as("陳大文"), people.GiveParams{Person: r.who["黃國強"], Org: r.orgs[""], Role: access.Observer}); err != nil {
			t.Fatal(err)
		}
		if lin().As != "" {
			t.Error("she looks as somebody who has more than she by now")
		}
	})
}
