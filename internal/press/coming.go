package press

import (
	"context"
	"time"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/org"
)

// Coming is an event that a published article announces.
type Coming struct {
	Fact
	Ref
}

// comingRow is a fact and enough of its article to link to it.
type comingRow struct {
	factRow
	Ref Ref `bun:"embed:ref_"`
}

// Coming lists events at the organisation at a path, and below it, that end on
// the given civil day or later, the first to come first. They are told of by
// reports and announcements; a digest and a translation tell of nothing new.
func (p Public) Coming(ctx context.Context, path, from string, limit int) (_ []Coming, err error) {
	defer fault.Wrap(&err, "press: coming at %q", path)
	low, high := org.ScopeSQL(org.CleanPath(path))
	var rows []comingRow
	err = p.r.Select(ctx, &rows, `SELECT f.*, a.id AS ref_id, a.title AS ref_title, a.lang AS ref_lang, a.published_on AS ref_published_on,
			a.published_at AS ref_published_at, o.path AS ref_org_path, o.name_hant AS ref_name_hant, o.name_hans AS ref_name_hans, o.name_en AS ref_name_en
		FROM fact AS f JOIN article AS a ON a.id = f.article_id JOIN organisation AS o ON o.id = a.org_id
		WHERE f.date >= ? AND (f.date >= ? OR f.end_date >= ?) AND o.path >= ? AND o.path < ?
			AND a.state = 'published' AND a.kind = 'article' AND a.translation_of IS NULL
		ORDER BY f.date, f.id LIMIT ?`, earliest(from), from, from, low, high, limit)
	out := make([]Coming, 0, len(rows))
	for _, r := range rows {
		out = append(out, Coming{Fact: r.fact(), Ref: r.Ref})
	}
	return out, err
}

// longest is how long an event of several days may last and still be looked
// for once it has begun.
const longest = 100 * 24 * time.Hour

// earliest is the first day on which what still goes on may have begun.
func earliest(from string) string {
	day, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return from
	}
	return day.Add(-longest).Format(time.DateOnly)
}
