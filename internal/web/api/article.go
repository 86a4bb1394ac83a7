package api

import (
	"context"
	"time"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// ArticleRef is enough of an article to link to it.
type ArticleRef struct {
	ID          ident.Article `json:"id"`
	Title       string        `json:"title"`
	Lang        string        `json:"lang"`
	PublishedOn string        `json:"published_on" format:"date"`
	PublishedAt time.Time     `json:"published_at"`
	Org         OrgRef        `json:"org"`
	Self        string        `json:"self" format:"uri-reference"`
	URL         string        `json:"url" format:"uri-reference"`
}

// ArticleItem is an article in a list, without its text.
type ArticleItem struct {
	ArticleRef
	Kind      string       `json:"kind" enum:"article,digest"`
	WrittenIn string       `json:"written_in"`
	Summary   string       `json:"summary,omitempty"`
	Column    ident.Column `json:"column,omitempty"`
	Figures   int          `json:"figures"`
	Picture   *Picture     `json:"picture,omitempty"`
}

// Article is an article with its text and all that is known of it.
type Article struct {
	ArticleItem
	Byline       string       `json:"byline,omitempty"`
	Source       string       `json:"source,omitempty"`
	UpdatedAt    time.Time    `json:"updated_at"`
	Body         *Body        `json:"body,omitempty"`
	Pictures     []Picture    `json:"pictures"`
	Facts        []Fact       `json:"facts"`
	Totals       Totals       `json:"totals"`
	Topics       []TopicRef   `json:"topics"`
	Translations []ArticleRef `json:"translations"`
	CarriedBy    []ArticleRef `json:"carried_by"`
	Sections     []Section    `json:"sections,omitempty"`
}

// Section is one report's place in a digest.
type Section struct {
	Position int        `json:"position"`
	Org      OrgRef     `json:"org"`
	Heading  string     `json:"heading,omitempty"`
	Abridged bool       `json:"abridged"`
	Late     bool       `json:"late"`
	Article  ArticleRef `json:"article"`
	Body     *Body      `json:"body,omitempty"`
	Pictures []Picture  `json:"pictures"`
	Facts    []Fact     `json:"facts"`
}

// articleRef links to a published article.
func (s scene) articleRef(r press.Ref) ArticleRef {
	return ArticleRef{
		ID: r.ID, Title: s.text(r.Title, r.Lang), Lang: string(s.shown(r.Lang)), PublishedOn: r.PublishedOn, PublishedAt: r.PublishedAt.UTC(),
		Org: s.orgRef(r.OrgID, r.OrgPath, r.OrgNames), Self: s.api("articles/" + string(r.ID)), URL: s.page(r.Address()),
	}
}

func (s scene) articleRefs(list []press.Ref) []ArticleRef {
	out := make([]ArticleRef, 0, len(list))
	for _, r := range list {
		out = append(out, s.articleRef(r))
	}
	return out
}

// card is an article in a list.
func (s scene) card(c press.Card) ArticleItem {
	return ArticleItem{
		ArticleRef: s.articleRef(press.Ref{
			ID: c.ID, Title: c.Title, Lang: c.Lang, PublishedOn: c.PublishedOn, PublishedAt: c.PublishedAt,
			OrgID: c.OrgID, OrgPath: c.OrgPath, OrgNames: c.OrgNames,
		}),
		Kind: string(c.Kind), WrittenIn: string(c.Lang), Summary: s.text(c.Summary, c.Lang), Column: c.ColumnID, Figures: c.Figures,
		Picture: s.picture(c.Picture),
	}
}

// cards are the articles of a list.
func (a *API) cards(ctx context.Context, s scene, list []press.Card) ([]ArticleItem, error) {
	err := a.look(ctx, &s, namedBy(list))
	items := make([]ArticleItem, 0, len(list))
	for _, c := range list {
		items = append(items, s.card(c))
	}
	return items, err
}

// ListArticles are the parameters of the list of articles.
type ListArticles struct {
	Tongue
	Paging
	Org    string `query:"org" format:"ulid" pattern:"^[0-7][0-9a-hjkmnp-tv-z]{25}$"`
	Under  string `query:"under" format:"path" pattern:"^[a-z0-9/-]*$" maxLength:"1000"`
	Kind   string `query:"kind" enum:"article,digest"`
	Column string `query:"column" format:"ulid" pattern:"^[0-7][0-9a-hjkmnp-tv-z]{25}$"`
	Topic  string `query:"topic" format:"ulid" pattern:"^[0-7][0-9a-hjkmnp-tv-z]{25}$"`
	Year   string `query:"year" format:"year" pattern:"^[0-9]{4}$"`
}

// params are what press is asked.
func (a *API) params(ctx context.Context, in *ListArticles) (press.ListParams, error) {
	q := press.ListParams{
		Below: true, Kind: press.Kind(in.Kind), Column: ident.Column(in.Column), Topic: ident.Topic(in.Topic),
		Year: in.Year, Limit: in.Limit, Before: in.After,
	}
	if in.Org != "" && in.Under != "" {
		return q, refuseParam("under", "api.param_org_or_under", nil)
	}
	if in.Org == "" {
		var err error
		q.Path, err = a.under(ctx, in.Under)
		return q, err
	}
	o, err := a.org.Load(ctx, ident.Org(in.Org))
	if fault.Is(err, fault.NotFound) {
		return q, refuseParam("org", "api.param_no_org", nil)
	}
	q.Path, q.Below = o.Path, false
	return q, err
}

func (a *API) listArticles(ctx context.Context, s scene, in *ListArticles) (List[ArticleItem], error) {
	q, err := a.params(ctx, in)
	if err != nil {
		return List[ArticleItem]{}, err
	}
	found, err := a.press.ArticlesOf(ctx, q)
	if err != nil {
		return List[ArticleItem]{}, blame("after", err)
	}
	items, err := a.cards(ctx, s, found.Cards)
	return list(s, items, found.Next), err
}

// ReadByID are the parameters of one record with a text.
type ReadByID struct {
	ByID
	Reading
}

func (a *API) getArticle(ctx context.Context, s scene, in *ReadByID) (Article, error) {
	found, err := a.article(ctx, ident.Article(in.ID))
	if err != nil {
		return Article{}, err
	}
	o, err := a.org.Load(ctx, found.Org)
	if err != nil {
		return Article{}, err
	}
	if err := a.look(ctx, &s, append(namedIn(found.Body), found.Picture)); err != nil {
		return Article{}, err
	}
	out := s.whole(found, o)
	out.Self = s.self()
	at := press.Address(o.Path, found)
	if out.Body, err = s.body(found.Body, leaf{lang: found.Lang, at: at, form: in.Form}); err != nil {
		return Article{}, err
	}
	if found.Kind == press.Digest {
		err = a.digest(ctx, s, &out, in.Form)
	} else {
		err = a.told(ctx, s, &out, found)
	}
	if err != nil {
		return Article{}, err
	}
	return out, a.around(ctx, s, &out, found)
}

// article is the published article of an id. One that was taken back is gone;
// a draft is not there, as what never was.
func (a *API) article(ctx context.Context, id ident.Article) (press.Article, error) {
	found, err := a.press.Article(ctx, id)
	if !fault.Is(err, fault.NotFound) {
		return found, err
	}
	withdrawn, askErr := a.press.Withdrawn(ctx, id)
	switch {
	case askErr != nil:
		return found, askErr
	case withdrawn:
		return found, kit.Gone(fault.New(fault.NotFound, "page.gone", nil))
	}
	return found, err
}

// whole is the article without what other records tell of it.
func (s scene) whole(found press.Article, o org.Organisation) Article {
	return Article{
		ArticleItem: s.card(press.Card{
			ID: found.ID, OrgID: o.ID, OrgPath: o.Path, OrgNames: o.Names, ColumnID: found.Column, Kind: found.Kind, Title: found.Title,
			Summary: found.Summary, Lang: found.Lang, PublishedOn: found.PublishedOn, PublishedAt: found.PublishedAt,
			Figures: found.Figures, Picture: found.Picture,
		}),
		Byline: s.text(found.Byline, found.Lang), Source: s.text(found.Source, found.Lang), UpdatedAt: found.UpdatedAt.UTC(),
		Pictures: s.pictures(found.Body, found.Lang), Facts: []Fact{}, Totals: s.totals(press.Totals{}),
	}
}

// told adds the events that a report tells of.
func (a *API) told(ctx context.Context, s scene, out *Article, found press.Article) error {
	facts, err := a.press.Facts(ctx, found.ID)
	if err != nil {
		return err
	}
	out.Facts, out.Totals = s.facts(facts, found.Lang), s.totals(press.Sum(facts))
	return nil
}

// around adds what other records say of the article.
func (a *API) around(ctx context.Context, s scene, out *Article, found press.Article) error {
	topics, err := a.press.TopicsOfArticle(ctx, found.ID)
	if err != nil {
		return err
	}
	out.Topics = make([]TopicRef, 0, len(topics))
	for _, t := range topics {
		out.Topics = append(out.Topics, s.topicRef(t))
	}
	translations, err := a.press.Translations(ctx, found)
	if err != nil {
		return err
	}
	out.Translations = s.articleRefs(translations)
	carried, err := a.press.CarriedBy(ctx, found.ID)
	out.CarriedBy = s.articleRefs(carried)
	return err
}

// digest adds a digest's sections and what they add up to.
func (a *API) digest(ctx context.Context, s scene, out *Article, form string) error {
	sections, err := a.press.Sections(ctx, out.ID)
	if err != nil {
		return err
	}
	ids := make([]ident.Article, 0, len(sections))
	var texts []markup.Doc
	for _, one := range sections {
		ids, texts = append(ids, one.Article.ID), append(texts, one.Body)
	}
	if err := a.look(ctx, &s, namedIn(texts...)); err != nil {
		return err
	}
	facts, err := a.press.Facts(ctx, ids...)
	if err != nil {
		return err
	}
	byArticle := map[ident.Article][]press.Fact{}
	for _, f := range facts {
		byArticle[f.Article] = append(byArticle[f.Article], f)
	}
	for _, one := range sections {
		section, err := s.section(one, byArticle[one.Article.ID], form)
		if err != nil {
			return err
		}
		out.Sections = append(out.Sections, section)
	}
	sums, err := a.press.DigestTotals(ctx, out.ID)
	out.Totals = s.totals(sums[out.ID].Totals)
	return err
}

// section is one report within a digest.
func (s scene) section(one press.Section, told []press.Fact, form string) (Section, error) {
	r := one.Article
	out := Section{
		Position: one.Position, Org: s.orgRef(r.OrgID, r.OrgPath, r.OrgNames), Heading: s.text(one.Heading, r.Lang),
		Abridged: one.Abridged, Late: one.Late, Article: s.articleRef(r), Pictures: s.pictures(one.Body, r.Lang), Facts: s.facts(told, r.Lang),
	}
	var err error
	out.Body, err = s.body(one.Body, leaf{lang: r.Lang, at: r.Address(), form: form, shift: 1})
	return out, err
}

// leaf says how a text is to be written.
type leaf struct {
	lang  locale.Lang
	at    string // its page, from which its links lead
	form  string // html, text or none
	shift int    // how far its headings move down
}
