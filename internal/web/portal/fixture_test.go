package portal_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/picture"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/search"
	"github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/web/portal"
)

// hall is a federation with something on every page.
type hall struct {
	testing.TB
	db      *db.DB
	clock   *testkit.Clock
	media   *media.Store
	log     *bytes.Buffer
	site    http.Handler
	orgs    map[string]org.Organisation
	article map[string]press.Article // by a short name
	picture media.Hash
	hidden  media.Hash // a picture that only a draft shows
	page    media.Hash // no picture at all, but a published article names it
}

// bare is a portal over an empty database.
func bare(t testing.TB) *hall {
	t.Helper()
	clock := testkit.NewClock("2026-10-09")
	store, err := media.Open(t.TempDir(), media.WithMaker(picture.InProcess{}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	h := &hall{
		TB: t, db: testkit.SQLite(t, clock), clock: clock, media: store, log: &bytes.Buffer{},
		orgs: map[string]org.Organisation{}, article: map[string]press.Article{},
	}
	h.db.BeforeCommit(search.FollowOrganisations)
	h.site = testkit.Must[*portal.Portal](h)(portal.New(portal.Config{
		Holders: people.NewStore(h.db), Org: org.NewReader(h.db), Press: press.NewPublic(h.db), Search: search.NewReader(h.db), Media: store, Pictures: media.NewReader(h.db),
		Logger: slog.New(slog.NewTextHandler(h.log, nil)), Now: clock.Now,
	}))
	return h
}

// newHall sets up the federation alone.
func newHall(t testing.TB) *hall {
	t.Helper()
	h := bare(t)
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		root, err := org.Init(ctx, tx, org.InitParams{
			Names:   org.Names{Hant: "青溪省同鄉聯合會", Hans: "青溪省同乡联合会", En: "Qingxi Provincial Federation of Hometown Associations"},
			BaseURL: "https://qingxi.example", Founded: "1957",
		})
		h.orgs[""] = root
		return err
	})
	return h
}

func (h *hall) tx(fn func(context.Context, *db.Tx) error) {
	h.Helper()
	testkit.Tx(h, h.db, fn)
}

// furnish fills the federation: organisations, reports, topics, a digest.
func (h *hall) furnish() *hall {
	h.Helper()
	for _, o := range []struct{ path, kind, hant, hans, en, founded string }{
		{"lanjiang/", "city", "瀾江市同鄉會", "澜江市同乡会", "Lanjiang City Hometown Association", "1961"},
		{"heling/", "city", "鶴嶺市同鄉會", "鹤岭市同乡会", "Heling City Hometown Association", "1963-04"},
		{"haitang/", "city", "海棠市同鄉會", "海棠市同乡会", "", ""},
		{"meidu/", "city", "梅渡市同鄉會", "梅渡市同乡会", "Meidu City Hometown Association", "1984"},
		{"medics/", "affiliate", "青溪省同鄉志願醫療隊", "青溪省同乡志愿医疗队", "Qingxi Volunteer Medical Team", ""},
		{"lanjiang/yunpu/", "county", "雲浦縣同鄉會", "云浦县同乡会", "Yunpu County Hometown Association", ""},
		{"lanjiang/heyan/", "county", "荷堰區同鄉會", "荷堰区同乡会", "Heyan District Hometown Association", ""},
		{"lanjiang/yunpu/baiyu/", "town", "白榆鎮同鄉會", "白榆镇同乡会", "Baiyu Town Hometown Association", ""},
		{"lanjiang/yunpu/liutang/", "house", "柳塘村“鄉親之家”", "柳塘村“乡亲之家”", "Liutang Village Hometown House", ""},
		{"heling/songtai/", "county", "松臺縣同鄉會", "松台县同乡会", "Songtai County Hometown Association", ""},
	} {
		h.create(o.path, org.CreateParams{Kind: o.kind, Names: org.Names{Hant: o.hant, Hans: o.hans, En: o.en}, Founded: o.founded})
	}
	h.picture, h.hidden, h.page = h.keepPicture(drawing(480, 270)), h.keepPicture(append(drawing(480, 270), 0)), h.keep([]byte("<script>alert(1)</script>"), "image/png")
	moon, books := h.topics()
	h.reports(moon, books)
	h.digest(moon)
	return h
}

