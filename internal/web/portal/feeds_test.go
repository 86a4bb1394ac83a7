package portal_test

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
	. "github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/web/kit"
)

const base = "https://qingxi.example"

// readFeed is a feed as another program reads it, in either format.
type readFeed struct {
	Lang, ID, Title, Self, Home, Updated string
	Entries                              []readEntry
}

type readEntry struct {
	ID, Lang, Title, URL, HTML, Author, Image, Published string
}

func (f readFeed) titles() []string {
	out := []string{}
	for _, e := range f.Entries {
		out = append(out, e.Title)
	}
	return out
}

// find is the entry of an article.
func (f readFeed) find(h *hall, name string) readEntry {
	h.Helper()
	for _, e := range f.Entries {
		if e.ID == "urn:ulid:"+string(h.article[name].ID) {
			return e
		}
	}
	h.Fatalf("no entry of %q", name)
	return readEntry{}
}

// atom asks for a feed and reads it.
func (h *hall) atom(path string) (out readFeed) {
	h.Helper()
	w := h.get(path)
	if got := w.Header().Get("Content-Type"); w.Code != http.StatusOK || got != "application/atom+xml; charset=utf-8" {
		h.Fatalf("%s: %d, %s\n%s", path, w.Code, got, h.errors())
	}
	type links []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}
	var f struct {
		Lang    string `xml:"lang,attr"`
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Updated string `xml:"updated"`
		Links   links  `xml:"link"`
		Entries []struct {
			Lang      string `xml:"lang,attr"`
			ID        string `xml:"id"`
			Title     string `xml:"title"`
			Published string `xml:"published"`
			Links     links  `xml:"link"`
			Content   string `xml:"content"`
			Author    string `xml:"author>name"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(w.Body.Bytes(), &f); err != nil {
		h.Fatalf("%s: %v", path, err)
	}
	out = readFeed{Lang: f.Lang, ID: f.ID, Title: f.Title, Self: f.Links[0].Href, Home: f.Links[1].Href, Updated: f.Updated}
	for _, e := range f.Entries {
		if e.Lang == "" {
			e.Lang = f.Lang
		}
		out.Entries = append(out.Entries, readEntry{ID: e.ID, Lang: e.Lang, Title: e.Title, URL: e.Links[0].Href, HTML: e.Content, Author: e.Author, Published: e.Published})
	}
	return out
}

// json asks for a feed in the other format.
func (h *hall) json(path string) (out readFeed) {
	h.Helper()
	w := h.get(path)
	if got := w.Header().Get("Content-Type"); w.Code != http.StatusOK || got != "application/feed+json" {
		h.Fatalf("%s: %d, %s\n%s", path, w.Code, got, h.errors())
	}
	var f struct {
		Title, Language string
		Self            string `json:"feed_url"`
		Home            string `json:"home_page_url"`
		Items           []struct {
			ID, Title, URL, Image, Language string
			Published                       string `json:"date_published"`
			HTML                            string `json:"content_html"`
			Authors                         []struct{ Name string }
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &f); err != nil {
		h.Fatalf("%s: %v", path, err)
	}
	out = readFeed{Lang: f.Language, Title: f.Title, Self: f.Self, Home: f.Home}
	for _, e := range f.Items {
		if e.Language == "" {
			e.Language = f.Language
		}
		out.Entries = append(out.Entries, readEntry{ID: e.ID, Lang: e.Language, Title: e.Title, URL: e.URL, HTML: e.HTML, Author: e.Authors[0].Name, Image: e.Image, Published: e.Published})
	}
	return out
}

// without unsets the base URL.
func (h *hall) withoutBase() *hall {
	h.Helper()
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE federation SET base_url = ''`)
		return err
	})
	return h
}

