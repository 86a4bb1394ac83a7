package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
)

// walk follows the Link headers from an address and lists the ids on all pages;
// meanwhile runs after the first.
func (h *hall) walk(address string, meanwhile func()) []string {
	h.Helper()
	var ids []string
	for first := true; address != ""; first = false {
		w := h.ask(http.MethodGet, address)
		if w.Code != http.StatusOK {
			h.Fatalf("%s: %d %s", address, w.Code, w.Body)
		}
		doc := h.get(address)
		for _, item := range items(doc) {
			id, _ := item["id"].(string)
			if id == "" {
				id, _ = dig(item, "org", "id").(string) // of a coverage
			}
			ids = append(ids, id)
		}
		if first {
			meanwhile()
		}
		link := strings.TrimSuffix(strings.TrimPrefix(w.Header().Get("Link"), "<https://qingxi.example"), `>; rel="next"`)
		if (doc["next"] == nil) != (link == "") {
			h.Errorf("%s: next %v, Link %q", address, doc["next"], link)
		}
		address = link
	}
	return ids
}

// All pages of a list together are the list, though something is published in
// between: nothing is missing and nothing comes twice.
func TestWalks(t *testing.T) {
	t.Parallel()
	for name, address := range map[string]string{
		"articles": "/api/v1/articles?", "of a part": "/api/v1/articles?under=lanjiang&", "orgs": "/api/v1/orgs?", "topics": "/api/v1/topics?",
		"columns": "/api/v1/columns?", "pages": "/api/v1/pages?", "search": "/api/v1/search?q=%E9%84%89%E8%A6%AA&",
		"coverage": "/api/v1/topics/{moon}/coverage?", "children": "/api/v1/orgs/{root}/children?",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHall(t)
			for _, slug := range []string{"a", "b", "c"} {
				h.openTopic(slug, press.TopicParams{Org: h.orgs[""].ID, Slug: slug, Titles: org.Names{Hant: "專題"}})
				h.report(slug, "lanjiang/", press.ArticleParams{Title: "鄉親" + slug, PublishedOn: "2026-01-01", Body: markup.FromText("鄉親來了。")})
			}
			to := strings.NewReplacer("{moon}", string(h.topics["moon"].ID), "{root}", string(h.orgs[""].ID)).Replace(address)
			none := func() {}
			whole := h.walk(to+"limit=100", none)
			got := h.walk(to+"limit=1", func() {
				if name == "search" { // a search is cut by number, so what comes in front moves it
					return
				}
				h.report("new", "lanjiang/", press.ArticleParams{Title: "剛剛的鄉親", Body: markup.FromText("鄉親來了。"), Topics: []ident.Topic{h.topics["moon"].ID}})
				h.openTopic("new", press.TopicParams{Org: h.orgs[""].ID, Slug: "new", Titles: org.Names{Hant: "新的"}})
			})
			if !slices.Equal(got, whole) || len(got) == 0 {
				t.Errorf("page by page %q, at once %q", got, whole)
			}
		})
	}
}

// Filters leave what they say.
func TestFilters(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	id := func(name string) string { return string(h.articles[name].ID) }
	for address, want := range map[string][]string{
		"articles":                                                         {id("digest"), id("cakes"), id("family"), id("smith-en"), id("smith")},
		"articles?under=lanjiang":                                          {id("cakes"), id("smith-en"), id("smith")},
		"articles?under=/lanjiang/yunpu/":                                  {id("cakes")},
		"articles?org=" + string(h.orgs["lanjiang/"].ID):                   {id("smith-en"), id("smith")},
		"articles?kind=digest":                                             {id("digest")},
		"articles?column=" + string(h.column.ID):                           {id("smith")},
		"articles?topic=" + string(h.topics["moon"].ID):                    {id("digest"), id("cakes"), id("family")},
		"articles?year=2025":                                               nil,
		"orgs?kind=city":                                                   {string(h.orgs["heling/"].ID), string(h.orgs["lanjiang/"].ID)},
		"orgs?status=closed":                                               nil,
		"topics?org=" + string(h.orgs["lanjiang/yunpu/"].ID):               {string(h.topics["moon"].ID)},
		"columns?org=" + string(h.orgs["heling/"].ID):                      nil,
		"pages?org=" + string(h.orgs[""].ID):                               {string(h.pages["contact"].ID)},
		"search?q=%E8%81%AF%E7%B5%A1":                                      {string(h.pages["contact"].ID)},
		"search?q=%E8%A3%9C%E9%8D%8B%E5%8C%A0&under=heling":                nil,
		"search?q=%E8%A1%A5%E9%94%85%E5%8C%A0&under=lanjiang":              {id("smith")},
		"topics/" + string(h.topics["moon"].ID) + "/coverage?state=silent": {string(h.orgs["lanjiang/"].ID)},
	} {
		if got := h.walk("/api/v1/"+address, func() {}); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}
