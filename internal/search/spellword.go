package search

import (
	"cmp"
	"context"
	"slices"
	"unicode/utf8"

	"github.com/huiguan/huiguan/internal/db"
)

const (
	// shortWord is how long a word must be that is mended by one letter, and
	// longWord by two.
	shortWord, longWord = 4, 8
	// maxNeighbours bounds how many words of the vocabulary are compared.
	maxNeighbours = 20000
)

// spellWord lists what may have been meant by a word of other scripts: first
// the words one letter away, then those two letters away, then two words.
func (n *nearest) spellWord(ctx context.Context, word string) ([][][]string, error) {
	length := utf8.RuneCountInString(word)
	if length < shortWord {
		return nil, nil
	}
	most := 1
	if length >= longWord {
		most = 2
	}
	words, err := n.neighbours(ctx, word, most)
	if err != nil {
		return nil, err
	}
	groups := make([][][]string, most)
	for _, w := range words {
		if d := distance([]rune(word), []rune(w), most); d > 0 && d <= most {
			groups[d-1] = append(groups[d-1], []string{w})
		}
	}
	parted, err := n.twoWords(ctx, word)
	return append(groups, parted), err
}

// neighbours are the words of about that length that begin alike, and those that
// differ in the first letter alone, the nearest in length first.
func (n *nearest) neighbours(ctx context.Context, word string, most int) ([]string, error) {
	from, to := prefixRange(string(firstRune(word)))
	length := utf8.RuneCountInString(word)
	var words, others []string
	err := n.r.Select(ctx, &words, `SELECT word FROM search_word WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ? ORDER BY word LIMIT ?`,
		from, to, length-most, length+most, maxNeighbours)
	if err != nil {
		return nil, err
	}
	err = n.r.Select(ctx, &others, `SELECT word FROM search_word WHERE word IN (?) ORDER BY word`, db.List(otherStarts([]rune(word))))
	words = append(words, others...)
	slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(apart(a, length), apart(b, length)) })
	return words, err
}

func apart(word string, length int) int {
	d := utf8.RuneCountInString(word) - length
	return max(d, -d)
}

// otherStarts are the words that come of one mistake at the first letter.
func otherStarts(word []rune) []string {
	out := []string{string(word[1:]), string(word[1]) + string(word[0]) + string(word[2:])}
	for c := 'a'; c <= 'z'; c++ {
		out = append(out, string(c)+string(word[1:]), string(c)+string(word))
	}
	return out
}

// twoWords parts a word where both halves are words.
func (n *nearest) twoWords(ctx context.Context, word string) ([][]string, error) {
	var halves [][]string
	var all []string
	runes := []rune(word)
	for i := minWord; i <= len(runes)-minWord; i++ {
		a, b := string(runes[:i]), string(runes[i:])
		halves, all = append(halves, []string{a, b}), append(all, a, b)
	}
	there, err := present(ctx, n.r, all)
	return slices.DeleteFunc(halves, func(h []string) bool { return !there[h[0]] || !there[h[1]] }), err
}

// distance counts the letters to be put in, left out, changed or swapped with
// their neighbour to make b of a; beyond most it is most+1.
func distance(a, b []rune, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			change := 1
			if a[i] == b[j] {
				change = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+change)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		if slices.Min(row) > most {
			return most + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
