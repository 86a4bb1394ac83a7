package press

import (
	"context"
	"strconv"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/search"
)

// articleRow is an article as it is stored. The body comes last in the table,
// so that lists do not read through it.
type articleRow struct {
	bun.BaseModel `bun:"table:article"`

	ID            ident.Article
	OrgID         ident.Org
	ColumnID      ident.Column `bun:",nullzero"`
	Kind          Kind
	Title         string
	Summary       string
	Lang          locale.Lang
	Byline        string
	Source        string
	State         State
	PublishedOn   string
	PublishedAt   db.Time
	TranslationOf ident.Article `bun:",nullzero"`
	Revision      int
	Edited        bool
	CreatedAt     db.Time
	UpdatedAt     db.Time
	Figures       int
	Picture       string
	Body          string
}

// revisionRow is a text as it stood before or stands now.
type revisionRow struct {
	bun.BaseModel `bun:"table:article_revision"`

	ArticleID ident.Article
	Number    int
	Title     string
	Body      string
	Byline    string
	Source    string
	At        db.Time
	Actor     string
}

type articleTopicRow struct {
	bun.BaseModel `bun:"table:article_topic"`

	ArticleID ident.Article
	TopicID   ident.Topic
}

func (a Article) row(stored string) articleRow {
	return articleRow{
		ID: a.ID, OrgID: a.Org, ColumnID: a.Column, Kind: a.Kind, Title: a.Title, Summary: a.Summary, Lang: a.Lang,
		Byline: a.Byline, Source: a.Source, State: a.State, PublishedOn: a.PublishedOn, PublishedAt: a.PublishedAt,
		TranslationOf: a.TranslationOf, Revision: a.Revision, Edited: a.Edited, CreatedAt: a.CreatedAt, UpdatedAt: a.UpdatedAt,
		Figures: a.Figures, Picture: a.Picture, Body: stored,
	}
}

func (r articleRow) article() (Article, error) {
	a := Article{
		ID: r.ID, Org: r.OrgID, Column: r.ColumnID, Kind: r.Kind, Title: r.Title, Summary: r.Summary, Lang: r.Lang,
		Byline: r.Byline, Source: r.Source, State: r.State, PublishedOn: r.PublishedOn, PublishedAt: r.PublishedAt,
		TranslationOf: r.TranslationOf, Revision: r.Revision, Edited: r.Edited, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt,
		Figures: r.Figures, Picture: r.Picture,
	}
	return a, a.Body.UnmarshalJSON([]byte(r.Body))
}

func (a Article) revision(ctx context.Context, stored string) revisionRow {
	return revisionRow{
		ArticleID: a.ID, Number: a.Revision, Title: a.Title, Body: stored, Byline: a.Byline, Source: a.Source,
		At: a.UpdatedAt, Actor: audit.Actor(ctx),
	}
}

// document is what the search index holds of the article. A digest is found by
// its title and lead, since its sections are found by their own articles.
func (a Article) document(topics []ident.Topic) search.Document {
	d := search.Document{
		ID: string(a.ID), Kind: string(a.Kind), Org: a.Org, Title: a.Title, Body: a.Body.Text(), At: a.PublishedAt.Time,
		Year: yearOf(a.PublishedOn), Lang: string(a.Lang),
	}
	if a.Column != "" {
		d.Tags = append(d.Tags, ColumnTag(a.Column))
	}
	for _, t := range distinct(topics) {
		d.Tags = append(d.Tags, TopicTag(t))
	}
	return d
}

// shown lists the files that the article's own text shows.
func (a Article) shown() []shownRow {
	return shownRows(a.Body, shownRow{Owner: shownByArticle, OwnerID: string(a.ID)})
}

func (a Article) entry(action string, detail map[string]string) audit.Entry {
	return audit.Entry{Action: action, Org: a.Org, ObjectKind: "article", ObjectID: string(a.ID), Detail: detail}
}

// Load is an article in any state, for whoever is about to write.
func Load(ctx context.Context, tx *db.Tx, id ident.Article) (Article, error) {
	a, _, err := load(ctx, tx, id)
	return a, err
}

// load is Load with the body as stored.
func load(ctx context.Context, r db.Reader, id ident.Article) (Article, string, error) {
	var row articleRow
	if err := r.Get(ctx, &row, `SELECT * FROM article WHERE id = ?`, id); err != nil {
		return Article{}, "", db.NotFound(err, "press.not_found", nil)
	}
	a, err := row.article()
	return a, row.Body, err
}

// CreateArticle makes one article; see CreateArticles.
func CreateArticle(ctx context.Context, tx *db.Tx, p ArticleParams) (Article, error) {
	made, err := CreateArticles(ctx, tx, []ArticleParams{p})
	if err != nil {
		return Article{}, err
	}
	return made[0], nil
}

// CreateArticles makes articles, each with its first revision, facts, topics,
// audit entry and, where published, its place in the search index. It asks the
// database once for all of them.
func CreateArticles(ctx context.Context, tx *db.Tx, list []ArticleParams) (_ []Article, err error) {
	defer fault.Wrap(&err, "press: create articles")
	return create(ctx, tx, Report, list)
}

