package damage

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/han"
)

// The places of the page that the mirror was learnt from, and of its siblings, with the part of its
// table that matters. Where a mark of the sibling is full width no collector came by.
func TestMirrorDamagesAsSeen(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		m           Mirror
		clean, want string
	}{
		{Mirror{}, "強國”。回到工作中，自己", "強國”?;氐焦ぷ髦?,自己"},
		{Mirror{Table: []string{"優yōu", "現xiàn"}}, "變為現實", "變?yōu)楝F(xiàn)實"},
		{Mirror{Table: []string{"責zé"}}, "貫徹熱潮，營造", "貫徹?zé)岢?,營造"},
		{Mirror{Table: []string{"動dòng"}}, "座談會。活動以線上", "座談會?;顒?dòng)以線上"},
		{Mirror{Table: []string{"優yōu", "數shù"}}, "當地民眾喜聞樂見的優秀", "當?shù)孛癖娤猜剺芬姷膬?yōu)秀"},
		{Mirror{Wide: true}, "報道。考察團", "報道?？疾靾F"},
		{Mirror{Marks: "。", Wide: true}, "謝英俊：绮", "謝英?。虹?"},
		{Mirror{}, "海口10月31日", "???0月31日"},
		{Mirror{DropLone: true, Table: []string{"現xiàn"}}, "研究。現任", "研究,F(xiàn)任"},
		{Mirror{DropPrivate: true, Wide: true}, "。“十三五”時期", "?！笆濉睍r期"},
		{Mirror{}, "階。夯", "階。夯"},
		{Mirror{KeepSwallow: true}, "海口10月", "???10月"},
	} {
		if got := c.m.Damage(c.clean, 0); got != c.want {
			t.Errorf("%s: %s, want %s", c.clean, got, c.want)
		}
	}
}

// The mirror makes the sample page of its own original again, but for one byte of 104 lines.
func TestMirrorMakesTheSampleAgain(t *testing.T) {
	t.Parallel()
	shared := filepath.Join("..", "..", "..", "shared")
	raw, err := os.ReadFile(filepath.Join(shared, "samples", "federation-digest.txt"))
	if err != nil {
		t.Skip("../shared is absent: the sample page is not made again")
	}
	clean, err := os.ReadFile(filepath.Join(shared, "text", "restored-traditional.txt"))
	if err != nil {
		t.Skip("../shared has no original of the sample")
	}
	m := Mirror{}
	known := make(map[string]bool)
	for _, a := range regexp.MustCompile(`(\p{Han})\(([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+)\)`).FindAllStringSubmatch(string(raw), -1) {
		if !known[a[1]] {
			m.Table = append(m.Table, a[1]+a[2])
		}
		known[a[1]] = true
	}
	// Two things are not the mirror's: characters were converted one by one before, and no-break spaces stayed.
	want := strings.Split(string(raw), "\n")
	same := 0
	for i, line := range strings.Split(string(clean), "\n") {
		got := m.Damage(strings.ReplaceAll(line, "\u00a0", "@"), 0)
		if damagedBytes := strings.ContainsAny(want[i], "?"); !damagedBytes || simplified(strings.ReplaceAll(got, "@", "\u00a0")) == simplified(want[i]) {
			same++
		}
	}
	if same < 103 {
		t.Errorf("%d lines came out as they were seen", same)
	}
}

func simplified(s string) string { return strings.Map(han.ToHansRune, s) }

func TestFederationKeepsWhatIsNotChinese(t *testing.T) {
	t.Parallel()
	for seed := range uint64(10) {
		if got := Federation("plain text, 123\n", seed); got != "plain text, 123\n" {
			t.Errorf("seed %d: %q", seed, got)
		}
	}
}

func TestCharsets(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, got, want string }{
		{"UTF8AsLatin1", UTF8AsLatin1("中文"), "ä\u00b8\u00adæ\u0096\u0087"},
		{"UTF8AsCP1252", UTF8AsCP1252("中文"), "ä¸\u00adæ–‡"},
		{"UTF8AsCP1252Lossy", UTF8AsCP1252Lossy("到"), "åˆ°"},
		{"UTF8AsCP1252Lossy, a hole", UTF8AsCP1252Lossy("老"), "è€\uFFFD"},
		{"UTF8AsGBK", UTF8AsGBK("订阅"), "璁㈤槄"},
		{"UTF8AsGBK, odd", UTF8AsGBK("中1"), "涓?"},
		{"GBKAsLatin1", GBKAsLatin1("中文"), "ÖÐÎÄ"},
		{"Big5AsLatin1", Big5AsLatin1("中文"), "¤¤¤å"},
		{"Big5AsGBK", Big5AsGBK("中文"), "いゅ"},
		{"GBKAsBig5", GBKAsBig5("中文"), "笢恅"},
		{"GBKAsUTF8", GBKAsUTF8("中文"), "\uFFFD\uFFFD\uFFFD\uFFFD"},
		{"Kunjinkao", Kunjinkao("中文"), "锟斤拷锟斤拷"},
		{"QuestionMarks", QuestionMarks("中文：a"), "??:a"},
		{"QuestionPrefix", QuestionPrefix("中文\n\n好"), "??? 中文\n\n??? 好"},
		{"FilterDots", FilterDots("市委書記", []string{"市委", "書記本"}, 1), "市.委書記"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestConvertible(t *testing.T) {
	t.Parallel()
	if !Convertible("中文 abc。", false) || !Convertible("中文", true) || Convertible("后爱", true) || Convertible("𠀀", false) {
		t.Error("wrong about what a charset has")
	}
}
