// Command hantables writes the packed tables of package han.
//
// It reads the dictionaries that ship with the modules longbridgeapp/opencc (conversion between
// scripts) and mozillazg/go-pinyin (readings), adds the few corrections in corrections.go, and writes
// fold.bin, chars.bin, hant.bin, hans.bin and pinyin.bin, each deflated, into the data folder of the
// package. The output depends on the pinned modules alone, so running it twice gives the same bytes.
//
//	cd tools && go run ./hantables -out ../han
package main

import (
	"bytes"
	"compress/flate"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func main() {
	out := flag.String("out", "../han", "folder of package han")
	flag.Parse()
	if err := run(context.Background(), *out); err != nil {
		fmt.Fprintln(os.Stderr, "hantables:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out string) error {
	dir, err := moduleDir(ctx, "github.com/longbridgeapp/opencc")
	if err != nil {
		return err
	}
	dict, err := loadDictionaries(filepath.Join(dir, "dictionary"))
	if err != nil {
		return err
	}
	tables := []struct {
		name string
		data []byte
	}{
		{"fold", packFold(foldTable(dict))},
		{"chars", packChars(dict)},
		{"hant", packPhrases(dict.hantPhrases())},
		{"hans", packPhrases(dict.hansPhrases())},
		{"pinyin", packReadings(readings())},
	}
	for _, table := range tables {
		packed, err := deflate(table.data)
		if err != nil {
			return err
		}
		path := filepath.Join(out, "data", table.name+".bin")
		if err := os.WriteFile(path, packed, 0o644); err != nil {
			return err
		}
		fmt.Printf("%-8s %8d bytes, packed %8d\n", table.name, len(table.data), len(packed))
	}
	return nil
}

// moduleDir asks the go command where a required module is unpacked.
func moduleDir(ctx context.Context, module string) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", module).Output()
	if err != nil {
		return "", fmt.Errorf("go list -m %s: %w", module, err)
	}
	dir := strings.TrimSpace(string(out))
	if dir == "" {
		return "", fmt.Errorf("module %s is not downloaded", module)
	}
	return dir, nil
}

func deflate(data []byte) ([]byte, error) {
	var buf bytes.Buffer
	w, err := flate.NewWriter(&buf, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}
