package office_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/people"
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

// The home says what is asked of one's own organisation until it has reported,
// and lists drafts, which open; those of others do not.
func TestAskedAndDrafts(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		due := locale.Hant.Date(clock.Now().AddDate(0, 0, 7).Format(time.DateOnly))
		h := newHall(t, d, clock)
		h.furnish()
		writer := h.seat("陳小明", access.Correspondent, "lanjiang/yunpu/shatou/", false)
		writer.see("/office/", testkit.See(".asked strong", "月圓人團圓"), testkit.See(".asked .waits", due), testkit.See(".drafts a", "中秋座談"), testkit.NotSee(".topics", ""))
		draft := "/drafts/" + string(h.draft)
		writer.see("/office/orgs/"+string(h.orgs["lanjiang/yunpu/shatou/"])+draft, testkit.See("h1", "中秋座談"), testkit.See(".prose", "三十八人"))
		other := h.seat("何美玲", access.Correspondent, "lanjiang/yunpu/baishi/", false)
		other.see("/office/", testkit.See(".asked strong", "月圓人團圓"), testkit.NotSee(".drafts", ""))
		for path, want := range map[string]int{"lanjiang/yunpu/shatou/": http.StatusForbidden, "lanjiang/yunpu/baishi/": http.StatusNotFound} {
			if a := other.get("/office/orgs/" + string(h.orgs[path]) + draft); a.Status != want {
				t.Errorf("%s: %d, want %d", path, a.Status, want)
			}
		}
		h.seat("林秀英", access.Administrator, "", true).see("/office/", testkit.See(".topics strong", "月圓人團圓"), testkit.See(".topics span", "2 個組織中已有 0 個"), testkit.See(".asked .empty", "沒有"))
		clock.Advance(8 * 24 * time.Hour)
		writer.see("/office/", testkit.See(".asked .bad", "補報"))
	})
}

// A role that ends soon is told of beforehand, and no longer shown after.
func TestRoleEnds(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	lin := h.seat("林秀英", "", "heshan/", false)
	_, err := h.people.Give(t.Context(), people.GiveParams{Person: lin.person, Org: h.orgs["heshan/"], Role: access.Editor, Until: clock.Now().Add(48 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	lin.see("/office/", testkit.See(".notes", "編輯"), testkit.See(".roles .cards span", "至 2026年5月3日"))
	clock.Advance(48 * time.Hour)
	lin.see("/office/", testkit.NotSee(".notes", ""), testkit.See(".roles .empty", "沒有職責"))
}
