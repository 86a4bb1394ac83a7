package facts

import (
	"strings"
	"unicode/utf8"
)

// lexicon finds many words in one pass over a text. Chinese characters share their first bytes, so that searching for word after word
// would stop at nearly every character; here a bit per first character turns nearly all of them away.
type lexicon struct {
	filter charSet
	words  map[uint16][]entry
}

// entry is a word with the number of the rule it belongs to.
type entry struct {
	word string
	rule int
}

func words(list ...string) *lexicon {
	l := &lexicon{words: map[uint16][]entry{}}
	for _, w := range list {
		l.add(w, 0)
	}
	return l
}

func (l *lexicon) add(w string, rule int) {
	r, _ := utf8.DecodeRuneInString(w)
	l.filter.add(r)
	key := charKey(r)
	l.words[key] = append(l.words[key], entry{w, rule})
}

// scan calls found for every word that stands in text, in the order of their beginnings, until it returns false.
func (l *lexicon) scan(text string, found func(at int, e entry) bool) {
	for i := l.filter.next(text, 0); i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		for _, e := range l.words[charKey(r)] {
			if strings.HasPrefix(text[i:], e.word) && !found(i, e) {
				return
			}
		}
		i = l.filter.next(text, i+size)
	}
}

// in reports whether a word of the lexicon stands in text.
func (l *lexicon) in(text string) bool {
	at, _ := l.first(text)
	return at >= 0
}

// first returns the first place of a word and the longest word there, or -1.
func (l *lexicon) first(text string) (at int, word string) {
	at = -1
	l.scan(text, func(i int, e entry) bool {
		if at >= 0 && i > at {
			return false
		}
		if at < 0 || len(e.word) > len(word) {
			at, word = i, e.word
		}
		return true
	})
	return at, word
}

// last returns the last place of a word and the longest word there, or -1.
func (l *lexicon) last(text string) (at int, word string) {
	at = -1
	l.scan(text, func(i int, e entry) bool {
		if i > at || len(e.word) > len(word) {
			at, word = i, e.word
		}
		return true
	})
	return at, word
}

// charSet is a set of characters by their low twelve bits: it may say yes too often, never no wrongly.
type charSet [64]uint64

func chars(list string) *charSet {
	set := new(charSet)
	for _, r := range list {
		set.add(r)
	}
	return set
}

func (s *charSet) with(more *charSet) *charSet {
	for i := range s {
		s[i] |= more[i]
	}
	return s
}

func charKey(r rune) uint16 { return uint16(r) & 0xfff }

func (s *charSet) add(r rune) {
	key := charKey(r)
	s[key>>6] |= 1 << (key & 63)
}

func (s *charSet) has(key uint16) bool { return s[key>>6&63]&(1<<(key&63)) != 0 }

// next returns the offset of the first character of text[i:] that may be in the set, or the length of text. Nearly all the time of
// reading a page is spent here.
func (s *charSet) next(text string, i int) int {
	for i < len(text) {
		b := text[i]
		if b>>4 == 0xe && i+2 < len(text) && text[i+1]>>6 == 2 && text[i+2]>>6 == 2 {
			if s.has(uint16(text[i+1]&0x3f)<<6 | uint16(text[i+2]&0x3f)) {
				return i
			}
			i += 3
			continue
		}
		r, size := rune(b), 1
		if b >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		if s.has(charKey(r)) {
			return i
		}
		i += size
	}
	return i
}

// hasPrefix returns the longest of words that text begins with, or "".
func hasPrefix(text string, words []string) string {
	found := ""
	for _, w := range words {
		if len(w) > len(found) && strings.HasPrefix(text, w) {
			found = w
		}
	}
	return found
}

// hasSuffix returns the longest of words that text ends with, or "".
func hasSuffix(text string, words []string) string {
	found := ""
	for _, w := range words {
		if len(w) > len(found) && strings.HasSuffix(text, w) {
			found = w
		}
	}
	return found
}
