package portal_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/org"
	. "github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/web/kit"
)

func TestRedirects(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		return org.Move(ctx, tx, h.orgs["heling/songtai/"].ID, h.orgs["meidu/"].ID, "songtai-old-town")
	})
	clinic, digest := h.address("clinic"), h.address("digest")
	id := string(h.article["clinic"].ID)
	for from, to := range map[string]string{
		"/lanjiang":                           "/lanjiang/",
		"/hans":                               "/hans/",
		"/en/lanjiang/news":                   "/en/lanjiang/news/",
		"/lanjiang/news/2025":                 "/lanjiang/news/2025/",
		"/lanjiang/news/2025/03/":             "/lanjiang/news/2025/",
		"/topics":                             "/topics/",
		"/topics/moon-and-reunion/":           "/topics/moon-and-reunion",
		"/hant/lanjiang/":                     "/lanjiang/",
		"/hant/search?q=%E6%9C%88&x=1":        "/search?q=%E6%9C%88",
		"/news?before=x&utm_source=y":         "/news/?before=x",
		"/a/" + id:                            clinic,
		"/hans/a/" + id:                       "/hans" + clinic,
		"/news/" + id:                         clinic,
		"/heling/news/1999/01/" + id:          clinic,
		clinic + "/":                          clinic,
		"/en/lanjiang/news/2025/03/" + id:     "/en" + clinic,
		"/lanjiang" + digest:                  digest,
		"/heling/songtai/":                    "/meidu/songtai-old-town/",
		"/hans/heling/songtai/news/":          "/hans/meidu/songtai-old-town/news/",
		"/en/heling/songtai/topics/libraries": "/en/meidu/songtai-old-town/topics/libraries",
	} {
		w := h.get(from)
		if got := w.Header().Get("Location"); w.Code != http.StatusMovedPermanently || got != to {
			t.Errorf("%s: %d to %q, want 301 to %q", from, w.Code, got, to)
		}
	}
	if w := h.get(h.get("/heling/songtai/").Header().Get("Location")); w.Code != 200 {
		t.Errorf("the moved organisation: %d", w.Code)
	}
}

func TestLostAddresses(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	draft, withdrawn := string(h.article["draft"].ID), string(h.article["withdrawn"].ID)
	for path, want := range map[string]int{
		"//": 404, "//evil.example/": 404, "/hant//evil.example/": 404, `/\evil.example`: 404, "/Lanjiang/": 404, "/lanjiang.php": 404, "/wp-login.php": 404, "/%00": 404,
		"/lanjiang/nowhere/": 404, "/lanjiang/news/x": 404, "/lanjiang/news/2025/03/01arz3ndektsv4rrffq69g5fav": 404, "/topics/none": 404, "/topics/none/": 404,
		"/search/": 404, "/search/x": 404, "/a/": 404, "/a": 404, "/a/x": 404, "/news/?before=zzz": 404, "/hans/hans/": 404, "/media/": 404, "/assets/": 404,
		"/a/" + draft: 404, "/haitang/news/2026/09/" + draft: 404,
		"/a/" + withdrawn: 410, h.address("withdrawn"): 410, "/en" + h.address("withdrawn"): 410,
		"/" + strings.Repeat("a/", 3000): 404,
	} {
		w := h.get(path)
		if w.Code != want {
			t.Errorf("%.60q: %d, want %d", path, w.Code, want)
		}
		CheckPage(t, w.Body.Bytes(), Count("form[role=search]", 1), Attr("meta[name=robots]", "content", "noindex"), NotSee("link[rel=canonical]", ""))
		if strings.Contains(w.Body.String(), "稿子") {
			t.Errorf("%s tells of a draft", path)
		}
	}
	if s := h.errors(); s != "" {
		t.Error(s)
	}
	CheckPage(t, h.get("/hans/nowhere/").Body.Bytes(), Attr(".languages a:last-child", "href", "/en/nowhere/"))
	CheckPage(t, h.get("/hans"+h.address("withdrawn")).Body.Bytes(), See("h1", "内容已撤回"))
}

func TestMethods(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions, "BREW"} {
		w := h.ask(method, "/en/")
		if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d, Allow %q", method, w.Code, w.Header().Get("Allow"))
		}
		CheckPage(t, w.Body.Bytes(), See("main", "can be read, but takes nothing in"))
	}
	get, head := h.get("/"), h.ask(http.MethodHead, "/")
	if head.Code != 200 || head.Body.Len() > 0 || head.Header().Get("Content-Length") != get.Header().Get("Content-Length") || head.Header().Get("ETag") != get.Header().Get("ETag") {
		t.Errorf("HEAD: %d, %d bytes, %v", head.Code, head.Body.Len(), head.Header())
	}
}

