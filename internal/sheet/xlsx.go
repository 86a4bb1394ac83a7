package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/huiguan/huiguan/internal/fault"
)

// The bounds of a workbook's parts, beside Limits.
const (
	maxParts   = 1000
	maxStrings = 16 << 20 // the table of texts costs a multiple of its size
	maxGap     = 1 << 20  // rows that a sheet may have at all
)

// readXLSX reads a workbook's first sheet.
func readXLSX(data []byte, l Limits) (_ []Row, err error) {
	if err := checkZip(data, l); err != nil {
		return nil, err
	}
	// The reader is thorough and large; a file that breaks it must not break us.
	defer func() {
		if r := recover(); r != nil {
			err = fault.Because(fmt.Errorf("sheet: %v", r), fault.Invalid, "sheet.broken", nil)
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: l.Unzipped, UnzipXMLSizeLimit: l.Unzipped, ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd",
	})
	if err != nil {
		return nil, fault.Because(err, fault.Invalid, "sheet.broken", nil)
	}
	defer f.Close() //nolint:errcheck // it was only read
	names := f.GetSheetList()
	if len(names) == 0 {
		return nil, fault.New(fault.Invalid, "sheet.broken", nil)
	}
	return rowsOf(f, names[0], l)
}

// rowsOf reads one sheet.
func rowsOf(f *excelize.File, name string, l Limits) ([]Row, error) {
	rows, err := f.Rows(name)
	if err != nil {
		return nil, fault.Because(err, fault.Invalid, "sheet.broken", nil)
	}
	defer rows.Close() //nolint:errcheck // it was only read
	c := collector{limits: l}
	for number := 1; rows.Next() && number <= maxGap; number++ {
		cells, err := rows.Columns()
		if err != nil {
			return nil, fault.Because(err, fault.Invalid, "sheet.broken", nil)
		}
		if err := c.add(number, cells); err != nil {
			return nil, err
		}
	}
	if err := rows.Error(); err != nil {
		return nil, fault.Because(err, fault.Invalid, "sheet.broken", nil)
	}
	return c.rows, nil
}

// checkZip refuses an archive that would become too large, by what it says of
// itself: one that says too little is cut off where it said it would end.
func checkZip(data []byte, l Limits) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return fault.Because(err, fault.Invalid, "sheet.broken", nil)
	}
	if len(z.File) > maxParts {
		return fault.New(fault.TooLarge, "sheet.too_large_inside", nil)
	}
	var total uint64
	workbook := false
	for _, part := range z.File {
		total += part.UncompressedSize64
		name := strings.ToLower(strings.ReplaceAll(part.Name, `\`, "/"))
		workbook = workbook || strings.HasSuffix(name, ".xml") && strings.HasPrefix(name, "xl/")
		if part.UncompressedSize64 > uint64(l.Unzipped) || total > uint64(l.Unzipped) ||
			strings.HasSuffix(name, "sharedstrings.xml") && part.UncompressedSize64 > maxStrings {
			return fault.New(fault.TooLarge, "sheet.too_large_inside", nil)
		}
	}
	if !workbook {
		return fault.New(fault.Invalid, "sheet.not_a_sheet", nil)
	}
	return nil
}

// WriteXLSX writes a table as a workbook of one sheet: the first row stands still
// and says what the columns are. Every cell is text and stays text, so that a
// program neither computes it nor makes a date or a number of it.
func WriteXLSX(w io.Writer, title string, rows [][]string) (err error) {
	defer fault.Wrap(&err, "sheet.WriteXLSX")
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // it lives in memory
	name := f.GetSheetName(0)
	if title != "" {
		name = sheetName(title)
		if err := f.SetSheetName(f.GetSheetName(0), name); err != nil {
			return err
		}
	}
	const text = 49 // the number of the format "@"
	body, err := f.NewStyle(&excelize.Style{NumFmt: text, Alignment: &excelize.Alignment{Vertical: "top"}})
	if err != nil {
		return err
	}
	head, err := f.NewStyle(&excelize.Style{NumFmt: text, Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	out, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := frame(out, rows, body); err != nil {
		return err
	}
	for i, row := range rows {
		style := body
		if i == 0 {
			style = head
		}
		cells := make([]any, len(row))
		for j, cell := range row {
			cells[j] = excelize.Cell{StyleID: style, Value: marked(cell)}
		}
		if err := out.SetRow(fmt.Sprintf("A%d", i+1), cells); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}

// frame keeps the first row in sight, gives columns a width by what they hold
// and makes cells that are still empty text, too.
func frame(out *excelize.StreamWriter, rows [][]string, body int) error {
	if len(rows) == 0 {
		return nil
	}
	for j := range rows[0] {
		width := 8
		for _, row := range rows[:min(len(rows), 200)] {
			if j < len(row) {
				width = max(width, min(wide(row[j])+2, 40))
			}
		}
		if err := out.SetColStyle(j+1, j+1, body); err != nil {
			return err
		}
		if err := out.SetColWidth(j+1, j+1, float64(width)); err != nil {
			return err
		}
	}
	return out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

// wide is the width of a text in letters; a Chinese character takes two.
func wide(s string) int {
	n := 0
	for _, c := range s {
		n++
		if c >= 0x2e80 {
			n++
		}
	}
	return n
}

// marked is a text as a cell of a workbook has it. Its type keeps it from being a
// formula; only what looks marked already needs a further mark, to be read back.
func marked(s string) string {
	if strings.HasPrefix(s, "'") {
		return guarded(s)
	}
	return s
}

// sheetName is a title as a sheet may be called.
func sheetName(title string) string {
	title = strings.Map(func(c rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, c) || c < ' ' {
			return -1
		}
		return c
	}, title)
	for utf8.RuneCountInString(title) > 31 {
		_, size := utf8.DecodeLastRuneInString(title)
		title = title[:len(title)-size]
	}
	if title == "" {
		return "1"
	}
	return title
}
