package portal_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
	. "github.com/huiguan/huiguan/internal/testkit"
)

// days is a set of days as a profile's file has it.
func days(s string) org.Days {
	d, ok := org.ParseDays(s)
	if !ok {
		panic(s)
	}
	return d
}

// profile gives an organisation one.
func (h *hall) profile(path string, p org.Profile) {
	h.Helper()
	h.tx(func(ctx context.Context, tx *db.Tx) error { return org.SetProfile(ctx, tx, h.orgs[path].ID, p) })
}

// link relates two organisations beside the tree.
func (h *hall) link(from, to string, r org.Relation) {
	h.Helper()
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		return org.AddLink(ctx, tx, h.orgs[from].ID, h.orgs[to].ID, r)
	})
}

// close says that an organisation works no more.
func (h *hall) close(path string) {
	h.Helper()
	h.tx(func(ctx context.Context, tx *db.Tx) error { return org.Close(ctx, tx, h.orgs[path].ID) })
}

// introduce gives organisations profiles, links and what else their pages show.
func (h *hall) introduce() *hall {
	h.Helper()
	for _, o := range []struct{ path, kind, hant, en string }{
		{"toronto/", "abroad", "多倫多青溪同鄉會", "Qingxi Association of Toronto"},
		{"penang/", "abroad", "檳城青溪會館", "Qingxi Hall of Penang"},
		{"vancouver/", "abroad", "溫哥華瀾江同鄉會", "Lanjiang Association of Vancouver"},
		{"lanjiang/elders/", "committee", "瀾江市同鄉會耆老委員會", "Committee of Elders"},
		{"lanjiang/quay/", "house", "老碼頭“鄉親之家”", "Old Quay Hometown House"},
		{"old/", "city", "舊港市同鄉會", ""},
	} {
		h.create(o.path, org.CreateParams{Kind: o.kind, Names: org.Names{Hant: o.hant, En: o.en}})
	}
	h.close("old/")
	h.profile("lanjiang/", org.Profile{
		Intro:   org.Names{Hant: "瀾江市同鄉會一九六一年在老碼頭的鐘樓裡成立。\n如今有三縣兩區的鄉親常來。", En: "Founded in the clock tower on the old quay."},
		Address: org.Names{Hant: "瀾江市東岸路18號", En: "18 East Bank Road, Lanjiang"}, Postcode: "529000", Phone: "+86 (750) 000-1234", Email: "hall@lanjiang.example",
		Website: "https://lanjiang.example/", Picture: string(h.picture), PictureAlt: org.Names{Hant: "老碼頭的鐘樓", En: "The clock tower"},
		Hours:     []org.Hours{{Days: days("mon-fri"), Opens: 510, Closes: 720}, {Days: days("mon-fri"), Opens: 840, Closes: 1020}, {Days: days("sat,sun"), Opens: 540, Closes: 720}},
		HoursNote: org.Names{Hant: "節假日休息", En: "Closed on public holidays"},
		Accounts:  []org.Account{{Service: org.Names{Hant: "微信公眾號", En: "WeChat"}, Handle: "lanjiang-hall"}, {Service: org.Names{Hant: "聯邦宇宙", En: "Fediverse"}, URL: "https://social.example/@lanjiang"}},
		Officers:  []org.Officer{{Name: org.Names{Hant: "賀鳴皋", En: "He Minggao"}, Title: org.Names{Hant: "會長", En: "President"}}, {Name: org.Names{Hant: "方繡文"}, Title: org.Names{Hant: "秘書長", En: "Secretary"}}},
	})
	h.profile("lanjiang/yunpu/liutang/", org.Profile{
		Address: org.Names{Hant: "柳塘村祠堂東側"}, Phone: "0750-000 0002", Hours: []org.Hours{{Days: days("mon-sun"), Opens: 480, Closes: 1260}},
	})
	h.profile("toronto/", org.Profile{Region: org.Names{Hant: "加拿大", En: "Canada"}, Address: org.Names{En: "12 Spadina Lane, Toronto"}})
	h.profile("vancouver/", org.Profile{Region: org.Names{Hans: "加拿大", En: "Canada"}})
	h.link("lanjiang/", "heling/", org.Twin)
	h.link("meidu/", "lanjiang/", org.Twin)
	h.link("vancouver/", "lanjiang/", org.SecondParent)
	h.link("lanjiang/yunpu/baiyu/", "heling/", org.SecondParent)
	h.link("medics/", "lanjiang/", org.Affiliate)
	h.link("lanjiang/", "old/", org.Twin)
	return h
}

