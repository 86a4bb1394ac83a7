package portal

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/huiguan/huiguan/internal/channel"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// robots answers /robots.txt: all may be read but the pages that answer a
// search, which have no end.
func (p *Portal) robots(w http.ResponseWriter, r *http.Request) error {
	s, err := p.loadSite(r.Context())
	if err != nil {
		return err
	}
	prefixes := []string{""}
	for _, l := range locale.Langs {
		prefixes = append(prefixes, "/"+l.Segment())
	}
	var disallowed []string
	for _, prefix := range prefixes {
		// Not every address that begins so: an organisation's may.
		disallowed = append(disallowed, prefix+"/search$", prefix+"/search?")
	}
	sitemap := ""
	if s.Base != "" {
		sitemap = s.Base + "/sitemap.xml"
	}
	return kit.Respond(w, r, kit.Response{Type: channel.RobotsType, Cache: kit.CacheRevalidate, Body: channel.Robots(disallowed, sitemap)})
}

// maxSitemaps is how many sitemaps an index may name, by their protocol.
const maxSitemaps = 50_000

// sitemapPage reads the address of a sitemap: 0 for the first one to ask for,
// else its number in the index.
func sitemapPage(path string) (n int, ok bool) {
	number, ok := strings.CutPrefix(path, "/sitemap")
	if !ok {
		return 0, false
	}
	if number, ok = strings.CutSuffix(number, ".xml"); !ok || number == "" {
		return 0, ok
	}
	n, err := strconv.Atoi(strings.TrimPrefix(number, "-"))
	return n, err == nil && n > 0 && n <= maxSitemaps && number == "-"+strconv.Itoa(n)
}

// sitemap answers the list of all pages: organisations, topics and articles,
// each in the form that counts; the pages name their other forms themselves.
// Lists of pages hold absolute addresses, so without a base URL there are none.
func (p *Portal) sitemap(w http.ResponseWriter, r *http.Request, s site, number int) error {
	if s.Base == "" {
		return notFound()
	}
	if number == 0 {
		pages, err := p.press.AddressPages(r.Context(), p.sitemapSize)
		if err != nil {
			return err
		}
		if len(pages) > 1 {
			return sendSitemap(w, r, channel.SitemapIndex, s.sitemaps(pages))
		}
		number = 1
	}
	list, err := p.press.Addresses(r.Context(), p.sitemapSize, number)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return notFound()
	}
	v := visit{site: s}
	out := make([]channel.Address, 0, len(list))
	for _, a := range list {
		out = append(out, channel.Address{URL: v.absolute(s.mainLang(a.Lang), a.Path), Updated: a.UpdatedAt.Time})
	}
	return sendSitemap(w, r, channel.Sitemap, out)
}

// sitemaps are the sitemaps of an index.
func (s site) sitemaps(pages []press.AddressPage) []channel.Address {
	out := make([]channel.Address, 0, len(pages))
	for _, one := range pages {
		out = append(out, channel.Address{URL: s.Base + "/sitemap-" + strconv.Itoa(one.Number) + ".xml", Updated: one.UpdatedAt.Time})
	}
	return out
}

// mainLang is the form in which an article counts: the federation's own where
// the text has it.
func (s site) mainLang(lang locale.Lang) locale.Lang {
	forms := formsOf(lang)
	if lang == "" || slices.Contains(forms, s.Lang) {
		return s.Lang
	}
	return forms[0]
}

func sendSitemap(w http.ResponseWriter, r *http.Request, write func([]channel.Address) ([]byte, error), list []channel.Address) error {
	body, err := write(list)
	if err != nil {
		return err
	}
	return kit.Respond(w, r, kit.Response{Type: channel.SitemapType, Cache: kit.CacheRevalidate, Body: body})
}
