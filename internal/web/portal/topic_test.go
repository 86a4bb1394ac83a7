package portal_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
	. "github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/testkit/browser"
)

func TestTopicFilter(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	for _, c := range []pageCase{
		{
			name: "silent", path: "/topics/village-libraries?state=silent",
			every: sees(Count(".coverage-table tbody tr:not(.branch-head)", 6), NotSee(".coverage-table .ink-reported", ""), Attr(".legend a[aria-current]", "aria-current", "page"), Count(".board-node", 7)),
			hant: sees(
				See(".legend a[aria-current]", "未報告 6"), Attr(".legend a", "href", "/topics/village-libraries#coverage"), See(".coverage-progress", "7 個組織中 1 個已報告"),
				Attr("link[rel=canonical]", "href", base+"/topics/village-libraries?state=silent"), Attr(".languages a[lang=en]", "href", "/en/topics/village-libraries?state=silent"),
				Attr(".board-node", "href", "/topics/village-libraries#o-"+string(h.orgs["lanjiang/"].ID)),
			),
			hans: sees(Attr(".legend li:last-child a", "href", "/hans/topics/village-libraries?state=silent#coverage")),
		},
		{
			name: "reported, below a branch whose top has not", path: "/topics/village-libraries?state=reported",
			every: sees(Count(".coverage-table tbody", 1), Count(".coverage-table tbody tr", 2), Attr(".branch-head th", "scope", "rowgroup")),
			hant:  sees(See(".branch-head", "鶴嶺市同鄉會"), See(".branch-head .branch-tally", "2 個中 1 個已報告"), See("tr.in-1 th", "松臺縣同鄉會")),
		},
		{name: "a state that nobody is in", path: "/topics/village-libraries?state=excused", every: sees(Count(".coverage .empty", 1), NotSee(".coverage-table", ""), Count(".legend a[aria-current]", 1)), hant: sees(See(".empty", "沒有組織是這個情況"))},
	} {
		c.run(t, h)
	}
	whole := h.get("/topics/village-libraries")
	for _, unknown := range []string{"?state=drunk", "?state=", "?utm_source=x"} {
		if h.get("/topics/village-libraries"+unknown).Body.String() != whole.Body.String() {
			t.Errorf("%s changes the page", unknown)
		}
	}
	if w := h.get("/topics/village-libraries/?state=silent&x=1"); w.Code != http.StatusMovedPermanently || w.Header().Get("Location") != "/topics/village-libraries?state=silent" {
		t.Errorf("%d to %s", w.Code, w.Header().Get("Location"))
	}
}

// What stands in the picture, in the list for phones and in the table is the
// same; each shape leads to its row.
func TestTopicBoard(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	h.crowd(12, 24)
	h.wide(200, "第%d市同鄉會")
	pageCase{
		name: "tree", path: "/topics/moon-and-reunion",
		every: sees(
			Attr(".board-picture", "aria-hidden", "true"), Count(`.board-picture a:not([tabindex="-1"])`, 0), Count(".board-faint", 1),
			Attr(".board-node", "href", "#o-"+string(h.orgs["lanjiang/"].ID)), Count("#o-"+string(h.orgs["lanjiang/"].ID), 1),
			Count(".board-list a", 9), Count(".board-list > ul > li", 4), Count(".coverage-table tbody", 4), Count(".board-node .state-reported", 2),
		),
		hant: sees(
			Texts(".board-list > ul > li:first-child > ul > li > a", "雲浦縣同鄉會 已報告", "荷堰區同鄉會 等候中"), Texts(".levels dt", "市級組織、直屬團體", "縣區組織", "鄉鎮街道組織", "會所"),
			Texts(".levels dd", "3 個中 1 個已報告", "3 個中 1 個已報告", "1 個中 0 個已報告", "1 個中 0 個已報告"), See("#b-1 .branch-tally", "連同所屬： 5 個中 1 個已報告"), Count(".branch-tally", 2),
		),
		en: sees(See(".board-name tspan", "Lanjiang City Hometown"), See(".board-node text[lang=zh-Hant]", "海棠市同鄉會")),
	}.run(t, h)
	pageCase{
		name: "three hundred", path: "/topics/census",
		every: sees(Count(".board-card", 12), Count(".board-mark", 300), Attr(".board-card", "href", "#b-1"), Count(".board-list a", 12), Count(".coverage-table tbody", 12), Count(".coverage-table tbody tr", 300)),
		hant:  sees(See(".board-card .board-tally", "25 個中 16 個已報告"), See(".legend", "遲報 48"), See("#b-12 .branch-tally", "連同所屬： 25 個中 16 個已報告")),
	}.run(t, h)
	pageCase{
		name: "two hundred on one level", path: "/topics/wide-200",
		every: sees(Count(".board-card", 1), Count(".board-mark", 200), Attr(".board-card", "href", "#coverage-table"), Count(".coverage-table tbody tr", 200), NotSee(".levels", "")),
		hant:  sees(See(".board-card", "直接所屬的 200 個組織")),
	}.run(t, h)
	pageCase{name: "nobody asked", path: h.emptyTopic(), every: sees(Count(".coverage .empty", 1), NotSee(".board", ""), NotSee(".state-filter", ""))}.run(t, h)
}

func (h *hall) emptyTopic() string {
	h.Helper()
	h.askAll("nobody", "沒有人", press.TopicParams{Org: h.orgs[""].ID})
	return "/topics/nobody"
}

