package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
)

// The types that are written.
const (
	mimeJPEG = "image/jpeg"
	mimePNG  = "image/png"
)

// quality of JPEG: above it files grow faster than pictures gain.
const quality = 82

// encode writes one variant: PNG where something shines through, else JPEG; of
// a drawing the smaller of both.
func encode(img *image.RGBA, few bool) (Variant, error) {
	v := Variant{Width: img.Rect.Dx(), Height: img.Rect.Dy(), Mime: mimeJPEG}
	var photo, drawing bytes.Buffer
	opaque := img.Opaque()
	if opaque {
		if err := jpeg.Encode(&photo, img, &jpeg.Options{Quality: quality}); err != nil {
			return v, err
		}
	}
	if !opaque || few {
		if err := png.Encode(&drawing, indexed(img)); err != nil {
			return v, err
		}
	}
	v.Data = photo.Bytes()
	if !opaque || few && drawing.Len() < photo.Len() {
		v.Mime, v.Data = mimePNG, drawing.Bytes()
	}
	return v, nil
}

// fewColours tells a drawing from a photograph: of up to 16,384 pixels, spread
// evenly, at most one in eight has a colour of its own. It only says whether PNG
// is worth a try.
func fewColours(img *image.RGBA) bool {
	const side = 128
	w, h := img.Rect.Dx(), img.Rect.Dy()
	nx, ny := min(w, side), min(h, side)
	seen := map[[4]uint8]bool{}
	for y := range ny {
		for x := range nx {
			seen[[4]uint8(img.Pix[y*h/ny*img.Stride+4*(x*w/nx):][:4])] = true
		}
	}
	return len(seen) <= max(16, nx*ny/8)
}

// indexed is the same picture with a table of its colours, where they are few
// enough for one: a code to scan, a map, a seal.
func indexed(img *image.RGBA) image.Image {
	out := image.NewPaletted(img.Rect, nil)
	index := map[[4]uint8]uint8{}
	for i := range out.Pix {
		p := [4]uint8(img.Pix[4*i:][:4])
		at, ok := index[p]
		if !ok {
			if len(out.Palette) == 256 {
				return img
			}
			at = uint8(len(out.Palette))
			index[p] = at
			out.Palette = append(out.Palette, color.RGBA{p[0], p[1], p[2], p[3]})
		}
		out.Pix[i] = at
	}
	return out
}
