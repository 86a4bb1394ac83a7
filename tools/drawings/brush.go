package main

import "math"

// The brushes. A wash lies unevenly, is darker where it dried at its rim and
// lets the paper through; flat paint covers; ink is a line that swells.

// wash lays colour over a path, going from top to low down the shape.
func (c *canvas) wash(p path, top, low colour, strength float64) {
	m := cover(c.shaky(p, 2))
	if m.w == 0 {
		return
	}
	soft := m.blurred(5)
	off := c.seed + uint64(c.rnd.IntN(1000))
	for y := range m.h {
		t := float64(y) / float64(max(m.h-1, 1))
		col := mix(top, low, t)
		for x := range m.w {
			a := float64(m.a[y*m.w+x])
			if a == 0 {
				continue
			}
			px, py := float64(m.x0+x), float64(m.y0+y)
			grain := cloud(px/90, py/90, off) - 0.5
			rim := max(a-float64(soft[y*m.w+x]), 0)
			cover := min(strength*(1+grain*0.5)+rim*0.35, 1)
			if strength >= 1 {
				cover = 1
			}
			c.put(m.x0+x, m.y0+y, mix(col.dark(max(-grain*0.2, 0)), col.dark(0.55), rim*0.7), a*cover)
		}
	}
}

// flat covers a path with one colour.
func (c *canvas) flat(p path, col colour, strength float64) {
	c.paint(p, func(_, _ float64) (colour, float64) { return col, strength })
}

// paint covers a path with what a function says at each place.
func (c *canvas) paint(p path, at func(x, y float64) (colour, float64)) {
	m := cover(p)
	for y := range m.h {
		for x := range m.w {
			if a := float64(m.a[y*m.w+x]); a > 0 {
				col, strength := at(float64(m.x0+x), float64(m.y0+y))
				c.put(m.x0+x, m.y0+y, col, a*strength)
			}
		}
	}
}

// blurred is the mask's mean over a square around each pixel.
func (m *mask) blurred(r int) []float32 {
	return m.boxed(m.boxed(m.a, r, 1, m.w, m.h), r, m.w, m.h, m.w)
}

// boxed means along one direction: step apart, n long, over many lines.
func (m *mask) boxed(in []float32, r, step, n, lines int) []float32 {
	out := make([]float32, len(in))
	across := m.w
	if step != 1 {
		across = 1
	}
	for l := range lines {
		base := l * across
		var sum float32
		for i := -r; i < n; i++ {
			if i+r < n {
				sum += in[base+(i+r)*step]
			}
			if i-r-1 >= 0 {
				sum -= in[base+(i-r-1)*step]
			}
			if i >= 0 {
				out[base+i*step] = sum / float32(2*r+1)
			}
		}
	}
	return out
}

// brush draws a line that swells and thins.
func (c *canvas) brush(col colour, w float64, points ...pt) {
	off := c.between(0, 50)
	pen := func(t float64) float64 {
		return w * (0.3 + 0.7*math.Pow(math.Sin(math.Pi*min(max(t, 0.03), 0.97)), 0.6)) * (0.85 + 0.3*noise(t*6+off, 0, c.seed))
	}
	c.flat(ribbon(curve(points...), pen), col, 0.92)
}

// line draws an even line.
func (c *canvas) line(col colour, w float64, points ...pt) {
	c.flat(ribbon(curve(points...), func(float64) float64 { return w }), col, 0.95)
}

// taper draws a line from one width to another: stems, branches.
func (c *canvas) taper(col colour, from, to float64, points ...pt) {
	c.flat(ribbon(curve(points...), func(t float64) float64 { return from + (to-from)*t }), col, 1)
}

// outline goes round a path with a thin brush.
func (c *canvas) outline(p path, col colour, w float64) {
	for _, ring := range c.shaky(p, 1.2) {
		closed := append(append([]pt{}, ring...), ring[0])
		off := c.between(0, 50)
		pen := func(t float64) float64 { return w * (0.45 + noise(t*14+off, 3, c.seed)) }
		c.flat(ribbon(closed, pen), col, 0.8)
	}
}

// glow lights a round place.
func (c *canvas) glow(x, y, r float64, col colour, strength float64) {
	for py := max(int(y-r), 0); py < min(int(y+r)+1, height); py++ {
		for px := max(int(x-r), 0); px < min(int(x+r)+1, width); px++ {
			d := math.Hypot(float64(px)-x, float64(py)-y) / r
			if d < 1 {
				k := (1 - d) * (1 - d) * strength
				p := &c.pix[py*width+px]
				for i := range p {
					p[i] = 1 - (1-p[i])*(1-col[i]*k)
				}
			}
		}
	}
}

// dabs scatters small touches over an oval, lighter towards the upper left.
func (c *canvas) dabs(x, y, rx, ry float64, n int, size float64, dark, light colour) {
	for range n {
		r, th := math.Sqrt(c.rnd.Float64()), c.between(0, 2*math.Pi)
		s, co := math.Sincos(th)
		dx, dy := r*co, r*s
		lit := 0.5 - 0.35*dy - 0.2*dx + c.between(-0.3, 0.3)
		k := size * c.between(0.6, 1.3)
		c.flat(c.blob(x+dx*rx, y+dy*ry, k, k*0.75, 0.35), mix(dark, light, lit), c.between(0.55, 0.9))
	}
}
