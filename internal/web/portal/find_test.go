package portal_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
	. "github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// finding is a furnished hall with a column and standing pages. It says the ids
// of the topic of the moon and of the column.
func finding(t testing.TB) (h *hall, topic ident.Topic, column ident.Column) {
	t.Helper()
	h = newHall(t).furnish()
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		c, err := press.CreateColumn(ctx, tx, h.orgs["meidu/"].ID, "notices", org.Names{Hant: "燈火告示", En: "Notices"})
		if err != nil {
			return err
		}
		column = c.ID
		for _, l := range []locale.Lang{locale.Hant, locale.En} {
			p := press.StandingPageParams{Org: h.orgs[""].ID, Slug: "contact", Lang: l, Title: map[locale.Lang]string{locale.Hant: "聯絡會館", locale.En: "Contact the hall"}[l], State: press.Published}
			if _, err := press.PutPage(ctx, tx, p); err != nil {
				return err
			}
		}
		t, err := press.NewPublic(tx).Topic(ctx, "", "moon-and-reunion")
		topic = t.ID
		return err
	})
	h.report("notice", "meidu/", press.ArticleParams{Title: "換燈泡", Column: column, PublishedOn: "2025-06-01", Body: markup.FromText("路燈的燈泡要換。")})
	return h, topic, column
}

// query writes an address of the search page, its parameters in order.
func query(pairs ...string) string {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return "/search?" + v.Encode()
}

func TestSearchPage(t *testing.T) {
	t.Parallel()
	h, topic, column := finding(t)
	inTopic, inColumn := query("q", "鄉親", "topic", string(topic)), query("column", string(column), "kind", "article", "q", "燈")
	for _, c := range []pageCase{
		{
			name: "nothing asked", path: "/search",
			every: sees(Count("main form[role=search]", 1), Count(".empty", 1), Count(".browse li", 4), NotSee(".filters", ""), NotSee(".tabs", ""), NotSee(".masthead form[role=search]", "")),
			hant:  sees(See(".empty", "繁體、簡體、拼音都可以")),
		},
		{
			name: "everything", path: query("q", "燈"),
			every: sees(
				Count(".hits > li", 4), NotSee(".chips", ""), NoAttr(".filters", "open"), NotSee(".perhaps", ""), NotSee(".meant", ""), NotSee(".browse", ""),
				Attr("meta[name=robots]", "content", "noindex"), NotSee("link[rel=canonical]", ""), Count(".filter-grid select", 5), Count(".filter-grid label", 5),
			),
			hant: sees(
				Texts(".tabs a", "全部（4）", "消息（3）", "欄目（1）"), See(".tabs a[aria-current]", "全部"), See(".found", "找到 4 項"), Texts(".orders a", "最相關", "最新"),
				Texts("#f-org option", "各地", "瀾江市同鄉會（1）", "鶴嶺市同鄉會（1）", "梅渡市同鄉會（2）"), Texts("#f-year option", "不限", "2026（2）", "2025（1）"),
				Texts("#f-lang option", "不限", "繁體中文（2）", "簡體中文（1）"), Texts("#f-topic option", "不限", "村裡的書屋（1）"), See(".hits > li:first-child h2", "燈火告示"),
			),
			en: sees(Texts(".tabs a", "All (4)", "News (3)", "Column (1)"), See("#f-year option", "2026 (2)"), Attr(".hits > li:first-child h2 a", "href", "/en/meidu/news/notices/")),
		},
		{
			name: "in a topic", path: inTopic,
			every: sees(Count(".hits > li", 3), Count(".chip", 1), NotSee(".chip-all", ""), Count(".filters[open]", 1), Attr("#f-topic option[selected]", "value", string(topic))),
			hant:  sees(See(".chip", "專題：月圓人團圓"), Attr(".chip", "href", query("q", "鄉親")), Attr(".chip", "aria-label", "移除：專題：月圓人團圓")),
			hans:  sees(See(".chip", "专题：月圆人团圆"), Attr(".chip", "href", "/hans"+query("q", "鄉親"))),
		},
		{
			name: "in a column", path: inColumn,
			every: sees(Count(".hits > li", 1), Count(".chip", 2), Count(".chip-all", 1), Attr("input[name=kind]", "value", "article"), Count(".perhaps li", 1)),
			hant: sees(
				See(".hits h2", "換燈泡"), See("#f-column option[selected]", "燈火告示 · 梅渡市同鄉會（1）"), Texts(".tabs a", "全部（2）", "消息（1）", "欄目（1）"),
				See(".more a", "不加篩選，能找到 4 項"), Attr(".more a", "href", query("q", "燈")), Attr(".chip-all", "href", query("q", "燈")), See(".perhaps a", "燈火告示"),
			),
			en: sees(See("#f-column option[selected]", "Notices · Meidu City Hometown Association (1)")),
		},
		{
			name: "below an organisation", path: query("org", "lanjiang", "q", "同鄉會"),
			every: sees(Count(".hits > li", 6), Attr("#f-org option[selected]", "value", "lanjiang")),
			hant:  sees(See("#f-org option[selected]", "瀾江市同鄉會（含下屬）"), See("#f-org option", "雲浦縣同鄉會（4）"), See(".chip", "組織：瀾江市同鄉會"), Texts(".tabs a", "全部（6）", "消息（2）", "組織（4）")),
		},
		{
			name: "the newest first", path: query("q", "鄉親", "sort", "new"),
			every: sees(Attr("input[name=sort]", "value", "new"), Attr(".orders a[aria-current]", "href", ""), Count(".orders a[aria-current]", 1)),
		},
		{
			name: "an organisation by a name in English", path: query("q", "yunpu county"),
			hant: sees(See(".hits h2", "雲浦縣同鄉會"), Texts(".hits mark", "Yunpu", "County"), Attr(".hits h2 a", "href", "/lanjiang/yunpu/")), en: sees(Attr(".hits h2 a", "href", "/en/lanjiang/yunpu/")),
		},
		{
			name: "a standing page", path: query("q", "contact the hall"), every: sees(Count(".hits > li", 1)),
			hant: sees(Attr(".hits h2 a", "lang", "en"), See(".tag", "頁面"), Attr(".hits h2 a", "href", "/about/contact")), en: sees(Attr(".hits h2 a", "href", "/en/about/contact")),
		},
	} {
		if c.name == "the newest first" {
			c.every = sees(Attr("input[name=sort]", "value", "new"), Count(".orders a[aria-current]", 1), See(".hits > li:first-child time", ""))
			c.hant = sees(Attr(".orders a:not([aria-current])", "href", query("q", "鄉親")), See(".orders a[aria-current]", "最新"), See(".hits > li:first-child h2", "月圓之夜"))
		}
		c.run(t, h)
	}
}

