package org

import (
	cmp2 "cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
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
	parent   ident.Org
	slug     string
	position int
	closed   bool
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

// children lists what hangs under a node, in order.
func (m *model) children(parent ident.Org) (out []ident.Org) {
	for id, n := range m.nodes {
		if n.parent == parent {
			out = append(out, id)
		}
	}
	slices.SortFunc(out, func(a, b ident.Org) int {
		return cmp2.Or(cmp2.Compare(m.nodes[a].position, m.nodes[b].position), cmp2.Compare(m.nodes[a].slug, m.nodes[b].slug))
	})
	return out
}

// last is the position behind all children.
func (m *model) last(parent ident.Org) int {
	n := 0
	for _, id := range m.children(parent) {
		n = max(n, m.nodes[id].position)
	}
	return n + 1
}

// walk lists the tree as it is read.
func (m *model) walk(top ident.Org) []ident.Org {
	out := []ident.Org{top}
	for _, id := range m.children(top) {
		out = append(out, m.walk(id)...)
	}
	return out
}

func (m *model) create(id, parent ident.Org, slug string) {
	m.nodes[id] = &modelNode{parent: parent, slug: slug, position: m.last(parent)}
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
	if m.nodes[id].parent != parent {
		m.nodes[id].position = m.last(parent)
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

func (m *model) mayMerge(from, into ident.Org) bool {
	return m.nodes[from].parent != "" && !m.under(into, from) && !m.nodes[into].closed
}

// free is the slug, or the first with a number that is not taken.
func (m *model) free(parent ident.Org, slug string) string {
	for n, s := 2, slug; ; n++ {
		if !m.taken(parent, s) {
			return s
		}
		s = slug + "-" + strconv.Itoa(n)
	}
}

func (m *model) merge(from, into ident.Org) {
	for _, id := range append(m.children(from), from) {
		m.nodes[id].position = m.last(into)
		m.move(id, into, m.free(into, m.nodes[id].slug))
	}
	for p, id := range m.redirects {
		if id == from {
			m.redirects[p] = into
		}
	}
	m.nodes[from].closed = true
}

func (m *model) mayReopen(id ident.Org) bool {
	return !m.nodes[id].closed || !m.nodes[m.nodes[id].parent].closed
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
				w := walk{T: rt, ctx: ctx, tx: tx, root: f.root.ID, model: &model{
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
	root  ident.Org
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
	switch rapid.IntRange(0, 8).Draw(w.T, "action") {
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
	case 6:
		w.merge()
	case 7:
		id := w.pick("reopened")
		may := w.model.mayReopen(id)
		w.agree(Reopen(w.ctx, w.tx, id), may, "reopen")
		if may {
			w.model.nodes[id].closed = false
		}
	case 8:
		w.order()
	}
}

func (w *walk) merge() {
	from, into := w.pick("from"), w.pick("into")
	may := w.model.mayMerge(from, into)
	would, err := ForeseeMerge(w.ctx, w.tx, from, into)
	w.agree(err, may, "foreseen merge")
	done, err := Merge(w.ctx, w.tx, from, into)
	w.agree(err, may, "merge")
	if !may {
		return
	}
	if done != would {
		w.Fatalf("did %+v, foreseen %+v", done, would)
	}
	if want := len(w.model.children(from)); done.Children != want {
		w.Fatalf("%d children moved, want %d", done.Children, want)
	}
	w.model.merge(from, into)
	if done.Path != w.model.path(from) {
		w.Fatalf("put away at %s, want %s", done.Path, w.model.path(from))
	}
	for p := range w.model.live() {
		w.used = append(w.used, p)
	}
}

// order puts children in another order; a list that lacks one is refused.
func (w *walk) order() {
	parent := w.pick("ordered")
	list := w.model.children(parent)
	if len(list) == 0 {
		return
	}
	list = rapid.Permutation(list).Draw(w.T, "order")
	w.agree(OrderChildren(w.ctx, w.tx, parent, list[1:]), false, "an order without one")
	same := slices.Equal(list, w.model.children(parent))
	w.agree(OrderChildren(w.ctx, w.tx, parent, list), true, "order")
	for i, id := range list {
		if !same {
			w.model.nodes[id].position = i + 1
		}
	}
}

// compareOrder checks that the stored order is that of a walk.
func (w *walk) compareOrder() {
	var rows []Organisation
	if err := w.tx.Select(w.ctx, &rows, `SELECT * FROM organisation ORDER BY tree_order`); err != nil {
		w.Fatal(err)
	}
	if diff := cmp.Diff(w.model.walk(w.root), idsOf(rows)); diff != "" {
		w.Fatal(diff)
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
	w.compareOrder()
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
