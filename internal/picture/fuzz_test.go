package picture

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/huiguan/huiguan/internal/fault"
)

func FuzzOrientation(f *testing.F) {
	for o := range uint16(10) {
		f.Add(tiff(binary.LittleEndian, o))
		f.Add(tiff(binary.BigEndian, o))
	}
	f.Add([]byte("II*\x00\xff\xff\xff\xff"))
	f.Add([]byte("MM\x00*\x00\x00\x00\x08\xff\xff"))
	f.Fuzz(func(t *testing.T, block []byte) {
		if o := orientation(block); o < 1 || o > 8 {
			t.Fatalf("orientation %d", o)
		}
	})
}

// FuzzHeader asks of any bytes that they are refused with a reason or have a
// size within the limits; what is small is decoded as well.
func FuzzHeader(f *testing.F) {
	small := photo(20, 10)
	for _, data := range [][]byte{
		nil, withEXIF(jpegOf(f, small), tiff(binary.BigEndian, 6)), pngChunk(pngOf(f, small), "eXIf", tiff(binary.LittleEndian, 3)),
		frames(f, 2), drawnWebP(f)[:600], movingWebP(f), claimPNG(50_000, 50_000, 8, 6, 1), claimJPEG(f, 64250, 64250, true), claimGIF(65535, 65535),
		claimWebP(16384, 16384), cmykJPEG(f), []byte("<svg>"),
	} {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		h, err := readHeader(firstFrame(data))
		if err != nil {
			if fault.As(err) == nil {
				t.Fatalf("no reason: %v", err)
			}
			return
		}
		if h.width < 1 || h.height < 1 || h.width > MaxSide || h.height > MaxSide || h.width*h.height > MaxPixels || h.memory > maxMemory || h.turn < 1 || h.turn > 8 {
			t.Fatalf("%+v", h)
		}
		if h.width*h.height > 10_000 {
			return
		}
		set, err := convert(data)
		if err != nil {
			if fault.As(err) == nil {
				t.Fatalf("no reason: %v", err)
			}
			return
		}
		for _, v := range set.Variants {
			shown(t, v)
		}
	})
}

// FuzzAnswer believes nothing that a worker says.
func FuzzAnswer(f *testing.F) {
	for _, live := range []string{
		`{"refused":"media.picture_damaged","why":"x"}` + "\n", `{"width":1,"height":1,"variants":[{"width":1,"height":1,"mime":"image/png","size":8}]}` + "\n\x89PNG\r\n\x1a\n",
	} {
		f.Add([]byte(live))
	}
	f.Fuzz(func(t *testing.T, said []byte) {
		set, err := readAnswer(bytes.NewReader(said))
		if err == nil && len(set.Variants) == 0 {
			t.Fatal("neither a picture nor an error")
		}
	})
}
