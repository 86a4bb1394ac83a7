package portal

import (
	"cmp"
	"slices"
	"strings"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/search"
)

// maxChoices is how many topics or columns are offered, the fullest first.
const maxChoices = 30

// chooser turns what a search counted into choices with their names.
type chooser struct {
	visit
	asked   asked
	found   search.Results
	topics  map[ident.Topic]press.Topic
	columns map[ident.Column]press.Column
	orgs    map[ident.Org]org.Organisation // that have hits, or columns to choose
	above   []org.Organisation             // above the one asked for, the root first
	below   []org.Organisation             // its children
}

// ids are the topics and columns that were counted or chosen.
func (c chooser) ids() (topics []ident.Topic, columns []ident.Column) {
	for tag := range c.found.Facets["topic"].Counts {
		topics = append(topics, ident.Topic(strings.TrimPrefix(tag, press.TopicTag(""))))
	}
	for tag := range c.found.Facets["column"].Counts {
		columns = append(columns, ident.Column(strings.TrimPrefix(tag, press.ColumnTag(""))))
	}
	if c.asked.Topic != "" {
		topics = append(topics, c.asked.Topic)
	}
	if c.asked.Column != "" {
		columns = append(columns, c.asked.Column)
	}
	return topics, columns
}

// orgIDs are the organisations whose names or places are needed.
func (c chooser) orgIDs() []ident.Org {
	var out []ident.Org
	for id := range c.found.Facets[search.FacetOrg].Counts {
		out = append(out, ident.Org(id))
	}
	for _, column := range c.columns {
		out = append(out, column.OrgID)
	}
	return out
}

// figure is a choice with how many it would leave.
func (c chooser) figure(label string, n int, partial bool) string {
	count := c.lang.Number(n)
	if partial {
		count = c.lang.T("find.at_least", fault.Args{"count": count})
	}
	return c.lang.T("find.counted", fault.Args{"choice": label, "count": count})
}

// tabs are the kinds that were found, and all of them together.
func (c chooser) tabs() []choiceLink {
	facet := c.found.Facets[search.FacetKind]
	total := 0
	var out []choiceLink
	for _, kind := range kinds() {
		n := facet.Counts[kind]
		total += n
		if n > 0 || kind == c.asked.Kind {
			out = append(out, choiceLink{
				Label: c.figure(c.lang.T("enum.found_"+kind), n, facet.Partial), Current: kind == c.asked.Kind,
				Href: c.asked.with(func(a *asked) { a.Kind = kind }).address(c.visit),
			})
		}
	}
	if len(out) < 2 && c.asked.Kind == "" {
		return nil
	}
	all := choiceLink{
		Label: c.figure(c.lang.T("find.all"), total, facet.Partial), Current: c.asked.Kind == "",
		Href: c.asked.with(func(a *asked) { a.Kind = "" }).address(c.visit),
	}
	return append([]choiceLink{all}, out...)
}

// selects are the filters of the form; one with nothing to choose is left out.
func (c chooser) selects() []choices {
	var out []choices
	for _, one := range []choices{c.byOrg(), c.byTopic(), c.byColumn(), c.byYear(), c.byLang()} {
		if len(one.Options) > 1 {
			out = append(out, one)
		}
	}
	return out
}

// selection begins a filter with the choice of none.
func (c chooser) selection(name string) choices {
	return choices{Name: name, Label: c.lang.T("find." + name), Options: []option{{Label: c.lang.T("find.any")}}}
}

// byOrg offers the organisations on the way to the one asked for, and those
// below it that have hits.
func (c chooser) byOrg() choices {
	s := choices{Name: "org", Label: c.lang.T("find.org"), Options: []option{{Label: c.lang.T("find.everywhere")}}}
	depth := 0
	for _, o := range append(slices.Clone(c.above), c.asked.Org) {
		if o.IsRoot() {
			continue
		}
		s.Options = append(s.Options, option{
			Value: strings.TrimSuffix(o.Path, "/"), Label: indent(depth) + c.lang.T("find.below", fault.Args{"name": c.orgName(o.Names).Text}), Chosen: o.ID == c.asked.Org.ID,
		})
		depth++
	}
	facet := c.found.Facets[search.FacetOrg]
	for _, child := range c.below {
		n := 0
		for id, count := range facet.Counts {
			if strings.HasPrefix(c.orgs[ident.Org(id)].Path, child.Path) {
				n += count
			}
		}
		if n > 0 {
			s.Options = append(s.Options, option{
				Value: strings.TrimSuffix(child.Path, "/"), Label: indent(depth) + c.figure(c.orgName(child.Names).Text, n, facet.Partial),
			})
		}
	}
	return s
}

// indent shows how deep an organisation stands.
func indent(depth int) string { return strings.Repeat("　", depth) }

