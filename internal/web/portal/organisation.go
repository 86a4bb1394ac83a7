package portal

import (
	"context"
	"net/http"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
)

// organisation answers an organisation's own page.
func (p *Portal) organisation(w http.ResponseWriter, r *http.Request, s scene) error {
	ctx := r.Context()
	page := orgPage{
		Name: s.orgName(s.org.Names), Other: s.others(s.org.Names), Closed: s.org.Status == org.Closed,
		MoreNews: s.href(s.org.Path + "news/"), MoreTopics: s.href(s.org.Path + "topics/"),
	}
	if len(s.org.Founded) >= 4 {
		page.Founded = s.lang.T("portal.founded", fault.Args{"year": s.org.Founded[:4]})
	}
	kinds, err := p.kinds(ctx)
	if err != nil {
		return err
	}
	page.Kind = s.orgName(kinds[s.org.Kind].Names).Text
	news, err := p.press.ArticlesOf(ctx, press.ListParams{Path: s.org.Path, Below: true, Limit: recent})
	if err != nil {
		return err
	}
	page.News = s.cards(news.Cards[:min(len(news.Cards), orgNews)])
	if err := p.illustrate(ctx, page.News); err != nil {
		return err
	}
	sums, err := p.press.TotalsBelow(ctx, s.org.Path)
	if err != nil {
		return err
	}
	page.Totals = s.sums(sums)
	if page.Branches, err = p.branches(ctx, s, news.Cards); err != nil {
		return err
	}
	if page.Topics, err = p.topicsHere(ctx, s); err != nil {
		return err
	}
	crumbs, err := p.crumbs(ctx, s, false)
	if err != nil {
		return err
	}
	page.frame = p.frame(s.visit, leaf{
		Kind: "org", Title: page.Name.Text, Path: s.org.Path, Crumbs: crumbs, Feed: true,
		Description: s.lang.T("portal.description", fault.Args{"name": page.Name.Text}),
	})
	return p.show(w, r, page)
}

// crumbs is the way from the federation to the organisation; with itself where
// the page is one of its parts.
func (p *Portal) crumbs(ctx context.Context, s scene, itself bool) ([]link, error) {
	above, err := p.org.Ancestors(ctx, s.org)
	if err != nil {
		return nil, err
	}
	if itself {
		above = append(above, s.org)
	}
	out := make([]link, 0, len(above))
	for _, o := range above {
		l := s.orgLink(o)
		if o.IsRoot() {
			l.phrase = phrase{Text: s.lang.T("page.front")} // its name stands above already
		}
		out = append(out, l)
	}
	return out, nil
}
