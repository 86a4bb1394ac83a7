package markup

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func TestFromText(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("會館舉辦元宵燈會。", 12)
	for name, tc := range map[string]struct {
		in   string
		want []Block
	}{
		"nothing":            {"", nil},
		"only spaces":        {" \n\u3000\n\t\r\n", nil},
		"one line":           {"元宵燈會", []Block{Para("元宵燈會")}},
		"blank lines divide": {"一\n\n二\n \u3000\n三", []Block{Para("一"), Para("二"), Para("三")}},
		"line ends divide":   {"一\r\n二\r三", []Block{Para("一"), Para("二"), Para("三")}},
		"long lines divide":  {long + "\n" + long, []Block{Para(long), Para(long)}},
		"indents are stripped": {
			"\u3000\u3000一\n\u00a0\u00a0二\n\t三 ",
			[]Block{Para("一"), Para("二"), Para("三")},
		},
		"spaces inside collapse": {"a  b\tc", []Block{Para("a b c")}},
		"pictures":               {"一\n圖片\n 图片 \n\n二圖片", []Block{Para("一"), Figure{}, Figure{}, Para("二圖片")}},
		"only a picture":         {"圖片", []Block{Figure{}}},
		"control characters":     {"a\x00b\x1b\n\x00\n\ufeffc", []Block{Para("ab"), Para("c")}},
		"wrapped Chinese": {
			"會館於三月五日晚上在禮堂舉辦元宵燈會並設有猜燈謎\n與湯圓攤位八十五位街坊到場參加現場氣氛十分熱鬧溫\n馨。",
			[]Block{Para("會館於三月五日晚上在禮堂舉辦元宵燈會並設有猜燈謎與湯圓攤位八十五位街坊到場參加現場氣氛十分熱鬧溫馨。")},
		},
		"wrapped English": {
			"The hall held its lantern festival on\nSaturday night in the main hall and in\nthe courtyard. Eighty-five neighbours\ncame.",
			[]Block{Para("The hall held its lantern festival on"), Para("Saturday night in the main hall and in"), Para("the courtyard. Eighty-five neighbours"), Para("came.")},
		},
		"wrapped English, wide enough": {
			"The hall held its lantern festival on Saturday night in the\nmain hall and in the courtyard. Eighty-five neighbours came\nand stayed.\n\nNext.",
			[]Block{Para("The hall held its lantern festival on Saturday night in the main hall and in the courtyard. Eighty-five neighbours came and stayed."), Para("Next.")},
		},
		"indented lines are not wrapped": {
			"　　會館於三月五日晚上在禮堂舉辦元宵燈會並設有猜燈謎\n　　與湯圓攤位八十五位街坊到場參加現場氣氛十分熱鬧溫馨",
			[]Block{Para("會館於三月五日晚上在禮堂舉辦元宵燈會並設有猜燈謎"), Para("與湯圓攤位八十五位街坊到場參加現場氣氛十分熱鬧溫馨")},
		},
		"lines that end sentences are not wrapped": {
			"會館於三月五日晚上在禮堂舉辦元宵燈會並設有猜燈謎。\n湯圓攤位有八十五位街坊到場參加現場氣氛十分熱鬧。”\n完",
			[]Block{Para("會館於三月五日晚上在禮堂舉辦元宵燈會並設有猜燈謎。"), Para("湯圓攤位有八十五位街坊到場參加現場氣氛十分熱鬧。”"), Para("完")},
		},
		"a list of names is not wrapped": {"陳大文\n李小明\n何家樂", []Block{Para("陳大文"), Para("李小明"), Para("何家樂")}},
	} {
		if diff := cmp.Diff(tc.want, FromText(tc.in).Blocks); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestFromTextLosesNothing holds that every visible character arrives, in order.
func TestFromTextLosesNothing(t *testing.T) {
	t.Parallel()
	visible := func(s string) string {
		s, _ = CleanText(s)
		return strings.Join(strings.Fields(s), "")
	}
	rapid.Check(t, func(rt *rapid.T) {
		in := strings.Join(rapid.SliceOf(genText()).Draw(rt, "pieces"), "\n")
		d := FromText(in)
		if got, want := visible(d.Text()), visible(in); got != want {
			rt.Fatalf("%q became %q", in, got)
		}
		if clean, _ := d.Clean(); !cmp.Equal(clean, d, cmpopts.EquateEmpty()) {
			rt.Fatalf("%q is not clean: %#v", in, d)
		}
	})
}

func sampleDoc() Doc {
	return Doc{Blocks: []Block{
		Heading{Level: 2, Runs: []Run{Text("元宵燈會")}},
		Paragraph{Runs: []Run{Text("三月五日，"), {Text: "會", Reading: "huì", Marks: Strong}, {Text: "館", Href: "/"}, Text("辦燈會。\n八十五人到場。")}},
		Figure{File: testHash, Alt: "不算", Caption: "燈會現場"},
		List{Items: [][]Block{{Para("湯圓")}, {Para("燈謎"), List{Items: [][]Block{{Para("猜中有獎")}}}}}},
		Quote{Blocks: []Block{Para("好熱鬧！"), Figure{}}},
		Table{Caption: "人數", Rows: [][]Cell{{{Header: true, Runs: []Run{Text("組\n別")}}, {Runs: []Run{Text("人")}}}, {{}, {Runs: []Run{Text("85")}}}}},
		Code{Text: "x\ny"},
		Rule{},
	}}
}

func TestPlainText(t *testing.T) {
	t.Parallel()
	d := sampleDoc()
	want := []string{"元宵燈會", "三月五日，會館辦燈會。\n八十五人到場。", "燈會現場", "湯圓", "燈謎", "猜中有獎", "好熱鬧！", "人數", "組 別\t人", "85", "x\ny"}
	if diff := cmp.Diff(want, d.Paragraphs()); diff != "" {
		t.Errorf("Paragraphs (-want +got):\n%s", diff)
	}
	if d.Text() != strings.Join(want, "\n") {
		t.Errorf("Text = %q", d.Text())
	}
	if diff := cmp.Diff([]Figure{{File: testHash, Alt: "不算", Caption: "燈會現場"}, {}}, d.Figures()); diff != "" {
		t.Errorf("Figures (-want +got):\n%s", diff)
	}
	if got := d.Runes(); got != 47 {
		t.Errorf("Runes = %d", got)
	}
	var none Doc
	if none.Text() != "" || none.Runes() != 0 || none.Paragraphs() != nil || none.Figures() != nil || none.Summary(10) != "" {
		t.Error("an empty Doc has something in it")
	}
}

func TestSummary(t *testing.T) {
	t.Parallel()
	paras := func(s ...string) (d Doc) {
		for _, p := range s {
			d.Blocks = append(d.Blocks, Para(p))
		}
		return d
	}
	for name, tc := range map[string]struct {
		doc  Doc
		n    int
		want string
	}{
		"all of it":                  {paras("燈會今晚開始。"), 100, "燈會今晚開始。"},
		"just all of it":             {paras("燈會今晚開始。"), 7, "燈會今晚開始。"},
		"after a sentence":           {paras("燈會今晚開始。街坊請早。歡迎大家"), 13, "燈會今晚開始。街坊請早。"},
		"no sentence in time":        {paras("燈會今晚在禮堂與天井同時開始，街坊請早"), 10, "燈會今晚在禮堂與天…"},
		"a sentence ends too early":  {paras("好。燈會今晚在禮堂與天井同時開始"), 10, "好。燈會今晚在禮堂…"},
		"no comma before the dots":   {paras("燈會今晚開始，街坊請早，多多益善"), 8, "燈會今晚開始…"},
		"a closing quotation mark":   {paras("他說：“歡迎。”大家鼓掌歡迎"), 9, "他說：“歡迎。”"},
		"cut before a closing mark":  {paras("他說：“歡迎。”大家"), 7, "他說：“歡迎…"},
		"paragraphs in Chinese join": {paras("一二。", "三四。", "五六。"), 7, "一二。三四。"},
		"paragraphs in English":      {paras("One two.", "Three four.", "Five"), 21, "One two. Three four."},
		"between words":              {paras("The lantern festival begins tonight"), 20, "The lantern…"},
		"a point is no full stop":    {paras("Pi is 3.14159 and example.org is a site"), 12, "Pi is…"},
		"one long word":              {paras(strings.Repeat("a", 50)), 10, "aaaaaaaaa…"},
		"breaks become spaces":       {paras("a\nb"), 10, "a b"},
		"prose before the rest":      {sampleDoc(), 20, "三月五日，會館辦燈會。 八十五人到場。"},
		"nothing but a heading": {
			Doc{Blocks: []Block{Heading{Level: 2, Runs: []Run{Text("元宵燈會")}}}},
			3,
			"元宵…",
		},
		"no room":           {paras("燈會"), 0, ""},
		"room for the dots": {paras("燈會"), 1, "…"},
	} {
		got := tc.doc.Summary(tc.n)
		if got != tc.want {
			t.Errorf("%s: Summary(%d) = %q, want %q", name, tc.n, got, tc.want)
		}
	}
}

func TestSummaryIsNeverTooLong(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		d, _ := genDoc().Draw(rt, "doc").Clean()
		n := rapid.IntRange(0, 60).Draw(rt, "n")
		if got := d.Summary(n); utf8.RuneCountInString(got) > n || strings.Contains(got, "\n") {
			rt.Fatalf("Summary(%d) = %q", n, got)
		}
	})
}

func ExampleFromText() {
	d := FromText("元宵燈會\n\n　　三月五日，會館舉辦燈會。\n圖片\n八十五人到場。")
	for _, b := range d.Blocks {
		switch b := b.(type) {
		case Paragraph:
			fmt.Println(b.Runs[0].Text)
		case Figure:
			fmt.Println("(a picture)")
		}
	}
	// Output:
	// 元宵燈會
	// 三月五日，會館舉辦燈會。
	// (a picture)
	// 八十五人到場。
}