func TestOrganisationPage(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish().introduce()
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		_, err := press.CreateColumn(ctx, tx, h.orgs["lanjiang/"].ID, "notices", org.Names{Hant: "公告", En: "Notices"})
		return err
	})
	for _, c := range []pageCase{
		{
			name: "with all it can say", path: "/lanjiang/",
			every: sees(
				Attr(".org-picture", "src", "/media/"+string(h.picture)+"-480"), Attr(`[itemprop=telephone]`, "href", "tel:+867500001234"), Attr(`[itemprop=email]`, "href", "mailto:hall@lanjiang.example"),
				Attr(`dd [itemprop=url]`, "href", "https://lanjiang.example/"), Texts(`dd [itemprop=url]`, "lanjiang.example"), See("[itemprop=postalCode]", "529000"),
				Count("[itemprop=openingHours]", 3), Attr("[itemprop=openingHours]", "content", "Mo-Fr 08:30-12:00"), Count(".officers dt", 2),
				Attr("[itemprop=sameAs]", "href", "https://social.example/@lanjiang"), Attr("[itemscope]", "itemtype", "https://schema.org/Organization https://schema.org/CivicStructure"),
				NotSee("main", "舊港市"), Count(".contact", 1), Attr("meta[property='og:image']", "content", base+"/media/"+string(h.picture)),
			),
			hant: sees(
				Texts(".org-intro p", "瀾江市同鄉會一九六一年在老碼頭的鐘樓裡成立。", "如今有三縣兩區的鄉親常來。"), See(".contact", "東岸路18號"), Texts(".hours-days", "週一至週五", "週六、週日"),
				Texts(".hours-span", "08:30–12:00、", "14:00–17:00", "09:00–12:00"), Texts(".officers dd", "賀鳴皋", "方繡文"), Attr(".org-picture", "alt", "老碼頭的鐘樓"),
				Attr(".org-shelves a", "href", "/lanjiang/news/notices/"), See("#houses", "會所 1"), See("section[aria-labelledby=houses] .branch-name", "老碼頭"), See("section[aria-labelledby=bodies] .branch-name", "耆老委員會"),
				Texts("section[aria-labelledby=branches] .branch-name", "雲浦縣同鄉會", "荷堰區同鄉會"), Texts(".org-aside h2", "專題", "同時屬於這裡的組織", "聯屬團體", "友好組織"),
				Texts("section[aria-labelledby=below] .kinds a", "縣區組織 2", "鄉鎮街道組織 1", "會所 2", "委員會 1"), Attr("section[aria-labelledby=below] .more a", "href", "/lanjiang/orgs/"),
				See(".org-aside .links", "溫哥華"), See(".org-aside .links", "鶴嶺市"), See(".org-aside .links", "梅渡市"), Attr("meta[name=description]", "content", "瀾江市同鄉會一九六一年在老碼頭的鐘樓裡成立。"),
			),
			hans: sees(See(".contact", "东岸路18号"), Texts(".officers dt", "会长", "秘书长"), See(".hours-days", "周一至周五")),
			en:   sees(See(".contact", "18 East Bank Road"), See(".hours-days", "Mon–Fri"), See(".officers dd", "He Minggao"), Attr(".officers dd span", "lang", "zh-Hant"), See(".hours-note", "Closed on public holidays"), Texts(".org-aside h2", "Topics", "Also belong here", "Affiliated bodies", "Twins")),
		},
		{
			name: "second parents, from below", path: "/lanjiang/yunpu/baiyu/", every: sees(NotSee(".contact", ""), NotSee("#below", "")),
			hant: sees(See(".org-aside h2", "同時隸屬"), See(".org-aside .links", "鶴嶺市"), Count(".crumbs li", 3)),
		},
		{name: "closed", path: "/old/", every: sees(Count(".notice", 1), NotSee(".contact", ""), Count(".org-aside section", 1)), hant: sees(See(".notice", "已停止活動"))},
		{name: "abroad, with hours unknown", path: "/toronto/", every: sees(Attr("[itemscope]", "itemtype", "https://schema.org/Organization"), See("[itemprop=addressCountry]", "")), hant: sees(Attr("[itemprop=streetAddress] span", "lang", "en"))},
	} {
		c.run(t, h)
	}
}

