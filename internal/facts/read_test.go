package facts_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/facts"
)

// published is the day of every invented page here unless a test says otherwise.
var published = han.Date{Year: 2022, Month: 11, Day: 24}

// story is one invented report; paragraphs are parted by | and want leaves the quotation out.
type story struct {
	text string
	want []facts.Fact
}

// one is the want of a story with a single event on a single day, in unknown mode unless mode is given.
func one(date, text string, kind facts.Kind, more ...func(*facts.Fact)) []facts.Fact {
	f := facts.Fact{Date: date, DateText: text, Kind: kind, Mode: facts.Unknown}
	for _, m := range more {
		m(&f)
	}
	return []facts.Fact{f}
}

func people(n int) func(*facts.Fact) { return func(f *facts.Fact) { f.Headcount = n } }
func some(n int) func(*facts.Fact) {
	return func(f *facts.Fact) { f.Headcount, f.HeadcountAbout = n, true }
}
func at(place string) func(*facts.Fact) {
	return func(f *facts.Fact) { f.Place, f.Mode = place, facts.InPerson }
}
func part(p string) func(*facts.Fact)      { return func(f *facts.Fact) { f.PartOfDay = p } }
func mode(m facts.Mode) func(*facts.Fact)  { return func(f *facts.Fact) { f.Mode = m } }
func until(day string) func(*facts.Fact)   { return func(f *facts.Fact) { f.End = day } }
func by(names ...string) func(*facts.Fact) { return func(f *facts.Fact) { f.Hosts = names } }

// halfWidth writes Chinese punctuation as crawlers leave it.
var halfWidth = strings.NewReplacer("，", ",", "：", ":", "；", ";", "！", "!", "（", "(", "）", ")", "？", "?")

func simplified(s string) string { return strings.Map(han.ToHansRune, s) }

func simplifiedFacts(list []facts.Fact) []facts.Fact {
	out := make([]facts.Fact, len(list))
	for i, f := range list {
		f.DateText, f.Place = simplified(f.DateText), simplified(f.Place)
		f.Hosts = nil
		for _, h := range list[i].Hosts {
			f.Hosts = append(f.Hosts, simplified(h))
		}
		out[i] = f
	}
	return out
}

// check reads every story as written, in simplified characters, and with half-width punctuation.
func check(t *testing.T, stories []story) {
	t.Helper()
	for _, s := range stories {
		t.Run(s.text, func(t *testing.T) {
			t.Parallel()
			compare(t, "as written", s.text, s.want)
			compare(t, "simplified", simplified(s.text), simplifiedFacts(s.want))
			compare(t, "half-width", halfWidth.Replace(s.text), halfWidthFacts(s.want))
		})
	}
}

func halfWidthFacts(list []facts.Fact) []facts.Fact {
	out := make([]facts.Fact, len(list))
	for i, f := range list {
		f.Place = halfWidth.Replace(f.Place)
		out[i] = f
	}
	return out
}

func compare(t *testing.T, form, text string, want []facts.Fact) {
	t.Helper()
	organisation := "青石鎮同鄉會"
	if form == "simplified" {
		organisation = simplified(organisation)
	}
	got := facts.Read(strings.Split(text, "|"), facts.Page{Published: published, Organisation: organisation})
	opts := cmp.Options{cmpopts.IgnoreFields(facts.Fact{}, "Quote", "Paragraph"), cmpopts.EquateEmpty()}
	if diff := cmp.Diff(want, got, opts); diff != "" {
		t.Errorf("%s: %s\n(-want +got)\n%s", form, text, diff)
	}
}

