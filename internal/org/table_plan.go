package org

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/sheet"
)

// MaxTableChanges is how many rows are done in one transaction; what is left is
// done by the next.
const MaxTableChanges = 1000

// TableParams is a table that comes in: the part of the tree that it may change,
// and what its bringer may do there.
type TableParams struct {
	Top  Organisation
	Rows []sheet.Row
	Lang locale.Lang // of the names in refusals
	// May is the reason why an action is refused at a path, or "". nil allows all.
	May func(action access.Action, path string) access.Reason
}

// may says why an action is refused, or "".
func (p TableParams) may(action access.Action, path string) access.Reason {
	if p.May == nil {
		return ""
	}
	return p.May(action, path)
}

// Wrong is what is wrong with one cell of a row.
type Wrong struct {
	Cell string // as a spreadsheet calls it
	Key  string // of the message catalogue
	Args fault.Args
}

// Change is a cell that says something else than the tree.
type Change struct {
	Column   Column
	Old, New string
}

// PlannedRow is a row, with what it would do.
type PlannedRow struct {
	Number  int
	Name    string
	Path    string // where it stands once the row is done; "" while nobody knows
	From    string // where it stands now, of one that moves
	New     bool
	Moves   bool
	Changes []Change
	Wrong   []Wrong
	Later   bool // it fits, but not into this transaction
	work    *rowWork
}

// Same says whether a row says what the tree says already.
func (r PlannedRow) Same() bool {
	return !r.New && !r.Moves && len(r.Changes) == 0 && len(r.Wrong) == 0
}

// Plan is what a table would do, row by row in its order.
type Plan struct {
	Rows    []PlannedRow
	Ignored []string // titles of columns that nobody knows
	New     int
	Changed int
	Moved   int
	Same    int
	Wrong   int
	Later   int
	order   []*rowWork // what is done, each after what it hangs under
}

// ToDo counts the rows that have something to do, in this transaction or later.
func (p Plan) ToDo() (n int) {
	for _, r := range p.Rows {
		if !r.Same() && len(r.Wrong) == 0 {
			n++
		}
	}
	return n
}

// Refused are the rows that are wrong.
func (p Plan) Refused() (rows []PlannedRow) {
	for _, r := range p.Rows {
		if len(r.Wrong) > 0 {
			rows = append(rows, r)
		}
	}
	return rows
}

// Digest stands for all that the plan would do: two that agree do the same.
func (p Plan) Digest() string {
	text, _ := json.Marshal(p.Rows) // strings and numbers only
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}

// Touch is an action on a record that a plan is about.
type Touch struct {
	Action access.Action
	Org    ident.Org
}

// Touches lists what a plan does to organisations that are stored, so that the
// right to each can be asked again in the transaction.
func (p Plan) Touches() []Touch {
	var out []Touch
	seen := map[Touch]bool{}
	add := func(action access.Action, n *stageNode) {
		for n != nil && n.made {
			n = n.parent
		}
		if n == nil {
			return
		}
		if t := (Touch{action, n.ID}); !seen[t] {
			seen[t] = true
			out = append(out, t)
		}
	}
	for _, w := range p.order {
		if w.row.New {
			add(access.OrgAdd, w.parent)
			continue
		}
		if len(w.row.Changes) > 0 {
			add(access.OrgEdit, w.node)
		}
		if w.row.Moves {
			add(access.OrgMove, w.node)
			add(access.OrgAdd, w.parent)
		}
		if slices.ContainsFunc(w.row.Changes, func(c Change) bool { return c.Column == ColumnStatus }) {
			add(access.OrgMove, w.node)
		}
	}
	return out
}

// PlanTable says what a table would do. It writes nothing: it plays the rows
// through on a picture of the tree, each after those that it depends on.
func PlanTable(ctx context.Context, r db.Reader, p TableParams) (_ Plan, err error) {
	defer fault.Wrap(&err, "org.PlanTable(%q)", p.Top.Path)
	at, unknown, err := head(p.Rows)
	if err != nil {
		return Plan{}, err
	}
	stored, err := readStored(ctx, r, p.Top)
	if err != nil {
		return Plan{}, err
	}
	// A row that cannot be closed in the end is wrong from the beginning, and
	// others may have built on it: the rows are played through again without it.
	barred := map[int]Wrong{}
	for {
		s := newStage(p, at, stored, barred)
		if err := s.play(ctx); err != nil {
			return Plan{}, err
		}
		if !s.checkClosings() {
			plan := s.plan()
			plan.Ignored = unknown
			return plan, nil
		}
	}
}

