package office_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/testkit"
)

// Who is not signed in is led to where she can, and back again.
func TestSignedOut(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	guest := &desk{hall: h}
	if a := guest.get("/office/"); a.Status != http.StatusSeeOther || a.Header.Get("Location") != "/office/sign-in?next=%2Foffice%2F" {
		t.Errorf("%d %s", a.Status, a.Header.Get("Location"))
	}
	if a := guest.get("/office/nowhere"); a.Status != http.StatusNotFound {
		t.Errorf("%d", a.Status)
	}
	forged := &desk{hall: h, cookie: &http.Cookie{Name: "huiguan_session", Value: "forged"}}
	if a := forged.get("/office/"); a.Status != http.StatusSeeOther {
		t.Errorf("%d", a.Status)
	}
}

// The home shows the roles that hold now, in the language that was chosen.
func TestHome(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		h := newHall(t, d, clock)
		lin := h.seat("林秀英", access.Administrator, "lanjiang/yunpu/", true)
		lin.see("/office/",
			testkit.See("h1", "林秀英"), testkit.See(".cards strong", "雲浦縣同鄉會"), testkit.See(".cards span", "管理員"),
			testkit.See(".areas [aria-current]", "首頁"))
		a := lin.post("/office/language", url.Values{"lang": {"en"}, "back": {"/office/"}})
		if a.Status != http.StatusSeeOther || a.Header.Get("Location") != "/office/" {
			t.Fatalf("%d %s", a.Status, a.Header.Get("Location"))
		}
		lin.see("/office/", testkit.Attr("html", "lang", "en"), testkit.See(".cards span", "Administrator"))
		h.seat("陳小明", "", "lanjiang/", false).see("/office/", testkit.See(".empty", "沒有職責"), testkit.NotSee(".areas", "組織"))
	})
}
