package repair

import (
	"strings"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/huiguan/huiguan/repair/damage"
)

// kind is one way to damage a text, and the class that its repair is recorded under.
type kind struct {
	name  string
	class Class
	hant  bool // works on traditional text only
	do    func(text string, seed uint64) string
}

func kinds() []kind {
	width := func(seed uint64) int { return 18 + int(seed%20) }
	return []kind{
		{"pinyin", PinyinAnnotation, true, damage.Annotate},
		{"pinyin without tones", PinyinAnnotation, true, damage.AnnotateToneless},
		{"doubled marks", DoubledPunctuation, false, func(s string, _ uint64) string { return damage.DoublePunctuation(s) }},
		{"entities", DoubleEntity, false, damage.DoubleEntities},
		{"prefixes", QuestionPrefix, false, func(s string, _ uint64) string { return damage.QuestionPrefix(s) }},
		{"strewn spaces", StraySpace, false, damage.StraySpaces},
		{"wrapped lines", StraySpace, false, func(s string, seed uint64) string { return damage.WrapSpaces(s, width(seed)) }},
	}
}

func textsFor(t *testing.T, k kind) map[string]string {
	texts := readTexts(t, "prose")
	if k.hant {
		texts = onlyHant(texts)
	}
	return texts
}

func TestRepairUndoesDamage(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		for name, clean := range textsFor(t, k) {
			t.Run(k.name+"/"+name, func(t *testing.T) {
				t.Parallel()
				for seed := range uint64(100) {
					damaged := k.do(clean, seed)
					if damaged == clean {
						t.Fatalf("seed %d did no damage", seed)
					}
					r := String(damaged, Options{})
					if diff := cmp.Diff(clean, r.Text); diff != "" {
						t.Fatalf("seed %d (-clean +repaired):\n%s", seed, diff)
					}
					checkAccount(t, damaged, r)
					if n := r.Counts(); len(n) != 1 || n[k.class] != len(r.Changes) {
						t.Fatalf("seed %d: counted %v, want %s only", seed, n, k.class)
					}
				}
			})
		}
	}
}

// The collector's normaliser comes last and takes the full-width marks, whatever was damaged before.
func TestRepairUndoesDamageSeenThroughTheCollector(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		for name, clean := range textsFor(t, k) {
			t.Run(k.name+"/"+name, func(t *testing.T) {
				t.Parallel()
				for seed := range uint64(50) {
					damaged := damage.HalfWidth(k.do(clean, seed))
					if k.class == StraySpace { // a space before ASCII punctuation is nobody's for sure
						damaged = k.do(damage.HalfWidth(clean), seed)
					}
					r := String(damaged, Options{})
					if diff := cmp.Diff(damage.HalfWidth(clean), r.Text); diff != "" {
						t.Fatalf("seed %d (-clean +repaired):\n%s", seed, diff)
					}
					checkAccount(t, damaged, r)
				}
			})
		}
	}
}

// Several kinds of damage, one over the other, in the order in which they happen.
func TestRepairUndoesLayersOfDamage(t *testing.T) {
	t.Parallel()
	for name, clean := range onlyHant(readTexts(t, "prose")) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(50) {
				damaged := damage.DoubleEntities(damage.DoublePunctuation(damage.Annotate(clean, seed)), seed)
				r := String(damaged, Options{})
				if diff := cmp.Diff(clean, r.Text); diff != "" {
					t.Fatalf("seed %d (-clean +repaired):\n%s", seed, diff)
				}
				checkAccount(t, damaged, r)
				if n := r.Counts(); n[PinyinAnnotation] == 0 || n[DoubledPunctuation] == 0 || n[DoubleEntity] == 0 {
					t.Fatalf("seed %d: counted %v", seed, n)
				}
			}
		})
	}
}

func TestCleanTextComesBackAsItIs(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{"clean", "prose"} {
		for name, text := range readTexts(t, folder) {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				for _, input := range []string{text, damage.HalfWidth(text)} {
					r := String(input, Options{})
					if diff := cmp.Diff(input, r.Text); diff != "" {
						t.Fatalf("changed (-before +after):\n%s", diff)
					}
					if unsafe.StringData(r.Text) != unsafe.StringData(input) || r.Changes != nil || r.Losses != nil {
						t.Error("the text was copied, or there is an account of nothing")
					}
				}
			})
		}
	}
}

// mixedText draws a text in which damage of all classes is likely, and so is what resembles it.
func mixedText(t *rapid.T) string {
	pieces := rapid.SliceOfN(rapid.SampledFrom([]string{
		"會(huì)", "會", "學(xué)", "僑(qiao) ", "聯（lián）", "務(wù)", "F(xiàn)", "(", ")", "（", "）", "huì)", " ", "  ", "　",
		",", ",,", "，", "，，", "。", "，。", ",、", ";", "；", "?", "!", ":", "\n", "1", "a", "，各位鄉親都到了會場，", "的", "第",
		"&amp;#20013;", "&amp;nbsp;", "&amp;amp;", "&amp;", "amp;", "#20013;", "&", "<", "&amp;lt;", "王 明", "\xe6\x9c", "\xff",
		"?;氐焦ぷ髦?,", "變?yōu)楝F(xiàn)", "?dòng)", "?", "璁㈤槄", "銆?", "ä¸\u00adæ–‡", "ÖÐÎÄ", "\uFFFD", "锟斤拷", "\uE383", "市.委", "??? ", "干部", "兩製", "笢恅", "い",
	}), 0, 60).Draw(t, "pieces")
	return strings.Join(pieces, "")
}

func drawOptions(t *rapid.T) Options {
	return Options{
		FullWidth:    rapid.Bool().Draw(t, "fullwidth"),
		ScriptRepair: rapid.Bool().Draw(t, "script repair"),
		Script:       rapid.SampledFrom([]Script{"", KeepScript, Traditional, Simplified}).Draw(t, "script"),
		Only:         rapid.SliceOfN(rapid.SampledFrom(Classes()), 0, 3).Draw(t, "only"),
	}
}

func TestAnyTextIsAccountedForAndRepairedOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, o := mixedText(t), drawOptions(t)
		r := String(text, o)
		checkAccount(t, text, r)
		if again := String(r.Text, o); again.Text != r.Text || len(again.Changes) > 0 {
			t.Fatalf("a second repair changed %q to %q", r.Text, again.Text)
		}
	})
}

func TestUndoneChangesGiveTheInput(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, o := mixedText(t), drawOptions(t)
		r := String(text, o)
		for len(r.Changes) > 0 {
			i := rapid.IntRange(0, len(r.Changes)-1).Draw(t, "change")
			kept := len(r.Changes)
			r = Undo(r, i)
			checkAccount(t, text, r)
			if len(r.Changes) != kept-1 {
				t.Fatalf("%d changes became %d", kept, len(r.Changes))
			}
		}
		if r.Text != text {
			t.Fatalf("all undone gives %q, want %q", r.Text, text)
		}
	})
}
