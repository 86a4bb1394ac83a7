package han

import (
	"slices"
	"strings"
	"testing"
)

func TestSplitName(t *testing.T) {
	t.Parallel()
	cases := []struct{ in, surname, given, title string }{
		{"陳大文", "陳", "大文", ""},
		{"陈大文", "陈", "大文", ""},
		{"陳 大文", "陳", "大文", ""},
		{"李白", "李", "白", ""},
		{"歐陽修", "歐陽", "修", ""},
		{"欧阳秀英", "欧阳", "秀英", ""},
		{"司徒美堂", "司徒", "美堂", ""},
		{"諸葛亮", "諸葛", "亮", ""},
		{"張簡明華", "張簡", "明華", ""},
		{"張簡明", "張", "簡明", ""},
		{"范姜明華", "范姜", "明華", ""},
		{"陳馮富珍", "陳馮", "富珍", ""},
		{"范徐丽泰", "范徐", "丽泰", ""},
		{"司徒會長", "司徒", "", "會長"},
		{"陳先生", "陳", "", "先生"},
		{"黎明理事長", "黎", "明", "理事長"},
		{"區永年博士", "區", "永年", "博士"},
		{"葉問", "葉", "問", ""},
		{"於小明", "於", "小明", ""},
		{"仝文", "仝", "文", ""},
		{"歐陽", "歐陽", "", ""},
		{"鍾無艷", "鍾", "無艷", ""},
	}
	for _, c := range cases {
		for _, in := range []string{c.in, ToHans(c.in)} {
			got, ok := SplitName(in)
			want := Name{c.surname, c.given, c.title}
			if in != c.in {
				want = Name{ToHans(c.surname), ToHans(c.given), ToHans(c.title)}
			}
			if got != want || !ok {
				t.Errorf("SplitName(%q) = %+v, %v", in, got, ok)
			}
		}
	}
}

func TestSplitNameOfNoName(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", " ", "陳", "Tan", "陳a", "的人", "陳大文和李小明", "高興得很", "先生", "會長", "\xff", "陳\xff"} {
		if got, ok := SplitName(s); ok {
			t.Errorf("SplitName(%q) = %+v", s, got)
		}
	}
}

func TestNameKey(t *testing.T) {
	t.Parallel()
	names := []string{"陳大文", "曾小明", "單小明", "歐陽修", "區永年", "安妮", "呂不為", "任大中", "Lantern", "陈大明", "解小光", "查小光", "的人"}
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(NameKey(a), NameKey(b)) })
	want := "安妮 陈大明 陳大文 的人 Lantern 呂不為 歐陽修 區永年 任大中 單小明 解小光 曾小明 查小光"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if NameKey("陳大文") == NameKey("陳大聞") {
		t.Error("two names of one reading have one key")
	}
	if NameKey("陳大文") != NameKey("陈大文") {
		t.Error("the scripts have two keys")
	}
}

func TestRomanisations(t *testing.T) {
	t.Parallel()
	for surname, want := range map[string]string{
		"陳": "chen ch'en chan tan chin chen chin ting ding trần", "陈": "chen ch'en chan tan chin chen chin ting ding trần",
		"許": "xu hsü hui hoi koh kho khor khaw khoh co ko hee hui hii hứa", "鄺": "kuang k'uang kwong fong kwong fong",
		"歐陽": "ouyang ou-yang auyeung auyong auyeong auyong owyong owyoung owyang âu-dương", "呂": "lyu lü lui loi loo lu ler lui lã lữ",
		"單": "shan", "宓": "mi", "": "", "a": "", "會館會": "", "Tan": "",
	} {
		var got []string
		for _, r := range Romanisations(surname) {
			got = append(got, r.Spelling)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %s", surname, s)
		}
	}
}

func TestSurnames(t *testing.T) {
	t.Parallel()
	for spelling, want := range map[string]string{
		"Tan": "陳 譚 秦 辛", "CHAN": "陳 曾 甄 詹", "Wong": "王 黃 汪", "Ng": "黃 吳 伍", "Hsü": "徐 許", "hsu": "徐 許",
		"Ch'en": "陳 曾 甄", "Trần": "陳", "Đặng": "鄧", "Nguyễn": "阮", "Au-Yeung": "歐陽", "Szeto": "司徒", "Lu": "呂 盧 陸 魯",
		"Smith": "", "tan 2": "", "tan陳": "", "": "", "陳": "",
	} {
		if got := strings.Join(Surnames(spelling), " "); got != want {
			t.Errorf("%s: %s", spelling, got)
		}
	}
}

// What a surname may be written as leads back to it, and no line of the list is cut short.
func TestRomanisationsLeadBack(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for line := range strings.Lines(surnameList) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		name, _, _ := strings.Cut(line, " ")
		if seen[name] || strings.Count(line, "|") != len(columns) {
			t.Errorf("the line of %s", name)
		}
		seen[name] = true
		if len(Romanisations(name)) == 0 || Fold(ToHans(name)) != Fold(name) {
			t.Errorf("%s has no spelling", name)
		}
		for _, r := range Romanisations(name) {
			if !slices.Contains(Surnames(r.Spelling), name) {
				t.Errorf("%s does not lead back from %s (%v)", name, r.Spelling, r.Tradition)
			}
		}
	}
	if len(seen) < 200 {
		t.Errorf("%d surnames", len(seen))
	}
}

func TestWadeGiles(t *testing.T) {
	t.Parallel()
	for pinyin, want := range map[string]string{
		"zhang": "chang", "chang": "ch'ang", "xu": "hsü", "qian": "ch'ien", "jiang": "chiang", "zeng": "tseng", "cai": "ts'ai", "deng": "teng",
		"tang": "t'ang", "gao": "kao", "kong": "k'ung", "ren": "jen", "luo": "lo", "guo": "kuo", "he": "ho", "ge": "ko", "shi": "shih",
		"zhu": "chu", "xie": "hsieh", "xue": "hsüeh", "yue": "yüeh", "yan": "yen", "ye": "yeh", "yi": "i", "you": "yu", "xiong": "hsiung",
		"song": "sung", "long": "lung", "tian": "t'ien", "bai": "pai", "pan": "p'an", "lü": "lü", "wei": "wei", "zuo": "tso", "huo": "huo", "nie": "nieh",
		"e": "o", "an": "an", "ou": "ou", "m": "m", "": "",
	} {
		if got := wadeGiles(pinyin); got != want {
			t.Errorf("%s: %s, want %s", pinyin, got, want)
		}
	}
}

func TestTraditionNames(t *testing.T) {
	t.Parallel()
	if Minnan.String() != "Minnan" || Tradition(-1).String() != "" || traditions.String() != "" {
		t.Error("names of the traditions")
	}
}

func FuzzSplitName(f *testing.F) {
	for _, s := range []string{"陳大文", "歐陽修", "張簡明華", "陳先生", "Tan", "\xff", "陳馮富珍議員", "呂　布"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, ok := SplitName(s)
		if bare := strings.Join(strings.Fields(s), ""); ok && (n.Surname+n.Given+n.Title != bare || n.Surname == "") {
			t.Errorf("%q comes apart as %+v", s, n)
		}
		NameKey(s)
		for _, r := range Romanisations(s) {
			if r.Spelling == "" {
				t.Errorf("%q has an empty spelling", s)
			}
		}
		Surnames(s)
	})
}
