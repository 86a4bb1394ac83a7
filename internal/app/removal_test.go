package app

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/picture"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/testkit"
)

// This file walks the whole site before and after an article is taken back. A
// route that is added later is walked too, as soon as anything links to it; one
// that nothing links to is named in starts.

// starts are the addresses from which the walk begins.
func starts() []string {
	out := []string{"/", "/hans/", "/en/", "/robots.txt", "/sitemap.xml", "/feed.atom", "/feed.json", "/news/feed.atom", "/api/openapi.json", "/api/v1/orgs", "/api/v1/articles"}
	for _, words := range searches() {
		for _, prefix := range []string{"", "/hans", "/en", "/api/v1"} {
			out = append(out, prefix+"/search?q="+url.QueryEscape(words))
		}
	}
	return out
}

// searches are words of the article; each finds it, and none is a whole trace
// of it, since a page of results repeats what was asked.
func searches() []string { return []string{"獨木舟第七", "試水", "蘆葦", "kestrel"} }

// traces are what must be nowhere once the article is taken back. Each sentence
// stands in one place of it alone: title, text, caption, byline and so on.
func traces(a press.Article, hash string) map[string]string {
	out := map[string]string{"id": string(a.ID), "picture": hash, "headcount": "4321", "headcount in figures": "4,321"}
	for what, text := range map[string]string{
		"title": "獨木舟第七號試水記", "body": "蘆葦叢裡驚起一隻夜鷺", "caption": "船頭漆成石榴紅", "alt": "下水那一刻的獨木舟",
		"byline": "文：秦渡仁", "source": "渡口茶棚的黑板報", "place": "石榴灣渡口", "host": "秦掌舵",
	} {
		out[what], out[what+" in simplified characters"] = text, han.ToHans(text)
	}
	return out
}

// pier is a federation in which one article is linked from everywhere.
type pier struct {
	*testing.T
	app     *App
	site    http.Handler
	article press.Article
	english press.Article
	hash    string
}

