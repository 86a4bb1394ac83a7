// Command drawings draws the pictures of the demo: scenes of an invented
// federation, laid down as washes and brush lines on paper, in one small
// palette. It uses nothing but the standard library, and chance only as a scene's
// name seeds it: a scene comes out the same each time.
//
//	cd tools && go run ./drawings -out ../examples/pictures
//
// A scene is a function over a canvas; they stand by their places in water.go,
// sea.go, land.go, street.go and house.go, and by what lies on the table in
// still.go and thing.go. What they share stands apart: paths (shape.go), the
// brushes (brush.go), sky, hills, water and plants (nature.go), roofs, boats and
// people (built.go), and what makes a sheet of it (sheet.go).
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// The size at which a picture is drawn and that at which it is kept, and how
// many bytes it may have.
const (
	width, height       = 1200, 800
	outWidth, outHeight = 1080, 720
	maxBytes            = 48 << 10
)

func main() {
	out := flag.String("out", "../examples/pictures", "folder to write to")
	only := flag.String("only", "", "names of the scenes to draw, with commas; all if empty")
	flag.Parse()
	if err := os.MkdirAll(*out, 0o755); err != nil {
		log.Fatal(err)
	}
	all := scenes()
	names := make([]string, 0, len(all))
	for name := range all {
		if *only == "" || slices.Contains(strings.Split(*only, ","), name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var wait sync.WaitGroup
	turns := make(chan struct{}, runtime.NumCPU())
	for _, name := range names {
		wait.Go(func() {
			turns <- struct{}{}
			defer func() { <-turns }()
			if err := draw(filepath.Join(*out, name+".jpg"), name, all[name]); err != nil {
				log.Fatal(err)
			}
		})
	}
	wait.Wait()
}

// draw draws one scene and writes it.
func draw(file, name string, scene func(*canvas)) error {
	c := newCanvas(name)
	scene(c)
	data, quality, err := c.sheet()
	if err != nil {
		return err
	}
	fmt.Printf("%-16s %5d bytes, quality %d\n", name, len(data), quality)
	return os.WriteFile(file, data, 0o644)
}
