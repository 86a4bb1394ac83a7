package channel

import (
	"bytes"
	"encoding/csv"
	"strings"
)

// SheetType is the content type of a sheet.
const SheetType = "text/csv; charset=utf-8"

// Sheet writes a table as comma-separated values that spreadsheets open as they
// are: UTF-8 with the mark by which they know it, and no cell a formula.
func Sheet(rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = plainCell(cell)
		}
		if err := w.Write(cells); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// formulas are the characters with which a spreadsheet's formula may begin, in
// the wide forms too, which some take for the same.
const formulas = "=+-@\t\r\n|%＝＋－＠"

// plainCell puts an apostrophe before what a spreadsheet would calculate: an
// entry of a table is text, whoever wrote it.
func plainCell(s string) string {
	// The writer drops carriage returns: what they parted must not become one here.
	s = strings.ToValidUTF8(strings.NewReplacer("\x00", "", "\r", "").Replace(s), "\ufffd")
	rest := strings.TrimLeft(s, " \u00a0\u3000\ufeff")
	if rest == "" || !strings.ContainsRune(formulas, []rune(rest)[0]) {
		return s
	}
	return "'" + s
}
