package office_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/testkit"
)

// county is the organisation of most stories here.
const county = "lanjiang/yunpu/"

// A county's administrator lets a correspondent in, passes the invitation on, gives
// and takes back roles: in her own tree, and no higher.
func TestDelegatedAdministration(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		h := newHall(t, d, clock)
		chief := h.seat("林秀英", access.Administrator, "", true)
		local := h.seat("黃國強", access.Administrator, county, true)
		shatou := string(h.orgs["lanjiang/yunpu/shatou/"])

		local.see("/office/people", testkit.See("h1", "人員"), testkit.See(".head a", "加一位"), testkit.NotSee(".staff-rows", "林秀英"), testkit.See(".chips [aria-current]", "全部 1"))
		local.see("/office/people/new?org="+shatou, testkit.See(".place-here", "沙頭鎮同鄉會"), testkit.Count(`input[name="role"]`, 9), testkit.Count(`input[name="reach"]`, 2))
		a := local.post("/office/people/new", fields("org", shatou, "name_hant", "陳美玲", "login", "meiling", "lang", "zh-Hant", "role", "correspondent", "reach", "here", "until", "2026-06-30"))
		if a.Status != http.StatusOK {
			t.Fatalf("%d %s", a.Status, testkit.Find(t, a.Body, ".problem"))
		}
		testkit.CheckPage(t, a.Body, testkit.See("h1", "邀請陳美玲"), testkit.See("#letter", "沙頭鎮同鄉會請您加入"))
		guest := &desk{hall: h}
		guest.see(testkit.Find(t, a.Body, "#link@value"), testkit.See("main", "陳美玲"))
		person := testkit.Find(t, a.Body, ".actions a@href")
		local.see(person, testkit.See("h1", "陳美玲"), testkit.See(".card", "通訊員"), testkit.See(".card", "至 2026年6月30日"), testkit.See(".card", "黃國強於 2026年5月1日 給予"))
		local.see("/office/people?q=陈美", testkit.See(".staff-rows", "陳美玲"), testkit.See(".staff-rows", "通訊員"))

		local.sends(person+"/grants", fields("org", string(h.orgs[county]), "role", "editor", "reach", "below"), testkit.See(".notice", "已給予職責"), testkit.See(".card", "編輯"), testkit.See(".card", "含所有下級"))
		local.refused(person+"/grants", fields("org", string(h.orgs[county]), "role", "editor", "reach", "below"), http.StatusConflict, "已經有這項職責")
		local.refused(person+"/grants", fields("org", string(h.orgs["lanjiang/"]), "role", "observer"), http.StatusForbidden, "您在這個組織沒有職責")
		local.refused(person+"/grants", fields("org", string(h.orgs["heshan/"]), "role", "observer"), http.StatusForbidden, "您在這個組織沒有職責")
		local.refused("/office/people/new", fields("org", string(h.orgs["lanjiang/"]), "name_hant", "外人", "login", "other", "lang", "zh-Hant"), http.StatusForbidden, "您在這個組織沒有職責")

		// The chief is above her and out of her sight; what she does not see she cannot touch.
		local.barred(chief.page(), "您在這個組織沒有職責")
		for _, path := range []string{chief.page() + "/leave", chief.page() + "/suspend", chief.page() + "/invite", chief.page() + "/name", "/office/grants/" + string(chief.grant()) + "/revoke", "/office/grants/" + string(chief.grant()) + "/until", "/office/view-as/" + string(chief.person)} {
			if a := local.post(path, fields()); a.Status != http.StatusForbidden {
				t.Errorf("%s: %d", path, a.Status)
			}
		}
		chief.see(chief.page(), testkit.See(".card", "管理員"))
	})
}

// A role that is above the reader's stays out of her hands though she looks after
// the record: no suspension, no new invitation, no leaving.
func TestAboveInTheOffice(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	chief := h.seat("林秀英", access.Administrator, "", true)
	local := h.seat("黃國強", access.Administrator, county, true)
	both := h.seat("陳美玲", access.Correspondent, county, false)
	chief.sends(both.page()+"/grants", fields("org", string(h.orgs[""]), "role", "editor"), testkit.See(".card", "編輯"))
	local.see(both.page(), testkit.See("section .soft", "此人的職責高於您"), testkit.NotSee(".step", ""), testkit.Count(`.card form[action$="/revoke"]`, 1))
	for _, step := range []string{"/leave", "/suspend", "/invite"} {
		local.refused(both.page()+step, fields(), http.StatusForbidden, "此人的職責高於您")
	}
	chief.see(both.page(), testkit.Count(".step", 4))
}

