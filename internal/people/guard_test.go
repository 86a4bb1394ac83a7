package people_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/testkit"
)

// yard is a small tree with its guard.
type yard struct {
	*testing.T
	clock *testkit.Clock
	db    *db.DB
	guard *people.Guard
	store *people.Store
	orgs  map[string]ident.Org // by path
}

func newYard(t *testing.T, d *db.DB, clock *testkit.Clock) *yard {
	t.Helper()
	y := &yard{T: t, clock: clock, db: d, guard: people.NewGuard(d), store: people.NewStore(d), orgs: map[string]ident.Org{}}
	y.tx(func(ctx context.Context, tx *db.Tx) error {
		root, err := org.Init(ctx, tx, org.InitParams{Names: org.Names{Hant: "青溪同鄉會"}})
		y.orgs[""] = root.ID
		for _, one := range [][3]string{{"", "lanjiang", "city"}, {"", "heshan", "city"}, {"lanjiang/", "yunpu", "county"}} {
			if err != nil {
				return err
			}
			var o org.Organisation
			o, err = org.Create(ctx, tx, org.CreateParams{Parent: y.orgs[one[0]], Slug: one[1], Kind: one[2], Names: org.Names{Hant: one[1]}})
			y.orgs[o.Path] = o.ID
		}
		return err
	})
	return y
}

// tx does a piece of work of the program's own, which no guard asks about.
func (y *yard) tx(work func(context.Context, *db.Tx) error) {
	y.Helper()
	testkit.Tx(y, y.db, work)
}

// run executes one statement of the program's own.
func (y *yard) run(query string, args ...any) {
	y.Helper()
	y.tx(func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, query, args...)
		return err
	})
}

// person makes somebody who can sign in, with a role ("": none), and what she is
// known by when she has proved herself twice.
func (y *yard) person(role access.Role, path string, below bool) (people.Principal, ident.Grant) {
	y.Helper()
	var who people.Principal
	var g people.Grant
	y.tx(func(ctx context.Context, tx *db.Tx) error {
		p, err := people.Create(ctx, tx, y.orgs[path], org.Names{Hant: "林秀英"}, locale.Hant)
		if err != nil {
			return err
		}
		who = people.Principal{Person: p.ID, Factors: people.ByPasskey, Verified: tx.Now()}
		if err := people.CreateAccount(ctx, tx, p.ID, string(p.ID), ""); err != nil {
			return err
		}
		if err := testkit.Join(ctx, tx, p.ID); err != nil {
			return err
		}
		if role == "" {
			return nil
		}
		g, err = people.Give(ctx, tx, people.GiveParams{Person: p.ID, Org: y.orgs[path], Role: role, Below: below})
		return err
	})
	return who, g.ID
}

// write tries to write something harmless as somebody who declared the needs; at
// is called inside the transaction, if it comes that far.
func (y *yard) write(who people.Principal, inside func(), needs ...people.Need) error {
	ctx := people.Require(people.WithPrincipal(y.Context(), who), needs...)
	return y.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if inside != nil {
			inside()
		}
		_, err := tx.Exec(ctx, `UPDATE person SET updated_at = ? WHERE id = ?`, db.At(tx.Now()), who.Person)
		return err
	})
}

