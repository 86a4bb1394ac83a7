package picture

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"os"
	"os/exec"
	"strconv"
	"testing"
)

// The variants of a telephone's picture, in this process.
func BenchmarkTwelveMegapixels(b *testing.B) {
	data := jpegOf(b, photo(4000, 3000))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		makeSet(b, data)
	}
}

// The same in a process of its own, as the program does it, and the largest
// that is taken.
func BenchmarkPool(b *testing.B) {
	for _, size := range [][2]int{{4000, 3000}, {7300, 5470}} {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			p, data := pool(b, "worker"), jpegOf(b, photo(size[0], size[1]))
			for b.Loop() {
				if _, err := p.Make(b.Context(), data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// How much memory the other process takes at its peak.
func BenchmarkPeakMemory(b *testing.B) {
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"jpeg-12MP": jpegOf(b, photo(4000, 3000)), "jpeg-40MP": jpegOf(b, photo(7300, 5470)), "png-12MP": pngOf(b, photo(4000, 3000)), "png-40MP": pngOf(b, photo(7300, 5470)),
		"png-40MP-16bit": pngOf(b, image.NewNRGBA64(image.Rect(0, 0, 7300, 5470))),
		"tall-16MP":      jpegOf(b, photo(1700, 9400)), "turned-32MP": withEXIF(jpegOf(b, photo(9990, 3190)), tiff(binary.LittleEndian, 6)),
		"refused-50kx50k": claimPNG(50_000, 50_000, 8, 6, 0),
	} {
		b.Run(name, func(b *testing.B) {
			peak := 0
			for b.Loop() {
				cmd := exec.CommandContext(b.Context(), self)
				cmd.Args, cmd.Stdin = []string{"measured"}, bytes.NewReader(data)
				said, err := cmd.Output()
				kib, err2 := strconv.Atoi(string(said))
				if err != nil || err2 != nil {
					b.Skip("no figure of memory: ", err, err2)
				}
				peak = max(peak, kib)
			}
			b.ReportMetric(float64(peak)/1024, "MiB-peak")
		})
	}
}
