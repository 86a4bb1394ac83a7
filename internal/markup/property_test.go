package markup

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

const testHash = "0123456789abcdef0123456789abcdef"

// The hashes of other pictures: an upright one, one as small as an ornament, a
// long one, and one of which the size is not known.
const (
	uprightHash = "1123456789abcdef0123456789abcdef"
	tinyHash    = "2123456789abcdef0123456789abcdef"
	longHash    = "3123456789abcdef0123456789abcdef"
	bareHash    = "4123456789abcdef0123456789abcdef"
	goneHash    = "5123456789abcdef0123456789abcdef"
)

// testImage is how the pictures of the tests are shown.
func testImage(hash string) Image {
	const at = "/media/"
	switch hash {
	case testHash:
		return Image{Src: at + hash, Width: 1600, Height: 1200, Forms: []Form{{at + hash + "-640", 640}, {at + hash + "-1600", 1600}}}
	case uprightHash:
		return Image{Src: at + hash, Width: 600, Height: 800, Forms: []Form{{at + hash + "-600", 600}}}
	case tinyHash:
		return Image{Src: at + hash, Width: 2, Height: 2}
	case longHash:
		return Image{Src: at + hash, Width: 640, Height: 9000}
	case goneHash:
		return Image{}
	}
	return Image{Src: at + hash}
}

// siteOptions are a pair of options that undo one another, as a portal has them.
func siteOptions() (RenderOptions, Options) {
	const at = "/media/"
	return RenderOptions{
			Picture: testImage, Sizes: "(min-width: 48rem) 45rem, 92vw", GallerySizes: "46vw", Eager: true, Enlarge: "看大圖",
			FigurePlaceholder: "圖片未存",
		}, Options{
			File: func(src string) string {
				hash, _ := strings.CutPrefix(src, at)
				if hash == src || !isHash(hash) {
					return ""
				}
				return hash
			},
		}
}

func rendered(t testing.TB, d Doc, o RenderOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := Render(&b, d, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func parsed(t testing.TB, s string, o Options) Doc {
	t.Helper()
	d, _, err := ParseHTML(strings.NewReader(s), o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// genText mixes what people write with what hides, breaks and escapes.
func genText() *rapid.Generator[string] {
	piece := rapid.SampledFrom([]string{
		"燈會", "義診", "獎學金", "a", "lantern", " ", "  ", "\n", "\n\n", "\r", "\t", "\u3000", "\u00a0", "\u00a0\u00a0",
		"\u2003", "\u2028", "\x00", "\x1b", "\u0085", "\u200b", "\ufeff", "\ufffe", "\xff", "<b>", "</p>", "&amp;", "&", "\"", "'",
		"<!--", "]]>", "。", "，", "“", "”", "𠮷", "é", "-",
	})
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(piece, 0, 6).Draw(t, "pieces"), "")
	})
}

func genRuns() *rapid.Generator[[]Run] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Run {
		r := Run{Text: genText().Draw(t, "text"), Marks: Marks(rapid.IntRange(0, 255).Draw(t, "marks"))}
		if rapid.IntRange(0, 4).Draw(t, "kind") == 0 {
			r.Reading = genText().Draw(t, "reading")
		}
		r.Href = rapid.SampledFrom([]string{
			"", "", "", "/news/", "https://example.org/?a=1&b=\"2\"", "javascript:alert(1)", "mailto:a@example.org", "//example.org/x", "#top", "a b",
		}).Draw(t, "href")
		return r
	}), 0, 5)
}

func genFigure(t *rapid.T) Block {
	return Figure{
		File:    rapid.SampledFrom([]string{"", testHash, testHash, uprightHash, tinyHash, longHash, bareHash, "../x", strings.ToUpper(testHash)}).Draw(t, "file"),
		Source:  rapid.SampledFrom([]string{"", "/u/1.jpg", "https://example.org/1.jpg", "data:image/png;base64,AA"}).Draw(t, "source"),
		Alt:     genText().Draw(t, "alt"),
		Caption: genText().Draw(t, "caption"),
	}
}