// refusal is the message key of a refusal, or "".
func refusal(err error) string {
	if e := fault.As(err); e != nil {
		return e.Key
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// Every write by a signed-in person says what it is about, and is refused where
// she may not.
func TestGuardedWrites(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, clock)
		admin, _ := y.person(access.Administrator, "lanjiang/", true)
		writer, writes := y.person(access.Correspondent, "lanjiang/", false)
		held, elsewhere := ident.New[ident.Held](clock.Now()), ident.New[ident.Held](clock.Now())
		for id, path := range map[ident.Held]string{held: "lanjiang/", elsewhere: "heshan/"} {
			y.run(`INSERT INTO office_held (id, person_id, org_id, title_hant, title_hans, title_en, position, from_on, until_on, public, created_at)
				VALUES (?, ?, ?, '會長', '', '', 1, '', '', TRUE, 1)`, id, writer.Person, y.orgs[path])
		}
		weak, viewing, token, narrow, gone := admin, admin, admin, admin, admin
		weak.Factors, viewing.As = people.ByPassword, writer.Person
		token.Token, token.Scopes = "t", []access.Action{access.OrgEdit}
		narrow.Token, narrow.Scopes = "t", []access.Action{access.OrgView}
		gone.Person = ident.New[ident.Person](clock.Now())
		edit := func(path string) people.Need { return people.Need{Action: access.OrgEdit, Org: y.orgs[path]} }
		for _, c := range []struct {
			name string
			who  people.Principal
			need []people.Need
			want string
		}{
			{"her own things", writer, nil, ""},
			{"what she may", admin, []people.Need{edit("lanjiang/")}, ""},
			{"below", admin, []people.Need{edit("lanjiang/yunpu/")}, ""},
			{"another's", admin, []people.Need{edit("heshan/")}, "access.reason_no_role"},
			{"above", admin, []people.Need{edit("")}, "access.reason_no_role"},
			{"the federation", admin, []people.Need{{Action: access.SettingsEdit}}, "access.reason_no_role"},
			{"one of two", admin, []people.Need{edit("lanjiang/"), edit("heshan/")}, "access.reason_no_role"},
			{"another role's", writer, []people.Need{edit("lanjiang/")}, "access.reason_role_lacks"},
			{"a person", admin, []people.Need{{Action: access.PeopleEdit, Person: writer.Person}}, ""},
			{"a role", admin, []people.Need{{Action: access.GrantGive, Grant: writes}}, ""},
			{"an office", admin, []people.Need{{Action: access.PeopleEdit, Held: held}}, ""},
			{"an office elsewhere", admin, []people.Need{{Action: access.PeopleEdit, Held: elsewhere}}, "access.reason_no_role"},
			{"a role that is not there", admin, []people.Need{{Action: access.GrantGive, Grant: ident.Grant(held)}}, "page.not_found"},
			{"what is not there", admin, []people.Need{{Action: access.OrgEdit, Org: ident.New[ident.Org](clock.Now())}}, "page.not_found"},
			{"with a password alone", weak, []people.Need{edit("lanjiang/")}, "access.reason_second_step"},
			{"with a password, her own things", weak, nil, ""},
			{"while she looks as another", viewing, nil, "people.viewing_as"},
			{"by a token made for it", token, []people.Need{edit("lanjiang/")}, ""},
			{"by a token made for something else", narrow, []people.Need{edit("lanjiang/")}, "access.reason_no_scope"},
			{"by a token made for something else, elsewhere", narrow, []people.Need{edit("heshan/")}, "access.reason_no_role"},
			{"by a token, elsewhere", token, []people.Need{edit("heshan/")}, "access.reason_no_role"},
			{"by a token, her own things", token, nil, "access.reason_no_scope"},
			{"by nobody known", gone, nil, "access.reason_signed_out"},
		} {
			if err := y.write(c.who, nil, c.need...); refusal(err) != c.want {
				t.Errorf("%s: %v, want %q", c.name, err, c.want)
			}
		}
	})
}

// What is allowed is told by the role that allows it, even where another one
// waits for a second proof.
func TestGuardTellsWhy(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, clock)
		who, _ := y.person(access.Administrator, "lanjiang/", true)
		if _, err := y.store.Give(t.Context(), people.GiveParams{Person: who.Person, Org: y.orgs["lanjiang/"], Role: access.Observer}); err != nil {
			t.Fatal(err)
		}
		who.Factors = people.ByPassword
		for action, want := range map[access.Action]access.Reason{access.PeopleView: access.Granted, access.PeopleEdit: access.SecondStep, access.ArticleWrite: access.RoleLacks} {
			x, err := y.guard.Decide(t.Context(), who, people.Need{Action: action, Org: y.orgs["lanjiang/"]})
			if err != nil || x.Reason != want || x.Allowed != (want == access.Granted) {
				t.Errorf("%s: %+v %v, want %s", action, x, err, want)
			}
			// The same where no place is meant: the role that comes nearest tells why.
			x, err = y.guard.Anywhere(t.Context(), who, action)
			if err != nil || x.Reason != want || x.Allowed != (want == access.Granted) {
				t.Errorf("anywhere, %s: %+v %v, want %s", action, x, err, want)
			}
		}
	})
}

// A write that declares nothing is a mistake of ours, and is not done; work of the
// program itself is free.
func TestUndeclaredWrite(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, clock)
		admin, _ := y.person(access.Administrator, "", true)
		done := false
		err := d.Tx(people.WithPrincipal(t.Context(), admin), func(context.Context, *db.Tx) error { done = true; return nil })
		if err == nil || done || fault.As(err) != nil || !strings.Contains(err.Error(), "without a declared need") {
			t.Errorf("%v, done %v", err, done)
		}
		if err := d.Tx(t.Context(), func(context.Context, *db.Tx) error { done = true; return nil }); err != nil || !done {
			t.Errorf("%v, done %v", err, done)
		}
	})
}

