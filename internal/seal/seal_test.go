package seal

import (
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

var home = Place{Table: "account", Row: "lin", Column: "totp"}

// What is sealed opens where it belongs, and nowhere else.
func TestSealAndOpen(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "keys")
	box := Open(dir).For("codes")
	if _, err := box.Open("1.AAAA", home); !errors.Is(err, ErrNoKey) {
		t.Fatalf("opening makes no key: %v", err)
	}
	sealed, err := box.Seal("JBSWY3DPEHPK3PXP", home)
	if err != nil || strings.Contains(sealed, "JBSW") {
		t.Fatal(sealed, err)
	}
	again, _ := box.Seal("JBSWY3DPEHPK3PXP", home)
	if again == sealed {
		t.Error("the same text sealed twice looks the same")
	}
	other := Open(dir)
	if plain, err := other.For("codes").Open(sealed, home); err != nil || plain != "JBSWY3DPEHPK3PXP" {
		t.Errorf("after a restart: %q %v", plain, err)
	}
	for _, at := range []Place{{"account", "chen", "totp"}, {"account", "lin", "password"}, {"accountl", "in", "totp"}, {}} {
		if _, err := other.For("codes").Open(sealed, at); !errors.Is(err, ErrBroken) {
			t.Errorf("%+v opens it: %v", at, err)
		}
	}
	if _, err := other.For("mail").Open(sealed, home); !errors.Is(err, ErrBroken) {
		t.Errorf("another purpose opens it: %v", err)
	}
	if _, err := Open(filepath.Join(dir, "other")).For("codes").Seal("x", home); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(filepath.Join(dir, "other")).For("codes").Open(sealed, home); !errors.Is(err, ErrBroken) {
		t.Errorf("another key opens it: %v", err)
	}
}

// Every changed bit is noticed.
func TestTampering(t *testing.T) {
	t.Parallel()
	box := Open(t.TempDir()).For("codes")
	sealed, err := box.Seal("JBSWY3DPEHPK3PXP", home)
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(sealed, version))
	for i := range len(raw) * 8 {
		raw[i/8] ^= 1 << (i % 8)
		if _, err := box.Open(version+base64.RawURLEncoding.EncodeToString(raw), home); !errors.Is(err, ErrBroken) {
			t.Errorf("bit %d: %v", i, err)
		}
		raw[i/8] ^= 1 << (i % 8)
	}
	for _, s := range []string{"", "1.", "2." + sealed[2:], sealed[:len(sealed)-1], sealed + "A", "1.!!!"} {
		if _, err := box.Open(s, home); !errors.Is(err, ErrBroken) {
			t.Errorf("%q: %v", s, err)
		}
	}
}

// The key is made once, however many begin at the same time, for its owner alone.
func TestTheKeyIsMadeOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	sealed := make([]string, 8)
	var wg sync.WaitGroup
	for i := range sealed {
		wg.Go(func() { sealed[i], _ = Open(dir).For("codes").Seal("x", home) })
	}
	wg.Wait()
	for _, s := range sealed {
		if plain, err := Open(dir).For("codes").Open(s, home); err != nil || plain != "x" {
			t.Errorf("%q %v", plain, err)
		}
	}
	files, _ := os.ReadDir(dir)
	if len(files) != 1 {
		t.Fatalf("%d files are left", len(files))
	}
	if info, _ := files[0].Info(); info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	if err := os.WriteFile(filepath.Join(dir, keyFile), []byte("nonsense"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir).For("codes").Seal("x", home); err == nil {
		t.Error("a broken key is taken")
	}
}
