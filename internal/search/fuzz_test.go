package search

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/huiguan/huiguan/internal/db"
)

// Whatever is typed, the terms are words, the expressions for either engine
// hold nothing of it outside quotation marks, and what is made of it is valid
// text.
func FuzzTyped(f *testing.F) {
	for _, seed := range []string{"座談會", "“school fair", "a OR b", `"`, "法+僑", "Ｂｏ\u0301ston 2026年", "'; --", "\x00\xff", "\ue000座", "𠀀𠀁", "ljs", "é́"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		terms, err := parse(typed)
		if err == nil {
			check(t, terms)
			e := editor{word: []rune(terms[0].phrase[0])}
			for _, word := range append(e.swapped(), e.shortened()...) {
				if !utf8.ValidString(word) {
					t.Errorf("%q became %q", typed, word)
				}
			}
		}
		typing := newTyping(typed)
		if len(typing.terms) > 0 {
			check(t, typing.terms)
			typing.begins(typed)
			spelled(typed, typing.reading())
		}
		for _, token := range append(readings(clean(typed)), vocabulary(clean(typed), split(documentRow{}, clean(typed)))...) {
			if len(token) > maxToken+len(isRead) || strings.ContainsAny(token, " \t\n") || !utf8.ValidString(token) {
				t.Errorf("%q gives the token %q", typed, token)
			}
		}
	})
}

func check(t *testing.T, terms []term) {
	t.Helper()
	for engine, quote := range map[db.Engine]string{db.SQLite: `"`, db.Postgres: `'`} {
		expr := expression(engine, inTitle, terms...)
		outside := ""
		for i, piece := range strings.Split(strings.NewReplacer(quote+quote, "", `\\`, "").Replace(expr), quote) {
			if i%2 == 0 {
				outside += piece
			}
		}
		if strings.Trim(outside, " *:&AND") != "" || len(terms[0].tokens) == 0 || len(terms[0].phrase) == 0 {
			t.Errorf("%s: %q has %q outside quotation marks", engine, expr, outside)
		}
	}
}
