package main

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A mask holds the area of its shape, wherever its edges fall in the pixels,
// also where the sheet cuts it off.
func TestCoverHoldsTheArea(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		p    path
		want float64
	}{
		{"pixels", rect(10, 10, 20, 5), 100},
		{"parts of pixels", rect(10.25, 10.5, 20.5, 5.25), 107.625},
		{"triangle", poly(pt{100, 100}, pt{200, 100}, pt{100, 150}), 2500},
		{"against the sun", poly(pt{100, 150}, pt{200, 100}, pt{100, 100}), 2500},
		{"oval", oval(300, 300, 40.5, 20.25), math.Pi * 40.5 * 20.25},
		{"over the left edge", rect(-10, 10, 20, 10), 100},
		{"over the right edge", rect(width-10, 10, 20, 10), 100},
		{"over the corner", rect(width-5, height-4, 20, 20), 20},
		{"off the sheet", rect(width+5, 10, 20, 20), 0},
	} {
		sum := 0.0
		for _, a := range cover(c.p).a {
			sum += float64(a)
		}
		if math.Abs(sum-c.want) > 0.01*c.want+0.01 {
			t.Errorf("%s: %.2f, want %.2f", c.name, sum, c.want)
		}
	}
}

func TestEveryPixelIsPaintedOnce(t *testing.T) {
	t.Parallel()
	m := cover(rect(100, 100, 50, 50))
	if m.at(120, 120) != 1 || m.at(99, 120) != 0 || m.at(150, 120) != 0 || m.at(0, 0) != 0 {
		t.Error("a square does not cover its pixels and no others")
	}
	soft := m.blurred(3)
	if inside := soft[25*m.w+25]; math.Abs(float64(inside)-1) > 1e-5 {
		t.Errorf("the middle of a blurred square is %v", inside)
	}
}

// A scene comes out the same each time, small enough, and unlike another.
func TestScenesAreTheSameEachTime(t *testing.T) {
	t.Parallel()
	sheet := func(name string) []byte {
		c := newCanvas(name)
		scenes()[name](c)
		data, _, err := c.sheet()
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	one, again := sheet("kites"), sheet("kites")
	if !bytes.Equal(one, again) {
		t.Error("kites came out differently the second time")
	}
	if len(one) > maxBytes || bytes.Equal(one, sheet("well")) {
		t.Errorf("%d bytes", len(one))
	}
}

// The examples hold a picture of every scene and no other.
func TestExamplesHoldAllScenes(t *testing.T) {
	t.Parallel()
	found, err := filepath.Glob(filepath.Join("..", "..", "examples", "pictures", "*"))
	if err != nil {
		t.Fatal(err)
	}
	all := scenes()
	for _, file := range found {
		name := strings.TrimSuffix(filepath.Base(file), ".jpg")
		if all[name] == nil {
			t.Errorf("no scene draws %s", file)
		}
		delete(all, name)
	}
	for name := range all {
		t.Errorf("%s was not drawn", name)
	}
	if _, err := os.Stat(filepath.Join("..", "..", "examples", "federation.toml")); err != nil {
		t.Error(err)
	}
}
