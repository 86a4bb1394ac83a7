// Package db puts SQLite and PostgreSQL behind one DB and one Tx.
//
// The idea: every query is written once, in SQL that both engines understand,
// and runs either on the reader pool or inside a transaction. A transaction is
// a closure; it owns the clock, commits before it returns, and runs again by
// itself when PostgreSQL reports a serialization failure. SQLite has one
// writer connection and a pool of readers. A transaction inside a transaction,
// or a pool query inside one, fails at once instead of waiting for itself.
//
// The package holds the migrations of all tables; each domain package says in
// its comment which tables are its own. It is the only importer of SQL drivers.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/fault"
)

// ErrNested says that a transaction or a pool query was begun inside a
// transaction; the inner code must use the Tx it was given.
var ErrNested = errors.New("db: a transaction is open: use it instead of the pool")

// ErrNoRows says that Get found no row.
var ErrNoRows = sql.ErrNoRows

// Engine names a database engine.
type Engine string

// The engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// Config says which database to open.
type Config struct {
	Dir    string           // data folder; holds huiguan.db where URL is empty
	URL    string           // postgres://…; empty means SQLite
	Clock  func() time.Time // nil: the real clock (the database's on PostgreSQL)
	Logger *slog.Logger     // nil: silent
}

// DB is an open database. It is safe for concurrent use.
type DB struct {
	engine Engine
	writer *bun.DB
	reader *bun.DB
	clock  func() time.Time
	// dbClock says that Now comes from the database.
	dbClock bool
	file    string
	// followers hear of what transactions touch.
	followers []BeforeCommit
	// openers are asked before a transaction does anything.
	openers []func(context.Context, *Tx) error
	// turn is held by the one transaction that is tried again.
	turn chan struct{}
}

// Reader is what queries run on: the pool, a snapshot, or a transaction.
type Reader interface {
	// Select scans all rows into dest, a pointer to a slice.
	Select(ctx context.Context, dest any, query string, args ...any) error
	// Get scans one row into dest; ErrNoRows where there is none.
	Get(ctx context.Context, dest any, query string, args ...any) error
	// Engine says which engine answers.
	Engine() Engine
}

// inTx marks the context handed to a transaction's closure.
type inTx struct{}

func nested(ctx context.Context) bool { return ctx.Value(inTx{}) != nil }

// Engine says which engine this is.
func (d *DB) Engine() Engine { return d.engine }

// Close closes all connections.
func (d *DB) Close() error {
	err := d.writer.Close()
	if d.reader != d.writer {
		err = errors.Join(d.reader.Close(), err)
	}
	return err
}

// SQL is the pool that writes, for the job queue, which keeps tables of its own.
// On SQLite it has one connection: nothing may wait for it inside a transaction.
func (d *DB) SQL() *sql.DB { return d.writer.DB }

// ReadSQL is the pool that reads, for showing the job queue while others write.
func (d *DB) ReadSQL() *sql.DB { return d.reader.DB }

// Now is the present instant, outside a transaction: for what is shown, not
// for what is decided.
func (d *DB) Now() time.Time { return d.clock().UTC().Truncate(time.Millisecond) }

// Select implements Reader on the pool.
func (d *DB) Select(ctx context.Context, dest any, query string, args ...any) error {
	if nested(ctx) {
		return ErrNested
	}
	return scan(ctx, d.reader, dest, query, args)
}

// Get implements Reader on the pool.
func (d *DB) Get(ctx context.Context, dest any, query string, args ...any) error {
	return d.Select(ctx, dest, query, args...)
}

// Snapshot runs fn on one unchanging state of the database.
func (d *DB) Snapshot(ctx context.Context, fn func(context.Context, Reader) error) error {
	if nested(ctx) {
		return ErrNested
	}
	opts := &sql.TxOptions{ReadOnly: true}
	if d.engine == Postgres {
		opts.Isolation = sql.LevelRepeatableRead
	}
	tx, err := d.reader.BeginTx(ctx, opts)
	if err != nil {
		return fmt.Errorf("db: snapshot: %w", d.explain(err))
	}
	defer tx.Rollback() //nolint:errcheck // a read has nothing to lose
	return fn(context.WithValue(ctx, inTx{}, true), snapshot{tx: tx, engine: d.engine})
}

// snapshot is the Reader of one read-only transaction.
type snapshot struct {
	tx     bun.Tx
	engine Engine
}

func (s snapshot) Engine() Engine { return s.engine }

func (s snapshot) Select(ctx context.Context, dest any, query string, args ...any) error {
	return scan(ctx, s.tx, dest, query, args)
}

func (s snapshot) Get(ctx context.Context, dest any, query string, args ...any) error {
	return scan(ctx, s.tx, dest, query, args)
}

// scan runs one query. bun tells a slice from a single row by dest itself.
func scan(ctx context.Context, on bun.IDB, dest any, query string, args []any) error {
	return on.NewRaw(query, args...).Scan(ctx, dest)
}

// List makes a slice usable as the right side of IN: `id IN (?)`.
func List[T any](items []T) any { return bun.List(items) }

// NotFound turns ErrNoRows into the given fault and leaves other errors alone.
func NotFound(err error, key string, args fault.Args) error {
	if errors.Is(err, ErrNoRows) {
		return fault.New(fault.NotFound, key, args)
	}
	return err
}