// stored is what a plan reads.
type stored struct {
	list      []Organisation
	kinds     kindSet
	profiles  map[ident.Org]Profile
	redirects map[string]ident.Org
}

func readStored(ctx context.Context, r db.Reader, top Organisation) (s stored, err error) {
	if s.list, err = Subtree(ctx, r, top.Path); err != nil {
		return s, err
	}
	if s.kinds, err = loadKinds(ctx, r); err != nil {
		return s, err
	}
	if s.profiles, err = profilesBelow(ctx, r, top.Path); err != nil {
		return s, err
	}
	var rows []struct {
		Path  string
		OrgID ident.Org
	}
	from, to := ScopeSQL(top.Path)
	err = r.Select(ctx, &rows, `SELECT path, org_id FROM org_redirect WHERE path >= ? AND path < ?`, from, to)
	s.redirects = make(map[string]ident.Org, len(rows))
	for _, row := range rows {
		s.redirects[row.Path] = row.OrgID
	}
	return s, err
}

// stageNode is an organisation on the picture of the tree.
type stageNode struct {
	Organisation // as it is stored; of a new one, what its row says
	parent       *stageNode
	children     []*stageNode
	slugs        map[string]*stageNode // of the children
	numbers      map[string]int        // the next number behind a slug that was given out already
	seen         int                   // number of the row that speaks of it
	made         bool
}

// path is where the node stands on the picture now.
func (n *stageNode) path() string {
	if n.parent == nil {
		return n.Path
	}
	return n.parent.path() + n.Slug + "/"
}

// kept is where the nearest organisation that is stored stands in the tree as it
// is: rights are asked there.
func (n *stageNode) kept() string {
	for n.made {
		n = n.parent
	}
	return n.Path
}

func (n *stageNode) under(top *stageNode) bool {
	for ; n != nil; n = n.parent {
		if n == top {
			return true
		}
	}
	return false
}

func (n *stageNode) child(slug string) *stageNode {
	return n.slugs[slug]
}

func (n *stageNode) hang(under *stageNode) {
	if n.parent != nil {
		n.parent.children = slices.DeleteFunc(n.parent.children, func(c *stageNode) bool { return c == n })
		delete(n.parent.slugs, n.Slug)
	}
	n.parent = under
	under.children = append(under.children, n)
	if under.slugs == nil {
		under.slugs = map[string]*stageNode{}
	}
	under.slugs[n.Slug] = n
}

// bears says whether the organisation bears one of the names now.
func (n *stageNode) bears(names Names) bool {
	for _, a := range n.Names.all() {
		for _, b := range names.all() {
			if key := NameKey(a); key != "" && key == NameKey(b) {
				return true
			}
		}
	}
	return false
}

// rowWork is a row on its way through the plan: what its cells say, and what is
// to be done.
type rowWork struct {
	row       *PlannedRow
	cells     sheet.Row
	node      *stageNode
	parent    *stageNode // where it shall hang
	names     Names
	kind      string
	position  int // 0: as it is, or last
	founded   string
	status    Status
	profile   Profile
	had       Profile
	kindFirst bool // the kind is changed before the move, not after
	done      bool
}

// last orders rows that close after all others, the deepest first: nothing that
// works may hang under what is closed.
func (w *rowWork) last() int {
	if w.status != Closed {
		return 0
	}
	return 1 + maxDepth - strings.Count(w.row.Path, "/")
}

// stage is the picture of the tree on which rows are played through.
type stage struct {
	p      TableParams
	at     map[Column]int
	stored stored
	barred map[int]Wrong
	top    *stageNode
	byPath map[string]*stageNode // where organisations are stored, and new ones will stand
	byID   map[ident.Org]*stageNode
	byName map[string][]*stageNode
	rows   []*rowWork
	order  []*rowWork
}

