package facts

import (
	"sort"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/huiguan/huiguan/han"
)

// marks say which rules have something to look for in a sentence. Sentences without marks are not even folded, which is what makes
// reading a long page cheap.
type marks uint8

const (
	markDate   marks = 1 << iota
	markPeople       // a figure before 人, 名 or 位
	markHost         // 主持
	markMode         // a word of the ways in which people meet
	markHeld         // a verb that a place may stand before
)

// span is a half-open range of byte offsets.
type span struct{ start, end int }

// sentence is a span of a paragraph with the marks found in it, up to where it begins to report somebody's words.
type sentence struct {
	span
	marks marks
	said  int // offset of the verb of saying, or the end
}

// paragraph is one paragraph as written.
type paragraph struct {
	index  int
	src    string
	quotes []span // lazily found, see quoted
	looked bool
}

// passage is one sentence in two forms of equal length: as written, and folded for matching. Folding goes rune by rune and keeps every
// byte offset, so that a quotation can be cut from src by positions found in text.
type passage struct {
	src, text string
	base      int // offset in the paragraph
	in        *paragraph
}

// telling are the characters that a sentence may end with or get a mark from.
var telling = chars("。！？；!?;\n人名位孩月-/.，,：:“「zZ").with(pairChars(1))

// split appends the sentences of src with their marks, and returns all marks together.
func split(dst []sentence, src string) ([]sentence, marks) {
	s, all := sentence{said: -1}, marks(0)
	for i := telling.next(src, 0); i < len(src); i = telling.next(src, i) {
		r, size := utf8.DecodeRuneInString(src[i:])
		switch {
		case endsSentence(r):
			i = skipClosing(src, i+size)
			dst, all = append(dst, s.close(i)), all|s.marks
			s = sentence{span: span{start: i}, said: -1}
			continue
		case s.said >= 0:
		case introduces(r):
			s.said = saidBefore(src, s.start, i)
		default:
			s.marks |= markOf(src, i, r)
		}
		i += size
	}
	if s.start < len(src) {
		dst = append(dst, s.close(len(src)))
	}
	return dst, all | s.marks
}

func (s sentence) close(end int) sentence {
	s.end = end
	if s.said < 0 {
		s.said = end
	}
	return s
}

// introduces reports whether somebody's words may follow r.
func introduces(r rune) bool {
	switch r {
	case '，', ',', '：', ':', '“', '「':
		return true
	}
	return false
}

// saidBefore returns the offset of the verb of saying that src[from:i] ends with, or -1.
func saidBefore(src string, from, i int) int {
	if !beforeSpeech.has(keyBefore(src, i)) {
		return -1
	}
	w := hasSuffix(src[from:i], said)
	if w == "" || i-len(w) == from {
		return -1
	}
	return i - len(w)
}

// skipClosing moves past the marks that still belong to a sentence that has ended.
func skipClosing(src string, i int) int {
	for i < len(src) {
		r, size := utf8.DecodeRuneInString(src[i:])
		if !closes(r) {
			break
		}
		i += size
	}
	return i
}

// markOf names the rule that looks for something around r at src[i:], judging by the character before it. It sees unfolded text, and
// may mark too much: the rules themselves look again.
func markOf(src string, i int, r rune) marks {
	prev := keyBefore(src, i)
	switch r {
	case '人', '名', '位':
		if beforePeople.has(prev) {
			return markPeople
		}
	case '孩':
		if prev == charKey('个') || prev == charKey('個') {
			return markPeople
		}
	case '月', '-', '/', '.':
		if beforeMonth.has(prev) {
			return markDate
		}
	case 'z', 'Z':
		return markMode
	default:
		if pairFirsts.has(prev) {
			return pairMarks[[2]uint16{prev, charKey(r)}]
		}
	}
	return 0
}

// keyBefore is the key of the character that ends at src[:i].
func keyBefore(src string, i int) uint16 {
	r, _ := utf8.DecodeLastRuneInString(src[:i])
	return charKey(r)
}

// The characters that may stand before a counting word, before 月 and the marks of a date in figures, and before reported words.
var (
	beforePeople = chars(numerals + "余餘多几幾个個 \u00a0\u3000")
	beforeMonth  = chars(numerals + "正腊臘冬 \u00a0\u3000")
	beforeSpeech = lastChars(said)
)

// pairWords give marks by their first two characters, in both scripts.
var pairWords = map[marks]string{
	markDate: "近日 昨日 今日 日前 早前 最近 近期 不久 昨天 今天 昨晚",
	markHost: "主持",
	markMode: "线上 線上 网上 網上 云上 雲上 线下 線下 视频 視頻 視频 视像 視像 网络 網絡 網络 云端 雲端 在线 在線 直播 现场 現場 現场 到场 到場 会场 會場 入场 入場 一堂 虚席 虛席 对面 對面 实地 實地 实体 實體 混合 " +
		"信群 钉钉 釘釘 腾讯 騰訊 主会 主會",
	markHeld: "举行 舉行 举办 舉辦 召开 召開 进行 進行 地点 地點",
}

var (
	pairMarks  = pairKeys()
	pairFirsts = pairChars(0)
)

func pairKeys() map[[2]uint16]marks {
	found := map[[2]uint16]marks{}
	for mark, list := range pairWords {
		for w := range strings.FieldsSeq(list) {
			r := []rune(w)
			found[[2]uint16{charKey(r[0]), charKey(r[1])}] |= mark
		}
	}
	return found
}

