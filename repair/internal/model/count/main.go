// Command count writes the tables of package model from running text and a list of words with their
// frequencies. docs/repair.md names the texts that the committed tables were counted from; only the counts
// are part of the project. The same texts give the same bytes.
//
//	go run ./repair/internal/model/count -texts DIR -words jieba-dict-small.txt -out repair/internal/model/data
//
// DIR holds texts of one paragraph a line: *-hant.txt.gz in traditional characters, *-hans.txt.gz in
// simplified ones. Laws (laws-*) are long and speak one language, and prose (prose-*) is that of one author, so each
// counts for less than a sentence of everyday text does.
package main

import (
	"bufio"
	"compress/gzip"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"
)

func main() {
	texts := flag.String("texts", "", "folder of *-hant.txt.gz and *-hans.txt.gz")
	words := flag.String("words", "", "list of words: word, frequency, anything")
	out := flag.String("out", "repair/internal/model/data", "folder of the tables")
	flag.Parse()
	if err := run(*texts, *words, *out); err != nil {
		fmt.Fprintln(os.Stderr, "count:", err)
		os.Exit(1)
	}
}

func run(texts, words, out string) error {
	c := newCounts()
	files, err := filepath.Glob(filepath.Join(texts, "*-han[st].txt.gz"))
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("no texts in %q", texts)
	}
	for _, name := range files {
		if err := c.readText(name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := c.readWords(words); err != nil {
		return fmt.Errorf("%s: %w", words, err)
	}
	for name, table := range map[string][]byte{"pairs": c.packPairs(), "words": c.packWords(), "forms": c.packForms()} {
		if err := os.WriteFile(filepath.Join(out, name+".bin"), table, 0o644); err != nil {
			return err
		}
		fmt.Printf("%-6s %8d bytes\n", name, len(table))
	}
	return nil
}

func (c *counts) readText(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	weight := everyday
	switch kind, _, _ := strings.Cut(filepath.Base(name), "-"); kind {
	case "laws":
		weight = laws
	case "prose":
		weight = prose
	}
	script := hant
	if strings.HasSuffix(name, "-hans.txt.gz") {
		script = hans
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<24)
	chars := 0
	for lines.Scan() {
		chars += c.text(lines.Text(), script, weight)
	}
	fmt.Printf("%-24s %8d characters, each counts %g\n", filepath.Base(name), chars, weight)
	return lines.Err()
}

// misreadTag marks characters of the dictionary that nobody knows a word for. Many are what is left of UTF-8 read
// as GBK, such as 銆 and 紝, which would teach the model that damage is ordinary.
const misreadTag = "zg"

func (c *counts) readWords(name string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		if len(fields) > 2 && fields[2] == misreadTag && utf8.RuneCountInString(fields[0]) == 1 {
			continue
		}
		frequency, err := strconv.ParseFloat(fields[1], 64)
		if err != nil {
			return fmt.Errorf("%q: %w", line, err)
		}
		c.word(fields[0], frequency)
		n++
	}
	fmt.Printf("%-24s %8d words\n", filepath.Base(name), n)
	return nil
}
