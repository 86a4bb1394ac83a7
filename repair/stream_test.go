package repair

import (
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/repair/damage"
)

func TestReaderGivesWhatStringGives(t *testing.T) {
	t.Parallel()
	clean := readTexts(t, "prose")["lantern-festival.hant.txt"]
	for _, k := range kinds() {
		text := k.do(clean, 3)
		want := String(text, Options{})
		for name, from := range map[string]io.Reader{
			"whole": strings.NewReader(text), "byte by byte": iotest.OneByteReader(strings.NewReader(text)),
			"end with the data": iotest.DataErrReader(strings.NewReader(text)),
		} {
			r := NewReader(from, Options{})
			var changes []Change
			r.Notify(func(c Change) { changes = append(changes, c) }, nil)
			got, err := io.ReadAll(r)
			if err != nil || string(got) != want.Text {
				t.Errorf("%s, %s: %v %q", k.name, name, err, got)
			}
			if diff := cmp.Diff(want.Changes, changes); diff != "" {
				t.Errorf("%s, %s (-want +got):\n%s", k.name, name, diff)
			}
			if diff := cmp.Diff(want.Counts(), r.Counts()); diff != "" {
				t.Errorf("%s, %s: counts (-want +got):\n%s", k.name, name, diff)
			}
		}
	}
}

// The pieces of a long text follow the rules of its page, and their changes are told in offsets of the whole.
func TestReaderOfALongText(t *testing.T) {
	t.Parallel()
	clean := readTexts(t, "prose")["lantern-festival.hant.txt"]
	text := strings.Repeat(damage.Federation(clean, 2), pieceSize/len(clean))
	for name, text := range map[string]string{"lines": text, "one line": strings.ReplaceAll(text, "\n", "")} {
		r := NewReader(strings.NewReader(text), Options{})
		var changes []Change
		var losses []Loss
		r.Notify(func(c Change) { changes = append(changes, c) }, func(l Loss) { losses = append(losses, l) })
		got, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		checkAccount(t, text, Result{Text: string(got), Changes: changes, Losses: losses})
		if n := strings.Count(string(got), "(huì)") + strings.Count(string(got), "?;"); n > 0 {
			t.Errorf("%s: %d places were left", name, n)
		}
	}
}

func TestReaderReturnsErrors(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	r := NewReader(io.MultiReader(strings.NewReader("同鄉會(huì)學(xué)習(xí)會(huì)"), iotest.ErrReader(broken)), Options{})
	got, err := io.ReadAll(r)
	if !errors.Is(err, broken) || string(got) != "同鄉會學習會" {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := io.ReadAll(NewReader(strings.NewReader(""), Options{})); err != nil || len(got) > 0 {
		t.Errorf("nothing gives %q, %v", got, err)
	}
}

func TestCutBefore(t *testing.T) {
	t.Parallel()
	for piece, want := range map[string]int{
		"會議\n學": len("會議\n"), "會議。學": len("會議。"), "會議學習": len("會議學習"), "會議學\xe7\xbf": len("會議學"), "\xff\xff": 2, "a": 1, "\xe7\xbf": 2,
	} {
		if got := cutBefore([]byte(piece)); got != want {
			t.Errorf("%q is cut at %d, want %d", piece, got, want)
		}
	}
}

// An endless line must not be held in memory.
func TestReaderHoldsLittle(t *testing.T) {
	clean := readTexts(t, "prose")["lantern-festival.hant.txt"]
	piece := strings.ReplaceAll(damage.AnnotateShare(clean, 1, 6), "\n", "")
	r := NewReader(io.LimitReader(&endless{piece: []byte(piece)}, 8<<20), Options{})
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	buf := make([]byte, 64<<10)
	most := uint64(0)
	for {
		_, err := r.Read(buf)
		runtime.GC()
		runtime.ReadMemStats(&now)
		most = max(most, now.HeapAlloc)
		if err != nil {
			break
		}
	}
	if held := int64(most) - int64(before.HeapAlloc); held > 4<<20 {
		t.Errorf("%d bytes were held", held)
	}
}

// endless repeats a piece.
type endless struct {
	piece []byte
	at    int
}

func (e *endless) Read(p []byte) (n int, err error) {
	for n < len(p) {
		m := copy(p[n:], e.piece[e.at:])
		n += m
		e.at = (e.at + m) % len(e.piece)
	}
	return n, nil
}
