package press

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/org"
)

func TestStates(t *testing.T) {
	t.Parallel()
	may := map[[2]State]bool{
		{Draft, Published}: true, {Published, Withdrawn}: true, {Withdrawn, Published}: true,
		{Published, Draft}: true, {Withdrawn, Draft}: true,
	}
	for _, from := range []State{Draft, Published, Withdrawn} {
		for _, to := range []State{Draft, Published, Withdrawn, "burnt"} {
			if from != to && from.MayBecome(to) != may[[2]State{from, to}] {
				t.Errorf("%s to %s: %v", from, to, from.MayBecome(to))
			}
		}
	}
}

func TestAddress(t *testing.T) {
	t.Parallel()
	const id = "01hx0000000000000000000000"
	for _, c := range []struct{ path, date, want string }{
		{"lanjiang/luwan/", "2026-04-30", "/lanjiang/luwan/news/2026/04/" + id},
		{"", "1998-12-01", "/news/1998/12/" + id},
		{"lanjiang/", "", "/a/" + id},
	} {
		if got := Address(c.path, Article{ID: id, PublishedOn: c.date}); got != c.want {
			t.Errorf("Address(%q, %q) = %s, want %s", c.path, c.date, got, c.want)
		}
	}
}

func TestWhenAnArticleCountsAsPublished(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("east", 8*3600)
	now := time.Date(2026, 4, 30, 20, 0, 0, 0, time.UTC) // 04:00 on 1 May in the zone
	for _, c := range []struct {
		name, date string
		want       time.Time
	}{
		{"undated", "", now},
		{"today in the zone", "2026-05-01", now},
		{"today in UTC is yesterday", "2026-04-30", time.Date(2026, 4, 29, 16, 0, 0, 0, time.UTC)},
		{"an old page", "2003-02-28", time.Date(2003, 2, 27, 16, 0, 0, 0, time.UTC)},
	} {
		if got := publishedAt(c.date, now, zone); !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestWhatAnArticleMayNotBe(t *testing.T) {
	t.Parallel()
	good := ArticleParams{Title: "燈會", Body: doc("開幕")}
	for name, c := range map[string]struct {
		change func(*ArticleParams)
		kind   fault.Kind
		key    string
	}{
		"no title":        {func(p *ArticleParams) { p.Title = " \u3000\x00" }, fault.Invalid, "press.title_empty"},
		"title too long":  {func(p *ArticleParams) { p.Title = strings.Repeat("燈", 201) }, fault.Invalid, "press.title_long"},
		"byline too long": {func(p *ArticleParams) { p.Byline = strings.Repeat("燈", 301) }, fault.Invalid, "press.line_long"},
		"source too long": {func(p *ArticleParams) { p.Source = strings.Repeat("燈", 301) }, fault.Invalid, "press.line_long"},
		"no such day":     {func(p *ArticleParams) { p.PublishedOn = "2026-02-30" }, fault.Invalid, "press.date_invalid"},
		"unknown state":   {func(p *ArticleParams) { p.State = "burnt" }, fault.Invalid, "press.state_unknown"},
		"unknown tongue":  {func(p *ArticleParams) { p.Lang = "fr" }, fault.Invalid, "press.lang_unknown"},
		"body too large":  {func(p *ArticleParams) { p.Body = doc(strings.Repeat("燈", MaxBody/3)) }, fault.TooLarge, "press.body_large"},
		"body too many": {func(p *ArticleParams) { p.Body = doc(strings.Split(strings.Repeat("燈 ", 210_000), " ")...) },
			fault.TooLarge, "press.body_large"},
		"unknown event kind": {func(p *ArticleParams) { p.Facts = []facts.Fact{{Kind: "war", Mode: facts.Unknown}} }, fault.Invalid, "press.fact_invalid"},
		"too many events":    {func(p *ArticleParams) { p.Facts = make([]facts.Fact, 1001) }, fault.TooLarge, "press.facts_many"},
	} {
		p := good
		c.change(&p)
		_, err := p.check()
		if e := fault.As(err); e == nil || e.Key != c.key || e.Kind != c.kind {
			t.Errorf("%s: %v", name, err)
		}
	}
	good.Title = strings.Repeat("燈", 200)
	if _, err := good.check(); err != nil {
		t.Errorf("200 characters are allowed: %v", err)
	}
}

// Every fault of the package says something in every language.
func TestFaultsSpeak(t *testing.T) {
	t.Parallel()
	for _, key := range locale.Keys() {
		if !strings.HasPrefix(key, "press.") {
			continue
		}
		for _, l := range locale.Langs {
			if got := l.Error(fault.New(fault.Invalid, key, nil)); got == "" || got == l.T("fault.internal") {
				t.Errorf("%s in %s: %q", key, l, got)
			}
		}
	}
}

func TestCreateArticle(t *testing.T) {
	onEach(t, func(h hall) {
		body := doc("五月一日，鷺灣鎮舉行<b>燈會</b>。\x00", "約三百人到場。")
		body.Blocks = append(body.Blocks, markup.Figure{Source: "https://old.example/1.jpg"}, markup.Figure{File: strings.Repeat("ab", 32), Alt: "燈"})
		a := h.publish(ArticleParams{
			Org: h.at["lanjiang/luwan/"].ID, Title: "  鷺灣\n燈會 ", Body: body, Byline: "通訊員", Source: "鷺灣鎮同鄉會", State: Published,
			Facts: []facts.Fact{told("五月一日", facts.Festival, 300)},
		})
		got, err := h.public().Article(h.Context(), a.ID)
		h.must(err)
		if diff := cmp.Diff(a, got); diff != "" {
			h.Errorf("what is read differs from what was made:\n%s", diff)
		}
		want := Article{
			ID: a.ID, Org: h.at["lanjiang/luwan/"].ID, Kind: Report, Title: "鷺灣 燈會", Lang: locale.Hant, Byline: "通訊員", Source: "鷺灣鎮同鄉會",
			State: Published, PublishedOn: "2026-05-01", PublishedAt: a.CreatedAt, Revision: 1, Figures: 2, Picture: strings.Repeat("ab", 32),
			CreatedAt: a.CreatedAt, UpdatedAt: a.CreatedAt, Body: got.Body, Summary: "五月一日，鷺灣鎮舉行<b>燈會</b>。約三百人到場。",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			h.Error(diff)
		}
		if text := got.Body.Text(); strings.Contains(text, "\x00") {
			h.Errorf("U+0000 was stored: %q", text)
		}
		if n := h.count(`SELECT count(*) FROM article_revision WHERE article_id = ? AND number = 1`, a.ID); n != 1 {
			h.Errorf("%d first revisions", n)
		}
		entries, err := audit.Of(h.Context(), h.db, "article", string(a.ID))
		h.must(err)
		if len(entries) != 1 || entries[0].Action != "article.create" || entries[0].Detail["state"] != "published" {
			h.Errorf("%+v", entries)
		}
		if ids := h.found("燈會"); len(ids) != 1 || ids[0] != string(a.ID) {
			h.Errorf("the search finds %v", ids)
		}
	})
}

func TestWhereAnArticleMayStand(t *testing.T) {
	onEach(t, func(h hall) {
		var column Column
		var above, beside Topic
		h.tx(func(ctx context.Context, tx *db.Tx) (err error) {
			column, err = CreateColumn(ctx, tx, h.at["lanjiang/"].ID, "notices", org.Names{Hant: "通知"})
			return err
		})
		above = h.topic(TopicParams{Org: h.at["lanjiang/"].ID, Slug: "lanterns", Titles: org.Names{Hant: "花燈"}})
		beside = h.topic(TopicParams{Org: h.at["baiyu/"].ID, Slug: "clinics", Titles: org.Names{Hant: "義診"}})
		original := h.publish(h.report("lanjiang/", "燈會"))
		for name, c := range map[string]struct {
			path   string
			change func(*ArticleParams)
			kind   fault.Kind
			key    string // empty: accepted
		}{
			"its own column":       {"lanjiang/", func(p *ArticleParams) { p.Column = column.ID }, 0, ""},
			"another's column":     {"baiyu/", func(p *ArticleParams) { p.Column = column.ID }, fault.Invalid, "press.column_foreign"},
			"a column from above":  {"lanjiang/luwan/", func(p *ArticleParams) { p.Column = column.ID }, fault.Invalid, "press.column_foreign"},
			"no column":            {"lanjiang/", func(p *ArticleParams) { p.Column = "01hx0000000000000000000000" }, fault.Invalid, "press.column_foreign"},
			"a topic from above":   {"lanjiang/luwan/house/", func(p *ArticleParams) { p.Topics = []ident.Topic{above.ID, above.ID} }, 0, ""},
			"its own topic":        {"baiyu/", func(p *ArticleParams) { p.Topics = []ident.Topic{beside.ID} }, 0, ""},
			"another's topic":      {"lanjiang/luwan/", func(p *ArticleParams) { p.Topics = []ident.Topic{beside.ID} }, fault.Invalid, "press.topic_foreign"},
			"a topic from below":   {"", func(p *ArticleParams) { p.Topics = []ident.Topic{above.ID} }, fault.Invalid, "press.topic_foreign"},
			"no such topic":        {"", func(p *ArticleParams) { p.Topics = []ident.Topic{"x"} }, fault.NotFound, "press.topic_not_found"},
			"no such organisation": {"", func(p *ArticleParams) { p.Org = "x" }, fault.NotFound, "org.not_found"},
			"a translation":        {"lanjiang/", func(p *ArticleParams) { p.Lang, p.TranslationOf = locale.En, original.ID }, 0, ""},
			"a translation into its own language": {"lanjiang/", func(p *ArticleParams) { p.TranslationOf = original.ID },
				fault.Invalid, "press.translation_same"},
			"a translation of nothing": {"lanjiang/", func(p *ArticleParams) { p.Lang, p.TranslationOf = locale.En, "x" }, fault.NotFound, "press.not_found"},
		} {
			before := h.count(`SELECT count(*) FROM article`)
			err := h.try(func(ctx context.Context, tx *db.Tx) error {
				_, err := CreateArticle(ctx, tx, h.report(c.path, name, c.change))
				return err
			})
			made := h.count(`SELECT count(*) FROM article`) - before
			if c.key == "" && (err != nil || made != 1) {
				h.Errorf("%s: %v, %d made", name, err, made)
			}
			if c.key != "" {
				h.refused(err, c.kind, c.key)
				if made != 0 {
					h.Errorf("%s: refused, yet %d made", name, made)
				}
			}
		}
	})
}

func TestAnOrganisationMovedAwayMayStillAnswer(t *testing.T) {
	onEach(t, func(h hall) {
		luwan := h.at["lanjiang/luwan/"]
		topic := h.topic(TopicParams{Org: h.at["lanjiang/"].ID, Slug: "lanterns", Titles: org.Names{Hant: "花燈"}, Under: []ident.Org{luwan.ID}})
		h.tx(func(ctx context.Context, tx *db.Tx) error { return org.Move(ctx, tx, luwan.ID, h.at["baiyu/"].ID, "") })
		a := h.publish(h.report("lanjiang/luwan/", "燈會", func(p *ArticleParams) { p.Topics = []ident.Topic{topic.ID} }))
		c, err := h.public().Coverage(h.Context(), topic.ID, time.Now())
		h.must(err)
		if c.Rows[0].Org != luwan.ID || c.Rows[0].Path != "lanjiang/luwan/" || c.Rows[0].First.Address() != "/baiyu/luwan/news/2026/05/"+string(a.ID) {
			h.Errorf("%+v", c.Rows[0])
		}
	})
}

func TestAnUndatedDraftIsDatedWhenItIsPublished(t *testing.T) {
	onEach(t, func(h hall) {
		a := h.publish(h.report("baiyu/", "義診", func(p *ArticleParams) { p.State = "" }))
		if a.State != Draft || a.PublishedOn != "" || !a.PublishedAt.IsZero() {
			h.Fatalf("%+v", a)
		}
		_, err := h.public().Article(h.Context(), a.ID)
		h.refused(err, fault.NotFound, "press.not_found")
		if ids := h.found("義診"); len(ids) != 0 {
			h.Errorf("a draft is found: %v", ids)
		}
		err = h.try(func(ctx context.Context, tx *db.Tx) error {
			_, err := SetState(ctx, tx, a.ID, Withdrawn)
			return err
		})
		h.refused(err, fault.Conflict, "press.state_refused")
		a = h.set(a.ID, Published)
		if a.PublishedOn != "2026-05-01" || a.PublishedAt.IsZero() {
			h.Errorf("%+v", a)
		}
		if got, err := h.public().Article(h.Context(), a.ID); err != nil || !cmp.Equal(a, got) {
			h.Errorf("%v %s", err, cmp.Diff(a, got))
		}
	})
}

func TestWithdrawingKeepsTheDateForTheReturn(t *testing.T) {
	onEach(t, func(h hall) {
		first := h.publish(h.report("baiyu/", "義診", func(p *ArticleParams) { p.PublishedOn = "2025-12-24" }))
		h.set(first.ID, Withdrawn)
		if ids := h.found("義診"); len(ids) != 0 {
			h.Errorf("withdrawn, yet found: %v", ids)
		}
		_, err := h.public().Article(h.Context(), first.ID)
		h.refused(err, fault.NotFound, "press.not_found")
		again := h.set(first.ID, Published)
		if again.PublishedOn != "2025-12-24" || again.PublishedAt != first.PublishedAt {
			h.Errorf("%+v", again)
		}
		if ids := h.found("義診"); len(ids) != 1 {
			h.Errorf("published again, yet not found")
		}
		h.set(first.ID, Published)
		entries, err := audit.Of(h.Context(), h.db, "article", string(first.ID))
		h.must(err)
		var went []string
		for _, e := range entries {
			went = append(went, e.Action+" "+e.Detail["from"]+">"+e.Detail["to"])
		}
		if diff := cmp.Diff([]string{"article.create >", "article.state published>withdrawn", "article.state withdrawn>published"}, went); diff != "" {
			h.Error(diff)
		}
	})
}

func TestReviseKeepsEveryText(t *testing.T) {
	onEach(t, func(h hall) {
		a := h.publish(h.report("baiyu/", "義診", func(p *ArticleParams) { p.PublishedOn = "2026-04-30" }))
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			_, err := ReviseArticle(audit.WithActor(ctx, "editor"), tx, a.ID, ArticleParams{Title: "義診改期", Body: doc("改在端午。"), PublishedOn: "2026-04-29"})
			return err
		})
		got, err := h.public().Article(h.Context(), a.ID)
		h.must(err)
		if got.Title != "義診改期" || got.Revision != 2 || !got.Edited || got.Summary != "改在端午。" || got.State != Published || got.Lang != locale.Hant {
			h.Errorf("%+v", got)
		}
		if got.PublishedOn != "2026-04-29" || !got.PublishedAt.Before(a.PublishedAt.Time) {
			h.Errorf("a new date must order anew: %v %v", got.PublishedOn, got.PublishedAt)
		}
		var texts []struct {
			Number       int
			Title, Actor string
		}
		h.must(h.db.Select(h.Context(), &texts, `SELECT number, title, actor FROM article_revision WHERE article_id = ? ORDER BY number`, a.ID))
		if len(texts) != 2 || texts[0].Title != "義診" || texts[1].Title != "義診改期" || texts[1].Actor != "editor" {
			h.Errorf("%+v", texts)
		}
		if len(h.found("開幕")) != 0 || len(h.found("端午")) != 1 {
			h.Errorf("the search must follow the text")
		}
	})
}

