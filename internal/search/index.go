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
	At            int64 // UTC milliseconds; 0 where the document has no date
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

// Put indexes a document, in place of what was there under its id. Of more than
// 16 million characters the first are indexed.
func Put(ctx context.Context, tx *db.Tx, d Document) (err error) {
	defer fault.Wrap(&err, "search.Put(%s)", d.ID)
	d.Title, d.Body = clean(d.Title), clean(d.Body)
	seq, err := place(ctx, tx, d)
	if err != nil {
		return err
	}
	for i, p := range split(d.Title, d.Body) {
		if i == maxParts {
			break
		}
		if err := insertPart(ctx, tx, partRow{Document: seq, Part: i, Body: p.body}, p.tokens); err != nil {
			return err
		}
	}
	return nil
}

// place writes the document's row and says its number. What was indexed of it
// is gone then.
func place(ctx context.Context, tx *db.Tx, d Document) (seq int64, err error) {
	row := documentRow{ID: d.ID, Kind: d.Kind, OrgID: d.Org, Title: d.Title}
	if !d.At.IsZero() {
		row.At = d.At.UnixMilli()
	}
	err = tx.Get(ctx, &seq, `SELECT seq FROM search_document WHERE id = ?`, d.ID)
	if errors.Is(err, db.ErrNoRows) {
		return insertDocument(ctx, tx, row)
	}
	if err != nil {
		return 0, err
	}
	if err := dropParts(ctx, tx, seq); err != nil {
		return 0, err
	}
	_, err = tx.Exec(ctx, `UPDATE search_document SET kind = ?, org_id = ?, title = ?, at = ? WHERE seq = ?`, row.Kind, row.OrgID, row.Title, row.At, seq)
	return seq, err
}

// insertDocument and insertPart write one row with each statement and ask for
// nothing back: for any other, SQLite sets a savepoint, at which the full-text
// index writes out what it has gathered. So a transaction that puts many
// documents in a row writes their index in one go.
func insertDocument(ctx context.Context, tx *db.Tx, row documentRow) (seq int64, err error) {
	_, err = tx.Exec(ctx, `INSERT INTO search_document (id, kind, org_id, title, at) VALUES (?, ?, ?, ?, ?)`,
		row.ID, row.Kind, row.OrgID, row.Title, row.At)
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
	var seq int64
	err = tx.Get(ctx, &seq, `SELECT seq FROM search_document WHERE id = ?`, id)
	if errors.Is(err, db.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := dropParts(ctx, tx, seq); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `DELETE FROM search_document WHERE seq = ?`, seq)
	return err
}

// dropParts deletes a document's parts with their entries in the index.
func dropParts(ctx context.Context, tx *db.Tx, seq int64) error {
	var rowids []int64
	err := tx.Select(ctx, &rowids, `SELECT document * ? + part FROM search_part WHERE document = ?`, maxParts, seq)
	if err != nil || len(rowids) == 0 {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM search_index WHERE rowid IN (?)`, db.List(rowids)); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `DELETE FROM search_part WHERE document = ?`, seq)
	return err
}

// Clear empties the index, before all documents are put again.
func Clear(ctx context.Context, tx *db.Tx) (err error) {
	defer fault.Wrap(&err, "search.Clear")
	empty := `INSERT INTO search_index (search_index) VALUES ('delete-all')`
	if tx.Engine() == db.Postgres {
		empty = `DELETE FROM search_index`
	}
	for _, statement := range []string{empty, `DELETE FROM search_part`, `DELETE FROM search_document`} {
		if _, err := tx.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}
