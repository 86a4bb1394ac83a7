package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/huiguan/huiguan/internal/fault"
)

func cells(rows []Row) (out [][]string) {
	for _, r := range rows {
		out = append(out, r.Cells)
	}
	return out
}

func encode(t *testing.T, enc encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := enc.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A table is the same whatever charset and separator it came in.
func TestReadCSV(t *testing.T) {
	t.Parallel()
	hant := "名稱,類別,電話\r\n蘭江市同鄉會,市級組織,+86 000 0000\r\n\r\n鶴山市同鄉會,市級組織,\r\n"
	hans := "名称,类别,电话\r\n兰江市同乡会,市级组织,+86 000 0000\r\n\r\n鹤山市同乡会,市级组织,\r\n"
	wide := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	bare := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	for name, c := range map[string]struct {
		data  []byte
		first string
	}{
		"utf-8":            {[]byte(hant), "蘭江市同鄉會"},
		"utf-8 with mark":  {[]byte(bom + hant), "蘭江市同鄉會"},
		"utf-16":           {encode(t, wide, hant), "蘭江市同鄉會"},
		"utf-16, bare":     {encode(t, bare, hans), "兰江市同乡会"},
		"gb18030":          {encode(t, simplifiedchinese.GB18030, hans), "兰江市同乡会"},
		"gbk, traditional": {encode(t, simplifiedchinese.GBK, hant), "蘭江市同鄉會"},
		"big5":             {encode(t, traditionalchinese.Big5, hant), "蘭江市同鄉會"},
		"semicolons":       {[]byte(strings.ReplaceAll(hant, ",", ";")), "蘭江市同鄉會"},
		"tabs":             {encode(t, wide, strings.ReplaceAll(hans, ",", "\t")), "兰江市同乡会"},
	} {
		rows, err := Read(c.data, Usual())
		if err != nil || len(rows) != 3 {
			t.Errorf("%s: %v %v", name, rows, err)
			continue
		}
		if rows[1].Cell(0) != c.first || rows[1].Cell(2) != "+86 000 0000" || rows[2].Number != 4 || rows[2].Cell(7) != "" {
			t.Errorf("%s: %q", name, cells(rows))
		}
	}
}

// computed says whether some program may take a cell for a formula.
func computed(cell string) bool {
	rest := strings.TrimLeft(cell, " \u00a0\u3000\ufeff")
	return rest != "" && strings.ContainsRune("=+-@\t\r\n|%＝＋－＠", []rune(rest)[0])
}

// What is written is read back as it was, and no cell is a formula.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	table := [][]string{
		{"name", "phone", "note"},
		{"=1+1", "+86 000 0000", "-x"},
		{"@SUM(A1)", "＝1+1", "'=quoted"},
		{"''=twice", "'plain", "a,\"b\"\nc"},
		{"1957-03", "0086000000000001", "蘭江市同鄉會"},
		{"=cmd|' /C calc'!A0", "|x", "%x"},
	}
	var asXLSX, asCSV bytes.Buffer
	if err := WriteXLSX(&asXLSX, "組織：[1]/2", table); err != nil {
		t.Fatal(err)
	}
	if err := WriteCSV(&asCSV, table); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"xlsx": asXLSX.Bytes(), "csv": asCSV.Bytes()} {
		rows, err := Read(data, Usual())
		if err != nil {
			t.Fatal(name, err)
		}
		if diff := cmp.Diff(table, cells(rows)); diff != "" {
			t.Error(name, diff)
		}
	}
	plain, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(asCSV.String(), bom))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range plain {
		for _, cell := range row {
			if computed(cell) {
				t.Errorf("a program may compute %q", cell)
			}
		}
	}
	f, err := excelize.OpenReader(&asXLSX)
	if err != nil {
		t.Fatal(err)
	}
	for i := range table {
		for j := range table[i] {
			at := Name(j, i+1)
			formula, err := f.GetCellFormula(f.GetSheetName(0), at)
			kind, err2 := f.GetCellType(f.GetSheetName(0), at)
			if err != nil || err2 != nil || formula != "" || kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
				t.Errorf("%s: formula %q, type %v, %v %v", at, formula, kind, err, err2)
			}
		}
	}
}