func TestReplaceImported(t *testing.T) {
	onEach(t, func(h hall) {
		topic := h.topic(TopicParams{Org: h.at[""].ID, Slug: "lanterns", Titles: org.Names{Hant: "花燈"}})
		p := h.report("baiyu/", "義診", func(p *ArticleParams) { p.Topics = []ident.Topic{topic.ID} })
		a := h.publish(p)
		replace := func(change func(*ArticleParams)) (got Article, err error) {
			q := p
			q.Topics = nil
			change(&q)
			err = h.try(func(ctx context.Context, tx *db.Tx) (err error) {
				got, err = ReplaceImported(ctx, tx, a.ID, q)
				return err
			})
			return got, err
		}
		got, err := replace(func(*ArticleParams) {})
		h.must(err)
		if got.Revision != 1 || got.Edited {
			h.Errorf("the same reading must make no revision: %+v", got)
		}
		got, err = replace(func(q *ArticleParams) { q.Body = doc("修補好的文字。") })
		h.must(err)
		if got.Revision != 2 || got.Edited {
			h.Errorf("%+v", got)
		}
		if topics, err := h.public().TopicsOfArticle(h.Context(), a.ID); err != nil || len(topics) != 1 {
			h.Errorf("a new reading must not take the article out of its topic: %v %v", topics, err)
		}
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			_, err := ReviseArticle(ctx, tx, a.ID, h.report("baiyu/", "改"))
			return err
		})
		_, err = replace(func(*ArticleParams) {})
		h.refused(err, fault.Conflict, "press.edited")
		_, err = h.replaceMissing()
		h.refused(err, fault.NotFound, "press.not_found")
	})
}

