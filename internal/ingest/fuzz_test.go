package ingest

import (
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// FuzzRead holds what every file must keep: no panic, valid text without NULs,
// and facts quoted from the text.
func FuzzRead(f *testing.F) {
	f.Add("a.txt", []byte(digest))
	f.Add("a.html", []byte("<title>t</title><div>時間：2025-02-20</div><p>2月12日，同鄉會舉辦燈會，鄉親85人參加。</p>"))
	f.Add("a.txt", []byte("\xff\xfe\x00\x4e"))
	f.Add("", []byte("\xb0\xa1\xb0\xa2，。"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		doc, err := ReadDocument(File{Name: name, Data: data}, Limits{Bytes: 1 << 20, Sections: 50})
		if err != nil {
			return
		}
		r, err := ReadIn(doc, NewTree(), "")
		if err != nil {
			return
		}
		for _, s := range r.Sections {
			text := s.Body.Text()
			if !utf8.ValidString(text) || strings.Contains(text, "\x00") || !utf8.ValidString(r.Title) {
				t.Fatalf("invalid text: %q", text)
			}
			for _, fact := range s.Facts {
				if !strings.Contains(text, fact.Quote) {
					t.Fatalf("%q is not in %q", fact.Quote, text)
				}
			}
		}
	})
}

// fuzzLimits keep one input cheap.
func fuzzLimits() Limits {
	l := DefaultLimits()
	l.Bundle, l.Items, l.Item, l.Tokens, l.Shelves = 1<<20, 50, 64<<10, 20_000, 20
	return l
}

// readAll reads a bundle and all its items, and checks what every one keeps: valid
// text, a title, and nothing of HTML that markup does not know.
func readAll(t *testing.T, data []byte) {
	t.Helper()
	b, ok, err := ReadBundle(File{Name: "x.xml", Data: data}, fuzzLimits(), time.UTC)
	if err != nil || !ok {
		return
	}
	for i := range b.Items {
		it := &b.Items[i]
		doc, err := b.content(it)
		if err != nil {
			continue
		}
		b.name(it, doc)
		text := it.Title + it.Byline + doc.Text() + strings.Join(it.Old, "")
		if !utf8.ValidString(text) || strings.Contains(text, "\x00") || it.Title == "" || it.Key == "" {
			t.Fatalf("invalid item: %q", text)
		}
		if again, removed := doc.Clean(); removed > 0 || again.Text() != doc.Text() {
			t.Fatalf("not in normal form: %q", doc.Text())
		}
	}
	b.Report("x", func(w Warning) string { return w.Key })
}

// FuzzWXR reads exports.
func FuzzWXR(f *testing.F) {
	f.Add([]byte(wxrHead + post(1, "[caption]<img src='a.jpg'>x[/caption]\n\n[gallery ids=1]") + "</channel></rss>"))
	f.Add([]byte(wxrHead + post(1, "<!-- wp:gallery --><ul class='wp-block-gallery'><li><img src=a></li></ul><!-- /wp:gallery --><!--nextpage-->") + "</channel></rss>"))
	f.Add([]byte(wxrHead + "<wp:category><wp:category_nicename>a</wp:category_nicename><wp:category_parent>a</wp:category_parent></wp:category><item><wp:post_id>1</wp:post_id><wp:post_parent>1</wp:post_parent><wp:post_type>page</wp:post_type>"))
	f.Add([]byte(laughs + wxrHead))
	if data, err := os.ReadFile("testdata/site.wordpress.xml"); err == nil {
		f.Add(data)
	}
	f.Fuzz(readAll)
}

// FuzzFeed reads feeds of every format.
func FuzzFeed(f *testing.F) {
	for _, name := range []string{"rss2.xml", "rss1.xml", "atom.xml", "feed.json"} {
		f.Add(feedFile(f, name).Data)
	}
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1.1","items":[null,{"id":1,"content_text":null}]}`))
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><content src="https://a.example/x"/></entry></feed>`))
	f.Fuzz(readAll)
}

// FuzzOldAddress holds that an address is its own key: to ask twice finds the same.
func FuzzOldAddress(f *testing.F) {
	for _, seed := range []string{"http://a.example/b?c=d", "/%E6%B6%88/", "//", "?p=1", "/a?b=%26&c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		key, ok := OldKey(raw)
		if !ok {
			return
		}
		if key[0] != '/' || key == "/" || len(key) > maxOldAddress || !utf8.ValidString(key) {
			t.Fatalf("%q gives %q", raw, key)
		}
	})
}
