package portal

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// closed says whether a topic takes no more reports in time.
func closed(t press.Topic, now time.Time) bool {
	return !t.FrozenAt.IsZero() || !t.Deadline.IsZero() && now.After(t.Deadline.Time)
}

// openTopics are the topics on the front page.
func (p *Portal) openTopics(ctx context.Context, s scene) ([]topicItem, error) {
	list, err := p.press.TopicsOf(ctx, s.org.ID)
	if err != nil {
		return nil, err
	}
	now := p.now()
	open := list[:0]
	for _, t := range list {
		if !closed(t, now) {
			open = append(open, t)
		}
	}
	return p.topicItems(ctx, s.visit, open[:min(len(open), homeTopics)])
}

// topicsHere are the topics on an organisation's page: its own, and those that
// ask it.
func (p *Portal) topicsHere(ctx context.Context, s scene) ([]topicItem, error) {
	list, err := p.press.TopicsOf(ctx, s.org.ID)
	if err != nil {
		return nil, err
	}
	return p.topicItems(ctx, s.visit, list[:min(len(list), homeTopics)])
}

// topicItems says how far each topic has come.
func (p *Portal) topicItems(ctx context.Context, v visit, list []press.Topic) ([]topicItem, error) {
	now := p.now()
	out := make([]topicItem, 0, len(list))
	for _, t := range list {
		c, err := p.press.Coverage(ctx, t.ID, now)
		if err != nil {
			return nil, err
		}
		item := topicItem{link: v.topicLink(t), Progress: v.progress(c.All), Marks: marks(c.All), Closed: closed(t, now)}
		if date := v.civil(t.Deadline.Time); date != "" {
			item.Deadline = v.lang.T("portal.due", fault.Args{"date": v.lang.Date(date)})
		}
		out = append(out, item)
	}
	return out, nil
}

// progress is how many have reported, in words. Who is excused does not count
// as asked.
func (v visit) progress(t press.Tally) string {
	return v.lang.T("portal.progress", fault.Args{
		"done": v.lang.Number(t.Reported + t.Late), "asked": v.lang.Number(t.Asked - t.Excused),
	})
}

// maxMarks is how many marks a strip can hold and still be seen.
const maxMarks = 60

// stateTally is how many organisations are in one state.
type stateTally struct {
	state press.ReportState
	n     int
}

// byState lists a tally in the order in which states are shown.
func byState(t press.Tally) []stateTally {
	return []stateTally{
		{press.Reported, t.Reported}, {press.Late, t.Late}, {press.Awaited, t.Awaited},
		{press.Silent, t.Silent}, {press.Excused, t.Excused},
	}
}

// marks are the states of all who were asked, alike beside alike. Of very many
// it is a picture in proportion; a state that occurs keeps at least one mark.
func marks(t press.Tally) []string {
	var out []string
	for _, one := range byState(t) {
		n := one.n
		if t.Asked > maxMarks && n > 0 {
			n = max(1, n*maxMarks/t.Asked)
		}
		for range n {
			out = append(out, string(one.state))
		}
	}
	return out
}

// topics answers the list of topics that an organisation opened or is asked to
// report on.
func (p *Portal) topics(w http.ResponseWriter, r *http.Request, s scene) error {
	ctx := r.Context()
	if s.at.Rest != "" {
		return notFound()
	}
	list, err := p.press.TopicsOf(ctx, s.org.ID)
	if err != nil {
		return err
	}
	items, err := p.topicItems(ctx, s.visit, list)
	if err != nil {
		return err
	}
	crumbs, err := p.crumbs(ctx, s, true)
	if err != nil {
		return err
	}
	page := topicsPage{Name: s.orgName(s.org.Names)}
	for _, item := range items {
		if item.Closed {
			page.Closed = append(page.Closed, item)
		} else {
			page.Open = append(page.Open, item)
		}
	}
	page.frame = p.frame(s.visit, leaf{
		Kind: "topics", Title: s.lang.T("portal.topics") + " · " + page.Name.Text, Path: s.org.Path + "topics/", Crumbs: crumbs,
	})
	return p.show(w, r, page)
}

