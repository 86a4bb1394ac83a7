package han

import "testing"

func TestPageTable(t *testing.T) {
	t.Parallel()
	table := newPageTable[uint16]()
	for _, r := range []rune{0, 'a', 0xFF, 0x100, '會', 0x10FFFF} {
		if got := table.at(r); got != 0 {
			t.Errorf("before it is set: %U is %d", r, got)
		}
		table.set(r, uint16(r)|1)
	}
	for _, r := range []rune{0, 'a', 0xFF, 0x100, '會', 0x10FFFF} {
		if got := table.at(r); got != uint16(r)|1 {
			t.Errorf("%U is %d", r, got)
		}
	}
	if got := table.at('館'); got != 0 {
		t.Errorf("a neighbour is %d", got)
	}
}

// The program grows by what is embedded here.
func TestTablesStaySmall(t *testing.T) {
	t.Parallel()
	total := 0
	for _, name := range []string{"fold", "chars", "hant", "hans", "pinyin"} {
		data, err := packed.ReadFile("data/" + name + ".bin")
		if err != nil {
			t.Fatal(err)
		}
		total += len(data)
	}
	total += len(surnameList)
	if total > 700_000 {
		t.Errorf("the tables take %d bytes", total)
	}
}

func TestTablesAreReadToTheEnd(t *testing.T) {
	t.Parallel()
	in := openTable("chars")
	for range 4 {
		in.pairs()
	}
	if len(in.buf) != 0 {
		t.Errorf("%d bytes are left of chars", len(in.buf))
	}
	if n := len(hantPhrases[Taiwan]().list); n < 40_000 {
		t.Errorf("only %d phrases", n)
	}
}

func TestDamagedTableStops(t *testing.T) {
	t.Parallel()
	for _, read := range []func(*reader){func(r *reader) { r.uint() }, func(r *reader) { r.sint() }} {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("reading beyond the end went on")
				}
			}()
			read(&reader{})
		}()
	}
}
