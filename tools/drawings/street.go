package main

import "math"

func ancestralHall(c *canvas) {
	c.sky(560, hex(0xdfe5de), paper)
	c.ridge(430, 210, 380, jade.light(0.25), mist)
	c.drift(440, 60, white, 0.6)
	c.tree(1090, 640, 330, wood.dark(0.2), pine, jade.light(0.1))
	c.tree(90, 650, 300, wood.dark(0.2), pine, jade.light(0.1))
	x, y := 600.0, 660.0
	for _, s := range []float64{-1, 1} {
		wall := []pt{{x + s*250, y}, {x + s*250, y - 300}, {x + s*300, y - 300}, {x + s*300, y - 262}, {x + s*370, y - 262}, {x + s*370, y - 214}, {x + s*440, y - 214}, {x + s*440, y}}
		c.wash(path{wall}, white, white.dark(0.14), 1)
		for i := range 3 {
			wx, wy, l := x+s*(250+float64(i)*62), y-300+float64(i)*43, 74.0
			c.wash(poly(pt{wx - s*10, wy - 14}, pt{wx + s*l, wy - 14}, pt{wx + s*l, wy + 4}, pt{wx - s*10, wy + 4}), slate.dark(0.35), ink, 1)
			c.brush(ink, 7, pt{wx + s*(l-12), wy - 10}, pt{wx + s*l, wy - 14}, pt{wx + s*(l+16), wy - 26})
		}
		c.window(x+s*345-24, y-150, 48, 48, false)
	}
	c.wash(rect(x-250, y-270, 500, 270), white.dark(0.03), white.dark(0.16), 1)
	c.flat(rect(x-250, y-270, 500, 34), ink, 0.4)
	c.wash(rect(x-74, y-176, 148, 176), seal.dark(0.25), wood.dark(0.4), 1)
	c.line(ink, 3, pt{x, y - 176}, pt{x, y})
	for _, s := range []float64{-1, 1} {
		for i := range 4 {
			c.flat(oval(x+s*38, y-150+float64(i)*40, 5, 5), ochre, 0.9)
		}
		c.wash(rect(x+s*112-13, y-240, 26, 240), seal.dark(0.1), seal.dark(0.45), 1)
		c.wash(rect(x+s*226-13, y-240, 26, 240), seal.dark(0.1), seal.dark(0.45), 1)
		c.lantern(x+s*168, y-222, 50, seal, true)
		c.wash(c.blob(x+s*150, y-16, 34, 30, 0.2), slate.light(0.2), slate.dark(0.3), 1)
	}
	c.wash(rect(x-90, y-232, 180, 44), ink.light(0.08), ink, 1)
	c.outline(rect(x-90, y-232, 180, 44), ochre, 4)
	c.roof(x, y-410, 640, 160, slate.dark(0.3))
	for i := range 3 {
		c.wash(rect(x-300-float64(i)*24, y+float64(i)*15, 600+float64(i)*48, 15), slate.light(0.45-float64(i)*0.07), slate.light(0.1), 1)
	}
	c.wash(rect(0, y+44, width, 120), hex(0xcdc3ae), hex(0xaaa08f), 1)
	c.crowd(310, 520, y+70, 3, 96)
	c.person(720, y+84, 104, indigo, true)
}

