package people

import (
	"context"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
)

// Store runs the package's functions on a database, each write in a transaction
// of its own, for callers that know no database.
type Store struct {
	db *db.DB
}

// NewStore makes a Store.
func NewStore(d *db.DB) *Store { return &Store{db: d} }

// Load is the person of that id.
func (s *Store) Load(ctx context.Context, id ident.Person) (Person, error) {
	return Load(ctx, s.db, id)
}

// ListByIDs loads many persons at once.
func (s *Store) ListByIDs(ctx context.Context, ids []ident.Person) (map[ident.Person]Person, error) {
	return ListByIDs(ctx, s.db, ids)
}

// ActorOf is a person with her grants.
func (s *Store) ActorOf(ctx context.Context, id ident.Person) (access.Actor, error) {
	return ActorOf(ctx, s.db, id)
}

// GrantsOf lists a person's grants.
func (s *Store) GrantsOf(ctx context.Context, id ident.Person) ([]Granted, error) {
	return GrantsOf(ctx, s.db, id)
}

// Create makes a person.
func (s *Store) Create(ctx context.Context, at ident.Org, names org.Names, lang locale.Lang) (p Person, err error) {
	err = s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		p, err = Create(ctx, tx, at, names, lang)
		return err
	})
	return p, err
}

// Rename gives a person other names.
func (s *Store) Rename(ctx context.Context, id ident.Person, names org.Names) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return Rename(ctx, tx, id, names) })
}

// Give gives a person a role.
func (s *Store) Give(ctx context.Context, p GiveParams) (g Grant, err error) {
	err = s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		g, err = Give(ctx, tx, p)
		return err
	})
	return g, err
}

// Revoke takes a role back.
func (s *Store) Revoke(ctx context.Context, id ident.Grant) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return Revoke(ctx, tx, id) })
}

// SetLang keeps the language in which a person reads the office.
func (s *Store) SetLang(ctx context.Context, id ident.Person, lang locale.Lang) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return SetLang(ctx, tx, id, lang) })
}
