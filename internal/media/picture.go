package media

import (
	"context"
	"fmt"
	"net/http"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/picture"
)

// Picture is a kept picture and its public forms. The file as it came is kept
// and never shown; readers see a variant, which holds pixels and nothing else.
type Picture struct {
	Hash          Hash
	Width, Height int       // of the picture itself, upright
	Variants      []Variant // from narrow to wide; never none
}

// Variant is a picture in one width.
type Variant struct {
	Picture       Hash
	Width, Height int
	Mime          string // image/jpeg or image/png
	File          Hash
}

// Largest is the widest variant, which is what a picture's address shows.
func (p Picture) Largest() Variant { return p.Variants[len(p.Variants)-1] }

// Fitting is the narrowest variant of at least that width, or the largest.
func (p Picture) Fitting(width int) Variant {
	for _, v := range p.Variants {
		if v.Width >= width {
			return v
		}
	}
	return p.Largest()
}

// Maker makes the public forms of a picture from bytes that nobody vouches for.
// It is an interface so that the program can do it in a process of its own,
// while tests do it in theirs.
type Maker interface {
	Make(ctx context.Context, data []byte) (picture.Set, error)
}

// Option changes a Store when it is opened.
type Option func(*Store)

// WithMaker gives the store somebody who makes pictures. Without one it takes
// in none and says so.
func WithMaker(m Maker) Option { return func(s *Store) { s.maker = m } }

// StagedPicture is a picture that waits for its rows.
type StagedPicture struct {
	Picture
	original Staged
	variants []Staged // in the order of Picture.Variants
}

// StagePicture makes the public forms of a picture, and makes them and the
// picture durable; KeepPicture adds the rows. It takes its time, so it is called
// before the transaction. What is no picture, or one that cannot be read, is a
// fault that says why.
func (s *Store) StagePicture(ctx context.Context, data []byte) (StagedPicture, error) {
	set, err := s.maker.Make(ctx, data)
	if err != nil {
		return StagedPicture{}, err
	}
	var p StagedPicture
	if p.original, err = s.Stage(data, http.DetectContentType(data)); err != nil {
		return StagedPicture{}, err
	}
	p.Picture = Picture{Hash: p.original.Hash, Width: set.Width, Height: set.Height}
	for _, v := range set.Variants {
		file, err := s.Stage(v.Data, v.Mime)
		if err != nil {
			return StagedPicture{}, err
		}
		p.variants = append(p.variants, file)
		p.Variants = append(p.Variants, Variant{Picture: p.Hash, Width: v.Width, Height: v.Height, Mime: v.Mime, File: file.Hash})
	}
	return p, nil
}

// KeepPicture adds the rows of a staged picture and its variants. A picture that
// is kept already stays as it is.
func (s *Store) KeepPicture(ctx context.Context, tx *db.Tx, p StagedPicture) (err error) {
	defer fault.Wrap(&err, "media: keep picture %s", p.Hash)
	var n int
	if err := tx.Get(ctx, &n, `SELECT count(*) FROM media_picture WHERE hash = ?`, p.Hash); err != nil || n > 0 {
		return err
	}
	for _, file := range append([]Staged{p.original}, p.variants...) {
		if err := s.Keep(ctx, tx, file); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(ctx, `INSERT INTO media_picture (hash, width, height, created_at) VALUES (?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING`,
		p.Hash, p.Width, p.Height, db.At(tx.Now())); err != nil {
		return err
	}
	for _, v := range p.Variants {
		if _, err := tx.Exec(ctx, `INSERT INTO media_variant (picture, width, height, mime, file) VALUES (?, ?, ?, ?, ?) ON CONFLICT (picture, width) DO NOTHING`,
			v.Picture, v.Width, v.Height, v.Mime, v.File); err != nil {
			return err
		}
	}
	return nil
}

// NoPicture notes that a file which was kept as a picture is none, so that
// nobody tries again.
func (s *Store) NoPicture(ctx context.Context, tx *db.Tx, h Hash) error {
	_, err := tx.Exec(ctx, `UPDATE media_file SET mime = 'application/octet-stream' WHERE hash = ?`, h)
	if err != nil {
		return fmt.Errorf("media: no picture: %w", err)
	}
	return nil
}

// Reader reads what is known of pictures. It cannot write. The zero Reader knows
// no picture.
type Reader struct{ r db.Reader }

// NewReader reads from the pool, from a snapshot or from a transaction.
func NewReader(r db.Reader) Reader { return Reader{r} }

// Pictures are the pictures of these hashes; one without public forms is absent
// from the answer, as is what is no hash.
func (r Reader) Pictures(ctx context.Context, hashes []Hash) (_ map[Hash]Picture, err error) {
	defer fault.Wrap(&err, "media: pictures")
	out := make(map[Hash]Picture, len(hashes))
	if len(hashes) == 0 || r.r == nil {
		return out, nil
	}
	var rows []struct {
		Hash                        Hash
		Width, Height               int
		VariantWidth, VariantHeight int
		Mime                        string
		File                        Hash
	}
	err = r.r.Select(ctx, &rows, `SELECT p.hash, p.width, p.height, v.width AS variant_width, v.height AS variant_height, v.mime, v.file
		FROM media_picture AS p JOIN media_variant AS v ON v.picture = p.hash WHERE p.hash IN (?) ORDER BY p.hash, v.width`, db.List(hashes))
	for _, row := range rows {
		p := out[row.Hash]
		p.Hash, p.Width, p.Height = row.Hash, row.Width, row.Height
		p.Variants = append(p.Variants, Variant{Picture: row.Hash, Width: row.VariantWidth, Height: row.VariantHeight, Mime: row.Mime, File: row.File})
		out[row.Hash] = p
	}
	return out, err
}

// Named are the pictures that texts name; an empty name is of none.
func (r Reader) Named(ctx context.Context, names []string) (map[Hash]Picture, error) {
	hashes := make([]Hash, 0, len(names))
	for _, name := range names {
		if name != "" {
			hashes = append(hashes, Hash(name))
		}
	}
	return r.Pictures(ctx, hashes)
}

// Variant is a picture in that width, or in its largest for width 0.
func (r Reader) Variant(ctx context.Context, h Hash, width int) (Variant, error) {
	var v Variant
	if r.r == nil {
		return v, fault.New(fault.NotFound, "media.not_found", nil)
	}
	err := r.r.Get(ctx, &v, `SELECT picture, width, height, mime, file FROM media_variant
		WHERE picture = ? AND (width = ? OR ? = 0) ORDER BY width DESC LIMIT 1`, h, width, width)
	return v, db.NotFound(err, "media.not_found", nil)
}

// Unmade lists the kept pictures without public forms, which came in before
// there were any. They are not shown until they have them.
func (r Reader) Unmade(ctx context.Context) (hashes []Hash, err error) {
	defer fault.Wrap(&err, "media: unmade")
	err = r.r.Select(ctx, &hashes, `SELECT f.hash FROM media_file AS f WHERE f.mime LIKE 'image/%'
		AND NOT EXISTS (SELECT 1 FROM media_picture AS p WHERE p.hash = f.hash)
		AND NOT EXISTS (SELECT 1 FROM media_variant AS v WHERE v.file = f.hash) ORDER BY f.hash`)
	return hashes, err
}
