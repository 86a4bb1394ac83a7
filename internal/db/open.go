package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/ext/fts5"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/dialect/sqlitedialect"

	"github.com/huiguan/huiguan/internal/fault"
)

// FileName is the SQLite database's name in the data folder.
const FileName = "huiguan.db"

// Every connection waits ten seconds for another process's write, checks
// foreign keys, and (writers) acknowledges only what the disk has. The log is
// folded back into the file every 16 MB, which long imports do less often.
const (
	pragmas       = "_pragma=busy_timeout(10000)&_pragma=journal_mode(wal)&_pragma=foreign_keys(1)&_pragma=synchronous(full)&_pragma=cache_size(-16000)&_pragma=temp_store(memory)"
	readerPragmas = pragmas + "&_pragma=query_only(1)&_txlock=deferred"
	writerPragmas = pragmas + "&_pragma=wal_autocheckpoint(4000)&_txlock=immediate"
)

// Open opens the database, creating and migrating it where needed. It refuses
// a database whose schema is newer than this program.
func Open(ctx context.Context, cfg Config) (_ *DB, err error) {
	d := &DB{clock: cfg.Clock, turn: make(chan struct{}, 1)}
	if d.clock == nil {
		d.clock = time.Now
	}
	if cfg.URL != "" {
		err = d.openPostgres(cfg)
	} else {
		err = d.openSQLite(cfg)
	}
	if err != nil {
		return nil, d.explain(err)
	}
	d.addLogging(cfg.Logger)
	if err := d.migrate(ctx); err != nil {
		return nil, errors.Join(d.explain(err), d.Close())
	}
	return d, nil
}

// Exists says whether a data folder already holds a SQLite database.
func Exists(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, FileName))
	return err == nil
}

// openSQLite opens the writer pool of one and the reader pool.
func (d *DB) openSQLite(cfg Config) error {
	d.engine = SQLite
	d.file = filepath.Join(cfg.Dir, FileName)
	if err := os.MkdirAll(cfg.Dir, 0o700); err != nil {
		return fault.Because(err, fault.Unavailable, "db.unwritable", fault.Args{"dir": cfg.Dir})
	}
	uri := "file:" + uriPath(d.file)
	writer, err := driver.Open(uri+"?"+writerPragmas, fts5.Register)
	if err != nil {
		return err
	}
	writer.SetMaxOpenConns(1)
	reader, err := driver.Open(uri+"?"+readerPragmas, fts5.Register)
	if err != nil {
		return errors.Join(err, writer.Close())
	}
	reader.SetMaxOpenConns(max(4, runtime.GOMAXPROCS(0)*2))
	reader.SetMaxIdleConns(max(4, runtime.GOMAXPROCS(0)*2))
	d.writer = bun.NewDB(writer, sqlitedialect.New())
	d.reader = bun.NewDB(reader, sqlitedialect.New())
	return nil
}

// openPostgres opens one pool that serves readers and writers.
func (d *DB) openPostgres(cfg Config) error {
	d.engine = Postgres
	d.dbClock = cfg.Clock == nil
	conn, err := pgx.ParseConfig(cfg.URL)
	if err != nil {
		// The cause may repeat the address with its password: it is not kept.
		return fault.New(fault.Misuse, "db.bad_url", nil)
	}
	pool := stdlib.OpenDB(*conn)
	pool.SetMaxOpenConns(16)
	pool.SetMaxIdleConns(8)
	d.writer = bun.NewDB(pool, pgdialect.New())
	d.reader = d.writer
	return nil
}

// uriPath escapes what would end the path part of a file: URI.
func uriPath(path string) string {
	out := make([]byte, 0, len(path))
	for i := range len(path) {
		switch c := path[i]; c {
		case '?', '#', '%':
			out = fmt.Appendf(out, "%%%02x", c)
		default:
			out = append(out, c)
		}
	}
	return string(out)
}

// isUnique says whether PostgreSQL refused a second row of one key.
func isUnique(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "23505"
}

// explain gives an engine's error the kind and message that tell an operator
// what to do; others pass.
func (d *DB) explain(err error) error {
	if err == nil || fault.As(err) != nil {
		return err
	}
	var pg *pgconn.ConnectError
	switch {
	case errors.Is(err, sqlite3.NOTADB), errors.Is(err, sqlite3.CORRUPT):
		return fault.Because(err, fault.Unavailable, "db.damaged", fault.Args{"file": d.file})
	case errors.Is(err, sqlite3.CANTOPEN), errors.Is(err, sqlite3.READONLY), errors.Is(err, sqlite3.PERM), errors.Is(err, fs.ErrPermission):
		return fault.Because(err, fault.Unavailable, "db.unwritable", fault.Args{"dir": filepath.Dir(d.file)})
	case errors.Is(err, sqlite3.FULL), errors.Is(err, sqlite3.IOERR):
		return fault.Because(err, fault.Unavailable, "db.disk", fault.Args{"file": d.file})
	case errors.Is(err, sqlite3.BUSY), errors.Is(err, sqlite3.LOCKED):
		return fault.Because(err, fault.Unavailable, "db.busy", nil)
	case errors.Is(err, sqlite3.CONSTRAINT_UNIQUE), errors.Is(err, sqlite3.CONSTRAINT_PRIMARYKEY), isUnique(err):
		return fault.Because(err, fault.Conflict, "db.taken", nil)
	case errors.As(err, &pg):
		return fault.Because(err, fault.Unavailable, "db.unreachable", nil)
	}
	return err
}
