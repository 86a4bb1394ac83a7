package org

import (
	"context"
	"slices"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
)

// statusSays says whether a word is how some language calls a status.
func statusSays(key string, s Status) bool {
	return slices.ContainsFunc(locale.Langs[:], func(l locale.Lang) bool { return NameKey(l.T("org.status_"+string(s))) == key })
}

// ErrTableStale says that a table would do something else than was looked at.
var ErrTableStale = fault.New(fault.Conflict, "org.table_stale", nil)

// ApplyTable does what a table says, in one transaction, and leaves out the rows
// that are wrong. The plan is made anew in it: where it is another than the one
// that was looked at (digest), nothing is done.
func ApplyTable(ctx context.Context, tx *db.Tx, p TableParams, digest string) (_ Plan, err error) {
	defer fault.Wrap(&err, "org.ApplyTable(%q)", p.Top.Path)
	plan, err := PlanTable(ctx, tx, p)
	if err != nil {
		return plan, err
	}
	if digest != "" && digest != plan.Digest() {
		return plan, ErrTableStale
	}
	for _, w := range plan.order {
		if err := w.do(ctx, tx); err != nil {
			return plan, err
		}
	}
	return plan, nil
}

// do does one row. What it hangs under is done already.
func (w *rowWork) do(ctx context.Context, tx *db.Tx) error {
	steps := []func(context.Context, *db.Tx) error{w.rename, w.move, w.rekind, w.place, w.tell}
	switch {
	case w.row.New:
		steps = []func(context.Context, *db.Tx) error{w.create, w.tell}
	case w.kindFirst:
		steps[1], steps[2] = steps[2], steps[1]
	}
	for _, step := range steps {
		if err := step(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

func (w *rowWork) create(ctx context.Context, tx *db.Tx) error {
	o, err := Create(ctx, tx, CreateParams{Parent: w.parent.ID, Slug: w.node.Slug, Kind: w.kind, Names: w.names, Position: w.position, Founded: w.founded})
	w.node.ID = o.ID
	return err
}

func (w *rowWork) rename(ctx context.Context, tx *db.Tx) error {
	if err := Rename(ctx, tx, w.node.ID, w.names); err != nil {
		return err
	}
	return SetFounded(ctx, tx, w.node.ID, w.founded)
}

func (w *rowWork) move(ctx context.Context, tx *db.Tx) error {
	if !w.row.Moves {
		return nil
	}
	return Move(ctx, tx, w.node.ID, w.parent.ID, "")
}

func (w *rowWork) rekind(ctx context.Context, tx *db.Tx) error {
	return SetKind(ctx, tx, w.node.ID, w.kind)
}

// place gives the organisation its position among its siblings.
func (w *rowWork) place(ctx context.Context, tx *db.Tx) error {
	if w.position == 0 || w.parent == nil {
		return nil
	}
	o, err := Load(ctx, tx, w.node.ID)
	if err != nil || o.Position == w.position {
		return err
	}
	parent, err := Load(ctx, tx, o.ParentID)
	if err != nil {
		return err
	}
	if err := setPosition(ctx, tx, parent, o, w.position); err != nil {
		return err
	}
	return record(ctx, tx, "order", parent.ID, nil)
}

// tell writes the profile, and closes or opens.
func (w *rowWork) tell(ctx context.Context, tx *db.Tx) error {
	if w.had.changes(w.profile) != "" {
		if err := SetProfile(ctx, tx, w.node.ID, w.profile); err != nil {
			return err
		}
	}
	switch {
	case w.status == Closed:
		return Close(ctx, tx, w.node.ID)
	case w.row.New:
		return nil
	}
	return Reopen(ctx, tx, w.node.ID)
}

// PlanTable says what a table would do.
func (r *Reader) PlanTable(ctx context.Context, p TableParams) (Plan, error) {
	return PlanTable(ctx, r.on, p)
}

// ApplyTable does what a table says.
func (s *Store) ApplyTable(ctx context.Context, p TableParams, digest string) (plan Plan, err error) {
	err = s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		plan, err = ApplyTable(ctx, tx, p, digest)
		return err
	})
	return plan, err
}
