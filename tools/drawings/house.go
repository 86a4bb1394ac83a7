package main

import "math"

func libraryNight(c *canvas) {
	c.sky(800, night.dark(0.2), indigo.light(0.1))
	c.stars(300, 80)
	c.disc(180, 150, 34, moon, 0.4)
	c.ridge(560, 130, 400, indigo.light(0.06), indigo.light(0.3))
	c.wash(rect(0, 640, width, 170), slate.dark(0.45), night, 1)
	x, y := 600.0, 670.0
	c.wash(rect(x-360, y-360, 720, 360), slate.dark(0.15), slate.dark(0.5), 1)
	for range 130 {
		bx, by := c.between(x-350, x+330), y-c.between(6, 350)
		c.flat(rect(bx, by, c.between(16, 34), 8), slate.light(0.2), 0.16)
	}
	wx, wy, w, h := x-210, y-300, 420.0, 230.0
	c.glow(x, wy+h/2, 430, hex(0xe8a54a), 0.75)
	c.paint(rect(wx, wy, w, h), func(px, py float64) (colour, float64) {
		return mix(hex(0xffe2a0), hex(0xdf9a49), math.Hypot(px-x, py-wy-70)/330), 1
	})
	for row := range 3 {
		sy := wy + 70 + float64(row)*66
		for bx := wx + 8; bx < wx+w-16; {
			bw, bh := c.between(8, 19), c.between(34, 54)
			if c.rnd.Float64() > 0.08 {
				c.flat(rect(bx, sy-bh, bw-1.5, bh), []colour{seal, indigo, jade.dark(0.2), ochre.dark(0.2), plum, wood, white.dark(0.1)}[c.rnd.IntN(7)], 0.92)
			}
			bx += bw
		}
		c.flat(rect(wx, sy, w, 7), wood.dark(0.3), 1)
	}
	c.flat(smooth(pt{x - 60, wy + h}, pt{x - 52, wy + 150}, pt{x - 10, wy + 118}, pt{x + 34, wy + 152}, pt{x + 44, wy + h}), ink.light(0.05), 0.96)
	c.flat(oval(x-6, wy+100, 28, 32), ink.light(0.05), 0.96)
	c.wash(poly(pt{x + 46, wy + h - 26}, pt{x + 96, wy + h - 44}, pt{x + 144, wy + h - 30}, pt{x + 94, wy + h - 10}), white, straw, 1)
	for i := range 4 {
		t := float64(i) / 3
		c.line(wood.dark(0.6), 9, pt{wx + w*t, wy}, pt{wx + w*t, wy + h})
	}
	c.line(wood.dark(0.6), 9, pt{wx - 6, wy}, pt{wx + w + 6, wy})
	c.line(wood.dark(0.6), 12, pt{wx - 12, wy + h}, pt{wx + w + 12, wy + h})
	c.roof(x, y-500, 860, 170, slate.dark(0.45))
	c.paint(poly(pt{wx, y}, pt{wx + w, y}, pt{wx + w + 220, 800}, pt{wx - 220, 800}), func(_, py float64) (colour, float64) {
		return hex(0xf0b765), 0.3 * (1 - (py-y)/140)
	})
	c.wash(oval(x+440, y+40, 74, 26), slate.light(0.1), slate.dark(0.4), 1)
	c.wash(rect(x+366, y+40, 148, 30), slate.dark(0.2), slate.dark(0.5), 1)
	c.tree(110, 690, 300, night, night.light(0.08), pine.dark(0.2))
	c.bamboo(1040, 700, 320, 3, pine.dark(0.3))
}

