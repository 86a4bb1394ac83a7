package org

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/testkit"
)

// model is the tree as one would think of it: no paths are stored.
type model struct {
	nodes     map[ident.Org]*modelNode
	redirects map[string]ident.Org
}

type modelNode struct {
	parent ident.Org
	slug   string
	closed bool
}

func (m *model) path(id ident.Org) string {
	n := m.nodes[id]
	if n.parent == "" {
		return ""
	}
	return m.path(n.parent) + n.slug + "/"
}

func (m *model) live() map[string]ident.Org {
	out := map[string]ident.Org{}
	for id := range m.nodes {
		out[m.path(id)] = id
	}
	return out
}

func (m *model) under(id, top ident.Org) bool {
	for ; id != ""; id = m.nodes[id].parent {
		if id == top {
			return true
		}
	}
	return false
}

func (m *model) taken(parent ident.Org, slug string) bool {
	_, ok := m.live()[m.path(parent)+slug+"/"]
	return ok
}

func (m *model) mayCreate(parent ident.Org, slug string) bool {
	return !m.nodes[parent].closed && !m.taken(parent, slug)
}

func (m *model) create(id, parent ident.Org, slug string) {
	m.nodes[id] = &modelNode{parent: parent, slug: slug}
	delete(m.redirects, m.path(id))
}

func (m *model) mayMove(id, parent ident.Org, slug string) bool {
	n := m.nodes[id]
	if n.parent == "" {
		return false
	}
	if n.parent == parent && n.slug == slug {
		return true
	}
	return !m.under(parent, id) && !m.taken(parent, slug) && (n.parent == parent || !m.nodes[parent].closed)
}

func (m *model) move(id, parent ident.Org, slug string) {
	for p, o := range m.live() {
		if m.under(o, id) {
			m.redirects[p] = o
		}
	}
	m.nodes[id].parent, m.nodes[id].slug = parent, slug
	for p := range m.live() {
		delete(m.redirects, p)
	}
}

func (m *model) mayClose(id ident.Org) bool {
	if m.nodes[id].parent == "" {
		return false
	}
	if m.nodes[id].closed {
		return true
	}
	for _, n := range m.nodes {
		if n.parent == id && !n.closed {
			return false
		}
	}
	return true
}

// follow is Redirect, segment by segment.
func (m *model) follow(path string) (string, bool) {
	moved := false
	for {
		found := false
		for i := len(path); i > 0 && !found; i-- {
			if id, ok := m.redirects[path[:i]]; ok {
				path, found, moved = m.path(id)+path[i:], true, true
			}
		}
		if !found {
			return path, moved
		}
	}
}

var errUndo = errors.New("undo")

// Whatever is done to the tree, it agrees with the model: paths, subtrees,
// redirects, and what is refused.
func TestTreeAgreesWithModel(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, testkit.NewClock("2026-05-01"), func(t *testing.T, d *db.DB) {
		f := newFixture(t, d)
		steps := 25
		if d.Engine() == db.Postgres {
			steps = 6
		}
		rapid.Check(t, func(rt *rapid.T) {
			err := d.Tx(context.Background(), func(ctx context.Context, tx *db.Tx) error {
				w := walk{T: rt, ctx: ctx, tx: tx, model: &model{
					nodes: map[ident.Org]*modelNode{f.root.ID: {}}, redirects: map[string]ident.Org{},
				}}
				for range rapid.IntRange(1, steps).Draw(rt, "steps") {
					w.step()
				}
				w.compare()
				return errUndo
			})
			if !errors.Is(err, errUndo) {
				rt.Fatal(err)
			}
		})
	})
}

// walk does the same to the tree and to the model.
type walk struct {
	*rapid.T
	ctx   context.Context
	tx    *db.Tx
	model *model
	used  []string // paths that ever stood
}

func (w *walk) pick(label string) ident.Org {
	return rapid.SampledFrom(slices.Sorted(maps.Keys(w.model.nodes))).Draw(w.T, label)
}

func (w *walk) agree(err error, may bool, what string) {
	if (err == nil) != may {
		w.Fatalf("%s: allowed by the model %v, err %v", what, may, err)
	}
}

func (w *walk) step() {
	slug := rapid.SampledFrom([]string{"p", "q", "p2"}).Draw(w.T, "slug")
	switch rapid.IntRange(0, 5).Draw(w.T, "action") {
	case 0, 1, 2:
		parent := w.pick("parent")
		may := w.model.mayCreate(parent, slug)
		o, err := Create(w.ctx, w.tx, CreateParams{Parent: parent, Slug: slug, Kind: "affiliate", Names: Names{Hant: "會" + slug}})
		w.agree(err, may, "create")
		if may {
			w.model.create(o.ID, parent, slug)
			w.used = append(w.used, o.Path)
		}
	case 3, 4:
		id, parent := w.pick("moved"), w.pick("to")
		may := w.model.mayMove(id, parent, slug)
		w.agree(Move(w.ctx, w.tx, id, parent, slug), may, "move")
		if may {
			w.model.move(id, parent, slug)
			w.used = append(w.used, w.model.path(id))
		}
	case 5:
		id := w.pick("closed")
		may := w.model.mayClose(id)
		w.agree(Close(w.ctx, w.tx, id), may, "close")
		if may {
			w.model.nodes[id].closed = true
		}
	}
}

func (w *walk) compare() {
	live := w.model.live()
	top := rapid.SampledFrom(slices.Sorted(maps.Keys(live))).Draw(w.T, "top")
	got, err := Subtree(w.ctx, w.tx, top)
	if err != nil {
		w.Fatal(err)
	}
	want := map[string]ident.Org{}
	for p, id := range live {
		if strings.HasPrefix(p, top) {
			want[p] = id
		}
	}
	have := map[string]ident.Org{}
	for _, o := range got {
		have[o.Path] = o.ID
		if n := w.model.nodes[o.ID]; o.ParentID != n.parent || o.Slug != n.slug || (o.Status == Closed) != n.closed {
			w.Fatalf("%+v, model %+v", o, n)
		}
	}
	if diff := cmp.Diff(want, have); diff != "" {
		w.Fatal(diff)
	}
	w.compareRedirects(live)
}

func (w *walk) compareRedirects(live map[string]ident.Org) {
	var rows []struct {
		Path  string
		OrgID ident.Org
	}
	if err := w.tx.Select(w.ctx, &rows, `SELECT path, org_id FROM org_redirect`); err != nil {
		w.Fatal(err)
	}
	have := map[string]ident.Org{}
	for _, r := range rows {
		have[r.Path] = r.OrgID
	}
	if diff := cmp.Diff(w.model.redirects, have); diff != "" {
		w.Fatal(diff)
	}
	for _, old := range w.used {
		for _, rest := range []string{"", "p/", "news/2026/05/x"} {
			got, ok, err := Redirect(w.ctx, w.tx, old+rest)
			want, moved := w.model.follow(old + rest)
			if err != nil || got != want || ok != moved {
				w.Fatalf("redirect %s: %s %v %v, want %s %v", old+rest, got, ok, err, want, moved)
			}
		}
		if _, ok := live[old]; ok {
			if _, moved, _ := Redirect(w.ctx, w.tx, old); moved {
				w.Fatalf("a redirect wins over the live organisation %s", old)
			}
		}
	}
}
