package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ingest"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
)

// hall is a federation with one page taken in.
func hall(t *testing.T, dir string) *app.App {
	t.Helper()
	a, err := app.Open(t.Context(), app.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	if _, err := a.Org.Init(t.Context(), org.InitParams{Names: org.Names{Hant: "青溪同鄉會"}}); err != nil {
		t.Fatal(err)
	}
	page := ingest.File{Name: "p.txt", Data: []byte("元宵燈會\n\n時間：2025-02-13\n\n2月12日，同鄉會在會館舉辦燈會，鄉親85人參加。\n")}
	if _, err := a.Importer().Import(t.Context(), page, ingest.Options{Publish: true}); err != nil {
		t.Fatal(err)
	}
	return a
}

// blobs lists the kept files.
func blobs(t *testing.T, dir string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "blobs", "??", "*"))
	if err != nil || len(found) == 0 {
		t.Fatal(found, err)
	}
	return found
}

func TestDoctorNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	a := hall(t, dir)
	if err := os.WriteFile(blobs(t, dir)[0], []byte("bent"), 0o600); err != nil {
		t.Fatal(err)
	}
	findings, err := a.Doctor(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	bad := 0
	for _, f := range findings {
		for _, p := range f.Detail {
			bad++
			for _, l := range locale.Langs {
				if text := l.T(p.Key, p.Args); strings.ContainsAny(text, "⟦{") {
					t.Errorf("%s in %s: %s", p.Key, l, text)
				}
			}
		}
	}
	if bad != 1 {
		t.Errorf("%d problems", bad)
	}
	if _, err := a.Backup(t.Context(), filepath.Join(t.TempDir(), "b")); fault.As(err) == nil || fault.As(err).Key != "app.backup_blob" {
		t.Errorf("a backup without the file: %v", err)
	}
}

// A backup that is cut, changed, or not whole restores nothing.
func TestRestoreTakesWholeBackupsOnly(t *testing.T) {
	t.Parallel()
	a, dir := hall(t, t.TempDir()), t.TempDir()
	file := filepath.Join(dir, "good")
	if _, err := a.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	bent := append([]byte(nil), good...)
	bent[len(bent)/2] ^= 1
	for name, data := range map[string][]byte{"cut": good[:len(good)/2], "bent": bent, "empty": nil, "text": []byte("no backup")} {
		path, target := filepath.Join(dir, name), filepath.Join(dir, name+"-data")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := app.Restore(t.Context(), app.Config{Dir: target}, path); fault.As(err) == nil || fault.As(err).Key != "app.backup_damaged" {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(target); !os.IsNotExist(err) {
			t.Errorf("%s left something behind", name)
		}
	}
	if _, err := app.Restore(t.Context(), app.Config{Dir: filepath.Join(dir, "whole")}, file); err != nil {
		t.Error(err)
	}
}
