package office_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/testkit/browser"
)

// treePlaces are the pages of the tree, full ones and refusals.
func (h *hall) treePlaces() []visited {
	chief := h.seat("林秀英", access.Administrator, "", true)
	writer := h.seat("陳小明", access.Correspondent, "lanjiang/yunpu/", true)
	here, heshan := h.orgAt("lanjiang/yunpu/"), string(h.orgs["heshan/"])
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
		{"tree-sheet", chief, here + "/sheet"}, {"tree-import", chief, here + "/import"},
		{"tree-merge-ask", chief, here + "/merge?to=" + heshan}, {"tree-close", chief, here + "/close"}, {"tree-kinds", chief, "/office/kinds"}, {"tree-kind", chief, "/office/kinds/of/town"},
	}
}

// shown serves a page that only a form leads to, beside all others.
func (d *desk) shown(a answer) string {
	d.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/shown" {
			r.AddCookie(d.cookie)
			d.office.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(a.Body)
	}))
	d.Cleanup(server.Close)
	return server.URL + "/shown"
}

// The pages of the tree in a real browser, a preview of a table among them.
func TestTreeInBrowser(t *testing.T) {
	lookAround(t, func(h *hall) []visited {
		places := h.treePlaces()
		chief := places[0].by
		preview := chief.shown(chief.upload(h.orgAt("lanjiang/")+"/import", "a.csv", []byte("名稱,繁體名稱,類別,上級,電話,網頁位址\n"+
			"x,沙頭街道同鄉會,,,000 111,/lanjiang/yunpu/shatou/\n,石橋村同鄉會,村居組織,白石鎮同鄉會,,\n,,,/lanjiang/,打給我,/lanjiang/yunpu/baishi/\n,改名,,,,/heshan/\n")))
		return append(places, visited{"tree-preview", nil, preview})
	})
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
	// What is dragged onto another leads to the page that asks.
	page.Drag(t, ".branch > .tree > li:nth-child(1) .node-name", ".branch > .tree > li:nth-child(2) .node-name")
	page.WaitFor(t, `location.pathname.endsWith("/move")`)
	if got, want := browser.Eval[string](t, page, `location.pathname + location.search`), h.orgAt("lanjiang/")+"/move?to="+string(h.orgs["heshan/"]); got != want {
		t.Errorf("it leads to %s, want %s", got, want)
	}
}