func TestFeeds(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	for path, want := range map[string]struct {
		lang, title, home string
		first             string // the newest title
		count             int
	}{
		"/feed.":                               {"zh-Hant", "青溪省同鄉聯合會", "/", "月圓之夜，各地鄉親圍坐一桌", 9},
		"/hans/feed.":                          {"zh-Hans", "青溪省同乡联合会", "/hans/", "月圆之夜，各地乡亲围坐一桌", 9},
		"/en/feed.":                            {"en", "Qingxi Provincial Federation of Hometown Associations", "/en/", "月圓之夜，各地鄉親圍坐一桌", 9},
		"/lanjiang/feed.":                      {"zh-Hant", "瀾江市同鄉會", "/lanjiang/", "雲浦縣：月餅自己烤，誰家的火候都不一樣", 3},
		"/hans/lanjiang/yunpu/feed.":           {"zh-Hans", "云浦县同乡会", "/hans/lanjiang/yunpu/", "云浦县：月饼自己烤，谁家的火候都不一样", 2},
		"/haitang/feed.":                       {"zh-Hant", "海棠市同鄉會", "/haitang/", "換屆通告", 1},
		"/medics/feed.":                        {"zh-Hant", "青溪省同鄉志願醫療隊", "/medics/", "", 0},
		"/topics/moon-and-reunion/feed.":       {"zh-Hant", "月圓人團圓 · 青溪省同鄉聯合會", "/topics/moon-and-reunion", "月圓之夜，各地鄉親圍坐一桌", 3},
		"/hans/topics/village-libraries/feed.": {"zh-Hans", "村里的书屋 · 青溪省同乡联合会", "/hans/topics/village-libraries", "松台县的书屋，晚上也亮着灯", 1},
	} {
		for format, f := range map[string]readFeed{"atom": h.atom(path + "atom"), "json": h.json(path + "json")} {
			if f.Lang != want.lang || f.Title != want.title || f.Home != base+want.home || f.Self != base+path+format {
				t.Errorf("%s%s: %s %q, %s, %s", path, format, f.Lang, f.Title, f.Home, f.Self)
			}
			if titles := f.titles(); len(titles) != want.count || want.count > 0 && titles[0] != want.first {
				t.Errorf("%s%s: %q", path, format, titles)
			}
			for _, e := range f.Entries {
				if !strings.HasPrefix(e.URL, base+"/") || !strings.HasPrefix(e.ID, "urn:ulid:") || e.Author == "" || e.Published == "" {
					t.Errorf("%s%s: %+v", path, format, e)
				}
				if w := h.get(strings.TrimPrefix(e.URL, base)); w.Code != http.StatusOK {
					t.Errorf("%s%s leads to %s: %d", path, format, e.URL, w.Code)
				}
			}
		}
	}
	if s := h.errors(); s != "" {
		t.Error(s)
	}
}

// What is not published goes nowhere, and what is taken back is gone from the
// next copy of the feed.
func TestFeedsTellOfNothingUnpublished(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	paths := []string{"/feed.atom", "/feed.json", "/haitang/feed.atom", "/haitang/feed.json", "/hans/haitang/feed.atom", "/sitemap.xml"}
	for _, path := range paths {
		body := h.get(path).Body.String()
		for _, name := range []string{"draft", "withdrawn"} {
			if strings.Contains(body, string(h.article[name].ID)) || strings.Contains(body, "稿") || strings.Contains(body, "撤回") {
				t.Errorf("%s tells of the %s article", path, name)
			}
		}
	}
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		_, err := press.SetState(ctx, tx, h.article["online"].ID, press.Withdrawn)
		return err
	})
	for _, path := range append(paths, "/topics/moon-and-reunion/feed.atom", "/heling/feed.json") {
		if body := h.get(path).Body.String(); strings.Contains(body, string(h.article["online"].ID)) || strings.Contains(body, "讀到月亮升起") {
			t.Errorf("%s still has what was taken back", path)
		}
	}
}

