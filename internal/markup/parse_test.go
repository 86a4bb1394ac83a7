package markup

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

// outline writes a parsed tree shortly: p(b("text")).
func outline(n *html.Node) string {
	if n.Type == html.TextNode {
		return fmt.Sprintf("%q", n.Data)
	}
	var parts []string
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		parts = append(parts, outline(child))
	}
	inner := strings.Join(parts, " ")
	if n.Type == html.DocumentNode {
		return inner
	}
	return n.Data + "(" + inner + ")"
}

func TestParseMendsTags(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ in, want string }{
		"paragraphs end one another": {`<p>a<p>b`, `p("a") p("b")`},
		"a block ends a paragraph":   {`<p>a<div>b</div>c`, `p("a") div("b") "c"`},
		"list items end one another": {
			`<ul><li>a<li>b<ul><li>c</ul><li>d</ul>`,
			`ul(li("a") li("b" ul(li("c"))) li("d"))`,
		},
		"terms and definitions": {`<dl><dt>a<dd>b<dt>c</dl>`, `dl(dt("a") dd("b") dt("c"))`},
		"rows and cells": {
			`<table><tr><td>a<td>b<tr><th>c</table>d`,
			`table(tr(td("a") td("b")) tr(th("c"))) "d"`,
		},
		"sections of a table": {
			`<table><thead><tr><td>a<tbody><tr><td>b</table>`,
			`table(thead(tr(td("a"))) tbody(tr(td("b"))))`,
		},
		"a table in a cell keeps its cells": {
			`<table><tr><td>a<table><tr><td>b</table>c<td>d</table>`,
			`table(tr(td("a" table(tr(td("b"))) "c") td("d")))`,
		},
		"an end tag does not leave its cell": {
			`<div><table><tr><td>a</div>b</table>c</div>`,
			`div(table(tr(td("a" "b"))) "c")`,
		},
		"headings end one another": {`<h2>a<h3>b</h3>`, `h2("a") h3("b")`},
		"a link ends a link":       {`<a href=x>a<a href=y>b</a>`, `a("a") a("b")`},
		"options": {
			`<select><option>a<option>b</select>c`,
			`select(option("a") option("b")) "c"`,
		},
		"readings": {
			`<ruby>a<rt>b<rp>c<rt>d</ruby>`,
			`ruby("a" rt("b") rp("c") rt("d"))`,
		},
		"marks go on in the next paragraph": {`<p><b>a<p>b</b>c`, `p(b("a")) p(b("b") "c")`},
		"marks that cross":                  {`<b>a<i>b</b>c</i>d`, `b("a" i("b")) i("c") "d"`},
		"a mark that ended is not reopened": {`<p><b>a</p></b><p>b`, `p(b("a")) p("b")`},
		"a mark ends the block inside":      {`<b><p>a</b>b`, `b(p("a")) "b"`},
		"marks stay in their cell": {
			`<table><tr><td><b>a<td>b</table>c`,
			`table(tr(td(b("a")) td("b"))) "c"`,
		},
		"end tags of nothing":    {`</p></b></div>a</i>`, `"a"`},
		"an end tag for a break": {`a</br>b`, `"a" br() "b"`},
		"void elements hold nothing": {
			`<br>a<img>b<hr>c<input>d`,
			`br() "a" img() "b" hr() "c" input() "d"`,
		},
		"a slash closes no element of HTML": {`<b/>a</b>`, `b("a")`},
		"a slash closes an unknown element": {`<p>a<o:p/>b</p>`, `p("a" o:p() "b")`},
		"a block ends a drawing":            {`<svg><g><p>a`, `svg(g()) p("a")`},
		"a closed drawing":                  {`<svg/>a`, `svg() "a"`},
		"comments and doctypes vanish":      {`<!doctype html><!-- a -->b<!---->`, `"b"`},
		"the first head and body only": {
			`<html><head><title>a</title><body>b<body>c</html>d`,
			`html(head(title("a")) body("b" "c" "d"))`,
		},
		"a head that was not closed":          {`<head><meta><p>a`, `head(meta()) p("a")`},
		"words end a head":                    {`<head> a`, `head() " a"`},
		"text of a script is not markup":      {`<script><p>a</script>b`, `script("<p>a") "b"`},
		"an unclosed comment swallows":        {`a<!-- b <p>c`, `"a"`},
		"references":                          {`&lt;p&gt; &amp;amp; &#26371;`, `"<p> &amp; 會"`},
		"names are case-blind":                {`<DIV><Br/></dIv>a`, `div(br()) "a"`},
		"an unfinished tag":                   {`a<p`, `"a"`},
		"only less-than signs":                {`1 < 2 <3`, `"1 < 2 <3"`},
		"a paragraph does not end the letter": {`<p>a</div>b`, `p("a" "b")`},
	} {
		root, err := Parse(strings.NewReader(tc.in), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tc.want, outline(root)); diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", name, tc.in, diff)
		}
	}
}

