package main

import (
	"bytes"
	"compress/flate"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func testDictionaries(t *testing.T) *dictionaries {
	t.Helper()
	dir, err := moduleDir(t.Context(), "github.com/longbridgeapp/opencc")
	if err != nil {
		t.Skip("the dictionaries are absent: ", err)
	}
	d, err := loadDictionaries(filepath.Join(dir, "dictionary"))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The files in the tree are what the generator writes now.
func TestTablesAreCurrent(t *testing.T) {
	t.Parallel()
	d := testDictionaries(t)
	tables := map[string][]byte{
		"fold": packFold(foldTable(d)), "chars": packChars(d), "hant": packPhrases(d.hantPhrases()),
		"hans": packPhrases(d.hansPhrases()), "pinyin": packReadings(readings()),
	}
	for name, want := range tables {
		data, err := os.ReadFile(filepath.Join("..", "..", "han", "data", name+".bin"))
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(flate.NewReader(bytes.NewReader(data)))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s.bin is not what the generator writes: run go generate ./han", name)
		}
	}
}

func TestCorrectionsKeepTheirLength(t *testing.T) {
	t.Parallel()
	for _, list := range []map[string]string{hantCorrections(), hansCorrections()} {
		for key, value := range list {
			if len([]rune(key)) != len([]rune(value)) {
				t.Errorf("%s becomes %s", key, value)
			}
		}
	}
}

func TestFoldMergesCandidates(t *testing.T) {
	t.Parallel()
	f := folder{testDictionaries(t)}
	for r, want := range map[rune]string{
		'會': "会", '覆': "复", '著': "着", '戸': "户", 'Ａ': "a", '…': "...", '〇': "零", '会': "会", '㈱': "(株)",
	} {
		if got, simple := f.rune(r); got != want || !simple {
			t.Errorf("%q folds to %q, %v", r, got, simple)
		}
	}
	for _, r := range []rune{0x0301, 0x1161, 0x200B, 0xFE00, 0xFF9E} {
		if _, simple := f.rune(r); simple {
			t.Errorf("%U does not stand by itself", r)
		}
	}
}

func TestPairs(t *testing.T) {
	t.Parallel()
	got := pairs("戸户 于于 舖铺")
	if len(got) != 2 || got["戸"] != "户" || got["舖"] != "铺" {
		t.Errorf("%v", got)
	}
}

func TestReadDictionary(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "d.txt")
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("后\t後 后\n\n开户 開戶\n")
	entries, err := readDictionary(path)
	if err != nil || len(entries) != 2 || entries["后"][1] != "后" || entries["开户"][0] != "開戶" {
		t.Errorf("%v, %v", entries, err)
	}
	write("后\n")
	if _, err := readDictionary(path); err == nil {
		t.Error("a line without a value was taken")
	}
}

func TestPackingIsDeterministic(t *testing.T) {
	t.Parallel()
	table := readings()
	if !bytes.Equal(packReadings(table), packReadings(table)) {
		t.Error("two runs differ")
	}
}
