package office_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/testkit"
)

// An administrator of the federation sets up the site; what was typed stays
// where something is wrong, and nobody else gets in.
func TestSettings(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	chief := h.seat("林秀英", access.Administrator, "", true)
	form := url.Values{
		"base_url": {"https://qingxi.example"}, "lang": {"zh-Hans"}, "zone": {"America/New_York"}, "tagline_hant": {"一鄉一會"}, "own_accent": {"on"}, "accent": {"#2c6a4e"},
		"menu_hant": {"新聞", "", "關於"}, "menu_hans": {"", "", ""}, "menu_en": {"News", "", "About"}, "menu_to": {"news/", "", "about/"},
	}
	a := chief.post("/office/settings", form)
	if a.Status != http.StatusSeeOther || a.Header.Get("Location") != "/office/settings?done=office.done_settings" {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	chief.see(a.Header.Get("Location"),
		testkit.See(".notice", "已經儲存"), testkit.Attr("#zone", "value", "America/New_York"), testkit.Attr("#lang option[selected]", "value", "zh-Hans"), testkit.Attr("#base_url", "value", "https://qingxi.example"), testkit.Attr("[name=accent]", "value", "#2c6a4e"),
		testkit.Count("[name=menu_to]", 4), testkit.Attr(".link-row:nth-of-type(2) [name=menu_to]", "value", "about/"))
	form.Set("zone", "Mars/Olympus")
	form.Set("base_url", "https://elsewhere.example")
	form.Del("form_key")
	a = chief.post("/office/settings", form)
	testkit.CheckPage(t, a.Body, testkit.See(".problem", "Mars/Olympus"), testkit.Attr("#zone", "aria-invalid", "true"), testkit.Attr("[name=tagline_hant]", "value", "一鄉一會"))
	if fed, err := h.org.Federation(t.Context()); err != nil || fed.BaseURL != "https://qingxi.example" {
		t.Errorf("a part of a refused form is kept: %+v %v", fed, err)
	}
	form.Set("zone", "America/New_York")
	form.Set("base_url", "qingxi")
	form.Del("form_key")
	a = chief.post("/office/settings", form)
	if a.Status != http.StatusUnprocessableEntity {
		t.Fatal(a.Status)
	}
	testkit.CheckPage(t, a.Body, testkit.See(".problem", "qingxi"), testkit.Attr("#base_url", "value", "qingxi"), testkit.Attr("#base_url", "aria-invalid", "true"),
		testkit.Attr("[name=tagline_hant]", "value", "一鄉一會"))
	city := h.seat("何美玲", access.Administrator, "lanjiang/", true)
	city.see("/office/", testkit.NotSee(".areas a", "設定"))
	if a := city.get("/office/settings"); a.Status != http.StatusForbidden {
		t.Error(a.Status)
	}
	form.Del("form_key")
	if a := city.post("/office/settings", form); a.Status != http.StatusForbidden {
		t.Error(a.Status)
	}
}
