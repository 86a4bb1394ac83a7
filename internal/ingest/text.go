package ingest

import (
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/internal/markup"
)

// textBlocks reads plain text: every line that is not empty is a paragraph,
// except that hard-wrapped lines are joined, a line that only says 圖片 is the
// place of a picture, and `圖片：lanterns.jpg 江邊掛起三百盞燈` is that picture.
func textBlocks(text string) []markup.Block {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	var blocks []markup.Block
	for group := range strings.SplitSeq(text, "\n\n") {
		for _, line := range unwrap(strings.Split(group, "\n")) {
			if line = trim(line); line == "" {
				continue
			}
			if pictureLine(line) {
				blocks = append(blocks, markup.Figure{})
				continue
			}
			if figure, ok := namedPicture(line); ok {
				blocks = append(blocks, figure)
				continue
			}
			blocks = append(blocks, markup.Para(line))
		}
	}
	return blocks
}

// trim removes white space of every kind, ideographic indents included.
func trim(s string) string { return strings.Trim(s, " \t\u00a0\u3000\u200b\ufeff") }

// pictureLine says whether a line only marks where a picture stood.
func pictureLine(line string) bool {
	switch strings.Trim(line, "[]【】（）()<>《》 ") {
	case "圖片", "图片", "圖", "图", "照片", "image", "Image":
		return true
	}
	return false
}

// pictureForm is a line that names a picture's file, and perhaps what it shows:
// `圖片：a.jpg 說明`, `Picture: a.jpg caption`, `［圖：a.jpg｜說明］`.
var pictureForm = regexp.MustCompile(`(?i)^[\[［【(（]?\s*(?:圖片|图片|圖|图|照片|picture|image|photo)\s*[:：]\s*([^｜|<>"*?]{1,200}?\.(?:jpe?g|png|gif|webp|avif|bmp|heic))(?:$|[\s\x{3000}｜|]+(.*)$|[\]］】)）]$)`)

// namedPicture reads such a line.
func namedPicture(line string) (markup.Figure, bool) {
	m := pictureForm.FindStringSubmatch(line)
	if m == nil {
		return markup.Figure{}, false
	}
	caption := strings.TrimSpace(m[2])
	if strings.ContainsRune("[［【(（", firstRune(line)) {
		caption = strings.TrimRight(caption, "]］】)）")
	}
	return markup.Figure{Source: filePath(m[1]), Caption: strings.TrimSpace(caption)}, true
}

// filePath writes a file's name as the address that it is in a text.
func filePath(name string) string {
	return (&url.URL{Path: strings.ReplaceAll(strings.TrimSpace(name), `\`, "/")}).EscapedPath()
}

// unwrap joins the lines of a paragraph that a mail program or a typewriter
// broke at a fixed width: at least three lines, all but the last of nearly the
// same width, none but the last ending a sentence as paragraphs do.
func unwrap(lines []string) []string {
	if len(lines) < 3 {
		return lines
	}
	low, high := 1<<30, 0
	for _, line := range lines[:len(lines)-1] {
		n := utf8.RuneCountInString(trim(line))
		low, high = min(low, n), max(high, n)
	}
	if low < 20 || high-low > 6 || high > 100 {
		return lines
	}
	var b strings.Builder
	for i, line := range lines {
		line = trim(line)
		if i > 0 && needsSpace(b.String(), line) {
			b.WriteByte(' ')
		}
		b.WriteString(line)
	}
	return []string{b.String()}
}

// needsSpace says whether joining two lines would run two words together.
func needsSpace(before, after string) bool {
	a, _ := utf8.DecodeLastRuneInString(before)
	b, _ := utf8.DecodeRuneInString(after)
	return a < 0x2e80 && b < 0x2e80
}
