package org

import (
	"context"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// Node is an organisation with the sizes of what hangs under it.
type Node struct {
	Organisation
	Below int // all organisations below it, closed ones among them
}

// Level is one page of what hangs directly under an organisation.
type Level struct {
	Nodes []Node
	Next  int // how many come before the next page; 0 on the last
}

const nodeSQL = `SELECT o.*, (SELECT count(*) FROM organisation AS d
		WHERE d.tree_order > o.tree_order AND d.tree_order < substr(o.tree_order, 1, length(o.tree_order) - 1) || '0') AS below
	FROM organisation AS o WHERE `

// LevelOf lists what hangs directly under an organisation in protocol order,
// with the size of each branch: one query, however large they are.
func LevelOf(ctx context.Context, r db.Reader, parent ident.Org, skip, limit int) (_ Level, err error) {
	defer fault.Wrap(&err, "org.LevelOf(%s)", parent)
	var l Level
	err = r.Select(ctx, &l.Nodes, nodeSQL+`o.parent_id = ? ORDER BY o.position, o.path LIMIT ? OFFSET ?`, parent, limit+1, skip)
	if len(l.Nodes) > limit {
		l.Nodes, l.Next = l.Nodes[:limit], skip+limit
	}
	return l, err
}

// LevelOf lists what hangs directly under an organisation.
func (r *Reader) LevelOf(ctx context.Context, parent ident.Org, skip, limit int) (Level, error) {
	return LevelOf(ctx, r.on, parent, skip, limit)
}

// CountBelow says how many organisations hang below one, closed ones among them.
func (r *Reader) CountBelow(ctx context.Context, path string) (n int, err error) {
	defer fault.Wrap(&err, "org.CountBelow(%q)", path)
	from, to := ScopeSQL(path)
	err = r.on.Get(ctx, &n, `SELECT count(*) - 1 FROM organisation WHERE path >= ? AND path < ?`, from, to)
	return n, err
}
