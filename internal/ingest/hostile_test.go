package ingest

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/testkit"
)

const wxrHead = `<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>t</title>`

// post is one published post of a hostile export.
func post(id int, content string) string {
	return fmt.Sprintf(`<item><title>第%d篇</title><content:encoded><![CDATA[%s]]></content:encoded><wp:post_id>%d</wp:post_id><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>`, id, content, id)
}

const laughs = `<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;"><!ENTITY x SYSTEM "file:///etc/passwd">]>`

func TestHostileFilesAreRefused(t *testing.T) {
	t.Parallel()
	const million = 1_000_000
	for _, tt := range []struct{ name, data, key string }{
		{"billion laughs in an export", laughs + wxrHead + post(1, "x") + `<item><title>&lol1;</title></item></channel></rss>`, "ingest.xml_doctype"},
		{"an entity that names a file", laughs + `<rss version="2.0"><channel><item><title>&x;</title></item></channel></rss>`, "ingest.xml_doctype"},
		{"billion laughs in Atom", laughs + `<feed xmlns="http://www.w3.org/2005/Atom"><title>&lol1;</title></feed>`, "ingest.xml_doctype"},
		{"nested a million deep", wxrHead + strings.Repeat("<a>", million), "ingest.xml_deep"},
		{"an item nested a million deep", wxrHead + "<item>" + strings.Repeat("<wp:x>", million), "ingest.xml_deep"},
		{"a feed nested a million deep", `<rss version="2.0"><channel>` + strings.Repeat("<a>", million), "ingest.xml_deep"},
		{"a JSON feed nested deep", `{"version":"https://jsonfeed.org/version/1.1","items":` + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + `}`, "ingest.xml_deep"},
		{"cut off before the first item ends", wxrHead + `<item><title>半`, "ingest.xml_broken"},
		{"a feed that is cut off", `<rss version="2.0"><channel><item><title>半`, "ingest.xml_broken"},
		{"a JSON feed with no entry for an entry", `{"version":"https://jsonfeed.org/version/1.1","items":[null]}`, "ingest.feed_broken"},
		{"a JSON feed that is cut off", `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1"`, "ingest.feed_broken"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, _, err := (*Importer)(nil).Foresee(t.Context(), File{Name: "x.xml", Data: []byte(tt.data)}, Options{})
			if f := fault.As(err); f == nil || f.Key != tt.key {
				t.Fatalf("want %s, got %v", tt.key, err)
			}
		})
	}
}

func TestLimitsOfBundles(t *testing.T) {
	t.Parallel()
	many := wxrHead + strings.Repeat(post(1, "x"), 20) + `</channel></rss>`
	for key, limit := range map[string]func(*Limits){
		"ingest.too_large":      func(l *Limits) { l.Bundle = 100 },
		"ingest.too_many_items": func(l *Limits) { l.Items = 19 },
		"ingest.xml_tokens":     func(l *Limits) { l.Tokens = 100 },
	} {
		limits := DefaultLimits()
		limit(&limits)
		if _, _, err := ReadBundle(File{Data: []byte(many)}, limits, time.UTC); fault.As(err) == nil || fault.As(err).Key != key {
			t.Errorf("want %s, got %v", key, err)
		}
	}
}

// What is whole of an export that breaks off is taken, and it is said that
// there was more.
func TestABrokenExportGivesWhatIsWhole(t *testing.T) {
	t.Parallel()
	for name, rest := range map[string]string{
		"cut off":       "<item><title>半",
		"not XML":       "<item><title>a</b></item>" + post(4, "never read"),
		"a bare marker": "<item><title>]]></title></item>",
	} {
		b := foresee(t, File{Data: []byte(wxrHead + post(1, "一") + post(2, "二") + rest)})
		if len(b.Items) != 2 || len(b.Warnings) == 0 || b.Warnings[0].Key != "ingest.warn_breaks_off" || b.Warnings[0].Args["count"] != 2 {
			t.Errorf("%s: %d items, %+v", name, len(b.Items), b.Warnings)
		}
	}
}

