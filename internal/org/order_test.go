package org

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/testkit"
)

// inTreeOrder reads the whole tree by the stored order.
func (f fixture) inTreeOrder() []string {
	f.Helper()
	var rows []Organisation
	f.must(f.db.Select(f.Context(), &rows, `SELECT * FROM organisation ORDER BY tree_order`))
	return paths(rows)
}

// walked is the same tree by walking it.
func (f fixture) walked() []string {
	f.Helper()
	all, err := f.s.Subtree(f.Context(), "")
	f.must(err)
	return paths(all)
}

// The stored order is that of a walk through the tree, whatever is created,
// moved or renamed, and Reorder finds the same again.
func TestTreeOrder(t *testing.T) {
	onEach(t, func(f fixture) {
		grown(f)
		f.add("lan/yun-2", "county", "雲浦二縣同鄉會")
		for range 11 {
			_, err := f.s.Create(f.Context(), CreateParams{Parent: f.root.ID, Kind: "city", Names: Names{Hant: "荷堰市同鄉會"}})
			f.must(err)
		}
		first, err := f.s.Create(f.Context(), CreateParams{Parent: f.root.ID, Kind: "city", Slug: "zero", Position: -3, Names: Names{Hant: "零市同鄉會"}})
		f.must(err)
		last, err := f.s.Create(f.Context(), CreateParams{Parent: f.root.ID, Kind: "city", Slug: "last", Position: 7_000_000, Names: Names{Hant: "末市同鄉會"}})
		f.must(err)
		f.must(f.s.Move(f.Context(), f.at("lan/yun").ID, f.at("lan2").ID, ""))
		f.must(f.s.Move(f.Context(), f.at("lan2").ID, f.root.ID, "moved"))
		got := f.inTreeOrder()
		if diff := cmp.Diff(f.walked(), got); diff != "" {
			f.Error(diff)
		}
		if got[1] != first.Path || got[len(got)-1] != last.Path {
			f.Errorf("positions out of bounds: %v", got)
		}
		kept := f.at("moved/yun/shi/home").TreeOrder
		testkit.Tx(f, f.db, func(ctx context.Context, tx *db.Tx) error {
			if _, err := tx.Exec(ctx, `UPDATE organisation SET tree_order = ''`); err != nil {
				return err
			}
			return Reorder(ctx, tx)
		})
		if !slices.Equal(f.inTreeOrder(), got) || f.at("moved/yun/shi/home").TreeOrder != kept {
			f.Errorf("made anew: %v", f.inTreeOrder())
		}
	})
}

// The tree has a bottom, so that its order fits an index.
func TestTreeIsNotBottomless(t *testing.T) {
	onEach(t, func(f fixture) {
		f.add("c", "committee", "委員會")
		path := strings.Repeat("c/", maxDepth)
		testkit.Tx(f, f.db, func(ctx context.Context, tx *db.Tx) error {
			parent := f.root
			for range maxDepth {
				o, err := ByPath(ctx, tx, parent.Path+"c")
				if err != nil {
					o, err = Create(ctx, tx, CreateParams{Parent: parent.ID, Slug: "c", Kind: "committee", Names: Names{Hant: "委員會"}})
				}
				if err != nil {
					return err
				}
				parent = o
			}
			return nil
		})
		deepest := f.at(path)
		_, err := f.s.Create(f.Context(), CreateParams{Parent: deepest.ID, Kind: "committee", Names: Names{Hant: "委員會"}})
		f.refused(err, fault.Invalid, "org.path_too_long")
		_, err = f.s.Create(f.Context(), CreateParams{Parent: deepest.ID, Kind: "committee", Slug: "d", Names: Names{Hant: "委員會"}})
		f.refused(err, fault.Invalid, "org.path_too_long")
		other := f.add("d", "committee", "另一委員會")
		f.refused(f.s.Move(f.Context(), f.at("c").ID, other.ID, ""), fault.Invalid, "org.path_too_long")
	})
}
