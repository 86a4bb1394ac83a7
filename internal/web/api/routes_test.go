package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/testkit"
)

// problem reads a problem document and checks what all have.
func (h *hall) problem(w *httptest.ResponseRecorder, status int) map[string]any {
	h.Helper()
	if w.Code != status || w.Header().Get("Content-Type") != "application/problem+json" {
		h.Errorf("%d %s, want a problem with %d: %s", w.Code, w.Header().Get("Content-Type"), status, w.Body)
	}
	var doc map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil {
		h.Errorf("%v: %s", err, w.Body)
		return nil
	}
	kind, _ := doc["type"].(string)
	if doc["status"] != float64(status) || !strings.Contains(kind, "/api/problems/") || doc["title"] == "" || doc["detail"] == "" {
		h.Errorf("not whole: %s", w.Body)
	}
	instance, _ := doc["instance"].(string)
	if id, ok := strings.CutPrefix(instance, "urn:ulid:"); !ok || !strings.Contains(h.log.String(), id) {
		h.Errorf("the log does not know %q", instance)
	}
	if w.Header().Get("Cache-Control") != "no-store" {
		h.Errorf("a problem may be kept: %q", w.Header().Get("Cache-Control"))
	}
	return doc
}

// Whatever goes wrong below /api/ is told as a problem document, never as HTML.
func TestProblems(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	for _, tt := range []struct {
		method, address string
		status          int
		kind, parameter string
	}{
		{"GET", "/api/v1/nothing", 404, "not-found", ""},
		{"GET", "/api/nothing", 404, "not-found", ""},
		{"GET", "/api/v2/orgs", 404, "not-found", ""},
		{"GET", "/api/v1/", 404, "not-found", ""},
		{"GET", "/api/v1/orgs/", 404, "not-found", ""},
		{"GET", "/api/v1//orgs", 404, "not-found", ""},
		{"GET", "/api/v1/orgs/../kinds", 404, "not-found", ""},
		{"GET", "/api/problems/none", 404, "not-found", ""},
		{"GET", "/api/assets/none.css", 404, "not-found", ""},
		{"GET", "/api/v1/orgs/01kz3c9e8gz000000000000001", 404, "not-found", ""},
		{"GET", "/api/v1/orgs/01kz3c9e8gz000000000000001/children", 404, "not-found", ""},
		{"GET", "/api/v1/topics/01kz3c9e8gz000000000000001", 404, "not-found", ""},
		{"GET", "/api/v1/topics/01kz3c9e8gz000000000000001/coverage", 404, "not-found", ""},
		{"GET", "/api/v1/orgs/lanjiang", 422, "invalid-parameter", "id"},
		{"GET", "/api/v1/orgs/01KZ3C9E8GZ000000000000001", 422, "invalid-parameter", "id"},
		{"GET", "/api/v1/orgs?limit=0", 422, "invalid-parameter", "limit"},
		{"GET", "/api/v1/orgs?limit=201", 422, "invalid-parameter", "limit"},
		{"GET", "/api/v1/orgs?limit=x", 422, "invalid-parameter", "limit"},
		{"GET", "/api/v1/orgs?limit=1&limit=2", 422, "invalid-parameter", "limit"},
		{"GET", "/api/v1/orgs?Limit=1", 422, "invalid-parameter", "Limit"},
		{"GET", "/api/v1/orgs?after=x", 422, "invalid-parameter", "after"},
		{"GET", "/api/v1/articles?after=1-x", 422, "invalid-parameter", "after"},
		{"GET", "/api/v1/topics?after=--", 422, "invalid-parameter", "after"},
		{"GET", "/api/v1/columns?after=a-b-c", 422, "invalid-parameter", "after"},
		{"GET", "/api/v1/pages?after=x", 422, "invalid-parameter", "after"},
		{"GET", "/api/v1/search?q=x&after=0", 422, "invalid-parameter", "after"},
		{"GET", "/api/v1/search", 422, "invalid-parameter", "q"},
		{"GET", "/api/v1/search?q=", 422, "invalid-parameter", "q"},
		{"GET", "/api/v1/search?q=%20", 422, "invalid-parameter", "q"},
		{"GET", "/api/v1/search?q=a%00b", 422, "invalid-parameter", "q"},
		{"GET", "/api/v1/search?q=a%ffb", 422, "invalid-parameter", "q"},
		{"GET", "/api/v1/articles?kind=draft", 422, "invalid-parameter", "kind"},
		{"GET", "/api/v1/articles?year=26", 422, "invalid-parameter", "year"},
		{"GET", "/api/v1/articles?under=nowhere", 422, "invalid-parameter", "under"},
		{"GET", "/api/v1/articles?org=01kz3c9e8gz000000000000001", 422, "invalid-parameter", "org"},
		{"GET", "/api/v1/articles?under=lanjiang&org=01kz3c9e8gz000000000000001", 422, "invalid-parameter", "under"},
		{"GET", "/api/v1/orgs?lang=fr", 422, "invalid-parameter", "lang"},
		{"GET", "/api/openapi.json?lang=fr", 422, "invalid-parameter", "lang"},
		{"GET", "/api/?what=1", 422, "invalid-parameter", "what"},
		{"GET", "/api/v1/orgs?a=%zz", 400, "bad-request", ""},
		{"GET", "/api/v1/orgs?a;b", 400, "bad-request", ""},
		{"GET", "/api/v1/orgs?" + strings.Repeat("a", 5000), 404, "not-found", ""},
		{"POST", "/api/v1/orgs", 405, "method-not-allowed", ""},
		{"DELETE", "/api/", 405, "method-not-allowed", ""},
		{"PUT", "/api/v1/nothing", 405, "method-not-allowed", ""},
	} {
		w := h.ask(tt.method, tt.address)
		doc := h.problem(w, tt.status)
		if doc["type"] != "https://qingxi.example/api/problems/"+tt.kind {
			t.Errorf("%s: type %v", tt.address, doc["type"])
		}
		if got, _ := dig(doc, "errors", 0, "parameter").(string); got != tt.parameter {
			t.Errorf("%s: parameter %q, want %q", tt.address, got, tt.parameter)
		}
		if tt.status == http.StatusMethodNotAllowed && w.Header().Get("Allow") != "GET, HEAD, OPTIONS" {
			t.Errorf("%s: Allow %q", tt.address, w.Header().Get("Allow"))
		}
		if tt.status >= 500 {
			t.Errorf("%s: ours", tt.address)
		}
	}
}

