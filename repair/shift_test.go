package repair

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/repair/damage"
)

// annotatedPage is what proves a mirror.
const annotatedPage = "各鄉會(huì)學(xué)習(xí)會(huì)館的章程。\n"

const annotatedPageWas = "各鄉會學習會館的章程。\n"

// Places of pages that were found, with what they must have been.
func TestShiftsThatWereFound(t *testing.T) {
	t.Parallel()
	runCases(t, Options{}, []repairCase{
		{"a full stop cut in two", annotatedPage + "強國”?;氐焦ぷ髦?,自己", annotatedPageWas + "強國”。回到工作中,自己"},
		{"an annotation across two characters", annotatedPage + "加速變?yōu)楝F(xiàn)實", annotatedPageWas + "加速變為現實"},
		{"two annotations and a mark", annotatedPage + "掀起學(xué)習(xí)熱潮,貫徹?zé)岢?,推?dòng)工作。動(dòng)員(yuán)", annotatedPageWas + "掀起學習熱潮,貫徹熱潮,推動工作。動員"},
		{"a long run", annotatedPage + "當?shù)孛癖娤猜剺芬姷膬?yōu)秀", annotatedPageWas + "當地民眾喜聞樂見的優秀"},
		{"full-width marks, nothing annotated", "他們作了報道?？疾靾F拜訪了老街。", "他們作了報道。考察團拜訪了老街。"},
		{"a private character", "這是一次十分重要的大會?！眲⒅矣呀淌诘男\ue383v開宗明義", "這是一次十分重要的大會。”劉忠友教授的宣講開宗明義"},
		{"an annotation behind that of the character it begins in", annotatedPage + "該(gāi)地區(qū)的熱?jīn)У蜌?qì)?nǐ)旱木?biān)號(hào)都以此作結(jié)。", annotatedPageWas + "該地區的熱帶低氣壓的編號都以此作結。"},
		{"a letter behind the last character", annotatedPage + "準備發行首?chèn)圗P,歌曲好聽", annotatedPageWas + "準備發行首張EP,歌曲好聽"},
		{"a pair that GBK has not before an annotation", annotatedPage + "灣(wān)裡的大同寶(bǎo)?yǔn)毷翘??wān)的。", annotatedPageWas + "灣裡的大同寶寶是台灣的。"},
		{"a byte dropped without trace", annotatedPage + "從事研究,F(xiàn)任會(huì)長", annotatedPageWas + "從事研究。現任會長"},
	})
}

func TestQuestionsStay(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"你會來嗎?!我會,他也會。", "什麼?;他說。", "真的嗎?,我不信。", "誰?\n我?\n他?!", "Quoi?! C'est vrai?", "公園在哪裡?！在橋頭。", "他問：「去嗎?」我說：「去!?」",
	} {
		if r := String(text, Options{}); r.Text != text {
			t.Errorf("%s became %s", text, r.Text)
		}
	}
}

// What a shift was is told in pieces, each with what it rests on.
func TestShiftsAreToldByEvidence(t *testing.T) {
	t.Parallel()
	type told struct {
		before, after string
		evidence      Evidence
	}
	text := annotatedPage + "加速變?yōu)楝F(xiàn)實，強國”?;氐焦ぷ髦?,自己"
	r := String(text, Options{})
	checkAccount(t, text, r)
	var got []told
	for _, c := range r.Changes {
		if c.Class == PhaseShift {
			got = append(got, told{c.Before, c.After, c.Evidence})
		}
	}
	want := []told{
		{"?yōu)", "", ReadingFixed}, {"楝", "為", BytesExact}, {"F(xiàn)", "現", ReadingFixed},
		{"?;", "。", Model}, {"氐焦ぷ髦", "回到工作", BytesExact}, {"?", "中", Model},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(told{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The mirror's damage comes back on whole pages, whatever it annotates and however it decodes.
func TestMirrorsAreUndone(t *testing.T) {
	t.Parallel()
	clean := readTexts(t, "prose")["clinic-day.hant.txt"]
	for name, m := range map[string]damage.Mirror{
		"as found": {Share: 0.4}, "full width": {Share: 0.6, Wide: true}, "nothing swallowed": {Share: 0.4, KeepSwallow: true}, "no marks": {Share: 0.9, Marks: "-"},
	} {
		lines, exact := 0, 0
		for seed := range uint64(5) {
			damaged := m.Damage(clean, seed)
			r := String(damaged, Options{})
			checkAccount(t, damaged, r)
			want, got := splitHalfWidth(clean), splitHalfWidth(r.Text)
			for i := range want {
				lines++
				if i < len(got) && got[i] == want[i] {
					exact++
				}
			}
		}
		if exact*100 < 85*lines {
			t.Errorf("%s: %d of %d lines came back", name, exact, lines)
		}
	}
}

func splitHalfWidth(text string) []string { return strings.Split(damage.HalfWidth(text), "\n") }