// Every answer, good or bad, has the headers that keep a page to itself.
func TestHeaders(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	for path, cache := range map[string]string{
		"/": kit.CacheRevalidate, "/en/lanjiang/": kit.CacheRevalidate, "/nowhere/": kit.CacheRevalidate, "/search?q=x": kit.CacheNever, "/healthz": kit.CacheNever,
		"/readyz": kit.CacheNever, "/lanjiang": kit.CacheRevalidate, "/media/" + string(h.picture): kit.CachePicture,
		"/feed.atom": kit.CacheRevalidate, "/lanjiang/feed.json": kit.CacheRevalidate, "/robots.txt": kit.CacheRevalidate, "/sitemap.xml": kit.CacheRevalidate,
	} {
		w := h.get(path)
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin", "Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": cache,
		} {
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s: %s %q, want %q", path, name, got, want)
			}
		}
		if csp := w.Header().Get("Content-Security-Policy"); csp != kit.CSP && !strings.HasPrefix(path, "/media/") {
			t.Errorf("%s: policy %q", path, csp)
		}
		if w.Header().Get("Permissions-Policy") == "" || w.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s: %v", path, w.Header())
		}
	}
}

// A page depends on its address alone.
func TestNothingButTheAddressCounts(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	plain := h.get("/lanjiang/")
	for _, headers := range [][]string{
		{"Cookie", "lang=en; session=x"}, {"Accept-Language", "en"}, {"User-Agent", "curl"}, {"X-Forwarded-Host", "evil.example"}, {"X-Forwarded-Proto", "http"}, {"Host", "evil.example"},
	} {
		if w := h.get("/lanjiang/", headers...); w.Body.String() != plain.Body.String() {
			t.Errorf("%v changes the page", headers)
		}
	}
	if w := h.get("/lanjiang/?utm_source=x&y=z"); w.Body.String() != plain.Body.String() {
		t.Error("an unknown parameter changes the page")
	}
	if strings.Contains(plain.Body.String(), "any.example") {
		t.Error("the page trusts the Host header")
	}
	if w := h.get("/lanjiang/", "If-None-Match", plain.Header().Get("ETag")); w.Code != http.StatusNotModified || w.Body.Len() > 0 {
		t.Errorf("a page that the visitor has: %d, %d bytes", w.Code, w.Body.Len())
	}
}

// Search engines are told which address counts, and which forms there are.
func TestCanonical(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	const base = "https://qingxi.example"
	clinic, english := h.address("clinic"), h.address("english")
	for path, want := range map[string]struct {
		canonical string
		langs     []string
	}{
		"/":                        {base + "/", []string{"zh-Hant", "zh-Hans", "en", "x-default"}},
		"/hans/lanjiang/":          {base + "/hans/lanjiang/", []string{"zh-Hant", "zh-Hans", "en", "x-default"}},
		"/en/topics/":              {base + "/en/topics/", []string{"zh-Hant", "zh-Hans", "en", "x-default"}},
		clinic:                     {base + clinic, []string{"zh-Hant", "zh-Hans", "x-default"}},
		"/hans" + clinic:           {base + "/hans" + clinic, []string{"zh-Hant", "zh-Hans", "x-default"}},
		"/en" + clinic:             {base + clinic, []string{"zh-Hant", "zh-Hans", "x-default"}},
		english:                    {base + "/en" + english, nil},
		"/en" + english:            {base + "/en" + english, nil},
		"/lanjiang/news/2025/?x=1": {base + "/lanjiang/news/2025/", []string{"zh-Hant", "zh-Hans", "en", "x-default"}},
	} {
		checks := []PageCheck{Attr("link[rel=canonical]", "href", want.canonical), Count("link[hreflang]", len(want.langs))}
		for _, lang := range want.langs {
			checks = append(checks, Count(`link[hreflang="`+lang+`"]`, 1))
		}
		CheckPage(t, h.get(path).Body.Bytes(), checks...)
	}
	CheckPage(t, h.get("/en"+clinic).Body.Bytes(), Attr(`link[hreflang=x-default]`, "href", base+clinic), Attr(`.languages a[lang=zh-Hant]`, "href", clinic))
}

// Within a prefix every link keeps it, but those that leave the language on
// purpose.
func TestLinksKeepTheLanguage(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	for _, path := range []string{"/", "/lanjiang/", "/news/", h.address("online"), h.address("digest"), "/topics/", "/topics/moon-and-reunion", "/search?q=%E6%9C%88", "/nowhere/"} {
		w := h.get("/hans" + path)
		CheckPage(t, w.Body.Bytes(),
			Count(`a[href^="/"]:not([href^="/hans/"]):not(.languages a):not(.prose a):not([href="/api/?lang=hans"])`, 0),
			Count(`form:not([action^="/hans/"])`, 0),
			Attr(".brand", "href", "/hans/"),
		)
	}
}

func TestMachines(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	if w := h.get("/healthz"); w.Code != 200 || w.Body.String() != "ok\n" {
		t.Errorf("healthz: %d %q", w.Code, w.Body)
	}
	if w := h.get("/readyz"); w.Code != 200 || w.Body.String() != "ready\n" {
		t.Errorf("readyz: %d %q", w.Code, w.Body)
	}
	w := h.get("/favicon.svg")
	seal := h.get(w.Header().Get("Location"))
	if seal.Code != 200 || seal.Header().Get("Content-Type") != "image/svg+xml" || seal.Header().Get("Cache-Control") != kit.CacheForever {
		t.Errorf("favicon: %d, then %d %v", w.Code, seal.Code, seal.Header())
	}
}