// Who finds little is told what was perhaps meant, in the script of the page.
func TestDidYouMean(t *testing.T) {
	t.Parallel()
	h, topic, _ := finding(t)
	for _, c := range []pageCase{
		{
			name: "another character", path: query("q", "換燈炮"), every: sees(Count(".meant strong", 1), NotSee(".hits", ""), Count(".browse li", 4)),
			hant: sees(See(".meant", "是不是要找"), See(".meant strong", "換燈泡"), See(".meant-count", "1 項"), Attr(".meant a", "href", query("q", "換燈泡"))),
			hans: sees(See(".meant strong", "换灯泡"), Attr(".meant a", "href", "/hans"+query("q", "换灯泡"))),
			en:   sees(See(".meant strong", "換燈泡"), See(".meant", "Did you mean")),
		},
		{name: "a word in English", path: query("q", "drgon boats"), every: sees(Texts(".meant a > *", "dragon", "boats"), Texts(".meant strong", "dragon"))},
		{
			name: "a word too many", path: query("q", "月餅 火箭"), every: sees(NotSee(".meant strong", "")),
			hant: sees(See(".meant", "沒有「火箭」的話"), Attr(".meant a", "href", query("q", "月餅"))), hans: sees(See(".meant", "没有“火箭”的话")),
		},
		{
			name: "the filters stay", path: query("q", "家書灰", "topic", string(topic)), every: sees(Count(".meant a", 1)),
			hant: sees(Attr(".meant a", "href", query("q", "家書會", "topic", string(topic)))),
		},
		{name: "filters in the way", path: query("q", "月餅", "year", "2019"), every: sees(NotSee(".hits", ""), Attr("#f-year option[selected]", "value", "2019")), hant: sees(See(".more a", "不加篩選，能找到 1 項"))},
		{name: "nothing like it", path: query("q", "火箭"), every: sees(NotSee(".meant", ""), Count(".browse li", 4)), hant: sees(See(".empty", "換短一點的詞"))},
		{name: "letters of a name", path: query("q", "ljs"), every: sees(NotSee(".hits", ""), Count(".perhaps li", 1)), hant: sees(See(".perhaps a", "瀾江市同鄉會")), hans: sees(See(".perhaps a", "澜江市同乡会"), Attr(".perhaps a", "href", "/hans/lanjiang/"))},
	} {
		c.run(t, h)
	}
}

