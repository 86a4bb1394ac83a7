package portal

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/huiguan/huiguan/internal/locale"
)

func TestSplitLang(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]struct {
		lang locale.Lang
		rest string
	}{
		"/":                    {"", ""},
		"/lanjiang/news/":      {"", "lanjiang/news/"},
		"/hans":                {locale.Hans, ""},
		"/hans/":               {locale.Hans, ""},
		"/hant/lanjiang/":      {locale.Hant, "lanjiang/"},
		"/en/search":           {locale.En, "search"},
		"/english/":            {"", "english/"},
		"/lanjiang/en/":        {"", "lanjiang/en/"},
		"/en/hans/":            {locale.En, "hans/"},
		"//evil.example/hans/": {"", "/evil.example/hans/"},
	} {
		lang, rest := splitLang(in)
		if lang != want.lang || rest != want.rest {
			t.Errorf("splitLang(%q) = %q, %q", in, lang, rest)
		}
	}
}

func TestParsePlace(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]place{
		"":                                 {Slash: true},
		"lanjiang/":                        {Org: "lanjiang/", Slash: true},
		"lanjiang":                         {Org: "lanjiang/"},
		"lanjiang/yunpu/":                  {Org: "lanjiang/yunpu/", Slash: true},
		"news/":                            {Part: "news", Slash: true},
		"news":                             {Part: "news"},
		"lanjiang/news/2026/":              {Org: "lanjiang/", Part: "news", Rest: "2026", Slash: true},
		"lanjiang/news/2026/05/01arz3nd":   {Org: "lanjiang/", Part: "news", Rest: "2026/05/01arz3nd"},
		"lanjiang/topics/moon-and-reunion": {Org: "lanjiang/", Part: "topics", Rest: "moon-and-reunion"},
		"topics/news":                      {Part: "topics", Rest: "news"},
		"feed.atom":                        {Slash: true, Feed: "atom"},
		"lanjiang/yunpu/feed.json":         {Org: "lanjiang/yunpu/", Slash: true, Feed: "json"},
		"orgs.csv":                         {Slash: true, Sheet: true},
		"lanjiang/orgs.csv":                {Org: "lanjiang/", Slash: true, Sheet: true},
		"lanjiang/orgs/":                   {Org: "lanjiang/", Part: "orgs", Slash: true},
		"lanjiang/topics/moon/feed.atom":   {Org: "lanjiang/", Part: "topics", Rest: "moon", Slash: true, Feed: "atom"},
	} {
		got, ok := parsePlace(in)
		if !ok {
			t.Errorf("parsePlace(%q) is refused", in)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("parsePlace(%q): %s", in, diff)
		}
	}
	for _, in := range []string{
		"/", "//", "/evil.example/", "a//b/", "Lanjiang/", "lanjiang.html", "瀾江/", "news//", "news/2026//x",
		"a/../b/", "a b/", "feed.xml", "/feed.atom", "lanjiang//feed.atom", "xfeed.atom", "xorgs.csv", "orgs.csv/", "orgs.csv/feed.atom", "orgs.csv/orgs.csv", "feed.atom/orgs.csv", "feed.atom/", "feed.atom/feed.atom", "a\x00/", "news/2026/Ü", strings.Repeat("a/", 600), `\evil.example`,
	} {
		if got, ok := parsePlace(in); ok {
			t.Errorf("parsePlace(%q) = %+v, want it refused", in, got)
		}
	}
}

// Whatever the address, a place that is read writes back an address of this
// site.
func TestPlacesStayOnTheSite(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.StringMatching(`/?([a-z0-9/.\\%-]|news|topics|feed\.atom){0,30}`).Draw(t, "path")
		p, ok := parsePlace(in)
		if !ok {
			return
		}
		back := "/" + p.Org + p.Part
		if strings.HasPrefix(back, "//") || strings.ContainsAny(back, `\%.`) {
			t.Fatalf("%q became %q", in, back)
		}
	})
}

func TestParseShelf(t *testing.T) {
	t.Parallel()
	const id = "01arz3ndektsv4rrffq69g5fav"
	for in, want := range map[string]struct {
		shelf shelf
		ok    bool
	}{
		"":               {shelf{}, true},
		"2026":           {shelf{Year: "2026"}, true},
		"people":         {shelf{Column: "people"}, true},
		"people/2026":    {shelf{Column: "people", Year: "2026"}, true},
		"20260":          {shelf{Column: "20260"}, true},
		"news":           {shelf{Column: "news"}, true},
		"news/2026":      {shelf{Column: "news", Year: "2026"}, true},
		"2026/05":        {shelf{Column: "2026", Year: "05"}, false},
		"2026/2027":      {shelf{Column: "2026", Year: "2027"}, false},
		"people/05":      {shelf{Column: "people", Year: "05"}, false},
		"people/2026/05": {shelf{Column: "people", Year: "2026/05"}, false},
		id:               {shelf{Column: id}, false},
		"2026/05/" + id:  {shelf{Column: "2026", Year: "05/" + id}, false},
	} {
		if got, ok := parseShelf(in); got != want.shelf || ok != want.ok {
			t.Errorf("parseShelf(%q) = %+v, %v", in, got, ok)
		}
	}
}