func TestFeedTexts(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	clinic := h.json("/feed.json").find(h, "clinic")
	CheckPage(t, []byte(page(clinic.HTML)),
		Attr("img", "src", base+"/media/"+string(h.picture)), See("span[role=img]", "圖片 · 未收到"), See("figcaption", "義診"), Count("table tr", 3), Count("li", 2), NotSee("script", ""),
	)
	if clinic.Image != base+"/media/"+string(h.picture) || clinic.Author != "白榆鎮同鄉會" || clinic.Lang != "zh-Hant" {
		t.Errorf("%s, %s, %s", clinic.Image, clinic.Author, clinic.Lang)
	}
	hans := h.atom("/hans/feed.atom").find(h, "clinic")
	CheckPage(t, []byte(page(hans.HTML)), See("p", "面包车"), NotSee("body", "麵包車"), See("span[role=img]", "图片 · 未收到"))
	if hans.ID != clinic.ID || hans.URL != base+"/hans"+h.address("clinic") || hans.Author != "白榆镇同乡会" {
		t.Errorf("%+v", hans)
	}
	en := h.atom("/en/feed.atom")
	if e := en.find(h, "clinic"); e.Lang != "zh-Hant" || e.Author != "Baiyu Town Hometown Association" || !strings.Contains(e.HTML, "麵包車") {
		t.Errorf("%s by %s", e.Lang, e.Author)
	}
	if e := en.find(h, "english"); e.Lang != "en" {
		t.Errorf("an English article is in %s", e.Lang)
	}
	if e := h.atom("/feed.atom").find(h, "bare"); e.HTML != "" {
		t.Errorf("an article without a text has %q", e.HTML)
	}
	digest := h.atom("/hans/feed.atom").find(h, "digest")
	CheckPage(t, []byte(page(digest.HTML)), See("p", "各地寄来的消息"), Texts("h2", "澜江市同乡会", "鹤岭市同乡会", "澜江云浦县同乡会", "梅渡市同乡会", "海棠市同乡会"),
		Attr("h2 a", "href", base+"/hans"+h.address("lantern")), See("body", "读到月亮升起"), See("body", "youngest crew"))
}

// page makes a page of a text, to be looked at.
func page(text string) string {
	return `<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><main><h1>x</h1>` + text + `</main></body></html>`
}

// Links of a text lead from anywhere to where they lead from its page.
func TestFeedLinks(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	to := func(href string) []markup.Run { return []markup.Run{{Text: href, Href: href}} }
	h.report("links", "haitang/", press.ArticleParams{Title: "連結", PublishedOn: "2026-10-09", Body: markup.Doc{Blocks: []markup.Block{
		markup.Paragraph{Runs: to("/lanjiang/")},
		markup.Heading{Level: 2, Runs: to("https://transport.example/x?y=1&z=2")},
		markup.Quote{Blocks: []markup.Block{markup.Paragraph{Runs: to("mailto:hall@qingxi.example")}}},
		markup.List{Items: [][]markup.Block{{markup.Paragraph{Runs: to("?page=2")}}}},
		markup.Table{Rows: [][]markup.Cell{{{Runs: to("../")}}, {{Runs: to("tel:+860000")}}}},
	}}})
	article := h.address("links")
	for path, site := range map[string]string{"/haitang/feed.json": base, "/hans/haitang/feed.json": base + "/hans"} {
		text := h.json(path).find(h, "links").HTML
		for _, want := range []string{
			base + "/lanjiang/", "https://transport.example/x?y=1&amp;z=2", "mailto:hall@qingxi.example", site + article + "?page=2",
			site + "/haitang/news/2026/", "tel:+860000",
		} {
			if !strings.Contains(text, `href="`+want+`"`) {
				t.Errorf("%s: no link to %s in %s", path, want, text)
			}
		}
	}
}

func TestHostileTitlesInFeeds(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	for _, title := range []string{"<script>alert(1)</script>", "]]></title></entry></feed>", "鼓\u0000聲\u001b[31m\u0085", "🎑👨‍👩‍👧 & <b>", `"} ]`} {
		h.report("hostile", "haitang/", press.ArticleParams{Title: title, Body: markup.FromText(title), PublishedOn: "2026-10-09"})
		want := h.article["hostile"].Title
		for _, e := range []readEntry{h.atom("/haitang/feed.atom").find(h, "hostile"), h.json("/haitang/feed.json").find(h, "hostile")} {
			if e.Title != want || strings.ContainsAny(e.Title+e.HTML, "\x00\x1b\u0085") || strings.Contains(e.HTML, "<script") {
				t.Errorf("%q became %q: %q", title, e.Title, e.HTML)
			}
		}
	}
}

