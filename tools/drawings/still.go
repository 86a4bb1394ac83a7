package main

import "math"

// desk lays boards of wood from the top of a table to the bottom, seen from
// above, and darkens them towards the rim.
func (c *canvas) desk(col colour) {
	for i := range 7 {
		y := float64(i) * 118
		off := c.between(0, 90)
		c.paint(rect(0, y, width, 118), func(px, py float64) (colour, float64) {
			g := cloud(px/260+off, py/7, c.seed+uint64(i)) - 0.5
			d := math.Hypot((px-600)/760, (py-380)/560)
			return mix(col.light(max(g*0.5, 0)), ink, max(-g*0.3, 0)+0.22*d*d), 1
		})
		c.line(col.dark(0.55), 2.4, pt{0, y}, pt{600, y + c.between(-1, 1)}, pt{1200, y})
	}
}

// shade is the soft shadow of a thing that lies on the desk.
func (c *canvas) shade(p path, dx, dy float64) {
	moved := make(path, len(p))
	for i, ring := range p {
		for _, q := range ring {
			moved[i] = append(moved[i], pt{q.x + dx, q.y + dy})
		}
	}
	m := cover(moved)
	soft := m.blurred(9)
	for y := range m.h {
		for x := range m.w {
			c.put(m.x0+x, m.y0+y, ink, 0.34*float64(soft[y*m.w+x]))
		}
	}
}

// lay washes a thing with its shadow and outline.
func (c *canvas) lay(p path, top, low colour) {
	c.shade(p, 9, 13)
	c.wash(p, top, low, 1)
	c.outline(p, top.dark(0.55), 2)
}

func mooncakes(c *canvas) {
	c.desk(wood.light(0.18))
	c.lay(oval(560, 430, 380, 300), hex(0xe9eef0), hex(0xc9d4d6))
	c.outline(oval(560, 430, 350, 274), indigo.light(0.25), 5)
	c.outline(oval(560, 430, 332, 258), indigo.light(0.35), 2.4)
	for i := range 18 {
		s, co := math.Sincos(float64(i) / 18 * 2 * math.Pi)
		c.brush(indigo.light(0.2), 5, pt{560 + 356*co, 430 + 279*s}, pt{560 + 364*co + 9*s, 430 + 286*s}, pt{560 + 372*co, 430 + 292*s})
	}
	for i, p := range []pt{{560, 430}, {380, 340}, {560, 240}, {740, 340}, {740, 520}, {560, 620}, {380, 520}} {
		cake(c, p.x, p.y, 92, i)
	}
	c.lay(path{curve(pt{930, 150}, pt{1090, 130}, pt{1130, 210}, pt{1080, 320}, pt{960, 320}, pt{910, 240}, pt{930, 150})}, jade.light(0.2), jade.dark(0.2))
	c.wash(oval(1020, 176, 66, 26), jade.light(0.35), jade, 1)
	c.wash(oval(1020, 166, 16, 12), jade.dark(0.2), jade.dark(0.4), 1)
	c.brush(jade.dark(0.15), 22, pt{916, 240}, pt{870, 220}, pt{846, 176})
	c.outline(oval(1122, 230, 34, 50), jade.dark(0.3), 9)
	for i := range 3 {
		x, y := 1010+float64(i%2)*96, 440+float64(i)*98
		c.lay(oval(x, y, 52, 46), white, white.dark(0.12))
		c.wash(oval(x, y, 40, 34), hex(0xc98a3f), hex(0xa9662f), 1)
		c.brush(white, 4, pt{x - 22, y - 10}, pt{x - 4, y - 20}, pt{x + 14, y - 16})
	}
	for range 60 {
		c.flat(c.blob(c.between(120, 1120), c.between(90, 740), 4, 3, 0.4), straw, 0.8)
	}
	c.stamp = pt{100, 90}
}

