package db_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/testkit"
)

// fill puts a row into tables of every sort: numbered, self-referring, with
// truths and with NULLs.
func fillForDump(t *testing.T, d *db.DB) {
	t.Helper()
	statements := []string{
		`INSERT INTO org_kind (slug, level, place, name_hant, name_hans, name_en) VALUES ('city', 1, 'city', '市', '市', 'City')`,
		`INSERT INTO organisation (id, parent_id, slug, path, kind, name_hant, name_hans, name_en, position, status, founded, created_at, updated_at) VALUES ('z', NULL, '', '', 'city', '總會', '', '', 1, 'active', '', 1, 1)`,
		`INSERT INTO organisation (id, parent_id, slug, path, kind, name_hant, name_hans, name_en, position, status, founded, created_at, updated_at) VALUES ('a', 'z', 'lan', 'lan/', 'city', '瀾江''市"', '', '', 1, 'active', '', 1, 1)`,
		`INSERT INTO article (id, org_id, kind, title, body, summary, lang, byline, source, state, published_on, revision, edited, figures, picture, created_at, updated_at) VALUES ('m', 'a', 'article', '題', '{}', '', 'zh-Hant', '', '', 'draft', '', 1, ?, 0, '', 1, 1)`,
		`INSERT INTO article (id, org_id, kind, title, body, summary, lang, byline, source, state, published_on, translation_of, revision, edited, figures, picture, created_at, updated_at) VALUES ('b', 'a', 'article', 'Title', '{}', '', 'en', '', '', 'draft', '', 'm', 1, ?, 0, '', 1, 1)`,
		`INSERT INTO audit_entry (at, actor, action, object_kind, object_id, detail) VALUES (1, 'cli', 'x', 'y', 'z', '{}')`,
	}
	testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error {
		for i, s := range statements {
			var args []any
			if strings.Contains(s, "?") {
				args = append(args, i == 3)
			}
			if _, err := tx.Exec(ctx, s, args...); err != nil {
				return fmt.Errorf("%s: %w", s, err)
			}
		}
		return nil
	})
}

type dumpRow struct {
	Table   string
	Columns []string
	Values  []any
}

func dumpOf(t *testing.T, d *db.DB) []dumpRow {
	t.Helper()
	var out []dumpRow
	err := d.Dump(t.Context(), func(table string, columns []string, values []any) error {
		out = append(out, dumpRow{table, columns, values})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A dump of either engine loads into either, and dumps the same again.
func TestDumpMovesBetweenEngines(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, from *db.DB) {
		fillForDump(t, from)
		want := dumpOf(t, from)
		if len(want) != 6 {
			t.Fatalf("%d rows dumped", len(want))
		}
		testkit.EachEngine(t, nil, func(t *testing.T, to *db.DB) {
			testkit.Tx(t, to, func(ctx context.Context, tx *db.Tx) error {
				l, err := tx.Loader(ctx)
				if err != nil {
					return err
				}
				for _, r := range want {
					if err := l.Row(ctx, r.Table, r.Columns, slices.Clone(r.Values)); err != nil {
						return err
					}
				}
				return l.Finish(ctx)
			})
			if diff := cmp.Diff(want, dumpOf(t, to)); diff != "" {
				t.Error(diff)
			}
			testkit.Tx(t, to, func(ctx context.Context, tx *db.Tx) error {
				_, err := tx.Exec(ctx, `INSERT INTO audit_entry (at, actor, action, object_kind, object_id, detail) VALUES (2, 'cli', 'x', 'y', 'z', '{}')`)
				return err
			})
		})
	})
}

// A new table must be put into the dump, or left out on purpose.
func TestDumpKnowsEveryTable(t *testing.T) {
	t.Parallel()
	d := testkit.SQLite(t, nil)
	var names []string
	err := d.Select(t.Context(), &names, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'goose%' AND name NOT LIKE 'search_%'`)
	if err != nil {
		t.Fatal(err)
	}
	want := slices.Sorted(slices.Values(names))
	left := []string{"session", "known_device", "ceremony", "attempt", "ticket", "idempotency", "mail_letter", "org_table"} // an old state of these does harm
	got := slices.Sorted(slices.Values(append(db.DumpTables(), left...)))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestCheckOfASoundDatabase(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		fillForDump(t, d)
		if problems, err := d.Check(t.Context()); err != nil || len(problems) > 0 {
			t.Fatalf("%v %v", problems, err)
		}
	})
}