// All that an organisation sent stands in its row; of what others sent, as much
// as can be read.
func TestTopicReports(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	id := h.askAll("letters", "家書", press.TopicParams{Org: h.orgs[""].ID, AskedAt: day("2026-09-01")}, "heling/")
	for i := range 25 {
		h.report(fmt.Sprintf("letter%d", i), "heling/", press.ArticleParams{Title: fmt.Sprintf("第%d封", i+1), PublishedOn: day("2026-09-02").AddDate(0, 0, i).Format("2006-01-02"), Topics: []ident.Topic{id}})
	}
	for i := range 70 {
		h.report("other", "meidu/", press.ArticleParams{Title: fmt.Sprintf("外一則%d", i), PublishedOn: "2026-09-03", Topics: []ident.Topic{id}})
	}
	pageCase{
		name: "many", path: "/topics/letters",
		every: sees(Count(".later li", 20), Count(".extra", 60)),
		hant:  sees(See(".coverage-reports > a", "第1封"), See(".later summary", "另有 24 篇"), See(".later li", "第2封"), See(".extra-more", "另有 10 篇")),
	}.run(t, h)
}

// A frozen topic shows what was, whatever is published or taken back since, and
// the names of that day.
func TestFrozenTopic(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	topic := Find(t, h.get(h.address("library")).Body.Bytes(), "#in-topics + ul a@href")
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		t, err := press.NewPublic(tx).Topic(ctx, "", strings.TrimPrefix(topic, "/topics/"))
		if err != nil {
			return err
		}
		if err := press.Freeze(ctx, tx, t.ID); err != nil {
			return err
		}
		if err := org.Rename(ctx, tx, h.orgs["heling/"].ID, org.Names{Hant: "鶴嶺市同鄉聯誼會"}); err != nil {
			return err
		}
		_, err = press.CreateArticle(ctx, tx, press.ArticleParams{Org: h.orgs["lanjiang/"].ID, Title: "晚到的書屋", State: press.Published, Topics: []ident.Topic{t.ID}})
		return err
	})
	h.setState("library", press.Withdrawn)
	pageCase{
		name: "frozen", path: topic,
		hant: sees(
			See(".byline", "定格於 2026年10月9日"), See(".coverage-frozen", "不再改變統計"), See(".legend", "已報告 1"), See(".legend", "未報告 6"), See(".report-gone", "報導已不在網上"), NotSee("main", "松臺縣的書屋"),
			See("#b-1 tr:first-child .state", "未報告"), See("#b-1 tr:first-child .coverage-reports", "晚到的書屋"), See(".board-name", "鶴嶺市同鄉會"), NotSee(".coverage", "聯誼會"),
		),
	}.run(t, h)
}

func TestTopicLists(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.create("meidu/", orgNamed("梅渡市同鄉會"))
	for i := range 70 {
		h.askAll(fmt.Sprintf("t-%d", i), fmt.Sprintf("第%d題", i), press.TopicParams{Org: h.orgs[""].ID, AskedAt: day("2025-01-01").AddDate(0, 0, i), Deadline: day("2025-06-01").AddDate(0, 0, 8*i)}, "meidu/")
	}
	for _, folder := range []string{"/topics/", "/meidu/topics/"} {
		seen, path := 0, folder
		for range 5 {
			body := h.get(path).Body.Bytes()
			seen += strings.Count(string(body), `class="topic-item"`)
			CheckPage(t, body, Attr("link[rel=canonical]", "href", base+path))
			next := Find(t, body, "a.pager-next@href")
			if next == "" {
				break
			}
			if path = next; Find(t, body, "#open") != "正在徵集的專題" && !strings.Contains(string(body), "before=") {
				t.Errorf("%s: no topic runs", path)
			}
			CheckPage(t, h.get(path).Body.Bytes(), Attr(".pager a", "href", folder), NotSee("#open", ""))
		}
		if seen != 70 {
			t.Errorf("%s: %d topics on all pages", folder, seen)
		}
	}
	if w := h.get("/topics/?before=zzz"); w.Code != http.StatusNotFound {
		t.Errorf("a broken cursor: %d", w.Code)
	}
}

// The keyboard reaches every organisation once, in the order of the table; the
// picture does not stand in its way.
func TestBoardByKeyboard(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time: left out of short runs")
	}
	b := browser.Open(t)
	h := newHall(t).furnish()
	server := httptest.NewServer(h.site)
	t.Cleanup(server.Close)
	page := b.Visit(t, server.URL+"/topics/moon-and-reunion", browser.View{Width: 1280})
	const order = `[...document.querySelectorAll(".coverage a, .coverage summary")].filter(e => e.tabIndex >= 0 && e.checkVisibility()).map(e => e.closest("table") ? "table" : e.closest("svg") ? "picture" : e.closest(".board-list") ? "list" : "filter")`
	for width, want := range map[int]string{1280: "filter 4 table 11", 320: "list 9 filter 4 table 11"} {
		page.Look(t, browser.View{Width: width})
		var got []string
		n := 0
		stops := browser.Eval[[]string](t, page, order)
		for i, stop := range stops {
			if n++; i == len(stops)-1 || stops[i+1] != stop {
				got, n = append(got, fmt.Sprintf("%s %d", stop, n)), 0
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("at %d: %v, want %s", width, got, want)
		}
	}
}
