package main

import "math"

func chess(c *canvas) {
	c.desk(slate.light(0.25))
	board := rect(230, 60, 640, 690)
	c.lay(board, straw.light(0.1), straw.dark(0.12))
	x0, y0, s := 294.0, 122.0, 64.0
	for i := range 10 {
		y := y0 + float64(i)*s*0.98
		c.line(wood.dark(0.2), 2.4, pt{x0, y}, pt{x0 + 8*s, y})
	}
	for i := range 9 {
		x := x0 + float64(i)*s
		c.line(wood.dark(0.2), 2.4, pt{x, y0}, pt{x, y0 + 4*s*0.98})
		c.line(wood.dark(0.2), 2.4, pt{x, y0 + 5*s*0.98}, pt{x, y0 + 9*s*0.98})
	}
	for _, top := range []float64{0, 7} {
		a, b := y0+top*s*0.98, y0+(top+2)*s*0.98
		c.line(wood.dark(0.2), 2, pt{x0 + 3*s, a}, pt{x0 + 5*s, b})
		c.line(wood.dark(0.2), 2, pt{x0 + 5*s, a}, pt{x0 + 3*s, b})
	}
	piece := func(i, k int, col colour) {
		x, y := x0+float64(i)*s, y0+float64(k)*s*0.98
		c.lay(oval(x, y, 28, 28), hex(0xf0dcae), hex(0xd9b97c))
		c.outline(oval(x, y, 22, 22), col, 2.4)
		glyphIn(c, x, y, 14, col)
	}
	for _, p := range [][2]int{{4, 0}, {3, 1}, {2, 0}, {0, 3}, {4, 3}, {6, 2}, {7, 5}, {1, 4}} {
		piece(p[0], p[1], ink)
	}
	for _, p := range [][2]int{{4, 9}, {5, 9}, {6, 9}, {2, 6}, {4, 6}, {8, 6}, {3, 7}, {6, 4}} {
		piece(p[0], p[1], seal)
	}
	for i := range 5 {
		x, y := 960+float64(i%2)*64, 560+float64(i)*34
		c.lay(oval(x, y, 28, 28), hex(0xf0dcae), hex(0xd9b97c))
		c.outline(oval(x, y, 22, 22), []colour{ink, seal}[i%2], 2.4)
	}
	c.lay(oval(1010, 200, 92, 84), white, white.dark(0.15))
	c.wash(oval(1010, 200, 74, 66), hex(0xb57a35), hex(0x93592a), 1)
	c.brush(white, 6, pt{966, 176}, pt{996, 158}, pt{1040, 162})
	c.steam(1010, 190, 120)
	for range 16 {
		leafX, leafY := c.between(60, 1150), c.between(60, 760)
		p := smooth(pt{leafX - 20, leafY}, pt{leafX, leafY - 9}, pt{leafX + 24, leafY}, pt{leafX, leafY + 9}).turned(pt{leafX, leafY}, c.between(0, 180))
		c.shade(p, 4, 5)
		c.wash(p, []colour{ochre, seal.light(0.2), straw.dark(0.2)}[c.rnd.IntN(3)], wood, 0.95)
	}
	c.stamp = pt{100, 716}
}

