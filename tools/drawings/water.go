package main

import "math"

func lanternRiver(c *canvas) {
	c.sky(470, night, indigo.light(0.25))
	c.stars(260, 60)
	c.disc(930, 150, 44, moon, 0.5)
	c.ridge(430, 150, 300, indigo.light(0.1), indigo.light(0.35))
	c.drift(440, 50, mist, 0.4)
	for i := range 6 {
		c.house(100+float64(i)*205, 492, 190+c.between(-20, 20), 130+c.between(-15, 20), slate.dark(0.2), night.light(0.12), i%3 != 1)
	}
	c.flat(rect(0, 488, width, 16), ink, 0.85)
	for i := range 3 {
		x := float64(i) * 400
		c.garland(pt{x, 384}, pt{x + 420, 382}, 22, 9, 26, seal)
	}
	c.crowd(60, 1140, 492, 22, 52)
	c.water(503, night, night.dark(0.4), 0.8)
	c.ripples(520, 790, 90, hex(0xf0b765), 0.3)
	c.boat(360, 640, 220, true)
	c.lantern(440, 604, 22, seal, true)
	c.boat(840, 700, -260, true)
	c.lantern(745, 652, 26, seal, true)
	for range 14 {
		fishLamp(c, c.between(80, 1100), c.between(540, 770))
	}
}

// fishLamp floats: a small lit fish on the river.
func fishLamp(c *canvas, x, y float64) {
	s := 5 + (y-500)*0.035
	c.glow(x, y, s*5, hex(0xf0953c), 0.5)
	c.flat(oval(x, y, s*1.5, s*0.8), hex(0xffd98a), 1)
	c.flat(poly(pt{x - s*1.2, y}, pt{x - s*2.3, y - s*0.8}, pt{x - s*2.3, y + s*0.8}), hex(0xf2a24c), 1)
	c.flat(oval(x+s*0.8, y-s*0.2, s*0.18, s*0.18), ink, 1)
}

func dragonBoats(c *canvas) {
	c.sky(330, hex(0xbcd3cf), paper)
	c.ridge(300, 150, 300, jade.light(0.25), mist)
	c.ridge(330, 80, 190, pine.light(0.15), jade.light(0.5))
	c.drift(315, 36, white, 0.55)
	for i := range 5 {
		c.house(780+float64(i)*95, 338, 92, c.between(58, 80), white.dark(0.04), slate.dark(0.2), false)
	}
	c.crowd(60, 1150, 348, 46, 34)
	c.flat(rect(0, 346, width, 6), wood.dark(0.3), 0.7)
	c.water(352, jade.light(0.25), pine.dark(0.15), 0.65)
	c.ripples(370, 790, 120, white, 0.4)
	dragonBoat(c, 700, 430, 420, jade.dark(0.25))
	dragonBoat(c, 470, 530, 600, ochre.dark(0.05))
	dragonBoat(c, 580, 680, 840, seal)
}

