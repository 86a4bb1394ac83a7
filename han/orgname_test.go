package han

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// show writes a name as its places with their ranks and the body: "江門.city 台山市.county | 僑聯".
func show(name OrgName) string {
	parts := []string{}
	for _, place := range name.Places {
		parts = append(parts, place.Name+"."+place.Level.String())
	}
	return strings.TrimSpace(strings.Join(parts, " ") + " | " + name.Body)
}

var orgNameCases = []struct{ in, want string }{
	{"江門台山市僑聯", "江門.city 台山市.county | 僑聯"},
	{"江门台山市侨联", "江门.city 台山市.county | 侨联"},
	{"江門新會區僑聯", "江門.city 新會區.county | 僑聯"},
	{"江門恩平市僑聯", "江門.city 恩平市.county | 僑聯"},
	{"江門市僑聯", "江門市.city | 僑聯"},
	{"中山市三鄉鎮橋頭村“僑胞之家”", "中山市.city 三鄉鎮.town 橋頭村.village | 僑胞之家"},
	{"中山市三乡镇桥头村「侨胞之家」", "中山市.city 三乡镇.town 桥头村.village | 侨胞之家"},
	{"東莞市僑聯", "東莞市.city | 僑聯"},
	{"廣東省各級僑聯", "廣東省.province | 各級僑聯"},
	{"中山市新僑服務中心", "中山市.city | 新僑服務中心"},
	{"中山市僑聯法律顧問委員會", "中山市.city | 僑聯法律顧問委員會"},
	{"中山僑聯", "中山.city | 僑聯"},
	{"香港中山僑商會", "香港.province 中山.city | 僑商會"},
	{"廣東省僑聯", "廣東省.province | 僑聯"},
	{"中國僑聯", "中國.country | 僑聯"},
	{"市僑聯", "| 市僑聯"},
	{"省僑聯", "| 省僑聯"},
	{"全市僑聯系統", "| 全市僑聯系統"},
	{"北京市朝陽區僑聯", "北京市.province 朝陽區.county | 僑聯"},
	{"吉林省吉林市歸僑聯誼會", "吉林省.province 吉林市.city | 歸僑聯誼會"},
	{"吉林吉林市同鄉會", "吉林.province 吉林市.city | 同鄉會"},
	{"鎮江市同鄉會", "鎮江市.city | 同鄉會"},
	{"福建省三明市沙縣同鄉會", "福建省.province 三明市.city 沙縣.county | 同鄉會"},
	{"佛山市南海區里水鎮商會", "佛山市.city 南海區.county 里水鎮.town | 商會"},
	{"廣州市番禺區市橋街道婦女會", "廣州市.city 番禺區.county 市橋街道.town | 婦女會"},
	{"廣州市白雲區新市街道工會", "廣州市.city 白雲區.county 新市街道.town | 工會"},
	{"澄江市新市鎮同鄉會", "澄江市.city 新市鎮.town | 同鄉會"},
	{"中山市古鎮鎮商會", "中山市.city 古鎮鎮.town | 商會"},
	{"中山市東區街道青年會", "中山市.city 東區街道.town | 青年會"},
	{"中山市西區體育會", "中山市.city 西區.county | 體育會"},
	{"新疆維吾爾自治區烏魯木齊市同鄉會", "新疆維吾爾自治區.province 烏魯木齊市.city | 同鄉會"},
	{"廣西壯族自治區桂林市恭城瑤族自治縣聯誼會", "廣西壯族自治區.province 桂林市.city 恭城瑤族自治縣.county | 聯誼會"},
	{"恩施土家族苗族自治州同鄉會", "恩施土家族苗族自治州.city | 同鄉會"},
	{"內蒙古自治區錫林郭勒盟商會", "內蒙古自治區.province 錫林郭勒盟.city | 商會"},
	{"香港特別行政區台山商會", "香港特別行政區.province 台山.county | 商會"},
	{"美國三藩市中山同鄉會", "美國.country 三藩市.city 中山.city | 同鄉會"},
	{"馬來西亞檳城台山會館", "馬來西亞.country 檳城.city 台山.county | 會館"},
	{"紐約恩平同鄉會", "紐約.city 恩平.county | 同鄉會"},
	{"中山大學校友會", "| 中山大學校友會"},
	{"青溪省同鄉聯合會", "青溪省.province | 同鄉聯合會"},
	{"青溪省同鄉青年會", "青溪省.province | 同鄉青年會"},
	{"青溪省同鄉法律服務團", "青溪省.province | 同鄉法律服務團"},
	{"瀾江市同鄉會", "瀾江市.city | 同鄉會"},
	{"澜江市同乡会", "澜江市.city | 同乡会"},
	{"雲浦縣同鄉會", "雲浦縣.county | 同鄉會"},
	{"荷堰區同鄉會", "荷堰區.county | 同鄉會"},
	{"石橋鎮同鄉會", "石橋鎮.town | 同鄉會"},
	{"柳塘村“鄉親之家”", "柳塘村.village | 鄉親之家"},
	{"七燈里“鄉親之家”", "七燈里.village | 鄉親之家"},
	{"七燈里鄰里中心", "七燈里.village | 鄰里中心"},
	{"柳塘村鄰里中心", "柳塘村.village | 鄰里中心"},
	{"柳塘鄰里中心", "| 柳塘鄰里中心"},
	{"榆蔭村同鄉會", "榆蔭村.village | 同鄉會"},
	{"瀾江市雲浦縣石橋鎮柳塘村鄉親之家", "瀾江市.city 雲浦縣.county 石橋鎮.town 柳塘村.village | 鄉親之家"},
	{"青溪省瀾江市雲浦縣會館", "青溪省.province 瀾江市.city 雲浦縣.county | 會館"},
	{"瀾江雲浦縣宗親會", "瀾江.city 雲浦縣.county | 宗親會"},
	{"青溪省瀾江雲浦縣聯誼會", "青溪省.province 瀾江.city 雲浦縣.county | 聯誼會"},
	{"瀾江市鹿鳴市商會", "瀾江市.city 鹿鳴市.county | 商會"},
	{"瀾江市市民互助會", "瀾江市.city | 市民互助會"},
	{"榕港青溪會館", "| 榕港青溪會館"},
	{"陳氏宗親會", "| 陳氏宗親會"},
	{"婦女聯誼會", "| 婦女聯誼會"},
	{"江門 台山市 僑聯", "江門.city 台山市.county | 僑聯"},
	{"柳塘村村民委員會", "柳塘村.village | 村民委員會"},
	{"柳塘村民委員會", "柳塘村.village | 村民委員會"},
	{"桃園社區居民委員會", "桃園社區.village | 居民委員會"},
	{"中山市社區服務中心", "中山市.city | 社區服務中心"},
	{"陽光社區服務中心", "陽光社區.village | 服務中心"},
	{"中山火炬開發區商會", "中山.city 火炬開發區.county | 商會"},
	{"浦東新區讀書會", "浦東新區.county | 讀書會"},
	{"粵港澳大灣區青年會", "| 粵港澳大灣區青年會"},
	{"瀾江市旗袍協會", "瀾江市.city | 旗袍協會"},
	{"美麗鄉村建設協會", "| 美麗鄉村建設協會"},
	{"中山市僑鄉文化研究會", "中山市.city | 僑鄉文化研究會"},
	{"大同會館", "| 大同會館"},
	{"新會員培訓中心", "| 新會員培訓中心"},
	{"中山市各鎮街商會", "中山市.city | 各鎮街商會"},
	{"Toronto Lantern Society", "| Toronto Lantern Society"},
	{"台州市天台縣同鄉會", "台州市.city 天台縣.county | 同鄉會"},
	{"中山市三鄉鎮", "中山市.city 三鄉鎮.town |"},
	{"桂林市全州縣同鄉會", "桂林市.city 全州縣.county | 同鄉會"},
	{"石橋鎮石橋頭村會館", "石橋鎮.town 石橋頭村.village | 會館"},
	{"瀾江市民族樂團聯誼會", "瀾江市.city | 民族樂團聯誼會"},
	{"瀾江市民互助會", "瀾江市.city | 市民互助會"},
	{"瀾江市直機關工會", "瀾江市.city | 市直機關工會"},
	{"七燈里里民活動中心", "七燈里.village | 里民活動中心"},
	{"七燈里民活動中心", "七燈里.village | 里民活動中心"},
	{"柳塘村史館", "柳塘村.village | 村史館"},
	{"石橋鎮街坊會", "石橋鎮.town | 街坊會"},
	{"本溪市商會", "本溪市.city | 商會"},
	{"和平鎮同鄉會", "和平鎮.town | 同鄉會"},
	{"革命老區促進會", "| 革命老區促進會"},
	{"", "|"},
}