func TestKinds(t *testing.T) {
	t.Parallel()
	check(t, []story{
		{"11月11日，青石鎮同鄉會召開鄉親代表座談會。", one("2022-11-11", "11月11日", facts.Symposium)},
		{"11月12日上午，理事會召開第三次工作會議。", one("2022-11-12", "11月12日", facts.Meeting, part(facts.Morning))},
		{"11月16日，青石鎮同鄉會組織開展志願者急救專題培訓班。", one("2022-11-16", "11月16日", facts.Training)},
		{"11月6日，同鄉會舉辦家庭用藥知識講座。", one("2022-11-06", "11月6日", facts.Lecture)},
		{"11月5日晚，青石鎮舉辦花燈會，萬盞花燈點亮河堤。", one("2022-11-05", "11月5日", facts.Festival, part(facts.Evening))},
		{"10月2日，一年一度的荔枝節在青石鎮文化廣場開幕。", one("2022-10-02", "10月2日", facts.Festival, at("青石鎮文化廣場"))},
		{"8月3日，第五屆尋根夏令營在白鷺小學開營。", one("2022-08-03", "8月3日", facts.Camp, at("白鷺小學"))},
		{"11月3日，婦女小組走訪慰問了12戶獨居長者。", one("2022-11-03", "11月3日", facts.Visit)},
		{"11月13日，同鄉會與鎮醫院聯合開展義診活動。", one("2022-11-13", "11月13日", facts.Clinic)},
		{"11月19日，青年會舉辦“同鄉杯”象棋比賽。", one("2022-11-19", "11月19日", facts.Contest)},
		{"11月20日，社區舉辦冬日市集。", one("2022-11-20", "11月20日", facts.Fair)},
		{"11月1日，同鄉會召開第六次會員代表大會。", one("2022-11-01", "11月1日", facts.Congress)},
		{"11月1日，同鄉會舉行換屆大會，選出新一屆理事。", one("2022-11-01", "11月1日", facts.Congress)},
		{"11月8日，圖書室舉行揭牌儀式。", one("2022-11-08", "11月8日", facts.Ceremony)},
		{"11月15日，獎學金頒獎典禮舉行。", one("2022-11-15", "11月15日", facts.Ceremony)},
		{"11月15日，老照片展覽在村史館開幕。", one("2022-11-15", "11月15日", facts.Exhibition, at("村史館"))},
		{"11月17日，青年會組織會員到白鷺村參觀碉樓。", one("2022-11-17", "11月17日", facts.Outing, at("白鷺村"))},
		{"11月9日，青石小學舉行消防疏散演練。", one("2022-11-09", "11月9日", facts.Drill)},
		{"11月5日，青年會開展志願服務活動。", one("2022-11-05", "11月5日", facts.Volunteer)},
		{"11月9日，橋南村鄉親之家組織會員學習垃圾分類知識。", one("2022-11-09", "11月9日", facts.Study)},
		{"11月9日，橋南村舉辦“百家宴”。", one("2022-11-09", "11月9日", facts.Activity)},
		{"11月9日，橋南村舉辦包粽子活動。", one("2022-11-09", "11月9日", facts.Activity)},
	})
}

func TestHeadOfThePhraseDecides(t *testing.T) {
	t.Parallel()
	check(t, []story{
		{"11月9日，協會舉辦志願服務培訓班。", one("2022-11-09", "11月9日", facts.Training)},
		{"11月9日，協會舉行書法比賽頒獎典禮。", one("2022-11-09", "11月9日", facts.Ceremony)},
		{"11月9日，協會召開換屆籌備會議。", one("2022-11-09", "11月9日", facts.Congress)},
		{"11月9日，協會藉召開季度工作會議之機，學習急救知識。", one("2022-11-09", "11月9日", facts.Meeting)},
		{"11月9日，協會召開座談會，部署冬日市集的準備。", one("2022-11-09", "11月9日", facts.Symposium)},
		{"座談會於11月9日在青石鎮會館舉行，會長致開幕辭。", one("2022-11-09", "11月9日", facts.Symposium, at("青石鎮會館"))},
		{"11月9日，由同鄉會主辦、文化館承辦的中秋遊園會在河濱公園舉行。", one("2022-11-09", "11月9日", facts.Festival, at("河濱公園"))},
		{"11月19日，就職典禮暨三十五週年會慶在白鷺酒店舉行。", one("2022-11-19", "11月19日", facts.Ceremony, at("白鷺酒店"))},
		{"11月9日，協會舉辦編織課，地點在鎮會議室。", one("2022-11-09", "11月9日", facts.Activity)},
		{"11月9日，第三期公益培訓班圓滿結業。", one("2022-11-09", "11月9日", facts.Training)},
		{"11月9日，青年會組織會員，赴白鷺村，參觀陶瓷博物館。", one("2022-11-09", "11月9日", facts.Outing)},
	})
}

