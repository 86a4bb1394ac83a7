package api_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/testkit"
)

// crowd is a federation with more of everything than a page holds.
func crowd(t *testing.T) (*hall, *testkit.Queries) {
	t.Helper()
	clock := testkit.NewClock(date)
	d, queries := testkit.Counted(t, clock)
	h := bare(t, d, clock).furnish()
	illustrated := markup.Doc{Blocks: []markup.Block{markup.Para("鄉親來了。"), markup.Figure{File: pictured}}}
	for i := range 60 {
		h.create(fmt.Sprintf("town%02d/", i), org.CreateParams{Kind: "city", Names: org.Names{Hant: fmt.Sprintf("第%d鎮同鄉會", i)}})
		path := fmt.Sprintf("town%02d/", i)
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			if _, err := press.CreateColumn(ctx, tx, h.orgs[path].ID, "people", org.Names{Hant: "人物"}); err != nil {
				return err
			}
			_, err := press.PutPage(ctx, tx, press.StandingPageParams{
				Org: h.orgs[path].ID, Slug: "contact", Lang: locale.Hant, Title: "聯絡", State: press.Published, Body: markup.FromText("街上。"),
			})
			return err
		})
		h.report(path, path, press.ArticleParams{Title: "鄉親" + path, PublishedOn: time.Date(2025, 1, 1+i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly), Body: illustrated})
		h.openTopic(path, press.TopicParams{Org: h.orgs[path].ID, Slug: "topic", Titles: org.Names{Hant: "專題鄉親"}})
	}
	return h, queries
}

// A list asks the database as often for many records as for few.
func TestQueriesDoNotGrow(t *testing.T) {
	t.Parallel()
	h, queries := crowd(t)
	count := func(address string) (n int64, shown int) {
		before := queries.Count()
		shown = len(items(h.get(address)))
		return queries.Count() - before, shown
	}
	for address, most := range map[string]int64{
		"orgs?": 4, "orgs/" + string(h.orgs[""].ID) + "/children?": 5, "articles?": 3, "topics?": 3, "columns?": 2, "pages?": 2, "search?q=%E9%84%89%E8%A6%AA&": 8,
	} {
		few, shown := count("/api/v1/" + address + "limit=4")
		many, all := count("/api/v1/" + address + "limit=60")
		if shown != 4 || all < 55 {
			t.Errorf("%s: shows %d and %d", address, shown, all)
		}
		if few == 0 || many > few || many > most {
			t.Errorf("%s: %d queries for 4 records, %d for %d, want at most %d", address, few, many, all, most)
		}
	}
	if h.ask(http.MethodGet, "/api/v1/kinds").Code != http.StatusOK {
		t.Error("kinds")
	}
}
