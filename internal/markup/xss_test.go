package markup

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// violations reads rendered HTML as a browser would and names all that is not on the
// allow-list. It knows nothing of the tree, so that it can judge it.
func violations(page string) []string {
	root, err := html.Parse(strings.NewReader("<!doctype html><body>" + page))
	if err != nil {
		return []string{err.Error()}
	}
	var bad []string
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch n.Type {
		case html.CommentNode:
			bad = append(bad, "comment")
		case html.TextNode:
			if strings.ContainsFunc(n.Data, forbidden) {
				bad = append(bad, fmt.Sprintf("control character in %q", n.Data))
			}
		case html.ElementNode:
			bad = append(bad, elementViolations(n)...)
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			walk(child)
		}
	}
	walk(root)
	return bad
}

func elementViolations(n *html.Node) []string {
	const elements = " html head body p h2 h3 h4 h5 h6 ul ol li blockquote figure figcaption img span table caption " +
		"thead tbody tr th td pre code hr br a ruby rp rt strong em u s sup sub div "
	const attributes = " a.href a.rel a.aria-label img.src img.srcset img.sizes img.width img.height img.alt img.loading img.decoding " +
		"div.class figure.class span.role span.aria-label th.scope " +
		"th.colspan th.rowspan td.colspan td.rowspan "
	var bad []string
	if n.Namespace != "" || !strings.Contains(elements, " "+n.Data+" ") {
		bad = append(bad, "element "+n.Namespace+":"+n.Data)
	}
	for _, a := range n.Attr {
		if a.Namespace != "" || !strings.Contains(attributes, " "+n.Data+"."+a.Key+" ") {
			bad = append(bad, "attribute "+n.Data+"."+a.Key)
		}
		if a.Key == "class" && a.Val != "gallery" && a.Val != "gallery upright" && a.Val != "upright" && a.Val != "whole" {
			bad = append(bad, "class "+a.Val)
		}
		if a.Key == "srcset" {
			for entry := range strings.SplitSeq(a.Val, ", ") {
				if src, _, _ := strings.Cut(entry, " "); !lawfulAddress(src, false) {
					bad = append(bad, "address "+src)
				}
			}
		}
		if a.Key == "href" || a.Key == "src" {
			if !lawfulAddress(a.Val, a.Key == "href") {
				bad = append(bad, "address "+a.Val)
			}
		}
	}
	if (n.DataAtom == atom.P || n.DataAtom == atom.A) && nestedIn(n, n.DataAtom) {
		bad = append(bad, n.Data+" in itself")
	}
	return bad
}

func nestedIn(n *html.Node, a atom.Atom) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.DataAtom == a {
			return true
		}
	}
	return false
}

func lawfulAddress(s string, link bool) bool {
	if strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || strings.ContainsRune("\\\"<>", r) }) || strings.HasPrefix(s, "//") {
		return false
	}
	for _, scheme := range []string{"http://", "https://"} {
		if strings.HasPrefix(strings.ToLower(s), scheme) {
			return true
		}
	}
	lower := strings.ToLower(s)
	if link && (strings.HasPrefix(lower, "mailto:") || strings.HasPrefix(lower, "tel:")) {
		return true
	}
	first, _, _ := strings.Cut(s, "/")
	first, _, _ = strings.Cut(first, "?")
	first, _, _ = strings.Cut(first, "#")
	return s != "" && !strings.Contains(first, ":")
}