func recorder(c *canvas) {
	c.sky(800, hex(0xd9cfae), hex(0xc7b58e))
	c.window(120, 110, 240, 260, true)
	c.wash(rect(0, 560, width, 250), wood, wood.dark(0.35), 1)
	c.line(wood.dark(0.5), 4, pt{0, 562}, pt{600, 560}, pt{1200, 563})
	x, y := 620.0, 620.0
	c.flat(oval(x, y+20, 360, 30), ink, 0.35)
	body := rect(x-320, y-300, 640, 310)
	c.wash(body, hex(0x8c9a92), hex(0x56635e), 1)
	c.outline(body, ink, 4)
	c.brush(ink, 20, pt{x - 240, y - 300}, pt{x - 230, y - 370}, pt{x, y - 384}, pt{x + 230, y - 370}, pt{x + 240, y - 300})
	for _, s := range []float64{-1, 1} {
		cx := x + s*150
		c.wash(oval(cx, y-176, 104, 104), hex(0xd9d3c2), hex(0xa9a595), 1)
		c.outline(oval(cx, y-176, 104, 104), ink, 3)
		c.wash(oval(cx, y-176, 84-s*18, 84-s*18), wood.dark(0.45), ink, 1)
		for k := range 3 {
			p := rect(cx-9, y-176-96, 18, 70).turned(pt{cx, y - 176}, float64(k)*120+s*20)
			c.wash(p, hex(0xd9d3c2), hex(0xb9b5a5), 1)
		}
		c.wash(oval(cx, y-176, 22, 22), white, slate, 1)
	}
	c.line(wood.dark(0.5), 3, pt{x - 232, y - 130}, pt{x - 70, y - 52}, pt{x + 70, y - 52}, pt{x + 232, y - 130})
	for i := range 6 {
		c.wash(rect(x-190+float64(i)*66, y-34, 50, 30), []colour{white, white, seal, white, white, jade}[i], slate, 1)
		c.outline(rect(x-190+float64(i)*66, y-34, 50, 30), ink, 2)
	}
	c.wash(rect(x-60, y-288, 120, 40), hex(0xf6e2b0), ochre, 1)
	c.line(seal, 3, pt{x, y - 252}, pt{x + 22, y - 284})
	c.brush(ink, 7, pt{x + 300, y - 20}, pt{x + 380, y + 50}, pt{x + 300, y + 110}, pt{x + 380, y + 120})
	c.wash(rect(x+360, y+40, 34, 96).turned(pt{x + 377, y + 88}, 24), slate, ink, 1)
	c.wash(oval(x+404, y+40, 36, 40), slate.light(0.3), slate.dark(0.3), 1)
	for k := range 5 {
		c.line(ink, 1.6, pt{x + 374, y + 20 + float64(k)*10}, pt{x + 434, y + 24 + float64(k)*10})
	}
	c.bowl(210, 700, 150, white, hex(0xf7f1e4))
	c.dabs(210, 640, 50, 10, 30, 5, jade, straw)
	c.steam(210, 620, 120)
	c.lay(poly(pt{360, 690}, pt{560, 680}, pt{590, 770}, pt{370, 780}), hex(0xf7f1e2), hex(0xe4d9bf))
	for k := range 4 {
		c.brush(ink.light(0.25), 3, pt{384, 706 + float64(k)*18}, pt{460, 702 + float64(k)*18}, pt{546, 700 + float64(k)*18})
	}
	c.stamp = pt{1110, 90}
}

func press(c *canvas) {
	c.sky(800, hex(0xcfc2a2), hex(0xb6a582))
	for i := range 4 {
		x := 120 + float64(i)*270
		c.line(wood.dark(0.3), 3, pt{x - 120, 96}, pt{x + 150, 92})
		for k := range 3 {
			px := x - 80 + float64(k)*84
			c.wash(poly(pt{px - 34, 96}, pt{px + 34, 95}, pt{px + 36, 196}, pt{px - 32, 198}), white, hex(0xe9dfc8), 1)
			for l := range 4 {
				c.line(ink.light(0.35), 2.2, pt{px - 22, 136 + float64(l)*14}, pt{px + 24, 135 + float64(l)*14})
			}
			c.flat(rect(px-22, 108, 44, 16), seal, 0.75)
		}
	}
	c.wash(rect(0, 600, width, 210), wood.light(0.05), wood.dark(0.35), 1)
	x, y := 480.0, 630.0
	c.flat(oval(x, y+16, 350, 28), ink, 0.34)
	c.wash(poly(pt{x - 330, y - 40}, pt{x + 330, y - 40}, pt{x + 350, y + 14}, pt{x - 350, y + 14}), ink.light(0.2), ink, 1)
	for _, s := range []float64{-1, 1} {
		c.wash(poly(pt{x + s*250, y - 40}, pt{x + s*280, y - 40}, pt{x + s*252, y - 300}, pt{x + s*222, y - 300}), slate.dark(0.3), ink, 1)
	}
	for i, k := range []float64{-200, -110} {
		col := []colour{ink.light(0.06), slate.dark(0.2)}[i]
		c.paint(rect(x-226, y+k-46, 452, 92), func(_, py float64) (colour, float64) {
			t := (py - y - k) / 46
			return mix(col.light(0.35), col.dark(0.4), math.Abs(t+0.35)), 1
		})
		c.outline(rect(x-226, y+k-46, 452, 92), ink, 3)
	}
	c.wash(poly(pt{x - 190, y - 156}, pt{x + 190, y - 156}, pt{x + 230, y - 10}, pt{x - 150, y - 10}), hex(0xf9f4e6), hex(0xe6dcc4), 1)
	for i := range 7 {
		t := float64(i)
		c.line(ink.light(0.2), 3, pt{x - 150 + t*5, y - 132 + t*17}, pt{x + 160 + t*6, y - 132 + t*17})
	}
	c.flat(poly(pt{x - 150, y - 148}, pt{x - 40, y - 148}, pt{x - 36, y - 138}, pt{x - 146, y - 138}), seal, 0.9)
	c.wash(oval(x+316, y-200, 70, 70), slate.dark(0.3), ink, 1)
	c.wash(oval(x+316, y-200, 48, 48), hex(0xb6a582), hex(0xb6a582), 1)
	for k := range 3 {
		s, co := math.Sincos(float64(k) * 2.09)
		c.line(ink, 9, pt{x + 316, y - 200}, pt{x + 316 + 60*co, y - 200 + 60*s})
	}
	c.taper(wood, 22, 26, pt{x + 350, y - 250}, pt{x + 400, y - 262})
	for i := range 12 {
		p := rect(870+float64(i%3)*5, 700-float64(i)*13, 230, 14)
		c.wash(p, hex(0xf9f4e6).dark(float64(i%2)*0.06), hex(0xd6cbb2), 1)
		c.outline(p, wood, 1.4)
	}
	top := poly(pt{880, 556}, pt{1090, 540}, pt{1140, 556}, pt{930, 574})
	c.wash(top, hex(0xf9f4e6), hex(0xe6dcc4), 1)
	c.flat(poly(pt{916, 556}, pt{1000, 549}, pt{1012, 555}, pt{930, 562}), seal, 0.8)
	c.lay(rect(120, 690, 120, 70), ink.light(0.1), ink)
	c.wash(oval(180, 690, 56, 16), ink, night, 1)
}

