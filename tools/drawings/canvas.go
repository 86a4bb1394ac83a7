package main

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
)

// colour is linear enough for paint: red, green and blue from 0 to 1.
type colour [3]float64

// hex reads 0xrrggbb.
func hex(v int) colour {
	return colour{float64(v>>16&255) / 255, float64(v>>8&255) / 255, float64(v&255) / 255}
}

// mix goes from a to b.
func mix(a, b colour, t float64) colour {
	t = min(max(t, 0), 1)
	return colour{a[0] + (b[0]-a[0])*t, a[1] + (b[1]-a[1])*t, a[2] + (b[2]-a[2])*t}
}

func (a colour) dark(t float64) colour  { return mix(a, ink, t) }
func (a colour) light(t float64) colour { return mix(a, paper, t) }

// The palette.
var (
	paper  = hex(0xf4ecdb)
	ink    = hex(0x2a2b30)
	seal   = hex(0xb23a2b)
	jade   = hex(0x6f9a86)
	pine   = hex(0x3f6657)
	ochre  = hex(0xcf9a4a)
	straw  = hex(0xe3c98a)
	rose   = hex(0xdba38c)
	indigo = hex(0x33475c)
	night  = hex(0x212d3c)
	mist   = hex(0xd3d9d3)
	slate  = hex(0x6c7a80)
	plum   = hex(0x6e5160)
	wood   = hex(0x7a5238)
	moon   = hex(0xf8e9bd)
	skin   = hex(0xe0b491)
	white  = hex(0xfbf7ee)
)

// canvas is a sheet of wet paper with its own chance.
type canvas struct {
	pix   []colour
	rnd   *rand.Rand
	seed  uint64
	stamp pt // where the seal goes
}

func newCanvas(name string) *canvas {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name))
	c := &canvas{pix: make([]colour, width*height), seed: h.Sum64(), stamp: pt{1110, 716}}
	c.rnd = rand.New(rand.NewPCG(c.seed, 1957))
	for i := range c.pix {
		c.pix[i] = paper
	}
	return c
}

// between draws a number.
func (c *canvas) between(a, b float64) float64 { return a + (b-a)*c.rnd.Float64() }

// put lays paint on one pixel.
func (c *canvas) put(x, y int, col colour, a float64) {
	if a <= 0 || x < 0 || y < 0 || x >= width || y >= height {
		return
	}
	p := &c.pix[y*width+x]
	*p = mix(*p, col, a)
}

// lattice is the noise at whole coordinates.
func lattice(x, y int, seed uint64) float64 {
	h := uint64(uint32(x))*0x9e3779b97f4a7c15 ^ uint64(uint32(y))*0xc2b2ae3d27d4eb4f ^ seed*0x165667b19e3779f9
	h ^= h >> 29
	h *= 0xbf58476d1ce4e5b9
	h ^= h >> 32
	return float64(h&0xffff) / 0xffff
}

// noise is smooth chance between 0 and 1.
func noise(x, y float64, seed uint64) float64 {
	fx, fy := math.Floor(x), math.Floor(y)
	ix, iy := int(fx), int(fy)
	u, v := x-fx, y-fy
	u, v = u*u*(3-2*u), v*v*(3-2*v)
	top := lattice(ix, iy, seed)*(1-u) + lattice(ix+1, iy, seed)*u
	low := lattice(ix, iy+1, seed)*(1-u) + lattice(ix+1, iy+1, seed)*u
	return top*(1-v) + low*v
}

// cloud is noise in four sizes.
func cloud(x, y float64, seed uint64) float64 {
	sum, amp := 0.0, 0.5
	for i := range 4 {
		sum += amp * noise(x, y, seed+uint64(i)*101)
		x, y, amp = x*2.03, y*2.03, amp/2
	}
	return sum / 0.9375
}

// mask is how far a shape covers each pixel of its box.
type mask struct {
	x0, y0, w, h int
	a            []float32
}

func (m *mask) at(x, y int) float64 {
	if x < m.x0 || y < m.y0 || x >= m.x0+m.w || y >= m.y0+m.h {
		return 0
	}
	return float64(m.a[(y-m.y0)*m.w+x-m.x0])
}

// cover works out a path's mask by summing signed areas along its edges.
func cover(p path) *mask {
	lo, hi := p.box()
	x0, y0 := max(int(math.Floor(lo.x))-1, 0), max(int(math.Floor(lo.y))-1, 0)
	x1, y1 := min(int(math.Ceil(hi.x))+1, width), min(int(math.Ceil(hi.y))+1, height)
	if x1 <= x0 || y1 <= y0 {
		return &mask{}
	}
	m := &mask{x0: x0, y0: y0, w: x1 - x0, h: y1 - y0}
	row := m.w + 3
	acc := make([]float64, row*m.h+4)
	for _, ring := range p {
		for i := range ring {
			a, b := ring[i], ring[(i+1)%len(ring)]
			edge(acc, row, m, pt{a.x - float64(x0), a.y - float64(y0)}, pt{b.x - float64(x0), b.y - float64(y0)})
		}
	}
	m.a = make([]float32, m.w*m.h)
	for y := range m.h {
		sum := 0.0
		for x := range m.w {
			sum += acc[y*row+x]
			m.a[y*m.w+x] = float32(min(math.Abs(sum), 1))
		}
	}
	return m
}

// edge adds one edge to the sums.
func edge(acc []float64, row int, m *mask, a, b pt) {
	if a.y == b.y {
		return
	}
	dir := 1.0
	if a.y > b.y {
		dir, a, b = -1, b, a
	}
	slope := (b.x - a.x) / (b.y - a.y)
	for y := max(int(math.Floor(a.y)), 0); y < min(int(math.Ceil(b.y)), m.h); y++ {
		from, to := max(float64(y), a.y), min(float64(y+1), b.y)
		limit := float64(m.w)
		xa := min(max(a.x+(from-a.y)*slope, 0), limit)
		xb := min(max(a.x+(to-a.y)*slope, 0), limit)
		span(acc[y*row:], min(xa, xb), max(xa, xb), (to-from)*dir)
	}
}

// span spreads the area right of one piece of an edge.
func span(line []float64, xa, xb, d float64) {
	i, j := int(xa), int(math.Ceil(xb))
	if j <= i+1 {
		f := (xa+xb)/2 - float64(i)
		line[i] += d * (1 - f)
		line[i+1] += d * f
		return
	}
	covered, before := 0.0, 0.0
	for x := i; x < j; x++ {
		l, r := max(xa, float64(x)), min(xb, float64(x+1))
		part := (r - l) / (xb - xa)
		now := before + part*(1-((l+r)/2-float64(x)))
		line[x] += d * (now - covered)
		covered, before = now, before+part
	}
	line[j] += d * (1 - covered)
}
