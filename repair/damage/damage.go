// Package damage does to clean Chinese text what converters, mirrors and crawlers do to it, so that
// what repairs it can be tried on text whose original is known. Everything is a pure function of the
// text and, where something is drawn by lot, of a seed. It is test support and is called by tests and
// by the program that makes the damaged examples.
package damage

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/repair/internal/codepage"
)

func lots(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0x68756967)) }

// Annotate writes the reading behind each character of a table that the seed draws for the page:
// 會(huì). Only traditional characters outside GB2312 are in it, from a quarter of the page's to nearly
// all, and each one has its reading wherever it stands.
func Annotate(text string, seed uint64) string {
	return AnnotateShare(text, share(seed), seed)
}

// AnnotateShare is Annotate with the share of characters that are in the table, from 0 to 1.
func AnnotateShare(text string, share float64, seed uint64) string {
	return annotate(text, table(text, share, seed), func(reading string) string { return "(" + reading + ")" })
}

// AnnotateToneless is Annotate as another family of mirrors does it: 僑(qiao) 聯.
func AnnotateToneless(text string, seed uint64) string {
	return annotate(text, table(text, share(seed), seed), func(reading string) string {
		return "(" + withoutTones.Replace(reading) + ") "
	})
}

var withoutTones = strings.NewReplacer(
	"ā", "a", "á", "a", "ǎ", "a", "à", "a", "ē", "e", "é", "e", "ě", "e", "è", "e",
	"ī", "i", "í", "i", "ǐ", "i", "ì", "i", "ō", "o", "ó", "o", "ǒ", "o", "ò", "o",
	"ū", "u", "ú", "u", "ǔ", "u", "ù", "u", "ǖ", "v", "ǘ", "v", "ǚ", "v", "ǜ", "v", "ü", "v")

func share(seed uint64) float64 {
	return [...]float64{.25, .4, .6, .9}[lots(seed).IntN(4)]
}

// table draws the characters that are annotated. It never draws fewer than three, as far as the text
// has them: a mirror's table is made for all pages, not for one.
func table(text string, share float64, seed uint64) map[rune]string {
	drawn := make(map[rune]string)
	var rest []rune
	lot := lots(seed)
	for _, r := range candidates(text) {
		if lot.Float64() < share {
			drawn[r] = han.Readings(r)[0]
		} else {
			rest = append(rest, r)
		}
	}
	for len(drawn) < 3 && len(rest) > 0 {
		drawn[rest[0]] = han.Readings(rest[0])[0]
		rest = rest[1:]
	}
	return drawn
}

// candidates lists the characters of a text that a converter's table may hold, in order.
func candidates(text string) (list []rune) {
	seen := make(map[rune]bool)
	for _, r := range text {
		if !seen[r] && han.IsTraditional(r) && OutsideGB2312(r) && len(han.Readings(r)) > 0 {
			list = append(list, r)
		}
		seen[r] = true
	}
	slices.Sort(list)
	return list
}

// OutsideGB2312 says whether r is a Chinese character that GBK has and GB2312 has not.
func OutsideGB2312(r rune) bool {
	if !han.IsHan(r) {
		return false
	}
	lead, trail, ok := codepage.GBK().Pair(r)
	return ok && !codepage.IsPrivate(r) && (lead < 0xB0 || trail < 0xA1)
}

func annotate(text string, table map[rune]string, gloss func(reading string) string) string {
	var b strings.Builder
	for _, r := range text {
		b.WriteRune(r)
		if reading, ok := table[r]; ok {
			b.WriteString(gloss(reading))
		}
	}
	return b.String()
}

// DoublePunctuation puts a comma before every comma, full stop, comma of enumeration and semicolon.
func DoublePunctuation(text string) string { return doubled.Replace(text) }

var doubled = strings.NewReplacer("，", "，，", "。", "，。", "、", "，、", "；", "，；")

// DoubleEntities writes Chinese characters as entities whose ampersand is escaped once more. The seed
// draws for the page whether all of them are, or about half. No-break spaces always are.
func DoubleEntities(text string, seed uint64) string {
	lot := lots(seed)
	all := lot.IntN(2) == 0
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\u00a0':
			b.WriteString("&amp;nbsp;")
		case han.IsHan(r) && (all || lot.IntN(2) == 0):
			b.WriteString("&amp;#" + strconv.Itoa(int(r)) + ";")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// StraySpaces strews spaces into the sentences of a text, one to about eight characters, between two
// characters or before a mark. Lines without sentences are left as they are.
func StraySpaces(text string, seed uint64) string {
	lot := lots(seed)
	return eachSentenceLine(text, 40, func(b *strings.Builder, line []rune) {
		piece := 0
		for i, r := range line {
			if i > 0 && piece >= 2 && splittable(line, i) && lot.IntN(6) == 0 {
				b.WriteByte(' ')
				piece = 0
			}
			b.WriteRune(r)
			if piece++; !han.IsHan(r) {
				piece = 0
			}
		}
	})
}

// splittable says whether a space between line[i-1] and line[i] is damage that shows: between two
// characters, if they are not all between two other things, or before a mark.
func splittable(line []rune, i int) bool {
	if !han.IsHan(line[i-1]) {
		return false
	}
	if strings.ContainsRune("，。、；：！？", line[i]) {
		return true
	}
	return han.IsHan(line[i]) && i >= 2 && han.IsHan(line[i-2])
}

// WrapSpaces breaks the sentences of a text into lines of the width, counted in characters, as an
// editor does, and joins the lines with spaces, as a converter does that takes them for lines of
// English. Words and numbers are not broken, no line begins with a mark that closes something, and none
// ends with one that opens.
func WrapSpaces(text string, width int) string {
	return eachSentenceLine(text, 20, func(b *strings.Builder, line []rune) {
		for columns := 2 * width; ; {
			at := breakAt(line, columns)
			b.WriteString(string(line[:at]))
			line = line[at:]
			if len(line) == 0 {
				return
			}
			b.WriteByte(' ')
		}
	})
}

// breakAt finds where a line of that many columns ends; len(line) if there is no more to break.
func breakAt(line []rune, columns int) int {
	end := 0
	for used := 0; end < len(line); end++ {
		if used += width(line[end]); used > columns {
			break
		}
	}
	if end == len(line) {
		return end
	}
	for at := end; at > max(1, end-5); at-- {
		before, after := line[at-1], line[at]
		if (before >= 0x80 || after >= 0x80) && !strings.ContainsRune(" 　，。、；：！？）」』》】”’,;:!?)", after) &&
			!strings.ContainsRune(" 　（「『《【“‘(", before) {
			return at
		}
	}
	return len(line)
}

func width(r rune) int {
	if r < 0x80 {
		return 1
	}
	return 2
}

// eachSentenceLine rewrites the lines that hold so many characters and two commas or full stops.
func eachSentenceLine(text string, atLeast int, rewrite func(b *strings.Builder, line []rune)) string {
	var b strings.Builder
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		chars, stops := 0, 0
		for _, r := range line {
			if han.IsHan(r) {
				chars++
			}
			if strings.ContainsRune("，。,", r) {
				stops++
			}
		}
		if chars >= atLeast && stops >= 2 {
			rewrite(&b, []rune(line))
		} else {
			b.WriteString(line)
		}
	}
	return b.String()
}

// HalfWidth is the collector's normaliser: full-width ASCII becomes ASCII and the ideographic space a
// space. Nothing else changes.
func HalfWidth(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '\u3000':
			return ' '
		}
		return r
	}, text)
}
