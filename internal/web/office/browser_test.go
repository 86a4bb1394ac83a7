package office_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/testkit/browser"
)

// shotsEnv names a folder into which pictures of every page are written, for
// people to look at.
const shotsEnv = "HUIGUAN_SHOTS"

// window serves the office to a browser in which somebody is signed in.
func (d *desk) window() string {
	d.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/favicon.svg":
			w.Header().Set("Content-Type", "image/svg+xml")
			fmt.Fprint(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path fill="#a02a1f" d="M0 0h1v1H0z"/></svg>`)
		case "/prefs.css":
			w.Header().Set("Content-Type", "text/css")
		default:
			if d.cookie != nil {
				r.AddCookie(d.cookie)
				r.AddCookie(&http.Cookie{Name: "__Host-" + d.cookie.Name, Value: d.cookie.Value})
			}
			d.office.ServeHTTP(w, r)
		}
	}))
	d.Cleanup(server.Close)
	return server.URL
}

// visited is a page that is looked at, by whom.
type visited struct {
	name string
	by   *desk
	path string
}

// places lists the pages to look at: full ones and empty ones.
func (h *hall) places() []visited {
	h.furnish()
	chief := h.seat("林秀英", access.Administrator, "", true)
	writer := h.seat("陳小明", access.Correspondent, "lanjiang/yunpu/shatou/", false)
	nobody := h.seat("黃大衛", "", "heshan/", false)
	return []visited{
		{"home", chief, "/office/"}, {"home-writer", writer, "/office/"}, {"home-nobody", nobody, "/office/"},
		{"draft", writer, "/office/orgs/" + string(h.orgs["lanjiang/yunpu/shatou/"]) + "/drafts/" + string(h.draft)},
		{"settings", chief, "/office/settings"},
		{"lost", chief, "/office/nowhere"},
	}
}

// Every page in a real browser, on a small phone, a phone in the dark and a
// desk: nothing sticks out, every target is large enough, axe-core finds no fault.
func TestInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time: left out of short runs")
	}
	b := browser.Open(t)
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	for _, one := range h.places() {
		t.Run(one.name, func(t *testing.T) {
			page := b.Visit(t, one.by.window()+one.path, browser.View{Width: 1280})
			for _, view := range []browser.View{{Width: 1280}, {Width: 390, Dark: true}, {Width: 320}} {
				page.Look(t, view)
				if n := page.Sideways(t); n > 0 {
					t.Errorf("at %d the page is %d pixels wider than the window", view.Width, n)
				}
				for _, small := range page.SmallTargets(t, 44) {
					t.Errorf("at %d small target: %s", view.Width, small)
				}
				for _, rule := range page.Axe(t) {
					t.Errorf("at %d axe: %s", view.Width, rule)
				}
			}
			for _, issue := range page.Issues() {
				if one.name != "lost" {
					t.Errorf("console: %s", issue)
				}
			}
		})
	}
}

// TestScreenshots draws the pages.
func TestScreenshots(t *testing.T) {
	dir := os.Getenv(shotsEnv)
	if dir == "" {
		t.Skipf("%s names no folder", shotsEnv)
	}
	b := browser.Open(t)
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	for _, one := range h.places() {
		page := b.Visit(t, one.by.window()+one.path, browser.View{Width: 1280})
		for _, view := range []browser.View{{Width: 1280}, {Width: 390}, {Width: 390, Dark: true}} {
			page.Look(t, view)
			scheme := map[bool]string{true: "dark", false: "light"}[view.Dark]
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("office-%s-%d-%s.png", one.name, view.Width, scheme)), page.Screenshot(t), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}
