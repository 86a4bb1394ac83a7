package portal

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/search"
)

// in is a visit in a language to a site in traditional Chinese.
func in(lang locale.Lang) visit {
	return visit{voice: voice{lang: lang}, site: site{Lang: locale.Hant}}
}

func TestSay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		page       locale.Lang
		text, lang string
		want       phrase
	}{
		{locale.Hant, "燈會", "zh-Hant", phrase{"燈會", ""}},
		{locale.Hans, "燈會", "zh-Hant", phrase{"灯会", ""}},
		{locale.Hant, "灯会", "zh-Hans", phrase{"燈會", ""}},
		{locale.En, "燈會", "zh-Hant", phrase{"燈會", "zh-Hant"}},
		{locale.En, "灯会", "zh-Hans", phrase{"灯会", "zh-Hans"}},
		{locale.En, "Lanterns", "en", phrase{"Lanterns", ""}},
		{locale.Hans, "Lanterns", "en", phrase{"Lanterns", "en"}},
		{locale.Hant, "燈會", "", phrase{"燈會", ""}},
	} {
		if got := in(c.page).say(c.text, c.lang); got != c.want {
			t.Errorf("%s on a page in %s: %+v, want %+v", c.text, c.page, got, c.want)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	both := org.Names{Hant: "瀾江會館", En: "Lanjiang Hall"}
	for _, c := range []struct {
		page  locale.Lang
		names org.Names
		want  phrase
		other []phrase
	}{
		{locale.Hant, both, phrase{"瀾江會館", ""}, []phrase{{"Lanjiang Hall", "en"}}},
		{locale.Hans, both, phrase{"澜江会馆", ""}, []phrase{{"Lanjiang Hall", "en"}}},
		{locale.En, both, phrase{"Lanjiang Hall", ""}, []phrase{{"瀾江會館", "zh-Hant"}}},
		{locale.En, org.Names{Hant: "瀾江會館"}, phrase{"瀾江會館", "zh-Hant"}, nil},
		{locale.Hant, org.Names{Hans: "澜江会馆"}, phrase{"瀾江會館", ""}, nil},
		{locale.Hant, org.Names{En: "Lanjiang Hall"}, phrase{"Lanjiang Hall", "en"}, nil},
	} {
		v := in(c.page)
		if got := v.orgName(c.names); got != c.want {
			t.Errorf("%+v in %s: %+v, want %+v", c.names, c.page, got, c.want)
		}
		if diff := cmp.Diff(c.other, v.others(c.names)); diff != "" {
			t.Errorf("others of %+v in %s: %s", c.names, c.page, diff)
		}
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ from, to, hant, en string }{
		{"2026-05-01", "", "2026年5月1日", "1 May 2026"},
		{"2026-05-01", "2026-05-01", "2026年5月1日", "1 May 2026"},
		{"2026-05-01", "2026-05-03", "2026年5月1日至3日", "1 to 3 May 2026"},
		{"2026-04-30", "2026-05-03", "2026年4月30日至5月3日", "30 April to 3 May 2026"},
		{"2025-12-31", "2026-01-02", "2025年12月31日至2026年1月2日", "31 December 2025 to 2 January 2026"},
	} {
		if got := in(locale.Hant).dates(c.from, c.to); got != c.hant {
			t.Errorf("%s %s: %s, want %s", c.from, c.to, got, c.hant)
		}
		if got := in(locale.En).dates(c.from, c.to); got != c.en {
			t.Errorf("%s %s: %s, want %s", c.from, c.to, got, c.en)
		}
	}
}

func TestToldLeavesOutWhatIsNotSaid(t *testing.T) {
	t.Parallel()
	v := in(locale.Hant)
	bare := v.told(press.Fact{Fact: facts.Fact{DateText: "近日", Kind: facts.Activity, Mode: facts.Unknown}}, "zh-Hant")
	if diff := cmp.Diff(told{When: phrase{Text: "近日"}, Kind: "活動"}, bare); diff != "" {
		t.Error(diff)
	}
	if got := bare.terms(frame{Lang: locale.Hant}); len(got) != 1 || got[0].Name != "時間" {
		t.Errorf("terms: %+v", got)
	}
	full := v.told(press.Fact{Fact: facts.Fact{
		Date: "2026-05-01", PartOfDay: facts.Noon, Kind: facts.Clinic, Mode: facts.Hybrid, Headcount: 1200, HeadcountAbout: true, Hosts: []string{"甲", "乙"}, Place: "祠堂",
	}}, "zh-Hant")
	want := told{When: phrase{Text: "2026年5月1日中午"}, Kind: "義診", Mode: "線上線下結合", Heads: "約 1,200 人", Hosts: phrase{Text: "甲、乙"}, Place: phrase{Text: "祠堂"}}
	if diff := cmp.Diff(want, full); diff != "" {
		t.Error(diff)
	}
}

// Every kind, mode and part of a day has a name in the catalogue.
func TestEveryValueHasAName(t *testing.T) {
	t.Parallel()
	var keys []string
	for _, k := range facts.Kinds() {
		keys = append(keys, "enum.kind_"+string(k))
	}
	for _, m := range []facts.Mode{facts.InPerson, facts.Online, facts.Hybrid} {
		keys = append(keys, "enum.mode_"+string(m))
	}
	for _, p := range []string{facts.Morning, facts.Noon, facts.Afternoon, facts.Evening} {
		keys = append(keys, "enum.part_"+p)
	}
	for _, s := range press.ReportStates() {
		keys = append(keys, "enum.coverage_"+string(s))
	}
	for _, kind := range []string{"article", "digest", "organisation", "topic"} {
		keys = append(keys, "enum.found_"+kind)
	}
	for _, key := range keys {
		if !locale.Has(key) {
			t.Errorf("no message %q", key)
		}
	}
}

func TestMarks(t *testing.T) {
	t.Parallel()
	got := strings.Join(marks(press.Tally{Asked: 6, Reported: 2, Late: 1, Awaited: 1, Silent: 1, Excused: 1}), " ")
	if got != "reported reported late awaited silent excused" {
		t.Error(got)
	}
	many := marks(press.Tally{Asked: 15000, Reported: 9000, Late: 1, Silent: 5999})
	if len(many) > maxMarks+3 || !strings.Contains(strings.Join(many, " "), "late") {
		t.Errorf("%d marks for 15,000 organisations", len(many))
	}
	if got := marks(press.Tally{}); len(got) != 0 {
		t.Errorf("nobody asked: %v", got)
	}
}

func TestPieces(t *testing.T) {
	t.Parallel()
	text := "烤月餅，送月餅"
	at := func(s string, n int) [2]int {
		i := strings.Index(text, s)
		for range n {
			i += len(s) + strings.Index(text[i+len(s):], s)
		}
		return [2]int{i, i + len(s)}
	}
	got := in(locale.Hans).pieces(search.Hit{Snippet: text, SnippetMarks: [][2]int{at("月餅", 0), at("月餅", 1)}}, "zh-Hant")
	want := []piece{{"烤", false}, {"月饼", true}, {"，送", false}, {"月饼", true}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := in(locale.Hant).pieces(search.Hit{Snippet: text, SnippetMarks: [][2]int{{0, 900}, {6, 3}}}, "zh-Hant"); len(got) != 1 || got[0].Text != text {
		t.Errorf("marks beyond the text: %+v", got)
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		" 月餅  節 ": "月餅 節", "a\x00b": "ab", "\xff月": "月", strings.Repeat("月", 300): strings.Repeat("月", 200), "　": "",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q", in, got)
		}
	}
	for in, want := range map[string]int{"": 1, "0": 1, "-1": 1, "x": 1, "3": 3, "99999999999999999999": 1, "9999": maxPages} {
		if got := pageNumber(in); got != want {
			t.Errorf("pageNumber(%q) = %d, want %d", in, got, want)
		}
	}
}

func TestGuess(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"燈會": "zh-Hant", "灯会": "zh-Hans", "Lanterns": "en", "中秋": "zh-Hant", "": "zh-Hant"} {
		if got := in(locale.Hans).guess(text); got != want {
			t.Errorf("guess(%q) = %s, want %s", text, got, want)
		}
	}
}
