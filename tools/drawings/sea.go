package main

import "math"

func harbourDusk(c *canvas) {
	c.sky(430, plum.light(0.12), hex(0xf0b98a))
	c.disc(760, 360, 62, hex(0xf6d9a0), 0.6)
	c.ridge(420, 110, 360, plum.light(0.25), rose)
	c.ridge(430, 60, 220, plum.dark(0.1), plum.light(0.2))
	for i := range 9 {
		c.house(90+float64(i)*46, 432-c.between(0, 8), 60, c.between(34, 52), plum.light(0.25), plum.dark(0.35), i%2 == 0)
	}
	c.water(430, rose.dark(0.1), indigo, 0.75)
	c.ripples(450, 780, 80, hex(0xfbe3b8), 0.45)
	junk(c, 980, 470, 120)
	junk(c, 560, 520, 190)
	junk(c, 250, 640, 320)
	c.boat(860, 660, -300, true)
	gulls(c, 8, 80, 300, white.dark(0.1))
}

// junk is a fishing boat with its sail half down.
func junk(c *canvas, x, y, w float64) {
	sail := path{curve(pt{x - w*0.02, y - w*0.86}, pt{x + w*0.3, y - w*0.66}, pt{x + w*0.34, y - w*0.2}, pt{x - w*0.02, y - w*0.16})}
	c.wash(sail, seal.light(0.12).dark(0.25), wood.dark(0.1), 0.95)
	for i := range 6 {
		t := float64(i) / 5
		c.line(wood.dark(0.6), 1.6, pt{x - w*0.03, y - w*(0.8-0.62*t)}, pt{x + w*(0.27+0.06*t), y - w*(0.68-0.46*t)})
	}
	c.taper(wood.dark(0.5), w*0.028, w*0.014, pt{x - w*0.03, y}, pt{x - w*0.025, y - w*0.94})
	c.boat(x, y, w, false)
	c.line(ink, 1.2, pt{x - w*0.025, y - w*0.92}, pt{x + w*0.56, y - w*0.16})
	c.line(ink, 1.2, pt{x - w*0.025, y - w*0.92}, pt{x - w*0.54, y - w*0.1})
}

// gulls are pairs of strokes in the sky.
func gulls(c *canvas, n int, y0, y1 float64, col colour) {
	for range n {
		x, y, s := c.between(150, width-150), c.between(y0, y1), c.between(9, 20)
		c.brush(col, s*0.24, pt{x - s, y - s*0.25}, pt{x - s*0.4, y - s*0.5}, pt{x, y})
		c.brush(col, s*0.24, pt{x, y}, pt{x + s*0.4, y - s*0.55}, pt{x + s, y - s*0.35})
	}
}

func lighthouse(c *canvas) {
	c.sky(520, indigo.light(0.15), hex(0xe9bd97))
	c.ridge(510, 50, 420, plum.light(0.35), rose.light(0.2))
	c.water(520, rose, indigo.dark(0.1), 0.7)
	c.ripples(535, 790, 100, hex(0xfbe3b8), 0.4)
	c.wash(smooth(pt{640, 640}, pt{700, 520}, pt{790, 478}, pt{900, 470}, pt{1010, 500}, pt{1130, 590}, pt{1230, 650}, pt{1200, 720}, pt{800, 720}), slate.dark(0.35), ink, 1)
	c.grass(700, 1060, 500, 90, 22, pine)
	x := 880.0
	tower := poly(pt{x - 52, 490}, pt{x - 34, 210}, pt{x + 34, 210}, pt{x + 52, 490})
	c.paint(tower, func(px, _ float64) (colour, float64) { return mix(white, slate, (px-x+52)/130), 1 })
	for i := range 3 {
		y := 250 + float64(i)*84
		c.wash(poly(pt{x - 37 - float64(i)*5.4, y}, pt{x + 37 + float64(i)*5.4, y}, pt{x + 40 + float64(i)*5.4, y + 40}, pt{x - 40 - float64(i)*5.4, y + 40}), seal, seal.dark(0.25), 0.95)
	}
	c.wash(rect(x-46, 200, 92, 12), ink, ink, 1)
	c.wash(rect(x-24, 150, 48, 50), hex(0xffe6a3), hex(0xf6c668), 1)
	for _, k := range []float64{-24, -8, 8, 24} {
		c.line(ink, 3, pt{x + k, 150}, pt{x + k, 200})
	}
	c.roof(x, 118, 84, 36, seal.dark(0.2))
	c.glow(x, 174, 230, hex(0xffd98a), 0.9)
	for _, s := range []float64{-1, 1} {
		beam := poly(pt{x, 166}, pt{x + s*900, 60}, pt{x + s*900, 240}, pt{x, 182})
		c.paint(beam, func(px, _ float64) (colour, float64) { return hex(0xffe6a3), 0.34 * max(1-math.Abs(px-x)/760, 0) })
	}
	c.house(1010, 520, 120, 92, white.dark(0.08), slate.dark(0.3), true)
	junk(c, 300, 610, 200)
	gulls(c, 7, 120, 330, white)
	for range 40 {
		px := c.between(620, 1180)
		c.flat(c.blob(px, 690+c.between(-12, 20), c.between(10, 34), 5, 0.4), white, 0.55)
	}
	c.stamp = pt{90, 716}
}

