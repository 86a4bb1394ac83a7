// Package model knows how likely a stretch of Chinese text is. It chooses between readings that the bytes
// leave open and says by how much; it never decides alone.
//
// Two views are weighed against each other: pairs of neighbouring characters, counted in running text, and
// the words of a dictionary, over all ways to cut the text into them. Both count a character and its
// simplified form as one; which of the forms a page would use is a third, smaller matter.
//
// The tables are written by the program in count, which docs/repair.md tells the sources of. They are read
// where they lie in the program, so that nothing has to be unpacked. Everything here is read-only.
package model

import (
	"math"
	"sync"

	"github.com/huiguan/huiguan/han"
)

// Script is the script of a page.
type Script uint8

// The scripts that the forms of characters are known for. Of an unknown page either form is as good.
const (
	Unknown Script = iota
	Hant
	Hans
)

// Other stands for every character outside the basic plane.
const Other = 0xFFFD

// The share of the two views in a probability, and what keeps a step from being impossible.
const (
	pairShare = 1.0 / 3
	wordShare = 2.0 / 3
	floor     = -20
	foreign   = -7 // a character of another script
)

// Symbol is the character that r is counted as: simplified, full width, one for all letters and one for
// all digits, one for all quotes that open and one for those that close.
func Symbol(r rune) uint16 {
	if uint32(r) >= 1<<16 {
		return Other
	}
	return symbols()[r]
}

// The digits of a day and of a month are counted apart from all others: they say what follows them.
const (
	Day   = '1'
	Month = '2'
)

// Behind is the symbol of r behind the symbol before it.
func Behind(before uint16, r rune) uint16 {
	x := Symbol(r)
	if x != '0' {
		return x
	}
	switch before {
	case '月', Day:
		return Day
	case '年', Month:
		return Month
	}
	return x
}

var symbols = sync.OnceValue(func() *[1 << 16]uint16 {
	t := new([1 << 16]uint16)
	for i := range t {
		t[i] = uint16(i)
	}
	for r := rune(0x3400); r < 0xA000; r++ {
		if form := han.ToHansRune(r); form < 1<<16 {
			t[r] = uint16(form)
		}
	}
	for r := '！'; r <= '～'; r++ {
		t[r-'！'+'!'] = uint16(r)
	}
	for r := range rune(26) {
		t['a'+r], t['A'+r], t['ａ'+r], t['Ａ'+r] = 'a', 'a', 'a', 'a'
	}
	for r := range rune(10) {
		t['0'+r], t['０'+r] = '0', '0'
	}
	for pair, to := range map[string]uint16{"「『‘": '“', "」』’": '”', "\u3000\u00a0": ' ', "\r": '\n'} {
		for _, r := range pair {
			t[r] = to
		}
	}
	return t
})

// A State is what of a text bears on what follows: its last characters, and how well they end a word.
// The zero State is not one; see [Start].
type State struct {
	last [3]uint16  // the newest first
	ends [4]float32 // how likely words end behind the last character, the one before it, …, relative to the first
}

// Start is the state at the beginning of a line.
func Start() State { return State{last: [3]uint16{'\n', '\n', '\n'}, ends: [4]float32{1}} }

// Last is the symbol of the last character.
func (s *State) Last() uint16 { return s.last[0] }

// Key tells states apart that lead to different futures, as far as two characters say.
func (s *State) Key() uint32 { return uint32(s.last[1])<<16 | uint32(s.last[0]) }

// Next is the state behind one more character, and the logarithm of its probability there.
func Next(s *State, r rune, script Script) (next State, nats float32) {
	x := Behind(s.last[0], r)
	nats = pairShare * Pair(s.last[0], x)
	word := s.word(x)
	next.last = [3]uint16{x, s.last[0], s.last[1]}
	step := float32(floor)
	if word > 0 {
		step = logOf(word)
		next.ends = [4]float32{1, 1 / word, s.ends[1] / word, s.ends[2] / word}
	} else {
		next.ends = [4]float32{1}
	}
	return next, nats + wordShare*max(step, floor) + Form(r, script)
}