// A role that is taken back counts no more at the next click, and can be given again
// from the notice with the same last day.
func TestRevokeAndUndo(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	chief := h.seat("林秀英", access.Administrator, "", true)
	local := h.seat("黃國強", access.Administrator, county, true)
	grant := "/office/grants/" + string(local.grant())
	chief.sends(grant+"/until", fields("until", "2026-06-30"), testkit.See(".card", "至 2026年6月30日"))
	chief.refused(grant+"/until", fields("until", "2026-04-30"), http.StatusUnprocessableEntity, "結束日期應在今天之後")
	chief.refused(grant+"/until", fields("until", "soon"), http.StatusUnprocessableEntity, "請填一個日期")
	local.see("/office/people")

	a := chief.post(grant+"/revoke", fields())
	to := a.Header.Get("Location")
	chief.see(to, testkit.See(".notice", "已收回"), testkit.See(".take-back button", "撤銷"), testkit.NotSee(".card", ""), testkit.See("details .rows", "林秀英於 2026年5月1日 收回"))
	local.barred("/office/people", "您在這個組織沒有職責")

	chief.sends(grant+"/again", fields(), testkit.See(".card", "至 2026年6月30日"), testkit.See(".card", "含所有下級"))
	local.see("/office/people")
	// After the last day the next click is refused, with the reason.
	h.later(61 * 24 * time.Hour)
	local.again()
	local.barred("/office/people", "您的職責已經到期")
	local.barred("/office/orgs/"+string(h.orgs[county])+"/access", "您的職責已經到期")
}

// The last administrator of the federation stays, whatever is pressed.
func TestLastAdministratorInTheOffice(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	chief := h.seat("林秀英", access.Administrator, "", true)
	grant := "/office/grants/" + string(chief.grant())
	for path, form := range map[string][]string{
		grant + "/revoke": nil, grant + "/until": {"until", "2026-06-30"}, chief.page() + "/leave": nil,
	} {
		chief.refused(path, fields(form...), http.StatusConflict, "請先再指定一位管理員")
	}
	chief.see(chief.page(), testkit.See(".card", "長期"))
}

