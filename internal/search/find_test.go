package search

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/testkit"
)

func TestBothScriptsFindTheSame(t *testing.T) {
	onEach(t, func(f fixture) {
		f.put(
			Document{ID: "hant", Title: "橋頭村燈籠節", Body: "僑聯在老榕樹下開座談會，鄉親帶來了自己做的燈籠。", At: day(1)},
			Document{ID: "hans", Title: "桥头村灯笼节", Body: "侨联在老榕树下开座谈会，乡亲带来了自己做的灯笼。", At: day(2)},
			Document{ID: "other", Title: "義診", Body: "僑聯請來三位大夫。", At: day(3)},
		)
		for _, q := range []string{"僑聯 座談會", "侨联 座谈会", "座談會 侨联", "「僑聯」『座谈会』", "僑聯　座談會"} {
			if got := f.ids(Query{Text: q}); got != "hans hant" {
				f.Errorf("%s: %s", q, got)
			}
		}
		hit := f.find(Query{Text: "侨联 座谈会"}).Hits[1]
		if hit.Title != "橋頭村燈籠節" || !strings.Contains(hit.Snippet, "僑聯在老榕樹下") || hit.Kind != "article" || hit.Org != f.root || !hit.At.Equal(day(1)) {
			f.Errorf("the hit is not in its own script: %+v", hit)
		}
	})
}

func TestWhatIsFound(t *testing.T) {
	onEach(t, func(f fixture) {
		f.put(
			Document{ID: "talk", Title: "社區座談會", Body: "居民談會館的門窗。"},
			Document{ID: "near", Title: "夜談", Body: "大家座談，談會費，也談節目。"},
			Document{ID: "boston", Title: "Spring picnic", Body: "The Boston branch met at the school; a fair followed. RCEP 2026 年。"},
			Document{ID: "quote", Title: "Café", Body: "法+僑 服務窗口，It’s open. 家書抵萬金"},
		)
		for query, want := range map[string]string{
			"座談會": "talk", "座談": "near talk", "談會": "near talk", "會": "near talk", "談會館": "talk", "座談會館": "",
			"boston": "boston", "BOSTON": "boston", "ｂｏｓｔｏｎ": "boston", "bost": "", "“school a fair”": "boston", "\"a school\"": "",
			"school fair": "boston", "RCEP": "boston", "2026年": "boston", "2026年底": "", "2026": "boston", "202": "",
			"café": "quote", "cafe": "", "法+僑": "quote", "法": "quote", "僑": "quote", "家書抵萬金": "quote", "家書，抵萬金": "quote",
			"家金": "", "不在": "", "座談會 boston": "", "窗": "quote talk", "窗口。": "quote",
		} {
			got := strings.Fields(f.ids(Query{Text: query}))
			slices.Sort(got)
			if s := strings.Join(got, " "); s != want {
				f.Errorf("%s: found %q, want %q", query, s, want)
			}
		}
	})
}

// A document is one whatever its length: its terms may lie far apart, and no
// phrase is lost where it is cut.
func TestLongDocuments(t *testing.T) {
	onEach(t, func(f fixture) {
		filler := strings.Repeat("茶", 3000)
		var b strings.Builder
		for i := range 5 {
			fmt.Fprintf(&b, "%s燈謎%c。", filler, '甲'+rune(i))
		}
		endless := strings.Repeat("飯", partRunes-2) + "慈善義賣會開幕" + strings.Repeat("飯", partRunes)
		f.put(Document{ID: "long", Title: "獎學金", Body: "起點。" + b.String() + "終點。"}, Document{ID: "endless", Body: endless})
		for query, want := range map[string]string{
			"起點 終點": "long", "獎學金 終點": "long", "起點 獎學金 終點 燈謎": "long", "起點 缺席": "",
			"慈善義賣會開幕": "endless", "飯慈善": "endless", "義賣會開幕飯": "endless", "慈善 開幕": "endless", "善義": "endless", "慈善會": "",
		} {
			if got := f.ids(Query{Text: query}); got != want {
				f.Errorf("%s: found %q, want %q", query, got, want)
			}
		}
		var parts []partRow
		if err := f.db.Select(f.Context(), &parts, `SELECT p.* FROM search_part AS p JOIN search_document AS d ON d.seq = p.document WHERE d.id = 'endless' ORDER BY p.part`); err != nil {
			f.Fatal(err)
		}
		whole := ""
		for i, p := range parts {
			if n := len([]rune(p.Body)); p.Part != i || n > partRunes {
				f.Errorf("part %d has %d characters", p.Part, n)
			}
			whole += p.Body
		}
		if whole != endless {
			f.Error("the parts are not the text")
		}
	})
}

