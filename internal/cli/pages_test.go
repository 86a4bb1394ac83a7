package cli_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/huiguan/huiguan/repair/damage"
)

// The vocabulary of the pages that tests make: community life of an invented
// county.
var (
	pageTowns  = []string{"石橋", "柳塘", "白嶼", "漁燈", "松臺", "青藤", "北沙", "鶴嶺"}
	pageEvents = []string{"元宵燈會", "義診", "獎學金頒發會", "曬譜日", "颱風演練", "龍舟賽", "中秋座談會", "敬老探訪", "書法講座", "鄉味市集"}
	pageTexts  = []string{
		"鄉親們一早就把會館的門板卸下來，桌子一直擺到榕樹底下，孩子們在旁邊寫燈謎，老人家慢慢地講從前渡口的故事。",
		"負責登記的是兩位退休教師，她們把來人的姓名寫得端端正正，並且問每一位要不要幫忙寫信給遠方的親人。",
		"會長說，大家聚在一起不容易，能坐下來喝一碗熱湯、聽一段鄉音，就是今年最好的收成。",
		"廚房裡的大鍋從天亮煮到天黑，米粉、芋頭、鹹魚輪流上桌，剩下的由義工騎車送到獨居長者家裡。",
		"年輕人帶來了相機和電腦，當場替街坊把舊照片掃描存檔，答應洗一份掛到會館的牆上。",
		"傍晚收拾的時候，有人提議明年把日子提前一個星期，好讓外地工作的兒女趕得上車票。",
	}
)

// digestPage makes a digest of seven sections and some seven thousand
// characters, damaged as the mirrors do; each number makes another page.
func digestPage(n int) []byte {
	rng := rand.New(rand.NewPCG(uint64(n), 7))
	var b strings.Builder
	fmt.Fprintf(&b, "首頁 > 會務動態 > 各地會訊\n\n各地同鄉會活動彙編第%d期\n\n時間：2025-%02d-%02d 來源：各地同鄉會\n\n", n, 1+n%12, 1+n%28)
	b.WriteString("　　" + pageTexts[rng.IntN(len(pageTexts))] + "\n\n")
	for i := range 7 {
		town := pageTowns[(n+i)%len(pageTowns)]
		event := pageEvents[rng.IntN(len(pageEvents))]
		fmt.Fprintf(&b, "　　%s鎮同鄉會\n\n　　%d月%d日，%s鎮同鄉會在會館舉辦%s，鄉親%d人參加。\n\n圖片\n\n", town, 1+n%12, 1+(n+i)%28, town, event, 20+rng.IntN(200))
		for range 4 { // paragraphs of some two hundred characters, as real ones are
			b.WriteString("　　")
			for range 5 {
				b.WriteString(pageTexts[rng.IntN(len(pageTexts))])
			}
			b.WriteString("\n\n")
		}
	}
	return []byte(damage.HalfWidth(damage.AnnotateShare(b.String(), 0.6, uint64(n))))
}
