package org

import (
	"context"
	"slices"
	"testing"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/testkit"
)

// The condition in SQL holds what the scope holds, and nothing beside it.
func TestWithin(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		s := NewStore(d)
		root := testkit.Must[Organisation](t)(s.Init(t.Context(), InitParams{Names: Names{Hant: "聯合會"}}))
		made := map[string]Organisation{"": root}
		for _, one := range []struct{ up, slug, kind, name string }{
			{"", "city", "city", "瀾江市同鄉會"}, {"", "city2", "city", "瀾江二市同鄉會"}, {"city/", "town", "county", "雲浦縣同鄉會"}, {"city/town/", "house", "town", "沙頭鎮同鄉會"},
		} {
			o := testkit.Must[Organisation](t)(s.Create(t.Context(), CreateParams{Parent: made[one.up].ID, Slug: one.slug, Kind: one.kind, Names: Names{Hant: one.name}}))
			made[o.Path] = o
		}
		for _, scope := range []access.Scope{
			{}, {Here: []string{""}}, {Below: []string{""}}, {Here: []string{"city/"}}, {Below: []string{"city/"}}, {Below: []string{"city/town/"}, Here: []string{"city2/", ""}},
		} {
			within, args := Within(scope, `o.path`)
			var got []string
			if err := d.Select(t.Context(), &got, `SELECT o.path FROM organisation AS o WHERE `+within+` ORDER BY o.path`, args...); err != nil {
				t.Fatal(err)
			}
			for path := range made {
				if scope.Holds(path) != slices.Contains(got, path) {
					t.Errorf("%+v: %q is found: %v", scope, path, !scope.Holds(path))
				}
			}
		}
		for words, want := range map[string]int{"": 3, "云浦": 1, "沙頭 同鄉": 1, "鶴山": 0, "二市": 0} {
			found, err := s.FindIn(t.Context(), access.Scope{Below: []string{"city/"}}, words, 10)
			if err != nil || len(found) != want {
				t.Errorf("%q: %d found, want %d (%v)", words, len(found), want, err)
			}
		}
		testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error { return Close(ctx, tx, made["city/town/house/"].ID) })
		if found, err := s.FindIn(t.Context(), access.Scope{Below: []string{""}}, "沙頭", 10); err != nil || len(found) != 0 {
			t.Errorf("a closed one is found: %v %v", found, err)
		}
	})
}
