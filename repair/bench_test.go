package repair

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
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
		"english": page(strings.SplitAfter(clean["english.txt"], "\n")[0]),
		"accents": page(strings.SplitAfter(clean["english.txt"], "\n")[1]),
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
		b.Run(name+"/count", func(b *testing.B) {
			raw := []byte(text)
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				bytes.Count(raw, []byte{'?'})
			}
		})
	}
}

// shiftedPageText is a page such as mirrors hold: annotated, with a run of shifted text in every tenth line.
func shiftedPageText(clean string) string {
	lines := strings.Split(strings.TrimSpace(damage.Federation(clean, 2)), "\n")
	whole := strings.Split(strings.TrimSpace(damage.AnnotateShare(clean, .4, 2)), "\n")
	var b strings.Builder
	for i := 0; b.Len() < pageSize; i++ {
		if i%10 == 0 {
			b.WriteString(lines[i%len(lines)] + "\n")
		}
		b.WriteString(whole[i%len(whole)] + "\n")
	}
	return b.String()
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
	for name, text := range map[string]string{"shifted-lines": page(damage.Federation(clean, 2)), "shifted-page": shiftedPageText(clean), "misread": page(damage.UTF8AsGBK(clean))} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
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

// BenchmarkDoubling is what a stream twice as long costs, in times, up to 64 MB: the
// least of three runs each, taken in turn.
func BenchmarkDoubling(b *testing.B) {
	clean := readTexts(b, "prose")["lantern-festival.hant.txt"]
	for name, piece := range map[string]string{
		"clean": clean, "annotated": damage.AnnotateShare(clean, 1, 6), "questions": strings.Repeat("?", 1000), "lead-bytes": strings.Repeat("\xe6", 1000),
	} {
		for _, size := range []int64{16 << 20, 32 << 20} {
			b.Run(fmt.Sprintf("%s/%dMB", name, size>>20), func(b *testing.B) {
				least := [2]time.Duration{time.Hour, time.Hour}
				for b.Loop() {
					for range 3 {
						for i := range least {
							start := time.Now()
							r := NewReader(io.LimitReader(&endless{piece: []byte(piece)}, size<<i), Options{})
							if _, err := io.Copy(io.Discard, r); err != nil {
								b.Fatal(err)
							}
							least[i] = min(least[i], time.Since(start))
						}
					}
				}
				b.ReportMetric(least[1].Seconds()/least[0].Seconds(), "t(2n)/t(n)")
			})
		}
	}
}
