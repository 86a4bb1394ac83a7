package db

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/uptrace/bun"
)

// table is a table as a dump holds it: parents before children, in an order
// that is the same on both engines.
type table struct {
	name  string
	order string
}

// dumped lists the tables of a logical dump. The search index is left out: it
// is made again from what stands here. What must not come back with an old state
// is left out too: sessions, links in letters, letters that may be sent by now, and
// tables that may be done by now (org_table) with the job queue (river_*), whose work may have been done since; its tables are made
// by package jobs.
func dumped() []table {
	return []table{
		{"federation", "id"},
		{"site", "id"},
		{"org_kind", "slug"},
		{"org_kind_rule", "parent, child"},
		{"organisation", "path"},
		{"org_alias", "name_key, org_id"},
		{"org_redirect", "path"},
		{"org_link", "id"},
		{"audit_entry", "seq"},
		{"media_file", "hash"},
		{"media_picture", "hash"},
		{"media_variant", "picture, width"},
		{"org_profile", "org_id"},
		{"press_column", "id"},
		{"article", "translation_of IS NOT NULL, id"},
		{"article_revision", "article_id, number"},
		{"topic", "id"},
		{"expectation", "topic_id, org_id"},
		{"article_topic", "article_id, topic_id"},
		{"digest_section", "digest_id, position"},
		{"fact", "id"},
		{"standing_page", "id"},
		{"standing_page_revision", "page_id, number"},
		{"shown_file", "hash, owner, owner_id, article_id"},
		{"import_file", "id"},
		{"import_article", "import_id, article_id"},
		{"import_bundle", "id"},
		{"import_item", "org_id, site, item_key"},
		{"old_address", "address"},
		{"audit_link", "last_seq"},
		{"person", "id"},
		{"account", "person_id"},
		{"passkey", "id"},
		{"recovery_code", "person_id, hash"},
		{"role_grant", "id"},
		{"office_held", "id"},
		{"api_token", "id"},
	}
}

// DumpTables lists the tables of a dump, parents before children.
func DumpTables() []string {
	var names []string
	for _, t := range dumped() {
		names = append(names, t.name)
	}
	return names
}

// Dump hands every row of a logical dump to row, table after table, as of one
// instant. Values are nil, int64 or string on both engines; truths are 0 and 1.
func (d *DB) Dump(ctx context.Context, row func(table string, columns []string, values []any) error) error {
	return d.Snapshot(ctx, func(ctx context.Context, r Reader) error {
		tx := r.(snapshot).tx // Snapshot hands out no other type
		for _, t := range dumped() {
			if err := dumpTable(ctx, tx, t, row); err != nil {
				return fmt.Errorf("db: dump %s: %w", t.name, err)
			}
		}
		return nil
	})
}

func dumpTable(ctx context.Context, tx bun.Tx, t table, row func(string, []string, []any) error) (err error) {
	rows, err := tx.QueryContext(ctx, "SELECT * FROM "+t.name+" ORDER BY "+t.order)
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // rows.Err says what went wrong
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	for rows.Next() {
		values, err := plainRow(rows, len(columns))
		if err != nil {
			return err
		}
		if err := row(t.name, columns, values); err != nil {
			return err
		}
	}
	return rows.Err()
}

// plainRow reads one row in the types that both engines share.
func plainRow(rows *sql.Rows, n int) ([]any, error) {
	values, into := make([]any, n), make([]any, n)
	for i := range values {
		into[i] = &values[i]
	}
	if err := rows.Scan(into...); err != nil {
		return nil, err
	}
	for i, v := range values {
		switch v := v.(type) {
		case bool:
			values[i] = int64(0)
			if v {
				values[i] = int64(1)
			}
		case []byte:
			values[i] = string(v)
		}
	}
	return values, nil
}

// Loader writes a dump's rows into an empty database.
type Loader struct {
	tx     *Tx
	truths map[string]bool // table.column → it holds a truth on this engine
}

// Loader makes a Loader that writes in this transaction.
func (t *Tx) Loader(ctx context.Context) (*Loader, error) {
	l := &Loader{tx: t, truths: map[string]bool{}}
	if t.engine == SQLite {
		return l, nil
	}
	var names []string
	err := t.Select(ctx, &names, `SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'boolean'`)
	for _, name := range names {
		l.truths[name] = true
	}
	return l, err
}

// Row writes one row. Names that are no table or column of ours are refused by
// the caller's choice of DumpTables and by the database.
func (l *Loader) Row(ctx context.Context, table string, columns []string, values []any) error {
	marks := make([]string, len(columns))
	args := make([]any, 0, 2*len(columns))
	for i, c := range columns {
		marks[i] = "?"
		args = append(args, bun.Ident(c))
		if l.truths[table+"."+c] {
			values[i] = fmt.Sprint(values[i]) == "1"
		}
	}
	args = append(append([]any{bun.Ident(table)}, args...), values...)
	overriding := ""
	if l.tx.engine == Postgres {
		overriding = "OVERRIDING SYSTEM VALUE "
	}
	list := strings.Join(marks, ", ")
	_, err := l.tx.Exec(ctx, "INSERT INTO ? ("+list+") "+overriding+"VALUES ("+list+")", args...)
	if err != nil {
		return fmt.Errorf("db: load %s: %w", table, err)
	}
	return nil
}

// Finish sets the counters behind numbered rows after the last row.
func (l *Loader) Finish(ctx context.Context) error {
	if l.tx.engine == SQLite {
		return nil
	}
	var n int64
	err := l.tx.Get(ctx, &n, `SELECT setval(pg_get_serial_sequence('audit_entry', 'seq'), (SELECT coalesce(max(seq), 0) + 1 FROM audit_entry), false)`)
	if err != nil {
		return fmt.Errorf("db: load: %w", err)
	}
	return nil
}

// Check asks the engine whether its own files are sound, and whether every
// reference leads somewhere. It returns one line for each problem.
func (d *DB) Check(ctx context.Context) ([]string, error) {
	if d.engine == Postgres {
		var one int
		return nil, d.Get(ctx, &one, `SELECT 1`)
	}
	var lines, broken []string
	if err := d.Select(ctx, &lines, `PRAGMA integrity_check(20)`); err != nil {
		return nil, d.explain(err)
	}
	if len(lines) == 1 && lines[0] == "ok" {
		lines = nil
	}
	err := d.Select(ctx, &broken, `SELECT "table" || ' → ' || parent FROM pragma_foreign_key_check LIMIT 20`)
	return append(lines, broken...), d.explain(err)
}