func operaStage(c *canvas) {
	c.sky(800, night.dark(0.1), indigo.light(0.15))
	c.stars(220, 50)
	c.disc(1050, 120, 40, moon, 0.4)
	x, y := 600.0, 560.0
	c.wash(rect(x-330, y-260, 660, 260), hex(0xd99a55), wood, 1)
	c.glow(x, y-130, 440, hex(0xf0a850), 0.6)
	c.wash(rect(x-250, y-220, 500, 200), seal.light(0.1), seal.dark(0.3), 0.95)
	for i := range 3 {
		c.outline(c.blob(x-160+float64(i)*160, y-130, 54, 54, 0.05), ochre.light(0.2), 5)
		c.outline(c.blob(x-160+float64(i)*160, y-130, 32, 32, 0.2), ochre.light(0.2), 4)
	}
	for _, s := range []float64{-1, 1} {
		c.wash(rect(x+s*320-16, y-270, 32, 270), seal.dark(0.1), seal.dark(0.5), 1)
		c.lantern(x+s*262, y-262, 58, seal, true)
	}
	actor(c, x-70, y-4, 190, seal)
	actor(c, x+110, y-4, 168, jade.dark(0.15))
	c.wash(rect(x-380, y-6, 760, 74), wood.light(0.1), wood.dark(0.45), 1)
	for i := range 13 {
		c.line(wood.dark(0.5), 2, pt{x - 370 + float64(i)*61, y}, pt{x - 370 + float64(i)*61, y + 66})
	}
	c.roof(x, y-440, 820, 190, slate.dark(0.35))
	c.garland(pt{-10, 300}, pt{240, 330}, 16, 5, 30, seal)
	c.garland(pt{960, 330}, pt{1210, 300}, 16, 5, 30, seal)
	for row := range 3 {
		for i := range 15 {
			hx, hy := 30+float64(i)*82+float64(row%2)*40+c.between(-14, 14), 668+float64(row)*52+c.between(-8, 8)
			s := 26 + float64(row)*7
			c.flat(smooth(pt{hx - s, hy + s*2.4}, pt{hx - s*0.9, hy + s*0.9}, pt{hx, hy + s*0.6}, pt{hx + s*0.9, hy + s*0.9}, pt{hx + s, hy + s*2.4}), mix(night, plum, float64((i+row)%3)*0.16).dark(0.2), 1)
			c.flat(oval(hx, hy+s*0.1, s*0.48, s*0.56), ink, 1)
			c.brush(hex(0xf0b765), 3, pt{hx - s*0.4, hy - s*0.2}, pt{hx, hy - s*0.46}, pt{hx + s*0.4, hy - s*0.2})
		}
	}
	c.stamp = pt{90, 90}
}

// actor stands in full dress, flags at the back.
func actor(c *canvas, x, y, h float64, robe colour) {
	for _, a := range []float64{-46, -18, 18, 46} {
		flag := poly(pt{x, y - h*0.6}, pt{x - h*0.05, y - h*1.08}, pt{x + h*0.17, y - h*1.0}, pt{x + h*0.02, y - h*0.84}).turned(pt{x, y - h*0.6}, a)
		c.wash(flag, ochre, ochre.dark(0.2), 1)
		c.outline(flag, ink, 1.6)
	}
	c.wash(smooth(pt{x - h*0.13, y - h*0.72}, pt{x + h*0.13, y - h*0.72}, pt{x + h*0.2, y - h*0.4}, pt{x + h*0.3, y}, pt{x - h*0.3, y}, pt{x - h*0.2, y - h*0.4}), robe, robe.dark(0.3), 1)
	for _, s := range []float64{-1, 1} {
		c.wash(smooth(pt{x + s*h*0.1, y - h*0.68}, pt{x + s*h*0.36, y - h*0.6}, pt{x + s*h*0.42, y - h*0.3}, pt{x + s*h*0.3, y - h*0.34}, pt{x + s*h*0.2, y - h*0.5}), robe.light(0.15), robe.dark(0.1), 1)
		c.wash(smooth(pt{x + s*h*0.31, y - h*0.36}, pt{x + s*h*0.43, y - h*0.33}, pt{x + s*h*0.5, y - h*0.06}, pt{x + s*h*0.38, y - h*0.1}), white, white.dark(0.1), 1)
		c.brush(ochre, 3, pt{x + s*h*0.04, y - h*1.0}, pt{x + s*h*0.2, y - h*1.3}, pt{x + s*h*0.42, y - h*1.2})
	}
	for i := range 4 {
		c.brush(ochre.light(0.2), h*0.02, pt{x - h*(0.12+0.04*float64(i)), y - h*(0.42-0.12*float64(i))}, pt{x, y - h*(0.38-0.12*float64(i))}, pt{x + h*(0.12+0.04*float64(i)), y - h*(0.42-0.12*float64(i))})
	}
	c.flat(oval(x, y-h*0.82, h*0.09, h*0.1), white, 1)
	c.flat(oval(x-h*0.04, y-h*0.8, h*0.03, h*0.035), rose, 0.8)
	c.flat(oval(x+h*0.04, y-h*0.8, h*0.03, h*0.035), rose, 0.8)
	c.brush(ink, h*0.02, pt{x - h*0.07, y - h*0.85}, pt{x - h*0.03, y - h*0.87}, pt{x - h*0.015, y - h*0.84})
	c.brush(ink, h*0.02, pt{x + h*0.07, y - h*0.85}, pt{x + h*0.03, y - h*0.87}, pt{x + h*0.015, y - h*0.84})
	c.wash(smooth(pt{x - h*0.14, y - h*0.9}, pt{x - h*0.08, y - h*1.02}, pt{x + h*0.08, y - h*1.02}, pt{x + h*0.14, y - h*0.9}, pt{x, y - h*0.93}), ochre, seal, 1)
	for i := range 5 {
		c.flat(oval(x-h*0.1+float64(i)*h*0.05, y-h*1.02, h*0.022, h*0.022), seal.light(0.2), 1)
	}
}

