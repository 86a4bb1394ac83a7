package markup

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestOldPagesBecomeStructure reads HTML as editors of twenty years left it.
func TestOldPagesBecomeStructure(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ in, want string }{
		"nothing":     {``, ``},
		"plain words": {`元宵燈會`, `<p>元宵燈會</p>`},
		"paragraphs":  {`<p>一</p><p>二</p>`, `<p>一</p><p>二</p>`},
		"div and center are paragraphs": {
			`<div>一<div>二</div>三</div><center>四</center>`,
			`<p>一</p><p>二</p><p>三</p><p>四</p>`,
		},
		"empty paragraphs vanish": {
			`<p>&nbsp;</p><p></p><p>　</p><p><b> </b></p><p>一</p>`,
			`<p>一</p>`,
		},
		"font and span vanish": {
			`<font face=宋體 size=3><span lang=ZH><span>一</span></span></font>`,
			`<p>一</p>`,
		},
		"indents are stripped": {
			`<p>&nbsp;&nbsp;&nbsp;&nbsp;一</p><p>　　二</p><p>&emsp;&emsp;三</p>`,
			`<p>一</p><p>二</p><p>三</p>`,
		},
		"indent in a mark":  {`<p><b>　　一</b>二</p>`, `<p><strong>一</strong>二</p>`},
		"two breaks divide": {`一<br><br>二<br> &nbsp; <br>三`, `<p>一</p><p>二</p><p>三</p>`},
		"one break stays":   {`<p>一<br>二</p>`, `<p>一<br>二</p>`},
		"a break before an indent divides": {
			`<p>一<br>　　二<br>&nbsp;&nbsp;三</p>`,
			`<p>一</p><p>二</p><p>三</p>`,
		},
		"one no-break space is no indent": {`<p>一<br>&nbsp;二</p>`, `<p>一<br>二</p>`},
		"breaks at the ends vanish":       {`<p><br>一<br></p>`, `<p>一</p>`},
		"marks divide with the paragraph": {
			`<b>一<br><br>二</b>`,
			`<p><strong>一</strong></p><p><strong>二</strong></p>`,
		},
		"no-break spaces inside are spaces": {`<p>一&nbsp;&nbsp;二</p>`, `<p>一 二</p>`},
		"ideographic spaces inside stay":    {`<p>王　小</p>`, `<p>王　小</p>`},
		"lines of Chinese source join":      {"<p>元宵\n  燈會，\n八十五人</p>", `<p>元宵燈會，八十五人</p>`},
		"lines of English source do not":    {"<p>lantern\nfestival</p>", `<p>lantern festival</p>`},
		"Chinese and English lines":         {"<p>燈會\nlantern</p>", `<p>燈會 lantern</p>`},
		"a space before a link stays outside": {
			`<p>see <a href="/x"> here</a> .</p>`,
			`<p>see <a href="/x">here</a> .</p>`,
		},
		"bold and strong, i and em": {
			`<b>a</b><strong>b</strong><i>c</i><em>d</em>`,
			`<p><strong>ab</strong><em>cd</em></p>`,
		},
		"underline, strike, code": {
			`<u>a</u><ins>b</ins><s>c</s><strike>d</strike><del>e</del><tt>f</tt><code>g</code>`,
			`<p><u>ab</u><s>cde</s><code>fg</code></p>`,
		},
		"superscript and subscript": {
			`m<sup>2</sup>H<sub>2</sub>O`,
			`<p>m<sup>2</sup>H<sub>2</sub>O</p>`,
		},
		"marks in marks": {
			`<b>a<i>b<u>c</u></i></b>`,
			`<p><strong>a</strong><strong><em>b</em></strong><strong><em><u>c</u></em></strong></p>`,
		},
		"marks over paragraphs": {
			`<b><p>一<p>二</b>三`,
			`<p><strong>一</strong></p><p><strong>二</strong></p><p>三</p>`,
		},
		"marks written as style": {
			`<span style="FONT-WEIGHT: bold">a</span><span style="font-style:italic;x">b</span><span style="text-decoration: underline line-through">c</span>`,
			`<p><strong>a</strong><em>b</em><u><s>c</s></u></p>`,
		},
		"style takes a mark back": {
			`<b>a<span style="font-weight:normal !important">b</span></b><em style="font-style:normal">c</em>`,
			`<p><strong>a</strong>bc</p>`,
		},
		"quotation marks of q": {`<q>一</q>`, `<p>“一”</p>`},
		"headings": {
			`<h1>a</h1><h2>b</h2><h3>c</h3><h4>d</h4><h6>e</h6>`,
			`<h2>a</h2><h2>b</h2><h3>c</h3><h4>d</h4><h4>e</h4>`,
		},
		"a heading of two lines": {`<h2><p>一</p><p>二</p></h2>`, `<h2>一<br>二</h2>`},
		"a picture in a heading": {
			`<h2>一<img src=/a.jpg>二</h2>`,
			`<h2>一<br>二</h2><figure><span role="img" aria-label="[ ]">[ ]</span></figure>`,
		},
		"an empty heading": {`<h2> <br></h2>a`, `<p>a</p>`},
		"lists": {
			`<ul><li>a<li>b</ul><ol start=3><li><p>c</p></ol>`,
			`<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol>`,
		},
		"a list in an item": {
			`<ul><li>a<ol><li>b</ol></ul>`,
			`<ul><li>a<ol><li>b</li></ol></li></ul>`,
		},
		"a list in a list": {
			`<ul><li>a</li><ul><li>b</ul></ul>`,
			`<ul><li>a<ul><li>b</li></ul></li></ul>`,
		},
		"only a list in a list": {
			`<ul><ul><li>b</ul></ul>`,
			`<ul><li><ul><li>b</li></ul></li></ul>`,
		},
		"strays in a list": {
			`<ul>x<li>a</li>y<b>z</b></ul>`,
			`<ul><li>x</li><li>a</li><li>y<strong>z</strong></li></ul>`,
		},
		"empty items": {
			`<ul><li><li> <li>a</ul><ul></ul><ul><li></ul>`,
			`<ul><li>a</li></ul>`,
		},
		"an item of paragraphs": {
			`<ul><li><p>a</p><p>b</p></ul>`,
			`<ul><li><p>a</p><p>b</p></li></ul>`,
		},
		"an item without a list": {`<li>a<li>b`, `<p>a</p><p>b</p>`},
		"definitions":            {`<dl><dt>a<dd>b</dl>`, `<p><strong>a</strong></p><p>b</p>`},
		"a quote": {
			`<blockquote>a<p>b</blockquote><blockquote> </blockquote>`,
			`<blockquote><p>a</p><p>b</p></blockquote>`,
		},
		"rules": {`a<hr>b`, `<p>a</p><hr><p>b</p>`},
		"code": {
			"<pre>\n  x &lt; 1\n\ty\n</pre>",
			"<pre><code>  x &lt; 1\n\ty</code></pre>",
		},
		"code in Chinese": {
			"<pre><code>第一行\n 二</code></pre>",
			"<pre><code>第一行\n 二</code></pre>",
		},
		"an article in pre": {
			"<pre>　　第一段\n第二段<b>粗</b>\n\n<a href=/x>第三段</a></pre>",
			`<p>第一段</p><p>第二段<strong>粗</strong></p><p><a href="/x">第三段</a></p>`,
		},
		"pre in pre": {"<pre>一<pre>二\n三</pre></pre>", `<p>一</p><p>二</p><p>三</p>`},
		"ruby": {
			`<ruby>會<rp>(</rp><rt>huì</rt><rp>)</rp></ruby>館`,
			`<p><ruby>會<rp>(</rp><rt>huì</rt><rp>)</rp></ruby>館</p>`,
		},
		"ruby of several bases": {
			`<ruby>會<rt>huì</rt>館<rt>guǎn</rt></ruby>`,
			`<p><ruby>會<rp>(</rp><rt>huì</rt><rp>)</rp></ruby><ruby>館<rp>(</rp><rt>guǎn</rt><rp>)</rp></ruby></p>`,
		},
		"ruby without a reading": {
			`<ruby><rb>會</rb></ruby><ruby><rt>x</rt></ruby>館`,
			`<p>會館</p>`,
		},
		"head and comments show nothing": {
			`<html><head><title>t</title><meta charset=x><link href=x></head><body><!-- c -->a</body></html>`,
			`<p>a</p>`,
		},
		"unknown elements vanish": {
			`<o:p>a</o:p><blink>b</blink><ucaptitle>c</ucaptitle>`,
			`<p>abc</p>`,
		},
		"a form's words stay": {
			`<form id=aspnetForm><p>a</p><input value=x><label>b</label></form>`,
			`<p>a</p><p>b</p>`,
		},
		"details": {
			`<details><summary>a</summary>b</details>`,
			`<p>a</p><p>b</p>`,
		},
		"control characters":               {"a\x00b\x07c\ufeffd", `<p>abcd</p>`},
		"references to control characters": {"a&#1;b&#x200b;c&#0;d", "<p>abc\ufffdd</p>"},
		"markup as text stays text":        {`&lt;b&gt;&amp;amp;"`, `<p>&lt;b&gt;&amp;amp;&quot;</p>`},
		"what is between paragraphs is one": {
			`<p>a</p>b<i>c</i><p>d</p>`,
			`<p>a</p><p>b<em>c</em></p><p>d</p>`,
		},
		"separators of lines in source": {"a\u2028b", `<p>a b</p>`},
		"a link over blocks": {
			`<a href=/x><div>a</div><div>b</div></a>`,
			`<p><a href="/x">a</a></p><p><a href="/x">b</a></p>`,
		},
		"a link around marks is one link": {
			`<a href=/x>a<b>b</b> <i>c</i></a>`,
			`<p><a href="/x">a<strong>b</strong> <em>c</em></a></p>`,
		},
		"a link in a link ends it": {
			`<a href=/x>a<a href=/y>b</a></a>`,
			`<p><a href="/x">a</a><a href="/y">b</a></p>`,
		},
		"a name is no link": {`<a name=x>a</a><a>b</a><a href="">c</a>`, `<p>abc</p>`},
		"links that lead off the site": {
			`<a href="https://example.org/?a=1&b=2">a</a><a href=//example.org>b</a>`,
			`<p><a href="https://example.org/?a=1&amp;b=2" rel="nofollow noopener">a</a><a href="https://example.org" rel="nofollow noopener">b</a></p>`,
		},
		"mail and telephone": {
			`<a href=mailto:hall@example.org>a</a> <a href=TEL:+85212345678>b</a> <a href="mailto:">c</a>`,
			`<p><a href="mailto:hall@example.org">a</a> <a href="TEL:+85212345678">b</a> c</p>`,
		},
		"deep lists are flattened": {
			strings.Repeat("<ul><li>", 18) + "a",
			strings.Repeat("<ul><li>", 16) + "a" + strings.Repeat("</li></ul>", 16),
		},
		"deep quotes are flattened": {
			strings.Repeat("<blockquote>", 18) + "a",
			strings.Repeat("<blockquote>", 16) + "<p>a</p>" + strings.Repeat("</blockquote>", 16),
		},
	} {
		d := parsed(t, tc.in, Options{})
		got := strings.ReplaceAll(rendered(t, d, RenderOptions{FigurePlaceholder: "[ ]"}), "\n<", "<")
		if diff := cmp.Diff(tc.want, strings.TrimSuffix(got, "\n")); diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", name, tc.in, diff)
		}
	}
}

