package org

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// wordsAsked cuts what was asked into words, the longest first, since it
// matches least; what holds no letter and no digit is no word.
func wordsAsked(s string) []string {
	var out []string
	for w := range strings.FieldsSeq(s) {
		if NameKey(w) != "" && len(out) < maxWords {
			out = append(out, w)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(utf8.RuneCountInString(b), utf8.RuneCountInString(a)) })
	return out
}

// slugPiece is what may stand in a path.
var slugPiece = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)

// match is an organisation that holds all words, as far as counting needs it.
type match struct {
	ID        ident.Org
	TreeOrder string
	Kind      string
	RegionKey string
}

// find looks all matches up once, then counts and pages them here.
func find(ctx context.Context, r db.Reader, q DirectoryQuery, words []string) (d Directory, err error) {
	all, err := matches(ctx, r, q, words)
	if err != nil {
		return d, err
	}
	if d.Branches, err = branchesOf(ctx, r, q, all); err != nil {
		return d, err
	}
	kinds := map[string]int{}
	var listed []match
	for _, m := range all {
		if !strings.HasPrefix(m.TreeOrder, q.Under.TreeOrder) {
			continue
		}
		kinds[m.Kind]++
		if q.Kind == "" || q.Kind == m.Kind {
			listed = append(listed, m)
		}
	}
	for kind, n := range kinds {
		d.Kinds = append(d.Kinds, KindCount{Kind: kind, Count: n})
	}
	slices.SortFunc(d.Kinds, func(a, b KindCount) int { return cmp.Compare(a.Kind, b.Kind) })
	d.Total = len(listed)
	q.Order.sort(listed)
	return d, d.page(ctx, r, q, listed)
}

// matches are the organisations that hold every word: in a name that is or was
// borne, in the address or, where it is in letters, at the beginning of a slug
// below the directory's own organisation. So the reading of a place finds all
// that stands under it.
func matches(ctx context.Context, r db.Reader, q DirectoryQuery, words []string) (out []match, err error) {
	within := `instr`
	if r.Engine() == db.Postgres {
		within = `strpos`
	}
	first := `SELECT org_id FROM org_alias WHERE ` + within + `(name_key, ?) > 0 UNION SELECT org_id FROM org_profile WHERE ` + within + `(words, ?) > 0`
	args := []any{NameKey(words[0]), NameKey(words[0])}
	above := len(q.Of.Path) + 1
	if slug := strings.ToLower(words[0]); slugPiece.MatchString(slug) {
		first += ` UNION SELECT id FROM organisation WHERE ` + within + `('/' || substr(path, ?), ?) > 0`
		args = append(args, above, "/"+slug)
	}
	from, to := ScopeSQL(q.Of.TreeOrder)
	s := selection{args: args}
	s.add(`o.tree_order > ? AND o.tree_order < ? AND o.status = ?`, from, to, q.status())
	for _, w := range words[1:] {
		// A word with signs that no path holds finds nothing there.
		s.add(`(EXISTS (SELECT 1 FROM org_alias AS a WHERE a.org_id = o.id AND `+within+`(a.name_key, ?) > 0)
			OR `+within+`(coalesce(p.words, ''), ?) > 0 OR `+within+`('/' || substr(o.path, ?), ?) > 0)`, NameKey(w), NameKey(w), above, "/"+strings.ToLower(w))
	}
	// CROSS JOIN makes SQLite go from the few that match to their rows.
	err = r.Select(ctx, &out, `WITH first (org_id) AS (`+first+`)
		SELECT o.id, o.tree_order, o.kind, coalesce(p.region_key, '') AS region_key
		FROM first CROSS JOIN organisation AS o LEFT JOIN org_profile AS p ON p.org_id = o.id
		WHERE o.id = first.org_id AND `+s.sql(), s.args...)
	return out, err
}

// branchesOf counts matches of the asked kind by branch.
func branchesOf(ctx context.Context, r db.Reader, q DirectoryQuery, all []match) ([]BranchCount, error) {
	counts, top := map[string]int{}, len(q.Of.TreeOrder)
	for _, m := range all {
		if end := strings.IndexByte(m.TreeOrder[top:], '/'); q.Kind == "" || q.Kind == m.Kind {
			counts[m.TreeOrder[:top+end+1]]++
		}
	}
	var rows []Organisation
	if err := r.Select(ctx, &rows, `SELECT b.* FROM organisation AS b WHERE `+holds+` ORDER BY b.tree_order`, q.Of.ID); err != nil {
		return nil, err
	}
	var out []BranchCount
	for _, b := range rows {
		if n := counts[b.TreeOrder]; n > 0 && len(out) < maxBranches {
			out = append(out, BranchCount{Organisation: b, Count: n})
		}
	}
	return out, nil
}

// sort puts matches in order, as the columns of by would.
func (o Order) sort(list []match) {
	slices.SortFunc(list, func(a, b match) int {
		switch o {
		case BySound:
			return cmp.Or(cmp.Compare(a.slug(), b.slug()), cmp.Compare(a.ID, b.ID))
		case ByRegion:
			return cmp.Or(cmp.Compare(cmp.Or(a.RegionKey, "~"), cmp.Or(b.RegionKey, "~")), cmp.Compare(a.TreeOrder, b.TreeOrder))
		}
		return cmp.Compare(a.TreeOrder, b.TreeOrder)
	})
}

// slug is the last part of its place, behind the position.
func (m match) slug() string {
	place := strings.TrimSuffix(m.TreeOrder, "/")
	return place[strings.LastIndexByte(place, '/')+1+positionDigits:]
}

// page fills in the entries that follow the cursor.
func (d *Directory) page(ctx context.Context, r db.Reader, q DirectoryQuery, listed []match) error {
	if q.After != "" {
		i := slices.IndexFunc(listed, func(m match) bool { return m.ID == q.After })
		if i < 0 {
			return fault.New(fault.NotFound, "org.not_found", fault.Args{"org": q.After})
		}
		listed = listed[i+1:]
	}
	if len(listed) > q.Limit {
		listed = listed[:q.Limit]
		d.Next = listed[q.Limit-1].ID
	}
	if len(listed) == 0 {
		return nil
	}
	ids := make([]ident.Org, 0, len(listed))
	for _, m := range listed {
		ids = append(ids, m.ID)
	}
	var rows []entryRow
	if err := r.Select(ctx, &rows, selectEntries+`o.id IN (?)`, db.List(ids)); err != nil {
		return err
	}
	byID := make(map[ident.Org]Entry, len(rows))
	for _, row := range rows {
		byID[row.ID] = row.entry()
	}
	for _, id := range ids {
		if e, ok := byID[id]; ok {
			d.Entries = append(d.Entries, e)
		}
	}
	return nil
}
