package search

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/db"
)

const (
	// minWord and maxWord bound the words that are kept for mending others.
	minWord, maxWord = 3, 30
	// maxWords bounds how many a document adds.
	maxWords = 2000
)

// vocabulary lists the words of a document that mistyped ones are mended by:
// the pairs of its names, and all words that are not Chinese. Chinese pairs of
// the body are not kept: they would be many times as many, and the index itself
// says whether one is there.
func vocabulary(names string, parts []part) []string {
	seen := map[string]bool{}
	var out []string
	keep := func(tokens []string, pairs bool) {
		for _, token := range tokens {
			if len(out) < maxWords && worthKeeping(token, pairs) && !seen[token] {
				seen[token] = true
				out = append(out, token)
			}
		}
	}
	keep(han.Tokens(nil, names), true)
	for _, p := range parts {
		keep(p.tokens, false)
	}
	return out
}

func worthKeeping(token string, pairs bool) bool {
	r, width := utf8.DecodeRuneInString(token)
	switch {
	case han.IsHan(r):
		return pairs && width < len(token)
	case r >= firstMark && r <= lastMark:
		return false
	}
	n := utf8.RuneCountInString(token)
	return n >= minWord && n <= maxWord && strings.Trim(token, "0123456789") != ""
}

// forget deletes the words of a document that is gone which no other says.
func forget(ctx context.Context, tx *db.Tx, had, now []string) error {
	keep := map[string]bool{}
	for _, w := range now {
		keep[w] = true
	}
	var asked []string
	for _, w := range had {
		if !keep[w] {
			asked = append(asked, w)
		}
	}
	there, err := present(ctx, tx, asked)
	if err != nil {
		return err
	}
	for _, w := range asked {
		if there[w] {
			continue
		}
		if _, err := tx.Exec(ctx, `DELETE FROM search_word WHERE word = ?`, w); err != nil {
			return err
		}
	}
	return nil
}

// present says which tokens stand in any document.
func present(ctx context.Context, r db.Reader, tokens []string) (map[string]bool, error) {
	one, quote := `SELECT ? AS n WHERE EXISTS (SELECT 1 FROM search_index WHERE search_index MATCH ?)`, ftsString
	if r.Engine() == db.Postgres {
		one, quote = `SELECT ?::int AS n WHERE search_has(?::tsquery)`, lexeme
	}
	out := make(map[string]bool, len(tokens))
	for from := 0; from < len(tokens); from += 100 {
		some := tokens[from:min(from+100, len(tokens))]
		var args []any
		for i, t := range some {
			args = append(args, from+i, quote(t))
		}
		var found []int
		if err := r.Select(ctx, &found, strings.Repeat(one+` UNION ALL `, len(some)-1)+one, args...); err != nil {
			return nil, err
		}
		for _, n := range found {
			out[tokens[n]] = true
		}
	}
	return out, nil
}
