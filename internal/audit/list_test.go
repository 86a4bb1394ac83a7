package audit

import (
	"context"
	"slices"
	"testing"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/testkit"
)

// A reader sees the entries of her part of the tree, narrowed as she asks, page by
// page.
func TestList(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, testkit.NewClock("2026-05-01"), func(t *testing.T, d *db.DB) {
		testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error {
			if _, err := tx.Exec(ctx, `INSERT INTO org_kind (slug, level, place, name_hant, name_hans, name_en) VALUES ('city', 1, 'city', '市', '市', 'City')`); err != nil {
				return err
			}
			for _, path := range []string{"", "lan/", "lan/yun/", "lan2/"} {
				_, err := tx.Exec(ctx, `INSERT INTO organisation (id, slug, path, kind, name_hant, name_hans, name_en, position, status, founded, created_at, updated_at)
					VALUES (?, ?, ?, 'city', '', '', '', 1, 'active', '', 1, 1)`, "o"+path, path, path)
				if err != nil {
					return err
				}
				if err := Write(WithActor(ctx, "who:"+path), tx, Entry{Action: "organisation.create", Org: ident.Org("o" + path), ObjectKind: "organisation", ObjectID: path}); err != nil {
					return err
				}
			}
			return Write(ctx, tx, Entry{Action: "site.set", ObjectKind: "site", ObjectID: "1"})
		})
		under := "lan/"
		for _, c := range []struct {
			name string
			f    Filter
			want []string
		}{
			{"nobody", Filter{}, nil},
			{"all", Filter{Below: []string{""}}, []string{"1", "lan2/", "lan/yun/", "lan/", ""}},
			{"a part", Filter{Below: []string{"lan/"}}, []string{"lan/yun/", "lan/"}},
			{"one", Filter{Here: []string{"lan/"}}, []string{"lan/"}},
			{"the root alone has what is of the federation", Filter{Here: []string{""}}, []string{"1", ""}},
			{"under", Filter{Below: []string{""}, Under: &under}, []string{"lan/yun/", "lan/"}},
			{"under, and out of sight", Filter{Below: []string{"lan2/"}, Under: &under}, nil},
			{"an actor", Filter{Below: []string{""}, Actor: "who:lan/"}, []string{"lan/"}},
			{"a kind", Filter{Below: []string{""}, ObjectKind: "site"}, []string{"1"}},
			{"an action", Filter{Below: []string{""}, Action: "site."}, []string{"1"}},
			{"a page", Filter{Below: []string{""}, Before: 3, Limit: 1}, []string{"lan/"}},
			{"later", Filter{Below: []string{""}, From: d.Now().AddDate(0, 0, 1)}, nil},
			{"until then", Filter{Below: []string{""}, Until: d.Now().AddDate(0, 0, 1), Limit: 1}, []string{"1"}},
		} {
			if c.f.Limit == 0 {
				c.f.Limit = 10
			}
			list, err := List(t.Context(), d, c.f)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range list {
				got = append(got, e.ObjectID)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
		}
		state, err := NewReader(d).Chain(t.Context())
		if err != nil || state.Entries+state.Waiting != 5 {
			t.Errorf("%+v %v", state, err)
		}
	})
}