func TestFeedAnswers(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		return org.Move(ctx, tx, h.orgs["heling/songtai/"].ID, h.orgs["meidu/"].ID, "songtai")
	})
	for path, want := range map[string]int{
		"/nowhere/feed.atom": 404, "/feed.xml": 404, "/feed": 404, "/feed.atom/": 404, "//feed.atom": 404, "/lanjiang/xfeed.atom": 404, "/news/nowhere/feed.atom": 404, "/news/2025/feed.atom": 404, "/lanjiang/topics/feed.json": 404,
		"/topics/none/feed.atom": 404, "/search/feed.atom": 404, "/a/feed.atom": 404, "/hans/hans/feed.atom": 404, "/feed.rss": 404, "/feed.ATOM": 404,
		"/hant/feed.atom": 301, "/news/feed.atom": 301, "/en/lanjiang/news/feed.json": 301, "/hant/lanjiang/feed.json?x=1": 301, "/heling/songtai/feed.atom": 301,
	} {
		if w := h.get(path); w.Code != want {
			t.Errorf("%s: %d to %q, want %d", path, w.Code, w.Header().Get("Location"), want)
		}
	}
	if to := h.get("/hans/heling/songtai/feed.atom").Header().Get("Location"); to != "/hans/meidu/songtai/feed.atom" {
		t.Errorf("the feed of a moved organisation is said to be at %s", to)
	}
	for _, path := range []string{"/feed.atom", "/lanjiang/feed.json", "/topics/moon-and-reunion/feed.atom", "/sitemap.xml", "/robots.txt"} {
		w := h.get(path)
		tag := w.Header().Get("ETag")
		if w.Code != 200 || tag == "" || w.Header().Get("Cache-Control") != kit.CacheRevalidate {
			t.Errorf("%s: %d, %v", path, w.Code, w.Header())
		}
		if again := h.get(path, "If-None-Match", tag, "Host", "evil.example", "X-Forwarded-Host", "evil.example"); again.Code != 304 || again.Body.Len() > 0 {
			t.Errorf("%s, nothing new: %d, %d bytes", path, again.Code, again.Body.Len())
		}
		if head := h.ask(http.MethodHead, path); head.Code != 200 || head.Body.Len() > 0 || head.Header().Get("ETag") != tag || head.Header().Get("Content-Length") != w.Header().Get("Content-Length") {
			t.Errorf("HEAD %s: %d, %d bytes, %v", path, head.Code, head.Body.Len(), head.Header())
		}
		if post := h.ask(http.MethodPost, path); post.Code != 405 {
			t.Errorf("POST %s: %d", path, post.Code)
		}
		if strings.Contains(w.Body.String(), "any.example") {
			t.Errorf("%s trusts the Host header", path)
		}
	}
	if s := h.errors(); s != "" {
		t.Error(s)
	}
}

// Without a base URL links are addresses below the site's root; the ids are
// those that they will be when there is one.
func TestFeedsWithoutBase(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	before := h.atom("/hans/feed.atom")
	after := h.withoutBase().atom("/hans/feed.atom")
	if after.Self != "/hans/feed.atom" || after.Home != "/hans/" || after.ID != before.ID {
		t.Errorf("%s, %s, %s", after.Self, after.Home, after.ID)
	}
	ids := func(f readFeed) (out []string) {
		for _, e := range f.Entries {
			out = append(out, e.ID)
		}
		return out
	}
	if diff := cmp.Diff(ids(before), ids(after)); diff != "" {
		t.Error(diff)
	}
	if e := after.find(h, "clinic"); e.URL != "/hans"+h.address("clinic") || !strings.Contains(e.HTML, `src="/media/`) {
		t.Errorf("%s: %s", e.URL, e.HTML)
	}
}

func TestPagesNameTheirFeeds(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	for path, folder := range map[string]string{
		"/": "/", "/hans/": "/hans/", "/lanjiang/yunpu/": "/lanjiang/yunpu/", "/hans/lanjiang/news/": "/hans/lanjiang/", "/lanjiang/news/2025/": "/lanjiang/", "/en/topics/moon-and-reunion": "/en/topics/moon-and-reunion/",
	} {
		body := h.get(path).Body.Bytes()
		CheckPage(t, body, Count("link[rel=alternate][type]", 2))
		for kind, file := range map[string]string{"application/atom+xml": "feed.atom", "application/feed+json": "feed.json"} {
			href := Find(t, body, `link[type="`+kind+`"]@href`)
			if w := h.get(href); href != folder+file || w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Type"), kind) {
				t.Errorf("%s names %s: %d", path, href, w.Code)
			}
		}
		if title := Find(t, body, `link[type="application/atom+xml"]@title`); !strings.HasSuffix(title, " · Atom") {
			t.Errorf("%s: a feed called %q", path, title)
		}
	}
	for _, path := range []string{h.address("clinic"), "/search", "/nowhere/", "/topics/"} {
		CheckPage(t, h.get(path).Body.Bytes(), Count("link[rel=alternate][type]", 0))
	}
}