// cake is pressed in a mould: a rim of petals and a flower.
func cake(c *canvas, x, y, r float64, i int) {
	ring := make([]pt, 0, 96)
	for k := range 96 {
		a := float64(k) / 96 * 2 * math.Pi
		s, co := math.Sincos(a)
		q := r * (1 + 0.055*math.Cos(a*12))
		ring = append(ring, pt{x + q*co, y + q*0.94*s})
	}
	col := []colour{hex(0xc8873e), hex(0xd29a4f), hex(0xb9742f)}[i%3]
	c.lay(path{ring}, col.light(0.08), col.dark(0.18))
	c.outline(oval(x, y, r*0.76, r*0.7), col.dark(0.5), 4)
	petals := 6 + i%3*2
	for k := range petals {
		petal := smooth(pt{x, y}, pt{x - r*0.14, y - r*0.34}, pt{x, y - r*0.56}, pt{x + r*0.14, y - r*0.34}).turned(pt{x, y}, 360/float64(petals)*float64(k))
		c.wash(petal, col.light(0.22), col, 1)
		c.outline(petal, col.dark(0.45), 2)
	}
	c.wash(oval(x, y, r*0.14, r*0.13), ochre, wood, 1)
}

func calligraphy(c *canvas) {
	c.desk(wood.dark(0.1))
	c.lay(rect(130, 90, 620, 620).turned(pt{440, 400}, -3), hex(0xf7f1e2), hex(0xece2cb))
	for i := range 3 {
		for k := range 3 {
			if i*3+k < 8 {
				glyph(c, 250+float64(k)*190+float64(i)*9, 200+float64(i)*190-float64(k)*10, 62)
			}
		}
	}
	c.wash(rect(660, 600, 44, 44), seal, seal, 0.92)
	c.lay(smooth(pt{850, 400}, pt{960, 372}, pt{1100, 390}, pt{1120, 520}, pt{1090, 650}, pt{940, 668}, pt{850, 620}, pt{836, 500}), slate.dark(0.5), ink)
	c.wash(smooth(pt{880, 440}, pt{980, 418}, pt{1080, 440}, pt{1080, 560}, pt{980, 610}, pt{880, 570}), ink, night.dark(0.5), 1)
	c.brush(slate.light(0.3), 7, pt{910, 470}, pt{970, 446}, pt{1040, 456})
	c.wash(rect(960, 360, 44, 120).turned(pt{980, 420}, 24), ink, night, 1)
	c.brush(ochre, 4, pt{966, 380}, pt{986, 420}, pt{996, 452})
	c.penBrush(pt{1050, 110}, pt{690, 470}, 26)
	c.lay(oval(930, 190, 84, 74), white, white.dark(0.15))
	c.wash(oval(930, 190, 66, 57), jade.light(0.4), jade.light(0.1), 1)
	c.brush(white, 5, pt{890, 170}, pt{920, 152}, pt{960, 156})
	c.lay(rect(120, 716, 640, 30).turned(pt{440, 730}, -3), wood.light(0.1), wood.dark(0.4))
	c.stamp = pt{1110, 716}
}

// penBrush lies from its end to its tip.
func (c *canvas) penBrush(end, tip pt, w float64) {
	at := func(t float64) pt { return pt{end.x + (tip.x-end.x)*t, end.y + (tip.y-end.y)*t} }
	shaft := ribbon([]pt{end, at(0.78)}, func(float64) float64 { return w })
	c.shade(shaft, 12, 16)
	c.wash(shaft, straw.dark(0.1), wood, 1)
	c.flat(ribbon([]pt{at(0.76), at(0.8)}, func(float64) float64 { return w * 1.15 }), ink, 1)
	c.flat(ribbon(curve(at(0.79), at(0.88), tip), func(t float64) float64 { return w * 1.25 * math.Sin(math.Pi*(0.28+0.72*t)) }), wood.dark(0.3), 1)
	c.flat(ribbon(curve(at(0.9), at(0.96), tip), func(t float64) float64 { return w * 0.8 * (1 - t) }), ink, 1)
}

