package people

import (
	"context"
	"slices"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
)

// Factors says how somebody proved who she is.
type Factors string

// The ways to sign in. A passkey proves two things at once: the device, and on
// it a finger, a face or a PIN.
const (
	ByPassword Factors = "password"
	ByPasskey  Factors = "passkey"
	ByBoth     Factors = "password+code" // a password, and a code or a recovery code
	ByDemo     Factors = "demo"          // a link that the demo printed; there is nothing to protect
)

// Strong says whether two things were proved.
func (f Factors) Strong() bool { return f == ByPasskey || f == ByBoth || f == ByDemo }

// Principal is who a request comes from.
type Principal struct {
	Person   ident.Person
	Session  ident.Session
	Factors  Factors
	Verified time.Time // when she last proved who she is
	// As is whom an administrator looks at the office as; such a visit writes nothing.
	As ident.Person
	// Scopes limit what a token may do; nil for a session.
	Scopes []access.Action
	Token  ident.Token // "" for a session
}

// Viewed is whose office is shown.
func (p Principal) Viewed() ident.Person {
	if p.As != "" {
		return p.As
	}
	return p.Person
}

type principalKey struct{}

// WithPrincipal says who a request comes from, and who acts in what the trail
// tells of it. One middleware calls it.
func WithPrincipal(ctx context.Context, p Principal) context.Context {
	return audit.WithActor(context.WithValue(ctx, principalKey{}, p), string(p.Person))
}

// PrincipalFrom is who a request comes from, if anybody signed in.
func PrincipalFrom(ctx context.Context) (Principal, bool) {
	p, ok := ctx.Value(principalKey{}).(Principal)
	return p, ok
}

// allows says whether the principal's token was made for the action; a session is
// made for all.
func (p Principal) allows(action access.Action) bool {
	return p.Token == "" || action.ForTokens() && slices.Contains(p.Scopes, action)
}

// actor is whose eyes the principal sees with, and the grants that this way of
// signing in opens.
func (p Principal) actor(ctx context.Context, r db.Reader) (access.Actor, error) {
	a, err := ActorOf(ctx, r, p.Viewed())
	a.Grants, _ = p.open(a.Grants)
	return a, err
}

// open parts grants into those that count and those that wait for a second step.
func (p Principal) open(grants []access.Grant) (open, waiting []access.Grant) {
	for _, g := range grants {
		if g.Role.NeedsSecondStep() && !p.Factors.Strong() && p.Token == "" {
			waiting = append(waiting, g)
			continue
		}
		open = append(open, g)
	}
	return open, waiting
}

// freshFor is how long a proof of who one is counts for what needs a fresh one.
const freshFor = 15 * time.Minute

// Fresh says whether she proved who she is a short while ago.
func (p Principal) Fresh(at time.Time) bool { return p.Token == "" && at.Sub(p.Verified) < freshFor }
