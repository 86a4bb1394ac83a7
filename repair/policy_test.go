package repair

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A repairCase is a page and what becomes of it; an empty want means that it stays.
type repairCase struct{ name, text, want string }

func runCases(t *testing.T, o Options, cases []repairCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			want := c.want
			if want == "" {
				want = c.text
			}
			r := String(c.text, o)
			if diff := cmp.Diff(want, r.Text); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			checkAccount(t, c.text, r)
			if again := String(r.Text, o); again.Text != r.Text {
				t.Errorf("repaired again: %q", again.Text)
			}
		})
	}
}

func TestAnnotations(t *testing.T) {
	t.Parallel()
	runCases(t, Options{}, []repairCase{
		{"a headline", "雲溪縣同鄉會(huì)舉辦學(xué)習(xí)會(huì)議", "雲溪縣同鄉會舉辦學習會議"},
		{"one character often", strings.Repeat("今年的燈(dēng)會和去年的不同。", 5), strings.Repeat("今年的燈會和去年的不同。", 5)},
		{"full-width brackets", "各鄉鎮同鄉會（huì）舉辦學（xué）習（xí）會（huì）", "各鄉鎮同鄉會舉辦學習會"},
		{"without tones", "華僑(qiao) 聯合會(hui) 的會(hui) 議，華僑(qiao) 與歸國(guo) 學者\n", "華僑聯合會的會議，華僑與歸國學者\n"},
		{"without tones at a line's end", "歡迎華僑(qiao) 聯合會(hui)\n召開會(hui) 議，回國(guo)", "歡迎華僑聯合會\n召開會議，回國"},
		{"letters of an old font", "各鄉會(huì)回國(ɡuó)參觀學(xué)習(xí)書畫(huà)", "各鄉會回國參觀學習書畫"},
		{"a letter that is no character", "各鄉會(huì)學(xué)習(xí)會(huì)後，見圖F(xiàn)和G", "各鄉會學習會後，見圖F(xiàn)和G"},
		{"a reading of another character", "各鄉會(huì)學(xué)習(xí)會(huì)請王女士(wáng)主持", "各鄉會學習會請王女士(wáng)主持"},
		{"two pairs", "同鄉會(huì)開學(xué)典禮", ""},
		{"characters not converted", "这里(lǐ)有一本(běn)好(hǎo)书，请(qǐng)你来(lái)看(kàn)。", ""},
		{"bare ones as well", "會(huì)學(xué)習(xí)的人，會學的人，學會習的人，會學習會，學習學習。", ""},
		{"two readings", "長(cháng)橋的鎮長(zhǎng)說這座長(cháng)橋很長，要請校長(zhǎng)來寫橋名。", ""},
		{"a list of words", "今天的生字：聽(tīng)話、說(shuō)話、讀(dú)書、寫(xiě)字、畫(huà)圖、唱(chàng)歌", ""},
		{"few on a long page", "同鄉會(huì)學(xué)習(xí)" + strings.Repeat("一年一度的春遊", 200), ""},
		{"words in brackets", "調解員(mediator)和協會(hub)、基金會(fund)、研討會(forum)一起合辦。", ""},
	})
}

func TestAnnotationCutOffAtTheEnd(t *testing.T) {
	t.Parallel()
	for cut, want := range map[string]string{
		"同鄉會(huì)學(xué)習(xí)會(huì)議，還有會(h":     "同鄉會學習會議，還有會",
		"同鄉會(huì)學(xué)習(xí)會(huì)議，還有會(huì\n": "同鄉會學習會議，還有會\n",
		"同鄉會（huì）學（xué）習（xí）會（huì）議，還有會（":      "同鄉會學習會議，還有會",
	} {
		r := String(cut, Options{})
		checkAccount(t, cut, r)
		at := len(strings.TrimSpace(want))
		if r.Text != want || !slices.Equal(r.Losses, []Loss{{at, at, PinyinAnnotation, AnnotationCut}}) {
			t.Errorf("%q became %q with losses %v", cut, r.Text, r.Losses)
		}
	}
	r := String("同鄉會(huì)學(xué)習(xí)會(huì)議，見圖(h", Options{})
	if want := "同鄉會學習會議，見圖(h"; r.Text != want || r.Losses != nil {
		t.Errorf("got %q with losses %v, want %q", r.Text, r.Losses, want)
	}
}

func TestDoubledPunctuation(t *testing.T) {
	t.Parallel()
	runCases(t, Options{}, []repairCase{
		{"full width", "春天，，燈會，。夏天，、秋天，；冬天，，都來，。", "春天，燈會。夏天、秋天；冬天，都來。"},
		{"half width", "春天,,燈會,。夏天,、秋天,;冬天,,都來,。", "春天,燈會。夏天、秋天;冬天,都來。"},
		{"commas alone", "春天，，夏天，，秋天，，冬天，，都來", "春天，夏天，秋天，冬天，都來"},
		{"one kind of mark", "春天，夏天。秋天，、冬天，、雨天，、晴天。都來。", ""},
		{"a slip", "春天，，夏天，秋天，冬天。都來，，大家來，，一起來。", ""},
		{"an empty field", "姓名,,電話,,地址\n王禾,,三三二,,橋頭\n", ""},
		{"somebody who hesitates", "這個,,,,那個,,,,我想,,,,算了", ""},
		{"source code", "x = [1,,2,,3,,4]; // 空,,值", ""},
	})
}

