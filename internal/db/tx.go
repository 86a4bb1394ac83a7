package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/fault"
)

// attempts bounds how often a transaction runs again after a serialization
// failure. Each failure follows another transaction's success; where many change
// the same rows at once, those of this process take turns from their second try.
const attempts = 40

// pause is how long the n-th try waits at most, so that other processes get in.
func pause(n int) time.Duration {
	return rand.N(min(time.Millisecond<<min(n, 10), 50*time.Millisecond))
}

// Tx is an open transaction. It must not outlive its closure.
type Tx struct {
	tx     bun.Tx
	engine Engine
	now    time.Time
	after  []func()
	// touched are the tags of what was changed.
	touched map[string]bool
	// last is done before the commit, each once.
	last     []func(context.Context, *Tx) error
	lastKeys map[string]bool
}

// Tx runs fn in a read-write transaction and commits. An error or panic rolls
// back. fn must use the context and the Tx it is given, and nothing outside the
// database, since it runs again after a serialization failure.
func (d *DB) Tx(ctx context.Context, fn func(context.Context, *Tx) error) error {
	if nested(ctx) {
		return ErrNested
	}
	err := d.try(ctx, fn)
	if retryable(err) {
		err = d.again(ctx, fn)
	}
	return d.explain(err)
}

// again tries a transaction anew until it goes through.
func (d *DB) again(ctx context.Context, fn func(context.Context, *Tx) error) (err error) {
	select {
	case d.turn <- struct{}{}:
		defer func() { <-d.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	for n := range attempts {
		if err = d.try(ctx, fn); !retryable(err) {
			return err
		}
		select {
		case <-time.After(pause(n)):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return fault.Because(err, fault.Unavailable, "db.busy", nil)
}

// try is one attempt of Tx.
func (d *DB) try(ctx context.Context, fn func(context.Context, *Tx) error) error {
	opts := &sql.TxOptions{}
	if d.engine == Postgres {
		opts.Isolation = sql.LevelSerializable
	}
	btx, err := d.writer.BeginTx(ctx, opts)
	if err != nil {
		return fmt.Errorf("db: begin: %w", err)
	}
	defer btx.Rollback() //nolint:errcheck // after Commit it does nothing
	tx := &Tx{tx: btx, engine: d.engine}
	if tx.now, err = d.instant(ctx, btx); err != nil {
		return err
	}
	inside := context.WithValue(ctx, inTx{}, true)
	if err := d.admit(inside, tx); err != nil {
		return err
	}
	if err := fn(inside, tx); err != nil {
		return err
	}
	if err := d.tell(inside, tx); err != nil {
		return err
	}
	for _, f := range tx.last {
		if err := f(inside, tx); err != nil {
			return err
		}
	}
	if err := btx.Commit(); err != nil {
		return fmt.Errorf("db: commit: %w", err)
	}
	for _, f := range tx.after {
		f()
	}
	return nil
}

// instant is the transaction's one instant.
func (d *DB) instant(ctx context.Context, tx bun.Tx) (time.Time, error) {
	if !d.dbClock {
		return d.Now(), nil
	}
	var ms int64
	err := tx.NewRaw(`SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint`).Scan(ctx, &ms)
	if err != nil {
		return time.Time{}, fmt.Errorf("db: clock: %w", err)
	}
	return time.UnixMilli(ms).UTC(), nil
}

// retryable says whether PostgreSQL asks for the transaction to run again.
func retryable(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}

// Now is the instant of this transaction: the same for all it writes.
func (t *Tx) Now() time.Time { return t.now }

// Engine implements Reader.
func (t *Tx) Engine() Engine { return t.engine }

// Select implements Reader.
func (t *Tx) Select(ctx context.Context, dest any, query string, args ...any) error {
	return scan(ctx, t.tx, dest, query, args)
}

// Get implements Reader.
func (t *Tx) Get(ctx context.Context, dest any, query string, args ...any) error {
	return scan(ctx, t.tx, dest, query, args)
}

// Exec runs a statement and says how many rows it changed.
func (t *Tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	res, err := t.tx.NewRaw(query, args...).Exec(ctx)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// Insert writes one row (a pointer to a struct) or many (a pointer to a
// slice); the struct's bun tags name table and columns. An empty slice writes
// nothing.
func (t *Tx) Insert(ctx context.Context, rows any) error {
	if emptySlice(rows) {
		return nil
	}
	_, err := t.tx.NewInsert().Model(rows).Exec(ctx)
	return err
}

// AfterCommit runs f once the transaction is durable, before Tx returns.
func (t *Tx) AfterCommit(f func()) { t.after = append(t.after, f) }

// Last makes f the last thing in the transaction, once for each key however often
// it is asked for. Its error rolls back.
func (t *Tx) Last(key string, f func(context.Context, *Tx) error) {
	if t.lastKeys[key] {
		return
	}
	if t.lastKeys == nil {
		t.lastKeys = map[string]bool{}
	}
	t.lastKeys[key] = true
	t.last = append(t.last, f)
}

// SQL is the transaction itself, for jobs that are queued in it.
func (t *Tx) SQL() *sql.Tx { return t.tx.Tx }
