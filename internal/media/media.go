// Package media keeps files by the hash of their bytes.
//
// A file becomes part of Huiguan in two steps, so that a crash leaves neither
// a row without a file nor a file without a row. Stage writes the bytes to an
// incoming folder and waits for the disk. Keep adds the row in the caller's
// transaction; after the commit the file moves to its place. Until then it is
// found in the incoming folder, and Recover, run when a store is opened,
// finishes the move of what was committed and deletes what was not.
//
// A picture is such a file together with its public forms, which picture makes
// and which are kept files like all others. StagePicture and KeepPicture are the
// two steps for pictures; pages read them through Reader, which cannot write.
//
// Tables: media_file, media_picture, media_variant. Files: blobs/<2 hex>/<62 hex>, blobs/incoming/<process>/.
// Anything that stores bytes from outside calls it; nothing else writes blobs.
package media

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"sync"
	"time"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/picture"
)

// Hash is the lower-case hex SHA-256 of a file's bytes.
type Hash string

var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// HashOf is the hash of data.
func HashOf(data []byte) Hash {
	sum := sha256.Sum256(data)
	return Hash(hex.EncodeToString(sum[:]))
}

// ParseHash reads a hash that came from outside, such as an address.
func ParseHash(s string) (Hash, error) {
	if !hashForm.MatchString(s) {
		return "", fault.New(fault.NotFound, "media.not_found", nil)
	}
	return Hash(s), nil
}

func (h Hash) place() string { return path.Join(string(h[:2]), string(h[2:])) }

// File is what is known of a kept file.
type File struct {
	bun.BaseModel `bun:"table:media_file"`

	Hash      Hash
	Size      int64
	Mime      string
	CreatedAt db.Time
}

// Store is a folder of files. It is safe for concurrent use, also by several
// processes on one folder.
type Store struct {
	root     *os.Root
	incoming string // this process's own incoming folder, below root
	lock     *os.File
	entering sync.Mutex // held while the incoming folder is made
	maker    Maker
}

// Staged is a file that waits for its row.
type Staged struct {
	File
}

// Open opens the store in dir, creating it where needed.
func Open(dir string, options ...Option) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, unwritable(err, dir)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, unwritable(err, dir)
	}
	s := &Store{root: root, maker: picture.Off{}}
	for _, o := range options {
		o(s)
	}
	return s, nil
}

func unwritable(err error, dir string) error {
	return fault.Because(err, fault.Unavailable, "media.unwritable", fault.Args{"dir": dir})
}

// Close gives up the store's own incoming folder.
func (s *Store) Close() error {
	err := s.leave()
	return errors.Join(err, s.root.Close())
}

// Stage makes data durable and returns what Keep needs. Data that is kept
// already is not written again.
func (s *Store) Stage(data []byte, mime string) (Staged, error) {
	staged := Staged{File{Hash: HashOf(data), Size: int64(len(data)), Mime: mime}}
	if _, err := s.root.Stat(staged.Hash.place()); err == nil {
		return staged, nil
	}
	if err := s.enter(); err != nil {
		return Staged{}, err
	}
	name := path.Join(s.incoming, string(staged.Hash))
	if err := s.write(name, data); err != nil {
		return Staged{}, unwritable(err, s.root.Name())
	}
	return staged, nil
}

// write puts data on the disk under name: whole or not at all.
func (s *Store) write(name string, data []byte) error {
	// Two callers may stage the same bytes at once: each writes its own part.
	temp := name + "." + string(ident.New[ident.Import](time.Now())) + ".part"
	f, err := s.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := s.root.Rename(temp, name); err != nil {
		return err
	}
	return s.syncDir(path.Dir(name))
}

func (s *Store) syncDir(dir string) error {
	f, err := s.root.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Keep adds the staged file's row; once the transaction is durable the file
// takes its place.
func (s *Store) Keep(ctx context.Context, tx *db.Tx, staged Staged) error {
	_, err := tx.Exec(ctx, `INSERT INTO media_file (hash, size, mime, created_at) VALUES (?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING`,
		staged.Hash, staged.Size, staged.Mime, db.At(tx.Now()))
	if err != nil {
		return fmt.Errorf("media: keep: %w", err)
	}
	tx.AfterCommit(func() { s.settle(path.Join(s.incoming, string(staged.Hash)), staged.Hash) })
	return nil
}

// Put writes a file whose row is there already, as a restore does.
func (s *Store) Put(data []byte) error {
	h := HashOf(data)
	if err := s.root.MkdirAll(path.Dir(h.place()), 0o700); err != nil {
		return unwritable(err, s.root.Name())
	}
	if err := s.write(h.place(), data); err != nil {
		return unwritable(err, s.root.Name())
	}
	return nil
}

// settle moves an incoming file to its place. Its failure loses nothing: the
// file is still found where it is, and Recover tries again.
func (s *Store) settle(name string, h Hash) {
	if _, err := s.root.Stat(name); err != nil {
		return
	}
	dir := path.Dir(h.place())
	if err := s.root.MkdirAll(dir, 0o700); err != nil {
		return
	}
	if err := s.root.Rename(name, h.place()); err != nil {
		return
	}
	_ = s.syncDir(dir)
}

// Load is what is known of a kept file.
func Load(ctx context.Context, r db.Reader, h Hash) (File, error) {
	var f File
	err := r.Get(ctx, &f, `SELECT * FROM media_file WHERE hash = ?`, h)
	return f, db.NotFound(err, "media.not_found", nil)
}

// Open opens a kept file for reading.
func (s *Store) Open(h Hash) (io.ReadCloser, error) {
	f, err := s.root.Open(h.place())
	if errors.Is(err, fs.ErrNotExist) {
		f, err = s.openIncoming(h)
	}
	if err != nil {
		return nil, fault.Because(err, fault.NotFound, "media.not_found", nil)
	}
	return f, nil
}

// openIncoming looks for a file whose move has not happened yet.
func (s *Store) openIncoming(h Hash) (*os.File, error) {
	names, err := fs.Glob(s.root.FS(), path.Join(incomingDir, "*", string(h)))
	if err != nil || len(names) == 0 {
		return nil, errors.Join(fs.ErrNotExist, err)
	}
	return s.root.Open(names[0])
}

// Read returns a kept file's bytes, checked against its hash.
func (s *Store) Read(h Hash) ([]byte, error) {
	f, err := s.Open(h)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var buf bytes.Buffer
	if _, err := buf.ReadFrom(f); err != nil {
		return nil, fmt.Errorf("media: read %s: %w", h, err)
	}
	if HashOf(buf.Bytes()) != h {
		return nil, fault.New(fault.Unavailable, "media.damaged", fault.Args{"hash": h})
	}
	return buf.Bytes(), nil
}
