package media

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"syscall"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
)

const (
	incomingDir = "incoming"
	lockName    = "lock"
)

// enter makes this process's own incoming folder and locks it, so that another
// process can tell a live folder from one left by a crash.
func (s *Store) enter() error {
	s.entering.Lock()
	defer s.entering.Unlock()
	if s.lock != nil {
		return nil
	}
	dir := path.Join(incomingDir, string(ident.New[ident.Import](time.Now())))
	if err := s.root.MkdirAll(dir, 0o700); err != nil {
		return unwritable(err, s.root.Name())
	}
	f, err := s.root.OpenFile(path.Join(dir, lockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return unwritable(err, s.root.Name())
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return errors.Join(fmt.Errorf("media: lock: %w", err), f.Close())
	}
	s.incoming, s.lock = dir, f
	return nil
}

// leave removes the incoming folder if nothing waits in it.
func (s *Store) leave() error {
	if s.lock == nil {
		return nil
	}
	defer func() { s.lock = nil }()
	if left, err := fs.ReadDir(s.root.FS(), s.incoming); err == nil && len(left) == 1 {
		_ = s.root.RemoveAll(s.incoming)
	}
	return s.lock.Close()
}

// Recover looks through the incoming folders that processes left behind: what
// was committed takes its place, what was not is deleted. It returns how many
// files it settled and how many it deleted.
func (s *Store) Recover(ctx context.Context, r db.Reader) (settled, deleted int, err error) {
	dirs, err := fs.ReadDir(s.root.FS(), incomingDir)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, 0, nil
	}
	if err != nil {
		return 0, 0, fmt.Errorf("media: recover: %w", err)
	}
	for _, d := range dirs {
		dir := path.Join(incomingDir, d.Name())
		if dir == s.incoming || !s.abandoned(dir) {
			continue
		}
		a, b, err := s.recoverDir(ctx, r, dir)
		settled, deleted = settled+a, deleted+b
		if err != nil {
			return settled, deleted, err
		}
	}
	return settled, deleted, nil
}

// abandoned says whether no live process holds the folder's lock. A folder
// whose lock is not made yet is young, not abandoned.
func (s *Store) abandoned(dir string) bool {
	f, err := s.root.OpenFile(path.Join(dir, lockName), os.O_RDWR, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil
}

func (s *Store) recoverDir(ctx context.Context, r db.Reader, dir string) (settled, deleted int, err error) {
	files, err := fs.ReadDir(s.root.FS(), dir)
	if err != nil {
		return 0, 0, fmt.Errorf("media: recover: %w", err)
	}
	for _, f := range files {
		if f.Name() == lockName {
			continue
		}
		known, err := kept(ctx, r, f.Name())
		if err != nil {
			return settled, deleted, err
		}
		if known {
			s.settle(path.Join(dir, f.Name()), Hash(f.Name()))
			settled++
			continue
		}
		deleted++
	}
	if err := s.root.RemoveAll(dir); err != nil {
		return settled, deleted, fmt.Errorf("media: recover: %w", err)
	}
	return settled, deleted, nil
}

// kept says whether the file of that name has a row.
func kept(ctx context.Context, r db.Reader, name string) (bool, error) {
	if !hashForm.MatchString(name) {
		return false, nil
	}
	var n int
	if err := r.Get(ctx, &n, `SELECT count(*) FROM media_file WHERE hash = ?`, name); err != nil {
		return false, fmt.Errorf("media: recover: %w", err)
	}
	return n == 1, nil
}

// Problem is one thing that Check found.
type Problem struct {
	Hash Hash
	Kind string // missing, damaged or orphan
}

// Check compares the folder with the rows: each row's file is there and whole,
// and each file has a row.
func (s *Store) Check(ctx context.Context, r db.Reader) ([]Problem, error) {
	var hashes []Hash
	if err := r.Select(ctx, &hashes, `SELECT hash FROM media_file ORDER BY hash`); err != nil {
		return nil, fmt.Errorf("media: check: %w", err)
	}
	var found []Problem
	known := make(map[string]bool, len(hashes))
	for _, h := range hashes {
		known[h.place()] = true
		f, err := s.Open(h)
		if err != nil {
			found = append(found, Problem{h, "missing"})
			continue
		}
		f.Close()
		if _, err := s.Read(h); err != nil {
			found = append(found, Problem{h, "damaged"})
		}
	}
	orphans, err := s.orphans(known)
	return append(found, orphans...), err
}

func (s *Store) orphans(known map[string]bool) ([]Problem, error) {
	var found []Problem
	err := fs.WalkDir(s.root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name == incomingDir {
			return fs.SkipDir
		}
		if !d.IsDir() && !known[name] {
			found = append(found, Problem{Hash(strings.ReplaceAll(name, "/", "")), "orphan"})
		}
		return nil
	})
	if err != nil {
		return found, fmt.Errorf("media: check: %w", err)
	}
	return found, nil
}
