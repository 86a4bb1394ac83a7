package picture

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"testing"
)

// canary is what a camera may have written down and no reader may ever see.
const canary = "GPS-22.5431N-114.0579E-canary"

// photo is a picture with as many colours as a photograph.
func photo(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			noise := uint8((x*7919 + y*104729 + x*y*31) >> 3 & 15)
			p := img.Pix[y*img.Stride+4*x:][:4]
			p[0], p[1], p[2], p[3] = uint8(x*200/w)+noise, uint8(y*200/h)+noise, uint8((x+y)*180/(w+h))+noise, 255
		}
	}
	return img
}

// corners is a picture of four colours, named by where they are stored.
func corners(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, cornerColours()[y*2/h*2+x*2/w])
		}
	}
	return img
}

// cornerColours are those of top left, top right, bottom left, bottom right.
func cornerColours() [4]color.RGBA {
	return [4]color.RGBA{{200, 0, 0, 255}, {0, 200, 0, 255}, {0, 0, 200, 255}, {200, 200, 0, 255}}
}

func jpegOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tiff is an EXIF block with an orientation and the canary.
func tiff(order binary.AppendByteOrder, orientation uint16) []byte {
	b := []byte("II*\x00")
	if order.String() == binary.BigEndian.String() {
		b = []byte("MM\x00*")
	}
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 2)
	entry := func(tag, kind uint16, count uint32) {
		b = order.AppendUint16(b, tag)
		b = order.AppendUint16(b, kind)
		b = order.AppendUint32(b, count)
	}
	entry(0x010e, 2, uint32(len(canary))) // the description
	b = order.AppendUint32(b, 8+2+2*12+4)
	entry(0x0112, 3, 1)
	b = order.AppendUint16(b, orientation)
	b = order.AppendUint16(b, 0)
	b = order.AppendUint32(b, 0)
	return append(b, canary...)
}

// segment puts a segment behind the first mark of a JPEG.
func segment(data []byte, marker byte, body []byte) []byte {
	head := append([]byte{0xff, 0xd8, 0xff, marker}, binary.BigEndian.AppendUint16(nil, uint16(len(body)+2))...)
	return append(append(head, body...), data[2:]...)
}

func withEXIF(data []byte, block []byte) []byte {
	return segment(data, 0xe1, append([]byte("Exif\x00\x00"), block...))
}

// pngChunk puts a chunk behind the header of a PNG.
func pngChunk(data []byte, name string, body []byte) []byte {
	const header = 8 + 25
	b := binary.BigEndian.AppendUint32(bytes.Clone(data[:header]), uint32(len(body)))
	b = append(append(b, name...), body...)
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(append([]byte(name), body...)))
	return append(b, data[header:]...)
}

// claimPNG is a PNG that says it is of that size, and holds nothing.
func claimPNG(w, h uint32, depth, kind, interlaced byte) []byte {
	body := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	body = append(body, depth, kind, 0, 0, interlaced)
	b := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"), body...)
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(append([]byte("IHDR"), body...)))
	return append(b, "\x00\x00\x00\x00IDAT\x35\xaf\x06\x1e"...)
}

// claimJPEG makes a small JPEG say that it is of that size, as the picture did
// that became known as lottapixel.
func claimJPEG(t testing.TB, w, h uint16, progressive bool) []byte {
	t.Helper()
	data := jpegOf(t, photo(16, 16))
	at := bytes.Index(data, []byte{0xff, 0xc0})
	binary.BigEndian.PutUint16(data[at+5:], h)
	binary.BigEndian.PutUint16(data[at+7:], w)
	if progressive {
		data[at+1] = 0xc2
		data[at+11] = 0x11 // as many colours as pixels
	}
	return data
}

func claimGIF(w, h uint16) []byte {
	b := []byte("GIF89a")
	b = binary.LittleEndian.AppendUint16(b, w)
	b = binary.LittleEndian.AppendUint16(b, h)
	return append(b, 0x80, 0, 0, 0, 0, 0, 255, 255, 255)
}

// claimWebP is the head of a WebP of that size.
func claimWebP(w, h uint32) []byte {
	b := []byte("RIFF\x16\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00")
	b = append(b, byte(w-1), byte((w-1)>>8), byte((w-1)>>16))
	return append(b, byte(h-1), byte((h-1)>>8), byte((h-1)>>16))
}

// frames is a GIF of n frames, each smaller than the canvas.
func frames(t testing.TB, n int) []byte {
	t.Helper()
	table := color.Palette{color.RGBA{160, 42, 31, 255}, color.RGBA{44, 106, 78, 255}}
	g := &gif.GIF{Config: image.Config{ColorModel: table, Width: 40, Height: 30}}
	for i := range n {
		frame := image.NewPaletted(image.Rect(10, 5, 30, 25), table)
		for j := range frame.Pix {
			frame.Pix[j] = uint8(i) & 1
		}
		g.Image, g.Delay = append(g.Image, frame), append(g.Delay, 1)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// drawnWebP is a drawing of ours with transparency, made by a browser.
func drawnWebP(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/alpha.webp")
	if err != nil {
		t.Fatal(err)
	}
	return data
}
