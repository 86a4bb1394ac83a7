package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/search"
	"github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/web/api"
)

// hall is a small federation with something in every document.
type hall struct {
	testing.TB
	db       *db.DB
	clock    *testkit.Clock
	log      *bytes.Buffer
	site     http.Handler
	orgs     map[string]org.Organisation
	articles map[string]press.Article // by a short name
	topics   map[string]press.Topic
	pages    map[string]press.StandingPage
	column   press.Column
	token    people.Secret // of an editor's
	owner    ident.Person
	// names are the ids that documents are shown with: real ones differ from run
	// to run.
	names []string
	known map[string]int
}

// pictured is the name of a picture that the texts show, and unmade of one
// that has no public form.
var (
	pictured = strings.Repeat("0123456789abcdef", 4)
	unmade   = strings.Repeat("fedcba9876543210", 4)
)

const date = "2026-10-09"

// bare is the API over an empty database.
func bare(t testing.TB, d *db.DB, clock *testkit.Clock) *hall {
	t.Helper()
	h := &hall{
		TB: t, db: d, clock: clock, log: &bytes.Buffer{}, orgs: map[string]org.Organisation{}, articles: map[string]press.Article{},
		topics: map[string]press.Topic{}, pages: map[string]press.StandingPage{}, known: map[string]int{},
	}
	h.site = testkit.Must[*api.API](t)(api.New(api.Config{
		Org: org.NewReader(d), Press: press.NewPublic(d), Search: search.NewReader(d), Pictures: media.NewReader(d), Owners: people.NewStore(d), Judge: people.NewGuard(d),
		Logger: slog.New(slog.NewTextHandler(h.log, nil)), Now: clock.Now,
	}))
	return h
}

// newHall is the API over the furnished federation.
func newHall(t testing.TB) *hall {
	t.Helper()
	clock := testkit.NewClock(date)
	return bare(t, testkit.SQLite(t, clock), clock).furnish()
}

func (h *hall) tx(fn func(context.Context, *db.Tx) error) {
	h.Helper()
	testkit.Tx(h, h.db, fn)
}

// know gives an id the name that it has in examples.
func know[T ~string](h *hall, letter string, id T) {
	h.known[letter]++
	h.names = append(h.names, string(id), fmt.Sprintf("01kz3c9e8g%s%015d", letter, h.known[letter]))
}

// furnish fills the federation.
func (h *hall) furnish() *hall {
	h.Helper()
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		root, err := org.Init(ctx, tx, org.InitParams{
			Names:   org.Names{Hant: "青溪省同鄉聯合會", Hans: "青溪省同乡联合会", En: "Qingxi Provincial Federation of Hometown Associations"},
			BaseURL: "https://qingxi.example", Founded: "1957",
		})
		h.orgs[""] = root
		know(h, "g", root.ID)
		return err
	})
	for _, o := range []struct{ path, kind, hant, hans, en string }{
		{"lanjiang/", "city", "瀾江市同鄉會", "澜江市同乡会", "Lanjiang City Hometown Association"},
		{"heling/", "city", "鶴嶺市同鄉會", "鹤岭市同乡会", "Heling City Hometown Association"},
		{"lanjiang/yunpu/", "county", "雲浦縣同鄉會", "云浦县同乡会", ""},
		{"medics/", "affiliate", "青溪省同鄉志願醫療隊", "青溪省同乡志愿医疗队", ""},
	} {
		h.create(o.path, org.CreateParams{Kind: o.kind, Names: org.Names{Hant: o.hant, Hans: o.hans, En: o.en}})
	}
	h.tx(func(ctx context.Context, tx *db.Tx) (err error) {
		if err := org.AddLink(ctx, tx, h.orgs["medics/"].ID, h.orgs["lanjiang/"].ID, org.Affiliate); err != nil {
			return err
		}
		h.column, err = press.CreateColumn(ctx, tx, h.orgs["lanjiang/"].ID, "people", org.Names{Hant: "人物", Hans: "人物", En: "People"})
		know(h, "c", h.column.ID)
		return err
	})
	h.openTopic("moon", press.TopicParams{
		Org: h.orgs[""].ID, Slug: "moon-and-reunion", Deadline: day("2026-10-05"), AskedAt: day("2026-09-10"),
		Titles:  org.Names{Hant: "月圓人團圓", Hans: "月圆人团圆", En: "A full moon, a full table"},
		Body:    markup.FromText("請各地把中秋前後的聚會寫成短文寄來。"),
		Under:   []ident.Org{h.orgs["lanjiang/"].ID, h.orgs["heling/"].ID, h.orgs["medics/"].ID},
		Excused: map[ident.Org]string{h.orgs["medics/"].ID: "巡診未歸"},
	})
	h.keepPicture()
	h.reports()
	h.standing()
	h.makeToken()
	return h
}

