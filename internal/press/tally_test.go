package press

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
)

// The tallies of many topics are what each one's coverage says, at any instant.
func TestTalliesAgreeWithCoverage(t *testing.T) {
	onEach(t, func(h hall) {
		deadline := time.Date(2026, 5, 10, 16, 0, 0, 0, time.UTC)
		excused := h.lanterns(func(p *TopicParams) {
			p.Slug, p.Excused = "excused", map[ident.Org]string{h.at["lanjiang/"].ID: "颱風", h.at["baiyu/"].ID: "搬家"}
		})
		endless := h.lanterns(func(p *TopicParams) { p.Slug, p.Deadline = "endless", time.Time{} })
		frozen := h.lanterns(func(p *TopicParams) { p.Slug = "frozen" })
		empty := h.topic(TopicParams{Org: h.at[""].ID, Slug: "empty", Titles: org.Names{Hant: "空"}})
		all := []Topic{h.lanterns(), excused, endless, frozen, empty}
		ids := []ident.Topic{all[0].ID, excused.ID, endless.ID, frozen.ID, empty.ID}
		for path, on := range map[string]string{"lanjiang/": "2026-05-01", "lanjiang/luwan/": "2026-05-12", "baiyu/": "2026-05-02"} {
			for range 2 {
				h.publish(h.report(path, path, func(p *ArticleParams) { p.Topics, p.PublishedOn = ids, on }))
			}
		}
		h.publish(h.report("lanjiang/yudeng/", "草稿", func(p *ArticleParams) { p.Topics, p.State = ids, Draft }))
		h.tx(func(ctx context.Context, tx *db.Tx) error { return Freeze(ctx, tx, frozen.ID) })
		h.publish(h.report("lanjiang/yudeng/", "凍結之後", func(p *ArticleParams) { p.Topics = ids }))
		for _, now := range []time.Time{deadline.AddDate(0, 0, -9), deadline, deadline.Add(time.Millisecond), deadline.AddDate(1, 0, 0)} {
			got, err := h.public().Tallies(h.Context(), all, now)
			h.must(err)
			for _, topic := range all {
				c, err := h.public().Coverage(h.Context(), topic.ID, now)
				h.must(err)
				if diff := cmp.Diff(c.All, got[topic.ID]); diff != "" {
					h.Errorf("%s at %v: %s", topic.Slug, now, diff)
				}
			}
		}
		none, err := h.public().Tallies(h.Context(), nil, deadline)
		if err != nil || len(none) != 0 {
			h.Errorf("no topics: %v, %v", none, err)
		}
	})
}

// Page by page, every topic stands once: those that run apart from those that
// are over.
func TestListTopics(t *testing.T) {
	onEach(t, func(h hall) {
		now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
		var want []string
		for i := range 9 {
			slug := fmt.Sprintf("over-%d", i)
			h.topic(TopicParams{Org: h.at[""].ID, Slug: slug, Titles: org.Names{Hant: "題"}, AskedAt: now.AddDate(-1, 0, i/2), Deadline: now.AddDate(0, -1, 0), Under: []ident.Org{h.at["lanjiang/"].ID}})
			want = append([]string{slug}, want...)
		}
		running := h.topic(TopicParams{Org: h.at[""].ID, Slug: "runs", Titles: org.Names{Hant: "題"}, Deadline: now, Under: []ident.Org{h.at["lanjiang/"].ID}})
		frozen := h.topic(TopicParams{Org: h.at[""].ID, Slug: "frozen", Titles: org.Names{Hant: "題"}, AskedAt: now.AddDate(-2, 0, 0), Under: []ident.Org{h.at["lanjiang/"].ID}})
		h.topic(TopicParams{Org: h.at["baiyu/"].ID, Slug: "elsewhere", Titles: org.Names{Hant: "題"}, Deadline: now.AddDate(0, -1, 0)})
		h.tx(func(ctx context.Context, tx *db.Tx) error { return Freeze(ctx, tx, frozen.ID) })
		want = append(want, "frozen")
		for _, of := range []string{"", "lanjiang/", "lanjiang/luwan/house/"} {
			for _, size := range []int{1, 4, 30} {
				var got []string
				q := TopicListParams{Org: h.at[of].ID, Phase: Over, Now: now, Limit: size}
				for range 20 {
					list, err := h.public().TopicList(h.Context(), q)
					h.must(err)
					for _, one := range list.Topics {
						got = append(got, one.Slug)
					}
					if q.Before = list.Next; q.Before == "" {
						break
					}
				}
				if diff := cmp.Diff(want, got); diff != "" {
					h.Errorf("%q by %d: %s", of, size, diff)
				}
			}
			open, err := h.public().TopicList(h.Context(), TopicListParams{Org: h.at[of].ID, Phase: Running, Now: now})
			h.must(err)
			if len(open.Topics) != 1 || open.Topics[0].ID != running.ID || !open.Topics[0].Over(now.Add(time.Millisecond)) || open.Topics[0].Over(now) {
				h.Errorf("%q: running %v", of, open.Topics)
			}
		}
		all, err := h.public().TopicList(h.Context(), TopicListParams{Org: h.at[""].ID, Limit: 30})
		h.must(err)
		if len(all.Topics) != 11 || all.Topics[0].ID != running.ID {
			h.Errorf("all: %v", all.Topics)
		}
		_, err = h.public().TopicList(h.Context(), TopicListParams{Before: "x"})
		h.refused(err, fault.Misuse, "press.cursor_invalid")
	})
}
