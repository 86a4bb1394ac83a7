package portal_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/testkit/browser"
)

// slowPictures serves the site so that pictures come only when the gate is
// open, and pages do not wait for them; change may change a page before it goes.
func slowPictures(t *testing.T, site http.Handler, gate <-chan struct{}, change func(string) string) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/media/") {
			select {
			case <-gate:
			case <-r.Context().Done():
			}
		}
		if r.Header.Del("Accept-Encoding"); r.URL.Path == "/" || strings.Contains(r.URL.Path, "/news/") {
			page := httptest.NewRecorder()
			site.ServeHTTP(page, r)
			for name, values := range page.Header() {
				if name != "Content-Length" && name != "Etag" {
					w.Header()[name] = values
				}
			}
			w.WriteHeader(page.Code)
			_, _ = w.Write([]byte(change(page.Body.String())))
			return
		}
		site.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

// shift is what moves on a page when its pictures come: how many elements, and
// the figure by which browsers judge it.
type shift struct {
	Pictures, Moved int
	Score           float64
}

// measureShift opens a page while its pictures are held back, lets them come,
// and compares where everything stands.
func measureShift(t *testing.T, b *browser.Browser, site http.Handler, path string, view browser.View, change func(string) string) shift {
	t.Helper()
	gate := make(chan struct{})
	server := slowPictures(t, site, gate, change)
	page := b.Visit(t, server.URL+path, view)
	const places = `[...document.querySelectorAll("main *")].filter(e => !e.matches("img, figure, a:has(img), picture")).map(e => Math.round(e.getBoundingClientRect().top + scrollY))`
	const painted = `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))`
	browser.Eval[bool](t, page, painted+`.then(() => {
		window.before = `+places+`;
		window.score = 0;
		new PerformanceObserver(list => { for (const e of list.getEntries()) window.score += e.value }).observe({type: "layout-shift"});
		return true;
	})`)
	if n := browser.Eval[int](t, page, `[...document.images].filter(i => i.complete && i.naturalWidth > 0 && i.src.includes("/media/")).length`); n > 0 {
		t.Fatalf("%d pictures came too early", n)
	}
	close(gate)
	return browser.Eval[shift](t, page, `(async () => {
		const all = [...document.images].filter(i => i.src.includes("/media/"));
		for (const i of all) { i.loading = "eager"; await i.decode(); }
		await `+painted+`;
		const after = `+places+`;
		await `+painted+`;
		return {Pictures: all.length, Moved: after.filter((top, i) => top !== window.before[i]).length, Score: window.score};
	})()`)
}

// Nothing moves when pictures come, on any page that shows some.
func TestPicturesMoveNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time: left out of short runs")
	}
	b := browser.Open(t)
	h := newHall(t).furnish()
	h.album(10)
	h.picturedReport()
	late := func(page string) string {
		return strings.ReplaceAll(page, `decoding="async"`, `loading="lazy" decoding="async"`)
	}
	for name, path := range map[string]string{"album": h.address("album"), "home": "/", "news": "/news/", "digest": h.address("digest")} {
		for _, width := range []int{320, 1280} {
			got := measureShift(t, b, h.site, path, browser.View{Width: width}, late)
			t.Logf("RESULT layout-shift page=%s width=%d pictures=%d moved=%d score=%.4f", name, width, got.Pictures, got.Moved, got.Score)
			if got.Moved > 0 || got.Score > 0 {
				t.Errorf("%s at %d: %d elements moved, score %.4f", name, width, got.Moved, got.Score)
			}
		}
	}
	// The control: without their sizes, pictures push the text away.
	sizes := regexp.MustCompile(` width="\d+" height="\d+"`)
	bare := measureShift(t, b, h.site, h.address("album"), browser.View{Width: 1280}, func(page string) string { return sizes.ReplaceAllString(late(page), "") })
	t.Logf("RESULT layout-shift page=album-without-sizes pictures=%d moved=%d score=%.4f", bare.Pictures, bare.Moved, bare.Score)
	if bare.Moved == 0 || bare.Score == 0 {
		t.Error("the control shows no shift, so the test sees none")
	}
}

// Pages with many pictures, at every width: nothing sticks out, the policy
// blocks nothing, and axe-core finds no fault.
func TestPicturesInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time: left out of short runs")
	}
	b := browser.Open(t)
	h := newHall(t).furnish()
	h.album(10)
	h.picturedReport()
	server := httptest.NewServer(h.site)
	t.Cleanup(server.Close)
	dir := os.Getenv(shotsEnv)
	for name, path := range map[string]string{"album": h.address("album"), "album-en": "/en" + h.address("album"), "home": "/", "news": "/heling/news/", "digest": h.address("digest")} {
		page := b.Visit(t, server.URL+path, browser.View{Width: 1280})
		for _, view := range []browser.View{{Width: 320}, {Width: 390, Dark: true}, {Width: 1280}, {Width: 1920, Dark: true}} {
			page.Look(t, view)
			check(t, page, view)
			if dir != "" {
				browser.Eval[bool](t, page, `(async () => { for (const i of document.images) { i.loading = "eager"; await i.decode() } return true })()`)
				file := filepath.Join(dir, "pictures-"+name+"-"+map[int]string{320: "320", 390: "390", 1280: "1280", 1920: "1920"}[view.Width]+".png")
				if err := os.WriteFile(file, page.Screenshot(t), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
		for _, issue := range page.Issues() {
			t.Errorf("%s: console: %s", name, issue)
		}
	}
}
