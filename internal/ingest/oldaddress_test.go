package ingest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/testkit"
)

func TestOldKey(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"http://a.example/2012/01/hello/":        "/2012/01/hello",
		"/2012/01/Hello-World.HTML":              "/2012/01/hello-world.html",
		"/%E6%B6%88%E6%81%AF/":                   "/消息",
		"https://a.example/?p=12":                "/?p=12",
		"https://a.example/index.php?p=12":       "/?p=12",
		"/show.asp?id=7&class=2":                 "/show.asp?class=2&id=7",
		"/a?utm_source=x&fbclid=1&id=3":          "/a?id=3",
		"//a.example//b//c/":                     "/b/c",
		"/a/../b":                                "/b",
		"http://a.example/":                      "",
		"":                                       "",
		"javascript:alert(1)":                    "",
		"mailto:a@b.example":                     "",
		"/a%00b":                                 "",
		"/" + strings.Repeat("x", maxOldAddress): "",
		"/%ff":                                   "",
		"/ok#part":                               "/ok",
		"/?" + strings.Repeat("a=b&", 5000) + "p=1": "/?" + strings.TrimSuffix(strings.Repeat("a=b&", 12), "&"),
	} {
		got, ok := OldKey(raw)
		if got != want || ok != (want != "") {
			t.Errorf("%.80s: %q", raw, got)
		}
	}
}

func TestOldAddressesLeadOn(t *testing.T) {
	t.Parallel()
	onEachHall(t, func(t *testing.T, h hall) {
		h.takeFile(t, oldSite(t), Options{Publish: true})
		old := NewOldAddresses(h.db)
		lantern, private := "/a/"+string(h.article(t, "元宵燈會").ID), "/a/"+string(h.article(t, "私密一篇").ID)
		for _, tt := range []struct{ path, query, want string }{
			{"/site/2012/01/05/lantern/", "", lantern},
			{"/site/2012/01/05/LANTERN", "", lantern},
			{"/site/2012/01/05/lantern/", "fbclid=1&x=2", lantern},
			{"/site/", "p=10", lantern},
			{"/site/", "p=10&replytocom=3", lantern},
			{"/site/index.php", "p=10", ""},
			{"/site/", "", ""},
			{"/", "p=10", ""},
			{"/site/", "attachment_id=101", lantern},
			{"/site/2012/01/05/secret/", "", private}, // it answers for itself
			{"/site/about/contact/", "", "/about/about-contact"},
			{"/site/", "page_id=31", "/about/about-contact"},
			{"/site/章程/", "", "/about/zhangcheng"},
			{"/site/members/", "", ""}, // not public
			{"/site/category/消息/festivals/", "", "/news/festivals/"},
			{"/site/category/festivals", "", "/news/festivals/"},
			{"/site/", "cat=2", "/news/xiaoxi/"},
			{"/nowhere", "", ""},
			{"/site/2012/01/05/later/", "p=99", "/a/" + string(h.article(t, "以後再發").ID)},
		} {
			got, ok, err := old.OldAddress(t.Context(), tt.path, tt.query)
			if err != nil || got != tt.want || ok != (tt.want != "") {
				t.Errorf("%s?%s: %q %v %v", tt.path, tt.query, got, ok, err)
			}
		}
	})
}

func TestRedirectLists(t *testing.T) {
	t.Parallel()
	onEachHall(t, func(t *testing.T, h hall) {
		if err := org.NewStore(h.db).SetBaseURL(t.Context(), "https://qingxi.example"); err != nil {
			t.Fatal(err)
		}
		h.take(t, digest, Options{CreateOrgs: true, Publish: true})
		id := string(h.article(t, "各地同鄉會迎元宵").ID)
		list := strings.Join([]string{
			"old,new",
			"/show.asp?id=7,/a/" + id,
			"http://old.example/town/,/lanjiang/yunpu/",
			"/abs/,https://qingxi.example/lanjiang/news/",
			"/deep,/news/2025/02/" + id,
			"",
			"/evil,https://evil.example/",
			"/evil2,//evil.example/",
			"/evil3,/\\evil.example",
			"/evil4,javascript:alert(1)",
			"/gone,/a/01hx0000000000000000000000",
			"/gone2,/nowhere/",
			"/,/lanjiang/",
			"/only-one",
			"/three,/lanjiang/,x",
			"/town,/lanjiang/",
			"/lanjiang/,/lanjiang/",
			"/trap,/lanjiang/../../x",
			`"/quoted, with comma",/lanjiang/`,
		}, "\r\n")
		good, bad, err := h.importer.ReadRedirects(t.Context(), []byte(list))
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, b := range bad {
			lines = append(lines, fmt.Sprintf("%d %s", b.Line, strings.TrimPrefix(b.Key, "ingest.redirect_")))
		}
		want := []string{"7 new", "8 new", "9 new", "10 new", "11 missing", "12 missing", "13 old", "14 columns", "15 columns", "16 twice", "17 itself", "18 new"}
		if diff := cmp.Diff(want, lines); diff != "" {
			t.Error(diff)
		}
		if len(good) != 5 || h.count(t, "old_address") != 0 {
			t.Fatalf("%d good lines, %d kept before they were applied", len(good), h.count(t, "old_address"))
		}
		for range 2 {
			if err := h.importer.StoreRedirects(t.Context(), good); err != nil {
				t.Fatal(err)
			}
		}
		old := NewOldAddresses(h.db)
		for path, want := range map[string]string{"/show.asp?id=7": "/a/" + id, "/town": "/lanjiang/yunpu/", "/abs": "/lanjiang/news/", "/deep": "/a/" + id, "/quoted, with comma": "/lanjiang/"} {
			p, q, _ := strings.Cut(path, "?")
			if got, _, err := old.OldAddress(t.Context(), p, q); err != nil || got != want {
				t.Errorf("%s: %q %v", path, got, err)
			}
		}
		rows, err := old.List(t.Context())
		if err != nil || len(rows) != 5 || rows[0].Old != "/abs" || rows[1].Kind != "article" {
			t.Errorf("%+v %v", rows, err)
		}
		// What a person said stays when an import says otherwise.
		moved := strings.ReplaceAll(string(manyPosts(1)), "http://many.example/?p=1<", "http://many.example/town/<")
		h.takeFile(t, File{Name: "m.xml", Data: []byte(moved)}, Options{Publish: true})
		if got, _, err := old.OldAddress(t.Context(), "/town/", ""); err != nil || got != "/lanjiang/yunpu/" {
			t.Errorf("%q %v", got, err)
		}
	})
}

func TestRedirectListsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	h := newHall(t, testkit.SQLite(t, nil))
	for _, data := range []string{"", "\x00\x01\x02\x03\x04"} {
		if _, _, err := h.importer.ReadRedirects(t.Context(), []byte(data)); err == nil {
			t.Errorf("%q was read", data)
		}
	}
	good, bad, err := h.importer.ReadRedirects(t.Context(), []byte("/a\t/news/\n/b\t/topics/\n"))
	if err != nil || len(good) != 2 || len(bad) != 0 {
		t.Errorf("tabs: %v %v %v", good, bad, err)
	}
}