// An organisation with more branches than a page can hold shows the first few
// of each kind in protocol order, and the way to all.
func TestOverfullOrganisation(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	h.counties(200)
	pageCase{
		name: "overfull", path: "/meidu/",
		every: sees(Count("section[aria-labelledby=branches] .branches > li", 24), Attr("section[aria-labelledby=branches] .more a", "href", "/meidu/orgs/?kind=county")),
		hant:  sees(See("section[aria-labelledby=branches] .more", "全部 200 個縣區組織"), See(".branch-kind", "200"), See(".branch-name", "第1縣"), NotSee(".branch-name", "第25縣")),
		hans:  sees(Attr("section[aria-labelledby=branches] .more a", "href", "/hans/meidu/orgs/?kind=county")),
		en:    sees(Attr("section[aria-labelledby=branches] .more a", "href", "/en/meidu/orgs/?kind=county")),
	}.onlyIn(t, h, "zh-Hant")
}

// onlyIn runs the case in one language, for checks that hold addresses.
func (c pageCase) onlyIn(t *testing.T, h *hall, lang string) {
	t.Helper()
	w := h.get(c.path)
	if w.Code != 200 {
		t.Fatalf("%d %s", w.Code, h.errors())
	}
	CheckPage(t, w.Body.Bytes(), Attr("html", "lang", lang))
	CheckPage(t, w.Body.Bytes(), c.every...)
	CheckPage(t, w.Body.Bytes(), c.hant...)
}