// vectors are attacks on sanitisers, by the way in which they try to come through.
func vectors() []string {
	return []string{
		// scripts and handlers
		`<script>alert(1)</script>`,
		`<SCRIPT/SRC=//x.example/x.js></SCRIPT>`,
		`<script`,
		`<script>`,
		`</script><script>alert(1)`,
		`<scr<script>ipt>alert(1)</scr</script>ipt>`,
		`<<script>alert(1)//<</script>`,
		`<script\x00>alert(1)</script>`,
		`<img src=x onerror=alert(1)>`,
		`<img src=x oNeRrOr = alert(1) />`,
		`<img/src=x/onerror=alert(1)>`,
		"<img src=x\nonerror\n=\nalert(1)>",
		`<img src="x" "onerror=alert(1)">`,
		`<img """><script>alert(1)</script>">`,
		`<p onclick=alert(1) onclick=x>a</p>`,
		`<body onload=alert(1)>`,
		`<div style="background:url(javascript:alert(1))">a</div>`,
		`<p style="x:expression(alert(1))">a</p>`,
		`<details open ontoggle=alert(1)><summary>a</summary>b</details>`,
		`<marquee onstart=alert(1)>a</marquee>`,
		`<a href=x autofocus onfocus=alert(1) tabindex=1>a</a>`,
		`<p contenteditable onbeforeinput=alert(1)>a</p>`,
		// addresses
		`<a href="javascript:alert(1)">a</a>`,
		`<a href="JaVaScRiPt:alert(1)">a</a>`,
		`<a href=" javascript:alert(1)">a</a>`,
		"<a href=\"java\tscript:alert(1)\">a</a>",
		"<a href=\"java\nscript:alert(1)\">a</a>",
		`<a href="java&#x09;script:alert(1)">a</a>`,
		`<a href="&#106;avascript:alert(1)">a</a>`,
		`<a href="&#0000106avascript&colon;alert(1)">a</a>`,
		`<a href="&#1;javascript:alert(1)">a</a>`,
		"<a href=\"\x01javascript:alert(1)\">a</a>",
		"<a href=\"javascript\x00:alert(1)\">a</a>",
		"<a href=\"\u2028javascript:alert(1)\">a</a>",
		"<a href=\"\u00a0javascript:alert(1)\">a</a>",
		"<a href=\"\u200bjavascript:alert(1)\">a</a>",
		`<a href="javascript&Tab;:alert(1)">a</a>`,
		`<a href="data:text/html,<script>alert(1)</script>">a</a>`,
		`<a href="DATA:text/html;base64,PHNjcmlwdD4=">a</a>`,
		`<a href="vbscript:msgbox(1)">a</a>`,
		`<a href="blob:https://x.example/1">a</a>`,
		`<a href="file:///etc/passwd">a</a>`,
		`<a href="view-source:javascript:alert(1)">a</a>`,
		`<a href="feed:javascript:alert(1)">a</a>`,
		`<a href="intent://x#Intent;end">a</a>`,
		`<a href="https:javascript:alert(1)">a</a>`,
		`<a href="http:/\x.example">a</a>`,
		`<a href="\\x.example">a</a>`,
		`<a href="/\x.example">a</a>`,
		"<a href=\"/\t/x.example\">a</a>",
		`<a href="https://bank.example@x.example/">a</a>`,
		`<a href="%6aavascript:alert(1)">a</a>`,
		`<a href='x" onmouseover="alert(1)'>a</a>`,
		"<a href=`javascript:alert(1)`>a</a>",
		`<a href=x href=javascript:alert(1)>a</a>`,
		`<a xlink:href="javascript:alert(1)">a</a>`,
		`<a href="//x.example">a</a>`,
		`<a href="javascript://%0aalert(1)">a</a>`,
		`<img src="javascript:alert(1)">`,
		`<img src="data:image/svg+xml,<svg onload=alert(1)>">`,
		`<img srcset="javascript:alert(1) 1x">`,
		`<img src=x data-src="javascript:alert(1)">`,
		`<img lowsrc=javascript:alert(1) dynsrc=javascript:alert(1)>`,
		`<table background="javascript:alert(1)"><tr><td>a<td>b</table>`,
		`<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">a</button>b</form>`,
		`<base href="javascript:/a/">`,
		`<meta http-equiv=refresh content="0;url=javascript:alert(1)">`,
		`<link rel=stylesheet href=javascript:alert(1)>`,
		`<iframe src=javascript:alert(1)></iframe>`,
		`<iframe srcdoc="<script>alert(1)</script>"></iframe>`,
		`<object data=javascript:alert(1)>a</object>`,
		`<embed src=javascript:alert(1)>`,
		`<video><source onerror=alert(1)></video>`,
		`<area href=javascript:alert(1)>`,
		// mutation: text of one parser that is markup to the next
		`<svg><script>alert(1)</script></svg>`,
		`<svg/onload=alert(1)>`,
		`<svg><a xlink:href=javascript:alert(1)><text>a</text></a></svg>`,
		`<svg><style><img src=x onerror=alert(1)></style></svg>`,
		`<svg><style><!--</style><img src=x onerror=alert(1)>-->`,
		`<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">`,
		`<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></table></mtext></math>`,
		`<math><mi//xlink:href="data:x,<script>alert(1)</script>">`,
		`<math href="javascript:alert(1)">a</math>`,
		`<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>`,
		`<svg><foreignObject><p><img src=x onerror=alert(1)></p></foreignObject></svg>`,
		`<svg><desc><p><style><!--</style></p></desc></svg><img src=x onerror=alert(1)>-->`,
		`<svg><title><style><img src=x onerror=alert(1)></style></title></svg>`,
		`<noscript><p title="</noscript><img src=x onerror=alert(1)>">`,
		`<noscript><!--</noscript><img src=x onerror=alert(1)>-->`,
		`<template><script>alert(1)</script></template>`,
		`<template><p></template></p><img src=x onerror=alert(1)>`,
		`<style><!--</style><img src=x onerror=alert(1)>-->`,
		`<style>@import "javascript:alert(1)";</style>`,
		`<textarea></textarea><img src=x onerror=alert(1)></textarea>`,
		`<title><a title="</title><img src=x onerror=alert(1)>">`,
		`<xmp><p title="</xmp><img src=x onerror=alert(1)>">`,
		`<noembed><p title="</noembed><img src=x onerror=alert(1)>">`,
		`<noframes><p title="</noframes><img src=x onerror=alert(1)>">`,
		`<plaintext><img src=x onerror=alert(1)>`,
		`<select><style></select><img src=x onerror=alert(1)></style>`,
		`<option><style></option></select><img src=x onerror=alert(1)></style>`,
		`<a><b><a href="javascript:alert(1)"><table><a>x</a></table></a></b>`,
		`<table><caption><script>alert(1)</script></caption><tr><td>a<td>b</table>`,
		`<table><td><form><table><td></form><img src=x onerror=alert(1)>`,
		`<form><form><form><p>a</form></form></form>`,
		// comments, declarations, CDATA, characters
		`<!--><img src=x onerror=alert(1)>-->`,
		`<!--<img src="--><img src=x onerror=alert(1)//">`,
		`<!-- --!><img src=x onerror=alert(1)>-->`,
		`<!--[if gte IE 4]><script>alert(1)</script><![endif]-->`,
		`<![CDATA[<img src=x onerror=alert(1)>]]>`,
		`<svg><![CDATA[><img src=x onerror=alert(1)>]]></svg>`,
		`<!DOCTYPE x [<!ENTITY y "<script>alert(1)</script>">]>&y;`,
		`<?xml-stylesheet href="javascript:alert(1)"?>`,
		`<? <img src=x onerror=alert(1)> ?>`,
		`&lt;script&gt;alert(1)&lt;/script&gt;`,
		`&amp;lt;script&amp;gt;`,
		`&#60;img src=x onerror=alert(1)&#62;`,
		"a\x00b\x08c\u0085d\ufffee",
		"\xff\xfe<script>alert(1)</script>",
		"+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
		"\u2028<p>\u2029",
		`<p title='"><img src=x onerror=alert(1)>'>a</p>`,
		`<img alt='"><script>alert(1)</script>' src="/a.jpg">`,
		`<figure><img src=/a.jpg><figcaption>"><img src=x onerror=alert(1)></figcaption></figure>`,
		`<figure><span role=img aria-label='"><img src=x onerror=alert(1)>'>a</span></figure>`,
		`<p><span role=img aria-label=x onclick=alert(1)>a</span>`,
		`<ruby><script>alert(1)</script>漢<rt><img src=x onerror=alert(1)>han</rt></ruby>`,
		`<td colspan="2&quot; onclick=alert(1)">a</td>`,
		`<pre><code><img src=x onerror=alert(1)></code></pre>`,
		"<pre>\n\n<code>&lt;script&gt;",
		`<p id=getElementById name=body>a</p>`,
		`<a id=x href=/y name=z>a</a>`,
	}
}

