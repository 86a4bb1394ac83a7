package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/huiguan/huiguan/han"
)

const (
	partRunes = 4000
	// overlapRunes of the next part are indexed with a part, so that no phrase
	// that a query may hold falls between two parts.
	overlapRunes = maxQuery
	// often is how many times a document says what it says often.
	often = 3
	// maxToken keeps a token within what a lexeme of PostgreSQL may be.
	maxToken = 128
)

// The marks in front of a token from the title, of one that occurs often, of one
// from the title of what is named, and of the reading of a name. They are
// private-use characters, which han.Tokens never gives.
const (
	inTitle = "\ue000"
	isOften = "\ue001"
	inName  = "\ue002"
	isRead  = "\ue003"

	firstMark, lastMark = '\ue000', '\ue003'
)

// part is a piece of a document as it is stored and indexed.
type part struct {
	body   string
	tokens []string // each once
}

// split cuts a document into parts. Their bodies joined are the body again.
func split(d documentRow, body string) []part {
	names := d.names()
	all := make([]string, 0, partRunes+overlapRunes)
	c := counter{index: make(map[string]int32, min(len(body)/4, 4*partRunes))}
	var parts []part
	for rest := body; rest != "" || len(parts) == 0; {
		n := cut(rest)
		all = han.Tokens(all[:0], rest[:n+prefix(rest[n:], overlapRunes)])
		if len(parts) == 0 {
			all = han.Tokens(all, names)
		}
		parts = append(parts, part{body: rest[:n], tokens: c.distinct(all)})
		rest = rest[n:]
	}
	parts[0].tokens = append(parts[0].tokens, marked(names, inTitle)...)
	if d.Named {
		parts[0].tokens = append(parts[0].tokens, marked(names, inName)...)
		parts[0].tokens = append(parts[0].tokens, readings(names)...)
	}
	for _, t := range c.tokens {
		if t.count >= often {
			parts[0].tokens = append(parts[0].tokens, isOften+t.text)
		}
	}
	return parts
}

// marked lists the tokens of a text, each once, behind the mark.
func marked(text, mark string) []string {
	var c counter
	c.index = map[string]int32{}
	out := c.distinct(han.Tokens(nil, text))
	for i := range out {
		out[i] = mark + out[i]
	}
	return out
}

// maxRead is how many characters of a name are indexed by their readings.
const maxRead = 40

// readings lists how the Chinese runs of a text may be typed in Latin letters,
// from each character on: lanjiangshi, jiangshi, shi, and by the first letters
// ljs, js, s.
func readings(text string) []string {
	var out []string
	seen := map[string]bool{}
	for _, line := range strings.Split(text, "\n") {
		full, first := "", ""
		syllables := han.Syllables(line)
		syllables = syllables[:min(len(syllables), maxRead)]
		for i := len(syllables) - 1; i >= 0; i-- {
			s := syllables[i]
			if s == "" {
				full, first = "", ""
				continue
			}
			full, first = s+full, s[:1]+first
			for _, t := range []string{isRead + bound(full), isRead + bound(first)} {
				if !seen[t] {
					seen[t] = true
					out = append(out, t)
				}
			}
		}
	}
	return out
}

// counter counts the tokens of a document, part by part.
type counter struct {
	index  map[string]int32 // of a token in tokens
	tokens []counted
	parts  int32
}

type counted struct {
	text  string
	count int
	part  int32 // the last that has it
}

// distinct lists the tokens of the next part, each once, and counts them all.
func (c *counter) distinct(all []string) []string {
	c.parts++
	out := make([]string, 0, len(all))
	for _, text := range all {
		text = bound(text)
		i, ok := c.index[text]
		if !ok {
			i = int32(len(c.tokens))
			c.index[text] = i
			c.tokens = append(c.tokens, counted{text: text})
		}
		t := &c.tokens[i]
		if t.count++; t.part != c.parts {
			t.part = c.parts
			out = append(out, text)
		}
	}
	return out
}

// bound cuts an endless word, in the index and in queries alike.
func bound(token string) string {
	if len(token) <= maxToken {
		return token
	}
	return token[:backToRune(token, maxToken)]
}

// cut is where a part ends: at most partRunes, before the last separator near
// there, so that words stay whole.
func cut(s string) int {
	n := prefix(s, partRunes)
	if n == len(s) {
		return n
	}
	for i := n; i > n-400; {
		r, width := utf8.DecodeLastRuneInString(s[:i])
		if !wordRune(r) {
			return i
		}
		i -= width
	}
	return n
}

// prefix is the length in bytes of the first n characters of s.
func prefix(s string, n int) int {
	if len(s) <= n {
		return len(s)
	}
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

// backToRune moves i back to where a character begins.
func backToRune(s string, i int) int {
	for i > 0 && !utf8.RuneStart(s[i]) {
		i--
	}
	return i
}

// wordRune says whether r is part of what can be searched.
func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '〇'
}

// clean removes what no database stores as text.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}