// A parameter that is refused is told what it may be.
func TestProblemsSayWhatIsWanted(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	for address, want := range map[string]string{
		"orgs?limit=500":                       "Must be a whole number from 1 to 200.",
		"orgs?status=x":                        "Must be one of: active, closed.",
		"orgs/x":                               "Must be an id: 26 lower-case letters and digits.",
		"orgs?what=x":                          "This address knows no such parameter.",
		"orgs?kind=X":                          "Must be lower-case letters, digits and hyphens.",
		"orgs?under=X":                         "Must be a path such as lanjiang/yunpu.",
		"articles?year=x":                      "Must be a year such as 2026.",
		"search":                               "This parameter is needed.",
		"search?q=%22":                         "Type the words to look for.",
		"orgs?limit=1&limit":                   "Is given more than once.",
		"search?q=" + strings.Repeat("x", 201): "Has at most 200 characters.",
		"orgs?after=" + strings.Repeat("x", 1201):   "Has at most 1200 characters.",
		"articles?after=" + strings.Repeat("x", 12): "This page position is not valid. Please start from the first page.",
	} {
		doc := h.problem(h.ask(http.MethodGet, "/api/v1/"+address, "Accept-Language", "en"), 422)
		if got := dig(doc, "errors", 0, "detail"); got != want {
			t.Errorf("%s: %v, want %s", address, got, want)
		}
	}
}

// The address, then the client, then the federation says in which language a
// problem is told.
func TestProblemLanguages(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	for _, tt := range []struct{ query, accept, lang, title string }{
		{"", "", "zh-Hant", "沒有內容"},
		{"", "en-GB,en;q=0.9", "en", "Nothing is here"},
		{"", "fr, zh-CN;q=0.5, en;q=0.1", "zh-Hans", "没有内容"},
		{"", "fr", "zh-Hant", "沒有內容"},
		{"?lang=hans", "en", "zh-Hans", "没有内容"},
		{"?lang=en", "zh-TW", "en", "Nothing is here"},
	} {
		w := h.ask(http.MethodGet, "/api/v1/nothing"+tt.query, "Accept-Language", tt.accept)
		doc := h.problem(w, 404)
		if doc["title"] != tt.title || w.Header().Get("Content-Language") != tt.lang || !strings.Contains(w.Header().Get("Vary"), "Accept-Language") {
			t.Errorf("%+v: %v %v", tt, doc["title"], w.Header())
		}
	}
}

