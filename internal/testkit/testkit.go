// Package testkit is what tests share: a database on each engine, a clock that
// tests move, and checks of pages by CSS selector. Only tests import it.
package testkit

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
)

// postgresEnv names the cluster that scripts/with-postgres starts.
const postgresEnv = "HUIGUAN_TEST_POSTGRES"

// Clock is a clock that stands until a test moves it.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock starts a clock at noon UTC on the given date (2026-05-01).
func NewClock(date string) *Clock {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		panic(err)
	}
	return &Clock{now: t.Add(12 * time.Hour)}
}

// Now is the clock's time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock on.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// SQLite opens an empty database in a folder of the test's own.
func SQLite(t testing.TB, clock *Clock) *db.DB {
	t.Helper()
	return open(t, db.Config{Dir: t.TempDir()}, clock)
}

// Postgres opens an empty database on the cluster, for tests that move a clock of
// their own. Without a cluster the test is skipped.
func Postgres(t testing.TB, clock *Clock) *db.DB {
	t.Helper()
	return open(t, db.Config{URL: PostgresURL(t)}, clock)
}

// PostgresURL makes an empty PostgreSQL database for the test and returns its
// address. Without a cluster the test is skipped, saying so.
func PostgresURL(t testing.TB) string {
	t.Helper()
	admin := os.Getenv(postgresEnv)
	if admin == "" {
		t.Skipf("%s is not set: run through scripts/with-postgres", postgresEnv)
	}
	name := "t" + string(ident.New[ident.Org](time.Now()))
	run(t, admin, `CREATE DATABASE "`+name+`"`)
	t.Cleanup(func() { run(t, admin, `DROP DATABASE "`+name+`" WITH (FORCE)`) })
	u, err := url.Parse(admin)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

func run(t testing.TB, address, statement string) {
	t.Helper()
	pool, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close() //nolint:errcheck // nothing waits to be written
	if _, err := pool.ExecContext(context.Background(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func open(t testing.TB, cfg db.Config, clock *Clock) *db.DB {
	t.Helper()
	if clock != nil {
		cfg.Clock = clock.Now
	}
	d, err := db.Open(context.Background(), cfg)
	if err != nil {
		t.Fatalf("open %s: %v", engineOf(cfg), err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return d
}

func engineOf(cfg db.Config) string {
	if cfg.URL != "" {
		return "postgres"
	}
	return "sqlite"
}

// EachEngine runs the same test on an empty database of each engine.
func EachEngine(t *testing.T, clock *Clock, test func(*testing.T, *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, SQLite(t, clock))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, Postgres(t, clock))
	})
}

// Join gives an account a way in, as who follows an invitation does; it opens nothing.
func Join[P ~string](ctx context.Context, tx *db.Tx, id P) error {
	_, err := tx.Exec(ctx, `UPDATE account SET password = 'set' WHERE person_id = ?`, id)
	return err
}

// Tx runs fn in a transaction and fails the test on an error.
func Tx(t testing.TB, d *db.DB, fn func(context.Context, *db.Tx) error) {
	t.Helper()
	if err := d.Tx(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

// Shared finds a file that comes with the team's notes, outside the project.
// Where it is absent the test is skipped, saying so.
func Shared(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for dir != filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	path := filepath.Join(dir, "..", "shared", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("../shared/%s is absent", name)
	}
	return path
}

// Must fails the test on an error and otherwise returns the value.
func Must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(fmt.Errorf("must: %w", err))
		}
		return v
	}
}
