// Package sheet reads and writes tables of plain text: XLSX and CSV.
//
// The idea: a table is rows of texts, whatever program made it. Read finds out by
// itself what it was given: a workbook, of which the first sheet counts, or lines
// of text in one of the charsets that spreadsheets write. Everything is bounded
// before it is opened, so that a small file cannot become a large one in memory.
// What is written can be opened anywhere without a cell becoming a formula, and
// is read back as it was.
//
// The package stores nothing and knows nothing of what the cells mean.
package sheet

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/internal/fault"
)

// Limits bound what Read takes in.
type Limits struct {
	Bytes    int64 // of the file
	Unzipped int64 // of all that a workbook holds
	Rows     int   // that hold something
	Columns  int
	Cell     int // bytes of one cell
}

// Usual are limits with room for a large federation.
func Usual() Limits {
	return Limits{Bytes: 5 << 20, Unzipped: 32 << 20, Rows: 20_000, Columns: 100, Cell: 4096}
}

// Row is a row that holds something.
type Row struct {
	Number int // as a spreadsheet counts it: the first is 1
	Cells  []string
}

// Cell is the text in a column, "" where the row is shorter.
func (r Row) Cell(column int) string {
	if column < 0 || column >= len(r.Cells) {
		return ""
	}
	return r.Cells[column]
}

// Name is what a spreadsheet calls a cell: B7. Columns count from 0.
func Name(column, row int) string {
	name := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name + strconv.Itoa(row)
}

var (
	zipMagic = []byte("PK\x03\x04")
	oleMagic = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
)

// Read reads a table. Rows without content are left out, and so is white space
// around a text.
func Read(data []byte, l Limits) ([]Row, error) {
	switch {
	case int64(len(data)) > l.Bytes:
		return nil, fault.New(fault.TooLarge, "sheet.too_large", fault.Args{"max": l.Bytes >> 20})
	case bytes.HasPrefix(data, zipMagic):
		return readXLSX(data, l)
	case bytes.HasPrefix(data, oleMagic):
		return nil, fault.New(fault.Invalid, "sheet.old_or_locked", nil)
	}
	return readCSV(data, l)
}

// collector gathers rows and keeps the limits.
type collector struct {
	limits Limits
	rows   []Row
	seen   int // cells, empty ones among them: a few bytes can stand for a wide row
}

// add takes a row in, or says which limit it breaks.
func (c *collector) add(number int, cells []string) error {
	if c.seen += len(cells); c.seen > c.limits.Rows*c.limits.Columns {
		return fault.New(fault.TooLarge, "sheet.too_many_columns", fault.Args{"max": c.limits.Columns})
	}
	out, last := make([]string, len(cells)), 0
	for i, cell := range cells {
		if len(cell) > c.limits.Cell {
			return fault.New(fault.TooLarge, "sheet.cell_too_long", fault.Args{"cell": Name(i, number), "max": c.limits.Cell})
		}
		if out[i] = clean(cell); out[i] != "" {
			last = i + 1
		}
	}
	switch {
	case last == 0:
		return nil
	case last > c.limits.Columns:
		return fault.New(fault.TooLarge, "sheet.too_many_columns", fault.Args{"max": c.limits.Columns})
	case len(c.rows) == c.limits.Rows:
		return fault.New(fault.TooLarge, "sheet.too_many_rows", fault.Args{"max": c.limits.Rows})
	}
	c.rows = append(c.rows, Row{Number: number, Cells: out[:last]})
	return nil
}

// Keep checks rows that were read before, and went through somebody's hands, by
// the same limits.
func (l Limits) Keep(rows []Row) ([]Row, error) {
	c := collector{limits: l}
	for _, r := range rows {
		if err := c.add(r.Number, r.Cells); err != nil {
			return nil, err
		}
	}
	return c.rows, nil
}

// clean is a cell's text without what nobody sees, and without the mark that
// keeps it from being a formula.
func clean(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "�")
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\x00", ""), "\r\n", "\n")
	s = strings.TrimFunc(s, blank)
	if bare, marked := strings.CutPrefix(s, "'"); marked && risky(s) {
		s = strings.TrimFunc(bare, blank)
	}
	return s
}

// blank says whether a character at the end of a cell is there by accident: a
// space of any width, a mark of the byte order.
func blank(c rune) bool {
	switch c {
	case ' ', '\t', '\r', '\n', '\u00a0', '\u3000', '\ufeff', '\u200b':
		return true
	}
	return false
}

// risky says whether a spreadsheet may take a text for a formula, whatever nobody
// sees or marks against that stand before it. East Asian editions read the wide
// signs too.
func risky(s string) bool {
	c, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "' \u00a0\u3000\ufeff"))
	return strings.ContainsRune("=+-@\t\r\n|%＝＋－＠", c)
}

// guarded is a text that no spreadsheet takes for a formula.
func guarded(s string) string {
	// The writer drops carriage returns: what they parted must not become one character.
	s = strings.ToValidUTF8(strings.NewReplacer("\x00", "", "\r", "").Replace(s), "\ufffd")
	if risky(s) {
		return "'" + s
	}
	return s
}
