package office_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/testkit"
)

// at is the office's address of an organisation.
func (h *hall) orgAt(path string) string { return "/office/orgs/" + string(h.orgs[path]) }

// load is the organisation as it is now.
func (h *hall) load(path string) org.Organisation {
	h.Helper()
	o, err := h.org.Load(h.Context(), h.orgs[path])
	if err != nil {
		h.Fatal(err)
	}
	return o
}

// does sends a form that must be done, and returns where it leads.
func (d *desk) does(path string, form url.Values) string {
	d.Helper()
	a := d.post(path, form)
	if a.Status != http.StatusSeeOther {
		d.Fatalf("POST %s: %d %s", path, a.Status, testkit.Find(d, a.Body, ".problem"))
	}
	return a.Header.Get("Location")
}

// refusedAs sends a form that must be refused, and checks the page that says so.
func (d *desk) refusedAs(path string, form url.Values, status int, checks ...testkit.PageCheck) {
	d.Helper()
	a := d.post(path, form)
	if a.Status != status {
		d.Fatalf("POST %s: %d, want %d", path, a.Status, status)
	}
	testkit.CheckPage(d, a.Body, checks...)
}

// onHall runs a test over a hall on each engine, with an administrator of a county.
func onHall(t *testing.T, test func(h *hall, lin *desk)) {
	t.Helper()
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		h := newHall(t, d, clock)
		test(h, h.seat("林秀英", access.Administrator, "lanjiang/yunpu/", true))
	})
}

// The tree shows the reader's part, and what stands above it as context.
func TestTreePage(t *testing.T) {
	onHall(t, func(h *hall, lin *desk) {
		lin.see("/office/orgs",
			testkit.Texts(".line li", "青溪同鄉會", "蘭江市同鄉會"), testkit.NotSee(".line a", ""), testkit.See(".top h2", "雲浦縣同鄉會"),
			testkit.Texts(".tree .node-name", "沙頭鎮同鄉會", "白石鎮同鄉會"), testkit.Count(".tree [data-moves]", 2), testkit.NotSee(".head-tools a", ""))
		for _, path := range []string{"", "lanjiang/", "heshan/"} {
			if a := lin.get("/office/orgs?at=" + string(h.orgs[path])); a.Status != http.StatusNotFound {
				h.Errorf("%s: %d", path, a.Status)
			}
		}
		chief := h.seat("陳會長", access.Administrator, "", true)
		chief.see("/office/orgs", testkit.Texts(".tree .node-name", "蘭江市同鄉會", "鶴山市同鄉會"), testkit.See(".node-facts", "下有 3 個"), testkit.See(".head-tools", "類別與規則"))
		chief.see("/office/orgs?q=沙头", testkit.Texts(".tree .node-name", "沙頭鎮同鄉會"), testkit.See(".node-facts", "蘭江市同鄉會 › 雲浦縣同鄉會"))
		chief.see("/office/orgs?kind=town", testkit.Count(".tree li", 2), testkit.See(".top", "找到 2 個"))
		chief.see("/office/orgs?state=closed", testkit.Count(".tree li", 0), testkit.See(".empty", "沒有符合"))
		both := h.seat("兼任", access.Observer, "heshan/", false)
		testkit.CheckPage(h, both.get("/office/orgs").Body, testkit.See(".top h2", "鶴山市同鄉會"), testkit.See(".empty", ""))
	})
}

// What the reader may not do stands there with the reason, not as a dead button.
func TestOrgPage(t *testing.T) {
	onHall(t, func(h *hall, lin *desk) {
		lin.see(h.orgAt("lanjiang/yunpu/"),
			testkit.See("h1", "雲浦縣同鄉會"), testkit.See(".tags", "縣區組織"), testkit.See(".facts", "/lanjiang/yunpu/"), testkit.See(".facts", "青溪同鄉會 › 蘭江市同鄉會"),
			testkit.Count(".deeds a", 11), testkit.Count(".refused", 0), testkit.Texts(".crumbs a", "組織"), testkit.Texts(".tree .node-name", "沙頭鎮同鄉會", "白石鎮同鄉會"))
		writer := h.seat("陳小明", access.Correspondent, "lanjiang/yunpu/", true)
		writer.see(h.orgAt("lanjiang/yunpu/shatou/"), testkit.Count(".deeds a", 1), testkit.Count(".refused", 1), testkit.See(".refused", "您在這裡的職責不包括這件事。"), testkit.See(".refused", "修改名稱與類別、修改聯絡資料"))
		for _, path := range []string{"", "lanjiang/", "heshan/"} {
			if a := lin.get(h.orgAt(path)); a.Status != http.StatusForbidden {
				h.Errorf("%s: %d", path, a.Status)
			}
		}
		if a := lin.get("/office/orgs/nobody"); a.Status != http.StatusNotFound {
			h.Errorf("%d", a.Status)
		}
	})
}

