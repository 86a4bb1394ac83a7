package people_test

import (
	"context"
	"fmt"
	"path/filepath"
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

// roster is a small federation with those who work there.
type roster struct {
	*testing.T
	db    *db.DB
	clock *testkit.Clock
	store *people.Store
	guard *people.Guard
	orgs  map[string]ident.Org
	// who are the persons that were made, by name.
	who map[string]ident.Person
}

func newRoster(t *testing.T, d *db.DB, clock *testkit.Clock) *roster {
	t.Helper()
	r := &roster{T: t, db: d, clock: clock, store: people.NewStore(d), orgs: map[string]ident.Org{}, who: map[string]ident.Person{}}
	s := org.NewStore(d)
	root := testkit.Must[org.Organisation](t)(s.Init(t.Context(), org.InitParams{Names: org.Names{Hant: "青溪同鄉會"}}))
	r.orgs[""] = root.ID
	for _, one := range []struct{ path, kind, name string }{
		{"lanjiang/", "city", "蘭江市同鄉會"}, {"heshan/", "city", "鶴山市同鄉會"}, {"lanjiang/yunpu/", "county", "雲浦縣同鄉會"}, {"lanjiang/yunpu/shatou/", "town", "沙頭鎮同鄉會"},
	} {
		up, slug := filepath.Split(strings.TrimSuffix(one.path, "/"))
		o := testkit.Must[org.Organisation](t)(s.Create(t.Context(), org.CreateParams{Parent: r.orgs[up], Slug: slug, Kind: one.kind, Names: org.Names{Hant: one.name}}))
		r.orgs[one.path] = o.ID
	}
	r.guard = people.NewGuard(d)
	return r
}

// hire makes a person with an account and perhaps a role.
func (r *roster) hire(name, path string, role access.Role, below bool) ident.Person {
	r.Helper()
	r.clock.Advance(time.Millisecond) // ids follow one another
	testkit.Tx(r, r.db, func(ctx context.Context, tx *db.Tx) error {
		p, err := people.Create(ctx, tx, r.orgs[path], org.Names{Hant: name}, locale.Hant)
		if err != nil {
			return err
		}
		r.who[name] = p.ID
		if err := people.CreateAccount(ctx, tx, p.ID, fmt.Sprintf("u%d", len(r.who)+100), ""); err != nil {
			return err
		}
		if err := testkit.Join(ctx, tx, p.ID); err != nil {
			return err
		}
		if role == "" {
			return nil
		}
		_, err = people.Give(ctx, tx, people.GiveParams{Person: p.ID, Org: r.orgs[path], Role: role, Below: below})
		return err
	})
	return r.who[name]
}

// as is a request of a person's, who signed in with a passkey, about her own
// things or what the needs say.
func (r *roster) as(name string, needs ...people.Need) context.Context {
	ctx := people.WithPrincipal(r.Context(), r.principal(name))
	return people.Require(ctx, needs...)
}

func (r *roster) principal(name string) people.Principal {
	return people.Principal{Person: r.who[name], Factors: people.ByPasskey, Verified: r.clock.Now()}
}

// grantOf is the newest grant of a person.
func (r *roster) grantOf(name string) ident.Grant {
	r.Helper()
	list := testkit.Must[[]people.Granted](r)(r.store.GrantsOf(r.Context(), r.who[name]))
	if len(list) == 0 {
		r.Fatalf("%s has no grant", name)
	}
	return list[len(list)-1].ID
}

// can says whether a person may do something at a place, or why not.
func (r *roster) can(name string, action access.Action, path string) access.Reason {
	r.Helper()
	d, err := r.guard.Decide(r.Context(), r.principal(name), people.Need{Action: action, Org: r.orgs[path]})
	if err != nil {
		r.Fatal(err)
	}
	return d.Reason
}

// told counts what the trail has of an action.
func (r *roster) told(action string) (n int) {
	r.Helper()
	if err := r.db.Get(r.Context(), &n, `SELECT COUNT(*) FROM audit_entry WHERE action = ?`, action); err != nil {
		r.Fatal(err)
	}
	return n
}

// wantFault fails unless the error has the message.
func wantFault(t *testing.T, err error, key string) {
	t.Helper()
	if e := fault.As(err); e == nil || e.Key != key {
		t.Errorf("got %v, want %s", err, key)
	}
}

// onRoster runs a test on both engines.
func onRoster(t *testing.T, test func(r *roster)) {
	t.Helper()
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) { test(newRoster(t, d, clock)) })
}
