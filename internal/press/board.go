package press

import (
	"context"
	"slices"
	"strings"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/org"
)

// BoardNode is an organisation in the picture of whom a topic asked. One that was
// not asked stands there to keep the tree in shape: somebody below it was.
type BoardNode struct {
	Path     string
	Names    org.Names    // as they were when asked; of who was not asked, as they are
	Row      *CoverageRow // nil: not asked
	Tally    Tally        // of itself and all below
	Children []*BoardNode // in protocol order
}

// Board is the asked part of the tree, as it was at the time of asking: from the
// lowest organisation under which all who were asked stand.
type Board struct {
	Root *BoardNode
}

// Board builds the tree from the rows' paths, which are in protocol order.
func (c Coverage) Board() Board {
	root := &BoardNode{Path: commonParent(c.Rows)}
	at := map[string]*BoardNode{root.Path: root}
	for i := range c.Rows {
		row := &c.Rows[i]
		n := root.reach(row.Path, at)
		n.Row, n.Names = row, row.Names
	}
	root.sum()
	return Board{Root: root}
}

// commonParent is the path of the lowest organisation strictly above all rows.
func commonParent(rows []CoverageRow) string {
	if len(rows) == 0 {
		return ""
	}
	common := above(rows[0].Path)
	for _, row := range rows[1:] {
		for !strings.HasPrefix(above(row.Path), common) {
			common = above(common)
		}
	}
	return common
}

// above is the path of an organisation's parent; the root is its own.
func above(path string) string {
	if path == "" {
		return ""
	}
	return path[:strings.LastIndexByte(path[:len(path)-1], '/')+1]
}

// reach is the node at a path below n, made with all between where it is not
// there yet.
func (n *BoardNode) reach(path string, at map[string]*BoardNode) *BoardNode {
	if have, ok := at[path]; ok {
		return have
	}
	parent := n.reach(above(path), at)
	child := &BoardNode{Path: path}
	parent.Children = append(parent.Children, child)
	at[path] = child
	return child
}

// sum counts a node with all below it.
func (n *BoardNode) sum() {
	if n.Row != nil {
		n.Tally.add(n.Row.State)
	}
	for _, c := range n.Children {
		c.sum()
		n.Tally = n.Tally.plus(c.Tally)
	}
}

// Walk visits a node and all below it, each before what hangs under it; depth
// counts from 0 at the node itself.
func (n *BoardNode) Walk(visit func(n *BoardNode, depth int)) { n.walk(visit, 0) }

func (n *BoardNode) walk(visit func(*BoardNode, int), depth int) {
	visit(n, depth)
	for _, c := range n.Children {
		c.walk(visit, depth+1)
	}
}

// Leaves is how many nodes at or below n have nothing under them.
func (n *BoardNode) Leaves() int {
	leaves := 0
	n.Walk(func(n *BoardNode, _ int) {
		if len(n.Children) == 0 {
			leaves++
		}
	})
	return leaves
}

// Branches are where the tree first divides, and the nodes that lead there.
// A topic that asks one city with all below it divides at that city's counties.
func (b Board) Branches() (stem, branches []*BoardNode) {
	top := b.Root
	for len(top.Children) == 1 && len(top.Children[0].Children) > 0 {
		top = top.Children[0]
		stem = append(stem, top)
	}
	return stem, top.Children
}

// NameBoard fills in what organisations are called that were not asked, as they are
// called now. One that stands elsewhere today keeps its part of the address.
func (p Public) NameBoard(ctx context.Context, b Board) (err error) {
	defer fault.Wrap(&err, "press: name board")
	unnamed := map[string]*BoardNode{}
	var paths []string
	b.Root.Walk(func(n *BoardNode, _ int) {
		if n.Row == nil {
			unnamed[n.Path], paths = n, append(paths, n.Path)
			n.Names = org.Names{En: strings.TrimPrefix(strings.TrimSuffix(n.Path, "/"), above(n.Path))}
		}
	})
	for batch := range slices.Chunk(paths, 500) {
		var rows []struct {
			Path  string
			Names org.Names `bun:"embed:name_"`
		}
		if err := p.r.Select(ctx, &rows, `SELECT path, name_hant, name_hans, name_en FROM organisation WHERE path IN (?)`, db.List(batch)); err != nil {
			return err
		}
		for _, r := range rows {
			unnamed[r.Path].Names = r.Names
		}
	}
	return nil
}
