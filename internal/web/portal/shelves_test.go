package portal_test

import (
	"context"
	"fmt"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
)

// longTitle has forty characters and no punctuation at which it could break.
const longTitle = "關於調整二零二六年度各市縣同鄉會中秋聯誼活動經費補助標準及申報辦法若干事項的補充通知"

// shelves adds what lists are made of to a furnished hall: columns, an article
// in two languages, a long title, and large topics.
func (h *hall) shelves() *hall {
	h.Helper()
	columns := map[string]ident.Column{}
	for _, c := range []struct{ path, slug, hant, en string }{
		{"", "notices", "通知公告", "Notices"},
		{"lanjiang/", "people", "瀾江人物", "People of Lanjiang"},
		{"lanjiang/", "kitchen", "灶頭上的鄉音", ""},
		{"lanjiang/", "empty", "尚待開張", "Still empty"},
	} {
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			made, err := press.CreateColumn(ctx, tx, h.orgs[c.path].ID, c.slug, org.Names{Hant: c.hant, En: c.en})
			columns[c.slug] = made.ID
			return err
		})
	}
	for i, title := range []string{"撐船的老方", "賣燈籠的人", "學堂裡的算盤", longTitle} {
		h.report(fmt.Sprintf("person%d", i), "lanjiang/", press.ArticleParams{
			Title: title, Body: markup.FromText("他在江上撐了四十年船，哪一段水急，閉著眼睛也說得出來。"), Column: columns["people"],
			PublishedOn: fmt.Sprintf("202%d-0%d-11", 4+i/2, 2+i),
		})
	}
	h.report("kitchen", "lanjiang/", press.ArticleParams{
		Title: "端午的鹼水粽", Body: markup.FromText("鹼水要用稻草灰濾。"), Column: columns["kitchen"], PublishedOn: "2026-06-19",
		Facts: []facts.Fact{{Date: "2026-06-18", Kind: facts.Festival, Mode: facts.InPerson, Place: "瀾江東岸", Quote: "端午"}},
	})
	h.report("kitchen-en", "lanjiang/", press.ArticleParams{
		Title: "Rice dumplings, the way the ferry people make them", Lang: locale.En, TranslationOf: h.article["kitchen"].ID,
		Body: markup.FromText("The lye is drawn from the ash of rice straw."), Column: columns["kitchen"], PublishedOn: "2026-06-20",
	})
	return h
}

// ask opens a topic of an organisation that asks all below the given paths.
func (h *hall) askAll(slug, title string, p press.TopicParams, paths ...string) (id ident.Topic) {
	h.Helper()
	p.Slug, p.Titles = slug, org.Names{Hant: title}
	for _, path := range paths {
		p.Under = append(p.Under, h.orgs[path].ID)
	}
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		t, err := press.CreateTopic(ctx, tx, p)
		id = t.ID
		return err
	})
	return id
}

// crowd adds cities with counties below them, and lets two of three report.
func (h *hall) crowd(cities, counties int) {
	h.Helper()
	var paths []string
	for i := range cities {
		city := fmt.Sprintf("city%d/", i)
		h.create(city, org.CreateParams{Kind: "city", Names: org.Names{Hant: fmt.Sprintf("第%d市同鄉會", i+1)}})
		paths = append(paths, city)
		for j := range counties {
			h.create(fmt.Sprintf("%scounty%d/", city, j), org.CreateParams{Kind: "county", Names: org.Names{Hant: fmt.Sprintf("第%d市第%d縣同鄉會", i+1, j+1)}})
		}
	}
	id := h.askAll("census", "各地鄉親聚會地點普查", press.TopicParams{Org: h.orgs[""].ID, Deadline: day("2026-10-05"), AskedAt: day("2026-09-01")}, paths...)
	var list []press.ArticleParams
	for i := range cities {
		for j := range counties {
			if (i+j)%3 == 0 {
				continue
			}
			list = append(list, press.ArticleParams{
				Org: h.orgs[fmt.Sprintf("city%d/county%d/", i, j)].ID, Title: fmt.Sprintf("第%d市第%d縣的聚會地點", i+1, j+1), Body: markup.FromText("在祠堂。"),
				State: press.Published, PublishedOn: day("2026-10-02").AddDate(0, 0, (i*j)%6).Format(time.DateOnly), Topics: []ident.Topic{id},
			})
		}
	}
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		_, err := press.CreateArticles(ctx, tx, list)
		return err
	})
}

// wide adds cities without anything below them, and asks them all.
func (h *hall) wide(n int, name string) {
	h.Helper()
	var paths []string
	for i := range n {
		path := fmt.Sprintf("wide%d/", i)
		h.create(path, org.CreateParams{Kind: "city", Names: org.Names{Hant: fmt.Sprintf(name, i+1)}})
		paths = append(paths, path)
	}
	h.askAll(fmt.Sprintf("wide-%d", n), "一問各市", press.TopicParams{Org: h.orgs[""].ID, Deadline: day("2026-12-01")}, paths...)
}

// freeze closes a topic's books.
func (h *hall) freeze(id ident.Topic) {
	h.Helper()
	h.tx(func(ctx context.Context, tx *db.Tx) error { return press.Freeze(ctx, tx, id) })
}

// setState publishes an article or takes it back.
func (h *hall) setState(name string, s press.State) {
	h.Helper()
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		_, err := press.SetState(ctx, tx, h.article[name].ID, s)
		return err
	})
}

// orgNamed is a city of that name.
func orgNamed(name string) org.CreateParams {
	return org.CreateParams{Kind: "city", Names: org.Names{Hant: name}}
}

// topicOf is a topic that all those below the root are asked by; with a path, a
// long text goes with it.
func topicOf(h *hall, path string) press.TopicParams {
	p := press.TopicParams{Org: h.orgs[""].ID, AskedAt: day("2026-09-01"), Deadline: day("2026-10-01")}
	if path != "" {
		p.Body = markup.FromText("請寫明時間、地點和人數。\n\n" + longTitle)
		p.Excused = map[ident.Org]string{h.orgs[path].ID: longTitle}
	}
	return p
}

// manyIn publishes n short reports in a column, one each day, and remembers one.
func (h *hall) manyIn(path string, column ident.Column, from, n int) {
	h.Helper()
	list := make([]press.ArticleParams, 0, n)
	for i := range n {
		list = append(list, press.ArticleParams{
			Org: h.orgs[path].ID, Column: column, Title: fmt.Sprintf("例會第%d次", from+i+1), State: press.Published,
			PublishedOn: day("2010-01-01").AddDate(0, 0, from+i).Format(time.DateOnly), Body: markup.FromText("照常開會，照常喝茶。"),
			Facts: []facts.Fact{{Kind: facts.Lecture, Mode: facts.InPerson, Place: "梅渡茶樓", Headcount: 12, Quote: "照常開會"}},
		})
	}
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		made, err := press.CreateArticles(ctx, tx, list)
		h.article["many"] = made[0]
		return err
	})
}
