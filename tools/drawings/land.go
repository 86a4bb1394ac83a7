package main

import "math"

func terraces(c *canvas) {
	c.sky(420, hex(0xe3e6d3), paper)
	c.disc(240, 150, 40, hex(0xf3cf8e), 0.35)
	c.ridge(300, 190, 380, slate.light(0.35), mist)
	c.ridge(360, 150, 300, jade.light(0.15), mist)
	c.drift(350, 60, white, 0.7)
	for i := range 11 {
		t := float64(i) / 10
		y := 372 + 400*t*t*0.95 + 50*t
		terrace(c, y, 34+50*t, i)
	}
	c.tree(1010, 520, 250, wood, pine, jade.light(0.2))
	c.house(330, 452, 150, 96, white.dark(0.05), slate.dark(0.25), false)
	c.house(420, 462, 110, 74, white.dark(0.05), slate.dark(0.25), false)
	c.person(640, 560, 66, indigo, true)
	buffalo(c, 560, 566, 64)
	c.person(300, 690, 92, rose.dark(0.2), true)
}

// terrace is one step of water with its bank.
func terrace(c *canvas, y, high float64, i int) {
	off := float64(i)*7.3 + 1
	shape := []pt{{-20, height + 20}}
	for x := -20.0; x <= width+20; x += 10 {
		shape = append(shape, pt{x, y + (noise(x/240+off, 2, c.seed)-0.5)*high*1.5})
	}
	shape = append(shape, pt{width + 20, height + 20})
	wet := mix(hex(0xdfe7dc), hex(0xf0dcae), noise(off, 9, c.seed))
	c.paint(path{shape}, func(x, py float64) (colour, float64) {
		g := cloud(x/150, py/10, c.seed+uint64(i)) - 0.5
		return mix(wet.light(max(g, 0)), jade.light(0.3), max(-g, 0)), 1
	})
	bank := append([]pt{}, shape[1:len(shape)-1]...)
	for k := len(shape) - 2; k > 0; k-- {
		bank = append(bank, pt{shape[k].x, shape[k].y + high*(0.16+0.34*noise(shape[k].x/90+off, 5, c.seed))})
	}
	c.wash(path{bank}, jade.light(0.12), pine.light(0.05), 1)
	for range 26 {
		p := shape[1+c.rnd.IntN(len(shape)-2)]
		c.taper(jade.light(0.3), 3, 0.6, pt{p.x, p.y + 2}, pt{p.x + 2, p.y - high*0.1}, pt{p.x + c.between(-6, 8), p.y - high*0.2})
	}
	for k := 1; i%3 == 1 && k < len(shape)-1; k += 3 {
		p := shape[k]
		c.taper(jade.dark(0.1), 2.4, 0.6, pt{p.x, p.y + high*0.86}, pt{p.x + 3, p.y + high*0.6})
	}
}

// buffalo walks to the left.
func buffalo(c *canvas, x, y, s float64) {
	for _, k := range []float64{-0.45, -0.25, 0.3, 0.48} {
		c.line(ink, s*0.1, pt{x + s*k, y - s*0.35}, pt{x + s*(k-0.02), y})
	}
	c.wash(smooth(pt{x - s*0.6, y - s*0.62}, pt{x - s*0.1, y - s*0.76}, pt{x + s*0.5, y - s*0.66}, pt{x + s*0.6, y - s*0.35}, pt{x, y - s*0.24}, pt{x - s*0.55, y - s*0.32}), slate.dark(0.5), ink, 1)
	c.wash(smooth(pt{x - s*0.98, y - s*0.5}, pt{x - s*0.72, y - s*0.7}, pt{x - s*0.52, y - s*0.6}, pt{x - s*0.62, y - s*0.4}, pt{x - s*0.9, y - s*0.36}), slate.dark(0.5), ink, 1)
	c.brush(straw, s*0.06, pt{x - s*0.68, y - s*0.68}, pt{x - s*0.5, y - s*0.84}, pt{x - s*0.34, y - s*0.76})
	c.brush(ink, s*0.05, pt{x + s*0.58, y - s*0.6}, pt{x + s*0.68, y - s*0.4}, pt{x + s*0.64, y - s*0.2})
}