// makeToken gives an editor a token.
func (h *hall) makeToken() {
	h.Helper()
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		p, err := people.Create(ctx, tx, h.orgs["lanjiang/yunpu/"].ID, org.Names{Hant: "陳美玲", Hans: "陈美玲", En: "Mei Ling Chan"}, locale.Hant)
		if err != nil {
			return err
		}
		h.owner = p.ID
		know(h, "u", p.ID)
		if err := people.CreateAccount(ctx, tx, p.ID, "meiling", ""); err != nil {
			return err
		}
		if _, err := people.Give(ctx, tx, people.GiveParams{Person: p.ID, Org: h.orgs["lanjiang/yunpu/"].ID, Role: access.Editor, Below: true}); err != nil {
			return err
		}
		t, secret, err := people.CreateToken(ctx, tx, people.Principal{Person: p.ID, Factors: people.ByPasskey}, people.TokenParams{
			Name: "網站同步", Scopes: []access.Action{access.ArticleWrite, access.OrgView}, Days: 90,
		})
		h.token = secret
		know(h, "k", t.ID)
		return err
	})
}

func (h *hall) create(path string, p org.CreateParams) {
	h.Helper()
	up := path[:strings.LastIndexByte(path[:len(path)-1], '/')+1]
	p.Parent, p.Slug = h.orgs[up].ID, strings.TrimSuffix(path[len(up):], "/")
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		o, err := org.Create(ctx, tx, p)
		h.orgs[path] = o
		know(h, "g", o.ID)
		return err
	})
}

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func (h *hall) openTopic(name string, p press.TopicParams) {
	h.Helper()
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		t, err := press.CreateTopic(ctx, tx, p)
		h.topics[name] = t
		know(h, "t", t.ID)
		return err
	})
}

// report makes an article and remembers it under a short name.
func (h *hall) report(name, path string, p press.ArticleParams) {
	h.Helper()
	p.Org = h.orgs[path].ID
	if p.State == "" {
		p.State = press.Published
	}
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		a, err := press.CreateArticle(ctx, tx, p)
		h.articles[name] = a
		know(h, "a", a.ID)
		return err
	})
	told, err := press.NewPublic(h.db).Facts(h.Context(), h.articles[name].ID)
	if err != nil {
		h.Fatal(err)
	}
	for _, f := range told {
		know(h, "f", f.ID)
	}
}

// keepPicture keeps what is known of the picture; nobody here reads its bytes.
func (h *hall) keepPicture() {
	h.Helper()
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		now, small, large := db.At(tx.Now()), strings.Repeat("1", 64), strings.Repeat("2", 64)
		for _, one := range []struct {
			query string
			args  []any
		}{
			{`INSERT INTO media_file (hash, size, mime, created_at) VALUES (?, 9, 'image/png', ?), (?, 9, 'image/jpeg', ?), (?, 9, 'image/jpeg', ?), (?, 9, 'image/png', ?)`,
				[]any{pictured, now, small, now, large, now, unmade, now}},
			{`INSERT INTO media_picture (hash, width, height, created_at) VALUES (?, 1800, 1200, ?)`, []any{pictured, now}},
			{`INSERT INTO media_variant (picture, width, height, mime, file) VALUES (?, 320, 213, 'image/jpeg', ?), (?, 1600, 1067, 'image/jpeg', ?)`,
				[]any{pictured, small, pictured, large}},
		} {
			if _, err := tx.Exec(ctx, one.query, one.args...); err != nil {
				return err
			}
		}
		return nil
	})
}

