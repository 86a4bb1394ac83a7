package channel

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// read opens a sheet as a program would.
func read(t *testing.T, b []byte) [][]string {
	t.Helper()
	text, ok := strings.CutPrefix(string(b), "\ufeff")
	if !ok {
		t.Fatal("no mark of UTF-8")
	}
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestSheet(t *testing.T) {
	t.Parallel()
	in := [][]string{
		{"名稱", "地址", "電話"},
		{`瀾江“鄉親之家”`, "東岸路18號, \"二樓\"", "0750-000 000"},
		{"=cmd|' /C calc'!A0", "+86 750", "-1+1"},
		{"@SUM(1)", "\t=1", " =1"},
		{"＝1", "|x", "%x"},
		{"a=b", "1-2", ""},
	}
	want := [][]string{
		in[0], in[1], {"'=cmd|' /C calc'!A0", "'+86 750", "'-1+1"}, {"'@SUM(1)", "'\t=1", "' =1"}, {"'＝1", "'|x", "'%x"}, in[5],
	}
	b, err := Sheet(in)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, read(t, b)); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(string(b), "\r\n") {
		t.Error("lines end as spreadsheets expect")
	}
}

// Whatever stands in a cell, no program reads a formula, a further cell or a
// further row.
func FuzzSheet(f *testing.F) {
	for _, s := range []string{"", "=1", "a\r\nb", `"`, "\ufeff=1", "\u3000+1", "＠x", "\xff=", "\x00=1", "\xef\xbb\r\xbf=7", "\r=1"} {
		f.Add(s, "x")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		out, err := Sheet([][]string{{a, b}, {"end"}})
		if err != nil {
			t.Fatal(err)
		}
		rows := read(t, out)
		if len(rows) != 2 || len(rows[0]) != 2 || rows[1][0] != "end" {
			t.Fatalf("%q", rows)
		}
		for _, cell := range rows[0] {
			if rest := strings.TrimLeft(cell, " \u00a0\u3000\ufeff"); rest != "" && strings.ContainsRune(formulas, []rune(rest)[0]) {
				t.Fatalf("%q is a formula", cell)
			}
		}
	})
}