func TestSplitOrgName(t *testing.T) {
	t.Parallel()
	for _, c := range orgNameCases {
		if got := show(SplitOrgName(c.in, nil)); got != c.want {
			t.Errorf("SplitOrgName(%q)\n got %s\nwant %s", c.in, got, c.want)
		}
	}
}

func TestSplitOrgNameReadsBothScriptsAlike(t *testing.T) {
	t.Parallel()
	for _, c := range orgNameCases {
		hans := SplitOrgName(ToHans(c.in), nil)
		if got, want := show(hans), ToHans(c.want); Fold(got) != Fold(want) {
			t.Errorf("SplitOrgName(%q)\n got %s\nwant %s", ToHans(c.in), got, want)
		}
	}
}

func TestSplitOrgNameAsksForKnownStems(t *testing.T) {
	t.Parallel()
	stems := func(list string) func(string) bool {
		return func(s string) bool { return strings.Contains(" "+list+" ", " "+s+" ") }
	}
	cases := []struct{ stems, in, want string }{
		{"瀾江", "瀾江同鄉會", "瀾江.city | 同鄉會"},
		{"瀾江 雲浦", "瀾江雲浦同鄉會", "瀾江.city 雲浦.county | 同鄉會"},
		{"榕港 青溪", "榕港青溪會館", "榕港.city 青溪.county | 會館"},
		{"鄰", "鄰里會館", "鄰里.village | 會館"},
		{"石", "石鎮商會", "石鎮.town | 商會"},
		{"九曲河灣", "九曲河灣鎮商會", "九曲河灣鎮.town | 商會"},
	}
	for _, c := range cases {
		if got := show(SplitOrgName(c.in, stems(c.stems))); got != c.want {
			t.Errorf("with %s: SplitOrgName(%q)\n got %s\nwant %s", c.stems, c.in, got, c.want)
		}
	}
}

