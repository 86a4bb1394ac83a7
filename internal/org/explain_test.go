package org

import (
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/testkit"
)

// plan is how SQLite would answer a query.
func plan(t *testing.T, s *Store, query string, args ...any) string {
	t.Helper()
	var rows []struct {
		ID, Parent, Notused int
		Detail              string
	}
	if err := s.db.Select(t.Context(), &rows, `EXPLAIN QUERY PLAN `+query, args...); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range rows {
		out = append(out, r.Detail)
	}
	return strings.Join(out, "\n")
}

// A page of the directory is read by an index in the order in which it is
// shown: nothing is sorted and no table is read through.
func TestDirectoryUsesIndexes(t *testing.T) {
	t.Parallel()
	d := testkit.SQLite(t, nil)
	f := newFixture(t, d)
	street(f)
	root, lan := f.root, f.at("lan")
	for name, q := range map[string]DirectoryQuery{
		"organisation_tree": {Of: root}, "organisation_tree ": {Of: lan}, "organisation_tree  ": {Of: root, Under: lan},
		"organisation_kind": {Of: root, Kind: "house"}, "organisation_kind ": {Of: lan, Kind: "house"}, "organisation_slug": {Of: root, Order: BySound},
	} {
		sel := q.scope()
		q.narrow(&sel)
		got := plan(t, f.s, selectEntries+sel.sql()+` ORDER BY `+q.orderBy()+` LIMIT 101`, sel.args...)
		if !strings.Contains(got, "INDEX "+strings.TrimSpace(name)) || strings.Contains(got, "TEMP B-TREE") || strings.Contains(got, "SCAN p") {
			t.Errorf("%s: %s", name, got)
		}
	}
}
