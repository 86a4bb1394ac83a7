package han

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	cases := []struct{ in, want string }{
		{"", ""},
		{"會館", "会馆 馆"},
		{"會館門", "会馆 馆门 门"},
		{"會", "会"},
		{"Lantern Night", "lantern night"},
		{"8月9日", "8 月 9 日"},
		{"covid疫苗", "covid 疫苗 苗"},
		{"會，館", "会 馆"},
		{"A4紙", "a4 纸"},
		{"３樓", "3 楼"},
		{"café", "café"},
		{"cafe\u0301", "café"},
		{"會 館", "会 馆"},
		{"ひらがな", "ひらがな"},
		{"한글", "한글"},
		{"！？", ""},
		{"𠀀會", "𠀀会 会"},
		{"o'clock", "o clock"},
		{"1,200", "1 200"},
		{"a—b", "a b"},
		{"“燈”", "灯"},
	}
	for _, c := range cases {
		if got := strings.Join(Tokens(nil, c.in), " "); got != c.want {
			t.Errorf("Tokens(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestTokensAppends(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff([]string{"title", "灯会", "会"}, Tokens([]string{"title"}, "燈會")); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestSpans(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom([]rune("會館a1， 𠀀É"))).Draw(t, "s")
		var texts []string
		for _, token := range Spans(nil, s) {
			if Fold(s)[token.Start:token.End] != token.Text {
				t.Fatalf("%q: %+v", s, token)
			}
			texts = append(texts, token.Text)
		}
		if !slices.Equal(texts, Tokens(nil, s)) {
			t.Fatalf("%q: %q", s, texts)
		}
	})
}

func TestQuery(t *testing.T) {
	t.Parallel()
	cases := []struct {
		in   string
		want []QueryTerm
	}{
		{"", nil},
		{"  ！？ ", nil},
		{"燈會", []QueryTerm{{Tokens: []string{"灯会"}, Phrase: "灯会"}}},
		{"元宵燈會", []QueryTerm{{Tokens: []string{"元宵", "宵灯", "灯会"}, Phrase: "元宵灯会"}}},
		{"燈", []QueryTerm{{Tokens: []string{"灯"}, Prefix: true, Phrase: "灯"}}},
		{"石橋 LANTERN", []QueryTerm{
			{Tokens: []string{"石桥"}, Phrase: "石桥"}, {Tokens: []string{"lantern"}, Phrase: "lantern"},
		}},
		{"石橋　燈會", []QueryTerm{{Tokens: []string{"石桥"}, Phrase: "石桥"}, {Tokens: []string{"灯会"}, Phrase: "灯会"}}},
		{"“lantern night”燈會", []QueryTerm{
			{Tokens: []string{"lantern", "night"}, Phrase: "lantern night"}, {Tokens: []string{"灯会"}, Phrase: "灯会"},
		}},
		{"「石橋 燈」", []QueryTerm{{Tokens: []string{"石桥", "灯"}, Prefix: true, Phrase: "石桥 灯"}}},
		{`"night`, []QueryTerm{{Tokens: []string{"night"}, Phrase: "night"}}},
		{`＂lantern night＂`, []QueryTerm{{Tokens: []string{"lantern", "night"}, Phrase: "lantern night"}}},
		{"8月", []QueryTerm{{Tokens: []string{"8", "月"}, Prefix: true, Phrase: "8月"}}},
		{"第3屆", []QueryTerm{{Tokens: []string{"第", "3", "届"}, Prefix: true, Phrase: "第3届"}}},
		{"燈會」", []QueryTerm{{Tokens: []string{"灯会"}, Phrase: "灯会"}}},
		{"““", nil},
		{`""`, nil},
	}
	for _, c := range cases {
		if diff := cmp.Diff(c.want, Query(c.in)); diff != "" {
			t.Errorf("Query(%q) (-want +got)\n%s", c.in, diff)
		}
	}
}

// Any piece of a text, asked for, is found by its tokens; that is what index and query promise each
// other.
func TestQueryFindsEveryPiece(t *testing.T) {
	t.Parallel()
	text := []rune("石橋鎮同鄉會8月9日在LANTERN館辦燈會，第3屆。")
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.IntRange(0, len(text)-1).Draw(t, "from")
		to := rapid.IntRange(from+1, len(text)).Draw(t, "to")
		if cutsWord(text, from) || cutsWord(text, to) {
			t.Skip()
		}
		index := Tokens(nil, string(text))
		for _, term := range Query(string(text[from:to])) {
			for i, token := range term.Tokens {
				prefix := term.Prefix && i == len(term.Tokens)-1
				if !slices.ContainsFunc(index, func(have string) bool {
					return have == token || prefix && strings.HasPrefix(have, token)
				}) {
					t.Fatalf("%q: token %q of %+v is not in %q", string(text[from:to]), token, term, index)
				}
			}
		}
	})
}

// cutsWord says whether a cut at i goes through a Latin word, which is only found whole.
func cutsWord(text []rune, i int) bool {
	word := func(r rune) bool { return r < 0x80 }
	return i > 0 && i < len(text) && word(text[i-1]) && word(text[i])
}
