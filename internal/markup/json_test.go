package markup

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestJSONForm holds the stored form fast: articles of years are written in it.
func TestJSONForm(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		blocks []Block
		want   string
	}{
		"nothing":   {nil, `[]`},
		"paragraph": {[]Block{Para("元宵燈會")}, `[{"k":"p","r":["元宵燈會"]}]`},
		"a break":   {[]Block{Para("a\nb")}, `[{"k":"p","r":["a\nb"]}]`},
		"runs": {
			[]Block{Paragraph{Runs: []Run{Text("a"), {Text: "b", Marks: Strong | Emphasis | Underline | Strike | Monospace | Superscript}, {Text: "c", Marks: Subscript, Href: "/x"}, {Text: "會", Reading: "huì"}}}},
			`[{"k":"p","r":["a",{"t":"b","m":"biusc^"},{"t":"c","m":"_","h":"/x"},{"t":"會","y":"huì"}]}]`,
		},
		"heading": {[]Block{Heading{Level: 3, Runs: []Run{Text("a")}}}, `[{"k":"h","l":3,"r":["a"]}]`},
		"lists": {
			[]Block{List{Items: [][]Block{{Para("a")}, {Para("b"), List{Ordered: true, Items: [][]Block{{Para("c")}}}}}}},
			`[{"k":"ul","i":[[{"k":"p","r":["a"]}],[{"k":"p","r":["b"]},{"k":"ol","i":[[{"k":"p","r":["c"]}]]}]]}]`,
		},
		"quote": {[]Block{Quote{Blocks: []Block{Para("a")}}}, `[{"k":"q","b":[{"k":"p","r":["a"]}]}]`},
		"figure": {
			[]Block{Figure{File: testHash, Source: "/a", Alt: "b", Caption: "c"}, Figure{}},
			`[{"k":"fig","f":"` + testHash + `","s":"/a","a":"b","c":"c"},{"k":"fig"}]`,
		},
		"table": {
			[]Block{Table{Caption: "c", Rows: [][]Cell{{{Header: true, ColSpan: 2, RowSpan: 2, Runs: []Run{Text("a")}}, {}}, {{Runs: []Run{Text("b")}}}}}},
			`[{"k":"tbl","c":"c","w":[[{"h":true,"x":2,"y":2,"r":["a"]},{}],[{"r":["b"]}]]}]`,
		},
		"code":      {[]Block{Code{Text: "a\n\tb"}}, `[{"k":"code","t":"a\n\tb"}]`},
		"rule":      {[]Block{Rule{}}, `[{"k":"hr"}]`},
		"as markup": {[]Block{Para("<b>&")}, `[{"k":"p","r":["\u003cb\u003e\u0026"]}]`},
		"cleaned":   {[]Block{Para(" a\x00 "), nil, Paragraph{}}, `[{"k":"p","r":["a"]}]`},
	} {
		d := Doc{Blocks: tc.blocks}
		got, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(`{"v":1,"b":`+tc.want+`}`, string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		var back Doc
		if err := json.Unmarshal(got, &back); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		clean, _ := d.Clean()
		if diff := cmp.Diff(clean, back, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s, read back (-want +got):\n%s", name, diff)
		}
	}
}

func TestJSONRefuses(t *testing.T) {
	t.Parallel()
	nested := func(n int) string {
		return strings.Repeat(`{"k":"q","b":[`, n) + `{"k":"hr"}` + strings.Repeat(`]}`, n)
	}
	for name, tc := range map[string]struct{ in, because string }{
		"no version":        {`{"b":[]}`, "version 0"},
		"another version":   {`{"v":2,"b":[]}`, "version 2"},
		"null":              {`null`, "version 0"},
		"no object":         {`[]`, "cannot unmarshal"},
		"an unknown kind":   {`{"v":1,"b":[{"k":"script","t":"x"}]}`, `kind "script"`},
		"no kind":           {`{"v":1,"b":[{}]}`, `kind ""`},
		"a null block":      {`{"v":1,"b":[null]}`, `kind ""`},
		"an unknown key":    {`{"v":1,"b":[{"k":"p","html":"<b>"}]}`, "unknown field"},
		"a key of a run":    {`{"v":1,"b":[{"k":"p","r":[{"t":"a","onclick":"x"}]}]}`, "unknown field"},
		"a key of the doc":  {`{"v":1,"b":[],"c":1}`, "unknown field"},
		"an unknown mark":   {`{"v":1,"b":[{"k":"p","r":[{"t":"a","m":"bx"}]}]}`, `mark "x"`},
		"a number as text":  {`{"v":1,"b":[{"k":"p","r":[1]}]}`, "cannot unmarshal"},
		"a mark in a table": {`{"v":1,"b":[{"k":"tbl","w":[[{"r":[{"t":"a","m":"?"}]}]]}]}`, `mark "?"`},
		"a kind in a list":  {`{"v":1,"b":[{"k":"ul","i":[[{"k":"x"}]]}]}`, `kind "x"`},
		"too deep":          {`{"v":1,"b":[` + nested(maxDepth+1) + `]}`, "too deep"},
		"much too deep":     {`{"v":1,"b":[` + nested(20_000) + `]}`, "depth"},
		"too many parts": {
			`{"v":1,"b":[{"k":"p","r":[` + strings.Repeat(`"",`, maxNodes) + `""]}]}`,
			"parts",
		},
		"too many blocks": {`{"v":1,"b":[` + strings.Repeat(`{},`, 2*maxNodes) + `{}]}`, "parts"},
		"too many items": {
			`{"v":1,"b":[{"k":"ul","i":[` + strings.Repeat(`[],`, maxNodes) + `[]]}]}`,
			"parts",
		},
		"too large": {
			`{"v":1,"b":[{"k":"p","r":["` + strings.Repeat("a", maxJSON) + `"]}]}`,
			"larger",
		},
		"cut off": {`{"v":1,"b":[`, "unexpected end"},
	} {
		d := Doc{Blocks: []Block{Para("before")}}
		err := json.Unmarshal([]byte(tc.in), &d)
		if err == nil || !strings.Contains(err.Error(), tc.because) {
			t.Errorf("%s: error %v, want one about %q", name, err, tc.because)
		}
		if len(d.Blocks) != 1 {
			t.Errorf("%s: a refused document changed the Doc", name)
		}
	}
}

