package media

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/picture"
	"github.com/huiguan/huiguan/internal/testkit"
)

func openWithMaker(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(dir, WithMaker(picture.InProcess{}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// roof is a picture as it might come in, with something behind its last row.
func roof(t *testing.T, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, color.RGBA{uint8(x), uint8(y), uint8(x * y), 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return append(b.Bytes(), "taken at 22.5431N 114.0579E"...)
}

func keepPicture(t *testing.T, s *Store, d *db.DB, data []byte) StagedPicture {
	t.Helper()
	staged, err := s.StagePicture(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error { return s.KeepPicture(ctx, tx, staged) })
	return staged
}

func TestKeepPicture(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		s, r := openWithMaker(t, t.TempDir()), NewReader(d)
		small, large := keepPicture(t, s, d, roof(t, 100, 60)), keepPicture(t, s, d, roof(t, 2000, 1000))
		keepPicture(t, s, d, roof(t, 100, 60)) // again
		got, err := r.Pictures(t.Context(), []Hash{small.Hash, large.Hash, HashOf([]byte("none")), "no hash"})
		if err != nil || len(got) != 2 {
			t.Fatalf("%v %v", got, err)
		}
		p := got[large.Hash]
		if p.Width != 2000 || p.Height != 1000 || len(p.Variants) != 4 || p.Largest().Width != 1600 || p.Largest().Height != 800 {
			t.Errorf("%+v", p)
		}
		for ask, want := range map[int]int{1: 320, 320: 320, 321: 640, 1600: 1600, 5000: 1600} {
			if v := p.Fitting(ask); v.Width != want {
				t.Errorf("for %d: %d", ask, v.Width)
			}
		}
		for _, v := range p.Variants {
			one, err := r.Variant(t.Context(), large.Hash, v.Width)
			if err != nil || one != v {
				t.Errorf("%+v %v", one, err)
			}
			f, err := s.Open(v.File)
			if err != nil {
				t.Fatal(err)
			}
			data, err := io.ReadAll(f)
			f.Close()
			if err != nil || HashOf(data) != v.File || bytes.Contains(data, []byte("22.5431")) {
				t.Errorf("at %d: %v", v.Width, err)
			}
		}
		if one, err := r.Variant(t.Context(), large.Hash, 0); err != nil || one != p.Largest() {
			t.Errorf("the largest: %+v %v", one, err)
		}
		for _, ask := range []struct {
			hash  Hash
			width int
		}{{large.Hash, 321}, {small.Hash, 320}, {p.Variants[0].File, 0}, {HashOf(nil), 0}} {
			if _, err := r.Variant(t.Context(), ask.hash, ask.width); !fault.Is(err, fault.NotFound) {
				t.Errorf("%v: %v", ask, err)
			}
		}
		if none, err := r.Pictures(t.Context(), nil); err != nil || len(none) != 0 {
			t.Errorf("of nothing: %v %v", none, err)
		}
		if problems, err := s.Check(t.Context(), d); err != nil || len(problems) != 0 {
			t.Errorf("%v %v", problems, err)
		}
	})
}

// What was taken in before there were public forms is named until it has them.
func TestUnmade(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		s, r := openWithMaker(t, t.TempDir()), NewReader(d)
		keepAs := func(data []byte, mime string) Hash {
			staged, err := s.Stage(data, mime)
			if err != nil {
				t.Fatal(err)
			}
			testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error { return s.Keep(ctx, tx, staged) })
			return staged.Hash
		}
		unmade := func(want ...Hash) {
			t.Helper()
			got, err := r.Unmade(t.Context())
			if err != nil || len(got) != len(want) {
				t.Fatalf("%v %v", got, err)
			}
			for _, h := range want {
				if !slices.Contains(got, h) {
					t.Errorf("%s is not named", h)
				}
			}
		}
		data := roof(t, 700, 400)
		old, page, text := keepAs(data, "image/png"), keepAs([]byte("<script>"), "image/png"), keepAs([]byte("text"), "text/html")
		keepPicture(t, s, d, roof(t, 90, 90))
		unmade(old, page)
		keepPicture(t, s, d, data)
		unmade(page)
		testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error { return s.NoPicture(ctx, tx, page) })
		unmade()
		if f, err := Load(t.Context(), d, text); err != nil || f.Mime != "text/html" {
			t.Errorf("%+v %v", f, err)
		}
	})
}

// What cannot be read leaves nothing behind, nor does a change that is undone.
func TestPictureRefused(t *testing.T) {
	t.Parallel()
	dir, d := t.TempDir(), testkit.SQLite(t, nil)
	s := openWithMaker(t, dir)
	if _, err := s.StagePicture(t.Context(), []byte("<svg>")); fault.As(err) == nil || fault.As(err).Key != "media.picture_unknown" {
		t.Error(err)
	}
	if got := files(t, dir); len(got) != 0 {
		t.Errorf("files of a refused picture: %v", got)
	}
	staged, err := s.StagePicture(t.Context(), roof(t, 50, 50))
	if err != nil {
		t.Fatal(err)
	}
	boom := errors.New("boom")
	if err := d.Tx(t.Context(), func(ctx context.Context, tx *db.Tx) error { return errors.Join(s.KeepPicture(ctx, tx, staged), boom) }); !errors.Is(err, boom) {
		t.Fatal(err)
	}
	if got, err := NewReader(d).Pictures(t.Context(), []Hash{staged.Hash}); err != nil || len(got) != 0 {
		t.Errorf("rows of a change that was undone: %v %v", got, err)
	}
	if _, err := open(t, t.TempDir()).StagePicture(t.Context(), roof(t, 50, 50)); fault.As(err) == nil || fault.As(err).Key != "media.picture_off" {
		t.Errorf("without a maker: %v", err)
	}
}

// A process dies between the commit and the moves; the next one finds every
// file of the picture.
func TestPictureSurvivesACrash(t *testing.T) {
	t.Parallel()
	dir, d := t.TempDir(), testkit.SQLite(t, nil)
	died := openWithMaker(t, dir)
	staged := keepPicture(t, died, d, roof(t, 700, 500))
	lost, err := filepath.Glob(filepath.Join(dir, "??", "*"))
	if err != nil || len(lost) != 1+len(staged.Variants) {
		t.Fatalf("%v %v", lost, err)
	}
	for i, h := range append([]Hash{staged.Hash}, staged.Variants[0].File, staged.Variants[1].File) { // as if the moves had not happened
		if err := os.Rename(filepath.Join(dir, h.place()), filepath.Join(dir, died.incoming, string(h))); err != nil {
			t.Fatal(i, err)
		}
	}
	if err := died.lock.Close(); err != nil {
		t.Fatal(err)
	}
	next := openWithMaker(t, dir)
	if settled, deleted, err := next.Recover(t.Context(), d); settled != 3 || deleted != 0 || err != nil {
		t.Fatalf("settled %d, deleted %d, %v", settled, deleted, err)
	}
	if problems, err := next.Check(t.Context(), d); err != nil || len(problems) != 0 {
		t.Fatalf("%v %v", problems, err)
	}
}
