package han_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/han"
)

func TestSyllables(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"": "", "橋頭": "qiao,tou", "番禺區": "pan,yu,qu", "柳塘村“鄉親之家”": "liu,tang,cun,,xiang,qin,zhi,jia,", "a 茶 b": ",cha,", "A": "",
	} {
		if got := strings.Join(han.Syllables(in), ","); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

func TestSoundAlikes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		wrote, meant rune
		same         bool
	}{
		{'迷', '谜', true}, {'謎', '迷', true}, {'座', '坐', true}, {'淡', '谈', false}, {'蓝', '澜', true}, {'南', '兰', false},
		{'身', '生', false}, {'成', '称', true}, {'陈', '程', false}, {'會', '惠', true}, {'飛', '灰', false},
	} {
		same, near := han.SoundAlikes(tt.wrote)
		in := near
		if tt.same {
			in = same
		}
		if !slices.Contains(in, tt.meant) {
			t.Errorf("%c is not among those like %c: %s, %s", tt.meant, tt.wrote, string(same), string(near))
		}
		if slices.Contains(same, tt.wrote) || len(same)+len(near) > 1200 {
			t.Errorf("%c: %d and %d", tt.wrote, len(same), len(near))
		}
	}
	if same, near := han.SoundAlikes('x'); len(same)+len(near) > 0 {
		t.Errorf("x sounds like %s %s", string(same), string(near))
	}
}