func TestTables(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ in, want string }{
		"data": {
			`<table><tr><td>甲<td>乙<tr><td>1<td>2</table>`,
			`<table><tbody><tr><td>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr></tbody></table>`,
		},
		"headers": {
			`<table><thead><tr><td>甲<td>乙<tbody><tr><th>1<td>2</table>`,
			`<table><thead><tr><th scope="col">甲</th><th scope="col">乙</th></tr></thead><tbody><tr><th scope="row">1</th><td>2</td></tr></tbody></table>`,
		},
		"only headers": {
			`<table><tr><th>甲</table>`,
			`<table><tbody><tr><th scope="row">甲</th></tr></tbody></table>`,
		},
		"a header over two rows": {
			`<table><tr><th rowspan=2>a<th>b<tr><td>c</table>`,
			`<table><tbody><tr><th scope="row" rowspan="2">a</th><th scope="row">b</th></tr><tr><td>c</td></tr></tbody></table>`,
		},
		"a caption": {
			`<table><caption>年\n報</caption><tr><td>a</table>`,
			`<table><caption>年\n報</caption><tbody><tr><td>a</td></tr></tbody></table>`,
		},
		"spans": {
			`<table><tr><td colspan=2 rowspan="1">a<tr><td>b<td colspan=x>c</table>`,
			`<table><tbody><tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr></tbody></table>`,
		},
		"spans beyond reason": {
			`<table><tr><td colspan=99999 rowspan=99999>a<td rowspan=0>b<tr><td colspan=-1>c<td>d</table>`,
			`<table><tbody><tr><td colspan="50" rowspan="2">a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>`,
		},
		"paragraphs in cells": {
			`<table><tr><td><p>a</p><p><b>b</b></p></td><td>c</td></table>`,
			`<table><tbody><tr><td>a<br><strong>b</strong></td><td>c</td></tr></tbody></table>`,
		},
		"empty cells stay": {
			`<table><tr><td>a<td><tr><td>&nbsp;<td>b</table>`,
			`<table><tbody><tr><td>a</td><td></td></tr><tr><td></td><td>b</td></tr></tbody></table>`,
		},
		"an empty table":         {`<table><tr><td> <td>&nbsp;</table>x<table></table>`, `<p>x</p>`},
		"a caption of nothing":   {`<table><caption>a</caption><tr><td><td></table>`, `<p>a</p>`},
		"one cell is no table":   {`<table><tr><td>a<br><br>b</table>`, `<p>a</p><p>b</p>`},
		"one column is no table": {`<table><tr><td>a<tr><td>b</table>`, `<p>a</p><p>b</p>`},
		"pictures side by side": {
			`<table><tr><td><img src=a.jpg><td><img src=b.jpg><tr><td>甲<td>乙</table>`,
			`<figure>[ ]</figure><figure>[ ]</figure><p>甲</p><p>乙</p>`,
		},
		"a page in a table": {
			`<table><tr><td><ul><li>menu</ul><td><p>a<p>b</table>`,
			`<ul><li>menu</li></ul><p>a</p><p>b</p>`,
		},
		"a column of text": {
			`<table><tr><td>x<td><p>a<p>b<p>c<p>d</table>`,
			`<p>x</p><p>a</p><p>b</p><p>c</p><p>d</p>`,
		},
		"a table in a table": {
			`<table><tr><th>x<td><table><tr><td>a<td>b</table></table>`,
			`<p>x</p><table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>`,
		},
		"a caption of layout": {
			`<table><caption>c</caption><tr><td>x<table><tr><td>a<td>b</table></table>`,
			`<p>c</p><p>x</p><table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>`,
		},
		"a picture in a table": {
			`<table><tr><th>a<th>b<tr><td><img src=/a.jpg alt=x>c<td>d</table>`,
			`<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead><tbody><tr><td>c</td><td>d</td></tr></tbody></table><figure>[x]</figure>`,
		},
		"a list in a table": {
			`<table><tr><th>a<th>b<tr><td>c<ul><li>d<li>e</ul><td>f</table>`,
			`<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead><tbody><tr><td>c<br>d<br>e</td><td>f</td></tr></tbody></table>`,
		},
		"strays stand before": {
			`<table>x<tr>y<td>a<td>b</tr><p>z</p></table>`,
			`<p>xy</p><p>z</p><table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>`,
		},
		"a form in a table": {
			`<table><form><tr><td>a<td>b</tr></form></table>`,
			`<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>`,
		},
		"cells without a row": {
			`<table><td>a<td>b</table>`,
			`<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>`,
		},
		"cells without a table": {`<td>a</td><td>b</td>`, `<p>a</p><p>b</p>`},
		"hidden rows and cells": {
			`<table><tr><td>a<td style="display:none">x<td>b<tr hidden><td>y</table>`,
			`<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>`,
		},
		"marks around and in a table": {
			`<b><table><tr><td>a<td style="font-weight:normal">b</table></b>`,
			`<table><tbody><tr><td><strong>a</strong></td><td>b</td></tr></tbody></table>`,
		},
	} {
		d := parsed(t, strings.ReplaceAll(tc.in, `\n`, "\n"), Options{})
		got := rendered(t, d, RenderOptions{FigurePlaceholder: "[ ]"})
		got = strings.NewReplacer("\n", "", `<span role="img" aria-label="[ ]">[ ]</span>`, "[ ]", `<span role="img" aria-label="x">[ ]</span>`, "[x]").Replace(got)
		if diff := cmp.Diff(strings.ReplaceAll(tc.want, `\n`, ""), got); diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", name, tc.in, diff)
		}
	}
}

