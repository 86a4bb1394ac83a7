package press

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
)

// A walk over all pages meets each topic once, from the newest, whatever is
// opened meanwhile.
func TestTopicListWalk(t *testing.T) {
	onEach(t, func(h hall) {
		var want []ident.Topic
		for i := range 5 {
			topic := h.topic(TopicParams{
				Org: h.at[""].ID, Slug: fmt.Sprintf("t%d", i), Titles: org.Names{Hant: "花燈"},
				AskedAt: time.Date(2026, 4, 1+i/2, 0, 0, 0, 0, time.UTC), // two of each day
				Under:   map[bool][]ident.Org{true: {h.at["baiyu/"].ID}}[i == 1],
			})
			want = append(want, topic.ID)
		}
		slices.Reverse(want)
		var got []ident.Topic
		q := TopicListParams{Limit: 2}
		for {
			page, err := h.public().TopicList(h.Context(), q)
			h.must(err)
			for _, topic := range page.Topics {
				got = append(got, topic.ID)
			}
			if q.Before = page.Next; page.Next == "" {
				break
			}
			if len(got) == 2 {
				h.topic(TopicParams{Org: h.at[""].ID, Slug: "late", Titles: org.Names{Hant: "新的"}})
			}
		}
		if !slices.Equal(got, want) {
			h.Errorf("got %v, want %v", got, want)
		}
		asked, err := h.public().TopicList(h.Context(), TopicListParams{Org: h.at["baiyu/"].ID})
		h.must(err)
		if len(asked.Topics) != 1 || asked.Topics[0].Slug != "t1" {
			h.Errorf("%+v", asked)
		}
		one, err := h.public().TopicByID(h.Context(), want[0])
		h.must(err)
		if one.ID != want[0] || one.Slug != "t4" {
			h.Errorf("%+v", one)
		}
		_, err = h.public().TopicByID(h.Context(), "x")
		h.refused(err, fault.NotFound, "press.topic_not_found")
		for _, bad := range []string{"x", "1-", "-", "1-zz", "9999999999999999999-" + string(want[0])} {
			_, err = h.public().TopicList(h.Context(), TopicListParams{Before: bad})
			h.refused(err, fault.Misuse, "press.cursor_invalid")
		}
	})
}

func TestColumnListWalk(t *testing.T) {
	onEach(t, func(h hall) {
		for _, path := range []string{"lanjiang/", "baiyu/"} {
			for _, slug := range []string{"notices", "people", "journal"} {
				h.tx(func(ctx context.Context, tx *db.Tx) error {
					_, err := CreateColumn(ctx, tx, h.at[path].ID, slug, org.Names{Hant: "欄目"})
					return err
				})
			}
		}
		var got []string
		q := ColumnListParams{Limit: 2}
		for {
			page, err := h.public().ColumnList(h.Context(), q)
			h.must(err)
			for _, c := range page.Columns {
				got = append(got, c.OrgPath+c.Slug)
			}
			if q.After = page.Next; page.Next == "" {
				break
			}
		}
		want := []string{"lanjiang/notices", "lanjiang/people", "lanjiang/journal", "baiyu/notices", "baiyu/people", "baiyu/journal"}
		if !slices.Equal(got, want) {
			h.Errorf("got %q", got)
		}
		own, err := h.public().ColumnList(h.Context(), ColumnListParams{Org: h.at["baiyu/"].ID})
		h.must(err)
		if len(own.Columns) != 3 || own.Next != "" || own.Columns[0].OrgNames.Hant != "白嶼市同鄉會" {
			h.Errorf("%+v", own)
		}
		id := string(own.Columns[0].ID)
		for _, bad := range []string{"x", "--", "a-1-b", id + "-x-" + id, id + "-1-x"} {
			_, err = h.public().ColumnList(h.Context(), ColumnListParams{After: bad})
			h.refused(err, fault.Misuse, "press.cursor_invalid")
		}
	})
}

// Whoever links to a report or a section knows its organisation and language.
func TestRefsSayWhoseTheyAre(t *testing.T) {
	onEach(t, func(h hall) {
		topic := h.topic(TopicParams{Org: h.at[""].ID, Slug: "lanterns", Titles: org.Names{Hant: "花燈"}, Under: []ident.Org{h.at["baiyu/"].ID}})
		a := h.publish(h.report("baiyu/", "甲", func(p *ArticleParams) { p.Topics = []ident.Topic{topic.ID} }))
		var digest Article
		h.tx(func(ctx context.Context, tx *db.Tx) (err error) {
			digest, err = CreateDigest(ctx, tx, DigestParams{ArticleParams: h.report("", "匯編"), Sections: []SectionParams{{Article: a.ID}}})
			return err
		})
		c, err := h.public().Coverage(h.Context(), topic.ID, h.db.Now())
		h.must(err)
		sections, err := h.public().Sections(h.Context(), digest.ID)
		h.must(err)
		carried, err := h.public().CarriedBy(h.Context(), a.ID)
		h.must(err)
		for _, one := range []struct {
			ref Ref
			org string
		}{{c.Rows[0].First, "baiyu/"}, {sections[0].Article, "baiyu/"}, {carried[0], ""}} {
			if one.ref.OrgID != h.at[one.org].ID || one.ref.Lang != "zh-Hant" {
				h.Errorf("%+v", one.ref)
			}
		}
	})
}
