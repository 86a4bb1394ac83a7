package portal_test

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/huiguan/huiguan/internal/testkit/browser"
)

const (
	// only: the one topic that is read like this is suggested, and none of those
	// that were after the first letter.
	only   = `document.querySelectorAll("[role=listbox]:not([hidden]) > [role=option]").length === 1`
	closed = `!document.querySelector("[role=listbox]:not([hidden])")`
	active = `document.getElementById(document.querySelector("[role=combobox]").getAttribute("aria-activedescendant"))?.textContent ?? ""`
)

// The field suggests while one types and is worked by keys alone: arrows go
// through the suggestions and back to the field, Enter follows one, Escape
// closes them, and without a choice Enter searches.
func TestSuggestByKeyboard(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time: left out of short runs")
	}
	b := browser.Open(t)
	h, _, _ := finding(t)
	server := httptest.NewServer(h.site)
	t.Cleanup(server.Close)
	for name, path := range map[string]string{"masthead": "/lanjiang/", "page": "/search", "lost": "/nowhere/"} {
		t.Run(name, func(t *testing.T) {
			page := b.Visit(t, server.URL+path, browser.View{Width: 1280})
			page.WaitFor(t, `document.querySelector("[role=combobox]") !== null`)
			browser.Eval[bool](t, page, `document.querySelector("[role=combobox]").focus(), true`)
			page.Type(t, "yue")
			page.WaitFor(t, only)
			for _, view := range []browser.View{{Width: 1280}, {Width: 390, Dark: true}, {Width: 320}} {
				page.Look(t, view)
				check(t, page, view)
			}
			for _, step := range []struct{ key, want string }{{browser.Down, "月圓人團圓 專題"}, {browser.Down, ""}, {browser.Up, "月圓人團圓 專題"}, {browser.Up, ""}, {browser.Down, "月圓人團圓 專題"}} {
				page.Type(t, step.key)
				if got := browser.Eval[string](t, page, active); got != step.want {
					t.Errorf("chosen: %q, want %q", got, step.want)
				}
			}
			if !browser.Eval[bool](t, page, `document.activeElement.getAttribute("role") === "combobox" && document.activeElement.getAttribute("aria-expanded") === "true"`) {
				t.Error("the focus left the field")
			}
			page.Type(t, browser.Escape)
			page.WaitFor(t, closed)
			if v := browser.Eval[string](t, page, `document.activeElement.value`); v != "yue" {
				t.Errorf("Escape took what was typed: %q", v)
			}
			page.Type(t, "y")
			page.WaitFor(t, only)
			page.Type(t, browser.Down)
			page.Type(t, browser.Enter)
			page.WaitFor(t, `location.pathname === "/topics/moon-and-reunion" && document.readyState === "complete"`)
			for _, issue := range page.Issues() {
				if name != "lost" {
					t.Errorf("console: %s", issue)
				}
			}
		})
	}
}

func TestSearchByKeyboard(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time: left out of short runs")
	}
	b := browser.Open(t)
	h, _, _ := finding(t)
	server := httptest.NewServer(h.site)
	t.Cleanup(server.Close)
	for name, off := range map[string]bool{"with the script": false, "without": true} {
		t.Run(name, func(t *testing.T) {
			page := b.Visit(t, server.URL+"/healthz", browser.View{Width: 390})
			if off {
				page.WithoutScripts(t)
			}
			page.Go(t, server.URL+"/lanjiang/")
			if !off {
				page.WaitFor(t, `document.querySelector("[role=combobox]") !== null`)
			}
			browser.Eval[bool](t, page, `document.querySelector("#find").focus(), true`)
			page.Type(t, "lantern"+browser.Enter)
			page.WaitFor(t, `location.pathname + location.search === "/search?q=lantern" && document.readyState === "complete"`)
			page.Go(t, server.URL+query("q", "燈"))
			if off && browser.Eval[bool](t, page, `document.querySelector("[role=combobox]") !== null`) {
				t.Error("a script ran")
			}
			// To the filters, open them, choose the second year, and send.
			browser.Eval[bool](t, page, `document.querySelector(".filters summary").focus(), true`)
			page.Type(t, browser.Enter)
			page.WaitFor(t, `document.querySelector(".filters").open`)
			browser.Eval[bool](t, page, `document.querySelector("#f-year").focus(), true`)
			page.Type(t, "2025")
			page.Type(t, browser.Tab+browser.Tab)
			page.Type(t, browser.Enter)
			page.WaitFor(t, `location.search === "`+query("q", "燈", "year", "2025")[len("/search"):]+`" && document.readyState === "complete"`)
			if n := browser.Eval[int](t, page, `document.querySelectorAll(".hits > li").length`); n != 1 {
				t.Errorf("%d hits of the year", n)
			}
			if off {
				return
			}
			for _, view := range []browser.View{{Width: 1280}, {Width: 390, Dark: true}, {Width: 320}} {
				page.Look(t, view)
				check(t, page, view)
			}
		})
	}
}

// Every state of the search page stands the same checks as the other pages.
func TestSearchInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time: left out of short runs")
	}
	b := browser.Open(t)
	h, topic, column := finding(t)
	server := httptest.NewServer(h.site)
	t.Cleanup(server.Close)
	dir := os.Getenv(shotsEnv)
	for name, path := range map[string]string{
		"none": "/search", "many": query("q", "同鄉會"), "narrowed": query("q", "鄉親", "topic", string(topic), "year", "2026", "kind", "article"),
		"column": query("q", "燈", "column", string(column)), "meant": query("q", "換燈炮"), "odd": query("q", "燈", "kind", "poem"), "en": "/en" + query("q", "drgon"), "perhaps": "/hans" + query("q", "ljs"),
	} {
		t.Run(name, func(t *testing.T) {
			page := b.Visit(t, server.URL+path, browser.View{Width: 1280})
			browser.Eval[bool](t, page, `document.querySelectorAll("details").forEach(d => d.open = true), true`)
			for _, view := range []browser.View{{Width: 1280}, {Width: 390, Dark: true}, {Width: 320}} {
				page.Look(t, view)
				check(t, page, view)
				if dir != "" {
					file := filepath.Join(dir, fmt.Sprintf("find-%s-%d.png", name, view.Width))
					if err := os.WriteFile(file, page.Screenshot(t), 0o600); err != nil {
						t.Fatal(err)
					}
				}
			}
			for _, issue := range page.Issues() {
				t.Errorf("console: %s", issue)
			}
		})
	}
}