// Who left cannot sign in; who returns has her former roles shown, to be given again.
func TestLeaveInTheOffice(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	chief := h.seat("林秀英", access.Administrator, "", true)
	writer := h.seat("陳美玲", access.Editor, county, true)
	a := chief.post(writer.page()+"/leave", fields())
	chief.see(a.Header.Get("Location"), testkit.See(".notice", "已記為離開"), testkit.See(".tag", "已離開"), testkit.Attr(".take-back", "action", writer.page()+"/return"))
	if a := writer.get("/office/"); a.Status != http.StatusSeeOther || !strings.HasPrefix(a.Header.Get("Location"), "/office/sign-in") {
		t.Errorf("%d %s", a.Status, a.Header.Get("Location"))
	}
	chief.see("/office/people?state=left", testkit.See(".staff-rows", "陳美玲"))
	chief.sends(writer.page()+"/return", fields(), testkit.See(".notice", "重新給予"), testkit.NotSee(".card", ""), testkit.See("details .rows", "編輯"))
	again := testkit.Find(t, chief.get(writer.page()).Body, `form[action$="/again"]@action`)
	chief.sends(again, fields(), testkit.See(".card", "編輯"), testkit.See(".card", "含所有下級"))
	a = chief.post(writer.page()+"/invite", fields())
	testkit.CheckPage(t, a.Body, testkit.See("#letter", "/office/join/"))
	testkit.Tx(t, h.db, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE account SET password = 'hash' WHERE person_id = ?`, writer.person)
		return err
	})
	chief.see(writer.page(), testkit.NotSee(".step", "重新邀請"), testkit.Count(`form[action$="/reset"]`, 2))
	a = chief.post(writer.page()+"/reset", fields("all", "on"))
	testkit.CheckPage(t, a.Body, testkit.See("#letter", "/office/reset/"))
	chief.sends(writer.page()+"/suspend", fields(), testkit.See(".tag", "停用"))
	chief.sends(writer.page()+"/resume", fields(), testkit.NotSee(".tag", "停用"))
}

// A form takes its own fields and no others, and comes back with what was typed.
func TestStaffForms(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	chief := h.seat("林秀英", access.Administrator, "", true)
	writer := h.seat("陳美玲", access.Editor, county, true)
	for path, extra := range map[string][]string{
		"/office/people/new":                                  {"org", string(h.orgs[county]), "password", "x"},
		writer.page() + "/name":                               {"status", "left"},
		writer.page() + "/leave":                              {"org_id", string(h.orgs[""])},
		writer.page() + "/grants":                             {"org", string(h.orgs[county]), "granted_by", "nobody"},
		"/office/grants/" + string(writer.grant()) + "/until": {"person_id", string(chief.person)},
		writer.page() + "/offices":                            {"org", string(h.orgs[county]), "position", "1"},
		"/office/tokens":                                      {"person_id", string(writer.person)},
	} {
		if a := chief.post(path, fields(extra...)); a.Status != http.StatusBadRequest {
			t.Errorf("%s with %s: %d", path, extra[len(extra)-2], a.Status)
		}
	}
	a := chief.post("/office/people/new", fields("org", string(h.orgs[county]), "name_hant", "新人", "login", "no good", "lang", "zh-Hans", "role", "reviewer", "reach", "below", "until", "2026-09-01"))
	if a.Status != http.StatusUnprocessableEntity {
		t.Fatalf("%d", a.Status)
	}
	testkit.CheckPage(t, a.Body, testkit.See(".problem", "登入名"), testkit.Attr("#login", "aria-invalid", "true"), testkit.Attr("#login", "value", "no good"), testkit.See(".field .wrong", "登入名"),
		testkit.Attr(`[name="name_hant"]`, "value", "新人"), testkit.Attr(`[name="role"][checked]`, "value", "reviewer"), testkit.Attr(`[name="reach"][checked]`, "value", "below"),
		testkit.Attr("#until", "value", "2026-09-01"), testkit.Attr("#lang [selected]", "value", "zh-Hans"))
	chief.refused(writer.page()+"/name", fields("name_hant", " "), http.StatusUnprocessableEntity, "請填寫姓名")
	chief.sends(writer.page()+"/name", fields("name_hant", "陳美齡", "name_en", "Mei Ling Chan"), testkit.See("h1", "陳美齡"), testkit.See(".head .soft", "Mei Ling Chan"))
}

// Offices are noted at a person, stand in the organisation's order, and end.
func TestOfficesInTheOffice(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	local := h.seat("黃國強", access.Administrator, county, true)
	writer := h.seat("陳美玲", access.Editor, county, true)
	at, list := string(h.orgs[county]), "/office/orgs/"+string(h.orgs[county])+"/offices"
	local.refused(writer.page()+"/offices", fields("org", at, "title_hant", "會長", "from", "spring"), http.StatusUnprocessableEntity, "2024-03-08")
	local.sends(writer.page()+"/offices", fields("org", at, "title_hant", "會長", "from", "2024-03", "public", "on"), testkit.See("section .rows", "自 2024年3月"))
	local.sends(writer.page()+"/offices", fields("org", at, "title_hant", "名譽會長"), testkit.See("section .rows .tag", "不公開"))
	local.refused(writer.page()+"/offices", fields("org", string(h.orgs["heshan/"]), "title_hant", "會長"), http.StatusForbidden, "沒有職責")
	local.see(list, testkit.Texts(".rows strong", "會長", "名譽會長"), testkit.Count(`form[action$="/raise"]`, 1))
	raise := testkit.Find(t, local.get(list).Body, `form[action$="/raise"]@action`)
	local.sends(raise, fields(), testkit.Texts(".rows strong", "名譽會長", "會長"))
	edit := strings.TrimSuffix(raise, "/raise")
	local.sends(edit, fields("title_hant", "名譽會長", "until", "2025"), testkit.See("details .rows", "至 2025年"))
	writer.barred(edit, "您在這裡的職責不包括這件事")
}

// Who may do what is listed with the reason; who may not see that still learns why
// she may not, and whom to ask.
func TestAccessPages(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	h.seat("林秀英", access.Administrator, "", true)
	local := h.seat("黃國強", access.Administrator, county, true)
	writer := h.seat("陳美玲", access.Correspondent, county, false)
	at := "/office/orgs/" + string(h.orgs[county])
	local.see(at, testkit.See(`a[href="`+at+`/access"]`, "誰能在這裡做什麼"))
	local.see("/office/account", testkit.See(`a[href="/office/tokens"]`, "權杖"))
	local.see(at+"/access", testkit.Count("main > section:nth-of-type(2) .holders li", 3), testkit.See("section", "按事看"), testkit.See("details", "寫稿並上送 1 人"), testkit.See("details", "給予和收回職責 2 人"), testkit.See(".holders", "來自青溪同鄉會"))
	writer.see(at+"/access", testkit.NotSee(".holders", ""), testkit.See("#action", "發布和匯編"))
	writer.see(at+"/why?action=article-publish", testkit.See(".answer .bad", "不可以"), testkit.See(".answer", "您在這裡的職責不包括這件事"), testkit.See(".answer", "雲浦縣同鄉會通訊員"), testkit.Texts(".answer .rows strong", "黃國強", "林秀英"))
	writer.see(at+"/why?action=article-write", testkit.See(".answer .good", "可以"), testkit.NotSee(".answer .rows", ""))
	writer.see("/office/orgs/"+string(h.orgs["heshan/"])+"/why?action=article-write", testkit.See(".answer", "沒有職責"), testkit.Texts(".answer .rows strong", "林秀英"))
	writer.see(at+"/why?action=fly", testkit.NotSee(".answer", ""))
	writer.barred("/office/orgs/"+string(h.orgs["heshan/"])+"/access", "沒有職責")
	for _, lang := range []string{"zh-Hans", "en"} {
		local.post("/office/language", fields("lang", lang, "back", "/office/"))
		for _, path := range []string{"/office/people", "/office/people/new", writer.page(), writer.page() + "/give", at + "/access", at + "/why?action=org-edit", at + "/offices", "/office/tokens"} {
			local.see(path, testkit.NotSee("body", "⟦"))
		}
	}
}

// The reader gives a role for no longer than she has her own, and is told so.
func TestGiveWithinOnesEnd(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	chief := h.seat("林秀英", access.Administrator, "", true)
	local := h.seat("黃國強", access.Administrator, county, false)
	writer := h.seat("陳美玲", "", county, false)
	chief.sends("/office/grants/"+string(local.grant())+"/until", fields("until", "2026-06-30"))
	local.see(writer.page()+"/give", testkit.See("#until-hint", "2026年6月30日"), testkit.Count(`input[name="reach"]`, 1), testkit.See(".hint", "不含下級"))
	at := string(h.orgs[county])
	local.refused(writer.page()+"/grants", fields("org", at, "role", "observer"), http.StatusForbidden, "不能給出比自己更大的權限")
	local.refused(writer.page()+"/grants", fields("org", at, "role", "observer", "until", "2026-07-01"), http.StatusForbidden, "不能給出比自己更大的權限")
	local.refused(writer.page()+"/grants", fields("org", at, "role", "observer", "reach", "below", "until", "2026-06-30"), http.StatusForbidden, "不能給出比自己更大的權限")
	local.sends(writer.page()+"/grants", fields("org", at, "role", "observer", "until", "2026-06-30"), testkit.See(".card", "觀察員"))
}

// Tokens are one's own: made with a fresh proof, shown once, taken back.
func TestTokensInTheOffice(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	writer := h.seat("陳美玲", access.Correspondent, county, false)
	other := h.seat("黃國強", access.Administrator, county, true)
	writer.see("/office/tokens", testkit.Count(`input[name="scopes"]`, 2), testkit.See(".empty", "沒有權杖"))
	writer.refused("/office/tokens", fields("name", "x", "days", "30", "scopes", "org-edit"), http.StatusForbidden, "權杖不能做您自己現在不能做的事")
	writer.refused("/office/tokens", fields("name", "x", "days", "30"), http.StatusUnprocessableEntity, "請至少選一件")
	a := writer.post("/office/tokens", fields("name", "網站同步", "days", "30", "scopes", "article-write"))
	secret := testkit.Find(t, a.Body, "#secret@value")
	if _, _, ok, err := h.people.OpenToken(t.Context(), people.Secret(secret)); !ok || err != nil {
		t.Fatalf("%q opens nothing: %v", secret, err)
	}
	if strings.Contains(string(writer.get("/office/tokens").Body), secret) {
		t.Error("the secret is shown twice")
	}
	writer.see("/office/tokens", testkit.See(".card", "網站同步"), testkit.See(".card", "最近使用"))
	revoke := testkit.Find(t, writer.get("/office/tokens").Body, `.card form@action`)
	if a := other.post(revoke, fields()); a.Status != http.StatusNotFound {
		t.Errorf("another takes it back: %d", a.Status)
	}
	writer.sends(revoke, fields(), testkit.See(".card .tag", "收回"))
	h.later(16 * time.Minute)
	if a := writer.get("/office/tokens"); a.Status != http.StatusSeeOther || !strings.HasPrefix(a.Header.Get("Location"), "/office/verify") {
		t.Errorf("without a fresh proof: %d %s", a.Status, a.Header.Get("Location"))
	}
}