func newStage(p TableParams, at map[Column]int, st stored, barred map[int]Wrong) *stage {
	s := &stage{p: p, at: at, stored: st, barred: barred, byPath: map[string]*stageNode{}, byID: map[ident.Org]*stageNode{}, byName: map[string][]*stageNode{}}
	for _, o := range st.list {
		n := &stageNode{Organisation: o}
		if up := s.byID[o.ParentID]; up != nil {
			n.hang(up)
		} else {
			s.top = n
		}
		s.byID[o.ID] = n
		s.enter(n, o.Path)
	}
	for _, row := range p.Rows[1:] {
		w := &rowWork{cells: row, row: &PlannedRow{Number: row.Number}}
		w.row.work = w
		if wrong, ok := barred[row.Number]; ok {
			w.row.Wrong, w.done = []Wrong{wrong}, true
		}
		s.rows = append(s.rows, w)
	}
	return s
}

// enter makes a node found by its path and its names.
func (s *stage) enter(n *stageNode, path string) {
	s.byPath[path] = n
	for _, name := range n.Names.all() {
		if key := NameKey(name); key != "" && !slices.Contains(s.byName[key], n) {
			s.byName[key] = append(s.byName[key], n)
		}
	}
}

// play plays the rows through, those that wait for a parent again until none
// gets further.
func (s *stage) play(ctx context.Context) error {
	for moved := true; moved; {
		moved = false
		for _, w := range s.rows {
			if err := ctx.Err(); err != nil {
				return err
			}
			if !w.done && s.try(w) {
				moved = true
			}
		}
	}
	for _, w := range s.rows {
		if !w.done {
			s.wrong(w, ColumnParent, "org.table_parent_unknown", fault.Args{"parent": s.cell(w, ColumnParent)})
			w.row.Name = s.namesOf(w).In(s.p.Lang)
		}
	}
	return nil
}

// checkClosings bars rows that close what works below; it says whether it did.
func (s *stage) checkClosings() bool {
	found := false
	for _, w := range s.order {
		if w.status != Closed || !slices.ContainsFunc(w.node.children, func(c *stageNode) bool { return c.Status == Active }) {
			continue
		}
		s.barred[w.row.Number] = Wrong{Cell: s.name(w, ColumnStatus), Key: "org.table_closed_above", Args: fault.Args{"name": w.row.Name}}
		found = true
	}
	return found
}

// plan sums up.
func (s *stage) plan() Plan {
	p := Plan{}
	slices.SortStableFunc(s.order, func(a, b *rowWork) int { return cmp.Compare(a.last(), b.last()) })
	for i, w := range s.order {
		if w.row.Later = i >= MaxTableChanges; !w.row.Later {
			p.order = append(p.order, w)
		}
	}
	for _, w := range s.rows {
		r := w.row
		switch {
		case len(r.Wrong) > 0:
			p.Wrong++
		case r.Same():
			p.Same++
		case r.Later:
			p.Later++
		case r.New:
			p.New++
		default:
			if r.Moves {
				p.Moved++
			}
			if len(r.Changes) > 0 {
				p.Changed++
			}
		}
		p.Rows = append(p.Rows, *r)
	}
	return p
}

// cell is what a row says in a column, "" where the table has no such column.
func (s *stage) cell(w *rowWork, c Column) string {
	i, ok := s.at[c]
	if !ok {
		return ""
	}
	return w.cells.Cell(i)
}

// name is what a spreadsheet calls the row's cell; of a column that the table
// does not have, its row.
func (s *stage) name(w *rowWork, c Column) string {
	if i, ok := s.at[c]; ok {
		return sheet.Name(i, w.cells.Number)
	}
	return ""
}

func (s *stage) wrong(w *rowWork, c Column, key string, args fault.Args) {
	w.row.Wrong = append(w.row.Wrong, Wrong{Cell: s.name(w, c), Key: key, Args: args})
	w.done = true
}

// refused notes a refusal of the tree's own rules.
func (s *stage) refused(w *rowWork, c Column, err error) {
	if e := fault.As(err); e != nil {
		s.wrong(w, c, e.Key, e.Args)
	}
}

func (s *stage) namesOf(w *rowWork) Names {
	return Names{Hant: s.cell(w, ColumnHant), Hans: s.cell(w, ColumnHans), En: s.cell(w, ColumnEn)}
}

// outside says whether a path lies beside the part that the table may change.
func (s *stage) outside(path string) bool { return !strings.HasPrefix(path, s.top.Path) }
