package org

import (
	"context"
	"strings"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// Order is how a directory is sorted.
type Order string

// The orders of a directory.
const (
	InTree   Order = ""       // as the tree is read in protocol order
	BySound  Order = "az"     // by the reading of the name, as the slug has it
	ByRegion Order = "region" // by country or region, those without one last
)

// The limits of a directory.
const (
	defaultDirectory = 100
	maxDirectory     = 500
	maxWords         = 5   // words that one question may hold
	maxBranches      = 300 // branches by which a directory can be narrowed
)

// DirectoryQuery says which of the organisations below one to list. The zero
// value lists all active ones below the root.
type DirectoryQuery struct {
	Of     Organisation // the one above all that is listed
	Under  Organisation // the branch to which the list is narrowed; the zero value: to none
	Kind   string       // "": all
	Words  string       // each must stand in a name, an address or the path
	Closed bool         // those that work no more, in place of those that do
	Order  Order
	After  ident.Org // the last entry of the page before
	Limit  int       // 0: 100
}

// Entry is an organisation in a directory.
type Entry struct {
	Organisation
	Profile Profile
}

// Directory is one page of a list of organisations, with the counts by which it
// can be narrowed.
type Directory struct {
	Entries  []Entry
	Next     ident.Org     // After of the next page; empty on the last
	Kinds    []KindCount   // of what is listed, whatever kind was asked for
	Branches []BranchCount // of what is listed, whatever branch was asked for
	Total    int
}

// KindCount is how many organisations of a kind there are.
type KindCount struct {
	Kind  string
	Count int
}

// BranchCount is how many organisations a branch holds, itself among them.
type BranchCount struct {
	Organisation
	Count int
}

// entryRow is an organisation with its profile, which it may not have.
type entryRow struct {
	Organisation
	Body    *db.JSON[Profile]
	Picture string
}

func (r entryRow) entry() Entry {
	e := Entry{Organisation: r.Organisation}
	if r.Body != nil {
		e.Profile = profileRow{Body: *r.Body, Picture: r.Picture}.profile()
	}
	return e
}

// selection is a condition on organisation o with its values.
type selection struct {
	conditions []string
	args       []any
}

func (s *selection) add(condition string, values ...any) {
	s.conditions, s.args = append(s.conditions, condition), append(s.args, values...)
}

func (s selection) sql() string { return strings.Join(s.conditions, ` AND `) }

// scope is the range of places that the question means.
func (q DirectoryQuery) scope() (s selection) {
	from, to := ScopeSQL(q.Of.TreeOrder)
	switch {
	case q.Under.ID != "":
		from, to = ScopeSQL(q.Under.TreeOrder)
		s.add(`o.tree_order >= ? AND o.tree_order < ?`, from, to)
	case q.Order == BySound && q.Of.IsRoot():
		s.add(`o.parent_id IS NOT NULL`) // no range, so that the index of slugs gives the order
	default:
		s.add(`o.tree_order > ? AND o.tree_order < ?`, from, to)
	}
	return s
}

// narrow adds what the question asks of each organisation, wherever it stands.
func (q DirectoryQuery) narrow(s *selection) {
	s.add(`o.status = ?`, q.status())
	if q.Kind != "" {
		s.add(`o.kind = ?`, q.Kind)
	}
}

func (q DirectoryQuery) status() Status {
	if q.Closed {
		return Closed
	}
	return Active
}

// unsorted is the first column of an order that needs none.
const unsorted = `''`

// by are the columns by which the order sorts; the second is unique.
func (o Order) by() (first, second string) {
	switch o {
	case BySound:
		return `o.slug`, `o.id`
	case ByRegion:
		return `coalesce(nullif(p.region_key, ''), '~')`, `o.tree_order`
	}
	return unsorted, `o.tree_order`
}

// start is where a page begins, behind the last entry of the page before. An
// entry that is not there is a cursor that somebody made up.
func (q DirectoryQuery) start(ctx context.Context, r db.Reader, s *selection) error {
	if q.After == "" {
		return nil
	}
	first, second := q.Order.by()
	var last struct{ First, Second string }
	err := r.Get(ctx, &last, `SELECT `+first+` AS first, `+second+` AS second
		FROM organisation AS o LEFT JOIN org_profile AS p ON p.org_id = o.id WHERE o.id = ?`, q.After)
	if err != nil {
		return db.NotFound(err, "org.not_found", fault.Args{"org": q.After})
	}
	if first == unsorted {
		s.add(`o.tree_order > ?`, last.Second)
		return nil
	}
	s.add(`(`+first+`, `+second+`) > (?, ?)`, last.First, last.Second)
	return nil
}

// orderBy sorts; the tree's order needs no first column.
func (q DirectoryQuery) orderBy() string {
	first, second := q.Order.by()
	if first == unsorted {
		return second
	}
	return first + `, ` + second
}

// ListDirectory is one page of the organisations below one, each with its
// profile. It takes the same few queries however many there are: without words
// the indexes give page and counts, with words all that match is looked at once.
func ListDirectory(ctx context.Context, r db.Reader, q DirectoryQuery) (_ Directory, err error) {
	defer fault.Wrap(&err, "org.ListDirectory(%q)", q.Of.Path)
	if q.Limit <= 0 {
		q.Limit = defaultDirectory
	}
	q.Limit = min(q.Limit, maxDirectory)
	if words := wordsAsked(q.Words); len(words) > 0 {
		return find(ctx, r, q, words)
	}
	d, err := browse(ctx, r, q)
	if err != nil {
		return d, err
	}
	if d.Kinds, err = countKinds(ctx, r, q); err != nil {
		return d, err
	}
	for _, k := range d.Kinds {
		if q.Kind == "" || q.Kind == k.Kind {
			d.Total += k.Count
		}
	}
	d.Branches, err = countBranches(ctx, r, q)
	return d, err
}

// selectEntries are the columns of an entryRow.
const selectEntries = `SELECT o.*, p.body, coalesce(p.picture, '') AS picture
	FROM organisation AS o LEFT JOIN org_profile AS p ON p.org_id = o.id WHERE `

// browse reads one page by the indexes.
func browse(ctx context.Context, r db.Reader, q DirectoryQuery) (d Directory, err error) {
	s := q.scope()
	q.narrow(&s)
	if err := q.start(ctx, r, &s); err != nil {
		return d, err
	}
	var rows []entryRow
	err = r.Select(ctx, &rows, selectEntries+s.sql()+` ORDER BY `+q.orderBy()+` LIMIT ?`, append(s.args, q.Limit+1)...)
	if err != nil {
		return d, err
	}
	for i, row := range rows {
		if i == q.Limit {
			d.Next = d.Entries[i-1].ID
			break
		}
		d.Entries = append(d.Entries, row.entry())
	}
	return d, nil
}

// countKinds counts by kind. A count for each kind is a range of one index;
// grouping would sort all rows.
func countKinds(ctx context.Context, r db.Reader, q DirectoryQuery) (out []KindCount, err error) {
	q.Kind, q.Order = "", InTree
	s := q.scope()
	q.narrow(&s)
	err = r.Select(ctx, &out, `SELECT kind, count FROM (
			SELECT k.slug AS kind, (SELECT count(*) FROM organisation AS o WHERE o.kind = k.slug AND `+s.sql()+`) AS count FROM org_kind AS k
		) AS counted WHERE count > 0 ORDER BY kind`, s.args...)
	return out, err
}

// holds is the condition on a branch b that something hangs under it. One that
// holds nothing but itself is no way to narrow a list.
const holds = `b.parent_id = ? AND EXISTS (SELECT 1 FROM organisation AS x WHERE x.parent_id = b.id)`

// countBranches counts by branch, each a range of one index.
func countBranches(ctx context.Context, r db.Reader, q DirectoryQuery) (out []BranchCount, err error) {
	var s selection
	q.narrow(&s)
	err = r.Select(ctx, &out, `SELECT * FROM (
			SELECT b.*, (SELECT count(*) FROM organisation AS o
				WHERE o.tree_order >= b.tree_order AND o.tree_order < substr(b.tree_order, 1, length(b.tree_order) - 1) || '0' AND `+s.sql()+`) AS count
			FROM organisation AS b WHERE `+holds+`
		) AS counted WHERE count > 0 ORDER BY tree_order LIMIT ?`, append(s.args, q.Of.ID, maxBranches)...)
	return out, err
}

// Branches are the active children of an organisation of one kind.
type Branches struct {
	Kind  string
	Count int            // all of them
	First []Organisation // the first few in protocol order
}

// BranchesOf lists the active children of an organisation by kind, the first
// few of each, in protocol order.
func BranchesOf(ctx context.Context, r db.Reader, id ident.Org, few int) (_ []Branches, err error) {
	defer fault.Wrap(&err, "org.BranchesOf(%s)", id)
	var rows []struct {
		Organisation
		Nth, OfKind int
	}
	err = r.Select(ctx, &rows, `SELECT * FROM (
			SELECT o.*, row_number() OVER (PARTITION BY o.kind ORDER BY o.position, o.path) AS nth, count(*) OVER (PARTITION BY o.kind) AS of_kind
			FROM organisation AS o WHERE o.parent_id = ? AND o.status = 'active'
		) AS children WHERE nth <= ? ORDER BY position, path`, id, few)
	var out []Branches
	at := map[string]int{}
	for _, row := range rows {
		i, ok := at[row.Kind]
		if !ok {
			i = len(out)
			at[row.Kind] = i
			out = append(out, Branches{Kind: row.Kind, Count: row.OfKind})
		}
		out[i].First = append(out[i].First, row.Organisation)
	}
	return out, err
}

// Directory is one page of the organisations below one.
func (r *Reader) Directory(ctx context.Context, q DirectoryQuery) (Directory, error) {
	return ListDirectory(ctx, r.on, q)
}

// EachBelow hands over every active organisation below one, as the tree is read.
func (r *Reader) EachBelow(ctx context.Context, of Organisation, each func(Entry)) (err error) {
	defer fault.Wrap(&err, "org.EachBelow(%q)", of.Path)
	q := DirectoryQuery{Of: of, Limit: maxDirectory}
	for {
		d, err := browse(ctx, r.on, q)
		if err != nil {
			return err
		}
		for _, e := range d.Entries {
			each(e)
		}
		if q.After = d.Next; q.After == "" {
			return nil
		}
	}
}

// CountKinds counts the organisations below one by kind.
func (r *Reader) CountKinds(ctx context.Context, q DirectoryQuery) (_ []KindCount, err error) {
	defer fault.Wrap(&err, "org.CountKinds(%q)", q.Of.Path)
	return countKinds(ctx, r.on, q)
}

// ByPaths are the organisations at the given paths.
func (r *Reader) ByPaths(ctx context.Context, paths map[string]bool) (_ map[string]Organisation, err error) {
	defer fault.Wrap(&err, "org.ByPaths")
	rows, err := byPaths(ctx, r.on, paths)
	out := make(map[string]Organisation, len(rows))
	for _, o := range rows {
		out[o.Path] = o
	}
	return out, err
}

// BranchesOf lists the active children of an organisation by kind.
func (r *Reader) BranchesOf(ctx context.Context, id ident.Org, few int) ([]Branches, error) {
	return BranchesOf(ctx, r.on, id, few)
}