func (h hall) replaceMissing() (a Article, err error) {
	err = h.try(func(ctx context.Context, tx *db.Tx) (err error) {
		a, err = ReplaceImported(ctx, tx, "x", h.report("", "無"))
		return err
	})
	return a, err
}

func TestReviseSetsColumnAndTopics(t *testing.T) {
	onEach(t, func(h hall) {
		var column Column
		h.tx(func(ctx context.Context, tx *db.Tx) (err error) {
			column, err = CreateColumn(ctx, tx, h.at["baiyu/"].ID, "people", org.Names{Hant: "人物"})
			return err
		})
		topic := h.topic(TopicParams{Org: h.at[""].ID, Slug: "lanterns", Titles: org.Names{Hant: "花燈"}})
		foreign := h.topic(TopicParams{Org: h.at["lanjiang/"].ID, Slug: "boats", Titles: org.Names{Hant: "龍舟"}})
		a := h.publish(h.report("baiyu/", "甲"))
		revise := func(change func(*ArticleParams)) error {
			return h.try(func(ctx context.Context, tx *db.Tx) error {
				p := h.report("", "甲") // an organisation and a state are not read here
				p.State = Withdrawn
				change(&p)
				_, err := ReviseArticle(ctx, tx, a.ID, p)
				return err
			})
		}
		h.must(revise(func(p *ArticleParams) { p.Column, p.Topics = column.ID, []ident.Topic{topic.ID} }))
		got, err := h.public().Article(h.Context(), a.ID)
		h.must(err)
		topics, err := h.public().TopicsOfArticle(h.Context(), a.ID)
		h.must(err)
		if got.Column != column.ID || len(topics) != 1 || got.Org != a.Org || got.State != Published || got.Revision != 1 || !got.Edited {
			h.Errorf("%+v %+v", got, topics)
		}
		h.refused(revise(func(p *ArticleParams) { p.Topics = []ident.Topic{foreign.ID} }), fault.Invalid, "press.topic_foreign")
		h.refused(revise(func(p *ArticleParams) { p.Title = "" }), fault.Invalid, "press.title_empty")
		h.must(revise(func(*ArticleParams) {}))
		got, err = h.public().Article(h.Context(), a.ID)
		h.must(err)
		if topics, err = h.public().TopicsOfArticle(h.Context(), a.ID); err != nil || got.Column != "" || len(topics) != 0 {
			h.Errorf("%+v %+v %v", got, topics, err)
		}
	})
}

