package audit

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/testkit"
)

// tell writes n entries in transactions of a few each.
func tell(t testing.TB, d *db.DB, n int) {
	t.Helper()
	for at := 0; at < n; {
		testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error {
			for range min(1+at%3, n-at) {
				at++
				e := Entry{Action: "article.create", ObjectKind: "article", ObjectID: strconv.Itoa(at), Detail: map[string]string{"n": strconv.Itoa(at)}}
				if err := Write(ctx, tx, e); err != nil {
					return err
				}
			}
			return nil
		})
		if d.Engine() == db.Postgres {
			if err := CloseBehind(context.Background(), d); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func verified(t testing.TB, r db.Reader, heads ...Head) Report {
	t.Helper()
	report, err := Verify(context.Background(), r, heads...)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// Every entry is chained as it is written, on PostgreSQL as soon as that is safe.
func TestEntriesAreChained(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		if report := verified(t, d); !report.Good() || report.Links != 0 {
			t.Errorf("an empty trail: %+v", report)
		}
		tell(t, d, 50)
		boom := errors.New("boom")
		err := d.Tx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			return errors.Join(Write(ctx, tx, Entry{Action: "x"}), boom)
		})
		if !errors.Is(err, boom) {
			t.Fatal(err)
		}
		tell(t, d, 7)
		if report := verified(t, d); !report.Good() || report.Entries != 57 || report.Waiting != 0 || report.Links < 20 {
			t.Errorf("%+v", report)
		}
	})
}

// unlock lets a test do what somebody with the database's files could.
func unlock(t testing.TB, d *db.DB) {
	t.Helper()
	for _, table := range []string{"audit_entry", "audit_link"} {
		for _, s := range []string{"update", "delete"} {
			testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error {
				statement := "DROP TRIGGER " + table + "_no_" + s
				if d.Engine() == db.Postgres {
					statement = "ALTER TABLE " + table + " DISABLE TRIGGER ALL"
				}
				_, err := tx.Exec(ctx, statement)
				return err
			})
		}
	}
}

// edit is something that somebody with the files could do, at random.
func edit(r *rand.Rand, n int64) (name string, statements []string) {
	seq, other := 1+r.Int64N(n), 1+r.Int64N(n)
	if other == seq {
		other = 1 + seq%n
	}
	link := fmt.Sprintf(`(SELECT last_seq FROM audit_link ORDER BY last_seq LIMIT 1 OFFSET %d)`, r.Int64N(n/3))
	field := [...]string{`actor = actor || 'x'`, `action = 'article.delete'`, `object_kind = 'topic'`, `object_id = object_id || '0'`,
		`detail = '{}'`, `at = at + 1`, `org_id = 'o'`, `actor = ''`, `action = action || ' '`}[r.IntN(9)]
	switch r.IntN(8) {
	case 0:
		return "remove", []string{fmt.Sprintf(`DELETE FROM audit_entry WHERE seq = %d`, seq)}
	case 1:
		return "swap", []string{fmt.Sprintf(`UPDATE audit_entry SET object_id = CASE seq WHEN %d THEN (SELECT object_id FROM audit_entry WHERE seq = %d) ELSE (SELECT object_id FROM audit_entry WHERE seq = %d) END WHERE seq IN (%d, %d)`,
			seq, other, seq, seq, other)}
	case 2:
		return "insert", []string{fmt.Sprintf(`INSERT INTO audit_entry (seq, at, actor, action, object_kind, object_id, detail) VALUES (%d, 1, 'cli', 'x', 'y', 'z', '{}')`, -r.Int64N(1000))}
	case 3:
		return "renumber", []string{fmt.Sprintf(`UPDATE audit_entry SET seq = %d WHERE seq = %d`, -seq, seq)}
	case 4:
		return "remove link", []string{`DELETE FROM audit_link WHERE last_seq = ` + link, ``}
	case 5:
		return "edit link", []string{`UPDATE audit_link SET ` + [...]string{`at = at + 1`, `entries = entries + 1`, `hash = CASE substr(hash, 1, 2) WHEN 'ff' THEN '00' ELSE 'ff' END || substr(hash, 3)`}[r.IntN(3)] + ` WHERE last_seq = ` + link}
	case 6:
		return "cut tail", []string{fmt.Sprintf(`DELETE FROM audit_entry WHERE seq > %s`, link), `DELETE FROM audit_link WHERE last_seq > (SELECT coalesce(max(seq), 0) FROM audit_entry)`}
	}
	return "edit", []string{fmt.Sprintf(`UPDATE audit_entry SET %s WHERE seq = %d`, field, seq)}
}

