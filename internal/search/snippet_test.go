package search

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/huiguan/huiguan/han"
)

// looking makes the phrases of a query.
func looking(t testing.TB, query string) []phrase {
	t.Helper()
	terms, err := parse(query)
	if err != nil {
		t.Fatal(err)
	}
	return phrases(terms)
}

// bracketed shows a snippet with its marks.
func bracketed(s string, marks [][2]int) string {
	var b strings.Builder
	at := 0
	for _, m := range marks {
		b.WriteString(s[at:m[0]] + "[" + s[m[0]:m[1]] + "]")
		at = m[1]
	}
	return b.String() + s[at:]
}

func TestSnippet(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("茶", 60)
	for name, tt := range map[string]struct{ body, query, want string }{
		"own script":            {"僑聯開了座談會。", "侨联 座谈会", "[僑聯]開了[座談會]。"},
		"each find":             {"燈會好，灯会妙。", "燈會", "[燈會]好，[灯会]妙。"},
		"neighbours are one":    {"僑聯座談會", "僑聯 座談會", "[僑聯座談會]"},
		"no find":               {"只在題目裡。\n第二段。", "燈會", "只在題目裡。 第二段。"},
		"nothing":               {"", "燈會", ""},
		"the fullest paragraph": {"僑聯。\n座談會在僑聯。\n後記。", "僑聯 座談會", "[座談會]在[僑聯]。 後記。"},
		"from the sentence":     {long + "。今天有燈會。", "燈會", "…今天有[燈會]。"},
		"after a quote":         {long + "。”他說有燈會。", "燈會", "…他說有[燈會]。"},
		"no sentence near":      {long + "燈會", "燈會", "…" + strings.Repeat("茶", leadRunes) + "[燈會]"},
		"cut at the end":        {"燈會" + long + long, "燈會", "[燈會]" + strings.Repeat("茶", snippetRunes-2) + "…"},
		"spaces are one":        {"  燈會　　在\t晚上 ", "燈會", "[燈會] 在 晚上"},
		"wide and accents":      {"Ｂｏｓｔｏｎ cafe\u0301", "boston café", "[Ｂｏｓｔｏｎ] [cafe\u0301]"},
		"one becomes several":   {"㈱燈會①", "燈會", "㈱[燈會]①"},
		"across punctuation":    {"法+僑窗口", "法+僑", "[法+僑]窗口"},
		"whole words":           {"schoolfair school, fair", "“school fair”", "schoolfair [school, fair]"},
		"words stay whole":      {strings.Repeat("lantern ", 12), "lantern", strings.TrimSpace(strings.Repeat("[lantern] ", 10)) + " …"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := bracketed(snippet(tt.body, looking(t, tt.query)))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSnippetKeepsALongFind(t *testing.T) {
	t.Parallel()
	verse := strings.Repeat("春眠不覺曉處處聞啼鳥", 12)
	got, marks := snippet("起。"+verse+"終。", looking(t, verse))
	if len(marks) != 1 || got[marks[0][0]:marks[0][1]] != verse {
		t.Errorf("%s %v", got, marks)
	}
}

// Of any text and query, a snippet is valid, short, and its marks are finds.
func TestSnippetProperties(t *testing.T) {
	t.Parallel()
	letters := []rune("燈灯會茶。，！\n a\u0301Ｂb①㈱“”é\u200b")
	rapid.Check(t, func(rt *rapid.T) {
		body := string(rapid.SliceOfN(rapid.SampledFrom(letters), 0, 300).Draw(rt, "body"))
		look := looking(t, rapid.SampledFrom([]string{"燈會", "茶", "b", "灯 會 茶", "會茶", "á"}).Draw(rt, "query"))
		got, marks := snippet(body, look)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > snippetRunes+3 {
			rt.Fatalf("%q", got)
		}
		end := 0
		for _, m := range marks {
			if m[0] < end || m[0] >= m[1] || m[1] > len(got) {
				rt.Fatalf("%q %v", got, marks)
			}
			if end = m[1]; count(han.Fold(got[m[0]:m[1]]), look) == 0 {
				rt.Fatalf("%q is no find in %q", got[m[0]:m[1]], got)
			}
		}
		if count(han.Fold(strings.ReplaceAll(body, "\n", " ")), look) == len(look) && len(marks) == 0 {
			rt.Fatalf("nothing marked in %q", got)
		}
	})
}

func TestPhrase(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		phrase, text string
		want         bool
	}{
		{"座谈会", "开座谈会了", true}, {"座谈会", "座谈，谈会", false}, {"座谈会", "座谈 会", false},
		{"法+侨", "法+侨", true}, {"法+侨", "法、侨", true}, {"法+侨", "法侨", true}, {"法+侨", "法和侨", false},
		{"fair", "fair", true}, {"fair", "a fair!", true}, {"fair", "fairs", false}, {"fair", "affair fair", true}, {"fair", "茶fair茶", true},
		{"school fair", "school fair", true}, {"school fair", "schoolfair", false}, {"school fair", "school, fair", true},
		{"school fair", "school" + strings.Repeat(".", 40) + "fair", false},
		{"2026年", "到2026年底", true}, {"2026年", "2026 年", true}, {"a茶b", "a 茶 b", true}, {"a茶b", "a 茶 bc", false}, {"026年", "2026年", false},
	} {
		if got, _ := newPhrase(tt.phrase).find(tt.text, 0); (got >= 0) != tt.want {
			t.Errorf("%s in %s: %d", tt.phrase, tt.text, got)
		}
	}
}