func TestParseKeepsTheFirstOfEqualAttributes(t *testing.T) {
	t.Parallel()
	root, err := Parse(strings.NewReader(`<p class=a CLASS=b id="x &amp; y" hidden `+strings.Repeat("z ", 10)+`>`), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	want := []html.Attribute{{Key: "class", Val: "a"}, {Key: "id", Val: "x & y"}, {Key: "hidden"}, {Key: "z"}}
	if diff := cmp.Diff(want, root.FirstChild.Attr); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		in     string
		limits Limits
		fails  bool
	}{
		"as many bytes as allowed": {strings.Repeat("a", 100), Limits{Bytes: 100}, false},
		"a byte too many":          {strings.Repeat("a", 101), Limits{Bytes: 100}, true},
		"as many nodes as allowed": {strings.Repeat("<br>", 100), Limits{Nodes: 100}, false},
		"a node too many":          {strings.Repeat("<br>", 101), Limits{Nodes: 100}, true},
	} {
		_, _, err := ParseHTML(strings.NewReader(tc.in), Options{Limits: tc.limits})
		if errors.Is(err, ErrTooLarge) != tc.fails {
			t.Errorf("%s: %v", name, err)
		}
	}
	broken := errors.New("the line broke")
	if _, _, err := ParseHTML(iotest.ErrReader(broken), Options{}); !errors.Is(err, broken) {
		t.Errorf("a failing reader: %v", err)
	}
}