// topic answers one topic with its coverage.
func (p *Portal) topic(w http.ResponseWriter, r *http.Request, s scene) error {
	ctx := r.Context()
	t, err := p.press.Topic(ctx, s.org.Path, s.at.Rest)
	if err != nil {
		return err
	}
	if s.at.Slash {
		return kit.Redirect(w, r, s.prefix+t.Address())
	}
	c, err := p.press.Coverage(ctx, t.ID, p.now())
	if err != nil {
		return err
	}
	kinds, err := p.kinds(ctx)
	if err != nil {
		return err
	}
	crumbs, err := p.crumbs(ctx, s, true)
	if err != nil {
		return err
	}
	crumbs = append(crumbs, link{phrase: phrase{Text: s.lang.T("portal.topics")}, Href: s.href(s.org.Path + "topics/")})
	text := t.Body.Text()
	page := topicPage{
		Org: s.orgLink(s.org), Title: s.orgName(t.Titles), Asked: s.civil(t.AskedAt.Time), Deadline: s.civil(t.Deadline.Time),
		Closed: closed(t, p.now()), Text: s.prose(t.Body, s.guess(text), 0),
		Marks: marks(c.All), Progress: s.progress(c.All), Counts: s.counts(c.All),
	}
	base := t.OrgPath
	for _, row := range c.Rows {
		one := s.coverageRow(row, base)
		one.Kind = s.orgName(kinds[row.Kind].Names).Text
		page.Rows = append(page.Rows, one)
	}
	for _, extra := range c.Extra {
		page.Extra = append(page.Extra, extraReport{Org: link{phrase: s.orgName(extra.OrgNames), Href: s.href(extra.OrgPath)}, Article: s.report(extra), Date: extra.PublishedOn})
	}
	if page.Totals, page.Digests, err = p.topicResults(ctx, s, t.ID); err != nil {
		return err
	}
	page.frame = p.frame(s.visit, leaf{
		Kind: "topic", Title: page.Title.Text, Description: t.Body.Summary(120), Path: s.rest, Crumbs: crumbs, Feed: true,
	})
	return p.show(w, r, page)
}

// topicResults are what came of a topic: the sums and the digests.
func (p *Portal) topicResults(ctx context.Context, s scene, id ident.Topic) (sums, []newsItem, error) {
	told, err := p.press.TopicTotals(ctx, id)
	if err != nil {
		return sums{}, nil, err
	}
	digests, err := p.press.ArticlesOf(ctx, press.ListParams{Below: true, Kind: press.Digest, Topic: id})
	if err != nil {
		return sums{}, nil, err
	}
	items := s.cards(digests.Cards)
	return s.sums(told), items, p.illustrate(ctx, items)
}

// coverageRow is one organisation asked; base is the path of who asks, from
// which the indent counts.
func (v visit) coverageRow(row press.CoverageRow, base string) coverageRow {
	names, path := row.Names, row.Path
	out := coverageRow{
		Org:   link{phrase: v.orgName(names), Href: v.href(path)},
		Level: max(0, strings.Count(strings.TrimPrefix(path, base), "/")-1),
		State: string(row.State),
		Label: v.lang.T("enum.coverage_" + string(row.State)),
	}
	if row.State == press.Excused {
		out.Note = v.say(row.Excused, v.guess(row.Excused))
	}
	if row.First.ID != "" {
		out.Date, out.Article = row.First.PublishedOn, v.report(row.First)
	}
	return out
}

// report is a link to a report whose language the coverage does not tell.
func (v visit) report(r press.Ref) link {
	if r.Lang == "" {
		return link{phrase: v.say(r.Title, v.guess(r.Title)), Href: v.prefix + r.Address()}
	}
	return v.ref(r)
}

// counts are the states that occur, with how many.
func (v visit) counts(t press.Tally) []stateCount {
	var out []stateCount
	for _, one := range byState(t) {
		if one.n > 0 {
			out = append(out, stateCount{State: string(one.state), Label: v.lang.T("enum.coverage_" + string(one.state)), Count: one.n})
		}
	}
	return out
}

// civil is the date of an instant where the federation is; "" for none.
func (v visit) civil(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(v.Zone).Format(time.DateOnly)
}
