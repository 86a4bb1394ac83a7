package markup

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRender(t *testing.T) {
	t.Parallel()
	out, _ := siteOptions()
	want := `<h2>元宵燈會</h2>
<p>三月五日，<strong><ruby>會<rp>(</rp><rt>huì</rt><rp>)</rp></ruby></strong><a href="/">館</a>辦燈會。<br>八十五人到場。</p>
<figure><img src="/media/` + testHash + `" srcset="/media/` + testHash + `-640 640w, /media/` + testHash + `-1600 1600w" sizes="(min-width: 48rem) 45rem, 92vw" width="1600" height="1200" alt="不算" decoding="async"><figcaption>燈會現場</figcaption></figure>
<ul><li>湯圓</li><li>燈謎<ul><li>猜中有獎</li></ul></li></ul>
<blockquote><p>好熱鬧！</p><figure><span role="img" aria-label="圖片未存">圖片未存</span></figure></blockquote>
<table><caption>人數</caption><tbody><tr><th scope="row">組<br>別</th><td>人</td></tr><tr><td></td><td>85</td></tr></tbody></table>
<pre><code>x
y</code></pre>
<hr>
`
	if diff := cmp.Diff(want, rendered(t, sampleDoc(), out)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// at shows every picture at one address, of unknown size.
func at(src string) func(string) Image {
	return func(string) Image { return Image{Src: src} }
}

func TestRenderMissingPictures(t *testing.T) {
	t.Parallel()
	stored := Figure{File: testHash, Source: "https://old.example.org/1.jpg", Alt: "燈", Caption: "c"}
	for name, tc := range map[string]struct {
		figure Figure
		o      RenderOptions
		want   string
	}{
		"no files at all": {stored, RenderOptions{}, `<figure><figcaption>c</figcaption></figure>`},
		"the file is gone": {
			stored,
			RenderOptions{Picture: at(""), FigurePlaceholder: "x"},
			`<figure><span role="img" aria-label="燈">x</span><figcaption>c</figcaption></figure>`,
		},
		"an unsafe address": {
			stored,
			RenderOptions{Picture: at("javascript:x"), FigurePlaceholder: "x"},
			`<figure><span role="img" aria-label="燈">x</span><figcaption>c</figcaption></figure>`,
		},
		"nothing to say": {Figure{Source: "/1.jpg", Alt: "a"}, RenderOptions{}, ``},
		"only where it was": {
			Figure{},
			RenderOptions{FigurePlaceholder: "x"},
			`<figure><span role="img" aria-label="x">x</span></figure>`,
		},
		"an absolute address": {
			stored,
			RenderOptions{Picture: at("https://cdn.example.org/0123")},
			`<figure><img src="https://cdn.example.org/0123" alt="燈" loading="lazy" decoding="async"><figcaption>c</figcaption></figure>`,
		},
		"a described empty text": {
			Figure{File: testHash},
			RenderOptions{Picture: at("/x")},
			`<figure><img src="/x" alt="" loading="lazy" decoding="async"></figure>`,
		},
	} {
		got := rendered(t, Doc{Blocks: []Block{tc.figure}}, tc.o)
		if diff := cmp.Diff(tc.want, strings.TrimSuffix(got, "\n")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if strings.Contains(got, "old.example.org") {
			t.Errorf("%s: the source was rendered", name)
		}
	}
	item := Doc{Blocks: []Block{List{Items: [][]Block{{Figure{}}, {Para("a")}}}, Quote{Blocks: []Block{Figure{}}}}}
	if got := rendered(t, item, RenderOptions{}); got != "<ul><li>a</li></ul>\n" {
		t.Errorf("what held only a missing picture became %q", got)
	}
}

func TestRenderOptions(t *testing.T) {
	t.Parallel()
	d := Doc{Blocks: []Block{
		Heading{Level: 2, Runs: []Run{Text("a")}}, Heading{Level: 4, Runs: []Run{Text("b")}},
		Paragraph{Runs: []Run{{Text: "c", Href: "https://example.org/c", Reading: "d"}, {Text: "e", Href: "/e"}, {Text: "f", Href: "mailto:f@example.org"}}},
		Figure{File: testHash, Alt: "g", Caption: "h"},
		Table{Caption: "i", Rows: [][]Cell{{{Runs: []Run{Text("j")}}, {}}}},
		Code{Text: "k"},
	}}
	got := rendered(t, d, RenderOptions{
		HeadingShift: 1,
		LinkRel:      `noopener "x"`,
		Picture:      at("/file"),
		Transform:    func(s string) string { return strings.ToUpper(s) + "<" },
	})
	want := `<h3>A&lt;</h3>
<h5>B&lt;</h5>
<p><a href="https://example.org/c" rel="noopener &quot;x&quot;"><ruby>C&lt;<rp>(</rp><rt>D&lt;</rt><rp>)</rp></ruby></a><a href="/e">E&lt;</a><a href="mailto:f@example.org">F&lt;</a></p>
<figure><img src="/file" alt="G&lt;" loading="lazy" decoding="async"><figcaption>H&lt;</figcaption></figure>
<table><caption>I&lt;</caption><tbody><tr><td>J&lt;</td><td></td></tr></tbody></table>
<pre><code>k</code></pre>
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for shift, want := range map[int]string{-5: "<h2>a</h2>\n<h2>b</h2>\n", 2: "<h4>a</h4>\n<h6>b</h6>\n", 9: "<h6>a</h6>\n<h6>b</h6>\n"} {
		if got := rendered(t, Doc{Blocks: d.Blocks[:2]}, RenderOptions{HeadingShift: shift}); got != want {
			t.Errorf("shift %d: %q", shift, got)
		}
	}
}

func TestRenderItems(t *testing.T) {
	t.Parallel()
	for want, item := range map[string][]Block{
		`<li>a</li>`:                  {Para("a")},
		`<li>a<hr></li>`:              {Para("a"), Rule{}},
		`<li><p>a</p><p>b</p></li>`:   {Para("a"), Para("b")},
		`<li><hr><p>a</p></li>`:       {Rule{}, Para("a")},
		`<li><h3>a</h3><p>b</p></li>`: {Heading{Level: 3, Runs: []Run{Text("a")}}, Para("b")},
	} {
		d := Doc{Blocks: []Block{List{Items: [][]Block{item}}}}
		if got := rendered(t, d, RenderOptions{}); got != "<ul>"+want+"</ul>\n" {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }

var errBroken = errors.New("the reader went away")

func TestRenderSaysWhenWritingFails(t *testing.T) {
	t.Parallel()
	long := Doc{Blocks: []Block{Para(strings.Repeat("燈會", 10_000))}}
	for _, d := range []Doc{sampleDoc(), long} {
		if err := Render(brokenWriter{}, d, RenderOptions{}); !errors.Is(err, errBroken) {
			t.Errorf("err = %v", err)
		}
	}
	if err := Render(brokenWriter{}, Doc{}, RenderOptions{}); err != nil {
		t.Errorf("nothing to write: %v", err)
	}
}

func ExampleRender() {
	d, dropped, _ := ParseHTML(strings.NewReader(
		`<div align=center><font color=red><b>元宵燈會</b></font></div><p>&nbsp;&nbsp;歡迎<a href="javascript:alert(1)">街坊</a><script>alert(2)</script>！`), Options{})
	_ = Render(os.Stdout, d, RenderOptions{})
	fmt.Println(dropped)
	// Output:
	// <p><strong>元宵燈會</strong></p>
	// <p>歡迎街坊！</p>
	// [{script 1} {unsafe-link 1}]
}

func TestRenderPictures(t *testing.T) {
	t.Parallel()
	pic := func(hash, alt, caption string) Figure { return Figure{File: hash, Alt: alt, Caption: caption} }
	img := func(hash, rest string) string { return `<img src="/media/` + hash + `" ` + rest + ` decoding="async">` }
	const set = `srcset="/media/` + testHash + `-640 640w, /media/` + testHash + `-1600 1600w" sizes="46vw" width="1600" height="1200" `
	link := func(hash, label string) string { return `<a href="/media/` + hash + `"` + label + `>` }
	for name, tc := range map[string]struct {
		blocks []Block
		want   string
	}{
		"two are a gallery, each named": {
			[]Block{pic(testHash, "燈", ""), pic(testHash, "", "橋"), pic(testHash, "", "")},
			`<div class="gallery"><figure>` + link(testHash, "") + img(testHash, set+`alt="燈"`) + `</a></figure>` +
				`<figure>` + link(testHash, ` aria-label="橋"`) + img(testHash, set+`alt="" loading="lazy"`) + `</a><figcaption>橋</figcaption></figure>` +
				`<figure>` + link(testHash, ` aria-label="看大圖 3"`) + img(testHash, set+`alt="" loading="lazy"`) + `</a></figure></div>`,
		},
		"upright cells, and what they would cut": {
			[]Block{pic(uprightHash, "a", ""), pic(uprightHash, "b", ""), pic(longHash, "c", "")},
			`<div class="gallery upright"><figure>` + link(uprightHash, "") + img(uprightHash, `width="600" height="800" alt="a"`) + `</a></figure>` +
				`<figure>` + link(uprightHash, "") + img(uprightHash, `width="600" height="800" alt="b" loading="lazy"`) + `</a></figure>` +
				`<figure class="whole">` + link(longHash, "") + img(longHash, `width="640" height="9000" alt="c" loading="lazy"`) + `</a></figure></div>`,
		},
		"a missing one divides": {
			[]Block{pic(tinyHash, "a", ""), pic(goneHash, "b", ""), pic(tinyHash, "c", "")},
			`<figure>` + img(tinyHash, `width="2" height="2" alt="a"`) + "</figure>\n" +
				`<figure><span role="img" aria-label="b">圖片未存</span></figure>` + "\n" +
				`<figure>` + img(tinyHash, `width="2" height="2" alt="c" loading="lazy"`) + `</figure>`,
		},
		"alone, upright and long": {
			[]Block{pic(uprightHash, "a", ""), Rule{}, pic(longHash, "b", "")},
			`<figure class="upright">` + img(uprightHash, `width="600" height="800" alt="a"`) + "</figure>\n<hr>\n" +
				`<figure>` + img(longHash, `width="640" height="9000" alt="b" loading="lazy"`) + `</figure>`,
		},
		"in a quote": {
			[]Block{Quote{Blocks: []Block{pic(bareHash, "a", ""), pic(bareHash, "b", "")}}},
			`<blockquote><div class="gallery"><figure class="whole">` + link(bareHash, "") + img(bareHash, `alt="a"`) + `</a></figure>` +
				`<figure class="whole">` + link(bareHash, "") + img(bareHash, `alt="b" loading="lazy"`) + `</a></figure></div></blockquote>`,
		},
	} {
		out, in := siteOptions()
		got := rendered(t, Doc{Blocks: tc.blocks}, out)
		if diff := cmp.Diff(tc.want+"\n", got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if again := rendered(t, parsed(t, got, in), out); again != got {
			t.Errorf("%s: no fixed point:\n%s\n%s", name, got, again)
		}
	}
	if got := rendered(t, Doc{Blocks: []Block{pic(tinyHash, "", ""), pic(tinyHash, "", "")}}, RenderOptions{Picture: testImage}); strings.Contains(got, "<a") {
		t.Errorf("a link that nothing names: %s", got)
	}
	got := rendered(t, Doc{Blocks: []Block{pic(testHash, "x", "")}}, RenderOptions{Picture: testImage})
	if strings.Contains(got, "srcset") || !strings.Contains(got, `width="1600" height="1200"`) || !strings.Contains(got, `loading="lazy"`) {
		t.Errorf("without sizes: %s", got)
	}
}

// Text that is read away from its page keeps its links.
func TestRenderFromABase(t *testing.T) {
	t.Parallel()
	base, err := url.Parse("https://qingxi.example/lanjiang/news/2026/05/x")
	if err != nil {
		t.Fatal(err)
	}
	for href, want := range map[string]string{
		"/lanjiang/":           `<p><a href="https://qingxi.example/lanjiang/" rel="nofollow noopener">燈</a></p>`,
		"y":                    `<p><a href="https://qingxi.example/lanjiang/news/2026/05/y" rel="nofollow noopener">燈</a></p>`,
		"https://a.example/?b": `<p><a href="https://a.example/?b" rel="nofollow noopener">燈</a></p>`,
		"mailto:a@b.example":   `<p><a href="mailto:a@b.example">燈</a></p>`,
		"javascript:alert(1)":  `<p>燈</p>`,
	} {
		doc := Doc{Blocks: []Block{Paragraph{Runs: []Run{{Text: "燈", Href: href}}}}}
		if got := strings.TrimSpace(rendered(t, doc, RenderOptions{Base: base})); got != want {
			t.Errorf("%s: %s", href, got)
		}
	}
}
