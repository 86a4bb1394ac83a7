package org

import (
	"context"
	"strconv"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
)

// maxPosition is the last position that has a place of its own in the order of
// the tree; behind it siblings stand in the order of their slugs.
const (
	maxPosition    = 999_999
	positionDigits = 6
)

// treeOrder is the place of an organisation when the whole tree is read in
// protocol order: its ancestors' positions and slugs, then its own. Compared as
// texts, each stands before what hangs under it, and a subtree is one range, as
// it is one of paths (see ScopeSQL). A directory reads the tree by it, a page
// at a time.
func treeOrder(parent string, position int, slug string) string {
	position = min(max(position, 0), maxPosition)
	return parent + strconv.Itoa(1_000_000 + position)[1:] + slug + "/"
}

// Reorder makes the places of all organisations anew, for databases whose rows
// come from a backup that knew no such places.
func Reorder(ctx context.Context, tx *db.Tx) (err error) {
	defer fault.Wrap(&err, "org.Reorder")
	var rows []Organisation
	if err := tx.Select(ctx, &rows, `SELECT * FROM organisation ORDER BY path`); err != nil {
		return err
	}
	places := make(map[string]string, len(rows)) // by path; parents come first
	for _, o := range rows {
		place := ""
		if !o.IsRoot() {
			place = treeOrder(places[parentPath(o.Path)], o.Position, o.Slug)
		}
		places[o.Path] = place
		if place == o.TreeOrder {
			continue
		}
		if _, err := tx.Exec(ctx, `UPDATE organisation SET tree_order = ? WHERE id = ?`, place, o.ID); err != nil {
			return err
		}
	}
	return nil
}
