package main

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// foldEntry says what Fold does with one character. An empty target means that the character takes
// part in composition, or vanishes, so that only the slow path can treat it.
type foldEntry struct {
	r  rune
	to []rune
}

// foldTable lists every character that Fold changes or cannot treat on its own.
func foldTable(d *dictionaries) []foldEntry {
	f := folder{dict: d}
	var table []foldEntry
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if r >= 0xD800 && r <= 0xDFFF {
			continue
		}
		to, simple := f.rune(r)
		switch {
		case !simple:
			table = append(table, foldEntry{r: r})
		case to != string(r):
			table = append(table, foldEntry{r, []rune(to)})
		}
	}
	return table
}

type folder struct{ dict *dictionaries }

// rune gives the fold of one character, and whether it stays what it is whatever stands beside it.
func (f folder) rune(r rune) (string, bool) {
	if vanishes(r) || !norm.NFKC.PropertiesString(string(r)).BoundaryBefore() {
		return "", false
	}
	s := f.fixed(string(r))
	for _, c := range s {
		if vanishes(c) || !norm.NFKC.PropertiesString(string(c)).BoundaryBefore() {
			return "", false
		}
	}
	return s, true
}

// fixed folds until nothing changes.
func (f folder) fixed(s string) string {
	for range 8 {
		var next strings.Builder
		for _, r := range norm.NFKC.String(s) {
			next.WriteString(f.han(unicode.ToLower(r)))
		}
		if next.String() == s {
			break
		}
		s = next.String()
	}
	return s
}

// han merges scripts and variants. Where the simplified script keeps a character beside a merged form
// (覆 and 复, 藉 and 借), search wants one form, so the merged one is taken.
func (f folder) han(r rune) string {
	c := string(r)
	if v, ok := f.dict.variants[c]; ok {
		c = v
	}
	if candidates, ok := f.dict.simplified[c]; ok {
		for _, s := range candidates {
			if s != c {
				return s
			}
		}
	}
	return c
}

// vanishes says whether a character is invisible formatting that search ignores.
func vanishes(r rune) bool {
	switch {
	case r == 0x00AD, r == 0x180E, r == 0xFEFF:
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2064:
		return true
	case r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0100 && r <= 0xE01EF:
		return true
	}
	return false
}