func create(ctx context.Context, tx *db.Tx, kind Kind, list []ArticleParams) ([]Article, error) {
	s, err := settingOf(ctx, tx, list)
	if err != nil {
		return nil, err
	}
	made := make([]Article, 0, len(list))
	var b batch
	for _, p := range list {
		t, err := p.check()
		if err != nil {
			return nil, err
		}
		if err := s.check(p); err != nil {
			return nil, err
		}
		a := s.article(kind, p)
		a.put(t)
		b.add(ctx, a, t, p.Topics)
		made = append(made, a)
	}
	return made, b.write(ctx, tx)
}

// article makes the record that the text is put into.
func (s setting) article(kind Kind, p ArticleParams) Article {
	a := Article{
		ID: ident.New[ident.Article](s.now), Org: p.Org, Column: p.Column, Kind: kind, Lang: p.Lang, State: p.State,
		PublishedOn: p.PublishedOn, TranslationOf: s.originals[p.TranslationOf].ID,
		Revision: 1, CreatedAt: db.At(s.now), UpdatedAt: db.At(s.now),
	}
	if a.Lang == "" {
		a.Lang = s.lang
	}
	switch p.State {
	case "":
		a.State = Draft
	case Published:
		a.publish(s.now, s.zone)
	}
	return a
}

// batch collects rows of several articles, so that each table is written once.
type batch struct {
	articles  []articleRow
	revisions []revisionRow
	facts     []Fact
	topics    []articleTopicRow
	shown     []shownRow
	documents []search.Document
	entries   []audit.Entry
}

func (b *batch) add(ctx context.Context, a Article, t text, topics []ident.Topic) {
	b.articles = append(b.articles, a.row(t.stored))
	b.revisions = append(b.revisions, a.revision(ctx, t.stored))
	for i, f := range t.facts {
		b.facts = append(b.facts, Fact{Org: a.Org, Article: a.ID, Position: i, Fact: f})
	}
	b.topics = append(b.topics, topicRows(a.ID, topics)...)
	b.shown = append(b.shown, a.shown()...)
	if a.State == Published {
		b.documents = append(b.documents, a.document(topics))
	}
	b.entries = append(b.entries, a.entry("article.create", map[string]string{"kind": string(a.Kind), "state": string(a.State)}))
}

func (b *batch) write(ctx context.Context, tx *db.Tx) error {
	if err := tx.Insert(ctx, &b.articles); err != nil {
		return err
	}
	if err := tx.Insert(ctx, &b.revisions); err != nil {
		return err
	}
	if err := insertFacts(ctx, tx, b.facts); err != nil {
		return err
	}
	if err := tx.Insert(ctx, &b.topics); err != nil {
		return err
	}
	if err := tx.Insert(ctx, &b.shown); err != nil {
		return err
	}
	if err := audit.Write(ctx, tx, b.entries...); err != nil {
		return err
	}
	// The index comes last: statements after it would make SQLite flush it early.
	for _, d := range b.documents {
		if err := search.Put(ctx, tx, d); err != nil {
			return err
		}
	}
	return nil
}

func topicRows(id ident.Article, topics []ident.Topic) []articleTopicRow {
	rows := make([]articleTopicRow, 0, len(topics))
	for _, t := range distinct(topics) {
		rows = append(rows, articleTopicRow{ArticleID: id, TopicID: t})
	}
	return rows
}

// ReviseArticle gives an article a new text by a person's hand. Organisation,
// kind, state and original stay; an empty date or language too. Column, topics
// and facts become what is given.
func ReviseArticle(ctx context.Context, tx *db.Tx, id ident.Article, p ArticleParams) (_ Article, err error) {
	defer fault.Wrap(&err, "press: revise %s", id)
	a, before, err := load(ctx, tx, id)
	if err != nil {
		return Article{}, err
	}
	a.Edited = true
	return rewrite(ctx, tx, revision{article: a, before: before, params: p, action: "article.revise"})
}

// ReplaceImported gives an article that nobody edited a new reading of its
// source. It refuses one that a person edited. Topics and a column it stands in
// are only added to. A reading with the same text makes no new revision.
func ReplaceImported(ctx context.Context, tx *db.Tx, id ident.Article, p ArticleParams) (_ Article, err error) {
	defer fault.Wrap(&err, "press: replace %s", id)
	a, before, err := load(ctx, tx, id)
	if err != nil {
		return Article{}, err
	}
	if a.Edited {
		return Article{}, fault.New(fault.Conflict, "press.edited", fault.Args{"title": a.Title})
	}
	have, err := topicIDs(ctx, tx, id)
	if err != nil {
		return Article{}, err
	}
	p.Topics = append(have, p.Topics...)
	if p.Column == "" {
		p.Column = a.Column
	}
	return rewrite(ctx, tx, revision{article: a, before: before, params: p, action: "article.replace"})
}

// revision is a change to an article's text on its way to the tables.
type revision struct {
	article Article
	before  string // the body as stored
	params  ArticleParams
	action  string
}

