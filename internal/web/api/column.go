package api

import (
	"context"

	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/press"
)

// languages are those that names and labels come in.
func languages() []string {
	out := make([]string, 0, len(locale.Langs))
	for _, l := range locale.Langs {
		out = append(out, string(l))
	}
	return out
}

// Column is a shelf of an organisation's own.
type Column struct {
	ID       ident.Column `json:"id"`
	Slug     string       `json:"slug"`
	Title    string       `json:"title"`
	Titles   Names        `json:"titles"`
	Position int          `json:"position"`
	Org      OrgRef       `json:"org"`
	Articles string       `json:"articles" format:"uri-reference"`
}

func (s scene) column(c press.ColumnLine) Column {
	return Column{
		ID: c.ID, Slug: c.Slug, Title: s.name(c.Titles), Titles: names(c.Titles), Position: c.Position,
		Org: s.orgRef(c.OrgID, c.OrgPath, c.OrgNames), Articles: s.api("articles?column=" + string(c.ID)),
	}
}

// ListColumns are the parameters of the list of columns.
type ListColumns struct {
	Tongue
	Paging
	Org string `query:"org" format:"ulid" pattern:"^[0-7][0-9a-hjkmnp-tv-z]{25}$"`
}

func (a *API) listColumns(ctx context.Context, s scene, in *ListColumns) (List[Column], error) {
	found, err := a.press.ColumnList(ctx, press.ColumnListParams{Org: ident.Org(in.Org), Limit: in.Limit, After: in.After})
	if err != nil {
		return List[Column]{}, blame("after", err)
	}
	items := make([]Column, 0, len(found.Columns))
	for _, c := range found.Columns {
		items = append(items, s.column(c))
	}
	return list(s, items, found.Next), nil
}
