package portal

import (
	"context"
	"net/http"
	"path"

	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// news answers an article or a digest. Its id alone decides; an address of
// another form leads to the canonical one.
func (p *Portal) news(w http.ResponseWriter, r *http.Request, s scene) error {
	ctx := r.Context()
	if len(s.at.Rest) == len("2006/01") && digits(path.Dir(s.at.Rest), 4) && digits(path.Base(s.at.Rest), 2) {
		return kit.Redirect(w, r, s.href(s.org.Path+"news/"+path.Dir(s.at.Rest)+"/"))
	}
	a, err := p.article(ctx, path.Base(s.at.Rest))
	if err != nil {
		return err
	}
	if s.org.ID != a.Org {
		if s.org, err = p.org.Load(ctx, a.Org); err != nil {
			return err
		}
	}
	if address := press.Address(s.org.Path, a); "/"+s.rest != address {
		return kit.Redirect(w, r, s.prefix+address)
	}
	page, err := p.articlePage(ctx, s, a)
	if err != nil {
		return err
	}
	if a.Kind == press.Digest {
		return p.digest(w, r, s, digestPage{articlePage: page}, a)
	}
	list, err := p.press.Facts(ctx, a.ID)
	if err != nil {
		return err
	}
	page.Told = s.toldAll(list, string(a.Lang))
	if page.Related, err = p.related(ctx, s.visit, a, page.linked); err != nil {
		return err
	}
	return p.show(w, r, page)
}

// articlePage fills what article and digest have in common.
func (p *Portal) articlePage(ctx context.Context, s scene, a press.Article) (articlePage, error) {
	lang := string(a.Lang)
	page := articlePage{
		Org: s.orgLink(s.org), Title: s.say(a.Title, lang), Date: a.PublishedOn,
		Source: s.source(a, s.org), Byline: s.say(a.Byline, lang), Text: s.prose(a.Body, lang, 0),
	}
	before, after, err := p.press.Neighbours(ctx, a)
	if err != nil {
		return page, err
	}
	page.linked = map[ident.Article]bool{a.ID: true}
	if before != nil {
		page.Older, page.linked[before.ID] = s.ref(*before), true
	}
	if after != nil {
		page.Newer, page.linked[after.ID] = s.ref(*after), true
	}
	if page.Topics, err = p.topicLinks(ctx, s.visit, a.ID); err != nil {
		return page, err
	}
	carried, err := p.press.CarriedBy(ctx, a.ID)
	if err != nil {
		return page, err
	}
	for _, c := range carried {
		l := s.ref(c)
		l.Href += "#" + anchor(a.ID)
		page.CarriedBy, page.linked[c.ID] = append(page.CarriedBy, l), true
	}
	crumbs, err := p.crumbs(ctx, s, true)
	if err != nil {
		return page, err
	}
	if a.Column != "" {
		columns, err := p.press.ColumnsByID(ctx, []ident.Column{a.Column})
		if err != nil {
			return page, err
		}
		page.Column = s.columnLink(s.org.Path, columns[a.Column])
		crumbs = append(crumbs, page.Column)
	}
	others, err := p.press.Translations(ctx, a)
	if err != nil {
		return page, err
	}
	page.ReadIn = s.readIn(others)
	for _, t := range others {
		page.linked[t.ID] = true
	}
	picture, err := p.standsFor(ctx, a.Picture)
	if err != nil {
		return page, err
	}
	page.frame = p.frame(s.visit, leaf{
		Kind: "article", Title: page.Title.Text, Description: s.convert(a.Summary, lang), Path: s.rest,
		Forms: formsOf(a.Lang), Elsewhere: elsewhere(a, others), Crumbs: crumbs, Picture: picture, Published: a.PublishedAt.Time,
	})
	return page, nil
}

// source is where a text came from, where that is not plainly its organisation.
func (v visit) source(a press.Article, o org.Organisation) phrase {
	if n := o.Names; a.Source == n.Hant || a.Source == n.Hans || a.Source == n.En {
		return phrase{}
	}
	return v.say(a.Source, string(a.Lang))
}

// elsewhere are the addresses of the article's forms in other languages.
func elsewhere(a press.Article, others []press.Ref) map[locale.Lang]string {
	out := map[locale.Lang]string{}
	for _, t := range others {
		if _, have := out[t.Lang]; !have && t.Lang != a.Lang {
			out[t.Lang] = t.Address()[1:]
		}
	}
	return out
}

// readIn are links to an article's other forms. Each says in its own language
// that it can be read in it, and leads to the pages in that language.
func (v visit) readIn(others []press.Ref) []link {
	out := make([]link, 0, len(others))
	for _, t := range others {
		out = append(out, link{
			phrase: phrase{Text: t.Lang.T("lists.read_in_" + t.Lang.Segment()), Lang: string(t.Lang)},
			Href:   v.prefixOf(t.Lang) + t.Address(),
		})
	}
	return out
}

// related are the articles most akin to one, without those that its page links
// to already.
func (p *Portal) related(ctx context.Context, v visit, a press.Article, linked map[ident.Article]bool) ([]newsItem, error) {
	kin, err := p.press.Kindred(ctx, a)
	if err != nil {
		return nil, err
	}
	if a.TranslationOf != "" {
		linked[a.TranslationOf] = true
	}
	return v.cards(press.Related(kin, linked)), nil
}

func (p *Portal) topicLinks(ctx context.Context, v visit, id ident.Article) ([]link, error) {
	list, err := p.press.TopicsOfArticle(ctx, id)
	out := make([]link, 0, len(list))
	for _, t := range list {
		out = append(out, v.topicLink(t))
	}
	return out, err
}

// anchor is where an article's section stands in a digest.
func anchor(id ident.Article) string { return "r-" + string(id) }

// digest answers a digest.
func (p *Portal) digest(w http.ResponseWriter, r *http.Request, s scene, page digestPage, a press.Article) (err error) {
	ctx := r.Context()
	if page.Sections, err = p.sections(ctx, s.visit, a.ID); err != nil {
		return err
	}
	for _, one := range page.Sections {
		page.linked[one.ID] = true
	}
	sums, err := p.press.DigestTotals(ctx, a.ID)
	if err != nil {
		return err
	}
	page.Totals = s.sums(sums[a.ID].Totals)
	if page.Related, err = p.related(ctx, s.visit, a, page.linked); err != nil {
		return err
	}
	page.Kind = "digest"
	return p.show(w, r, page)
}

// sections are a digest's reports, each with what it tells of.
func (p *Portal) sections(ctx context.Context, v visit, digest ident.Article) ([]digestSection, error) {
	list, cards, err := p.reports(ctx, digest)
	if err != nil {
		return nil, err
	}
	ids := make([]ident.Article, 0, len(list))
	for _, one := range list {
		ids = append(ids, one.Article.ID)
	}
	told, err := p.press.Facts(ctx, ids...)
	if err != nil {
		return nil, err
	}
	byArticle := map[ident.Article][]press.Fact{}
	for _, f := range told {
		byArticle[f.Article] = append(byArticle[f.Article], f)
	}
	out, names := make([]digestSection, 0, len(list)), make([]string, len(list))
	for _, one := range list {
		id := one.Article.ID
		part := v.section(one, byArticle[id], string(cards[id].Lang))
		if len(one.Body.Figures()) == 0 { // abridged, or it would be shown twice
			names[len(out)] = cards[id].Picture
		}
		out = append(out, part)
	}
	s, err := picturesOf(ctx, p.pictures, names)
	for i := range out {
		out[i].Sight = s.thumb(names[i])
	}
	return out, err
}

// reports are the sections of a digest, and their articles in brief.
func (p *Portal) reports(ctx context.Context, digest ident.Article) ([]press.Section, map[ident.Article]press.Card, error) {
	list, err := p.press.Sections(ctx, digest)
	if err != nil {
		return nil, nil, err
	}
	ids := make([]ident.Article, 0, len(list))
	for _, one := range list {
		ids = append(ids, one.Article.ID)
	}
	cards, err := p.press.Cards(ctx, ids)
	return list, cards, err
}

// section is one report within a digest. A heading that is just the
// organisation's name follows the reader's language.
func (v visit) section(one press.Section, told []press.Fact, lang string) digestSection {
	name := v.orgName(one.Article.OrgNames)
	heading := v.say(one.Heading, lang)
	if n := one.Article.OrgNames; one.Heading == "" || one.Heading == n.Hant || one.Heading == n.Hans || one.Heading == n.En {
		heading = name
	}
	return digestSection{
		ID:      one.Article.ID,
		Anchor:  anchor(one.Article.ID),
		Org:     link{phrase: name, Href: v.href(one.Article.OrgPath)},
		Heading: heading,
		Article: link{phrase: v.say(one.Article.Title, lang), Href: v.prefix + one.Article.Address()},
		Late:    one.Late,
		Text:    v.prose(one.Body, lang, 1),
		Told:    v.toldAll(told, lang),
	}
}
