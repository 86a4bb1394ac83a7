package org

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// FederationOf is what holds for the whole installation.
func FederationOf(ctx context.Context, r db.Reader) (f Federation, err error) {
	defer fault.Wrap(&err, "org.FederationOf")
	err = r.Get(ctx, &f, `SELECT preset, lang, zone, base_url, created_at FROM federation`)
	return f, db.NotFound(err, "org.not_initialised", nil)
}

// Load is the organisation of that id.
func Load(ctx context.Context, r db.Reader, id ident.Org) (o Organisation, err error) {
	defer fault.Wrap(&err, "org.Load(%s)", id)
	err = r.Get(ctx, &o, `SELECT * FROM organisation WHERE id = ?`, id)
	return o, db.NotFound(err, "org.not_found", fault.Args{"org": id})
}

// ByPath is the organisation at that path, which may lack its last slash.
func ByPath(ctx context.Context, r db.Reader, path string) (o Organisation, err error) {
	path = CleanPath(path)
	defer fault.Wrap(&err, "org.ByPath(%q)", path)
	err = r.Get(ctx, &o, `SELECT * FROM organisation WHERE path = ?`, path)
	return o, db.NotFound(err, "org.not_found", fault.Args{"org": "/" + path})
}

// Children lists what hangs directly under an organisation, in protocol order.
func Children(ctx context.Context, r db.Reader, id ident.Org) (out []Organisation, err error) {
	defer fault.Wrap(&err, "org.Children(%s)", id)
	err = r.Select(ctx, &out, `SELECT * FROM organisation WHERE parent_id = ? ORDER BY position, path`, id)
	return out, err
}

// Ancestors lists what an organisation hangs under, the root first, itself
// left out.
func Ancestors(ctx context.Context, r db.Reader, o Organisation) (_ []Organisation, err error) {
	defer fault.Wrap(&err, "org.Ancestors(%q)", o.Path)
	above := map[string]bool{}
	for path := o.Path; path != ""; {
		path = parentPath(path)
		above[path] = true
	}
	return byPaths(ctx, r, above)
}

// byPaths lists the organisations at the given paths, ancestors before
// descendants.
func byPaths(ctx context.Context, r db.Reader, paths map[string]bool) (out []Organisation, err error) {
	all := slices.Sorted(maps.Keys(paths))
	for batch := range slices.Chunk(all, 500) {
		var rows []Organisation
		if err := r.Select(ctx, &rows, `SELECT * FROM organisation WHERE path IN (?) ORDER BY path`, db.List(batch)); err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}

// Subtree lists the organisation at that path and all below it: each before
// what hangs under it, siblings in protocol order.
func Subtree(ctx context.Context, r db.Reader, path string) (_ []Organisation, err error) {
	path = CleanPath(path)
	defer fault.Wrap(&err, "org.Subtree(%q)", path)
	var rows []Organisation
	from, to := ScopeSQL(path)
	err = r.Select(ctx, &rows, `SELECT * FROM organisation WHERE path >= ? AND path < ? ORDER BY path`, from, to)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fault.New(fault.NotFound, "org.not_found", fault.Args{"org": "/" + path})
	}
	return protocolOrder(rows), nil
}

// protocolOrder walks a subtree, given in the order of paths, from its top.
func protocolOrder(rows []Organisation) []Organisation {
	below := map[ident.Org][]Organisation{}
	for _, o := range rows[1:] {
		below[o.ParentID] = append(below[o.ParentID], o)
	}
	out := make([]Organisation, 0, len(rows))
	var walk func(Organisation)
	walk = func(o Organisation) {
		out = append(out, o)
		children := below[o.ID]
		slices.SortStableFunc(children, func(a, b Organisation) int { return cmp.Compare(a.Position, b.Position) })
		for _, c := range children {
			walk(c)
		}
	}
	walk(rows[0])
	return out
}

