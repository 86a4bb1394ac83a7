package main

import "math"

// sky fills the sheet from the top down to y, with slow clouds in it.
func (c *canvas) sky(to float64, top, low colour) {
	c.paint(rect(0, 0, width, to), func(x, y float64) (colour, float64) {
		t := y/to + 0.16*(cloud(x/340, y/120, c.seed+11)-0.5)
		return mix(top, low, t), 1
	})
}

// drift lays bands of mist.
func (c *canvas) drift(y, h float64, col colour, strength float64) {
	off := c.between(0, 99)
	c.paint(rect(0, y-h, width, 2*h), func(x, py float64) (colour, float64) {
		d := 1 - math.Abs(py-y)/h
		d = d * d * (3 - 2*d)
		return col, strength * d * (0.35 + 0.65*noise(x/230+off, py/60, c.seed))
	})
}

// ridge is a range of hills that loses itself in mist at its foot.
func (c *canvas) ridge(y, high, scale float64, top, foot colour) {
	off := c.between(0, 500)
	shape := []pt{{-20, height + 20}}
	for x := -20.0; x <= width+20; x += 8 {
		n := cloud(x/scale+off, 0.5, c.seed+21)
		shape = append(shape, pt{x, y - high*(n*n*1.9-0.2)})
	}
	shape = append(shape, pt{width + 20, height + 20})
	p := path{shape}
	c.paint(p, func(x, py float64) (colour, float64) {
		t := (py - y + high) / (high * 1.7)
		g := cloud(x/60, py/140, c.seed+uint64(off)) - 0.5
		return mix(top.dark(max(-g*0.35, 0)).light(max(g*0.3, 0)), foot, t), 1
	})
	for i := range len(shape) - 3 {
		if noise(float64(i)/9, off, c.seed) > 0.42 {
			c.flat(ribbon([]pt{shape[i+1], shape[i+2]}, func(float64) float64 { return 2.2 }), top.dark(0.4), 0.5)
		}
	}
}

// water lies from y to the bottom and carries what stands above it, upside
// down, broken by ripples.
func (c *canvas) water(y float64, top, low colour, mirror float64) {
	before := make([]colour, len(c.pix))
	copy(before, c.pix)
	for py := int(y); py < height; py++ {
		depth := float64(py) - y
		for x := range width {
			fx, fy := float64(x), float64(py)
			ripple := (cloud(fx/160, fy/9, c.seed+31) - 0.5) * (6 + depth*0.13)
			sy := int(y - depth*0.92 + ripple*0.8)
			sx := min(max(x+int(ripple*1.2), 0), width-1)
			col := mix(top, low, depth/(height-y))
			sy = min(max(sy, 0), int(y)-1)
			col = mix(col, before[sy*width+sx], mirror*(1-0.45*depth/(height-y)))
			shade := cloud(fx/210, fy/11, c.seed+33) - 0.5
			c.pix[py*width+x] = mix(col.light(max(shade*0.35, 0)), ink, max(-shade*0.22, 0))
		}
	}
}

// ripples are single brush lines on water.
func (c *canvas) ripples(y0, y1 float64, n int, col colour, strength float64) {
	for range n {
		t := c.rnd.Float64()
		y := y0 + (y1-y0)*t*t
		x, l := c.between(0, width), (20+110*t)*c.between(0.5, 1.2)
		c.flat(ribbon(curve(pt{x, y}, pt{x + l/2, y + c.between(-2, 2)}, pt{x + l, y}), func(u float64) float64 {
			return (1 + 2.2*t) * math.Sin(math.Pi*u)
		}), col, strength)
	}
}

// disc is the sun or the moon.
func (c *canvas) disc(x, y, r float64, col colour, halo float64) {
	c.glow(x, y, r*4.2, col, halo)
	c.wash(oval(x, y, r, r), col, col.dark(0.04), 0.97)
}

