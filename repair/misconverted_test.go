package repair

import (
	"strings"
	"testing"
)

func TestMisconverted(t *testing.T) {
	t.Parallel()
	runCases(t, Options{ScriptRepair: true}, []repairCase{
		{"left as they were", "幹事說，黨員干部為奮斗目標，與群眾聯系，采取辦法。", "幹事說，黨員幹部為奮鬥目標，與群眾聯繫，採取辦法。"},
		{"converted too far", "在學習一國兩製的局麵，聽這個係列講座。", "在學習一國兩制的局面，聽這個系列講座。"},
		{"alone", "無愧于歷史，并就有關問題發言，愿為鄉親服務。", "無愧於歷史，並就有關問題發言，願為鄉親服務。"},
		{"a word across the word", "聯系統一的時間，聯繫統戰部門，與會議有關。", ""},
		{"right as they are", "皇后和太后在宮裡，後來到千里之外的鄉間；干擾、干涉、若干，一斗米。", ""},
		{"both in use", "宣布和宣佈，一周和一週，臺灣和台灣，征程，困難，指明了方向，扎實學習。", ""},
		{"simplified text", "党员干部为奋斗目标联系群众", ""},
	})
}

func TestMisconvertedOnlyWhenAsked(t *testing.T) {
	t.Parallel()
	text := "幹事說，黨員干部為奮斗目標，與群眾聯系。"
	if r := String(text, Options{}); r.Text != text {
		t.Errorf("not asked for, it became %s", r.Text)
	}
	r := String(text, Options{Only: []Class{ScriptRepair}})
	checkAccount(t, text, r)
	for _, c := range r.Changes {
		if c.Class != ScriptRepair || c.Evidence != Model || c.Margin <= 0 {
			t.Errorf("%+v", c)
		}
	}
	if len(r.Changes) != 3 {
		t.Errorf("%d changes", len(r.Changes))
	}
}

// Of the characters of the sample that were left unconverted, how many come back, and what else is changed.
func TestSampleScriptRepair(t *testing.T) {
	t.Parallel()
	s := readSample(t)
	damaged := strings.Split(s.damaged, "\n")
	got := strings.Split(String(s.damaged, Options{ScriptRepair: true}).Text, "\n")
	right, wrong, missed := 0, 0, 0
	for n := range damaged {
		was := []rune(s.restore(damaged[n], n, provable...))
		want := []rune(s.restore(damaged[n], n, append(provable, "s2t-unconverted")...))
		now := []rune(got[n])
		if len(now) != len(want) || len(was) != len(want) {
			t.Fatalf("line %d has another length", n+1)
		}
		for i := range want {
			switch {
			case want[i] != was[i] && now[i] == want[i]:
				right++
			case want[i] != was[i]:
				missed++
			case now[i] != want[i] && strings.ContainsRune(",，", now[i]):
			case now[i] != want[i]:
				wrong++
			}
		}
	}
	t.Logf("%d right, %d missed, %d wrong", right, missed, wrong)
	if right < 35 || wrong > 0 {
		t.Errorf("%d right, %d missed, %d wrong", right, missed, wrong)
	}
}