func teaHouse(c *canvas) {
	c.sky(520, hex(0xe8e0c6), paper)
	c.ridge(400, 170, 330, jade.light(0.3), mist)
	c.ridge(460, 120, 240, pine.light(0.25), mist)
	c.drift(430, 60, white, 0.6)
	x, y := 640.0, 560.0
	c.wash(rect(x-270, y-130, 540, 130), wood.light(0.15), wood.dark(0.1), 1)
	c.wash(rect(x-240, y-300, 480, 150), wood.light(0.2), wood, 1)
	for i := range 6 {
		c.window(x-228+float64(i)*78, y-264, 62, 92, i%2 == 0)
		c.window(x-256+float64(i)*90, y-104, 62, 78, i%3 == 1)
	}
	c.roof(x, y-220, 660, 92, slate.dark(0.25))
	c.roof(x, y-450, 560, 156, slate.dark(0.25))
	c.line(seal, 5, pt{x - 250, y - 160}, pt{x + 250, y - 160})
	for i := range 17 {
		c.line(seal.dark(0.2), 3, pt{x - 248 + float64(i)*31, y - 160}, pt{x - 248 + float64(i)*31, y - 138})
	}
	for i := range 5 {
		c.lantern(x-220+float64(i)*110, y-126, 34, seal, true)
	}
	for i := range 12 {
		px := x - 280 + float64(i)*51
		c.line(wood.dark(0.5), 8, pt{px, y}, pt{px, y + 60})
	}
	c.flat(rect(x-300, y-4, 600, 10), wood.dark(0.4), 1)
	c.person(x-180, y-4, 74, indigo, false)
	c.person(x-130, y-4, 70, plum, false)
	c.person(x+210, y-4, 74, jade.dark(0.2), true)
	c.water(596, jade.light(0.25), slate.dark(0.1), 0.8)
	c.ripples(610, 790, 70, hex(0xf3d79a), 0.4)
	c.bamboo(90, 700, 420, 6, pine)
	c.boat(380, 700, 230, true)
	c.tree(1120, 620, 240, wood.dark(0.2), pine, jade.light(0.2))
}

func moonRooftops(c *canvas) {
	c.sky(800, night.dark(0.1), indigo.light(0.35))
	c.stars(420, 90)
	c.disc(820, 220, 92, moon, 0.75)
	for i := range 4 {
		c.flat(c.blob(790+float64(i)*20, 200+float64(i*i)*7, 16, 9, 0.4), moon.dark(0.12), 0.4)
	}
	c.ridge(520, 110, 380, indigo.light(0.12), indigo.light(0.4))
	c.drift(520, 60, mist, 0.35)
	for row := range 4 {
		y := 520 + float64(row)*116
		w := 220 + float64(row)*80
		for i := range 7 - row {
			x := -40 + float64(i)*w*0.98 + float64(row%2)*w*0.45
			k := 0.34 - float64(row)*0.08
			c.wash(rect(x-w*0.4, y-20, w*0.8, 180), slate.dark(0.3-k), night.light(0.1), 1)
			for j := range 3 {
				c.window(x-w*0.27+float64(j)*w*0.22, y+16, w*0.1, 32, (i*5+row*3+j)%4 == 1)
			}
			c.roof(x, y-72, w*1.02, 86, mix(indigo, slate, 0.4).light(k))
		}
	}
	cat(c, 452, 450, 46)
	c.stamp = pt{90, 90}
}

// cat sits on a ridge and looks at the moon.
func cat(c *canvas, x, y, s float64) {
	c.flat(smooth(pt{x - s*0.36, y}, pt{x - s*0.36, y - s*0.4}, pt{x - s*0.05, y - s*0.74}, pt{x + s*0.3, y - s*0.4}, pt{x + s*0.36, y}), ink, 1)
	c.flat(oval(x+s*0.08, y-s*0.86, s*0.24, s*0.21), ink, 1)
	c.flat(poly(pt{x - s*0.14, y - s*0.92}, pt{x - s*0.08, y - s*1.2}, pt{x + s*0.06, y - s*1.02}), ink, 1)
	c.flat(poly(pt{x + s*0.12, y - s*1.02}, pt{x + s*0.26, y - s*1.18}, pt{x + s*0.3, y - s*0.9}), ink, 1)
	c.brush(ink, s*0.16, pt{x - s*0.3, y - s*0.05}, pt{x - s*0.66, y - s*0.1}, pt{x - s*0.76, y + s*0.3}, pt{x - s*0.6, y + s*0.5})
}