// pairChars are the first or the second characters of pairWords.
func pairChars(n int) *charSet {
	set := new(charSet)
	for _, list := range pairWords {
		for w := range strings.FieldsSeq(list) {
			set.add([]rune(w)[n])
		}
	}
	return set
}

func lastChars(words []string) *charSet {
	set := new(charSet)
	for _, w := range words {
		r, _ := utf8.DecodeLastRuneInString(w)
		set.add(r)
	}
	return set
}

// passage folds one sentence.
func (p *paragraph) passage(s span) passage {
	src := p.src[s.start:s.end]
	return passage{src: src, text: fold(src), base: s.start, in: p}
}

// fold writes simplified characters and lower-case letters, keeping the place of every byte.
func fold(src string) string {
	var b strings.Builder
	done, forms := 0, foldedForms()
	for i, r := range src {
		if r >= foldEnd || forms[r] == 0 {
			continue
		}
		if done == 0 {
			b.Grow(len(src))
		}
		b.WriteString(src[done:i])
		b.WriteRune(rune(forms[r]))
		done = i + utf8.RuneLen(r)
	}
	if done == 0 {
		return src
	}
	b.WriteString(src[done:])
	return b.String()
}

// foldEnd is behind the characters of the basic plane that may have a simplified form.
const foldEnd = 0xa000

// foldedForms are the characters that folding changes, where both forms take the same room, laid out flat: asking han for each one would take a third of the time of a page.
var foldedForms = sync.OnceValue(func() *[foldEnd]uint16 {
	forms := new([foldEnd]uint16)
	for r := rune(0x3400); r < foldEnd; r++ {
		simple := han.ToHansRune(r)
		if simple != r && utf8.RuneLen(simple) == utf8.RuneLen(r) {
			forms[r] = uint16(simple)
		}
	}
	for r := 'A'; r <= 'Z'; r++ {
		forms[r] = uint16(r + 'a' - 'A')
	}
	return forms
})

func endsSentence(r rune) bool {
	switch r {
	case '。', '！', '？', '；', '!', '?', ';', '\n':
		return true
	}
	return false
}

// closes reports whether r still belongs to a sentence that has ended.
func closes(r rune) bool {
	switch r {
	case '”', '’', '」', '』', '）', ')', '》', '】', '！', '？', '!', '?', '"':
		return true
	}
	return false
}

// breaksClause reports whether the rune r at text[i:] parts two clauses. A comma or colon between digits belongs to a number or a time.
func breaksClause(text string, i int, r rune) bool {
	switch r {
	case ',', ':':
		return i == 0 || i+1 >= len(text) || !isDigit(text[i-1]) || !isDigit(text[i+1])
	case '，', '：':
		return true
	}
	return endsSentence(r)
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// reach bounds, in bytes, how far a rule looks around from where it starts: sentences of hostile length must not cost their square.
const reach = 300

// clauseEnd is the offset of the first clause break in text[from:to], or to.
func clauseEnd(text string, from, to int) int {
	to = min(to, from+reach)
	for i := from; i < to; {
		r, size := utf8.DecodeRuneInString(text[i:])
		if breaksClause(text, i, r) {
			return i
		}
		i += size
	}
	return to
}

// clauseStart is the offset after the last clause break in text[from:to], or from.
func clauseStart(text string, from, to int) int {
	from = max(from, to-reach)
	for i := to; i > from; {
		r, size := utf8.DecodeLastRuneInString(text[from:i])
		i -= size
		if breaksClause(text, i, r) {
			return i + size
		}
	}
	return from
}

func isSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\u00a0' || r == '\u3000' }

func skipSpace(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !isSpace(r) {
			break
		}
		i += size
	}
	return i
}

func trimSpaceEnd(text string) string { return strings.TrimRightFunc(text, isSpace) }

// pairs are the marks that set other people's words and titles apart.
var pairs = map[rune]string{'“': "”", '「': "」", '『': "』", '《': "》", '"': `"`}

// quoted reports whether offset i of the sentence stands inside quotation marks or a title, which may span sentences.
func (p *passage) quoted(i int) bool {
	in := p.in
	if !in.looked {
		in.quotes, in.looked = quotes(in.src), true
	}
	i += p.base
	n := sort.Search(len(in.quotes), func(n int) bool { return in.quotes[n].end > i })
	return n < len(in.quotes) && in.quotes[n].start < i
}

// quotes finds outermost pairs. A mark that is never closed opens nothing, so that one slip does not silence a paragraph.
func quotes(text string) []span {
	var found []span
	missing := map[string]bool{}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		closing, opens := pairs[r]
		if opens && !missing[closing] {
			if n := strings.Index(text[i+size:], closing); n >= 0 {
				found = append(found, span{i, i + size + n})
				i += size + n + len(closing)
				continue
			}
			missing[closing] = true
		}
		i += size
	}
	return found
}

// maxWord is at least the length in bytes of the longest word in any table.
const maxWord = 36

// tail is what a rule that looks back sees of text: its last bytes within reach, cut between runes.
func tail(text string) string {
	if len(text) <= reach {
		return text
	}
	i := len(text) - reach
	for i < len(text) && !utf8.RuneStart(text[i]) {
		i++
	}
	return text[i:]
}

// head is at most the first n bytes of text, cut between runes.
func head(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}
