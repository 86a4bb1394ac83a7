package repair

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/huiguan/huiguan/repair/damage"
)

const pageSize = 1 << 16

// page repeats a text to the size of a large page.
func page(text string) string { return strings.Repeat(text, pageSize/len(text)+1) }

func benchmarkPages(b *testing.B) map[string]string {
	b.Helper()
	clean := readTexts(b, "clean")
	return map[string]string{
		"chinese": page(readTexts(b, "prose")["lantern-festival.hant.txt"]),
		"english": page(strings.SplitAfter(clean["english.txt"], "\n")[1]),
		"mixed":   page(clean["mixed.hant.txt"]),
	}
}

// BenchmarkClean is what a page without damage costs, beside checking that it is UTF-8.
func BenchmarkClean(b *testing.B) {
	for name, text := range benchmarkPages(b) {
		b.Run(name+"/repair", func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				String(text, Options{})
			}
		})
		b.Run(name+"/utf8", func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				utf8.ValidString(text)
			}
		})
	}
}

func BenchmarkDamaged(b *testing.B) {
	clean := readTexts(b, "prose")["lantern-festival.hant.txt"]
	for _, k := range kinds() {
		text := page(k.do(clean, 6))
		b.Run(strings.ReplaceAll(k.name, " ", "-"), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				String(text, Options{})
			}
		})
	}
	text := page(damage.AnnotateShare(clean, 1, 6))
	b.Run("annotated-fully", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			String(text, Options{})
		}
	})
	half := page(damage.HalfWidth(clean))
	b.Run("fullwidth", func(b *testing.B) {
		b.SetBytes(int64(len(half)))
		for b.Loop() {
			String(half, Options{FullWidth: true})
		}
	})
}
