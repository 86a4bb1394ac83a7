package org

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// profileRow is a profile as it is stored: what queries look at in columns,
// all else in one value that only this package opens.
type profileRow struct {
	bun.BaseModel `bun:"table:org_profile"`

	OrgID     ident.Org `bun:",pk"`
	Body      db.JSON[Profile]
	Picture   string `bun:",nullzero"`
	RegionKey string // the region's reading, by which a list is divided
	Words     string // the address and the region, in the form in which names are compared
	UpdatedAt db.Time
}

func (r profileRow) profile() Profile {
	p := r.Body.V
	p.Picture = r.Picture
	return p
}

// SetProfile gives an organisation a profile in place of what it had; the empty
// one takes it away. The picture's file must be kept already. The trail notes
// which fields changed, not what they hold.
func SetProfile(ctx context.Context, tx *db.Tx, id ident.Org, p Profile) (err error) {
	defer fault.Wrap(&err, "org.SetProfile(%s)", id)
	if p, err = p.Tidy(); err != nil {
		return err
	}
	if _, err := Load(ctx, tx, id); err != nil {
		return err
	}
	had, err := ProfileOf(ctx, tx, id)
	if err != nil {
		return err
	}
	changed := had.changes(p)
	if changed == "" {
		return nil
	}
	if err := checkPicture(ctx, tx, p.Picture); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM org_profile WHERE org_id = ?`, id); err != nil {
		return err
	}
	if !p.Empty() {
		row := profileRow{
			OrgID: id, Body: db.JSON[Profile]{V: p}, Picture: p.Picture, UpdatedAt: db.At(tx.Now()),
			RegionKey: regionKey(p.Region), Words: wordsOf(p.Address, p.Region),
		}
		if err := tx.Insert(ctx, &row); err != nil {
			return err
		}
	}
	return record(ctx, tx, "profile", id, map[string]string{"fields": changed})
}

// checkPicture refuses a picture whose file nobody kept.
func checkPicture(ctx context.Context, tx *db.Tx, hash string) error {
	if hash == "" {
		return nil
	}
	var n int
	err := tx.Get(ctx, &n, `SELECT count(*) FROM media_file WHERE hash = ?`, hash)
	if err == nil && n == 0 {
		err = wrong("directory.picture_unknown", "picture", nil)
	}
	return err
}

// regionKey is a region's reading: by it regions stand in order, and the same
// region written in two scripts is one.
func regionKey(n Names) string {
	for _, name := range n.all() {
		if s := han.Slug(name); s != "" {
			return s
		}
	}
	return ""
}

// wordsOf joins texts in the form in which names are compared.
func wordsOf(texts ...Names) string {
	var out []string
	for _, n := range texts {
		for _, s := range n.all() {
			out = append(out, NameKey(s))
		}
	}
	return strings.Join(out, " ")
}

// ProfileOf is an organisation's profile; the empty one where nobody wrote any.
func ProfileOf(ctx context.Context, r db.Reader, id ident.Org) (_ Profile, err error) {
	defer fault.Wrap(&err, "org.ProfileOf(%s)", id)
	var rows []profileRow
	err = r.Select(ctx, &rows, `SELECT * FROM org_profile WHERE org_id = ?`, id)
	if err != nil || len(rows) == 0 {
		return Profile{}, err
	}
	return rows[0].profile(), nil
}

// ShowsPicture says whether some organisation's page shows the file of that
// hash. A file has no rights of its own: it is public while a page shows it.
func ShowsPicture(ctx context.Context, r db.Reader, hash string) (_ bool, err error) {
	defer fault.Wrap(&err, "org.ShowsPicture")
	var n int
	err = r.Get(ctx, &n, `SELECT count(*) FROM org_profile WHERE picture = ?`, hash)
	return n > 0, err
}

// SetProfile gives an organisation a profile.
func (s *Store) SetProfile(ctx context.Context, id ident.Org, p Profile) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return SetProfile(ctx, tx, id, p) })
}

// Profile is what an organisation's page shows beside its name.
func (r *Reader) Profile(ctx context.Context, id ident.Org) (Profile, error) {
	return ProfileOf(ctx, r.on, id)
}
