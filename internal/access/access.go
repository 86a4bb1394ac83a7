// Package access decides who may do what, and says why.
//
// The idea: a person holds roles, each at an organisation, "here" or "here and
// below", for a while. A role is a list of actions. Can looks at the grants that
// a person holds and at the place of the record in the tree as it is now, and
// answers yes or no with the reason, so that a refusal can be explained and a
// permission traced to who gave it. Everything not granted is refused. Lists are
// filtered in SQL by the same rule: ScopeOf says where in the tree an action is
// allowed.
//
// The package is pure: grants and paths come in as values, nothing is read or
// stored. Package people loads the grants and asks; pages show the reasons.
package access

import (
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// Grant is a role that a person has at an organisation.
type Grant struct {
	ID    ident.Grant
	Org   ident.Org
	Path  string // where Org stands in the tree now
	Role  Role
	Below bool      // it holds for what hangs below, too
	From  time.Time // zero: from the beginning
	Until time.Time // the first instant at which it no longer holds; zero: for good
}

// Actor is who wants to do something. The zero Actor is nobody: a visitor.
type Actor struct {
	Person ident.Person
	Grants []Grant
}

// Place is where a record stands: the organisation it belongs to, and that
// organisation's path as the tree is now.
type Place struct {
	Org  ident.Org
	Path string
}

// Reason says why something is allowed or refused.
type Reason string

// The reasons. Each is a message of the catalogue, "access.reason_" before it.
const (
	Granted    Reason = "granted"     // a grant allows it
	SignedOut  Reason = "signed_out"  // nobody is signed in
	NoRole     Reason = "no_role"     // no grant reaches this place
	RoleLacks  Reason = "role_lacks"  // a grant reaches it, and its role does not have the action
	HereOnly   Reason = "here_only"   // the role is held above, without what hangs below
	Expired    Reason = "expired"     // a grant would allow it, and has ended
	NotBegun   Reason = "not_begun"   // a grant will allow it
	TooHigh    Reason = "too_high"    // one may not give more than one has
	LastAdmin  Reason = "last_admin"  // nobody could administer the federation any more
	SecondStep Reason = "second_step" // the role asks for a second factor that is not set up
	NoScope    Reason = "no_scope"    // the token was not made for this
)

// Decision is the answer to "may this person do that here?".
type Decision struct {
	Allowed bool
	Reason  Reason
	Action  Action
	Grant   Grant // what allows it, or comes nearest; zero where none does
}

// Err is nil where the answer is yes, else the refusal as an error to show.
func (d Decision) Err() error {
	if d.Allowed {
		return nil
	}
	kind := fault.Forbidden
	if d.Reason == SignedOut {
		kind = fault.Unauthenticated
	}
	return fault.New(kind, d.Reason.Key(), fault.Args{})
}

// Key is the message that explains the reason.
func (r Reason) Key() string { return "access.reason_" + string(r) }

// Reach is the message that says how far a grant reaches.
func (g Grant) Reach() string {
	if g.Below {
		return "access.reach_below"
	}
	return "access.reach_here"
}

// reaches says whether the grant's place holds the path.
func (g Grant) reaches(path string) bool {
	return g.Path == path || g.Below && strings.HasPrefix(path, g.Path)
}

// Current says whether the grant holds at an instant.
func (g Grant) Current(at time.Time) bool { return g.When(at) == Granted }

// When says whether the grant holds at an instant (Granted), or why not: it has
// not begun, or has ended.
func (g Grant) When(at time.Time) Reason {
	switch {
	case !g.From.IsZero() && at.Before(g.From):
		return NotBegun
	case !g.Until.IsZero() && !at.Before(g.Until):
		return Expired
	}
	return Granted
}

// Can says whether the actor may do the action to a record at that place.
func Can(at time.Time, a Actor, action Action, on Place) Decision {
	best := Decision{Reason: NoRole, Action: action}
	if a.Person == "" {
		best.Reason = SignedOut
		return best
	}
	for _, g := range a.Grants {
		d := g.decide(at, action, on)
		if d.Allowed {
			return d
		}
		if d.Reason.Nearer(best.Reason) {
			best = d
		}
	}
	return best
}

// decide is the answer that one grant gives.
func (g Grant) decide(at time.Time, action Action, on Place) Decision {
	d := Decision{Action: action, Grant: g}
	held := g.Role.Has(action)
	switch above := strings.HasPrefix(on.Path, g.Path); {
	case g.reaches(on.Path) && held:
		d.Reason = g.When(at)
		d.Allowed = d.Reason == Granted
	case g.reaches(on.Path) && g.Current(at):
		d.Reason = RoleLacks
	case above && held && g.Current(at):
		d.Reason = HereOnly
	default:
		return Decision{Reason: NoRole, Action: action}
	}
	return d
}

// Nearer says whether a refusal tells more than another: of many, the one that
// tells most is shown.
func (r Reason) Nearer(than Reason) bool { return r.near() > than.near() }

func (r Reason) near() int {
	switch r {
	case NoScope:
		return 6
	case SecondStep:
		return 5
	case Expired:
		return 4
	case NotBegun:
		return 3
	case HereOnly:
		return 2
	case RoleLacks:
		return 1
	}
	return 0
}
