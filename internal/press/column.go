package press

import (
	"context"
	"regexp"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/search"
)

// Column is a shelf of an organisation's own: its notices, its people, its
// journal. An article stands in one column of its organisation or in none.
type Column struct {
	bun.BaseModel `bun:"table:press_column"`

	ID       ident.Column
	OrgID    ident.Org
	Slug     string
	Titles   org.Names `bun:"embed:title_"`
	Position int
}

// Address is the column's page below the site's root, for an organisation at
// the path.
func (c Column) Address(orgPath string) string { return "/" + orgPath + "news/" + c.Slug + "/" }

// document lets a column be found by its title in any language.
func (c Column) document() search.Document {
	titles := search.Names(c.Titles)
	return search.Document{
		ID: string(c.ID), Kind: "column", Org: c.OrgID, Title: titles[0], Also: titles[1:], Tags: []string{ColumnTag(c.ID)}, Named: true,
	}
}

var yearForm = regexp.MustCompile(`^[0-9]{4}$`)

// checkColumnSlug refuses what cannot follow news/ in an address: four digits
// are a year there, and an id is an article.
func checkColumnSlug(slug string) error {
	if err := checkSlug(slug); err != nil {
		return err
	}
	if _, err := ident.Parse[ident.Article](slug); err == nil || yearForm.MatchString(slug) {
		return fault.New(fault.Invalid, "lists.column_slug", fault.Args{"slug": slug})
	}
	return nil
}

// CreateColumn adds a column behind the organisation's others.
func CreateColumn(ctx context.Context, tx *db.Tx, of ident.Org, slug string, titles org.Names) (_ Column, err error) {
	defer fault.Wrap(&err, "press: create column")
	if err := checkColumnSlug(slug); err != nil {
		return Column{}, err
	}
	if titles, err = tidyTitles(titles); err != nil {
		return Column{}, err
	}
	if _, err := org.Load(ctx, tx, of); err != nil {
		return Column{}, err
	}
	var last struct{ Same, Position int }
	err = tx.Get(ctx, &last, `SELECT count(CASE WHEN slug = ? THEN 1 END) AS same, coalesce(max(position), 0) AS position
		FROM press_column WHERE org_id = ?`, slug, of)
	if err != nil {
		return Column{}, err
	}
	if last.Same > 0 {
		return Column{}, fault.New(fault.Conflict, "press.slug_taken", fault.Args{"slug": slug})
	}
	c := Column{ID: ident.New[ident.Column](tx.Now()), OrgID: of, Slug: slug, Titles: titles, Position: last.Position + 1}
	if err := tx.Insert(ctx, &c); err != nil {
		return Column{}, err
	}
	if err := search.Put(ctx, tx, c.document()); err != nil {
		return Column{}, err
	}
	return c, audit.Write(ctx, tx, audit.Entry{Action: "column.create", Org: of, ObjectKind: "column", ObjectID: string(c.ID)})
}

// Columns lists an organisation's columns in their order.
func (p Public) Columns(ctx context.Context, of ident.Org) (list []Column, err error) {
	defer fault.Wrap(&err, "press: columns of %s", of)
	err = p.r.Select(ctx, &list, `SELECT * FROM press_column WHERE org_id = ? ORDER BY position, slug`, of)
	return list, err
}

// ColumnsByID loads columns by their ids.
func (p Public) ColumnsByID(ctx context.Context, ids []ident.Column) (_ map[ident.Column]Column, err error) {
	defer fault.Wrap(&err, "press: columns by id")
	out := make(map[ident.Column]Column, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	var list []Column
	err = p.r.Select(ctx, &list, `SELECT * FROM press_column WHERE id IN (?)`, db.List(ids))
	for _, c := range list {
		out[c.ID] = c
	}
	return out, err
}
