package han

import (
	"strings"
	"testing"
)

// An invented report in both scripts, with figures and Latin words between, as reports have them.
const reportHant = "正月十五晚上，石橋鎮同鄉會在柳塘村的老戲臺前辦了元宵燈會。會館門口掛起三百二十盞燈籠，鄉親們提著燈，" +
	"沿著河邊走到祠堂，孩子們猜燈謎，長輩煮湯圓。今年第一次用網絡直播，遠在雪橡城的鄉親也能看到，約有1,200人在線上觀看。" +
	"同鄉會會長說，明年要與青藤鎮一起籌辦，讓更多年輕人學做燈的手藝。志願醫療隊在現場為長者量血壓、測血糖，" +
	"法律服務團回答了關於租約和遺囑的問題。Lanjiang Lantern Festival 2026 的照片已經上傳，歡迎下載。\n"

func reports(script func(string) string) string { return strings.Repeat(script(reportHant), 200) }

func benchmark(b *testing.B, s string, f func(string)) {
	f(s) // the tables are loaded once, outside the measure
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		f(s)
	}
}

func same(s string) string { return s }

func BenchmarkFoldHant(b *testing.B)   { benchmark(b, reports(same), func(s string) { Fold(s) }) }
func BenchmarkFoldHans(b *testing.B)   { benchmark(b, reports(ToHans), func(s string) { Fold(s) }) }
func BenchmarkFoldFolded(b *testing.B) { benchmark(b, reports(Fold), func(s string) { Fold(s) }) }
func BenchmarkFoldASCII(b *testing.B) {
	benchmark(b, strings.Repeat("lantern festival on the river ", 5000), func(s string) { Fold(s) })
}

func BenchmarkFoldTitle(b *testing.B) {
	benchmark(b, "石橋鎮同鄉會在柳塘村辦了元宵燈會", func(s string) { Fold(s) })
}

func BenchmarkTokensHant(b *testing.B) {
	var dst []string
	benchmark(b, reports(same), func(s string) { dst = Tokens(dst[:0], s) })
}

func BenchmarkQuery(b *testing.B) {
	benchmark(b, "石橋鎮 元宵燈會 “柳塘村” 2026", func(s string) { Query(s) })
}

func BenchmarkToHans(b *testing.B) { benchmark(b, reports(same), func(s string) { ToHans(s) }) }
func BenchmarkToHant(b *testing.B) { benchmark(b, reports(ToHans), func(s string) { ToHant(s) }) }
func BenchmarkToHantOfHant(b *testing.B) {
	benchmark(b, reports(same), func(s string) { ToHant(s) })
}

func BenchmarkHongKongHant(b *testing.B) {
	benchmark(b, reports(ToHans), func(s string) { HongKong.Hant(s) })
}

func BenchmarkHongKongHantOfHant(b *testing.B) {
	benchmark(b, reports(same), func(s string) { HongKong.Hant(s) })
}

func BenchmarkUsual(b *testing.B) { benchmark(b, reports(same), func(s string) { Usual(s) }) }
func BenchmarkEqualFold(b *testing.B) {
	benchmark(b, "石橋鎮同鄉會在柳塘村辦了元宵燈會", func(s string) { EqualFold(s, "石桥镇同乡会") })
}
func BenchmarkSplitName(b *testing.B) {
	benchmark(b, "歐陽永年會長", func(s string) { SplitName(s) })
}
func BenchmarkNameKey(b *testing.B) { benchmark(b, "歐陽永年", func(s string) { NameKey(s) }) }
func BenchmarkRomanisations(b *testing.B) {
	benchmark(b, "陳", func(s string) { Romanisations(s) })
}
func BenchmarkSurnames(b *testing.B) { benchmark(b, "Tan", func(s string) { Surnames(s) }) }
func BenchmarkParseAddress(b *testing.B) {
	benchmark(b, "廣東省中山市石岐區中山五路88號3樓", func(s string) { ParseAddress(s, nil) })
}

func BenchmarkDetectScript(b *testing.B) {
	benchmark(b, reports(same), func(s string) { DetectScript(s) })
}

func BenchmarkSplitOrgName(b *testing.B) {
	benchmark(b, "中山市三鄉鎮橋頭村“僑胞之家”", func(s string) { SplitOrgName(s, nil) })
}

func BenchmarkLooksLikeOrgName(b *testing.B) {
	benchmark(b, "志願醫療隊在現場為長者量血壓", func(s string) { LooksLikeOrgName(s) })
}

func BenchmarkSlug(b *testing.B) {
	benchmark(b, "石橋鎮柳塘村鄉親之家", func(s string) { Slug(s) })
}

func BenchmarkNumeral(b *testing.B) {
	benchmark(b, "一千二百三十人", func(s string) { Numeral(s) })
}

func BenchmarkOpenTables(b *testing.B) {
	for _, name := range []string{"fold", "chars", "hant", "hans", "pinyin"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				openTable(name)
			}
		})
	}
	b.Run("hantPhrases", func(b *testing.B) {
		for b.Loop() {
			loadHantPhrases(Taiwan)
		}
	})
	b.Run("charData", func(b *testing.B) {
		for b.Loop() {
			loadChars()
		}
	})
	b.Run("surnames", func(b *testing.B) {
		for b.Loop() {
			loadSurnames()
		}
	})
	b.Run("foldData", func(b *testing.B) {
		for b.Loop() {
			loadFold()
		}
	})
	b.Run("readings", func(b *testing.B) {
		for b.Loop() {
			loadReadings()
		}
	})
}
