package han

import (
	"sync"
	"unicode/utf8"
)

// Script is the script that a Chinese text is written in.
type Script int

// The scripts that DetectScript tells apart.
const (
	Unknown Script = iota // no character speaks for one script
	Hant                  // traditional characters
	Hans                  // simplified characters
)

// String gives the script's ISO 15924 code, or "" if it is unknown.
func (s Script) String() string {
	switch s {
	case Hant:
		return "Hant"
	case Hans:
		return "Hans"
	}
	return ""
}

// charTable holds what is known of single characters. A form of 0 means the character itself.
type charTable struct {
	hans   *pageTable[rune]      // preferred simplified form
	taiwan *pageTable[rune]      // form of Taiwan of a traditional character
	script *pageTable[Script]    // the only script that the character occurs in
	hant   []charPair            // preferred traditional forms, before those of a region
	own    [standards][]charPair // the region's forms of traditional characters
}

// A charPair is a character and what it becomes; also says that it may stay as well.
type charPair struct {
	r, form rune
	also    bool
}

var charData = sync.OnceValue(loadChars)

func loadChars() *charTable {
	in := openTable("chars")
	t := &charTable{hans: newPageTable[rune](), taiwan: newPageTable[rune](), script: newPageTable[Script]()}
	for _, p := range in.pairs() {
		t.hans.set(p.r, p.form)
		if !p.also {
			t.script.set(p.r, Hant)
		}
	}
	t.hant, t.own[Taiwan], t.own[HongKong] = in.pairs(), in.pairs(), in.pairs()
	for _, p := range t.own[Taiwan] {
		t.taiwan.set(p.r, p.form)
	}
	for _, p := range t.hant {
		stays := p.also || t.taiwan.at(p.form) == p.r
		if !stays && t.script.at(p.r) == Unknown {
			t.script.set(p.r, Hans)
		}
	}
	return t
}

// pairs reads one list.
func (r *reader) pairs() []charPair {
	out := make([]charPair, r.uint())
	c := rune(0)
	for i := range out {
		c += rune(r.uint())
		also := r.uint() == 1
		out[i] = charPair{c, c + rune(r.sint()), also}
	}
	return out
}

// ToHansRune gives the simplified form of a character, or the character itself. Where the form depends
// on the word, it is the commoner one: 乾 gives 干, 覆 stays.
func ToHansRune(r rune) rune {
	if !valid(r) {
		return r
	}
	if form := charData().hans.at(r); form != 0 {
		return form
	}
	return r
}

// IsTraditional says whether r has a simplified form other than itself.
func IsTraditional(r rune) bool { return ToHansRune(r) != r }

// DetectScript says which script a text is written in, by counting the characters that occur in one
// script alone. 后, 里 and 乾, which occur in both, have no vote. A draw is Unknown.
func DetectScript(s string) Script {
	table := charData().script
	hant, hans := 0, 0
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, width := decode(s, i)
		switch table.at(r) {
		case Hant:
			hant++
		case Hans:
			hans++
		}
		i += width
	}
	switch {
	case hant > hans:
		return Hant
	case hans > hant:
		return Hans
	}
	return Unknown
}
