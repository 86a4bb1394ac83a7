package ingest

import "strings"

// ItemReport is one item of a bundle as a dry run prints it.
type ItemReport struct {
	Title     string   `json:"title"`
	Kind      ItemKind `json:"kind"`
	Published string   `json:"published,omitempty"`
	Byline    string   `json:"byline,omitempty"`
	Column    string   `json:"column,omitempty"`
	Path      string   `json:"path"`
	Figures   int      `json:"images"`
	Pictures  int      `json:"pictures"`
	Open      bool     `json:"open"`
	Outcome   Outcome  `json:"outcome"`
}

// Report makes the report of a bundle: what the report of one page has, with an
// empty list of sections, and the items.
func (b *Bundle) Report(file string, say func(Warning) string) Report {
	out := Report{
		File: file, Format: b.Format, Charset: b.Charset, Title: b.Title, Source: b.Site, Sections: []SectionReport{},
		Repairs: b.Repairs, Losses: b.losses(), Warnings: []string{}, Mending: b.Mending, Items: make([]ItemReport, 0, len(b.Items)),
		Counts: b.Counts, Ignored: b.Ignored, Dropped: b.Dropped, Outcomes: b.Tally(),
	}
	if out.Losses == nil {
		out.Losses = []string{}
	}
	for _, w := range b.AllWarnings() {
		out.Warnings = append(out.Warnings, say(w))
	}
	titles := map[string]string{}
	for _, s := range b.Shelves {
		titles[s.Key] = columnTitle(s)
	}
	for _, it := range b.Items {
		out.Items = append(out.Items, ItemReport{
			Title: it.Title, Kind: it.Kind, Published: it.On, Byline: it.Byline, Column: titles[it.Shelf], Path: strings.TrimSuffix(it.Path, "/"),
			Figures: it.Figures, Pictures: it.Pictures, Open: it.Open, Outcome: it.Outcome,
		})
	}
	return out
}
