package press

import (
	"context"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
)

// Workroom is what those who work here may read beside Public: what is asked of
// organisations, and drafts. It does not know who may; its caller names the
// organisations for which the reader may see it.
type Workroom struct{ r db.Reader }

// NewWorkroom reads from the pool, from a snapshot or from a transaction.
func NewWorkroom(r db.Reader) Workroom { return Workroom{r} }

// Ask is a topic that asks an organisation and is still open.
type Ask struct {
	Topic    ident.Topic
	Titles   org.Names `bun:"embed:title_"`
	By       org.Names `bun:"embed:by_"` // who asks
	ByPath   string
	Slug     string
	Org      ident.Org
	OrgNames org.Names `bun:"embed:org_"`
	Deadline db.Time
}

// State is how the organisation stands towards the topic: it has sent nothing.
func (a Ask) State(now time.Time) ReportState {
	return StateOf(Expectation{}, time.Time{}, a.Deadline.Time, now)
}

// Address is the topic's address below the site's root.
func (a Ask) Address() string { return "/" + a.ByPath + "topics/" + a.Slug }

// maxAsks bounds what a home page lists.
const maxAsks = 50

// AskedOf lists what is asked of organisations by topics that are not frozen and
// for which nothing was sent, what is due first before.
func (w Workroom) AskedOf(ctx context.Context, orgs []ident.Org) (list []Ask, err error) {
	defer fault.Wrap(&err, "press: asked of")
	if len(orgs) == 0 {
		return nil, nil
	}
	err = w.r.Select(ctx, &list, `SELECT t.id AS topic, t.title_hant, t.title_hans, t.title_en, t.slug, t.deadline,
			b.name_hant AS by_hant, b.name_hans AS by_hans, b.name_en AS by_en, b.path AS by_path,
			o.id AS org, o.name_hant AS org_hant, o.name_hans AS org_hans, o.name_en AS org_en
		FROM expectation AS e
		JOIN topic AS t ON t.id = e.topic_id AND t.frozen_at IS NULL
		JOIN organisation AS b ON b.id = t.org_id
		JOIN organisation AS o ON o.id = e.org_id
		WHERE e.org_id IN (?) AND e.excused = '' AND NOT EXISTS (SELECT 1 FROM article_topic AS x JOIN article AS a ON a.id = x.article_id
			WHERE x.topic_id = t.id AND a.org_id = e.org_id AND a.state = 'published' AND a.kind = 'article' AND a.translation_of IS NULL)
		ORDER BY t.deadline IS NULL, t.deadline, t.id, o.path LIMIT ?`, db.List(orgs), maxAsks)
	return list, err
}

// AskedBy lists the topics that organisations opened and that are not frozen, the
// one asked last first.
func (w Workroom) AskedBy(ctx context.Context, orgs []ident.Org) (_ []Topic, err error) {
	defer fault.Wrap(&err, "press: asked by")
	if len(orgs) == 0 {
		return nil, nil
	}
	return Public(w).topics(ctx, `t.org_id IN (?) AND t.frozen_at IS NULL`+topicsNewestFirst+` LIMIT ?`, db.List(orgs), maxAsks)
}

// DraftLine is an article that is not published, in a list.
type DraftLine struct {
	ID        ident.Article
	Title     string
	Lang      string
	Org       ident.Org
	OrgNames  org.Names `bun:"embed:org_"`
	UpdatedAt db.Time
}

// Drafts lists what organisations have not published yet, the latest first.
func (w Workroom) Drafts(ctx context.Context, orgs []ident.Org, limit int) (list []DraftLine, err error) {
	defer fault.Wrap(&err, "press: drafts")
	if len(orgs) == 0 {
		return nil, nil
	}
	err = w.r.Select(ctx, &list, `SELECT a.id, a.title, a.lang, o.id AS org, o.name_hant AS org_hant, o.name_hans AS org_hans, o.name_en AS org_en, a.updated_at
		FROM article AS a JOIN organisation AS o ON o.id = a.org_id
		WHERE a.org_id IN (?) AND a.state = 'draft' ORDER BY a.updated_at DESC, a.id DESC LIMIT ?`, db.List(orgs), pageSize(limit))
	return list, err
}

// Draft is one organisation's draft, to be read before it is published.
func (w Workroom) Draft(ctx context.Context, of ident.Org, id ident.Article) (a Article, err error) {
	defer fault.Wrap(&err, "press: draft %s", id)
	a, _, err = load(ctx, w.r, id)
	if err == nil && (a.Org != of || a.State != Draft) {
		err = fault.New(fault.NotFound, "press.not_found", nil)
	}
	return a, err
}
