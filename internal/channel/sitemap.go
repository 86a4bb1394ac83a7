package channel

import (
	"encoding/xml"
	"strings"
	"time"
)

// MaxAddresses is how many addresses one sitemap may hold, by the protocol of
// sitemaps.org.
const MaxAddresses = 50_000

// Address is one absolute address, with when its content last changed; zero
// where nobody can say.
type Address struct {
	URL     string
	Updated time.Time
}

type sitemapAddress struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

type urlSet struct {
	XMLName xml.Name         `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapAddress `xml:"url"`
}

type sitemapIndex struct {
	XMLName  xml.Name         `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Sitemaps []sitemapAddress `xml:"sitemap"`
}

// Sitemap writes addresses of pages.
func Sitemap(pages []Address) ([]byte, error) {
	return writeXML(urlSet{URLs: sitemapAddresses(pages)})
}

// SitemapIndex writes the addresses of sitemaps, where one cannot hold all.
func SitemapIndex(sitemaps []Address) ([]byte, error) {
	return writeXML(sitemapIndex{Sitemaps: sitemapAddresses(sitemaps)})
}

func sitemapAddresses(list []Address) []sitemapAddress {
	out := make([]sitemapAddress, 0, len(list))
	for _, a := range list {
		out = append(out, sitemapAddress{Loc: clean(a.URL), LastMod: stamp(a.Updated)})
	}
	return out
}

// Robots writes robots.txt: all may be read but what is disallowed. sitemap is
// the address of the sitemap, "" where there is none.
func Robots(disallowed []string, sitemap string) []byte {
	var b strings.Builder
	b.WriteString("User-agent: *\n")
	if len(disallowed) == 0 {
		b.WriteString("Disallow:\n")
	}
	for _, d := range disallowed {
		b.WriteString("Disallow: " + line(d) + "\n")
	}
	if sitemap != "" {
		b.WriteString("\nSitemap: " + line(sitemap) + "\n")
	}
	return []byte(b.String())
}
