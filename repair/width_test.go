package repair

import (
	"strings"
	"testing"
)

func TestFullWidth(t *testing.T) {
	t.Parallel()
	runCases(t, Options{FullWidth: true}, []repairCase{
		{"marks between characters", "好,我來;你呢?他說:走!", "好，我來；你呢？他說：走！"},
		{"brackets in Chinese", "夏(冬)令營,協定(RCEP)生效,(一)章程", "夏（冬）令營，協定（RCEP）生效，（一）章程"},
		{"a name in Latin letters before", "APEC(亞太經合組織)會議,RCEP,各地", "APEC（亞太經合組織）會議，RCEP，各地"},
		{"beside quotes", "“燈會”,“義診”;他說:“好。”", "“燈會”，“義診”；他說：“好。”"},
		{"figures", "上午11:30,共1,200人;比分3:2,第1,2,3組", "上午11:30，共1,200人；比分3:2，第1,2,3組"},
		{"a figure before Chinese", "共有85,其中12%,是學生", "共有85，其中12%，是學生"},
		{"a formula", "函數f(x)的值,以及 g(y), 都畫出來了", "函數f(x)的值，以及 g(y), 都畫出來了"},
		{"English in a Chinese page", "他說 Hello, world! 大家都笑了。RCEP (2020) 的說明會在下午舉行", ""},
		{"a clause that goes on in English", "協會, also called the hall, 每年都有活動，鄉親們都會回來參加一次", ""},
		{"an English page", "The word 會, as in 會議, means a meeting (會議): the hall has many of them.", ""},
		{"Korean", "會長(회장), 學校(학교)는 漢字(한자)로 쓴다, 그렇죠?", ""},
		{"a link", "[說明](https://example.org/a,b)見網站", ""},
		{"a bracket without its partner", "1)會議 2)選舉\n(未完", ""},
		{"brackets on two lines", "會議(上\n下)會議", ""},
		{"marks of lost bytes", "強國?;氐,徹?zé)岢?,推?dòng)黨", "強國?;氐，徹?zé)岢?,推?dòng)黨"},
		{"two marks", "是嗎?!真的!", "是嗎?!真的！"},
		{"two marks at the end", "是嗎?!", "是嗎？！"},
		{"an empty field", "王禾,,橋頭,老街", "王禾,,橋頭，老街"},
		{"kana", "そうだろ?はい!", ""},
		{"kana with characters", "今日は祭り?はい!", "今日は祭り？はい！"},
		{"a call", "執行go(),再看結果()", "執行go()，再看結果()"},
	})
}

// Each pair is widened by the one beside it, however many there are.
func TestManyBracketsInARow(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"會議" + strings.Repeat("(", 40) + "x" + strings.Repeat(")", 40) + "。",
		"會議" + strings.Repeat("(1)", 40) + "1",
		"1 " + strings.Repeat("(1)", 40) + "會議",
	} {
		r := String(text, Options{FullWidth: true})
		checkAccount(t, text, r)
		if strings.ContainsAny(r.Text, "()") || len(r.Changes) != 80 {
			t.Errorf("%s, %d changes", r.Text, len(r.Changes))
		}
	}
}

func TestScripts(t *testing.T) {
	t.Parallel()
	text := "雲溪縣同鄉會(huì)舉辦學(xué)習(xí)會(huì)議，顯著，乾坤。"
	for script, want := range map[Script]string{
		"":          "雲溪縣同鄉會舉辦學習會議，顯著，乾坤。",
		KeepScript:  "雲溪縣同鄉會舉辦學習會議，顯著，乾坤。",
		Simplified:  "云溪县同乡会举办学习会议，显著，乾坤。",
		Traditional: "雲溪縣同鄉會舉辦學習會議，顯著，乾坤。",
	} {
		r := String(text, Options{Script: script})
		checkAccount(t, text, r)
		if r.Text != want {
			t.Errorf("%q: %q, want %q", script, r.Text, want)
		}
		if n := r.Counts()[PinyinAnnotation]; n != 4 {
			t.Errorf("%q: %d annotations", script, n)
		}
	}
	clean := "乡亲们举办灯会。"
	r := String(clean, Options{Script: Traditional})
	checkAccount(t, clean, r)
	if want := "鄉親們舉辦燈會。"; r.Text != want {
		t.Errorf("got %q, want %q", r.Text, want)
	}
}
