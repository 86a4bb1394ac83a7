package db

import (
	"context"
	"maps"
	"slices"
)

// BeforeCommit is told, at the end of a transaction and inside it, what the
// transaction touched. Its error rolls back.
type BeforeCommit func(ctx context.Context, tx *Tx, tags []string) error

// Touch notes that the transaction changed something others keep a copy of, as
// a tag such as organisation/<id>: so that a package need not know who does.
func (t *Tx) Touch(tags ...string) {
	if t.touched == nil {
		t.touched = map[string]bool{}
	}
	for _, tag := range tags {
		t.touched[tag] = true
	}
}

// BeforeCommit makes f follow every later transaction that touches something.
// It is called while the program is put together, before others use the DB.
func (d *DB) BeforeCommit(f BeforeCommit) { d.followers = append(d.followers, f) }

// Opening makes f the first thing in every later transaction; its error refuses
// the transaction. It is called while the program is put together.
func (d *DB) Opening(f func(ctx context.Context, tx *Tx) error) { d.openers = append(d.openers, f) }

// admit asks the openers.
func (d *DB) admit(ctx context.Context, tx *Tx) error {
	for _, f := range d.openers {
		if err := f(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

// tell lets the followers keep up with what was touched.
func (d *DB) tell(ctx context.Context, tx *Tx) error {
	if len(tx.touched) == 0 {
		return nil
	}
	tags := slices.Sorted(maps.Keys(tx.touched))
	for _, f := range d.followers {
		if err := f(ctx, tx, tags); err != nil {
			return err
		}
	}
	return nil
}
