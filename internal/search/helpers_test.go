package search

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/testkit"
)

// fixture is an index with some organisations to own documents.
type fixture struct {
	*testing.T
	db   *db.DB
	orgs *org.Store
	root ident.Org
}

func onEach(t *testing.T, test func(f fixture)) {
	t.Helper()
	t.Parallel()
	testkit.EachEngine(t, testkit.NewClock("2026-05-01"), func(t *testing.T, d *db.DB) {
		f := fixture{T: t, db: d, orgs: org.NewStore(d)}
		root, err := f.orgs.Init(t.Context(), org.InitParams{Names: org.Names{Hant: "青溪省同鄉聯合會"}})
		if err != nil {
			t.Fatal(err)
		}
		f.root = root.ID
		test(f)
	})
}

func (f fixture) org(parent ident.Org, slug string) ident.Org {
	f.Helper()
	o, err := f.orgs.Create(f.Context(), org.CreateParams{Parent: parent, Slug: slug, Kind: "affiliate", Names: org.Names{Hant: slug}})
	if err != nil {
		f.Fatal(err)
	}
	return o.ID
}

// put indexes documents; who names no organisation belongs to the root, and who
// names no kind is an article.
func (f fixture) put(docs ...Document) {
	f.Helper()
	testkit.Tx(f, f.db, func(ctx context.Context, tx *db.Tx) error {
		for _, d := range docs {
			if d.Org == "" {
				d.Org = f.root
			}
			if d.Kind == "" {
				d.Kind = "article"
			}
			if err := Put(ctx, tx, d); err != nil {
				return err
			}
		}
		return nil
	})
}

func (f fixture) find(q Query) Results {
	f.Helper()
	got, err := Find(f.Context(), f.db, q)
	if err != nil {
		f.Fatalf("%q: %v", q.Text, err)
	}
	return got
}

// ids is the ids of the hits in their order, with spaces between.
func (f fixture) ids(q Query) string {
	f.Helper()
	s := ""
	for _, h := range f.find(q).Hits {
		s += " " + h.ID
	}
	if s == "" {
		return ""
	}
	return s[1:]
}

func (f fixture) refused(q Query, key string) {
	f.Helper()
	_, err := Find(f.Context(), f.db, q)
	if e := fault.As(err); e == nil || e.Kind != fault.Invalid || e.Key != key {
		f.Errorf("%.40q: want %s, got %v", q.Text, key, err)
	}
}

// day is noon on a day of May 2026.
func day(n int) time.Time { return time.Date(2026, 5, n, 12, 0, 0, 0, time.UTC) }

func splitIDs(s string) []string { return strings.Fields(s) }
