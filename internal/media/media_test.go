package media

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/testkit"
)

func open(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func keep(t *testing.T, s *Store, d *db.DB, text string) Hash {
	t.Helper()
	staged, err := s.Stage([]byte(text), "text/plain")
	if err != nil {
		t.Fatal(err)
	}
	testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error { return s.Keep(ctx, tx, staged) })
	return staged.Hash
}

// files lists the regular files below dir, locks left out.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && d.Name() != lockName {
			rel, _ := filepath.Rel(dir, path)
			names = append(names, rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestKeepAndRead(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		dir := t.TempDir()
		s := open(t, dir)
		h := keep(t, s, d, "元宵燈會")
		again := keep(t, s, d, "元宵燈會")
		if h != again {
			t.Fatal("the same bytes have one hash")
		}
		got, err := s.Read(h)
		if err != nil || string(got) != "元宵燈會" {
			t.Fatalf("%q %v", got, err)
		}
		f, err := Load(t.Context(), d, h)
		if err != nil || f.Size != 12 || f.Mime != "text/plain" {
			t.Fatalf("%+v %v", f, err)
		}
		if got := files(t, dir); len(got) != 1 || got[0] != filepath.FromSlash(h.place()) {
			t.Fatalf("files: %v", got)
		}
		if p, err := s.Check(t.Context(), d); err != nil || len(p) != 0 {
			t.Fatalf("%v %v", p, err)
		}
	})
}

func TestNotThere(t *testing.T) {
	t.Parallel()
	s, d := open(t, t.TempDir()), testkit.SQLite(t, nil)
	h := HashOf([]byte("nothing"))
	if _, err := s.Read(h); !fault.Is(err, fault.NotFound) {
		t.Error(err)
	}
	if _, err := Load(t.Context(), d, h); !fault.Is(err, fault.NotFound) {
		t.Error(err)
	}
	for _, bad := range []string{"", "../../etc/passwd", "AB" + string(h[2:]), string(h) + "0"} {
		if _, err := ParseHash(bad); !fault.Is(err, fault.NotFound) {
			t.Errorf("%q taken for a hash: %v", bad, err)
		}
	}
}

// A process dies at each point between staging and the move; the next one
// opens the same folder.
func TestRecover(t *testing.T) {
	t.Parallel()
	dir, d := t.TempDir(), testkit.SQLite(t, nil)
	died := open(t, dir)
	lost, err := died.Stage([]byte("never committed"), "x")
	if err != nil {
		t.Fatal(err)
	}
	won, err := died.Stage([]byte("committed, not moved"), "x")
	if err != nil {
		t.Fatal(err)
	}
	testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO media_file (hash, size, mime, created_at) VALUES (?, ?, 'x', 0)`, won.Hash, won.Size)
		return err
	})
	next := open(t, dir)
	if a, b, err := next.Recover(t.Context(), d); a+b != 0 || err != nil {
		t.Fatalf("a live process's files were touched: %d %d %v", a, b, err)
	}
	if _, err := next.Read(won.Hash); err != nil {
		t.Fatalf("a committed file must be readable before its move: %v", err)
	}
	if err := died.lock.Close(); err != nil { // what the kernel does when a process ends
		t.Fatal(err)
	}
	settled, deleted, err := next.Recover(t.Context(), d)
	if settled != 1 || deleted != 1 || err != nil {
		t.Fatalf("settled %d, deleted %d, %v", settled, deleted, err)
	}
	if _, err := next.Read(won.Hash); err != nil {
		t.Fatal(err)
	}
	if _, err := next.Open(lost.Hash); !fault.Is(err, fault.NotFound) {
		t.Fatalf("what was not committed is still there: %v", err)
	}
	if p, err := next.Check(t.Context(), d); err != nil || len(p) != 0 {
		t.Fatalf("%v %v", p, err)
	}
}

// The same and other bytes, kept by many at once.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	dir, d := t.TempDir(), testkit.SQLite(t, nil)
	s := open(t, dir)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, text := range []string{"a", "b", "c"} {
				staged, err := s.Stage([]byte(text), "x")
				if err == nil {
					err = d.Tx(t.Context(), func(ctx context.Context, tx *db.Tx) error { return s.Keep(ctx, tx, staged) })
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if p, err := s.Check(t.Context(), d); err != nil || len(p) != 0 || len(files(t, dir)) != 3 {
		t.Fatalf("%v %v %v", p, err, files(t, dir))
	}
}

func TestRolledBackFileIsNotKept(t *testing.T) {
	t.Parallel()
	dir, d := t.TempDir(), testkit.SQLite(t, nil)
	s := open(t, dir)
	staged, err := s.Stage([]byte("x"), "x")
	if err != nil {
		t.Fatal(err)
	}
	boom := errors.New("boom")
	err = d.Tx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		return errors.Join(s.Keep(ctx, tx, staged), boom)
	})
	if !errors.Is(err, boom) {
		t.Fatal(err)
	}
	if _, err := Load(t.Context(), d, staged.Hash); !fault.Is(err, fault.NotFound) {
		t.Fatal("a row of a change that was undone")
	}
}

func TestCheckFindsDamage(t *testing.T) {
	t.Parallel()
	dir, d := t.TempDir(), testkit.SQLite(t, nil)
	s := open(t, dir)
	gone, bent := keep(t, s, d, "gone"), keep(t, s, d, "bent")
	if err := os.Remove(filepath.Join(dir, gone.place())); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, bent.place()), []byte("other"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "stray"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := s.Check(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, p := range got {
		kinds[p.Kind]++
	}
	if kinds["missing"] != 1 || kinds["damaged"] != 1 || kinds["orphan"] != 1 || len(got) != 3 {
		t.Fatalf("%v", got)
	}
	if _, err := s.Read(bent); fault.As(err) == nil || fault.As(err).Key != "media.damaged" {
		t.Fatal(err)
	}
}

func TestOpenSaysWhenTheFolderCannotBeWritten(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(filepath.Join(file, "blobs")); fault.As(err) == nil || fault.As(err).Key != "media.unwritable" {
		t.Fatal(err)
	}
}