func newPier(t *testing.T) *pier {
	t.Helper()
	a, err := Open(t.Context(), Config{Dir: t.TempDir(), Clock: testkit.NewClock("2026-10-09").Now, Pictures: picture.InProcess{}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	p := &pier{T: t, app: a, site: testkit.Must[http.Handler](t)(a.Handler())}
	root, err := a.Org.Init(t.Context(), org.InitParams{Names: org.Names{Hant: "青溪省同鄉聯合會", En: "Qingxi Federation"}, BaseURL: "https://qingxi.example"})
	if err != nil {
		t.Fatal(err)
	}
	city, err := a.Org.Create(t.Context(), org.CreateParams{Parent: root.ID, Slug: "shiliu", Kind: "city", Names: org.Names{Hant: "石榴市同鄉會"}})
	if err != nil {
		t.Fatal(err)
	}
	p.publish(root, city)
	return p
}

func (p *pier) tx(fn func(context.Context, *db.Tx) error) {
	p.Helper()
	if err := p.app.db.Tx(p.Context(), fn); err != nil {
		p.Fatal(err)
	}
}

// drawing is the bytes of a picture that stands in the article alone.
func drawing() []byte {
	var b bytes.Buffer
	img := image.NewGray(image.Rect(0, 0, 64, 48))
	for i := range img.Pix {
		img.Pix[i] = uint8(i * 7)
	}
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// publish makes the article, and all around it that links to it.
func (p *pier) publish(root, city org.Organisation) {
	p.Helper()
	staged, err := p.app.media.StagePicture(p.Context(), drawing())
	if err != nil {
		p.Fatal(err)
	}
	p.hash = string(staged.Hash)
	p.tx(func(ctx context.Context, tx *db.Tx) error {
		if err := p.app.media.KeepPicture(ctx, tx, staged); err != nil {
			return err
		}
		column, err := press.CreateColumn(ctx, tx, city.ID, "boats", org.Names{Hant: "船話"})
		if err != nil {
			return err
		}
		topic, err := press.CreateTopic(ctx, tx, press.TopicParams{Org: root.ID, Slug: "water", Titles: org.Names{Hant: "水邊的事"}, Under: []ident.Org{city.ID}, Deadline: day("2026-12-01")})
		if err != nil {
			return err
		}
		around := func(title, on string) press.ArticleParams {
			return press.ArticleParams{Org: city.ID, Column: column.ID, Title: title, Body: markup.FromText("照常。"), PublishedOn: on, State: press.Published}
		}
		if _, err := press.CreateArticles(ctx, tx, []press.ArticleParams{around("之前的船", "2026-10-01"), around("之後的船", "2026-10-05"), around("更早的船", "2025-09-01")}); err != nil {
			return err
		}
		one := around("獨木舟第七號試水記", "2026-10-03")
		one.Byline, one.Source, one.Topics = "文：秦渡仁", "渡口茶棚的黑板報", []ident.Topic{topic.ID}
		one.Body = markup.Doc{Blocks: []markup.Block{markup.Para("蘆葦叢裡驚起一隻夜鷺。"), markup.Figure{File: p.hash, Alt: "下水那一刻的獨木舟", Caption: "船頭漆成石榴紅"}}}
		one.Facts = []facts.Fact{{Date: "2026-10-02", Kind: facts.Festival, Mode: facts.InPerson, Headcount: 4321, Place: "石榴灣渡口", Hosts: []string{"秦掌舵"}, Quote: "試水"}}
		if p.article, err = press.CreateArticle(ctx, tx, one); err != nil {
			return err
		}
		p.english, err = press.CreateArticle(ctx, tx, press.ArticleParams{
			Org: city.ID, Title: "The kestrel above the landing", Lang: locale.En, TranslationOf: p.article.ID, Body: markup.FromText("A kestrel hung over the landing."), PublishedOn: "2026-10-04", State: press.Published,
		})
		if err != nil {
			return err
		}
		_, err = press.CreateDigest(ctx, tx, press.DigestParams{
			ArticleParams: press.ArticleParams{Org: root.ID, Title: "水邊一月", Body: markup.FromText("以下是各地的消息。"), PublishedOn: "2026-10-08", State: press.Published, Topics: []ident.Topic{topic.ID}},
			Sections:      []press.SectionParams{{Article: p.article.ID}},
		})
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

// page is what an address answered.
type page struct {
	status int
	body   string
}

// linked finds addresses of the site in any format: in attributes of pages, in
// feeds, in sitemaps, in JSON.
var linked = regexp.MustCompile(`(?:href|src|srcset|content)=\\?"([^"\\]+)|<(?:loc|id)>([^<]+)<|"(https?://[^"\\]+|/[^"\\]*)"`)

// walk fetches the starts and everything that can be reached from them, over
// redirects too.
func (p *pier) walk(from ...string) map[string]page {
	p.Helper()
	seen := map[string]page{}
	queue := append(starts(), from...)
	for len(queue) > 0 {
		address := queue[0]
		queue = queue[1:]
		if _, known := seen[address]; known {
			continue
		}
		if len(seen) > 5000 {
			p.Fatal("the site has no end")
		}
		w := httptest.NewRecorder()
		p.site.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
		body := w.Body.String()
		seen[address] = page{w.Code, body}
		if to := w.Header().Get("Location"); to != "" {
			queue = append(queue, local(to)...)
		}
		if strings.HasPrefix(w.Header().Get("Content-Type"), "image/") || strings.HasPrefix(w.Header().Get("Content-Type"), "text/css") {
			continue
		}
		for _, m := range linked.FindAllStringSubmatch(body, -1) {
			queue = append(queue, local(m[1]+m[2]+m[3])...)
		}
	}
	return seen
}

// local are the addresses of this site in an attribute, which may list several
// with their widths; without their base and what only a browser looks at.
func local(attribute string) []string {
	var out []string
	for _, address := range strings.FieldsFunc(attribute, func(r rune) bool { return r == ' ' || r == ',' }) {
		u, err := url.Parse(strings.ReplaceAll(address, "&amp;", "&"))
		if err == nil && (u.Host == "" || u.Host == "qingxi.example") && strings.HasPrefix(u.Path, "/") {
			out = append(out, u.RequestURI())
		}
	}
	return out
}

// holding lists the addresses whose answer holds a trace.
func holding(pages map[string]page, trace string) []string {
	var out []string
	for address, one := range pages {
		if strings.Contains(one.body, trace) {
			out = append(out, address)
		}
	}
	slices.Sort(out)
	return out
}

func (p *pier) set(s press.State) {
	p.Helper()
	p.tx(func(ctx context.Context, tx *db.Tx) error {
		_, err := press.SetState(ctx, tx, p.article.ID, s)
		return err
	})
}

// What is taken back is gone at once from pages, feeds, the sitemap, the search,
// related and neighbouring articles, sums, coverage, and its picture with it; as
// a draft it is as if it never was, as withdrawn it says no more than that.
func TestTakenBackIsGoneEverywhere(t *testing.T) {
	t.Parallel()
	p := newPier(t)
	before := p.walk()
	p.hasAll(before)
	for _, c := range []struct {
		state  press.State
		status int
	}{{press.Draft, http.StatusNotFound}, {press.Withdrawn, http.StatusGone}} {
		p.set(press.Published)
		p.set(c.state)
		t.Run(string(c.state), func(t *testing.T) {
			// What was known before is asked again: nobody links to it now.
			after := p.walk(slices.Collect(maps.Keys(before))...)
			for what, trace := range traces(p.article, p.hash) {
				for _, address := range holding(after, trace) {
					if !strings.Contains(address, url.QueryEscape(trace)) && !strings.Contains(address, trace) {
						t.Errorf("%s still holds its %s", address, what)
					}
				}
			}
			for address, one := range after {
				own := strings.Contains(address, string(p.article.ID))
				if own && one.status != c.status && one.status != http.StatusMovedPermanently || strings.Contains(address, p.hash) && one.status != http.StatusNotFound {
					t.Errorf("%s answers %d", address, one.status)
				}
				if one.status >= http.StatusInternalServerError {
					t.Errorf("%s answers %d", address, one.status)
				}
			}
			if got := after["/topics/water"].body; !strings.Contains(got, "等候中") || strings.Contains(got, "已報告</span>") {
				t.Error("the topic still counts it as reported")
			}
			t.Logf("RESULT taken-back state=%s before=%d after=%d", c.state, len(before), len(after))
		})
	}
	p.set(press.Published)
	p.hasAll(p.walk())
}

// hasAll is the control: while it is out, every trace is somewhere, and the
// places from which it must go all hold it.
func (p *pier) hasAll(pages map[string]page) {
	p.Helper()
	for what, trace := range traces(p.article, p.hash) {
		if what != "headcount" && len(holding(pages, trace)) == 0 {
			p.Errorf("its %s stands nowhere while it is out", what)
		}
	}
	id := string(p.article.ID)
	for _, address := range []string{
		"/", "/shiliu/", "/news/", "/news/2026/", "/shiliu/news/", "/shiliu/news/2026/", "/shiliu/news/boats/", "/shiliu/news/boats/2026/", "/topics/water",
		"/feed.atom", "/feed.json", "/shiliu/feed.atom", "/hans/shiliu/feed.json", "/shiliu/news/boats/feed.atom", "/shiliu/news/boats/feed.json", "/topics/water/feed.atom", "/sitemap.xml",
		"/search?q=" + url.QueryEscape("試水"), "/en/search?q=" + url.QueryEscape("蘆葦"),
	} {
		if !strings.Contains(pages[address].body, id) {
			p.Errorf("%s (%d) does not hold it while it is out", address, pages[address].status)
		}
	}
	if got := pages["/media/"+p.hash]; got.status != http.StatusOK {
		p.Errorf("its picture answers %d", got.status)
	}
	links := map[string]int{}
	for address, one := range pages {
		if one.status == http.StatusOK && strings.Contains(one.body, fmt.Sprintf(`/%s"`, id)) {
			for _, part := range []string{`class="neighbours"`, `class="related"`, `class="read-in"`, `class="part-more"`, `coverage-reports`} {
				if strings.Contains(one.body, part) && !strings.Contains(address, id) {
					links[part]++
				}
			}
		}
	}
	if len(links) != 5 {
		p.Errorf("not every kind of link leads to it: %v", links)
	}
}
