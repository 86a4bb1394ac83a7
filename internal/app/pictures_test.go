package app_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/picture"
	"github.com/huiguan/huiguan/internal/testkit"
)

// keepOld keeps files as pictures were kept before they had public forms.
func keepOld(t *testing.T, dir string, list ...[]byte) {
	t.Helper()
	d, err := db.Open(t.Context(), db.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	store, err := media.Open(filepath.Join(dir, "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	for _, data := range list {
		staged, err := store.Stage(data, "image/png")
		if err != nil {
			t.Fatal(err)
		}
		testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error { return store.Keep(ctx, tx, staged) })
	}
}

func drawing(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 700, 300))
	for x := range 700 {
		img.Set(x, x*3%300, color.RGBA{160, 42, 31, 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pictures is what doctor says of pictures.
func pictures(t *testing.T, a *app.App) app.Finding {
	t.Helper()
	findings, err := a.Doctor(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if f.Check == "pictures" {
			return f
		}
	}
	t.Fatal("doctor does not look at pictures")
	return app.Finding{}
}

// Pictures of an older installation are named by doctor, made by process, and
// are in a backup with all that was made of them.
func TestOldPicturesAreMade(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	hall(t, dir).Close()
	keepOld(t, dir, drawing(t), []byte("<script>alert(1)</script>"))
	a, err := app.Open(t.Context(), app.Config{Dir: dir, Pictures: picture.InProcess{}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	if f := pictures(t, a); f.Good || len(f.Detail) != 2 {
		t.Errorf("before: %+v", f)
	}
	process := func(a *app.App) (made, failed int) {
		t.Helper()
		err := a.ProcessPictures(t.Context(), func(o app.PictureOutcome, _, total int) {
			if made++; o.Err != nil {
				made, failed = made-1, failed+1
			}
			if total == 0 {
				t.Error("one of none")
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		return made, failed
	}
	if made, failed := process(a); made != 1 || failed != 1 {
		t.Errorf("made %d, failed %d", made, failed)
	}
	if made, failed := process(a); made+failed != 0 {
		t.Errorf("again: made %d, failed %d", made, failed)
	}
	if f := pictures(t, a); !f.Good || f.Args["count"] != 1 {
		t.Errorf("after: %+v", f)
	}
	file, target := filepath.Join(t.TempDir(), "backup"), filepath.Join(t.TempDir(), "data")
	if _, err := a.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Restore(t.Context(), app.Config{Dir: target}, file); err != nil {
		t.Fatal(err)
	}
	restored, err := app.Open(t.Context(), app.Config{Dir: target})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = restored.Close() })
	findings, err := restored.Doctor(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if !f.Good {
			t.Errorf("restored: %+v", f)
		}
	}
	if f := pictures(t, restored); f.Args["count"] != 1 {
		t.Errorf("restored: %+v", f)
	}
}

// Where nobody makes pictures, none is lost: they wait.
func TestPicturesWait(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	a := hall(t, dir)
	keepOld(t, dir, drawing(t))
	err := a.ProcessPictures(t.Context(), func(o app.PictureOutcome, _, _ int) {
		if !fault.Is(o.Err, fault.Unavailable) {
			t.Errorf("without a maker: %v", o.Err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if f := pictures(t, a); len(f.Detail) != 1 {
		t.Errorf("%+v", f)
	}
}

// A logo is a picture like all others: what is shown is made of it.
func TestLogoIsMade(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	hall(t, dir).Close()
	a, err := app.Open(t.Context(), app.Config{Dir: dir, Pictures: picture.InProcess{}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	if err := a.SetSite(t.Context(), org.Site{}, []byte("<svg/>"), nil); fault.As(err) == nil || fault.As(err).Key != "media.picture_unknown" {
		t.Errorf("a drawing in XML: %v", err)
	}
	logo := drawing(t)
	if err := a.SetSite(t.Context(), org.Site{}, logo, nil); err != nil {
		t.Fatal(err)
	}
	if f := pictures(t, a); !f.Good || f.Args["count"] != 1 {
		t.Errorf("%+v", f)
	}
	w := httptest.NewRecorder()
	testkit.Must[http.Handler](t)(a.Handler()).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/media/"+string(media.HashOf(logo)), nil))
	if w.Code != http.StatusOK || bytes.Equal(w.Body.Bytes(), logo) {
		t.Errorf("the logo: %d, as it came: %v", w.Code, bytes.Equal(w.Body.Bytes(), logo))
	}
}
