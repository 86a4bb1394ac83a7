package search

import (
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
)

// term is one word or quoted phrase that a document must have.
type term struct {
	text   string // folded
	tokens []string
	prefix bool // the last token may be the beginning of a longer one
	phrase phrase
	// proved says that the index alone shows the phrase to stand together.
	proved bool
}

// parse reads what a reader typed.
func parse(text string) ([]term, error) {
	text = strings.TrimSpace(clean(text))
	if utf8.RuneCountInString(text) > maxQuery {
		return nil, fault.New(fault.Invalid, "search.query_too_long", fault.Args{"max": maxQuery})
	}
	var terms []term
	seen := map[string]bool{}
	for _, q := range han.Query(text) {
		if p := newPhrase(q.Phrase); len(p) > 0 && !seen[q.Phrase] {
			seen[q.Phrase] = true
			terms = append(terms, newTerm(q, p))
		}
	}
	if len(terms) == 0 {
		return nil, fault.New(fault.Invalid, "search.empty_query", nil)
	}
	if len(terms) > maxTerms {
		return nil, fault.New(fault.Invalid, "search.too_many_words", fault.Args{"max": maxTerms})
	}
	return terms, nil
}

func newTerm(q han.QueryTerm, p phrase) term {
	t := term{text: q.Phrase, prefix: q.Prefix, phrase: p, proved: len(q.Tokens) == 1 && len(p) == 1 && q.Tokens[0] == p[0]}
	for _, token := range q.Tokens {
		short := bound(token)
		t.proved = t.proved && short == token
		t.tokens = append(t.tokens, short)
	}
	return t
}

// unproved lists the phrases whose adjacency must be checked on the text.
func unproved(terms []term) []phrase {
	var out []phrase
	for _, t := range terms {
		if !t.proved {
			out = append(out, t.phrase)
		}
	}
	return out
}

func phrases(terms []term) []phrase {
	out := make([]phrase, 0, len(terms))
	for _, t := range terms {
		out = append(out, t.phrase)
	}
	return out
}

// expression asks the engine's index for all tokens of the terms, each behind
// the mark.
func expression(engine db.Engine, mark string, terms ...term) string {
	and, star, quote := " AND ", "*", ftsString
	if engine == db.Postgres {
		and, star, quote = " & ", ":*", lexeme
	}
	var all []string
	for _, t := range terms {
		for i, token := range t.tokens {
			word := quote(mark + token)
			if t.prefix && i == len(t.tokens)-1 {
				word += star
			}
			all = append(all, word)
		}
	}
	return strings.Join(all, and)
}

// ftsString quotes a token for an FTS5 expression.
func ftsString(token string) string { return `"` + strings.ReplaceAll(token, `"`, `""`) + `"` }
