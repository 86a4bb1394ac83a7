package main

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
)

// margin is how much bare paper frames a picture.
const margin = 26

// sheet finishes a picture: a ragged margin, the grain of the paper, a seal;
// and writes it as small as it has to be.
func (c *canvas) sheet() (data []byte, quality int, err error) {
	c.frame()
	c.seal()
	img := image.NewRGBA(image.Rect(0, 0, outWidth, outHeight))
	for y := range outHeight {
		for x := range outWidth {
			k := 1 + 0.009*(noise(float64(x)/6, float64(y)/4, 5)-0.5) + 0.03*(cloud(float64(x)/260, float64(y)/260, 6)-0.5)
			p := c.sample((float64(x)+0.5)*width/outWidth-0.5, (float64(y)+0.5)*height/outHeight-0.5)
			img.SetRGBA(x, y, color.RGBA{level(p[0] * k), level(p[1] * k), level(p[2] * k), 255})
		}
	}
	low, high := 20, 86 // low fits, high does not
	for high-low > 1 {
		mid := (low + high) / 2
		var b bytes.Buffer
		if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: mid}); err != nil {
			return nil, 0, err
		}
		if b.Len() > maxBytes {
			high = mid
		} else {
			low, data = mid, b.Bytes()
		}
	}
	return data, low, nil
}

// sample is the colour between four pixels.
func (c *canvas) sample(x, y float64) colour {
	x, y = min(max(x, 0), width-1.001), min(max(y, 0), height-1.001)
	i, u, v := int(y)*width+int(x), x-math.Floor(x), y-math.Floor(y)
	return mix(mix(c.pix[i], c.pix[i+1], u), mix(c.pix[i+width], c.pix[i+width+1], u), v)
}

func level(v float64) uint8 { return uint8(min(max(v, 0), 1)*255 + 0.5) }

// frame fades the paint out where the brush left the paper.
func (c *canvas) frame() {
	for y := range height {
		for x := range width {
			fx, fy := float64(x), float64(y)
			d := min(min(fx, width-1-fx), min(fy, height-1-fy))
			d += 16 * (cloud(fx/70, fy/70, c.seed+3) - 0.5)
			if a := 1 - (d-margin+3)/4; a > 0 {
				c.put(x, y, paper, min(a, 1))
			} else if rim := 1 - (d-margin)/7; rim > 0 {
				c.put(x, y, ink, 0.10*math.Min(rim, 1))
			}
		}
	}
}

// seal presses a small red seal: a roof, two posts, a lamp.
func (c *canvas) seal() {
	x, y := c.stamp.x, c.stamp.y
	c.wash(c.shaky(rect(x-18, y-18, 36, 36), 2), seal, seal, 0.88)
	for _, s := range [][]pt{{{-12, -2}, {-6, -5}, {0, -11}, {6, -5}, {12, -2}}, {{-7, -2}, {-7, 10}}, {{7, -2}, {7, 10}}} {
		line := make([]pt, 0, len(s))
		for _, p := range s {
			line = append(line, pt{x + p.x, y + p.y})
		}
		c.flat(ribbon(line, func(float64) float64 { return 2.6 }), paper, 0.9)
	}
	c.flat(oval(x, y+4, 2.6, 2.6), paper, 0.9)
}