func TestAttacksComeOutHarmless(t *testing.T) {
	t.Parallel()
	out, in := siteOptions()
	attacks := 0
	for _, v := range vectors() {
		if len(violations(v)) > 0 {
			attacks++
		}
		for _, page := range []string{v, "<p>a" + v + "b</p>", "<table><tr><td>" + v + "<td>x</table>", "<ul><li>" + v, "<svg>" + v, "<math><mtext>" + v} {
			d := parsed(t, page, in)
			got := rendered(t, d, out)
			if bad := violations(got); len(bad) > 0 {
				t.Errorf("%q came out as %q: %v", page, got, bad)
			}
			if again := rendered(t, parsed(t, got, in), out); again != got {
				t.Errorf("%q is no fixed point:\n%s\n%s", page, got, again)
			}
		}
	}
	// The control: most vectors are unlawful as they stand, or the check sees nothing.
	if attacks < len(vectors())*3/4 {
		t.Errorf("only %d of %d vectors look like attacks to the check", attacks, len(vectors()))
	}
}

// TestAttacksInATreeByHand shows that Render trusts no tree either.
func TestAttacksInATreeByHand(t *testing.T) {
	t.Parallel()
	for _, v := range vectors() {
		d := Doc{Blocks: []Block{
			Paragraph{Runs: []Run{{Text: v, Href: v, Reading: v, Marks: 255}}},
			Heading{Level: 99, Runs: []Run{{Text: v, Href: v}}},
			Figure{File: v, Source: v, Alt: v, Caption: v},
			Figure{File: testHash, Alt: v},
			Figure{File: testHash, Caption: v},
			Figure{File: testHash},
			Table{Caption: v, Rows: [][]Cell{{{ColSpan: -1, Runs: []Run{Text(v)}}, {Header: true, RowSpan: 1 << 40, Runs: []Run{Text(v)}}}}},
			Code{Text: v}, nil,
		}}
		got := rendered(t, d, RenderOptions{
			Picture:           func(string) Image { return Image{Src: v, Width: 4, Height: 3, Forms: []Form{{v, 320}, {v, 640}}} },
			Sizes:             v,
			GallerySizes:      v,
			Enlarge:           v,
			FigurePlaceholder: v,
			LinkRel:           v,
			Transform:         func(s string) string { return s + v },
		})
		if bad := violations(got); len(bad) > 0 {
			t.Errorf("%q came out as %q: %v", v, got, bad)
		}
	}
}

func FuzzSanitize(f *testing.F) {
	for _, v := range vectors() {
		f.Add(v)
	}
	out, in := siteOptions()
	in.Limits = Limits{Bytes: 1 << 16}
	f.Fuzz(func(t *testing.T, page string) {
		d, _, err := ParseHTML(strings.NewReader(page), in)
		if err != nil {
			t.Skip(err)
		}
		once := rendered(t, d, out)
		if bad := violations(once); len(bad) > 0 {
			t.Fatalf("%q came out as %q: %v", page, once, bad)
		}
		if twice := rendered(t, parsed(t, once, in), out); twice != once {
			t.Fatalf("no fixed point:\n%q\n%q", once, twice)
		}
		root, err := html.Parse(strings.NewReader(page))
		if err != nil {
			return // too deep for that parser
		}
		d, _ = FromHTML(root, in)
		if bad := violations(rendered(t, d, out)); len(bad) > 0 {
			t.Fatalf("%q through html.Parse: %v", page, bad)
		}
	})
}
