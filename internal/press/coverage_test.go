package press

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
)

func TestStateOf(t *testing.T) {
	t.Parallel()
	deadline := time.Date(2026, 5, 10, 16, 0, 0, 0, time.UTC)
	before, after, none := deadline.Add(-time.Hour), deadline.Add(time.Millisecond), time.Time{}
	for _, c := range []struct {
		name                 string
		e                    Expectation
		first, deadline, now time.Time
		want                 ReportState
	}{
		{"nothing yet", Expectation{}, none, deadline, before, Awaited},
		{"nothing at the deadline", Expectation{}, none, deadline, deadline, Awaited},
		{"nothing after it", Expectation{}, none, deadline, after, Silent},
		{"nothing, and no deadline", Expectation{}, none, none, after, Awaited},
		{"in time", Expectation{}, before, deadline, after, Reported},
		{"at the deadline", Expectation{}, deadline, deadline, after, Reported},
		{"a moment late", Expectation{}, after, deadline, after, Late},
		{"no deadline to miss", Expectation{}, after, none, after, Reported},
		{"excused", Expectation{Excused: "typhoon"}, none, deadline, before, Excused},
		{"excused, after the deadline", Expectation{Excused: "typhoon"}, none, deadline, after, Excused},
		{"excused, yet reported", Expectation{Excused: "typhoon"}, before, deadline, after, Reported},
		{"excused, and reported after all", Expectation{Excused: "typhoon"}, after, deadline, after, Reported},
		{"frozen silent", Expectation{Frozen: Silent}, before, deadline, after, Silent},
		{"frozen reported, then withdrawn", Expectation{Frozen: Reported}, none, deadline, after, Reported},
		{"frozen awaited", Expectation{Frozen: Awaited, Excused: "x"}, none, deadline, after, Awaited},
	} {
		if got := StateOf(c.e, c.first, c.deadline, c.now); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestTallies(t *testing.T) {
	t.Parallel()
	c := Coverage{}
	for i, s := range ReportStates() {
		c.Rows = append(c.Rows, CoverageRow{Expectation: Expectation{Org: ident.Org(s), Level: 3 - i/2}, State: s})
	}
	c.tally()
	want := []LevelTally{
		{1, Tally{Asked: 1, Excused: 1}}, {2, Tally{Asked: 2, Awaited: 1, Silent: 1}}, {3, Tally{Asked: 2, Reported: 1, Late: 1}},
	}
	if diff := cmp.Diff(want, c.Levels) + cmp.Diff(Tally{Asked: 5, Reported: 1, Late: 1, Awaited: 1, Silent: 1, Excused: 1}, c.All); diff != "" {
		t.Error(diff)
	}
	if silent := c.Silent(); len(silent) != 1 || silent[0].Org != "silent" {
		t.Errorf("only the silent are reminded: %+v", silent)
	}
}

// lanterns asks all below the root for reports by 10 May.
func (h hall) lanterns(change ...func(*TopicParams)) Topic {
	h.Helper()
	p := TopicParams{
		Org: h.at[""].ID, Slug: "lanterns", Titles: org.Names{Hant: "花燈", En: "Lanterns"}, Body: doc("請各會報導花燈。"),
		Deadline: time.Date(2026, 5, 10, 16, 0, 0, 0, time.UTC), Under: []ident.Org{h.at[""].ID},
	}
	for _, c := range change {
		c(&p)
	}
	return h.topic(p)
}

// state writes a coverage as lines "path state first-report xN".
func lines(c Coverage) []string {
	out := []string{}
	for _, r := range c.Rows {
		s := r.Path + " " + string(r.State)
		if r.Reports > 0 {
			s += fmt.Sprintf(" %s x%d", r.First.Title, r.Reports)
		}
		out = append(out, s)
	}
	return out
}

func (h hall) coverage(t Topic, at time.Time) Coverage {
	h.Helper()
	c, err := h.public().Coverage(h.Context(), t.ID, at)
	h.must(err)
	return c
}

func TestCoverage(t *testing.T) {
	onEach(t, func(h hall) {
		topic := h.lanterns(func(p *TopicParams) { p.Excused = map[ident.Org]string{h.at["baiyu/"].ID: " 颱風 "} })
		under := func(on string, more ...func(*ArticleParams)) func(*ArticleParams) {
			return func(p *ArticleParams) {
				p.Topics, p.PublishedOn = []ident.Topic{topic.ID}, on
				for _, m := range more {
					m(p)
				}
			}
		}
		h.publish(h.report("lanjiang/luwan/house/", "晚報", under("2026-05-12")))
		h.publish(h.report("lanjiang/luwan/", "再報", under("2026-05-09")))
		first := h.publish(h.report("lanjiang/luwan/", "初報", under("2026-05-08")))
		h.publish(h.report("lanjiang/luwan/", "翻譯", under("2026-05-01", func(p *ArticleParams) { p.Lang, p.TranslationOf = locale.En, first.ID })))
		h.publish(h.report("lanjiang/yudeng/", "草稿", under("", func(p *ArticleParams) { p.State = Draft })))
		h.publish(h.report("lanjiang/yudeng/", "別的事", func(*ArticleParams) {}))
		h.publish(h.report("", "總會自己的", under("2026-05-02")))
		h.add("baiyu/xin/", "town", "新鎮同鄉會")
		h.publish(h.report("baiyu/xin/", "不請自來", under("2026-05-03")))
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			p := DigestParams{ArticleParams: h.report("lanjiang/", "綜合", under("2026-05-09"))}
			_, err := CreateDigest(ctx, tx, p)
			return err
		})

		now := time.Date(2026, 5, 13, 0, 0, 0, 0, time.UTC)
		c := h.coverage(topic, now)
		want := []string{
			"lanjiang/ silent", "lanjiang/yudeng/ silent", "lanjiang/luwan/ reported 初報 x2", "lanjiang/luwan/house/ late 晚報 x1", "baiyu/ excused",
		}
		if diff := cmp.Diff(want, lines(c)); diff != "" {
			h.Error(diff)
		}
		if diff := cmp.Diff([]string{"總會自己的", "不請自來"}, refTitles(c.Extra)); diff != "" {
			h.Error(diff)
		}
		if c.All != (Tally{Asked: 5, Reported: 1, Late: 1, Silent: 2, Excused: 1}) {
			h.Errorf("%+v", c.All)
		}
		wantLevels := []LevelTally{{1, Tally{Asked: 2, Silent: 1, Excused: 1}}, {3, Tally{Asked: 2, Reported: 1, Silent: 1}}, {5, Tally{Asked: 1, Late: 1}}}
		if diff := cmp.Diff(wantLevels, c.Levels); diff != "" {
			h.Error(diff)
		}
		if row := c.Rows[2]; row.Names.Hant != "鷺灣鎮同鄉會" || row.Kind != "town" || row.First.Address() != "/lanjiang/luwan/news/2026/05/"+string(first.ID) {
			h.Errorf("%+v", row)
		}
		if c.Rows[4].Excused != "颱風" || c.Topic.Address() != "/topics/lanterns" {
			h.Errorf("%+v", c)
		}

		h.set(first.ID, Withdrawn)
		if got := lines(h.coverage(topic, now))[2]; got != "lanjiang/luwan/ reported 再報 x1" {
			h.Errorf("a withdrawn report still counts: %s", got)
		}
		if got := lines(h.coverage(topic, topic.Deadline.Time))[0]; got != "lanjiang/ awaited" {
			h.Errorf("before the deadline: %s", got)
		}
	})
}

