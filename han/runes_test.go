package han

import (
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

func TestIsHan(t *testing.T) {
	t.Parallel()
	for _, r := range "會会一〇龥㐀𠀀豈𰀀" {
		if !IsHan(r) {
			t.Errorf("IsHan(%q) = false", r)
		}
	}
	for _, r := range "aＡ，。「々ぁア가\u2E80\u31C0１ 　" {
		if IsHan(r) {
			t.Errorf("IsHan(%q) = true", r)
		}
	}
	for _, r := range []rune{-1, unicode.MaxRune + 1} {
		if IsHan(r) || Readings(r) != nil || IsTraditional(r) || ToHansRune(r) != r {
			t.Errorf("%d is no character", r)
		}
	}
}

func TestReadings(t *testing.T) {
	t.Parallel()
	cases := []struct {
		r    rune
		want []string
	}{
		{'六', []string{"liù", "lù"}}, {'厦', []string{"shà", "xià"}},
		{'a', nil}, {'，', nil}, {'𠀀', []string{"hē"}},
	}
	for _, c := range cases {
		if diff := cmp.Diff(c.want, Readings(c.r)); diff != "" {
			t.Errorf("Readings(%q) (-want +got)\n%s", c.r, diff)
		}
	}
	if got := Readings('會'); len(got) < 2 || got[0] != "huì" || got[1] != "kuài" {
		t.Errorf("Readings(會) = %q", got)
	}
}

func TestReadingsBelongToTheCaller(t *testing.T) {
	t.Parallel()
	Readings('會')[0] = "spoiled"
	if got := Readings('會')[0]; got != "huì" {
		t.Errorf("after a change by a caller: %q", got)
	}
}

func TestEveryCommonCharacterHasAReading(t *testing.T) {
	t.Parallel()
	missing := 0
	for r := rune(0x4E00); r <= 0x9FA5; r++ {
		if len(readings(r)) == 0 {
			missing++
		}
	}
	if missing > 20 {
		t.Errorf("%d characters of the basic block have no reading", missing)
	}
}

func TestDecodeAgreesWithTheStandardLibrary(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"會", "é", "a", "𠀀", "\xe4\xbc", "\xe0\x80\x80", "\xed\xa0\x80", "\xe4\x28\xa1", "\xff", "\xef\xbf\xbd"} {
		r, width := decode(s, 0)
		if wantRune, wantWidth := decodeSlow(s); r != wantRune || width != wantWidth {
			t.Errorf("decode(%q) = %U, %d, want %U, %d", s, r, width, wantRune, wantWidth)
		}
	}
}
