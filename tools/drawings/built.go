package main

import "math"

// roof has a ridge, lines of tiles and eaves that turn up at their ends; x is
// its middle, y its ridge.
func (c *canvas) roof(x, y, w, h float64, col colour) {
	half, up := w/2, h*0.34
	top := w * 0.37
	shape := []pt{{x - top, y}, {x + top, y}}
	shape = append(shape, curve(pt{x + top, y}, pt{x + half*0.84, y + h*0.66}, pt{x + half*1.04, y + h - up})...)
	shape = append(shape, curve(pt{x + half*1.04, y + h - up}, pt{x + half*0.7, y + h*0.98}, pt{x, y + h}, pt{x - half*0.7, y + h*0.98}, pt{x - half*1.04, y + h - up})...)
	shape = append(shape, curve(pt{x - half*1.04, y + h - up}, pt{x - half*0.84, y + h*0.66}, pt{x - top, y})...)
	c.wash(path{shape}, col, col.dark(0.25), 0.98)
	n := int(w / 13)
	for i := range n {
		t := (float64(i)+0.5)/float64(n)*1.7 - 0.85
		c.line(col.dark(0.42), 1.5, pt{x + t*top, y + 3}, pt{x + t*half*0.86, y + h*0.6}, pt{x + t*half*0.97, y + h - up*math.Pow(math.Abs(t), 3) - 3})
	}
	c.line(col.dark(0.5), max(h*0.09, 3), pt{x - top - 4, y}, pt{x + top + 4, y})
	for _, s := range []float64{-1, 1} {
		c.brush(col.dark(0.5), max(h*0.08, 3), pt{x + s*(top-6), y + 1}, pt{x + s*(top+8), y - h*0.05}, pt{x + s*(top+16), y - h*0.2})
		c.brush(col.dark(0.5), max(h*0.06, 2.4), pt{x + s*half*0.8, y + h*0.9}, pt{x + s*half*1.0, y + h - up*0.9}, pt{x + s*half*1.09, y + h - up*1.5})
	}
	c.brush(ink, max(h*0.05, 2), pt{x - half*0.98, y + h - up*0.72}, pt{x - half*0.5, y + h*0.98}, pt{x, y + h + 1}, pt{x + half*0.5, y + h*0.98}, pt{x + half*0.98, y + h - up*0.72})
}

// window is a lattice, dark or lit.
func (c *canvas) window(x, y, w, h float64, lit bool) {
	pane := slate.dark(0.45)
	if lit {
		pane = hex(0xf5cf7a)
		c.glow(x+w/2, y+h/2, w*2.6, hex(0xe8a54a), 0.5)
	}
	c.wash(rect(x, y, w, h), pane, pane.dark(0.12), 1)
	for i := 1; i < 4; i++ {
		t := float64(i) / 4
		c.line(wood.dark(0.5), 2, pt{x + w*t, y}, pt{x + w*t, y + h})
	}
	c.line(wood.dark(0.5), 2, pt{x, y + h*0.5}, pt{x + w, y + h*0.5})
	c.outline(rect(x, y, w, h), wood.dark(0.55), 4)
}

// house is walls, a door, windows and a roof; x is its middle, y the ground.
func (c *canvas) house(x, y, w, h float64, wall, tiles colour, lit bool) {
	c.wash(rect(x-w*0.42, y-h*0.62, w*0.84, h*0.62), wall, wall.dark(0.14), 1)
	c.flat(rect(x-w*0.42, y-h*0.62, w*0.84, h*0.07), ink, 0.28)
	c.wash(rect(x-w*0.07, y-h*0.36, w*0.14, h*0.36), wood, wood.dark(0.4), 1)
	c.line(ink, 1.5, pt{x, y - h*0.36}, pt{x, y})
	for _, s := range []float64{-1, 1} {
		c.window(x+s*w*0.25-w*0.075, y-h*0.4, w*0.15, h*0.2, lit)
	}
	c.roof(x, y-h, w*1.1, h*0.46, tiles)
}

