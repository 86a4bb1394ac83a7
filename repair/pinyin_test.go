package repair

import (
	"testing"

	"github.com/huiguan/huiguan/han"
)

func TestIsReading(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		char    rune
		reading string
		want    bool
	}{
		{'會', "huì", true},
		{'會', "kuài", true},
		{'會', "hui", true},
		{'會', "huí", false},
		{'會', "hu", false},
		{'會', "xué", false},
		{'國', "ɡuó", true},
		{'辦', "bɑn", true},
		{'綠', "lǜ", true},
		{'綠', "lü", true},
		{'綠', "lv", true},
		{'綠', "lu", true},
		{'路', "lü", false},
		{'們', "men", true},
		{'會', "hub", false},
	} {
		if got := isReading(han.Readings(c.char), c.reading); got != c.want {
			t.Errorf("%c %s: %v", c.char, c.reading, got)
		}
	}
}

func TestReadingAt(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"huì)":       "huì",
		"zhuāng)":    "zhuāng",
		"nǚ)":        "nǚ",
		"mediator)":  "",
		"volunteer)": "",
		"Huì)":       "",
		"tāo tiè)":   "",
		"huì":        "",
		"":           "",
		")":          "",
		"é\xff)":     "",
		"fête)":      "",
	} {
		if got := readingAt(text, 0, ")"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := readingAt("會（huì）議", len("會（"), "）"); got != "huì" {
		t.Errorf("full width: %q", got)
	}
}

func TestIsToned(t *testing.T) {
	t.Parallel()
	for py, want := range map[string]bool{"huì": true, "lǜ": true, "hui": false, "lü": false, "ɡuo": false, "bɑn": false, "bɑ̀n": true} {
		if got := isToned(py); got != want {
			t.Errorf("%s: %v", py, got)
		}
	}
}

func TestToneless(t *testing.T) {
	t.Parallel()
	for py, want := range map[string]string{"huì": "hui", "zhuāng": "zhuang", "lǜ": "lv", "nü": "nv", "ɡuó": "guo", "ńg": "ng", "er": "er"} {
		if got := toneless(py); got != want {
			t.Errorf("%s: %s, want %s", py, got, want)
		}
	}
}

// The policy is a pure function of the census; each rule alone keeps a page as it is.
func TestPagePolicy(t *testing.T) {
	t.Parallel()
	page := census{valid: 100, wrong: 1, distinct: 20, forms: 98, bare: 0, isolated: 3, han: 900}
	for name, c := range map[string]struct {
		alter func(*census)
		want  bool
	}{
		"a damaged page":                 {func(*census) {}, true},
		"two glosses":                    {func(c *census) { c.valid, c.forms, c.isolated, c.wrong = 2, 2, 0, 0 }, false},
		"three of three characters":      {func(c *census) { c.valid, c.forms, c.isolated, c.wrong, c.distinct = 3, 3, 0, 0, 3 }, false},
		"three on a short page":          {func(c *census) { c.valid, c.forms, c.isolated, c.wrong, c.distinct, c.han = 3, 3, 0, 0, 3, 90 }, true},
		"four of two characters":         {func(c *census) { c.valid, c.forms, c.isolated, c.wrong, c.distinct, c.han = 4, 4, 0, 0, 2, 90 }, false},
		"five of one character":          {func(c *census) { c.valid, c.forms, c.isolated, c.wrong, c.distinct, c.han = 5, 5, 0, 0, 1, 90 }, true},
		"simplified characters":          {func(c *census) { c.forms = 79 }, false},
		"a few simplified characters":    {func(c *census) { c.forms = 80 }, true},
		"bare ones":                      {func(c *census) { c.bare = 11 }, false},
		"a few bare ones":                {func(c *census) { c.bare = 10 }, true},
		"wrong readings":                 {func(c *census) { c.wrong = 26 }, false},
		"words in lists":                 {func(c *census) { c.isolated = 51 }, false},
		"few glosses for so long a page": {func(c *census) { c.han = 25000 }, false},
	} {
		altered := page
		c.alter(&altered)
		if got := altered.damaged(); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
