package portal

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// topicsOnPage is how many closed topics one page of a list holds.
const topicsOnPage = 30

// maxOpen bounds the topics that run at one time in a list.
const maxOpen = 100

// openTopics are the topics on the front page.
func (p *Portal) openTopics(ctx context.Context, s scene) ([]topicItem, error) {
	list, err := p.press.TopicList(ctx, press.TopicListParams{Org: s.org.ID, Phase: press.Running, Now: p.now(), Limit: homeTopics})
	if err != nil {
		return nil, err
	}
	return p.topicItems(ctx, s.visit, list.Topics)
}

// topicsHere are the topics on an organisation's page: its own, and those that
// ask it.
func (p *Portal) topicsHere(ctx context.Context, s scene) ([]topicItem, error) {
	list, err := p.press.TopicList(ctx, press.TopicListParams{Org: s.org.ID, Limit: homeTopics})
	if err != nil {
		return nil, err
	}
	return p.topicItems(ctx, s.visit, list.Topics)
}

// topicItems says how far each topic has come.
func (p *Portal) topicItems(ctx context.Context, v visit, list []press.Topic) ([]topicItem, error) {
	now := p.now()
	tallies, err := p.press.Tallies(ctx, list, now)
	if err != nil {
		return nil, err
	}
	out := make([]topicItem, 0, len(list))
	for _, t := range list {
		all := tallies[t.ID]
		item := topicItem{link: v.topicLink(t), Marks: marks(all), Closed: t.Over(now)}
		if all.Asked > 0 {
			item.Progress = v.progress(all)
		}
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
// report on: those that run, then those that are over, page by page.
func (p *Portal) topics(w http.ResponseWriter, r *http.Request, s scene) error {
	ctx := r.Context()
	if s.at.Rest != "" {
		return notFound()
	}
	page := topicsPage{Name: s.orgName(s.org.Names)}
	q := press.TopicListParams{Org: s.org.ID, Phase: press.Over, Now: p.now(), Limit: topicsOnPage, Before: s.query.Get("before")}
	over, err := p.press.TopicList(ctx, q)
	if fault.Is(err, fault.Misuse) {
		return notFound() // a cursor that somebody cut short
	}
	if err != nil {
		return err
	}
	if page.Closed, err = p.topicItems(ctx, s.visit, over.Topics); err != nil {
		return err
	}
	l := leaf{Kind: "topics", Title: s.lang.T("portal.topics") + " · " + page.Name.Text, Path: s.org.Path + "topics/"}
	if q.Before == "" {
		open, err := p.press.TopicList(ctx, press.TopicListParams{Org: s.org.ID, Phase: press.Running, Now: q.Now, Limit: maxOpen})
		if err != nil {
			return err
		}
		if page.Open, err = p.topicItems(ctx, s.visit, open.Topics); err != nil {
			return err
		}
	} else {
		page.Newest, l.Query = s.href(l.Path), url.Values{"before": {q.Before}}.Encode()
	}
	if over.Next != "" {
		page.Older = withQuery(s.href(l.Path), url.Values{"before": {over.Next}}.Encode())
	}
	if l.Crumbs, err = p.crumbs(ctx, s, true); err != nil {
		return err
	}
	page.frame = p.frame(s.visit, l)
	return p.show(w, r, page)
}

// topic answers one topic: what was asked, whom, and what came of it.
func (p *Portal) topic(w http.ResponseWriter, r *http.Request, s scene) error {
	ctx := r.Context()
	t, err := p.press.Topic(ctx, s.org.Path, s.at.Rest)
	if err != nil {
		return err
	}
	if s.at.Slash {
		return kit.Redirect(w, r, withQuery(s.prefix+t.Address(), s.known().Encode()))
	}
	text := t.Body.Text()
	page := topicPage{
		Org: s.orgLink(s.org), Title: s.orgName(t.Titles), Asked: s.civil(t.AskedAt.Time), Deadline: s.civil(t.Deadline.Time),
		Frozen: s.civil(t.FrozenAt.Time), Closed: t.Over(p.now()), Text: s.prose(t.Body, s.guess(text), 0),
	}
	if page.coveragePart, err = p.coverage(ctx, s.visit, t); err != nil {
		return err
	}
	if page.Totals, page.Digests, err = p.topicResults(ctx, s, t.ID); err != nil {
		return err
	}
	crumbs, err := p.crumbs(ctx, s, true)
	if err != nil {
		return err
	}
	l := leaf{
		Kind: "topic", Title: page.Title.Text, Description: t.Body.Summary(120), Path: s.rest, Feed: true,
		Crumbs: append(crumbs, link{phrase: phrase{Text: s.lang.T("portal.topics")}, Href: s.href(s.org.Path + "topics/")}),
	}
	if state := s.state(); state != "" {
		l.Query = url.Values{"state": {string(state)}}.Encode()
	}
	page.frame = p.frame(s.visit, l)
	page.Sheet = p.assets.URL("board.css")
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

// civil is the date of an instant where the federation is; "" for none.
func (v visit) civil(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(v.Zone).Format(time.DateOnly)
}
