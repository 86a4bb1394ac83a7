package portal_test

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/testkit/browser"
)

// shotsEnv names a folder into which the browser test writes pictures of every
// page, for people to look at.
const shotsEnv = "HUIGUAN_SHOTS"

// The main pages in a real browser, on a small phone, a phone and a desk: the
// policy blocks nothing, nothing sticks out sideways, every tap target is large
// enough, and axe-core finds no fault.
func TestInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time: left out of short runs")
	}
	b := browser.Open(t)
	h := newHall(t).furnish().dress()
	server := httptest.NewServer(h.site)
	t.Cleanup(server.Close)
	for name, path := range map[string]string{
		"home": "/", "home-en": "/en/", "org": "/lanjiang/", "news": "/news/", "article": h.address("clinic"), "article-hans": "/hans" + h.address("clinic"),
		"article-en": "/en" + h.address("clinic"), "digest": h.address("digest"), "topic": "/topics/moon-and-reunion", "topic-en": "/en/topics/moon-and-reunion",
		"about": "/about/", "prefs": "/en/prefs", "topics": "/hans/topics/", "search": "/search?q=%E6%9C%88", "search-empty": "/en/search", "lost": "/nowhere/",
	} {
		t.Run(name, func(t *testing.T) {
			page := b.Visit(t, server.URL+path, browser.View{Width: 1280})
			for _, view := range []browser.View{{Width: 1280}, {Width: 390, Dark: true}, {Width: 320}} {
				page.Look(t, view)
				check(t, page, view)
			}
			for _, issue := range page.Issues() {
				if name == "lost" && strings.Contains(issue, "404") {
					continue // the browser logs the status of the page itself
				}
				t.Errorf("console: %s", issue)
			}
		})
	}
}

func check(t *testing.T, page *browser.Page, view browser.View) {
	t.Helper()
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

// TestScreenshots draws pages for people to look at.
func TestScreenshots(t *testing.T) {
	dir := os.Getenv(shotsEnv)
	if dir == "" {
		t.Skipf("%s names no folder", shotsEnv)
	}
	b := browser.Open(t)
	h := newHall(t).furnish().dress()
	server := httptest.NewServer(h.site)
	t.Cleanup(server.Close)
	for name, path := range map[string]string{
		"about": "/about/", "prefs": "/prefs", "home": "/", "org": "/lanjiang/", "news": "/news/", "article": h.address("clinic"), "digest": h.address("digest"),
		"topic": "/topics/moon-and-reunion", "topics": "/topics/", "search": "/search?q=%E6%9C%88", "lost": "/nowhere/", "bare": h.address("bare"),
	} {
		for _, lang := range []string{"", "/hans", "/en"} {
			t.Run(name+lang, func(t *testing.T) {
				page := b.Visit(t, server.URL+lang+path, browser.View{Width: 1280})
				for _, view := range []browser.View{{Width: 1280}, {Width: 1280, Dark: true}, {Width: 390}, {Width: 390, Dark: true}} {
					page.Look(t, view)
					file := fmt.Sprintf("%s%s-%d-%s.png", name, strings.ReplaceAll(lang, "/", "-"), view.Width, map[bool]string{true: "dark", false: "light"}[view.Dark])
					if err := os.WriteFile(filepath.Join(dir, file), page.Screenshot(t), 0o600); err != nil {
						t.Fatal(err)
					}
				}
			})
		}
	}
}