func TestPictures(t *testing.T) {
	t.Parallel()
	long := "/" + strings.Repeat("a", maxAddress)
	for name, tc := range map[string]struct {
		in   string
		want []Block
	}{
		"a picture": {
			`<img src="/u/1.jpg" alt="燈會 現場">`,
			[]Block{Figure{Source: "/u/1.jpg", Alt: "燈會 現場"}},
		},
		"a picture in words": {
			`<p>a<img src=1.jpg>b</p>`,
			[]Block{Para("a"), Figure{Source: "1.jpg"}, Para("b")},
		},
		"an old name": {`<image src=1.jpg>`, []Block{Figure{Source: "1.jpg"}}},
		"loaded late": {
			`<img src="data:image/gif;base64,AA" data-src="https://example.org/1.jpg">`,
			[]Block{Figure{Source: "https://example.org/1.jpg"}},
		},
		"without a scheme": {
			`<img src="//example.org/1.jpg">`,
			[]Block{Figure{Source: "https://example.org/1.jpg"}},
		},
		"spaces in the address": {"<img src=' /a\n b.jpg '>", []Block{Figure{Source: "/a%20b.jpg"}}},
		"written into the page": {`a<img src="DATA:image/png;base64,AA">`, []Block{Para("a")}},
		"no address": {
			`a<img alt=x>b<img src="javascript:x">c<img src="` + long + `">`,
			[]Block{Para("abc")},
		},
		"a spacer": {
			`a<img src=dot.gif width=1 height=20>b<img src=x height="1px">`,
			[]Block{Para("ab")},
		},
		"an emoticon": {
			`好<img src=e.gif width=24 height=24 alt="[笑]">啊<img src=e.gif width=24 height=24>`,
			[]Block{Para("好[笑]啊")},
		},
		"a small picture":         {`<img src=e.gif width=24 height=240>`, []Block{Figure{Source: "e.gif"}}},
		"a file's name is no alt": {`<img src=1.jpg alt="DSC_001.JPG">`, []Block{Figure{Source: "1.jpg"}}},
		"a figure": {
			"<figure><img src=1.jpg alt=a><figcaption>燈\n會 <b>b</b></figcaption></figure>",
			[]Block{Figure{Source: "1.jpg", Alt: "a", Caption: "燈會 b"}},
		},
		"a caption in front": {
			`<figure><figcaption>b</figcaption><div><img src=1.jpg></div></figure>`,
			[]Block{Figure{Source: "1.jpg", Caption: "b"}},
		},
		"two pictures": {
			`<figure><img src=1.jpg><img src=2.jpg><figcaption>b</figcaption></figure>`,
			[]Block{Figure{Source: "1.jpg"}, Figure{Source: "2.jpg", Caption: "b"}},
		},
		"a figure of words": {
			`<figure><p>a</p><figcaption>b</figcaption></figure>`,
			[]Block{Para("a"), Para("b")},
		},
		"a figure of code": {`<figure><pre>x</pre></figure>`, []Block{Code{Text: "x"}}},
		"only a caption": {
			`<figure><figcaption>b</figcaption></figure>`,
			[]Block{Figure{Caption: "b"}},
		},
		"an empty figure": {`<figure> </figure>`, nil},
		"in a link":       {`<a href=/big.jpg><img src=1.jpg></a>`, []Block{Figure{Source: "1.jpg"}}},
		"missing": {
			`<figure><span role=img aria-label=a>圖片未存</span></figure>`,
			[]Block{Figure{Alt: "a"}},
		},
		"missing, not described": {
			`<figure><span role=img aria-label=圖片未存>圖片未存</span></figure>`,
			[]Block{Figure{}},
		},
		"an icon in words": {`a<span role=img aria-label=x>b</span>`, []Block{Para("ab")}},
		"one of ours": {
			`<img src="/media/` + testHash + `" alt="x.jpg">`,
			[]Block{Figure{File: testHash, Source: "/media/" + testHash, Alt: "x.jpg"}},
		},
	} {
		_, in := siteOptions()
		if diff := cmp.Diff(tc.want, parsed(t, tc.in, in).Blocks); diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", name, tc.in, diff)
		}
	}
}

