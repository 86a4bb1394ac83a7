package office_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/people"
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
			if d.lang != "" {
				r.AddCookie(&http.Cookie{Name: "office_lang", Value: d.lang.Segment()})
			}
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

// visited is a page that is looked at, by whom; path is an address of the office, or
// a whole one.
type visited struct {
	name string
	by   *desk
	path string
}

// address is where a browser finds the page.
func (v visited) address() string {
	if strings.HasPrefix(v.path, "http") {
		return v.path
	}
	return v.by.window() + v.path
}

// speak makes the office answer a desk in a language.
func (d *desk) speak(l locale.Lang) {
	d.Helper()
	d.lang = l
	testkit.Tx(d, d.db, func(ctx context.Context, tx *db.Tx) error { return people.SetLang(ctx, tx, d.person, l) })
}

// inspect looks at the page that is open in each of the views: nothing sticks out,
// every target is large enough and axe-core finds no fault. It keeps pictures where
// somebody wants them.
func inspect(t *testing.T, page *browser.Page, name string, views ...browser.View) {
	t.Helper()
	for _, view := range views {
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
		if dir := os.Getenv(shotsEnv); dir != "" {
			scheme := map[bool]string{true: "dark", false: "light"}[view.Dark]
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d-%s.png", name, view.Width, scheme)), page.Screenshot(t), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// looks are how every page is seen: at a desk, on a phone in the dark, on a small one.
func looks() []browser.View {
	return []browser.View{{Width: 1280}, {Width: 390, Dark: true}, {Width: 320}}
}

// visitAll looks at every place, and at those with an address of their own in all
// three languages.
func visitAll(t *testing.T, b *browser.Browser, places []visited) {
	t.Helper()
	for _, one := range places {
		t.Run(one.name, func(t *testing.T) {
			at := one.address()
			page := b.Visit(t, at, browser.View{Width: 1280})
			inspect(t, page, one.name, looks()...)
			if one.by != nil {
				defer one.by.speak(locale.Hant)
				for _, l := range []locale.Lang{locale.Hans, locale.En} {
					one.by.speak(l)
					page.Go(t, at)
					inspect(t, page, one.name+"-"+l.Segment(), browser.View{Width: 390}, browser.View{Width: 1280})
				}
			}
			for _, issue := range page.Issues() {
				if one.by != nil && !strings.HasSuffix(issue, "("+at+")") { // a page may itself be a refusal
					t.Errorf("console: %s", issue)
				}
			}
		})
	}
}

// places lists the pages to look at: full ones and empty ones.
func (h *hall) places() []visited {
	h.furnish()
	chief := h.seat("林秀英", access.Administrator, "", true)
	writer := h.seat("陳小明", access.Correspondent, "lanjiang/yunpu/shatou/", false)
	nobody := h.seat("黃大衛", "", "heshan/", false)
	return append(h.staffPlaces(chief), []visited{
		{"home", chief, "/office/"}, {"home-writer", writer, "/office/"}, {"home-nobody", nobody, "/office/"},
		{"draft", writer, "/office/orgs/" + string(h.orgs["lanjiang/yunpu/shatou/"]) + "/drafts/" + string(h.draft)},
		{"settings", chief, "/office/settings"},
		{"lost", chief, "/office/nowhere"},
	}...)
}

// Every page in a real browser.
func TestInBrowser(t *testing.T) { lookAround(t, (*hall).places) }

// lookAround visits places of a hall of their own.
func lookAround(t *testing.T, places func(*hall) []visited) {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes its time: left out of short runs")
	}
	b := browser.Open(t)
	clock := testkit.NewClock("2026-05-01")
	visitAll(t, b, places(newHall(t, testkit.SQLite(t, clock), clock)))
}
