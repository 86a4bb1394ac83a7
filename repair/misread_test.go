package repair

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/repair/damage"
)

func TestTextReadInTheWrongEncoding(t *testing.T) {
	t.Parallel()
	runCases(t, Options{}, []repairCase{
		{"UTF-8 as latin-1", damage.UTF8AsLatin1("同鄉會舉辦燈會"), "同鄉會舉辦燈會"},
		{"UTF-8 as cp1252", "ä¸\u00adæ–‡ç½‘ç«™", "中文网站"},
		{"a word in an English page", "The title was ä¸\u00adæ–‡, which nobody could read.", "The title was 中文, which nobody could read."},
		{"a no-break space became a space", strings.ReplaceAll(damage.UTF8AsLatin1("他们都来"), "\u00a0", " "), "他们都来"},
		{"accents, read twice", damage.UTF8AsLatin1("les élèves étaient très étonnés"), "les élèves étaient très étonnés"},
		{"twice over", damage.UTF8AsLatin1(damage.UTF8AsLatin1("同鄉會舉辦燈會")), "同鄉會舉辦燈會"},
		{"UTF-8 as GBK, two characters", "璁㈤槄", "订阅"},
		{"UTF-8 as GBK in a menu", "首页 | 璁㈤槄 | 留言", "首页 | 订阅 | 留言"},
		{"UTF-8 as GBK, a full stop cut in two", damage.UTF8AsGBK("乡亲们都来了。"), "乡亲们都来了。"},
		{"UTF-8 as GBK, traditional", damage.UTF8AsGBK("今年的燈會由橋頭村和東灣鎮一起舉辦。"), "今年的燈會由橋頭村和東灣鎮一起舉辦。"},
		{"GBK as latin-1", "ÖÐÎÄÍøÕ¾", "中文网站"},
		{"Big5 as latin-1", damage.Big5AsLatin1("今年的燈會由橋頭村舉辦"), "今年的燈會由橋頭村舉辦"},
		{"Big5 as GBK", damage.Big5AsGBK("今年的燈會由橋頭和東灣兩個鎮一起舉辦，鎮上的老師傅教年輕人紮燈。"), "今年的燈會由橋頭和東灣兩個鎮一起舉辦，鎮上的老師傅教年輕人紮燈。"},
		{"GBK as Big5", damage.GBKAsBig5("今年的灯会由桥头村和东湾镇一起举办，村里的老师教年轻人。"), "今年的灯会由桥头村和东湾镇一起举办，村里的老师教年轻人。"},
		{"annotated and then misread", damage.UTF8AsLatin1(damage.AnnotateShare("同鄉會舉辦學習會議", 1, 1)), "同鄉會舉辦學習會議"},
		{"French", "Les élèves étaient là, où l’été s’achève; ça coûte 20 €.", ""},
		{"German", "Über Größe und Maß läßt sich streiten, für Käse nicht.", ""},
		{"Icelandic", "Þóra sá öðuð æði þíðan í áætlaðri höfn", ""},
		{"a rare word", "饕餮之徒，魑魅魍魎，踟躕不前。", ""},
		{"Japanese", "そうだろ?霊園の転職先を見つけることもできる。", ""},
		{"too short", "いゅ", ""},
		{"a row of question marks", "你說什麼???真的嗎??", ""},
		{"in English", "the best food in the country???\nD\n???\nKEEP ON", ""},
	})
}

func TestPrefixesDotsAndWraps(t *testing.T) {
	t.Parallel()
	runCases(t, Options{}, []repairCase{
		{"prefixes", "??? 近日，燈會在老街舉辦。\n??? 鄉親們都來了，很熱鬧。", "近日，燈會在老街舉辦。\n鄉親們都來了，很熱鬧。"},
		{"one prefix", "??? 近日，燈會在老街舉辦。\n鄉親們都來了，很熱鬧。", ""},
		{"somebody astonished", "??\n什麼\n??? 你說什麼", ""},
		{"filter dots", "市.委書.記和副.市長都來了，黨.員也來了。", "市委書記和副市長都來了，黨員也來了。"},
		{"two filter dots", "市.委書.記都來了。", ""},
		{"dots in names", "張三.李四.王五.趙六", ""},
		{"numbered", "一.總則\n二.會員\n三.理事\n四.附則", ""},
	})
}

func TestLosses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		want       []Loss
	}{
		{"U+FFFD", "會\uFFFD議\uFFFD", []Loss{{3, 12, ReplacementCharacter, CharactersLost}}},
		{"two lines", "\uFFFD會\n議\uFFFD", []Loss{{0, 3, ReplacementCharacter, CharactersLost}, {10, 13, ReplacementCharacter, CharactersLost}}},
		{"kunjinkao", "会锟斤拷锟斤拷议", []Loss{{3, 21, Kunjinkao, CharactersLost}}},
		{"somebody about it", "锟斤拷是什么", nil},
		{"question marks", "??????：?????", []Loss{{0, 14, QuestionMarks, CharactersLost}}},
		{"a question", "什麼???", nil},
		{"clean", "會議", nil},
	} {
		r := String(c.text, Options{})
		checkAccount(t, c.text, r)
		if diff := cmp.Diff(c.want, r.Losses); r.Text != c.text || diff != "" {
			t.Errorf("%s: %q (-want +got):\n%s", c.name, r.Text, diff)
		}
	}
}

// What a byte took along is marked, never made up.
func TestSwallowedCharacterIsMarked(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		damage.Mirror{Table: []string{"會huì", "學xué", "習xí", "縂zǒng"}}.Damage("各鄉會學習會後，學會的每個10人小組都學習。", 0),
		damage.UTF8AsGBK("今年的燈會由橋頭村舉辦，村中1千人都來了，大家都很高興。"),
	} {
		r := String(text, Options{})
		checkAccount(t, text, r)
		for _, l := range r.Losses {
			if got := r.Text[l.Start:l.End]; got != string(lostChar) {
				t.Errorf("%s: a loss is at %q", r.Text, got)
			}
		}
		if strings.ContainsRune(r.Text, lostChar) == (len(r.Losses) == 0) {
			t.Errorf("%s: losses %v", r.Text, r.Losses)
		}
	}
}

// Where the model chose, what else it may have been is told.
func TestGuessesHaveAlternatives(t *testing.T) {
	t.Parallel()
	text := damage.UTF8AsCP1252Lossy("同鄉會舉辦學習會議，歡迎參加，老少皆宜")
	r := String(text, Options{})
	checkAccount(t, text, r)
	guessed := slices.DeleteFunc(r.Changes, func(c Change) bool { return c.Evidence != Model })
	if len(guessed) == 0 {
		t.Fatalf("nothing was guessed in %q", r.Text)
	}
	for _, c := range guessed {
		if len(c.Alternatives) == 0 {
			t.Errorf("%s has no alternatives", c.After)
		}
	}
}