func TestAddressesAreResolved(t *testing.T) {
	t.Parallel()
	base, err := url.Parse("https://hall.example.org/news/2026/")
	if err != nil {
		t.Fatal(err)
	}
	d := parsed(t, `<a href="../a b">a</a><a href="/c">b</a><a href="https://example.org/">c</a><a href="javascript:alert(1)">d</a><a href="#x">e</a>
		<img src="1.jpg"><img src="//cdn.example.org/2.jpg">`, Options{Base: base})
	want := []Block{
		Paragraph{Runs: []Run{
			{Text: "a", Href: "https://hall.example.org/news/a%20b"},
			{Text: "b", Href: "https://hall.example.org/c"},
			{Text: "c", Href: "https://example.org/"},
			{Text: "de"},
		}},
		Figure{Source: "https://hall.example.org/news/2026/1.jpg"},
		Figure{Source: "https://cdn.example.org/2.jpg"},
	}
	if diff := cmp.Diff(want, d.Blocks); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestLossesAreCounted(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		in   string
		want []Dropped
	}{
		"nothing": {`<p class=x style="color:red">a</p>`, nil},
		"scripts and styles": {
			`<script>a</script><script src=x></script><style>b</style>`,
			[]Dropped{{DroppedScript, 2}, {DroppedStyle, 1}},
		},
		"frames": {
			`<iframe src=x>a</iframe><frameset><frame src=y></frameset>`,
			[]Dropped{{DroppedFrame, 2}},
		},
		"embedded things": {
			`<object><embed src=x></object><embed><svg><path/></svg><math><mi>x</mi></math><canvas></canvas><applet></applet>`,
			[]Dropped{{DroppedEmbed, 6}},
		},
		"sound and film": {
			`<audio src=x></audio><video><source src=y>a</video>`,
			[]Dropped{{DroppedMedia, 2}},
		},
		"forms": {
			`<form><input><select><option>a</select><textarea>b</textarea><button>c</button>d</form>`,
			[]Dropped{{DroppedForm, 4}},
		},
		"fallbacks": {
			`<noscript><img src=x></noscript><template>a</template>`,
			[]Dropped{{DroppedFallback, 2}},
		},
		"handlers": {
			`<p onclick=x ONMOUSEOVER=y on=z one="">a<img src=x onerror=y></p>`,
			[]Dropped{{DroppedHandler, 4}},
		},
		"links": {
			`<a href="javascript:x">a</a><a href="ftp://x">b</a><a href="#c">d</a>`,
			[]Dropped{{DroppedAnchor, 1}, {DroppedLink, 2}},
		},
		"pictures": {
			`<img src="data:,"><img><img src=x width=1>`,
			[]Dropped{{DroppedDataImage, 1}, {DroppedImage, 1}, {DroppedSpacer, 1}},
		},
		"hidden things": {
			`<p hidden>a</p><div style="Display : NONE">b<script></script></div><p style="visibility:hidden">c</p>`,
			[]Dropped{{DroppedHidden, 2}},
		},
		"characters": {"a\x01b\u200bc\x7f", []Dropped{{DroppedCharacter, 3}}},
	} {
		_, got, err := ParseHTML(strings.NewReader(tc.in), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", name, tc.in, diff)
		}
	}
}
