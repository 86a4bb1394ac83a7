package portal

import (
	"net/http"
	"net/url"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/press"
)

// newsOnPage is how many articles one page of a list holds.
const newsOnPage = 30

// newsList answers an organisation's list of news: all of it, or a year's.
func (p *Portal) newsList(w http.ResponseWriter, r *http.Request, s scene) error {
	ctx := r.Context()
	q := press.ListParams{Path: s.org.Path, Below: true, Year: s.at.Rest, Limit: newsOnPage, Before: s.query.Get("before")}
	list, err := p.press.ArticlesOf(ctx, q)
	if fault.Is(err, fault.Misuse) {
		return notFound() // a cursor that somebody cut short
	}
	if err != nil {
		return err
	}
	years, err := p.press.Years(ctx, press.ListParams{Path: s.org.Path, Below: true})
	if err != nil {
		return err
	}
	crumbs, err := p.crumbs(ctx, s, true)
	if err != nil {
		return err
	}
	base := s.org.Path + "news/"
	items := s.cards(list.Cards)
	if err := p.illustrate(ctx, items); err != nil {
		return err
	}
	page := newsPage{Name: s.orgName(s.org.Names), Months: s.months(items), Years: s.years(base, years)}
	title, path, query := s.lang.T("portal.news"), base, ""
	if s.at.Rest != "" {
		page.Year = s.lang.T("portal.year", fault.Args{"year": s.at.Rest})
		title, path = page.Year, base+s.at.Rest+"/"
	}
	if q.Before != "" {
		page.Newest = s.href(path)
		query = url.Values{"before": {q.Before}}.Encode()
	}
	if list.Next != "" {
		page.Older = withQuery(s.href(path), url.Values{"before": {list.Next}}.Encode())
	}
	page.frame = p.frame(s.visit, leaf{
		Kind: "news", Title: title + " · " + page.Name.Text, Path: path, Query: query, Crumbs: crumbs,
	})
	return p.show(w, r, page)
}

// months divides a list by month.
func (v visit) months(items []newsItem) []month {
	var out []month
	for _, item := range items {
		name := v.monthName(item.Date)
		if len(out) == 0 || out[len(out)-1].Name != name {
			out = append(out, month{Name: name})
		}
		last := &out[len(out)-1]
		last.Items = append(last.Items, item)
	}
	return out
}

// years are the ways to each year's list.
func (s scene) years(base string, years []press.YearCount) []yearLink {
	out := []yearLink{{Label: s.lang.T("portal.all_years"), Href: s.href(base), Current: s.at.Rest == ""}}
	for _, y := range years {
		out = append(out, yearLink{Label: y.Year, Href: s.href(base + y.Year + "/"), Current: s.at.Rest == y.Year})
	}
	if len(years) < 2 && s.at.Rest == "" {
		return nil
	}
	return out
}
