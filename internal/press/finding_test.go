package press

import (
	"context"
	"testing"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/search"
)

// counted is how many hits a search says that a choice would leave.
func (h hall) counted(text, family, value string) int {
	h.Helper()
	r, err := search.Find(h.Context(), h.db, search.Query{Text: text, Count: true})
	h.must(err)
	return r.Facets[family].Counts[value]
}

// suggested is how many documents are suggested to who types this.
func (h hall) suggested(typed string) int {
	h.Helper()
	list, err := search.Suggest(h.Context(), h.db, typed)
	h.must(err)
	return len(list)
}

// proposed is how many documents the better query finds.
func (h hall) proposed(text string) int {
	h.Helper()
	p, err := search.Nearest(h.Context(), h.db, search.Query{Text: text}, 0)
	h.must(err)
	if p == nil {
		return 0
	}
	return p.Total
}

// What articles, topics, columns and pages are narrowed by follows every change
// to them, and the index made anew says the same.
func TestWhatSearchesNarrowBy(t *testing.T) {
	onEach(t, func(h hall) {
		topic := h.lanterns()
		var column Column
		h.tx(func(ctx context.Context, tx *db.Tx) (err error) {
			if column, err = CreateColumn(ctx, tx, h.at["baiyu/"].ID, "notices", org.Names{Hant: "花燈告示", En: "Lantern notices"}); err != nil {
				return err
			}
			_, err = PutPage(ctx, tx, StandingPageParams{Org: h.at[""].ID, Slug: "about", Lang: locale.En, Title: "About lanterns", State: Published})
			return err
		})
		a := h.publish(h.report("baiyu/", "花燈一條街", func(p *ArticleParams) {
			p.Topics, p.Column, p.PublishedOn, p.Lang = []ident.Topic{topic.ID}, column.ID, "2025-01-01", locale.Hans
		}))
		narrowed := func(f search.Filters) int {
			h.Helper()
			r, err := search.Find(h.Context(), h.db, search.Query{Text: "花燈", Filters: f})
			h.must(err)
			return r.Total
		}
		look := func(when string, want map[string]int) {
			h.Helper()
			for name, f := range map[string]search.Filters{
				"articles": {Kind: "article"}, "columns": {Kind: "column"}, "of 2025": {Year: "2025"}, "of 2024": {Year: "2024"}, "simplified": {Lang: "zh-Hans"},
				"articles of the topic":  {Kind: "article", Tags: []string{TopicTag(topic.ID)}},
				"articles of the column": {Kind: "article", Tags: []string{ColumnTag(column.ID)}},
			} {
				if got := narrowed(f); got != want[name] {
					h.Errorf("%s: %d %s, want %d", when, got, name, want[name])
				}
			}
		}
		full := map[string]int{"articles": 1, "columns": 1, "of 2025": 1, "simplified": 1, "articles of the topic": 1, "articles of the column": 1}
		look("published", full)
		h.set(a.ID, Withdrawn)
		look("withdrawn", map[string]int{"columns": 1})
		h.set(a.ID, Published)
		look("published again", full)
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			_, err := Reindex(ctx, tx, func(int, int) {})
			return err
		})
		look("made anew", full)
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			_, err := ReviseArticle(ctx, tx, a.ID, h.report("baiyu/", "花燈兩條街", func(p *ArticleParams) { p.PublishedOn = "2024-12-31" }))
			return err
		})
		look("revised", map[string]int{"articles": 1, "columns": 1, "of 2024": 1, "simplified": 1})
		for typed, want := range map[string]int{"lantern": 3, "notices": 1, "huadeng": 2, "about": 1, "花燈": 3} {
			if got := h.suggested(typed); got != want {
				h.Errorf("%s suggests %d, want %d", typed, got, want)
			}
		}
	})
}
