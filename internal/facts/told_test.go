package facts_test

import (
	"testing"

	"github.com/huiguan/huiguan/internal/facts"
)

// TestToldWithoutAVerbOfHolding: a date at the head of a clause and a deed after it make an event.
func TestToldWithoutAVerbOfHolding(t *testing.T) {
	t.Parallel()
	check(t, []story{
		{"11月9日晚，青石鎮同鄉會辦中秋燈會。", one("2022-11-09", "11月9日", facts.Festival, part(facts.Evening))},
		{"11月9日，青石鎮同鄉會辦了一期急救培訓班。", one("2022-11-09", "11月9日", facts.Training)},
		{"11月9日，青石鎮同鄉會辦“補衣日”，老裁縫坐在門口。", one("2022-11-09", "11月9日", facts.Activity)},
		{"青石鎮同鄉會11月9日擺出一排長桌。", one("2022-11-09", "11月9日", facts.Activity)},
		{"稻子收完了。11月9日，橋南村的磨坊開門，來了60餘人。", one("2022-11-09", "11月9日", facts.Ceremony, some(60))},
		{"11月9日，老戲班在橋頭開唱，坐了一百二十人。", one("2022-11-09", "11月9日", facts.Activity, people(120))},
		{"11月7日至9日，志願者分成四組，挨家去看獨居長者。", one("2022-11-07", "11月7日至9日", facts.Visit, until("2022-11-09"))},
		{"11月9日，醫療隊12名護士到橋南村巡診。", one("2022-11-09", "11月9日", facts.Clinic, people(12))},
		{"立冬過後，11月9日，鄉親上坡種下兩百棵茶樹。", one("2022-11-09", "11月9日", facts.Activity)},
		{"第二講在11月9日，題目是“一撇”，41人聽講。", one("2022-11-09", "11月9日", facts.Lecture, people(41))},
		{"近日，同鄉會在菜市場開出“寫信窗口”。", one("", "近日", facts.Activity, at("菜市場"))},
		{"11月9日，同鄉會依照「颱風來前走一遍」的安排，帶大家走到避風點。", one("2022-11-09", "11月9日", facts.Drill)},
		{"11月9日，灶從早燒到晚，燒到月亮上來。", one("2022-11-09", "11月9日", facts.Activity)},
		{"11月9日上午，青石鎮同鄉會把老灶重新點上火。", one("2022-11-09", "11月9日", facts.Activity, part(facts.Morning))},
		{"11月9日，青石鎮同鄉會開了最後一次會員大會，三十七人擠在堂屋裡。", one("2022-11-09", "11月9日", facts.Meeting, people(37))},
		{"11月9日晚，青石鎮同鄉會把燈會辦到渡船上，九十四位鄉親一人提一盞。", one("2022-11-09", "11月9日", facts.Festival, part(facts.Evening), people(94))},
		{"最後一場11月9日晚在碼頭上演，風很大。", one("2022-11-09", "11月9日", facts.Activity, part(facts.Evening), at("碼頭"))},
		{"11月9日，橋南村的棋賽收官，24位棋友下了半個月。", one("2022-11-09", "11月9日", facts.Contest, people(24))},
		{"11月9日，青石鎮同鄉會在河堤鋪開葦席，躺下一百八十人。", one("2022-11-09", "11月9日", facts.Activity, people(180))},
		{"11月9日，老屋前搭起戲棚。|11月12日，孩子們登台。", append(
			one("2022-11-09", "11月9日", facts.Activity), one("2022-11-12", "11月12日", facts.Activity)...)},
	})
}

// TestToldKindComesLater: where the first sentence does not name the event, the one about its chair does.
func TestToldKindComesLater(t *testing.T) {
	t.Parallel()
	check(t, []story{
		{"11月9日，鄉親們把竹椅搬出來，坐滿了曬場。|講座由會長陳大明主持。", one("2022-11-09", "11月9日", facts.Lecture, by("陳大明"))},
		{"11月9日，曬場坐滿了人。這次義診由青石鎮同鄉會和醫療隊一起辦，來了9位醫生。", one("2022-11-09", "11月9日", facts.Clinic, people(9))},
		{"11月9日，曬場坐滿了人。會長說，明年的燈會要早些辦。", one("2022-11-09", "11月9日", facts.Activity)},
	})
}

// TestToldOnce: a second mention of the day is no second event, and a mere deed is none once the report has its event.
func TestToldOnce(t *testing.T) {
	t.Parallel()
	lecture := one("2022-11-09", "11月9日", facts.Lecture)
	check(t, []story{
		{"11月9日，協會舉辦講座。|11月9日，門口擺出十張長桌。", lecture},
		{"11月9日，協會舉辦講座。|11月12日，陳伯回來看老屋。", lecture},
	})
}

