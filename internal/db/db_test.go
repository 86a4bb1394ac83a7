package db_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/testkit"
)

var update = flag.Bool("update", false, "write the golden schemas anew")

// file is a row of media_file, the plainest of our tables.
type file struct {
	bun.BaseModel `bun:"table:media_file"`

	Hash      string
	Size      int64
	Mime      string
	CreatedAt db.Time
}

func add(ctx context.Context, tx *db.Tx, hash string) error {
	return tx.Insert(ctx, &file{Hash: hash, Size: 1, Mime: "x", CreatedAt: db.At(tx.Now())})
}

func count(t *testing.T, d *db.DB) int {
	t.Helper()
	var n int
	if err := d.Get(t.Context(), &n, `SELECT count(*) FROM media_file`); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTransactions(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		boom := errors.New("boom")
		committed := false
		err := d.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
			tx.AfterCommit(func() { committed = true })
			if err := add(ctx, tx, "a"); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) || count(t, d) != 0 || committed {
			t.Fatalf("an error must roll back: %v, %d rows, committed %v", err, count(t, d), committed)
		}
		testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error {
			tx.AfterCommit(func() { committed = true })
			return add(ctx, tx, "a")
		})
		if count(t, d) != 1 || !committed {
			t.Fatal("a transaction without error must be there when Tx returns")
		}
		var got file
		if err := d.Get(ctx, &got, `SELECT * FROM media_file`); err != nil {
			t.Fatal(err)
		}
		if !got.CreatedAt.Equal(clock.Now()) {
			t.Errorf("the transaction's instant is %v, stored %v", clock.Now(), got.CreatedAt)
		}
	})
}

func TestPanicRollsBackAndFreesTheWriter(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		func() {
			defer func() { _ = recover() }()
			_ = d.Tx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
				if err := add(ctx, tx, "a"); err != nil {
					t.Error(err)
				}
				panic("bad code")
			})
		}()
		testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error { return add(ctx, tx, "b") })
		if n := count(t, d); n != 1 {
			t.Fatalf("%d rows", n)
		}
	})
}

func TestNestingFailsAtOnce(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		testkit.Tx(t, d, func(ctx context.Context, _ *db.Tx) error {
			var n int
			if err := d.Get(ctx, &n, `SELECT 1`); !errors.Is(err, db.ErrNested) {
				t.Errorf("a pool query inside a transaction: %v", err)
			}
			if err := d.Tx(ctx, func(context.Context, *db.Tx) error { return nil }); !errors.Is(err, db.ErrNested) {
				t.Errorf("a transaction inside a transaction: %v", err)
			}
			if err := d.Snapshot(ctx, func(context.Context, db.Reader) error { return nil }); !errors.Is(err, db.ErrNested) {
				t.Errorf("a snapshot inside a transaction: %v", err)
			}
			if _, err := d.SchemaVersion(ctx); !errors.Is(err, db.ErrNested) {
				t.Errorf("a look at the schema inside a transaction: %v", err)
			}
			return nil
		})
	})
}

// Eight writers each add one to a counter that they first read: nothing may
// be lost, whatever the engine does to keep them apart.
func TestConcurrentWritersLoseNothing(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error { return add(ctx, tx, "counter") })
		bump := func(ctx context.Context, tx *db.Tx) error {
			var n int64
			if err := tx.Get(ctx, &n, `SELECT size FROM media_file WHERE hash = 'counter'`); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, `UPDATE media_file SET size = ? WHERE hash = 'counter'`, n+1)
			return err
		}
		var wg sync.WaitGroup
		var failed sync.Map
		for w := range 4 {
			wg.Go(func() {
				for i := range 5 {
					if err := d.Tx(t.Context(), bump); err != nil {
						failed.Store(fmt.Sprint(w, i), err)
					}
				}
			})
		}
		wg.Wait()
		failures := int64(0)
		failed.Range(func(_, err any) bool { failures++; t.Log(err); return true })
		var n int64
		if err := d.Get(t.Context(), &n, `SELECT size FROM media_file WHERE hash = 'counter'`); err != nil {
			t.Fatal(err)
		}
		if n != 21-failures {
			t.Fatalf("counter is %d after 20 bumps, %d of which said they failed", n, failures)
		}
	})
}

func TestSnapshotSeesOneState(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		err := d.Snapshot(t.Context(), func(ctx context.Context, r db.Reader) error {
			var before, after int
			if err := r.Get(ctx, &before, `SELECT count(*) FROM media_file`); err != nil {
				return err
			}
			testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error { return add(ctx, tx, "a") })
			if err := r.Get(ctx, &after, `SELECT count(*) FROM media_file`); err != nil {
				return err
			}
			if before != after {
				t.Errorf("the snapshot moved: %d, %d", before, after)
			}
			return nil
		})
		if err != nil || count(t, d) != 1 {
			t.Fatal(err)
		}
	})
}

