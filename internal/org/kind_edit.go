package org

import (
	"context"
	"slices"
	"strings"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
)

const maxLevel = 20

// Places lists the words that Kind.Place may be, beside "".
func Places() []string {
	return []string{"country", "province", "city", "county", "town", "village", placeHouse, placeSame}
}

// tidy checks what a kind says of itself. Level 0 is the root's alone.
func (k *Kind) tidy(root bool) (err error) {
	if k.Names, err = k.Names.tidy(); err != nil {
		return err
	}
	if k.Level < Floating || k.Level > maxLevel || (k.Level == 0) != root {
		return fault.New(fault.Invalid, "org.kind_level", fault.Args{"max": maxLevel})
	}
	if k.Place != "" && !slices.Contains(Places(), k.Place) {
		return fault.New(fault.Invalid, "org.kind_place", nil)
	}
	return nil
}

// AddKind makes a kind that may hold others. What may hold it is said at theirs.
func AddKind(ctx context.Context, tx *db.Tx, k Kind) (err error) {
	defer fault.Wrap(&err, "org.AddKind(%s)", k.Slug)
	if err := k.tidy(false); err != nil {
		return err
	}
	if err := checkSlug(k.Slug); err != nil {
		return err
	}
	kinds, err := loadKinds(ctx, tx)
	if err != nil {
		return err
	}
	if _, there := kinds[k.Slug]; there {
		return fault.New(fault.Conflict, "org.kind_taken", fault.Args{"kind": k.Slug})
	}
	if err := tx.Insert(ctx, &kindRow{Kind: k}); err != nil {
		return err
	}
	kinds[k.Slug] = k
	if err := setHolds(ctx, tx, kinds, Kind{Slug: k.Slug}, k.Holds); err != nil {
		return err
	}
	return recordKind(ctx, tx, "add", k.Slug, nil)
}

// EditKind changes a kind's names, level and place, and which kinds it may
// hold. A rule that the tree stands on stays: it is refused to take it away.
func EditKind(ctx context.Context, tx *db.Tx, k Kind) (err error) {
	defer fault.Wrap(&err, "org.EditKind(%s)", k.Slug)
	kinds, err := loadKinds(ctx, tx)
	if err != nil {
		return err
	}
	had, ok := kinds[k.Slug]
	if !ok {
		return fault.New(fault.NotFound, "org.kind_unknown", fault.Args{"kind": k.Slug})
	}
	if err := k.tidy(had.Level == 0); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE org_kind SET level = ?, place = ?, name_hant = ?, name_hans = ?, name_en = ? WHERE slug = ?`,
		k.Level, k.Place, k.Names.Hant, k.Names.Hans, k.Names.En, k.Slug)
	if err != nil {
		return err
	}
	if err := setHolds(ctx, tx, kinds, had, k.Holds); err != nil {
		return err
	}
	return recordKind(ctx, tx, "edit", k.Slug, map[string]string{"holds": strings.Join(k.Holds, ",")})
}

// setHolds says which kinds a kind may hold.
func setHolds(ctx context.Context, tx *db.Tx, kinds kindSet, had Kind, holds []string) error {
	for _, child := range had.Holds {
		if slices.Contains(holds, child) {
			continue
		}
		var used int
		err := tx.Get(ctx, &used, `SELECT count(*) FROM organisation AS o JOIN organisation AS p ON p.id = o.parent_id
			WHERE o.kind = ? AND p.kind = ? AND o.status = ?`, child, had.Slug, Active)
		if err != nil {
			return err
		}
		if used > 0 {
			return fault.New(fault.Conflict, "org.rule_used", fault.Args{"parent": had.Slug, "kind": child, "count": used})
		}
		if _, err := tx.Exec(ctx, `DELETE FROM org_kind_rule WHERE parent = ? AND child = ?`, had.Slug, child); err != nil {
			return err
		}
	}
	for _, child := range holds {
		if k, ok := kinds[child]; !ok || k.Level == 0 {
			return fault.New(fault.Invalid, "org.kind_unknown", fault.Args{"kind": child})
		}
		if slices.Contains(had.Holds, child) {
			continue
		}
		if _, err := tx.Exec(ctx, `INSERT INTO org_kind_rule (parent, child) VALUES (?, ?) ON CONFLICT DO NOTHING`, had.Slug, child); err != nil {
			return err
		}
	}
	return nil
}

// RemoveKind takes a kind away that no organisation is of, not even a closed one.
func RemoveKind(ctx context.Context, tx *db.Tx, slug string) (err error) {
	defer fault.Wrap(&err, "org.RemoveKind(%s)", slug)
	var used int
	if err := tx.Get(ctx, &used, `SELECT count(*) FROM organisation WHERE kind = ?`, slug); err != nil {
		return err
	}
	if used > 0 {
		return fault.New(fault.Conflict, "org.kind_used", fault.Args{"kind": slug, "count": used})
	}
	if _, err := tx.Exec(ctx, `DELETE FROM org_kind_rule WHERE parent = ? OR child = ?`, slug, slug); err != nil {
		return err
	}
	n, err := tx.Exec(ctx, `DELETE FROM org_kind WHERE slug = ?`, slug)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.NotFound, "org.kind_unknown", fault.Args{"kind": slug})
	}
	return recordKind(ctx, tx, "remove", slug, nil)
}

func recordKind(ctx context.Context, tx *db.Tx, action, slug string, detail map[string]string) error {
	return audit.Write(ctx, tx, audit.Entry{Action: "kind." + action, ObjectKind: "kind", ObjectID: slug, Detail: detail})
}

// KindUse says how many organisations are of a kind, closed ones among them.
func KindUse(ctx context.Context, r db.Reader) (_ map[string]int, err error) {
	defer fault.Wrap(&err, "org.KindUse")
	var rows []KindCount
	err = r.Select(ctx, &rows, `SELECT kind, count(*) AS count FROM organisation GROUP BY kind`)
	out := make(map[string]int, len(rows))
	for _, row := range rows {
		out[row.Kind] = row.Count
	}
	return out, err
}

// AddKind makes a kind.
func (s *Store) AddKind(ctx context.Context, k Kind) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return AddKind(ctx, tx, k) })
}

// EditKind changes a kind and which kinds it may hold.
func (s *Store) EditKind(ctx context.Context, k Kind) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return EditKind(ctx, tx, k) })
}

// RemoveKind takes a kind away that no organisation is of.
func (s *Store) RemoveKind(ctx context.Context, slug string) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return RemoveKind(ctx, tx, slug) })
}

// KindUse says how many organisations are of a kind.
func (r *Reader) KindUse(ctx context.Context) (map[string]int, error) { return KindUse(ctx, r.on) }
