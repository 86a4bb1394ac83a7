package portal_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
	. "github.com/huiguan/huiguan/internal/testkit"
)

// dress gives the site settings and standing pages of its own.
func (h *hall) dress() *hall {
	h.Helper()
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		return org.SetSite(ctx, tx, org.Site{
			Names: org.Words{Hant: "青溪僑網", En: "Qingxi Online"}, Tagline: org.Words{Hant: "山路再遠，也有人等你吃飯", En: "However long the mountain road, there is a table waiting"},
			Accent: "#1f5c7a", Icon: string(h.picture), Logo: string(h.picture),
			Lines: []org.SiteLink{
				{Label: org.Words{Hant: "青溪省同鄉聯合會 主辦"}},
				{Label: org.Words{Hant: "青溪備案 2026000001 號"}, To: "https://registry.example/2026000001"},
			},
		})
	})
	for i, one := range []struct {
		slug, title, text string
		lang              locale.Lang
	}{
		{"", "關於我們", "一九五七年，三十四個同鄉會合起來租下一間茶館。", locale.Hant},
		{"", "About us", "In 1957 thirty-four hometown associations rented a tea house together.", locale.En},
		{"contact", "聯絡", "石板街十二號，逢一三五上午開門。", locale.Hant},
		{"privacy", "个人资料", "本站不记录谁读了什么。", locale.Hans},
		{"privacy", "Privacy", "This site does not record who reads what.", locale.En},
	} {
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			_, err := press.PutPage(ctx, tx, press.StandingPageParams{
				Org: h.orgs[""].ID, Slug: one.slug, Lang: one.lang, Title: one.title, Body: markup.FromText(one.text), State: press.Published, Position: i + 1,
			})
			return err
		})
	}
	return h
}