// An address has one form; what it says that cannot be is left out, and said.
func TestSearchAddresses(t *testing.T) {
	t.Parallel()
	h, topic, _ := finding(t)
	for from, to := range map[string]string{
		"/search?q=%E7%87%88&org=&kind=&topic=&year=&lang=":     "/search?q=%E7%87%88",
		"/hans/search?year=2026&org=lanjiang&q=+x+&kind=":       "/hans/search?org=lanjiang&q=x&year=2026",
		"/search?kind=&sort=new&q=x&x=y&topic=" + string(topic): "/search?q=x&sort=new&topic=" + string(topic),
		"/search?org=":                 "/search",
		"/search?year=&lang=xx&page=2": "/search?page=2",
	} {
		w := h.get(from)
		if got := w.Header().Get("Location"); w.Code != http.StatusSeeOther || got != to || w.Header().Get("Cache-Control") != kit.CacheNever {
			t.Errorf("%s: %d to %q (%s), want %q", from, w.Code, got, w.Header().Get("Cache-Control"), to)
		}
	}
	if w := h.get("/hant" + query("q", "燈", "kind", "article", "year", "2026", "x", "y")); w.Header().Get("Location") != query("q", "燈", "kind", "article", "year", "2026") {
		t.Errorf("without the language: %s", w.Header().Get("Location"))
	}
	for _, odd := range []string{"kind=poem", "year=26", "year=20266", "lang=fr", "org=nowhere", "org=..%2f..", "org=%00", "org=%E7%80%BE", "topic=x", "column='--", "sort=old", "kind=article%00", "topic=" + strings.Repeat("z", 3000)} {
		w := h.get("/search?q=%E7%87%88&" + odd)
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d", odd, w.Code)
		}
		CheckPage(t, w.Body.Bytes(), Count(".notice", 1), See(".notice", "已略過"), Count(".hits > li", 4), NotSee(".chip", ""))
	}
	ghost := ident.New[ident.Topic](h.clock.Now())
	CheckPage(t, h.get(query("q", "燈", "topic", string(ghost))).Body.Bytes(), NotSee(".hits", ""), See(".chip", "專題：—"), See(".more a", "不加篩選"))
	CheckPage(t, h.get("/search?q=%E7%87%88&q=x&year=2026&year=1999").Body.Bytes(), Attr("#q", "value", "燈"), See(".chip", "2026"))
	CheckPage(t, h.get(query("q", "燈", "year", "2026")).Body.Bytes(), Attr(".languages a:last-child", "href", "/en"+query("q", "燈", "year", "2026")))
	if s := h.errors(); s != "" {
		t.Error(s)
	}
}

// What is taken back is gone from hits, counts, suggestions and proposals at
// once.
func TestSearchForgetsAtOnce(t *testing.T) {
	t.Parallel()
	h, topic, _ := finding(t)
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		for _, name := range []string{"cakes", "english"} {
			if _, err := press.SetState(ctx, tx, h.article[name].ID, press.Withdrawn); err != nil {
				return err
			}
		}
		return org.Rename(ctx, tx, h.orgs["medics/"].ID, org.Names{Hant: "青溪巡診隊"})
	})
	for _, path := range []string{query("q", "月餅"), query("q", "月柄"), query("q", "drgon"), query("q", "dragonboats"), query("q", "dragon")} {
		CheckPage(t, h.get(path).Body.Bytes(), NotSee(".hits", ""), NotSee(".meant", ""), NotSee(".perhaps", ""), NotSee(".tabs", ""))
	}
	CheckPage(t, h.get(query("q", "鄉親", "topic", string(topic))).Body.Bytes(), See("#f-topic option[selected]", "（2）"), NotSee("#f-org", "瀾江市"))
	for _, typed := range []string{"月餅", "dragon", "bo"} {
		if got := h.suggested("", typed); len(got) > 0 {
			t.Errorf("%s still suggests %q", typed, got)
		}
	}
	// An organisation is found by its former name, under its present one.
	CheckPage(t, h.get(query("q", "志願醫療隊", "kind", "organisation")).Body.Bytes(), Texts(".hits h2", "青溪巡診隊"))
}

