package api_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/press"
)

// everywhere are the addresses of all documents, besides those of single
// articles.
func (h *hall) everywhere() []string {
	out := []string{
		"/api/v1", "/api/v1/orgs?limit=200", "/api/v1/kinds", "/api/v1/columns?limit=200", "/api/v1/articles?limit=200", "/api/v1/topics?limit=200",
		"/api/v1/pages?limit=200", "/api/v1/articles?limit=200&topic=" + string(h.topics["moon"].ID),
		"/api/v1/topics/" + string(h.topics["moon"].ID), "/api/v1/topics/" + string(h.topics["moon"].ID) + "/coverage?limit=200",
		"/api/v1/search?limit=100&q=%E6%9C%88", "/api/v1/search?limit=100&q=%E7%A7%98%E5%AF%86", "/api/v1/search?limit=100&q=%E6%94%B9%E6%9C%9F",
	}
	for name, a := range h.articles {
		if name != "draft" && name != "withdrawn" {
			out = append(out, "/api/v1/articles/"+string(a.ID), "/api/v1/articles/"+string(a.ID)+"?body=text")
		}
	}
	for _, o := range h.orgs {
		out = append(out, "/api/v1/orgs/"+string(o.ID), "/api/v1/orgs/"+string(o.ID)+"/children", "/api/v1/articles?org="+string(o.ID))
	}
	return append(out, "/api/v1/pages/"+string(h.pages["contact"].ID))
}

// Nothing of a draft, of a withdrawn article or of an unpublished page is in any
// document, and no count knows them.
func TestNothingLeaks(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	secrets := []string{
		"草稿", "秘密", "撤回", "改期", "未定的計畫", "999", "888",
		string(h.articles["draft"].ID), string(h.articles["withdrawn"].ID), string(h.pages["hidden"].ID),
	}
	for _, address := range h.everywhere() {
		w := h.ask(http.MethodGet, address)
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d %s", address, w.Code, w.Body)
		}
		doc := h.get(address)
		delete(doc, "self")  // a search repeats what was looked for
		delete(doc, "query") // as does this
		raw, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range secrets {
			if strings.Contains(string(raw), secret) {
				t.Errorf("%s holds %q", address, secret)
			}
		}
	}
	topic := h.get("/api/v1/topics/" + string(h.topics["moon"].ID))
	if n := dig(topic, "totals", "events"); n != 2.0 {
		t.Errorf("the topic counts %v events", n)
	}
	for query, want := range map[string]float64{"%E7%A7%98%E5%AF%86": 0, "%E6%94%B9%E6%9C%9F": 0, "%E6%9C%88%E5%9C%93": 2} {
		if got := h.get("/api/v1/search?q=" + query)["total"]; got != want {
			t.Errorf("%s: %v found, want %v", query, got, want)
		}
	}
}

// plain is an answer without what names the request.
func plain(t *testing.T, raw []byte) string {
	t.Helper()
	var doc map[string]any
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	delete(doc, "instance")
	out, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// A draft and an unpublished page are answered exactly as what never was; what
// was out once is gone.
func TestDraftsAreNotThere(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	never := "01kz3c9e8gz000000000000001"
	for _, one := range []struct{ kind, id string }{{"articles", string(h.articles["draft"].ID)}, {"pages", string(h.pages["hidden"].ID)}} {
		got, want := h.ask(http.MethodGet, "/api/v1/"+one.kind+"/"+one.id), h.ask(http.MethodGet, "/api/v1/"+one.kind+"/"+never)
		if got.Code != http.StatusNotFound || plain(t, got.Body.Bytes()) != plain(t, want.Body.Bytes()) {
			t.Errorf("%s: %d %s, want as %s", one.kind, got.Code, got.Body, want.Body)
		}
		for name := range want.Header() {
			if g, w := got.Header().Get(name), want.Header().Get(name); g != w && name != "Content-Length" {
				t.Errorf("%s: %s is %q, want %q", one.kind, name, g, w)
			}
		}
	}
	if w := h.ask(http.MethodGet, "/api/v1/articles/"+string(h.articles["withdrawn"].ID)); w.Code != http.StatusGone {
		t.Errorf("withdrawn: %d %s", w.Code, w.Body)
	}
}

// Taken back, an article is gone from every document at once.
func TestTakingBack(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	id := string(h.articles["family"].ID)
	holding := func() (n int) {
		for _, address := range h.everywhere() {
			w := h.ask(http.MethodGet, address)
			if w.Code == http.StatusOK && strings.Contains(w.Body.String(), id) {
				n++
			}
		}
		return n
	}
	if n := holding(); n < 6 {
		t.Fatalf("only %d documents hold the article while it is out", n)
	}
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		_, err := press.SetState(ctx, tx, h.articles["family"].ID, press.Draft)
		return err
	})
	if n := holding(); n != 0 {
		t.Errorf("%d documents still hold it", n)
	}
	if n := dig(h.get("/api/v1/articles/"+string(h.articles["digest"].ID)), "totals", "headcount"); n != 60.0 {
		t.Errorf("the digest still counts %v people", n)
	}
}