func umbrellas(c *canvas) {
	c.sky(800, hex(0xcfd8d2), hex(0xece4d0))
	for range 150 {
		x, y := c.between(0, width), c.between(0, height)
		l := c.between(20, 50)
		c.flat(ribbon([]pt{{x, y}, {x - l*0.25, y + l}}, func(float64) float64 { return 1.2 }), white, 0.5)
	}
	c.roof(600, -40, 1400, 150, slate.dark(0.3))
	c.wash(rect(0, 640, width, 170), hex(0xb9b6a8), slate, 1)
	for i := range 8 {
		c.line(slate.dark(0.1), 1.6, pt{0, 656 + float64(i*i)*2.6}, pt{600, 658 + float64(i*i)*2.6}, pt{1200, 655 + float64(i*i)*2.6})
	}
	for i, u := range []struct {
		x, y, r, turn float64
		col           colour
	}{{220, 330, 150, -12, ochre}, {560, 250, 130, 6, jade}, {900, 320, 160, 14, seal}, {1090, 560, 130, 24, indigo.light(0.2)}, {380, 560, 170, -8, seal.light(0.1)}, {720, 590, 180, 10, ochre.light(0.1)}, {110, 640, 130, -20, rose}} {
		umbrella(c, pt{u.x, u.y}, u.r, u.turn, u.col, i)
	}
}

// umbrella is an oiled paper one, open, seen from the front and a little above.
func umbrella(c *canvas, at pt, r, turn float64, col colour, i int) {
	put := func(p path) path { return p.turned(at, turn) }
	point := func(x, y float64) pt { return path{{{at.x + x, at.y + y}}}.turned(at, turn)[0][0] }
	c.line(wood.dark(0.2), r*0.05, point(0, -r*0.5), point(0, r*0.95))
	c.brush(wood.dark(0.3), r*0.09, point(0, r*0.9), point(0, r*1.05), point(r*0.02, r*1.12))
	dome := []pt{{at.x - r, at.y}}
	dome = append(dome, curve(pt{at.x - r, at.y}, pt{at.x - r*0.66, at.y - r*0.42}, pt{at.x, at.y - r*0.66}, pt{at.x + r*0.66, at.y - r*0.42}, pt{at.x + r, at.y})...)
	for k := range 8 {
		x0, x1 := at.x+r-float64(k)*r/4, at.x+r-float64(k+1)*r/4
		dome = append(dome, curve(pt{x0, at.y}, pt{(x0 + x1) / 2, at.y - r*0.05}, pt{x1, at.y})...)
	}
	c.shade(put(path{dome}), 10, 16)
	c.wash(put(path{dome}), col.light(0.14), col.dark(0.12), 1)
	for k := range 9 {
		x := -r + float64(k)*r/4
		bow := x * 0.62
		c.line(wood.dark(0.1), 2, point(0, -r*0.66), point(bow, -r*0.44+math.Abs(x)*0.14), point(x, 0))
	}
	c.outline(put(path{dome}), col.dark(0.55), 3)
	band := curve(point(-r*0.8, -r*0.26), point(-r*0.42, -r*0.4), point(0, -r*0.46), point(r*0.42, -r*0.4), point(r*0.8, -r*0.26))
	c.flat(ribbon(band, func(float64) float64 { return r * 0.035 }), white, 0.75)
	if i%2 == 0 {
		for k := range 4 {
			p := point(-r*0.46+float64(k)*r*0.31, -r*0.2-0.05*r*float64(k%2))
			c.dabs(p.x, p.y, r*0.07, r*0.06, 9, r*0.032, rose, white)
		}
		c.brush(wood.dark(0.2), r*0.025, point(-r*0.6, -r*0.12), point(-r*0.1, -r*0.2), point(r*0.5, -r*0.3))
	}
	c.flat(ribbon([]pt{point(0, -r*0.64), point(0, -r*0.78)}, func(float64) float64 { return r * 0.07 }), ink, 1)
}