// Dates and long numbers that a program made of what was typed are read as
// people wrote them.
func TestReadTypedCells(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	for at, v := range map[string]any{"A1": 20887, "B1": 8675512345678, "C1": 1957, "D1": true, "A9": "last"} {
		if err := f.SetCellValue("Sheet1", at, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetCellStyle("Sheet1", "A1", "A1", date); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	rows, err := Read(b.Bytes(), Usual())
	if err != nil || len(rows) != 2 || rows[1].Number != 9 {
		t.Fatal(rows, err)
	}
	if diff := cmp.Diff([]string{"1957-03-08", "8675512345678", "1957", "TRUE"}, rows[0].Cells); diff != "" {
		t.Error(diff)
	}
}

// bomb is a workbook whose sheet is n bytes of nothing, of which it admits said.
func bomb(t *testing.T, n int, said uint32) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	zeros := bytes.Repeat([]byte(" "), 1<<20)
	for range n >> 20 {
		if _, err := w.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	data := b.Bytes()
	if said > 0 {
		at := bytes.Index(data, []byte("PK\x01\x02"))
		binary.LittleEndian.PutUint32(data[at+24:], said)
	}
	return data
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	small := Limits{Bytes: 1 << 20, Unzipped: 8 << 20, Rows: 3, Columns: 4, Cell: 10}
	var other bytes.Buffer
	z := zip.NewWriter(&other)
	if _, err := z.Create("word/document.xml"); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"large file":      {bytes.Repeat([]byte("a"), 2<<20), "sheet.too_large"},
		"bomb":            {bomb(t, 128<<20, 0), "sheet.too_large_inside"},
		"bomb that lies":  {bomb(t, 128<<20, 100), "sheet.broken"},
		"old workbook":    {append(bytes.Clone(oleMagic), 0, 0), "sheet.old_or_locked"},
		"another archive": {other.Bytes(), "sheet.not_a_sheet"},
		"cut off":         {[]byte("PK\x03\x04rest"), "sheet.broken"},
		"picture":         {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "sheet.not_a_sheet"},
		"rows":            {[]byte("a\nb\n\nc\nd\n"), "sheet.too_many_rows"},
		"columns":         {[]byte("a,b,c,d,e\n"), "sheet.too_many_columns"},
		"cell":            {[]byte("a\nb,01234567890\n"), "sheet.cell_too_long"},
	} {
		_, err := Read(c.data, small)
		if e := fault.As(err); e == nil || e.Key != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
		if e := fault.As(err); e != nil && c.want == "sheet.cell_too_long" && e.Args["cell"] != "B2" {
			t.Errorf("%s: %v", name, e.Args)
		}
	}
	if rows, err := Read(nil, small); err != nil || len(rows) != 0 {
		t.Errorf("nothing: %v %v", rows, err)
	}
}

// A few bytes that stand for very many rows and cells cost little time.
func TestReadSparse(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	for _, at := range []string{"A1", "A1048576"} {
		if err := f.SetCellValue("Sheet1", at, at); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	rows, err := Read(b.Bytes(), Usual())
	if err != nil || len(rows) != 2 || rows[1].Number != 1_048_576 {
		t.Errorf("%v %v", len(rows), err)
	}
	c := collector{limits: Limits{Rows: 100, Columns: 100, Cell: 100}}
	if err := c.add(1, make([]string, 16_384)); fault.As(err) == nil {
		t.Errorf("%v", err)
	}
}

func TestName(t *testing.T) {
	t.Parallel()
	for want, at := range map[string][2]int{"A1": {0, 1}, "Z2": {25, 2}, "AA3": {26, 3}, "BA10": {52, 10}} {
		if got := Name(at[0], at[1]); got != want {
			t.Errorf("%v: %s, want %s", at, got, want)
		}
	}
}

// Whatever is read keeps the limits, and survives being written.
func FuzzRead(f *testing.F) {
	var x bytes.Buffer
	if err := WriteXLSX(&x, "t", [][]string{{"a", "b"}, {"=1", "鄉"}}); err != nil {
		f.Fatal(err)
	}
	f.Add(x.Bytes())
	f.Add([]byte("名稱,類別\r\n\"a\"\"b\",'=1\r\n"))
	f.Add([]byte("\xff\xfea\x00,\x00b\x00"))
	f.Add([]byte("\xc3\xfb\xb3\xc6;a\n"))
	l := Limits{Bytes: 64 << 10, Unzipped: 1 << 20, Rows: 50, Columns: 20, Cell: 200}
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := Read(data, l)
		if err != nil {
			if fault.As(err) == nil {
				t.Fatalf("an error that says nothing: %v", err)
			}
			return
		}
		for _, r := range rows {
			for _, cell := range r.Cells {
				if len(rows) > l.Rows || len(r.Cells) > l.Columns || len(cell) > l.Cell*3 {
					t.Fatalf("%d rows, %d cells, %d bytes", len(rows), len(r.Cells), len(cell))
				}
			}
		}
		var b bytes.Buffer
		if err := WriteCSV(&b, append([][]string{{"head", "head"}}, cells(rows)...)); err != nil {
			t.Fatal(err)
		}
		again, err := Read(b.Bytes(), Limits{Bytes: 1 << 30, Rows: 100, Columns: 100, Cell: 1 << 20})
		if err != nil || fmt.Sprint(cells(again)[1:]) != fmt.Sprint(cells(rows)) && !strings.ContainsAny(fmt.Sprint(cells(rows)), "\r'") {
			t.Fatalf("%q became %q: %v", cells(rows), cells(again), err)
		}
	})
}

// Whatever stands in a cell, no program reads a formula, a further cell or a
// further row.
func FuzzWriteCSV(f *testing.F) {
	for _, s := range []string{"", "=1", "a\r\nb", `"`, "\ufeff=1", "\u3000+1", "＠x", "\xff=", "\x00=1", "\xef\xbb\r\xbf=7", "\r=1", "' =1"} {
		f.Add(s, "x")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		var out bytes.Buffer
		if err := WriteCSV(&out, [][]string{{a, b}, {"end"}}); err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), bom)))
		r.FieldsPerRecord = -1
		rows, err := r.ReadAll()
		if err != nil || len(rows) != 2 || len(rows[0]) != 2 || rows[1][0] != "end" {
			t.Fatalf("%q: %v", rows, err)
		}
		if computed(rows[0][0]) || computed(rows[0][1]) {
			t.Fatalf("a program may compute %q", rows[0])
		}
	})
}