// counties hangs n counties under the city of Meidu.
func (h *hall) counties(n int) {
	h.Helper()
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		for i := range n {
			name := fmt.Sprintf("第%d縣同鄉會", i+1)
			if _, err := org.Create(ctx, tx, org.CreateParams{Parent: h.orgs["meidu/"].ID, Kind: "county", Slug: fmt.Sprintf("x%03d", i+1), Names: org.Names{Hant: name}}); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestDirectory(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish().introduce()
	noindex := Attr("meta[name=robots]", "content", "noindex")
	for _, c := range []pageCase{
		{
			name: "of the federation", path: "/orgs/",
			every: sees(Count(".entry", 15), Count(".entries-tree", 1), NotSee("meta[name=robots]", ""), Count(".in-1", 5), Count(".in-2", 2), NotSee(".entry-above", ""), NotSee(".pager", ""), Count("form select", 3), Count("#under option", 3)),
			hant: sees(
				See("h1", "組織名冊"), See(".of", "青溪省同鄉聯合會"), See(".found", "共 15 個組織"), NotSee(".entry", "舊港"), Texts(".entry:nth-child(2) .entry-name > a", "雲浦縣同鄉會"), See(".entry:nth-child(2) .hidden", "屬於 瀾江市同鄉會"),
				Texts(".directory-kinds a", "全部 15", "市級組織 4", "縣區組織 3", "鄉鎮街道組織 1", "會所 2", "海外團體 3", "直屬團體 1", "委員會 1"), See(".directory-kinds a[aria-current]", "全部"),
				See(".entry", "瀾江市東岸路18號"), Attr(".entry-phone", "href", "tel:+867500001234"), Attr(".entry-latest time", "datetime", "2026-03-04"), Attr("link[rel=canonical]", "href", base+"/orgs/"), Attr(".menu [aria-current=page]", "href", "/orgs/"),
				See("#under option", "瀾江市同鄉會 (7)"),
			),
			hans: sees(See(".found", "共 15 个组织"), See(".entry", "澜江市同乡会")),
			en:   sees(See("h1", "Directory"), See(".found", "15 organisations"), See(".entry a[lang=zh-Hant]", "海棠市"), See(".entry", "18 East Bank Road")),
		},
		{
			name: "of a branch", path: "/lanjiang/orgs/", every: sees(Count(".entry", 6), Count(".in-1", 2), NotSee(".in-2", "")),
			hant: sees(See(".of", "瀾江市同鄉會"), See(".crumbs li:last-child", "瀾江市同鄉會")),
		},
		{name: "below nothing", path: "/haitang/orgs/", every: sees(Count(".empty", 1), NotSee(".entry", ""), NotSee(".directory-kinds", ""), NotSee("#under", "")), hant: sees(See(".empty", "下面沒有別的組織"))},
		{
			name: "narrowed to a branch", path: "/orgs/?under=lanjiang", every: sees(Count(".entry", 7), noindex, NotSee("link[rel=canonical]", ""), Attr("#under option[selected]", "value", "lanjiang")),
			hant: sees(Attr(".directory-kinds li:nth-child(2) a", "href", "/orgs/?kind=city&under=lanjiang"), Attr(".directory-clear", "href", "/orgs/")),
		},
		{
			name: "houses", path: "/orgs/?kind=house", every: sees(Count(".entries-houses .entry", 2), noindex, See(".entry-phone", "0750-000 0002"), Attr("input[name=kind]", "value", "house")),
			hant: sees(See("h1", "會所"), See(".entry-hours", "每天 08:00–21:00"), Texts(".entry:first-child .entry-above", "瀾江市同鄉會 › 雲浦縣同鄉會"), See(".entry", "柳塘村祠堂東側"), See(".found", "共 2 個組織")),
			en:   sees(See("h1", "Community house"), See(".entry-hours", "Every day")),
		},
		{
			name: "abroad", path: "/orgs/?kind=abroad", every: sees(Count(".region", 2), noindex),
			hant: sees(Texts(".region h2", "加拿大", "未註明地區"), Count(".region:first-of-type .entry", 2)), hans: sees(Texts(".region h2", "加拿大", "未注明地区")), en: sees(Texts(".region h2", "Canada", "No region given")),
		},
		{name: "by words", path: "/orgs/?q=%E4%B8%9C%E5%B2%B8", every: sees(Count(".entries-flat .entry", 1), noindex, Attr("#words", "value", "东岸")), hant: sees(See(".entry", "瀾江市同鄉會"), See(".found", "共 1 個組織"))},
		{name: "by reading", path: "/orgs/?q=Yunpu", every: sees(Count(".entry", 3), noindex)},
		{name: "by words that nothing holds", path: "/orgs/?q=zzzz", every: sees(Count(".empty", 1), noindex, See(".directory-clear", "")), en: sees(See(".empty", "No organisation matches"))},
		{name: "closed", path: "/orgs/?state=closed", every: sees(Count(".entry", 1), Count(".entry .tag", 1), noindex), hant: sees(See(".entry", "舊港市同鄉會"))},
		{name: "by sound", path: "/orgs/?order=az", every: sees(Count(".entries-flat .entry", 15), noindex, Attr("#order option[selected]", "value", "az"))},
		{name: "a kind that is none", path: "/orgs/?kind=ghost", every: sees(Count(".entry", 15), NotSee("meta[name=robots]", ""))},
		{name: "a branch that is none", path: "/orgs/?under=ghost", status: 404},
		{name: "a branch with signs", path: "/orgs/?under=..%2Flanjiang", status: 404},
		{name: "a branch deeper down", path: "/orgs/?under=lanjiang%2Fyunpu", status: 404},
		{name: "a page that is none", path: "/orgs/?after=x", status: 404},
		{name: "a page after nobody", path: "/orgs/?after=" + string(ident.New[ident.Org](day("2020-01-01"))), status: 404},
		{name: "something behind it", path: "/orgs/lanjiang", status: 404},
	} {
		c.run(t, h)
	}
	for path, to := range map[string]string{"/orgs": "/orgs/", "/hans/lanjiang/orgs?kind=house&x=y": "/hans/lanjiang/orgs/?kind=house"} {
		if w := h.get(path); w.Header().Get("Location") != to {
			t.Errorf("%s: %d to %q", path, w.Code, w.Header().Get("Location"))
		}
	}
}

// Page after page, every organisation stands in the directory once.
func TestDirectoryPaging(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	h.counties(200)
	for _, query := range []string{"", "?order=az", "?q=%E5%90%8C%E9%84%89", "?under=meidu&order=az"} {
		seen, pages, path := map[string]int{}, 0, "/orgs/"+query
		for path != "" && pages < 9 {
			w := h.get(path)
			body := w.Body.String()
			for _, part := range strings.Split(body, `<div class="entry-name">`)[1:] {
				href, _, _ := strings.Cut(part[strings.Index(part, `href="`)+6:], `"`)
				seen[href]++
			}
			path = Find(t, w.Body.Bytes(), "a.pager-next@href")
			if pages++; pages > 1 {
				CheckPage(t, w.Body.Bytes(), Count(".pager a[href*=after]", map[bool]int{true: 1, false: 0}[path != ""]))
			}
		}
		want := 210
		if strings.Contains(query, "under") {
			want = 201
		}
		if strings.Contains(query, "q=") {
			want = 209 // the house's name has another word
		}
		if len(seen) != want || pages != 3 {
			t.Errorf("%q: %d organisations on %d pages", query, len(seen), pages)
		}
		for href, n := range seen {
			if n != 1 {
				t.Errorf("%q: %s stands %d times", query, href, n)
			}
		}
	}
	// A later page begins with where its first entry stands.
	CheckPage(t, h.get(Find(t, h.get("/orgs/").Body.Bytes(), "a.pager-next@href")).Body.Bytes(), Texts(".entry-above", "梅渡市同鄉會"), Attr(".pager a", "href", "/orgs/"))
}

// A page shows nothing that is not public: no draft, no picture that no profile
// shows any more.
func TestOrganisationLeaks(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish().introduce()
	h.profile("haitang/", org.Profile{Phone: "000 0000"})
	for _, path := range []string{"/haitang/", "/orgs/", "/haitang/orgs/", "/orgs/?order=az", "/orgs/?q=haitang"} {
		body := h.get(path).Body.String()
		if strings.Contains(body, "稿子") || strings.Contains(body, "撤回") || strings.Contains(body, string(h.hidden)) || strings.Contains(body, "2026-09-20") {
			t.Errorf("%s tells of what is not out", path)
		}
	}
	CheckPage(t, h.get("/orgs/").Body.Bytes(), Attr(`.entry:has(a[href="/haitang/"]) time`, "datetime", "2026-09-12"))
	other := h.keepPicture(drawing(200, 120))
	shown := func(hash media.Hash, want int) {
		t.Helper()
		if w := h.get("/media/" + string(hash)); w.Code != want {
			t.Errorf("picture: %d, want %d", w.Code, want)
		}
	}
	shown(other, 404)
	h.profile("haitang/", org.Profile{Picture: string(other)})
	shown(other, 200)
	CheckPage(t, h.get("/haitang/").Body.Bytes(), Attr(".org-picture", "alt", ""))
	h.profile("haitang/", org.Profile{})
	shown(other, 404)
	shown(h.hidden, 404)
}

// The sitemap has the root's directory, and no narrowed one.
func TestDirectoryInSitemap(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	n := 0
	for _, one := range h.sitemap("/sitemap.xml").URLs {
		if strings.Contains(one.Loc, "orgs") {
			n++
			if one.Loc != base+"/orgs/" {
				t.Error(one.Loc)
			}
		}
	}
	if n != 1 {
		t.Errorf("%d directories in the sitemap", n)
	}
}

// The whole directory as a file: every organisation once, in the language of the
// address, and nothing that a spreadsheet would calculate.
func TestDirectorySheet(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish().introduce()
	h.counties(600)
	h.create("formula/", org.CreateParams{Kind: "city", Names: org.Names{Hant: "=HYPERLINK(1)"}})
	for prefix, want := range map[string][]string{
		"":    {"名稱", "瀾江市同鄉會", "Lanjiang City Hometown Association", "市級組織", "/lanjiang/", "瀾江市東岸路18號", "529000", "'+86 (750) 000-1234", "hall@lanjiang.example", "https://lanjiang.example/", "週一至週五 08:30–12:00、14:00–17:00; 週六、週日 09:00–12:00; 節假日休息"},
		"/en": {"Name", "Lanjiang City Hometown Association", "", "City association", "/lanjiang/", "18 East Bank Road, Lanjiang", "529000", "'+86 (750) 000-1234", "hall@lanjiang.example", "https://lanjiang.example/", "Mon–Fri 08:30–12:00, 14:00–17:00; Sat, Sun 09:00–12:00; Closed on public holidays"},
	} {
		w := h.get(prefix + "/orgs.csv")
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.Body.String(), "\ufeff"))).ReadAll()
		if err != nil || w.Code != 200 || w.Header().Get("Content-Type") != "text/csv; charset=utf-8" || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") {
			t.Fatalf("%d %v %v", w.Code, err, w.Header())
		}
		if len(rows) != 1+15+600+1 || rows[0][0] != want[0] || rows[len(rows)-1][0] != "'=HYPERLINK(1)" {
			t.Errorf("%d rows, %q … %q", len(rows), rows[0], rows[len(rows)-1])
		}
		if diff := cmp.Diff(want[1:], rows[1]); diff != "" {
			t.Error(diff)
		}
	}
	CheckPage(t, h.get("/lanjiang/orgs/").Body.Bytes(), Attr("a[download]", "href", "/lanjiang/orgs.csv"))
	for path, want := range map[string]int{"/lanjiang/orgs.csv": 200, "/nowhere/orgs.csv": 404, "/news/orgs.csv": 404, "/orgs/orgs.csv": 404, "/haitang/orgs.csv": 200} {
		if w := h.get(path); w.Code != want {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

// Hostile names and profiles stay text.
func TestHostileProfile(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	const evil = `"><img src=x onerror=alert(1)>`
	n := org.Names{Hant: evil, Hans: evil, En: evil}
	h.profile("meidu/", org.Profile{
		Intro: n, Address: n, Region: n, HoursNote: n, Website: "https://x.example/?a=%22%3E&b='", Phone: "000 000", Picture: string(h.picture), PictureAlt: n,
		Accounts: []org.Account{{Service: n, Handle: evil}}, Officers: []org.Officer{{Name: n, Title: n}},
	})
	for _, path := range []string{"/meidu/", "/orgs/", "/en/orgs/?kind=city", "/orgs/?q=" + "%22%3E%3Cimg+src%3Dx+onerror%3Dalert(1)%3E"} {
		w := h.get(path)
		CheckPage(t, w.Body.Bytes(), Count("img[onerror]", 0))
	}
}

// A page of the directory of 15,000 organisations, from the address to the last
// byte.
func BenchmarkDirectoryPage(b *testing.B) {
	h := newHall(b)
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		for i := range 20 {
			city, err := org.Create(ctx, tx, org.CreateParams{Parent: h.orgs[""].ID, Kind: "city", Slug: fmt.Sprintf("c%02d", i), Names: org.Names{Hant: fmt.Sprintf("第%d市同鄉會", i)}})
			if err != nil {
				return err
			}
			for j := range 749 {
				o, err := org.Create(ctx, tx, org.CreateParams{
					Parent: city.ID, Kind: []string{"county", "town", "house"}[j%3], Slug: fmt.Sprintf("o%03d", j), Position: j + 1, Names: org.Names{Hant: fmt.Sprintf("第%d號鄉親之家", j), En: fmt.Sprintf("House %d", j)},
				})
				if err != nil {
					return err
				}
				p := org.Profile{Address: org.Names{Hant: fmt.Sprintf("東岸路%d號", j)}, Phone: "000 0000", Hours: []org.Hours{{Days: 31, Opens: 510, Closes: 1020}}}
				if err := org.SetProfile(ctx, tx, o.ID, p); err != nil {
					return err
				}
			}
		}
		return nil
	})
	next := Find(b, h.get("/orgs/").Body.Bytes(), "a.pager-next@href")
	for name, path := range map[string]string{
		"plain": "/orgs/", "second": next, "houses": "/orgs/?kind=house", "city": "/c07/orgs/", "word": "/orgs/?q=77%E8%99%9F", "sound": "/orgs/?order=az", "hans": "/hans/orgs/",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if w := h.get(path); w.Code != 200 {
					b.Fatal(w.Code, h.errors())
				}
			}
		})
	}
}
