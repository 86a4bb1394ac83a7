package han

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	t.Parallel()
	cases := []struct{ in, want string }{
		{"", ""},
		{"abc", "abc"},
		{"ABC", "abc"},
		{"會館", "会馆"},
		{"会馆", "会馆"},
		{"爲為为", "为为为"},
		{"羣群", "群群"},
		{"台臺檯颱", "台台台台"},
		{"裡裏里", "里里里"},
		{"眾衆众", "众众众"},
		{"著着", "着着"},
		{"說説说", "说说说"},
		{"衞衛卫", "卫卫卫"},
		{"戶户戸", "户户户"},
		{"會舘", "会馆"},
		{"乾幹干", "干干干"},
		{"覆復複复", "复复复复"},
		{"祇只隻衹", "只只只只"},
		{"〇零", "零零"},
		{"ＡＢＣ１２３", "abc123"},
		{"，。！", ",。!"},
		{"　", " "},
		{"…", "..."},
		{"①㎡", "1m2"},
		{"ｶﾞ", "ガ"},
		{"Straße", "straße"},
		{"É", "é"},
		{"e\u0301", "é"},
		{"僑\u200b聯", "侨联"},
		{"僑\ufe00", "侨"},
		{"co\u00adop", "coop"},
		{"\ufeff會", "会"},
		{"豈", "岂"},
		{"切", "切"},
		{"한\u1100\u1161", "한가"},
		{"İ", "i"},
		{"a\xffb", "a\ufffdb"},
		{"\ufffd會", "\ufffd会"},
		{"ﬁ", "fi"},
		{"𝐀", "a"},
	}
	for _, c := range cases {
		if got := Fold(c.in); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestFoldReturnsFoldedTextItself(t *testing.T) {
	s := strings.Repeat("同乡会在柳塘村办了元宵灯会, lantern 2026。", 20)
	if n := testing.AllocsPerRun(10, func() { Fold(s) }); n != 0 {
		t.Errorf("Fold of folded text allocates %v times", n)
	}
}

// The table is made from the Unicode tables of the day. If a newer Go or x/text changes them, this says
// that the generator has to run again.
func TestFoldTableMatchesUnicode(t *testing.T) {
	t.Parallel()
	table := foldData()
	for r := rune(utf8.RuneSelf); r <= unicode.MaxRune; r++ {
		if r >= 0xD800 && r <= 0xDFFF {
			continue
		}
		v := table.of.at(r)
		boundary := norm.NFKC.PropertiesString(string(r)).BoundaryBefore()
		if !boundary && v != foldSlow && v < foldSpecial {
			t.Fatalf("%U composes, but the table says %d", r, v)
		}
		if v != foldSame {
			continue
		}
		if got := string(unicode.ToLower(r)); got != string(r) || norm.NFKC.String(got) != got {
			t.Fatalf("%U changes, but the table says it stays", r)
		}
	}
}

func TestFoldIsIdempotentForEveryCharacter(t *testing.T) {
	t.Parallel()
	for r := rune(0); r <= unicode.MaxRune; r++ {
		once := Fold(string(r))
		if twice := Fold(once); twice != once {
			t.Fatalf("%U folds to %q, then to %q", r, once, twice)
		}
	}
}

// Whatever stands together, the fast path and the slow path agree.
func TestFoldPathsAgree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		if fast, slow := Fold(s), foldSlowly(foldData(), s); fast != slow {
			t.Fatalf("Fold(%q) = %q, slowly %q", s, fast, slow)
		}
	})
}

func TestFoldJoinsScripts(t *testing.T) {
	t.Parallel()
	for _, s := range []string{reportHant, "瀾江市雲浦縣同鄉會", "台灣的雜誌與臺北的雜志", "乾坤與乾淨"} {
		if a, b := Fold(s), Fold(ToHans(s)); a != b {
			t.Errorf("Fold(%q) = %q, of the simplified form %q", s, a, b)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"會館", "É", "e\u0301", "\u1100\u1161\u11a8", "a\xff", "ｶﾞ", "𝐀", "\u0345", "İ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if !utf8.ValidString(once) {
			t.Errorf("Fold(%q) is not UTF-8", s)
		}
		if twice := Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, again %q", s, once, twice)
		}
	})
}