// dragonBoat is a long hull with a head, a tail, a drummer and paddlers.
func dragonBoat(c *canvas, x, y, w float64, col colour) {
	h := w * 0.035
	c.flat(oval(x, y+h*0.7, w*0.5, h*0.8), ink, 0.25)
	for i := range 9 {
		px := x - w*0.32 + float64(i)*w*0.075
		c.person(px, y+w*0.028, w*0.135, mix(col, ochre, float64(i%2)*0.5).dark(0.15), false)
		c.line(wood.dark(0.2), max(w*0.006, 2), pt{px + w*0.012, y - w*0.085}, pt{px - w*0.03, y + h*1.4})
		c.flat(c.blob(px-w*0.036, y+h*1.6, w*0.016, w*0.006, 0.3), white, 0.8)
	}
	hull := path{curve(pt{x - w*0.52, y - h*1.6}, pt{x - w*0.4, y - h*0.3}, pt{x, y - h*0.1}, pt{x + w*0.4, y - h*0.3}, pt{x + w*0.5, y - h*1.4}, pt{x + w*0.42, y + h*0.5}, pt{x, y + h*0.95}, pt{x - w*0.42, y + h*0.5}, pt{x - w*0.52, y - h*1.6})}
	c.wash(hull, col, col.dark(0.4), 1)
	for i := range 22 {
		t := float64(i)/22*0.8 - 0.4
		c.brush(ochre.light(0.3), h*0.16, pt{x + w*t, y + h*0.1}, pt{x + w*(t+0.014), y + h*0.38}, pt{x + w*(t+0.03), y + h*0.12})
	}
	neck := curve(pt{x + w*0.44, y - h*0.2}, pt{x + w*0.5, y - h*1.6}, pt{x + w*0.53, y - h*3}, pt{x + w*0.57, y - h*3.4})
	c.flat(ribbon(neck, func(t float64) float64 { return h * (1.4 - 0.5*t) }), col, 1)
	c.wash(smooth(pt{x + w*0.53, y - h*3.9}, pt{x + w*0.57, y - h*4.2}, pt{x + w*0.63, y - h*3.5}, pt{x + w*0.61, y - h*3}, pt{x + w*0.55, y - h*2.9}), col, col.dark(0.25), 1)
	c.brush(ochre, h*0.4, pt{x + w*0.545, y - h*4}, pt{x + w*0.52, y - h*4.8}, pt{x + w*0.49, y - h*5})
	c.brush(ochre, h*0.3, pt{x + w*0.615, y - h*3}, pt{x + w*0.6, y - h*2.4}, pt{x + w*0.585, y - h*2.1})
	c.flat(oval(x+w*0.583, y-h*3.65, h*0.2, h*0.2), white, 1)
	c.flat(oval(x+w*0.585, y-h*3.65, h*0.1, h*0.1), ink, 1)
	c.brush(col.dark(0.2), h*0.7, pt{x - w*0.5, y - h*1.2}, pt{x - w*0.55, y - h*2.6}, pt{x - w*0.52, y - h*3.6})
	c.person(x+w*0.385, y-h*0.2, w*0.15, ink.light(0.15), false)
	c.wash(oval(x+w*0.425, y-h*1.7, w*0.024, w*0.03), seal, seal.dark(0.3), 1)
	c.flat(oval(x+w*0.425, y-h*2.1, w*0.022, w*0.01), straw, 1)
}

func ferry(c *canvas) {
	c.sky(420, indigo, plum.light(0.2))
	c.stars(240, 40)
	c.disc(250, 170, 40, moon, 0.5)
	c.ridge(410, 120, 320, indigo.light(0.12), plum.light(0.25))
	c.ridge(420, 50, 180, night.light(0.05), indigo.light(0.2))
	c.water(420, indigo.light(0.08), night, 0.8)
	c.ripples(440, 780, 90, hex(0xf3c987), 0.35)
	x, y := 620.0, 610.0
	c.wash(path{curve(pt{x - 390, y - 60}, pt{x - 330, y + 26}, pt{x, y + 40}, pt{x + 330, y + 26}, pt{x + 420, y - 74}, pt{x, y - 52}, pt{x - 390, y - 60})}, white.dark(0.1), slate.dark(0.2), 1)
	c.flat(ribbon(curve(pt{x - 384, y - 44}, pt{x, y - 34}, pt{x + 410, y - 56}), func(float64) float64 { return 11 }), seal, 0.95)
	c.wash(rect(x-270, y-150, 500, 96), white.dark(0.06), white.dark(0.24), 1)
	for i := range 9 {
		c.window(x-252+float64(i)*53, y-128, 36, 44, true)
	}
	c.wash(rect(x-170, y-222, 300, 72), white.dark(0.1), white.dark(0.26), 1)
	for i := range 5 {
		c.window(x-150+float64(i)*56, y-204, 34, 36, i != 2)
	}
	c.wash(poly(pt{x - 300, y - 150}, pt{x + 260, y - 150}, pt{x + 244, y - 162}, pt{x - 286, y - 162}), slate.dark(0.2), slate.dark(0.4), 1)
	c.wash(poly(pt{x - 186, y - 222}, pt{x + 146, y - 222}, pt{x + 132, y - 234}, pt{x - 174, y - 234}), slate.dark(0.2), slate.dark(0.4), 1)
	c.wash(rect(x+20, y-292, 46, 60), seal, seal.dark(0.25), 1)
	c.flat(rect(x+20, y-292, 46, 14), ink, 0.9)
	c.garland(pt{x - 380, y - 100}, pt{x - 180, y - 236}, 8, 6, 22, seal)
	c.garland(pt{x + 140, y - 236}, pt{x + 410, y - 108}, 10, 7, 22, seal)
	c.crowd(x-260, x+220, y-58, 17, 42)
	for i := range 11 {
		c.glow(x-260+float64(i)*52, y+80+c.between(-10, 30), 40, hex(0xf0a550), 0.3)
	}
	c.flat(poly(pt{0, 742}, pt{250, 720}, pt{270, 800}, pt{0, 800}), ink, 0.9)
	c.person(120, 738, 74, indigo.light(0.2), false)
	c.lantern(150, 700, 18, seal, true)
}