func (h *hall) create(path string, p org.CreateParams) {
	h.Helper()
	up := path[:strings.LastIndexByte(path[:len(path)-1], '/')+1]
	p.Parent, p.Slug = h.orgs[up].ID, strings.TrimSuffix(path[len(up):], "/")
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		o, err := org.Create(ctx, tx, p)
		h.orgs[path] = o
		return err
	})
}

// drawing is a picture of a hall's roof line.
func drawing(w, high int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, w, high))
	for y := range high {
		for x := range w {
			c := [4]uint8{214, uint8(196 - y*68/high), uint8(160 - y*54/high), 255}
			if roof := high*5/9 + (x-w/2)*(x-w/2)*high/w/500; y > roof {
				c = [4]uint8{122, 60, 48, 255}
			}
			copy(img.Pix[y*img.Stride+4*x:], c[:])
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func (h *hall) keepPicture(data []byte) media.Hash {
	h.Helper()
	staged, err := h.media.StagePicture(h.Context(), data)
	if err != nil {
		h.Fatal(err)
	}
	h.tx(func(ctx context.Context, tx *db.Tx) error { return h.media.KeepPicture(ctx, tx, staged) })
	return staged.Hash
}

func (h *hall) keep(data []byte, mime string) media.Hash {
	h.Helper()
	staged, err := h.media.Stage(data, mime)
	if err != nil {
		h.Fatal(err)
	}
	h.tx(func(ctx context.Context, tx *db.Tx) error { return h.media.Keep(ctx, tx, staged) })
	return staged.Hash
}

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

// topics opens one topic that runs and one that is over.
func (h *hall) topics() (moon, books ident.Topic) {
	h.Helper()
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		t, err := press.CreateTopic(ctx, tx, press.TopicParams{
			Org: h.orgs[""].ID, Slug: "moon-and-reunion", Deadline: day("2026-10-20"),
			Titles:  org.Names{Hant: "月圓人團圓", Hans: "月圆人团圆", En: "A full moon, a full table"},
			Body:    markup.FromText("請各地把中秋前後的聚會寫成短文寄來：在哪裡辦、來了多少人、有什麼值得記住的事。\n\n照片每篇不超過三張。"),
			Under:   []ident.Org{h.orgs["lanjiang/"].ID, h.orgs["heling/"].ID, h.orgs["haitang/"].ID, h.orgs["medics/"].ID},
			Excused: map[ident.Org]string{h.orgs["medics/"].ID: "巡診未歸"},
		})
		if err != nil {
			return err
		}
		moon = t.ID
		t, err = press.CreateTopic(ctx, tx, press.TopicParams{
			Org: h.orgs[""].ID, Slug: "village-libraries", Deadline: day("2026-09-01"),
			Titles: org.Names{Hant: "村裡的書屋", Hans: "村里的书屋", En: "Village libraries"},
			Body:   markup.FromText("哪個村的書屋開著門？請寫幾句。"),
			Under:  []ident.Org{h.orgs["lanjiang/"].ID, h.orgs["heling/"].ID},
		})
		books = t.ID
		return err
	})
	return moon, books
}

// report publishes one article and remembers it under a short name.
func (h *hall) report(name, path string, p press.ArticleParams) {
	h.Helper()
	p.Org = h.orgs[path].ID
	if p.State == "" {
		p.State = press.Published
	}
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		a, err := press.CreateArticle(ctx, tx, p)
		h.article[name] = a
		return err
	})
}

