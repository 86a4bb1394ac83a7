package picture

import (
	"image"
	"image/draw"
	"math"
)

// turn is an orientation as EXIF numbers them: what the camera saw as top and
// left lies at one of eight places.
type turn int

// upright needs no turning; from 5 on, rows and columns change places.
const upright turn = 1

// apply turns a picture upright.
func (t turn) apply(img *image.RGBA) *image.RGBA {
	if t == upright {
		return img
	}
	w, h := img.Rect.Dx(), img.Rect.Dy()
	ow, oh := w, h
	if t >= 5 {
		ow, oh = h, w
	}
	out := image.NewRGBA(image.Rect(0, 0, ow, oh))
	for y := range oh {
		for x := range ow {
			sx, sy := t.source(x, y, w, h)
			copy(out.Pix[y*out.Stride+4*x:][:4], img.Pix[sy*img.Stride+4*sx:][:4])
		}
	}
	return out
}

// source is the place in a stored picture of w by h that is shown at x, y.
func (t turn) source(x, y, w, h int) (sx, sy int) {
	switch t {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	case 8:
		return w - 1 - y, x
	}
	return x, y
}

// shrink brings decoded pixels into one form, halved as often as the widest
// variant allows.
func shrink(img image.Image, t turn, widest int) *image.RGBA {
	wide := func(b image.Rectangle) int {
		if t >= 5 {
			return b.Dy()
		}
		return b.Dx()
	}
	b := img.Bounds()
	if wide(b) < 2*widest || b.Dx() < 2 || b.Dy() < 2 {
		out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
		draw.Draw(out, out.Rect, img, b.Min, draw.Src)
		return out
	}
	out := half(img)
	for wide(out.Rect) >= 2*widest {
		out = half(out)
	}
	return out
}

// half is a picture at half its size: each pixel the mean of four. It works in
// strips, so that a large picture is never held twice.
func half(img image.Image) *image.RGBA {
	const rows = 32
	b := img.Bounds()
	w, h := b.Dx()/2, max(1, b.Dy()/2)
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	strip := image.NewRGBA(image.Rect(0, 0, b.Dx(), 2*rows))
	for top := 0; top < h; top += rows {
		draw.Draw(strip, strip.Rect, img, b.Min.Add(image.Pt(0, 2*top)), draw.Src)
		for y := range min(rows, h-top) {
			upper := strip.Pix[2*y*strip.Stride:][:8*w]
			lower := strip.Pix[(2*y+1)*strip.Stride:][:8*w]
			if b.Dy() < 2 {
				lower = upper
			}
			to := out.Pix[(top+y)*out.Stride:][:4*w]
			for i := range to {
				j := i/4*8 + i%4
				to[i] = uint8((int(upper[j]) + int(upper[j+4]) + int(lower[j]) + int(lower[j+4]) + 2) / 4)
			}
		}
	}
	return out
}

// share is what one new pixel takes from the old ones, beginning at one of them.
type share struct {
	from    int
	weights []int
}

// unit is the weight of a whole pixel.
const unit = 1 << 14

// shares are the weights of Catmull and Rom's curve for a row of n pixels made
// of a longer one.
func shares(n, old int) []share {
	scale := float64(old) / float64(n)
	out := make([]share, n)
	for i := range out {
		centre := (float64(i)+0.5)*scale - 0.5
		from, to := max(0, int(math.Ceil(centre-2*scale))), min(old-1, int(math.Floor(centre+2*scale)))
		curve, sum := make([]float64, to-from+1), 0.0
		for j := range curve {
			curve[j] = catmullRom((float64(from+j) - centre) / scale)
			sum += curve[j]
		}
		s := share{from: from, weights: make([]int, len(curve))}
		rest, most := unit, 0
		for j, c := range curve {
			s.weights[j] = int(math.Round(c / sum * unit))
			if rest -= s.weights[j]; s.weights[j] > s.weights[most] {
				most = j
			}
		}
		s.weights[most] += rest
		out[i] = s
	}
	return out
}

func catmullRom(t float64) float64 {
	switch t = math.Abs(t); {
	case t < 1:
		return (1.5*t-2.5)*t*t + 1
	case t < 2:
		return ((-0.5*t+2.5)*t-4)*t + 2
	}
	return 0
}

// resample scales a picture down to w by h, first its rows, then its columns.
// x/image/draw has the same curve, but holds the step between in floating point:
// a tall picture would take half a gigabyte there.
func resample(img *image.RGBA, w, h int) *image.RGBA {
	return columns(rows(img, w), h)
}

func rows(img *image.RGBA, w int) *image.RGBA {
	if img.Rect.Dx() == w {
		return img
	}
	out := image.NewRGBA(image.Rect(0, 0, w, img.Rect.Dy()))
	taken := shares(w, img.Rect.Dx())
	for y := range out.Rect.Dy() {
		from, to := img.Pix[y*img.Stride:], out.Pix[y*out.Stride:]
		for x, s := range taken {
			var sum [4]int
			for j, weight := range s.weights {
				p := from[4*(s.from+j):][:4]
				sum[0] += weight * int(p[0])
				sum[1] += weight * int(p[1])
				sum[2] += weight * int(p[2])
				sum[3] += weight * int(p[3])
			}
			settle(to[4*x:][:4], &sum)
		}
	}
	return out
}

func columns(img *image.RGBA, h int) *image.RGBA {
	if img.Rect.Dy() == h {
		return img
	}
	out := image.NewRGBA(image.Rect(0, 0, img.Rect.Dx(), h))
	for y, s := range shares(h, img.Rect.Dy()) {
		to := out.Pix[y*out.Stride:]
		for x := range out.Rect.Dx() {
			var sum [4]int
			for j, weight := range s.weights {
				p := img.Pix[(s.from+j)*img.Stride+4*x:][:4]
				sum[0] += weight * int(p[0])
				sum[1] += weight * int(p[1])
				sum[2] += weight * int(p[2])
				sum[3] += weight * int(p[3])
			}
			settle(to[4*x:][:4], &sum)
		}
	}
	return out
}

// settle writes a weighted sum as a pixel. The curve may swing beyond black,
// white and, where it is transparent, beyond what the pixel covers.
func settle(to []uint8, sum *[4]int) {
	top := 255
	for i := 3; i >= 0; i-- {
		to[i] = uint8(min(max((sum[i]+unit/2)/unit, 0), top))
		if i == 3 {
			top = int(to[3])
		}
	}
}
