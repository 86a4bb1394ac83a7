package org

import (
	"cmp"
	"context"
	"strings"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// Move hangs an organisation, with all below it, under another parent, or gives
// it another slug (empty: it keeps its own). Every path it leaves redirects.
func Move(ctx context.Context, tx *db.Tx, id, newParent ident.Org, newSlug string) (err error) {
	defer fault.Wrap(&err, "org.Move(%s)", id)
	m, err := checkedMove(ctx, tx, id, newParent, newSlug)
	if err != nil || m.path == m.org.Path {
		return err
	}
	for _, step := range []func(context.Context, *db.Tx) error{m.place, m.relocate, m.hang} {
		if err := step(ctx, tx); err != nil {
			return err
		}
	}
	return record(ctx, tx, "move", id, map[string]string{"from": string(m.org.ParentID), "to": string(newParent)})
}

// checkedMove is a move that the tree allows.
func checkedMove(ctx context.Context, r db.Reader, id, newParent ident.Org, newSlug string) (*move, error) {
	o, err := Load(ctx, r, id)
	if err != nil {
		return nil, err
	}
	if o.IsRoot() {
		return nil, fault.New(fault.Invalid, "org.move_root", nil)
	}
	parent, err := Load(ctx, r, newParent)
	if err != nil {
		return nil, err
	}
	newSlug = cmp.Or(newSlug, o.Slug)
	m := &move{org: o, parent: parent, slug: newSlug, path: parent.Path + newSlug + "/", position: o.Position}
	if m.path == o.Path {
		return m, nil
	}
	return m, m.check(ctx, r)
}

// move is an organisation on its way to another path.
type move struct {
	org, parent Organisation // parent is the new one
	slug, path  string       // the new ones
	position    int          // the new one
}

// check refuses a move that the tree or its rules do not allow.
func (m *move) check(ctx context.Context, r db.Reader) error {
	if strings.HasPrefix(m.parent.Path, m.org.Path) {
		return fault.New(fault.Invalid, "org.move_below_itself", nil)
	}
	if m.parent.ID != m.org.ParentID {
		if err := m.checkParent(ctx, r); err != nil {
			return err
		}
	}
	if err := checkSlug(m.slug); err != nil {
		return err
	}
	if err := checkFree(ctx, r, m.path); err != nil {
		return err
	}
	return m.checkDeepest(ctx, r)
}

// checkParent refuses a parent that is closed or may not hold the kind.
func (m *move) checkParent(ctx context.Context, r db.Reader) error {
	if m.parent.Status == Closed {
		return fault.New(fault.Conflict, "org.parent_closed", fault.Args{"org": "/" + m.parent.Path})
	}
	kinds, err := loadKinds(ctx, r)
	if err != nil {
		return err
	}
	return kinds.check(m.parent.Kind, m.org.Kind)
}

// checkDeepest refuses a move that would make a path of the subtree too long.
func (m *move) checkDeepest(ctx context.Context, r db.Reader) error {
	var deepest struct{ Path, Levels int }
	from, to := ScopeSQL(m.org.Path)
	err := r.Get(ctx, &deepest, `SELECT MAX(length(path)) AS path, MAX(length(path) - length(replace(path, '/', ''))) AS levels
		FROM organisation WHERE path >= ? AND path < ?`, from, to)
	levels := deepest.Levels - strings.Count(m.org.Path, "/") + strings.Count(m.path, "/")
	if err == nil && (deepest.Path-len(m.org.Path)+len(m.path) > maxPath || levels > maxDepth) {
		err = fault.New(fault.Invalid, "org.path_too_long", nil)
	}
	return err
}

// place finds its position. Under a new parent it comes last in protocol order.
func (m *move) place(ctx context.Context, tx *db.Tx) (err error) {
	if m.parent.ID != m.org.ParentID {
		m.position, err = lastPosition(ctx, tx, m.parent.ID)
	}
	return err
}

// relocate rewrites the paths of the subtree, leaves a redirect at each old one
// and drops those that the new ones cover. The old paths were live, so none of
// them had a redirect.
func (m *move) relocate(ctx context.Context, tx *db.Tx) error {
	from, to := ScopeSQL(m.org.Path)
	now := db.At(tx.Now())
	_, err := tx.Exec(ctx, `INSERT INTO org_redirect (path, org_id, created_at)
		SELECT path, id, ? FROM organisation WHERE path >= ? AND path < ?`, now, from, to)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE organisation SET path = ? || substr(path, ?), tree_order = ? || substr(tree_order, ?), updated_at = ?
		WHERE path >= ? AND path < ?`, m.path, len(m.org.Path)+1,
		treeOrder(m.parent.TreeOrder, m.position, m.slug), len(m.org.TreeOrder)+1, now, from, to)
	if err != nil {
		return err
	}
	return dropOvergrown(ctx, tx, m.path)
}

// hang gives the moved organisation its new parent, slug and position.
func (m *move) hang(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Exec(ctx, `UPDATE organisation SET parent_id = ?, slug = ?, position = ? WHERE id = ?`, m.parent.ID, m.slug, m.position, m.org.ID)
	return err
}

// Close says that an organisation works no longer. Its pages stay. What hangs
// under it must be moved or closed first.
func Close(ctx context.Context, tx *db.Tx, id ident.Org) (err error) {
	defer fault.Wrap(&err, "org.Close(%s)", id)
	o, err := checkClose(ctx, tx, id)
	if err != nil || o.Status == Closed {
		return err
	}
	now := db.At(tx.Now())
	_, err = tx.Exec(ctx, `UPDATE organisation SET status = ?, closed_at = ?, updated_at = ? WHERE id = ?`, Closed, now, now, id)
	if err != nil {
		return err
	}
	return record(ctx, tx, "close", id, nil)
}

// checkClose refuses to close the root, and what holds something that works.
func checkClose(ctx context.Context, r db.Reader, id ident.Org) (Organisation, error) {
	o, err := Load(ctx, r, id)
	if err != nil || o.Status == Closed {
		return o, err
	}
	if o.IsRoot() {
		return o, fault.New(fault.Invalid, "org.close_root", nil)
	}
	var active int
	err = r.Get(ctx, &active, `SELECT COUNT(*) FROM organisation WHERE parent_id = ? AND status = ?`, id, Active)
	if err == nil && active > 0 {
		err = fault.New(fault.Conflict, "org.children_active", fault.Args{"org": "/" + o.Path, "count": active})
	}
	return o, err
}

// Rename gives an organisation other names. It is still found by the old ones,
// which stand in old reports; its slug stays (Move changes it).
func Rename(ctx context.Context, tx *db.Tx, id ident.Org, names Names) (err error) {
	defer fault.Wrap(&err, "org.Rename(%s)", id)
	if names, err = names.tidy(); err != nil {
		return err
	}
	o, err := Load(ctx, tx, id)
	if err != nil || o.Names == names {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE organisation SET name_hant = ?, name_hans = ?, name_en = ?, updated_at = ? WHERE id = ?`,
		names.Hant, names.Hans, names.En, db.At(tx.Now()), id)
	if err != nil {
		return err
	}
	if err := addNameKeys(ctx, tx, id, names.all()); err != nil {
		return err
	}
	return record(ctx, tx, "rename", id, nil)
}

