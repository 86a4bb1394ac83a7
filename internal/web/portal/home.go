package portal

import (
	"context"
	"net/http"
	"strings"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
)

// How much of each a front page shows.
const (
	homeNews    = 12
	homeDigests = 3
	homeTopics  = 5
	orgNews     = 10
	// recent is how far back a branch's latest news is looked for.
	recent = 100
)

// home answers the federation's front page.
func (p *Portal) home(w http.ResponseWriter, r *http.Request, s scene) error {
	ctx := r.Context()
	page := homePage{Other: s.others(s.org.Names), MoreNews: s.href("news/"), MoreTopics: s.href("topics/")}
	digests, err := p.press.RecentDigests(ctx, "", homeDigests)
	if err != nil {
		return err
	}
	for _, d := range digests {
		item := feature{newsItem: s.card(d.Card), Sections: s.lang.T("portal.sections", fault.Args{"count": s.lang.Number(d.Sections)})}
		item.Totals = s.sums(d.Totals).Figures
		page.Digests = append(page.Digests, item)
	}
	news, err := p.press.ArticlesOf(ctx, press.ListParams{Below: true, Kind: press.Report, Limit: recent})
	if err != nil {
		return err
	}
	page.News = s.cards(news.Cards[:min(len(news.Cards), homeNews)])
	sums, err := p.press.TotalsBelow(ctx, "")
	if err != nil {
		return err
	}
	page.Totals = s.sums(sums)
	if page.Topics, err = p.openTopics(ctx, s); err != nil {
		return err
	}
	if page.Branches, err = p.branches(ctx, s, news.Cards); err != nil {
		return err
	}
	page.frame = p.frame(s.visit, leaf{
		Kind:        "home",
		Feed:        true,
		Description: s.lang.T("portal.description", fault.Args{"name": s.orgName(s.org.Names).Text}),
	})
	return p.show(w, r, page)
}

// branches lists an organisation's children with the latest news of each.
func (p *Portal) branches(ctx context.Context, s scene, news []press.Card) ([]branchGroup, error) {
	children, err := p.org.Children(ctx, s.org.ID)
	if err != nil {
		return nil, err
	}
	kinds, err := p.kinds(ctx)
	if err != nil {
		return nil, err
	}
	var groups []branchGroup
	kind := ""
	for _, o := range children {
		if o.Status == org.Closed {
			continue
		}
		if len(groups) == 0 || o.Kind != kind {
			kind = o.Kind
			groups = append(groups, branchGroup{Kind: s.orgName(kinds[kind].Names).Text})
		}
		g := &groups[len(groups)-1]
		g.Branches = append(g.Branches, s.branch(o, news))
	}
	return groups, nil
}

// branch is a child with the newest of the given news that is its own or from
// below it.
func (v visit) branch(o org.Organisation, news []press.Card) branch {
	b := branch{link: v.orgLink(o)}
	for _, c := range news {
		if strings.HasPrefix(c.OrgPath, o.Path) {
			b.Latest, b.Date = v.card(c).link, c.PublishedOn
			break
		}
	}
	return b
}

// kinds are the kinds of organisations by slug.
func (p *Portal) kinds(ctx context.Context) (map[string]org.Kind, error) {
	list, err := p.org.Kinds(ctx)
	if err != nil {
		return nil, err
	}
	out := make(map[string]org.Kind, len(list))
	for _, k := range list {
		out[k.Slug] = k
	}
	return out, nil
}