func teaPickers(c *canvas) {
	c.sky(360, hex(0xdbe5d2), paper)
	c.ridge(270, 170, 300, slate.light(0.4), mist)
	c.ridge(330, 120, 240, jade.light(0.2), mist)
	c.drift(320, 50, white, 0.75)
	robes := []colour{indigo, rose.dark(0.15), seal, plum, ochre.dark(0.1)}
	for i := range 9 {
		t := float64(i) / 8
		y := 352 + 400*t*t + 46*t
		if i > 1 && i < 8 {
			for k := range 2 {
				x := 150 + float64((i*371+k*530)%900)
				h := 60 + 80*t
				c.person(x, y+h*0.2, h, robes[(i+k)%5], true)
				c.wash(smooth(pt{x + h*0.16, y - h*0.42}, pt{x + h*0.36, y - h*0.42}, pt{x + h*0.32, y - h*0.1}, pt{x + h*0.18, y - h*0.1}), straw.dark(0.2), wood, 1)
			}
		}
		hedge(c, y, 30+44*t, i)
	}
	c.house(990, 352, 120, 80, white.dark(0.05), slate.dark(0.2), false)
}

// hedge is a row of tea.
func hedge(c *canvas, y, high float64, i int) {
	off := float64(i) * 5.1
	shape := []pt{{-20, height + 20}}
	for x := -20.0; x <= width+20; x += 9 {
		bump := math.Abs(math.Sin(x/(high*1.3)+off)) * high * 0.28
		shape = append(shape, pt{x, y - bump + (noise(x/300+off, 4, c.seed)-0.5)*high})
	}
	shape = append(shape, pt{width + 20, height + 20})
	c.paint(path{shape}, func(x, py float64) (colour, float64) {
		g := cloud(x/22, py/16, c.seed+uint64(i)) - 0.5
		return mix(mix(jade, pine, (py-y+high*0.4)/(high*1.7)), straw, max(g*0.7, 0)).dark(max(-g*0.5, 0)), 1
	})
	for range 60 {
		x := c.between(0, width)
		k := int((x + 20) / 9)
		p := shape[min(k+1, len(shape)-2)]
		c.taper(jade.light(0.35), high*0.06, 0.5, pt{p.x, p.y + 3}, pt{p.x + c.between(-6, 6), p.y - high*0.16})
	}
}

func banyan(c *canvas) {
	c.sky(520, hex(0xe6dfc4), paper)
	c.ridge(430, 120, 360, jade.light(0.4), mist)
	c.drift(430, 50, white, 0.6)
	c.water(470, hex(0xd7e0d3), jade.light(0.05), 0.6)
	c.boat(180, 540, 190, true)
	c.wash(smooth(pt{260, 640}, pt{520, 570}, pt{900, 560}, pt{1260, 580}, pt{1260, 860}, pt{-60, 860}, pt{-60, 740}), straw.dark(0.05), wood.light(0.25), 1)
	x, y := 760.0, 600.0
	for range 7 {
		s := c.between(-1, 1)
		c.taper(wood.dark(0.25), 34, 10, pt{x + s*40, y - 190}, pt{x + s*60, y - 60}, pt{x + s*130, y + c.between(8, 34)})
	}
	c.taper(wood.dark(0.15), 120, 70, pt{x, y + 10}, pt{x - 10, y - 120}, pt{x + 6, y - 250})
	for _, b := range []pt{{-330, -330}, {-190, -400}, {0, -430}, {190, -390}, {320, -310}, {-260, -250}, {260, -240}} {
		c.taper(wood.dark(0.15), 46, 12, pt{x, y - 220}, pt{x + b.x*0.5, y + b.y*0.72}, pt{x + b.x, y + b.y})
	}
	for _, b := range []pt{{-360, -330}, {-220, -420}, {0, -460}, {210, -420}, {350, -320}, {-110, -350}, {120, -350}} {
		c.dabs(x+b.x, y+b.y, 150, 88, 190, 21, pine.dark(0.15), jade.light(0.25))
	}
	for range 46 {
		rx := x + c.between(-400, 400)
		ry := y - 300 + math.Abs(rx-x)*0.16
		l := c.between(60, 250)
		c.taper(wood.light(0.1), 3.4, 1, pt{rx, ry}, pt{rx + c.between(-6, 6), ry + l*0.5}, pt{rx + c.between(-10, 10), ry + l})
	}
	for i := range 4 {
		bx := 480 + float64(i)*150
		c.wash(rect(bx, 668, 96, 16), slate.light(0.3), slate, 1)
		c.wash(rect(bx+10, 684, 14, 22), slate, slate.dark(0.3), 1)
		c.wash(rect(bx+72, 684, 14, 22), slate, slate.dark(0.3), 1)
	}
	c.person(520, 690, 100, indigo, false)
	c.person(700, 694, 96, plum, false)
	c.person(1000, 700, 104, seal.dark(0.15), true)
	c.person(1060, 704, 70, jade.dark(0.2), false)
}