func TestDates(t *testing.T) {
	t.Parallel()
	check(t, []story{
		{"2022年11月9日，協會舉辦講座。", one("2022-11-09", "2022年11月9日", facts.Lecture)},
		{"2022-11-09，協會舉辦講座。", one("2022-11-09", "2022-11-09", facts.Lecture)},
		{"十一月九日，協會舉辦講座。", one("2022-11-09", "十一月九日", facts.Lecture)},
		{"二〇二二年十一月九日，協會舉辦講座。", one("2022-11-09", "二〇二二年十一月九日", facts.Lecture)},
		{"１１月９日，協會舉辦講座。", one("2022-11-09", "１１月９日", facts.Lecture)},
		{"11 月 9 日，協會舉辦講座。", one("2022-11-09", "11 月 9 日", facts.Lecture)},
		{"11月9號，協會舉辦講座。", one("2022-11-09", "11月9號", facts.Lecture)},
		{"今年3月5日，協會舉辦講座。", one("2022-03-05", "3月5日", facts.Lecture)},
		{"去年12月30日，協會舉辦講座。", one("2021-12-30", "12月30日", facts.Lecture)},
		{"12月30日，協會舉辦講座。", one("2021-12-30", "12月30日", facts.Lecture)},
		{"11月28日，協會舉辦講座。", one("2022-11-28", "11月28日", facts.Lecture)},
		{"11月8日至10日，協會舉辦培訓班。", one("2022-11-08", "11月8日至10日", facts.Training, until("2022-11-10"))},
		{"11月8-10日，協會舉辦培訓班。", one("2022-11-08", "11月8-10日", facts.Training, until("2022-11-10"))},
		{"3月1日—3日，協會舉辦培訓班。", one("2022-03-01", "3月1日—3日", facts.Training, until("2022-03-03"))},
		{"10月8日至11月2日，協會舉辦攝影作品展。", one("2022-10-08", "10月8日至11月2日", facts.Exhibition, until("2022-11-02"))},
		{"11月8日、9日，協會舉辦培訓班。", one("2022-11-08", "11月8日、9日", facts.Training, until("2022-11-09"))},
		{"11月8、9日，協會舉辦培訓班。", one("2022-11-08", "11月8、9日", facts.Training, until("2022-11-09"))},
		{"11月8日和12日，協會舉辦講座。", one("2022-11-08", "11月8日和12日", facts.Lecture)},
		{"2021年12月30日至2022年1月2日，協會舉辦冬令營。", one("2021-12-30", "2021年12月30日至2022年1月2日", facts.Camp, until("2022-01-02"))},
		{"12月30日至1月2日，協會舉辦冬令營。", one("2021-12-30", "12月30日至1月2日", facts.Camp, until("2022-01-02"))},
		{"近日，協會舉辦講座。", one("", "近日", facts.Lecture)},
		{"協會日前舉辦講座。", one("", "日前", facts.Lecture)},
		{"最近，協會舉辦了一場講座。", one("", "最近", facts.Lecture)},
		{"農曆正月十五，青石鎮舉辦元宵燈會。", one("", "農曆正月十五", facts.Festival)},
	})
}

