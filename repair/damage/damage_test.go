package damage

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

const text = "　　雲溪縣同鄉會在老街舉辦元宵燈會，縣裡十二個鄉鎮的同鄉會、婦女會和青年會都送來了自己紮的花燈；到場的鄉親大約有六百人。\n" +
	"葉問荷會長（左二）說：“今年燈會能在老街舉辦，是鄉親們一磚一瓦修起來的！”燈會\u00a0結束。"

var gloss = regexp.MustCompile(`(\p{Han})\((\pL+)\)`)

func TestAnnotateGivesEachCharacterOneReadingEverywhere(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		damaged := Annotate(text, seed)
		readings := make(map[string]string)
		for _, m := range gloss.FindAllStringSubmatch(damaged, -1) {
			if known, ok := readings[m[1]]; ok && known != m[2] {
				t.Errorf("seed %d: %s is read %s and %s", seed, m[1], known, m[2])
			}
			readings[m[1]] = m[2]
			if r, _ := utf8.DecodeRuneInString(m[1]); !OutsideGB2312(r) {
				t.Errorf("seed %d: %s is in GB2312", seed, m[1])
			}
		}
		if len(readings) < 3 {
			t.Errorf("seed %d: %d characters in the table", seed, len(readings))
		}
		bare := gloss.ReplaceAllString(damaged, "")
		for c := range readings {
			if strings.Contains(bare, c) {
				t.Errorf("seed %d: %s stands without its reading", seed, c)
			}
		}
		if diff := cmp.Diff(text, gloss.ReplaceAllString(damaged, "$1")); diff != "" {
			t.Errorf("seed %d: more was changed:\n%s", seed, diff)
		}
	}
}

func TestSameSeedSameDamage(t *testing.T) {
	t.Parallel()
	for name, do := range map[string]func(string, uint64) string{
		"Annotate": Annotate, "AnnotateToneless": AnnotateToneless, "DoubleEntities": DoubleEntities, "StraySpaces": StraySpaces,
	} {
		different := make(map[string]bool)
		for seed := range uint64(20) {
			one := do(text, seed)
			if one != do(text, seed) {
				t.Errorf("%s: seed %d damages differently each time", name, seed)
			}
			different[one] = true
		}
		if len(different) < 5 {
			t.Errorf("%s: twenty seeds damage in %d ways", name, len(different))
		}
	}
}

func TestAnnotateShare(t *testing.T) {
	t.Parallel()
	if got, want := AnnotateShare("同鄉會舉辦會議", 1, 1), "同鄉(xiāng)會(huì)舉(jǔ)辦(bàn)會(huì)議(yì)"; got != want {
		t.Errorf("all: %s, want %s", got, want)
	}
	if got := len(gloss.FindAllString(AnnotateShare(text, 0, 1), -1)); got == 0 {
		t.Error("a share of nothing should still take the three characters that a page shows")
	}
	if got := AnnotateShare("乡亲们好", 1, 1); got != "乡亲们好" {
		t.Errorf("simplified text became %s", got)
	}
}

func TestAnnotateToneless(t *testing.T) {
	t.Parallel()
	if got, want := AnnotateToneless("華僑", 1), "華(hua) 僑(qiao) "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestOutsideGB2312(t *testing.T) {
	t.Parallel()
	for r, want := range map[rune]bool{'會': true, '鄉': true, '会': false, '中': false, '後': false, '后': false, 'a': false, '𠀀': false, '，': false} {
		if got := OutsideGB2312(r); got != want {
			t.Errorf("%c: %v", r, got)
		}
	}
}

func TestFixedDamage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, got, want string }{
		{"doubled", DoublePunctuation("春，夏、秋；冬。好！"), "春，，夏，、秋，；冬，。好！"},
		{"half width", HalfWidth("　會（一）：好！～［Ａ］⑫、。"), " 會(一):好!~[A]⑫、。"},
		{"wrapped", WrapSpaces("春夏秋冬，東西南北。春夏秋冬，東西南北。春夏秋冬，東西南北。", 10), "春夏秋冬，東西南北。 春夏秋冬，東西南北。 春夏秋冬，東西南北。"},
		{"a mark never begins a line", WrapSpaces("春夏秋冬東西南北春夏，春夏秋冬東西南北，春夏秋冬東西。", 10), "春夏秋冬東西南北春 夏，春夏秋冬東西南 北，春夏秋冬東西。"},
		{"numbers stay whole", WrapSpaces("春夏秋冬東西南，共12345人，春夏秋冬東西南北，春夏秋冬東西。", 10), "春夏秋冬東西南，共 12345人，春夏秋冬東 西南北，春夏秋冬東 西。"},
		{"a heading is not wrapped", WrapSpaces("春夏秋冬東西南北春夏秋冬", 10), "春夏秋冬東西南北春夏秋冬"},
	} {
		if c.got != c.want {
			t.Errorf("%s:\n%s, want\n%s", c.name, c.got, c.want)
		}
	}
}

func TestDoubleEntitiesTakesOnlyCharacters(t *testing.T) {
	t.Parallel()
	entity := regexp.MustCompile(`&amp;(#\d+|nbsp);`)
	for seed := range uint64(10) {
		rest := entity.ReplaceAllString(DoubleEntities(text, seed), "")
		if strings.Contains(rest, "&") || strings.Contains(rest, "\u00a0") || !strings.Contains(rest, "：“") {
			t.Errorf("seed %d left %q", seed, rest)
		}
	}
}

func TestStraySpacesAddsSpacesOnly(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		damaged := StraySpaces(text, seed)
		if strings.ReplaceAll(damaged, " ", "") != text || strings.Contains(damaged, "  ") {
			t.Errorf("seed %d: %q", seed, damaged)
		}
		if n := strings.Count(damaged, " "); n < 2 {
			t.Errorf("seed %d: %d spaces", seed, n)
		}
	}
	if short := "會長　王明，秘書長　李華。"; StraySpaces(short, 1) != short {
		t.Error("spaces came into a line that is not one of sentences")
	}
}
