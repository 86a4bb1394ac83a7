package app

import (
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"github.com/huiguan/huiguan/examples"
	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/org"
)

// demoFederation is examples/federation.toml.
type demoFederation struct {
	Federation   demoOrg      `toml:"federation"`
	Columns      []demoNamed  `toml:"column"`
	Organisation []demoOrg    // parents first
	Link         []demoLink   // beside the tree
	Page         []demoPage   // standing pages in their order
	Topic        []demoTopic  // the first is shown to visitors
	Document     []demoReport // oldest first
}

type demoOrg struct {
	org.Names
	Path, Kind   string
	Preset, Lang string
	Position     int
	Founded      any
	Closed       bool
}

// parent splits the path of an organisation.
func (o demoOrg) parent() (parent, slug string) {
	at := strings.LastIndexByte(o.Path, '/')
	return o.Path[:max(at, 0)], o.Path[at+1:]
}

// year is the founding year as TOML has it, a number or a text.
func (o demoOrg) year() string {
	switch v := o.Founded.(type) {
	case int64:
		return time.Date(int(v), 1, 1, 0, 0, 0, 0, time.UTC).Format("2006")
	case string:
		return v
	}
	return ""
}

type demoLink struct {
	From, To string
	Relation org.Relation
}

type demoPage struct{ Slug string }

type demoNamed struct {
	Slug string
	Hant string `toml:"title_hant"`
	Hans string `toml:"title_hans"`
	En   string `toml:"title_en"`
}

type demoTopic struct {
	demoNamed
	Organisation, Asked string
	Kinds               []string
	Description         string `toml:"description_hant"`
	Opened, Deadline    string
	Excused             []struct {
		Organisation string
		Reason       string `toml:"reason_hant"`
	}
}

// demoReport is one file to import.
type demoReport struct {
	File, Organisation, Column, Topic string
	TranslationOf                     string       `toml:"translation_of"` // file of the original
	Coming                            []demoComing // what it announces
}

type demoComing struct {
	Date, End, Place string
	PartOfDay        string     `toml:"part_of_day"`
	Kind             facts.Kind `toml:"kind"`
}

// announces are the events to come as facts.
func (d demoReport) announces() []facts.Fact {
	var out []facts.Fact
	for _, c := range d.Coming {
		out = append(out, facts.Fact{Date: c.Date, End: c.End, PartOfDay: c.PartOfDay, Kind: c.Kind, Mode: facts.InPerson, Place: c.Place})
	}
	return out
}

// loadDemo reads the federation of the examples.
func loadDemo() (d demoFederation, err error) {
	_, err = toml.DecodeFS(examples.FS, "federation.toml", &d)
	return d, err
}
