package repair

import (
	"strings"
	"testing"
)

func TestScanSeesTheSigns(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want sign
	}{
		{"", 0},
		{"會", 0},
		{"會議，學習。", 0},
		{"Nothing here, (really) nothing; R&D & more.", 0},
		{"會(huì)", signGloss},
		{"會(àn)", signGloss},
		{"會（huì）", signGloss},
		{"會(1)", 0},
		{"會(會)", 0},
		{"會（會）", 0},
		{"f(x)", 0},
		{"會(", 0},
		{"會（", 0},
		{"會,,", signDoubled},
		{"會，，", signDoubled},
		{"會，。", signDoubled},
		{"會,。", signDoubled},
		{"會,、", signDoubled},
		{"RCEP,。", signDoubled},
		{"會,;", signDoubled},
		{"會，；", signDoubled},
		{"會，、會", signDoubled},
		{"會，", 0},
		{"會,", 0},
		{"a,,b", 0},
		{"會 會", signSpace},
		{"會   會", signSpace},
		{"會 ，", signSpace},
		{"， 會", signSpace},
		{"會    會", 0},
		{"會 \n會", 0},
		{"會 a", 0},
		{"a 會", 0},
		{"é à", 0},
		{" 會", 0},
		{"會 ", 0},
		{"a&amp;b", signEntity},
		{"&amp;", signEntity},
		{"會&amp;#1;", signEntity},
		{"&amp", 0},
		{"&nbsp;&#20013;", 0},
		{"會(huì)，，會 會&amp;", signGloss | signDoubled | signSpace | signEntity},
		{"\xe6", 0},
		{"\xe6\x9c(h", 0},
		{"\xff\xf0 \xef\xbc", 0},
	} {
		if got := scan(c.text); got != c.want {
			t.Errorf("%q: %04b, want %04b", c.text, got, c.want)
		}
	}
}

// ASCII is read eight bytes at a time, so a sign must be seen wherever it stands in the eight.
func TestScanSeesSignsAtEveryOffset(t *testing.T) {
	t.Parallel()
	for n := range 40 {
		pad := strings.Repeat("a", n)
		for text, want := range map[string]sign{
			pad + "&amp;":            signEntity,
			pad + "&amp;" + pad:      signEntity,
			pad + "會(huì)" + pad:     signGloss,
			"會" + pad + "會(huì)":     signGloss,
			pad + "會 會":              signSpace,
			pad + "& amp;" + pad:     0,
			"會" + pad + "b,。" + pad:  signDoubled,
			pad + "é" + pad + "&amp": 0,
			pad + "會，，":              signDoubled,
		} {
			if got := scan(text); got != want {
				t.Errorf("%q: %04b, want %04b", text, got, want)
			}
		}
	}
}

// A layer finds nothing in a text in which its sign was not seen; otherwise what is repaired would
// depend on the other signs of the page.
func TestLayersNeedTheirSigns(t *testing.T) {
	t.Parallel()
	for name, clean := range readTexts(t, "clean") {
		signs := scan(clean)
		for _, l := range []struct {
			sign sign
			find func(string, Options) finding
		}{{signEntity, findEntities}, {signDoubled, findDoubled}, {signGloss, findAnnotations}, {signSpace, findSpaces}} {
			if n := len(l.find(clean, Options{}).edits); signs&l.sign == 0 && n > 0 {
				t.Errorf("%s: %d edits without sign %04b", name, n, l.sign)
			}
		}
	}
}

func TestMarkAt(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		",": comma, "，": comma, "。": stop, "、": pause, ";": semicolon, "；": semicolon,
		".": 0, "！": 0, "「": 0, "會": 0, "a": 0, "\xe3": 0, "\xef\xbc": 0,
	} {
		if got := markAt(text, 0); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}