func winterDoor(c *canvas) {
	c.sky(800, slate.dark(0.2), mist)
	c.ridge(420, 200, 360, mist.dark(0.12), white)
	c.wash(rect(0, 560, width, 250), white, mist, 1)
	x, y := 620.0, 660.0
	c.wash(rect(x-400, y-330, 800, 330), hex(0xc7b9a0), hex(0x97876f), 1)
	for range 110 {
		bx, by := c.between(x-390, x+370), y-c.between(8, 320)
		c.outline(c.blob(bx, by, c.between(14, 30), 8, 0.2), wood.light(0.25), 1.2)
	}
	c.glow(x, y-130, 330, hex(0xf0a850), 0.75)
	c.paint(rect(x-95, y-230, 190, 230), func(px, py float64) (colour, float64) {
		return mix(hex(0xffdf9a), hex(0xc8793a), math.Hypot(px-x, py-y+150)/210), 1
	})
	c.wash(rect(x-95, y-230, 70, 230), wood, wood.dark(0.4), 1)
	c.line(ink, 10, pt{x - 100, y}, pt{x - 100, y - 236})
	c.line(ink, 10, pt{x + 100, y}, pt{x + 100, y - 236})
	c.line(ink, 12, pt{x - 112, y - 236}, pt{x + 112, y - 236})
	c.person(x+36, y-4, 168, plum, false)
	for _, s := range []float64{-1, 1} {
		c.wash(rect(x+s*136-15, y-220, 30, 160), seal, seal.dark(0.15), 1)
		for i := range 5 {
			c.flat(c.blob(x+s*136, y-200+float64(i)*30, 8, 9, 0.6), ink, 0.75)
		}
	}
	c.window(x-330, y-210, 110, 96, true)
	c.window(x+230, y-210, 110, 96, false)
	c.roof(x, y-490, 960, 180, slate)
	c.wash(smooth(pt{x - 366, y - 494}, pt{x - 180, y - 500}, pt{x + 180, y - 500}, pt{x + 366, y - 494}, pt{x + 392, y - 430}, pt{x + 300, y - 404}, pt{x + 180, y - 424}, pt{x + 40, y - 396}, pt{x - 120, y - 420}, pt{x - 260, y - 398}, pt{x - 388, y - 428}), white, mist.light(0.4), 1)
	c.lantern(x+168, y-300, 54, seal, true)
	c.person(x-230, y+60, 160, indigo, true)
	c.person(x-290, y+74, 152, jade.dark(0.3), false)
	c.wash(rect(x-268, y-40, 60, 44), rose.dark(0.1), plum, 1)
	c.line(seal, 3, pt{x - 238, y - 40}, pt{x - 238, y + 4})
	c.paint(poly(pt{x - 90, y}, pt{x + 95, y}, pt{x + 220, 800}, pt{x - 190, 800}), func(_, py float64) (colour, float64) {
		return hex(0xf0b765), 0.42 * (1 - (py-y)/150)
	})
	c.tree(120, 700, 300, ink.light(0.15), white, white)
	for range 220 {
		s := c.between(1.2, 4)
		c.flat(oval(c.between(0, width), c.between(0, height), s, s), white, c.between(0.5, 0.95))
	}
}

