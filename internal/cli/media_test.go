package cli_test

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/media"
)

// keepOldPicture is `old-picture DIR KIND`: it keeps a file in a data folder as
// pictures were kept before they had public forms.
func keepOldPicture(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: old-picture DIR KIND")
	}
	dir, ctx := ts.MkAbs(args[0]), context.Background()
	d, err := db.Open(ctx, db.Config{Dir: dir})
	ts.Check(err)
	defer d.Close()
	store, err := media.Open(filepath.Join(dir, "blobs"))
	ts.Check(err)
	defer store.Close()
	data := []byte("no picture at all")
	if args[1] == "sound" {
		var b bytes.Buffer
		ts.Check(jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 900, 500)), nil))
		data = b.Bytes()
	}
	staged, err := store.Stage(data, "image/jpeg")
	ts.Check(err)
	ts.Check(d.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return store.Keep(ctx, tx, staged) }))
}

// How long a reader's picture waits for the program to start once more.
func BenchmarkWorkerStart(b *testing.B) {
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		cmd := exec.CommandContext(b.Context(), self)
		cmd.Args = []string{"huiguan", "worker"}
		if out, err := cmd.Output(); err != nil || !bytes.Contains(out, []byte("picture_unknown")) {
			b.Fatal(string(out), err)
		}
	}
}