func TestEditOrg(t *testing.T) {
	onHall(t, func(h *hall, lin *desk) {
		here := h.orgAt("lanjiang/yunpu/shatou/")
		lin.see(here+"/edit", testkit.Attr("[name=name_hant]", "value", "沙頭鎮同鄉會"), testkit.Attr("option[selected]", "value", "town"))
		to := lin.does(here+"/edit", url.Values{"name_hant": {"沙頭街道同鄉會"}, "name_en": {"Shatou"}, "kind": {"village"}, "founded": {"1957-03"}})
		if o := h.load("lanjiang/yunpu/shatou/"); o.Names.Hant != "沙頭街道同鄉會" || o.Kind != "village" || o.Founded != "1957-03" {
			h.Errorf("%+v", o)
		}
		back := url.Values{}
		a := lin.get(to)
		testkit.CheckPage(h, a.Body, testkit.See(".notice", "已修改"), testkit.See(".undo button", "撤銷"))
		for _, name := range []string{"name_hant", "name_hans", "name_en", "kind", "founded"} {
			back.Set(name, testkit.Find(h, a.Body, `.undo [name="`+name+`"]@value`))
		}
		lin.does(here+"/edit", back)
		if o := h.load("lanjiang/yunpu/shatou/"); o.Names.Hant != "沙頭鎮同鄉會" || o.Kind != "town" || o.Founded != "" {
			h.Errorf("taken back: %+v", o)
		}
		lin.refusedAs(here+"/edit", url.Values{"name_hant": {""}, "kind": {"town"}}, http.StatusUnprocessableEntity, testkit.See(".problem", "至少用一種語言"))
		lin.refusedAs(here+"/edit", url.Values{"name_hant": {"甲"}, "kind": {"town"}, "founded": {"去年"}}, http.StatusUnprocessableEntity,
			testkit.See(".problem", "去年"), testkit.Attr("#founded", "aria-invalid", "true"), testkit.Attr("#founded", "value", "去年"))
		lin.refusedAs(here+"/edit", url.Values{"name_hant": {"甲"}, "kind": {"city"}}, http.StatusUnprocessableEntity, testkit.See(".problem", "市級組織"))
	})
}

func TestAddOrg(t *testing.T) {
	onHall(t, func(h *hall, lin *desk) {
		here := h.orgAt("lanjiang/yunpu/")
		lin.see(here+"/add", testkit.See("option", "鄉鎮街道組織"), testkit.NotSee("option", "市級組織"))
		to := lin.does(here+"/add", url.Values{"name_hant": {"石橋鎮同鄉會"}, "founded": {"1988"}})
		lin.see(to, testkit.See("h1", "石橋鎮同鄉會"), testkit.See(".facts", "/lanjiang/yunpu/shiqiao/"), testkit.See(".notice", "已增加"))
		lin.refusedAs(here+"/add", url.Values{"name_hant": {"石橋鎮同鄉會"}, "slug": {"shiqiao"}}, http.StatusConflict,
			testkit.See(".problem", "shiqiao"), testkit.Attr("#slug", "aria-invalid", "true"))
		lin.refusedAs(here+"/add", url.Values{"name_hant": {"石橋"}, "slug": {"news"}}, http.StatusUnprocessableEntity, testkit.See(".problem", "news"))
		only := h.seat("王", access.Administrator, "lanjiang/", false)
		if to := only.does(h.orgAt("lanjiang/")+"/add", url.Values{"name_hant": {"新縣同鄉會"}}); !strings.HasPrefix(to, h.orgAt("lanjiang/")) {
			h.Errorf("who may not see below is led to %s", to)
		}
	})
}