func TestExpectationsKeepWhatWasAsked(t *testing.T) {
	onEach(t, func(h hall) {
		topic := h.lanterns()
		before := h.coverage(topic, time.Now())
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			if err := org.Rename(ctx, tx, h.at["lanjiang/luwan/"].ID, org.Names{Hant: "新名"}); err != nil {
				return err
			}
			return org.Move(ctx, tx, h.at["lanjiang/luwan/"].ID, h.at["baiyu/"].ID, "")
		})
		if diff := cmp.Diff(before, h.coverage(topic, time.Now())); diff != "" {
			h.Errorf("what was asked changed with the tree:\n%s", diff)
		}
	})
}

func TestFreeze(t *testing.T) {
	onEach(t, func(h hall) {
		past := func(p *TopicParams) { p.Deadline = time.Date(2026, 4, 20, 0, 0, 0, 0, time.UTC) }
		topic := h.lanterns(past)
		in := func(p *ArticleParams) { p.Topics, p.PublishedOn = []ident.Topic{topic.ID}, "2026-04-10" }
		a := h.publish(h.report("baiyu/", "花燈", in))
		freeze := func() error {
			return h.try(func(ctx context.Context, tx *db.Tx) error { return Freeze(ctx, tx, topic.ID) })
		}
		excuse := func(path, reason string) error {
			return h.try(func(ctx context.Context, tx *db.Tx) error {
				return Excuse(ctx, tx, topic.ID, Excusal{Org: h.at[path].ID, Reason: reason})
			})
		}
		h.must(excuse("lanjiang/", "搬遷"))
		h.must(excuse("lanjiang/yudeng/", "搬遷"))
		h.must(excuse("lanjiang/yudeng/", ""))
		h.refused(excuse("", "搬遷"), fault.Invalid, "press.not_asked")
		h.must(freeze())
		h.refused(freeze(), fault.Conflict, "press.frozen")
		h.refused(excuse("baiyu/", "搬遷"), fault.Conflict, "press.frozen")

		h.set(a.ID, Withdrawn)
		h.publish(h.report("lanjiang/luwan/", "補報", in))
		c := h.coverage(topic, time.Now())
		want := []string{"lanjiang/ excused", "lanjiang/yudeng/ silent", "lanjiang/luwan/ silent 補報 x1", "lanjiang/luwan/house/ silent", "baiyu/ reported"}
		if diff := cmp.Diff(want, lines(c)); diff != "" {
			h.Error(diff)
		}
		if c.Topic.FrozenAt.IsZero() || c.All.Silent != 3 {
			h.Errorf("%+v %+v", c.Topic, c.All)
		}
		entries, err := audit.Of(h.Context(), h.db, "topic", string(topic.ID))
		h.must(err)
		var actions []string
		for _, e := range entries {
			actions = append(actions, e.Action)
		}
		if diff := cmp.Diff([]string{"topic.create", "topic.excuse", "topic.excuse", "topic.excuse", "topic.freeze"}, actions); diff != "" {
			h.Error(diff)
		}
		h.refused(h.try(func(ctx context.Context, tx *db.Tx) error { return Freeze(ctx, tx, "x") }), fault.NotFound, "press.topic_not_found")
	})
}