func camphorChest(c *canvas) {
	c.sky(800, hex(0xc8b48f), hex(0xa68c67))
	c.wash(rect(0, 560, width, 250), wood.light(0.2), wood.dark(0.2), 1)
	x, y := 600.0, 690.0
	c.flat(oval(x, y+22, 440, 36), ink, 0.35)
	lid := poly(pt{x - 380, y - 360}, pt{x + 380, y - 360}, pt{x + 340, y - 590}, pt{x - 340, y - 590})
	c.wash(lid, wood.dark(0.05), wood.dark(0.3), 1)
	c.outline(lid, ink, 4)
	for i := range 4 {
		c.brush(wood.dark(0.45), 4, pt{x - 330, y - 400 - float64(i)*46}, pt{x, y - 408 - float64(i)*46}, pt{x + 330, y - 398 - float64(i)*46})
	}
	inner := poly(pt{x - 380, y - 300}, pt{x + 380, y - 300}, pt{x + 360, y - 360}, pt{x - 360, y - 360})
	c.wash(inner, ink, wood.dark(0.5), 1)
	cols := []colour{hex(0xf3e7c8), hex(0xe9d3a6), hex(0xdfe3da), hex(0xf0dccb)}
	for i := range 16 {
		ex, ey := x-320+float64(i)*43, y-330+c.between(-52, 12)
		p := rect(ex-66, ey-46, 132, 92).turned(pt{ex, ey}, c.between(-24, 24))
		c.shade(p, 4, 6)
		c.wash(p, cols[i%4], cols[i%4].dark(0.1), 1)
		c.outline(p, wood.dark(0.1), 1.6)
		for k := range 3 {
			c.brush(ink.light(0.3), 3, pt{ex - 40, ey - 16 + float64(k)*16}, pt{ex, ey - 18 + float64(k)*16}, pt{ex + 34, ey - 15 + float64(k)*16})
		}
		if i%3 == 0 {
			c.wash(rect(ex+30, ey-36, 22, 26), []colour{seal, indigo, jade}[i%9/3], seal.dark(0.3), 0.9)
		}
	}
	front := rect(x-390, y-300, 780, 310)
	c.wash(front, wood.light(0.14), wood.dark(0.22), 1)
	c.outline(front, ink, 4)
	for i := range 5 {
		c.brush(wood.dark(0.3), 4, pt{x - 370, y - 260 + float64(i)*58}, pt{x - 60, y - 268 + float64(i)*58 + c.between(-9, 9)}, pt{x + 370, y - 258 + float64(i)*58})
	}
	c.wash(oval(x, y-240, 62, 62), ochre, ochre.dark(0.35), 1)
	c.outline(oval(x, y-240, 62, 62), ink, 3)
	c.wash(rect(x-18, y-250, 36, 74), ochre.light(0.2), ochre.dark(0.3), 1)
	for _, s := range []float64{-1, 1} {
		for _, k := range []float64{-300, 10} {
			cx, cy := x+s*390, y+k
			c.wash(poly(pt{cx, cy}, pt{cx - s*74, cy}, pt{cx, cy - 74*math.Copysign(1, k-5)}), ochre, ochre.dark(0.3), 1)
		}
	}
	bundle(c, 210, 690, 1)
	bundle(c, 1010, 716, -1)
	c.stamp = pt{1110, 90}
}

// bundle is letters tied with red thread.
func bundle(c *canvas, x, y, s float64) {
	for i := range 5 {
		p := rect(x-94+float64(i)*4*s, y-16-float64(i)*13, 190, 16)
		c.wash(p, hex(0xf3e7c8).dark(float64(i%2)*0.08), hex(0xd9c79e), 1)
		c.outline(p, wood, 1.6)
	}
	c.line(seal, 5, pt{x + 6*s, y - 76}, pt{x, y})
	c.brush(seal, 6, pt{x + 6*s, y - 76}, pt{x - 22, y - 104}, pt{x - 34, y - 84}, pt{x + 4*s, y - 76})
	c.brush(seal, 6, pt{x + 6*s, y - 76}, pt{x + 30, y - 106}, pt{x + 44, y - 86}, pt{x + 8*s, y - 76})
}

