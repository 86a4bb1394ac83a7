package repair

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/repair/damage"
)

const festival = "　　今年的燈會由橋頭村和東灣鎮一起舉辦，花燈的材料費由縣同鄉會負責，紮燈的課程從九月開始，學員由各鄉鎮報名。" +
	"燈會那天來了六百位鄉親，村裡的老師傅說，他紮了一輩子的燈，沒有見過這麼多人。\n"

func TestWrappedLinesAreJoined(t *testing.T) {
	t.Parallel()
	for width := 16; width < 30; width++ {
		damaged := damage.WrapSpaces(festival+festival, width)
		r := String(damaged, Options{})
		if diff := cmp.Diff(festival+festival, r.Text); diff != "" {
			t.Errorf("width %d (-clean +repaired):\n%s", width, diff)
		}
		if n := r.Counts()[StraySpace]; n != len(damaged)-2*len(festival) {
			t.Errorf("width %d: %d changes", width, n)
		}
	}
}

// A verse or a slogan that is repeated has its spaces at a distance too, but at a short one.
func TestVersesAreNotWrappedLines(t *testing.T) {
	t.Parallel()
	for _, verse := range []string{"春眠不覺曉 處處聞啼鳥 夜來風雨聲 花落知多少，", "黃河遠上白雲間 一片孤城萬仞山 羌笛何須怨楊柳 春風不度玉門關，"} {
		text := strings.Repeat(strings.Repeat(verse, 3)+"大家一起唱。\n", 4)
		if r := String(text, Options{}); r.Text != text {
			t.Errorf("became %q", r.Text)
		}
	}
}

func TestWrappedNeedsOneWidth(t *testing.T) {
	t.Parallel()
	line := func(rest int, widths ...int) (l sentenceLine) {
		for _, w := range widths {
			l.gaps = append(l.gaps, gap{start: 0, end: 1, left: '會', right: '會', width: w})
		}
		l.rest = rest
		return l
	}
	for name, c := range map[string]struct {
		lines []sentenceLine
		want  bool
	}{
		"nothing":                   {nil, false},
		"one width":                 {[]sentenceLine{line(20, 40, 40), line(30, 40, 40)}, true},
		"lines a little short":      {[]sentenceLine{line(20, 40, 38), line(40, 36, 40)}, true},
		"lines too short":           {[]sentenceLine{line(20, 40, 30), line(40, 40, 40)}, false},
		"three breaks":              {[]sentenceLine{line(20, 40, 40), line(40, 40)}, false},
		"verses":                    {[]sentenceLine{line(10, 10, 10, 10), line(10, 10, 10, 10)}, false},
		"a long rest":               {[]sentenceLine{line(50, 40, 40), line(30, 40, 40)}, false},
		"a title longer than lines": {[]sentenceLine{line(50), line(20, 40, 40), line(30, 40, 40)}, true},
		"most lines without breaks": {[]sentenceLine{line(90), line(90), line(20, 40, 40), line(30, 40, 40)}, false},
	} {
		if got := wrapped(c.lines); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestGapsOfALine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, line string
		gaps       []string // left, right and what goes on a strewn page
		ok         bool
	}{
		{"a sentence", "今年的燈 會由橋頭村舉辦，村裡的老師傅教年輕人 ，大家都很高興。", []string{"燈會", "人，"}, true},
		{"too short", "今年的燈 會，好。", []string{"燈會"}, false},
		{"no commas", "首頁 會務新聞和最近的活動以及聯絡我們的方法還有網站的地圖", []string{"頁會"}, false},
		{"a list", "王 明 李 華 陳 橋 林 帆 周 硯 何 苗 方 舟 馬 原 沈 舟 顧 言，", nil, false},
		{"a name alone", "當天的主持人是（王 明），大家都很高興，一起唱了三首老街的歌。", nil, true},
		{"a name after a comma", "當天來的有老街的，王 明，還有橋頭村的師傅，一起唱了三首歌。", nil, true},
		{"columns", "今年的燈    會由橋頭村舉辦，村裡的老師傅教年輕人，大家都很高興。", nil, true},
		{"an indent", "    今年的燈會由橋頭村舉辦，村裡的老師傅教年輕人，大家都很高興。", nil, true},
		{"wide spaces", "今年的燈　 會由橋頭村舉辦，村裡的 　老師傅教年輕人，大家都很高興。", nil, true},
		{"beside a figure", "今年的燈會在 5 月舉辦，村裡的老師傅教了 12 個年輕人，都很高興。", nil, true},
		{"behind a mark", "今年的燈會由橋頭村舉辦， 村裡的老師傅教年輕人， 大家都很高興。", nil, true},
		{"at the end", "今年的燈會由橋頭村舉辦，村裡的老師傅教年輕人，大家都很高興 ", nil, true},
		{"an article", "第十二條 今年的燈會由橋頭村舉辦，村裡的老師傅教年輕人，大家都高興。", nil, true},
	} {
		line, ok := readLine(c.line, 0, len(c.line))
		var gaps []string
		for i := range line.gaps {
			if g := &line.gaps[i]; g.afterStrewing() {
				gaps = append(gaps, string(g.left)+string(g.right))
			}
		}
		if c.name == "a list" { // its gaps are not asked for
			gaps = nil
		}
		if diff := cmp.Diff(c.gaps, gaps); diff != "" || ok != c.ok {
			t.Errorf("%s: of sentences: %v (-want +got):\n%s", c.name, ok, diff)
		}
	}
}

func TestMostlyChinese(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"": false, "會議": true, "hello": false, "會 means a meeting": false, "RCEP 會議": true, "會長 회장": false, "今日は祭り": true,
	} {
		if got := mostlyChinese(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