func TestDatesInReports(t *testing.T) {
	t.Parallel()
	check(t, []story{
		{"民國111年11月9日，協會舉辦講座。", one("2022-11-09", "民國111年11月9日", facts.Lecture)},
		{"協會會長11月9日出席了鄰鎮舉辦的交流會。", one("2022-11-09", "11月9日", facts.Symposium)},
		{"（通訊員 李小荷）11月9日，協會舉辦講座。", one("2022-11-09", "11月9日", facts.Lecture)},
		{"在11月9日召開的理事會上，會長作了報告，45位理事出席。", one("2022-11-09", "11月9日", facts.Meeting, people(45))},
		{"據介紹，11月9日，協會舉辦了講座。", one("2022-11-09", "11月9日", facts.Lecture)},
		{"為弘揚敬老傳統，重陽節前夕，協會於10月3日走訪了20戶長者。", one("2022-10-03", "10月3日", facts.Visit)},
		{"中秋節前，9月9日，青石鎮舉辦“月滿青石”遊園會。", one("2022-09-09", "9月9日", facts.Festival)},
		{"2022.11.9，協會舉辦講座。", one("2022-11-09", "2022.11.9", facts.Lecture)},
		{"11月28日至12月2日，協會舉辦培訓班。", one("2022-11-28", "11月28日至12月2日", facts.Training, until("2022-12-02"))},
	})
}

func TestPartsOfTheDay(t *testing.T) {
	t.Parallel()
	check(t, []story{
		{"11月9日上午，協會舉辦講座。", one("2022-11-09", "11月9日", facts.Lecture, part(facts.Morning))},
		{"11月9日清晨，協會組織登山徒步。", one("2022-11-09", "11月9日", facts.Outing, part(facts.Morning))},
		{"11月9日中午，協會舉辦聚餐。", one("2022-11-09", "11月9日", facts.Activity, part(facts.Noon))},
		{"11月9日下午3時，協會舉辦講座。", one("2022-11-09", "11月9日", facts.Lecture, part(facts.Afternoon))},
		{"11月9日（星期三）下午，協會舉辦講座。", one("2022-11-09", "11月9日", facts.Lecture, part(facts.Afternoon))},
		{"11月9日14:30，協會舉辦講座。", one("2022-11-09", "11月9日", facts.Lecture, part(facts.Afternoon))},
		{"11月9日晚上，協會舉辦晚會。", one("2022-11-09", "11月9日", facts.Festival, part(facts.Evening))},
		{"11月9日19時30分，協會舉辦晚會。", one("2022-11-09", "11月9日", facts.Festival, part(facts.Evening))},
		{"11月9日上午9時至下午5時，協會舉辦培訓。", one("2022-11-09", "11月9日", facts.Training)},
	})
}

func TestDatesThatTellOfNoEvent(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"青石鎮同鄉會成立於1985年3月2日，現有會員300人。",
		"報名截至11月30日，歡迎參加講座。",
		"協會將於12月1日舉辦講座。",
		"12月1日，協會將在會館舉辦講座，歡迎參加。",
		"11月26日，協會將舉行義診。",
		"2022年度，協會舉辦了12場講座。",
		"會長說：“11月9日我們舉辦的燈會很熱鬧。”",
		"“11月9日舉辦燈會”的告示貼在村口。",
		"《11月9日會議紀要》已經印發，請各小組組織學習。",
		"根據11月3日印發的通知，各小組要組織學習。",
		"原定於11月9日舉行的講座因雨取消。",
		"11月9日的講座因雨取消。",
		"11月9日，講座因雨取消，未能舉行。",
		"自1998年5月1日成立以來，協會每年舉辦燈會。",
		"2015年11月9日，協會在會館舉行成立大會。",
		"2023年3月9日，協會在會館舉行年會。",
		"協會每年11月9日舉行燈會。",
		"同年11月9日，協會舉辦燈會。",
		"11月9日，天氣晴朗，稻穀金黃。",
		"11月30日前，各小組組織座談會。",
		"協會舉辦燈會，鄉親們熱情高漲。",
		"最近的講座在哪裡舉行？",
		"時間：2022-11-24 來源：青石鎮同鄉會",
		"會長表示，11月9日舉辦的燈會得到好評。",
		"13月9日，協會舉辦講座。",
		"2月30日，協會舉辦講座。",
		"2022-11-20 青石鎮舉辦講座",
		"發布時間：2022年11月20日 青石鎮舉辦講座",
		"青石通訊社11月9日電，協會舉辦講座。",
		"11月1日至20日，全鎮共舉辦義診12場。",
		"本刊於11月9日刊登啟事，請各小組組織徵文。",
		"今年9月，協會舉辦夏令營。",
		"",
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			compare(t, "as written", text, nil)
			compare(t, "simplified", simplified(text), nil)
			compare(t, "half-width", halfWidth.Replace(text), nil)
		})
	}
}

