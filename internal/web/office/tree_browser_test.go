package office_test

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/testkit/browser"
)

// treePlaces are the pages of the tree, full ones and refusals.
func (h *hall) treePlaces() []visited {
	chief := h.seat("林秀英", access.Administrator, "", true)
	writer := h.seat("陳小明", access.Correspondent, "lanjiang/yunpu/", true)
	here, heshan := h.at("lanjiang/yunpu/"), string(h.orgs["heshan/"])
	chief.does(here+"/profile", url.Values{
		"address_hant": {"蘭江市雲浦縣東岸路 8 號鄉親會館二樓"}, "phone": {"+86 000 0000 0000"}, "email": {"yunpu@qingxi.example"}, "website": {"https://yunpu.example/"},
		"hours_days": {"mon-fri", "sat"}, "hours_opens": {"08:30", "09:00"}, "hours_closes": {"17:30", "11:30"}, "officer_hant": {"李玉蘭"}, "title_hant": {"會長"},
	})
	chief.does(here+"/links", url.Values{"to": {heshan}, "relation": {"twin"}})
	edited := chief.does(here+"/edit", url.Values{"name_hant": {"雲浦縣同鄉會"}, "name_en": {"Yunpu County Hometown Association"}, "kind": {"county"}, "founded": {"1957-03-08"}})
	return []visited{
		{"tree", chief, "/office/orgs"}, {"tree-found", chief, "/office/orgs?q=鎮"}, {"tree-county", writer, "/office/orgs"},
		{"tree-org", chief, edited}, {"tree-org-writer", writer, here}, {"tree-edit", chief, here + "/edit"}, {"tree-add", chief, here + "/add"},
		{"tree-profile", chief, here + "/profile"}, {"tree-order", chief, here + "/order"}, {"tree-links", chief, here + "/links?q=同鄉"}, {"tree-link", chief, here + "/links?to=" + heshan},
		{"tree-address", chief, here + "/address"}, {"tree-move", chief, here + "/move"}, {"tree-move-ask", chief, here + "/move?to=" + heshan},
		{"tree-merge-ask", chief, here + "/merge?to=" + heshan}, {"tree-close", chief, here + "/close"}, {"tree-kinds", chief, "/office/kinds"}, {"tree-kind", chief, "/office/kinds/of/town"},
	}
}

// The pages of the tree in a real browser, as TestInBrowser looks at the others.
func TestTreeInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time: left out of short runs")
	}
	b := browser.Open(t)
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	dir := os.Getenv(shotsEnv)
	for _, one := range h.treePlaces() {
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
				if dir == "" {
					continue
				}
				if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d.png", one.name, view.Width)), page.Screenshot(t), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			for _, issue := range page.Issues() {
				t.Errorf("console: %s", issue)
			}
		})
	}
}

// A level opens in its place, and closes again; nothing else of the page changes.
func TestTreeOpensInPlace(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time: left out of short runs")
	}
	b := browser.Open(t)
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	chief := h.seat("林秀英", access.Administrator, "", true)
	page := b.Visit(t, chief.window()+"/office/orgs", browser.View{Width: 1280})
	const open = `new Promise((done) => {
		const link = document.querySelector("[data-open]");
		const until = new MutationObserver(() => { if (link.closest("li").querySelector("ul")) done(document.querySelectorAll(".tree .tree .node-name").length + " " + link.getAttribute("aria-expanded") + " " + location.search); });
		until.observe(document.querySelector(".tree"), {childList: true, subtree: true, attributes: true, attributeFilter: ["aria-expanded"]});
		link.click();
	})`
	if got := browser.Eval[string](t, page, open); got != "1 true " && got != "1 false " {
		t.Errorf("%q", got)
	}
	if got := browser.Eval[bool](t, page, `(() => { const link = document.querySelector("[data-open]"); link.click(); return document.querySelector(".tree .tree").hidden })()`); !got {
		t.Error("it does not close again")
	}
	moved := browser.Eval[string](t, page, `new Promise((done) => {
		const [from, to] = document.querySelectorAll(".branch > .tree > li");
		const carry = new DataTransfer();
		from.dispatchEvent(new DragEvent("dragstart", {bubbles: true, dataTransfer: carry}));
		const over = new DragEvent("dragover", {bubbles: true, cancelable: true, dataTransfer: carry});
		to.dispatchEvent(over);
		done([from.draggable, over.defaultPrevented, to.classList.contains("target"), from.classList.contains("held")].join(" "));
	})`)
	if moved != "true true true true" {
		t.Errorf("dragging: %s", moved)
	}
}