func TestJSONMendsWhatIsNotClean(t *testing.T) {
	t.Parallel()
	in := `{"v":1,"b":[{"k":"h","l":9,"r":[{"t":" a\u0000 ","h":"javascript:alert(1)"}]},{"k":"fig","f":"../x","s":"data:,"},{"k":"p"}]}`
	var got Doc
	if err := json.Unmarshal([]byte(in), &got); err != nil {
		t.Fatal(err)
	}
	want := Doc{Blocks: []Block{Heading{Level: 4, Runs: []Run{Text("a")}}, Figure{}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestJSONIsNotWrittenWhereItCannotBeRead(t *testing.T) {
	t.Parallel()
	blocks := make([]Block, maxNodes+1)
	for i := range blocks {
		blocks[i] = Rule{}
	}
	if _, err := json.Marshal(Doc{Blocks: blocks}); err == nil || !strings.Contains(err.Error(), "parts") {
		t.Errorf("error %v, want one about too many parts", err)
	}
	var b Block = Para("a")
	for range 100 {
		b = Quote{Blocks: []Block{b}}
	}
	deep := Doc{Blocks: []Block{b}}
	data, err := json.Marshal(deep)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &deep); err != nil {
		t.Errorf("a deep document was written flat, but: %v", err)
	}
}

func TestJSONInsideARecord(t *testing.T) {
	t.Parallel()
	type article struct {
		Title string
		Body  Doc
	}
	in := article{"燈會", Doc{Blocks: []Block{Para("元宵"), Rule{}}}}
	data, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	var out article
	if err := json.Unmarshal(data, &out); err != nil || !reflect.DeepEqual(in, out) {
		t.Errorf("%v: %s became %v", err, data, out)
	}
}

func FuzzJSON(f *testing.F) {
	for _, s := range []string{
		`{"v":1,"b":[]}`, `{"v":1,"b":[{"k":"p","r":["a",{"t":"b","m":"b","h":"/x","y":"z"}]}]}`, `{"v":1,"b":[{"k":"ul","i":[[{"k":"hr"}],[]]}]}`,
		`{"v":1,"b":[{"k":"tbl","c":"c","w":[[{"h":true,"x":2,"y":2,"r":["a"]},{}]]}]}`, `{"v":1,"b":[{"k":"fig","f":"` + testHash + `","s":"/a"}]}`,
		`{"v":1,"b":[{"k":"q","b":[{"k":"code","t":"\r\n\u0000"}]},{"k":"h","l":-1,"r":["\ud800"]}]}`,
	} {
		f.Add([]byte(s))
	}
	out, in := siteOptions()
	f.Fuzz(func(t *testing.T, data []byte) {
		var d Doc
		if err := json.Unmarshal(data, &d); err != nil {
			return
		}
		if clean, removed := d.Clean(); removed != 0 || !cmp.Equal(clean, d, cmpopts.EquateEmpty()) {
			t.Fatalf("not clean: %#v", d)
		}
		once, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		var again Doc
		if err := json.Unmarshal(once, &again); err != nil {
			t.Fatal(err)
		}
		if twice, _ := json.Marshal(again); string(twice) != string(once) {
			t.Fatalf("not stable:\n%s\n%s", once, twice)
		}
		page := rendered(t, d, out)
		if bad := violations(page); len(bad) > 0 {
			t.Fatalf("%s renders as %q: %v", data, page, bad)
		}
		if back := rendered(t, parsed(t, page, in), out); back != page {
			t.Fatalf("no fixed point:\n%q\n%q", page, back)
		}
	})
}

func ExampleDoc_MarshalJSON() {
	d := Doc{Blocks: []Block{Heading{Level: 2, Runs: []Run{Text("元宵燈會")}}, Para("八十五位街坊到場。")}}
	data, _ := json.Marshal(d)
	fmt.Println(string(data))
	// Output: {"v":1,"b":[{"k":"h","l":2,"r":["元宵燈會"]},{"k":"p","r":["八十五位街坊到場。"]}]}
}