func TestMoveOrg(t *testing.T) {
	onHall(t, func(h *hall, lin *desk) {
		shatou, baishi := h.orgs["lanjiang/yunpu/shatou/"], h.orgs["lanjiang/yunpu/baishi/"]
		chief := h.seat("陳會長", access.Administrator, "", true)
		here := "/office/orgs/" + string(shatou) + "/move"
		lin.see(here, testkit.Count(".cards li", 0)) // its county is the only place that may hold it, and holds it
		chief.see(here, testkit.Texts(".cards strong", "青溪同鄉會", "蘭江市同鄉會", "鶴山市同鄉會"))
		chief.see(here+"?q=鹤山", testkit.Texts(".cards strong", "鶴山市同鄉會"))
		heshan := string(h.orgs["heshan/"])
		chief.see(here+"?to="+heshan, testkit.See(".happens", "/lanjiang/yunpu/shatou/ 變成 /heshan/shatou/"), testkit.Attr("[name=to]", "value", heshan))
		chief.see(here+"?to="+string(baishi), testkit.See(".problem", "不能"), testkit.NotSee("form[action] .button", "移過去"))
		lin.see(here+"?to="+heshan, testkit.See(".problem", "您在這個組織沒有職責"))
		lin.refusedAs(here, url.Values{"to": {heshan}}, http.StatusForbidden, testkit.See("main", "您在這個組織沒有職責"))
		to := chief.does(here, url.Values{"to": {heshan}, "slug": {"shatou"}})
		if o := h.load("lanjiang/yunpu/shatou/"); o.Path != "heshan/shatou/" {
			h.Errorf("%s", o.Path)
		}
		a := chief.get(to)
		testkit.CheckPage(h, a.Body, testkit.See(".notice", "新的上級"), testkit.See(".undo button", "撤銷"))
		chief.does(here, url.Values{"to": {testkit.Find(h, a.Body, ".undo [name=to]@value")}, "slug": {testkit.Find(h, a.Body, ".undo [name=slug]@value")}})
		if o := h.load("lanjiang/yunpu/shatou/"); o.Path != "lanjiang/yunpu/shatou/" {
			h.Errorf("taken back: %s", o.Path)
		}
		chief.refusedAs(here, url.Values{"to": {heshan}, "slug": {"A b"}}, http.StatusUnprocessableEntity, testkit.Attr("#slug", "aria-invalid", "true"))
		to = lin.does("/office/orgs/"+string(shatou)+"/address", url.Values{"slug": {"sha"}})
		if o := h.load("lanjiang/yunpu/shatou/"); o.Path != "lanjiang/yunpu/sha/" || !strings.Contains(to, "undo=address") {
			h.Errorf("%s %s", o.Path, to)
		}
	})
}

func TestMergeOrg(t *testing.T) {
	onHall(t, func(h *hall, lin *desk) {
		shatou, baishi := string(h.orgs["lanjiang/yunpu/shatou/"]), string(h.orgs["lanjiang/yunpu/baishi/"])
		here := "/office/orgs/" + shatou + "/merge"
		lin.does("/office/orgs/"+shatou+"/add", url.Values{"name_hant": {"沙頭村同鄉會"}})
		h.seat("陳小明", access.Correspondent, "lanjiang/yunpu/shatou/", true)
		lin.see(here, testkit.Texts(".cards strong", "雲浦縣同鄉會", "白石鎮同鄉會"))
		lin.see(here+"?to="+baishi, testkit.See(".happens", "1 個直屬下級改屬「白石鎮同鄉會」"), testkit.See(".happens", "1 個人的職責只留在"),
			testkit.See(".happens", "/lanjiang/yunpu/baishi/shatou/"), testkit.See(".grave-word", "不能撤銷"), testkit.See(".tick", "確定"))
		lin.refusedAs(here, url.Values{"to": {baishi}}, http.StatusUnprocessableEntity, testkit.See(".problem", "請先勾選"), testkit.See(".happens", "1 個直屬下級"))
		to := lin.does(here, url.Values{"to": {baishi}, "sure": {"on"}})
		lin.see(to, testkit.See("h1", "白石鎮同鄉會"), testkit.See(".notice", "已併入"), testkit.NotSee(".undo", ""))
		if o := h.load("lanjiang/yunpu/shatou/"); o.Status != org.Closed || o.Path != "lanjiang/yunpu/baishi/shatou-2/" && o.Path != "lanjiang/yunpu/baishi/shatou/" {
			h.Errorf("%+v", o)
		}
		lin.see("/office/orgs/"+shatou, testkit.See(".tags .bad", "停止"), testkit.See(".deeds a", "恢復運作"), testkit.NotSee(".deeds", "在下面增加"))
		lin.refusedAs(here, url.Values{"to": {string(h.orgs["heshan/"])}, "sure": {"on"}}, http.StatusForbidden)
	})
}

