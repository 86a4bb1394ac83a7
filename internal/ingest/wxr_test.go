package ingest

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/markup"
)

// pixel is the smallest picture; n makes it another one.
func pixel(n int) []byte {
	img := image.NewGray(image.Rect(0, 0, 2, 2))
	img.SetGray(0, 0, color.Gray{Y: uint8(n)})
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// oldSite is the export of the invented site, with two of its pictures beside.
func oldSite(t testing.TB) File {
	t.Helper()
	data, err := os.ReadFile("testdata/site.wordpress.xml")
	if err != nil {
		t.Fatal(err)
	}
	return File{Name: "site.wordpress.xml", Data: data, Beside: fstest.MapFS{
		"backup/uploads/2012/01/lantern.jpg": {Data: pixel(1)},
		"uploads/2012/01/boat.png":           {Data: pixel(2)},
		"uploads/2011/01/boat.png":           {Data: pixel(3)},
	}}
}

func rendered(t testing.TB, doc markup.Doc) string {
	t.Helper()
	var b strings.Builder
	if err := markup.Render(&b, doc, markup.RenderOptions{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func foresee(t testing.TB, f File) *Bundle {
	t.Helper()
	b, ok, err := (*Importer)(nil).Foresee(t.Context(), f, Options{})
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	return b
}

// texts reads all items and returns them by their keys.
func texts(t testing.TB, f File) (*Bundle, map[string]Item, map[string]markup.Doc) {
	t.Helper()
	b, ok, err := ReadBundle(f, DefaultLimits(), time.FixedZone("east", 8*3600))
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	items, docs := map[string]Item{}, map[string]markup.Doc{}
	for i := range b.Items {
		it := &b.Items[i]
		doc, err := b.content(it)
		if err != nil {
			t.Fatal(err)
		}
		b.name(it, doc)
		items[it.Key], docs[it.Key] = *it, doc
	}
	return b, items, docs
}

func TestWXRCounts(t *testing.T) {
	t.Parallel()
	b := foresee(t, oldSite(t))
	want := map[string]int{
		"posts": 17, "pages": 5, "categories": 6, "tags": 2, "attachments": 4, "pictures": 3, "pictures_found": 2, "comments": 2, "trackbacks": 1,
	}
	if diff := cmp.Diff(want, b.Counts); diff != "" {
		t.Error(diff)
	}
	ignored := map[string]int{
		"attachment": 1, "nav_menu_item": 2, "product": 1, "revision": 1, "trash": 1, "auto-draft": 1, "duplicate": 1, "comment": 2, "trackback": 1,
	}
	if diff := cmp.Diff(ignored, b.Ignored); diff != "" {
		t.Error(diff)
	}
	if b.Title != "雲浦縣同鄉會 & 會訊" || b.Site != "yunpu.example/site" || b.Format != FormatWXR {
		t.Errorf("%q %q %s", b.Title, b.Site, b.Format)
	}
	if diff := cmp.Diff(map[Outcome]int{Imported: 22}, b.Tally()); diff != "" {
		t.Error(diff)
	}
}

// Every odd thing of the file is told of once.
func TestWXRWarnings(t *testing.T) {
	t.Parallel()
	var got []string
	for _, w := range foresee(t, oldSite(t)).AllWarnings() {
		line := strings.TrimPrefix(w.Key, "ingest.note_")
		for _, arg := range []string{"count", "names"} {
			if v, ok := w.Args[arg]; ok {
				line += fmt.Sprint(" ", v)
			}
		}
		got = append(got, line)
	}
	want := []string{
		"draft 2 草稿一篇、待審一篇", "future 1 以後再發", "private 2 私密一篇、會員專頁", "password 1 密碼一篇", "hostile 4 元宵燈會", "embeds 2 元宵燈會、Blocks",
		"long_titles 1 " + strings.Repeat("長", 39) + "…", "empty_titles 1 沒有標題的一篇，開頭就是這句話。", "bad_dates 1 日期不對", "several_categories 1 元宵燈會",
		"nested_categories 1 ", "nested_pages 1 聯絡我們", "slug_changed 1 聯絡我們（舊）", "unlisted 1 聯絡我們", "sticky 1 兩頁一篇", "paged 1 兩頁一篇", "gallery_missing 1 元宵燈會", "comments 3 ",
		"shortcodes contact-form-7 ×1, wp_box ×1", "dynamic_blocks latest-posts ×1", "formats aside ×1",
		"ignored_types attachment ×1, auto-draft ×1, duplicate ×1, nav_menu_item ×2, product ×1, revision ×1, trash ×1",
		"missing_pictures 2 gone.jpg、x", "dropped control-character ×3, event-handler ×2, script ×1, unsafe-link ×1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWXRClassicText(t *testing.T) {
	t.Parallel()
	_, items, docs := texts(t, oldSite(t))
	doc := docs["post:10"]
	text := doc.Text()
	for _, want := range []string{
		"鄉親85人參加。\n猜中燈謎", "江邊的鯉魚燈", "[註：照片由會員提供] [sic]", "框裡的話", "[gallery]", "燈會錄影", "點我",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	for _, never := range []string{"contact-form", "wp_box", "alert", "more", "[caption", "javascript"} {
		if strings.Contains(text, never) {
			t.Errorf("%q in %s", never, text)
		}
	}
	var figures []string
	for _, f := range doc.Figures() {
		figures = append(figures, filepath.Base(f.Source)+" "+f.Caption)
	}
	// The picture that stood for the post first, then caption and gallery.
	if diff := cmp.Diff([]string{"gone.jpg 不見了的照片", "lantern-300x200.jpg 江邊的鯉魚燈", "boat.png 一隻船", "lantern.jpg 鯉魚燈", "x "}, figures); diff != "" {
		t.Error(diff)
	}
	html := rendered(t, doc)
	for _, want := range []string{`href="/site/2012/01/05/blocks/"`, `href="http://www.yunpu.example/elsewhere/"`, `href="https://other.example/"`, `href="https://video.example/embed/1"`} {
		if !strings.Contains(html, want) {
			t.Errorf("no %s in %s", want, html)
		}
	}
	if it := items["post:10"]; it.On != "2012-01-05" || it.Byline != "白小滿" || !it.Open || it.Shelf != "festivals" || !slices.Equal(it.Tags, []string{"moon", "tea"}) {
		t.Errorf("%+v", it)
	}
}

func TestWXRBlocks(t *testing.T) {
	t.Parallel()
	_, _, docs := texts(t, oldSite(t))
	doc := docs["post:11"]
	var kinds []string
	for _, b := range doc.Blocks {
		kinds = append(kinds, strings.TrimPrefix(fmt.Sprintf("%T", b), "markup."))
	}
	want := []string{"Paragraph", "Figure", "Figure", "Figure", "Paragraph", "Figure", "Paragraph"}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Error(diff, doc.Text())
	}
	if got := doc.Figures()[1]; got.Caption != "Boat" || got.Alt != "boat" {
		t.Errorf("%+v", got)
	}
	if html := rendered(t, doc); !strings.Contains(html, `<a href="https://video.example/watch?v=2"`) {
		t.Error(html)
	}
}

func TestWXROddItems(t *testing.T) {
	t.Parallel()
	_, items, docs := texts(t, oldSite(t))
	for key, title := range map[string]string{
		"post:13": "沒有標題的一篇，開頭就是這句話。", "post:14": "標題裡有 標記 & 符號", "post:16": "沒有正文", "post:25": "控制字元 ©",
		"post:15": strings.Repeat("長", 199) + "…",
	} {
		if got := items[key].Title; got != title {
			t.Errorf("%s: %q", key, got)
		}
	}
	for key, open := range map[string]bool{"post:17": false, "post:18": false, "post:19": false, "post:20": false, "post:21": false, "post:12": true, "post:32": false} {
		if items[key].Open != open {
			t.Errorf("%s is open: %v", key, !open)
		}
	}
	for key, on := range map[string]string{"post:17": "2012-02-01", "post:18": "", "post:21": "", "post:27": ""} {
		if items[key].On != on {
			t.Errorf("%s bears %q", key, items[key].On)
		}
	}
	for key, text := range map[string]string{"post:25": "前後。 完", "post:12": "第一頁的話。\n第二頁的話。", "post:34": "第一條。"} {
		if got := docs[key].Text(); got != text {
			t.Errorf("%s: %q", key, got)
		}
	}
	if got := docs["post:26"].Text(); !strings.Contains(got, "寫著 ]]> 和") || !strings.Contains(got, "a < b\n\n  c [gallery]") {
		t.Errorf("%q", got)
	}
	if n := len(docs["post:28"].Figures()); n != 1 {
		t.Errorf("an album of what was uploaded with it: %d pictures", n)
	}
	for key, slug := range map[string]string{"post:30": "about", "post:31": "about-contact", "post:33": "about-contact-33", "post:34": "zhangcheng"} {
		if items[key].Slug != slug || items[key].Kind != PageItem {
			t.Errorf("%s: %+v", key, items[key])
		}
	}
	// Pages below others, and what was not open, stand in no menu.
	for key, place := range map[string]int{"post:30": 2, "post:31": 0, "post:32": 0, "post:33": 1} {
		if items[key].Place != place {
			t.Errorf("%s: place %d", key, items[key].Place)
		}
	}
	want := []string{"/site/2012/01/05/lantern", "/site?p=10", "/site/2012/01/05/x/att101", "/site?attachment_id=101", "/site/2012/01/05/x/att102", "/site?attachment_id=102"}
	if diff := cmp.Diff(want, items["post:10"].Old); diff != "" {
		t.Error(diff)
	}
}

// Exports of 1.0 name an author by what was shown, every category twice, and
// declare other namespaces; some declare none.
func TestWXRVersions(t *testing.T) {
	t.Parallel()
	item := `<item><title>舊版</title><link>http://old.example/?p=3</link><pubDate>Tue, 02 Jan 2007 08:00:00 +0000</pubDate><dc:creator>白小滿</dc:creator>
		<category><![CDATA[消息]]></category><category domain="category" nicename="news"><![CDATA[消息]]></category><category domain="tag" nicename="tea">tea</category>
		<content:encoded><![CDATA[一句話。]]></content:encoded><wp:post_id>3</wp:post_id><wp:post_date>2007-01-02 16:00:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>`
	for name, head := range map[string]string{
		"1.0":  `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.0/"><channel>`,
		"1.1":  `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="https://wordpress.org/export/1.1/"><channel>`,
		"none": `<rss version="2.0"><channel><wp:wxr_version>1.0</wp:wxr_version>`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := File{Name: "x.txt", Data: []byte(`<?xml version="1.0"?>` + head + `<title>舊站</title><link>http://old.example</link>` + item + `</channel></rss>`)}
			b, items, docs := texts(t, f)
			it := items["post:3"]
			if len(b.Items) != 1 || it.Byline != "白小滿" || it.On != "2007-01-02" || it.Shelf != "news" || len(it.Tags) != 1 || docs["post:3"].Text() != "一句話。" {
				t.Errorf("%+v", it)
			}
		})
	}
}

// A charset that the file declares is believed unless the bytes are UTF-8.
func TestWXRCharset(t *testing.T) {
	t.Parallel()
	text := `<?xml version="1.0" encoding="GBK"?><rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>XX</title><item><title>YY</title><wp:post_id>1</wp:post_id><wp:status>publish</wp:status></item></channel></rss>`
	gbk := strings.NewReplacer("XX", "\xb8\xe6\xca\xbe", "YY", "\xbe\xdb\xbb\xe1").Replace(text)
	utf8 := strings.NewReplacer("XX", "告示", "YY", "聚会").Replace(text)
	for name, data := range map[string]string{"gbk": gbk, "utf-8": utf8} {
		b := foresee(t, File{Data: []byte(data)})
		if b.Title != "告示" || b.Items[0].Title != "聚会" || b.Charset != name {
			t.Errorf("%s: %q %q %s", name, b.Title, b.Items[0].Title, b.Charset)
		}
	}
}

// TestWXRThemeUnitTest reads the file that WordPress themes are tested with. It
// is not part of this project: name it in HUIGUAN_WXR_SAMPLE.
func TestWXRThemeUnitTest(t *testing.T) {
	t.Parallel()
	path := os.Getenv("HUIGUAN_WXR_SAMPLE")
	if path == "" {
		path = filepath.Join("..", "..", "..", "shared", "themeunittestdata.wordpress.xml")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Skip("the theme unit test is not here: set HUIGUAN_WXR_SAMPLE to its path")
	}
	b := foresee(t, File{Name: path, Data: data})
	// What the file says of itself, counted without our reader.
	count := func(mark string) int { return strings.Count(string(data), mark) }
	either := func(kind string) int {
		return count("<wp:post_type>"+kind+"<") + count("<wp:post_type><![CDATA["+kind+"]]")
	}
	for what, want := range map[string]int{
		"posts": either("post"), "pages": either("page"), "attachments": either("attachment"), "categories": count("<wp:category>"),
		"comments": count("<wp:comment>") - count("<wp:comment_type>pingback") - count("<wp:comment_type>trackback"),
	} {
		if b.Counts[what] != want {
			t.Errorf("%s: %d, the file has %d", what, b.Counts[what], want)
		}
	}
	if n := b.Tally()[Imported]; n != len(b.Items) || b.Ignored["nav_menu_item"] != either("nav_menu_item") {
		t.Errorf("%d of %d items; ignored %v", n, len(b.Items), b.Ignored)
	}
	t.Logf("%v, ignored %v", b.Counts, b.Ignored)
}