func bridge(c *canvas) {
	c.sky(470, hex(0xcfdcd6), paper)
	c.ridge(400, 190, 330, jade.light(0.35), mist)
	c.ridge(450, 130, 240, pine.light(0.3), mist)
	c.drift(430, 60, white, 0.6)
	for i := range 4 {
		c.house(70+float64(i)*90, 476, 110, c.between(84, 112), white.dark(0.03), slate.dark(0.25), false)
		c.house(1150-float64(i)*84, 474, 104, c.between(78, 106), white.dark(0.03), slate.dark(0.25), false)
	}
	x, y, r := 600.0, 500.0, 132.0
	body := []pt{{180, y}}
	body = append(body, curve(pt{180, y - 14}, pt{360, y - 96}, pt{x, y - 176}, pt{840, y - 96}, pt{1020, y - 14})...)
	body = append(body, pt{1020, y})
	for i := range 25 {
		s, co := math.Sincos(float64(i) / 24 * math.Pi)
		body = append(body, pt{x + r*co, y - r*s})
	}
	c.wash(path{body}, hex(0xb9b3a4), hex(0x8d897f), 1)
	for i := range 25 {
		s, co := math.Sincos(float64(i) / 24 * math.Pi)
		c.line(slate.dark(0.4), 1.6, pt{x + r*co, y - r*s}, pt{x + (r+22)*co, y - (r+22)*s})
	}
	for range 60 {
		px := c.between(220, 980)
		top := y - 176*math.Exp(-math.Pow((px-x)/330, 2)) + 24
		if math.Hypot(px-x, top+20-y) > r+32 {
			c.line(slate, 1.3, pt{px, top + c.between(0, 40)}, pt{px + c.between(14, 30), top + c.between(0, 40)})
		}
	}
	c.brush(slate.dark(0.5), 9, pt{180, y - 22}, pt{360, y - 106}, pt{x, y - 188}, pt{840, y - 106}, pt{1020, y - 22})
	c.person(520, y-176, 70, indigo, true)
	c.person(690, y-172, 66, seal.dark(0.1), false)
	c.water(500, jade.light(0.3), slate.dark(0.1), 0.85)
	c.ripples(515, 790, 70, white, 0.4)
	c.boat(860, 680, -250, true)
	c.bamboo(60, 720, 330, 4, pine)
}

func reedsDucks(c *canvas) {
	c.sky(400, hex(0xe9d9b4), paper)
	c.disc(880, 210, 52, hex(0xf3c26a), 0.4)
	c.ridge(390, 60, 300, jade.light(0.4), mist)
	c.reeds(0, 1200, 420, 150, 110, jade.dark(0.1), straw)
	c.drift(400, 40, white, 0.5)
	c.water(420, straw.light(0.2), jade.dark(0.15), 0.7)
	c.ripples(440, 780, 80, white, 0.5)
	for i := range 17 {
		t := float64(i) / 16
		duck(c, 330+t*520+c.between(-14, 14), 500+t*120+c.between(-22, 22)*t, 16+26*t)
	}
	c.boat(250, 500, 180, false)
	c.person(230, 492, 82, indigo, true)
	c.line(wood.dark(0.3), 3, pt{262, 424}, pt{330, 540})
	c.reeds(20, 360, 800, 70, 290, pine.dark(0.15), straw.light(0.2))
	c.reeds(900, 1190, 800, 60, 330, pine.dark(0.15), straw.light(0.2))
	c.stamp = pt{600, 738}
}