func couplets(c *canvas) {
	c.sky(800, hex(0xd8cbb0), hex(0xe9dfc8))
	for i := range 14 {
		for k := range 11 {
			x, y := float64(k)*118+float64(i%2)*58-50, float64(i)*58
			c.wash(rect(x, y, 112, 52), hex(0xc7bda8).light(c.between(0, 0.25)), hex(0xb0a58f), 0.8)
		}
	}
	x, y := 600.0, 770.0
	c.wash(rect(x-232, y-640, 464, 650), wood.dark(0.35), ink, 1)
	c.wash(rect(x-200, y-606, 196, 610), wood.light(0.05), wood.dark(0.35), 1)
	c.wash(rect(x+4, y-606, 196, 610), wood.light(0.05), wood.dark(0.35), 1)
	for _, s := range []float64{-1, 1} {
		c.wash(rect(x+s*330-52, y-600, 104, 520), seal.light(0.06), seal.dark(0.08), 1)
		for i := range 5 {
			glyph(c, x+s*330, y-540+float64(i)*98, 34)
		}
		d := poly(pt{x + s*102, y - 470}, pt{x + s*102 + 70, y - 400}, pt{x + s*102, y - 330}, pt{x + s*102 - 70, y - 400})
		c.wash(d, seal.light(0.06), seal.dark(0.1), 1)
		glyph(c, x+s*102, y-400, 36)
		c.outline(oval(x+s*34, y-270, 20, 24), ochre, 6)
		c.flat(oval(x+s*34, y-296, 12, 10), ochre.dark(0.2), 1)
	}
	c.wash(rect(x-190, y-712, 380, 76), seal.light(0.06), seal.dark(0.08), 1)
	for i := range 4 {
		glyph(c, x-138+float64(i)*92, y-674, 28)
	}
	c.lantern(x-430, 60, 92, seal, true)
	c.lantern(x+430, 60, 92, seal, true)
	c.wash(rect(0, 762, width, 50), slate.light(0.35), slate, 1)
	c.stamp = pt{90, 716}
}

// glyph is a few strokes that look written and say nothing.
func glyph(c *canvas, x, y, s float64) { glyphIn(c, x, y, s, ink) }

func glyphIn(c *canvas, x, y, s float64, col colour) {
	stroke := func(w float64, points ...pt) {
		for i, p := range points {
			points[i] = pt{x + (p.x+c.between(-0.07, 0.07))*s, y + (p.y+c.between(-0.07, 0.07))*s}
		}
		c.brush(col, s*w, points...)
	}
	parts := []func(){
		func() { stroke(0.2, pt{-0.8, -0.6}, pt{0, -0.68}, pt{0.8, -0.6}) },
		func() { stroke(0.24, pt{0.1, -1}, pt{0.02, 0}, pt{0.06, 0.9}, pt{-0.2, 0.75}) },
		func() { stroke(0.2, pt{-0.2, -0.9}, pt{-0.35, 0}, pt{-0.9, 0.85}) },
		func() { stroke(0.26, pt{-0.1, -0.2}, pt{0.4, 0.4}, pt{0.95, 0.8}) },
		func() { stroke(0.18, pt{-0.6, 0}, pt{0.6, -0.08}, pt{0.5, 0.5}, pt{-0.5, 0.5}) },
		func() { stroke(0.18, pt{-0.6, 0.05}, pt{-0.55, 0.55}) },
		func() { stroke(0.22, pt{-0.75, -0.95}, pt{-0.6, -0.8}, pt{-0.55, -0.7}) },
		func() { stroke(0.22, pt{0.5, -0.95}, pt{0.62, -0.85}, pt{0.7, -0.7}) },
		func() { stroke(0.2, pt{0.55, -0.5}, pt{0.62, 0.3}, pt{0.85, 0.75}, pt{0.98, 0.5}) },
		func() { stroke(0.17, pt{-0.5, 0.85}, pt{0.1, 0.78}, pt{0.7, 0.86}) },
		func() { stroke(0.17, pt{-0.5, -0.25}, pt{0.1, -0.3}, pt{0.55, -0.24}) },
	}
	c.rnd.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	for _, part := range parts[:5+c.rnd.IntN(2)] {
		part()
	}
}

