package main

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/repair/internal/model"
)

// How much a character of each kind of text counts, and how a word's frequency does. They were chosen on
// the development texts of docs/repair.md, as were the other numbers here.
const (
	laws       = 0.3
	prose      = 0.45
	everyday   = 3.0
	dictionary = 0.3

	pairPower = 0.8  // of a word's frequency, for the pairs in it
	wordPower = 0.8  // of a word's frequency, for the word
	alone     = 0.02 // the share of a character of the dictionary in words that it has not
	prior     = 1000 // how many sightings of a character equal the belief that anything may follow
	datePrior = 20   // and of a digit of a date, which few things follow
	keepPairs = 104000
)

type script int

const (
	hant script = iota
	hans
)

type pair struct{ b, x uint16 }

// counts is what was seen, weighed.
type counts struct {
	symbols map[uint16]float64
	before  map[uint16]float64 // as the first of a pair
	pairs   map[pair]float64
	words   map[uint64]float64
	forms   [2]map[rune]float64
}

func newCounts() *counts {
	return &counts{
		symbols: make(map[uint16]float64), before: make(map[uint16]float64), pairs: make(map[pair]float64),
		words: make(map[uint64]float64), forms: [2]map[rune]float64{make(map[rune]float64), make(map[rune]float64)},
	}
}

// text counts a paragraph and returns its length.
func (c *counts) text(s string, in script, weight float64) (n int) {
	last := uint16('\n')
	for _, r := range s {
		c.forms[in][r] += weight
		x := model.Behind(last, r)
		c.see(last, x, weight)
		last = x
		n++
	}
	c.see(last, '\n', weight)
	return n
}

func (c *counts) see(b, x uint16, weight float64) {
	c.symbols[x] += weight
	c.before[b] += weight
	c.pairs[pair{b, x}] += weight
}

// word counts a word of the dictionary, which is in simplified characters.
func (c *counts) word(s string, frequency float64) {
	weight := dictionary * math.Pow(frequency, pairPower)
	key, n, last := uint64(0), 0, uint16(0)
	for _, r := range s {
		x := model.Symbol(r)
		c.symbols[x] += weight
		c.before[x] += weight
		if n > 0 {
			c.pairs[pair{last, x}] += weight
		}
		key, last, n = key<<16|uint64(x), x, n+1
		c.forms[hans][r] += 0.01 * frequency
	}
	for _, r := range han.ToHant(s) {
		c.forms[hant][r] += 0.002 * frequency
	}
	if n <= 4 {
		c.words[key] += math.Pow(frequency, wordPower)
	}
}

// total sums in order, so that the sum is the same every time.
func total[K cmp.Ordered](m map[K]float64) (sum float64) {
	for _, key := range slices.Sorted(maps.Keys(m)) {
		sum += m[key]
	}
	return sum
}

func priorBehind(b uint16) float64 {
	if b == model.Day || b == model.Month {
		return datePrior
	}
	return prior
}

// packPairs keeps the pairs that say most beyond what their characters say alone.
func (c *counts) packPairs() []byte {
	entries := make(map[uint64]byte)
	all := total(c.symbols)
	share := func(x uint16) float64 { return (c.symbols[x] + 0.1) / (all + 3000) }
	for x := range c.symbols {
		entries[model.AloneKey(x)] = model.Quantum(math.Log(share(x)))
	}
	for b, n := range c.before {
		entries[model.BackoffKey(b)] = model.Quantum(math.Log(priorBehind(b) / (n + priorBehind(b))))
	}
	type scored struct {
		pair
		nats, gain float64
	}
	list := make([]scored, 0, len(c.pairs))
	for p, n := range c.pairs {
		prior, all := priorBehind(p.b), c.before[p.b]+priorBehind(p.b)
		nats := math.Log((n + prior*share(p.x)) / all)
		without := math.Log(prior / all * share(p.x))
		list = append(list, scored{p, nats, n * (nats - without)})
	}
	slices.SortFunc(list, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.gain, a.gain), cmp.Compare(a.b, b.b), cmp.Compare(a.x, b.x))
	})
	for _, p := range list[:min(len(list), keepPairs)] {
		entries[model.PairKey(p.b, p.x)] = model.Quantum(p.nats)
	}
	return pack(entries)
}

// packWords gives each character besides a little of what it has in all text, as a word alone.
func (c *counts) packWords() []byte {
	entries := make(map[uint64]byte)
	sum, all := total(c.words), total(c.symbols)
	digits := c.symbols['0'] + c.symbols[model.Day] + c.symbols[model.Month]
	for x, n := range c.symbols {
		if x == '0' || x == model.Day || x == model.Month {
			n = digits
		}
		part := alone
		if x < 0x3400 || x >= 0xA000 { // marks are no words of the dictionary
			part = 0.5
		}
		c.words[uint64(x)] += part * n / all * sum
	}
	for key, n := range c.words {
		entries[key] = model.Quantum(math.Log(n / sum))
	}
	return pack(entries)
}

func pack(entries map[uint64]byte) []byte {
	return model.Pack(entries, slices.Sorted(maps.Keys(entries)))
}

// packForms says for each character how much of its symbol it is on pages of either script.
func (c *counts) packForms() []byte {
	out := make([]byte, 0, 2*model.FormCount)
	for _, seen := range c.forms {
		whole := make(map[uint16]float64)
		for _, r := range slices.Sorted(maps.Keys(seen)) {
			whole[model.Symbol(r)] += seen[r]
		}
		for r := rune(model.FirstForm); r < model.FirstForm+model.FormCount; r++ {
			out = append(out, model.Quantum(math.Log((seen[r]+0.01)/(whole[model.Symbol(r)]+0.02))))
		}
	}
	return out
}
