package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// dictionaries holds what is used of the conversion data, the first candidate of an entry being the
// preferred one.
type dictionaries struct {
	simplified  map[string][]string // character, traditional to simplified
	traditional map[string][]string // character, simplified to traditional
	taiwan      map[string]string   // traditional character to the form preferred in Taiwan
	hongKong    map[string]string   // traditional character to the form preferred in Hong Kong
	toHant      map[string]string   // phrases, simplified to traditional
	toHans      map[string]string   // phrases, traditional to simplified
	variants    map[string]string   // regional and old forms to the character the other tables know
}

func loadDictionaries(dir string) (*dictionaries, error) {
	files := map[string]map[string][]string{}
	for _, name := range []string{
		"STCharacters", "TSCharacters", "STPhrases", "TSPhrases", "TWVariants", "HKVariants", "HKVariantsRev",
	} {
		entries, err := readDictionary(filepath.Join(dir, name+".txt"))
		if err != nil {
			return nil, err
		}
		files[name] = entries
	}
	d := &dictionaries{
		simplified:  files["TSCharacters"],
		traditional: files["STCharacters"],
		taiwan:      firsts(files["TWVariants"]),
		hongKong:    firsts(files["HKVariants"]),
		toHant:      firsts(files["STPhrases"]),
		toHans:      firsts(files["TSPhrases"]),
		variants:    firsts(files["HKVariantsRev"]),
	}
	d.correct()
	return d, nil
}

// readDictionary reads "key<tab>value value ..." lines; a line in another form is a fault in the file.
func readDictionary(path string) (map[string][]string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	entries := map[string][]string{}
	for n, line := range strings.Split(string(data), "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		key, value, ok := strings.Cut(line, "\t")
		if !ok || value == "" {
			// One entry of the additions is written with a space for the tab.
			if key, value, ok = strings.Cut(line, " "); !ok {
				return nil, fmt.Errorf("%s:%d: no tab", path, n+1)
			}
		}
		entries[key] = strings.Fields(value)
	}
	return entries, nil
}

func firsts(entries map[string][]string) map[string]string {
	out := make(map[string]string, len(entries))
	for key, values := range entries {
		out[key] = values[0]
	}
	return out
}

// correct lays our corrections over the data and drops entries that a phrase table cannot use.
func (d *dictionaries) correct() {
	for key, value := range d.variants {
		if _, ok := d.simplified[key]; !ok && len(d.simplified[value]) > 0 {
			d.simplified[key] = d.simplified[value][:1]
		}
	}
	for key, value := range variantPairs() {
		d.variants[key] = value
	}
	for key, value := range hantCorrections() {
		d.toHant[key] = value
	}
	for key, value := range hansCorrections() {
		d.toHans[key] = value
	}
	d.simplified["著"] = []string{"着", "著"}
	// 么 as Taiwan writes 幺 would be taken for a simplified 麼 by the next conversion.
	delete(d.taiwan, "幺")
	for key, value := range hongKongCorrections() {
		d.hongKong[key] = value
	}
	for key, value := range d.hongKong {
		if key == value {
			delete(d.hongKong, key)
		}
	}
	for _, phrases := range []map[string]string{d.toHant, d.toHans} {
		for key, value := range phrases {
			if utf8.RuneCountInString(key) < 2 || utf8.RuneCountInString(key) != utf8.RuneCountInString(value) {
				delete(phrases, key)
			}
		}
	}
}

// hantChar is the traditional form of a character that the dictionaries prefer before a region's own
// forms are laid over it.
func (d *dictionaries) hantChar(c string) string {
	if t, ok := d.traditional[c]; ok {
		return t[0]
	}
	return c
}

func (d *dictionaries) hansChar(c string) string {
	if s, ok := d.simplified[c]; ok {
		return s[0]
	}
	return c
}

// A phrase is a key of two or more characters, its value, and the value that going character by
// character would give; only the difference is stored.
type phrase struct{ key, value, plain []rune }

func (d *dictionaries) hantPhrases() []phrase { return phrases(d.toHant, d.hantChar) }
func (d *dictionaries) hansPhrases() []phrase { return phrases(d.toHans, d.hansChar) }

func phrases(entries map[string]string, char func(string) string) []phrase {
	out := make([]phrase, 0, len(entries))
	for _, key := range sortedKeys(entries) {
		plain := []rune{}
		for _, r := range key {
			plain = append(plain, []rune(char(string(r)))...)
		}
		out = append(out, phrase{[]rune(key), []rune(entries[key]), plain})
	}
	return out
}
