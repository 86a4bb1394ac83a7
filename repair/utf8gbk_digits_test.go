package repair

import (
	"strings"
	"testing"

	"github.com/huiguan/huiguan/repair/damage"
)

// A reader that takes an ASCII character along with a lone byte takes the first
// of two digits too. Where the page shows that its reader does so, the second,
// which is left, must not stand for both: 67 people are not 7.
func TestNoFigureLosesADigitWithoutAMark(t *testing.T) {
	t.Parallel()
	page := strings.Join([]string{
		"十月二日晚上，鹤岭市同乡会在老茶馆办了一场读信会，从桥头到大会馆宽3公里的路上都点了灯。",
		"街坊们把长桌摆到江边来，到场听信的乡亲67人，最年长的老人家今年九十岁。",
		"会后大家一起唱了一支渔歌，第二天又请乡亲85人吃饭。",
	}, "\n")
	for name, tt := range map[string]struct {
		hurt  string
		kept  bool
		wrong []string
	}{
		"a reader that swallows": {damage.UTF8AsGBK(page), false, []string{"乡亲5人", "乡亲7人"}},
		"a reader that keeps":    {damage.UTF8AsGBKKept(page), true, nil},
	} {
		got := String(tt.hurt, Options{}).Text
		for _, wrong := range tt.wrong {
			if strings.Contains(got, wrong) {
				t.Errorf("%s: %q stands there without a mark:\n%s", name, wrong, got)
			}
		}
		if strings.Contains(got, "□") == tt.kept {
			t.Errorf("%s:\n%s\nfrom\n%s", name, got, tt.hurt)
		}
	}
}

// One place that looks swallowed among many figures that are whole is more likely a wrong guess than a habit of the
// reader, and the figures get no marks for it.
func TestOneMarkDoesNotSpeakForManyFigures(t *testing.T) {
	t.Parallel()
	kept := damage.UTF8AsGBKKept(strings.Repeat("到场听信的乡亲67人，第二天又请乡亲85人吃饭。\n", 8))
	one := damage.UTF8AsGBK("从桥头到大会馆路宽3公里的路上都点了灯。")
	r := String(kept+one, Options{})
	if strings.Count(r.Text, "乡亲67人") != 8 || strings.Count(r.Text, "□") != 1 {
		t.Errorf("%s", r.Text)
	}
	if r = String(strings.SplitAfter(kept, "\n")[0]+one, Options{}); strings.Contains(r.Text, "乡亲67人") {
		t.Errorf("two figures and a mark: %s", r.Text)
	}
}
