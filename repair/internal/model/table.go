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
// than the space for whole keys would. A key is in one of two buckets of four slots, so that nearly all
// slots can be taken and a search is short even where it finds nothing.
type table string

const (
	slot   = 4
	bucket = 4 * slot
)

func (t table) find(key uint64) (value byte, ok bool) {
	first, second, check := places(key, len(t)/bucket)
	for _, at := range [...]int{first, second} {
		b := t[at*bucket : at*bucket+bucket]
		for i := 0; i < bucket; i += slot {
			if uint32(b[i])|uint32(b[i+1])<<8|uint32(b[i+2])<<16 == check {
				return b[i+3], true
			}
		}
	}
	return 0, false
}

// places are the buckets that a key may be in, of so many, and what it is known by, which is never 0.
func places(key uint64, buckets int) (first, second int, check uint32) {
	h := key * 0x9E3779B97F4A7C15
	h ^= h >> 32
	h *= 0xD6E8FEB86659FD93
	h ^= h >> 29
	a, _ := bits.Mul64(h, uint64(buckets))
	b, _ := bits.Mul64(h*0xC2B2AE3D27D4EB4F, uint64(buckets))
	return int(a), int(b), uint32(h)&0xFFFFFF | 1
}

// fullness is how many of a hundred slots are taken.
const fullness = 95

// Pack makes a table of the entries.
func Pack(entries map[uint64]byte, inOrder []uint64) []byte {
	buckets := len(entries)*100/fullness/4 + 2
	p := packer{make([][]uint64, buckets)}
	for i, key := range inOrder {
		p.put(key, i)
	}
	out := make([]byte, buckets*bucket)
	for at, keys := range p.buckets {
		for i, key := range keys {
			_, _, check := places(key, buckets)
			s := out[at*bucket+i*slot:]
			s[0], s[1], s[2], s[3] = byte(check), byte(check>>8), byte(check>>16), entries[key]
		}
	}
	return out
}

// A packer gives keys their buckets.
type packer struct{ buckets [][]uint64 }

// put finds room for a key. Where there is none, another has to move to its other bucket.
func (p *packer) put(key uint64, turn int) {
	at, other, _ := places(key, len(p.buckets))
	if len(p.buckets[other]) < len(p.buckets[at]) {
		at = other
	}
	for ; len(p.buckets[at]) == 4; turn++ {
		moved := &p.buckets[at][turn&3]
		key, *moved = *moved, key
		first, second, _ := places(key, len(p.buckets))
		at = first + second - at
	}
	p.buckets[at] = append(p.buckets[at], key)
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
