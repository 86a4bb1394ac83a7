package api

import (
	"context"
	"strconv"
	"time"

	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
)

// TopicRef is enough of a topic to link to it.
type TopicRef struct {
	ID     ident.Topic `json:"id"`
	Slug   string      `json:"slug"`
	Title  string      `json:"title"`
	Titles Names       `json:"titles"`
	Self   string      `json:"self" format:"uri-reference"`
	URL    string      `json:"url" format:"uri-reference"`
}

// Topic is a topic in a list.
type Topic struct {
	TopicRef
	Org      OrgRef     `json:"org"`
	State    string     `json:"state" enum:"open,closed,frozen"`
	AskedAt  time.Time  `json:"asked_at"`
	Deadline *time.Time `json:"deadline,omitempty"`
	FrozenAt *time.Time `json:"frozen_at,omitempty"`
	Coverage string     `json:"coverage" format:"uri-reference"`
	Articles string     `json:"articles" format:"uri-reference"`
}

// TopicDetail is a topic with its text, how far it has come, and what came of
// it.
type TopicDetail struct {
	Topic
	Lang     string        `json:"lang"`
	TextLang string        `json:"text_lang"`
	Body     *Body         `json:"body,omitempty"`
	Tally    Tally         `json:"tally"`
	Totals   Totals        `json:"totals"`
	Digests  []ArticleItem `json:"digests"`
}

// topicRef links to a topic.
func (s scene) topicRef(t press.Topic) TopicRef {
	return TopicRef{
		ID: t.ID, Slug: t.Slug, Title: s.name(t.Titles), Titles: names(t.Titles),
		Self: s.api("topics/" + string(t.ID)), URL: s.page(t.Address()),
	}
}

func (s scene) topic(t press.Topic, owner org.Names) Topic {
	return Topic{
		TopicRef: s.topicRef(t), Org: s.orgRef(t.Org, t.OrgPath, owner), State: topicState(t, s.now), AskedAt: t.AskedAt.UTC(),
		Deadline: stamp(t.Deadline.Time), FrozenAt: stamp(t.FrozenAt.Time),
		Coverage: s.api("topics/" + string(t.ID) + "/coverage"), Articles: s.api("articles?topic=" + string(t.ID)),
	}
}

// topicState says whether a topic still takes reports in time.
func topicState(t press.Topic, now time.Time) string {
	switch {
	case !t.FrozenAt.IsZero():
		return "frozen"
	case !t.Deadline.IsZero() && now.After(t.Deadline.Time):
		return "closed"
	}
	return "open"
}

// ListTopics are the parameters of the list of topics.
type ListTopics struct {
	Tongue
	Paging
	Org string `query:"org" format:"ulid" pattern:"^[0-7][0-9a-hjkmnp-tv-z]{25}$"`
}

func (a *API) listTopics(ctx context.Context, s scene, in *ListTopics) (List[Topic], error) {
	found, err := a.press.TopicList(ctx, press.TopicListParams{Org: ident.Org(in.Org), Limit: in.Limit, Before: in.After})
	if err != nil {
		return List[Topic]{}, blame("after", err)
	}
	owners := make([]ident.Org, 0, len(found.Topics))
	for _, t := range found.Topics {
		owners = append(owners, t.Org)
	}
	orgs, err := a.org.ListByIDs(ctx, owners)
	if err != nil {
		return List[Topic]{}, err
	}
	items := make([]Topic, 0, len(found.Topics))
	for _, t := range found.Topics {
		items = append(items, s.topic(t, orgs[t.Org].Names))
	}
	return list(s, items, found.Next), nil
}

func (a *API) getTopic(ctx context.Context, s scene, in *ReadByID) (TopicDetail, error) {
	c, err := a.press.Coverage(ctx, ident.Topic(in.ID), s.now)
	if err != nil {
		return TopicDetail{}, err
	}
	t := c.Topic
	owner, err := a.org.Load(ctx, t.Org)
	if err != nil {
		return TopicDetail{}, err
	}
	lang := s.guess(t.Body.Text())
	out := TopicDetail{Topic: s.topic(t, owner.Names), Lang: string(s.lang), TextLang: string(s.shown(lang)), Tally: tally(c.All)}
	out.Self = s.self()
	if err := a.look(ctx, &s, namedIn(t.Body)); err != nil {
		return TopicDetail{}, err
	}
	if out.Body, err = s.body(t.Body, leaf{lang: lang, at: t.Address(), form: in.Form}); err != nil {
		return TopicDetail{}, err
	}
	told, err := a.press.TopicTotals(ctx, t.ID)
	if err != nil {
		return TopicDetail{}, err
	}
	out.Totals = s.totals(told)
	digests, err := a.press.ArticlesOf(ctx, press.ListParams{Below: true, Kind: press.Digest, Topic: t.ID})
	if err != nil {
		return TopicDetail{}, err
	}
	out.Digests, err = a.cards(ctx, s, digests.Cards)
	return out, err
}