func kites(c *canvas) {
	c.sky(620, hex(0xb9d2d6), hex(0xf6ead0))
	for range 9 {
		c.wash(c.blob(c.between(0, 1200), c.between(90, 380), c.between(70, 150), c.between(14, 32), 0.3), white, white, 0.5)
	}
	c.ridge(600, 70, 420, jade.light(0.3), mist)
	c.reeds(0, 1200, 640, 90, 46, jade, straw)
	c.wash(smooth(pt{-60, 640}, pt{300, 620}, pt{800, 640}, pt{1260, 610}, pt{1260, 860}, pt{-60, 860}), straw, jade.light(0.1), 1)
	cols := []colour{seal, ochre, indigo, jade.dark(0.15), plum, rose.dark(0.1)}
	for i := range 9 {
		x, y := 130+float64(i)*118+c.between(-30, 30), c.between(90, 400)
		px := x*0.86 + 70 + c.between(-50, 50)
		py := 668 + c.between(0, 70)
		h := 74 + (py-668)*0.5
		c.line(ink, 1.1, pt{px, py - h*0.7}, pt{(px + x) / 2, (py+y)/2 + 50}, pt{x, y + 20})
		kite(c, x, y, 26+c.between(0, 26), cols[i%6], i)
		c.person(px, py, h, cols[(i+3)%6], i%4 == 0)
	}
	c.grass(0, 1200, 790, 160, 40, jade.dark(0.2))
}

// kite is a diamond or a fish with tails.
func kite(c *canvas, x, y, s float64, col colour, i int) {
	if i%3 == 2 {
		c.wash(smooth(pt{x - s, y}, pt{x - s*0.3, y - s*0.6}, pt{x + s*0.7, y - s*0.2}, pt{x + s*1.3, y - s*0.7}, pt{x + s*1.2, y + s*0.6}, pt{x + s*0.7, y + s*0.2}, pt{x - s*0.3, y + s*0.6}), col, col.light(0.3), 1)
		c.flat(oval(x-s*0.55, y-s*0.15, s*0.13, s*0.13), white, 1)
		c.flat(oval(x-s*0.55, y-s*0.15, s*0.06, s*0.06), ink, 1)
		for k := range 3 {
			c.brush(white, 3, pt{x - s*0.2 + float64(k)*s*0.3, y - s*0.3}, pt{x - s*0.1 + float64(k)*s*0.3, y}, pt{x - s*0.2 + float64(k)*s*0.3, y + s*0.3})
		}
	} else {
		p := poly(pt{x, y - s}, pt{x + s*0.8, y}, pt{x, y + s*1.2}, pt{x - s*0.8, y})
		c.wash(p, col.light(0.1), col.dark(0.1), 1)
		c.line(ink, 1.6, pt{x, y - s}, pt{x, y + s*1.2})
		c.line(ink, 1.6, pt{x - s*0.8, y}, pt{x + s*0.8, y})
		c.flat(oval(x, y, s*0.2, s*0.2), straw, 0.9)
	}
	for _, k := range []float64{-0.2, 0.2} {
		c.brush(col.light(0.15), 5, pt{x + k*s, y + s}, pt{x + k*s*3, y + s*1.9}, pt{x + k*s, y + s*2.5}, pt{x + k*s*4, y + s*3.3})
	}
}

func mountainPath(c *canvas) {
	c.sky(460, hex(0xdfe3da), paper)
	c.ridge(260, 230, 330, slate.light(0.3), mist)
	c.ridge(360, 200, 270, indigo.light(0.45), mist)
	c.drift(330, 60, white, 0.7)
	c.ridge(470, 180, 230, jade.light(0.05), mist)
	c.drift(470, 50, white, 0.6)
	c.house(930, 438, 130, 86, white.dark(0.06), slate.dark(0.3), false)
	c.house(1020, 452, 100, 66, white.dark(0.06), slate.dark(0.3), false)
	c.ridge(640, 130, 420, pine.light(0.1), jade.light(0.15))
	road := smooth(pt{930, 500}, pt{960, 502}, pt{820, 580}, pt{900, 660}, pt{640, 860}, pt{200, 860}, pt{700, 660}, pt{720, 570})
	c.wash(road, straw.light(0.2), straw.dark(0.12), 0.96)
	for range 60 {
		x, y := c.between(300, 820), c.between(640, 790)
		c.wash(c.blob(x, y, c.between(3, 10), c.between(2, 5), 0.3), slate.light(0.2), slate, 0.5)
	}
	for _, p := range []pt{{120, 640}, {260, 610}, {1080, 640}, {60, 700}} {
		c.tree(p.x, p.y, 190, wood.dark(0.2), pine.dark(0.1), jade)
	}
	donkey(c, 560, 700, 130)
	c.person(700, 716, 140, indigo, true)
	c.taper(wood.dark(0.3), 5, 3, pt{742, 640}, pt{752, 720})
	c.grass(0, 420, 790, 110, 44, pine)
	c.grass(820, 1200, 780, 110, 44, pine)
}

