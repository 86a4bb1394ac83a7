package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// The formats that are read.
const (
	formatJPEG = "jpeg"
	formatPNG  = "png"
	formatGIF  = "gif"
	formatWebP = "webp"
)

// Known says whether a file begins as a picture that can be read. Whether it is
// one, only making it tells.
func Known(data []byte) bool { return sniff(data) != "" }

// header is what a picture says of itself before it is decoded.
type header struct {
	format        string
	width, height int // as stored, not yet upright
	turn          turn
	memory        int64 // bytes that decoding takes, rather too many than too few
}

// sniff tells the format by the first bytes; "" where it is none of ours.
func sniff(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return formatJPEG
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return formatPNG
	case bytes.HasPrefix(data, []byte("GIF87a")), bytes.HasPrefix(data, []byte("GIF89a")):
		return formatGIF
	case len(data) >= 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return formatWebP
	}
	return ""
}

// readHeader checks all that can be known without decoding.
func readHeader(data []byte) (header, error) {
	if len(data) > MaxBytes {
		return header{}, refuse(keyLarge, nil)
	}
	h := header{format: sniff(data)}
	readers := map[string]func(io.Reader) (image.Config, error){
		formatJPEG: jpeg.DecodeConfig, formatPNG: png.DecodeConfig, formatGIF: gif.DecodeConfig, formatWebP: webp.DecodeConfig,
	}
	read, ok := readers[h.format]
	if !ok {
		return h, refuse(keyUnknown, nil)
	}
	c, err := read(bytes.NewReader(data))
	if err != nil {
		return h, refuse(keyDamaged, err)
	}
	h.width, h.height = c.Width, c.Height
	if h.width <= 0 || h.height <= 0 {
		return h, refuse(keyDamaged, errors.New("no width or height"))
	}
	if h.width > MaxSide || h.height > MaxSide || h.width*h.height > MaxPixels {
		return h, refuse(keyLarge, nil)
	}
	h.memory = int64(float64(h.width*h.height) * weight(h.format, c.ColorModel, data))
	if h.memory > maxMemory {
		return h, refuse(keyCostly, nil)
	}
	h.turn = orientation(exif(h.format, data))
	return h, nil
}

// weight is how many bytes a pixel takes while it is decoded.
func weight(format string, m color.Model, data []byte) float64 {
	bytesOf := map[color.Model]float64{
		color.GrayModel: 1, color.Gray16Model: 2, color.RGBAModel: 4, color.NRGBAModel: 4, color.RGBA64Model: 8, color.NRGBA64Model: 8,
		color.YCbCrModel: 3, color.NYCbCrAModel: 8, color.CMYKModel: 8,
	}
	w := 1.0 // indexed
	if _, indexed := m.(color.Palette); !indexed {
		w = bytesOf[m]
	}
	switch {
	case format == formatJPEG:
		return w * jpegWeight(data)
	case format == formatPNG && len(data) > 28 && data[28] != 0: // interlaced: each pass is a picture
		return 2 * w
	case format == formatWebP:
		return 2 * w
	}
	return w
}

// jpegWeight is what chroma and progression make of a JPEG: less colour than
// light, and all coefficients kept until the last scan.
func jpegWeight(data []byte) float64 {
	w := 1.0
	for marker, body := range segments(data) {
		if marker < 0xc0 || marker > 0xc2 || len(body) < 6 || len(body) < 6+3*int(body[5]) {
			continue
		}
		samples, most, n := 0, 1, int(body[5])
		for i := range n {
			s := int(body[6+3*i+1]>>4) * int(body[6+3*i+1]&15)
			samples, most = samples+s, max(most, s)
		}
		if n == 3 {
			w = max(float64(samples)/float64(3*most), 0.4)
		}
		if marker == 0xc2 {
			w *= 5
		}
	}
	return w
}

// segments walks the segments of a JPEG up to its pixels.
func segments(data []byte) func(yield func(marker byte, body []byte) bool) {
	return func(yield func(byte, []byte) bool) {
		for at := 2; at+4 <= len(data) && data[at] == 0xff; {
			marker := data[at+1]
			if marker == 0xff { // filling
				at++
				continue
			}
			if marker == 0xda || marker == 0xd9 {
				return
			}
			if marker == 0x01 || marker >= 0xd0 && marker <= 0xd7 { // these have no body
				at += 2
				continue
			}
			size := int(binary.BigEndian.Uint16(data[at+2:]))
			if size < 2 || at+2+size > len(data) {
				return
			}
			if !yield(marker, data[at+4:at+2+size]) {
				return
			}
			at += 2 + size
		}
	}
}
