package press

import (
	"context"
	"strconv"
	"strings"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
)

// Public is what pages may read: published things only. It cannot write, and
// it has no way to say what a draft holds.
type Public struct{ r db.Reader }

// NewPublic reads from the pool, from a snapshot or from a transaction.
func NewPublic(r db.Reader) Public { return Public{r} }

// Ref is enough of a published article to link to it.
type Ref struct {
	ID          ident.Article
	Title       string
	Lang        locale.Lang
	PublishedOn string
	PublishedAt db.Time
	OrgID       ident.Org
	OrgPath     string
	OrgNames    org.Names `bun:"embed:name_"`
}

// Address is the article's address below the site's root.
func (r Ref) Address() string { return address(r.OrgPath, r.PublishedOn, r.ID) }

// Card is a published article in a list.
type Card struct {
	ID          ident.Article
	First       ident.Article // the original of which it is a form; itself where it is one
	OrgID       ident.Org
	OrgPath     string
	OrgNames    org.Names `bun:"embed:name_"`
	ColumnID    ident.Column
	Kind        Kind
	Title       string
	Summary     string
	Lang        locale.Lang
	PublishedOn string
	PublishedAt db.Time
	Figures     int
	Picture     string // file of the first picture that has one
}

// Address is the article's address below the site's root.
func (c Card) Address() string { return address(c.OrgPath, c.PublishedOn, c.ID) }

// cardColumns are a Card's, of article a and organisation o.
const cardColumns = `a.id, coalesce(a.translation_of, a.id) AS first, a.org_id, o.path AS org_path, o.name_hant, o.name_hans, o.name_en, coalesce(a.column_id, '') AS column_id,
	a.kind, a.title, a.summary, a.lang, a.published_on, a.published_at, a.figures, a.picture`

// The sizes of a list's page.
const (
	defaultLimit = 20
	maxLimit     = 200
)

// pageSize is how many records a page holds, of which n were asked for.
func pageSize(n int) int {
	if n <= 0 {
		return defaultLimit
	}
	return min(n, maxLimit)
}

// ListParams says which published articles to list. The zero value lists the
// root's own.
type ListParams struct {
	Path   string       // of the organisation
	Below  bool         // with all organisations below it
	Kind   Kind         // "": both
	Column ident.Column // its organisation's own, so that Path and Below say no more
	Topic  ident.Topic
	Year   string // 2026
	Limit  int    // 0: 20
	Before string // the Next of the page before
}

// List is one page of a list, newest first.
type List struct {
	Cards []Card
	Next  string // cursor of the next page; empty on the last
}

// where is the condition on article a, and its values.
func (p ListParams) where() (string, []any, error) {
	conditions, args := []string{`a.state = 'published'`}, []any{}
	add := func(condition string, values ...any) {
		conditions, args = append(conditions, condition), append(args, values...)
	}
	path := org.CleanPath(p.Path)
	switch from, to := org.ScopeSQL(path); {
	case p.Column != "":
		add(`a.column_id = ?`, p.Column)
	case !p.Below:
		add(`a.org_id = (SELECT id FROM organisation WHERE path = ?)`, path)
	case path != "":
		add(`a.org_id IN (SELECT id FROM organisation WHERE path >= ? AND path < ?)`, from, to)
	}
	if p.Kind != "" {
		add(`a.kind = ?`, p.Kind)
	}
	if p.Topic != "" {
		add(`a.id IN (SELECT article_id FROM article_topic WHERE topic_id = ?)`, p.Topic)
	}
	if p.Year != "" {
		// '.' follows '-', which follows the year in every date.
		add(`a.published_on >= ? AND a.published_on < ?`, p.Year+"-", p.Year+".")
	}
	if p.Before != "" {
		at, id, err := parseCursor[ident.Article](p.Before)
		if err != nil {
			return "", nil, err
		}
		add(`(a.published_at, a.id) < (?, ?)`, at, id)
	}
	return strings.Join(conditions, ` AND `), args, nil
}

// cursor marks a record's place in a list that is in the order of time.
func cursor[T ~string](at db.Time, id T) string {
	return strconv.FormatInt(at.UnixMilli(), 36) + "-" + string(id)
}