func TestCloseOrg(t *testing.T) {
	onHall(t, func(h *hall, lin *desk) {
		here := h.orgAt("lanjiang/yunpu/shatou/")
		lin.see(here+"/close", testkit.See(".happens", "網頁"), testkit.See("form .button", "停止"))
		lin.see(h.orgAt("lanjiang/yunpu/")+"/close", testkit.See(".problem", "2"), testkit.NotSee("main form button", "停止"))
		to := lin.does(here+"/close", url.Values{})
		lin.see(to, testkit.See(".notice", "已停止"), testkit.Attr(".undo", "action", here+"/reopen"))
		lin.does(here+"/reopen", url.Values{})
		if o := h.load("lanjiang/yunpu/shatou/"); o.Status != org.Active {
			h.Errorf("%+v", o)
		}
		lin.refusedAs(h.orgAt("lanjiang/yunpu/")+"/close", url.Values{}, http.StatusConflict, testkit.See(".problem", "2"))
	})
}

func TestOrderOrgs(t *testing.T) {
	onHall(t, func(h *hall, lin *desk) {
		here := h.orgAt("lanjiang/yunpu/") + "/order"
		shatou, baishi := string(h.orgs["lanjiang/yunpu/shatou/"]), string(h.orgs["lanjiang/yunpu/baishi/"])
		lin.see(here, testkit.Count(".order li", 2), testkit.Attr(".order li", "id", "o-"+shatou), testkit.Count(".order button[disabled]", 2))
		to := lin.does(here, url.Values{"orgs": {shatou, baishi}, "up": {baishi}})
		if !strings.HasSuffix(to, "#o-"+baishi) {
			h.Error(to)
		}
		lin.see(strings.TrimSuffix(to, "#o-"+baishi), testkit.Attr(".order li", "id", "o-"+baishi), testkit.See(".notice", "順序"))
		lin.does(here, url.Values{"orgs": {baishi, shatou}, "down": {baishi}})
		lin.see(here, testkit.Attr(".order li", "id", "o-"+shatou))
		lin.refusedAs(here, url.Values{"orgs": {baishi}}, http.StatusConflict, testkit.See(".problem", "有變動"), testkit.Count(".order li", 2))
	})
}

func TestLinkOrgs(t *testing.T) {
	onHall(t, func(h *hall, lin *desk) {
		here, heshan := h.orgAt("lanjiang/yunpu/")+"/links", string(h.orgs["heshan/"])
		lin.see(here+"?q=鶴山", testkit.Texts(".cards strong", "鶴山市同鄉會"))
		lin.see(here+"?to="+heshan, testkit.Count("[type=radio]", 3), testkit.See(".tick", "友好組織"))
		lin.refusedAs(here, url.Values{"to": {heshan}}, http.StatusUnprocessableEntity, testkit.See(".problem", ""))
		lin.does(here, url.Values{"to": {heshan}, "relation": {"twin"}})
		lin.see(h.orgAt("lanjiang/yunpu/"), testkit.See(".rows", "鶴山市同鄉會"), testkit.NotSee(".rows a", "鶴山"))
		a := lin.get(here)
		testkit.CheckPage(h, a.Body, testkit.See(".rows .tag", "友好組織"))
		link := testkit.Find(h, a.Body, ".rows [name=link]@value")
		other := h.seat("外人", access.Administrator, "lanjiang/yunpu/shatou/", true)
		if a := other.post(h.orgAt("lanjiang/yunpu/shatou/")+"/links/remove", url.Values{"link": {link}}); a.Status != http.StatusNotFound {
			h.Errorf("another's relation: %d", a.Status)
		}
		lin.does(here+"/remove", url.Values{"link": {link}})
		lin.see(here, testkit.See(".empty", "沒有關聯"))
	})
}

