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

// Reindex makes the search index anew from all that is published and from the
// tree, and says how far it is. It returns how many documents it indexed.
func Reindex(ctx context.Context, tx *db.Tx, progress func(done, total int)) (done int, err error) {
	defer fault.Wrap(&err, "press: reindex")
	if err := search.Clear(ctx, tx); err != nil {
		return 0, err
	}
	if done, err = reindexArticles(ctx, tx, progress); err != nil {
		return done, err
	}
	for _, rest := range []func(context.Context, *db.Tx) (int, error){reindexTopics, reindexColumns, reindexPages, search.PutOrganisations} {
		n, err := rest(ctx, tx)
		if err != nil {
			return done, err
		}
		done += n
	}
	return done, nil
}

func reindexArticles(ctx context.Context, tx *db.Tx, progress func(done, total int)) (done int, err error) {
	var total int
	if err := tx.Get(ctx, &total, `SELECT count(*) FROM article WHERE state = 'published'`); err != nil {
		return 0, err
	}
	var last ident.Article
	for {
		var rows []articleRow
		err := tx.Select(ctx, &rows, `SELECT * FROM article WHERE state = 'published' AND id > ? ORDER BY id LIMIT ?`, last, reindexBatch)
		if err != nil || len(rows) == 0 {
			return done, err
		}
		last = rows[len(rows)-1].ID
		topics, err := topicsBetween(ctx, tx, rows[0].ID, last)
		if err != nil {
			return done, err
		}
		for _, r := range rows {
			a, err := r.article()
			if err != nil {
				return done, err
			}
			if err := search.Put(ctx, tx, a.document(topics[a.ID])); err != nil {
				return done, err
			}
		}
		done += len(rows)
		progress(done, total)
	}
}

// topicsBetween are the topics of the articles with ids from first to last.
func topicsBetween(ctx context.Context, tx *db.Tx, first, last ident.Article) (map[ident.Article][]ident.Topic, error) {
	var rows []articleTopicRow
	err := tx.Select(ctx, &rows, `SELECT * FROM article_topic WHERE article_id >= ? AND article_id <= ? ORDER BY article_id, topic_id`, first, last)
	out := map[ident.Article][]ident.Topic{}
	for _, r := range rows {
		out[r.ArticleID] = append(out[r.ArticleID], r.TopicID)
	}
	return out, err
}

func reindexTopics(ctx context.Context, tx *db.Tx) (int, error) {
	topics, err := Public{tx}.topics(ctx, `1 = 1`+topicsNewestFirst)
	if err != nil || len(topics) == 0 {
		return 0, err
	}
	zone, err := zoneOf(ctx, tx)
	if err != nil {
		return 0, err
	}
	for _, t := range topics {
		if err := search.Put(ctx, tx, t.document(zone)); err != nil {
			return 0, err
		}
	}
	return len(topics), nil
}

func reindexColumns(ctx context.Context, tx *db.Tx) (int, error) {
	var columns []Column
	if err := tx.Select(ctx, &columns, `SELECT * FROM press_column ORDER BY id`); err != nil {
		return 0, err
	}
	for _, c := range columns {
		if err := search.Put(ctx, tx, c.document()); err != nil {
			return 0, err
		}
	}
	return len(columns), nil
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