// A right that ends between the question and the write is gone for the write: the
// request was let in, and its transaction is not.
func TestRightEndsBeforeWrite(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, clock)
		for _, c := range []struct {
			name string
			end  func(y *yard, who people.Principal, g ident.Grant)
			want string
		}{
			{"taken back", func(y *yard, _ people.Principal, g ident.Grant) {
				if err := y.store.Revoke(y.Context(), g); err != nil {
					y.Fatal(err)
				}
			}, "access.reason_no_role"},
			{"at its end", func(y *yard, _ people.Principal, g ident.Grant) {
				y.run(`UPDATE role_grant SET until_at = ? WHERE id = ?`, db.At(clock.Now()), g)
			}, "access.reason_expired"},
			{"not begun", func(y *yard, _ people.Principal, g ident.Grant) {
				y.run(`UPDATE role_grant SET from_at = ? WHERE id = ?`, db.At(clock.Now().Add(time.Millisecond)), g)
			}, "access.reason_not_begun"},
			{"she left", func(y *yard, who people.Principal, _ ident.Grant) {
				y.run(`UPDATE person SET status = 'left' WHERE id = ?`, who.Person)
			}, "access.reason_signed_out"},
			{"suspended", func(y *yard, who people.Principal, _ ident.Grant) {
				y.run(`UPDATE account SET state = 'suspended' WHERE person_id = ?`, who.Person)
			}, "access.reason_signed_out"},
			{"moved away", func(y *yard, _ people.Principal, _ ident.Grant) {
				y.tx(func(ctx context.Context, tx *db.Tx) error {
					return org.Move(ctx, tx, y.orgs["lanjiang/yunpu/"], y.orgs["heshan/"], "")
				})
			}, "access.reason_no_role"},
		} {
			who, g := y.person(access.Administrator, "lanjiang/", true)
			need := people.Need{Action: access.OrgEdit, Org: y.orgs["lanjiang/yunpu/"]}
			if err := y.guard.Check(t.Context(), who, need); err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			if err := y.write(who, nil, need); err != nil {
				t.Fatalf("%s: control: %v", c.name, err)
			}
			c.end(y, who, g)
			if err := y.write(who, nil, need); refusal(err) != c.want {
				t.Errorf("%s: %v, want %s", c.name, err, c.want)
			}
		}
	})
}

// While one transaction writes by a right, another takes the right back: one of
// the two orders comes out, never a write after the end.
func TestRightEndsDuringWrite(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		if d.Engine() == db.SQLite {
			t.Skip("SQLite has one writer: the two cannot overlap")
		}
		y := newYard(t, d, clock)
		who, g := y.person(access.Administrator, "lanjiang/", true)
		need := people.Need{Action: access.OrgEdit, Org: y.orgs["lanjiang/"]}
		tries, revoked := 0, make(chan error, 1)
		err := y.write(who, func() {
			tries++
			if tries > 1 {
				return
			}
			// The right is gone before this transaction ends, and a third one that saw
			// it gone before this one wrote: only one order of them is possible.
			revoked <- y.store.Revoke(y.Context(), g)
			y.run(`UPDATE person SET lang = 'en' WHERE id = ?`, who.Person)
		}, need)
		if err := <-revoked; err != nil {
			t.Fatal(err)
		}
		if refusal(err) != "access.reason_no_role" || tries != 1 {
			t.Errorf("%v after %d tries", err, tries)
		}
	})
}

// What a guard says about a list holds what it says about each record.
func TestGuardScope(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, clock)
		admin, _ := y.person(access.Administrator, "lanjiang/", true)
		weak, narrow, viewing := admin, admin, admin
		weak.Factors = people.ByPassword
		narrow.Token, narrow.Scopes = "t", []access.Action{access.PeopleView}
		reader, _ := y.person(access.Observer, "heshan/", false)
		viewing.As = reader.Person
		for name, c := range map[string]struct {
			who  people.Principal
			want string
		}{"strong": {admin, "lanjiang/"}, "weak": {weak, ""}, "token": {narrow, ""}, "as another": {viewing, "heshan/"}} {
			s, err := y.guard.Scope(t.Context(), c.who, access.AuditView)
			if err != nil || strings.Join(append(s.Here, s.Below...), " ") != c.want {
				t.Errorf("%s: %+v %v, want %q", name, s, err, c.want)
			}
			for path, id := range y.orgs {
				d, err := y.guard.Decide(t.Context(), c.who, people.Need{Action: access.AuditView, Org: id})
				if err != nil || d.Allowed != s.Holds(path) {
					t.Errorf("%s at %q: %v and %v, %v", name, path, d.Allowed, s.Holds(path), err)
				}
			}
		}
		if !errors.Is(y.guard.Check(t.Context(), admin), nil) || !y.guard.Now().Equal(clock.Now()) {
			t.Error("a guard asked nothing refuses nothing")
		}
	})
}

// A proof of who one is counts for a quarter of an hour, and never by a token.
func TestFresh(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		ago   time.Duration
		token ident.Token
		want  bool
	}{{0, "", true}, {15*time.Minute - time.Millisecond, "", true}, {15 * time.Minute, "", false}, {0, "t", false}} {
		p := people.Principal{Verified: at.Add(-c.ago), Token: c.token}
		if p.Fresh(at) != c.want {
			t.Errorf("%+v", c)
		}
	}
}