// Tally counts organisations by state.
type Tally struct {
	Asked    int `json:"asked"`
	Reported int `json:"reported"`
	Late     int `json:"late"`
	Awaited  int `json:"awaited"`
	Silent   int `json:"silent"`
	Excused  int `json:"excused"`
}

func tally(t press.Tally) Tally { return Tally(t) }

// LevelTally is the tally of one level of the tree.
type LevelTally struct {
	Level int `json:"level"`
	Tally
}

// Coverage is how a topic stands: one page of those asked, and the counts of
// all.
type Coverage struct {
	List[CoverageRow]
	Topic  TopicRef     `json:"topic"`
	State  string       `json:"state" enum:"open,closed,frozen"`
	Tally  Tally        `json:"tally"`
	Levels []LevelTally `json:"levels"`
	Extra  []ArticleRef `json:"extra"`
}

// CoverageRow is one organisation that was asked, as it was then.
type CoverageRow struct {
	Org         OrgRef      `json:"org"`
	Kind        string      `json:"kind"`
	Level       int         `json:"level"`
	State       string      `json:"state" enum:"reported,late,awaited,silent,excused"`
	Label       string      `json:"label"`
	Reason      string      `json:"reason,omitempty"`
	FirstReport *ArticleRef `json:"first_report,omitempty"`
	Reports     int         `json:"reports"`
}

// ListCoverage are the parameters of a topic's coverage.
type ListCoverage struct {
	Tongue
	Paging
	ID    string `path:"id" format:"ulid" pattern:"^[0-7][0-9a-hjkmnp-tv-z]{25}$"`
	State string `query:"state" enum:"reported,late,awaited,silent,excused"`
}

func (a *API) getCoverage(ctx context.Context, s scene, in *ListCoverage) (Coverage, error) {
	after := -1
	if in.After != "" {
		var err error
		if after, err = strconv.Atoi(in.After); err != nil || after < 0 {
			return Coverage{}, refuseParam("after", "press.cursor_invalid", nil)
		}
	}
	c, err := a.press.Coverage(ctx, ident.Topic(in.ID), s.now)
	if err != nil {
		return Coverage{}, err
	}
	out := Coverage{Topic: s.topicRef(c.Topic), State: topicState(c.Topic, s.now), Tally: tally(c.All), Levels: []LevelTally{}, Extra: s.articleRefs(c.Extra)}
	for _, l := range c.Levels {
		out.Levels = append(out.Levels, LevelTally{Level: l.Level, Tally: tally(l.Tally)})
	}
	out.List = s.rows(c.Rows, *in, after)
	return out, nil
}

// rows are one page of those asked, in the protocol order of that day, behind
// the position after.
func (s scene) rows(rows []press.CoverageRow, in ListCoverage, after int) List[CoverageRow] {
	items, last := []CoverageRow{}, 0
	for _, row := range rows {
		if row.Position <= after || in.State != "" && string(row.State) != in.State {
			continue
		}
		if len(items) == in.Limit {
			return list(s, items, strconv.Itoa(last))
		}
		items, last = append(items, s.row(row)), row.Position
	}
	return list(s, items, "")
}

func (s scene) row(row press.CoverageRow) CoverageRow {
	out := CoverageRow{
		Org: s.orgRef(row.Org, row.Path, row.Names), Kind: row.Kind, Level: row.Level, State: string(row.State),
		Label: s.lang.T("enum.coverage_" + string(row.State)), Reports: row.Reports,
	}
	if row.State == press.Excused {
		out.Reason = s.text(row.Excused, s.guess(row.Excused))
	}
	if row.First.ID != "" {
		first := s.articleRef(row.First)
		out.FirstReport = &first
	}
	return out
}
