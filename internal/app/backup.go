package app

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
)

// schemaEntry is a backup's first entry: the number of its schema.
const schemaEntry = "schema"

// A backup is a gzipped tar of one logical state: the number of its schema,
// tables/<name>.jsonl with one JSON array for each row (the first holds the column names), blobs/<hash>, and
// manifest.json at the end with a checksum of every table. It does not depend on
// the engine: what SQLite wrote, PostgreSQL reads. Keys are not in it.

// manifest says what a backup holds.
type manifest struct {
	Schema  int64                    `json:"schema"`
	Created time.Time                `json:"created"`
	Tables  map[string]tableManifest `json:"tables"`
	Blobs   int                      `json:"blobs"`
}

// tableManifest is one table's share of it.
type tableManifest struct {
	Rows   int    `json:"rows"`
	SHA256 string `json:"sha256"`
}

// Summary is what a backup or restore did.
type Summary struct {
	Rows, Blobs int
}

// Backup writes one state of the federation to file: whole, or not at all.
// Writers go on meanwhile.
func (a *App) Backup(ctx context.Context, file string) (s Summary, err error) {
	temp, err := os.CreateTemp(filepath.Dir(file), ".huiguan-backup-*")
	if err != nil {
		return s, fault.Because(err, fault.Unavailable, "app.backup_unwritable", fault.Args{"file": file})
	}
	defer os.Remove(temp.Name()) //nolint:errcheck // after the rename it is gone
	out := bufio.NewWriterSize(temp, 1<<20)
	zipped := gzip.NewWriter(out)
	b := backup{app: a, tar: tar.NewWriter(zipped), manifest: manifest{Created: a.db.Now(), Tables: map[string]tableManifest{}}}
	err = b.write(ctx)
	err = errors.Join(err, b.tar.Close(), zipped.Close(), out.Flush(), temp.Sync(), temp.Close())
	if err != nil {
		return s, fmt.Errorf("backup: %w", err)
	}
	// A link, unlike a rename, never takes the place of a file that is there.
	if err := os.Link(temp.Name(), file); errors.Is(err, fs.ErrExist) {
		return s, fault.New(fault.Conflict, "app.backup_exists", fault.Args{"file": file})
	} else if err != nil {
		return s, fault.Because(err, fault.Unavailable, "app.backup_unwritable", fault.Args{"file": file})
	}
	return b.summary(), nil
}

// backup is one backup being written.
type backup struct {
	app      *App
	tar      *tar.Writer
	manifest manifest
	hashes   []media.Hash
}

func (b *backup) summary() Summary {
	s := Summary{Blobs: b.manifest.Blobs}
	for _, t := range b.manifest.Tables {
		s.Rows += t.Rows
	}
	return s
}

func (b *backup) write(ctx context.Context) (err error) {
	if b.manifest.Schema, err = b.app.db.SchemaVersion(ctx); err != nil {
		return err
	}
	if err := b.add(schemaEntry, []byte(strconv.FormatInt(b.manifest.Schema, 10))); err != nil {
		return err
	}
	if err := b.tables(ctx); err != nil {
		return err
	}
	for _, h := range b.hashes {
		data, err := b.app.media.Read(h)
		if err != nil {
			return fault.Because(err, fault.Unavailable, "app.backup_blob", fault.Args{"hash": h})
		}
		if err := b.add("blobs/"+string(h), data); err != nil {
			return err
		}
	}
	b.manifest.Blobs = len(b.hashes)
	text, err := json.MarshalIndent(b.manifest, "", "  ")
	if err != nil {
		return err
	}
	return b.add("manifest.json", text)
}

// tables dumps all tables. Each waits in a temporary file, since tar must know
// an entry's size before its bytes.
func (b *backup) tables(ctx context.Context) error {
	t := &tableFile{backup: b}
	defer t.drop()
	err := b.app.db.Dump(ctx, func(table string, columns []string, values []any) error {
		if table != t.name {
			if err := t.next(table, columns); err != nil {
				return err
			}
		}
		if table == "media_file" {
			b.hashes = append(b.hashes, media.Hash(values[slices.Index(columns, "hash")].(string)))
		}
		t.rows++
		return t.line(values)
	})
	return errors.Join(err, t.finish())
}