func typhoon(c *canvas) {
	c.sky(500, slate.dark(0.45), slate.light(0.35))
	c.paint(rect(0, 0, width, 470), func(x, y float64) (colour, float64) {
		g := cloud(x/260+y/200, y/60, c.seed+41)
		return mix(ink.light(0.15), slate.light(0.3), g), 0.75 * (1 - y/560)
	})
	c.ridge(470, 60, 300, slate.dark(0.2), slate.light(0.2))
	c.water(470, slate, indigo.dark(0.25), 0.35)
	for i := range 5 {
		y := 500 + float64(i)*52
		wave(c, y, 40+float64(i)*20)
	}
	for range 190 {
		a := c.between(-1, 1)
		r := c.between(1.5, 7)
		c.flat(c.blob(560+a*110+c.between(-40, 40), 640-(1-a*a)*c.between(0, 270), r, r*0.8, 0.3), white, c.between(0.4, 0.9))
	}
	c.wash(poly(pt{0, 620}, pt{430, 640}, pt{520, 800}, pt{0, 800}), hex(0xa8a193), slate.dark(0.4), 1)
	for i := range 7 {
		c.line(slate.dark(0.5), 2, pt{0, 640 + float64(i)*26}, pt{430 + float64(i)*15, 658 + float64(i)*24})
	}
	for i := range 4 {
		x := 80 + float64(i)*96
		c.person(x, 634, 92, []colour{ochre, seal, ochre.dark(0.1), indigo}[i], true)
	}
	c.line(ink, 3, pt{80, 590}, pt{368, 594})
	for range 260 {
		x, y := c.between(0, width), c.between(0, height)
		l := c.between(16, 46)
		c.flat(ribbon([]pt{{x, y}, {x - l*0.5, y + l}}, func(float64) float64 { return 1.3 }), white, 0.28)
	}
}

// wave is a row of breakers.
func wave(c *canvas, y, high float64) {
	off := c.between(0, 90)
	shape := []pt{{-20, y + high*3}}
	for x := -20.0; x <= width+20; x += 10 {
		n := noise(x/130+off, 1, c.seed)
		shape = append(shape, pt{x, y - high*n*n*1.6})
	}
	shape = append(shape, pt{width + 20, y + high*3})
	c.paint(path{shape}, func(px, py float64) (colour, float64) {
		t := (py - y + high) / (high * 3)
		g := cloud(px/80, py/18, c.seed) - 0.5
		return mix(slate.light(0.2+g*0.5), indigo.dark(0.2), t), 0.92
	})
	for i := 2; i < len(shape)-2; i++ {
		p, q := shape[i], shape[i+1]
		steep := y - p.y - high*0.35
		if steep < 0 {
			continue
		}
		k := min(steep/high, 1)
		c.flat(ribbon([]pt{{p.x, p.y}, {q.x, q.y}}, func(float64) float64 { return 4 + 13*k }), white, 0.85)
		for range 3 {
			c.flat(c.blob(p.x+c.between(-12, 18), p.y+c.between(-8, high*0.35), c.between(2, 6), c.between(1.5, 4), 0.4), white, c.between(0.3, 0.8)*k)
		}
	}
}

func egretBay(c *canvas) {
	c.sky(380, hex(0xd9e4e2), hex(0xf6ead0))
	c.disc(300, 190, 46, hex(0xf6d9a0), 0.4)
	c.ridge(370, 130, 360, slate.light(0.4), mist)
	c.ridge(385, 70, 240, jade.light(0.2), mist)
	c.drift(375, 36, white, 0.6)
	c.water(385, hex(0xcfdcd6), jade.dark(0.05), 0.6)
	c.ripples(400, 600, 90, white, 0.5)
	sand := smooth(pt{-60, 640}, pt{200, 610}, pt{520, 640}, pt{820, 600}, pt{1260, 560}, pt{1260, 860}, pt{-60, 860})
	c.wash(sand, straw.light(0.35), straw.dark(0.1), 1)
	c.brush(white, 12, pt{0, 632}, pt{200, 604}, pt{520, 634}, pt{820, 594}, pt{1200, 556})
	for i := range 7 {
		egret(c, 180+float64(i)*142+c.between(-30, 30), 640+c.between(-20, 70), 60+c.between(0, 60))
	}
	for range 4 {
		egretFlying(c, c.between(420, 1080), c.between(110, 280), c.between(26, 46))
	}
	c.grass(0, 240, 790, 70, 70, jade.dark(0.2))
	c.grass(1000, 1200, 770, 70, 80, jade.dark(0.2))
	c.stamp = pt{620, 750}
}

