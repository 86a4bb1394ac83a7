package people

import (
	"context"
	"sync"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// demoSeats are links that let visitors of the demo in, without a password and
// without a second step. They are kept in memory, by the command that makes the
// invented federation; no other program has any.
type demoSeats struct {
	mu   sync.Mutex
	seat map[string]ident.Person // by the hash of the secret in the link
}

// OfferSeat makes a link that lets in as that person, as long as this process runs.
func (g *Gate) OfferSeat(id ident.Person) Secret {
	g.demo.mu.Lock()
	defer g.demo.mu.Unlock()
	if g.demo.seat == nil {
		g.demo.seat = map[string]ident.Person{}
	}
	secret := newSecret()
	g.demo.seat[secret.hash()] = id
	return secret
}

// Seat is whose seat a link of the demo is.
func (g *Gate) Seat(s Secret) (ident.Person, bool) {
	g.demo.mu.Lock()
	defer g.demo.mu.Unlock()
	id, ok := g.demo.seat[s.hash()]
	return id, ok
}

// TakeSeat lets a visitor of the demo in.
func (g *Gate) TakeSeat(ctx context.Context, v Visitor, s Secret) (e Entry, err error) {
	defer fault.Wrap(&err, "people.TakeSeat")
	id, ok := g.Seat(s)
	if !ok {
		return e, fault.New(fault.NotFound, "page.not_found", nil)
	}
	err = g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		e, err = enter(ctx, tx, v, id, ByDemo)
		return err
	})
	return e, err
}
