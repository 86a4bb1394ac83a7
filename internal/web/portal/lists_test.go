package portal_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/search"
	. "github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/web/portal"
)

func TestColumnPages(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish().shelves()
	for _, c := range []pageCase{
		{
			name: "column", path: "/lanjiang/news/people/",
			every: sees(Count(".news-item", 4), Count(".column-ways a", 4), Attr(".column-ways a[aria-current]", "aria-current", "page"), NotSee(".news-meta a", ""), Count(".crumbs a", 3)),
			hant:  sees(See("h1", "瀾江人物"), See("h1 .of", "瀾江市同鄉會"), Texts(".month h2", "2025年5月", "2025年4月", "2024年3月", "2024年2月"), Texts(".years a", "最新", "2025", "2024"), See(".column-ways a[aria-current]", "瀾江人物"), Texts(".column-ways a", "全部消息", "瀾江人物", "灶頭上的鄉音", "尚待開張")),
			hans:  sees(See("h1", "澜江人物"), Attr(".column-ways a", "href", "/hans/lanjiang/news/")),
			en:    sees(See("h1", "People of Lanjiang"), See(".column-ways a[lang=zh-Hant]", "灶頭上的鄉音"), Attr(`link[type="application/atom+xml"]`, "href", "/en/lanjiang/news/people/feed.atom")),
		},
		{
			name: "year of a column", path: "/lanjiang/news/people/2025/",
			every: sees(Count(".news-item", 2), See(".years a[aria-current]", "2025")),
			hant:  sees(See("h1", "瀾江人物 2025 年"), Texts(".crumbs a", "首頁", "瀾江市同鄉會", "消息", "瀾江人物"), Attr(".years a", "href", "/lanjiang/news/people/")),
		},
		{name: "column without articles", path: "/lanjiang/news/empty/", every: sees(Count(".empty", 1), NotSee(".years", ""), NotSee(".pager", "")), hant: sees(See(".empty", "這個欄目還沒有文章")), en: sees(See(".empty", "Its first article will appear here"))},
		{name: "year of a column without articles", path: "/lanjiang/news/people/1999/", every: sees(Count(".empty", 1))},
		{name: "news with columns", path: "/lanjiang/news/", hant: sees(See(".column-ways a[aria-current]", "全部消息")), every: sees(See(".news-meta a", ""))},
		{name: "news without columns", path: "/haitang/news/", every: sees(NotSee(".column-ways", ""))},
		{name: "the root's columns are its own", path: "/news/", every: sees(Count(".column-ways a", 2)), hant: sees(See(".column-ways", "通知公告"))},
		{name: "found by its name", path: "/search?q=%E7%80%BE%E6%B1%9F%E4%BA%BA%E7%89%A9", hant: sees(Attr(".hits h2 a", "href", "/lanjiang/news/people/"), See(".hits .tag", "欄目")), en: sees(See(".hits h2 a", "People of Lanjiang"), See(".hits .tag", "Column"))},
	} {
		c.run(t, h)
	}
	for path, to := range map[string]string{
		"/lanjiang/news/people":          "/lanjiang/news/people/",
		"/en/lanjiang/news/people/2025":  "/en/lanjiang/news/people/2025/",
		"/lanjiang/news/people?before=x": "/lanjiang/news/people/?before=x",
		"/hant/lanjiang/news/people/":    "/lanjiang/news/people/",
	} {
		if w := h.get(path); w.Code != http.StatusMovedPermanently || w.Header().Get("Location") != to {
			t.Errorf("%s: %d to %q, want %s", path, w.Code, w.Header().Get("Location"), to)
		}
	}
	for _, path := range []string{
		"/lanjiang/news/nowhere/", "/lanjiang/news/nowhere", "/lanjiang/news/people/20/", "/lanjiang/news/people/2025/05/", "/lanjiang/news/people/?before=x", "/lanjiang/news/2025/people/",
		"/haitang/news/people/", // a column is one organisation's own
	} {
		if w := h.get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", path, w.Code)
		}
	}
	if s := h.errors(); s != "" {
		t.Error(s)
	}
}