func TestOrder(t *testing.T) {
	onEach(t, func(f fixture) {
		f.put(
			Document{ID: "passing-new", Title: "近事", Body: "也提到了義診。", At: day(9)},
			Document{ID: "passing-old", Title: "舊事", Body: "也提到了義診。", At: day(1)},
			Document{ID: "often-old", Title: "大夫下鄉", Body: "義診開始。義診在祠堂。義診很受歡迎。", At: day(2)},
			Document{ID: "title-old", Title: "春季義診", Body: "來了三位大夫。", At: day(3)},
			Document{ID: "title-new", Title: "秋季義診", Body: "來了五位大夫。", At: day(8)},
			Document{ID: "undated", Title: "無日期", Body: "義診。"},
			Document{ID: "undated2", Title: "無日期", Body: "義診。"},
		)
		want := "title-new title-old often-old passing-new passing-old undated2 undated"
		if got := f.ids(Query{Text: "義診"}); got != want {
			f.Errorf("got  %s\nwant %s", got, want)
		}
		var pages []string
		for offset := 0; offset < 8; offset += 2 {
			r := f.find(Query{Text: "义诊", Limit: 2, Offset: offset})
			if r.Total != 7 {
				f.Errorf("total at %d: %d", offset, r.Total)
			}
			for _, h := range r.Hits {
				pages = append(pages, h.ID)
			}
		}
		if got := strings.Join(pages, " "); got != want {
			f.Errorf("pages: %s", got)
		}
		if r := f.find(Query{Text: "義診", Offset: 100}); len(r.Hits) != 0 || r.Total != 7 {
			f.Errorf("behind the last: %+v", r)
		}
		if r := f.find(Query{Text: "義診", Offset: -5, Limit: -1}); len(r.Hits) != 7 {
			f.Errorf("nonsense paging: %+v", r)
		}
		if h := f.find(Query{Text: "無日期"}).Hits; len(h) != 2 || !h[0].At.IsZero() {
			f.Errorf("%+v", h)
		}
	})
}

// The check of phrases and the pages agree: what is struck out is neither
// shown nor counted.
func TestPagesOfCheckedPhrases(t *testing.T) {
	onEach(t, func(f fixture) {
		var docs []Document
		for i := range 90 {
			body := "燈會上有燈謎會猜。燈謎會在晚上。"
			if i%3 == 0 {
				body = "燈謎，謎會，分開寫。"
			}
			docs = append(docs, Document{ID: fmt.Sprintf("d%02d", i), Title: "十五", Body: body, At: day(1)})
		}
		f.put(docs...)
		seen := map[string]bool{}
		for offset := 0; offset < 60; offset += 25 {
			r := f.find(Query{Text: "燈謎會", Limit: 25, Offset: offset})
			if r.Total != 60 {
				f.Errorf("total %d", r.Total)
			}
			for _, h := range r.Hits {
				seen[h.ID] = true
			}
		}
		if len(seen) != 60 || seen["d00"] || !seen["d01"] {
			f.Errorf("%d hits", len(seen))
		}
	})
}

func TestTotalIsCapped(t *testing.T) {
	onEach(t, func(f fixture) {
		docs := make([]Document, MaxTotal+20)
		for i := range docs {
			docs[i] = Document{ID: fmt.Sprint(i), Title: "茶", Body: "茶會"}
		}
		f.put(docs...)
		for _, q := range []string{"茶", "茶會", "\"茶會\""} {
			if r := f.find(Query{Text: q, Limit: 1000}); r.Total != MaxTotal || len(r.Hits) != maxLimit {
				f.Errorf("%s: total %d, %d hits", q, r.Total, len(r.Hits))
			}
		}
	})
}