func parseCursor[T ~string](s string) (at int64, id T, err error) {
	ms, rest, _ := strings.Cut(strings.TrimPrefix(s, "-"), "-")
	if at, err = strconv.ParseInt(ms, 36, 64); err == nil {
		id, err = ident.Parse[T](rest)
	}
	if err != nil {
		return 0, "", fault.Because(err, fault.Misuse, "press.cursor_invalid", nil)
	}
	if strings.HasPrefix(s, "-") { // before 1970
		at = -at
	}
	return at, id, nil
}

// ArticlesOf lists published articles, newest first, without their bodies.
func (p Public) ArticlesOf(ctx context.Context, q ListParams) (_ List, err error) {
	defer fault.Wrap(&err, "press: articles of %q", q.Path)
	where, args, err := q.where()
	if err != nil {
		return List{}, err
	}
	limit := pageSize(q.Limit)
	// The ids come first, from an index where that serves, then the few rows.
	var cards []Card
	err = p.r.Select(ctx, &cards, `SELECT `+cardColumns+`
		FROM article AS a JOIN organisation AS o ON o.id = a.org_id
		WHERE a.id IN (SELECT a.id FROM article AS a WHERE `+where+` ORDER BY a.published_at DESC, a.id DESC LIMIT ?)
		ORDER BY a.published_at DESC, a.id DESC`, append(args, limit+1)...)
	if err != nil {
		return List{}, err
	}
	list := List{Cards: cards}
	if len(cards) > limit {
		list.Cards = cards[:limit]
		list.Next = cursor(cards[limit-1].PublishedAt, cards[limit-1].ID)
	}
	return list, nil
}

// YearCount is how many articles a year has.
type YearCount struct {
	Year  string
	Count int
}

// Years counts the articles of a list by year, newest first; the list's year
// and cursor do not matter.
func (p Public) Years(ctx context.Context, q ListParams) (years []YearCount, err error) {
	defer fault.Wrap(&err, "press: years of %q", q.Path)
	q.Year, q.Before = "", ""
	where, args, err := q.where()
	if err != nil {
		return nil, err
	}
	err = p.r.Select(ctx, &years, `SELECT substr(a.published_on, 1, 4) AS year, count(*) AS count
		FROM article AS a WHERE `+where+` GROUP BY 1 ORDER BY 1 DESC`, args...)
	return years, err
}

// Article is a published article with its text.
func (p Public) Article(ctx context.Context, id ident.Article) (_ Article, err error) {
	defer fault.Wrap(&err, "press: article %s", id)
	var row articleRow
	if err := p.r.Get(ctx, &row, `SELECT * FROM article WHERE id = ? AND state = 'published'`, id); err != nil {
		return Article{}, db.NotFound(err, "press.not_found", nil)
	}
	return row.article()
}

// refs runs a query that ends as given and yields links.
func (p Public) refs(ctx context.Context, rest string, args ...any) (list []Ref, err error) {
	err = p.r.Select(ctx, &list, `SELECT a.id, a.title, a.lang, a.published_on, a.published_at, a.org_id, o.path AS org_path, o.name_hant, o.name_hans, o.name_en
		FROM article AS a JOIN organisation AS o ON o.id = a.org_id `+rest, args...)
	return list, err
}

// neighbourSQL holds for an article that may stand beside another: of the same
// shelf, and each story once, in the other's language where it has that form.
const neighbourSQL = `a.state = 'published' AND coalesce(a.translation_of, a.id) <> ? AND (a.lang = ? OR a.translation_of IS NULL
	AND NOT EXISTS (SELECT 1 FROM article AS t WHERE t.translation_of = a.id AND t.lang = ? AND t.state = 'published'))`