// long is a text long enough to scroll.
func (h *hall) long() markup.Doc {
	doc := markup.FromText(strings.Join([]string{
		"三月八日上午，志願醫療隊的麵包車還沒停穩，白榆鎮的石板街上已經排起三條隊：看眼睛的、看膝蓋的，還有看“說不清哪裡不舒服”的。這次義診由鎮同鄉會和醫療隊一起辦，來了11位醫生護士，從早上八點看到下午一點。",
		"看眼睛的那條隊最長。醫療隊帶來一臺便攜眼底相機，一個上午查出需要進一步治療的白內障9人，當場約好縣醫院的床位，來回車費由同鄉會承擔。排在隊尾的老人家說，這條街上一次這麼熱鬧，是元宵節舞龍那一晚。",
	}, "\n\n"))
	doc.Blocks = append(doc.Blocks,
		markup.Figure{File: string(h.picture), Alt: "老茶館的屋頂", Caption: "義診就設在老茶館裡"},
		markup.Heading{Level: 2, Runs: []markup.Run{markup.Text("下一次什麼時候來")}},
		markup.Para("藥按方子現配，夠吃兩個星期；吃完由鎮同鄉會每逢趕集日代取。下一次醫療隊六月再來，地點改在榆蔭村的祠堂，山上的鄉親少走八里路。"),
		markup.Figure{},
		markup.List{Items: [][]markup.Block{{markup.Para("帶上身分證和以前的病歷")}, {markup.Para("前一晚十點後不要吃東西")}}},
		markup.Quote{Blocks: []markup.Block{markup.Para("醫生把關節怎麼活動畫成三張圖，我貼在灶頭上，每天照著做。")}},
		markup.Table{Caption: "各科看診人數", Rows: [][]markup.Cell{
			{{Header: true, Runs: []markup.Run{markup.Text("科別")}}, {Header: true, Runs: []markup.Run{markup.Text("人數")}}},
			{{Runs: []markup.Run{markup.Text("眼科")}}, {Runs: []markup.Run{markup.Text("58")}}},
			{{Runs: []markup.Run{markup.Text("骨科")}}, {Runs: []markup.Run{markup.Text("41")}}},
		}},
		markup.Paragraph{Runs: []markup.Run{markup.Text("路線可以看"), {Text: "縣裡的交通網頁", Href: "https://transport.example/yunpu"}, markup.Text("。")}},
	)
	return doc
}

// reports publishes what the branches sent.
func (h *hall) reports(moon, books ident.Topic) {
	h.Helper()
	h.report("clinic", "lanjiang/yunpu/baiyu/", press.ArticleParams{
		Title: "醫療隊來了，白榆鎮的石板街上排起三條隊", Body: h.long(), PublishedOn: "2025-03-10", Source: "白榆鎮同鄉會", Byline: "文：白小滿　圖：俞春來",
		Facts: []facts.Fact{
			{Date: "2025-03-08", DateText: "三月八日", PartOfDay: facts.Morning, Kind: facts.Clinic, Mode: facts.InPerson, Headcount: 126, Hosts: []string{"白守田"}, Place: "石板街老茶館", Quote: "前來看診的鄉親有126人"},
			{Date: "2025-03-09", End: "2025-03-11", DateText: "九日至十一日", Kind: facts.Visit, Mode: facts.InPerson, Headcount: 40, HeadcountAbout: true, Quote: "上門走訪四十來戶"},
		},
	})
	h.report("lantern", "lanjiang/", press.ArticleParams{
		Title: "元宵燈會：一條江，三百盞燈", Body: markup.FromText("正月十五晚上，江邊掛起三百盞燈，來看燈的鄉親約有兩千人。\n\n圖片\n\n燈是九個社團各做各的，最大的一盞是鯉魚，要六個人抬。"), PublishedOn: "2026-03-04",
		Facts: []facts.Fact{{Date: "2026-03-03", DateText: "正月十五", PartOfDay: facts.Evening, Kind: facts.Festival, Mode: facts.InPerson, Headcount: 2000, HeadcountAbout: true, Place: "瀾江東岸", Quote: "約有兩千人"}},
	})
	h.report("library", "heling/songtai/", press.ArticleParams{
		Title: "松台县的书屋，晚上也亮着灯", Lang: locale.Hans, Body: markup.FromText("松台县的三间书屋从这个月起晚上也开门。"), PublishedOn: "2026-08-20", Topics: []ident.Topic{books},
		Facts: []facts.Fact{{DateText: "这个月", Kind: facts.Activity, Mode: facts.Unknown, Quote: "晚上也开门"}},
	})
	h.report("online", "heling/", press.ArticleParams{
		Title: "線上家書會：六個時區，一張桌子", Body: markup.FromText("十月二日晚，鶴嶺市同鄉會辦了一場線上家書會，六個時區的鄉親輪流讀信。"), PublishedOn: "2026-10-04", Topics: []ident.Topic{moon},
		Facts: []facts.Fact{{Date: "2026-10-02", PartOfDay: facts.Evening, Kind: facts.Lecture, Mode: facts.Online, Headcount: 85, Hosts: []string{"賀鳴皋", "方繡文"}, Quote: "六個時區"}},
	})
	h.report("cakes", "lanjiang/yunpu/", press.ArticleParams{
		Title: "雲浦縣：月餅自己烤，誰家的火候都不一樣", Body: markup.FromText("九月二十九日，雲浦縣同鄉會借小學的灶間烤了一天月餅，六十多位鄉親來幫手。"), PublishedOn: "2026-10-01", Topics: []ident.Topic{moon},
		Facts: []facts.Fact{{Date: "2026-09-29", Kind: facts.Festival, Mode: facts.Hybrid, Headcount: 60, HeadcountAbout: true, Quote: "六十多位"}},
	})
	h.report("english", "meidu/", press.ArticleParams{
		Title: "Dragon boats raced under a grey sky", Lang: locale.En, Body: markup.FromText("Twelve boats raced on the Meidu reach this June.\n\nThe youngest crew, all from one school, came third."), PublishedOn: "2026-06-20",
	})
	h.report("bare", "haitang/", press.ArticleParams{Title: "換屆通告", PublishedOn: "2026-09-12"})
	h.report("draft", "haitang/", press.ArticleParams{Title: "還沒寫完的稿子", State: press.Draft, PublishedOn: "2026-09-20",
		Body: markup.Doc{Blocks: []markup.Block{markup.Para("草稿"), markup.Figure{File: string(h.hidden)}}}})
	h.report("withdrawn", "haitang/", press.ArticleParams{Title: "撤回的通知", PublishedOn: "2026-09-13", Body: markup.FromText("改期了。")})
	h.report("attachment", "meidu/", press.ArticleParams{Title: "名冊一份", PublishedOn: "2024-01-05", Body: markup.Doc{Blocks: []markup.Block{markup.Para("見附件。"), markup.Figure{File: string(h.page)}}}})
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		_, err := press.SetState(ctx, tx, h.article["withdrawn"].ID, press.Withdrawn)
		return err
	})
}

