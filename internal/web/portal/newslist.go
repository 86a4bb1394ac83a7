package portal

import (
	"context"
	"net/http"
	"net/url"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// newsOnPage is how many articles one page of a list holds.
const newsOnPage = 30

// newsList answers an organisation's list of news: all of it and of all below
// it, or one of its columns; of every year or of one.
func (p *Portal) newsList(w http.ResponseWriter, r *http.Request, s scene) error {
	ctx := r.Context()
	shelf, _ := parseShelf(s.at.Rest)
	columns, err := p.press.Columns(ctx, s.org.ID)
	if err != nil {
		return err
	}
	column, err := columnOf(columns, shelf.Column)
	if err != nil {
		return err
	}
	if !s.at.Slash {
		return kit.Redirect(w, r, withQuery(s.href(s.rest)+"/", s.known().Encode()))
	}
	q := press.ListParams{Path: s.org.Path, Below: true, Column: column.ID, Year: shelf.Year, Limit: newsOnPage, Before: s.query.Get("before")}
	page, next, err := p.newsOf(ctx, s, q)
	if err != nil {
		return err
	}
	page.Name = s.orgName(s.org.Names)
	l := leaf{Kind: "news", FeedOf: &feedFolder{Path: s.org.Path, Title: s.feedTitle()}}
	if l.Crumbs, err = p.crumbs(ctx, s, true); err != nil {
		return err
	}
	base := s.org.Path + "news/"
	page.Heading = phrase{Text: s.lang.T("portal.news")}
	page.Columns = s.columnLinks(base, columns, shelf.Column)
	if shelf.Column != "" {
		l.Crumbs = append(l.Crumbs, link{page.Heading, s.href(base)})
		base = column.Address(s.org.Path)[1:]
		page.Heading, page.InColumn, l.Kind = s.orgName(column.Titles), true, "column"
		l.FeedOf = &feedFolder{Path: base, Title: page.Heading.Text + " · " + s.feedTitle()}
	}
	page.Years = s.years(base, page.counts, shelf.Year)
	if l.Path = base; shelf.Year != "" {
		page.Year = s.lang.T("portal.year", fault.Args{"year": shelf.Year})
		l.Path += shelf.Year + "/"
		if shelf.Column != "" {
			l.Crumbs = append(l.Crumbs, link{page.Heading, s.href(base)})
		}
	}
	if q.Before != "" {
		page.Newest = s.href(l.Path)
		l.Query = url.Values{"before": {q.Before}}.Encode()
	}
	if next != "" {
		page.Older = withQuery(s.href(l.Path), url.Values{"before": {next}}.Encode())
	}
	l.Title = page.title()
	page.frame = p.frame(s.visit, l)
	return p.show(w, r, page)
}

// newsOf reads one page of a list, by month, and how many each year has.
func (p *Portal) newsOf(ctx context.Context, s scene, q press.ListParams) (page newsPage, next string, err error) {
	list, err := p.press.ArticlesOf(ctx, q)
	if fault.Is(err, fault.Misuse) {
		return page, "", notFound() // a cursor that somebody cut short
	}
	if err != nil {
		return page, "", err
	}
	items := s.cards(list.Cards)
	if err := p.illustrate(ctx, items); err != nil {
		return page, "", err
	}
	if q.Column != "" {
		for i := range items {
			items[i].Org = link{} // every one is the organisation's own
		}
	}
	page.Months = s.months(items)
	page.counts, err = p.press.Years(ctx, q)
	return page, list.Next, err
}

// column is the organisation's column with that slug.
func (p *Portal) column(ctx context.Context, s scene, slug string) (press.Column, error) {
	list, err := p.press.Columns(ctx, s.org.ID)
	if err != nil {
		return press.Column{}, err
	}
	if slug == "" {
		return press.Column{}, notFound()
	}
	return columnOf(list, slug)
}

// columnOf finds a column by its slug; "" is none.
func columnOf(list []press.Column, slug string) (press.Column, error) {
	if slug == "" {
		return press.Column{}, nil
	}
	for _, c := range list {
		if c.Slug == slug {
			return c, nil
		}
	}
	return press.Column{}, fault.New(fault.NotFound, "lists.column_not_found", nil)
}

// columnLink leads to a column of the organisation at the path.
func (v visit) columnLink(orgPath string, c press.Column) link {
	return link{phrase: v.orgName(c.Titles), Href: v.prefix + c.Address(orgPath)}
}

// columnLinks are the ways between an organisation's columns; none where it has
// no column.
func (s scene) columnLinks(base string, columns []press.Column, current string) []columnWay {
	if len(columns) == 0 {
		return nil
	}
	out := []columnWay{{link: link{phrase{Text: s.lang.T("portal.all_news")}, s.href(base)}, Current: current == ""}}
	for _, c := range columns {
		out = append(out, columnWay{link: s.columnLink(s.org.Path, c), Current: c.Slug == current})
	}
	return out
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
func (v visit) years(base string, years []press.YearCount, current string) []yearLink {
	out := []yearLink{{Label: v.lang.T("portal.all_years"), Href: v.href(base), Current: current == ""}}
	for _, y := range years {
		out = append(out, yearLink{Label: y.Year, Href: v.href(base + y.Year + "/"), Current: current == y.Year})
	}
	if len(years) < 2 && current == "" {
		return nil
	}
	return out
}
