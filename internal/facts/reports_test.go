package facts_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/facts"
)

// TestReports reads whole invented reports as branches write them: an opening sentence, the programme, speeches, a closing.
func TestReports(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name       string
		paragraphs []string
		want       []facts.Fact
	}{
		{
			name: "a festival with figures in the second paragraph",
			paragraphs: []string{
				"青石鎮花燈會點亮河堤",
				"時間：2022-11-20　來源：青石鎮同鄉會",
				"　　11月19日晚，青石鎮同鄉會與鎮文化站在河濱公園聯合舉辦第八屆花燈會。今年的花燈全部由村民親手紮成，最大的一盞高三米。",
				"圖片",
				"　　花燈會共展出花燈320盞，吸引了近2000名鄉親到場觀賞。同鄉會會長陳大明在致辭時表示，明年要邀請500名海外鄉親回來過節。",
				"　　據了解，花燈會始於1985年2月5日，至今已舉辦八屆。",
			},
			want: []facts.Fact{{
				Date: "2022-11-19", DateText: "11月19日", PartOfDay: facts.Evening, Kind: facts.Festival, Mode: facts.InPerson,
				Headcount: 2000, HeadcountAbout: true, Place: "河濱公園", Paragraph: 2,
				Quote: "11月19日晚，青石鎮同鄉會與鎮文化站在河濱公園聯合舉辦第八屆花燈會。",
			}},
		},
		{
			name: "a general meeting with a quorum",
			paragraphs: []string{
				"　　11月13日上午，桥南村乡亲会在村委会三楼会议室召开第三次会员大会。大会应到会员150名，实到126名，符合法定人数。会议由副会长周平主持。",
				"　　会上，会长李小荷作工作报告。她说，三年来乡亲会共走访长者600人次，发放助学金12万元。",
				"　　大会表决通过了新修订的章程，定于12月8日举行读书会。",
			},
			want: []facts.Fact{{
				Date: "2022-11-13", DateText: "11月13日", PartOfDay: facts.Morning, Kind: facts.Meeting, Mode: facts.InPerson,
				Headcount: 126, Hosts: []string{"周平"}, Place: "村委会三楼会议室",
				Quote: "11月13日上午，桥南村乡亲会在村委会三楼会议室召开第三次会员大会。大会应到会员150名，实到126名，符合法定人数。会议由副会长周平主持。",
			}},
		},
		{
			name: "a course of several days and a clinic",
			paragraphs: []string{
				"为提高志愿者的急救能力,11月8日至10日,青石镇红十字服务站举办急救培训班,邀请镇医院的医生授课.",
				"培训班采取理论和实操相结合的方式,来自12个村的48名志愿者参加了培训.",
				"11月12日,服务站又走进阳光社区,开展义诊活动,为120名居民量血压、测血糖.",
			},
			want: []facts.Fact{
				{
					Date: "2022-11-08", End: "2022-11-10", DateText: "11月8日至10日", Kind: facts.Training, Mode: facts.Unknown, Headcount: 48,
					Quote: "为提高志愿者的急救能力,11月8日至10日,青石镇红十字服务站举办急救培训班,邀请镇医院的医生授课.",
				},
				{
					Date: "2022-11-12", DateText: "11月12日", Kind: facts.Clinic, Mode: facts.InPerson, Place: "阳光社区", Paragraph: 2,
					Quote: "11月12日,服务站又走进阳光社区,开展义诊活动,为120名居民量血压、测血糖.",
				},
			},
		},
		{
			name: "a reunion abroad in the manner of Hong Kong and Nanyang papers",
			paragraphs: []string{
				"本會於十一月十二日（星期六）晚上七時，假座白鷺大酒店舉行四十週年會慶暨就職典禮，筵開五十席，出席嘉賓及會員約五百人，場面熱鬧。",
				"典禮由秘書長何美玲主持，會長林志強致辭，感謝歷屆理監事的付出。",
			},
			want: []facts.Fact{{
				Date: "2022-11-12", DateText: "十一月十二日", PartOfDay: facts.Evening, Kind: facts.Ceremony, Mode: facts.InPerson,
				Headcount: 500, HeadcountAbout: true, Hosts: []string{"何美玲"}, Place: "白鷺大酒店",
				Quote: "本會於十一月十二日（星期六）晚上七時，假座白鷺大酒店舉行四十週年會慶暨就職典禮，筵開五十席，出席嘉賓及會員約五百人，場面熱鬧。",
			}},
		},
		{
			name: "an evening on line",
			paragraphs: []string{
				"近日，海外青年聯誼會召開線上讀書分享會，來自6個國家的30餘名會員通過視頻連線參加。",
				"大家表示，要把讀書的習慣帶給孩子。",
			},
			want: []facts.Fact{{
				DateText: "近日", Kind: facts.Symposium, Mode: facts.Online, Headcount: 30, HeadcountAbout: true,
				Quote: "近日，海外青年聯誼會召開線上讀書分享會，來自6個國家的30餘名會員通過視頻連線參加。",
			}},
		},
		{
			name: "a speech in points brings no figures and no ways",
			paragraphs: []string{
				"11月16日，同鄉會召開工作會議。",
				"會議強調，一要辦好線上線下活動，二要在鎮文化中心舉辦講座，讓300人參加。三要走訪長者。",
				"二是要組織500人參加運動會，由副會長周平主持。",
				"會後，與會人員合影。",
			},
			want: []facts.Fact{{
				Date: "2022-11-16", DateText: "11月16日", Kind: facts.Meeting, Mode: facts.Unknown, Quote: "11月16日，同鄉會召開工作會議。",
			}},
		},
		{
			name: "a notice of what is to come is no report",
			paragraphs: []string{
				"通告：本會將於12月10日（星期六）下午二時在會所舉行書法比賽，歡迎會員報名參加。",
				"報名截至12月1日，名額60人。查詢電話：2345-6789。",
			},
			want: nil,
		},
		{
			name: "a summary of the year holds no single event",
			paragraphs: []string{
				"2022年度，同鄉會共舉辦講座12場、義診6場，參加人數達3000人。",
				"同鄉會成立於1985年3月2日，現有會員860人。",
			},
			want: nil,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := facts.Read(c.paragraphs, facts.Page{Published: published, Organisation: "青石鎮同鄉會"})
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestParagraphsInOnePiece gives the same text as one paragraph with line breaks: readers of plain files do not always part them.
func TestParagraphsInOnePiece(t *testing.T) {
	t.Parallel()
	lines := []string{
		"11月9日，同鄉會召開會議",
		"11月12日，同鄉會舉辦講座",
		"會員85人參加講座",
	}
	var got []string
	for _, f := range facts.Read([]string{strings.Join(lines, "\n")}, facts.Page{Published: published}) {
		got = append(got, f.Date+" "+string(f.Kind)+" "+f.Quote)
	}
	want := []string{
		"2022-11-09 meeting 11月9日，同鄉會召開會議",
		"2022-11-12 lecture 11月12日，同鄉會舉辦講座\n會員85人參加講座",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestAttachmentEndsAtTheNextEvent keeps figures with the event they follow.
func TestAttachmentEndsAtTheNextEvent(t *testing.T) {
	t.Parallel()
	list := facts.Read([]string{
		"協會共有300人參加過培訓。",
		"11月9日，協會舉辦講座。",
		"45人參加。會長陳大明主持。",
		"11月10日，協會舉辦義診。",
		"120人參加。活動在青石村祠堂舉行。",
	}, facts.Page{Published: published})
	if len(list) != 2 {
		t.Fatalf("%d facts, want 2", len(list))
	}
	first, second := list[0], list[1]
	if first.Headcount != 45 || first.Place != "" || len(first.Hosts) != 1 || first.Mode != facts.Unknown {
		t.Errorf("first: %+v", first)
	}
	if second.Headcount != 120 || second.Place != "青石村祠堂" || len(second.Hosts) != 0 || second.Mode != facts.InPerson {
		t.Errorf("second: %+v", second)
	}
	totals := facts.Sum(list)
	if totals.Headcount != 165 || totals.Events != 2 || totals.InPerson != 1 || totals.Unknown != 1 || totals.AboutAny {
		t.Errorf("totals: %+v", totals)
	}
}
