package markup

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCleanText(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		in, want string
		removed  int
	}{
		{"", "", 0},
		{"燈會\n\tfestival", "燈會\n\tfestival", 0},
		{"a\r\nb\rc\fd\ve", "a\nb\nc\nd\ne", 0},
		{"a\x00b\x1bc\x7fd\u0085e", "abcde", 4},
		{"\ufeffa\u200bb\ufdd0c\uffffd\U0001fffee", "abcde", 5},
		{"a\xffb", "a\ufffdb", 0},
		{"e\u0301 \U00020BB7 👨\u200d👩", "e\u0301 \U00020BB7 👨\u200d👩", 0},
	} {
		got, removed := CleanText(tc.in)
		if got != tc.want || removed != tc.removed {
			t.Errorf("CleanText(%q) = %q, %d; want %q, %d", tc.in, got, removed, tc.want, tc.removed)
		}
	}
}

func TestCleanRuns(t *testing.T) {
	t.Parallel()
	link := func(s string) Run { return Run{Text: s, Href: "/x"} }
	bold := func(s string) Run { return Run{Text: s, Marks: Strong} }
	for name, tc := range map[string]struct{ in, want []Run }{
		"nothing":     {nil, nil},
		"only spaces": {[]Run{Text(" \u3000"), bold("\n")}, nil},
		"neighbours of one look": {
			[]Run{Text("a"), Text("b"), bold("c"), bold("")},
			[]Run{Text("ab"), bold("c")},
		},
		"a space before a link":       {[]Run{Text("a "), link("b")}, []Run{Text("a "), link("b")}},
		"a space in two runs":         {[]Run{Text("a "), link(" b")}, []Run{Text("a "), link("b")}},
		"a space between equal looks": {[]Run{bold("a"), Text(" "), bold("b")}, []Run{bold("a b")}},
		"a space between other looks": {
			[]Run{bold("a"), link(" "), Text("b")},
			[]Run{bold("a"), Text(" b")},
		},
		"a space in one link": {
			[]Run{link("a"), Text(" "), {Text: "b", Href: "/x", Marks: Strong}},
			[]Run{link("a "), {Text: "b", Href: "/x", Marks: Strong}},
		},
		"a break wins over spaces": {
			[]Run{Text("a \u3000"), bold("\n \nb")},
			[]Run{Text("a"), bold("\nb")},
		},
		"ends": {[]Run{Text("\u3000 a\n")}, []Run{Text("a")}},
		"many ideographic spaces": {
			[]Run{Text("a" + strings.Repeat("\u3000", 50) + "b")},
			[]Run{Text("a" + strings.Repeat("\u3000", 8) + "b")},
		},
		"superscript wins": {
			[]Run{{Text: "a", Marks: Superscript | Subscript}},
			[]Run{{Text: "a", Marks: Superscript}},
		},
		"a mark that does not exist": {[]Run{{Text: "a", Marks: 1 << 7}}, []Run{Text("a")}},
		"an unsafe address": {
			[]Run{{Text: "a", Href: "javascript:x"}, Text("b")},
			[]Run{Text("ab")},
		},
		"a reading": {
			[]Run{{Text: " 會\n館 ", Reading: " huì\u0000 guǎn "}},
			[]Run{{Text: "會 館", Reading: "huì guǎn"}},
		},
		"a reading of nothing": {[]Run{{Text: " ", Reading: "huì"}, Text("a")}, []Run{Text("a")}},
		"an empty reading":     {[]Run{{Text: "會", Reading: " "}, Text("館")}, []Run{Text("會館")}},
		"readings do not join": {
			[]Run{{Text: "會", Reading: "x"}, {Text: "館", Reading: "y"}},
			[]Run{{Text: "會", Reading: "x"}, {Text: "館", Reading: "y"}},
		},
		"a line end between Chinese":   {[]Run{Text("燈\r會，\r“\r元宵 \r x\ry")}, []Run{Text("燈會，“元宵 x y")}},
		"a line end with a hard space": {[]Run{Text("燈\r\u00a0會")}, []Run{Text("燈 會")}},
	} {
		c := &cleaner{}
		if diff := cmp.Diff(tc.want, c.tidy(tc.in)); diff != "" && len(tc.want)+len(c.tidy(tc.in)) > 0 {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestCleanBlocks(t *testing.T) {
	t.Parallel()
	deep := func(n int) Block {
		var b Block = Para("a")
		for range n {
			b = Quote{Blocks: []Block{b}}
		}
		return b
	}
	for name, tc := range map[string]struct{ in, want []Block }{
		"nil": {[]Block{nil, Para("a"), nil}, []Block{Para("a")}},
		"nothing in anything": {
			[]Block{Paragraph{}, Heading{}, List{}, List{Items: [][]Block{{}, {Para(" ")}}}, Quote{}, Table{}, Table{Rows: [][]Cell{{{}, {}}, {}}}, Code{Text: "\n \n"}},
			nil,
		},
		"a paragraph that is two": {
			[]Block{Para("a\n\nb\n\u3000c")},
			[]Block{Para("a"), Para("b"), Para("c")},
		},
		"cut inside a run": {
			[]Block{Paragraph{Runs: []Run{Text("a"), {Text: "b\n\nc", Marks: Strong}}}},
			[]Block{Paragraph{Runs: []Run{Text("a"), {Text: "b", Marks: Strong}}}, Paragraph{Runs: []Run{{Text: "c", Marks: Strong}}}},
		},
		"cut before a reading": {
			[]Block{Paragraph{Runs: []Run{Text("a\n\n"), {Text: "會", Reading: "x"}}}},
			[]Block{Para("a"), Paragraph{Runs: []Run{{Text: "會", Reading: "x"}}}},
		},
		"levels": {
			[]Block{Heading{Level: 1, Runs: []Run{Text("a")}}, Heading{Level: 5, Runs: []Run{Text("b\n\nc")}}},
			[]Block{Heading{Level: 2, Runs: []Run{Text("a")}}, Heading{Level: 4, Runs: []Run{Text("b\nc")}}},
		},
		"as deep as may be": {[]Block{deep(maxDepth)}, []Block{deep(maxDepth)}},
		"too deep":          {[]Block{deep(maxDepth + 5)}, []Block{deep(maxDepth)}},
		"code": {
			[]Block{Code{Text: "\r\n a\r\n\tb\x00 \n\n"}},
			[]Block{Code{Text: " a\n\tb "}},
		},
		"a figure": {
			[]Block{Figure{File: "ABC", Source: " javascript:x", Alt: " a\nb ", Caption: "c\x00 d"}},
			[]Block{Figure{Alt: "a b", Caption: "c d"}},
		},
		"a file by its hash": {
			[]Block{Figure{File: testHash, Source: "//example.org/x"}},
			[]Block{Figure{File: testHash, Source: "https://example.org/x"}},
		},
		"a short or long hash": {
			[]Block{Figure{File: "abc"}, Figure{File: strings.Repeat("a", 129)}},
			[]Block{Figure{}, Figure{}},
		},
		"a table of one column": {
			[]Block{Table{Rows: [][]Cell{{{Runs: []Run{Text("a")}}}, {{}}, {{Runs: []Run{Text("b")}}}}}},
			[]Block{Para("a"), Para("b")},
		},
		"spans count after no row": {
			[]Block{Table{Rows: [][]Cell{{{RowSpan: 3, Runs: []Run{Text("a")}}, {ColSpan: 1}}, {}, {{Header: true}}}}},
			[]Block{Table{Rows: [][]Cell{{{RowSpan: 2, Runs: []Run{Text("a")}}, {}}, {{Header: true}}}}},
		},
		"rules": {[]Block{Rule{}, Rule{}}, []Block{Rule{}, Rule{}}},
	} {
		got, _ := Doc{Blocks: tc.in}.Clean()
		// Written out, because cmp takes exponential time for deep slices that differ in length.
		if diff := cmp.Diff(fmt.Sprintf("%+v", tc.want), fmt.Sprintf("%+v", got.Blocks)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestCleanLeavesItsInputAlone(t *testing.T) {
	t.Parallel()
	runs := []Run{Text(" a "), Text(" b"), {Text: "c", Href: "javascript:x"}}
	cells := []Cell{{RowSpan: 9, Runs: runs}, {}}
	d := Doc{Blocks: []Block{Paragraph{Runs: runs}, Table{Rows: [][]Cell{cells}}, List{Items: [][]Block{{nil, Para(" ")}}}}}
	before := cmp.Diff(Doc{}, d)
	_, _ = d.Clean()
	_ = d.MapText(strings.ToUpper)
	_ = rendered(t, d, RenderOptions{Transform: strings.ToUpper})
	if after := cmp.Diff(Doc{}, d); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
}

func TestCleanCountsWhatItRemoves(t *testing.T) {
	t.Parallel()
	_, removed := Doc{Blocks: []Block{
		Para("a\x00b"), Code{Text: "\x01"}, Figure{Alt: "\x02", Caption: "\x03"},
		Paragraph{Runs: []Run{{Text: "a\x04", Reading: "b\x05"}}}, Table{Caption: "\x06", Rows: [][]Cell{{{Runs: []Run{Text("\x07")}}}}},
	}}.Clean()
	if removed != 8 {
		t.Errorf("removed %d characters, want 8", removed)
	}
}

func TestMapText(t *testing.T) {
	t.Parallel()
	d := Doc{Blocks: []Block{
		Paragraph{Runs: []Run{{Text: "a", Reading: "b", Marks: Strong, Href: "/c"}}}, nil,
		Heading{Level: 2, Runs: []Run{Text("d")}},
		List{Ordered: true, Items: [][]Block{{Para("e")}}},
		Quote{Blocks: []Block{Para("f")}},
		Figure{File: testHash, Source: "/g", Alt: "h", Caption: "i"}, Figure{},
		Table{Caption: "j", Rows: [][]Cell{{{Header: true, Runs: []Run{Text("k")}}}}},
		Code{Text: "l"}, Rule{},
	}}
	want := Doc{Blocks: []Block{
		Paragraph{Runs: []Run{{Text: "A!", Reading: "B!", Marks: Strong, Href: "/c"}}},
		Heading{Level: 2, Runs: []Run{Text("D!")}},
		List{Ordered: true, Items: [][]Block{{Para("E!")}}},
		Quote{Blocks: []Block{Para("F!")}},
		Figure{File: testHash, Source: "/g", Alt: "H!", Caption: "I!"}, Figure{},
		Table{Caption: "J!", Rows: [][]Cell{{{Header: true, Runs: []Run{Text("K!")}}}}},
		Code{Text: "L!"}, Rule{},
	}}
	got := d.MapText(func(s string) string { return " " + strings.ToUpper(s) + "!" })
	if diff := cmp.Diff(want.Blocks[:7], got.Blocks[:7]); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if code := got.Blocks[7]; code != (Code{Text: " L!"}) {
		t.Errorf("code became %#v; its spaces stay", code)
	}
}

func TestMapFigures(t *testing.T) {
	t.Parallel()
	d := Doc{Blocks: []Block{
		Figure{Source: "/a.jpg"},
		List{Items: [][]Block{{Quote{Blocks: []Block{Figure{Source: "/b.jpg", Caption: "b"}}}}}},
	}}
	stored := d.MapFigures(func(f Figure) Figure {
		f.File = testHash
		return f
	})
	want := []Figure{{File: testHash, Source: "/a.jpg"}, {File: testHash, Source: "/b.jpg", Caption: "b"}}
	if diff := cmp.Diff(want, stored.Figures()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if d.Figures()[0].File != "" {
		t.Error("the Doc itself was changed")
	}
}

func TestSafeHref(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                                "",
		" ":                               "",
		"https://example.org":             "https://example.org",
		"HTTP://Example.org/燈會?x=1#y":     "HTTP://Example.org/燈會?x=1#y",
		"//example.org/a":                 "https://example.org/a",
		"/a/b":                            "/a/b",
		"a/b.html":                        "a/b.html",
		"../a":                            "../a",
		"?page=2":                         "?page=2",
		"#top":                            "",
		"/a:b":                            "/a:b",
		"./a:b":                           "./a:b",
		"a:b":                             "",
		"a?b:c":                           "a?b:c",
		" /a b ":                          "/a%20b",
		`/a"b<c>`:                         "/a%22b%3Cc%3E",
		"/100%":                           "",
		"mailto:hall@example.org?subject": "mailto:hall@example.org?subject",
		"mailto:":                         "",
		"tel:+85212345678":                "tel:+85212345678",
		"TEL:":                            "",
		"sms:+85212345678":                "",
		"ftp://example.org":               "",
		"https:":                          "",
		"https:///a":                      "",
		"https:example.org":               "",
		"https:/example.org":              "",
		"https://a@example.org":           "",
		"https://a:b@example.org":         "",
		`https:\\example.org`:             "",
		`/\example.org`:                   "",
		"/\t/example.org":                 "https://example.org",
		"java\nscript:alert(1)":           "",
		"\x01javascript:alert(1)":         "",
		"\u00a0javascript:alert(1)":       "",
		"JAVASCRIPT:alert(1)":             "",
		"javascript&colon;alert(1)":       "javascript&colon;alert(1)", // a file of that name: references are not read twice
		"%6aavascript:alert(1)":           "",
		"data:text/html,x":                "",
		"/" + strings.Repeat("a", 2047):   "/" + strings.Repeat("a", 2047),
		"/" + strings.Repeat("a", 2048):   "",
	} {
		if got := safeHref(in); got != want {
			t.Errorf("safeHref(%q) = %q, want %q", in, got, want)
		}
		if again := safeHref(want); again != want {
			t.Errorf("safeHref(%q) = %q: not stable", want, again)
		}
	}
	for in, want := range map[string]string{"mailto:a@example.org": "", "/a.jpg": "/a.jpg", "data:image/png;base64,AA": "", "https://example.org/a.jpg": "https://example.org/a.jpg"} {
		if got := safeSource(in); got != want {
			t.Errorf("safeSource(%q) = %q, want %q", in, got, want)
		}
	}
}