// stars prick a night sky.
func (c *canvas) stars(to float64, n int) {
	for range n {
		r := c.between(0.7, 1.9)
		c.flat(oval(c.between(40, width-40), c.between(40, to), r, r), moon, c.between(0.3, 0.85))
	}
}

// tree grows a trunk that forks, and dabs of leaves where it ends.
func (c *canvas) tree(x, y, size float64, bark, dark, light colour) {
	c.branch(pt{x, y}, -90, size, size*0.13, bark, func(end pt, r float64) {
		c.dabs(end.x, end.y, r*1.15, r*0.8, 46, r*0.19, dark, light)
	})
}

// branch draws one piece of wood and what grows from it.
func (c *canvas) branch(from pt, angle, long, thick float64, bark colour, leaf func(pt, float64)) {
	s, co := math.Sincos((angle + c.between(-9, 9)) * math.Pi / 180)
	to := pt{from.x + co*long*0.42, from.y + s*long*0.42}
	bend := pt{(from.x+to.x)/2 + c.between(-1, 1)*thick, (from.y + to.y) / 2}
	c.taper(bark, thick, thick*0.66, from, bend, to)
	if thick < 7 || long < 60 {
		leaf(to, long*0.42+14)
		return
	}
	for _, turn := range []float64{c.between(-46, -26), c.between(-8, 8), c.between(26, 46)} {
		c.branch(to, angle+turn, long*c.between(0.62, 0.74), thick*0.58, bark, leaf)
	}
}

// reeds stand in a row, some with plumes.
func (c *canvas) reeds(x0, x1, y float64, n int, high float64, dark, plume colour) {
	for range n {
		x, h := c.between(x0, x1), high*c.between(0.5, 1.1)
		lean := c.between(-0.1, 0.24) * h
		tip := pt{x + lean, y - h}
		c.taper(mix(dark, jade, c.rnd.Float64()*0.6), 3.2, 0.8, pt{x, y + c.between(0, 14)}, pt{x + lean*0.3, y - h*0.55}, tip)
		if c.rnd.Float64() < 0.55 {
			for range 7 {
				a := c.between(-0.5, 1.3)
				c.taper(mix(plume, white, c.rnd.Float64()*0.5), 4, 0.6, pt{tip.x, tip.y + 18}, pt{tip.x + 9*a, tip.y - 4}, pt{tip.x + 22*a, tip.y + c.between(-6, 16)})
			}
		}
	}
}

// bamboo is a few stems with leaves.
func (c *canvas) bamboo(x, y, high float64, n int, col colour) {
	for i := range n {
		bx := x + float64(i)*26 + c.between(-8, 8)
		h := high * c.between(0.75, 1.1)
		lean := c.between(-0.05, 0.09) * h
		for k := range 9 {
			a, b := float64(k)/9, float64(k+1)/9-0.008
			c.line(col.light(c.between(0, 0.25)), 8-5*a, pt{bx + lean*a*a, y - h*a}, pt{bx + lean*b*b, y - h*b})
		}
		for range 22 {
			a := c.between(0.45, 1)
			p := pt{bx + lean*a*a, y - h*a}
			dx, dy := c.between(-62, 62), c.between(4, 42)
			c.taper(mix(col.dark(0.2), jade, c.rnd.Float64()), 6, 0.5, p, pt{p.x + dx*0.5, p.y + dy*0.3}, pt{p.x + dx, p.y + dy})
		}
	}
}

// grass is short strokes along a line.
func (c *canvas) grass(x0, x1, y float64, n int, high float64, col colour) {
	for range n {
		x, h := c.between(x0, x1), high*c.between(0.4, 1.1)
		py := y + c.between(-4, 8)
		c.taper(mix(col, straw, c.rnd.Float64()*0.4), 2.6, 0.5, pt{x, py}, pt{x + h*0.1, py - h*0.6}, pt{x + c.between(-0.3, 0.45)*h, py - h})
	}
}