func genealogy(c *canvas) {
	c.desk(wood)
	left := poly(pt{110, 110}, pt{590, 130}, pt{590, 716}, pt{96, 700})
	right := poly(pt{610, 130}, pt{1090, 110}, pt{1104, 700}, pt{610, 716})
	c.lay(rect(88, 100, 1024, 628), indigo.dark(0.1), indigo.dark(0.3))
	for _, p := range []path{left, right} {
		c.wash(p, hex(0xf7f0dd), hex(0xeadfc4), 1)
		c.outline(p, wood.light(0.1), 2)
	}
	for i := range 6 {
		c.paint(rect(560+float64(i)*16, 130, 16, 586), func(_, _ float64) (colour, float64) { return wood, 0.05 + 0.06*(3-math.Abs(float64(i)-2.5)) })
	}
	for i := range 9 {
		x := 150 + float64(i)*50
		c.line(seal.light(0.35), 1.8, pt{x, 160}, pt{x - 6, 670})
		if i < 8 {
			for k := range 7 {
				if c.rnd.Float64() < 0.86 {
					glyph(c, x+24, 200+float64(k)*66, 15)
				}
			}
		}
	}
	var grow func(x, y, w float64, depth int)
	grow = func(x, y, w float64, depth int) {
		kin := [][]float64{{0}, {-0.5, 0.5}, {-0.6, 0, 0.6}, {0}}[depth%4]
		if depth < 4 {
			for _, k := range kin {
				nx, ny := x+k*w*0.52, y+118
				col := ink.light(0.15)
				if depth == 2 && k > 0 && x > 850 {
					col = seal
				}
				c.line(col, 3, pt{x, y}, pt{x, y + 50})
				c.line(col, 3, pt{x, y + 50}, pt{nx, y + 50})
				c.line(col, 3, pt{nx, y + 50}, pt{nx, ny})
				grow(nx, ny, w*0.52, depth+1)
			}
		}
		if depth%2 == 0 {
			c.wash(oval(x, y, 17, 17), hex(0xf7f0dd), white, 1)
			c.outline(oval(x, y, 17, 17), ink, 4)
		} else {
			p := poly(pt{x, y - 19}, pt{x + 18, y + 13}, pt{x - 18, y + 13})
			c.wash(p, jade.light(0.3), jade, 1)
			c.outline(p, ink, 4)
		}
	}
	grow(850, 170, 440, 0)
	c.penBrush(pt{1130, 470}, pt{930, 700}, 20)
	c.lay(oval(160, 750, 70, 30), ink.light(0.1), ink)
	c.stamp = pt{1150, 60}
}

func inksticks(c *canvas) {
	c.sky(800, hex(0xcbb894), hex(0xa58f6c))
	for row := range 3 {
		y := 250 + float64(row)*226
		c.wash(rect(40, y, 1120, 24), wood, wood.dark(0.4), 1)
		c.flat(rect(40, y+24, 1120, 14), ink, 0.3)
		for i := range 13 {
			x := 96 + float64(i)*84 + c.between(-5, 5)
			h := 118 + c.between(-10, 34)
			if row == 1 && i == 6 {
				continue
			}
			inkstick(c, x, y, 48, h, row+i)
		}
	}
	c.glow(160, 90, 330, hex(0xf0c070), 0.4)
	c.bowl(588, 476, 92, jade.light(0.3), ink)
	c.brush(wood, 9, pt{610, 436}, pt{650, 392}, pt{690, 340})
	c.stamp = pt{1110, 90}
}

// inkstick stands on a shelf, with a picture in gold.
func inkstick(c *canvas, x, y, w, h float64, kind int) {
	p := path{curve(pt{x - w/2, y}, pt{x - w/2, y - h*0.5}, pt{x - w/2, y - h*0.92}, pt{x, y - h*(1+0.06*float64(kind%3))}, pt{x + w/2, y - h*0.92}, pt{x + w/2, y - h*0.5}, pt{x + w/2, y})}
	col := []colour{ink, night, ink.light(0.08), seal.dark(0.55)}[kind%4]
	c.flat(ribbon([]pt{{x + w/2 + 4, y}, {x + w/2 + 4, y - h*0.8}}, func(float64) float64 { return 8 }), ink, 0.25)
	c.wash(p, col.light(0.12), col, 1)
	c.outline(p, ochre, 2.6)
	switch kind % 4 {
	case 0:
		c.brush(ochre, 4, pt{x - 14, y - h*0.3}, pt{x - 4, y - h*0.56}, pt{x + 6, y - h*0.3})
		c.brush(ochre, 4, pt{x - 2, y - h*0.3}, pt{x + 8, y - h*0.46}, pt{x + 17, y - h*0.3})
		c.flat(oval(x+8, y-h*0.72, 7, 7), ochre, 0.9)
	case 1:
		for k := range 3 {
			c.flat(c.blob(x, y-h*0.28-float64(k)*h*0.24, 8, 7, 0.6), ochre, 0.9)
		}
	case 2:
		c.outline(oval(x, y-h*0.6, 14, 14), ochre, 3)
		c.brush(ochre, 4, pt{x, y - h*0.46}, pt{x - 5, y - h*0.3}, pt{x + 3, y - h*0.14})
	case 3:
		for k := range 4 {
			c.brush(ochre.light(0.2), 3, pt{x - 15, y - h*(0.2+0.17*float64(k))}, pt{x, y - h*(0.25+0.17*float64(k))}, pt{x + 15, y - h*(0.2+0.17*float64(k))})
		}
	}
}

