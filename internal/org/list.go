package org

import (
	"context"
	"strconv"
	"strings"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// The sizes of a list's page.
const (
	defaultLimit = 20
	maxLimit     = 200
)

// ListParams says which organisations to list. The zero value lists all, in
// the order of their paths: each before what hangs under it.
type ListParams struct {
	Under  string    // path of the organisation that is listed with all below it
	Parent ident.Org // only what hangs directly under this one, in protocol order
	Kind   string
	Status Status
	Limit  int    // 0: 20
	After  string // the Next of the page before
}

// Listing is one page of organisations.
type Listing struct {
	Organisations []Organisation
	Next          string // cursor of the next page; empty on the last
}

// where is the condition, and its values.
func (p ListParams) where() (string, []any, error) {
	from, to := ScopeSQL(CleanPath(p.Under))
	conditions, args := []string{`path >= ?`, `path < ?`}, []any{from, to}
	add := func(condition string, value any) {
		conditions, args = append(conditions, condition), append(args, value)
	}
	if p.Parent != "" {
		add(`parent_id = ?`, p.Parent)
	}
	if p.Kind != "" {
		add(`kind = ?`, p.Kind)
	}
	if p.Status != "" {
		add(`status = ?`, p.Status)
	}
	if p.After != "" {
		position, path, err := parseCursor(p.After)
		switch {
		case err != nil:
			return "", nil, err
		case p.Parent != "":
			conditions, args = append(conditions, `(position, path) > (?, ?)`), append(args, position, path)
		default:
			add(`path > ?`, path)
		}
	}
	return strings.Join(conditions, ` AND `), args, nil
}

// order is how the list is sorted.
func (p ListParams) order() string {
	if p.Parent != "" {
		return `position, path`
	}
	return `path`
}

// cursor marks an organisation's place in either order.
func (o Organisation) cursor() string { return strconv.Itoa(o.Position) + "/" + o.Path }

func parseCursor(s string) (position int, path string, err error) {
	number, path, found := strings.Cut(s, "/")
	position, err = strconv.Atoi(number)
	if err != nil || !found || path != CleanPath(path) || len(path) > maxPath ||
		strings.Trim(path, "abcdefghijklmnopqrstuvwxyz0123456789-/") != "" {
		return 0, "", fault.Because(err, fault.Misuse, "org.cursor_invalid", nil)
	}
	return position, path, nil
}

// List lists organisations page by page, for programs that read all of them.
func List(ctx context.Context, r db.Reader, p ListParams) (_ Listing, err error) {
	defer fault.Wrap(&err, "org.List")
	where, args, err := p.where()
	if err != nil {
		return Listing{}, err
	}
	limit := min(p.Limit, maxLimit)
	if limit <= 0 {
		limit = defaultLimit
	}
	var rows []Organisation
	err = r.Select(ctx, &rows, `SELECT * FROM organisation WHERE `+where+` ORDER BY `+p.order()+` LIMIT ?`, append(args, limit+1)...)
	if err != nil || len(rows) <= limit {
		return Listing{Organisations: rows}, err
	}
	return Listing{Organisations: rows[:limit], Next: rows[limit-1].cursor()}, nil
}
