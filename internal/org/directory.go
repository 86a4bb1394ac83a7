package org

import (
	"context"
	"regexp"
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

// Directory is one page of a list of organisations.
type Directory struct {
	Entries []Entry
	Next    ident.Org // After of the next page; empty on the last
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

// where are the organisations that the question means.
func (q DirectoryQuery) where() selection {
	var s selection
	if q.Under.ID != "" {
		from, to := ScopeSQL(q.Under.TreeOrder)
		s.add(`o.tree_order >= ? AND o.tree_order < ?`, from, to)
	} else {
		from, to := ScopeSQL(q.Of.TreeOrder)
		s.add(`o.tree_order > ? AND o.tree_order < ?`, from, to)
	}
	status := Active
	if q.Closed {
		status = Closed
	}
	s.add(`o.status = ?`, status)
	if q.Kind != "" {
		s.add(`o.kind = ?`, q.Kind)
	}
	for _, w := range words(q.Words) {
		s.addWord(w, len(q.Of.Path))
	}
	return s
}

// slugPiece is what may stand in a path.
var slugPiece = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)

// addWord wants a word in a name that is or was borne, in the address or, where
// it is in letters, at the beginning of a slug below the directory's own
// organisation: so the reading of a place finds all that stands under it.
func (s *selection) addWord(word string, above int) {
	const named = `o.id IN (SELECT org_id FROM org_alias WHERE name_key LIKE ? UNION ALL SELECT org_id FROM org_profile WHERE words LIKE ?)`
	key := "%" + NameKey(word) + "%"
	if lower := strings.ToLower(word); slugPiece.MatchString(lower) {
		s.add(`(`+named+` OR '/' || substr(o.path, ?) LIKE ?)`, key, key, above+1, "%/"+lower+"%")
		return
	}
	s.add(named, key, key)
}

// words cuts what was asked into words; what holds no letter and no digit is
// none.
func words(s string) []string {
	var out []string
	for w := range strings.FieldsSeq(s) {
		if NameKey(w) != "" && len(out) < maxWords {
			out = append(out, w)
		}
	}
	return out
}

// by are the columns by which the order sorts; the second is unique.
func (o Order) by() (first, second string) {
	switch o {
	case BySound:
		return `o.slug`, `o.id`
	case ByRegion:
		return `coalesce(nullif(p.region_key, ''), '~')`, `o.tree_order`
	}
	return `''`, `o.tree_order`
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
	if q.Order == InTree {
		s.add(`o.tree_order > ?`, last.Second)
		return nil
	}
	s.add(`(`+first+`, `+second+`) > (?, ?)`, last.First, last.Second)
	return nil
}

// orderBy sorts; the tree's order needs no first column.
func (q DirectoryQuery) orderBy() string {
	first, second := q.Order.by()
	if q.Order == InTree {
		return second
	}
	return first + `, ` + second
}

// ListDirectory is one page of the organisations below one, each with its
// profile. It takes the same few queries however many there are.
func ListDirectory(ctx context.Context, r db.Reader, q DirectoryQuery) (_ Directory, err error) {
	defer fault.Wrap(&err, "org.ListDirectory(%q)", q.Of.Path)
	s := q.where()
	if err := q.start(ctx, r, &s); err != nil {
		return Directory{}, err
	}
	limit := q.Limit
	if limit <= 0 {
		limit = defaultDirectory
	}
	limit = min(limit, maxDirectory)
	var rows []entryRow
	err = r.Select(ctx, &rows, `SELECT o.*, p.body, coalesce(p.picture, '') AS picture
		FROM organisation AS o LEFT JOIN org_profile AS p ON p.org_id = o.id
		WHERE `+s.sql()+` ORDER BY `+q.orderBy()+` LIMIT ?`, append(s.args, limit+1)...)
	if err != nil {
		return Directory{}, err
	}
	var d Directory
	for i, row := range rows {
		if i == limit {
			d.Next = d.Entries[limit-1].ID
			break
		}
		d.Entries = append(d.Entries, row.entry())
	}
	return d, nil
}

// KindCount is how many organisations of a kind there are.
type KindCount struct {
	Kind  string
	Count int
}

// CountKinds counts what the question means by kind, whatever kind, page and
// order it names.
func CountKinds(ctx context.Context, r db.Reader, q DirectoryQuery) (out []KindCount, err error) {
	defer fault.Wrap(&err, "org.CountKinds(%q)", q.Of.Path)
	q.Kind = ""
	s := q.where()
	err = r.Select(ctx, &out, `SELECT o.kind, count(*) AS count FROM organisation AS o WHERE `+s.sql()+` GROUP BY o.kind`, s.args...)
	return out, err
}

// BranchCount is how many organisations a branch holds, itself among them.
type BranchCount struct {
	Organisation
	Count int
}

// CountBranches counts what the question means by branch of its organisation,
// whatever branch, page and order it names. Branches that hold nothing but
// themselves are no way to narrow a list, so they are left out.
func CountBranches(ctx context.Context, r db.Reader, q DirectoryQuery) (out []BranchCount, err error) {
	defer fault.Wrap(&err, "org.CountBranches(%q)", q.Of.Path)
	q.Under = Organisation{}
	s := q.where()
	err = r.Select(ctx, &out, `SELECT c.*, counted.count FROM (
			SELECT b.id AS branch_id, count(*) AS count FROM organisation AS b
			JOIN organisation AS o ON o.tree_order >= b.tree_order AND o.tree_order < substr(b.tree_order, 1, length(b.tree_order) - 1) || '0'
			WHERE b.parent_id = ? AND EXISTS (SELECT 1 FROM organisation AS x WHERE x.parent_id = b.id) AND `+s.sql()+`
			GROUP BY b.id
		) AS counted JOIN organisation AS c ON c.id = counted.branch_id ORDER BY c.tree_order LIMIT ?`,
		append(append([]any{q.Of.ID}, s.args...), maxBranches)...)
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

// CountKinds counts organisations by kind.
func (r *Reader) CountKinds(ctx context.Context, q DirectoryQuery) ([]KindCount, error) {
	return CountKinds(ctx, r.on, q)
}

// CountBranches counts organisations by branch.
func (r *Reader) CountBranches(ctx context.Context, q DirectoryQuery) ([]BranchCount, error) {
	return CountBranches(ctx, r.on, q)
}

// BranchesOf lists the active children of an organisation by kind.
func (r *Reader) BranchesOf(ctx context.Context, id ident.Org, few int) ([]Branches, error) {
	return BranchesOf(ctx, r.on, id, few)
}