func TestProfilePage(t *testing.T) {
	onHall(t, func(h *hall, lin *desk) {
		here := h.orgAt("lanjiang/yunpu/") + "/profile"
		lin.see(here, testkit.Count(".span-rows li", 2), testkit.Count("[name=officer_hant]", 2))
		form := url.Values{
			"address_hant": {"東岸路 8 號"}, "phone": {"+86 000 0000"}, "email": {"a@yunpu.example"}, "website": {"https://yunpu.example/"},
			"hours_days": {"mon-fri", "sat", "mon-fri"}, "hours_opens": {"08:30", "09:00", ""}, "hours_closes": {"12:00", "11:30", ""},
			"officer_hant": {"李玉蘭", ""}, "title_hant": {"會長", ""}, "service_hant": {"公眾號"}, "handle": {"雲浦鄉親"}, "intro_hant": {"山城同鄉之家。"},
		}
		lin.does(here, form)
		lin.see(h.orgAt("lanjiang/yunpu/"), testkit.See(".facts", "東岸路 8 號"), testkit.See(".facts", "星期一至星期五 08:30–12:00"), testkit.See(".facts", "會長 李玉蘭"))
		lin.see(here, testkit.Attr("#phone", "value", "+86 000 0000"), testkit.Count(".span-rows li", 4), testkit.See("textarea#file", "mon-fri"))
		form.Set("phone", "打給我")
		lin.refusedAs(here, form, http.StatusUnprocessableEntity, testkit.Attr("#phone", "aria-invalid", "true"), testkit.Attr("#phone", "value", "打給我"), testkit.See(".problem", "電話"))
		form.Set("phone", "")
		form["hours_closes"] = []string{"07:00", "11:30"}
		lin.refusedAs(here, form, http.StatusUnprocessableEntity, testkit.See(".problem", "開放時間第 1 行"))
		lin.does(here, url.Values{"as_file": {"on"}, "file": {"phone = \"000 1111\"\n"}})
		if p, err := h.org.Profile(h.Context(), h.orgs["lanjiang/yunpu/"]); err != nil || p.Phone != "000 1111" || len(p.Officers) != 0 {
			h.Errorf("%+v %v", p, err)
		}
		lin.refusedAs(here, url.Values{"as_file": {"on"}, "file": {"nonsense"}}, http.StatusUnprocessableEntity, testkit.See(".problem", ""))
	})
}

func TestKindsPages(t *testing.T) {
	onHall(t, func(h *hall, lin *desk) {
		chief := h.seat("陳會長", access.Administrator, "", true)
		for _, path := range []string{"/office/kinds", "/office/kinds/new", "/office/kinds/of/town"} {
			if a := lin.get(path); a.Status != http.StatusForbidden {
				h.Errorf("%s: %d", path, a.Status)
			}
		}
		chief.see("/office/kinds", testkit.See(".kinds strong", "鄉鎮街道組織"), testkit.See(".kinds", "2 個組織"))
		chief.see("/office/kinds/of/county", testkit.Count("[name=holds][checked]", 6), testkit.See("main", "不能刪去"))
		chief.does("/office/kinds/new", url.Values{"name_hant": {"聯絡站"}, "slug": {"station"}, "level": {"-1"}})
		holds := []string{"town", "village", "house", "affiliate", "committee", "abroad", "station"}
		county := url.Values{"name_hant": {"縣級組織"}, "level": {"2"}, "place": {"county"}, "holds": holds}
		chief.does("/office/kinds/of/county", county)
		chief.does(h.orgAt("lanjiang/yunpu/")+"/add", url.Values{"name_hant": {"車站聯絡站"}, "kind": {"station"}})
		chief.refusedAs("/office/kinds/of/station/remove", url.Values{}, http.StatusConflict, testkit.See(".problem", "還有 1 個"))
		county["holds"] = holds[:6]
		chief.refusedAs("/office/kinds/of/county", county, http.StatusConflict, testkit.See(".problem", "「縣級組織」下面現有 1 個「聯絡站」"))
		chief.refusedAs("/office/kinds/new", url.Values{"name_hant": {"又"}, "slug": {"town"}, "level": {"3"}}, http.StatusConflict, testkit.Attr("#slug", "aria-invalid", "true"))
		chief.does("/office/kinds/of/abroad/remove", url.Values{})
		if a := lin.post("/office/kinds/of/house/remove", url.Values{}); a.Status != http.StatusForbidden {
			h.Errorf("%d", a.Status)
		}
	})
}