func TestDepthIsCutAndTextKept(t *testing.T) {
	t.Parallel()
	in := strings.Repeat("<div>", 1000) + "deep" + strings.Repeat("</div>", 1000) + "<p>after"
	d, dropped, err := ParseHTML(strings.NewReader(in), Options{Limits: Limits{Depth: 20}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"deep", "after"}, d.Paragraphs()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if diff := cmp.Diff([]Dropped{{DroppedDeep, 980}}, dropped); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestATreeByHandMayBeDeep(t *testing.T) {
	t.Parallel()
	root := &html.Node{Type: html.DocumentNode}
	for n, i := root, 0; i < 100_000; i++ {
		child := &html.Node{Type: html.ElementNode, Data: "b"}
		n.AppendChild(child)
		n = child
	}
	if _, dropped := FromHTML(root, Options{}); len(dropped) != 1 || dropped[0].What != DroppedDeep {
		t.Errorf("dropped %v", dropped)
	}
	if d, dropped := FromHTML(nil, Options{}); len(d.Blocks) != 0 || dropped != nil {
		t.Errorf("nothing gave %v, %v", d, dropped)
	}
}

// hostile returns inputs of about n bytes that hurt parsers.
func hostile(n int) map[string]string {
	fill := func(s string) string { return strings.Repeat(s, n/len(s)) }
	numbered := func(format string) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	return map[string]string{
		"nested div":           fill("<div>"),
		"nested b":             fill("<b>"),
		"nested lists":         fill("<ul><li>"),
		"nested quotes":        fill("<blockquote>"),
		"nested tables":        fill("<table><tr><td>"),
		"nested tables, text":  fill("<table><td>a") + fill("b<td>"),
		"nested forms":         fill("<form>"),
		"nested svg":           fill("<svg>"),
		"ruby":                 fill("<ruby>a<rt>"),
		"open and close":       strings.Repeat("<div>", n/11) + strings.Repeat("</div>", n/11),
		"end tags":             strings.Repeat("<div>", 300) + fill("</b>"),
		"unknown end tags":     strings.Repeat("<x1>", 300) + fill("</x2>"),
		"marks over blocks":    numbered("<font size=%d>") + fill("<p>a"),
		"marks and paragraphs": numbered("<b a=%d><p>a"),
		"crossing marks":       fill("<b><i>a</b>a</i>"),
		"attributes":           "<p " + numbered("a%d=1 ") + ">",
		"equal attributes":     "<p " + fill("a=1 ") + ">",
		"a long style":         `<p style="` + fill("a:b;") + `">`,
		"styles":               fill(`<i style="a:b;c:d">`),
		"comments":             fill("a<!---->"),
		"open comments":        fill("<!--"),
		"less-than signs":      fill("<"),
		"references":           fill("&amp;"),
		"bare ampersands":      fill("&"),
		"cells":                fill("<td>a") + "<table>",
		"a table":              "<table><tr>" + fill("<td colspan=50 rowspan=9>a"),
		"links":                fill("<a href=/x>a"),
		"breaks":               fill("<br>a"),
		"blank lines":          fill("a<br><br>"),
		"spaces":               "a" + fill(" ") + "b",
		"wide spaces":          "a" + fill("\u3000") + "b",
		"source line ends":     fill("會\n"),
		"images":               fill("<img src=a>"),
		"figures":              fill("<figure><figcaption>a"),
		"pre":                  fill("<pre>會\n"),
		"raw text":             fill("<textarea>"),
		"skipped scripts":      fill("<script></script>"),
		"list strays":          "<ul>" + fill("a<ul></ul>"),
		"adjacent texts":       fill("a<x></x>"),
	}
}

func TestHostileInputEnds(t *testing.T) {
	t.Parallel()
	out, in := siteOptions()
	for name, page := range hostile(30_000) {
		d, _, err := ParseHTML(strings.NewReader(page), in)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := rendered(t, d, out)
		if again := rendered(t, parsed(t, got, in), out); again != got {
			t.Errorf("%s is no fixed point", name)
		}
	}
}

// BenchmarkLinear compares the time for n and 4n bytes of every hostile kind and
// prints the worst growth for a doubling. It is a benchmark because times may not
// decide a test; the two sizes take turns so that other work on the machine hits both.
func BenchmarkLinear(b *testing.B) {
	const n = 100_000
	for range b.N {
		worst, slowest, kind := 0.0, time.Duration(0), ""
		large := hostile(4 * n)
		for name, page := range hostile(n) {
			t1, t4 := time.Hour, time.Hour
			for range 7 {
				t1 = min(t1, timeOf(b, page))
				t4 = min(t4, timeOf(b, large[name]))
			}
			ratio := math.Sqrt(float64(t4) / float64(max(t1, time.Millisecond)))
			if os.Getenv("MARKUP_VERBOSE") != "" {
				b.Logf("%-22s %8v %8v t(2n)/t(n) %.2f", name, t1, t4, ratio)
			}
			if ratio > worst {
				worst, kind = ratio, name
			}
			slowest = max(slowest, t4)
		}
		b.Logf("RESULT markup-linear worst=%.2f kind=%q slowest_400kB=%v kinds=%d", worst, kind, slowest, len(large))
		b.ReportMetric(worst, "t(2n)/t(n)")
	}
}

func timeOf(b *testing.B, page string) time.Duration {
	runtime.GC()
	// A collection at an odd moment would be all there is to see.
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	out, in := siteOptions()
	start := time.Now()
	d, _, err := ParseHTML(strings.NewReader(page), in)
	if err != nil {
		b.Fatal(err)
	}
	if err := Render(io.Discard, d, out); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

func BenchmarkParseHTML(b *testing.B) {
	page := article(200)
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := ParseHTML(strings.NewReader(page), Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRender(b *testing.B) {
	d := parsed(b, article(40), Options{})
	out, _ := siteOptions()
	b.ReportAllocs()
	for b.Loop() {
		if err := Render(io.Discard, d, out); err != nil {
			b.Fatal(err)
		}
	}
}

// article is a page as an old editor left it, of n paragraphs.
func article(n int) string {
	const paragraph = `<p style="text-indent:2em"><font face=宋體>&nbsp;&nbsp;&nbsp;&nbsp;三月五日，會館舉辦<b>元宵燈會</b>，八十五位街坊到場，` +
		`猜燈謎、吃湯圓，並為<a href="/news/clinic">義診</a>籌款。<br>　　晚上九時結束。</font></p><p align=center><img src="/u/lantern.jpg" alt="燈會"></p>` + "\n"
	return "<div>" + strings.Repeat(paragraph, n) + "</div>"
}
