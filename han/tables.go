package han

import (
	"bytes"
	"compress/flate"
	"embed"
	"encoding/binary"
	"io"
)

// The tables are written by tools/hantables; data/NOTICE says where they come from.
//
//go:generate sh -c "cd ../tools && go run ./hantables -out ../han"
//go:embed data/*.bin
var packed embed.FS

// A reader takes numbers off an unpacked table. The tables are part of the program, so a damaged one
// is a fault of the build and stops it.
type reader struct{ buf []byte }

func openTable(name string) *reader {
	data, err := packed.ReadFile("data/" + name + ".bin")
	if err != nil {
		panic("han: " + err.Error())
	}
	buf, err := io.ReadAll(flate.NewReader(bytes.NewReader(data)))
	if err != nil {
		panic("han: table " + name + ": " + err.Error())
	}
	return &reader{buf}
}

func (r *reader) uint() int {
	n, w := binary.Uvarint(r.buf)
	if w <= 0 {
		panic("han: table ends early")
	}
	r.buf = r.buf[w:]
	return int(n)
}

func (r *reader) sint() int {
	n, w := binary.Varint(r.buf)
	if w <= 0 {
		panic("han: table ends early")
	}
	r.buf = r.buf[w:]
	return int(n)
}

func (r *reader) text(n int) string {
	s := string(r.buf[:n])
	r.buf = r.buf[n:]
	return s
}

const pageBits = 8

// A pageTable gives a small value for each character in two steps through memory, without hashing.
// Characters that were never set share one page of zeros.
type pageTable[T any] struct {
	index [0x110000 >> pageBits]uint16
	cells []T
}

func newPageTable[T any]() *pageTable[T] {
	return &pageTable[T]{cells: make([]T, 1<<pageBits)}
}

func (t *pageTable[T]) set(r rune, value T) {
	page := &t.index[r>>pageBits]
	if *page == 0 {
		*page = uint16(len(t.cells) >> pageBits)
		t.cells = append(t.cells, make([]T, 1<<pageBits)...)
	}
	t.cells[int(*page)<<pageBits|int(r&(1<<pageBits-1))] = value
}

// at expects a character that a decoder gave, never a negative one.
func (t *pageTable[T]) at(r rune) T {
	return t.cells[int(t.index[r>>pageBits])<<pageBits|int(r&(1<<pageBits-1))]
}

// decode reads the character at s[i]. It is utf8.DecodeRuneInString with the common case, three bytes,
// in front, because nearly all Chinese text is that.
func decode(s string, i int) (r rune, width int) {
	if i+2 < len(s) {
		a, b, c := s[i], s[i+1], s[i+2]
		if a > 0xE0 && a < 0xED && b&0xC0 == 0x80 && c&0xC0 == 0x80 {
			return rune(a&0x0F)<<12 | rune(b&0x3F)<<6 | rune(c&0x3F), 3
		}
	}
	return decodeSlow(s[i:])
}