func (b *backup) add(name string, data []byte) error {
	return b.addReader(name, int64(len(data)), bytes.NewReader(data))
}

func (b *backup) addReader(name string, size int64, r io.Reader) error {
	h := &tar.Header{Name: name, Mode: 0o600, Size: size, ModTime: b.manifest.Created, Format: tar.FormatPAX}
	if err := b.tar.WriteHeader(h); err != nil {
		return err
	}
	_, err := io.Copy(b.tar, r)
	return err
}

// tableFile collects one table's rows.
type tableFile struct {
	backup *backup
	name   string
	rows   int
	file   *os.File
	out    *bufio.Writer
	sum    hash.Hash
}

func (t *tableFile) next(table string, columns []string) error {
	if err := t.finish(); err != nil {
		return err
	}
	f, err := os.CreateTemp("", "huiguan-table-*")
	if err != nil {
		return err
	}
	t.name, t.rows, t.file, t.sum = table, 0, f, sha256.New()
	t.out = bufio.NewWriter(io.MultiWriter(f, t.sum))
	return t.line(columns)
}

func (t *tableFile) line(v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = t.out.Write(append(text, '\n'))
	return err
}

// finish puts the collected table into the backup.
func (t *tableFile) finish() error {
	if t.file == nil {
		return nil
	}
	defer t.drop()
	if err := t.out.Flush(); err != nil {
		return err
	}
	size, err := t.file.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	if _, err := t.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	t.backup.manifest.Tables[t.name] = tableManifest{Rows: t.rows, SHA256: hex.EncodeToString(t.sum.Sum(nil))}
	return t.backup.addReader("tables/"+t.name+".jsonl", size, t.file)
}

func (t *tableFile) drop() {
	if t.file != nil {
		t.file.Close()
		_ = os.Remove(t.file.Name())
		t.file = nil
	}
}

// Restore makes the federation of a backup in a new place: an empty or absent
// data folder and, where DatabaseURL is set, an empty database.
func Restore(ctx context.Context, cfg Config, file string) (s Summary, err error) {
	f, err := os.Open(file)
	if err != nil {
		return s, fault.Because(err, fault.NotFound, "app.backup_unreadable", fault.Args{"file": file})
	}
	defer f.Close()
	if entries, err := os.ReadDir(cfg.Dir); err == nil && len(entries) > 0 {
		return s, fault.New(fault.Conflict, "app.restore_not_empty", fault.Args{"dir": cfg.Dir})
	}
	_, missing := os.Stat(cfg.Dir)
	if s, err = restoreInto(ctx, cfg, f, file); err != nil {
		empty(cfg.Dir, missing != nil)
	}
	return s, err
}

// empty takes away what a restore that failed has put into a folder, and the
// folder itself if it made that too.
func empty(dir string, wholly bool) {
	entries, _ := os.ReadDir(dir) // what cannot be read cannot be removed
	for _, e := range entries {
		_ = os.RemoveAll(filepath.Join(dir, e.Name()))
	}
	if wholly {
		_ = os.Remove(dir)
	}
}

func restoreInto(ctx context.Context, cfg Config, f io.Reader, name string) (s Summary, err error) {
	a, err := Open(ctx, cfg)
	if err != nil {
		return s, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if _, err := a.Org.Federation(ctx); err == nil {
		return s, fault.New(fault.Conflict, "app.restore_database_not_empty", nil)
	}
	zipped, err := gzip.NewReader(bufio.NewReaderSize(f, 1<<20))
	if err != nil {
		return s, fault.Because(err, fault.Invalid, "app.backup_damaged", fault.Args{"file": name})
	}
	have, err := a.db.SchemaVersion(ctx)
	if err != nil {
		return s, err
	}
	r := restore{app: a, tar: tar.NewReader(zipped), schema: have, got: map[string]tableManifest{}, blobs: map[string]bool{}}
	err = a.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return r.read(ctx, tx) })
	if err != nil {
		if fault.As(err) == nil {
			err = fault.Because(err, fault.Invalid, "app.backup_damaged", fault.Args{"file": name})
		}
		return s, err
	}
	for _, t := range r.got {
		s.Rows += t.Rows
	}
	s.Blobs = len(r.blobs)
	return s, nil
}

