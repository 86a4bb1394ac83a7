package picture

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/fault"
)

// lives are what this test binary is when it goes by another name.
func lives() map[string]func() {
	answerWith := func(line string) func() { return func() { fmt.Print(line) } }
	return map[string]func(){
		"worker": func() {
			if err := Serve(os.Stdin, os.Stdout); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
		},
		"measured": func() {
			_ = Serve(os.Stdin, io.Discard)
			status, _ := os.ReadFile("/proc/self/status")
			for line := range strings.Lines(string(status)) {
				if kib, ok := strings.CutPrefix(line, "VmHWM:"); ok {
					fmt.Print(strings.Fields(kib)[0])
				}
			}
		},
		"hang": func() { select {} },
		"spin": func() {
			_ = confine(1, hardMemory)
			for i := 0; ; i++ {
				runtime.KeepAlive(i)
			}
		},
		"eat": func() {
			_ = confine(cpuSeconds, 300<<20)
			var held [][]byte
			for range 1000 {
				b := make([]byte, 8<<20)
				for i := 0; i < len(b); i += 4096 {
					b[i] = 1
				}
				held = append(held, b)
			}
			runtime.KeepAlive(held)
		},
		"lost":    func() { panic("a decoder that lost its way") },
		"unfit":   func() { fmt.Fprintln(os.Stderr, "cannot work here"); os.Exit(1) },
		"silent":  func() { _, _ = io.Copy(io.Discard, os.Stdin) },
		"babble":  answerWith("<html>\n"),
		"endless": answerWith(strings.Repeat("x", 2*maxLine)),
		"page":    answerWith(`{"width":4,"height":3,"variants":[{"width":4,"height":3,"mime":"image/png","size":9}]}` + "\n<script>>"),
		"other":   answerWith(`{"width":4,"height":3,"variants":[{"width":4,"height":3,"mime":"text/html","size":9}]}` + "\n<!doctype"),
		"short":   answerWith(`{"width":4,"height":3,"variants":[{"width":4,"height":3,"mime":"image/png","size":99}]}` + "\n\x89PNG\r\n\x1a\n"),
		"huge":    answerWith(`{"width":4,"height":3,"variants":[{"width":4,"height":3,"mime":"image/png","size":99999999999}]}` + "\n"),
		"too few": answerWith(`{"width":400,"height":300,"variants":[]}` + "\n"),
		"unheard": answerWith(`{"refused":"media.<script>"}` + "\n"),
		"who am I": func() {
			fmt.Print(`{"refused":"media.picture_damaged","why":"` + strings.Join(os.Environ(), " ") + `"}` + "\n")
		},
		"cheap lie": answerWith(`{"width":99999,"height":3}` + "\n"),
	}
}

func TestMain(m *testing.M) {
	if live, ok := lives()[os.Args[0]]; ok {
		live()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// pool starts this binary under a name.
func pool(t testing.TB, name string) *Pool {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return NewPool(self, name)
}

// The process makes what would be made without it, and refuses what would be
// refused.
func TestPoolIsTransparent(t *testing.T) {
	t.Parallel()
	p := pool(t, "worker")
	for _, data := range [][]byte{jpegOf(t, photo(700, 500)), drawnWebP(t)} {
		want := makeSet(t, data)
		got, err := p.Make(t.Context(), data)
		if err != nil || len(got.Variants) != len(want.Variants) {
			t.Fatalf("%d variants, %v", len(got.Variants), err)
		}
		for i, v := range want.Variants {
			if whole(got.Variants[i]) != whole(v) {
				t.Errorf("at %d another picture came back", v.Width)
			}
		}
	}
	for key, data := range map[string][]byte{
		keyUnknown: []byte("<svg>"), keyDamaged: jpegOf(t, photo(300, 200))[:900], keyLarge: claimPNG(50_000, 50_000, 8, 6, 0),
		keyCostly: claimJPEG(t, 7000, 5700, true),
	} {
		if _, err := p.Make(t.Context(), data); fault.As(err) == nil || fault.As(err).Key != key {
			t.Errorf("%s: %v", key, err)
		}
	}
}

// whole is all of a variant.
func whole(v Variant) string { return fmt.Sprint(v.Width, v.Height, v.Mime, string(v.Data)) }

// A process that takes too much, loses its way or lies harms one picture only.
func TestPoolSurvivesItsWorkers(t *testing.T) {
	t.Parallel()
	data := jpegOf(t, photo(64, 48))
	for name, key := range map[string]string{
		"hang": keyCostly, "spin": keyCostly, "eat": keyCostly, "lost": keyDamaged,
		"unfit": "", "silent": "", "babble": "", "endless": "", "page": "", "other": "", "short": "", "huge": "", "too few": "", "unheard": "", "cheap lie": "",
	} {
		p := pool(t, name)
		if name == "hang" {
			p.patience = 300 * time.Millisecond
		}
		_, err := p.Make(t.Context(), data)
		got := ""
		if f := fault.As(err); f != nil {
			got = f.Key
		}
		if err == nil || got != key {
			t.Errorf("%s: %v, want %q", name, err, key)
		}
		p.args = []string{"worker"}
		p.patience = patience
		if set, err := p.Make(t.Context(), data); err != nil || len(set.Variants) != 1 {
			t.Errorf("after %s: %v", name, err)
		}
	}
	none := NewPool("/nowhere/huiguan", "worker")
	if _, err := none.Make(t.Context(), data); err == nil || fault.As(err) != nil {
		t.Errorf("no program: %v", err)
	}
}

// The other process knows nothing that this one was told in its environment.
func TestWorkerKnowsNothing(t *testing.T) {
	t.Setenv("HUIGUAN_DATABASE_URL", "postgres://secret")
	_, err := pool(t, "who am I").Make(t.Context(), jpegOf(t, photo(8, 8)))
	if f := fault.As(err); f == nil || f.Err == nil || strings.Contains(f.Err.Error(), "secret") || !strings.Contains(f.Err.Error(), "GOTRACEBACK") {
		t.Error(err)
	}
}

// No more than two work at once, and who gives up waiting is let go.
func TestPoolIsSmall(t *testing.T) {
	t.Parallel()
	p := pool(t, "hang")
	ctx, cancel := context.WithCancel(t.Context())
	var busy sync.WaitGroup
	for range poolSize {
		busy.Go(func() {
			if _, err := p.Make(ctx, nil); !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
		})
	}
	for len(p.slots) < poolSize {
		runtime.Gosched()
	}
	third, stop := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer stop()
	if _, err := p.Make(third, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a third: %v", err)
	}
	cancel()
	busy.Wait()
	if len(p.slots) != 0 {
		t.Error("a place is still taken")
	}
}

// What a process says last tells hunger from damage.
func TestStarved(t *testing.T) {
	t.Parallel()
	for last, want := range map[string]bool{
		"fatal error: runtime: out of memory\n":                                                                             true,
		"runtime: cannot allocate memory\n":                                                                                 true,
		"SIGSEGV: segmentation violation\nPC=0x4352dd m=3 sigcode=1 addr=0x0\n\ngoroutine 0 [idle]":                         true,
		"panic: runtime error: invalid memory address or nil pointer dereference\n[signal SIGSEGV: segmentation violation]": false,
		"": false,
	} {
		if got := starved(last); got != want {
			t.Errorf("%.60q: %v", last, got)
		}
	}
}
