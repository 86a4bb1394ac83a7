package han_test

import (
	"fmt"

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
