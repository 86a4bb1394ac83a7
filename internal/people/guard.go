package people

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// Need is an action that a request is about, and the record it concerns: exactly
// one of the four, or none of them for the federation as a whole.
type Need struct {
	Action access.Action
	Org    ident.Org
	Below  bool // at all that hangs below Org too, if anything does
	Person ident.Person
	Grant  ident.Grant
	Held   ident.Held
}

// place finds where the record of a need stands.
func (n Need) place(ctx context.Context, r db.Reader) (access.Place, error) {
	var query string
	var id any
	switch {
	case n.Below:
		// No role that is held here only reaches what begins with the path and goes on.
		query, id = `SELECT o.id AS org, o.path || CASE WHEN EXISTS (SELECT 1 FROM organisation AS c WHERE c.parent_id = o.id) THEN '*/' ELSE '' END AS path
			FROM organisation AS o WHERE o.id = ?`, n.Org
	case n.Org != "":
		query, id = `SELECT id AS org, path FROM organisation WHERE id = ?`, n.Org
	case n.Person != "":
		query, id = `SELECT o.id AS org, o.path FROM person AS x JOIN organisation AS o ON o.id = x.org_id WHERE x.id = ?`, n.Person
	case n.Grant != "":
		query, id = `SELECT o.id AS org, o.path FROM role_grant AS x JOIN organisation AS o ON o.id = x.org_id WHERE x.id = ?`, n.Grant
	case n.Held != "":
		query, id = `SELECT o.id AS org, o.path FROM office_held AS x JOIN organisation AS o ON o.id = x.org_id WHERE x.id = ?`, n.Held
	default:
		query, id = `SELECT id AS org, path FROM organisation WHERE path = ?`, ""
	}
	var at access.Place
	err := r.Get(ctx, &at, query, id)
	return at, db.NotFound(err, "page.not_found", nil)
}

type needsKey struct{}

// Require declares what a request is about to do. A write by a signed-in person
// without such a declaration is refused; with an empty one it may concern her
// own things only.
func Require(ctx context.Context, needs ...Need) context.Context {
	return context.WithValue(ctx, needsKey{}, slices.Clip(append([]Need{}, needs...)))
}

// errUndeclared is a mistake of ours: a page writes and does not say what.
var errUndeclared = errors.New("people: a write without a declared need")

// Guard decides over requests, and over the writes they begin.
type Guard struct{ db *db.DB }

// NewGuard makes a guard, and puts it before every write of the database.
func NewGuard(d *db.DB) *Guard {
	g := &Guard{db: d}
	d.Opening(g.admit)
	return g
}

// Decide says whether somebody may do what is needed, and why. A refusal that a
// second proof would lift says so.
func (g *Guard) Decide(ctx context.Context, who Principal, n Need) (access.Decision, error) {
	return decide(ctx, g.db, g.db.Now(), who, n)
}

// Check refuses a request whose needs are not met, with the reason.
func (g *Guard) Check(ctx context.Context, who Principal, needs ...Need) error {
	return check(ctx, g.db, g.db.Now(), who, needs)
}

// Actor is whose eyes the office is seen with: her grants as they count now.
func (g *Guard) Actor(ctx context.Context, who Principal) (access.Actor, error) {
	return who.actor(ctx, g.db)
}

// Scope says where somebody may do an action, for lists.
func (g *Guard) Scope(ctx context.Context, who Principal, action access.Action) (access.Scope, error) {
	a, err := who.actor(ctx, g.db)
	if err != nil || !who.allows(action) {
		return access.Scope{}, err
	}
	return access.ScopeOf(g.db.Now(), a, action), nil
}

// admit is asked at the beginning of every transaction that writes.
func (g *Guard) admit(ctx context.Context, tx *db.Tx) error {
	who, ok := PrincipalFrom(ctx)
	if !ok {
		return nil
	}
	needs, declared := ctx.Value(needsKey{}).([]Need)
	switch {
	case !declared:
		return errUndeclared
	case who.As != "":
		return fault.New(fault.Forbidden, "people.viewing_as", nil)
	}
	if err := present(ctx, tx, who.Person); err != nil {
		return err
	}
	if err := check(ctx, tx, tx.Now(), who, needs); err != nil {
		return err
	}
	return once(ctx, tx, who)
}

// present refuses who left, or was suspended, since her request began.
func present(ctx context.Context, r db.Reader, id ident.Person) error {
	var n int
	err := r.Get(ctx, &n, `SELECT COUNT(*) FROM person AS p JOIN account AS a ON a.person_id = p.id AND a.state = 'active'
		WHERE p.id = ? AND p.status = 'active'`, id)
	if err == nil && n == 0 {
		err = access.Decision{Reason: access.SignedOut}.Err()
	}
	return err
}

func check(ctx context.Context, r db.Reader, at time.Time, who Principal, needs []Need) error {
	if who.Token != "" && len(needs) == 0 {
		return access.Decision{Reason: access.NoScope}.Err() // her own things are none of a token's
	}
	for _, n := range needs {
		d, err := decide(ctx, r, at, who, n)
		if err != nil {
			return err
		}
		if err := d.Err(); err != nil {
			return err
		}
	}
	return nil
}

func decide(ctx context.Context, r db.Reader, at time.Time, who Principal, n Need) (access.Decision, error) {
	on, err := n.place(ctx, r)
	if err != nil {
		return access.Decision{}, err
	}
	a, err := ActorOf(ctx, r, who.Viewed())
	if err != nil {
		return access.Decision{}, err
	}
	return who.can(at, a, n.Action, on), nil
}

// can is the answer to somebody who signed in as the principal did, with the grants
// of a.
func (p Principal) can(at time.Time, a access.Actor, action access.Action, on access.Place) access.Decision {
	open, waiting := p.open(a.Grants)
	d := access.Can(at, access.Actor{Person: a.Person, Grants: open}, action, on)
	switch {
	case d.Allowed && !p.allows(action):
		d.Allowed, d.Reason = false, access.NoScope
	case !d.Allowed && access.Can(at, access.Actor{Person: a.Person, Grants: waiting}, action, on).Allowed:
		d.Reason = access.SecondStep
	}
	return d
}

// Anywhere says whether somebody may do an action at all; if not, why not at that
// organisation of her grants where she comes nearest.
func (g *Guard) Anywhere(ctx context.Context, who Principal, action access.Action) (access.Decision, error) {
	a, err := ActorOf(ctx, g.db, who.Viewed())
	best := access.Decision{Reason: access.NoRole, Action: action}
	for _, held := range a.Grants {
		d := who.can(g.db.Now(), a, action, access.Place{Org: held.Org, Path: held.Path})
		if d.Allowed {
			return d, err
		}
		if d.Reason.Nearer(best.Reason) {
			best = d
		}
	}
	return best, err
}

// Now is the present instant, for what is shown.
func (g *Guard) Now() time.Time { return g.db.Now() }