// donkey walks to the left with two boxes.
func donkey(c *canvas, x, y, s float64) {
	col := slate.light(0.05)
	for _, k := range []float64{-0.36, -0.22, 0.26, 0.4} {
		c.taper(col.dark(0.3), s*0.09, s*0.05, pt{x + s*k, y - s*0.4}, pt{x + s*(k+0.02), y - s*0.18}, pt{x + s*(k-0.02), y})
	}
	c.wash(smooth(pt{x - s*0.45, y - s*0.66}, pt{x, y - s*0.62}, pt{x + s*0.46, y - s*0.66}, pt{x + s*0.5, y - s*0.4}, pt{x, y - s*0.3}, pt{x - s*0.45, y - s*0.36}), col, col.dark(0.3), 1)
	c.taper(col, s*0.26, s*0.17, pt{x - s*0.36, y - s*0.56}, pt{x - s*0.52, y - s*0.8}, pt{x - s*0.6, y - s*0.94})
	c.wash(smooth(pt{x - s*0.52, y - s*1.0}, pt{x - s*0.66, y - s*1.0}, pt{x - s*0.9, y - s*0.78}, pt{x - s*0.84, y - s*0.7}, pt{x - s*0.6, y - s*0.8}), col, col.light(0.3), 1)
	for _, k := range []float64{-0.5, -0.6} {
		c.taper(col.dark(0.2), s*0.09, s*0.03, pt{x + s*k, y - s*0.97}, pt{x + s*(k+0.02), y - s*1.12}, pt{x + s*(k+0.05), y - s*1.24})
	}
	c.brush(ink, s*0.05, pt{x + s*0.48, y - s*0.6}, pt{x + s*0.58, y - s*0.4}, pt{x + s*0.54, y - s*0.22})
	c.flat(oval(x-s*0.68, y-s*0.9, s*0.018, s*0.018), ink, 1)
	c.wash(poly(pt{x - s*0.2, y - s*0.7}, pt{x + s*0.2, y - s*0.7}, pt{x + s*0.22, y - s*0.34}, pt{x - s*0.22, y - s*0.34}), white, white.dark(0.15), 1)
	c.flat(rect(x-s*0.03, y-s*0.62, s*0.06, s*0.2), jade.dark(0.15), 1)
	c.flat(rect(x-s*0.1, y-s*0.55, s*0.2, s*0.06), jade.dark(0.15), 1)
	c.outline(poly(pt{x - s*0.2, y - s*0.7}, pt{x + s*0.2, y - s*0.7}, pt{x + s*0.22, y - s*0.34}, pt{x - s*0.22, y - s*0.34}), wood.dark(0.4), 2.4)
}