// Every edit of what is chained is found; the tail that was cut, by a signed head.
func TestEveryEditIsFound(t *testing.T) {
	t.Parallel()
	edits := 300
	if n, err := strconv.Atoi(os.Getenv("HUIGUAN_TEST_EDITS")); err == nil {
		edits = n
	}
	d := testkit.SQLite(t, nil)
	const n = 240
	tell(t, d, n)
	s, err := OpenSigner(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	head, err := s.Head(t.Context(), d, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	unlock(t, d)
	if report := verified(t, d, head); !report.Good() || report.Entries != n {
		t.Fatalf("before: %+v", report)
	}
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // a test's dice
	found, tried, undone := map[string]int{}, map[string]int{}, errors.New("undone")
	for range edits {
		name, statements := edit(r, n)
		err := d.Tx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			changed := int64(0)
			for _, statement := range statements {
				if statement == "" {
					continue
				}
				did, err := tx.Exec(ctx, statement)
				if err != nil {
					return err
				}
				changed += did
			}
			if changed == 0 {
				return undone
			}
			tried[name]++
			report, err := Verify(ctx, tx, head)
			if err != nil {
				return err
			}
			if report.Good() {
				t.Errorf("not found: %s %v", name, statements)
			} else {
				found[name]++
			}
			return undone
		})
		if !errors.Is(err, undone) {
			t.Fatalf("%s %v: %v", name, statements, err)
		}
	}
	total := 0
	for name, k := range tried {
		total += found[name]
		if found[name] != k {
			t.Errorf("%s: %d of %d", name, found[name], k)
		}
	}
	if report := verified(t, d, head); !report.Good() {
		t.Errorf("after: %+v", report)
	}
	t.Logf("RESULT audit-edits tried=%d found=%d kinds=%v", edits, total, tried)
}

// A report says what kind of harm was done, and where.
func TestBreaksAreNamed(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		tell(t, d, 30)
		s, err := OpenSigner(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		head, err := s.Head(t.Context(), d, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		unlock(t, d)
		undone := errors.New("undone")
		for _, c := range []struct{ sql, kind string }{
			{`UPDATE audit_entry SET actor = 'nobody' WHERE seq = 5`, Changed},
			{`DELETE FROM audit_entry WHERE seq = 5`, Missing},
			{`UPDATE audit_link SET hash = 'ff' WHERE last_seq = (SELECT min(last_seq) FROM audit_link)`, Changed},
			{`DELETE FROM audit_link WHERE last_seq = (SELECT max(last_seq) FROM audit_link)`, CutOff},
		} {
			err := d.Tx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
				if _, err := tx.Exec(ctx, c.sql); err != nil {
					return err
				}
				report, err := Verify(ctx, tx, head)
				if err != nil {
					return err
				}
				if len(report.Breaks) != 1 || report.Breaks[0].Kind != c.kind {
					t.Errorf("%s: %+v", c.sql, report.Breaks)
				}
				return undone
			})
			if !errors.Is(err, undone) {
				t.Fatal(err)
			}
		}
		forged := head
		forged.Entries++
		if report := verified(t, d, forged); len(report.Breaks) != 1 || report.Breaks[0].Kind != Forged {
			t.Errorf("%+v", report.Breaks)
		}
	})
}

// On PostgreSQL transactions commit in any order, and some never: no entry is left
// outside the chain, and nobody waits.
func TestLateEntriesAreChained(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		if d.Engine() == db.SQLite {
			t.Skip("one writer")
		}
		written, commit := make(chan struct{}), make(chan struct{})
		late := make(chan error, 1)
		go func() {
			late <- d.Tx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
				if err := Write(ctx, tx, Entry{Action: "late", ObjectID: "late"}); err != nil {
					return err
				}
				close(written)
				<-commit
				return nil
			})
		}()
		<-written
		testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error { return Write(ctx, tx, Entry{Action: "early"}) })
		closed := make(chan error, 1)
		go func() { closed <- CloseBehind(t.Context(), d) }()
		testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error { return Write(ctx, tx, Entry{Action: "meanwhile"}) })
		select {
		case err := <-closed:
			t.Fatalf("closed over an open transaction: %v", err)
		case <-time.After(300 * time.Millisecond):
		}
		if report := verified(t, d); report.Entries != 0 || report.Waiting != 2 {
			t.Errorf("%+v", report)
		}
		close(commit)
		if err := errors.Join(<-late, <-closed); err != nil {
			t.Fatal(err)
		}
		if err := CloseBehind(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		if report := verified(t, d); !report.Good() || report.Entries != 3 || report.Waiting != 0 {
			t.Errorf("%+v", report)
		}
	})
}

