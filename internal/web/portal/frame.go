package portal

import (
	"strings"
	"unicode"

	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// phrase is a text of a record, in the script that the reader chose. Lang is
// set where it is in another language than the page, and becomes its lang
// attribute.
type phrase struct {
	Text string
	Lang string
}

// maxClause is how many characters of a title fit on a phone's line.
const maxClause = 13

// briefClause is how long the longest may be on a phone.
const briefClause = 10

// clause is how many characters the title's longest clause has.
func (p phrase) clause() int {
	n, longest := 0, 0
	for _, r := range p.Text {
		if n++; unicode.IsPunct(r) || unicode.IsSpace(r) {
			n = 0
		}
		longest = max(longest, n)
	}
	return longest
}

// heading is the class of a heading that holds the phrase. A title of short
// clauses may break at its punctuation alone: a longer clause would break
// anyway, and leave a single character behind.
func (p phrase) heading(class string) string {
	switch n := p.clause(); {
	case n <= briefClause:
		class += " clauses brief"
	case n <= maxClause:
		class += " clauses"
	}
	return strings.TrimSpace(class)
}

// link is a phrase that leads somewhere.
type link struct {
	phrase
	Href string
}

// alternate is the same page in another language, for search engines.
type alternate struct {
	Hreflang string
	Href     string
}

// choice is one entry of the language switch.
type choice struct {
	Label   string // in its own language: 繁, 简, En
	Name    string // 繁體中文
	Lang    string
	Href    string
	Current bool
}

// frame is what every page has around its content.
type frame struct {
	Lang        locale.Lang
	Site        phrase // the federation's name
	Home        string
	SearchHref  string
	Query       string // what the search field holds
	Title       string // of the window; the site's name is added
	Description string
	Kind        string // of the page, for its style: home, article, …
	Canonical   string
	Alternates  []alternate
	Feeds       []feedLink
	Choices     []choice
	Crumbs      []link
	Menu        []menuItem
	Foot        []menuItem
	Lines       []menuItem // said at the end: whose site it is, registration numbers
	Card        card       // what other sites show of the page
	NoIndex     bool
	NoSearch    bool // the page has a search field of its own
	NoPrefs     bool // the page is the form of preferences
	PrefsHref   string
	Here        string // address of this page, to come back to
	Styles      string
	Sheet       string // a style sheet of this kind of page alone
	Theme       string // sheet of the federation's own colours; "" for the house's
	Script      string
	Icon        string
	IconType    string
	Logo        string
}

// menuItem is an entry of a menu.
type menuItem struct {
	link
	Current  string // aria-current: page, true or ""
	External bool
}

// card is what other sites show of a page when somebody passes it on; empty
// where the site has no absolute addresses.
type card struct {
	Type      string // website or article
	URL       string
	Image     string
	Width     string // of the image
	Height    string
	Published string // RFC 3339
	Locale    string // zh_TW
}

// t is the message of that key in the page's language.
func (f frame) t(key string) string { return f.Lang.T(key) }

// n writes a number in the page's language.
func (f frame) n(n int) string { return f.Lang.Number(n) }

// date writes a date in the page's language.
func (f frame) date(iso string) string { return f.Lang.Date(iso) }

// window is the text of the browser's tab.
func (f frame) window() string {
	if f.Title == "" || f.Title == f.Site.Text {
		return f.Site.Text
	}
	return f.Title + " · " + f.Site.Text
}

// cardTitle is what other sites call the page.
func (f frame) cardTitle() string {
	if f.Title == "" {
		return f.Site.Text
	}
	return f.Title
}

// voice brings texts into the script that a page is read in.
type voice struct {
	lang locale.Lang
}

// say turns a text of the given language into a phrase of the page. Chinese is
// converted where the reader chose the other script; all else stays as it was
// written and is marked with its language.
func (v voice) say(text, lang string) phrase {
	return phrase{Text: v.convert(text, lang), Lang: v.mark(lang)}
}

// mark is the lang attribute of a text in lang: "" where the page's serves.
func (v voice) mark(lang string) string {
	if lang == "" || lang == string(v.lang) || v.lang != locale.En && chinese(lang) {
		return ""
	}
	return lang
}

// convert writes a text of language lang in the page's script.
func (v voice) convert(text, lang string) string {
	if f := v.converter(lang); f != nil {
		return f(text)
	}
	return text
}

// converter is the change of script that texts of language lang need, or nil.
func (v voice) converter(lang string) func(string) string { return kit.Converter(lang, v.lang) }

// name picks among names in three languages.
func (v voice) name(hant, hans, en string) phrase {
	switch v.lang.Pick(hant, hans, en) {
	case hant:
		return v.say(hant, string(locale.Hant))
	case hans:
		return v.say(hans, string(locale.Hans))
	}
	return v.say(en, string(locale.En))
}

func chinese(lang string) bool { return kit.Chinese(lang) }
