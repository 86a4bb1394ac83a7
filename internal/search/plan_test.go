package search

import (
	"context"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/testkit"
)

// plan is how the engine would answer a query.
func (f fixture) plan(sql string, args []any) string {
	f.Helper()
	if f.db.Engine() == db.SQLite {
		var rows []struct {
			ID, Parent, Notused int
			Detail              string
		}
		if err := f.db.Select(f.Context(), &rows, `EXPLAIN QUERY PLAN `+sql, args...); err != nil {
			f.Fatal(err)
		}
		out := ""
		for _, r := range rows {
			out += r.Detail + "\n"
		}
		return out
	}
	var rows []string
	if err := f.db.Select(f.Context(), &rows, `EXPLAIN `+sql, args...); err != nil {
		f.Fatal(err)
	}
	return strings.Join(rows, "\n")
}

// scans names what a plan reads from end to end.
func scans(plan string) string {
	var out []string
	for line := range strings.Lines(plan) {
		line = strings.TrimSpace(line)
		for _, whole := range []string{"SCAN d", "SCAN search_document", "SCAN search_tag", "SCAN t ", "Seq Scan on search_document", "Seq Scan on search_tag", "Seq Scan on search_index"} {
			if strings.Contains(line+" ", whole) {
				out = append(out, line)
			}
		}
	}
	return strings.Join(out, "\n")
}

// No filter makes a search read all documents.
func TestNoSearchReadsAllDocuments(t *testing.T) {
	onEach(t, func(f fixture) {
		testkit.Tx(f, f.db, func(ctx context.Context, tx *db.Tx) error {
			for _, statement := range []string{
				`INSERT INTO search_document (id, kind, org_id, title, at, lang, year)
					WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
					SELECT 'x' || i, 'article', o.id, 'A title as long as titles are in real life', i, 'zh-Hant', '2025' FROM n CROSS JOIN organisation AS o`,
				`INSERT INTO search_tag (document, tag) SELECT seq, 'topic:t1' FROM search_document`,
				`INSERT INTO search_tag (document, tag) SELECT seq, 'column:c1' FROM search_document`,
			} {
				if _, err := tx.Exec(ctx, statement); err != nil {
					return err
				}
			}
			_, err := tx.Exec(ctx, `ANALYZE`)
			return err
		})
		for _, q := range []Query{
			{}, {Path: "lan/"}, {Newest: true}, {Filters: Filters{Kind: "article"}}, {Filters: Filters{Tags: []string{"topic:t1"}}},
			{Count: true, Path: "lan/", Filters: Filters{Kind: "article", Lang: "en", Year: "2025", Tags: []string{"topic:t1", "column:c1"}}},
			{Newest: true, Path: "lan/", Filters: Filters{Kind: "article", Lang: "en", Year: "2025", Tags: []string{"topic:t1", "column:c1"}}},
		} {
			q.Text = "茶會 座談會 燈"
			terms, err := parse(q.Text)
			if err != nil {
				f.Fatal(err)
			}
			plan := f.plan(newMatcher(f.db, terms, q).query(q.Newest, MaxTotal))
			if bad := scans(plan); bad != "" {
				f.Errorf("%+v reads everything: %s\n%s", q, bad, plan)
			}
		}
		if bad := scans(f.plan(`SELECT d.seq FROM search_document AS d WHERE d.lang || '' = 'en'`, nil)); bad == "" {
			f.Error("a scan of all documents would go unseen")
		}
	})
}