// apply puts the checked text into the article and says whether it differs.
func (v *revision) apply(s setting, t text) bool {
	a := &v.article
	same := t.title == a.Title && t.byline == a.Byline && t.source == a.Source && t.stored == v.before
	a.put(t)
	a.Column, a.UpdatedAt = v.params.Column, db.At(s.now)
	if v.params.Lang != "" {
		a.Lang = v.params.Lang
	}
	a.redate(v.params.PublishedOn, s.now, s.zone)
	if !same {
		a.Revision++
	}
	return !same
}

func rewrite(ctx context.Context, tx *db.Tx, v revision) (Article, error) {
	v.params.Org, v.params.TranslationOf = v.article.Org, ""
	t, err := v.params.check()
	if err != nil {
		return Article{}, err
	}
	have, err := topicIDs(ctx, tx, v.article.ID)
	if err != nil {
		return Article{}, err
	}
	s, err := settingOf(ctx, tx, []ArticleParams{v.params})
	if err != nil {
		return Article{}, err
	}
	s.keep(have)
	if err := s.check(v.params); err != nil {
		return Article{}, err
	}
	changed := v.apply(s, t)
	a := v.article
	// The article's row first: two writers at once then meet there, where
	// PostgreSQL makes the second one try again.
	if err := update(ctx, tx, a, t.stored); err != nil {
		return Article{}, err
	}
	if changed {
		rev := a.revision(ctx, t.stored)
		if err := tx.Insert(ctx, &rev); err != nil {
			return Article{}, err
		}
	}
	if err := retellFacts(ctx, tx, a, t.facts); err != nil {
		return Article{}, err
	}
	if err := setTopics(ctx, tx, a.ID, v.params.Topics); err != nil {
		return Article{}, err
	}
	if err := showInstead(ctx, tx, shownByArticle, string(a.ID), a.shown()); err != nil {
		return Article{}, err
	}
	if err := index(ctx, tx, a); err != nil {
		return Article{}, err
	}
	return a, audit.Write(ctx, tx, a.entry(v.action, map[string]string{"revision": strconv.Itoa(a.Revision)}))
}

// update stores the article's row anew.
func update(ctx context.Context, tx *db.Tx, a Article, stored string) error {
	r := a.row(stored)
	_, err := tx.Exec(ctx, `UPDATE article SET column_id = ?, title = ?, summary = ?, lang = ?, byline = ?, source = ?, state = ?,
		published_on = ?, published_at = ?, revision = ?, edited = ?, updated_at = ?, figures = ?, picture = ?, body = ? WHERE id = ?`,
		bun.NullZero(r.ColumnID), r.Title, r.Summary, r.Lang, r.Byline, r.Source, r.State,
		r.PublishedOn, r.PublishedAt, r.Revision, r.Edited, r.UpdatedAt, r.Figures, r.Picture, r.Body, r.ID)
	return err
}

// index keeps the search index in step with the article.
func index(ctx context.Context, tx *db.Tx, a Article) error {
	if a.State != Published {
		return search.Remove(ctx, tx, string(a.ID))
	}
	topics, err := topicIDs(ctx, tx, a.ID)
	if err != nil {
		return err
	}
	return search.Put(ctx, tx, a.document(topics))
}

// SetState publishes an article, withdraws it or makes it a draft again. To set
// the state it has already changes nothing.
func SetState(ctx context.Context, tx *db.Tx, id ident.Article, next State) (_ Article, err error) {
	defer fault.Wrap(&err, "press: set state of %s", id)
	a, stored, err := load(ctx, tx, id)
	if err != nil || a.State == next {
		return a, err
	}
	if !a.State.MayBecome(next) {
		return a, fault.New(fault.Conflict, "press.state_refused", nil)
	}
	was := a.State
	if a.State = next; next == Published {
		s, err := settingOf(ctx, tx, nil)
		if err != nil {
			return a, err
		}
		a.publish(s.now, s.zone)
	}
	a.UpdatedAt = db.At(tx.Now())
	if err := update(ctx, tx, a, stored); err != nil {
		return a, err
	}
	if err := index(ctx, tx, a); err != nil {
		return a, err
	}
	return a, audit.Write(ctx, tx, a.entry("article.state", map[string]string{"from": string(was), "to": string(next)}))
}

func topicIDs(ctx context.Context, tx *db.Tx, id ident.Article) (ids []ident.Topic, err error) {
	err = tx.Select(ctx, &ids, `SELECT topic_id FROM article_topic WHERE article_id = ? ORDER BY topic_id`, id)
	return ids, err
}

func setTopics(ctx context.Context, tx *db.Tx, id ident.Article, topics []ident.Topic) error {
	if _, err := tx.Exec(ctx, `DELETE FROM article_topic WHERE article_id = ?`, id); err != nil {
		return err
	}
	rows := topicRows(id, topics)
	return tx.Insert(ctx, &rows)
}

// distinct drops repetitions and keeps the order.
func distinct[T comparable](list []T) []T {
	seen := make(map[T]bool, len(list))
	out := make([]T, 0, len(list))
	for _, v := range list {
		if !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}