func TestOnlyBelowAPath(t *testing.T) {
	onEach(t, func(f fixture) {
		lan := f.org(f.root, "lan")
		lan2 := f.org(f.root, "lan2")
		yun := f.org(lan, "yun")
		f.put(
			Document{ID: "root", Title: "茶會"}, Document{ID: "lan", Title: "茶會", Org: lan},
			Document{ID: "lan2", Title: "茶會", Org: lan2}, Document{ID: "yun", Title: "茶會", Org: yun},
		)
		for path, want := range map[string]string{
			"": "yun root lan2 lan", "/": "yun root lan2 lan", "lan/": "yun lan", "lan": "yun lan", "lan2/": "lan2", "lan/yun/": "yun", "la": "", "ghost/": "",
		} {
			if got := f.ids(Query{Text: "茶會", Path: path}); got != want {
				f.Errorf("%q: %s", path, got)
			}
		}
		if err := f.orgs.Move(f.Context(), yun, lan2, ""); err != nil {
			f.Fatal(err)
		}
		if got := f.ids(Query{Text: "茶會", Path: "lan2/"}); got != "yun lan2" {
			f.Errorf("after the move: %s", got)
		}
	})
}

func TestQueriesThatCannotBe(t *testing.T) {
	onEach(t, func(f fixture) {
		for _, q := range []string{"", " \t\n", "，。！？“”", "\x00", "\x00\x00,", "…—·", "🎉🎉", "\xff", "***", `""`, "「」"} {
			f.refused(Query{Text: q}, "search.empty_query")
		}
		f.refused(Query{Text: strings.Repeat("茶", 10000)}, "search.query_too_long")
		f.refused(Query{Text: strings.Repeat("a ", 101)}, "search.query_too_long")
		f.refused(Query{Text: "a b c d e f g h i j k l m n o p q"}, "search.too_many_words")
		f.find(Query{Text: strings.Repeat("茶", maxQuery)})
		f.find(Query{Text: strings.Repeat("a ", 100)})
	})
}