func TestAccept(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	for accept, want := range map[string]int{
		"": 200, "*/*": 200, "application/json": 200, "application/*": 200, "text/html, */*;q=0.8": 200, "Application/JSON; charset=utf-8": 200,
		"text/html": 406, "application/json;q=0": 406, "application/xml, text/plain": 406,
	} {
		headers := []string{"Accept", accept}
		if accept == "" {
			headers = nil
		}
		w := h.ask(http.MethodGet, "/api/v1/orgs", headers...)
		if w.Code != want {
			t.Errorf("%q: %d", accept, w.Code)
		}
		if want == 406 {
			h.problem(w, 406)
		}
	}
}

// Answers may be kept and asked about again, and pages of other sites may read
// them; HEAD has the headers alone.
func TestHeaders(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	w := h.ask(http.MethodGet, "/api/v1/orgs?limit=2")
	for name, want := range map[string]string{
		"Cache-Control": "public, no-cache", "Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
		"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox", "Set-Cookie": "", "Access-Control-Allow-Credentials": "",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	tag := w.Header().Get("ETag")
	if again := h.ask(http.MethodGet, "/api/v1/orgs?limit=2", "If-None-Match", tag); tag == "" || again.Code != http.StatusNotModified || again.Body.Len() > 0 {
		t.Errorf("asked again with %q: %d", tag, again.Code)
	}
	head := h.ask(http.MethodHead, "/api/v1/orgs?limit=2")
	if head.Code != 200 || head.Body.Len() > 0 || head.Header().Get("ETag") != tag || head.Header().Get("Link") != w.Header().Get("Link") {
		t.Errorf("HEAD: %d %v", head.Code, head.Header())
	}
	if lost := h.ask(http.MethodHead, "/api/v1/nothing"); lost.Code != 404 || lost.Body.Len() > 0 {
		t.Errorf("HEAD of nothing: %d", lost.Code)
	}
	pre := h.ask(http.MethodOptions, "/api/v1/orgs", "Origin", "https://elsewhere.example", "Access-Control-Request-Method", "GET")
	if pre.Code != http.StatusNoContent || pre.Header().Get("Access-Control-Allow-Methods") == "" || pre.Header().Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("OPTIONS: %d %v", pre.Code, pre.Header())
	}
	if found := h.ask(http.MethodGet, "/api/v1/search?q=x"); found.Header().Get("Cache-Control") != "no-store" || found.Header().Get("ETag") != "" {
		t.Errorf("a search may be kept: %v", found.Header())
	}
	if to := h.ask(http.MethodGet, "/api"); to.Code != http.StatusMovedPermanently || to.Header().Get("Location") != "/api/" {
		t.Errorf("/api: %d %v", to.Code, to.Header())
	}
}

// Texts come as they were written, or in the script asked for, and say which it
// is; links in them lead from anywhere.
func TestTexts(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	at := "/api/v1/articles/" + string(h.articles["family"].ID)
	picture := "https://qingxi.example/media/" + pictured
	doc := h.get(at)
	html, _ := dig(doc, "body", "html").(string)
	for _, want := range []string{`<a href="https://qingxi.example/heling/news/"`, `src="` + picture + `" width="1600" height="1067"`, "鄉親輪流讀信"} {
		if !strings.Contains(html, want) {
			t.Errorf("%s is not in %s", want, html)
		}
	}
	if doc["lang"] != "zh-Hant" || dig(doc, "pictures", 0, "url") != picture || dig(doc, "pictures", 0, "caption") != "讀信的人" ||
		dig(doc, "pictures", 0, "height") != 1067.0 || dig(doc, "picture", "url") != picture || dig(doc, "picture", "width") != 1600.0 {
		t.Errorf("%v", doc)
	}
	if strings.Contains(fmt.Sprint(doc), unmade) || dig(doc, "pictures", 1) != nil {
		t.Errorf("a picture without public forms is told of: %v", doc)
	}
	simplified := h.get(at + "?lang=hans&body=text")
	if simplified["lang"] != "zh-Hans" || simplified["written_in"] != "zh-Hant" || simplified["title"] != "线上家书会：六个时区，一张桌子" ||
		dig(simplified, "facts", 0, "hosts", 0) != "贺鸣皋" || dig(simplified, "facts", 0, "kind_label") != "讲座" || dig(simplified, "body", "html") != nil {
		t.Errorf("%v", simplified)
	}
	if text, _ := dig(simplified, "body", "text").(string); !strings.Contains(text, "乡亲轮流读信") {
		t.Errorf("%q", text)
	}
	english := h.get(at + "?lang=en&body=none")
	if english["lang"] != "zh-Hant" || dig(english, "org", "name") != "Heling City Hometown Association" || english["body"] != nil {
		t.Errorf("%v", english)
	}
	translated := h.get("/api/v1/articles/" + string(h.articles["smith"].ID))
	if dig(translated, "translations", 0, "lang") != "en" || dig(translated, "translations", 0, "title") != "The last tinker" {
		t.Errorf("%v", translated["translations"])
	}
	if carried := dig(doc, "carried_by", 0, "id"); carried != string(h.articles["digest"].ID) {
		t.Errorf("carried by %v", carried)
	}
}

