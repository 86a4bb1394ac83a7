package press

import (
	"context"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/markup"
)

// Outgoing is a published article as channels send it: with its text, and when
// that last changed.
type Outgoing struct {
	Card
	Body      markup.Doc
	UpdatedAt db.Time // of a digest: of the latest change to it or a report it carries
}

// maxOutgoing is how many articles a feed holds: enough for whoever looks once
// a week, few enough to be sent whole.
const maxOutgoing = 30

type outgoingRow struct {
	ID         ident.Article
	Body       string
	UpdatedAt  db.Time
	SectionsAt db.Time
}

// Outgoing lists the newest articles of a list with their texts: of an
// organisation, of it and all below, of a column, of a topic. At most 30 go out.
func (p Public) Outgoing(ctx context.Context, q ListParams) (_ []Outgoing, err error) {
	defer fault.Wrap(&err, "press: outgoing of %q", q.Path)
	if q.Limit <= 0 || q.Limit > maxOutgoing {
		q.Limit = maxOutgoing
	}
	list, err := p.ArticlesOf(ctx, q)
	if err != nil || len(list.Cards) == 0 {
		return nil, err
	}
	ids := make([]ident.Article, 0, len(list.Cards))
	for _, c := range list.Cards {
		ids = append(ids, c.ID)
	}
	texts, err := p.texts(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Outgoing, 0, len(list.Cards))
	for _, c := range list.Cards {
		t, ok := texts[c.ID]
		if !ok {
			continue // taken back since the list was read
		}
		one := Outgoing{Card: c, UpdatedAt: t.UpdatedAt}
		if t.SectionsAt.After(t.UpdatedAt.Time) {
			one.UpdatedAt = t.SectionsAt
		}
		if err := one.Body.UnmarshalJSON([]byte(t.Body)); err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

// texts loads what a Card leaves out.
func (p Public) texts(ctx context.Context, ids []ident.Article) (map[ident.Article]outgoingRow, error) {
	var rows []outgoingRow
	err := p.r.Select(ctx, &rows, `SELECT a.id, a.body, a.updated_at,
			(SELECT max(x.updated_at) FROM digest_section AS s JOIN article AS x ON x.id = s.article_id AND x.state = 'published'
				WHERE s.digest_id = a.id) AS sections_at
		FROM article AS a WHERE a.state = 'published' AND a.id IN (?)`, db.List(ids))
	out := make(map[ident.Article]outgoingRow, len(rows))
	for _, r := range rows {
		out[r.ID] = r
	}
	return out, err
}

// PageAddress is the address of one public page below the site's root, for
// lists of all pages.
type PageAddress struct {
	Path      string      // without a first slash
	Lang      locale.Lang // of an article's text; "" for what is in every language
	UpdatedAt db.Time     // zero where the page shows what others write
}

// AddressPage is one page of a list of all addresses.
type AddressPage struct {
	Number    int     // from 1
	UpdatedAt db.Time // when the articles on it last changed; zero where there are none
}

// pagesSQL lists organisations, their directory, columns, topics, standing pages and published articles.
// The ids rise with time, so what is new comes behind, and a page once full stays
// as it is but for what is taken back. part is an address below the
// organisation's; an article's is made from its date.
const pagesSQL = `
	SELECT o.id, o.path AS org_path, '' AS part, '' AS lang, '' AS published_on, CAST(NULL AS BIGINT) AS updated_at FROM organisation AS o
	UNION ALL
	SELECT '', o.path, 'orgs/', '', '', CAST(NULL AS BIGINT) FROM organisation AS o WHERE o.path = ''
	UNION ALL
	SELECT c.id, o.path, 'news/' || c.slug || '/', '', '', CAST(NULL AS BIGINT) FROM press_column AS c JOIN organisation AS o ON o.id = c.org_id
	UNION ALL
	SELECT t.id, o.path, 'topics/' || t.slug, '', '', CAST(NULL AS BIGINT) FROM topic AS t JOIN organisation AS o ON o.id = t.org_id
	UNION ALL
	SELECT min(p.id), o.path, 'about/' || p.slug, '', '', max(p.updated_at)
		FROM standing_page AS p JOIN organisation AS o ON o.id = p.org_id WHERE p.state = 'published' GROUP BY o.path, p.slug
	UNION ALL
	SELECT a.id, o.path, '', a.lang, a.published_on, a.updated_at
		FROM article AS a JOIN organisation AS o ON o.id = a.org_id WHERE a.state = 'published'`

// AddressPages divides the addresses of all public pages into pages of size.
func (p Public) AddressPages(ctx context.Context, size int) (pages []AddressPage, err error) {
	defer fault.Wrap(&err, "press: pages of addresses")
	err = p.r.Select(ctx, &pages, `SELECT number, max(updated_at) AS updated_at FROM (
			SELECT (row_number() OVER (ORDER BY id) - 1) / ? + 1 AS number, updated_at FROM (`+pagesSQL+`) AS every_page
		) AS numbered GROUP BY number ORDER BY number`, size)
	return pages, err
}

// Addresses is one page of the addresses of all public pages, counted from 1.
func (p Public) Addresses(ctx context.Context, size, page int) (_ []PageAddress, err error) {
	defer fault.Wrap(&err, "press: addresses, page %d", page)
	var rows []struct {
		ID          string
		OrgPath     string
		Part        string
		Lang        locale.Lang
		PublishedOn string
		UpdatedAt   db.Time
	}
	err = p.r.Select(ctx, &rows, pagesSQL+` ORDER BY id LIMIT ? OFFSET ?`, size, (page-1)*size)
	out := make([]PageAddress, 0, len(rows))
	for _, r := range rows {
		a := PageAddress{Path: r.OrgPath + r.Part, Lang: r.Lang, UpdatedAt: r.UpdatedAt}
		if r.PublishedOn != "" {
			a.Path = address(r.OrgPath, r.PublishedOn, ident.Article(r.ID))[1:]
		}
		out = append(out, a)
	}
	return out, err
}
