package press

import (
	"context"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
)

// Cards loads published articles by their ids, without their bodies; what is
// not published is absent from the answer.
func (p Public) Cards(ctx context.Context, ids []ident.Article) (_ map[ident.Article]Card, err error) {
	defer fault.Wrap(&err, "press: cards")
	out := make(map[ident.Article]Card, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	var cards []Card
	// The expression keeps SQLite from scanning the index of states, which is
	// nearly all of the table, for a handful of ids.
	err = p.r.Select(ctx, &cards, `SELECT `+cardColumns+`
		FROM article AS a JOIN organisation AS o ON o.id = a.org_id WHERE a.id IN (?) AND a.state || '' = 'published'`, db.List(ids))
	for _, c := range cards {
		out[c.ID] = c
	}
	return out, err
}

// TopicsByID loads topics by their ids.
func (p Public) TopicsByID(ctx context.Context, ids []ident.Topic) (_ map[ident.Topic]Topic, err error) {
	defer fault.Wrap(&err, "press: topics by id")
	out := make(map[ident.Topic]Topic, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	list, err := p.topics(ctx, `t.id IN (?)`+topicsNewestFirst, db.List(ids))
	for _, t := range list {
		out[t.ID] = t
	}
	return out, err
}

// Withdrawn says whether an article was out once and has been taken back. Of a
// draft it says no, as of an article that never was.
func (p Public) Withdrawn(ctx context.Context, id ident.Article) (_ bool, err error) {
	defer fault.Wrap(&err, "press: withdrawn %s", id)
	var n int
	err = p.r.Get(ctx, &n, `SELECT count(*) FROM article WHERE id = ? AND state = 'withdrawn' AND published_at IS NOT NULL`, id)
	return n > 0, err
}

// LatestOf says on which day each organisation's newest article came out; who
// has none is absent from the answer.
func (p Public) LatestOf(ctx context.Context, orgs []ident.Org) (_ map[ident.Org]string, err error) {
	defer fault.Wrap(&err, "press: latest of %d", len(orgs))
	out := make(map[ident.Org]string, len(orgs))
	if len(orgs) == 0 {
		return out, nil
	}
	var rows []struct {
		ID          ident.Org
		PublishedOn string
	}
	err = p.r.Select(ctx, &rows, `SELECT o.id, coalesce((SELECT a.published_on FROM article AS a WHERE a.org_id = o.id AND a.state = 'published'
			ORDER BY a.published_at DESC, a.id DESC LIMIT 1), '') AS published_on
		FROM organisation AS o WHERE o.id IN (?)`, db.List(orgs))
	for _, r := range rows {
		if r.PublishedOn != "" {
			out[r.ID] = r.PublishedOn
		}
	}
	return out, err
}

// TotalsBelow adds up what the organisation at a path and all below it have
// told of; ByKind stays empty. Digests and translations tell of nothing new.
func (p Public) TotalsBelow(ctx context.Context, path string) (_ Totals, err error) {
	defer fault.Wrap(&err, "press: totals below %q", path)
	from, to := org.ScopeSQL(org.CleanPath(path))
	// CROSS JOIN makes SQLite go from organisations to facts, never over all articles.
	var sum struct {
		Events, Headcount, About, Organisations, Online, InPerson, Hybrid int
	}
	err = p.r.Get(ctx, &sum, `SELECT count(*) AS events, coalesce(sum(f.headcount), 0) AS headcount,
			coalesce(max(CASE WHEN f.headcount_about = TRUE AND f.headcount > 0 THEN 1 ELSE 0 END), 0) AS about,
			count(DISTINCT f.org_id) AS organisations,
			count(CASE WHEN f.mode = 'online' THEN 1 END) AS online,
			count(CASE WHEN f.mode = 'in-person' THEN 1 END) AS in_person,
			count(CASE WHEN f.mode = 'hybrid' THEN 1 END) AS hybrid
		FROM organisation AS o CROSS JOIN fact AS f CROSS JOIN article AS a
		WHERE o.path >= ? AND o.path < ? AND f.org_id = o.id AND a.id = f.article_id AND f.date <= a.published_on
			AND a.state = 'published' AND a.kind = 'article' AND a.translation_of IS NULL`, from, to)
	if err != nil {
		return Totals{}, err
	}
	return Totals{
		Events: sum.Events, Headcount: sum.Headcount, About: sum.About > 0, Organisations: sum.Organisations,
		ByMode: map[facts.Mode]int{
			facts.Online: sum.Online, facts.InPerson: sum.InPerson, facts.Hybrid: sum.Hybrid,
			facts.Unknown: sum.Events - sum.Online - sum.InPerson - sum.Hybrid,
		},
		ByKind: map[facts.Kind]int{},
	}, nil
}
