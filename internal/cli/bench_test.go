package cli_test

import (
	"fmt"
	"runtime"
	"slices"
	"syscall"
	"testing"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/ingest"
	"github.com/huiguan/huiguan/internal/org"
)

// BenchmarkImport imports a page of the size of a real digest with all that
// belongs to it, durable and indexed: `scripts/bench` names the costs.
func BenchmarkImport(b *testing.B) {
	a, err := app.Open(b.Context(), app.Config{Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	defer a.Close()
	if _, err := a.Org.Init(b.Context(), org.InitParams{Names: org.Names{Hant: "青溪同鄉會"}}); err != nil {
		b.Fatal(err)
	}
	importer := a.Importer()
	pages, size := benchPages(b)
	b.SetBytes(size)
	for b.Loop() {
		f := ingest.File{Name: "page.txt", Data: pages()}
		if _, err := importer.Import(b.Context(), f, ingest.Options{CreateOrgs: true, Publish: true}); err != nil {
			b.Fatal(err)
		}
	}
	report(b)
}

// BenchmarkDryRun reads the same pages without a database.
func BenchmarkDryRun(b *testing.B) {
	pages, size := benchPages(b)
	tree := ingest.NewTree()
	b.SetBytes(size)
	for b.Loop() {
		doc, err := ingest.ReadDocument(ingest.File{Name: "page.txt", Data: pages()}, ingest.DefaultLimits())
		if err != nil {
			b.Fatal(err)
		}
		if _, err := ingest.ReadIn(doc, tree, ""); err != nil {
			b.Fatal(err)
		}
	}
	report(b)
}

// benchPages hands out pages that all differ: a few are made beforehand, and
// each gets a line of its own, since the same file twice is not imported.
func benchPages(b *testing.B) (next func() []byte, size int64) {
	b.Helper()
	var made [][]byte
	for i := range 20 {
		made = append(made, digestPage(i))
	}
	n := 0
	return func() []byte {
		n++
		return fmt.Appendf(slices.Clip(made[n%len(made)]), "\n第%d份。\n", n)
	}, int64(len(made[0]))
}

// report says how many pages a second, and how much memory at most.
func report(b *testing.B) {
	b.Helper()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err == nil {
		b.ReportMetric(float64(use.Maxrss)/1024, "MB-max")
	}
	runtime.KeepAlive(b)
}
