package portal_test

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/testkit/browser"
)

// gallery is the pages about organisations in their states.
func gallery() map[string]string {
	return map[string]string{
		"org-full": "/lanjiang/", "org-bare": "/heling/songtai/", "org-over": "/meidu/", "org-closed": "/old/", "org-long": "/long/", "org-house": "/lanjiang/yunpu/liutang/",
		"dir": "/orgs/", "dir-houses": "/orgs/?kind=house", "dir-abroad": "/orgs/?kind=abroad", "dir-words": "/orgs/?q=lanjiang", "dir-none": "/orgs/?q=zzzz", "dir-empty": "/haitang/orgs/",
	}
}

// album is a federation with an organisation in every state.
func album(t *testing.T) *hall {
	t.Helper()
	h := newHall(t).furnish().introduce()
	h.counties(200)
	h.create("long/", org.CreateParams{Kind: "affiliate", Names: org.Names{
		Hant: "青溪省各縣市區旅居海外同鄉及歸國鄉親子弟獎學助學與青年交流志願服務聯合促進會", En: "Joint Association for Scholarships, Youth Exchange and Volunteer Service of Overseas and Returned Fellow Townspeople of Qingxi",
	}})
	return h
}

// sticksOut is how far the content is wider than its room. What stands around it
// has tests of its own.
const sticksOut = `(m => m.scrollWidth - m.clientWidth)(document.querySelector("main"))`

// The pages about organisations in a real browser: at three widths, in the dark,
// in three languages, at the largest text size.
func TestOrganisationsInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time: left out of short runs")
	}
	b := browser.Open(t)
	h := album(t)
	server := httptest.NewServer(h.site)
	t.Cleanup(server.Close)
	for name, path := range gallery() {
		langs := []string{"/en"}
		if name == "org-full" || name == "dir" {
			langs = []string{"", "/hans", "/en"}
		}
		for _, prefix := range langs {
			t.Run(name+prefix, func(t *testing.T) {
				page := b.Visit(t, server.URL+prefix+path, browser.View{Width: 1280})
				for _, view := range []browser.View{{Width: 1280}, {Width: 390, Dark: true}, {Width: 320}} {
					page.Look(t, view)
					check(t, page, view)
				}
				page.Enlarge(t)
				if n := browser.Eval[int](t, page, sticksOut); n > 0 {
					t.Errorf("in the largest text the content is %d pixels too wide", n)
				}
				for _, rule := range page.Axe(t) {
					t.Errorf("in the largest text: axe: %s", rule)
				}
				for _, issue := range page.Issues() {
					t.Errorf("console: %s", issue)
				}
			})
		}
	}
}

// TestOrganisationShots draws the pages for people to look at.
func TestOrganisationShots(t *testing.T) {
	dir := os.Getenv(shotsEnv)
	if dir == "" {
		t.Skipf("%s names no folder", shotsEnv)
	}
	b := browser.Open(t)
	h := album(t)
	server := httptest.NewServer(h.site)
	t.Cleanup(server.Close)
	for name, path := range gallery() {
		for _, prefix := range []string{"", "/en"} {
			page := b.Visit(t, server.URL+prefix+path, browser.View{Width: 1280})
			for _, view := range []browser.View{{Width: 1280}, {Width: 390}, {Width: 390, Dark: true}} {
				page.Look(t, view)
				shade := map[bool]string{true: "dark", false: "light"}[view.Dark]
				file := fmt.Sprintf("%s%s-%d-%s.png", name, strings.ReplaceAll(prefix, "/", "-"), view.Width, shade)
				if err := os.WriteFile(filepath.Join(dir, file), page.Screenshot(t), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}
