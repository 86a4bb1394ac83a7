package app_test

import (
	"context"
	"testing"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/search"
	"github.com/huiguan/huiguan/internal/testkit"
)

// problems are the keys of what doctor says about the search index.
func problems(t *testing.T, a *app.App) (keys []string) {
	t.Helper()
	findings, err := a.Doctor(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if f.Check != "search" {
			continue
		}
		for _, p := range f.Detail {
			keys = append(keys, p.Key)
		}
	}
	return keys
}

// spoil runs a statement on the closed federation's database.
func spoil(t *testing.T, dir, statement string) {
	t.Helper()
	d, err := db.Open(t.Context(), db.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, statement)
		return err
	})
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestOrganisationsStayInStep(t *testing.T) {
	t.Parallel()
	a := hall(t, t.TempDir())
	root, err := a.Org.ByPath(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	o, err := a.Org.Create(t.Context(), org.CreateParams{Parent: root.ID, Names: org.Names{Hant: "瀾江市同鄉會"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Org.Rename(t.Context(), o.ID, org.Names{Hant: "瀾江總會"}); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{"瀾江總會": 1, "澜江市同乡会": 1, "青溪": 1} {
		got, err := a.Search(t.Context(), search.Query{Text: text, Filters: search.Filters{Kind: "organisation"}})
		if err != nil || got.Total != want {
			t.Errorf("%s: %d, %v", text, got.Total, err)
		}
	}
	if got := problems(t, a); len(got) > 0 {
		t.Errorf("doctor: %v", got)
	}
}

// An index of an older form is made anew when the federation is opened; doctor
// sees what is out of step and reindex mends it.
func TestIndexOfAnOlderForm(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := hall(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{`DELETE FROM search_form`, `DELETE FROM search_tag`, `UPDATE search_document SET year = ''`} {
		spoil(t, dir, statement)
	}
	a, err := app.OpenExisting(t.Context(), app.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	got, err := a.Search(t.Context(), search.Query{Text: "燈會", Filters: search.Filters{Year: "2025"}})
	if err != nil || got.Total != 1 {
		t.Errorf("after opening: %d, %v", got.Total, err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	for statement, want := range map[string]string{
		`INSERT INTO search_tag (document, tag) SELECT seq, 'topic:gone' FROM search_document WHERE kind = 'article'`: "find.problem_tags",
		`UPDATE search_document SET id = 'gone' WHERE kind = 'organisation'`:                                          "app.problem_not_indexed app.problem_indexed",
	} {
		spoil(t, dir, statement)
		a, err := app.OpenExisting(t.Context(), app.Config{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, key := range problems(t, a) {
			got += " " + key
		}
		if got != " "+want {
			t.Errorf("doctor says%s, want %s", got, want)
		}
		if _, err := a.Reindex(t.Context(), nil); err != nil {
			t.Error(err)
		}
		if got := problems(t, a); len(got) > 0 {
			t.Errorf("after reindex: %v", got)
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