// An item that is too large is named and left out; its neighbours come.
func TestAHugeItemKeepsNobodyElseOut(t *testing.T) {
	t.Parallel()
	h := newHall(t, testkit.SQLite(t, nil))
	for name, content := range map[string]string{
		"ten megabytes of words": strings.Repeat("這一篇有十兆位元組長。", 10<<20/30),
		"five megabytes stored":  strings.Repeat("<p>"+strings.Repeat("五兆的字存不下", 60)+"</p>", 5<<20/1260),
		"a million elements":     strings.Repeat("<b>x", 510_000),
	} {
		f := File{Name: name, Data: []byte(strings.Replace(wxrHead, "<title>t", "<title>"+name, 1) + post(1, "前一篇") + post(2, content) + post(3, "後一篇") + `</channel></rss>`)}
		got := h.takeFile(t, f, Options{Publish: true})
		if tally := got.Bundle.Tally(); tally[Imported] != 2 || tally[Refused] != 1 {
			t.Errorf("%s: %v", name, tally)
		}
		named := false
		for _, w := range got.Bundle.AllWarnings() {
			named = named || w.Args["title"] == "第2篇"
		}
		if !named {
			t.Errorf("%s: the item is not named in %+v", name, got.Bundle.AllWarnings())
		}
	}
}

// No input makes the work grow faster than itself: twice the input takes about
// twice the time.
func TestHostileTextsAreReadInLinearTime(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	for name, make := range map[string]func(n int) string{
		"open brackets":          func(n int) string { return strings.Repeat("[a ", n) },
		"open captions":          func(n int) string { return strings.Repeat("[caption id=1]", n) },
		"open shortcodes":        func(n int) string { return strings.Repeat("[x_y a=b]", n) },
		"captions closed once":   func(n int) string { return strings.Repeat("[caption]", n) + "[/caption]" },
		"open preformatted":      func(n int) string { return strings.Repeat("<pre>", n) },
		"blank lines":            func(n int) string { return strings.Repeat("\n \n", n) },
		"open tags":              func(n int) string { return strings.Repeat("<p \n", n) },
		"figures in figures":     func(n int) string { return strings.Repeat("<figure>", n) },
		"galleries":              func(n int) string { return strings.Repeat("[gallery]", n) },
		"block comments":         func(n int) string { return strings.Repeat("<!-- wp:x ", n) },
		"frames":                 func(n int) string { return strings.Repeat("<object>", n) },
		"attributes of one code": func(n int) string { return "[x_y " + strings.Repeat("a=b ", n) + "]" },
	} {
		n := 1500
		small := cost(t, make(n))
		large := cost(t, make(8*n))
		// Eight times the input: a quadratic reader would take 64 times as long.
		// Other work on the machine makes single figures rough.
		if large > 40*small && large > time.Second/2 {
			t.Errorf("%s: %v for %d, %v for %d", name, small, n, large, 8*n)
		}
	}
}

func cost(t *testing.T, content string) time.Duration {
	t.Helper()
	data := []byte(wxrHead + post(1, content) + `</channel></rss>`)
	best := time.Hour
	for range 2 {
		start := time.Now()
		if _, _, err := (*Importer)(nil).Foresee(t.Context(), File{Data: data}, Options{}); err != nil {
			t.Fatal(err)
		}
		best = min(best, time.Since(start))
	}
	return max(best, time.Millisecond)
}