func TestDoubleEntities(t *testing.T) {
	t.Parallel()
	runCases(t, Options{}, []repairCase{
		{"decimal", "燈&amp;#26371;，&amp;#29128;會", "燈會，燈會"},
		{"hexadecimal", "燈&amp;#x6703;與&amp;#X71C8;會", "燈會與燈會"},
		{"named", "王禾&amp;nbsp;&amp;nbsp;沈舟&amp;middot;馬&amp;ldquo;原&amp;rdquo;", "王禾\u00a0\u00a0沈舟·馬“原”"},
		{"all characters", "1. &amp;#29128;&amp;#26371;&amp;#29128;&amp;#26371; 2. &amp;#29128;&amp;#26371;&amp;#29128;&amp;#26371;", "1. 燈會燈會 2. 燈會燈會"},
		{"three times over", "燈&amp;amp;#26371;，&amp;amp;amp;#29128;會，茶&amp;amp;酒", "燈會，燈會，茶&酒"},
		{"one only", "寫作&amp;nbsp;就可以", ""},
		{"escaped once", "燈&#26371;，&#29128;會&nbsp;茶&amp;酒", ""},
		{"a page about them", "在 HTML 裡寫&amp;#26371;和&amp;nbsp;就可以", ""},
		{"source code", "<p>燈&amp;#26371;，&amp;#29128;會</p>", ""},
		{"quoted", "寫「&amp;nbsp;」或「&amp;#26371;」，別寫「&amp;quot;」，記得&amp;nbsp;和&amp;amp;nbsp;", ""},
		{"no characters", "燈&amp;#65;會&amp;#5;茶&amp;#55296;酒&amp;nosuch;", ""},
	})
}

func TestStraySpaces(t *testing.T) {
	t.Parallel()
	strewn := "今年的燈 會由橋頭村舉 辦，村裡 的老師傅教年輕人 們紮燈，燈會那 天來了很 多人，燈會之後 ，大家一起吃湯圓。\n"
	clean := strings.ReplaceAll(strewn, " ", "")
	runCases(t, Options{}, []repairCase{
		{"strewn", strewn, clean},
		{"a name on a strewn page", strewn + "主持人：王 明\n", clean + "主持人：王 明\n"},
		{"a name in a sentence of a strewn page", strings.Replace(strewn, "燈會之後", "（王 明）燈會之後", 1), strings.Replace(clean, "燈會之後", "（王 明）燈會之後", 1)},
		{"columns on a strewn page", strewn + "會長      葉問荷\n目　　錄\n首頁 會務 新聞\n", clean + "會長      葉問荷\n目　　錄\n首頁 會務 新聞\n"},
		{"an article's number", strewn + "第十二條 會員有參加燈會和領取會刊的權利，也有繳納會費的義務。\n", clean + "第十二條 會員有參加燈會和領取會刊的權利，也有繳納會費的義務。\n"},
		{"halves of a slogan", strings.Repeat("大家以“守望相助 同舟共濟”為題，討論了一個上午，又討論了一個下午，最後都同意了。\n", 8), ""},
		{"one space", "今年的燈會由橋頭村舉辦，村裡 的老師傅教年輕人紮燈，燈會那天來了很多人。\n", ""},
		{"after commas", strings.Repeat("今年的燈會由橋頭村舉辦， 村裡的老師傅教年輕人紮燈， 燈會那天來了很多人。\n", 5), ""},
	})
}

func TestOnlySomeClasses(t *testing.T) {
	t.Parallel()
	text := "同鄉會(huì)，，學(xué)習(xí)，，開會(huì)，，按，，照&amp;#20381;例&amp;#20381;次,好"
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{}, "同鄉會，學習，開會，按，照依例依次,好"},
		{Options{Only: []Class{PinyinAnnotation}}, "同鄉會，，學習，，開會，，按，，照&amp;#20381;例&amp;#20381;次,好"},
		{Options{Only: []Class{DoubledPunctuation, DoubleEntity}}, "同鄉會(huì)，學(xué)習(xí)，開會(huì)，按，照依例依次,好"},
		{Options{Only: []Class{HalfwidthPunctuation}}, "同鄉會（huì），，學（xué）習（xí），，開會（huì），，按，，照&amp;#20381;例&amp;#20381;次，好"},
		{Options{Only: []Class{StraySpace}, Script: Simplified}, "同乡会(huì)，，学(xué)习(xí)，，开会(huì)，，按，，照&amp;#20381;例&amp;#20381;次,好"},
		{Options{FullWidth: true, Script: KeepScript}, "同鄉會，學習，開會，按，照依例依次，好"},
	} {
		r := String(text, c.o)
		checkAccount(t, text, r)
		if diff := cmp.Diff(c.want, r.Text); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", c.o, diff)
		}
	}
}

// Each class rests on evidence of one kind, which the account names.
func TestEvidence(t *testing.T) {
	t.Parallel()
	want := map[Class]Evidence{
		PinyinAnnotation: ReadingFixed, DoubledPunctuation: BytesExact, DoubleEntity: BytesExact,
		HalfwidthPunctuation: Model, ScriptConversion: Model,
	}
	r := String("同鄉會(huì)，，學(xué)習(xí)，，茶(chá)會(huì)，，按，，照&amp;#20381;場&amp;#20381;,好", Options{FullWidth: true, Script: Simplified})
	got := make(map[Class]Evidence)
	for _, c := range r.Changes {
		got[c.Class] = c.Evidence
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
