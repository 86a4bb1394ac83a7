// Package picture makes the pictures that readers see from bytes that nobody
// vouches for.
//
// The idea: a picture that came from outside is never shown. It is decoded,
// turned upright, scaled to a fixed set of widths and encoded again, so that
// what is shown holds pixels and nothing else: no place where it was taken, no
// camera, no page hidden behind the last row. Decoding happens in a process of
// its own with limits on time and memory ([Pool] on this side, [Serve] on that
// one), after the header alone has said that the size is bearable. A decoder
// that loses its way takes that process along and no request.
//
// Read are JPEG, PNG, WebP and GIF, of moving ones the first frame; written is JPEG, or PNG
// where there is transparency or where a drawing is smaller so. Orientation is
// read from EXIF and applied. Colour profiles are not converted: they are
// dropped with all else, and the numbers are taken for sRGB, which pictures for
// the web nearly always are; one in a wider space looks a little paler.
//
// The package stores nothing and knows no database. media calls it to keep what
// it makes; the hidden command of cli is the other process.
package picture

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"slices"

	"golang.org/x/image/webp"

	"github.com/huiguan/huiguan/internal/fault"
)

// The limits of what is taken in.
const (
	MaxBytes  = 32 << 20   // of a file
	MaxPixels = 40_000_000 // of a picture
	MaxSide   = 10_000     // of its width or height
	// maxMemory is what decoding may take: how much that is depends on the
	// format, and a progressive JPEG takes five times as much as another.
	maxMemory = 400 << 20
)

// Widths is the set that pictures are made in. A picture narrower than the
// last is also made in its own width, which is then the largest.
func Widths() []int { return []int{320, 640, 960, 1600} }

// Set is a picture's public forms.
type Set struct {
	Width, Height int // of the picture itself, upright
	Variants      []Variant
}

// Variant is the picture in one width. Variants go from narrow to wide.
type Variant struct {
	Width, Height int
	Mime          string // image/jpeg or image/png
	Data          []byte
}

// The reasons for which a picture is refused, as keys of the message catalogue.
const (
	keyUnknown = "media.picture_unknown" // no picture, or of a format that is not read
	keyLarge   = "media.picture_large"   // too many bytes or pixels
	keyDamaged = "media.picture_damaged" // it ends early or makes no sense
	keyCostly  = "media.picture_costly"  // reading it takes too long or too much memory
	keyOff     = "media.picture_off"     // nobody is there to make pictures
)

// refuse is the error of a reason.
func refuse(key string, cause error) error {
	kinds := map[string]fault.Kind{keyUnknown: fault.Invalid, keyLarge: fault.TooLarge, keyDamaged: fault.Invalid, keyCostly: fault.TooLarge, keyOff: fault.Unavailable}
	args := fault.Args{"megapixels": MaxPixels / 1_000_000, "side": MaxSide, "bytes": MaxBytes >> 20}
	return fault.Because(cause, kinds[key], key, args)
}

// InProcess makes pictures in this process, without limits on time and memory.
// It is for tests.
type InProcess struct{}

// Make makes a picture's public forms.
func (InProcess) Make(_ context.Context, data []byte) (Set, error) { return convert(data) }

// Off makes no pictures and says so.
type Off struct{}

// Make refuses.
func (Off) Make(context.Context, []byte) (Set, error) { return Set{}, refuse(keyOff, nil) }

// convert is all of it: from bytes to the set.
func convert(data []byte) (Set, error) {
	data = firstFrame(data)
	h, err := readHeader(data)
	if err != nil {
		return Set{}, err
	}
	img, err := decode(h, data)
	if err != nil {
		return Set{}, refuse(keyDamaged, err)
	}
	set := Set{Width: h.width, Height: h.height}
	if h.turn >= 5 {
		set.Width, set.Height = h.height, h.width
	}
	widths := chosen(set.Width)
	level := h.turn.apply(shrink(img, h.turn, widths[len(widths)-1]))
	few := fewColours(level)
	for _, w := range slices.Backward(widths) {
		for level.Rect.Dx() >= 2*w {
			level = half(level)
		}
		v, err := encode(resample(level, w, max(1, (set.Height*w+set.Width/2)/set.Width)), few)
		if err != nil {
			return Set{}, fmt.Errorf("picture: encode: %w", err)
		}
		set.Variants = append(set.Variants, v)
	}
	slices.Reverse(set.Variants)
	return set, nil
}

// chosen are the widths in which a picture of the given width is made. One that
// is hardly narrower than the largest is left out.
func chosen(width int) []int {
	all := Widths()
	largest := min(width, all[len(all)-1])
	var out []int
	for _, w := range all {
		if w*5 <= largest*4 {
			out = append(out, w)
		}
	}
	return append(out, largest)
}

// decode reads the pixels.
func decode(h header, data []byte) (image.Image, error) {
	r := bytes.NewReader(data)
	switch h.format {
	case formatJPEG:
		return jpeg.Decode(r)
	case formatPNG:
		return png.Decode(r)
	case formatWebP:
		return webp.Decode(r)
	}
	// The first frame may cover a part of the canvas only.
	frame, err := gif.Decode(r)
	whole := image.Rect(0, 0, h.width, h.height)
	if err != nil || frame.Bounds() == whole {
		return frame, err
	}
	canvas := image.NewRGBA(whole)
	draw.Draw(canvas, frame.Bounds(), frame, frame.Bounds().Min, draw.Src)
	return canvas, nil
}