// ListByIDs loads many organisations at once; ids that are unknown are absent
// from the answer.
func ListByIDs(ctx context.Context, r db.Reader, ids []ident.Org) (_ map[ident.Org]Organisation, err error) {
	defer fault.Wrap(&err, "org.ListByIDs")
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	out := make(map[ident.Org]Organisation, len(ids))
	for batch := range slices.Chunk(ids, 500) {
		var rows []Organisation
		if err := r.Select(ctx, &rows, `SELECT * FROM organisation WHERE id IN (?)`, db.List(batch)); err != nil {
			return nil, err
		}
		for _, o := range rows {
			out[o.ID] = o
		}
	}
	return out, nil
}

// Links lists an organisation's relations beside the tree, in either direction.
func Links(ctx context.Context, r db.Reader, id ident.Org) (out []Link, err error) {
	defer fault.Wrap(&err, "org.Links(%s)", id)
	err = r.Select(ctx, &out, `SELECT * FROM org_link WHERE from_id = ? OR to_id = ? ORDER BY created_at, id`, id, id)
	return out, err
}

// ByName lists the organisations that bear a name, bore it once or have it as
// an alias, whatever its script, quotes and spaces. Who bears it now comes
// first, then active ones.
func ByName(ctx context.Context, r db.Reader, name string) (out []Organisation, err error) {
	defer fault.Wrap(&err, "org.ByName")
	key := NameKey(name)
	if key == "" {
		return nil, nil
	}
	err = r.Select(ctx, &out, `SELECT o.* FROM org_alias AS a JOIN organisation AS o ON o.id = a.org_id
		WHERE a.name_key = ? ORDER BY o.status, o.path`, key)
	if len(out) > 1 {
		slices.SortStableFunc(out, func(a, b Organisation) int { return cmp.Compare(former(a, key), former(b, key)) })
	}
	return out, err
}

// former is 0 where the organisation bears the name now, else 1.
func former(o Organisation, key string) int {
	for _, name := range o.Names.all() {
		if NameKey(name) == key {
			return 0
		}
	}
	return 1
}

// NameKey is the form in which names are compared: folded, letters and digits
// alone, since quotes and spaces in a house's name are a matter of taste.
func NameKey(name string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return c
		}
		return -1
	}, han.Fold(name))
}

// parentPath cuts the last part off a path that is not the root's.
func parentPath(path string) string {
	return path[:strings.LastIndexByte(path[:len(path)-1], '/')+1]
}

// BorneName is a name that an organisation bears or bore, in the form in which
// names are compared.
type BorneName struct {
	NameKey string
	Path    string
}

// BorneNames lists all names by which organisations are found, for who must
// look up many.
func BorneNames(ctx context.Context, r db.Reader) (list []BorneName, err error) {
	defer fault.Wrap(&err, "org.BorneNames")
	err = r.Select(ctx, &list, `SELECT a.name_key, o.path FROM org_alias AS a JOIN organisation AS o ON o.id = a.org_id ORDER BY o.path, a.name_key`)
	return list, err
}

// FormerNames lists the names by which organisations are found that they do not
// bear now, in the form in which names are compared.
func FormerNames(ctx context.Context, r db.Reader, list []Organisation) (_ map[ident.Org][]string, err error) {
	defer fault.Wrap(&err, "org.FormerNames")
	out := map[ident.Org][]string{}
	for batch := range slices.Chunk(list, 500) {
		ids, borne := make([]ident.Org, 0, len(batch)), map[ident.Org]Organisation{}
		for _, o := range batch {
			ids, borne[o.ID] = append(ids, o.ID), o
		}
		var rows []struct {
			OrgID   ident.Org
			NameKey string
		}
		if err := r.Select(ctx, &rows, `SELECT org_id, name_key FROM org_alias WHERE org_id IN (?) ORDER BY org_id, name_key`, db.List(ids)); err != nil {
			return nil, err
		}
		for _, row := range rows {
			if former(borne[row.OrgID], row.NameKey) == 1 {
				out[row.OrgID] = append(out[row.OrgID], row.NameKey)
			}
		}
	}
	return out, nil
}
