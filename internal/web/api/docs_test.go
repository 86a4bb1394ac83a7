package api_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/testkit/browser"
)

// page is a page of the API that is checked for strict HTML.
func (h *hall) page(address string) []byte {
	h.Helper()
	w := h.ask(http.MethodGet, address)
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "text/html; charset=utf-8" {
		h.Fatalf("%s: %d %s", address, w.Code, w.Body)
	}
	return w.Body.Bytes()
}

// The page shows every operation with its parameters, a command and the answer
// that a test keeps true, in each language, without anything of a third party.
func TestDocsPage(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	for query, want := range map[string]struct{ lang, title, operation string }{
		"":           {"zh-Hant", "程式介面（API）", "列出文章"},
		"?lang=hans": {"zh-Hans", "程序接口（API）", "列出文章"},
		"?lang=en":   {"en", "The API", "List articles"},
	} {
		body := h.page("/api/" + query)
		testkit.CheckPage(t, body,
			testkit.Attr("html", "lang", want.lang), testkit.See("h1", want.title), testkit.See("#list-articles h3", want.operation),
			testkit.Count(".operation", len(h.examples())), testkit.Count("script", 0), testkit.Count("[style]", 0),
			testkit.See("#list-articles .address", "GET /api/v1/articles"),
			testkit.See("#list-articles pre", "curl 'https://qingxi.example/api/v1/articles?lang=hans&limit=2'"),
			testkit.See("#list-articles pre", "月圆之夜，各地乡亲围坐一桌"),
			testkit.See("#list-articles .fields", "under"), testkit.See("#problems", "422"), testkit.See("#d-Article", "carried_by"),
		)
		if strings.Contains(string(body), "⟦") || strings.Contains(string(body), ">api.") {
			t.Errorf("%s: a message is missing", query)
		}
	}
}

// A federation's own colours are those of the page too.
func TestDocsAccent(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	testkit.CheckPage(t, h.page("/api/"), testkit.Count("link[href^='/assets/theme-']", 0))
	h.tx(func(ctx context.Context, tx *db.Tx) error { return org.SetSite(ctx, tx, org.Site{Accent: "#1f5c7a"}) })
	testkit.CheckPage(t, h.page("/api/"), testkit.Count("link[href='/assets/theme-1f5c7a.css']", 1))
}

// Each link of the page leads to something that is there.
func TestDocsLinks(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(h.page("/api/?lang=en")))
	if err != nil {
		t.Fatal(err)
	}
	followed := 0
	for _, a := range doc.Find("a[href], link[rel=stylesheet]").EachIter() {
		href := a.AttrOr("href", "")
		if id, ok := strings.CutPrefix(href, "#"); ok {
			if doc.Find(`[id="`+id+`"]`).Length() != 1 {
				t.Errorf("%s leads nowhere", href)
			}
			continue
		}
		if !strings.HasPrefix(href, "/") {
			t.Errorf("%s leads off the site", href)
		}
		if strings.HasPrefix(href, "/api") {
			followed++
			if w := h.ask(http.MethodGet, href); w.Code != http.StatusOK {
				t.Errorf("%s: %d", href, w.Code)
			}
		}
	}
	if followed < 20 {
		t.Errorf("only %d links", followed)
	}
}

// The address in a problem's type explains that kind of problem.
func TestProblemPages(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	for _, kind := range []string{"bad-request", "not-found", "method-not-allowed", "not-acceptable", "gone", "invalid-parameter", "internal", "unavailable"} {
		for _, lang := range []string{"hant", "hans", "en"} {
			body := h.page("/api/problems/" + kind + "?lang=" + lang)
			testkit.CheckPage(t, body, testkit.Count("h1", 1), testkit.See("pre", `"type": "https://qingxi.example/api/problems/`+kind+`"`), testkit.Count("script", 0))
			if strings.Contains(string(body), "⟦") {
				t.Errorf("%s: a message is missing", kind)
			}
		}
	}
}

// The pages in a real browser, on a small phone, a phone and a desk.
func TestInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time: left out of short runs")
	}
	b := browser.Open(t)
	h := newHall(t)
	mux := http.NewServeMux()
	mux.Handle("/api/", h.site)
	mux.HandleFunc("/prefs.css", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "text/css") })
	mux.HandleFunc("/favicon.svg", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/svg+xml")
		_, _ = w.Write([]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`))
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	for _, one := range []struct {
		path string
		view browser.View
	}{
		{"/api/?lang=hant", browser.View{Width: 1280}},
		{"/api/?lang=hant", browser.View{Width: 390, Dark: true}},
		{"/api/?lang=hans", browser.View{Width: 1280, Dark: true}},
		{"/api/?lang=en", browser.View{Width: 320}},
		{"/api/problems/invalid-parameter?lang=en", browser.View{Width: 320}},
	} {
		name := fmt.Sprintf("%s-%d-%s", strings.NewReplacer("/api/", "", "?lang=", "", "/", "-").Replace(one.path), one.view.Width, map[bool]string{true: "dark", false: "light"}[one.view.Dark])
		t.Run(name, func(t *testing.T) {
			page := b.Visit(t, server.URL+one.path, one.view)
			browser.Eval[bool](t, page, `document.querySelectorAll("details").forEach((d, i) => { d.open = i % 5 == 0 }), true`)
			look(t, page, one.view)
			if dir := os.Getenv("HUIGUAN_SHOTS"); dir != "" {
				if err := os.WriteFile(filepath.Join(dir, "api-"+name+".png"), page.Screenshot(t), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			for _, issue := range page.Issues() {
				t.Errorf("console: %s", issue)
			}
		})
	}
}

func look(t *testing.T, page *browser.Page, view browser.View) {
	t.Helper()
	if n := page.Sideways(t); n > 0 {
		t.Errorf("at %d the page is %d pixels wider than the window", view.Width, n)
	}
	for _, small := range page.SmallTargets(t, 44) {
		t.Errorf("at %d small target: %s", view.Width, small)
	}
	for _, rule := range page.Axe(t) {
		t.Errorf("at %d axe: %s", view.Width, rule)
	}
}
