package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// Suggestion is a document that somebody may mean who has not typed all of it.
type Suggestion struct {
	ID, Kind string
	Org      ident.Org
	Title    string
}

const (
	// maxTyped is how many characters are looked at.
	maxTyped = 40
	// maxSuggestions is how many are given; proposed how many are looked at.
	maxSuggestions = 8
	proposed       = 100
)

// Suggest lists names, then titles, in which a word begins with what was typed:
// in either script, or for names also in the letters of their readings, whole
// (lanjiang) or the first of each (lj), and last those of a surname that is
// written so abroad (tan for 陳). What cannot be looked for suggests nothing.
func Suggest(ctx context.Context, r db.Reader, typed string) (_ []Suggestion, err error) {
	defer fault.Wrap(&err, "search.Suggest")
	t := newTyping(typed)
	if len(t.terms) == 0 || len(t.terms) > maxTerms {
		return nil, nil
	}
	names, err := t.names(ctx, r)
	if err != nil || len(names) >= maxSuggestions || !t.enough() {
		return names[:min(len(names), maxSuggestions)], err
	}
	titles, err := t.titles(ctx, r)
	out := append(names, titles...)
	return out[:min(len(out), maxSuggestions)], err
}

// typing is the beginning of a query.
type typing struct {
	text  string // folded
	terms []term
}

func newTyping(typed string) typing {
	runes := []rune(strings.Join(strings.Fields(clean(typed)), " "))
	text := han.Fold(string(runes[:min(len(runes), maxTyped)]))
	t := typing{text: text}
	for _, q := range han.Query(text) {
		if p := newPhrase(q.Phrase); len(p) > 0 {
			t.terms = append(t.terms, newTerm(q, p))
		}
	}
	if n := len(t.terms); n > 0 {
		t.terms[n-1].open(text)
	}
	return t
}

// open lets the word that is being typed go on.
func (t *term) open(text string) {
	last := t.tokens[len(t.tokens)-1]
	if r, _ := utf8.DecodeLastRuneInString(last); !han.IsHan(r) && strings.HasSuffix(text, last) {
		t.prefix = true
	}
}

// enough says whether titles are looked through, which are many: not yet for
// one letter or one character.
func (t typing) enough() bool { return utf8.RuneCountInString(t.text) > 1 }

// reading is what was typed if it may be the letters of a reading, else "".
func (t typing) reading() string {
	letters := strings.NewReplacer(" ", "", "'", "", "-", "").Replace(t.text)
	if letters == "" || len(letters) > maxToken || strings.Trim(letters, "abcdefghijklmnopqrstuvwxyz") != "" {
		return ""
	}
	return letters
}

// names looks among the names.
func (t typing) names(ctx context.Context, r db.Reader) ([]Suggestion, error) {
	expr := expression(r.Engine(), inName, t.terms...)
	letters := t.reading()
	if letters != "" {
		either, star, quote := " OR ", "*", ftsString
		if r.Engine() == db.Postgres {
			either, star, quote = " | ", ":*", lexeme
		}
		expr = "(" + expr + ")" + either + "(" + quote(isRead+letters) + star + ")"
	}
	rows, err := t.ask(ctx, r, expr, `length(d.title), d.id`)
	if err != nil {
		return nil, err
	}
	rows = slices.DeleteFunc(rows, func(d documentRow) bool { return !t.begins(d.names()) && !spelled(d.names(), letters) })
	slices.SortStableFunc(rows, func(a, b documentRow) int { return cmp.Compare(t.place(a, letters), t.place(b, letters)) })
	if len(rows) >= maxSuggestions {
		return suggestions(rows), nil
	}
	more, err := t.surnamed(ctx, r, rows)
	return suggestions(append(rows, more...)), err
}

// titles looks among the titles of what is no name, the newest first.
func (t typing) titles(ctx context.Context, r db.Reader) ([]Suggestion, error) {
	rows, err := t.ask(ctx, r, expression(r.Engine(), inTitle, t.terms...), `d.at DESC, d.id DESC`)
	rows = slices.DeleteFunc(rows, func(d documentRow) bool { return d.Named || !t.begins(d.Title) })
	return suggestions(rows), err
}

func (t typing) ask(ctx context.Context, r db.Reader, expression, order string) (rows []documentRow, err error) {
	err = r.Select(ctx, &rows, `SELECT d.* FROM search_document AS d WHERE `+found(r.Engine())+` ORDER BY `+order+` LIMIT ?`, expression, proposed)
	return rows, err
}

// begins says whether each term stands in a name or title, as a whole or as the
// beginning of a word.
func (t typing) begins(names string) bool {
	for line := range strings.SplitSeq(han.Fold(names), "\n") {
		if !slices.ContainsFunc(t.terms, func(x term) bool { return !x.begins(line) }) {
			return true
		}
	}
	return false
}

func (t term) begins(line string) bool {
	for from := 0; ; {
		i := strings.Index(line[from:], t.phrase[0])
		if i < 0 {
			return false
		}
		at := from + i
		if end, ok := t.phrase.beginAt(line, at); ok && (t.prefix || !insideWord(line, end)) {
			return true
		}
		_, width := utf8.DecodeRuneInString(line[at:])
		from = at + width
	}
}

// spelled says whether a name is read with these letters from some character on.
func spelled(names, letters string) bool {
	if letters == "" {
		return false
	}
	return slices.ContainsFunc(readings(names), func(r string) bool { return strings.HasPrefix(r, isRead+letters) })
}

// place orders names: first those that begin with what was typed, then
// organisations before topics, columns and pages.
func (t typing) place(d documentRow, letters string) int {
	n := slices.Index([]string{"organisation", "topic", "column", "page"}, d.Kind) + 1
	for line := range strings.SplitSeq(han.Fold(d.names()), "\n") {
		whole := strings.Join(han.Syllables(line), "")
		if strings.HasPrefix(line, t.text) || letters != "" && strings.HasPrefix(whole, letters) {
			return n
		}
	}
	return n + 10
}

func suggestions(rows []documentRow) []Suggestion {
	out := make([]Suggestion, 0, len(rows))
	for _, d := range rows {
		out = append(out, Suggestion{ID: d.ID, Kind: d.Kind, Org: d.OrgID, Title: d.Title})
	}
	return out
}