// Without a base URL addresses lead from the site's root, and never name the
// host that a request claims.
func TestWithoutABaseURL(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock(date)
	h := bare(t, testkit.SQLite(t, clock), clock)
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		_, err := org.Init(ctx, tx, org.InitParams{Names: org.Names{Hant: "聯合會"}, Lang: "zh-Hans"})
		return err
	})
	doc := h.get("/api/v1")
	if doc["self"] != "/api/v1" || dig(doc, "links", "orgs") != "/api/v1/orgs" || doc["language"] != "zh-Hans" || doc["url"] != "/" {
		t.Errorf("%v", doc)
	}
	if got := dig(h.openAPI(""), "servers", 0, "url"); got != "/" {
		t.Errorf("server %v", got)
	}
	if p := h.problem(h.ask(http.MethodGet, "/api/v1/x"), 404); p["type"] != "/api/problems/not-found" {
		t.Errorf("%v", p)
	}
}

// Before the federation is set up, and when the database fails, the answer is a
// problem too, and tells nothing of the inside.
func TestOurFault(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock(date)
	h := bare(t, testkit.SQLite(t, clock), clock)
	for _, address := range []string{"/api/v1", "/api/v1/orgs", "/api/", "/api/openapi.json"} {
		if w := h.ask(http.MethodGet, address); w.Header().Get("Retry-After") == "" {
			t.Errorf("%s: no Retry-After", address)
		} else {
			h.problem(w, 503)
		}
	}
	h.furnish()
	h.get("/api/v1")
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `ALTER TABLE article RENAME TO article_lost`)
		return err
	})
	doc := h.problem(h.ask(http.MethodGet, "/api/v1/articles", "Accept-Language", "en"), 500)
	if detail, _ := doc["detail"].(string); strings.Contains(detail, "article") || doc["title"] != "Something went wrong here" {
		t.Errorf("%v", doc)
	}
	if !strings.Contains(h.log.String(), "no such table") {
		t.Error("the log does not say what happened")
	}
}

// An organisation that moved is found under its old path.
func TestUnderAnOldPath(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		return org.Move(ctx, tx, h.orgs["lanjiang/yunpu/"].ID, h.orgs["heling/"].ID, "yunpu")
	})
	got := h.walk("/api/v1/articles?under=lanjiang/yunpu", func() {})
	if len(got) != 1 || got[0] != string(h.articles["cakes"].ID) {
		t.Errorf("%q", got)
	}
	row := items(h.get("/api/v1/topics/" + string(h.topics["moon"].ID) + "/coverage?state=late"))
	if len(row) != 1 || dig(row[0], "org", "path") != "lanjiang/yunpu/" {
		t.Errorf("who was asked is not as it was then: %v", row)
	}
}

// A topic's state follows its deadline and is kept once frozen.
func TestTopicStates(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	at := "/api/v1/topics/" + string(h.topics["moon"].ID)
	if s := h.get(at)["state"]; s != "closed" {
		t.Errorf("after the deadline: %v", s)
	}
	h.tx(func(ctx context.Context, tx *db.Tx) error { return press.Freeze(ctx, tx, h.topics["moon"].ID) })
	doc := h.get(at)
	if doc["state"] != "frozen" || doc["frozen_at"] != "2026-10-09T12:00:00Z" || dig(doc, "tally", "silent") != 1.0 {
		t.Errorf("%v", doc)
	}
}
