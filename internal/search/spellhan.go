package search

import (
	"context"
	"slices"
	"strings"

	"github.com/huiguan/huiguan/han"
)

const (
	// minSplit is how many characters a word has that may be two words.
	minSplit = 4
	// maxMended is how long a Chinese word may be that is mended.
	maxMended = 12
	// maxProbes bounds the pairs that the index is asked for at once.
	maxProbes = 1500
	// maxFollowers bounds how many pairs with the same first character are
	// looked at.
	maxFollowers = 400
)

// spellHan lists what may have been meant by a Chinese word, group by group, the
// likeliest first: another character with the same reading, one that sounds
// much the same, neighbours that changed places, one too many, one too few, any
// other character, or two words written as one.
func (n *nearest) spellHan(ctx context.Context, word []rune) ([][][]string, error) {
	if len(word) < 2 || len(word) > maxMended {
		return nil, nil
	}
	e := editor{word: word}
	broken, err := n.broken(ctx, word)
	if err != nil {
		return nil, err
	}
	e.broken = broken
	groups := [][]string{e.sound(true), e.sound(false), e.swapped(), e.shortened()}
	followers, err := n.followers(ctx, e)
	if err != nil {
		return nil, err
	}
	groups = append(groups, e.lengthened(followers), e.replaced(followers))
	var out [][][]string
	for _, g := range groups {
		kept, err := n.possible(ctx, g)
		if err != nil {
			return nil, err
		}
		out = append(out, kept)
	}
	return append(out, e.parted()), nil
}

// broken lists the pairs of a word, by their first character, that no document
// has: the mistake is in one of the two.
func (n *nearest) broken(ctx context.Context, word []rune) ([]int, error) {
	there, err := present(ctx, n.r, pairs(word))
	var out []int
	for i, p := range pairs(word) {
		if !there[p] {
			out = append(out, i)
		}
	}
	return out, err
}

func pairs(word []rune) []string {
	var out []string
	for i := 0; i+1 < len(word); i++ {
		out = append(out, string(word[i:i+2]))
	}
	return out
}

// possible keeps the words whose every pair stands in a document.
func (n *nearest) possible(ctx context.Context, words []string) ([][]string, error) {
	var asked []string
	seen := map[string]bool{}
	for i, w := range words {
		for _, p := range pairs([]rune(w)) {
			if !seen[p] {
				seen[p] = true
				asked = append(asked, p)
			}
		}
		if len(asked) > maxProbes {
			words = words[:i]
			break
		}
	}
	there, err := present(ctx, n.r, asked)
	var out [][]string
	for _, w := range words {
		if !slices.ContainsFunc(pairs([]rune(w)), func(p string) bool { return !there[p] }) {
			out = append(out, []string{w})
		}
	}
	return out, err
}

// followers are the characters that stand behind one in a title, for each
// character of the word.
func (n *nearest) followers(ctx context.Context, e editor) (map[rune][]rune, error) {
	out := map[rune][]rune{}
	for i, r := range e.word {
		if _, had := out[r]; had || !e.suspect(i+1) && !e.gap(i) {
			continue
		}
		from, to := prefixRange(string(r))
		var words []string
		err := n.r.Select(ctx, &words, `SELECT word FROM search_word WHERE word >= ? AND word < ? ORDER BY word LIMIT ?`, from, to, maxFollowers)
		if err != nil {
			return nil, err
		}
		out[r] = nil
		for _, w := range words {
			if rest := []rune(strings.TrimPrefix(w, string(r))); len(rest) == 1 && han.IsHan(rest[0]) {
				out[r] = append(out[r], rest[0])
			}
		}
	}
	return out, nil
}

// prefixRange is the range of strings, from inclusive and to exclusive, that
// begin with s. The last character of s is not the last of all.
func prefixRange(s string) (from, to string) {
	runes := []rune(s)
	runes[len(runes)-1]++
	return s, string(runes)
}

// editor changes a word by one character.
type editor struct {
	word   []rune
	broken []int // pairs that no document has
}

// suspect says whether the mistake may be the character at i: every pair that
// no document has must be one of its own.
func (e editor) suspect(i int) bool {
	if i < 0 || i >= len(e.word) {
		return false
	}
	return !slices.ContainsFunc(e.broken, func(at int) bool { return at != i && at != i-1 })
}

// gap says whether a character may be missing behind the one at i.
func (e editor) gap(i int) bool {
	return i+1 < len(e.word) && !slices.ContainsFunc(e.broken, func(at int) bool { return at != i })
}

// with is the word with another character at i.
func (e editor) with(i int, r rune) string {
	out := slices.Clone(e.word)
	out[i] = r
	return string(out)
}

// sound replaces one character by those that have the same reading, or nearly.
func (e editor) sound(same bool) []string {
	var out []string
	for i, r := range e.word {
		if !e.suspect(i) {
			continue
		}
		like, near := han.SoundAlikes(r)
		if !same {
			like = near
		}
		for _, other := range like {
			out = append(out, e.with(i, other))
		}
	}
	return out
}

// swapped lets two neighbours change places.
func (e editor) swapped() []string {
	var out []string
	for i := 0; i+1 < len(e.word); i++ {
		if e.word[i] != e.word[i+1] {
			other := slices.Clone(e.word)
			other[i], other[i+1] = other[i+1], other[i]
			out = append(out, string(other))
		}
	}
	return out
}

// shortened leaves one character out.
func (e editor) shortened() []string {
	var out []string
	for i := range e.word {
		if len(e.word) > 2 && e.suspect(i) {
			out = append(out, string(slices.Delete(slices.Clone(e.word), i, i+1)))
		}
	}
	return out
}

// lengthened puts one character in between.
func (e editor) lengthened(followers map[rune][]rune) []string {
	var out []string
	for i, r := range e.word {
		if !e.gap(i) {
			continue
		}
		for _, other := range followers[r] {
			out = append(out, string(slices.Insert(slices.Clone(e.word), i+1, other)))
		}
	}
	return out
}

// replaced puts any other character that follows the one before.
func (e editor) replaced(followers map[rune][]rune) []string {
	var out []string
	for i := 1; i+1 < len(e.word); i++ {
		if !e.suspect(i) {
			continue
		}
		for _, other := range followers[e.word[i-1]] {
			out = append(out, e.with(i, other))
		}
	}
	return out
}

// parted makes two words of one, first where no document has the pair.
func (e editor) parted() [][]string {
	if len(e.word) < minSplit {
		return nil
	}
	var likely, other [][]string
	for i := 2; i <= len(e.word)-2; i++ {
		words := []string{string(e.word[:i]), string(e.word[i:])}
		if slices.Contains(e.broken, i-1) {
			likely = append(likely, words)
		} else {
			other = append(other, words)
		}
	}
	return append(likely, other...)
}