func arcades(c *canvas) {
	c.sky(800, hex(0xe9dcc0), paper)
	c.wash(poly(pt{520, 470}, pt{680, 470}, pt{1260, 860}, pt{-60, 860}), hex(0xd9cdb6), hex(0xb3a892), 1)
	for i := range 9 {
		t := math.Pow(float64(i)/8, 1.8)
		c.line(slate.light(0.1), 1.5, pt{520 - 580*t, 470 + 390*t}, pt{600, 468 + 396*t}, pt{680 + 580*t, 470 + 390*t})
	}
	walls := []colour{straw, rose.light(0.2), jade.light(0.35), white.dark(0.06), ochre.light(0.35), mist}
	for i := 5; i >= 0; i-- {
		for _, s := range []float64{-1, 1} {
			arcade(c, s, 5-i, walls[(i*2+int(s)+1)%6])
		}
	}
	c.garland(pt{70, 210}, pt{1130, 200}, 34, 9, 42, seal)
	c.garland(pt{300, 330}, pt{900, 326}, 18, 8, 24, seal)
	c.crowd(470, 730, 590, 8, 80)
	c.person(330, 740, 150, indigo, true)
	c.wash(rect(372, 690, 92, 14), wood, wood.dark(0.3), 1)
	for i := range 3 {
		c.bowl(392+float64(i)*28, 690, 24, white, jade.light(0.3))
	}
	c.person(820, 720, 140, seal.dark(0.15), false)
	c.person(890, 724, 84, ochre, false)
}

// arcade is one house of a street that runs away from us: s is the side, n how
// far it is in front of the street's end.
func arcade(c *canvas, s float64, n int, wall colour) {
	at := func(k float64) float64 { return 80 + math.Pow(k, 1.75)*37 } // from the middle
	in, out := at(float64(n)), at(float64(n)+1)
	scale := func(d float64) float64 { return d / 80 }
	top := func(d float64) float64 { return 470 - 150*scale(d)*0.62 }
	foot := func(d float64) float64 { return 470 + (d-80)*0.68 }
	xi, xo := 600+s*in, 600+s*out
	c.wash(poly(pt{xi, top(in)}, pt{xo, top(out)}, pt{xo, foot(out)}, pt{xi, foot(in)}), wall, wall.dark(0.2), 1)
	lerp := func(a, b, t float64) float64 { return a + (b-a)*t }
	band := func(t0, t1, f0, f1 float64, col colour, strength float64) {
		var ring []pt
		for _, q := range []pt{{t0, f0}, {t1, f0}, {t1, f1}, {t0, f1}} {
			d := lerp(in, out, q.x)
			ring = append(ring, pt{600 + s*d, lerp(foot(d), top(d), q.y)})
		}
		c.wash(path{ring}, col, col.dark(0.2), strength)
	}
	band(0.14, 0.86, 0, 0.34, ink.light(0.1), 0.92)
	band(0, 1, 0.4, 0.43, wall.dark(0.35), 1)
	for i := range 2 {
		for k := range 2 {
			t, f := 0.18+0.36*float64(i), 0.5+0.23*float64(k)
			band(t, t+0.26, f, f+0.15, jade.dark(0.3), 1)
			band(t+0.02, t+0.12, f+0.01, f+0.14, slate.dark(0.5), 0.9)
		}
	}
	band(-0.01, 1.01, 0.96, 1.0, wall.dark(0.4), 1)
	band(0.1, 0.3, 0.36, 0.39, seal, 1)
	if n > 1 {
		band(0.88, 1.0, 0, 0.36, wall.light(0.15), 1)
		band(0, 0.1, 0, 0.36, wall.light(0.05), 1)
	}
}

