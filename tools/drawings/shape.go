package main

import "math"

type pt struct{ x, y float64 }

// path is rings of points; each is closed.
type path [][]pt

func (p path) box() (lo, hi pt) {
	lo, hi = pt{math.Inf(1), math.Inf(1)}, pt{math.Inf(-1), math.Inf(-1)}
	for _, ring := range p {
		for _, q := range ring {
			lo.x, lo.y, hi.x, hi.y = min(lo.x, q.x), min(lo.y, q.y), max(hi.x, q.x), max(hi.y, q.y)
		}
	}
	return lo, hi
}

func poly(points ...pt) path { return path{points} }

func rect(x, y, w, h float64) path {
	return poly(pt{x, y}, pt{x + w, y}, pt{x + w, y + h}, pt{x, y + h})
}

func oval(x, y, rx, ry float64) path {
	ring := make([]pt, 0, 48)
	for i := range 48 {
		s, c := math.Sincos(float64(i) / 48 * 2 * math.Pi)
		ring = append(ring, pt{x + rx*c, y + ry*s})
	}
	return path{ring}
}

// blob is an oval with an uneven rim.
func (c *canvas) blob(x, y, rx, ry, rough float64) path {
	p := oval(x, y, rx, ry)
	off := c.between(0, 99)
	for i, q := range p[0] {
		s, co := math.Sincos(float64(i) / 48 * 2 * math.Pi)
		k := 1 + rough*(noise(co*1.6+off, s*1.6+off, c.seed)-0.5)*2
		p[0][i] = pt{x + (q.x-x)*k, y + (q.y-y)*k}
	}
	return p
}

// curve goes smoothly through the points, step by step.
func curve(points ...pt) []pt {
	if len(points) < 3 {
		return points
	}
	at := func(i int) pt { return points[min(max(i, 0), len(points)-1)] }
	var out []pt
	for i := range len(points) - 1 {
		a, b, c, d := at(i-1), at(i), at(i+1), at(i+2)
		for k := range 12 {
			t := float64(k) / 12
			out = append(out, pt{catmull(a.x, b.x, c.x, d.x, t), catmull(a.y, b.y, c.y, d.y, t)})
		}
	}
	return append(out, points[len(points)-1])
}

func catmull(a, b, c, d, t float64) float64 {
	return 0.5 * (2*b + (c-a)*t + (2*a-5*b+4*c-d)*t*t + (3*b-a-3*c+d)*t*t*t)
}

// smooth is a closed shape through the points.
func smooth(points ...pt) path {
	n := len(points)
	around := append([]pt{points[n-1]}, points...)
	around = append(around, points[0], points[1])
	line := curve(around...)
	return path{line[12 : 12+12*n]}
}

// shaky moves the rims of a path as a hand would.
func (c *canvas) shaky(p path, by float64) path {
	out := make(path, 0, len(p))
	for _, ring := range p {
		var r []pt
		for i, a := range ring {
			b := ring[(i+1)%len(ring)]
			n := max(int(math.Hypot(b.x-a.x, b.y-a.y)/14), 1)
			for k := range n {
				t := float64(k) / float64(n)
				x, y := a.x+(b.x-a.x)*t, a.y+(b.y-a.y)*t
				r = append(r, pt{
					x + by*2*(noise(x/37, y/37, c.seed+7)-0.5),
					y + by*2*(noise(x/37, y/37, c.seed+8)-0.5),
				})
			}
		}
		out = append(out, r)
	}
	return out
}

// ribbon is the outline of a brush line; pen gives its width along 0 to 1.
func ribbon(line []pt, pen func(t float64) float64) path {
	n := len(line)
	if n < 2 {
		return nil
	}
	left, right := make([]pt, 0, 2*n), make([]pt, 0, n)
	for i, p := range line {
		a, b := line[max(i-1, 0)], line[min(i+1, n-1)]
		d := math.Hypot(b.x-a.x, b.y-a.y) + 1e-9
		w := pen(float64(i)/float64(n-1)) / 2
		nx, ny := -(b.y-a.y)/d*w, (b.x-a.x)/d*w
		left, right = append(left, pt{p.x + nx, p.y + ny}), append(right, pt{p.x - nx, p.y - ny})
	}
	for i := n - 1; i >= 0; i-- {
		left = append(left, right[i])
	}
	return path{left}
}

// turned is a path turned about a point, in degrees.
func (p path) turned(about pt, degrees float64) path {
	s, c := math.Sincos(degrees * math.Pi / 180)
	out := make(path, len(p))
	for i, ring := range p {
		for _, q := range ring {
			x, y := q.x-about.x, q.y-about.y
			out[i] = append(out[i], pt{about.x + x*c - y*s, about.y + x*s + y*c})
		}
	}
	return out
}
