package people

import (
	"math"
	"slices"
	"testing"
)

// kolmogorovSmirnov says how far two samples are apart, and how likely that is
// where they are of the same kind.
func kolmogorovSmirnov(a, b []float64) (d, p float64) {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	for i, j := 0, 0; i < len(a) && j < len(b); {
		x := min(a[i], b[j])
		for i < len(a) && a[i] <= x {
			i++
		}
		for j < len(b) && b[j] <= x {
			j++
		}
		d = max(d, math.Abs(float64(i)/float64(len(a))-float64(j)/float64(len(b))))
	}
	n := float64(len(a)) * float64(len(b)) / float64(len(a)+len(b))
	z := (math.Sqrt(n) + 0.12 + 0.11/math.Sqrt(n)) * d
	if z < 0.2 {
		return d, 1
	}
	for k := 1; k <= 100; k++ {
		p += 2 * math.Pow(-1, float64(k-1)) * math.Exp(-2*float64(k*k)*z*z)
	}
	return d, min(max(p, 0), 1)
}

// The measure tells samples apart, and takes like for like.
func TestKolmogorovSmirnov(t *testing.T) {
	t.Parallel()
	var a, b, c []float64
	for i := range 500 {
		a, b, c = append(a, float64(i*2)), append(b, float64(i*2+1)), append(c, float64(i*2+150))
	}
	if _, p := kolmogorovSmirnov(a, b); p < 0.9 {
		t.Errorf("alike: p = %v", p)
	}
	if _, p := kolmogorovSmirnov(a, c); p > 0.001 {
		t.Errorf("apart: p = %v", p)
	}
}