// suggested reads the suggestions for what was typed, and follows each.
func (h *hall) suggested(prefix, typed string) []string {
	h.Helper()
	w := h.get(prefix + "/search/suggest?q=" + url.QueryEscape(typed))
	var list []struct{ Text, Lang, Kind, Href string }
	if err := json.Unmarshal(w.Body.Bytes(), &list); err != nil || w.Code != http.StatusOK || list == nil {
		h.Fatalf("%q: %d %s %v", typed, w.Code, w.Body, err)
	}
	if w.Header().Get("Content-Type") != "application/json" || w.Header().Get("Cache-Control") != kit.CacheNever || w.Header().Get("X-Content-Type-Options") != "nosniff" {
		h.Errorf("%q: %v", typed, w.Header())
	}
	out := []string{}
	for _, s := range list {
		if !strings.HasPrefix(s.Href, prefix+"/") {
			h.Errorf("%s leads to %s", s.Text, s.Href)
		}
		out = append(out, s.Kind+" "+s.Text)
	}
	return out
}

func TestSuggestions(t *testing.T) {
	t.Parallel()
	h, _, _ := finding(t)
	for _, tt := range []struct {
		prefix, typed string
		want          []string
	}{
		{"", "瀾江", []string{"組織 瀾江市同鄉會"}},
		{"/hans", "瀾江", []string{"组织 澜江市同乡会"}},
		{"/en", "澜江", []string{"Organisation Lanjiang City Hometown Association"}},
		{"/en", "lanj", []string{"Organisation Lanjiang City Hometown Association"}},
		{"", "lj", []string{"組織 瀾江市同鄉會"}},
		{"", "yueyuan", []string{"專題 月圓人團圓"}},
		{"/en", "full moon", []string{"Topic A full moon, a full table"}},
		{"", "燈", []string{"欄目 燈火告示"}},
		{"", "月餅", []string{"消息 雲浦縣：月餅自己烤，誰家的火候都不一樣"}},
		{"/hans", "月圓", []string{"专题 月圆人团圆", "汇编 月圆之夜，各地乡亲围坐一桌"}},
		{"/en", "contact", []string{"Page Contact the hall"}},
		{"", "還沒寫完", []string{}}, {"", "撤回的通知", []string{}}, {"", "", []string{}}, {"", "\x00", []string{}}, {"", strings.Repeat("燈", 400), []string{}}, {"", "<b>", []string{}},
	} {
		if diff := cmp.Diff(tt.want, h.suggested(tt.prefix, tt.typed)); diff != "" {
			t.Errorf("%s %.20q: %s", tt.prefix, tt.typed, diff)
		}
	}
	if w := h.get("/search/suggest"); w.Code != http.StatusOK || w.Body.String() != "[]" {
		t.Errorf("nothing typed: %d %s", w.Code, w.Body)
	}
	for path, want := range map[string]int{"/search/suggest/": 404, "/search/suggest/x": 404, "/hant/search/suggest?q=x": 301} {
		if w := h.get(path); w.Code != want {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	if w := h.ask(http.MethodPost, "/search/suggest?q=x"); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", w.Code)
	}
	h.report("hostile", "haitang/", press.ArticleParams{Title: "</script><script>alert(1)</script> 鑼鼓", PublishedOn: "2026-10-09"})
	if body := h.get("/search/suggest?q=" + url.QueryEscape("鑼鼓")).Body.String(); strings.Contains(body, "<") || !strings.Contains(body, "鑼鼓") {
		t.Errorf("a hostile title: %s", body)
	}
}