func market(c *canvas) {
	c.sky(800, hex(0xe8c9a0), hex(0xf4e3c3))
	for i := range 6 {
		c.house(90+float64(i)*205, 470, 210, 190+c.between(-30, 30), []colour{straw.dark(0.1), white.dark(0.14), rose}[i%3], slate.dark(0.3), i%2 == 0)
	}
	c.wash(rect(0, 466, width, 340), hex(0xcbb795), hex(0x9c8c75), 1)
	c.crowd(60, 1140, 520, 20, 104)
	cols := []colour{seal, jade.dark(0.1), ochre, indigo.light(0.2)}
	for i := range 4 {
		x, y := 165+float64(i)*290, 600.0
		stall(c, x, y, cols[i], i)
	}
	for i := range 5 {
		c.lantern(165+float64(i)*218, 372, 30, seal, true)
	}
	c.person(330, 770, 190, indigo, true)
	c.person(760, 768, 182, plum, false)
	c.person(840, 772, 110, seal.dark(0.1), false)
	basket(c, 420, 772, 60, jade)
}

// stall has a striped awning and heaps of things to eat.
func stall(c *canvas, x, y float64, col colour, kind int) {
	for _, s := range []float64{-1, 1} {
		c.line(wood.dark(0.3), 7, pt{x + s*118, y + 90}, pt{x + s*118, y - 150})
	}
	for i := range 8 {
		a, b := -130+float64(i)*32.5, -130+float64(i+1)*32.5
		fill := white
		if i%2 == 0 {
			fill = col
		}
		c.wash(path{{{x + a*0.86, y - 180}, {x + b*0.86, y - 180}, {x + b, y - 124}, {x + (a+b)/2, y - 112}, {x + a, y - 124}}}, fill, fill.dark(0.12), 1)
	}
	c.person(x+20, y+30, 130, []colour{jade.dark(0.3), plum, indigo, wood}[kind], kind == 1)
	c.wash(poly(pt{x - 132, y}, pt{x + 132, y}, pt{x + 124, y + 92}, pt{x - 124, y + 92}), wood.light(0.1), wood.dark(0.3), 1)
	for i := range 4 {
		bx := x - 92 + float64(i)*61
		heap := [][]colour{{seal, ochre, jade, rose}, {jade, jade.light(0.2), pine, straw}, {slate.light(0.3), slate.light(0.4), rose, slate}, {straw, ochre, wood.light(0.3), white}}[kind][i]
		for range 26 {
			dx := c.between(-24, 24)
			c.wash(oval(bx+dx, y-4-c.between(0, 26-math.Abs(dx)*0.8), 9, 7.5), heap.light(c.between(0, 0.25)), heap.dark(0.15), 1)
		}
		c.wash(poly(pt{bx - 32, y - 6}, pt{bx + 32, y - 6}, pt{bx + 25, y + 14}, pt{bx - 25, y + 14}), straw.dark(0.2), wood, 1)
	}
}

// basket stands on the ground, full.
func basket(c *canvas, x, y, s float64, col colour) {
	c.dabs(x, y-s*0.8, s*0.5, s*0.3, 40, s*0.14, col.dark(0.3), col.light(0.3))
	c.wash(poly(pt{x - s*0.6, y - s*0.7}, pt{x + s*0.6, y - s*0.7}, pt{x + s*0.46, y}, pt{x - s*0.46, y}), straw.dark(0.1), wood.light(0.1), 1)
	for i := range 4 {
		t := float64(i) / 4
		c.line(wood, 1.6, pt{x - s*(0.59-0.13*t), y - s*0.7*(1-t)}, pt{x + s*(0.59-0.13*t), y - s*0.7*(1-t)})
	}
}

