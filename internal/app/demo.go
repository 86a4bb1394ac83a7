package app

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"github.com/BurntSushi/toml"

	"github.com/huiguan/huiguan/examples"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/ingest"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
)

// Place is an address in the demo worth looking at.
type Place struct {
	What string // digest, topic, town, repaired
	Path string
}

// demoFederation is examples/federation.toml.
type demoFederation struct {
	Federation   demoOrg     `toml:"federation"`
	Columns      []demoNamed `toml:"column"`
	Organisation []demoOrg
	Topic        []demoTopic
	Document     []demoDocument
}

type demoOrg struct {
	org.Names
	Path, Kind   string
	Preset, Lang string
	Position     int
	Founded      any
}

type demoNamed struct {
	Slug string
	Hant string `toml:"title_hant"`
	Hans string `toml:"title_hans"`
	En   string `toml:"title_en"`
}

type demoTopic struct {
	demoNamed
	Organisation, Asked string
	Description         string `toml:"description_hant"`
	Opened, Deadline    string
	Excused             []struct {
		Organisation string
		Reason       string `toml:"reason_hant"`
	}
}

type demoDocument struct {
	File, Organisation, Column, Topic string
}

// BuildDemo makes the invented federation of the examples in an empty data
// folder: its tree and topics from federation.toml, all else by the importer.
func (a *App) BuildDemo(ctx context.Context, progress func(done, total int)) ([]Place, error) {
	var d demoFederation
	if _, err := toml.DecodeFS(examples.FS, "federation.toml", &d); err != nil {
		return nil, err
	}
	if err := a.demoTree(ctx, d); err != nil {
		return nil, err
	}
	if err := a.demoTopics(ctx, d); err != nil {
		return nil, err
	}
	places := []Place{{"topic", "/topics/" + d.Topic[0].Slug}}
	importer := a.Importer()
	seen := map[string]bool{}
	for i, doc := range d.Document {
		result, err := a.demoImport(ctx, importer, doc)
		if err != nil {
			return nil, err
		}
		what := ""
		switch {
		case result.Reading.IsDigest() && !seen["digest"]:
			what = "digest"
		case len(result.Reading.Repairs) > 0 && !result.Reading.IsDigest() && !seen["repaired"]:
			what = "repaired"
		}
		if what != "" {
			seen[what] = true
			places = append(places, Place{what, "/a/" + string(result.Article)})
		}
		progress(i+1, len(d.Document))
	}
	for _, o := range d.Organisation {
		if o.Kind == "town" {
			return append(places, Place{"town", "/" + o.Path + "/"}), nil
		}
	}
	return places, nil
}

// demoTree makes the organisations and the federation's columns.
func (a *App) demoTree(ctx context.Context, d demoFederation) error {
	f := d.Federation
	root, err := a.Org.Init(ctx, org.InitParams{Preset: f.Preset, Lang: f.Lang, Names: f.Names, Founded: year(d.Organisation[0].Founded)})
	if err != nil {
		return err
	}
	ids := map[string]ident.Org{"": root.ID}
	for _, o := range d.Organisation[1:] {
		parent, slug := "", o.Path
		for i := len(o.Path) - 1; i >= 0; i-- {
			if o.Path[i] == '/' {
				parent, slug = o.Path[:i], o.Path[i+1:]
				break
			}
		}
		made, err := a.Org.Create(ctx, org.CreateParams{
			Parent: ids[parent], Slug: slug, Kind: o.Kind, Names: o.Names, Position: o.Position, Founded: year(o.Founded),
		})
		if err != nil {
			return err
		}
		ids[o.Path] = made.ID
	}
	for _, c := range d.Columns {
		if err := a.CreateColumn(ctx, root.ID, c.Slug, org.Names{Hant: c.Hant, Hans: c.Hans, En: c.En}); err != nil {
			return err
		}
	}
	return nil
}

// year is a founding year as TOML has it, a number or a text.
func year(v any) string {
	switch v := v.(type) {
	case int64:
		return time.Date(int(v), 1, 1, 0, 0, 0, 0, time.UTC).Format("2006")
	case string:
		return v
	}
	return ""
}

// demoTopics opens the topics, with their deadlines at the end of the day.
func (a *App) demoTopics(ctx context.Context, d demoFederation) error {
	zone, err := a.Zone(ctx)
	if err != nil {
		return err
	}
	for _, t := range d.Topic {
		of, err := a.Org.ByPath(ctx, org.CleanPath(t.Organisation))
		if err != nil {
			return err
		}
		asked, err := a.Org.ByPath(ctx, org.CleanPath(t.Asked))
		if err != nil {
			return err
		}
		day, err := time.ParseInLocation(time.DateOnly, t.Deadline, zone)
		if err != nil {
			return err
		}
		opened, err := time.ParseInLocation(time.DateOnly, t.Opened, zone)
		if err != nil {
			return err
		}
		p := press.TopicParams{
			Org: of.ID, Slug: t.Slug, Titles: org.Names{Hant: t.Hant, Hans: t.Hans, En: t.En}, Body: markup.FromText(t.Description),
			AskedAt: opened, Deadline: day.AddDate(0, 0, 1).Add(-time.Millisecond), Under: []ident.Org{asked.ID}, Excused: map[ident.Org]string{},
		}
		for _, e := range t.Excused {
			o, err := a.Org.ByPath(ctx, org.CleanPath(e.Organisation))
			if err != nil {
				return err
			}
			p.Excused[o.ID] = e.Reason
		}
		if _, err := a.CreateTopic(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) demoImport(ctx context.Context, importer *ingest.Importer, doc demoDocument) (ingest.Result, error) {
	data, err := fs.ReadFile(examples.FS, doc.File)
	if err != nil {
		return ingest.Result{}, err
	}
	options := ingest.Options{Org: doc.Organisation, Topic: doc.Topic, CreateOrgs: true, Publish: true}
	if doc.Organisation == "" {
		options.Column = doc.Column // the columns are the federation's own
	}
	result, err := importer.Import(ctx, ingest.File{Name: doc.File, Data: data}, options)
	if err != nil {
		err = errors.Join(errors.New(doc.File), err)
		fault.Wrap(&err, "demo")
	}
	return result, err
}
