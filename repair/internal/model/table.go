package model

import (
	_ "embed" // for the tables
	"math"
	"math/bits"
)

var (
	//go:embed data/pairs.bin
	pairs table
	//go:embed data/words.bin
	words table
	//go:embed data/forms.bin
	forms string
)

// FirstForm and FormCount are the characters whose forms are known: the main block of Chinese characters.
// The table has their values on traditional pages first, then those on simplified ones.
const (
	FirstForm = 0x4E00
	FormCount = 0x5200
)

// PairKey is where the table of pairs holds x behind b.
func PairKey(b, x uint16) uint64 { return 1<<40 | uint64(b)<<16 | uint64(x) }

// AloneKey is where the table of pairs holds the share of a symbol.
func AloneKey(x uint16) uint64 { return 2<<40 | uint64(x) }

// BackoffKey is where the table of pairs holds how likely something unseen follows b.
func BackoffKey(b uint16) uint64 { return 3<<40 | uint64(b) }

// A table finds one byte for a key. Each slot has three bytes that are drawn from the key, to know it by,
// and the value. One key in a million that is not in the table is taken for one that is, which costs less
// than the space for whole keys would.
type table string

const slot = 4

func (t table) find(key uint64) (value byte, ok bool) {
	size := len(t) / slot
	at, check := place(key, size)
	for {
		s := t[at*slot : at*slot+slot]
		switch uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 {
		case check:
			return s[3], true
		case 0:
			return 0, false
		}
		if at++; at == size {
			at = 0
		}
	}
}

// place is where a key belongs in a table of so many slots, and what it is known by, which is never 0.
func place(key uint64, size int) (home int, check uint32) {
	h := key * 0x9E3779B97F4A7C15
	h ^= h >> 32
	h *= 0xD6E8FEB86659FD93
	h ^= h >> 29
	hi, _ := bits.Mul64(h, uint64(size))
	return int(hi), uint32(h)&0xFFFFFF | 1
}

// Pack makes a table of the entries. It has a third more slots than entries, so that a search is short.
func Pack(entries map[uint64]byte, inOrder []uint64) []byte {
	size := len(entries)*4/3 + 8
	out := make([]byte, size*slot)
	for _, key := range inOrder {
		at, check := place(key, size)
		for out[at*slot] != 0 { // the lowest bit of a check is set
			if at++; at == size {
				at = 0
			}
		}
		out[at*slot], out[at*slot+1], out[at*slot+2], out[at*slot+3] = byte(check), byte(check>>8), byte(check>>16), entries[key]
	}
	return out
}

// A value is a logarithm in steps of a twelfth of a nat, from 0 down.
const steps = 12

func nats(q byte) float32 { return -float32(q) / steps }

// Quantum is the byte for a logarithm.
func Quantum(nats float64) byte { return byte(min(255, max(0, math.Round(-nats*steps)))) }

// likelihoods are the probabilities that the bytes stand for.
var likelihoods = func() (t [256]float32) {
	for q := range t {
		t[q] = float32(math.Exp(-float64(q) / steps))
	}
	return t
}()
