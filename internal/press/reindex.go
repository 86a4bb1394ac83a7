package press

import (
	"context"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/search"
)

// reindexBatch is how many articles are read at once.
const reindexBatch = 200

// Reindex makes the search index anew from all that is published, and says how
// far it is. It returns how many documents it indexed.
func Reindex(ctx context.Context, tx *db.Tx, progress func(done, total int)) (done int, err error) {
	defer fault.Wrap(&err, "press: reindex")
	var total int
	if err := tx.Get(ctx, &total, `SELECT count(*) FROM article WHERE state = 'published'`); err != nil {
		return 0, err
	}
	if err := search.Clear(ctx, tx); err != nil {
		return 0, err
	}
	var last ident.Article
	for {
		var rows []articleRow
		err := tx.Select(ctx, &rows, `SELECT * FROM article WHERE state = 'published' AND id > ? ORDER BY id LIMIT ?`, last, reindexBatch)
		if err != nil {
			return done, err
		}
		if len(rows) == 0 {
			break
		}
		for _, r := range rows {
			a, err := r.article()
			if err != nil {
				return done, err
			}
			if err := search.Put(ctx, tx, a.document()); err != nil {
				return done, err
			}
			last = a.ID
		}
		done += len(rows)
		progress(done, total)
	}
	topics, err := Public{tx}.topics(ctx, `1 = 1`)
	if err != nil {
		return done, err
	}
	for _, t := range topics {
		if err := search.Put(ctx, tx, t.document()); err != nil {
			return done, err
		}
	}
	pages, err := reindexPages(ctx, tx)
	return done + len(topics) + pages, err
}

func reindexPages(ctx context.Context, tx *db.Tx) (int, error) {
	var rows []standingRow
	if err := tx.Select(ctx, &rows, `SELECT * FROM standing_page WHERE state = 'published' ORDER BY id`); err != nil {
		return 0, err
	}
	for _, r := range rows {
		page, err := r.page()
		if err != nil {
			return 0, err
		}
		if err := search.Put(ctx, tx, page.document()); err != nil {
			return 0, err
		}
	}
	return len(rows), nil
}
