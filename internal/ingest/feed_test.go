package ingest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/testkit"
)

func feedFile(t testing.TB, name string) File {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "feed", name))
	if err != nil {
		t.Fatal(err)
	}
	return File{Name: name, Data: data}
}

// entry is an entry of a feed as the tests compare it.
type entry struct{ Key, Title, On, Byline, Shelf, Text, Figures, Old string }

func TestFeeds(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]entry{
		"rss2.xml": {
			{"post:71", "書屋的燈亮了", "2019-03-02", "方繡文", "書屋", "3月1日晚，鶴嶺同鄉會在書屋舉辦讀信會，鄉親二十人參加。", "door.jpg lamp.jpg", "/2019/03/lamp.html /?p=71"},
			{"guid:https://heling.example/2019/02/note.html", "只有摘要的一則", "2019-02-02", "", "", "摘要裡也有字。", "", "/2019/02/note.html"},
		},
		"rss1.xml": {
			{"guid:https://meidu.example/a?id=5", "龍船下水", "2008-06-08", "俞春來", "", "十二條龍船下水。", "", "/a?id=5"},
		},
		"atom.xml": {
			{"guid:tag:haitang.example,2020:5", "換屆 & 茶會", "2020-05-01", "白守田、賀鳴皋", "換屆", "茶會之後投票。\nhttps://video.example/5", "", "/news/5"},
			{"guid:tag:haitang.example,2020:6", "只有更新時間", "2020-04-01", "", "", "XHTML 的字。", "", "/news/6"},
		},
		"feed.json": {
			{"guid:https://songtai.example/8", "夜裡的書屋", "2021-08-20", "俞春來", "書屋", "書屋晚上也開門。", "night.jpg", "/8"},
			{"guid:9", "第一行。第二段，沒有標題。", "2021-08-21", "", "", "第一行。\n第二段，沒有標題。", "", ""},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, _, docs := texts(t, feedFile(t, name))
			var got []entry
			for _, it := range b.Items {
				e := entry{it.Key, it.Title, it.On, it.Byline, it.Shelf, strings.TrimSpace(docs[it.Key].Text()), "", strings.Join(it.Old, " ")}
				var names []string
				for _, f := range docs[it.Key].Figures() {
					names = append(names, filepath.Base(f.Source))
				}
				e.Figures = strings.Join(names, " ")
				if it.raw.summary != strings.Contains(it.Title, "摘要") {
					t.Errorf("%s is a summary: %v", it.Title, it.raw.summary)
				}
				got = append(got, e)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAFeedMovesIn(t *testing.T) {
	t.Parallel()
	onEachHall(t, func(t *testing.T, h hall) {
		f := feedFile(t, "rss2.xml")
		f.Beside = fstest.MapFS{"img/lamp.jpg": {Data: pixel(1)}}
		got := h.takeFile(t, f, Options{Publish: true})
		if got.Outcome != Imported || len(got.Articles) != 2 || h.count(t, "press_column") != 2 {
			t.Fatalf("%s %v, %d columns", got.Outcome, got.Bundle.Tally(), h.count(t, "press_column"))
		}
		a := h.article(t, "書屋的燈亮了")
		if a.State != press.Published || a.PublishedOn != "2019-03-02" || a.Picture == "" || a.Figures != 2 {
			t.Errorf("%+v", a)
		}
		if got := h.takeFile(t, f, Options{Publish: true}); got.Outcome != Unchanged {
			t.Error(got.Outcome)
		}
		if b := got.Bundle; b.Ignored["enclosure"] != 1 || b.Ignored["duplicate"] != 1 || b.Dropped["script"] != 1 {
			t.Errorf("%v %v", b.Ignored, b.Dropped)
		}
	})
}

// A post that came whole in an export is the same post in the site's feed, and
// a feed that only has a summary does not replace it.
func TestAFeedKnowsWhatAnExportBrought(t *testing.T) {
	t.Parallel()
	h := newHall(t, testkit.SQLite(t, nil))
	export := strings.Replace(wxrHead, "<title>t</title>", "<title>鶴嶺</title><link>https://heling.example</link>", 1) + post(71, "匯出檔裡的全文。") + `</channel></rss>`
	h.takeFile(t, File{Data: []byte(export)}, Options{Publish: true})
	f := feedFile(t, "rss2.xml")
	summary := strings.Replace(string(f.Data), "content:encoded", "dropped:encoded", 2)
	h.takeFile(t, File{Name: "summary.xml", Data: []byte(summary)}, Options{Publish: true})
	if a := h.article(t, "第71篇"); !strings.Contains(a.Body.Text(), "全文") || h.count(t, "article") != 2 {
		t.Fatalf("%q, %d articles", a.Body.Text(), h.count(t, "article"))
	}
	h.takeFile(t, f, Options{Publish: true})
	if a := h.article(t, "書屋的燈亮了"); !strings.Contains(a.Body.Text(), "讀信會") || h.count(t, "article") != 2 {
		t.Fatalf("%q, %d articles", a.Body.Text(), h.count(t, "article"))
	}
}
