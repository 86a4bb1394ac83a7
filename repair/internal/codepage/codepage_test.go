package codepage

import "testing"

func TestPairs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		page *Page
		char rune
		pair int
	}{
		{GBK(), '中', 0xD6D0}, {GBK(), '為', 0x9EE9}, {GBK(), '現', 0xAC46}, {GBK(), '，', 0xA3AC}, {GBK(), '。', 0xA1A3},
		{GBK(), 'ā', 0xA8A1}, {GBK(), 'ü', 0xA8B9}, {GBK(), '\uE383', 0xFBD6}, {GBK(), '\uE000', 0xAAA1}, {GBK(), '\uE4C6', 0xA140},
		{GBK(), '\uE765', 0xA7A0}, {GBK(), '—', 0xA1AA}, {GBK(), '·', 0xA1A4},
		{Big5(), '中', 0xA4A4}, {Big5(), '自', 0xA6DB}, {Big5(), '，', 0xA141}, {Big5(), '。', 0xA143},
	} {
		lead, trail, ok := c.page.Pair(c.char)
		if got := int(lead)<<8 | int(trail); got != c.pair || !ok {
			t.Errorf("%c: %04X, want %04X", c.char, got, c.pair)
		}
		if got := c.page.Char(byte(c.pair>>8), byte(c.pair)); got != c.char {
			t.Errorf("%04X: %c, want %c", c.pair, got, c.char)
		}
	}
	for _, r := range []rune{'a', '😀', -1, '\uE800'} {
		if _, _, ok := GBK().Pair(r); ok {
			t.Errorf("%c has a pair", r)
		}
	}
	for _, pair := range []int{0xA2FE, 0x8020, 0xFFFF, 0x817F} {
		if r := GBK().Char(byte(pair>>8), byte(pair)); r != 0 {
			t.Errorf("%04X stands for %c", pair, r)
		}
	}
}

// A character that has a pair comes back from it.
func TestBothWays(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		page    *Page
		atLeast int
	}{"GBK": {GBK(), 23000}, "Big5": {Big5(), 16000}} {
		n := 0
		for r := range rune(1 << 16) {
			lead, trail, ok := c.page.Pair(r)
			if !ok {
				continue
			}
			n++
			if back := c.page.Char(lead, trail); back != r {
				t.Errorf("%s: %c is %02X%02X, which is %c", name, r, lead, trail, back)
			}
		}
		if n < c.atLeast {
			t.Errorf("%s: %d characters", name, n)
		}
	}
}

func BenchmarkMake(b *testing.B) {
	for b.Loop() {
		gbk := new(Page)
		gbk.read(gbkEncoding, 0x81)
		gbk.definePrivate()
	}
}
