package han_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/huiguan/huiguan/han"
)

func ExampleFold() {
	fmt.Println(han.Fold("ＬＡＮＴＥＲＮ燈會"), han.Fold("灯会") == han.Fold("燈會"))
	// Output: lantern灯会 true
}

func ExampleTokens() {
	fmt.Printf("%q\n", han.Tokens(nil, "元宵燈會 2026"))
	// Output: ["元宵" "宵灯" "灯会" "会" "2026"]
}

func ExampleQuery() {
	for _, term := range han.Query("石橋鎮 “燈會” 茶") {
		fmt.Println(term.Phrase, term.Tokens, term.Prefix)
	}
	// Output:
	// 石桥镇 [石桥 桥镇] false
	// 灯会 [灯会] false
	// 茶 [茶] true
}

func ExampleToHant() {
	fmt.Println(han.ToHant("皇后的头发与后来的发展"))
	// Output: 皇后的頭髮與後來的發展
}

func ExampleToHans() {
	fmt.Println(han.ToHans("乾隆年間的著作，曬乾了"))
	// Output: 乾隆年间的著作，晒干了
}

func ExampleReadings() {
	fmt.Println(han.Readings('會')[:2])
	// Output: [huì kuài]
}

func ExampleDetectScript() {
	fmt.Println(han.DetectScript("同鄉會"), han.DetectScript("同乡会"))
	// Output: Hant Hans
}

func ExampleNumeral() {
	for _, s := range []string{"八十五人", "兩百餘人", "1,200人", "三萬人", "廿三日"} {
		n, width := han.Numeral(s)
		fmt.Println(n, s[width:])
	}
	// Output:
	// 85 人
	// 200 餘人
	// 1200 人
	// 30000 人
	// 23 日
}

func ExampleParseDate() {
	for _, s := range []string{"2026年2月12日晚上", "民國115年2月", "十一月九日", "八月初五"} {
		date, width := han.ParseDate(s)
		fmt.Printf("%q %q\n", date, s[width:])
	}
	// Output:
	// "2026-02-12" "晚上"
	// "2026-02" ""
	// "--11-09" ""
	// "" "八月初五"
}

func ExampleSlug() {
	fmt.Println(han.Slug("橋頭"), han.Slug("鄉親之家"), han.Slug("番禺"), han.Slug("呂氏宗親會"))
	// Output: qiaotou xiangqin-zhijia panyu lyushi-zongqinhui
}

func ExampleSplitOrgName() {
	name := han.SplitOrgName("瀾江市雲浦縣柳塘村“鄉親之家”", nil)
	for _, place := range name.Places {
		fmt.Println(place.Stem, place.Suffix, place.Level)
	}
	fmt.Println(name.Body, name.House)
	// Output:
	// 瀾江 市 city
	// 雲浦 縣 county
	// 柳塘 村 village
	// 鄉親之家 true
}

func ExampleLooksLikeOrgName() {
	fmt.Println(han.LooksLikeOrgName("瀾江市同鄉會"), han.LooksLikeOrgName("瀾江市同鄉會舉辦中秋晚會"))
	// Output: true false
}

func ExampleStandard_Hant() {
	for _, st := range []han.Standard{han.Taiwan, han.HongKong, han.Plain} {
		fmt.Println(st, st.Hant("这里的群众看着卫生站"))
	}
	// Output:
	// zh-Hant-TW 這裡的群眾看著衛生站
	// zh-Hant-HK 這裏的羣眾看着衞生站
	// zh-Hant 這裏的羣衆看着衛生站
}

func ExampleUsual() {
	fmt.Println(han.Usual("鄕里會舘"), han.Usual("乡里会舘"))
	// Output: 鄉里會館 乡里会馆
}

func ExampleEqualFold() {
	fmt.Println(han.EqualFold("衞生署", "卫生署"), han.EqualFold("臺山會舘", "台山会馆"), han.EqualFold("會館", "會所"))
	// Output: true true false
}

func ExampleSplitName() {
	for _, s := range []string{"陳大文", "欧阳修", "張簡明華", "司徒會長"} {
		name, ok := han.SplitName(s)
		fmt.Printf("%q %v\n", name, ok)
	}
	// Output:
	// {"陳" "大文" ""} true
	// {"欧阳" "修" ""} true
	// {"張簡" "明華" ""} true
	// {"司徒" "" "會長"} true
}

func ExampleNameKey() {
	names := []string{"曾小明", "單小光", "區永年", "陳大文"}
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(han.NameKey(a), han.NameKey(b)) })
	fmt.Println(names)
	// Output: [陳大文 區永年 單小光 曾小明]
}

func ExampleRomanisations() {
	for _, r := range han.Romanisations("陈") {
		fmt.Println(r.Spelling, r.Tradition)
	}
	// Output:
	// chen pinyin
	// ch'en Wade-Giles
	// chan Cantonese
	// tan Minnan
	// chin Hakka
	// chen Hakka
	// chin Hoisan
	// ting Foochow
	// ding Foochow
	// trần Vietnamese
}

func ExampleSurnames() {
	fmt.Println(han.Surnames("Tan"), han.Surnames("Wong"), han.Surnames("Nguyễn"), han.Surnames("Smith"))
	// Output: [陳 譚 秦 辛] [王 黃 汪] [阮] []
}

func ExampleParseAddress() {
	a, _ := han.ParseAddress("瀾江市雲浦縣石橋鎮柳塘村和平路二段12號3樓", nil)
	for _, place := range a.Places {
		fmt.Println(place.Name, place.Level)
	}
	fmt.Println(a.Street, a.Number, a.Detail)
	// Output:
	// 瀾江市 city
	// 雲浦縣 county
	// 石橋鎮 town
	// 柳塘村 village
	// 和平路二段 12號 3樓
}

func ExampleSoundAlikes() {
	same, _ := han.SoundAlikes('橋')
	fmt.Println(string(same[:3]))
	// Output: 乔侨俏
}

func ExampleSyllables() {
	fmt.Printf("%q\n", han.Syllables("橋頭 A 村"))
	// Output: ["qiao" "tou" "" "cun"]
}