// restore is one backup being read.
type restore struct {
	app    *App
	tar    *tar.Reader
	schema int64 // this program's
	loader *db.Loader
	got    map[string]tableManifest
	blobs  map[string]bool
	want   *manifest
}

// errBackup says that a backup is not what its manifest says.
var errBackup = errors.New("the backup is not whole")

func (r *restore) read(ctx context.Context, tx *db.Tx) (err error) {
	if r.loader, err = tx.Loader(ctx); err != nil {
		return err
	}
	for {
		h, err := r.tar.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if err := r.entry(ctx, h.Name); err != nil {
			return fmt.Errorf("%s: %w", h.Name, err)
		}
	}
	if err := r.check(ctx, tx); err != nil {
		return err
	}
	if err := r.loader.Finish(ctx); err != nil {
		return err
	}
	if err := org.Reorder(ctx, tx); err != nil {
		return err
	}
	_, err = press.Reindex(ctx, tx, func(int, int) {})
	return err
}

func (r *restore) entry(ctx context.Context, name string) error {
	if name == schemaEntry {
		return r.checkSchema()
	}
	if name == "manifest.json" {
		r.want = &manifest{}
		return json.NewDecoder(r.tar).Decode(r.want)
	}
	if table, ok := strings.CutPrefix(name, "tables/"); ok {
		table = strings.TrimSuffix(table, ".jsonl")
		if !slices.Contains(db.DumpTables(), table) {
			return errBackup
		}
		return r.table(ctx, table)
	}
	if blob, ok := strings.CutPrefix(name, "blobs/"); ok {
		return r.blob(blob)
	}
	return errBackup
}

func (r *restore) table(ctx context.Context, table string) error {
	sum := sha256.New()
	counted := io.TeeReader(r.tar, sum)
	dec := json.NewDecoder(counted)
	dec.UseNumber()
	var columns []string
	if err := dec.Decode(&columns); err != nil {
		return err
	}
	rows := 0
	for dec.More() {
		var values []any
		if err := dec.Decode(&values); err != nil {
			return err
		}
		if len(values) != len(columns) {
			return errBackup
		}
		if err := r.loader.Row(ctx, table, columns, plain(values)); err != nil {
			return err
		}
		rows++
	}
	if _, err := io.Copy(io.Discard, counted); err != nil {
		return err
	}
	r.got[table] = tableManifest{Rows: rows, SHA256: hex.EncodeToString(sum.Sum(nil))}
	return nil
}

// plain turns JSON numbers back into integers.
func plain(values []any) []any {
	for i, v := range values {
		if n, ok := v.(json.Number); ok {
			values[i], _ = n.Int64()
		}
	}
	return values
}

func (r *restore) blob(name string) error {
	h, err := media.ParseHash(name)
	if err != nil {
		return errBackup
	}
	data, err := io.ReadAll(r.tar)
	if err != nil {
		return err
	}
	if media.HashOf(data) != h {
		return errBackup
	}
	r.blobs[name] = true
	return r.app.media.Put(data)
}

// checkSchema refuses a backup that a newer program wrote, before anything else
// of it is read.
func (r *restore) checkSchema() error {
	text, err := io.ReadAll(io.LimitReader(r.tar, 20))
	if err != nil {
		return err
	}
	n, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil {
		return errBackup
	}
	if n > r.schema {
		return fault.New(fault.Conflict, "db.newer_schema", fault.Args{"have": n, "want": r.schema})
	}
	return nil
}

// check compares what was read with the manifest, and the files with their rows.
func (r *restore) check(ctx context.Context, tx *db.Tx) error {
	if r.want == nil || !maps.Equal(r.want.Tables, r.got) || r.want.Blobs != len(r.blobs) {
		return errBackup
	}
	var hashes []string
	if err := tx.Select(ctx, &hashes, `SELECT hash FROM media_file`); err != nil {
		return err
	}
	for _, h := range hashes {
		if !r.blobs[h] {
			return errBackup
		}
	}
	if len(hashes) != len(r.blobs) {
		return errBackup
	}
	return nil
}
