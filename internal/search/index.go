package search

import (
	"context"
	"errors"
	"strings"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

type documentRow struct {
	bun.BaseModel `bun:"table:search_document"`
	Seq           int64
	ID            string
	Kind          string
	OrgID         ident.Org
	Title         string
	At            int64  // UTC milliseconds; 0 where the document has no date
	Also          string // a line for each other name
	Lang          string
	Year          string
	Named         bool
}

type partRow struct {
	bun.BaseModel `bun:"table:search_part"`
	Document      int64
	Part          int
	Body          string
}

// maxParts is how many parts a document may have: a part's row in the index is
// its document's number times maxParts and its own, so a find in the index is a
// document without a look at the parts. Find and the migration divide by it.
const maxParts = 4096

// form is the version of what Put writes. A federation whose index has another
// is indexed anew.
const form = 2

// row is the document as it is stored.
func (d Document) row() documentRow {
	row := documentRow{
		ID: d.ID, Kind: d.Kind, OrgID: d.Org, Title: d.Title, Also: strings.Join(d.Also, "\n"), Lang: d.Lang, Year: d.Year, Named: d.Named,
	}
	if !d.At.IsZero() {
		row.At = d.At.UnixMilli()
	}
	return row
}

// names are the title and the other names, a line for each.
func (r documentRow) names() string {
	if r.Also == "" {
		return r.Title
	}
	return r.Title + "\n" + r.Also
}

// Put indexes a document, in place of what was there under its id. Of more than
// 16 million characters the first are indexed.
func Put(ctx context.Context, tx *db.Tx, d Document) (err error) {
	defer fault.Wrap(&err, "search.Put(%s)", d.ID)
	d.Title, d.Body = clean(d.Title), clean(d.Body)
	for i := range d.Also {
		d.Also[i] = clean(d.Also[i])
	}
	row := d.row()
	had, err := drop(ctx, tx, d.ID)
	if err != nil {
		return err
	}
	if row.Seq, err = place(ctx, tx, row, had.seq); err != nil {
		return err
	}
	parts := split(row, d.Body)
	if len(parts) > maxParts {
		parts = parts[:maxParts]
	}
	words := vocabulary(row.names(), parts)
	if err := insertSides(ctx, tx, row.Seq, d.Tags, words); err != nil {
		return err
	}
	for i, p := range parts {
		if err := insertPart(ctx, tx, partRow{Document: row.Seq, Part: i, Body: p.body}, p.tokens); err != nil {
			return err
		}
	}
	return forget(ctx, tx, had.words, words)
}

// place writes the document's row, over the one it had, and says its number.
func place(ctx context.Context, tx *db.Tx, row documentRow, had int64) (seq int64, err error) {
	if had == 0 {
		return insertDocument(ctx, tx, row)
	}
	_, err = tx.Exec(ctx, `UPDATE search_document SET kind = ?, org_id = ?, title = ?, at = ?, also = ?, lang = ?, year = ?, named = ? WHERE seq = ?`,
		row.Kind, row.OrgID, row.Title, row.At, row.Also, row.Lang, row.Year, row.Named, had)
	return had, err
}

// insertDocument and its like write one row with each statement and ask for
// nothing back: for any other, SQLite sets a savepoint, at which the full-text
// index writes out what it has gathered. So a transaction that puts many
// documents in a row writes their index in one go.
func insertDocument(ctx context.Context, tx *db.Tx, row documentRow) (seq int64, err error) {
	_, err = tx.Exec(ctx, `INSERT INTO search_document (id, kind, org_id, title, at, also, lang, year, named) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		row.ID, row.Kind, row.OrgID, row.Title, row.At, row.Also, row.Lang, row.Year, row.Named)
	if err != nil {
		return 0, err
	}
	err = tx.Get(ctx, &seq, `SELECT seq FROM search_document WHERE id = ?`, row.ID)
	return seq, err
}

func insertPart(ctx context.Context, tx *db.Tx, row partRow, tokens []string) error {
	_, err := tx.Exec(ctx, `INSERT INTO search_part (document, part, body) VALUES (?, ?, ?)`, row.Document, row.Part, row.Body)
	if err != nil {
		return err
	}
	insert := `INSERT INTO search_index (rowid, tokens) VALUES (?, ?)`
	if tx.Engine() == db.Postgres {
		insert = `INSERT INTO search_index (rowid, tokens) VALUES (?, ?::tsvector)`
	}
	_, err = tx.Exec(ctx, insert, row.Document*maxParts+int64(row.Part), vector(tx.Engine(), tokens))
	return err
}

// insertSides writes what stands beside a document: its tags, and the words
// that nobody has used before.
func insertSides(ctx context.Context, tx *db.Tx, seq int64, tags, words []string) error {
	for _, tag := range tags {
		if _, err := tx.Exec(ctx, `INSERT INTO search_tag (document, tag) VALUES (?, ?) ON CONFLICT DO NOTHING`, seq, tag); err != nil {
			return err
		}
	}
	for _, w := range words {
		if _, err := tx.Exec(ctx, `INSERT INTO search_word (word) VALUES (?) ON CONFLICT DO NOTHING`, w); err != nil {
			return err
		}
	}
	return nil
}

// vector writes tokens as the index of the engine takes them: words for the
// plainest tokenizer of SQLite, a literal of quoted lexemes for PostgreSQL,
// whose own parser would split tokens.
func vector(engine db.Engine, tokens []string) string {
	if engine == db.SQLite {
		return strings.Join(tokens, " ")
	}
	var b strings.Builder
	for _, t := range tokens {
		b.WriteString(lexeme(t))
		b.WriteByte(' ')
	}
	return b.String()
}

// lexeme quotes a token for a tsvector or a tsquery.
func lexeme(token string) string {
	return "'" + strings.NewReplacer("'", "''", `\`, `\\`).Replace(token) + "'"
}

// Remove takes a document out. One that is not there is no error.
func Remove(ctx context.Context, tx *db.Tx, id string) (err error) {
	defer fault.Wrap(&err, "search.Remove(%s)", id)
	had, err := drop(ctx, tx, id)
	if err != nil || had.seq == 0 {
		return err
	}
	if _, err = tx.Exec(ctx, `DELETE FROM search_document WHERE seq = ?`, had.seq); err != nil {
		return err
	}
	return forget(ctx, tx, had.words, nil)
}

// dropped is what was taken out of the index.
type dropped struct {
	seq   int64 // 0: it was not there
	words []string
}

// drop deletes all of a document but its row.
func drop(ctx context.Context, tx *db.Tx, id string) (had dropped, err error) {
	var row documentRow
	err = tx.Get(ctx, &row, `SELECT * FROM search_document WHERE id = ?`, id)
	if errors.Is(err, db.ErrNoRows) {
		return dropped{}, nil
	}
	if err != nil {
		return dropped{}, err
	}
	var parts []partRow
	if err := tx.Select(ctx, &parts, `SELECT document, part, body FROM search_part WHERE document = ? ORDER BY part`, row.Seq); err != nil {
		return dropped{}, err
	}
	rowids, body := make([]int64, 0, len(parts)), strings.Builder{}
	for _, p := range parts {
		rowids = append(rowids, p.Document*maxParts+int64(p.Part))
		body.WriteString(p.Body)
	}
	if len(parts) > 0 {
		if _, err := tx.Exec(ctx, `DELETE FROM search_index WHERE rowid IN (?)`, db.List(rowids)); err != nil {
			return dropped{}, err
		}
	}
	for _, statement := range []string{`DELETE FROM search_part WHERE document = ?`, `DELETE FROM search_tag WHERE document = ?`} {
		if _, err := tx.Exec(ctx, statement, row.Seq); err != nil {
			return dropped{}, err
		}
	}
	return dropped{seq: row.Seq, words: vocabulary(row.names(), split(row, body.String()))}, nil
}

// Clear empties the index, before all documents are put again.
func Clear(ctx context.Context, tx *db.Tx) (err error) {
	defer fault.Wrap(&err, "search.Clear")
	empty := `INSERT INTO search_index (search_index) VALUES ('delete-all')`
	if tx.Engine() == db.Postgres {
		empty = `DELETE FROM search_index`
	}
	for _, statement := range []string{
		empty, `DELETE FROM search_part`, `DELETE FROM search_tag`, `DELETE FROM search_word`, `DELETE FROM search_document`, `DELETE FROM search_form`,
	} {
		if _, err := tx.Exec(ctx, statement); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `INSERT INTO search_form (version) VALUES (?)`, form)
	return err
}

// Current says whether the index has the form that this program writes.
func Current(ctx context.Context, r db.Reader) (_ bool, err error) {
	defer fault.Wrap(&err, "search.Current")
	var n int
	err = r.Get(ctx, &n, `SELECT count(*) FROM search_form WHERE version = ?`, form)
	return n > 0, err
}
