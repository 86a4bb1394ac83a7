package org

import (
	"context"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

const (
	maxName  = 200  // characters
	maxPath  = 1000 // bytes: an index entry of PostgreSQL holds 2,700
	maxDepth = 200  // levels: each adds its slug and its position to the order of the tree, which is indexed too
)

type orgRow struct {
	bun.BaseModel `bun:"table:organisation"`
	Organisation
}

// Touched is what a transaction that changed an organisation touches: this with
// the organisation's id behind it.
const Touched = "organisation/"

// record writes the audit entry of one change to an organisation, and lets
// those who keep a copy of its names know.
func record(ctx context.Context, tx *db.Tx, action string, id ident.Org, detail map[string]string) error {
	tx.Touch(Touched + string(id))
	return audit.Write(ctx, tx, audit.Entry{
		Action: "organisation." + action, Org: id, ObjectKind: "organisation", ObjectID: string(id), Detail: detail,
	})
}

// tidy trims the names and refuses what is no name.
func (n Names) tidy() (Names, error) {
	for _, s := range []*string{&n.Hant, &n.Hans, &n.En} {
		*s = strings.TrimSpace(*s)
		if utf8.RuneCountInString(*s) > maxName {
			return n, fault.New(fault.Invalid, "org.name_too_long", fault.Args{"max": maxName})
		}
		if !utf8.ValidString(*s) || strings.ContainsFunc(*s, unicode.IsControl) {
			return n, fault.New(fault.Invalid, "org.name_control", nil)
		}
	}
	if len(n.all()) == 0 {
		return n, fault.New(fault.Invalid, "org.name_missing", nil)
	}
	return n, nil
}

// checkFounded refuses what is neither a year nor a month nor a day.
func checkFounded(s string) error {
	if s == "" {
		return nil
	}
	for _, layout := range []string{"2006", "2006-01", time.DateOnly} {
		if _, err := time.Parse(layout, s); err == nil {
			return nil
		}
	}
	return fault.New(fault.Invalid, "org.founded_invalid", fault.Args{"date": s})
}

// CreateParams says what organisation to make.
type CreateParams struct {
	Parent   ident.Org
	Slug     string // empty: from the names, with a number where it is taken
	Kind     string // empty: as the name and the parent's rules suggest
	Names    Names
	Position int // 0: the last among its siblings
	Founded  string
}

// Create makes an organisation under an active one.
func Create(ctx context.Context, tx *db.Tx, p CreateParams) (_ Organisation, err error) {
	defer fault.Wrap(&err, "org.Create")
	if p.Names, err = p.Names.tidy(); err != nil {
		return Organisation{}, err
	}
	if err := checkFounded(p.Founded); err != nil {
		return Organisation{}, err
	}
	parent, err := activeParent(ctx, tx, p.Parent)
	if err != nil {
		return Organisation{}, err
	}
	if p.Kind, err = chooseKind(ctx, tx, parent, p); err != nil {
		return Organisation{}, err
	}
	if p.Slug, err = chooseSlug(ctx, tx, parent, p); err != nil {
		return Organisation{}, err
	}
	if p.Position == 0 {
		if p.Position, err = lastPosition(ctx, tx, p.Parent); err != nil {
			return Organisation{}, err
		}
	}
	return insert(ctx, tx, Organisation{
		ParentID: p.Parent, Slug: p.Slug, Path: parent.Path + p.Slug + "/", Kind: p.Kind,
		Names: p.Names, Position: p.Position, Founded: p.Founded, TreeOrder: treeOrder(parent.TreeOrder, p.Position, p.Slug),
	})
}

// activeParent loads what an organisation is to hang under.
func activeParent(ctx context.Context, r db.Reader, id ident.Org) (Organisation, error) {
	parent, err := Load(ctx, r, id)
	if err == nil && parent.Status == Closed {
		err = fault.New(fault.Conflict, "org.parent_closed", fault.Args{"org": "/" + parent.Path})
	}
	return parent, err
}

func chooseKind(ctx context.Context, tx *db.Tx, parent Organisation, p CreateParams) (string, error) {
	kinds, err := loadKinds(ctx, tx)
	if err != nil {
		return "", err
	}
	if p.Kind == "" {
		return kinds.choose(parent, p.Names)
	}
	return p.Kind, kinds.check(parent.Kind, p.Kind)
}

func chooseSlug(ctx context.Context, tx *db.Tx, parent Organisation, p CreateParams) (string, error) {
	if p.Slug == "" {
		slug, err := freeSlug(ctx, tx, parent.ID, SlugFor(parent, p.Names, p.Kind))
		if err == nil {
			err = checkPath(parent.Path + slug + "/")
		}
		return slug, err
	}
	if err := checkSlug(p.Slug); err != nil {
		return "", err
	}
	return p.Slug, checkFree(ctx, tx, parent.Path+p.Slug+"/")
}

// checkFree refuses a path that is too long or where an organisation stands.
func checkFree(ctx context.Context, r db.Reader, path string) error {
	if err := checkPath(path); err != nil {
		return err
	}
	_, err := ByPath(ctx, r, path)
	if err == nil {
		return fault.New(fault.Conflict, "org.path_taken", fault.Args{"path": "/" + path})
	}
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}

func checkPath(path string) error {
	if len(path) > maxPath || strings.Count(path, "/") > maxDepth {
		return fault.New(fault.Invalid, "org.path_too_long", nil)
	}
	return nil
}

// lastPosition is the position behind all children.
func lastPosition(ctx context.Context, tx *db.Tx, parent ident.Org) (n int, err error) {
	err = tx.Get(ctx, &n, `SELECT COALESCE(MAX(position), 0) + 1 FROM organisation WHERE parent_id = ?`, parent)
	return n, err
}

// insert writes a checked organisation, its names as keys and its entry.
func insert(ctx context.Context, tx *db.Tx, o Organisation) (Organisation, error) {
	now := db.At(tx.Now())
	o.ID, o.Status, o.CreatedAt, o.UpdatedAt = ident.New[ident.Org](tx.Now()), Active, now, now
	if err := tx.Insert(ctx, &orgRow{Organisation: o}); err != nil {
		return o, err
	}
	if err := addNameKeys(ctx, tx, o.ID, o.Names.all()); err != nil {
		return o, err
	}
	if err := dropOvergrown(ctx, tx, o.Path); err != nil {
		return o, err
	}
	return o, record(ctx, tx, "create", o.ID, map[string]string{"parent": string(o.ParentID), "kind": o.Kind})
}

// addNameKeys makes an organisation found by these names.
func addNameKeys(ctx context.Context, tx *db.Tx, id ident.Org, names []string) error {
	for _, name := range names {
		key := NameKey(name)
		if key == "" {
			continue
		}
		_, err := tx.Exec(ctx, `INSERT INTO org_alias (name_key, org_id) VALUES (?, ?) ON CONFLICT DO NOTHING`, key, id)
		if err != nil {
			return err
		}
	}
	return nil
}

// dropOvergrown drops redirects from paths in a subtree at which organisations
// stand again.
func dropOvergrown(ctx context.Context, tx *db.Tx, path string) error {
	from, to := ScopeSQL(path)
	_, err := tx.Exec(ctx, `DELETE FROM org_redirect WHERE path >= ? AND path < ?
		AND EXISTS (SELECT 1 FROM organisation AS o WHERE o.path = org_redirect.path)`, from, to)
	return err
}
