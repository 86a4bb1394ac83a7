package e2e

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/huiguan/huiguan/internal/testkit/browser"
)

// shotsEnv names a folder into which pictures of every kind of page are drawn,
// for people to look at.
const shotsEnv = "HUIGUAN_SHOTS"

// fullEnv asks for every look of every page; without it each page is seen in
// four looks that cover all widths, schemes and sizes between them.
const fullEnv = "HUIGUAN_FULL"

// look is how a page is seen.
type look struct {
	browser.View
	large bool // in the largest text size
}

func (l look) String() string {
	scheme := map[bool]string{true: "dark", false: "light"}[l.Dark]
	if l.large {
		scheme += "-large"
	}
	return fmt.Sprintf("%d-%s", l.Width, scheme)
}

func looks() []look {
	if os.Getenv(fullEnv) == "" {
		return []look{{View: browser.View{Width: 1280}}, {View: browser.View{Width: 390, Dark: true}}, {View: browser.View{Width: 1920, Dark: true}}, {View: browser.View{Width: 320}, large: true}}
	}
	var out []look
	for _, width := range []int{1920, 1280, 390, 320} {
		for _, dark := range []bool{false, true} {
			for _, large := range []bool{false, true} {
				out = append(out, look{View: browser.View{Width: width, Dark: dark}, large: large})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b look) int { return cmp.Compare(fmt.Sprint(a.large), fmt.Sprint(b.large)) })
	return out
}

// kinds walks the demo and picks of each kind of page the one with the most and
// the one with the least in it, by the kind's name.
func kinds(t *testing.T, site *httptest.Server) map[string]string {
	t.Helper()
	type extreme struct {
		path string
		size int
	}
	most, least := map[string]extreme{}, map[string]extreme{}
	walk(t, site, func(path string, body []byte) {
		if strings.HasPrefix(path, "/hans/") || strings.HasPrefix(path, "/en/") || !bytes.Contains(body, []byte("<body")) {
			return
		}
		doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		kind := strings.TrimPrefix(doc.Find("body").AttrOr("class", "page-other"), "page-")
		if have, ok := most[kind]; !ok || len(body) > have.size {
			most[kind] = extreme{path, len(body)}
		}
		if have, ok := least[kind]; !ok || len(body) < have.size {
			least[kind] = extreme{path, len(body)}
		}
	})
	out := map[string]string{}
	for kind, e := range most {
		out[kind] = e.path
		if other := least[kind]; other.path != e.path {
			out[kind+"-least"] = other.path
		}
	}
	out["search"] = "/search?q=%E8%AE%80%E4%BF%A1"
	out["search-none"] = "/search?q=nowhere"
	out["failure"] = "/nowhere/"
	return out
}

// languagesOf are what an address may have in front. The pages about the API say
// their language behind; one language is enough for a page with little in it.
func languagesOf(kind, path string) []string {
	if strings.HasPrefix(path, "/api/") || strings.HasSuffix(kind, "-least") && os.Getenv(fullEnv) == "" {
		return []string{""}
	}
	return []string{"", "/hans", "/en"}
}

// mostMoved is how far content may move while a page comes, as browsers reckon
// it: a tenth of what they call good. A browser that paints a page before all of
// it is there may set a line anew; a picture without a size moves ten times that.
const mostMoved = 0.01

// Every kind of page in every language: nothing sticks out sideways, axe-core
// finds no fault, nothing moves while the page loads, and the browser has
// nothing to complain about.
func TestEveryLook(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time: left out of short runs")
	}
	b := browser.Open(t)
	site, _ := demo(t)
	pages := kinds(t, site)
	t.Logf("RESULT page-kinds n=%d looks=%d languages=3", len(pages), len(looks()))
	for _, kind := range slices.Sorted(maps.Keys(pages)) {
		for _, lang := range languagesOf(kind, pages[kind]) {
			t.Run(kind+lang, func(t *testing.T) {
				page := b.Visit(t, site.URL+lang+pages[kind], browser.View{Width: 390})
				if moved := page.Shift(t); moved > mostMoved {
					t.Errorf("%s: the page moves by %.4f while it loads", pages[kind], moved)
				}
				for _, l := range looks() {
					page.Look(t, l.View)
					if l.large {
						page.Enlarge(t)
					}
					if n := page.Sideways(t); n > 0 {
						t.Errorf("%s at %s: %d pixels wider than the window", pages[kind], l, n)
					}
					for _, rule := range page.Axe(t) {
						t.Errorf("%s at %s: axe: %s", pages[kind], l, rule)
					}
				}
				for _, issue := range page.Issues() {
					if !strings.HasPrefix(kind, "failure") || !strings.Contains(issue, "404") {
						t.Errorf("%s: console: %s", pages[kind], issue)
					}
				}
			})
		}
	}
}

// A keyboard alone reaches everything, and one sees where it is.
func TestKeyboardAlone(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time: left out of short runs")
	}
	b := browser.Open(t)
	site, _ := demo(t)
	for kind, path := range kinds(t, site) {
		if strings.HasSuffix(kind, "-least") {
			continue
		}
		t.Run(kind, func(t *testing.T) {
			page := b.Visit(t, site.URL+path, browser.View{Width: 390})
			for _, one := range page.Unreached(t) {
				t.Errorf("%s: %s", path, one)
			}
		})
	}
}

// TestShots draws every kind of page for people to look at: on four widths, in
// both schemes, three languages, the largest text, and printed.
func TestShots(t *testing.T) {
	dir := os.Getenv(shotsEnv)
	if dir == "" {
		t.Skipf("%s names no folder", shotsEnv)
	}
	b := browser.Open(t)
	site, _ := demo(t)
	save := func(t *testing.T, name string, data []byte) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for kind, path := range kinds(t, site) {
		for _, lang := range languagesOf(kind, path) {
			t.Run(kind+lang, func(t *testing.T) {
				name := kind + strings.ReplaceAll(lang, "/", "-")
				page := b.Visit(t, site.URL+lang+path, browser.View{Width: 1280})
				if lang == "" {
					save(t, name+".pdf", page.PDF(t))
				}
				for _, l := range looks() {
					page.Look(t, l.View)
					if l.large {
						page.Enlarge(t)
					}
					save(t, name+"-"+l.String()+".png", page.Screenshot(t))
				}
			})
		}
	}
}