// logOf is the natural logarithm of a positive number to a hundredth, which is more than the tables have.
func logOf(x float32) float32 {
	bits := math.Float32bits(x)
	exponent := float32(int32(bits>>23) - 127)
	m := math.Float32frombits(bits&0x7FFFFF | 0x3F800000) // 1 to 2, where the logarithm to base 2 is nearly a parabola
	return (exponent + m*(2-m/3) - 5.0/3) * math.Ln2
}

// word sums over the words that may end with x.
func (s *State) word(x uint16) float32 {
	p := s.ends[0] * likelihoods[singles().word[x]]
	if !isHan(x) {
		return p
	}
	key := uint64(x)
	for n, c := range s.last {
		if !isHan(c) {
			break
		}
		key |= uint64(c) << (16 * (n + 1))
		if q, ok := words.find(key); ok {
			p += s.ends[n+1] * likelihoods[q]
		}
	}
	return p
}

// Pair is the logarithm of the probability of x behind the symbol b.
func Pair(b, x uint16) float32 {
	if q, ok := pairs.find(PairKey(b, x)); ok {
		return nats(q)
	}
	t := singles()
	return nats(t.backoff[b]) + nats(t.alone[x])
}

// Alone is the logarithm of the share that the symbol x has of all text.
func Alone(x uint16) float32 { return nats(singles().alone[x]) }

// Seen says whether the counted text has the symbol.
func Seen(x uint16) bool { return singles().seen[x] }

// unseen is for what the counted text has not. A rare Chinese character is a sign of damage; a letter of
// another script is none.
func unseen(x uint16) float32 {
	if isHan(x) || x >= 0xE000 && x < 0xF900 {
		return floor
	}
	return foreign
}

// singleTable is what the tables say of single symbols, where it is found without a search.
type singleTable struct {
	alone, backoff, word [1 << 16]byte
	seen                 [1 << 16]bool
}

var singles = sync.OnceValue(func() *singleTable {
	t := new(singleTable)
	for i := range t.alone {
		x := uint16(i)
		t.alone[i] = Quantum(float64(unseen(x)))
		t.word[i] = t.alone[i]
		if x >= 0xA000 && x < 0xFF00 || x >= 0x0500 && x < 0x2000 { // scripts that were not counted
			continue
		}
		q, ok := pairs.find(AloneKey(x))
		if !ok {
			continue
		}
		t.alone[i], t.seen[i] = q, true
		t.backoff[i], _ = pairs.find(BackoffKey(x))
		if q, ok := words.find(uint64(x)); ok {
			t.word[i] = q
		}
	}
	return t
})

// IsWord says whether the dictionary has these two to four symbols as a word.
func IsWord(symbols ...uint16) bool {
	key := uint64(0)
	for _, x := range symbols {
		key = key<<16 | uint64(x)
	}
	_, ok := words.find(key)
	return ok && len(symbols) > 1
}

// Form is how well a form of a character suits a page in the script: 0 where it is the only one.
func Form(r rune, script Script) float32 {
	if r < FirstForm || r >= FirstForm+FormCount {
		return 0
	}
	at := int(r - FirstForm)
	switch script {
	case Hant:
		return nats(forms[at])
	case Hans:
		return nats(forms[FormCount+at])
	}
	return max(nats(forms[at]), nats(forms[FormCount+at]))
}

func isHan(x uint16) bool { return x >= 0x3400 && x < 0xA000 }

// Score is the logarithm of the probability of a whole text, from the beginning of a line.
func Score(text string, script Script) float32 {
	s, sum := Start(), float32(0)
	for _, r := range text {
		var step float32
		s, step = Next(&s, r, script)
		sum += step
	}
	return sum
}
