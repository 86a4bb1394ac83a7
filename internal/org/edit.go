package org

import (
	"context"
	"slices"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// Reopen takes back that an organisation was closed. What it hangs under must
// work, and be allowed to hold its kind.
func Reopen(ctx context.Context, tx *db.Tx, id ident.Org) (err error) {
	defer fault.Wrap(&err, "org.Reopen(%s)", id)
	o, err := checkReopen(ctx, tx, id)
	if err != nil || o.Status == Active {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE organisation SET status = ?, closed_at = NULL, merged_into = NULL, updated_at = ? WHERE id = ?`, Active, db.At(tx.Now()), id)
	if err != nil {
		return err
	}
	// A merger gave the names away.
	if err := addNameKeys(ctx, tx, id, o.Names.all()); err != nil {
		return err
	}
	return record(ctx, tx, "reopen", id, nil)
}

// checkReopen refuses to open what hangs where it could not be made.
func checkReopen(ctx context.Context, r db.Reader, id ident.Org) (Organisation, error) {
	o, err := Load(ctx, r, id)
	if err != nil || o.Status == Active {
		return o, err
	}
	parent, err := activeParent(ctx, r, o.ParentID)
	if err != nil {
		return o, err
	}
	kinds, err := loadKinds(ctx, r)
	if err != nil {
		return o, err
	}
	return o, kinds.check(parent.Kind, o.Kind)
}

// SetFounded changes when an organisation was founded: a year, a month, a day,
// or "" where nobody knows.
func SetFounded(ctx context.Context, tx *db.Tx, id ident.Org, founded string) (err error) {
	defer fault.Wrap(&err, "org.SetFounded(%s)", id)
	if err := checkFounded(founded); err != nil {
		return err
	}
	o, err := Load(ctx, tx, id)
	if err != nil || o.Founded == founded {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE organisation SET founded = ?, updated_at = ? WHERE id = ?`, founded, db.At(tx.Now()), id)
	if err != nil {
		return err
	}
	return record(ctx, tx, "founded", id, map[string]string{"from": o.Founded, "to": founded})
}

// SetKind makes an organisation one of another kind: one that what it hangs
// under may hold, and that may hold what hangs under it and works.
func SetKind(ctx context.Context, tx *db.Tx, id ident.Org, kind string) (err error) {
	defer fault.Wrap(&err, "org.SetKind(%s)", id)
	o, err := Load(ctx, tx, id)
	if err != nil || o.Kind == kind {
		return err
	}
	if o.IsRoot() {
		return fault.New(fault.Invalid, "org.kind_root", nil)
	}
	parent, err := Load(ctx, tx, o.ParentID)
	if err != nil {
		return err
	}
	kinds, err := loadKinds(ctx, tx)
	if err != nil {
		return err
	}
	if err := kinds.check(parent.Kind, kind); err != nil {
		return err
	}
	var below []string
	if err := tx.Select(ctx, &below, `SELECT DISTINCT kind FROM organisation WHERE parent_id = ? AND status = ? ORDER BY kind`, id, Active); err != nil {
		return err
	}
	for _, held := range below {
		if err := kinds.check(kind, held); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(ctx, `UPDATE organisation SET kind = ?, updated_at = ? WHERE id = ?`, kind, db.At(tx.Now()), id); err != nil {
		return err
	}
	return record(ctx, tx, "kind", id, map[string]string{"from": o.Kind, "to": kind})
}

// EditParams is what an organisation is called, what it is, and since when.
type EditParams struct {
	Names   Names
	Kind    string
	Founded string
}

// Edit changes names, kind and founding date together.
func Edit(ctx context.Context, tx *db.Tx, id ident.Org, p EditParams) error {
	if err := Rename(ctx, tx, id, p.Names); err != nil {
		return err
	}
	if err := SetKind(ctx, tx, id, p.Kind); err != nil {
		return err
	}
	return SetFounded(ctx, tx, id, p.Founded)
}

// OrderChildren puts what hangs directly under an organisation in protocol
// order. The list must name each child once: one that was made from an older
// state of the tree is refused, so that nobody's place is lost.
func OrderChildren(ctx context.Context, tx *db.Tx, parent ident.Org, ordered []ident.Org) (err error) {
	defer fault.Wrap(&err, "org.OrderChildren(%s)", parent)
	top, err := Load(ctx, tx, parent)
	if err != nil {
		return err
	}
	list, err := Children(ctx, tx, parent)
	if err != nil {
		return err
	}
	have := make(map[ident.Org]Organisation, len(list))
	for _, o := range list {
		have[o.ID] = o
	}
	if slices.Equal(idsOf(list), ordered) {
		return nil
	}
	for i, id := range ordered {
		o, ok := have[id]
		if !ok {
			return fault.New(fault.Conflict, "org.order_stale", nil)
		}
		delete(have, id)
		if err := setPosition(ctx, tx, top, o, i+1); err != nil {
			return err
		}
	}
	if len(have) > 0 {
		return fault.New(fault.Conflict, "org.order_stale", nil)
	}
	return record(ctx, tx, "order", parent, nil)
}

func idsOf(list []Organisation) []ident.Org {
	out := make([]ident.Org, 0, len(list))
	for _, o := range list {
		out = append(out, o.ID)
	}
	return out
}

// setPosition gives an organisation its place among its siblings, and all below
// it theirs in the order of the tree.
func setPosition(ctx context.Context, tx *db.Tx, parent, o Organisation, position int) error {
	if o.Position == position {
		return nil
	}
	from, to := ScopeSQL(o.Path)
	_, err := tx.Exec(ctx, `UPDATE organisation SET tree_order = ? || substr(tree_order, ?) WHERE path >= ? AND path < ?`,
		treeOrder(parent.TreeOrder, position, o.Slug), len(o.TreeOrder)+1, from, to)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE organisation SET position = ?, updated_at = ? WHERE id = ?`, position, db.At(tx.Now()), o.ID)
	return err
}

// RemoveLink takes back a relation of an organisation, at whichever end it stands.
func RemoveLink(ctx context.Context, tx *db.Tx, of ident.Org, id ident.Link) (err error) {
	defer fault.Wrap(&err, "org.RemoveLink(%s)", id)
	var l Link
	err = tx.Get(ctx, &l, `SELECT * FROM org_link WHERE id = ? AND (from_id = ? OR to_id = ?)`, id, of, of)
	if err != nil {
		return db.NotFound(err, "org.link_not_found", nil)
	}
	if _, err := tx.Exec(ctx, `DELETE FROM org_link WHERE id = ?`, id); err != nil {
		return err
	}
	return record(ctx, tx, "unlink", of, map[string]string{"from": string(l.FromID), "to": string(l.ToID), "relation": string(l.Relation)})
}

// Reopen takes back that an organisation was closed.
func (s *Store) Reopen(ctx context.Context, id ident.Org) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return Reopen(ctx, tx, id) })
}

// Edit changes names, kind and founding date together.
func (s *Store) Edit(ctx context.Context, id ident.Org, p EditParams) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return Edit(ctx, tx, id, p) })
}

// SetKind makes an organisation one of another kind.
func (s *Store) SetKind(ctx context.Context, id ident.Org, kind string) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return SetKind(ctx, tx, id, kind) })
}

// OrderChildren puts what hangs directly under an organisation in order.
func (s *Store) OrderChildren(ctx context.Context, parent ident.Org, ordered []ident.Org) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return OrderChildren(ctx, tx, parent, ordered) })
}

// TryOrderChildren says whether OrderChildren would be done, and changes nothing.
func (s *Store) TryOrderChildren(ctx context.Context, parent ident.Org, ordered []ident.Org) error {
	return s.rehearse(ctx, func(ctx context.Context, tx *db.Tx) error { return OrderChildren(ctx, tx, parent, ordered) })
}

// RemoveLink takes back a relation of an organisation.
func (s *Store) RemoveLink(ctx context.Context, of ident.Org, id ident.Link) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return RemoveLink(ctx, tx, of, id) })
}