func TestWhomATopicAsks(t *testing.T) {
	onEach(t, func(h hall) {
		h.tx(func(ctx context.Context, tx *db.Tx) error { return org.Close(ctx, tx, h.at["baiyu/"].ID) })
		lanjiang, luwan, root := h.at["lanjiang/"].ID, h.at["lanjiang/luwan/"].ID, h.at[""].ID
		for name, c := range map[string]struct {
			change func(*TopicParams)
			asked  []string
			kind   fault.Kind
			key    string
		}{
			"all that is open": {func(*TopicParams) {}, []string{"lanjiang/", "lanjiang/yudeng/", "lanjiang/luwan/", "lanjiang/luwan/house/"}, 0, ""},
			"nobody":           {func(p *TopicParams) { p.Under = nil }, []string{}, 0, ""},
			"two parts that overlap": {func(p *TopicParams) { p.Under = []ident.Org{luwan, lanjiang} },
				[]string{"lanjiang/", "lanjiang/yudeng/", "lanjiang/luwan/", "lanjiang/luwan/house/"}, 0, ""},
			"one kind":     {func(p *TopicParams) { p.Kinds = []string{"house", "city"} }, []string{"lanjiang/", "lanjiang/luwan/house/"}, 0, ""},
			"not itself":   {func(p *TopicParams) { p.Org, p.Under = luwan, []ident.Org{luwan} }, []string{"lanjiang/luwan/house/"}, 0, ""},
			"unknown kind": {func(p *TopicParams) { p.Kinds = []string{"guild"} }, nil, fault.Invalid, "press.kind_unknown"},
			"what is above": {func(p *TopicParams) { p.Org, p.Under = luwan, []ident.Org{lanjiang} }, nil,
				fault.Invalid, "press.not_below"},
			"who is not there":        {func(p *TopicParams) { p.Under = []ident.Org{"x"} }, nil, fault.NotFound, "org.not_found"},
			"by who is not there":     {func(p *TopicParams) { p.Org = "x" }, nil, fault.NotFound, "org.not_found"},
			"excuse without a reason": {func(p *TopicParams) { p.Excused = map[ident.Org]string{luwan: " "} }, nil, fault.Invalid, "press.reason_empty"},
			"excuse for nobody asked": {func(p *TopicParams) { p.Excused = map[ident.Org]string{root: "x"} }, nil, fault.Invalid, "press.not_asked"},
			"no title":                {func(p *TopicParams) { p.Titles = org.Names{} }, nil, fault.Invalid, "press.title_empty"},
			"bad slug":                {func(p *TopicParams) { p.Slug = "Lanterns!" }, nil, fault.Invalid, "press.slug_invalid"},
		} {
			boom := errors.New("undo")
			err := h.try(func(ctx context.Context, tx *db.Tx) error {
				p := TopicParams{Org: root, Slug: "lanterns", Titles: org.Names{Hant: "花燈"}, Under: []ident.Org{root}}
				c.change(&p)
				topic, err := CreateTopic(ctx, tx, p)
				if err != nil {
					return err
				}
				got := []string{}
				cover, err := NewPublic(tx).Coverage(ctx, topic.ID, tx.Now())
				for _, r := range cover.Rows {
					got = append(got, r.Path)
				}
				if diff := cmp.Diff(c.asked, got); diff != "" || err != nil {
					h.Errorf("%s: %v %s", name, err, diff)
				}
				return boom
			})
			if c.key != "" {
				h.refused(err, c.kind, c.key)
			} else if !errors.Is(err, boom) {
				h.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestTopicsAreFound(t *testing.T) {
	onEach(t, func(h hall) {
		topic := h.lanterns(func(p *TopicParams) { p.Under = []ident.Org{h.at["baiyu/"].ID} })
		err := h.try(func(ctx context.Context, tx *db.Tx) error {
			_, err := CreateTopic(ctx, tx, TopicParams{Org: h.at[""].ID, Slug: "lanterns", Titles: org.Names{Hant: "花燈"}})
			return err
		})
		h.refused(err, fault.Conflict, "press.slug_taken")
		got, err := h.public().Topic(h.Context(), "", "lanterns")
		h.must(err)
		if diff := cmp.Diff(topic, got); diff != "" {
			h.Error(diff)
		}
		if got.Title(locale.En) != "Lanterns" || got.Body.Text() != "請各會報導花燈。" {
			h.Errorf("%+v", got)
		}
		_, err = h.public().Topic(h.Context(), "baiyu/", "lanterns")
		h.refused(err, fault.NotFound, "press.topic_not_found")
		for path, want := range map[string]int{"": 1, "baiyu/": 1, "lanjiang/": 0} {
			if list, err := h.public().TopicList(h.Context(), TopicListParams{Org: h.at[path].ID}); err != nil || len(list.Topics) != want {
				h.Errorf("topics of %q: %v %v", path, list, err)
			}
		}
		for _, text := range []string{"花燈", "Lanterns", "報導"} {
			if ids := h.found(text); len(ids) != 1 || ids[0] != string(topic.ID) {
				h.Errorf("searching %s finds %v", text, ids)
			}
		}
	})
}

func TestTopicTotals(t *testing.T) {
	onEach(t, func(h hall) {
		topic := h.lanterns()
		in := func(people int, s State) func(*ArticleParams) {
			return func(p *ArticleParams) {
				p.Topics, p.State, p.Facts = []ident.Topic{topic.ID}, s, []facts.Fact{told("五月一日", facts.Festival, people)}
			}
		}
		h.publish(h.report("baiyu/", "甲", in(100, Published)))
		h.publish(h.report("lanjiang/", "乙", in(20, Published)))
		h.publish(h.report("lanjiang/", "丙", in(3, Draft)))
		got, err := h.public().TopicTotals(h.Context(), topic.ID)
		h.must(err)
		if got.Events != 2 || got.Headcount != 120 || got.Organisations != 2 {
			h.Errorf("%+v", got)
		}
	})
}
