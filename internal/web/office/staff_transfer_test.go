package office_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/testkit"
)

// Who looks after a record changes how its person signs in; what was typed stays
// where it is refused, and so does the account of who has more than she.
func TestChangeLoginInTheOffice(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	chief := h.seat("林秀英", access.Administrator, "", true)
	local := h.seat("黃國強", access.Administrator, county, true)
	writer := h.seat("陳美玲", access.Correspondent, county, false)
	both := h.seat("何靜", access.Correspondent, county, false)
	chief.sends(both.page()+"/grants", fields("org", string(h.orgs[""]), "role", "editor"))
	h.password("taken.name", "")

	local.sends(writer.page()+"/login", fields("login", "Chen.Meiling", "email", "chen@mail.example"), testkit.See(".notice", "已修改"), testkit.See(".record", "chen.meiling"), testkit.See(".record", "chen@mail.example"))
	for login, says := range map[string]string{"taken.name": "登入名", "x": "登入名"} {
		a := local.post(writer.page()+"/login", fields("login", login, "email", "kept@mail.example"))
		if a.Status < 400 || a.Status == http.StatusForbidden {
			t.Errorf("%s: %d", login, a.Status)
		}
		testkit.CheckPage(t, a.Body, testkit.See(".wrong", says), testkit.Attr("[name=email]", "value", "kept@mail.example"))
	}
	local.refused(both.page()+"/login", fields("login", "mine.now"), http.StatusForbidden, "此人的職責高於您")
	local.see(both.page(), testkit.Count(`a[href$="/login"]`, 0), testkit.Count(`a[href$="/transfer"]`, 0))
	chief.see("/office/audit", testkit.See(".trail", "黃國強改了陳美玲的登入名或郵箱"))
}

// A record goes to another organisation by who looks after both; roles stay.
func TestTransferInTheOffice(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	chief := h.seat("林秀英", access.Administrator, "", true)
	local := h.seat("黃國強", access.Administrator, county, true)
	writer := h.seat("陳美玲", access.Correspondent, county, false)
	page := writer.page() + "/transfer"
	local.see(page, testkit.See(".lede", "雲浦縣同鄉會"))
	local.refused(page, fields("org", string(h.orgs["heshan/"])), http.StatusForbidden, "沒有職責")
	local.sends(page, fields("org", string(h.orgs["lanjiang/yunpu/shatou/"])), testkit.See(".notice", "已轉移"), testkit.See(".record", "沙頭鎮同鄉會"), testkit.See(".card", "雲浦縣同鄉會"))
	chief.sends(page, fields("org", string(h.orgs["heshan/"])), testkit.See(".record", "鶴山市同鄉會"))
	local.refused(writer.page()+"/leave", fields(), http.StatusForbidden, "沒有職責")
	a := chief.get("/office/audit")
	if n := strings.Count(string(a.Body), "的資料從"); n != 4 {
		t.Errorf("the trail tells of it %d times: to either side of both", n)
	}
	chief.see("/office/audit?person="+string(local.person), testkit.See(".trail", "沙頭鎮同鄉會"), testkit.Attr("#person option[selected]", "value", string(local.person)))
	chief.see(chief.page(), testkit.See("a", "此人做過的事"))
	chief.see(h.orgAt("heshan/"), testkit.See("a", "這裡發生過的事"))
}
