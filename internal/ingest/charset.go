package ingest

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/huiguan/huiguan/internal/fault"
)

// decoded is a file's text and how it was read from its bytes.
type decoded struct {
	text    string
	charset string
	invalid int // bytes that were no text in that charset
}

// decode turns a file's bytes into text, in the order in which browsers decide:
// byte order mark, declaration (not in plain text), then what the bytes look like.
func decode(data []byte, format Format) (decoded, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return decoded{}, fault.New(fault.Invalid, "ingest.empty", nil)
	}
	enc, name := byOrderMark(data)
	if enc == nil && binary(data) {
		return decoded{}, fault.New(fault.Invalid, "ingest.binary", nil)
	}
	if enc == nil && format == FormatHTML {
		enc, name = declared(data)
	} else if m := declaredXML.FindSubmatch(data[:min(len(data), 400)]); enc == nil && format != FormatText && m != nil {
		enc, name = named(data, string(m[1]))
	}
	if enc == nil {
		enc, name = guess(data)
	}
	text, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return decoded{}, fault.Because(err, fault.Invalid, "ingest.binary", nil)
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	d := decoded{text: string(text), charset: name}
	if bytes.Contains(text, []byte("\ufffd")) {
		d.invalid = strings.Count(d.text, "\ufffd") - bytes.Count(data, []byte("\ufffd"))
	}
	return d, nil
}

// byOrderMark reads a byte order mark.
func byOrderMark(data []byte) (encoding.Encoding, string) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return unicode.UTF8, "utf-8"
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf-16le"
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "utf-16be"
	}
	return nil, ""
}

// binary says whether the bytes are no text at all: text in any charset we read
// has no control bytes but line ends, tabs and the odd stray one.
func binary(data []byte) bool {
	head := data[:min(len(data), 64<<10)]
	control := 0
	for _, c := range head {
		if c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' {
			control++
		}
	}
	return control*50 > len(head)
}

// declared is the charset that an HTML page names, unless the bytes are plainly
// UTF-8: a wrong declaration is the commonest fault of a page that was moved.
func declared(data []byte) (encoding.Encoding, string) {
	enc, name, certain := charset.DetermineEncoding(data[:min(len(data), 4096)], "")
	if !certain || name == "utf-8" || name == "windows-1252" {
		return nil, ""
	}
	if utf8.Valid(data) && !ascii(data) {
		return nil, ""
	}
	if name == "gbk" {
		enc = simplifiedchinese.GB18030 // the same where GBK is defined, and more
	}
	return enc, name
}

// named is the charset of that name, unless the bytes are plainly UTF-8.
func named(data []byte, label string) (encoding.Encoding, string) {
	enc, name := charset.Lookup(label)
	if enc == nil || name == "utf-8" || utf8.Valid(data) {
		return nil, ""
	}
	if name == "gbk" {
		enc = simplifiedchinese.GB18030
	}
	return enc, name
}

// guess decides between UTF-8, GB18030 and Big5 by what the bytes make.
func guess(data []byte) (encoding.Encoding, string) {
	if utf8.Valid(data) || mostlyUTF8(data) {
		return unicode.UTF8, "utf-8"
	}
	sample := data[:min(len(data), 64<<10)]
	gb := plausibility(simplifiedchinese.GB18030, sample)
	big5 := plausibility(traditionalchinese.Big5, sample)
	if big5 > gb {
		return traditionalchinese.Big5, "big5"
	}
	return simplifiedchinese.GB18030, "gb18030"
}

// mostlyUTF8 says whether the bytes are UTF-8 with some damage: many whole
// characters of three bytes, which other charsets make only by accident.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size <= 1:
			bad++
		case size > 2:
			good++
		}
		data = data[size:]
	}
	return good > 10*bad
}

func ascii(data []byte) bool {
	for _, c := range data {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// common are characters and marks that every page of Chinese has, in both
// scripts; a wrong charset makes hardly any of them.
const common = "的一是在不了有和人這这中大為为上個个國国我以要他時时來来用們们到作地於于出就分對对成會会可主發发年動动同工也能下過过子說说產产種种面而方後后多定行學学法所民得經经三日月家鄉乡，。、：；“”「」（）　"

// plausibility is the share of a sample's non-ASCII characters that are common,
// less those that are no characters at all.
func plausibility(enc encoding.Encoding, sample []byte) float64 {
	text, err := enc.NewDecoder().Bytes(sample)
	if err != nil {
		return -1
	}
	total, score := 0, 0
	for _, r := range string(text) {
		switch {
		case r < utf8.RuneSelf:
			continue
		case r == utf8.RuneError, r >= 0xe000 && r <= 0xf8ff:
			score -= 5
		case strings.ContainsRune(common, r):
			score++
		}
		total++
	}
	if total == 0 {
		return 0
	}
	return float64(score) / float64(total)
}
