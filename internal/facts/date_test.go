package facts

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/han"
)

// found is what datings made of a piece of text, in a form that is easy to write down.
type found struct {
	Text     string
	From, To string
	Words    bool
}

func allDatings(text string) []found {
	var list []found
	for _, d := range datings(nil, text, 0, len(text)) {
		f := found{Text: text[d.start:d.end], Words: d.words}
		if !d.words {
			f.From = d.from.String()
		}
		if d.to != (han.Date{}) {
			f.To = d.to.String()
		}
		list = append(list, f)
	}
	return list
}

func TestDatings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want []found
	}{
		{"", nil},
		{"月", nil},
		{"11月", nil},
		{"11月份", nil},
		{"月底", nil},
		{"0月9日", nil},
		{"11月0日", nil},
		{"11月32日", nil},
		{"11月31日", nil},
		{"2月29日", []found{{Text: "2月29日", From: "--02-29"}}},
		{"11月9日", []found{{Text: "11月9日", From: "--11-09"}}},
		{"十一月二十四日", []found{{Text: "十一月二十四日", From: "--11-24"}}},
		{"2022年11月9日", []found{{Text: "2022年11月9日", From: "2022-11-09"}}},
		{"中国2022年11月9日", []found{{Text: "2022年11月9日", From: "2022-11-09"}}},
		{"2022 年 11 月 9 日", []found{{Text: "2022 年 11 月 9 日", From: "2022-11-09"}}},
		{"民国111年11月9日", []found{{Text: "民国111年11月9日", From: "2022-11-09"}}},
		{"第35年11月9日", []found{{Text: "11月9日", From: "--11-09"}}},
		{"11月9日和10名会员", []found{{Text: "11月9日", From: "--11-09"}}},
		{"11月9日至今", []found{{Text: "11月9日", From: "--11-09"}}},
		{"11月9日-张三", []found{{Text: "11月9日", From: "--11-09"}}},
		{"11月9日到11日", []found{{Text: "11月9日到11日", From: "--11-09", To: "--11-11"}}},
		{"11月9日——11日", []found{{Text: "11月9日——11日", From: "--11-09", To: "--11-11"}}},
		{"11月9日 ~ 11日", []found{{Text: "11月9日 ~ 11日", From: "--11-09", To: "--11-11"}}},
		{"11月9至11日", []found{{Text: "11月9至11日", From: "--11-09", To: "--11-11"}}},
		{"11月11日至9日", []found{{Text: "11月11日至9日", From: "--11-11"}}},
		{"11月9日、10日、11日", []found{{Text: "11月9日、10日、11日", From: "--11-09", To: "--11-11"}}},
		{"11月9、10和11日", []found{{Text: "11月9、10和11日", From: "--11-09", To: "--11-11"}}},
		{"11月30日、12月1日", []found{{Text: "11月30日、12月1日", From: "--11-30", To: "--12-01"}}},
		{"11月9日、12日", []found{{Text: "11月9日、12日", From: "--11-09"}}},
		{"2022年12月30日至1月2日", []found{{Text: "2022年12月30日至1月2日", From: "2022-12-30", To: "2022-01-02"}}},
		{"2022年12月30日至2023年1月2日", []found{{Text: "2022年12月30日至2023年1月2日", From: "2022-12-30", To: "2023-01-02"}}},
		{"11月9日，11月12日", []found{{Text: "11月9日", From: "--11-09"}, {Text: "11月12日", From: "--11-12"}}},
		{"2022-11-09", []found{{Text: "2022-11-09", From: "2022-11-09"}}},
		{"2022/11/9至2022/11/11", []found{{Text: "2022/11/9至2022/11/11", From: "2022-11-09", To: "2022-11-11"}}},
		{"2022-13-09", nil},
		{"2022-11", nil},
		{"電話 020-1234-5678", nil},
		{"近日", []found{{Text: "近日", Words: true}}},
		{"最近日子好过", []found{{Text: "最近", Words: true}}},
		{"最近的一次", nil},
		{"30日前", nil},
		{"节日前", nil},
		{"日前", []found{{Text: "日前", Words: true}}},
		{"今天的活动", nil},
		{"昨天", []found{{Text: "昨天", Words: true}}},
		{"农历八月十五", []found{{Text: "农历八月十五", Words: true}}},
		{"正月初八", []found{{Text: "正月初八", Words: true}}},
		{"农历九月初九日", []found{{Text: "农历九月初九日", Words: true}}},
		{"正月里", nil},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, allDatings(c.text)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestResolve(t *testing.T) {
	t.Parallel()
	page := han.Date{Year: 2022, Month: 11, Day: 24}
	day := func(y, m, d int) dating { return dating{from: han.Date{Year: y, Month: m, Day: d}} }
	for _, c := range []struct {
		name      string
		d         dating
		published han.Date
		from      string
		ok        bool
	}{
		{"year known", day(2022, 11, 9), page, "2022-11-09", true},
		{"year of the page", day(0, 11, 9), page, "2022-11-09", true},
		{"a week ahead", day(0, 12, 1), page, "2022-12-01", true},
		{"more than a week ahead is last year", day(0, 12, 2), page, "2021-12-02", true},
		{"announced", day(2022, 12, 2), page, "", false},
		{"history", day(2019, 11, 9), page, "", false},
		{"a year and a month ago", day(2021, 10, 25), page, "2021-10-25", true},
		{"no page date", day(0, 11, 9), han.Date{}, "", true},
		{"no page date but a year", day(2019, 11, 9), han.Date{}, "2019-11-09", true},
		{"page date without a day", day(0, 11, 9), han.Date{Year: 2022, Month: 11}, "", true},
		{"words", dating{words: true}, page, "", true},
		{"this year", dating{from: han.Date{Month: 3, Day: 5}, thisYear: true}, page, "2022-03-05", true},
		{"last year", dating{from: han.Date{Month: 12, Day: 5}, thisYear: true, yearsAgo: 1}, page, "2021-12-05", true},
		{"last year and no page date", dating{from: han.Date{Month: 12, Day: 5}, thisYear: true, yearsAgo: 1}, han.Date{}, "", false},
	} {
		from, _, ok := c.d.resolve(c.published)
		if from != c.from || ok != c.ok {
			t.Errorf("%s: %q %v, want %q %v", c.name, from, ok, c.from, c.ok)
		}
	}
}

func TestPartOfDay(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":            "",
		"，协会":         "",
		"上午，协会":       Morning,
		"凌晨五时":        Morning,
		"9时30分":       Morning,
		"12:15":       Noon,
		"正午":          Noon,
		"午后":          Afternoon,
		"下午3:00":      Afternoon,
		"15：00":       Afternoon,
		"当晚":          Evening,
		"晚七时":         Evening,
		"十九时":         Evening,
		"（周三）晚":       Evening,
		"(星期三) 上午":    Morning,
		"（未完":         "",
		"上午9时至11时":    Morning,
		"上午9时至下午5时":   "",
		"上午，协会到下午还在忙": Morning,
		"85人参加":       "",
		"3点建议":        Morning, // the hour cannot be told from a number of points
		"（这一对括号里面写了很长的说明）晚": "",
	} {
		if got, _ := partOfDay(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