// An article keeps the topics it has, also when a move has put the topic's
// organisation out of its reach since.
func TestReviseKeepsTopicsOutOfReach(t *testing.T) {
	onEach(t, func(h hall) {
		luwan := h.at["lanjiang/luwan/"]
		topic := h.topic(TopicParams{Org: h.at["lanjiang/"].ID, Slug: "boats", Titles: org.Names{Hant: "龍舟"}})
		in := func(p *ArticleParams) { p.Topics = []ident.Topic{topic.ID} }
		a := h.publish(h.report("lanjiang/luwan/", "甲", in))
		h.tx(func(ctx context.Context, tx *db.Tx) error { return org.Move(ctx, tx, luwan.ID, h.at["baiyu/"].ID, "") })
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			_, err := ReviseArticle(ctx, tx, a.ID, h.report("lanjiang/luwan/", "乙", in))
			return err
		})
		err := h.try(func(ctx context.Context, tx *db.Tx) error {
			_, err := CreateArticle(ctx, tx, h.report("lanjiang/luwan/", "丙", in))
			return err
		})
		h.refused(err, fault.Invalid, "press.topic_foreign")
	})
}

func TestRevisingWhatIsNotPublishedDoesNotPublishIt(t *testing.T) {
	onEach(t, func(h hall) {
		for _, s := range []State{Draft, Withdrawn} {
			a := h.publish(h.report("baiyu/", "甲"))
			h.set(a.ID, s)
			h.tx(func(ctx context.Context, tx *db.Tx) error {
				got, err := ReviseArticle(ctx, tx, a.ID, h.report("baiyu/", "乙"))
				if got.State != s {
					h.Errorf("%s became %s", s, got.State)
				}
				loaded, err2 := Load(ctx, tx, a.ID)
				if diff := cmp.Diff(got, loaded); diff != "" || err2 != nil {
					h.Errorf("%v %s", err2, diff)
				}
				return err
			})
		}
		if ids := h.found("燈會"); len(ids) != 0 {
			h.Errorf("found: %v", ids)
		}
	})
}