// egret stands on thin legs.
func egret(c *canvas, x, y, s float64) {
	c.line(ink.light(0.2), 2, pt{x - s*0.05, y - s*0.4}, pt{x - s*0.06, y})
	c.line(ink.light(0.2), 2, pt{x + s*0.06, y - s*0.4}, pt{x + s*0.1, y - s*0.2}, pt{x + s*0.05, y})
	body := smooth(pt{x - s*0.2, y - s*0.6}, pt{x, y - s*0.72}, pt{x + s*0.3, y - s*0.5}, pt{x + s*0.42, y - s*0.36}, pt{x + s*0.1, y - s*0.38}, pt{x - s*0.15, y - s*0.46})
	c.wash(body, white, white.dark(0.16), 1)
	c.taper(white, s*0.11, s*0.07, pt{x - s*0.14, y - s*0.58}, pt{x - s*0.3, y - s*0.78}, pt{x - s*0.16, y - s*0.92}, pt{x - s*0.24, y - s*1.04})
	c.flat(oval(x-s*0.25, y-s*1.05, s*0.07, s*0.055), white, 1)
	c.taper(ochre.dark(0.2), s*0.04, s*0.01, pt{x - s*0.29, y - s*1.05}, pt{x - s*0.52, y - s*1.0})
	c.outline(body, slate, 1.6)
	c.brush(slate, 1.8, pt{x - s*0.24, y - s*0.62}, pt{x - s*0.35, y - s*0.78}, pt{x - s*0.21, y - s*0.92})
}

// egretFlying is seen from the side.
func egretFlying(c *canvas, x, y, s float64) {
	c.wash(smooth(pt{x - s*0.2, y}, pt{x + s*0.2, y - s*1.1}, pt{x + s*0.8, y - s*1.4}, pt{x + s*0.6, y - s*0.5}, pt{x + s*0.3, y}), white, white.dark(0.18), 1)
	c.wash(smooth(pt{x - s, y}, pt{x - s*0.3, y - s*0.16}, pt{x + s*0.6, y - s*0.02}, pt{x + s*0.3, y + s*0.12}, pt{x - s*0.4, y + s*0.1}), white, white.dark(0.12), 1)
	c.line(ochre.dark(0.2), 2, pt{x - s, y}, pt{x - s*1.35, y + s*0.02})
	c.line(ink.light(0.2), 2, pt{x + s*0.5, y + s*0.02}, pt{x + s*1.15, y + s*0.1})
}

func campStream(c *canvas) {
	c.sky(300, hex(0xd6e2c8), paper)
	c.ridge(260, 170, 260, jade.light(0.2), jade.light(0.5))
	c.ridge(330, 120, 200, pine.light(0.1), jade.light(0.3))
	for i := range 3 {
		x := 160 + float64(i)*150
		c.wash(poly(pt{x - 66, 400}, pt{x, 316}, pt{x + 66, 400}), []colour{white, straw, rose}[i], []colour{white, straw, rose}[i].dark(0.2), 1)
		c.wash(poly(pt{x - 20, 400}, pt{x, 332}, pt{x + 20, 400}), ink.light(0.1), ink, 0.85)
	}
	bank := smooth(pt{-60, 396}, pt{300, 396}, pt{700, 430}, pt{1260, 380}, pt{1260, 860}, pt{-60, 860})
	c.wash(bank, jade.light(0.2), jade.dark(0.1), 1)
	c.tree(1040, 430, 300, wood, pine, jade.light(0.2))
	stream := smooth(pt{720, 424}, pt{800, 428}, pt{760, 520}, pt{980, 640}, pt{1120, 860}, pt{340, 860}, pt{560, 660}, pt{640, 520})
	c.paint(stream, func(x, y float64) (colour, float64) {
		g := cloud(x/120, y/16, c.seed) - 0.5
		return mix(hex(0xbcd6d2), slate, (y-420)/520).light(max(g*0.9, 0)), 1
	})
	for range 34 {
		y := c.between(480, 780)
		c.flat(ribbon(curve(pt{c.between(540, 940), y}, pt{c.between(600, 980), y + 8}), func(t float64) float64 { return 3 * math.Sin(math.Pi*t) }), white, 0.5)
	}
	for range 26 {
		s := c.between(12, 38)
		c.wash(c.blob(c.between(420, 1060), c.between(560, 790), s, s*0.6, 0.25), slate.light(0.35), slate.dark(0.3), 1)
	}
	for i := range 6 {
		c.person(180+float64(i)*92+c.between(-16, 16), 560+c.between(-24, 60), 112, []colour{indigo, seal, jade.dark(0.3), ochre, plum, rose.dark(0.2)}[i], i%3 == 0)
	}
	c.person(720, 640, 104, seal.dark(0.1), false)
	c.person(820, 700, 112, indigo, false)
	c.line(ink, 1.5, pt{60, 470}, pt{300, 486}, pt{560, 470})
	for i := range 7 {
		x := 90 + float64(i)*66
		c.wash(oval(x, 500, 9, 20), straw, straw.dark(0.3), 1)
		c.wash(oval(x+18, 503, 9, 20), straw, straw.dark(0.3), 1)
	}
	c.grass(0, 500, 790, 120, 40, pine)
}