// AddAlias makes an organisation found by another name too.
func AddAlias(ctx context.Context, tx *db.Tx, id ident.Org, alias string) (err error) {
	defer fault.Wrap(&err, "org.AddAlias(%s)", id)
	names, err := Names{Hant: alias}.tidy()
	if err != nil {
		return err
	}
	if NameKey(names.Hant) == "" {
		return fault.New(fault.Invalid, "org.name_missing", nil)
	}
	if _, err := Load(ctx, tx, id); err != nil {
		return err
	}
	if err := addNameKeys(ctx, tx, id, []string{names.Hant}); err != nil {
		return err
	}
	return record(ctx, tx, "alias", id, nil)
}

type linkRow struct {
	bun.BaseModel `bun:"table:org_link"`
	Link
}

// AddLink relates two organisations beside the tree. A link that is there
// already stays as it is.
func AddLink(ctx context.Context, tx *db.Tx, from, to ident.Org, relation Relation) (err error) {
	defer fault.Wrap(&err, "org.AddLink(%s, %s)", from, to)
	ends, err := ListByIDs(ctx, tx, []ident.Org{from, to})
	if err != nil {
		return err
	}
	for _, id := range []ident.Org{from, to} {
		if _, ok := ends[id]; !ok {
			return fault.New(fault.NotFound, "org.not_found", fault.Args{"org": id})
		}
	}
	if err := checkLink(ends[from], ends[to], relation); err != nil {
		return err
	}
	var there int
	err = tx.Get(ctx, &there, `SELECT COUNT(*) FROM org_link WHERE from_id = ? AND to_id = ? AND relation = ?`, from, to, relation)
	if err != nil || there > 0 {
		return err
	}
	link := Link{ID: ident.New[ident.Link](tx.Now()), FromID: from, ToID: to, Relation: relation, CreatedAt: db.At(tx.Now())}
	if err := tx.Insert(ctx, &linkRow{Link: link}); err != nil {
		return err
	}
	return record(ctx, tx, "link", from, map[string]string{"to": string(to), "relation": string(relation)})
}

// checkLink refuses a link that says nothing or contradicts the tree.
func checkLink(from, to Organisation, relation Relation) error {
	switch relation {
	case Affiliate, Twin, SecondParent:
	default:
		return fault.New(fault.Invalid, "org.relation_unknown", fault.Args{"relation": relation})
	}
	if from.ID == to.ID {
		return fault.New(fault.Invalid, "org.link_self", nil)
	}
	if relation == SecondParent && (from.ParentID == to.ID || strings.HasPrefix(to.Path, from.Path)) {
		return fault.New(fault.Invalid, "org.second_parent_in_line", nil)
	}
	return nil
}