func TestColumnFeeds(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish().shelves()
	for path, want := range map[string]struct {
		title, first string
		count        int
	}{
		"/lanjiang/news/people/feed.":    {"瀾江人物 · 瀾江市同鄉會", longTitle, 4},
		"/en/lanjiang/news/people/feed.": {"People of Lanjiang · Lanjiang City Hometown Association", longTitle, 4},
		"/lanjiang/news/empty/feed.":     {"尚待開張 · 瀾江市同鄉會", "", 0},
	} {
		for format, f := range map[string]readFeed{"atom": h.atom(path + "atom"), "json": h.json(path + "json")} {
			if f.Title != want.title || len(f.Entries) != want.count || f.Self != base+path+format || f.Home != base+strings.TrimSuffix(path, "feed.") {
				t.Errorf("%s%s: %q of %d, %s, %s", path, format, f.Title, len(f.Entries), f.Self, f.Home)
			}
			if want.count > 0 && f.Entries[0].Title != want.first {
				t.Errorf("%s%s begins with %q", path, format, f.Entries[0].Title)
			}
		}
	}
	if a, b := h.atom("/lanjiang/feed.atom").ID, h.atom("/lanjiang/news/people/feed.atom").ID; a == b {
		t.Errorf("two feeds have one id: %s", a)
	}
	found := false
	for _, u := range h.sitemap("/sitemap.xml").URLs {
		found = found || u.Loc == base+"/lanjiang/news/people/"
	}
	if !found {
		t.Error("the sitemap knows no column")
	}
}

func TestArticlePages(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish().shelves()
	en := "/en" + h.address("kitchen-en")
	for _, c := range []pageCase{
		{
			name: "in a column", path: h.address("person1"),
			every: sees(Count(".neighbours p", 2), Count(".crumbs a", 3), NotSee(".read-in", "")),
			hant:  sees(See(".kicker a", "瀾江人物"), See(".neighbours", "撐船的老方"), See(".neighbours-newer", "學堂裡的算盤"), See(".crumbs li:last-child", "瀾江人物")),
		},
		{
			name: "in two languages", path: h.address("kitchen"),
			every: sees(Count(".read-in a", 1), Attr(".read-in a", "href", en), Attr(".read-in a", "hreflang", "en"), Attr(".read-in a", "lang", "en"), See(".read-in", "Read this in English"), NotSee(".related", "dumplings"), NotSee(".neighbours", "")),
			hant:  sees(See(".related h2", "相關文章"), See(".related li:first-child", "元宵燈會")),
		},
		{name: "its translation", path: h.address("kitchen-en"), every: sees(Attr(".read-in a", "href", h.address("kitchen")), See(".read-in a[lang=zh-Hant]", "閱讀繁體中文版"), NotSee(".related", "鹼水粽")), hant: sees(Attr(".prose", "lang", "en"))},
		{name: "long title and nothing else", path: h.address("person3"), hant: sees(See("h1", longTitle), NotSee("aside", ""), Count(".related li", 4))},
		{name: "in no column", path: h.address("bare"), every: sees(NotSee(".kicker", ""), Count(".crumbs a", 2))},
		{name: "related, but not what stands in it", path: h.address("digest"), every: sees(NotSee(".related", "燈會"), NotSee(".related", "家書會"), NotSee(".related", "月餅"))},
		{name: "related, but not the digest that carries it", path: h.address("online"), every: sees(NotSee(".related", "月圓之夜")), hant: sees(See(".related li:first-child", "雲浦縣：月餅"))},
	} {
		c.run(t, h)
	}
	if body := h.get(h.address("person1")).Body.String(); strings.Count(Find(t, []byte(body), ".related"), "撐船的老方") > 0 {
		t.Error("what comes before is related too")
	}
}