// Two people and an import at once: each text is there in turn, under a number
// of its own.
func TestConcurrentRevisions(t *testing.T) {
	onEach(t, func(h hall) {
		a := h.publish(h.report("baiyu/", "甲"))
		var wg sync.WaitGroup
		for i := range 6 {
			wg.Go(func() {
				err := h.try(func(ctx context.Context, tx *db.Tx) error {
					_, err := ReviseArticle(ctx, tx, a.ID, h.report("baiyu/", fmt.Sprintf("第%d稿", i)))
					return err
				})
				if err != nil {
					h.Error(err)
				}
			})
		}
		wg.Wait()
		var numbers []int
		h.must(h.db.Select(h.Context(), &numbers, `SELECT number FROM article_revision WHERE article_id = ? ORDER BY number`, a.ID))
		if diff := cmp.Diff([]int{1, 2, 3, 4, 5, 6, 7}, numbers); diff != "" {
			h.Error(diff)
		}
		if n := len(h.found("燈會")); n != 1 {
			h.Errorf("found %d times", n)
		}
	})
}

func TestColumns(t *testing.T) {
	onEach(t, func(h hall) {
		make := func(slug string, n org.Names) error {
			return h.try(func(ctx context.Context, tx *db.Tx) error {
				_, err := CreateColumn(ctx, tx, h.at["baiyu/"].ID, slug, n)
				return err
			})
		}
		h.must(make("people", org.Names{Hant: "人物"}))
		h.must(make("journal-notes", org.Names{Hant: "鄉訊", En: "Journal"}))
		h.refused(make("people", org.Names{Hant: "人"}), fault.Conflict, "press.slug_taken")
		h.refused(make("no way", org.Names{Hant: "人"}), fault.Invalid, "press.slug_invalid")
		h.refused(make("", org.Names{Hant: "人"}), fault.Invalid, "press.slug_invalid")
		h.refused(make("x", org.Names{}), fault.Invalid, "press.title_empty")
		h.refused(make("2026", org.Names{Hant: "人"}), fault.Invalid, "lists.column_slug")
		h.refused(make(string(h.at["baiyu/"].ID), org.Names{Hant: "人"}), fault.Invalid, "lists.column_slug")
		list, err := h.public().Columns(h.Context(), h.at["baiyu/"].ID)
		h.must(err)
		if len(list) != 2 || list[0].Slug != "people" || list[1].Titles.En != "Journal" || list[1].Position != 2 {
			h.Errorf("%+v", list)
		}
		h.must(make("20260", org.Names{Hant: "五位數"}))
		if at := list[1].Address("baiyu/"); at != "/baiyu/news/journal-notes/" {
			h.Error(at)
		}
		known, err := h.public().ColumnsByID(h.Context(), []ident.Column{list[0].ID, "none"})
		h.must(err)
		if len(known) != 1 || known[list[0].ID].Slug != "people" {
			h.Errorf("%+v", known)
		}
		for _, words := range []string{"乡讯", "journal"} {
			if found := h.found(words); len(found) != 1 || found[0] != string(list[1].ID) {
				h.Errorf("%s finds %v", words, found)
			}
		}
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			_, err := Reindex(ctx, tx, func(int, int) {})
			return err
		})
		if found := h.found("人物"); len(found) != 1 || found[0] != string(list[0].ID) {
			h.Errorf("after a new index: %v", found)
		}
	})
}
