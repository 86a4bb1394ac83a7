package ingest

import (
	"strings"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/facts"
)

// Report is a Reading as `import --dry-run --json` prints it: one object for
// each file. What the text does not state is left out.
type Report struct {
	File       string          `json:"file"`
	Format     Format          `json:"format"`
	Charset    string          `json:"charset"`
	Title      string          `json:"title"`
	Published  string          `json:"published,omitempty"`
	Source     string          `json:"source,omitempty"`
	Byline     string          `json:"byline,omitempty"`
	Breadcrumb []string        `json:"breadcrumb,omitempty"`
	Lead       *LeadReport     `json:"lead,omitempty"`
	Sections   []SectionReport `json:"sections"`
	Repairs    map[string]int  `json:"repairs"`
	Losses     []string        `json:"losses"`
	Warnings   []string        `json:"warnings"`
	Mending                    // every change and mark, within limits

	// Of a file that holds many items, whose sections are none:
	Items    []ItemReport    `json:"items,omitempty"`
	Counts   map[string]int  `json:"counts,omitempty"`   // what it holds, by kind
	Ignored  map[string]int  `json:"ignored,omitempty"`  // what of it is not taken in
	Dropped  map[string]int  `json:"dropped,omitempty"`  // what texts cannot hold, by kind
	Outcomes map[Outcome]int `json:"outcomes,omitempty"` // items by what becomes of them
}

// LeadReport counts what stands before a digest's first section.
type LeadReport struct {
	Paragraphs int `json:"paragraphs"`
}

// SectionReport is one organisation's part.
type SectionReport struct {
	Organisation string       `json:"organisation"`
	Path         string       `json:"path"`
	Proposed     []string     `json:"proposed,omitempty"`
	Paragraphs   int          `json:"paragraphs"`
	Images       int          `json:"images"`
	Events       []facts.Fact `json:"events"`
}

// Report makes the report of a reading; say turns a warning into words.
func (r Reading) Report(file string, say func(Warning) string) Report {
	out := Report{
		File: file, Format: r.Format, Charset: r.Charset, Title: r.Title, Source: r.Source, Byline: r.Byline,
		Breadcrumb: r.Breadcrumb, Repairs: r.Repairs, Losses: r.Losses, Warnings: []string{}, Mending: r.Mending,
	}
	if r.Published != (han.Date{}) {
		out.Published = r.Published.String()
	}
	if out.Repairs == nil {
		out.Repairs = map[string]int{}
	}
	if out.Losses == nil {
		out.Losses = []string{}
	}
	if r.IsDigest() {
		out.Lead = &LeadReport{Paragraphs: paragraphs(r.Lead)}
	}
	for _, w := range r.Warnings {
		out.Warnings = append(out.Warnings, say(w))
	}
	for _, s := range r.Sections {
		out.Sections = append(out.Sections, s.report(r.Document))
	}
	return out
}

func (s Section) report(doc Document) SectionReport {
	out := SectionReport{
		Organisation: s.organisation(doc), Path: strings.TrimSuffix(s.Path, "/"),
		Paragraphs: paragraphs(s.Body), Images: images(s.Body), Events: s.Facts,
	}
	for _, p := range s.Proposed {
		out.Proposed = append(out.Proposed, strings.TrimSuffix(p, "/"))
	}
	if out.Events == nil {
		out.Events = []facts.Fact{}
	}
	return out
}
