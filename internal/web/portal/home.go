package portal

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
)

// How much of each a front page shows.
const (
	homeHeadlines = 6
	homeDigests   = 4
	homeTopics    = 5
	homeComing    = 6
	homeStories   = 12 // branches with news of their own
	branchNews    = 3
	orgNews       = 10
	// recent is how far back a branch's latest news is looked for: news is read
	// once for a page, however many branches there are.
	recent = 200
	// leadDays is how long a digest may lead the front page.
	leadDays = 45
)

// home answers the federation's front page.
func (p *Portal) home(w http.ResponseWriter, r *http.Request, s scene) error {
	ctx := r.Context()
	page := homePage{
		Tagline: s.orgName(org.Names(s.Look.Tagline)), Other: s.others(s.org.Names), MoreNews: s.href("news/"), MoreTopics: s.href("topics/"),
	}
	// A site with a name of its own also says whose it is.
	if name := s.orgName(s.org.Names); name.Text != s.siteName().Text {
		page.Other = append([]phrase{name}, page.Other...)
	}
	if page.Tagline.Text == "" {
		page.Tagline.Text = s.lang.T("portal.home_lead")
	}
	digests, err := p.press.RecentDigests(ctx, "", homeDigests)
	if err != nil {
		return err
	}
	news, err := p.press.ArticlesOf(ctx, press.ListParams{Below: true, Kind: press.Report, Limit: recent})
	if err != nil {
		return err
	}
	page.front(s.visit, digests, news.Cards)
	picture, err := p.leadPicture(ctx, &page.Lead, digests)
	if err != nil {
		return err
	}
	if err := p.illustrate(ctx, page.Headlines); err != nil {
		return err
	}
	sums, err := p.press.TotalsBelow(ctx, "")
	if err != nil {
		return err
	}
	page.Totals = s.sums(sums)
	if page.Topics, err = p.openTopics(ctx, s); err != nil {
		return err
	}
	if page.Coming, err = p.coming(ctx, s, homeComing); err != nil {
		return err
	}
	if err := p.homeBranches(ctx, s, &page, news.Cards); err != nil {
		return err
	}
	page.frame = p.frame(s.visit, leaf{
		Kind:        "home",
		Feed:        true,
		Picture:     picture.largest(page.Lead.Picture),
		Description: s.lang.T("portal.description", fault.Args{"name": s.orgName(s.org.Names).Text}),
	})
	return p.show(w, r, page)
}

// front chooses what leads the page, and what stands beside and below it.
func (p *homePage) front(v visit, digests []press.DigestSummary, news []press.Card) {
	features := make([]feature, 0, len(digests))
	for _, d := range digests {
		features = append(features, v.feature(d))
	}
	if digestLeads(digests, news) {
		p.Lead, p.Digests = features[0], features[1:]
	} else if p.Digests = features; len(news) > 0 {
		i := leading(news)
		p.Lead = feature{newsItem: v.card(news[i]), Picture: news[i].Picture}
		news = slices.Delete(slices.Clone(news), i, i+1)
	}
	p.Headlines = v.cards(news[:min(len(news), homeHeadlines)])
}

// leadPicture gives what leads the page its picture. A digest without one of its
// own has that of the first of its reports that has.
func (p *Portal) leadPicture(ctx context.Context, lead *feature, digests []press.DigestSummary) (pictureSet, error) {
	if lead.Digest && lead.Picture == "" {
		list, cards, err := p.reports(ctx, digests[0].ID)
		if err != nil {
			return nil, err
		}
		for _, one := range list {
			if lead.Picture = cards[one.Article.ID].Picture; lead.Picture != "" {
				break
			}
		}
	}
	s, err := picturesOf(ctx, p.pictures, []string{lead.Picture})
	lead.Large = s.lead(lead.Picture)
	return s, err
}

// digestLeads says whether the newest digest leads the front page: while it is
// news, or where there is nothing else.
func digestLeads(digests []press.DigestSummary, news []press.Card) bool {
	if len(digests) == 0 || len(news) == 0 {
		return len(digests) > 0
	}
	return news[0].PublishedAt.Sub(digests[0].PublishedAt.Time) < leadDays*24*time.Hour
}

// leading is which report leads where no digest does: the newest with a picture
// among the newest few, else the newest with a text, else the newest.
func leading(news []press.Card) int {
	few := news[:min(len(news), homeHeadlines)]
	if i := slices.IndexFunc(few, func(c press.Card) bool { return c.Picture != "" }); i >= 0 {
		return i
	}
	return max(0, slices.IndexFunc(few, func(c press.Card) bool { return c.Summary != "" }))
}

// feature is a digest with what it carries.
func (v visit) feature(d press.DigestSummary) feature {
	return feature{
		newsItem: v.card(d.Card), Picture: d.Picture, Totals: v.sums(d.Totals).Figures,
		Sections: v.lang.T("portal.sections", fault.Args{"count": v.lang.Number(d.Sections)}),
	}
}

// coming are the events that articles announce, at the organisation and below.
func (p *Portal) coming(ctx context.Context, s scene, limit int) ([]comingItem, error) {
	list, err := p.press.Coming(ctx, s.org.Path, p.now().In(s.Zone).Format(time.DateOnly), limit)
	out := make([]comingItem, 0, len(list))
	for _, c := range list {
		out = append(out, s.comingItem(c))
	}
	return out, err
}

// comingItem is one event to come.
func (v visit) comingItem(c press.Coming) comingItem {
	lang := string(c.Lang)
	item := comingItem{
		link: v.ref(c.Ref), Org: link{phrase: v.orgName(c.OrgNames), Href: v.href(c.OrgPath)}, Date: c.Date, When: v.when(c.Fact.Fact, lang),
		Kind: v.lang.T("enum.kind_" + string(c.Kind)), Place: v.say(c.Place, lang),
	}
	if day, err := time.Parse(time.DateOnly, c.Date); err == nil {
		item.Day, item.Month = day.Format("2"), v.shortMonth(day)
	}
	return item
}

// shortMonth is a month as a leaf of a calendar has it.
func (v visit) shortMonth(day time.Time) string {
	if v.lang == locale.En {
		return day.Format("Jan")
	}
	return day.Format("1月")
}

// homeBranches adds the federation's branches, and the stories of those among
// them that the news are of.
func (p *Portal) homeBranches(ctx context.Context, s scene, page *homePage, news []press.Card) error {
	list, err := p.org.BranchesOf(ctx, s.org.ID, orgBranches)
	if err != nil {
		return err
	}
	kinds, err := p.kinds(ctx)
	if err != nil {
		return err
	}
	var all []org.Organisation
	for _, b := range list {
		page.Groups = append(page.Groups, s.group(b, holding{kinds: kinds}))
		all = append(all, b.First...)
	}
	page.Branches = s.stories(all, news)
	return nil
}

// stories are the newest of the given news by the branch that they come from, or
// from below. A branch that none is of is left out.
func (v visit) stories(branches []org.Organisation, news []press.Card) []branchStories {
	var out []branchStories
	for _, o := range branches {
		one := branchStories{Org: v.orgLink(o)}
		for _, c := range news {
			if strings.HasPrefix(c.OrgPath, o.Path) && len(one.Items) < branchNews {
				one.Items = append(one.Items, v.card(c))
			}
		}
		if len(one.Items) > 0 && len(out) < homeStories {
			out = append(out, one)
		}
	}
	return out
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