// byTopic offers the topics of what was found.
func (c chooser) byTopic() choices {
	s, facet := c.selection("topic"), c.found.Facets["topic"]
	for _, tag := range fullest(facet, press.TopicTag(c.asked.Topic)) {
		if t, ok := c.topics[ident.Topic(strings.TrimPrefix(tag, press.TopicTag("")))]; ok {
			s.Options = append(s.Options, option{
				Value: string(t.ID), Label: c.figure(c.orgName(t.Titles).Text, facet.Counts[tag], facet.Partial), Chosen: t.ID == c.asked.Topic,
			})
		}
	}
	return s
}

// byColumn offers their columns, each with its organisation, since many have
// columns of the same name.
func (c chooser) byColumn() choices {
	s, facet := c.selection("column"), c.found.Facets["column"]
	for _, tag := range fullest(facet, press.ColumnTag(c.asked.Column)) {
		column, ok := c.columns[ident.Column(strings.TrimPrefix(tag, press.ColumnTag("")))]
		if ok {
			s.Options = append(s.Options, option{
				Value: string(column.ID), Label: c.figure(c.columnName(column), facet.Counts[tag], facet.Partial), Chosen: column.ID == c.asked.Column,
			})
		}
	}
	return s
}

func (c chooser) columnName(column press.Column) string {
	return c.lang.T("find.column_of", fault.Args{"column": c.orgName(column.Titles).Text, "org": c.orgName(c.orgs[column.OrgID].Names).Text})
}

// fullest are the values of a facet with most hits, and the one chosen.
func fullest(f search.Facet, chosen string) []string {
	var out []string
	for value := range f.Counts {
		out = append(out, value)
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(f.Counts[b], f.Counts[a]), cmp.Compare(a, b)) })
	out = out[:min(len(out), maxChoices)]
	if !strings.HasSuffix(chosen, ":") && !slices.Contains(out, chosen) {
		out = append(out, chosen)
	}
	return out
}

// byYear offers the years of what was found, the newest first.
func (c chooser) byYear() choices {
	s, facet := c.selection("year"), c.found.Facets[search.FacetYear]
	var years []string
	for year := range facet.Counts {
		years = append(years, year)
	}
	if c.asked.Year != "" && !slices.Contains(years, c.asked.Year) {
		years = append(years, c.asked.Year)
	}
	slices.SortFunc(years, func(a, b string) int { return cmp.Compare(b, a) })
	for _, year := range years {
		s.Options = append(s.Options, option{Value: year, Label: c.figure(year, facet.Counts[year], facet.Partial), Chosen: year == c.asked.Year})
	}
	return s
}

// byLang offers the languages and scripts that texts are written in.
func (c chooser) byLang() choices {
	s, facet := c.selection("lang"), c.found.Facets[search.FacetLang]
	for _, l := range locale.Langs {
		if n := facet.Counts[string(l)]; n > 0 || l == c.asked.Lang {
			s.Options = append(s.Options, option{
				Value: l.Segment(), Label: c.figure(c.lang.T("find.lang_"+l.Segment()), n, facet.Partial), Chosen: l == c.asked.Lang,
			})
		}
	}
	return s
}

// chips are the filters in use, each with the way to be rid of it.
func (c chooser) chips() []chip {
	var out []chip
	add := func(name, choice string, change func(*asked)) {
		text := c.lang.T("find.chip", fault.Args{"name": c.lang.T("find." + name), "choice": choice})
		out = append(out, chip{Text: text, Remove: c.lang.T("find.remove", fault.Args{"filter": text}), Href: c.asked.with(change).address(c.visit)})
	}
	a := c.asked
	if a.Org.Path != "" {
		add("org", c.orgName(a.Org.Names).Text, func(a *asked) { a.Org = org.Organisation{} })
	}
	if a.Kind != "" {
		add("kinds", c.lang.T("enum.found_"+a.Kind), func(a *asked) { a.Kind = "" })
	}
	if a.Topic != "" {
		add("topic", c.chosenName(a.Topic != "" && c.topics[a.Topic].ID != "", c.orgName(c.topics[a.Topic].Titles).Text), func(a *asked) { a.Topic = "" })
	}
	if a.Column != "" {
		add("column", c.chosenName(c.columns[a.Column].ID != "", c.columnName(c.columns[a.Column])), func(a *asked) { a.Column = "" })
	}
	if a.Year != "" {
		add("year", a.Year, func(a *asked) { a.Year = "" })
	}
	if a.Lang != "" {
		add("lang", c.lang.T("find.lang_"+a.Lang.Segment()), func(a *asked) { a.Lang = "" })
	}
	return out
}

// chosenName is the name of what was chosen; of what there is not, a dash.
func (c chooser) chosenName(there bool, name string) string {
	if !there {
		return "—"
	}
	return name
}