func embroidery(c *canvas) {
	c.desk(wood.light(0.25))
	x, y, r := 500.0, 424.0, 294.0
	c.shade(oval(x, y, r+24, r+24), 14, 20)
	c.wash(oval(x, y, r+24, r+24), straw.dark(0.2), wood, 1)
	c.wash(oval(x, y, r, r), hex(0xf6efe0), hex(0xe9dfca), 1)
	c.outline(oval(x, y, r+24, r+24), wood.dark(0.4), 3)
	c.outline(oval(x, y, r, r), wood.dark(0.3), 3)
	c.wash(rect(x-34, y-r-58, 68, 44), ochre, ochre.dark(0.35), 1)
	fish(c, x-24, y+10, 400)
	for i := range 7 {
		a := float64(i)
		c.brush(jade, 7, pt{x - 170 + a*18, y + 206}, pt{x - 160 + a*22, y + 160 - a*4}, pt{x - 184 + a*28, y + 116})
	}
	for range 5 {
		bx, by := x+c.between(60, 220), y-c.between(110, 240)
		c.outline(oval(bx, by, 14, 14), slate.light(0.3), 3)
	}
	for i, col := range []colour{seal, jade.dark(0.1), ochre, indigo, rose} {
		px, py := 960+float64(i%2)*110, 150+float64(i)*112
		c.lay(rect(px-24, py-44, 48, 88), col, col.dark(0.2))
		c.wash(rect(px-32, py-54, 64, 14), straw, wood, 1)
		c.wash(rect(px-32, py+42, 64, 14), straw, wood, 1)
		for k := range 8 {
			c.line(col.dark(0.35), 1.4, pt{px - 24, py - 36 + float64(k)*10}, pt{px + 24, py - 32 + float64(k)*10})
		}
	}
	c.line(slate.light(0.5), 5, pt{640, 330}, pt{720, 246})
	c.brush(seal, 3, pt{720, 246}, pt{800, 190}, pt{860, 260}, pt{930, 150})
}

// fish is stitched: scales in rows of short strokes.
func fish(c *canvas, x, y, w float64) {
	body := smooth(pt{x - w*0.46, y}, pt{x - w*0.2, y - w*0.2}, pt{x + w*0.12, y - w*0.18}, pt{x + w*0.34, y}, pt{x + w*0.12, y + w*0.18}, pt{x - w*0.2, y + w*0.2})
	for _, s := range []float64{-1, 1} {
		tail := smooth(pt{x + w*0.3, y}, pt{x + w*0.5, y + s*w*0.08}, pt{x + w*0.6, y + s*w*0.26}, pt{x + w*0.42, y + s*w*0.16})
		c.wash(tail, ochre, seal, 1)
		for i := range 7 {
			t := float64(i) / 6
			c.brush(seal.dark(0.2), 3, pt{x + w*0.33, y + s*w*0.02}, pt{x + w*(0.42+0.05*t), y + s*w*(0.06+0.05*t)}, pt{x + w*(0.5+0.07*t), y + s*w*(0.08+0.16*t)})
		}
		fin := smooth(pt{x - w*0.1, y + s*w*0.18}, pt{x + w*0.04, y + s*w*0.32}, pt{x + w*0.14, y + s*w*0.17})
		c.wash(fin, ochre, ochre.dark(0.2), 1)
	}
	c.wash(body, seal.light(0.14), seal.dark(0.1), 1)
	for i := range 13 {
		for k := range 9 {
			sx, sy := x-w*0.2+float64(i)*w*0.04, y-w*0.15+float64(k)*w*0.038+float64(i%2)*w*0.019
			if math.Hypot((sx-x+w*0.04)/(w*0.34), (sy-y)/(w*0.17)) < 1 {
				c.brush(straw, 3.4, pt{sx, sy - w*0.016}, pt{sx + w*0.017, sy}, pt{sx, sy + w*0.016})
			}
		}
	}
	c.brush(ochre, 8, pt{x - w*0.24, y - w*0.16}, pt{x - w*0.19, y}, pt{x - w*0.24, y + w*0.16})
	c.flat(oval(x-w*0.34, y-w*0.04, 13, 13), white, 1)
	c.flat(oval(x-w*0.34, y-w*0.04, 6, 6), ink, 1)
	c.outline(body, seal.dark(0.45), 3)
}
