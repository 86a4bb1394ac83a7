package org

import (
	"context"
	"errors"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
)

// Store runs the package's functions on a database, each write in a
// transaction of its own, for callers that know no database, such as the command
// line. Steps that belong together use the functions in one Tx.
type Store struct {
	*Reader
	db *db.DB
}

// NewStore makes a Store.
func NewStore(d *db.DB) *Store { return &Store{Reader: NewReader(d), db: d} }

// Init sets up the federation.
func (s *Store) Init(ctx context.Context, p InitParams) (root Organisation, err error) {
	err = s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		root, err = Init(ctx, tx, p)
		return err
	})
	return root, err
}

// Create makes an organisation.
func (s *Store) Create(ctx context.Context, p CreateParams) (o Organisation, err error) {
	err = s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		o, err = Create(ctx, tx, p)
		return err
	})
	return o, err
}

// errRehearsed ends the transaction of a rehearsal.
var errRehearsed = errors.New("org: rehearsed")

// rehearse does a piece of work and takes it back: it fails as the work would.
func (s *Store) rehearse(ctx context.Context, work func(context.Context, *db.Tx) error) error {
	err := s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := work(ctx, tx); err != nil {
			return err
		}
		return errRehearsed
	})
	if errors.Is(err, errRehearsed) {
		return nil
	}
	return err
}

// TryMove says whether Move would be done, and changes nothing.
func (s *Store) TryMove(ctx context.Context, id, newParent ident.Org, newSlug string) error {
	return s.rehearse(ctx, func(ctx context.Context, tx *db.Tx) error { return Move(ctx, tx, id, newParent, newSlug) })
}

// TryClose says whether Close would be done, and changes nothing.
func (s *Store) TryClose(ctx context.Context, id ident.Org) error {
	return s.rehearse(ctx, func(ctx context.Context, tx *db.Tx) error { return Close(ctx, tx, id) })
}

// Move hangs an organisation elsewhere or gives it another slug.
func (s *Store) Move(ctx context.Context, id, newParent ident.Org, newSlug string) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return Move(ctx, tx, id, newParent, newSlug) })
}

// SetSlug gives an organisation another slug where it hangs at that moment.
func (s *Store) SetSlug(ctx context.Context, id ident.Org, slug string) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		o, err := Load(ctx, tx, id)
		if err != nil {
			return err
		}
		return Move(ctx, tx, id, o.ParentID, slug)
	})
}

// Close says that an organisation works no longer.
func (s *Store) Close(ctx context.Context, id ident.Org) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return Close(ctx, tx, id) })
}

// Rename gives an organisation other names.
func (s *Store) Rename(ctx context.Context, id ident.Org, names Names) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return Rename(ctx, tx, id, names) })
}

// AddAlias makes an organisation found by another name too.
func (s *Store) AddAlias(ctx context.Context, id ident.Org, alias string) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return AddAlias(ctx, tx, id, alias) })
}

// AddLink relates two organisations beside the tree.
func (s *Store) AddLink(ctx context.Context, from, to ident.Org, relation Relation) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return AddLink(ctx, tx, from, to, relation) })
}

// SetSite changes how the site is set up.
func (s *Store) SetSite(ctx context.Context, site Site) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return SetSite(ctx, tx, site) })
}
