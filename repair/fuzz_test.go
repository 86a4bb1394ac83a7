package repair

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"unsafe"
)

func FuzzString(f *testing.F) {
	// Short pieces: a long input that the fuzzer finds interesting keeps it busy with shortening it.
	for _, text := range readTexts(f, "clean") {
		line, _, _ := strings.Cut(text, "\n")
		f.Add(line, byte(len(line)))
	}
	piece := strings.SplitAfter(readTexts(f, "prose")["clinic-day.hant.txt"], "。")[2]
	for i, k := range kinds() {
		f.Add(k.do(piece, 4), byte(i))
	}
	for _, text := range []string{
		"璁㈤槄", "ä¸\u00adæ–‡", "ÖÐÎÄÍøÕ¾", "強國”?;氐焦ぷ髦?,自己", "鄉會(huì)學(xué)習(xí)會(huì)變?yōu)楝F(xiàn)實", "會\uFFFD議锟斤拷锟斤拷", "??? 近日\n??? 春天", "市.委書.記黨.員", "一國兩製的局麵",
		"鄉會(huì)學(xué)習(xí)會(h", "鄉會（hui） 學（xue） 習（xi） 會", "春，，夏，，秋，，", "燈&amp;#26371;，&amp;amp;#29128;", "f(x),會(一):好?;",
	} {
		f.Add(text, byte(1))
	}
	f.Fuzz(func(t *testing.T, text string, how byte) {
		o := Options{FullWidth: how&1 != 0, ScriptRepair: how&8 != 0}
		switch how >> 1 & 3 {
		case 1:
			o.Script = Traditional
		case 2:
			o.Script = Simplified
		}
		r := String(text, o)
		checkAccount(t, text, r)
		if again := String(r.Text, o); again.Text != r.Text || len(again.Changes) > 0 {
			t.Fatalf("%q was repaired to %q, and that to %q", text, r.Text, again.Text)
		}
		for len(r.Changes) > 0 && len(r.Changes) < 30 {
			r = Undo(r, len(r.Changes)/2)
			checkAccount(t, text, r)
		}
	})
}

// FuzzReader feeds a text in pieces of any size, which must not matter.
func FuzzReader(f *testing.F) {
	f.Add("鄉會(huì)學(xué)習(xí)會(huì)變?yōu)楝F(xiàn)實，", uint16(7))
	f.Add("璁㈤槄\n強國”?;氐焦ぷ髦?,自己", uint16(1))
	f.Fuzz(func(t *testing.T, text string, size uint16) {
		want := String(text, Options{})
		got, err := io.ReadAll(NewReader(&pieces{text, int(size%64) + 1}, Options{}))
		if err != nil || string(got) != want.Text {
			t.Fatalf("%q was read as %q, %v", text, got, err)
		}
	})
}

// pieces hands a text out a few bytes at a time.
type pieces struct {
	rest string
	size int
}

func (p *pieces) Read(b []byte) (n int, err error) {
	if p.rest == "" {
		return 0, io.EOF
	}
	n = copy(b, p.rest[:min(p.size, len(p.rest))])
	p.rest = p.rest[n:]
	return n, nil
}

func TestBytes(t *testing.T) {
	t.Parallel()
	clean := []byte("同鄉會舉辦學習會議")
	if got, changes, losses := Bytes(clean, Options{}); unsafe.SliceData(got) != unsafe.SliceData(clean) || changes != nil || losses != nil {
		t.Errorf("clean bytes became %q, %v, %v", got, changes, losses)
	}
	damaged := []byte("同鄉會(huì)舉辦學(xué)習(xí)會(huì)議")
	got, changes, _ := Bytes(damaged, Options{})
	if !bytes.Equal(got, clean) || len(changes) != 4 {
		t.Errorf("got %q with %d changes", got, len(changes))
	}
}

func TestCleanTextCostsNoMemory(t *testing.T) {
	for name, text := range readTexts(t, "prose") {
		raw := []byte(text)
		if n := testing.AllocsPerRun(10, func() { String(text, Options{}); Bytes(raw, Options{}) }); n > 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

// Text that is made to look damaged everywhere must not cost more than in proportion to its size.
func TestHostileTextIsLinear(t *testing.T) {
	t.Parallel()
	for _, piece := range []string{"會(", "會(huì", "會(huì)", "(((((", ")", "&amp;", "&amp;amp;amp;", "&amp;#x", ",", "，，", "會 ", "會 ，的 ", "?", "\xe6", "\xef\xbc", "會,(", "會)(",
		"?;", "？；", "?會\n", "氐?;", "一?;氐焦ぷ髦?,", "「?!?", "璁㈤槄", "銆?", "\uE000", "\uFFFD", "Ã", "ä¸\u00ad", "é", "ÖÐ", "锟斤拷", "F(xiàn)", "會?yōu)楝",
		"會.議", "??? 會，\n", "いゅ", "笢恅"} {
		text := strings.Repeat(piece, 1<<14/len(piece))
		for _, before := range []string{"", strings.Repeat("同鄉會(huì)舉(jǔ)辦學(xué)習(xí)，", 30)} {
			o := Options{FullWidth: true, ScriptRepair: true}
			checkAccount(t, before+text, String(before+text, o))
		}
	}
	for _, halves := range [][2]string{{"a(", ")會"}, {"(", ")"}, {"　", "會 "}, {" ", "，會 議"}} {
		text := strings.Repeat(halves[0], 1<<16) + strings.Repeat(halves[1], 1<<16)
		checkAccount(t, text, String(text, Options{FullWidth: true}))
	}
}
