package portal_test

import (
	"encoding/xml"
	"log/slog"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/search"
	"github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/web/portal"
)

// sitemap is a list of addresses as a search engine reads it.
type sitemap struct {
	XMLName xml.Name
	URLs    []located `xml:"url"`
	Maps    []located `xml:"sitemap"`
}

type located struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod"`
}

func (h *hall) sitemap(path string) (out sitemap) {
	h.Helper()
	w := h.get(path)
	if w.Code != 200 || w.Header().Get("Content-Type") != "application/xml; charset=utf-8" {
		h.Fatalf("%s: %d, %v\n%s", path, w.Code, w.Header(), h.errors())
	}
	if err := xml.Unmarshal(w.Body.Bytes(), &out); err != nil {
		h.Fatal(err)
	}
	return out
}

// Each page stands in the sitemap once, in the form that counts.
func TestSitemap(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	m := h.sitemap("/sitemap.xml")
	seen := map[string]string{}
	for _, one := range m.URLs {
		if _, twice := seen[one.Loc]; twice {
			t.Errorf("%s stands twice", one.Loc)
		}
		seen[one.Loc] = one.LastMod
		w := h.get(strings.TrimPrefix(one.Loc, base))
		if w.Code != 200 || !strings.Contains(w.Body.String(), `<link rel="canonical" href="`+one.Loc+`"`) {
			t.Errorf("%s: %d, and it calls itself something else", one.Loc, w.Code)
		}
	}
	for path, dated := range map[string]bool{
		"/": false, "/lanjiang/yunpu/baiyu/": false, "/topics/moon-and-reunion": false, h.address("clinic"): true, h.address("digest"): true,
		"/en" + h.address("english"): true, h.address("library"): true,
	} {
		if at, ok := seen[base+path]; !ok || (at != "") != dated {
			t.Errorf("%s: in the sitemap %v, changed at %q", path, ok, at)
		}
	}
	if want := len(h.orgs) + 1 + 2 + len(h.article) - 2; len(seen) != want {
		t.Errorf("%d addresses, want %d", len(seen), want)
	}
	for _, lost := range []string{"/sitemap-0.xml", "/sitemap-2.xml", "/sitemap-50000.xml", "/sitemap-50001.xml", "/sitemap--1.xml", "/sitemap-+1.xml", "/sitemap-01.xml", "/sitemap1.xml", "/sitemap-.xml", "/sitemap.xml.gz", "/sitemap-99999999999999999999.xml", "/hans/sitemap.xml", "/lanjiang/sitemap.xml"} {
		if w := h.get(lost); w.Code != 404 {
			t.Errorf("%s: %d", lost, w.Code)
		}
	}
}

// Above the limit there is an index, whose sitemaps hold the same addresses.
func TestSitemapIndex(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	whole := h.sitemap("/sitemap.xml")
	const size = 5
	h.site = testkit.Must[*portal.Portal](h)(portal.New(portal.Config{
		Holders: people.NewStore(h.db), Org: org.NewReader(h.db), Press: press.NewPublic(h.db), Search: search.NewReader(h.db), Media: h.media, Pictures: media.NewReader(h.db),
		Logger: slog.New(slog.NewTextHandler(h.log, nil)), Now: h.clock.Now, SitemapSize: size,
	}))
	index := h.sitemap("/sitemap.xml")
	if index.XMLName.Local != "sitemapindex" || len(index.Maps) != (len(whole.URLs)+size-1)/size {
		t.Fatalf("%s of %d for %d addresses", index.XMLName.Local, len(index.Maps), len(whole.URLs))
	}
	var all []located
	for i, one := range index.Maps {
		part := h.sitemap(strings.TrimPrefix(one.Loc, base))
		if len(part.URLs) > size || len(part.URLs) < size && i < len(index.Maps)-1 {
			t.Errorf("%s holds %d", one.Loc, len(part.URLs))
		}
		dated := ""
		for _, u := range part.URLs {
			dated = max(dated, u.LastMod)
		}
		if one.LastMod != dated {
			t.Errorf("%s changed at %q, its pages at %q", one.Loc, one.LastMod, dated)
		}
		all = append(all, part.URLs...)
	}
	if len(all) != len(whole.URLs) {
		t.Errorf("%d addresses in all, want %d", len(all), len(whole.URLs))
	}
	for i := range all {
		if all[i] != whole.URLs[i] {
			t.Errorf("%v instead of %v", all[i], whole.URLs[i])
		}
	}
	if w := h.get("/sitemap-1000.xml"); w.Code != 404 {
		t.Errorf("behind the last: %d", w.Code)
	}
}

func TestRobots(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	w := h.get("/robots.txt")
	body := w.Body.String()
	if w.Code != 200 || w.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("%d, %v", w.Code, w.Header())
	}
	for _, line := range []string{"User-agent: *\n", "Disallow: /search$\n", "Disallow: /search?\n", "Disallow: /hans/search?\n", "Disallow: /en/search$\n", "Sitemap: " + base + "/sitemap.xml\n"} {
		if !strings.Contains(body, line) {
			t.Errorf("no %q in %s", line, body)
		}
	}
	h.withoutBase()
	if body := h.get("/robots.txt").Body.String(); strings.Contains(body, "Sitemap") {
		t.Errorf("without a base URL: %s", body)
	}
	if w := h.get("/sitemap.xml"); w.Code != 404 {
		t.Errorf("a sitemap without a base URL: %d", w.Code)
	}
	if w := bare(t).get("/robots.txt"); w.Code != 503 {
		t.Errorf("before the site is set up: %d", w.Code)
	}
}