func TestHeadcounts(t *testing.T) {
	t.Parallel()
	const lead = "11月9日，協會舉辦講座。"
	lecture := func(more ...func(*facts.Fact)) []facts.Fact {
		return one("2022-11-09", "11月9日", facts.Lecture, more...)
	}
	check(t, []story{
		{lead + "會員85人參加。", lecture(people(85))},
		{lead + "會員八十五人參加講座。", lecture(people(85))},
		{lead + "共有８５人參加。", lecture(people(85))},
		{lead + "共 85 人參加。", lecture(people(85))},
		{lead + "鄉親代表以及特約記者，共15人參加講座。", lecture(people(15))},
		{lead + "近百人出席。", lecture(some(100))},
		{lead + "約60人到場聽講。", lecture(some(60), mode(facts.InPerson))},
		{lead + "60餘人參加。", lecture(some(60))},
		{lead + "六十多名長者參加。", lecture(some(60))},
		{lead + "吸引逾200人參加。", lecture(some(200))},
		{lead + "現場吸引了300多名鄉親。", lecture(some(300), mode(facts.InPerson))},
		{lead + "1,200人參加了講座。", lecture(people(1200))},
		{lead + "吸引了1.2萬人參與。", lecture(people(12000))},
		{lead + "上千人參加。", lecture(some(1000))},
		{lead + "出席者逾百人。", lecture(some(100))},
		{lead + "參加人數85人。", lecture(people(85))},
		{lead + "100人左右參加。", lecture(some(100))},
		{lead + "15位嘉賓出席。", lecture(people(15))},
		{lead + "15位嘉賓出席，300名鄉親到場參加。", lecture(people(300), mode(facts.InPerson))},
		{lead + "參加的有學生40人、家長20人，共60人。", lecture(people(60))},
		{lead + "應到會員120人，實到98人。", lecture(people(98))},
		{lead + "學員30人結業。", lecture(people(30))},
		{lead + "三四十人參加。", lecture(some(30))},
		{lead + "逾3000人次參加。", lecture(some(3000))},
		{lead + "出席的有：會長陳大明，副會長李小荷，秘書長王平等20餘人。", lecture(some(20))},
		{lead + "3000多名觀眾觀看了演出。", lecture(some(3000))},
		{lead + "會員應到150名，實到126名。", lecture(people(126))},
		{lead + "30名學生領取助學金，家長代表50人參加。", lecture(people(50))},
		{lead + "2位老師帶領35名學生前來聽講。", lecture(people(35))},
		{"11月10日，新加坡同鄉會一行18人到訪，雙方舉行座談。", one("2022-11-10", "11月10日", facts.Symposium, people(18))},
		{lead + "來自5個國家的200名鄉親和30個社團參加。", lecture(people(200))},
		{lead + "|圖片||協會骨幹、村民小組等85人參加講座。", lecture(people(85))},
		{"11月9日，青年會組織60名會員到白鷺村參觀。", one("2022-11-09", "11月9日", facts.Outing, people(60), at("白鷺村"))},
		{"11月9日，會長一行15人赴白鷺村考察。", one("2022-11-09", "11月9日", facts.Outing, people(15), at("白鷺村"))},
	})
}

