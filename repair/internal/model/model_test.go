package model

import (
	"math"
	"testing"
)

func TestSymbol(t *testing.T) {
	t.Parallel()
	for r, want := range map[rune]rune{
		'會': '会', '会': '会', ',': '，', '(': '（', 'x': 'a', 'Ｚ': 'a', '7': '0', '「': '“', '’': '”', '\u3000': ' ', '\n': '\n', '一': '一', '😀': Other,
	} {
		if got := Symbol(r); rune(got) != want {
			t.Errorf("%c: %c, want %c", r, got, want)
		}
	}
}

// A digit tells what it counts, so that 日 follows in 10月18 and seldom in 第18.
func TestDigitsOfDates(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"年10": "年22", "月18": "月11", "第18": "第00", "ab": "aa"} {
		var got []rune
		before := uint16('\n')
		for _, r := range text {
			before = Behind(before, r)
			got = append(got, rune(before))
		}
		if string(got) != want {
			t.Errorf("%s: %s, want %s", text, string(got), want)
		}
	}
	if Score("第18人，", Hant) < Score("第18日，", Hant) || Score("10月18人，", Hant) > Score("10月18日，", Hant) {
		t.Error("人 and 日 are not told apart behind digits")
	}
}

// What people write is likelier than the same characters in another order, and than rare characters.
func TestScorePrefersText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ likely, unlikely string }{
		{"中文信息", "息文中信"},
		{"回到工作中，", "回到工作主，"},
		{"訂閱", "訂月"},
		{"订阅", "璁㈤槄"},
		{"同鄉會舉辦學習會議。", "鄉同辦會習學議舉會。"},
		{"興起熱潮，", "興起熱敝，"},
	} {
		if a, b := Score(c.likely, Unknown), Score(c.unlikely, Unknown); a <= b {
			t.Errorf("%s has %.1f nats, %s %.1f", c.likely, a, c.unlikely, b)
		}
	}
}

func TestForms(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ hant, hans rune }{{'會', '会'}, {'學', '学'}, {'發', '发'}} {
		if Form(c.hant, Hant) < Form(c.hans, Hant)+3 || Form(c.hans, Hans) < Form(c.hant, Hans)+3 {
			t.Errorf("%c and %c are not told apart", c.hant, c.hans)
		}
	}
	if Form('中', Hant) < -0.2 || Form('a', Hant) != 0 {
		t.Error("characters with one form are held against a text")
	}
	if f := Form('會', Unknown); f < -0.2 {
		t.Errorf("會 on a page of no script: %.1f", f)
	}
}

func TestIsWord(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]bool{"市委": true, "书记": true, "文市": false, "委": false} {
		var symbols []uint16
		for _, r := range word {
			symbols = append(symbols, Symbol(r))
		}
		if got := IsWord(symbols...); got != want {
			t.Errorf("%s: %v", word, got)
		}
	}
}

func TestPackAndFind(t *testing.T) {
	t.Parallel()
	entries := make(map[uint64]byte)
	var order []uint64
	for i := range uint64(5000) {
		entries[i*i] = byte(i)
		order = append(order, i*i)
	}
	tab := table(Pack(entries, order))
	wrong := 0
	for i := range uint64(5000) {
		if v, ok := tab.find(i * i); !ok || v != byte(i) {
			t.Fatalf("%d: %d, %v", i*i, v, ok)
		}
		if _, ok := tab.find(i*i + 1<<40); ok {
			wrong++
		}
	}
	if wrong > 5 {
		t.Errorf("%d of 5000 keys that are not there were found", wrong)
	}
	if _, ok := table(Pack(nil, nil)).find(7); ok {
		t.Error("an empty table has something")
	}
}

func TestLogOf(t *testing.T) {
	t.Parallel()
	for _, x := range []float64{1e-30, 1e-8, 0.01, 0.3, 0.5, 0.75, 1, 1.1, 1.5, 1.99, 2, 1000} {
		if got, want := float64(logOf(float32(x))), math.Log(x); math.Abs(got-want) > 0.01 {
			t.Errorf("log %g is %.4f, want %.4f", x, got, want)
		}
	}
}

func TestQuantum(t *testing.T) {
	t.Parallel()
	for _, want := range []float64{0, -0.5, -3.25, -20} {
		if got := float64(nats(Quantum(want))); math.Abs(got-want) > 0.05 {
			t.Errorf("%.2f came back as %.2f", want, got)
		}
	}
	if Quantum(-100) != 255 || Quantum(3) != 0 {
		t.Error("what is out of range is not cut off")
	}
}

func TestTablesFitTheirBudget(t *testing.T) {
	t.Parallel()
	if n := len(pairs) + len(words) + len(forms); n > 1_000_000 || n < 100_000 {
		t.Errorf("%d bytes of tables", n)
	}
}

func BenchmarkScore(b *testing.B) {
	text := "雲溪縣同鄉會在老街舉辦元宵燈會，縣裡十二個鄉鎮的同鄉會、婦女會和青年會都送來了自己紮的花燈。"
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Score(text, Hant)
	}
}
