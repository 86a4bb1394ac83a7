package han

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestToHans(t *testing.T) {
	t.Parallel()
	cases := []struct{ in, want string }{
		{"", ""},
		{"abc", "abc"},
		{"會館", "会馆"},
		{"爲為", "为为"},
		{"乾坤與乾淨", "乾坤与干净"},
		{"瞭望塔，一目瞭然", "瞭望塔，一目了然"},
		{"跟著他走", "跟着他走"},
		{"著名的著作", "著名的著作"},
		{"成效顯著", "成效显著"},
		{"臺灣", "台湾"},
		{"裡裏", "里里"},
		{"衞生", "卫生"},
		{"说著名", "说著名"},
		{"乾隆年間", "乾隆年间"},
		{"這裡lantern燈", "这里lantern灯"},
		{"\xff會", "\xff会"},
	}
	for _, c := range cases {
		if got := ToHans(c.in); got != c.want {
			t.Errorf("ToHans(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestToHant(t *testing.T) {
	t.Parallel()
	cases := []struct{ in, want string }{
		{"", ""},
		{"abc", "abc"},
		{"会馆", "會館"},
		{"为群众办事", "為群眾辦事"},
		{"皇后与后来", "皇后與後來"},
		{"头发和发展", "頭髮和發展"},
		{"台山", "台山"},
		{"台山市侨联", "台山市僑聯"},
		{"台湾平台", "臺灣平臺"},
		{"这里有邻里中心", "這裡有鄰里中心"},
		{"各级侨联系统", "各級僑聯系統"},
		{"联系我们", "聯繫我們"},
		{"指明了方向", "指明了方向"},
		{"新征程", "新征程"},
		{"征文启事", "徵文啟事"},
		{"干部和干净", "幹部和乾淨"},
		{"一只小船", "一隻小船"},
		{"微心愿", "微心願"},
		{"佛山市里水镇", "佛山市里水鎮"},
		{"面条和面向", "麵條和面向"},
		{"郁南县", "鬱南縣"},
		{"几个茶几", "幾個茶几"},
		{"看着灯", "看著燈"},
		{"后面", "後面"},
		{"\xff会", "\xff會"},
	}
	for _, c := range cases {
		if got := ToHant(c.in); got != c.want {
			t.Errorf("ToHant(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestConversionLeavesTextOfItsOwnScript(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"鄰里的皇后與里長", "柳塘里的同鄉會", "征程與范家里"} {
		if got := ToHant(s); got != s {
			t.Errorf("ToHant(%q) = %q", s, got)
		}
	}
	for _, s := range []string{"乾坤与瞭望", "显著的变化", "范家里的同乡会"} {
		if got := ToHans(s); got != s {
			t.Errorf("ToHans(%q) = %q", s, got)
		}
	}
}

func TestToHantMendsTraditionalText(t *testing.T) {
	t.Parallel()
	if got, want := ToHant("羣衆在會館裏辦灯會"), "群眾在會館裡辦燈會"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestConversionIsStable(t *testing.T) {
	t.Parallel()
	hans := ToHans(reportHant)
	if got := ToHant(hans); got != reportHant {
		t.Errorf("there and back:\n got %s\nwant %s", got, reportHant)
	}
	if again := ToHans(hans); again != hans {
		t.Errorf("ToHans twice: %q", again)
	}
}

func TestConversionKeepsEverythingElse(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom([]rune("會会里后乾着著a1，。 \n𠀀é"))).Draw(t, "s")
		for _, got := range []string{ToHans(s), ToHant(s)} {
			if utf8.RuneCountInString(got) != utf8.RuneCountInString(s) {
				t.Fatalf("%q became %q", s, got)
			}
			if strings.Count(got, "，") != strings.Count(s, "，") || strings.Count(got, "a") != strings.Count(s, "a") {
				t.Fatalf("%q became %q", s, got)
			}
		}
	})
}

func TestIsTraditionalMeansAnotherSimplifiedForm(t *testing.T) {
	t.Parallel()
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if IsTraditional(r) != (ToHansRune(r) != r) {
			t.Fatalf("%U", r)
		}
		if IsTraditional(r) && !IsHan(r) {
			t.Fatalf("%U is traditional and no Chinese character", r)
		}
	}
	for _, r := range "會僑聯乾著於為爲裡羣" {
		if !IsTraditional(r) {
			t.Errorf("IsTraditional(%q) = false", r)
		}
	}
	for _, r := range "会侨中山里后台a覆" {
		if IsTraditional(r) {
			t.Errorf("IsTraditional(%q) = true", r)
		}
	}
}

func TestDetectScript(t *testing.T) {
	t.Parallel()
	cases := []struct {
		in   string
		want Script
	}{
		{"", Unknown},
		{"Lantern", Unknown},
		{"中山", Unknown},
		{"后里台乾著", Unknown},
		{"會館", Hant},
		{"会馆", Hans},
		{"國国", Unknown},
		{"同鄉會与", Hant},
		{"同乡会與", Hans},
		{reportHant, Hant},
		{"\xff會", Hant},
	}
	for _, c := range cases {
		if got := DetectScript(c.in); got != c.want {
			t.Errorf("DetectScript(%q) = %v, want %v", c.in, got, c.want)
		}
	}
	if Hant.String() != "Hant" || Hans.String() != "Hans" || Unknown.String() != "" {
		t.Error("names of the scripts")
	}
}

func TestHantWord(t *testing.T) {
	t.Parallel()
	for s, want := range map[string][2]string{
		"干部参加": {"干部", "幹部"}, "奋斗": {"奋斗", "奮鬥"}, "两制并行": {"", ""}, "今后一个": {"今后", "今後"}, "abc": {"", ""}, "": {"", ""},
	} {
		if word, hant := HantWord(s); word != want[0] && want[0] != "" || hant != want[1] && want[1] != "" {
			t.Errorf("%s: %s is %s, want %v", s, word, hant, want)
		}
	}
}