// Neighbours are the articles published just before and just after this one:
// in its column where it stands in one, else of its organisation. Its own
// translations are none; nil stands at either end.
func (p Public) Neighbours(ctx context.Context, a Article) (before, after *Ref, err error) {
	defer fault.Wrap(&err, "press: neighbours of %s", a.ID)
	shelf, on := `a.org_id = ?`, string(a.Org)
	if a.Column != "" {
		shelf, on = `a.column_id = ?`, string(a.Column)
	}
	one := func(compare, order string) (*Ref, error) {
		list, err := p.refs(ctx, `WHERE `+shelf+` AND `+neighbourSQL+` AND (a.published_at, a.id) `+compare+` (?, ?)
			ORDER BY a.published_at `+order+`, a.id `+order+` LIMIT 1`, on, a.first(), a.Lang, a.Lang, a.PublishedAt, a.ID)
		if err != nil || len(list) == 0 {
			return nil, err
		}
		return &list[0], nil
	}
	if before, err = one(`<`, `DESC`); err != nil {
		return nil, nil, err
	}
	after, err = one(`>`, `ASC`)
	return before, after, err
}

// first is the original of which the article is a form.
func (a Article) first() ident.Article {
	if a.TranslationOf != "" {
		return a.TranslationOf
	}
	return a.ID
}

// Translations lists the published forms of an article in other languages, its
// original among them.
func (p Public) Translations(ctx context.Context, a Article) (_ []Ref, err error) {
	defer fault.Wrap(&err, "press: translations of %s", a.ID)
	first := a.first()
	return p.refs(ctx, `WHERE (a.id = ? OR a.translation_of = ?) AND a.id <> ? AND a.state = 'published' ORDER BY a.lang, a.id`, first, first, a.ID)
}

// Facts lists what published articles tell of, in the order of each text.
func (p Public) Facts(ctx context.Context, articles ...ident.Article) (_ []Fact, err error) {
	defer fault.Wrap(&err, "press: facts")
	if len(articles) == 0 {
		return nil, nil
	}
	var rows []factRow
	err = p.r.Select(ctx, &rows, `SELECT f.* FROM fact AS f JOIN article AS a ON a.id = f.article_id AND a.state = 'published'
		WHERE f.article_id IN (?) ORDER BY f.article_id, f.position`, db.List(articles))
	return factsOf(rows), err
}

// TopicTotals adds up all that was reported to a topic.
func (p Public) TopicTotals(ctx context.Context, id ident.Topic) (_ Totals, err error) {
	defer fault.Wrap(&err, "press: totals of topic %s", id)
	var lines []sumLine
	err = p.r.Select(ctx, &lines, `SELECT f.id, f.org_id, f.kind, f.mode, f.headcount, f.headcount_about
		FROM article_topic AS t CROSS JOIN article AS a CROSS JOIN fact AS f
		WHERE t.topic_id = ? AND a.id = t.article_id AND f.article_id = a.id AND f.date <= a.published_on
			AND a.state = 'published' AND a.kind = 'article' AND a.translation_of IS NULL`, id)
	list := make([]Fact, 0, len(lines))
	for _, l := range lines {
		list = append(list, l.fact())
	}
	return Sum(list), err
}

// Topic is the topic at an organisation's path.
func (p Public) Topic(ctx context.Context, path, slug string) (_ Topic, err error) {
	defer fault.Wrap(&err, "press: topic %q %q", path, slug)
	return loadTopic(ctx, p.r, `o.path = ? AND t.slug = ?`, org.CleanPath(path), slug)
}

// topicsNewestFirst is the order of all lists of topics.
const topicsNewestFirst = ` ORDER BY t.asked_at DESC, t.id DESC`

// topics lists topics by the rest of a query, which ends in their order.
func (p Public) topics(ctx context.Context, rest string, args ...any) ([]Topic, error) {
	var rows []topicRow
	err := p.r.Select(ctx, &rows, `SELECT t.*, o.path FROM topic AS t JOIN organisation AS o ON o.id = t.org_id WHERE `+rest, args...)
	if err != nil {
		return nil, err
	}
	out := make([]Topic, 0, len(rows))
	for _, r := range rows {
		t, err := r.topic()
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// TopicsOfArticle lists the topics that a published article reports to.
func (p Public) TopicsOfArticle(ctx context.Context, id ident.Article) (_ []Topic, err error) {
	defer fault.Wrap(&err, "press: topics of article %s", id)
	return p.topics(ctx, `t.id IN (SELECT x.topic_id FROM article_topic AS x JOIN article AS a ON a.id = x.article_id
		WHERE a.id = ? AND a.state = 'published')`+topicsNewestFirst, id)
}
