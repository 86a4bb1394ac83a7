package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/db"
)

var errUndo = errors.New("undo")

// A document is found exactly where each term stands in it: the index and its
// parts, replacements and removals make no difference.
func TestFindAgreesWithReading(t *testing.T) {
	onEach(t, func(f fixture) {
		steps := 12
		if f.db.Engine() == db.Postgres {
			steps = 4
		}
		rapid.Check(f.T, func(rt *rapid.T) {
			err := f.db.Tx(context.Background(), func(ctx context.Context, tx *db.Tx) error {
				docs := map[string]Document{}
				for range rapid.IntRange(1, steps).Draw(rt, "steps") {
					d := drawDocument(rt)
					d.Org = f.root
					if rapid.IntRange(0, 4).Draw(rt, "remove") == 0 {
						delete(docs, d.ID)
						if err := Remove(ctx, tx, d.ID); err != nil {
							return err
						}
						continue
					}
					docs[d.ID] = d
					if err := Put(ctx, tx, d); err != nil {
						return err
					}
				}
				for range 3 {
					compare(ctx, rt, tx, docs)
				}
				return errUndo
			})
			if !errors.Is(err, errUndo) {
				rt.Fatal(err)
			}
		})
	})
}

// text draws from few letters, so that finds are likely, in both scripts.
func text(rt *rapid.T, label string, most int) string {
	return string(rapid.SliceOfN(rapid.SampledFrom([]rune("燈灯會会茶。\n")), 0, most).Draw(rt, label))
}

func drawDocument(rt *rapid.T) Document {
	d := Document{ID: fmt.Sprint(rapid.IntRange(0, 5).Draw(rt, "id")), Kind: "article", Title: text(rt, "title", 4), Body: text(rt, "body", 12)}
	if rapid.IntRange(0, 3).Draw(rt, "long") == 0 {
		// The letters lie where one part ends and the next begins.
		d.Body = strings.Repeat("飯", partRunes-rapid.IntRange(0, 8).Draw(rt, "before")) + d.Body + strings.Repeat("飯", 20)
	}
	return d
}

func compare(ctx context.Context, rt *rapid.T, tx *db.Tx, docs map[string]Document) {
	var words []string
	for _, w := range strings.Fields(strings.ReplaceAll(text(rt, "query", 6), "。", " ")) {
		words = append(words, han.Fold(w))
	}
	if len(words) == 0 {
		return
	}
	got, err := Find(ctx, tx, Query{Text: strings.Join(words, " ")})
	if err != nil {
		rt.Fatal(err)
	}
	have, want := []string{}, []string{}
	for _, h := range got.Hits {
		have = append(have, h.ID)
	}
	for id, d := range docs {
		title, body := han.Fold(d.Title), han.Fold(d.Body)
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(title, w) && !strings.Contains(body, w) }) {
			want = append(want, id)
		}
	}
	slices.Sort(have)
	slices.Sort(want)
	if diff := cmp.Diff(want, have); diff != "" || got.Total != len(want) {
		rt.Fatalf("%v: total %d, %s", words, got.Total, diff)
	}
}
