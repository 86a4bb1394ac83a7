package search

import (
	"context"
	"slices"
	"strings"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/db"
)

// surnamed looks among the names for those of a surname that somewhere is
// written as was typed: tan finds 陳氏宗親會. It is asked only where the names
// themselves are too few, and skips those that are known.
func (t typing) surnamed(ctx context.Context, r db.Reader, known []documentRow) ([]documentRow, error) {
	surnames := han.Surnames(t.text)
	if len(surnames) == 0 {
		return nil, nil
	}
	quote, either, star := ftsString, " OR ", "*"
	if r.Engine() == db.Postgres {
		quote, either, star = lexeme, " | ", ":*"
	}
	var any []string
	for i, s := range surnames {
		surnames[i] = han.Fold(s)
		// A compound surname is one pair of the index, a single one begins pairs.
		any = append(any, quote(inName+surnames[i])+star)
	}
	rows, err := t.ask(ctx, r, strings.Join(any, either), `length(d.title), d.id`)
	return slices.DeleteFunc(rows, func(d documentRow) bool {
		return slices.ContainsFunc(known, func(k documentRow) bool { return k.Seq == d.Seq }) || !bears(d.names(), surnames)
	}), err
}

// bears says whether one of the names is a person's with such a surname, or says
// it to be one: 陳氏.
func bears(names string, surnames []string) bool {
	for line := range strings.SplitSeq(names, "\n") {
		person, _ := han.SplitName(line)
		for _, s := range surnames {
			if han.Fold(person.Surname) == s || strings.Contains(han.Fold(line), s+"氏") {
				return true
			}
		}
	}
	return false
}