func TestStandingPages(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish().dress()
	for _, c := range []pageCase{
		{
			name: "about", path: "/about/",
			every: []PageCheck{Count(".standing-nav li", 3), Count(".menu [aria-current=page]", 1), Count(".standing-nav [aria-current=page]", 1)},
			hant:  []PageCheck{See("h1", "關於我們"), See(".prose", "茶館"), Texts(".menu li", "消息", "專題", "各級組織", "關於我們", "聯絡", "個人資料")},
			hans:  []PageCheck{See("h1", "关于我们"), See(".prose", "茶馆")},
			en:    []PageCheck{See("h1", "About us"), See(".prose", "tea house"), Texts(".menu li", "News", "Topics", "Organisations", "About us", "聯絡", "Privacy")},
		},
		{
			name: "privacy", path: "/about/privacy",
			every: []PageCheck{Count(".standing-nav [aria-current]", 1)},
			hant:  []PageCheck{See("h1", "個人資料"), Attr("link[rel=canonical]", "href", "https://qingxi.example/about/privacy")},
			hans:  []PageCheck{See("h1", "个人资料")},
			en:    []PageCheck{See("h1", "Privacy"), Attr("link[hreflang=zh-Hans]", "href", "https://qingxi.example/hans/about/privacy")},
		},
		{
			name: "contact", path: "/about/contact",
			// There is no English form: the Chinese one is shown and marked.
			en: []PageCheck{Attr(".prose", "lang", "zh-Hant"), Attr("link[rel=canonical]", "href", "https://qingxi.example/about/contact")},
		},
	} {
		c.run(t, h)
	}
	if w := h.get("/about/contact/"); w.Header().Get("Location") != "/about/contact" {
		t.Errorf("%d to %q", w.Code, w.Header().Get("Location"))
	}
	for _, path := range []string{"/about/none", "/lanjiang/about/", "/about/contact/x"} {
		if w := h.get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

func TestSiteLook(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish().dress()
	body := h.get("/").Body.Bytes()
	CheckPage(t, body,
		See(".brand-name", "青溪僑網"), See(".hero h1", "青溪僑網"), See(".hero-other", "青溪省同鄉聯合會"), See(".hero", "山路再遠"), Attr(".brand-seal", "src", "/media/"+string(h.picture)+"-320"),
		Attr("link[rel=icon]", "href", "/media/"+string(h.picture)+"-320"), Attr("link[href^='/assets/theme']", "href", "/assets/theme-1f5c7a.css"),
		See(".colophon-lines p", "青溪省同鄉聯合會 主辦"), Attr(".colophon-lines a", "href", "https://registry.example/2026000001"),
		See("title", "青溪僑網"), Attr("meta[property='og:site_name']", "content", "青溪僑網"),
	)
	theme := h.get("/assets/theme-1f5c7a.css")
	if theme.Code != 200 || !strings.Contains(theme.Body.String(), "--seal-fill:#1f5c7a") {
		t.Errorf("theme: %d %s", theme.Code, theme.Body)
	}
	if w := h.get("/assets/theme-ff0000.css"); w.Code != http.StatusNotFound {
		t.Errorf("another colour than the site's: %d", w.Code)
	}
	if w := h.get("/media/" + string(h.picture)); w.Code != 200 {
		t.Errorf("the logo: %d", w.Code)
	}
	CheckPage(t, h.get("/en/").Body.Bytes(), See(".brand-name", "Qingxi Online"), See(".hero", "However long the mountain road"))
}

// What other sites show of a page when somebody passes it on.
func TestCards(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	CheckPage(t, h.get(h.address("clinic")).Body.Bytes(),
		Attr("meta[property='og:type']", "content", "article"),
		Attr("meta[property='og:title']", "content", "醫療隊來了，白榆鎮的石板街上排起三條隊"),
		Attr("meta[property='og:url']", "content", "https://qingxi.example"+h.address("clinic")),
		Attr("meta[property='og:image']", "content", "https://qingxi.example/media/"+string(h.picture)),
		Attr("meta[property='og:locale']", "content", "zh_TW"),
		Attr("meta[property='og:image:width']", "content", "480"), Attr("meta[property='og:image:height']", "content", "270"),
		Attr("meta[property='article:published_time']", "content", "2025-03-10T00:00:00+08:00"),
	)
	CheckPage(t, h.get("/search?q=x").Body.Bytes(), NotSee("meta[property^=og]", ""))
	CheckPage(t, h.get("/nowhere/").Body.Bytes(), NotSee("meta[property^=og]", ""))
}

// prefer sends the form of reading settings.
func (h *hall) prefer(path, cookie string, form url.Values, headers ...string) *httptest.ResponseRecorder {
	h.Helper()
	r := httptest.NewRequest(http.MethodPost, "http://any.example"+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if cookie != "" {
		r.Header.Set("Cookie", cookie)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.site.ServeHTTP(w, r)
	return w
}

func TestPreferences(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish().dress()
	w := h.prefer("/prefs", "", url.Values{"size": {"huge"}, "back": {"/search?q=月"}})
	if to, err := url.QueryUnescape(w.Header().Get("Location")); w.Code != http.StatusSeeOther || to != "/search?q=月" || err != nil {
		t.Errorf("%d to %q", w.Code, w.Header().Get("Location"))
	}
	cookie := w.Result().Cookies()[0]
	if cookie.Value != "size.huge" || !cookie.HttpOnly || !cookie.Secure || cookie.SameSite != http.SameSiteLaxMode {
		t.Errorf("%+v", cookie)
	}
	w = h.prefer("/en/prefs", "prefs=size.huge", url.Values{"scheme": {"dark"}, "back": {"/en/"}})
	if got := w.Result().Cookies()[0].Value; got != "size.huge_scheme.dark" {
		t.Errorf("a second choice beside the first: %q", got)
	}
	sheet := h.get("/prefs.css", "Cookie", "prefs=size.huge_scheme.dark")
	for _, want := range []string{"--text-scale:1.6", "--paper: #181512", "color-scheme:dark", "--seal-fill:#1f5c7a"} {
		if !strings.Contains(sheet.Body.String(), want) {
			t.Errorf("the sheet lacks %q", want)
		}
	}
	if got := sheet.Header().Get("Cache-Control"); got != "private, no-cache" || sheet.Header().Get("Vary") != "Cookie" {
		t.Errorf("%v", sheet.Header())
	}
	if plain := h.get("/prefs.css").Body.String(); strings.Contains(plain, "--paper") || strings.Contains(plain, "--text-scale") {
		t.Errorf("without a choice: %s", plain)
	}
	if w := h.prefer("/prefs", "prefs=size.huge", url.Values{"size": {"medium"}}); w.Result().Cookies()[0].MaxAge >= 0 {
		t.Error("the usual choice leaves a cookie")
	}
	CheckPage(t, h.get("/hans/prefs").Body.Bytes(), See("h1", "阅读设置"), Count("form.prefs", 1), Attr("form.prefs", "action", "/hans/prefs"))
	page, with := h.get("/"), h.get("/", "Cookie", "prefs=size.huge_scheme.dark")
	if page.Body.String() != with.Body.String() {
		t.Error("a page depends on a cookie")
	}
}

func TestPreferencesTakeNothingElse(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	for _, to := range []string{"https://evil.example/", "//evil.example/", `/\evil.example`, "javascript:alert(1)", "", "evil", "/\r\nSet-Cookie: a=b"} {
		w := h.prefer("/prefs", "", url.Values{"size": {"large"}, "back": {to}})
		if got := w.Header().Get("Location"); got != "/" {
			t.Errorf("back to %q leads to %q", to, got)
		}
	}
	for _, cookie := range []string{"prefs=size.1;}*{x", "prefs=scheme.evil", "prefs=" + strings.Repeat("size.large_", 100), "prefs=size.huge.huge"} {
		body := h.get("/prefs.css", "Cookie", cookie).Body.String()
		if strings.Contains(body, "evil") || strings.Contains(body, "--text-scale") || strings.Contains(body, "*{x") {
			t.Errorf("%.40s: %s", cookie, body)
		}
	}
	if w := h.prefer("/prefs", "", url.Values{"size": {"large"}}, "Sec-Fetch-Site", "cross-site"); w.Code != http.StatusForbidden || len(w.Result().Cookies()) > 0 {
		t.Errorf("from another site: %d", w.Code)
	}
	if w := h.prefer("/prefs", "", url.Values{"size": {strings.Repeat("x", 5000)}}); w.Code < 400 || w.Code >= 500 {
		t.Errorf("a large form: %d", w.Code)
	}
	if w := h.prefer("/news/", "", url.Values{}); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("a form to another address: %d", w.Code)
	}
}

// An announced event stands on the front page until it is over.
func TestComingEvents(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	h.report("camp", "meidu/", press.ArticleParams{
		Title: "冬令營開始報名", PublishedOn: "2026-10-01", Body: markup.FromText("冬令營辦三天。"),
		Facts: []facts.Fact{{Date: "2026-12-20", End: "2026-12-22", DateText: "十二月二十日", Kind: facts.Festival, Mode: facts.InPerson, Place: "梅渡碼頭"}},
	})
	CheckPage(t, h.get("/").Body.Bytes(), Within(".coming", Count("li", 1), See(".coming-day", "20"), See(".coming-day", "12月"), See("a", "冬令營開始報名"), See(".coming-meta", "2026年12月20日至22日"), See(".coming-meta", "梅渡碼頭"), See(".coming-meta", "梅渡市同鄉會")))
	CheckPage(t, h.get("/en/").Body.Bytes(), Within(".coming", See(".coming-day", "Dec"), See(".coming-meta", "20 to 22 December 2026")))
	h.clock.Advance(80 * 24 * time.Hour)
	CheckPage(t, h.get("/").Body.Bytes(), NotSee(".coming", ""))
}