// Text must come back as it went in, on both engines: quotes, backslashes,
// question marks, characters beyond the basic plane, and order by code point.
func TestTextRoundTrip(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		texts := []string{"A", "a", "O'Neill", `back\slash`, "?1 ??", "𠮷野家", "會館", "會舘", "-- ; DROP", "%_", "E'x'", "\u00a0"}
		testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error {
			rows := make([]file, 0, len(texts))
			for _, s := range texts {
				rows = append(rows, file{Hash: s, Mime: s, CreatedAt: db.At(tx.Now())})
			}
			return tx.Insert(ctx, &rows)
		})
		for _, s := range texts {
			var got string
			if err := d.Get(t.Context(), &got, `SELECT mime FROM media_file WHERE hash = ?`, s); err != nil || got != s {
				t.Errorf("%q came back as %q (%v)", s, got, err)
			}
		}
		var all []string
		if err := d.Select(t.Context(), &all, `SELECT hash FROM media_file WHERE hash IN (?) ORDER BY hash`, db.List(texts)); err != nil {
			t.Fatal(err)
		}
		sorted := slices.Sorted(slices.Values(texts))
		if diff := cmp.Diff(sorted, all); diff != "" {
			t.Error(diff)
		}
	})
}

// A NUL must neither cut the statement short nor reach the database: whoever
// did not remove it is told.
func TestNulInTextIsRefused(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		err := d.Tx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			return tx.Insert(ctx, &file{Hash: "a\x00b", Mime: "x' --", CreatedAt: db.At(tx.Now())})
		})
		if err == nil || count(t, d) != 0 {
			t.Fatalf("a NUL was taken: %v", err)
		}
	})
}

func TestGetSaysWhenNothingIsThere(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		var f file
		err := d.Get(t.Context(), &f, `SELECT * FROM media_file WHERE hash = ?`, "none")
		if !errors.Is(err, db.ErrNoRows) || !fault.Is(db.NotFound(err, "db.busy", nil), fault.NotFound) {
			t.Fatal(err)
		}
		var n int
		if err := d.Get(t.Context(), &n, `SELECT size FROM media_file WHERE hash = ?`, "none"); !errors.Is(err, db.ErrNoRows) {
			t.Fatalf("a single value that is not there: %v", err)
		}
	})
}

func TestForeignKeysHold(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		err := d.Tx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO org_alias (name_key, org_id) VALUES ('x', 'nobody')`)
			return err
		})
		if err == nil {
			t.Fatal("an alias of an organisation that is not there was taken")
		}
	})
}

func TestReopenKeepsDataAndRefusesANewerSchema(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	open := func() (*db.DB, error) { return db.Open(t.Context(), db.Config{Dir: dir}) }
	d := testkit.Must[*db.DB](t)(open())
	testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error { return add(ctx, tx, "a") })
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d = testkit.Must[*db.DB](t)(open())
	if count(t, d) != 1 {
		t.Fatal("the row is gone")
	}
	testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9000, 1)`)
		return err
	})
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := open(); fault.As(err) == nil || fault.As(err).Key != "db.newer_schema" {
		t.Fatalf("an old program must refuse a newer schema: %v", err)
	}
}

func TestOpenExplains(t *testing.T) {
	t.Parallel()
	damaged := t.TempDir()
	if err := os.WriteFile(filepath.Join(damaged, db.FileName), []byte(strings.Repeat("not a database ", 400)), 0o600); err != nil {
		t.Fatal(err)
	}
	underAFile := filepath.Join(damaged, db.FileName, "below")
	for _, tt := range []struct {
		name string
		cfg  db.Config
		key  string
	}{
		{"damaged file", db.Config{Dir: damaged}, "db.damaged"},
		{"folder that cannot be", db.Config{Dir: underAFile}, "db.unwritable"},
		{"address of nothing", db.Config{URL: "postgres://x@127.0.0.1:1/x?connect_timeout=1"}, "db.unreachable"},
		{"address that is none", db.Config{URL: "postgres://x:secret@[::1"}, "db.bad_url"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := db.Open(t.Context(), tt.cfg)
			if fault.As(err) == nil || fault.As(err).Key != tt.key {
				t.Fatalf("want %s, got %v", tt.key, err)
			}
			if strings.Contains(err.Error(), "secret") {
				t.Fatalf("the password is shown: %v", err)
			}
		})
	}
}

func TestPostgresClockIsTheDatabases(t *testing.T) {
	t.Parallel()
	d, err := db.Open(t.Context(), db.Config{URL: testkit.PostgresURL(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error {
		var stamp int64
		if err := tx.Get(ctx, &stamp, `SELECT (extract(epoch FROM now()) * 1000)::bigint`); err != nil {
			return err
		}
		if diff := tx.Now().Sub(time.UnixMilli(stamp)); diff < 0 || diff > time.Minute {
			t.Errorf("tx.Now is %v away from the database's clock", diff)
		}
		return nil
	})
}

// The schema of each engine is one readable file; `go test ./internal/db
// -update` writes it anew after a migration.
func TestGoldenSchema(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		got, err := d.Schema(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		path := "schema." + string(d.Engine()) + ".sql"
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s is not what the migrations make (run with -update):\n%s", path, diff)
		}
	})
}

func TestTimeAndJSON(t *testing.T) {
	t.Parallel()
	var zero db.Time
	if v, err := zero.Value(); v != nil || err != nil {
		t.Errorf("the zero time must be NULL: %v %v", v, err)
	}
	if err := zero.Scan("x"); err == nil {
		t.Error("a text is no instant")
	}
	j := db.JSON[[]string]{V: []string{"a"}}
	v, err := j.Value()
	if err != nil || v != `["a"]` {
		t.Errorf("%v %v", v, err)
	}
	if err := j.Scan([]byte(`["b"]`)); err != nil || j.V[0] != "b" {
		t.Errorf("%v %v", j, err)
	}
	if err := j.Scan(7); err == nil {
		t.Error("a number is no JSON text")
	}
}
