package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/huiguan/huiguan/internal/fault"
)

// bom begins every CSV that is written: without it Excel takes UTF-8 for
// something else.
const bom = "\ufeff"

// readCSV reads lines of text.
func readCSV(data []byte, l Limits) ([]Row, error) {
	text, err := decode(data)
	if err != nil {
		return nil, fault.Because(err, fault.Invalid, "sheet.not_a_sheet", nil)
	}
	if noText(text) {
		return nil, fault.New(fault.Invalid, "sheet.not_a_sheet", nil)
	}
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = -1, true, true
	r.Comma = separator(text)
	c := collector{limits: l}
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return c.rows, nil
		}
		if err != nil {
			return nil, fault.Because(err, fault.Invalid, "sheet.broken", nil)
		}
		line, _ := r.FieldPos(0)
		if err := c.add(line, cells); err != nil {
			return nil, err
		}
	}
}

// separator is what stands between the cells of the first line.
func separator(text string) rune {
	first, _, _ := strings.Cut(text, "\n")
	best, most := ',', 0
	for _, c := range []rune{',', ';', '\t'} {
		if n := strings.Count(first, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

// noText says whether a text is none: pictures and programs have bytes that no
// text has.
func noText(text string) bool {
	return strings.ContainsFunc(text[:min(len(text), 4096)], func(c rune) bool {
		return c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f'
	})
}

// decode turns bytes into UTF-8. Excel writes UTF-16 as "Unicode text", and as
// CSV whatever the machine's own charset is.
func decode(data []byte) (string, error) {
	enc := charset(data)
	if enc == nil {
		return strings.ToValidUTF8(strings.TrimPrefix(string(data), bom), "�"), nil
	}
	out, err := enc.NewDecoder().Bytes(data)
	return strings.TrimPrefix(string(out), bom), err
}

// charset finds a text's charset; nil is UTF-8.
func charset(data []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case bytes.HasPrefix(data, []byte(bom)):
		return nil
	}
	if order, wide := widths(data); wide {
		return unicode.UTF16(order, unicode.IgnoreBOM)
	}
	if utf8.Valid(data) {
		return nil
	}
	gb := plausibility(simplifiedchinese.GB18030, data)
	if big5 := plausibility(traditionalchinese.Big5, data); big5 > gb {
		return traditionalchinese.Big5
	}
	return simplifiedchinese.GB18030
}

// widths says whether every other byte of a text is often zero, as in UTF-16
// without its mark: separators and line ends are enough.
func widths(data []byte) (unicode.Endianness, bool) {
	var zeros [2]int
	for i, c := range data[:min(len(data), 4096)] {
		if c == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case zeros[1] > 4 && zeros[0] == 0:
		return unicode.LittleEndian, true
	case zeros[0] > 4 && zeros[1] == 0:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}

// common are characters that names of associations, places and columns are made
// of, in both scripts.
const common = "會会鄉乡同省市縣县區区鎮镇街道村社家總总聯联合商館馆名稱称類类別别路號号上下級级組组織织電电話话地址編编年月日中文英簡简體体繁東东南西北山江州海石大新華华一二三四五六七八九十時时間间成立狀状態态順顺序"

// plausibility is the share of a text's wide characters that are common, less
// those that are none.
func plausibility(enc encoding.Encoding, data []byte) float64 {
	text, err := enc.NewDecoder().Bytes(data[:min(len(data), 64<<10)])
	if err != nil {
		return -1
	}
	total, score := 0, 0
	for _, c := range string(text) {
		switch {
		case c < utf8.RuneSelf:
			continue
		case c == utf8.RuneError, c >= 0xe000 && c <= 0xf8ff:
			score -= 5
		case strings.ContainsRune(common, c):
			score++
		}
		total++
	}
	return float64(score) / float64(max(total, 1))
}

// CSVType is the content type of what WriteCSV writes.
const CSVType = "text/csv; charset=utf-8"

// WriteCSV writes a table as UTF-8 that Excel knows as such.
func WriteCSV(w io.Writer, rows [][]string) error {
	if _, err := io.WriteString(w, bom); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	for _, row := range rows {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = guarded(cell)
		}
		if err := out.Write(safe); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
