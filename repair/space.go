package repair

import (
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/han"
)

// A gap is a run of spaces with something other than ASCII on one side at least.
type gap struct {
	start, end  int
	left, right rune
	width       int  // columns between the gap before it, or the beginning of its line, and this one
	name        bool // stands in a piece of just two characters
	joined      bool // the same two characters stand together elsewhere on the page
}

// A sentenceLine is a line with some length and with commas or full stops, with its gaps.
type sentenceLine struct {
	gaps []gap
	rest int // columns behind the last gap
}

// maxGap is the longest run of spaces that may be damage; more is layout.
const maxGap = 3

// Characters that nothing begins with and nothing ends with, so that a space before the ones or behind
// the others separates nothing.
const (
	neverFirst = "的了們们著着過过嗎吗呢吧麼么，。、；：！？）」』》】”’"
	neverLast  = "第很最把被每從从這这不再更還还沒没"
)

// findSpaces takes the spaces out of the sentences of a page on which they were strewn, or put where
// the lines of its source ended.
//
// A space between characters is usually there on purpose: it parts names in a list, items of a menu,
// the halves of a title or a couplet, and sets 王 明 as wide as a name of three. So only gaps in
// sentences count, and those of a line with more of them than one in three characters do not. The page
// must then be wrapped or strewn; gaps outside sentences stay even then.
func findSpaces(text string, _ Options) (f finding) {
	f.class, f.evidence = StraySpace, Model
	if !mostlyChinese(text) {
		return f
	}
	lines := sentenceLines(text)
	drop := (*gap).afterWrap
	if !wrapped(lines) {
		markJoined(text, lines)
		if !strewn(lines) {
			return f
		}
		drop = (*gap).afterStrewing
	}
	for _, l := range lines {
		for i := range l.gaps {
			if g := &l.gaps[i]; drop(g) {
				f.edits = append(f.edits, edit{start: g.start, end: g.end})
			}
		}
	}
	return f
}

// wrapped says whether the gaps are where lines of one width ended: at least four gaps, none more than
// four characters short of the width, no line longer behind its last gap, and few lines longer that have
// no gap at all, such as a title.
func wrapped(lines []sentenceLine) bool {
	n, shortest, width := 0, 1<<30, 0
	for _, l := range lines {
		for i := range l.gaps {
			g := &l.gaps[i]
			if g.afterWrap() {
				n++
			}
			shortest, width = min(shortest, g.width), max(width, g.width)
		}
	}
	with, without := 0, 0
	for _, l := range lines {
		switch {
		case len(l.gaps) > 0 && l.rest > width:
			return false
		case len(l.gaps) > 0:
			with++
		case l.rest > width:
			without++
		}
	}
	return n >= 4 && width >= 30 && shortest >= width-9 && without*2 <= with
}

// strewn says whether at least four gaps, and one in twelve, cannot be on purpose: those before 的 or a
// full stop, behind 第 or 這, or between two characters that stand together elsewhere on the page. The
// same two characters are heard as a witness once.
func strewn(lines []sentenceLine) bool {
	heard := make(map[[2]rune]bool)
	n := 0
	for _, l := range lines {
		for i := range l.gaps {
			if g := &l.gaps[i]; g.afterStrewing() {
				n++
				if g.joined || strings.ContainsRune(neverFirst, g.right) || strings.ContainsRune(neverLast, g.left) {
					heard[[2]rune{g.left, g.right}] = true
				}
			}
		}
	}
	return len(heard) >= 4 && len(heard)*12 >= n
}

func (g *gap) afterWrap() bool { return g.end-g.start == 1 }

// afterStrewing says whether a gap of a strewn page goes. A piece of two characters with a space
// between them is a name, or made to look like one; and people do set a space behind a mark.
func (g *gap) afterStrewing() bool {
	return !g.name && han.IsHan(g.left) && (han.IsHan(g.right) || strings.ContainsRune(neverFirst, g.right))
}

func sentenceLines(text string) (lines []sentenceLine) {
	for start := 0; start < len(text); {
		end := len(text)
		if n := strings.IndexByte(text[start:], '\n'); n >= 0 {
			end = start + n
		}
		if l, ok := readLine(text, start, end); ok {
			lines = append(lines, l)
		}
		start = end + 1
	}
	return lines
}

// A lineReader reads one line.
type lineReader struct {
	sentenceLine
	chars, commas int
	columns       int // since the last gap
	piece         int // characters since something else than a character or a gap stood
	pieceGaps     int // index of the first gap of the piece
}

func readLine(text string, start, end int) (line sentenceLine, ok bool) {
	var l lineReader
	for i := start; i < end; {
		r, width := runeAt(text, i)
		l.count(r)
		i += width
		if i == end || text[i] != ' ' || r == ' ' || isArticle(text[start:i]) {
			continue
		}
		if g, ok := gapAt(text, i, end, r); ok {
			g.width = l.columns
			l.columns = 0
			l.gaps = append(l.gaps, g)
			if !han.IsHan(r) {
				l.pieceGaps = len(l.gaps)
			}
			i = g.end
		}
	}
	l.endPiece()
	l.rest = l.columns
	return l.sentenceLine, l.chars >= 20 && l.commas > 0 && len(l.gaps)*3 <= l.chars
}

// isArticle says whether a line begins with the number of an article, 第十二條, which a space parts from
// what it says.
func isArticle(line string) bool {
	if len(line) > 12*len("第") { // with its indent
		return false
	}
	line = strings.TrimLeft(line, " \u3000")
	if !strings.HasPrefix(line, "第") {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(line)
	return strings.ContainsRune("條条章節节編编", last)
}

func (l *lineReader) count(r rune) {
	l.columns++
	if r >= utf8.RuneSelf {
		l.columns++
	}
	if han.IsHan(r) {
		l.chars++
		l.piece++
		return
	}
	l.endPiece()
	if r == '，' || r == '。' || r == ',' {
		l.commas++
	}
}

// endPiece marks the gap between the two characters of a piece that has no more.
func (l *lineReader) endPiece() {
	if l.piece == 2 && len(l.gaps) > l.pieceGaps && han.IsHan(l.gaps[l.pieceGaps].right) {
		l.gaps[l.pieceGaps].name = true
	}
	l.piece, l.pieceGaps = 0, len(l.gaps)
}

// gapAt reads the spaces at text[i:end], which follow the character left.
func gapAt(text string, i, end int, left rune) (g gap, ok bool) {
	j := i
	for j < end && text[j] == ' ' {
		j++
	}
	if j-i > maxGap || j == end || left == '\u3000' {
		return g, false
	}
	right, _ := runeAt(text, j)
	g = gap{start: i, end: j, left: left, right: right}
	return g, right != '\u3000' && (left >= utf8.RuneSelf || right >= utf8.RuneSelf)
}

// markJoined finds out which gaps part characters that stand together elsewhere.
func markJoined(text string, lines []sentenceLine) {
	waiting := make(map[[2]rune][]*gap)
	lefts := new(runeSet)
	for _, l := range lines {
		for i := range l.gaps {
			g := &l.gaps[i]
			key := [2]rune{g.left, g.right}
			waiting[key] = append(waiting[key], g)
			lefts.add(g.left)
		}
	}
	last := rune(0)
	for i := 0; i < len(text); {
		r, width := runeAt(text, i)
		if last != 0 && han.IsHan(r) {
			for _, g := range waiting[[2]rune{last, r}] {
				g.joined = true
			}
			delete(waiting, [2]rune{last, r})
		}
		last = 0
		if lefts.has(r) {
			last = r
		}
		i += width
	}
}
