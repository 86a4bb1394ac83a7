package main

import (
	"encoding/binary"
	"sort"
	"strings"

	"github.com/mozillazg/go-pinyin"
)

// A writer appends numbers as varints; every table is a list of them.
type writer struct{ buf []byte }

func (w *writer) uint(n int) { w.buf = binary.AppendUvarint(w.buf, uint64(n)) }
func (w *writer) sint(n int) { w.buf = binary.AppendVarint(w.buf, int64(n)) }
func (w *writer) runes(r []rune, base rune) {
	for _, c := range r {
		w.sint(int(c - base))
	}
}

// packFold writes count, then for each entry the distance from the one before, the length of the
// target, and the target as differences from the character.
func packFold(table []foldEntry) []byte {
	var w writer
	w.uint(len(table))
	last := rune(0)
	for _, e := range table {
		w.uint(int(e.r - last))
		w.uint(len(e.to))
		w.runes(e.to, e.r)
		last = e.r
	}
	return w.buf
}

// packChars writes four lists of pairs: to simplified, to traditional, and what Taiwan and Hong Kong
// write for a traditional character. The flag says that the character may also stand for itself in the
// other script. A character whose preferred form is itself needs no entry.
func packChars(d *dictionaries) []byte {
	var w writer
	w.charList(d.simplified, d.hansChar)
	w.charList(d.traditional, d.hantChar)
	for _, region := range []map[string]string{d.taiwan, d.hongKong} {
		entries := map[string][]string{}
		for key, value := range region {
			entries[key] = []string{value}
		}
		w.charList(entries, func(c string) string { return region[c] })
	}
	return w.buf
}

func (w *writer) charList(entries map[string][]string, char func(string) string) {
	var keys []string
	for _, key := range sortedKeys(entries) {
		if char(key) != key {
			keys = append(keys, key)
		}
	}
	w.uint(len(keys))
	last := rune(0)
	for _, key := range keys {
		r := []rune(key)[0]
		flag := 0
		for _, c := range entries[key] {
			if c == key {
				flag = 1
			}
		}
		w.uint(int(r - last))
		w.uint(flag)
		w.runes([]rune(char(key)), r)
		last = r
	}
}

// packPhrases writes for each phrase how many characters it shares with the one before, its own
// further characters, and the places where its value is not what the characters alone would give.
func packPhrases(list []phrase) []byte {
	var w writer
	w.uint(len(list))
	var last []rune
	for _, p := range list {
		shared := 0
		for shared < len(last) && shared < len(p.key) && last[shared] == p.key[shared] {
			shared++
		}
		w.uint(shared)
		w.uint(len(p.key) - shared)
		for _, r := range p.key[shared:] {
			w.uint(int(r))
		}
		w.exceptions(p)
		last = p.key
	}
	return w.buf
}

func (w *writer) exceptions(p phrase) {
	var at []int
	for i := range p.value {
		if p.value[i] != p.plain[i] {
			at = append(at, i)
		}
	}
	w.uint(len(at))
	for _, i := range at {
		w.uint(i)
		w.uint(int(p.value[i]))
	}
}

// readings lists the toned readings of each character, the commonest first.
func readings() map[rune][]string {
	out := map[rune][]string{}
	for r, list := range pinyin.PinyinDict {
		seen := map[string]bool{}
		for _, s := range strings.Split(list, ",") {
			if s = strings.TrimSpace(s); s != "" && !seen[s] {
				seen[s] = true
				out[rune(r)] = append(out[rune(r)], s)
			}
		}
	}
	return out
}

// packReadings writes the syllables, the distinct lists of them, and the list of each character.
func packReadings(table map[rune][]string) []byte {
	var chars []rune
	syllables, lists := map[string]int{}, map[string]int{}
	for r, list := range table {
		chars = append(chars, r)
		lists[strings.Join(list, ",")] = 0
		for _, s := range list {
			syllables[s] = 0
		}
	}
	sort.Slice(chars, func(i, j int) bool { return chars[i] < chars[j] })
	var w writer
	names := sortedKeys(syllables)
	w.uint(len(names))
	for i, s := range names {
		syllables[s] = i
		w.uint(len(s))
		w.buf = append(w.buf, s...)
	}
	keys := sortedKeys(lists)
	w.uint(len(keys))
	for i, key := range keys {
		lists[key] = i
		parts := strings.Split(key, ",")
		w.uint(len(parts))
		for _, s := range parts {
			w.uint(syllables[s])
		}
	}
	w.uint(len(chars))
	last := rune(0)
	for _, r := range chars {
		w.uint(int(r - last))
		w.uint(lists[strings.Join(table[r], ",")])
		last = r
	}
	return w.buf
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
