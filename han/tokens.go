package han

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Token is one unit of the index with its place in the folded text.
type Token struct {
	Text       string
	Start, End int // byte offsets into Fold(s), not into s
}

// Tokens appends the tokens under which s is indexed. The text is folded first. A run of Chinese
// characters gives each pair of neighbours and its last character alone: 會館門 gives 会馆, 馆门, 门. So a
// single character is found as itself or as the beginning of a pair. Letters and digits of other
// scripts give whole words.
func Tokens(dst []string, s string) []string {
	s = Fold(s)
	for i := 0; i < len(s); {
		p := nextPiece(s, i)
		if p.han {
			dst = appendPairs(dst, s[p.start:p.end], true)
		} else if p.start < p.end {
			dst = append(dst, s[p.start:p.end])
		}
		i = p.end
	}
	return dst
}

// Spans appends the tokens of Tokens with their places in the folded text, for marking finds.
func Spans(dst []Token, s string) []Token {
	s = Fold(s)
	for i := 0; i < len(s); {
		p := nextPiece(s, i)
		if !p.han {
			if p.start < p.end {
				dst = append(dst, Token{s[p.start:p.end], p.start, p.end})
			}
			i = p.end
			continue
		}
		at := p.start
		for _, text := range appendPairs(nil, s[p.start:p.end], true) {
			dst = append(dst, Token{text, at, at + len(text)})
			_, width := decode(s, at)
			at += width
		}
		i = p.end
	}
	return dst
}

// appendPairs appends the pairs of a run of Chinese characters; a run of one character is its own
// token in any case.
func appendPairs(dst []string, run string, last bool) []string {
	_, width := decode(run, 0)
	before, at := 0, width
	for at < len(run) {
		_, width = decode(run, at)
		dst = append(dst, run[before:at+width])
		before, at = at, at+width
	}
	if last || before == 0 {
		dst = append(dst, run[before:])
	}
	return dst
}

// A piece is a run of Chinese characters, or a word, in folded text.
type piece struct {
	start, end int
	han        bool
}

// nextPiece finds the first piece at or after i. At the end of the text the piece is empty.
func nextPiece(s string, i int) piece {
	p := piece{start: i, end: i}
	for p.end < len(s) {
		kind, width := kindAt(s, p.end)
		switch {
		case kind == kindOther && p.start == p.end:
			p.start += width
		case kind == kindOther:
			return p
		case p.start == p.end:
			p.han = kind == kindHan
		case p.han != (kind == kindHan):
			return p
		}
		p.end += width
	}
	return p
}

type kind uint8

const (
	kindOther kind = iota
	kindHan
	kindWord
)

// kindAt says what the character at s[i] is to the index.
func kindAt(s string, i int) (kind, int) {
	c := s[i]
	if c < utf8.RuneSelf {
		if 'a' <= c && c <= 'z' || '0' <= c && c <= '9' {
			return kindWord, 1
		}
		return kindOther, 1
	}
	r, width := decode(s, i)
	switch {
	case IsHan(r):
		return kindHan, width
	case r >= 0x3000 && r <= 0x3004, r >= 0x2010 && r <= 0x2060:
		return kindOther, width
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
		return kindWord, width
	}
	return kindOther, width
}

// A QueryTerm is one word or quoted phrase of a query.
type QueryTerm struct {
	// Tokens must all be present in a document.
	Tokens []string
	// Prefix says that the last of Tokens is one Chinese character, which is met by itself or by any
	// pair that begins with it.
	Prefix bool
	// Phrase is the folded term, for checking that the characters stand together.
	Phrase string
}

// Query splits what a reader typed into terms: at white space, but not inside "…", “…”, 「…」, 『…』 or 《…》.
// A term gives the tokens of Tokens without the single last character of a run of two or more. Terms
// without a letter, digit or Chinese character are left out.
func Query(s string) []QueryTerm {
	var terms []QueryTerm
	for _, phrase := range splitQuery(Fold(s)) {
		if term := queryTerm(phrase); len(term.Tokens) > 0 {
			terms = append(terms, term)
		}
	}
	return terms
}

func queryTerm(phrase string) QueryTerm {
	term := QueryTerm{Phrase: phrase}
	for i := 0; i < len(phrase); {
		p := nextPiece(phrase, i)
		i = p.end
		if p.start == p.end {
			continue
		}
		text := phrase[p.start:p.end]
		term.Prefix = p.han && utf8.RuneCountInString(text) == 1 && p.end == len(phrase)
		if p.han {
			term.Tokens = appendPairs(term.Tokens, text, false)
		} else {
			term.Tokens = append(term.Tokens, text)
		}
	}
	return term
}

// closing gives the quotation mark that ends what r opens. Fold has made a full-width " plain.
func closing(r rune) rune {
	switch r {
	case '"':
		return '"'
	case '“', '„':
		return '”'
	case '「':
		return '」'
	case '『':
		return '』'
	case '《':
		return '》'
	}
	return 0
}

// parts says whether r ends a term without opening another.
func parts(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("”」』》", r)
}

// splitQuery cuts folded text into terms. A quotation mark that is never closed is white space.
func splitQuery(s string) []string {
	var terms []string
	start := 0
	flush := func(end int) {
		if start < end {
			terms = append(terms, s[start:end])
		}
	}
	for i := 0; i < len(s); {
		r, width := utf8.DecodeRuneInString(s[i:])
		quote := closing(r)
		if quote == 0 && !parts(r) {
			i += width
			continue
		}
		flush(i)
		i += width
		if inside, rest, ok := strings.Cut(s[i:], string(quote)); quote != 0 && ok {
			terms = append(terms, strings.TrimSpace(inside))
			i = len(s) - len(rest)
		}
		start = i
	}
	flush(len(s))
	return terms
}
