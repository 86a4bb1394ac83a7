package people

import (
	"context"
	"log/slog"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/seal"
)

// Gate is how people come in: it proves who somebody is, and lets her change how
// she proves it. Hashing is slow on purpose and happens before transactions.
type Gate struct {
	db     *db.DB
	codes  seal.Box
	hasher *hasher
	post   Poster
	setup  setupCode
	demo   demoSeats
}

// GateConfig is what a Gate works with.
type GateConfig struct {
	Keys *seal.Keys // seal what must be read again
	Post Poster     // nil: links are shown to whoever asked for them
	Cost Cost       // of a password's hash; zero: the usual one
}

// NewGate makes a Gate.
func NewGate(d *db.DB, c GateConfig) *Gate {
	return &Gate{db: d, codes: c.Keys.For("codes"), hasher: newHasher(c.Cost), post: c.Post}
}

// Letter is a letter about an account.
type Letter struct {
	Purpose   string // invitation, reset
	Person    ident.Person
	Recipient string `personal:"purpose=letters about the account; keep=until sent"`
	Subject   string `personal:"-"`
	Body      string `personal:"purpose=letters about the account; keep=until sent"` // plain text with a link that opens something
}

// LogValue keeps address and link out of the log.
func (l Letter) LogValue() slog.Value {
	return slog.GroupValue(slog.String("purpose", l.Purpose), slog.String("person", string(l.Person)))
}

// Poster sends letters; what it is given goes out once the transaction stands.
type Poster interface {
	Post(ctx context.Context, tx *db.Tx, l Letter) error
}

// Posts says whether letters can be sent.
func (g *Gate) Posts() bool { return g.post != nil }

// Visitor is a browser at the gate.
type Visitor struct {
	Network string // of its address; see NetworkOf
	Agent   string // see ShortAgent
	Device  Secret // by which it is known, or ""
	Session Secret // that it held so far; it ends when somebody comes in
}

// Entry is what came of a try to come in.
type Entry struct {
	Person   ident.Person
	Session  Secret // for the browser's cookie; "" where another step is asked
	Device   Secret // by which the browser is known from now on
	Ceremony Secret // of the step that is asked: a code
	// Waiting says that a role waits for a second step that is not set up.
	Waiting bool
}

// base is what links begin with: what the federation says, and never what a
// request says.
func base(ctx context.Context, r db.Reader) (string, error) {
	f, err := org.FederationOf(ctx, r)
	return f.BaseURL, err
}

// enter lets a person in whose proof was accepted.
func enter(ctx context.Context, tx *db.Tx, v Visitor, id ident.Person, how Factors) (e Entry, err error) {
	if v.Session != "" {
		if _, err := tx.Exec(ctx, `DELETE FROM session WHERE hash = ?`, v.Session.hash()); err != nil {
			return e, err
		}
	}
	e.Person = id
	if e.Session, err = StartSession(ctx, tx, id, how, v.Agent); err != nil {
		return e, err
	}
	if e.Device, err = welcome(ctx, tx, v.Device, id); err != nil {
		return e, err
	}
	e.Waiting, err = waits(ctx, tx, id, how)
	return e, err
}

// waits says whether a role of the person stays closed after this proof.
func waits(ctx context.Context, r db.Reader, id ident.Person, how Factors) (bool, error) {
	a, err := ActorOf(ctx, r, id)
	_, waiting := Principal{Person: id, Factors: how}.open(a.Grants)
	return len(waiting) > 0, err
}

// Waits says whether roles wait for a second step.
func (g *Gate) Waits(ctx context.Context, who Principal) (bool, error) {
	return waits(ctx, g.db, who.Person, who.Factors)
}