func longTable(c *canvas) {
	c.sky(800, night, indigo.light(0.2))
	c.disc(230, 150, 46, moon, 0.5)
	c.stars(240, 50)
	for i := range 5 {
		h := 240 + c.between(-40, 50)
		c.house(70+float64(i)*120, 470, 160, h*0.72, slate, night.light(0.12), i%2 == 0)
		c.house(1150-float64(i)*120, 470, 160, h*0.7, slate, night.light(0.12), i%2 == 1)
	}
	c.wash(rect(0, 464, width, 350), slate.dark(0.25), night, 1)
	c.garland(pt{-20, 200}, pt{1220, 190}, 50, 13, 40, seal)
	c.garland(pt{120, 330}, pt{1080, 326}, 30, 15, 24, seal)
	c.paint(poly(pt{560, 462}, pt{640, 462}, pt{1010, 820}, pt{190, 820}), func(_, py float64) (colour, float64) {
		return mix(hex(0xd8574a), seal.dark(0.25), (py-462)/350), 1
	})
	c.outline(poly(pt{560, 462}, pt{640, 462}, pt{1010, 820}, pt{190, 820}), seal.dark(0.55), 3)
	robes := []colour{indigo.light(0.15), plum.light(0.1), jade, ochre, rose, slate.light(0.2)}
	for i := range 9 {
		t := math.Pow(float64(i)/8, 1.5)
		y := 486 + 310*t
		half, s := 44+370*t*0.96, 52+130*t
		for k := range 1 + i/3 {
			c.bowl(600+(float64(k)-float64(i/3)/2)*half*0.62, y+12, 16+38*t, white, []colour{ochre, jade.light(0.2), rose, straw}[(i+k)%4])
		}
		c.person(600-half-s*0.34, y+s*0.72, s*1.35, robes[i%6], false)
		c.person(600+half+s*0.34, y+s*0.72, s*1.35, robes[(i+3)%6], false)
	}
	c.glow(600, 560, 420, hex(0xf0a850), 0.35)
	c.stamp = pt{90, 90}
}

func kitchen(c *canvas) {
	c.sky(800, hex(0xd9c7a3), hex(0xc3ab84))
	c.window(100, 120, 190, 190, true)
	c.wash(rect(360, 150, 760, 18), wood, wood.dark(0.3), 1)
	for i := range 9 {
		c.bowl(400+float64(i)*84, 150, 60, []colour{white, jade.light(0.4), white, straw}[i%4], slate.light(0.3))
	}
	for i := range 5 {
		x := 420 + float64(i)*70
		c.line(ink, 2, pt{x, 168}, pt{x, 196})
		for k := range 6 {
			c.wash(oval(x+c.between(-9, 9), 206+float64(k)*15, 12, 10), []colour{seal, ochre, white, seal, jade}[i], []colour{seal, ochre, white, seal, jade}[i].dark(0.25), 1)
		}
	}
	c.wash(rect(80, 520, 1040, 300), hex(0xb98a6a), wood.dark(0.1), 1)
	for i := range 4 {
		for k := range 11 {
			c.outline(rect(86+float64(k)*92+float64(i%2)*20, 540+float64(i)*66, 88, 62), wood.dark(0.2), 1.8)
		}
	}
	c.wash(rect(60, 498, 1080, 34), slate.light(0.45), slate.light(0.1), 1)
	for i := range 2 {
		x := 330 + float64(i)*480
		c.paint(oval(x, 700, 86, 70), func(px, py float64) (colour, float64) {
			return mix(hex(0xffd978), seal.dark(0.5), math.Hypot((px-x)/86, (py-730)/76)), 1
		})
		c.glow(x, 700, 220, hex(0xf0803c), 0.55)
		for range 9 {
			fx := x + c.between(-54, 54)
			c.taper(hex(0xffe9a6), c.between(12, 24), 1, pt{fx, 752}, pt{fx + c.between(-12, 12), 712}, pt{fx + c.between(-8, 8), 676 + c.between(-14, 20)})
		}
		c.outline(oval(x, 700, 86, 70), ink, 5)
		c.wash(path{curve(pt{x - 170, 470}, pt{x - 120, 512}, pt{x, 530}, pt{x + 120, 512}, pt{x + 170, 470})}, ink.light(0.1), ink, 1)
		c.wash(oval(x, 470, 170, 36), slate.dark(0.3), ink, 1)
		c.wash(oval(x, 472, 148, 27), []colour{hex(0xe7d3a1), hex(0xb9623c)}[i], []colour{hex(0xe7d3a1), hex(0xb9623c)}[i].dark(0.2), 1)
		for range 26 {
			s, co := math.Sincos(c.between(0, 6.3))
			r := math.Sqrt(c.rnd.Float64())
			c.wash(oval(x+130*r*co, 472+20*r*s, 9, 5), []colour{white, jade, seal, ochre}[c.rnd.IntN(4)], straw, 0.9)
		}
		c.steam(x-60, 440, 210)
		c.steam(x+60, 446, 180)
		c.line(wood, 9, pt{x + 60, 474}, pt{x + 170, 380})
	}
	c.person(570, 640, 300, indigo, false)
	c.wash(poly(pt{536, 470}, pt{604, 470}, pt{618, 600}, pt{522, 600}), white, white.dark(0.12), 1)
	c.person(1010, 650, 310, seal.dark(0.1), false)
	c.wash(poly(pt{976, 470}, pt{1044, 470}, pt{1058, 610}, pt{962, 610}), white, white.dark(0.12), 1)
}
