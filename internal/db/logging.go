package db

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"strings"
	"time"

	"github.com/uptrace/bun"
)

// slow is how long a query may take before the log says so.
const slow = 500 * time.Millisecond

// gate is the one place that all queries pass: it logs the query's text
// without its values, which may be personal data.
type gate struct{ log *slog.Logger }

func (d *DB) addLogging(log *slog.Logger) {
	if log == nil {
		return
	}
	shared := d.reader == d.writer
	d.writer = d.writer.WithQueryHook(gate{log})
	if shared {
		d.reader = d.writer
		return
	}
	d.reader = d.reader.WithQueryHook(gate{log})
}

// BeforeQuery implements bun.QueryHook.
func (gate) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context { return ctx }

// AfterQuery implements bun.QueryHook.
func (g gate) AfterQuery(ctx context.Context, e *bun.QueryEvent) {
	took := time.Since(e.StartTime)
	level := slog.LevelDebug
	switch {
	case e.Err != nil && !errors.Is(e.Err, sql.ErrNoRows) && !errors.Is(e.Err, sql.ErrTxDone) && !errors.Is(e.Err, context.Canceled):
		level = slog.LevelError
	case took > slow:
		level = slog.LevelWarn
	}
	if !g.log.Enabled(ctx, level) {
		return
	}
	attrs := []slog.Attr{slog.String("query", template(e)), slog.Duration("took", took)}
	if e.Err != nil {
		attrs = append(attrs, slog.String("error", e.Err.Error()))
	}
	g.log.LogAttrs(ctx, level, "query", attrs...)
}

// template is the query without values, on one line, cut at 300 bytes.
func template(e *bun.QueryEvent) string {
	q := e.QueryTemplate
	if q == "" {
		q = e.Operation()
	}
	q = strings.Join(strings.Fields(q), " ")
	if len(q) > 300 {
		q = q[:300] + "…"
	}
	return q
}