// duck swims to the left; s is its height.
func duck(c *canvas, x, y, s float64) {
	col := []colour{white, straw.light(0.2), wood.light(0.35)}[c.rnd.IntN(3)]
	c.flat(oval(x, y+s*0.28, s*0.95, s*0.14), ink, 0.18)
	c.wash(smooth(pt{x - s*0.75, y - s*0.05}, pt{x - s*0.3, y - s*0.34}, pt{x + s*0.4, y - s*0.3}, pt{x + s*0.95, y - s*0.5}, pt{x + s*0.7, y + s*0.2}, pt{x - s*0.4, y + s*0.28}), col, col.dark(0.25), 1)
	c.taper(col.dark(0.05), s*0.32, s*0.24, pt{x - s*0.55, y}, pt{x - s*0.62, y - s*0.4}, pt{x - s*0.6, y - s*0.62})
	c.flat(oval(x-s*0.64, y-s*0.68, s*0.23, s*0.2), col, 1)
	c.flat(poly(pt{x - s*0.8, y - s*0.72}, pt{x - s*1.14, y - s*0.6}, pt{x - s*0.8, y - s*0.56}), ochre, 1)
	c.flat(oval(x-s*0.7, y-s*0.72, s*0.045, s*0.045), ink, 1)
	c.brush(col.dark(0.35), s*0.09, pt{x - s*0.1, y - s*0.1}, pt{x + s*0.3, y + s*0.05}, pt{x + s*0.7, y - s*0.15})
}

func lotus(c *canvas) {
	c.sky(300, hex(0xdfe6d6), paper)
	c.ridge(300, 110, 300, jade.light(0.4), mist)
	c.drift(290, 40, white, 0.6)
	c.water(310, jade.light(0.35), pine, 0.5)
	leaves := func(n int, y0, y1 float64) {
		for range n {
			y := c.between(y0, y1)
			w := 30 + (y-300)*0.3
			x := c.between(20, 1180)
			leaf := c.blob(x, y, w, w*0.36, 0.12)
			col := mix(jade, pine, c.rnd.Float64())
			c.wash(leaf, col.light(0.12), col.dark(0.15), 0.96)
			for k := range 9 {
				s, co := math.Sincos(float64(k) / 9 * 2 * math.Pi)
				c.line(col.dark(0.35), 1.2, pt{x, y}, pt{x + w*0.85*co, y + w*0.3*s})
			}
		}
	}
	leaves(60, 330, 470)
	c.boat(700, 520, 260, false)
	c.person(670, 512, 120, rose.dark(0.2), true)
	c.person(760, 516, 104, indigo, true)
	leaves(26, 520, 700)
	for range 12 {
		y := c.between(430, 720)
		flower(c, c.between(60, 1140), y, 16+(y-400)*0.11)
	}
	leaves(10, 730, 800)
}

// flower is an open lotus on its stem.
func flower(c *canvas, x, y, s float64) {
	c.taper(pine, s*0.12, s*0.16, pt{x, y}, pt{x + s*0.1, y + s*1.2}, pt{x, y + s*2})
	for _, a := range []float64{-70, 70, -45, 45, -20, 20, 0} {
		petal := smooth(pt{x, y + s*0.2}, pt{x - s*0.3, y - s*0.45}, pt{x, y - s*1.05}, pt{x + s*0.3, y - s*0.45}).turned(pt{x, y + s*0.2}, a)
		c.wash(petal, rose.light(0.25).dark(0.02), white, 1)
		c.outline(petal, rose.dark(0.3), 1.4)
	}
	c.flat(oval(x, y+s*0.04, s*0.2, s*0.1), ochre, 1)
}
