package portal

import (
	"context"
	"net/http"
	"strings"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/search"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// The limits of a search.
const (
	hitsOnPage = 20
	maxQuery   = 200 // characters
	maxPages   = search.MaxTotal / hitsOnPage
	// fewHits is how many hits still ask for help.
	fewHits = 2
)

// searchPage answers a search. It works without a script, and what was asked
// is kept nowhere. A form sends also what was not chosen; that is led to the
// address that says only what was.
func (p *Portal) searchPage(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := p.readSearch(r.Context(), v)
	if err != nil {
		return err
	}
	if fromForm(v) {
		w.Header().Set("Cache-Control", kit.CacheNever)
		http.Redirect(w, r, a.address(v), http.StatusSeeOther)
		return nil
	}
	page, err := p.find(r.Context(), v, a)
	if err != nil {
		return err
	}
	l := leaf{Kind: "search", Title: v.lang.T("page.search"), Path: "search", Query: a.values().Encode(), NoIndex: true}
	if a.Query != "" {
		l.Title = v.lang.T("page.search_title", fault.Args{"query": a.Query})
	}
	page.frame = p.frame(v, l)
	page.Query, page.NoSearch = a.Query, true
	body, err := kit.Render(r.Context(), page.View())
	if err != nil {
		return err
	}
	return kit.Respond(w, r, kit.Response{Type: kit.HTML, Cache: kit.CacheNever, Body: body})
}

// fromForm says whether an address has filters without a value.
func fromForm(v visit) bool {
	for _, name := range searchParameters() {
		if name != "q" && v.query.Has(name) && v.query.Get(name) == "" {
			return true
		}
	}
	return false
}

// find fills the page. A query that cannot be searched for is answered on the
// page too, with the reason.
func (p *Portal) find(ctx context.Context, v visit, a asked) (searchPage, error) {
	page := searchPage{}
	if a.Ignored {
		page.Notice = v.lang.T("find.ignored")
	}
	if a.Query == "" {
		return page, p.narrow(ctx, chooser{visit: v, asked: a}, &page)
	}
	found, err := p.search.Find(ctx, a.search())
	c := chooser{visit: v, asked: a, found: found}
	if fault.Is(err, fault.Invalid) {
		page.Found = v.lang.Error(err)
		return page, p.narrow(ctx, c, &page)
	}
	if err != nil {
		return page, err
	}
	if page.Hits, err = p.results(ctx, v, found.Hits); err != nil {
		return page, err
	}
	page.Found = v.found(a.Query, found.Total)
	if err := p.narrow(ctx, c, &page); err != nil {
		return page, err
	}
	a.turn(v, found.Total, &page)
	if found.Total <= fewHits {
		err = p.help(ctx, c, &page)
	}
	return page, err
}

// turn leads to the pages before and after, and to the other order.
func (a asked) turn(v visit, total int, page *searchPage) {
	to := func(n int) string {
		a := a
		a.Page = n
		return a.address(v)
	}
	if a.Page > 1 {
		page.Prev = to(a.Page - 1)
	}
	if a.Page*hitsOnPage < total && a.Page < maxPages {
		page.Next = to(a.Page + 1)
	}
	if total > 1 {
		page.Orders = []choiceLink{
			{Label: v.lang.T("find.sort_best"), Href: a.with(func(a *asked) { a.Newest = false }).address(v), Current: !a.Newest},
			{Label: v.lang.T("find.sort_new"), Href: a.with(func(a *asked) { a.Newest = true }).address(v), Current: a.Newest},
		}
	}
}

// found says how many were found.
func (v visit) found(query string, n int) string {
	switch {
	case n == 0:
		return v.lang.T("portal.search_none", fault.Args{"query": query})
	case n >= search.MaxTotal:
		return v.lang.T("portal.search_found_many", fault.Args{"count": v.lang.Number(n)})
	}
	return v.lang.T("portal.search_found", fault.Args{"count": v.lang.Number(n)})
}

// help looks for what a visitor who found little may have meant.
func (p *Portal) help(ctx context.Context, c chooser, page *searchPage) error {
	v, a, total := c.visit, c.asked, c.found.Total
	better, err := p.search.Nearest(ctx, a.search(), total)
	if err != nil && !fault.Is(err, fault.Invalid) {
		return err
	}
	if better != nil {
		page.Meant = v.meant(a, *better)
	}
	if a.filtered() {
		q := a.unfiltered().search()
		q.Count, q.Limit = false, 1
		wide, err := p.search.Find(ctx, q)
		if err != nil {
			return err
		}
		if wide.Total > total {
			page.Unfiltered = link{
				phrase: phrase{Text: v.lang.T("find.unfiltered", fault.Args{"count": v.lang.Number(wide.Total)})}, Href: a.unfiltered().address(v),
			}
		}
	}
	if page.Perhaps, err = p.suggestions(ctx, v, a.Query); err != nil {
		return err
	}
	page.Perhaps = without(page.Perhaps, page.Hits)
	return nil
}

// without drops the suggestions that were found anyway.
func without(list []hit, found []hit) []hit {
	var out []hit
	for _, one := range list {
		had := false
		for _, h := range found {
			had = had || h.Href == one.Href
		}
		if !had {
			out = append(out, one)
		}
	}
	return out
}

// meant is a better query in the script of the page.
func (v visit) meant(a asked, p search.Proposal) *meant {
	m := &meant{Count: v.lang.T("find.meant_count", fault.Args{"count": v.lang.Number(p.Total)})}
	typed := v.script(a.Query)
	for i, w := range p.Words {
		text := typed(w.Text)
		p.Words[i].Text = text
		m.Words = append(m.Words, piece{Text: text, Mark: w.Changed})
	}
	var dropped []string
	for _, w := range p.Dropped {
		dropped = append(dropped, typed(w))
	}
	if len(dropped) > 0 {
		m.Dropped = v.lang.T("find.dropped", fault.Args{"words": strings.Join(dropped, " ")})
	}
	m.Href = a.with(func(a *asked) { a.Query = p.Text() }).address(v)
	return m
}

// script is how folded words are written for the visitor: in the script of the
// page; on an English one, in that of the query.
func (v visit) script(query string) func(string) string {
	lang := v.lang
	if lang == locale.En {
		lang = locale.Lang(v.guess(query))
	}
	if lang == locale.Hant {
		return han.ToHant
	}
	return func(s string) string { return s }
}

// narrow fills what the search can be narrowed by.
func (p *Portal) narrow(ctx context.Context, c chooser, page *searchPage) error {
	v, a := c.visit, c.asked
	if err := p.name(ctx, &c); err != nil {
		return err
	}
	page.Tabs, page.Selects, page.Chips = c.tabs(), c.selects(), c.chips()
	page.OfKind, page.Newest = a.Kind, a.Newest
	page.Browse = []link{{phrase{Text: v.lang.T("page.front")}, v.href("")}}
	for _, item := range v.lists("") {
		page.Browse = append(page.Browse, item.link)
	}
	if len(page.Chips) > 0 {
		page.Clear = a.unfiltered().address(v)
	}
	return nil
}

// name loads the names of the organisations, topics and columns to choose from.
func (p *Portal) name(ctx context.Context, c *chooser) (err error) {
	topics, columns := c.ids()
	if c.topics, err = p.press.TopicsByID(ctx, topics); err != nil {
		return err
	}
	if c.columns, err = p.press.ColumnsByID(ctx, columns); err != nil {
		return err
	}
	if c.orgs, err = p.org.ListByIDs(ctx, c.orgIDs()); err != nil {
		return err
	}
	if c.above, err = p.org.Ancestors(ctx, c.asked.Org); err != nil {
		return err
	}
	c.below, err = p.org.Children(ctx, c.asked.Org.ID)
	return err
}

// suggestions are what somebody may mean who typed this, as links. A page that
// stands in several languages is named once.
func (p *Portal) suggestions(ctx context.Context, v visit, typed string) ([]hit, error) {
	list, err := p.search.Suggest(ctx, typed)
	if err != nil {
		return nil, err
	}
	wanted := make([]record, 0, len(list))
	for _, s := range list {
		wanted = append(wanted, record{s.ID, s.Kind, s.Org})
	}
	have, err := p.records(ctx, wanted)
	if err != nil {
		return nil, err
	}
	var out []hit
	for _, w := range wanted {
		if row, ok := v.hit(w, have); ok {
			out = append(out, without([]hit{row}, out)...)
		}
	}
	return out, nil
}
