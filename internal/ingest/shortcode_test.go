package ingest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseShortcode(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`[gallery ids="1,2" columns='3' link=none big]`: "gallery ids=1,2 columns=3 link=none +big",
		`[audio https://a.example/b.mp3]`:               "audio +https://a.example/b.mp3",
		`[/caption]`:                                    "/caption",
		`[toc/]`:                                        "toc",
		`[contact-form-7 id="5" title="a b"]`:           "contact-form-7 id=5 title=a b",
		`[embed=x]`:                                     "embed",
		`[simple boat]`:                                 "simple +boat",
		`[註]`:                                           "",
		`[1]`:                                           "",
		`[...]`:                                         "",
		`[]`:                                            "",
		`[a <b>]`:                                       "",
		`[a`:                                            "",
		`[a [b]]`:                                       "",
	} {
		c, ok := parseShortcode(text, 0)
		got := c.name
		if c.closes {
			got = "/" + got
		}
		for _, key := range []string{"ids", "columns", "link", "id", "title"} {
			if v, ok := c.attrs[key]; ok {
				got += " " + key + "=" + v
			}
		}
		for _, w := range c.words {
			if strings.HasPrefix(w, "x") {
				continue
			}
			got += " +" + w
		}
		if !ok {
			got = ""
		}
		if got != want {
			t.Errorf("%s: %q", text, got)
		}
	}
}

// What merely stands in brackets stays; what a plug-in would have filled in
// goes, and what it encloses stays.
func TestShortcodes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"沒有括號":                                      "沒有括號",
		"[sic] [註] [1] [...] [simple boat]":         "[sic] [註] [1] [...] [simple boat]",
		"[vc_row][vc_column]字[/vc_column][/vc_row]": "字",
		"[box]裡面[/box] 外面":                          "裡面 外面",
		"[[gallery]] 和 [[box]x[/box]]":              "[gallery] 和 [x]",
		`<pre>[gallery]</pre>[toc]`:                 "<pre>[gallery]</pre>",
		"<a href='[x]'>a</a>":                       "<a href='[x]'>a</a>",
		"未完 [gallery":                               "未完 [gallery",
		"[embed]ftp://a.example[/embed]尾":           "尾",
	} {
		b := newBundle(FormatWXR, DefaultLimits())
		if got := b.shortcodes(text, &Item{}); got != want {
			t.Errorf("%s: %q", text, got)
		}
	}
	b := newBundle(FormatWXR, DefaultLimits())
	b.shortcodes("[vc_row a=b]x[/vc_row][vc_row]y[toc]", &Item{})
	if diff := cmp.Diff(map[string]int{"vc_row": 2, "toc": 1}, b.names["shortcodes"]); diff != "" {
		t.Error(diff)
	}
}

func TestCaptions(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`[caption width="3"]<img src="a.jpg"> 說明[/caption]`:                         `<figure><img src="a.jpg"><figcaption>說明</figcaption></figure>`,
		`[caption]<a href="b"><img src="a.jpg" /></a> 說<em>明</em>[/caption]`:        `<figure><a href="b"><img src="a.jpg" /></a><figcaption>說<em>明</em></figcaption></figure>`,
		`[caption caption="屬性裡的說明"]<img src="a.jpg">[/caption]`:                     `<figure><img src="a.jpg"><figcaption>屬性裡的說明</figcaption></figure>`,
		`[caption]沒有圖[/caption]`:                                                    `<figure>沒有圖<figcaption></figcaption></figure>`,
		`[wp_caption]<img src="a.jpg">x[/wp_caption][caption]<img src="b.jpg">沒有結尾`: `<figure><img src="a.jpg"><figcaption>x</figcaption></figure><img src="b.jpg">沒有結尾`,
	} {
		got := newBundle(FormatWXR, DefaultLimits()).shortcodes(text, &Item{})
		if got = strings.ReplaceAll(got, "\n", ""); got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
}

func TestAutop(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"一\n\n二":        "<p>一</p>\n<p>二</p>\n",
		"一\r\n二":        "<p>一<br>\n二</p>\n",
		"一<br />\n二":    "<p>一<br />\n二</p>\n",
		" \n \n":        "",
		"<h2>題</h2>\n字": "<h2>題</h2>\n<p>字</p>\n",
		"前<blockquote>一\n\n二</blockquote>後":   "<p>前</p>\n<blockquote>\n<p>一</p>\n<p>二</blockquote></p>\n<p>後</p>\n",
		"<ul>\n<li>一</li>\n<li>二</li>\n</ul>": "<ul>\n<li>\n<p>一</li></p>\n<li>\n<p>二</li></p>\n</ul>\n",
		"<pre>a\n\nb</pre>\n\n尾":              "<pre>a\n\nb</pre><p>尾</p>\n",
		"<img src=\"a\"\nalt=\"b\"> 字":        "<p><img src=\"a\" alt=\"b\"> 字</p>\n",
		"<script>a\n\nb</script>":             "<script>a\n\nb</script>",
		"a < b\n\nc > d":                      "<p>a < b</p>\n<p>c > d</p>\n",
	} {
		if got := autop(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
