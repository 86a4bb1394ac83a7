package repair

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDifference(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, from, to string
		want           []string
	}{
		{"one character", "會議", "会議", []string{"會>会"}},
		{"each for itself", "會議a學習", "会议a学习", []string{"會>会", "議>议", "學>学", "習>习"}},
		{"bytes that are no text", "\xff會\xe6", "\xff会\xe6", []string{"會>会"}},
		{"another width", "𠀀會", "万會", []string{"𠀀>万"}},
		{"another number", "頭計算機尾", "頭電腦尾", []string{"計算機>電腦"}},
		{"characters that begin alike", "會會議", "會議", []string{"會>"}},
	} {
		var got []string
		for _, e := range difference(c.from, c.to) {
			got = append(got, c.from[e.start:e.end]+">"+e.after)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// A conversion beside a repair stays a change of its own, so that either can be taken back.
func TestConversionKeepsTheCounts(t *testing.T) {
	t.Parallel()
	text := "雲溪縣同鄉會(huì)舉辦學(xué)習(xí)會(huì)議"
	r := String(text, Options{Script: Simplified})
	checkAccount(t, text, r)
	want := map[Class]int{PinyinAnnotation: 4, ScriptConversion: 10}
	if diff := cmp.Diff(want, r.Counts()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", r.Text, diff)
	}
}