func TestFiguresThatAreNoHeadcount(t *testing.T) {
	t.Parallel()
	const lead = "11月9日，協會舉辦講座。"
	for _, text := range []string{
		"9個直屬小組的負責人參加。",
		"走訪了50戶困難家庭。",
		"講者從“三個人”“三件事”說起。",
		"2人獲獎。",
		"工作人員3人。",
		"志願者看望了20名老人。",
		"為60位長者送上禮物。",
		"向12名學子頒發獎學金。",
		"共有25名學生獲獎學金。",
		"講座預計有200人參加。",
		"會館可容納300人。",
		"第三人民醫院的醫生參加。",
		"小明在比賽中得了第3名。",
		"直播吸引了2萬人觀看。",
		"三年來共有3000人參加培訓。",
		"全鎮現有會員300人。",
		"報名人數達到120人。",
		"協會會員人數達300人。",
		"大家慰問了陳伯等5人。",
		"三天累計接待遊客5萬人次。",
		"逾500人次在線觀看。",
		"會議選出由35人組成的理事會。",
		"律師為60多名會員解答問題。",
		"數十人參加。",
		"30至50人的小組參加。",
		"會長表示，明年要讓500人參加講座。",
		"會長說：“去年有500人參加。”",
		"第二十屆的代表參加講座。",
		"三位一體的做法得到推廣，大家參加。",
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			want := one("2022-11-09", "11月9日", facts.Lecture)
			compare(t, "as written", lead+text, want)
			compare(t, "simplified", simplified(lead+text), want)
			compare(t, "half-width", halfWidth.Replace(lead+text), want)
		})
	}
}

func TestModes(t *testing.T) {
	t.Parallel()
	lecture := func(more ...func(*facts.Fact)) []facts.Fact {
		return one("2022-11-09", "11月9日", facts.Lecture, more...)
	}
	check(t, []story{
		{"11月9日，協會以線上線下相結合的形式舉辦講座。", lecture(mode(facts.Hybrid))},
		{"11月9日，協會以“線上+線下”方式舉辦講座。", lecture(mode(facts.Hybrid))},
		{"11月9日，協會舉辦講座。鄉親代表參加線下座談，海外鄉親通過視頻會議線上參會。", lecture(mode(facts.Hybrid))},
		{"11月9日，協會以現場和視頻方式舉辦講座。", lecture(mode(facts.Hybrid))},
		{"11月9日，協會在會館禮堂舉辦講座，並同步直播。", lecture(at("會館禮堂"), mode(facts.Hybrid))},
		{"11月9日，協會通過視頻會議召開講座籌備會。", one("2022-11-09", "11月9日", facts.Meeting, mode(facts.Online))},
		{"11月9日，協會在線上舉辦講座。", lecture(mode(facts.Online))},
		{"11月9日，協會舉辦網上講座。", lecture(mode(facts.Online))},
		{"11月9日，協會以直播形式舉辦講座。", lecture(mode(facts.Online))},
		{"11月9日，協會以Zoom舉辦講座。", lecture(mode(facts.Online))},
		{"11月9日，協會舉辦網絡安全講座。", lecture()},
		{"11月9日，協會舉辦講座。講座可在網上報名。", lecture()},
		{"11月9日，協會舉辦講座。現場座無虛席。", lecture(mode(facts.InPerson))},
		{"11月9日，協會以線下形式舉辦講座。", lecture(mode(facts.InPerson))},
		{"11月9日，協會舉辦講座。會長表示，今後要辦好線上線下活動。", lecture()},
	})
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	lecture := func(more ...func(*facts.Fact)) []facts.Fact {
		return one("2022-11-09", "11月9日", facts.Lecture, more...)
	}
	check(t, []story{
		{"11月9日，協會在青石鎮文化中心舉辦講座。", lecture(at("青石鎮文化中心"))},
		{"11月9日，講座於市圖書館三樓會議室舉行。", lecture(at("市圖書館三樓會議室"))},
		{"11月9日，講座假座青石會館禮堂舉行。", lecture(at("青石會館禮堂"))},
		{"11月9日，講座在青石會館禮堂內隆重舉行。", lecture(at("青石會館禮堂"))},
		{"11月9日，講座在香港舉行。", lecture(at("香港"))},
		{"11月9日，協會舉辦講座。地點：青石會館禮堂。", lecture(at("青石會館禮堂"))},
		{"11月9日，協會舉辦講座。活動在青石鎮政府舉行。", lecture(at("青石鎮政府"))},
		{"11月9日，協會走進陽光社區開展義診。", one("2022-11-09", "11月9日", facts.Clinic, at("陽光社區"))},
		{"11月9日，協會走進陽光社區，開展義診。", one("2022-11-09", "11月9日", facts.Clinic, at("陽光社區"))},
		{"11月9日，青年會前往濕地公園植樹。", one("2022-11-09", "11月9日", facts.Volunteer, at("濕地公園"))},
		{"11月9日，講座在“鄉親之家”舉行。", lecture(at("“鄉親之家”"))},
		{"11月9日，鄉親們齊聚青石祠堂，舉行聯歡晚會。", one("2022-11-09", "11月9日", facts.Festival, at("青石祠堂"))},
		{"11月9日，協會在會長的帶領下舉辦講座。", lecture()},
		{"11月9日，協會在重陽節期間舉辦講座。", lecture()},
		{"11月9日，協會在全鎮開展講座。", lecture()},
		{"11月9日，協會在青年會員中開展講座。", lecture()},
	})
}