// When the database fails, visitors see a page in their language and a number
// to name; the detail is in the log alone.
func TestDatabaseFails(t *testing.T) {
	t.Parallel()
	for name, warm := range map[string]bool{"after a good page": true, "from the start": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHall(t)
			if warm {
				h.get("/")
			}
			h.breakDatabase()
			w := h.get("/en/")
			if w.Code != http.StatusInternalServerError || w.Header().Get("Cache-Control") != kit.CacheNever {
				t.Errorf("status %d, %v", w.Code, w.Header())
			}
			CheckPage(t, w.Body.Bytes(), See("h1", "Something went wrong"), See(".reference code", ""), NotSee("body", "federation"), NotSee("body", "sql"))
			reference := strings.TrimSpace(Find(t, w.Body.Bytes(), ".reference code"))
			if !strings.Contains(h.errors(), reference) || len(reference) != 26 {
				t.Errorf("reference %q is not in the log: %s", reference, h.errors())
			}
			CheckPage(t, h.get("/hans/lanjiang/").Body.Bytes(), See("h1", "系统出了问题"))
			if w := h.get("/readyz"); w.Code != http.StatusServiceUnavailable {
				t.Errorf("readyz: %d", w.Code)
			}
			if w := h.get("/healthz"); w.Code != 200 {
				t.Errorf("healthz: %d", w.Code)
			}
		})
	}
}

// A fresh installation says so instead of blaming the visitor.
func TestNotSetUp(t *testing.T) {
	t.Parallel()
	h := bare(t)
	w := h.get("/en/")
	if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
		t.Errorf("status %d, %v", w.Code, w.Header())
	}
	CheckPage(t, w.Body.Bytes(), See("main", "not set up yet"))
	if w := h.get("/readyz"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("readyz: %d", w.Code)
	}
}

// An article page is light, its style included, and needs no script.
func TestPagesAreSmall(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	w := h.get(h.address("clinic"))
	css := h.get(Find(t, w.Body.Bytes(), "link[rel=stylesheet]@href"))
	if css.Code != 200 || css.Header().Get("Cache-Control") != kit.CacheForever || !strings.HasPrefix(css.Header().Get("Content-Type"), "text/css") {
		t.Errorf("style sheet: %d %v", css.Code, css.Header())
	}
	script := h.get(Find(t, w.Body.Bytes(), "script@src"))
	if script.Code != 200 || script.Header().Get("Cache-Control") != kit.CacheForever || !strings.HasPrefix(script.Header().Get("Content-Type"), "text/javascript") {
		t.Errorf("script: %d %v", script.Code, script.Header())
	}
	const limit = 60 << 10
	if n := w.Body.Len() + css.Body.Len() + script.Body.Len(); n > limit {
		t.Errorf("an article page with its style and script is %d bytes, more than %d", n, limit)
	} else {
		t.Logf("RESULT article_page_bytes html=%d css=%d script=%d", w.Body.Len(), css.Body.Len(), script.Body.Len())
	}
	// What scripts there are spare a reader something; a module never holds a page up.
	CheckPage(t, w.Body.Bytes(), NotSee(`script:not([type=module]), script:not([src])`, ""))
	for _, unsafe := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("} {
		if strings.Contains(script.Body.String(), unsafe) {
			t.Errorf("the script uses %s", unsafe)
		}
	}
}

func TestPaging(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	h.many("meidu/", 70)
	seen, path := 0, "/meidu/news/"
	for range 5 {
		w := h.get(path)
		seen += strings.Count(w.Body.String(), `class="news-item"`)
		next := Find(t, w.Body.Bytes(), "a.pager-next@href")
		if next == "" {
			break
		}
		CheckPage(t, w.Body.Bytes(), Attr(".pager-next", "rel", "next"))
		path = next
		CheckPage(t, h.get(path).Body.Bytes(), Attr(".pager a", "href", "/meidu/news/"), See("link[rel=canonical]", ""))
	}
	if seen != 72 {
		t.Errorf("%d articles on all pages, want 72", seen)
	}
	CheckPage(t, h.get("/en/meidu/news/2023/").Body.Bytes(), Count(".news-item", 30), See(".pager-next", "Older news"), See("h1", "2023"))
	CheckPage(t, h.get("/search?q=%E4%BE%8B%E6%9C%83").Body.Bytes(), Count(".hits > li", 20), See(".found", "找到 70 項"), Attr(".pager a", "href", "/search?page=2&q=%E4%BE%8B%E6%9C%83"))
	CheckPage(t, h.get("/search?q=%E4%BE%8B%E6%9C%83&page=4").Body.Bytes(), Count(".hits > li", 10), Count(".pager a", 1))
	CheckPage(t, h.get("/search?q=%E4%BE%8B%E6%9C%83&page=-3").Body.Bytes(), Count(".hits > li", 20))
}
