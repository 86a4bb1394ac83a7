package people

import (
	"context"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
)

// Account is how a person signs in.
func (s *Store) Account(ctx context.Context, id ident.Person) (Account, error) {
	return LoadAccount(ctx, s.db, id)
}

// Joined says whether a person has a way to sign in, and needs no invitation.
func (s *Store) Joined(ctx context.Context, id ident.Person) (bool, error) {
	var ways int
	err := s.db.Get(ctx, &ways, `SELECT (SELECT count(*) FROM account WHERE person_id = ? AND password <> '') + (SELECT count(*) FROM passkey WHERE person_id = ?)`, id, id)
	return ways > 0, err
}

// List lists people.
func (s *Store) List(ctx context.Context, q ListParams) (Listing, error) {
	return List(ctx, s.db, db.At(s.db.Now()), q)
}

// HoldersAt lists who may do what at an organisation.
func (s *Store) HoldersAt(ctx context.Context, id ident.Org) (Holders, error) {
	return HoldersAt(ctx, s.db, db.At(s.db.Now()), id)
}

// LoadGrant is the grant of that id.
func (s *Store) LoadGrant(ctx context.Context, id ident.Grant) (Grant, error) {
	return LoadGrant(ctx, s.db, id)
}

// HeldBy lists the offices of a person.
func (s *Store) HeldBy(ctx context.Context, id ident.Person) ([]Held, error) {
	return HeldBy(ctx, s.db, id)
}

// HeldAt lists the offices of an organisation.
func (s *Store) HeldAt(ctx context.Context, id ident.Org) ([]Held, error) {
	return HeldAt(ctx, s.db, id)
}

// LoadHeld is the office of that id.
func (s *Store) LoadHeld(ctx context.Context, id ident.Held) (Held, error) {
	return LoadHeld(ctx, s.db, id)
}

// Tokens lists a person's tokens.
func (s *Store) Tokens(ctx context.Context, id ident.Person) ([]Token, error) {
	return Tokens(ctx, s.db, id)
}

// TokenActions lists the actions that her tokens may be made for.
func (s *Store) TokenActions(ctx context.Context, who Principal) ([]access.Action, error) {
	return TokenActions(ctx, s.db, s.db.Now(), who)
}

// Admit lets somebody in.
func (s *Store) Admit(ctx context.Context, p AdmitParams, invite Inviter) (out Admitted, err error) {
	err = s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		out, err = Admit(ctx, tx, p, invite)
		return err
	})
	return out, err
}

// Leave notes that a person works here no longer.
func (s *Store) Leave(ctx context.Context, id ident.Person) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return Leave(ctx, tx, id) })
}

// Return notes that a person is here again.
func (s *Store) Return(ctx context.Context, id ident.Person) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return Return(ctx, tx, id) })
}

// SetUntil gives a role another end.
func (s *Store) SetUntil(ctx context.Context, id ident.Grant, until time.Time) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return SetUntil(ctx, tx, id, until) })
}

// GiveAgain gives a former role once more.
func (s *Store) GiveAgain(ctx context.Context, id ident.Grant) (g Grant, err error) {
	err = s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		g, err = GiveAgain(ctx, tx, id)
		return err
	})
	return g, err
}

// AddHeld notes that a person holds an office.
func (s *Store) AddHeld(ctx context.Context, h Office) (out Office, err error) {
	err = s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		out, err = AddHeld(ctx, tx, h)
		return err
	})
	return out, err
}

// ChangeHeld changes an office.
func (s *Store) ChangeHeld(ctx context.Context, h Office) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return ChangeHeld(ctx, tx, h) })
}

// RaiseHeld moves an office one place up.
func (s *Store) RaiseHeld(ctx context.Context, id ident.Held) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return RaiseHeld(ctx, tx, id) })
}

// CreateToken makes a token for who is signed in.
func (s *Store) CreateToken(ctx context.Context, who Principal, p TokenParams) (t Token, secret Secret, err error) {
	err = s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		t, secret, err = CreateToken(ctx, tx, who, p)
		return err
	})
	return t, secret, err
}

// RevokeToken ends a token.
func (s *Store) RevokeToken(ctx context.Context, of ident.Person, id ident.Token) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return RevokeToken(ctx, tx, of, id) })
}

// StartViewing lets an administrator look at the office as somebody else.
func (s *Store) StartViewing(ctx context.Context, who Principal, as ident.Person) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return StartViewing(ctx, tx, who, as) })
}

// EndViewing leads her back to her own office.
func (s *Store) EndViewing(ctx context.Context, who Principal) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return EndViewing(ctx, tx, who) })
}