// Many writers, of whom some give up, and two closers at once.
func TestChainUnderLoad(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		const writers, each = 6, 25
		boom := errors.New("boom")
		var writing, closing sync.WaitGroup
		stop := make(chan struct{})
		kept := make([]int, writers)
		for w := range writers {
			writing.Go(func() {
				for i := range each {
					err := d.Tx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
						for range 1 + i%4 {
							if err := Write(ctx, tx, Entry{Action: "x", ObjectID: strconv.Itoa(w)}); err != nil {
								return err
							}
						}
						if i%5 == 4 {
							return boom
						}
						return nil
					})
					switch {
					case err == nil:
						kept[w] += 1 + i%4
					case !errors.Is(err, boom):
						t.Error(err)
					}
				}
			})
		}
		for range 2 {
			closing.Go(func() {
				for {
					if err := CloseBehind(t.Context(), d); err != nil {
						t.Error(err)
					}
					select {
					case <-stop:
						return
					default:
					}
				}
			})
		}
		writing.Wait()
		close(stop)
		closing.Wait()
		if err := CloseBehind(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		want := int64(0)
		for _, n := range kept {
			want += int64(n)
		}
		if report := verified(t, d); !report.Good() || report.Entries != want || report.Waiting != 0 {
			t.Errorf("want %d entries: %+v", want, report)
		}
	})
}

// Heads are kept once each, the key once for all.
func TestHeadsAreKept(t *testing.T) {
	t.Parallel()
	d := testkit.SQLite(t, nil)
	dir := t.TempDir()
	s, err := OpenSigner(filepath.Join(dir, "keys"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Head(t.Context(), d, time.Now()); !fault.Is(err, fault.NotFound) {
		t.Errorf("%v", err)
	}
	tell(t, d, 3)
	again, err := OpenSigner(filepath.Join(dir, "keys"))
	if err != nil || again.Key() != s.Key() {
		t.Fatalf("another key: %v", err)
	}
	head, err := s.Head(t.Context(), d, time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	heads := filepath.Join(dir, "audit-heads")
	if name, err := head.Keep(heads); err != nil || name != "2026-05-01T120000Z.json" {
		t.Fatalf("%q %v", name, err)
	}
	if name, err := head.Keep(heads); err != nil || name != "" {
		t.Errorf("kept twice: %q %v", name, err)
	}
	text, err := os.ReadFile(filepath.Join(heads, "latest.json"))
	if err != nil {
		t.Fatal(err)
	}
	back, err := ParseHead(text)
	if err != nil || back != head || !strings.Contains(string(text), `"last_seq": 3`) {
		t.Errorf("%+v %v", back, err)
	}
	if report := verified(t, d, back); !report.Good() {
		t.Errorf("%+v", report)
	}
	if info, err := os.Stat(filepath.Join(dir, "keys", keyFile)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
}

// A million entries are verified in seconds; a long run.
func TestVerifyAMillion(t *testing.T) {
	if os.Getenv("HUIGUAN_TEST_MILLION") == "" {
		t.Skip("HUIGUAN_TEST_MILLION is not set: a long run")
	}
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		const n = 1_000_000
		series := `WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 1000000) SELECT`
		if d.Engine() == db.Postgres {
			series = `SELECT`
		}
		from := ` FROM c`
		if d.Engine() == db.Postgres {
			from = ` FROM generate_series(1, 1000000) AS c(i)`
		}
		testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO audit_entry (at, actor, action, object_kind, object_id, detail) `+series+
				` 1777636800000 + i, '01krq7t3zj5e8g1k6v0b9d2f4h', 'article.create', 'article', '01krq7t3zj5e8g1k6v0b9d2f4h', '{"state":"draft"}'`+from)
			return err
		})
		// A link for each two entries, as ordinary writing makes them.
		var prev link
		prev.LastSeq = 0
		for prev.LastSeq < n {
			testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error {
				var rows []link
				s := newSummer(prev.Hash)
				err := each(ctx, tx, prev.LastSeq, prev.LastSeq+20000, func(e *chained) error {
					s.add(e)
					if s.n == 2 {
						prev = link{LastSeq: e.Seq, Entries: 2, Hash: s.sum(e.Seq, e.At), At: e.At}
						rows = append(rows, prev)
						s = newSummer(prev.Hash)
					}
					return nil
				})
				if err != nil {
					return err
				}
				return tx.Insert(ctx, &rows)
			})
		}
		began := time.Now()
		report := verified(t, d)
		took := time.Since(began)
		t.Logf("RESULT audit-verify engine=%s entries=%d links=%d took=%s", d.Engine(), report.Entries, report.Links, took.Round(10*time.Millisecond))
		if !report.Good() || report.Entries != n || took > 10*time.Second {
			t.Errorf("%d breaks, %s", len(report.Breaks), took)
		}
	})
}
