// Package audit keeps the trail of what was done: when, by whom, to what.
//
// Every write records an entry in its own transaction, so a change and its
// entry stand or fall together. An entry holds ids and verdicts only, never a
// title, a name or a text. The table is append-only: this package has no way to
// change or delete an entry, and triggers refuse both.
//
// The entries are chained by hashes; see chain.go, which also says why no entry can
// be left outside. Heads of the chain are signed, to be kept elsewhere.
//
// Tables: audit_entry, audit_link. Any package that writes may call it.
package audit

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
)

// Entry says what was done to what.
type Entry struct {
	Action     string    // a verb and its object: article.create
	Org        ident.Org // the organisation it belongs to, if one
	ObjectKind string    // article, organisation, topic, …
	ObjectID   string
	Detail     map[string]string // ids and verdicts
}

// Record is an entry as it is stored.
type Record struct {
	Seq   int64
	At    db.Time
	Actor string
	Entry
}

type row struct {
	bun.BaseModel `bun:"table:audit_entry"`

	Seq        int64 `bun:",pk,autoincrement"`
	At         db.Time
	Actor      string
	Action     string
	OrgID      ident.Org `bun:",nullzero"`
	ObjectKind string
	ObjectID   string
	Detail     db.JSON[map[string]string]
}

type actorKey struct{}

// WithActor says who does what follows: a person's id, or a part of the
// program such as "cli".
func WithActor(ctx context.Context, actor string) context.Context {
	return context.WithValue(ctx, actorKey{}, actor)
}

// Actor is who acts; "system" where nobody was named.
func Actor(ctx context.Context) string {
	if s, ok := ctx.Value(actorKey{}).(string); ok {
		return s
	}
	return "system"
}

// Write records entries in the transaction of what they tell.
func Write(ctx context.Context, tx *db.Tx, entries ...Entry) error {
	rows := make([]row, 0, len(entries))
	for _, e := range entries {
		rows = append(rows, row{
			At: db.At(tx.Now()), Actor: Actor(ctx), Action: e.Action, OrgID: e.Org,
			ObjectKind: e.ObjectKind, ObjectID: e.ObjectID, Detail: db.JSON[map[string]string]{V: e.Detail},
		})
	}
	if err := tx.Insert(ctx, &rows); err != nil {
		return fmt.Errorf("audit: write: %w", err)
	}
	if len(rows) > 0 {
		atOnce(tx)
	}
	return nil
}

// Of lists the entries about one object, oldest first.
func Of(ctx context.Context, r db.Reader, kind, id string) ([]Record, error) {
	var rows []row
	err := r.Select(ctx, &rows, `SELECT * FROM audit_entry WHERE object_kind = ? AND object_id = ? ORDER BY seq`, kind, id)
	if err != nil {
		return nil, fmt.Errorf("audit: of %s %s: %w", kind, id, err)
	}
	return records(rows), nil
}

func records(rows []row) []Record {
	out := make([]Record, 0, len(rows))
	for _, w := range rows {
		out = append(out, Record{Seq: w.Seq, At: w.At, Actor: w.Actor, Entry: Entry{
			Action: w.Action, Org: w.OrgID, ObjectKind: w.ObjectKind, ObjectID: w.ObjectID, Detail: w.Detail.V,
		}})
	}
	return out
}