// lantern hangs at x, y by its top; s is its width.
func (c *canvas) lantern(x, y, s float64, col colour, lit bool) {
	h := s * 0.95
	if lit {
		c.glow(x, y+h/2, s*2.4, hex(0xf0953c), 0.55)
	}
	c.paint(oval(x, y+h/2, s/2, h/2), func(px, py float64) (colour, float64) {
		d := math.Hypot((px-x)/s*2, (py-y-h*0.55)/h*2)
		if lit {
			return mix(hex(0xffdf8e), col, d*1.05), 1
		}
		return mix(col.light(0.18), col.dark(0.3), d), 1
	})
	for _, k := range []float64{-0.6, -0.22, 0.22, 0.6} {
		c.line(col.dark(0.35), 1.1, pt{x + k*s*0.2, y + 1}, pt{x + k*s*0.5, y + h/2}, pt{x + k*s*0.2, y + h - 1})
	}
	c.flat(rect(x-s*0.16, y-s*0.06, s*0.32, s*0.1), ochre.dark(0.35), 1)
	c.flat(rect(x-s*0.14, y+h-s*0.03, s*0.28, s*0.08), ochre.dark(0.35), 1)
	for _, k := range []float64{-0.06, 0, 0.06} {
		c.taper(seal.dark(0.15), 1.6, 0.8, pt{x + k*s, y + h + s*0.04}, pt{x + k*s*1.6, y + h + s*0.36})
	}
}

// garland hangs lanterns on a slack string.
func (c *canvas) garland(a, b pt, sag float64, n int, size float64, col colour) {
	mid := pt{(a.x + b.x) / 2, (a.y+b.y)/2 + sag*2}
	at := func(t float64) pt {
		u := 1 - t
		return pt{u*u*a.x + 2*u*t*mid.x + t*t*b.x, u*u*a.y + 2*u*t*mid.y + t*t*b.y}
	}
	c.line(ink, 1.6, a, at(0.25), at(0.5), at(0.75), b)
	for i := range n {
		p := at((float64(i) + 0.5) / float64(n))
		c.lantern(p.x, p.y+3, size*c.between(0.9, 1.1), col, true)
	}
}

// person stands at x, y; h is the height.
func (c *canvas) person(x, y, h float64, robe colour, hat bool) {
	lean := c.between(-0.03, 0.03) * h
	body := smooth(pt{x - h*0.07 + lean, y - h*0.8}, pt{x + h*0.07 + lean, y - h*0.8}, pt{x + h*0.15 + lean, y - h*0.55},
		pt{x + h*0.17, y - h*0.2}, pt{x + h*0.14, y - h*0.08}, pt{x - h*0.14, y - h*0.08}, pt{x - h*0.17, y - h*0.2}, pt{x - h*0.15 + lean, y - h*0.55})
	c.line(ink, h*0.05, pt{x - h*0.05, y - h*0.12}, pt{x - h*0.06, y})
	c.line(ink, h*0.05, pt{x + h*0.05, y - h*0.12}, pt{x + h*0.06, y})
	c.wash(body, robe, robe.dark(0.22), 0.98)
	hx, hy := x+lean*1.3, y-h*0.9
	c.flat(oval(hx, hy, h*0.075, h*0.09), skin, 1)
	if hat {
		c.wash(poly(pt{hx - h*0.19, hy - h*0.01}, pt{hx, hy - h*0.17}, pt{hx + h*0.19, hy - h*0.01}), straw, straw.dark(0.25), 1)
		return
	}
	c.flat(path{curve(pt{hx - h*0.082, hy + h*0.01}, pt{hx - h*0.07, hy - h*0.08}, pt{hx, hy - h*0.108}, pt{hx + h*0.07, hy - h*0.08}, pt{hx + h*0.082, hy + h*0.01}, pt{hx, hy - h*0.045})}, ink, 0.95)
}

