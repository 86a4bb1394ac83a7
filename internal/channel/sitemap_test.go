package channel

import (
	"encoding/xml"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestSitemaps(t *testing.T) {
	t.Parallel()
	list := []Address{
		{URL: "https://qingxi.example/"},
		{URL: "https://qingxi.example/a?b=c&d=<e>\x00", Updated: time.Date(2026, 3, 4, 20, 0, 0, 0, time.FixedZone("", 8*3600))},
	}
	type entry struct {
		Loc     string `xml:"loc"`
		LastMod string `xml:"lastmod"`
	}
	for name, c := range map[string]struct {
		write func([]Address) ([]byte, error)
		inner string
	}{"urlset": {Sitemap, "url"}, "sitemapindex": {SitemapIndex, "sitemap"}} {
		body, err := c.write(list)
		if err != nil {
			t.Fatal(err)
		}
		var got struct {
			XMLName  xml.Name
			URLs     []entry `xml:"url"`
			Sitemaps []entry `xml:"sitemap"`
		}
		if err := xml.Unmarshal(body, &got); err != nil {
			t.Fatal(err)
		}
		if got.XMLName != (xml.Name{Space: "http://www.sitemaps.org/schemas/sitemap/0.9", Local: name}) {
			t.Errorf("%s: root is %v", name, got.XMLName)
		}
		entries := append(got.URLs, got.Sitemaps...)
		if diff := cmp.Diff([]entry{{"https://qingxi.example/", ""}, {"https://qingxi.example/a?b=c&d=<e>", "2026-03-04T12:00:00Z"}}, entries); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if n := strings.Count(string(body), "<"+c.inner+">"); n != 2 || strings.Contains(string(body), "<lastmod></lastmod>") {
			t.Errorf("%s: %s", name, body)
		}
	}
}

func TestRobots(t *testing.T) {
	t.Parallel()
	for want, got := range map[string][]byte{
		"User-agent: *\nDisallow:\n": Robots(nil, ""),
		"User-agent: *\nDisallow: /search$\nDisallow: /en/search$\n\nSitemap: https://qingxi.example/sitemap.xml\n": Robots([]string{"/search$", "/en/search$"}, "https://qingxi.example/sitemap.xml"),
		"User-agent: *\nDisallow: /x Allow: /y\n": Robots([]string{"/x\nAllow: /y"}, ""),
	} {
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Error(diff)
		}
	}
}
