package portal_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	. "github.com/huiguan/huiguan/internal/testkit"
)

// ask sends one request; headers are pairs of name and value.
func (h *hall) ask(method, path string, headers ...string) *httptest.ResponseRecorder {
	h.Helper()
	r := httptest.NewRequest(method, "http://any.example"+path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.site.ServeHTTP(w, r)
	return w
}

func (h *hall) get(path string, headers ...string) *httptest.ResponseRecorder {
	h.Helper()
	return h.ask(http.MethodGet, path, headers...)
}

// errors are the lines of the log about mistakes of ours.
func (h *hall) errors() string {
	var out []string
	for line := range strings.Lines(h.log.String()) {
		if strings.Contains(line, "level=ERROR") {
			out = append(out, line)
		}
	}
	return strings.Join(out, "")
}

// pageCase is one page in one state. Its address is given without a language;
// hant, hans and en are what the page shows in each.
type pageCase struct {
	name           string
	path           string
	status         int // 0: 200
	every          []PageCheck
	hant, hans, en []PageCheck
}

// run opens the page in every language and looks at it.
func (c pageCase) run(t *testing.T, h *hall) {
	t.Helper()
	for _, v := range []struct {
		prefix, lang string
		checks       []PageCheck
	}{{"", "zh-Hant", c.hant}, {"/hans", "zh-Hans", c.hans}, {"/en", "en", c.en}} {
		t.Run(c.name+" "+v.lang, func(t *testing.T) {
			w := h.get(v.prefix + c.path)
			want := max(c.status, http.StatusOK)
			if w.Code != want {
				t.Fatalf("status %d, want %d\n%s", w.Code, want, h.errors())
			}
			if strings.Contains(w.Body.String(), "⟦") {
				t.Errorf("a message is missing: %s", w.Body)
			}
			CheckPage(t, w.Body.Bytes(), Attr("html", "lang", v.lang), Count(".languages a", 3), Attr(".languages a[aria-current]", "lang", v.lang))
			CheckPage(t, w.Body.Bytes(), c.every...)
			CheckPage(t, w.Body.Bytes(), v.checks...)
		})
	}
}

// sees joins checks, so that tables stay readable.
func sees(checks ...PageCheck) []PageCheck { return checks }

// The pages of a federation that has just been set up say what will come there.
func TestEmptyPages(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	for _, c := range []pageCase{
		{
			name: "home", path: "/",
			every: sees(Count(".empty", 3), NotSee(".totals", ""), NotSee(".news-item", "")),
			hant:  sees(See("h1", "青溪省同鄉聯合會"), See(".empty", "還沒有消息"), See(".empty", "沒有正在徵集的專題"), See(".empty", "還沒有登記")),
			hans:  sees(See("h1", "青溪省同乡联合会"), See(".empty", "还没有消息")),
			en:    sees(See("h1", "Qingxi Provincial Federation"), See(".empty", "No news yet")),
		},
		{
			name: "news", path: "/news/", every: sees(Count(".empty", 1), NotSee(".pager", ""), NotSee(".years", "")),
			hant: sees(See(".empty", "這裡還沒有消息")), en: sees(See(".empty", "No news here yet")),
		},
		{name: "a year without news", path: "/news/1999/", every: sees(See("h1", "1999"), Count(".empty", 1))},
		{name: "topics", path: "/topics/", every: sees(Count(".empty", 1)), hans: sees(See(".empty", "还没有开过专题"))},
		{
			name: "search", path: "/search", every: sees(Count("main form[role=search]", 1), Attr("meta[name=robots]", "content", "noindex"), NotSee(".hits", "")),
			en: sees(See(".empty", "Type a few words")),
		},
		{name: "search without a find", path: "/search?q=nowhere", hant: sees(See(".empty", "沒有找到「nowhere」")), en: sees(See(".empty", "Nothing was found for “nowhere”")), every: sees(Attr("#q", "value", "nowhere"))},
		{name: "search for signs", path: "/search?q=%21%21", every: sees(Count(".empty", 1)), hant: sees(See(".empty", "請輸入要找的字詞"))},
		{name: "no such organisation", path: "/nowhere/", status: 404, every: sees(See("form[role=search]", "")), hant: sees(See("h1", "找不到這一頁")), hans: sees(See("h1", "找不到这一页")), en: sees(See("h1", "This page was not found"))},
	} {
		c.run(t, h)
	}
}

// An organisation that nobody has written for.
func TestNewOrganisation(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	pageCase{
		name: "house", path: "/lanjiang/yunpu/liutang/",
		every: sees(Count(".crumbs li", 3), NotSee(".totals", ""), NotSee(".branches", ""), Count(".empty", 1)),
		hant:  sees(See("h1", "柳塘村“鄉親之家”"), See(".hero-other", "Liutang Village Hometown House"), See(".kicker", "會所"), Texts(".crumbs li", "首頁", "瀾江市同鄉會", "雲浦縣同鄉會")),
		hans:  sees(See("h1", "柳塘村“乡亲之家”")),
		en:    sees(See("h1", "Liutang Village Hometown House"), Attr(".hero-other span", "lang", "zh-Hant"), Attr(".crumbs li:last-child a", "href", "/en/lanjiang/yunpu/")),
	}.run(t, h)
}

func TestFullPages(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	for _, c := range []pageCase{
		{
			name: "home", path: "/",
			every: sees(Count(".lead-story", 1), Count(".topic-item", 1), Count(".stories-of", 4), Count(".org-names > li", 5), NotSee(".coming", ""), NotSee("main", "稿子"), NotSee("main", "撤回"), NotSee(".crumbs", "")),
			hant: sees(
				Texts(".hero .total dd", "6", "約 2,311", "5"), Texts(".branch-kind", "市級組織", "直屬團體"),
				Within(".lead-story", See("h2", "月圓之夜"), See(".feature-facts", "5 篇報導"), See(".feature-facts", "約2,145 人次")),
				Within(".topic-item", See("a", "月圓人團圓"), See(".topic-meta", "8 個組織中 2 個已報告"), See(".topic-meta", "2026年10月20日截止"), Count("svg rect", 9)),
				Within(".stories-of", See("h3", "瀾江市同鄉會"), See("li", "雲浦縣：月餅自己烤"), Count("li", 3)),
			),
			hans: sees(Attr(".lead-story h2 a", "href", "/hans"+h.address("digest")), See(".news-title", "松台县的书屋"), See(".news-meta", "松台县同乡会"), NoAttr(".news-title a:not([lang=en])", "lang")),
			en:   sees(See(".total dt", "people took part"), Attr(".lead-story h2 a", "lang", "zh-Hant"), See(".news-title a[lang=zh-Hans]", "松台县"), See(".news-meta a[lang=zh-Hant]", "海棠市同鄉會")),
		},
		{
			name: "organisation", path: "/lanjiang/",
			every: sees(Count(".news-item", 3), Count(".branches > li", 2), Count(".topic-item", 2)),
			hant:  sees(See(".kicker", "1961 年成立"), See(".totals-note", "線上線下結合 1 場"), Texts(".branch-name", "雲浦縣同鄉會", "荷堰區同鄉會")),
			en:    sees(See(".kicker", "Founded 1961"), See(".news-meta", "Baiyu Town Hometown Association"), Attr(".more a", "href", "/en/lanjiang/news/")),
		},
		{
			name: "news of all", path: "/news/",
			every: sees(Count(".month", 7), NotSee(".pager", "")),
			hant:  sees(See(".month h2", "2025年3月"), See(".tag", "匯編"), Texts(".years a", "最新", "2026", "2025", "2024"), See(".years a[aria-current]", "最新")),
			en:    sees(See(".month h2", "March 2025")),
		},
		{name: "news of a year", path: "/lanjiang/news/2025/", every: sees(Count(".news-item", 1), See(".years a[aria-current]", "2025")), hans: sees(See("h1", "2025 年"), See(".of", "澜江市同乡会"))},
		{
			name: "article", path: h.address("clinic"),
			every: sees(
				Count(".told ol > li", 2), Count(".prose figure", 2), Attr(".prose img", "src", "/media/"+string(h.picture)), Attr(".prose img", "width", "480"), Attr(".prose img", "height", "270"),
				Attr(`.prose a`, "rel", "nofollow noopener"), Count(".prose table", 1), Attr("time", "datetime", "2025-03-10"), NotSee(".byline", "Source"),
			),
			hant: sees(
				See("h1", "石板街上排起三條隊"), See(".prose span[role=img]", "圖片 · 未收到"), See(".told", "126 人"), See(".told", "2025年3月9日至11日"), See(".told", "約 40 人"),
				See(".told", "2025年3月8日上午"), See(".told", "石板街老茶館"), See(".byline", "文：白小滿"), NotSee(".byline", "來源"),
			),
			hans: sees(See("h1", "医疗队来了"), See(".prose", "面包车"), Attr(".prose img", "alt", "老茶馆的屋顶"), See("figcaption", "义诊"), NoAttr(".prose", "lang"), See(".told dd", "石板街老茶馆")),
			en: sees(
				Attr("h1 span", "lang", "zh-Hant"), Attr(".prose", "lang", "zh-Hant"), See(".prose", "麵包車"), See(".prose span[role=img]", "Picture · not received"),
				See(".told", "8 March 2025, morning"), See(".told", "9 to 11 March 2025"), See(".told", "about 40"), See(".told-kind", "Clinic"),
			),
		},
		{
			name: "article in a topic and a digest", path: h.address("online"),
			hant: sees(See("#in-topics + ul a", "月圓人團圓"), Attr("#carried + ul a", "href", h.address("digest")+"#r-"+string(h.article["online"].ID)), See(".told", "賀鳴皋、方繡文"), NotSee(".neighbours", "")),
			en:   sees(See("#in-topics + ul a", "A full moon, a full table")),
		},
		{name: "article with neighbours", path: h.address("lantern"), every: sees(NotSee(".neighbours", ""))},
		{name: "article without a text", path: h.address("bare"), every: sees(Count(".empty", 1), NotSee(".told", "")), hant: sees(See(".empty", "只有標題"))},
		{name: "article in English", path: h.address("english"), hant: sees(Attr(".prose", "lang", "en"), Attr("h1 span", "lang", "en")), en: sees(NoAttr(".prose", "lang"), NoAttr("h1 span", "lang"))},
		{name: "article in simplified characters", path: h.address("library"), hant: sees(See("h1", "松臺縣的書屋"), NoAttr(".prose", "lang"), See(".told", "這個月")), hans: sees(See("h1", "松台县的书屋")), en: sees(Attr(".prose", "lang", "zh-Hans"))},
		{
			name: "digest", path: h.address("digest"),
			every: sees(
				Count(".part", 5), Count(".contents li", 5), Attr(".contents a", "href", "#r-"+string(h.article["lantern"].ID)),
				Within(".part:nth-of-type(3)", Count(".tag-late", 1)), Within(".part:last-of-type", Count(".empty", 1)),
			),
			hant: sees(
				See(".lead", "各地寄來的消息"), See(".byline", "來源：各地同鄉會"), Texts(".totals dd", "3", "約 2,145", "3"), Texts(".part h2 a", "瀾江市同鄉會", "鶴嶺市同鄉會", "瀾江雲浦縣同鄉會", "梅渡市同鄉會", "海棠市同鄉會"), Attr(".part:nth-of-type(4) .prose", "lang", "en"),
				See(".part:nth-of-type(2) .prose", "讀到月亮升起"), See(".part:nth-of-type(2) .told-lines", "85 人"), See(".part:nth-of-type(2) .part-more a", "線上家書會"),
			),
			hans: sees(See(".part h2 a", "澜江市同乡会"), See(".part h2 a", "澜江云浦县同乡会")),
			en:   sees(See(".part h2 a", "Lanjiang City Hometown Association"), See(".part h2 a[lang=zh-Hant]", "瀾江雲浦縣同鄉會"), See(".tag-late", "Late report"), NoAttr(".part:nth-of-type(4) .prose", "lang")),
		},
		{
			name: "topics", path: "/topics/",
			every: sees(Count(".topic-item", 2)),
			hant:  sees(See("#open", "正在徵集"), See("#closed", "已結束"), See("section[aria-labelledby=closed]", "村裡的書屋")),
		},
		{
			name: "topic that runs", path: "/topics/moon-and-reunion",
			every: sees(
				Count(".coverage-table tbody tr", 9), Count(".coverage-table .in-0", 4), Count(".coverage-table .in-2", 2), Count(".coverage-table .state-mark", 9), Count(".legend .state-mark", 3), Count(".board-list .state-mark", 9), Count(".board-node", 9), Count("svg.strip rect", 9),
				Attr(".coverage-table", "role", "table"),
			),
			hant: sees(
				See(".coverage-progress", "8 個組織中 2 個已報告"), Texts(".legend li", "全部 9", "已報告 2", "等候中 6", "免報 1"), See(".state-note", "巡診未歸"),
				Within(".coverage-table tbody tr:nth-child(2)", See("th", "雲浦縣同鄉會"), See(".state", "已報告"), Attr("time", "datetime", "2026-10-01"), Attr("td:last-child a", "href", h.address("cakes"))),
				See("section[aria-labelledby=digests]", "月圓之夜"), See(".prose", "照片每篇不超過三張"),
			),
			en: sees(Attr(".state-note span", "lang", "zh-Hant"), See(".legend", "Awaited"), Attr(".prose", "lang", "zh-Hant")),
		},
		{
			name: "topic that is over", path: "/topics/village-libraries",
			hant: sees(See(".byline", "已結束"), See(".legend", "未報告 6"), See(".legend", "已報告 1")),
			en:   sees(See(".legend", "Silent 6")),
		},
		{
			name: "search", path: "/search?q=%E6%9C%88%E9%A4%85",
			every: sees(Count(".hits > li", 1), Count(".hits mark", 1)),
			hant:  sees(Texts(".hits mark", "月餅"), Attr(".hits h2 a", "href", h.address("cakes")), See(".hits .news-summary", "烤了一天月餅，六十多位"), See(".found", "找到 1 項"), See(".tag", "消息")),
			hans:  sees(Texts(".hits mark", "月饼"), See(".hits .news-summary", "烤了一天月饼，六十多位"), Attr(".hits h2 a", "href", "/hans"+h.address("cakes"))),
			en:    sees(Attr(".hits .news-summary", "lang", "zh-Hant"), See(".found", "1 found")),
		},
	} {
		c.run(t, h)
	}
}