func TestHosts(t *testing.T) {
	t.Parallel()
	lecture := func(more ...func(*facts.Fact)) []facts.Fact {
		return one("2022-11-09", "11月9日", facts.Lecture, more...)
	}
	const lead = "11月9日，協會舉辦講座。"
	check(t, []story{
		{lead + "會長陳大明主持講座。", lecture(by("陳大明"))},
		{lead + "副會長、秘書長李小荷主持。", lecture(by("李小荷"))},
		{lead + "講座由青年會主任周平主持。", lecture(by("周平"))},
		{lead + "梁永安會長主持會議並講話。", lecture(by("梁永安"))},
		{lead + "會長歐陽秋月主持。", lecture(by("歐陽秋月"))},
		{lead + "會長陳大明、秘書長李小荷共同主持。", lecture(by("陳大明", "李小荷"))},
		{lead + "講座由王老師主持。", lecture()},
		{lead + "會長親自主持。", lecture()},
		{lead + "主持人介紹了講者。", lecture()},
		{lead + "會長陳大明主持正義，受人敬重。", lecture()},
		{lead + "講座由本會主持。", lecture(by("青石鎮同鄉會"))},
	})
}

func TestSeveralEvents(t *testing.T) {
	t.Parallel()
	first := one("2022-11-09", "11月9日", facts.Meeting, part(facts.Afternoon))
	second := one("2022-11-16", "11月16日", facts.Training, people(85))
	check(t, []story{
		{"11月9日下午，協會召開工作會議。9個小組的負責人參加。|會上，大家交流了體會。|11月16日，協會舉辦培訓班。|圖片|會員等85人參加培訓。", append(first, second...)},
		{"11月9日下午，協會召開工作會議，11月16日，協會舉辦培訓班，共85人參加。", append(first, second...)},
		{"11月9日，協會舉辦遊園會。活動於11月9日下午在河濱公園舉行，500人參加。", one("2022-11-09", "11月9日", facts.Festival, part(facts.Afternoon), at("河濱公園"), people(500))},
		{"協會11月9日舉辦遊園會|11月9日，協會舉辦遊園會，300人參加。", one("2022-11-09", "11月9日", facts.Festival, people(300))},
		{"11月9日上午，鄉村運動會在青石小學開幕。11月10日下午，運動會閉幕。", append(
			one("2022-11-09", "11月9日", facts.Contest, part(facts.Morning), at("青石小學")),
			one("2022-11-10", "11月10日", facts.Contest, part(facts.Afternoon))...)},
		{"11月9日，為迎接12月1日的花燈會，協會舉辦紮燈培訓班。", one("2022-11-09", "11月9日", facts.Training)},
		{"11月9日，協會召開理事會，決定將於12月1日舉辦花燈會。", one("2022-11-09", "11月9日", facts.Meeting)},
	})
}