func (h *hall) reports() {
	h.Helper()
	moon := []ident.Topic{h.topics["moon"].ID}
	h.report("family", "heling/", press.ArticleParams{
		Title: "線上家書會：六個時區，一張桌子", PublishedOn: "2026-10-04", Topics: moon, Source: "鶴嶺市同鄉會", Byline: "文：方繡文",
		Body: markup.Doc{Blocks: []markup.Block{
			markup.Paragraph{Runs: []markup.Run{markup.Text("十月二日晚，鶴嶺市同鄉會辦了一場線上家書會，六個時區的鄉親輪流讀信。見"), {Text: "節目單", Href: "/heling/news/"}, markup.Text("。")}},
			markup.Figure{File: pictured, Alt: "八個人的畫面拼在一起", Caption: "讀信的人"},
			markup.Figure{File: unmade, Alt: "還沒做好的圖片"},
		}},
		Facts: []facts.Fact{{
			Date: "2026-10-02", DateText: "十月二日", PartOfDay: facts.Evening, Kind: facts.Lecture, Mode: facts.Online, Headcount: 85,
			Hosts: []string{"賀鳴皋", "方繡文"}, Quote: "六個時區的鄉親輪流讀信",
		}},
	})
	h.report("cakes", "lanjiang/yunpu/", press.ArticleParams{
		Title: "雲浦縣：月餅自己烤", PublishedOn: "2026-10-07", Topics: moon,
		Body:  markup.FromText("九月二十九日，雲浦縣同鄉會借小學的灶間烤了一天月餅，六十多位鄉親來幫手。"),
		Facts: []facts.Fact{{Date: "2026-09-29", Kind: facts.Festival, Mode: facts.InPerson, Headcount: 60, HeadcountAbout: true, Place: "小學灶間", Quote: "六十多位"}},
	})
	h.report("smith", "lanjiang/", press.ArticleParams{
		Title: "最後一個補鍋匠", PublishedOn: "2026-06-20", Column: h.column.ID, Body: markup.FromText("老街上的補鍋匠今年七十三歲。"),
	})
	h.report("smith-en", "lanjiang/", press.ArticleParams{
		Title: "The last tinker", Lang: locale.En, PublishedOn: "2026-06-21", Body: markup.FromText("The tinker of the old street is seventy-three."),
		TranslationOf: h.articles["smith"].ID,
	})
	h.report("draft", "heling/", press.ArticleParams{
		Title: "還沒寫完的稿子", State: press.Draft, PublishedOn: "2026-10-03", Topics: moon, Body: markup.FromText("秘密草稿，月圓。"),
		Facts: []facts.Fact{{Date: "2026-10-01", Kind: facts.Meeting, Mode: facts.InPerson, Headcount: 999, Quote: "秘密"}},
	})
	h.report("withdrawn", "lanjiang/", press.ArticleParams{
		Title: "撤回的通知", PublishedOn: "2026-10-02", Topics: moon, Body: markup.FromText("改期了，月圓。"),
		Facts: []facts.Fact{{Date: "2026-10-01", Kind: facts.Meeting, Mode: facts.InPerson, Headcount: 888, Quote: "改期"}},
	})
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		d, err := press.CreateDigest(ctx, tx, press.DigestParams{
			ArticleParams: press.ArticleParams{
				Org: h.orgs[""].ID, Title: "月圓之夜，各地鄉親圍坐一桌", State: press.Published, PublishedOn: "2026-10-08", Topics: moon,
				Body: markup.Doc{Blocks: []markup.Block{markup.Para("以下是各地寄來的消息。"), markup.Figure{File: pictured, Alt: "圓桌上的月餅"}}},
			},
			Sections: []press.SectionParams{
				{Article: h.articles["cakes"].ID, Heading: "雲浦縣同鄉會", Late: true},
				{Article: h.articles["family"].ID, Heading: "鶴嶺市同鄉會", Abridged: markup.FromText("一場線上家書會，讀到月亮升起。")},
				{Article: h.articles["draft"].ID, Heading: "草稿"},
				{Article: h.articles["withdrawn"].ID, Heading: "撤回"},
			},
		})
		h.articles["digest"] = d
		know(h, "a", d.ID)
		if err != nil {
			return err
		}
		_, err = press.SetState(ctx, tx, h.articles["withdrawn"].ID, press.Withdrawn)
		return err
	})
}

// standing writes the standing pages, one of them not public.
func (h *hall) standing() {
	h.Helper()
	for _, one := range []struct {
		name string
		p    press.StandingPageParams
	}{
		{"contact", press.StandingPageParams{Slug: "contact", Lang: locale.Hant, Title: "聯絡我們", Body: markup.FromText("青溪市老街一號。"), State: press.Published, Position: 1}},
		{"hidden", press.StandingPageParams{Slug: "plans", Lang: locale.Hant, Title: "未定的計畫", Body: markup.FromText("秘密計畫。"), State: press.Draft, Position: 2}},
	} {
		one.p.Org = h.orgs[""].ID
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			page, err := press.PutPage(ctx, tx, one.p)
			h.pages[one.name] = page
			know(h, "p", page.ID)
			return err
		})
	}
}

// ask sends a request.
func (h *hall) ask(method, address string, headers ...string) *httptest.ResponseRecorder {
	h.Helper()
	r := httptest.NewRequest(method, address, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	if len(headers) == 0 && strings.HasPrefix(address, "/api/v1/me") {
		r.Header.Set("Authorization", "Bearer "+string(h.token))
	}
	w := httptest.NewRecorder()
	h.site.ServeHTTP(w, r)
	return w
}

// get wants a document.
func (h *hall) get(address string) map[string]any {
	h.Helper()
	w := h.ask(http.MethodGet, address)
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/json" {
		h.Fatalf("%s: %d %s", address, w.Code, w.Body)
	}
	var doc map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil {
		h.Fatal(err)
	}
	return doc
}

// items are a list's.
func items(doc map[string]any) []map[string]any {
	list, _ := doc["items"].([]any)
	out := make([]map[string]any, 0, len(list))
	for _, one := range list {
		if item, ok := one.(map[string]any); ok {
			out = append(out, item)
		}
	}
	return out
}

// dig is the value at a path of names and numbers in a document; nil for none.
func dig(doc any, path ...any) any {
	for _, step := range path {
		switch at := step.(type) {
		case string:
			m, _ := doc.(map[string]any)
			doc = m[at]
		case int:
			l, _ := doc.([]any)
			if at >= len(l) {
				return nil
			}
			doc = l[at]
		}
	}
	return doc
}

// named replaces the ids of this run by those of the examples.
func (h *hall) named(text string) string { return strings.NewReplacer(h.names...).Replace(text) }
