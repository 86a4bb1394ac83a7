package portal

import (
	"github.com/a-h/templ"
)

// newsItem is one article in a list.
type newsItem struct {
	link
	Org     link
	Date    string // 2026-10-08
	Summary phrase
	Digest  bool
	Sight   sight
	picture string // hash of the article's picture, from which Sight is made
}

// total is one figure with what it counts.
type total struct {
	About  string // said before a round figure
	Figure string
	Label  string
}

// sums are what reports add up to.
type sums struct {
	Figures []total
	Note    string // how many of the events were online
}

// told is one event as an article tells of it.
type told struct {
	When  phrase
	Kind  string
	Mode  string
	Heads string
	Hosts phrase
	Place phrase
}

// term is one line of a told event.
type term struct {
	Name  string
	Value phrase
}

// terms are the lines that the report states; what it does not say is left out.
func (t told) terms(f frame) []term {
	var out []term
	for _, one := range []term{
		{f.t("portal.when"), t.When},
		{f.t("portal.mode"), phrase{Text: t.Mode}},
		{f.t("portal.heads"), phrase{Text: t.Heads}},
		{f.t("portal.place"), t.Place},
		{f.t("portal.hosts"), t.Hosts},
	} {
		if one.Value.Text != "" {
			out = append(out, one)
		}
	}
	return out
}

// line is the event in one line, for a digest's section.
func (t told) line() []phrase {
	out := []phrase{}
	for _, p := range []phrase{t.When, {Text: t.Kind}, {Text: t.Mode}, {Text: t.Heads}, t.Place} {
		if p.Text != "" {
			out = append(out, p)
		}
	}
	return out
}

// prose is a text of an article, ready to be written.
type prose struct {
	Lang string // "" where it is the page's
	Body templ.Component
	None bool
}
