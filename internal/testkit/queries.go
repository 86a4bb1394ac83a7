package testkit

import (
	"context"
	"log/slog"
	"sync/atomic"
	"testing"

	"github.com/huiguan/huiguan/internal/db"
)

// Queries counts what a database is asked: it reads along what that logs.
type Queries struct{ n atomic.Int64 }

// Counted opens an empty SQLite database whose queries are counted.
func Counted(t testing.TB, clock *Clock) (*db.DB, *Queries) {
	t.Helper()
	q := &Queries{}
	return open(t, db.Config{Dir: t.TempDir(), Logger: slog.New(q)}, clock), q
}

// Count is how many queries there were so far.
func (q *Queries) Count() int64 { return q.n.Load() }

// Enabled asks for everything: the database logs a query at the lowest level.
func (q *Queries) Enabled(context.Context, slog.Level) bool { return true }

// Handle counts a query.
func (q *Queries) Handle(_ context.Context, r slog.Record) error {
	if r.Message == "query" {
		q.n.Add(1)
	}
	return nil
}

// WithAttrs is the same count.
func (q *Queries) WithAttrs([]slog.Attr) slog.Handler { return q }

// WithGroup is the same count.
func (q *Queries) WithGroup(string) slog.Handler { return q }