func well(c *canvas) {
	c.sky(420, hex(0xe4e2cf), paper)
	c.ridge(370, 230, 420, jade.light(0.2), mist)
	c.drift(400, 50, white, 0.5)
	c.house(240, 510, 360, 250, white.dark(0.08), slate.dark(0.3), false)
	c.house(1010, 500, 330, 226, straw.light(0.35), slate.dark(0.3), false)
	c.wash(poly(pt{-10, 505}, pt{1210, 495}, pt{1210, 810}, pt{-10, 810}), hex(0xcfc4ad), hex(0xa69c8b), 1)
	for i := range 7 {
		y := 520 + float64(i*i)*6.4
		for k := range 16 {
			x := float64(k)*86 + float64(i%2)*40 - 40 + c.between(-8, 8)
			c.outline(c.blob(x, y, 38+float64(i)*3, 9+float64(i)*2.4, 0.2), slate, 1.6)
		}
	}
	x, y := 600.0, 640.0
	c.flat(oval(x, y+50, 180, 40), ink, 0.22)
	c.wash(path{append(curve(pt{x - 140, y - 70}, pt{x - 150, y}, pt{x - 140, y + 46}, pt{x, y + 76}, pt{x + 140, y + 46}, pt{x + 150, y}, pt{x + 140, y - 70}), pt{x, y - 40})}, slate.light(0.35), slate.dark(0.15), 1)
	c.wash(oval(x, y-70, 142, 36), slate.light(0.5), slate.light(0.2), 1)
	c.wash(oval(x, y-68, 108, 25), ink, night, 1)
	c.paint(oval(x-8, y-60, 66, 11), func(px, py float64) (colour, float64) {
		return mix(hex(0xdfe7dc), slate, (py-y+70)/20), 0.55 * noise(px/30, py/4, c.seed)
	})
	c.wash(poly(pt{x + 60, y - 104}, pt{x + 104, y - 100}, pt{x + 120, y - 70}, pt{x + 74, y - 74}), hex(0xe4e2cf), hex(0xcfc4ad), 1)
	c.outline(oval(x, y-70, 142, 36), slate.dark(0.5), 3)
	c.wash(poly(pt{x + 200, y + 20}, pt{x + 270, y + 20}, pt{x + 258, y + 88}, pt{x + 212, y + 88}), wood, wood.dark(0.35), 1)
	c.wash(oval(x+235, y+20, 35, 9), hex(0xbcd6d2), slate, 1)
	c.brush(ink, 3, pt{x + 202, y + 18}, pt{x + 235, y - 42}, pt{x + 268, y + 18})
	c.brush(straw.dark(0.3), 5, pt{x + 235, y - 30}, pt{x + 160, y + 60}, pt{x + 90, y + 90}, pt{x + 30, y + 100})
	for _, s := range []float64{-1, 1} {
		c.line(wood, 7, pt{x + s*330, 560}, pt{x + s*326, 352})
	}
	c.line(straw.dark(0.3), 6, pt{x - 344, 366}, pt{x, 352}, pt{x + 344, 362})
	for i, col := range []colour{indigo, white, rose, white.dark(0.06), jade} {
		cx := x - 230 + float64(i)*106
		c.wash(poly(pt{cx, 360}, pt{cx + 76, 358}, pt{cx + 80, 440 + c.between(0, 26)}, pt{cx + 4, 436 + c.between(0, 30)}), col, col.dark(0.16), 0.97)
	}
}

func clinicVan(c *canvas) {
	c.sky(430, hex(0xdce6e2), paper)
	c.ridge(360, 220, 330, slate.light(0.35), mist)
	c.ridge(420, 140, 260, jade.light(0.2), mist)
	c.drift(400, 50, white, 0.6)
	for i := range 5 {
		c.house(100+float64(i)*250, 530, 230, 170+c.between(-16, 24), []colour{white.dark(0.06), straw.light(0.3)}[i%2], slate.dark(0.3), false)
	}
	c.wash(rect(0, 524, width, 290), hex(0xd2c7b1), hex(0xa89d8b), 1)
	for i := range 9 {
		y := 545 + float64(i*i)*3.4
		c.line(slate, 1.4, pt{0, y}, pt{600, y + 3}, pt{1200, y - 2})
	}
	x, y := 430.0, 690.0
	c.flat(oval(x, y+4, 300, 22), ink, 0.3)
	body := smooth(pt{x - 270, y - 20}, pt{x - 276, y - 190}, pt{x - 250, y - 226}, pt{x + 120, y - 228}, pt{x + 190, y - 200}, pt{x + 246, y - 112}, pt{x + 282, y - 96}, pt{x + 284, y - 18})
	c.wash(body, white, white.dark(0.14), 1)
	c.outline(body, slate.dark(0.3), 3)
	c.flat(rect(x-273, y-98, 554, 20), jade.dark(0.1), 0.95)
	for i := range 3 {
		c.wash(rect(x-240+float64(i)*108, y-202, 92, 70), slate.light(0.2), slate.dark(0.3), 1)
	}
	c.wash(poly(pt{x + 102, y - 202}, pt{x + 168, y - 196}, pt{x + 216, y - 118}, pt{x + 102, y - 116}), slate.light(0.2), slate.dark(0.3), 1)
	c.flat(rect(x-16, y-62, 46, 14), pine, 1)
	c.flat(rect(x, y-78, 14, 46), pine, 1)
	for _, k := range []float64{-170, 180} {
		c.flat(oval(x+k, y-8, 46, 46), ink, 1)
		c.flat(oval(x+k, y-8, 22, 22), slate.light(0.4), 1)
	}
	c.flat(oval(x+272, y-70, 10, 13), hex(0xffe6a3), 1)
	c.table(860, 640, 150, white)
	c.wash(rect(838, 596, 26, 36), jade.light(0.2), jade, 1)
	c.wash(rect(872, 604, 20, 28), rose, rose.dark(0.2), 1)
	c.person(850, 650, 0.1, white, false)
	c.person(790, 690, 150, white, false)
	c.crowd(910, 1150, 690, 6, 140)
	c.person(760, 720, 110, plum, false)
}