// A county's administrator can do all of it in her part, and nothing outside:
// each form that is sent straight to a place above or beside is refused with the
// reason, and changes nothing.
func TestTreeStaysInScope(t *testing.T) {
	onHall(t, func(h *hall, lin *desk) {
		own := string(h.orgs["lanjiang/yunpu/shatou/"])
		forms := map[string]url.Values{
			"/edit": {"name_hant": {"改"}, "kind": {"city"}}, "/add": {"name_hant": {"新"}}, "/profile": {"phone": {"000 0000"}}, "/order": {"orgs": {own}},
			"/links": {"to": {own}, "relation": {"twin"}}, "/links/remove": {"link": {own}}, "/address": {"slug": {"other"}}, "/move": {"to": {own}},
			"/merge": {"to": {own}, "sure": {"on"}}, "/close": {}, "/reopen": {},
		}
		before := h.paths()
		for _, path := range []string{"", "lanjiang/", "heshan/"} {
			for form, values := range forms {
				lin.refusedAs(h.orgAt(path)+form, values, http.StatusForbidden, testkit.See("main", "您在這個組織沒有職責。"))
				if form == "/links/remove" {
					continue
				}
				if a := lin.get(h.orgAt(path) + form); a.Status != http.StatusForbidden {
					h.Errorf("GET %s%s: %d", path, form, a.Status)
				}
			}
			for _, form := range []string{"/move", "/merge"} {
				lin.refusedAs(h.orgAt("lanjiang/yunpu/shatou/")+form, url.Values{"to": {string(h.orgs[path])}}, http.StatusForbidden, testkit.See("main", "您在這個組織沒有職責。"))
			}
		}
		writer := h.seat("陳小明", access.Correspondent, "lanjiang/yunpu/", true)
		for form, values := range forms {
			writer.refusedAs(h.orgAt("lanjiang/yunpu/shatou/")+form, values, http.StatusForbidden, testkit.See("main", "您在這裡的職責不包括這件事。"))
		}
		if after := h.paths(); after != before {
			h.Errorf("the tree became %s", after)
		}
	})
}

// paths writes the whole tree in one line.
func (h *hall) paths() string {
	h.Helper()
	all, err := h.org.Subtree(h.Context(), "")
	if err != nil {
		h.Fatal(err)
	}
	var b strings.Builder
	for _, o := range all {
		b.WriteString(o.Path + " " + o.Names.Hant + " " + o.Kind + " " + string(o.Status) + "; ")
	}
	return b.String()
}

// Every page of the tree reads in all three languages.
func TestTreeInEachLanguage(t *testing.T) {
	onHall(t, func(h *hall, _ *desk) {
		chief := h.seat("陳會長", access.Administrator, "", true)
		here := h.orgAt("lanjiang/yunpu/")
		for _, lang := range []string{"zh-Hant", "zh-Hans", "en"} {
			chief.post("/office/language", url.Values{"lang": {lang}, "back": {"/office/"}})
			for _, path := range []string{
				"/office/orgs", "/office/kinds", "/office/kinds/new", "/office/kinds/of/town", here, here + "/edit", here + "/add", here + "/profile", here + "/order", here + "/links",
				here + "/links?to=" + string(h.orgs["heshan/"]), here + "/address", here + "/move", here + "/move?to=" + string(h.orgs["heshan/"]),
				here + "/merge?to=" + string(h.orgs["heshan/"]), here + "/close", here + "/reopen",
			} {
				chief.see(path, testkit.Attr("html", "lang", lang), testkit.NotSee("body", "⟦"))
			}
		}
	})
}

// A profile that is sent as a file and refused stands in its field as it was typed.
func TestRefusedProfileFile(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	chief := h.seat("林秀英", access.Administrator, "", true)
	typed := "phone: not a number\nintro: 打了很久的字"
	a := chief.post(h.orgAt("lanjiang/")+"/profile", url.Values{"as_file": {"on"}, "file": {typed}})
	if a.Status != http.StatusUnprocessableEntity {
		t.Fatal(a.Status)
	}
	testkit.CheckPage(t, a.Body, testkit.See("details[open] #file", "打了很久的字"))
}