func TestSplitOrgNameTellsStemAndSuffix(t *testing.T) {
	t.Parallel()
	got := SplitOrgName("江門三鄉鎮“鄉親之家”", nil)
	want := OrgName{
		Places: []Place{
			{Name: "江門", Stem: "江門", Level: City},
			{Name: "三鄉鎮", Stem: "三鄉", Suffix: "鎮", Level: Town},
		},
		Body: "鄉親之家", House: true, Quoted: true,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestLooksLikeOrgName(t *testing.T) {
	t.Parallel()
	yes := []string{
		"東莞市僑聯", "江門台山市僑聯", "中山市三鄉鎮橋頭村“僑胞之家”", "中山市新僑服務中心", "瀾江市同鄉會", "柳塘村「鄉親之家」",
		"青溪省同鄉志願醫療隊", "榕港青溪會館", "陳氏宗親會", "  石橋鎮合作社  ", "瀾江市紅十字會", "婦女聯誼會", "雲浦縣第一中心學校",
		"瀾江市同鄉會雲浦支部", "瀾江市体育会", "“乡亲之家”", "中山市僑聯法律顧問委員會", "市僑聯",
	}
	no := []string{
		"", "瀾江市同鄉會舉辦中秋晚會", "中秋晚會", "瀾江市同鄉會召開理事會", "慶祝柳塘村鄉親之家", "活動中心", "委員會", "座談會",
		"同鄉會的故事", "11月9日，瀾江市同鄉會", "我們去了鄉親之家", "瀾江市", "瀾江市組織志願隊", "柳塘村來了一支志願隊",
		"走訪石橋鎮會館", "瀾江市中秋聯歡會", strings.Repeat("很長的名稱", 9) + "同鄉會", "瀾江市同鄉會\n雲浦縣同鄉會", "Lantern Society",
	}
	for _, s := range yes {
		if !LooksLikeOrgName(s) {
			t.Errorf("LooksLikeOrgName(%q) = false", s)
		}
	}
	for _, s := range no {
		if LooksLikeOrgName(s) {
			t.Errorf("LooksLikeOrgName(%q) = true", s)
		}
	}
}

// closed is a name without spaces and quotation marks, which may stand within a place: 台 山 市.
func closed(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune(quoteMarks, r) {
			return -1
		}
		return r
	}, name)
}

func FuzzSplitOrgName(f *testing.F) {
	for _, c := range orgNameCases {
		f.Add(c.in)
	}
	f.Add("三藩市丗 帉藩市僑聯")
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip()
		}
		name := SplitOrgName(s, nil)
		level := NoLevel
		for _, place := range name.Places {
			if place.Name != place.Stem+place.Suffix || place.Stem == "" || place.Level == NoLevel {
				t.Errorf("%q: place %+v", s, place)
			}
			if place.Level <= level && !strings.Contains(closed(s), closed(place.Name)) {
				t.Errorf("%q: place %+v is not in the name", s, place)
			}
			level = place.Level
		}
		if LooksLikeOrgName(s) && name.Body == "" {
			t.Errorf("%q is a name without a body", s)
		}
	})
}