// Nothing of an export reaches a text as HTML of its own.
func TestHostileHTMLInItems(t *testing.T) {
	t.Parallel()
	vectors := []string{
		`<svg onload=alert(1)>`, `[caption]<img src=x onerror=alert(1)>[/caption]`, `[caption caption="<script>alert(1)</script>"]<img src="https://a.example/a.jpg">[/caption]`,
		`[embed]javascript:alert(1)[/embed]`, `[audio src="javascript:alert(1)"]`, `<iframe srcdoc="<script>alert(1)</script>"></iframe>`, `<iframe src="data:text/html,<script>"></iframe>`,
		`[gallery ids="1\"><script>alert(1)</script>"]`, "<!-- wp:html --><script>alert(1)</script><!-- /wp:html -->", `<p>https://a.example/"onmouseover=alert(1)</p>`,
		`[youtube https://a.example/?"><script>alert(1)</script>]`, `<div class="wp-block-cover" style="background-image:url(javascript:alert(1))"></div>`,
		`<object data="https://a.example/x.swf"><param name="movie" value="javascript:alert(1)"></object>`, `<math><mtext><img src=1 onerror=alert(1)></math>`,
	}
	for _, v := range vectors {
		_, _, docs := texts(t, File{Data: []byte(wxrHead + post(1, v+"\n\n後面的話。") + `</channel></rss>`)})
		html := rendered(t, docs["post:1"])
		low := strings.ToLower(html)
		for _, bad := range []string{"<script", "<svg", "<iframe", "<object", "onerror=\"", " onload", "href=\"javascript", "src=\"javascript", "href=\"data"} {
			if strings.Contains(low, bad) {
				t.Errorf("%s gives %s", v, html)
			}
		}
		if !strings.Contains(html, "後面的話") {
			t.Errorf("%s swallows what follows: %s", v, html)
		}
	}
}

func TestBundlesAreKnownByContent(t *testing.T) {
	t.Parallel()
	utf16 := append([]byte("\xff\xfe"), bytes.ReplaceAll([]byte(`<rss version="2.0"><channel/></rss>`), nil, []byte{0})[1:]...)
	for name, tt := range map[string]struct {
		data string
		want Format
	}{
		"an export":                  {wxrHead, FormatWXR},
		"with a long comment before": {"<?xml version='1.0'?><!--" + strings.Repeat("long ", 5000) + "-->" + wxrHead, FormatWXR},
		"RSS":                        {`<?xml version="1.0"?><rss version="2.0">`, FormatFeed},
		"RSS 1.0":                    {`<rdf:RDF xmlns="http://purl.org/rss/1.0/">`, FormatFeed},
		"Atom":                       {"\ufeff\n<feed xmlns='http://www.w3.org/2005/Atom'>", FormatFeed},
		"Atom with a prefix":         {"<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'>", FormatFeed},
		"JSON Feed":                  {` { "version": "https://jsonfeed.org/version/1" }`, FormatFeed},
		"UTF-16":                     {string(utf16), FormatFeed},
		"a page about feeds":         {`<!doctype html><html><body>&lt;rss> <rss></rss></body></html>`, FormatHTML},
		"another JSON":               {`{"a":1}`, FormatText},
		"words":                      {`燈會 <feed>`, FormatText},
	} {
		got, err := detect(File{Name: "page.dat", Data: []byte(tt.data)})
		if err != nil || got != tt.want {
			t.Errorf("%s: %s %v", name, got, err)
		}
	}
}

// A day after the last that can be written is no day, also where it is one only
// for the federation's clock.
func TestDaysBeyondTheCalendar(t *testing.T) {
	t.Parallel()
	for name, data := range map[string]string{
		"feed":   `<rss version="2.0"><channel><title>t</title><item><guid>1</guid><title>遠</title><description>字</description><pubDate>Fri, 31 Dec 9999 23:59:59 GMT</pubDate></item></channel></rss>`,
		"export": wxrHead + strings.Replace(post(1, "字"), "<wp:post_id>", "<wp:post_date_gmt>9999-12-31 23:59:59</wp:post_date_gmt><wp:post_id>", 1) + `</channel></rss>`,
	} {
		b, ok, err := ReadBundle(File{Data: []byte(data)}, DefaultLimits(), time.FixedZone("+8", 8*3600))
		if err != nil || !ok || len(b.Items) != 1 {
			t.Fatalf("%s: %v %v", name, ok, err)
		}
		if on := b.Items[0].On; on != "" {
			t.Errorf("%s: came out on %q", name, on)
		}
	}
}
