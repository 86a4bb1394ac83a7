package han

import (
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Syllables gives one toneless reading for each Chinese character of s, in the order of the text: 橋頭
// gives qiao, tou. A character without a reading gives "", and so does each run of other characters.
func Syllables(s string) []string {
	var out []string
	var run []rune
	gap := false
	flush := func() {
		out = append(out, syllables(run)...)
		run = run[:0]
	}
	for _, r := range s {
		if IsHan(r) {
			run, gap = append(run, r), false
			continue
		}
		if !gap {
			flush()
			out = append(out, "")
		}
		gap = true
	}
	flush()
	return out
}

// SoundAlikes lists common simplified characters that somebody may have meant who wrote r: first those with the
// same reading, whatever the tone, then those that are read nearly so, as many people's speech does not tell
// apart what others' does: n and l, z and zh, an and ang, or t and d.
func SoundAlikes(r rune) (same, near []rune) {
	table := soundData()
	r = foldRune(r)
	own := soundsOf(r)
	for _, s := range own {
		same = append(same, table.same[s]...)
	}
	for _, s := range own {
		for _, c := range table.near[roughly(s)] {
			if !slices.Contains(same, c) {
				near = append(near, c)
			}
		}
	}
	drop := func(c rune) bool { return c == r }
	return slices.DeleteFunc(unique(same), drop), slices.DeleteFunc(unique(near), drop)
}

// soundsOf are the two commonest toneless readings of a character.
func soundsOf(r rune) []string {
	out := syllables([]rune{r})
	for _, reading := range readings(r) {
		if s := toneless(reading); len(out) < 2 && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

func unique(list []rune) []rune {
	seen := make(map[rune]bool, len(list))
	return slices.DeleteFunc(list, func(r rune) bool {
		had := seen[r]
		seen[r] = true
		return had
	})
}

// roughly drops from a syllable what speakers confuse.
func roughly(s string) string {
	s = strings.TrimSuffix(s, "g")
	for _, pair := range [][2]string{{"zh", "z"}, {"ch", "z"}, {"c", "z"}, {"sh", "s"}, {"n", "l"}, {"r", "l"}, {"t", "d"}, {"p", "b"}, {"k", "g"}, {"q", "j"}, {"hui", "fei"}, {"hun", "fen"}, {"hu", "f"}} {
		if rest, ok := strings.CutPrefix(s, pair[0]); ok {
			return pair[1] + rest
		}
	}
	return s
}

type soundTable struct{ same, near map[string][]rune }

var soundData = sync.OnceValue(func() *soundTable {
	t := &soundTable{same: map[string][]rune{}, near: map[string][]rune{}}
	for r := rune(0x4E00); r <= 0x9FFF; r++ {
		if foldRune(r) != r || !common(r) {
			continue
		}
		for _, s := range soundsOf(r) {
			t.same[s] = append(t.same[s], r)
			t.near[roughly(s)] = append(t.near[roughly(s)], r)
		}
	}
	return t
})

// common says whether a simplified character is among the 6,763 of GB 2312, which are all that is written in
// everyday text.
func common(r rune) bool {
	b, err := simplifiedchinese.GBK.NewEncoder().String(string(r))
	return err == nil && len(b) == 2 && b[0] >= 0xB0 && b[0] <= 0xF7 && b[1] >= 0xA1
}
