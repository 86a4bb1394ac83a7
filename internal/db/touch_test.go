package db_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/testkit"
)

// Who follows hears of all that a transaction touched, once, inside it: what he
// writes is part of it, and his error takes all of it back.
func TestFollowersOfATransaction(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, testkit.NewClock("2026-05-01"), func(t *testing.T, d *db.DB) {
		var heard [][]string
		refusal := errors.New("refused")
		d.BeforeCommit(func(ctx context.Context, tx *db.Tx, tags []string) error {
			heard = append(heard, slices.Clone(tags))
			if slices.Contains(tags, "bad") {
				return refusal
			}
			_, err := tx.Exec(ctx, `INSERT INTO search_word (word) VALUES (?)`, tags[0])
			return err
		})
		touch := func(fail error, tags ...string) error {
			return d.Tx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
				if _, err := tx.Exec(ctx, `INSERT INTO search_word (word) VALUES (?)`, "by "+tags[0]); err != nil {
					return err
				}
				tx.Touch(tags...)
				tx.Touch(tags...)
				return fail
			})
		}
		if err := touch(nil, "b", "a", "b"); err != nil {
			t.Fatal(err)
		}
		if err := touch(nil, "bad"); !errors.Is(err, refusal) {
			t.Errorf("the follower's error became %v", err)
		}
		if err := touch(refusal, "c"); !errors.Is(err, refusal) {
			t.Error(err)
		}
		if err := d.Tx(t.Context(), func(context.Context, *db.Tx) error { return nil }); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff([][]string{{"a", "b"}, {"bad"}}, heard); diff != "" {
			t.Error(diff)
		}
		var words []string
		if err := d.Select(t.Context(), &words, `SELECT word FROM search_word ORDER BY word`); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"a", "by b"}, words); diff != "" {
			t.Errorf("what stayed: %s", diff)
		}
	})
}