// crowd stands along a line, each in a robe of the palette.
func (c *canvas) crowd(x0, x1, y float64, n int, h float64) {
	robes := []colour{indigo, plum, jade.dark(0.2), slate, rose.dark(0.25), ochre.dark(0.2), seal.dark(0.2)}
	for i := range n {
		x := x0 + (x1-x0)*(float64(i)+0.5)/float64(n) + c.between(-h*0.1, h*0.1)
		c.person(x, y+c.between(-h*0.06, h*0.08), h*c.between(0.82, 1.08), robes[c.rnd.IntN(len(robes))], false)
	}
}

// boat is a hull with a woven awning; y is the waterline, w negative to face
// left.
func (c *canvas) boat(x, y, w float64, awning bool) {
	h := math.Abs(w)
	hull := path{curve(pt{x - w*0.56, y - h*0.12}, pt{x - w*0.4, y - h*0.035}, pt{x, y - h*0.03}, pt{x + w*0.42, y - h*0.05}, pt{x + w*0.6, y - h*0.17}, pt{x + w*0.46, y + h*0.035}, pt{x, y + h*0.06}, pt{x - w*0.44, y + h*0.035}, pt{x - w*0.56, y - h*0.12})}
	c.flat(oval(x, y+h*0.07, h*0.6, h*0.03), ink, 0.22)
	if awning {
		top := path{curve(pt{x - w*0.26, y - h*0.03}, pt{x - w*0.22, y - h*0.19}, pt{x - w*0.02, y - h*0.25}, pt{x + w*0.18, y - h*0.19}, pt{x + w*0.22, y - h*0.03})}
		c.wash(top, straw.dark(0.25), straw.dark(0.5), 1)
		for i := range 5 {
			t := -0.2 + float64(i)*0.09
			c.line(ink.light(0.25), 1.4, pt{x + w*t, y - h*0.04}, pt{x + w*t*0.94, y - h*0.2})
		}
		c.outline(top, ink, 2)
	}
	c.wash(hull, wood, wood.dark(0.55), 1)
	c.brush(ink, 3, pt{x - w*0.56, y - h*0.12}, pt{x - w*0.3, y - h*0.035}, pt{x, y - h*0.03}, pt{x + w*0.42, y - h*0.05}, pt{x + w*0.6, y - h*0.17})
}

// table is a round one with a cloth, seen from the front.
func (c *canvas) table(x, y, w float64, cloth colour) {
	c.wash(poly(pt{x - w*0.5, y}, pt{x + w*0.5, y}, pt{x + w*0.44, y + w*0.3}, pt{x - w*0.44, y + w*0.3}), cloth.dark(0.12), cloth.dark(0.35), 1)
	c.wash(oval(x, y, w*0.5, w*0.11), cloth, cloth.dark(0.08), 1)
	c.outline(oval(x, y, w*0.5, w*0.11), cloth.dark(0.6), 2)
}

// bowl stands at x, y with its foot.
func (c *canvas) bowl(x, y, w float64, glaze, inside colour) {
	c.flat(oval(x, y+w*0.02, w*0.42, w*0.07), ink, 0.25)
	body := path{curve(pt{x - w*0.5, y - w*0.42}, pt{x - w*0.4, y - w*0.14}, pt{x - w*0.2, y}, pt{x + w*0.2, y}, pt{x + w*0.4, y - w*0.14}, pt{x + w*0.5, y - w*0.42})}
	c.wash(body, glaze, glaze.dark(0.25), 1)
	c.wash(oval(x, y-w*0.42, w*0.5, w*0.12), inside, inside.dark(0.15), 1)
	c.outline(oval(x, y-w*0.42, w*0.5, w*0.12), glaze.dark(0.55), 2)
	c.line(indigo, 2, pt{x - w*0.42, y - w*0.22}, pt{x, y - w*0.15}, pt{x + w*0.42, y - w*0.22})
}

// steam rises in two threads.
func (c *canvas) steam(x, y, h float64) {
	for _, s := range []float64{-1, 1} {
		c.flat(ribbon(curve(pt{x + s*6, y}, pt{x + s*16, y - h*0.35}, pt{x - s*4, y - h*0.65}, pt{x + s*10, y - h}), func(t float64) float64 { return 9 * math.Sin(math.Pi*t) }), white, 0.4)
	}
}
