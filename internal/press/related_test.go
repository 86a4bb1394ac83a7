package press

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
)

// kin is a candidate, published so many days after the first.
func kin(id string, days int, k Kinship) Kin {
	c := Card{ID: ident.Article(id), First: ident.Article(id), Title: id, PublishedAt: db.At(time.Unix(0, 0).AddDate(0, 0, days))}
	return Kin{Card: c, Kinship: k}
}

func form(k Kin, of string) Kin {
	k.First = ident.Article(of)
	return k
}

func TestRelated(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		of   []Kin
		skip []ident.Article
		want []string
	}{
		{name: "nothing", want: []string{}},
		{name: "nothing in common", of: []Kin{kin("a", 1, Kinship{}), kin("b", 2, Kinship{SameLang: true})}, want: []string{}},
		{
			name: "a topic, a place, a column, a kind, an organisation: in that order",
			of:   []Kin{kin("org", 9, Kinship{Org: true}), kin("kind", 8, Kinship{Event: true}), kin("column", 7, Kinship{Column: true}), kin("place", 6, Kinship{Place: true}), kin("topic", 5, Kinship{Topics: 1})},
			want: []string{"topic", "place", "column", "kind"},
		},
		{name: "what adds up", of: []Kin{kin("a", 1, Kinship{Place: true}), kin("b", 1, Kinship{Column: true, Event: true})}, want: []string{"b", "a"}},
		{name: "two topics before one", of: []Kin{kin("a", 2, Kinship{Topics: 1}), kin("b", 1, Kinship{Topics: 2})}, want: []string{"b", "a"}},
		{name: "of like ones the newer", of: []Kin{kin("a", 1, Kinship{Org: true}), kin("b", 3, Kinship{Org: true}), kin("c", 2, Kinship{Org: true})}, want: []string{"b", "c", "a"}},
		{name: "of one instant the later made", of: []Kin{kin("a", 1, Kinship{Org: true}), kin("b", 1, Kinship{Org: true})}, want: []string{"b", "a"}},
		{name: "what is linked already", of: []Kin{kin("a", 1, Kinship{Org: true}), kin("b", 1, Kinship{Org: true})}, skip: []ident.Article{"b"}, want: []string{"a"}},
		{name: "a form of what is linked already", of: []Kin{form(kin("a", 1, Kinship{Topics: 1}), "b")}, skip: []ident.Article{"b"}, want: []string{}},
		{
			name: "one form of a story, in the reader's language",
			of:   []Kin{kin("story", 1, Kinship{Topics: 1}), form(kin("story-en", 1, Kinship{Topics: 1, SameLang: true}), "story"), kin("other", 1, Kinship{Org: true})},
			want: []string{"story-en", "other"},
		},
		{name: "never more than four", of: []Kin{kin("a", 1, Kinship{Org: true}), kin("b", 2, Kinship{Org: true}), kin("c", 3, Kinship{Org: true}), kin("d", 4, Kinship{Org: true}), kin("e", 5, Kinship{Org: true})}, want: []string{"e", "d", "c", "b"}},
	} {
		skip := map[ident.Article]bool{}
		for _, id := range c.skip {
			skip[id] = true
		}
		if diff := cmp.Diff(c.want, titles(Related(c.of, skip))); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

// What an article has in common with others is read from what is published,
// on either engine alike.
func TestKindred(t *testing.T) {
	onEach(t, func(h hall) {
		var column Column
		h.tx(func(ctx context.Context, tx *db.Tx) (err error) {
			column, err = CreateColumn(ctx, tx, h.at["lanjiang/"].ID, "people", org.Names{Hant: "人物"})
			return err
		})
		first := h.topic(TopicParams{Org: h.at[""].ID, Slug: "one", Titles: org.Names{Hant: "一"}})
		second := h.topic(TopicParams{Org: h.at[""].ID, Slug: "two", Titles: org.Names{Hant: "二"}})
		under := func(ids ...ident.Topic) func(*ArticleParams) { return func(p *ArticleParams) { p.Topics = ids } }
		tells := func(kind facts.Kind, place string) func(*ArticleParams) {
			return func(p *ArticleParams) {
				f := told("昨天", kind, 9)
				f.Place = place
				p.Facts = []facts.Fact{f}
			}
		}
		in := func(p *ArticleParams) { p.Column = column.ID }
		self := h.publish(h.report("lanjiang/", "自己", in, under(first.ID, second.ID), tells(facts.Festival, "江邊")))
		h.publish(h.report("baiyu/", "兩個專題", under(first.ID, second.ID)))
		h.publish(h.report("baiyu/", "一個專題", under(first.ID)))
		h.publish(h.report("baiyu/", "同一地點", tells(facts.Clinic, "江邊")))
		h.publish(h.report("baiyu/", "同類活動", tells(facts.Festival, "")))
		h.publish(h.report("lanjiang/", "同一欄目", in))
		h.publish(h.report("lanjiang/", "同一組織"))
		h.publish(h.report("baiyu/", "不相干", tells(facts.Activity, "")))
		h.publish(h.report("baiyu/", "草稿", under(first.ID), func(p *ArticleParams) { p.State = Draft }))
		h.set(h.publish(h.report("lanjiang/", "撤下", in)).ID, Withdrawn)
		english := h.publish(h.report("lanjiang/", "English", func(p *ArticleParams) { p.Lang, p.TranslationOf = locale.En, self.ID }))
		want := map[string]Kinship{
			"自己":   {Topics: 2, Place: true, Event: true, Column: true, Org: true, SameLang: true},
			"兩個專題": {Topics: 2, SameLang: true}, "一個專題": {Topics: 1, SameLang: true}, "同一地點": {Place: true, SameLang: true}, "同類活動": {Event: true, SameLang: true},
			"同一欄目": {Column: true, Org: true, SameLang: true}, "同一組織": {Org: true, SameLang: true}, "English": {Org: true},
		}
		list, err := h.public().Kindred(h.Context(), self)
		h.must(err)
		got := map[string]Kinship{}
		for _, k := range list {
			got[k.Title] = k.Kinship
		}
		if diff := cmp.Diff(want, got); diff != "" {
			h.Error(diff)
		}
		// A translation has in common what its original has.
		list, err = h.public().Kindred(h.Context(), english)
		h.must(err)
		for _, k := range list {
			if k.Title == "兩個專題" && k.Topics == 2 && !k.SameLang {
				return
			}
		}
		h.Errorf("the translation's kindred: %v", list)
	})
}

// Each story stands once beside another, in the language that is read, and no
// article beside its own translation. In a column the column counts.
func TestNeighboursAcrossLanguagesAndColumns(t *testing.T) {
	onEach(t, func(h hall) {
		var column Column
		h.tx(func(ctx context.Context, tx *db.Tx) (err error) {
			column, err = CreateColumn(ctx, tx, h.at["baiyu/"].ID, "people", org.Names{Hant: "人物"})
			return err
		})
		made := map[string]Article{}
		day := 10
		publish := func(title string, change ...func(*ArticleParams)) {
			day++
			on := fmt.Sprintf("2026-04-%02d", day)
			made[title] = h.publish(h.report("baiyu/", title, append(change, func(p *ArticleParams) { p.PublishedOn = on })...))
		}
		english := func(of string) func(*ArticleParams) {
			return func(p *ArticleParams) { p.Lang, p.TranslationOf = locale.En, made[of].ID }
		}
		in := func(p *ArticleParams) { p.Column = column.ID }
		publish("甲", in)
		publish("A", english("甲"), in)
		publish("乙")
		publish("丙", in)
		publish("C", english("丙"), in)
		publish("丁", in)
		for of, want := range map[string][2]string{
			"甲": {"", "丙"}, "丙": {"甲", "丁"}, "丁": {"丙", ""}, "A": {"", "C"}, "C": {"A", "丁"}, "乙": {"甲", "丙"},
		} {
			before, after, err := h.public().Neighbours(h.Context(), made[of])
			h.must(err)
			var got [2]string
			for i, r := range []*Ref{before, after} {
				if r != nil {
					got[i] = r.Title
				}
			}
			if got != want {
				h.Errorf("beside %s: %v, want %v", of, got, want)
			}
		}
	})
}
