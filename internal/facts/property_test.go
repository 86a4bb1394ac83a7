package facts_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/huiguan/huiguan/internal/facts"
)

// occasion is a form of event with its kind, as a report would name it.
type occasion struct {
	words string
	kind  facts.Kind
}

var occasions = []occasion{
	{"召開鄉親座談會", facts.Symposium},
	{"召開理事會", facts.Meeting},
	{"舉辦急救培訓班", facts.Training},
	{"舉辦用藥知識講座", facts.Lecture},
	{"舉辦花燈會", facts.Festival},
	{"舉辦尋根夏令營", facts.Camp},
	{"開展義診活動", facts.Clinic},
	{"舉辦象棋比賽", facts.Contest},
	{"舉辦冬日市集", facts.Fair},
	{"召開會員代表大會", facts.Congress},
	{"舉行獎學金頒獎典禮", facts.Ceremony},
	{"舉辦書法展", facts.Exhibition},
	{"舉行消防演練", facts.Drill},
	{"開展志願服務活動", facts.Volunteer},
	{"組織會員學習垃圾分類", facts.Study},
	{"舉辦包粽子活動", facts.Activity},
}

// told is a drawn report and the fact that it tells.
type told struct {
	text string
	want facts.Fact
}

// drawTold writes a report of one event from drawn parts, each of which may be left out.
func drawTold(t *rapid.T) told {
	day := time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 325).Draw(t, "day"))
	what := rapid.SampledFrom(occasions).Draw(t, "what")
	f := facts.Fact{
		Date: day.Format(time.DateOnly), DateText: fmt.Sprintf("%d月%d日", day.Month(), day.Day()), Kind: what.kind, Mode: facts.Unknown,
	}
	var b strings.Builder
	b.WriteString(f.DateText)
	parts := map[string]string{"上午": facts.Morning, "下午": facts.Afternoon, "晚上": facts.Evening, "": ""}
	spoken := rapid.SampledFrom([]string{"", "上午", "下午", "晚上"}).Draw(t, "part")
	f.PartOfDay = parts[spoken]
	b.WriteString(spoken + "，青石鎮同鄉會")
	if f.Place = rapid.SampledFrom([]string{"", "會館禮堂", "青石鎮文化中心", "白鷺小學操場"}).Draw(t, "place"); f.Place != "" {
		b.WriteString("在" + f.Place)
		f.Mode = facts.InPerson
	}
	b.WriteString(what.words + "。")
	if rapid.Bool().Draw(t, "counted") {
		f.Headcount = rapid.IntRange(2, 9999).Draw(t, "people")
		f.HeadcountAbout = rapid.Bool().Draw(t, "about")
		about := map[bool]string{true: "約", false: ""}[f.HeadcountAbout]
		fmt.Fprintf(&b, "共有%s%d人參加。", about, f.Headcount)
	}
	if rapid.Bool().Draw(t, "presided") {
		f.Hosts = []string{rapid.SampledFrom([]string{"陳大明", "周平", "歐陽秋月"}).Draw(t, "host")}
		b.WriteString("會長" + f.Hosts[0] + "主持。")
	}
	f.Quote = b.String()
	return told{b.String(), f}
}

func TestEveryReportIsReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := drawTold(t)
		for _, text := range []string{c.text, simplified(c.text), halfWidth.Replace(c.text)} {
			want := c.want
			want.Quote = text
			if text == simplified(c.text) && text != c.text {
				want = simplifiedFacts([]facts.Fact{want})[0]
			}
			got := facts.Read([]string{text}, facts.Page{Published: published})
			if diff := cmp.Diff([]facts.Fact{want}, got); diff != "" {
				t.Fatalf("%s (-want +got)\n%s", text, diff)
			}
		}
	})
}

func TestTalkBetweenReportsChangesNothing(t *testing.T) {
	t.Parallel()
	talk := []string{
		"大家圍繞如何辦好明年的花燈會展開了熱烈的討論。",
		"圖片",
		"",
		"會長表示，明年要讓500人參加講座。",
		"同鄉會成立於1985年3月2日，現有會員860人。",
		"通告：協會將於12月10日舉行書法比賽，名額60人。",
	}
	rapid.Check(t, func(t *rapid.T) {
		c := drawTold(t)
		before := rapid.SliceOfN(rapid.SampledFrom(talk), 0, 3).Draw(t, "before")
		after := rapid.SliceOfN(rapid.SampledFrom(talk), 0, 3).Draw(t, "after")
		paragraphs := append(append(append([]string{}, before...), c.text), after...)
		c.want.Paragraph = len(before)
		got := facts.Read(paragraphs, facts.Page{Published: published})
		if diff := cmp.Diff([]facts.Fact{c.want}, got); diff != "" {
			t.Fatalf("%s (-want +got)\n%s", strings.Join(paragraphs, "|"), diff)
		}
	})
}

func TestReadingIsRepeatable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("11月9日近上午，。、：“”（）協會舉辦講座在館參加85百人主持陳明線上下將於年至-"))).Draw(t, "text")
		page := facts.Page{Published: published}
		if diff := cmp.Diff(facts.Read([]string{text}, page), facts.Read([]string{text}, page)); diff != "" {
			t.Fatalf("%q read twice differs:\n%s", text, diff)
		}
	})
}
