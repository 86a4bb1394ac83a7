package audit

import (
	"context"
	"errors"
	"testing"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/testkit"
)

func TestEntriesStandOrFallWithTheirChange(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		ctx := WithActor(t.Context(), "cli")
		change := func(id string, fail error) error {
			return d.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
				e := Entry{Action: "article.create", ObjectKind: "article", ObjectID: id, Detail: map[string]string{"state": "draft"}}
				if err := Write(ctx, tx, e, Entry{Action: "article.publish", ObjectKind: "article", ObjectID: id}); err != nil {
					return err
				}
				return fail
			})
		}
		boom := errors.New("boom")
		if err := change("a", boom); !errors.Is(err, boom) {
			t.Fatal(err)
		}
		if err := change("b", nil); err != nil {
			t.Fatal(err)
		}
		if got, err := Of(ctx, d, "article", "a"); err != nil || len(got) != 0 {
			t.Fatalf("a change undone left entries: %v, %v", got, err)
		}
		got, err := Of(ctx, d, "article", "b")
		if err != nil || len(got) != 2 {
			t.Fatalf("%v, %v", got, err)
		}
		first := got[0]
		if first.Actor != "cli" || first.Action != "article.create" || first.Detail["state"] != "draft" || !first.At.Equal(clock.Now()) {
			t.Fatalf("%+v", first)
		}
	})
}

func TestTheTrailCannotBeChanged(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error {
			return Write(ctx, tx, Entry{Action: "org.create", ObjectKind: "organisation", ObjectID: "x"})
		})
		for _, statement := range []string{`UPDATE audit_entry SET actor = 'nobody'`, `DELETE FROM audit_entry`} {
			err := d.Tx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
				_, err := tx.Exec(ctx, statement)
				return err
			})
			if err == nil {
				t.Errorf("%s was carried out", statement)
			}
		}
		got, err := Of(t.Context(), d, "organisation", "x")
		if err != nil || len(got) != 1 || got[0].Actor != "system" {
			t.Fatalf("%v, %v", got, err)
		}
	})
}
