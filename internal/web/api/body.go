package api

import (
	"strings"

	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/press"
)

// Body is a text in the form asked for.
type Body struct {
	HTML string `json:"html,omitempty"`
	Text string `json:"text,omitempty"`
}

// body writes a text. HTML comes from markup alone, so it holds nothing but
// what our tree can hold; its addresses are absolute.
func (s scene) body(doc markup.Doc, l leaf) (*Body, error) {
	convert := s.converter(l.lang)
	switch l.form {
	case "none":
		return nil, nil
	case "text":
		text := doc.Text()
		if convert != nil {
			text = convert(text)
		}
		return &Body{Text: text}, nil
	}
	var b strings.Builder
	err := markup.Render(&b, doc, markup.RenderOptions{
		Picture: s.image, HeadingShift: l.shift, FigurePlaceholder: s.lang.T("portal.picture_missing"), Base: s.base(l.at), Transform: convert,
	})
	return &Body{HTML: b.String()}, err
}

// Fact is an event told of in a report. What the text does not say is left out.
type Fact struct {
	ID             ident.Fact `json:"id"`
	Date           string     `json:"date,omitempty" format:"date"`
	EndDate        string     `json:"end_date,omitempty" format:"date"`
	DateText       string     `json:"date_text,omitempty"`
	PartOfDay      string     `json:"part_of_day,omitempty" enum:"morning,noon,afternoon,evening"`
	Kind           string     `json:"kind"`
	KindLabel      string     `json:"kind_label"`
	Mode           string     `json:"mode" enum:"in-person,online,hybrid,unknown"`
	Headcount      int        `json:"headcount,omitempty" minimum:"1"`
	HeadcountAbout bool       `json:"headcount_about,omitempty"`
	Hosts          []string   `json:"hosts,omitempty"`
	Place          string     `json:"place,omitempty"`
	Quote          string     `json:"quote,omitempty"`
}

func (s scene) facts(list []press.Fact, lang locale.Lang) []Fact {
	out := make([]Fact, 0, len(list))
	for _, f := range list {
		hosts := make([]string, 0, len(f.Hosts))
		for _, h := range f.Hosts {
			hosts = append(hosts, s.text(h, lang))
		}
		out = append(out, Fact{
			ID: f.ID, Date: f.Date, EndDate: f.End, DateText: s.text(f.DateText, lang), PartOfDay: f.PartOfDay,
			Kind: string(f.Kind), KindLabel: s.lang.T("enum.kind_" + string(f.Kind)), Mode: string(f.Mode),
			Headcount: f.Headcount, HeadcountAbout: f.HeadcountAbout, Hosts: hosts, Place: s.text(f.Place, lang), Quote: s.text(f.Quote, lang),
		})
	}
	return out
}

// Totals are sums over distinct events.
type Totals struct {
	Events         int            `json:"events"`
	Headcount      int            `json:"headcount"`
	HeadcountAbout bool           `json:"headcount_about"`
	Organisations  int            `json:"organisations"`
	ByMode         map[string]int `json:"by_mode"`
	ByKind         map[string]int `json:"by_kind"`
}

func (s scene) totals(t press.Totals) Totals {
	out := Totals{
		Events: t.Events, Headcount: t.Headcount, HeadcountAbout: t.About, Organisations: t.Organisations,
		ByMode: map[string]int{}, ByKind: map[string]int{},
	}
	for _, m := range []facts.Mode{facts.InPerson, facts.Online, facts.Hybrid, facts.Unknown} {
		if n := t.ByMode[m]; n > 0 {
			out.ByMode[string(m)] = n
		}
	}
	for kind, n := range t.ByKind {
		out.ByKind[string(kind)] = n
	}
	return out
}
