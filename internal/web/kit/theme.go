package kit

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// This file makes a federation's own colours. It chooses one accent; every
// colour that is made from it is moved towards black or white until text in it,
// or on it, can be read: no choice makes a page unreadable.

// rgb is a colour, each part from 0 to 1.
type rgb [3]float64

// parseRGB reads #a02a1f.
func parseRGB(s string) (rgb, bool) {
	n, err := strconv.ParseUint(strings.TrimPrefix(s, "#"), 16, 32)
	if err != nil || len(s) != len("#a02a1f") || s[0] != '#' {
		return rgb{}, false
	}
	return rgb{float64(n>>16) / 255, float64(n>>8&255) / 255, float64(n&255) / 255}, true
}

// String writes the colour as style sheets take it.
func (c rgb) String() string {
	part := func(v float64) int { return int(math.Round(v * 255)) }
	return fmt.Sprintf("#%02x%02x%02x", part(c[0]), part(c[1]), part(c[2]))
}

// mix moves the colour towards another; 1 is the other.
func (c rgb) mix(to rgb, share float64) rgb {
	for i := range c {
		c[i] += (to[i] - c[i]) * share
	}
	return c
}

// luminance is the relative luminance of WCAG 2.
func (c rgb) luminance() float64 {
	sum := 0.0
	for i, weight := range [3]float64{0.2126, 0.7152, 0.0722} {
		v := c[i] / 12.92
		if c[i] > 0.04045 {
			v = math.Pow((c[i]+0.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum
}

// contrast is the contrast ratio of WCAG 2, from 1 to 21.
func contrast(a, b rgb) float64 {
	x, y := a.luminance(), b.luminance()
	if x < y {
		x, y = y, x
	}
	return (x + 0.05) / (y + 0.05)
}

// until moves the colour towards another, no further than the contrast with
// ground asks.
func (c rgb) until(ratio float64, ground, towards rgb) rgb {
	const steps = 100
	for i := range steps {
		// The rounded colour is what the reader gets.
		if moved, _ := parseRGB(c.mix(towards, float64(i)/steps).String()); contrast(moved, ground) >= ratio {
			return moved
		}
	}
	return towards
}

// The grounds that accents stand on, as in the shared style sheets; a test
// compares them.
const (
	lightPaper = "#faf6ee"
	darkPaper  = "#181512"
	darkSheet  = "#211d19"
	sealInk    = "#fffaf2"
)

// The contrasts that text needs: WCAG AA with a little more, and what is
// pointed at.
const (
	readable = 4.6
	strong   = 7
)

// AccentRules are the rules for :root that give an accent to each scheme.
func AccentRules(accent string) (light, dark string) {
	c, ok := parseRGB(accent)
	if !ok {
		return "", ""
	}
	paper, _ := parseRGB(lightPaper)
	night, _ := parseRGB(darkPaper)
	sheet, _ := parseRGB(darkSheet)
	ink, _ := parseRGB(sealInk)
	black, white := rgb{}, rgb{1, 1, 1}
	wash := paper.mix(c, 0.09)
	fill := c.until(readable, ink, black)
	light = rules(map[string]rgb{
		"seal": c.until(readable, wash, black), "seal-deep": c.until(strong, paper, black), "seal-fill": fill, "seal-wash": wash,
	})
	darkWash := night.mix(c, 0.2)
	dark = rules(map[string]rgb{
		"seal": c.until(readable, sheet, white), "seal-deep": c.until(strong, sheet, white).until(readable, darkWash, white), "seal-fill": fill, "seal-wash": darkWash,
	})
	return light, dark
}

func rules(colours map[string]rgb) string {
	var b strings.Builder
	b.WriteString(":root{")
	for _, name := range []string{"seal", "seal-deep", "seal-fill", "seal-wash"} {
		b.WriteString("--" + name + ":" + colours[name].String() + ";")
	}
	b.WriteString("}")
	return b.String()
}

// ThemeAddress is where the sheet of an accent stands; "" for the house's own
// colours. It names its content, since that depends on nothing else.
func ThemeAddress(accent string) string {
	if _, ok := parseRGB(accent); !ok {
		return ""
	}
	return "/assets/theme-" + accent[1:] + ".css"
}

// ThemeSheet is the sheet of an accent.
func ThemeSheet(accent string) []byte {
	light, dark := AccentRules(accent)
	return []byte(InScheme("tokens", light, dark))
}
