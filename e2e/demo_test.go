// Package e2e runs the whole program as its users meet it: the demo, in a real
// browser and through every link.
package e2e

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/picture"
	"github.com/huiguan/huiguan/internal/testkit"
)

// demo serves the invented federation.
func demo(t *testing.T) (site *httptest.Server, places []app.Place) {
	t.Helper()
	a, err := app.Open(t.Context(), app.Config{Dir: t.TempDir(), Pictures: picture.InProcess{}})
	if err != nil {
		t.Fatal(err)
	}
	places, err = a.BuildDemo(t.Context(), func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	site = httptest.NewServer(testkit.Must[http.Handler](t)(a.Handler()))
	t.Cleanup(func() {
		site.Close()
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return site, places
}

// The places that the demo names on its start are there.
func TestDemoPlaces(t *testing.T) {
	t.Parallel()
	site, places := demo(t)
	for _, p := range places {
		if body, _ := visit(t, site, p.Path, "the demo's list"); len(body) == 0 {
			t.Errorf("%s: nothing at %s", p.What, p.Path)
		}
	}
}

// maxCrawl bounds the walk through the demo.
const maxCrawl = 6000

// walk visits every address that links lead to from the front page, and shows
// each page to look.
func walk(t *testing.T, site *httptest.Server, look func(path string, body []byte)) (addresses int) {
	t.Helper()
	from := map[string]string{"/": "the start"}
	queue := []string{"/"}
	for len(queue) > 0 && len(from) < maxCrawl {
		path := queue[0]
		queue = queue[1:]
		body, links := visit(t, site, path, from[path])
		look(path, body)
		for _, l := range links {
			if _, known := from[l]; !known {
				from[l] = path
				queue = append(queue, l)
			}
		}
	}
	return len(from)
}

// Every link of the demo leads somewhere, and every page is sound HTML without
// a text that the catalogue lacks.
func TestDemoLinks(t *testing.T) {
	t.Parallel()
	site, _ := demo(t)
	n := walk(t, site, func(path string, body []byte) {
		if bytes.Contains(body, []byte("⟦")) {
			t.Errorf("%s shows a message that the catalogue lacks", path)
		}
	})
	t.Logf("RESULT demo-crawl addresses=%d", n)
	if n < 100 {
		t.Errorf("only %d addresses were found", n)
	}
}

// visit fetches an address and lists the addresses of the site that its page
// links to.
func visit(t *testing.T, site *httptest.Server, path, from string) (body []byte, links []string) {
	t.Helper()
	resp, err := site.Client().Get(site.URL + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, err = io.ReadAll(resp.Body); err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != http.StatusOK {
		t.Errorf("%s, linked from %s, answers %s", path, from, resp.Status)
		return nil, nil
	}
	if !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") {
		return nil, nil
	}
	for _, fault := range testkit.StrictHTML(string(body)) {
		t.Errorf("%s: %s", path, fault)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	doc.Find("a[href], link[href], img[src]").Each(func(_ int, s *goquery.Selection) {
		href := s.AttrOr("href", s.AttrOr("src", ""))
		u, err := url.Parse(href)
		if err != nil || u.Host != "" || u.Scheme != "" || u.Path == "" {
			return
		}
		links = append(links, u.RequestURI())
	})
	return body, links
}
