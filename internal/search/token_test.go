package search

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPartsEndBetweenWords(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		body string
		want []int // characters of each part
	}{
		"empty":         {"", []int{0}},
		"short":         {"茶會", []int{2}},
		"exactly one":   {strings.Repeat("茶", partRunes), []int{partRunes}},
		"one more":      {strings.Repeat("茶", partRunes+1), []int{partRunes, 1}},
		"at the stop":   {strings.Repeat("茶", 3990) + "。" + strings.Repeat("茶", 100), []int{3991, 100}},
		"stop too far":  {strings.Repeat("茶", 3000) + "。" + strings.Repeat("茶", 2000), []int{partRunes, 1001}},
		"before a word": {strings.Repeat("茶 ", 1998) + "lanterns everywhere", []int{3996, 19}},
	} {
		parts := split(documentRow{}, tt.body)
		whole, sizes := "", []int{}
		for _, p := range parts {
			whole += p.body
			sizes = append(sizes, utf8.RuneCountInString(p.body))
		}
		if whole != tt.body || !slices.Equal(sizes, tt.want) {
			t.Errorf("%s: parts of %v, want %v", name, sizes, tt.want)
		}
	}
}

func TestTokensOfAPart(t *testing.T) {
	t.Parallel()
	got := split(documentRow{Title: "燈會"}, "茶會，茶會。茶會 Tea tea")[0].tokens
	want := []string{"茶会", "会", "tea", "灯会", inTitle + "灯会", inTitle + "会", isOften + "茶会", isOften + "会"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	long := split(documentRow{}, strings.Repeat("會", 1)+strings.Repeat("é", 200))[0].tokens
	for _, token := range long {
		if len(token) > maxToken || !utf8.ValidString(token) {
			t.Errorf("%q", token)
		}
	}
}

func TestQuotedForTheEngine(t *testing.T) {
	t.Parallel()
	if got := lexeme(`it's \ here`); got != `'it''s \\ here'` {
		t.Error(got)
	}
	if got := ftsString(`say "x"`); got != `"say ""x"""` {
		t.Error(got)
	}
}