// TestDatesOfOtherThings: what stands at such a date and is still no event of the branch.
func TestDatesOfOtherThings(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"11月9日，降溫，河邊坐滿了看霜的人。",
		"11月9日，記者從同鄉會獲悉，新會所的門開了一扇。",
		"11月9日，陳伯去世，鄉親送到村口。",
		"11月9日起，圖書室每晚開門。",
		"11月9日，同鄉會發布通知，歡迎大家來開唱。",
		"11月9日，同鄉會準備把長桌擺出來。",
		"11月9日，同鄉會將在橋頭擺出長桌。",
		"11月26日，橋頭擺出長桌。",
		"6月9日，橋頭擺出長桌。",
		"陳伯記得11月9日橋頭擺出長桌。",
		"自11月9日，橋頭擺出長桌。",
		"“11月9日，橋頭擺出長桌”，告示上這樣寫。",
		"下一次定在11月9日，地點在會所，照樣擺出長桌。",
		"11月9日，戲班原想開唱，因雨取消。",
		"11月9日，外事辦的門口貼了告示。",
		"11月9日，同鄉會辦理了會員證。",
		"農曆十月初一，橋頭擺出長桌。",
		"11月9日，稻田裡來了白鷺。",
		"11月9日，老李聽說以後打開了一扇窗。",
		"11月9日，雨停了，荷花開了滿塘。",
		"今天，橋頭擺出長桌。",
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			compare(t, "as written", text, nil)
			compare(t, "simplified", simplified(text), nil)
			compare(t, "half-width", halfWidth.Replace(text), nil)
		})
	}
}

// TestWaysOfCounting: the many ways in which a report says how many came.
func TestWaysOfCounting(t *testing.T) {
	t.Parallel()
	lecture := func(more ...func(*facts.Fact)) []facts.Fact {
		return one("2022-11-09", "11月9日", facts.Lecture, more...)
	}
	const lead = "11月9日，協會舉辦講座。"
	const open = "11月9日，協會舉辦講座，"
	check(t, []story{
		{lead + "來了61人。", lecture(people(61))},
		{lead + "茶樓裡坐了一百三十人。", lecture(people(130))},
		{lead + "現場58人，書信攤在桌上。", lecture(people(58), mode(facts.InPerson))},
		{lead + "坐下來聽的鄉親有416人。", lecture(people(416))},
		{lead + "來的街坊有86人，最大的九十一歲。", lecture(people(86))},
		{lead + "進來看的有230多人。", lecture(some(230))},
		{lead + "一共來了163人。", lecture(people(163))},
		{lead + "兩頭加起來64人次。", lecture(some(64))},
		{lead + "船上連船工共62人，會長陳大明主持。", lecture(people(62), by("陳大明"))},
		{lead + "報名的有39人。", lecture(people(39))},
		{lead + "報名的有39人。來了31人。", lecture(people(31))},
		{lead + "來了31人。報名的有39人。", lecture(people(31))},
		{open + "鄉親45人搬著板凳坐下。", lecture(people(45))},
		{open + "鄉親、學生共142人圍著竹匾坐了一圈。", lecture(people(142))},
		{open + "63名通訊員來上課。", lecture(people(63))},
		{open + "35人冒雨跟著老師去看碑。", lecture(people(35))},
		{open + "接待鄉親約650人次。", lecture(some(650))},
		{open + "陳家一家6人從外地趕來。", lecture(people(6))},
		{open + "24個孩子寫了24封信。", lecture(people(24))},
		{open + "24個孩子一起聽。", lecture(people(24))},
	})
}

// TestFiguresBesideTheGathering: numbers of people of which nothing says that they were there.
func TestFiguresBesideTheGathering(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"11月9日，協會舉辦講座。連線進來的有五十餘人。",
		"11月9日，協會舉辦講座，另有137人從外地聽錄音。",
		"11月9日，協會舉辦講座。有二十多人在線上旁聽。",
		"11月9日，協會舉辦講座。擔架組增到八人。",
		"11月9日，協會舉辦講座。當場報名，報了42人。",
		"11月9日，協會舉辦講座。報名學做的年輕人有75人。",
		"11月9日，協會舉辦講座。寄來的有12人，送來的有9人。",
		"11月9日，協會舉辦講座。三年加起來5000人次。",
		"11月9日，協會舉辦講座。上門看了53位長者。",
		"11月9日，協會舉辦講座。量血壓21人。",
		"11月9日，協會舉辦講座。附近八百人的簽名轉了上去。",
		"11月9日，協會舉辦講座。會長陳伯說，來了500人才算數。",
		"11月9日，協會舉辦講座，向27名學生送上書包，一起合影。",
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			for form, text := range map[string]string{"as written": text, "simplified": simplified(text), "half-width": halfWidth.Replace(text)} {
				list := facts.Read([]string{text}, facts.Page{Published: published})
				if len(list) != 1 || list[0].Headcount != 0 {
					t.Errorf("%s: %+v", form, list)
				}
			}
		})
	}
}

// TestPlacesOfWhatIsTold: the deed ends the place where no verb of holding does.
func TestPlacesOfWhatIsTold(t *testing.T) {
	t.Parallel()
	check(t, []story{
		{"11月9日，同鄉會在橋頭廣場擺出長桌。", one("2022-11-09", "11月9日", facts.Activity, at("橋頭廣場"))},
		{"11月9日，同鄉會在文化館辦了燈會。", one("2022-11-09", "11月9日", facts.Festival, at("文化館"))},
		{"11月9日，同鄉會在街道辦事處門口擺出長桌。", one("2022-11-09", "11月9日", facts.Activity, at("街道辦事處門口"))},
	})
}
