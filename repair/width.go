package repair

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/han"
)

// findHalfwidth turns ASCII punctuation that belongs to Chinese text into full-width punctuation. It is
// a convention, not a repair that could be proved: what belongs to digits (11:30, 1,200), to English or
// to a formula stays, and so does what stands beside the marks of lost bytes. Pages that are mostly
// English or Korean keep all of theirs.
func findHalfwidth(text string, _ Options) (f finding) {
	f.class, f.evidence = HalfwidthPunctuation, Model
	if !strings.ContainsAny(text, ",;:!?(") || !mostlyChinese(text) {
		return f
	}
	w := widener{text: text}
	for i := range len(text) {
		switch c := text[i]; {
		case c < utf8.RuneSelf:
			w.visit(i)
		case c >= 0xE3 && len(w.open) > 0 && hanAt(text, i):
			w.lastHan = i
		}
	}
	w.spread()
	slices.Sort(w.wide)
	f.edits = make([]edit, 0, len(w.wide))
	for _, i := range w.wide {
		f.edits = append(f.edits, edit{start: i, end: i + 1, after: fullWidth(text[i])})
	}
	return f
}

func fullWidth(b byte) string { return string(rune(b) + '！' - '!') }

// A widener collects the offsets of marks to widen, and holds the brackets open on the present line.
type widener struct {
	text    string
	open    []int
	wide    []int
	narrow  []brackets // pairs that nothing has spoken for yet
	lastHan int        // offset of the last Chinese character seen in brackets
}

type brackets struct{ open, closing int }

func (w *widener) visit(i int) {
	switch w.text[i] {
	case '\n':
		w.open = w.open[:0]
	case '(':
		w.open = append(w.open, i)
	case ')':
		if n := len(w.open); n > 0 {
			if w.wideBrackets(w.open[n-1], i) {
				w.wide = append(w.wide, w.open[n-1], i)
			} else if w.open[n-1] > 0 && i > w.open[n-1]+1 {
				w.narrow = append(w.narrow, brackets{w.open[n-1], i})
			}
			w.open = w.open[:n-1]
		}
	case ',', ';', ':', '!', '?':
		if w.wideMark(i) {
			w.wide = append(w.wide, i)
		}
	}
}

// spread widens brackets beside marks that are to be wide, from the outermost in and along a row both ways, so that
// brackets in brackets need no round each.
func (w *widener) spread() {
	if len(w.narrow) == 0 {
		return
	}
	wide := make(map[int]bool, len(w.wide))
	for _, i := range w.wide {
		wide[i] = true
	}
	slices.SortFunc(w.narrow, func(a, b brackets) int { return cmp.Compare(a.open, b.open) })
	for range 2 {
		for _, b := range w.narrow {
			if !wide[b.open] && (wide[b.open-1] || wide[b.closing+1] && !isASCIIWord(rune(w.text[b.open-1])) && w.text[b.open-1] != ']') {
				wide[b.open], wide[b.closing] = true, true
				w.wide = append(w.wide, b.open, b.closing)
			}
		}
		slices.Reverse(w.narrow)
	}
}

// around is the characters before start and from end on; at the ends of the text, line ends.
func (w *widener) around(start, end int) (before, after rune) {
	before, after = '\n', '\n'
	if start > 0 {
		before, _ = utf8.DecodeLastRuneInString(w.text[:start])
	}
	if end < len(w.text) {
		after, _ = runeAt(w.text, end)
	}
	return before, after
}

func (w *widener) wideMark(i int) bool {
	before, after := w.around(i, i+1)
	switch {
	case w.besideLostBytes(i, before, after), w.endsEntity(i):
		return false
	case before == ',' || after == ',': // an empty field of a table
		return false
	case isWide(before), w.widened(i - 1):
		return after != ' ' || !w.goesOnInEnglish(i+1)
	case strings.ContainsRune("“”‘’", before):
		return opensChinese(after) || after == '\n' || after == '\r'
	}
	return opensChinese(after) && (isASCIIWord(before) || strings.ContainsRune(")%", before))
}

// widened says whether the mark at i is to be wide, so that in a row of marks each follows the one before it.
func (w *widener) widened(i int) bool { return len(w.wide) > 0 && w.wide[len(w.wide)-1] == i }

// goesOnInEnglish says whether a letter follows the spaces at text[i].
func (w *widener) goesOnInEnglish(i int) bool {
	rest := strings.TrimLeft(w.text[i:min(len(w.text), i+8)], " ")
	return rest != "" && rest[0] < utf8.RuneSelf && isASCIIWord(rune(rest[0]))
}

// endsEntity says whether a mark is the semicolon of &#20013; or &amp;nbsp;.
func (w *widener) endsEntity(i int) bool {
	if w.text[i] != ';' {
		return false
	}
	start := i
	for start > max(0, i-maxEntity) && (isASCIIWord(rune(w.text[start-1])) || w.text[start-1] == '#') {
		start--
	}
	return start < i && (strings.HasSuffix(w.text[:start], "&") || strings.HasSuffix(w.text[:start], "&amp;"))
}

// besideLostBytes says whether a mark may be what is left of other characters: a question mark that
// stands for a lost byte, and what follows it.
func (w *widener) besideLostBytes(i int, before, after rune) bool {
	if w.text[i] != '?' {
		return before == '?' && han.IsHan(after)
	}
	if before == '?' || after == '?' || after == '(' || isASCIIWord(after) || after < 0x300 && plain(after) != 0 {
		return true
	}
	if strings.ContainsRune(",;!", after) {
		_, next := w.around(i, i+2)
		return han.IsHan(next)
	}
	return false
}

// wideBrackets decides over a pair of brackets: those in Chinese text and those around Chinese text,
// but not those of a formula, a call or a link.
func (w *widener) wideBrackets(open, closing int) bool {
	holdsHan := w.lastHan > open
	before, _ := w.around(open, open+1)
	_, after := w.around(closing, closing+1)
	switch {
	case closing == open+1 || before == ']':
		return false
	case isASCIIWord(before):
		return holdsHan && isWide(after)
	case isWide(before) || isWide(after):
		return true
	}
	return before == '\n' && holdsHan
}

func isASCIIWord(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_'
}

// isWide says whether r is a character or mark of Chinese or Japanese text.
func isWide(r rune) bool {
	return han.IsHan(r) || r > 0x3000 && r < 0x3100 || r > 0xFF00 && r < 0xFF61
}

func opensChinese(r rune) bool {
	return han.IsHan(r) || strings.ContainsRune("“‘「『《（【", r)
}

// mostlyChinese says whether a page's punctuation should be that of Chinese text.
func mostlyChinese(text string) bool {
	chars, latin, hangul := scripts(text)
	return chars > 0 && latin < 3*chars && hangul < chars/4+1
}

// scripts counts Chinese characters, Latin letters and Hangul syllables.
func scripts(text string) (chars, latin, hangul int) {
	for i := 0; i < len(text); {
		r, width := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, width = runeAt(text, i)
		}
		switch {
		case han.IsHan(r):
			chars++
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
			latin++
		case r >= 0xAC00 && r <= 0xD7A3:
			hangul++
		}
		i += width
	}
	return chars, latin, hangul
}
