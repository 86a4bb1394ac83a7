package kit

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The grounds that theme.go reckons with are those of the style sheets.
func TestThemeKnowsTheGrounds(t *testing.T) {
	t.Parallel()
	light, dark, err := Schemes()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct{ sheet, rule string }{
		{light, "--paper: " + lightPaper}, {light, "--seal-ink: " + sealInk}, {dark, "--paper: " + darkPaper}, {dark, "--sheet: " + darkSheet}, {dark, "--seal-ink: " + sealInk},
	} {
		if !strings.Contains(want.sheet, want.rule+";") {
			t.Errorf("no rule %q", want.rule)
		}
	}
}

var colourRule = regexp.MustCompile(`--([a-z-]+):(#[0-9a-f]{6});`)

// Whatever accent a federation chooses, text in it and on it can be read.
func TestAnyAccentIsReadable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		accent := rgb{rapid.Float64Range(0, 1).Draw(t, "r"), rapid.Float64Range(0, 1).Draw(t, "g"), rapid.Float64Range(0, 1).Draw(t, "b")}.String()
		light, dark := AccentRules(accent)
		for scheme, grounds := range map[string][]string{light: {lightPaper}, dark: {darkPaper, darkSheet}} {
			colours := map[string]rgb{}
			for _, m := range colourRule.FindAllStringSubmatch(scheme, -1) {
				colours[m[1]], _ = parseRGB(m[2])
			}
			ink, _ := parseRGB(sealInk)
			if got := contrast(colours["seal-fill"], ink); got < 4.5 {
				t.Errorf("%s: letters on the accent: %.2f", accent, got)
			}
			for _, name := range []string{"seal", "seal-deep"} {
				for _, ground := range grounds {
					paper, _ := parseRGB(ground)
					if got := contrast(colours[name], paper); got < 4.5 {
						t.Errorf("%s: %s on %s: %.2f", accent, name, ground, got)
					}
				}
			}
			if got := contrast(colours["seal-deep"], colours["seal-wash"]); got < 4.5 {
				t.Errorf("%s: on its wash: %.2f", accent, got)
			}
		}
	})
}

func TestAccentIsNoWayIntoTheSheet(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"", "red", "#fff", "#fffffff", "#ggggggg", "#fff;}*{", "a02a1f", "#+02a1f"} {
		if light, dark := AccentRules(bad); light+dark != "" || ThemeAddress(bad) != "" {
			t.Errorf("%q: %q %q", bad, light, ThemeAddress(bad))
		}
	}
}