// counting counts the questions asked of a database.
type counting struct {
	db.Reader
	n *atomic.Int64
}

func (c counting) Get(ctx context.Context, to any, query string, args ...any) error {
	c.n.Add(1)
	return c.Reader.Get(ctx, to, query, args...)
}

func (c counting) Select(ctx context.Context, to any, query string, args ...any) error {
	c.n.Add(1)
	return c.Reader.Select(ctx, to, query, args...)
}

// A page asks as many questions of the database however much there is: with
// one article and topic, with thirty, and with five thousand.
func TestQuestionsStayTheSame(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of articles take their time: left out of short runs")
	}
	t.Parallel()
	h := newHall(t)
	h.create("meidu/", orgNamed("梅渡市同鄉會"))
	var column ident.Column
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		c, err := press.CreateColumn(ctx, tx, h.orgs["meidu/"].ID, "meetings", org.Names{Hant: "例會"})
		column = c.ID
		return err
	})
	var n atomic.Int64
	h.site = Must[*portal.Portal](h)(portal.New(portal.Config{
		Holders: people.NewStore(h.db), Org: org.NewReader(h.db), Press: press.NewPublic(counting{h.db, &n}), Search: search.NewReader(h.db), Media: h.media,
		Logger: slog.New(slog.NewTextHandler(h.log, nil)), Now: h.clock.Now,
	}))
	asked := map[string]int64{}
	made, topics := 0, 0
	for _, size := range []int{1, 30, 5000} {
		for ; made < size; made += min(size-made, 1000) {
			h.manyIn("meidu/", column, made, min(size-made, 1000))
		}
		for ; topics < min(size+1, 60); topics++ {
			h.askAll(fmt.Sprintf("t-%d", topics), "題", press.TopicParams{Org: h.orgs[""].ID, Deadline: day("2026-09-01").AddDate(0, 3*(topics%2), topics)}, "meidu/")
		}
		for _, path := range []string{"/", "/meidu/", "/news/", "/meidu/news/", "/meidu/news/meetings/", "/meidu/news/meetings/2010/", "/meidu/news/meetings/feed.atom", "/topics/", "/topics/t-0", "/meidu/topics/", "article"} {
			address := path
			if path == "article" {
				address = h.address("many")
			}
			n.Store(0)
			if w := h.get(address); w.Code != http.StatusOK {
				t.Fatalf("%s with %d: %d\n%s", path, size, w.Code, h.errors())
			}
			if before, ok := asked[path]; ok && n.Load() > before {
				t.Errorf("%s asks %d questions with %d articles, %d with fewer", path, n.Load(), size, before)
			}
			asked[path] = max(asked[path], n.Load())
		}
	}
	t.Logf("questions to press: %v", asked)
}

// A page asks no more for many branches than for one, even where none has news.
func TestBranchesAskNoMore(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	var n atomic.Int64
	h.site = Must[*portal.Portal](h)(portal.New(portal.Config{
		Holders: people.NewStore(h.db), Org: org.NewReader(counting{h.db, &n}), Press: press.NewPublic(counting{h.db, &n}), Search: search.NewReader(h.db), Media: h.media,
		Logger: slog.New(slog.NewTextHandler(h.log, nil)), Now: h.clock.Now,
	}))
	asked := map[string]int64{}
	for i := range 40 {
		h.create(fmt.Sprintf("city-%d/", i), orgNamed(fmt.Sprintf("第%d市同鄉會", i)))
		if i > 0 && i < 39 {
			continue
		}
		for _, path := range []string{"/", "/en/", "/orgs/", "/news/", "/topics/"} {
			n.Store(0)
			if w := h.get(path); w.Code != http.StatusOK {
				t.Fatalf("%s: %d\n%s", path, w.Code, h.errors())
			}
			if before, ok := asked[path]; ok && n.Load() > before {
				t.Errorf("%s asks %d questions with 40 branches, %d with one", path, n.Load(), before)
			}
			asked[path] = n.Load()
		}
	}
}
