package damage

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"github.com/huiguan/huiguan/repair/internal/codepage"
)

// UTF8AsLatin1 reads UTF-8 as ISO 8859-1, a character for each byte.
func UTF8AsLatin1(text string) string { return latin1([]byte(text)) }

// UTF8AsCP1252 reads UTF-8 as browsers read windows-1252, which give the five bytes without a character
// as controls.
func UTF8AsCP1252(text string) string { return cp1252([]byte(text), false) }

// UTF8AsCP1252Lossy is UTF8AsCP1252 for a reader that has U+FFFD for the five bytes.
func UTF8AsCP1252Lossy(text string) string { return cp1252([]byte(text), true) }

// GBKAsLatin1 reads GBK as ISO 8859-1.
func GBKAsLatin1(text string) string { return latin1(EncodeGBK(text)) }

// Big5AsLatin1 reads Big5 as ISO 8859-1.
func Big5AsLatin1(text string) string { return latin1(EncodeBig5(text)) }

// UTF8AsGBK reads each line of UTF-8 as GBK.
func UTF8AsGBK(text string) string {
	return eachLine(text, func(s string) string { return Mirror{}.decode([]byte(s)) })
}

// UTF8AsGBKKept is UTF8AsGBK for a reader that keeps an ASCII character behind a lone byte.
func UTF8AsGBKKept(text string) string {
	return eachLine(text, func(s string) string { return Mirror{KeepSwallow: true}.decode([]byte(s)) })
}

// Big5AsGBK reads each line of Big5 as GBK.
func Big5AsGBK(text string) string {
	return eachLine(text, func(s string) string { return Mirror{}.decode(EncodeBig5(s)) })
}

// GBKAsBig5 reads each line of GBK as Big5.
func GBKAsBig5(text string) string {
	return eachLine(text, func(s string) string { return decoded(traditionalchinese.Big5, EncodeGBK(s)) })
}

// GBKAsUTF8 reads GBK as UTF-8, a U+FFFD for each byte that is none: most of it is lost for good.
func GBKAsUTF8(text string) string { return string([]rune(string(EncodeGBK(text)))) }

// Kunjinkao is what GBKAsUTF8 becomes when its UTF-8 is read as GBK once more: 锟斤拷.
func Kunjinkao(text string) string { return decoded(simplifiedchinese.GBK, []byte(GBKAsUTF8(text))) }

// QuestionMarks writes a text in a charset that has none of its characters.
func QuestionMarks(text string) string {
	return strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf {
			return r
		}
		return '?'
	}, HalfWidth(text))
}

func latin1(raw []byte) string {
	runes := make([]rune, len(raw))
	for i, b := range raw {
		runes[i] = rune(b)
	}
	return string(runes)
}

func cp1252(raw []byte, lossy bool) string {
	runes := make([]rune, len(raw))
	for i, b := range raw {
		switch r := charmap.Windows1252.DecodeByte(b); {
		case r == utf8.RuneError || r >= 0x80 && r < 0xA0:
			runes[i] = rune(b)
			if lossy {
				runes[i] = utf8.RuneError
			}
		default:
			runes[i] = r
		}
	}
	return string(runes)
}

func decoded(e encoding.Encoding, raw []byte) string {
	out, err := e.NewDecoder().Bytes(raw)
	if err != nil { // x/text replaces what it cannot decode
		panic("damage: " + err.Error())
	}
	return string(out)
}

func eachLine(text string, do func(string) string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = do(line)
	}
	return strings.Join(lines, "\n")
}

// Convertible says whether a charset that a text passes through has all of its characters.
func Convertible(text string, big5 bool) bool {
	page := codepage.GBK()
	if big5 {
		page = codepage.Big5()
	}
	for _, r := range text {
		if _, _, ok := page.Pair(r); !ok && r >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