// digest compiles what came in for the topic.
func (h *hall) digest(topic ident.Topic) {
	h.Helper()
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		d, err := press.CreateDigest(ctx, tx, press.DigestParams{
			ArticleParams: press.ArticleParams{
				Org: h.orgs[""].ID, Title: "月圓之夜，各地鄉親圍坐一桌", State: press.Published, PublishedOn: "2026-10-08", Source: "各地同鄉會", Topics: []ident.Topic{topic},
				Body: markup.FromText("今年中秋前後，各地同鄉會在祠堂、學校灶間和螢幕前辦了大大小小的聚會。以下是各地寄來的消息。"),
			},
			Sections: []press.SectionParams{
				{Article: h.article["lantern"].ID, Heading: "瀾江市同鄉會"},
				{Article: h.article["online"].ID, Heading: "鶴嶺市同鄉會", Abridged: markup.FromText("一場線上家書會，六個時區的鄉親輪流讀信，讀到月亮升起。")},
				{Article: h.article["cakes"].ID, Heading: "瀾江雲浦縣同鄉會", Late: true},
				{Article: h.article["english"].ID},
				{Article: h.article["bare"].ID, Heading: "海棠市同鄉會"},
			},
		})
		h.article["digest"] = d
		return err
	})
}

// address is where an article stands.
func (h *hall) address(name string) string {
	h.Helper()
	a, ok := h.article[name]
	if !ok {
		h.Fatalf("no article %q", name)
	}
	for path, o := range h.orgs {
		if o.ID == a.Org {
			return press.Address(path, a)
		}
	}
	return ""
}

// many publishes n short reports, one each day.
func (h *hall) many(path string, n int) {
	h.Helper()
	list := make([]press.ArticleParams, 0, n)
	for i := range n {
		list = append(list, press.ArticleParams{
			Org: h.orgs[path].ID, Title: fmt.Sprintf("例會第%d次", i+1), State: press.Published,
			PublishedOn: day("2023-01-01").AddDate(0, 0, i).Format(time.DateOnly), Body: markup.FromText("照常開會，照常喝茶。"),
		})
	}
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		_, err := press.CreateArticles(ctx, tx, list)
		return err
	})
}

// breakDatabase makes every further query fail.
func (h *hall) breakDatabase() {
	h.Helper()
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `ALTER TABLE federation RENAME TO federation_lost`)
		return err
	})
}