func abroadHall(c *canvas) {
	c.sky(800, hex(0xc6d6d8), hex(0xf3e6cf))
	c.disc(200, 190, 46, hex(0xf6dba0), 0.35)
	for i := range 5 {
		h := c.between(240, 400)
		x := 10 + float64(i)*62
		c.wash(rect(x, 600-h, 92, h), mist.dark(0.12), mist, 0.9)
		c.wash(rect(1200-x-92, 600-h*0.9, 92, h*0.9), mist.dark(0.1), mist, 0.9)
	}
	for _, side := range []float64{-1, 1} {
		for i := range 2 {
			x := 600 + side*(330+float64(i)*210)
			shophouse(c, x, 640, 200, []colour{rose.light(0.2), jade.light(0.35), straw.light(0.2), slate.light(0.45)}[i+int(side+1)])
		}
	}
	x, y := 600.0, 640.0
	c.wash(rect(x-215, y-420, 430, 420), hex(0xb9664e), seal.dark(0.3), 1)
	for i := range 26 {
		c.line(wood.dark(0.1), 1, pt{x - 214, y - 410 + float64(i)*16}, pt{x + 214, y - 410 + float64(i)*16})
	}
	for i := range 3 {
		wx := x - 150 + float64(i)*118
		c.window(wx, y-340, 64, 96, i == 1)
		c.wash(rect(wx-12, y-344, 12, 104), pine, pine.dark(0.2), 1)
		c.wash(rect(wx+64, y-344, 12, 104), pine, pine.dark(0.2), 1)
	}
	c.wash(rect(x-190, y-214, 380, 46), ink.light(0.05), ink, 1)
	c.outline(rect(x-190, y-214, 380, 46), ochre, 5)
	for i := range 4 {
		c.flat(c.blob(x-120+float64(i)*80, y-191, 17, 11, 0.5), ochre, 0.9)
	}
	for _, s := range []float64{-1, 1} {
		c.wash(rect(x+s*120-14, y-168, 28, 168), seal.dark(0.05), seal.dark(0.4), 1)
		c.lantern(x+s*72, y-164, 48, seal, true)
	}
	c.wash(rect(x-48, y-120, 96, 120), hex(0xf3cf8a), hex(0xc98a44), 1)
	c.line(wood.dark(0.3), 4, pt{x, y - 120}, pt{x, y})
	c.roof(x, y-560, 500, 150, jade.dark(0.3))
	for i := range 2 {
		c.wash(rect(x-90-float64(i)*30, y+float64(i)*14, 180+float64(i)*60, 14), slate.light(0.5), slate.light(0.2), 1)
	}
	c.wash(rect(0, y+28, width, 140), hex(0xb9b3a8), slate, 1)
	c.line(slate.dark(0.4), 4, pt{0, 742}, pt{600, 740}, pt{1200, 744})
	c.line(slate.dark(0.4), 4, pt{0, 764}, pt{600, 762}, pt{1200, 766})
	c.person(470, y+62, 100, indigo, false)
	c.person(520, y+60, 96, rose.dark(0.2), false)
	c.person(760, y+70, 104, plum, false)
	c.person(806, y+72, 66, seal, false)
}

// shophouse is narrow, with shutters and a covered way.
func shophouse(c *canvas, x, y, w float64, wall colour) {
	c.wash(rect(x-w/2, y-350, w, 350), wall, wall.dark(0.18), 1)
	c.wash(rect(x-w/2-6, y-366, w+12, 20), wall.dark(0.25), wall.dark(0.4), 1)
	for i := range 2 {
		for k := range 2 {
			wx, wy := x-w*0.34+float64(i)*w*0.4, y-316+float64(k)*0
			if k == 0 {
				c.window(wx, wy, w*0.26, 110, (i+int(x))%3 == 0)
			}
		}
	}
	c.wash(rect(x-w*0.42, y-150, w*0.84, 150), ink.light(0.15), ink, 0.85)
	c.wash(poly(pt{x - w*0.5, y - 176}, pt{x + w*0.5, y - 176}, pt{x + w*0.54, y - 138}, pt{x - w*0.54, y - 138}), jade.dark(0.15), pine, 1)
	for _, s := range []float64{-1, 1} {
		c.wash(rect(x+s*w*0.46-8, y-150, 16, 150), wall.light(0.2), wall.dark(0.1), 1)
	}
}
