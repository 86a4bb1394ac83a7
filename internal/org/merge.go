package org

import (
	"context"
	"strconv"
	"strings"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// Merged says what a merger does, in numbers.
type Merged struct {
	Children int // organisations that hang under the target now, or will
	Below    int // all organisations whose address changes, the merged one left out
	Names    int // names by which the target is found besides its own
	Links    int // relations that are the target's now
	Dropped  int // relations that would say nothing: to itself, or twice
	Path     string
}

// Merge makes one organisation part of another, in one transaction.
//
// What lives goes over: the children hang under the target, which must be
// allowed to hold their kinds; the target is found by every name the merged one
// bore; every address that led to it leads to the target; its links are the
// target's. What is history stays where it was written: articles, columns,
// pages, topics, expectations, facts, imports, the profile, people's records and
// roles keep pointing at the merged organisation, which is closed and put away
// under the target, whatever kinds that may hold. So nothing is lost or
// rewritten, whoever looks after the target looks after the rest too, and
// nobody's role reaches further than before.
//
// There is no undo: Reopen revives the organisation alone, where it was put.
func Merge(ctx context.Context, tx *db.Tx, from, into ident.Org) (done Merged, err error) {
	defer fault.Wrap(&err, "org.Merge(%s, %s)", from, into)
	g, err := checkedMerger(ctx, tx, from, into)
	if err != nil {
		return done, err
	}
	g.done = &done
	for _, step := range []func(context.Context, *db.Tx) error{g.children, g.names, g.links, g.putAway} {
		if err := step(ctx, tx); err != nil {
			return done, err
		}
	}
	detail := map[string]string{"from": string(from), "into": string(into), "children": strconv.Itoa(done.Children), "dropped_links": strconv.Itoa(done.Dropped)}
	if err := record(ctx, tx, "merge", from, detail); err != nil {
		return done, err
	}
	return done, record(ctx, tx, "absorb", into, detail)
}

// merger is one organisation on its way into another.
type merger struct {
	from, into Organisation
	done       *Merged
}

// checkedMerger is a merger that the tree allows.
func checkedMerger(ctx context.Context, r db.Reader, from, into ident.Org) (g merger, err error) {
	if g.from, err = Load(ctx, r, from); err != nil {
		return g, err
	}
	if g.into, err = Load(ctx, r, into); err != nil {
		return g, err
	}
	return g, g.check(ctx, r)
}

// check refuses mergers that the tree does not allow.
func (g *merger) check(ctx context.Context, r db.Reader) error {
	switch {
	case g.from.IsRoot():
		return fault.New(fault.Invalid, "org.merge_root", nil)
	case g.from.ID == g.into.ID:
		return fault.New(fault.Invalid, "org.merge_self", nil)
	case strings.HasPrefix(g.into.Path, g.from.Path):
		return fault.New(fault.Invalid, "org.merge_below", nil)
	case g.into.Status == Closed:
		return fault.New(fault.Conflict, "org.parent_closed", fault.Args{"org": "/" + g.into.Path})
	}
	kinds, err := loadKinds(ctx, r)
	if err != nil {
		return err
	}
	var below []string
	err = r.Select(ctx, &below, `SELECT DISTINCT kind FROM organisation WHERE parent_id = ? ORDER BY kind`, g.from.ID)
	if err != nil {
		return err
	}
	for _, kind := range below {
		if err := kinds.check(g.into.Kind, kind); err != nil {
			return err
		}
	}
	return nil
}

// children hangs them under the target, behind its own, in their order. One
// whose address is taken gets a number.
func (g *merger) children(ctx context.Context, tx *db.Tx) error {
	list, err := Children(ctx, tx, g.from.ID)
	if err != nil {
		return err
	}
	from, to := ScopeSQL(g.from.Path)
	if err := tx.Get(ctx, &g.done.Below, `SELECT count(*) - 1 FROM organisation WHERE path >= ? AND path < ?`, from, to); err != nil {
		return err
	}
	for _, child := range list {
		if err := g.rehang(ctx, tx, child); err != nil {
			return err
		}
		if err := record(ctx, tx, "move", child.ID, map[string]string{"from": string(g.from.ID), "to": string(g.into.ID)}); err != nil {
			return err
		}
	}
	g.done.Children = len(list)
	return nil
}

// rehang hangs an organisation under the target, last of all.
func (g *merger) rehang(ctx context.Context, tx *db.Tx, o Organisation) error {
	slug, err := freeSlug(ctx, tx, g.into.ID, o.Slug)
	if err != nil {
		return err
	}
	position, err := lastPosition(ctx, tx, g.into.ID)
	if err != nil {
		return err
	}
	m := move{org: o, parent: g.into, slug: slug, path: g.into.Path + slug + "/", position: position}
	if err := m.checkDeepest(ctx, tx); err != nil {
		return err
	}
	if err := m.relocate(ctx, tx); err != nil {
		return err
	}
	return m.hang(ctx, tx)
}

// names lets the target be found by what the merged one is called and was.
func (g *merger) names(ctx context.Context, tx *db.Tx) error {
	n, err := tx.Exec(ctx, `INSERT INTO org_alias (name_key, org_id) SELECT name_key, ? FROM org_alias WHERE org_id = ? ON CONFLICT DO NOTHING`, g.into.ID, g.from.ID)
	if err != nil {
		return err
	}
	g.done.Names = int(n)
	_, err = tx.Exec(ctx, `DELETE FROM org_alias WHERE org_id = ?`, g.from.ID)
	return err
}

// links makes the relations the target's. One that would relate it to itself, or
// that it has already, or a second parent in its own line, says nothing and goes.
func (g *merger) links(ctx context.Context, tx *db.Tx) error {
	list, err := Links(ctx, tx, g.from.ID)
	if err != nil {
		return err
	}
	for _, l := range list {
		if _, err := tx.Exec(ctx, `DELETE FROM org_link WHERE id = ?`, l.ID); err != nil {
			return err
		}
		kept, err := g.relink(ctx, tx, l)
		if err != nil {
			return err
		}
		if kept {
			g.done.Links++
		} else {
			g.done.Dropped++
		}
	}
	return nil
}

// relink writes a link anew with the target in the merged one's place.
func (g *merger) relink(ctx context.Context, tx *db.Tx, l Link) (bool, error) {
	l, says, err := g.turned(ctx, tx, l)
	if err != nil || !says {
		return false, err
	}
	return true, tx.Insert(ctx, &linkRow{Link: l})
}

// turned is a link with the target in the merged one's place, and whether it
// would say anything new.
func (g *merger) turned(ctx context.Context, r db.Reader, l Link) (Link, bool, error) {
	for _, end := range []*ident.Org{&l.FromID, &l.ToID} {
		if *end == g.from.ID {
			*end = g.into.ID
		}
	}
	ends, err := ListByIDs(ctx, r, []ident.Org{l.FromID, l.ToID})
	if err != nil || checkLink(ends[l.FromID], ends[l.ToID], l.Relation) != nil {
		return l, false, err
	}
	var there int
	err = r.Get(ctx, &there, `SELECT count(*) FROM org_link WHERE from_id = ? AND to_id = ? AND relation = ?`, l.FromID, l.ToID, l.Relation)
	return l, there == 0, err
}

// putAway closes what is left and hangs it under the target, so that its address
// is free to lead there.
func (g *merger) putAway(ctx context.Context, tx *db.Tx) error {
	if err := g.rehang(ctx, tx, g.from); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE org_redirect SET org_id = ? WHERE org_id = ?`, g.into.ID, g.from.ID); err != nil {
		return err
	}
	now := db.At(tx.Now())
	_, err := tx.Exec(ctx, `UPDATE organisation SET status = ?, closed_at = COALESCE(closed_at, ?), merged_into = ?, updated_at = ? WHERE id = ?`, Closed, now, g.into.ID, now, g.from.ID)
	if err != nil {
		return err
	}
	left, err := Load(ctx, tx, g.from.ID)
	g.done.Path = left.Path
	return err
}

// Merge makes one organisation part of another.
func (s *Store) Merge(ctx context.Context, from, into ident.Org) (done Merged, err error) {
	err = s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		done, err = Merge(ctx, tx, from, into)
		return err
	})
	return done, err
}