func genTable(t *rapid.T) Block {
	cell := rapid.Custom(func(t *rapid.T) Cell {
		return Cell{
			Header:  rapid.IntRange(0, 2).Draw(t, "header") == 0,
			ColSpan: rapid.IntRange(-1, 3).Draw(t, "colspan"),
			RowSpan: rapid.IntRange(-1, 1000).Draw(t, "rowspan"),
			Runs:    genRuns().Draw(t, "runs"),
		}
	})
	return Table{
		Caption: genText().Draw(t, "caption"),
		Rows:    rapid.SliceOfN(rapid.SliceOfN(cell, 0, 3), 0, 4).Draw(t, "rows"),
	}
}

func genBlock(depth int) *rapid.Generator[Block] {
	return rapid.Custom(func(t *rapid.T) Block {
		most := 7
		if depth == 0 {
			most = 5
		}
		switch rapid.IntRange(0, most).Draw(t, "kind") {
		case 0:
			return Heading{Level: rapid.IntRange(-1, 9).Draw(t, "level"), Runs: genRuns().Draw(t, "runs")}
		case 1:
			return genFigure(t)
		case 2:
			return genTable(t)
		case 3:
			return Code{Text: genText().Draw(t, "code")}
		case 4:
			return Rule{}
		case 6:
			return Quote{Blocks: genBlocks(depth-1).Draw(t, "quoted")}
		case 7:
			return List{
				Ordered: rapid.Bool().Draw(t, "ordered"),
				Items:   rapid.SliceOfN(genBlocks(depth-1), 0, 3).Draw(t, "items"),
			}
		}
		return Paragraph{Runs: genRuns().Draw(t, "runs")}
	})
}

func genBlocks(depth int) *rapid.Generator[[]Block] {
	return rapid.SliceOfN(genBlock(depth), 0, 4)
}

func genDoc() *rapid.Generator[Doc] {
	return rapid.Custom(func(t *rapid.T) Doc { return Doc{Blocks: genBlocks(3).Draw(t, "blocks")} })
}

// TestAnyTree takes trees that no careful program would build through everything.
func TestAnyTree(t *testing.T) {
	t.Parallel()
	out, in := siteOptions()
	rapid.Check(t, func(rt *rapid.T) {
		d := genDoc().Draw(rt, "doc")
		clean, _ := d.Clean()
		same := func(what string, want, got Doc, opts ...cmp.Option) {
			opts = append(opts, cmpopts.EquateEmpty())
			if diff := cmp.Diff(want, got, opts...); diff != "" {
				rt.Fatalf("%s (-want +got):\n%s", what, diff)
			}
		}
		again, removed := clean.Clean()
		same("Clean of a clean Doc", clean, again)
		if removed != 0 {
			rt.Fatalf("a clean Doc had %d characters to remove", removed)
		}

		data, err := json.Marshal(d)
		if err != nil {
			rt.Fatal(err)
		}
		var back Doc
		if err := json.Unmarshal(data, &back); err != nil {
			rt.Fatalf("%v in %s", err, data)
		}
		same("JSON and back", clean, back)

		page := rendered(t, d, out)
		ignored := cmpopts.IgnoreFields(Figure{}, "Source")
		same("HTML and back", clean, parsed(t, page, in), ignored)
		if twice := rendered(t, parsed(t, page, in), out); twice != page {
			rt.Fatalf("not a fixed point:\n%s\n%s", page, twice)
		}
		root, err := html.Parse(strings.NewReader(page))
		if err != nil {
			rt.Fatal(err)
		}
		other, _ := FromHTML(root, in)
		same("HTML and back through a browser's parser", clean, other, ignored)
		if bad := violations(page); len(bad) > 0 {
			rt.Fatalf("%v in %s", bad, page)
		}
	})
}