// Whatever a reader types is text, never syntax of an engine.
func TestQueriesAreNoSyntax(t *testing.T) {
	onEach(t, func(f fixture) {
		f.put(Document{ID: "x", Title: "it's near", Body: `Not or and: foo* bar^2 a\b "c:d" -茶會 O'Hara tokens`})
		for query, want := range map[string]string{
			`"`: "-", `'x`: "", `foo* bar`: "x", `foo*`: "x", `fo*`: "", `NOT foo`: "x", `foo OR missing`: "", `foo AND bar`: "x", `NEAR(foo bar)`: "",
			`tokens:foo`: "", `^foo`: "x", `foo:*`: "x", `a\b`: "x", `\`: "-", `'; DROP TABLE search_document; --`: "", `o'hara`: "x", `foo & bar`: "x",
			`!foo`: "x", `foo <-> bar`: "x", `(foo`: "x", `{foo} : bar`: "x", `?`: "-", `foo ?`: "x", `-茶會`: "x", "\ue000near": "x", "foo\x00": "x", "\u200bfoo": "x",
		} {
			if want == "-" {
				f.refused(Query{Text: query}, "search.empty_query")
				continue
			}
			if got := f.ids(Query{Text: query}); got != want {
				f.Errorf("%s: found %q, want %q", query, got, want)
			}
		}
	})
}

func TestPutReplaces(t *testing.T) {
	onEach(t, func(f fixture) {
		long := strings.Repeat("端午划船。", 2000)
		f.put(Document{ID: "a", Kind: "digest", Title: "端午", Body: long, At: day(1)}, Document{ID: "b", Title: "重陽", Body: "登高", At: day(1)})
		f.put(Document{ID: "a", Title: "中秋", Body: "賞月", At: day(2)})
		for query, want := range map[string]string{"端午": "", "划船": "", "中秋": "a", "賞月": "a", "重陽": "b"} {
			if got := f.ids(Query{Text: query}); got != want {
				f.Errorf("%s: %q", query, got)
			}
		}
		if h := f.find(Query{Text: "中秋"}).Hits[0]; h.Kind != "article" || !h.At.Equal(day(2)) {
			f.Errorf("%+v", h)
		}
		if got := f.rows(); got != "2 2 2" {
			f.Errorf("rows left: %s", got)
		}
	})
}

// rows counts documents, parts and entries of the index.
func (f fixture) rows() string {
	f.Helper()
	var n []int
	err := f.db.Select(f.Context(), &n, `SELECT n FROM (SELECT 1 AS k, COUNT(*) AS n FROM search_document
		UNION ALL SELECT 2, COUNT(*) FROM search_part UNION ALL SELECT 3, COUNT(rowid) FROM search_index) AS c ORDER BY k`)
	if err != nil {
		f.Fatal(err)
	}
	return strings.Trim(fmt.Sprint(n), "[]")
}

func TestRemoveAndClear(t *testing.T) {
	onEach(t, func(f fixture) {
		f.put(Document{ID: "a", Title: "茶會", Body: strings.Repeat("茶點。", 3000)}, Document{ID: "b", Title: "茶會"}, Document{ID: "c", Title: "茶會"})
		testkit.Tx(f, f.db, func(ctx context.Context, tx *db.Tx) error {
			if err := Remove(ctx, tx, "nothing"); err != nil {
				return err
			}
			return Remove(ctx, tx, "a")
		})
		if got := f.ids(Query{Text: "茶會"}); got != "c b" {
			f.Errorf("after removing: %s", got)
		}
		if got := f.rows(); got != "2 2 2" {
			f.Errorf("rows left: %s", got)
		}
		testkit.Tx(f, f.db, Clear)
		if got := f.rows(); got != "0 0 0" || f.ids(Query{Text: "茶會"}) != "" {
			f.Errorf("rows left: %s", got)
		}
		f.put(Document{ID: "d", Title: "茶會"})
		if got := f.ids(Query{Text: "茶會"}); got != "d" {
			f.Errorf("after clearing: %s", got)
		}
	})
}

func TestWhatNoDatabaseStores(t *testing.T) {
	onEach(t, func(f fixture) {
		f.put(Document{ID: "a", Title: "茶\x00會\xff", Body: "糕\x00點 " + strings.Repeat("x", 5000) + " '引號' \\ ?"}, Document{ID: "empty"})
		for query, want := range map[string]string{"茶會": "a", "糕點": "a", strings.Repeat("x", 200): "", "引號": "a"} {
			if got := f.ids(Query{Text: query}); got != want {
				f.Errorf("%s: %q", query, got)
			}
		}
	})
}

func TestTermsOfAQuery(t *testing.T) {
	t.Parallel()
	terms, err := parse("座談會 橋 boston 座談會 “school fair” 燈會")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, x := range terms {
		got = append(got, fmt.Sprintf("%s proved=%v %s", strings.Join(x.phrase, "|"), x.proved, expression(db.SQLite, "", x)))
	}
	want := []string{
		`座谈会 proved=false "座谈" AND "谈会"`, `桥 proved=true "桥"*`, `boston proved=true "boston"`,
		`school|fair proved=false "school" AND "fair"`, `灯会 proved=true "灯会"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := expression(db.Postgres, inTitle, terms[:2]...); got != "'\ue000座谈' & '\ue000谈会' & '\ue000桥':*" {
		t.Error(got)
	}
}

func TestReaderSearchesASnapshot(t *testing.T) {
	onEach(t, func(f fixture) {
		f.put(Document{ID: "a", Title: "茶會"})
		err := f.db.Snapshot(f.Context(), func(ctx context.Context, r db.Reader) error {
			got, err := NewReader(r).Find(ctx, Query{Text: "茶会"})
			if err != nil || len(got.Hits) != 1 {
				f.Errorf("%+v %v", got, err)
			}
			return nil
		})
		if err != nil {
			f.Fatal(err)
		}
	})
}
