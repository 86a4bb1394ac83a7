package app

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"time"

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

// BuildDemo makes the invented federation of the examples in an empty data
// folder: its tree and topics from federation.toml, its site from site.toml and
// the standing pages, all else by the importer, with the pictures beside it.
func (a *App) BuildDemo(ctx context.Context, progress func(done, total int)) ([]Place, error) {
	d, err := loadDemo()
	if err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context, demoFederation) error{a.demoTree, a.demoTies, a.demoProfiles, a.demoSite, a.demoPictures, a.demoTopics, a.demoStaff} {
		if err := step(ctx, d); err != nil {
			return nil, err
		}
	}
	places := []Place{{"topic", "/topics/" + d.Topic[0].Slug}}
	reports, err := a.demoReports(ctx, d.Document, progress)
	if err != nil {
		return nil, err
	}
	places = append(places, reports...)
	if i := slices.IndexFunc(d.Organisation, func(o demoOrg) bool { return o.Kind == "town" }); i >= 0 {
		places = append(places, Place{"town", "/" + d.Organisation[i].Path + "/"})
	}
	return places, nil
}

// demoTree makes the organisations and the federation's columns.
func (a *App) demoTree(ctx context.Context, d demoFederation) error {
	f := d.Federation
	root, err := a.Org.Init(ctx, org.InitParams{Preset: f.Preset, Lang: f.Lang, Names: f.Names, Founded: d.Organisation[0].year()})
	if err != nil {
		return err
	}
	ids := map[string]ident.Org{"": root.ID}
	for _, o := range d.Organisation[1:] {
		parent, slug := o.parent()
		made, err := a.Org.Create(ctx, org.CreateParams{
			Parent: ids[parent], Slug: slug, Kind: o.Kind, Names: o.Names, Position: o.Position, Founded: o.year(),
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

// demoTies relates organisations beside the tree and closes those that are no
// more. What they once sent comes in by way of their parents.
func (a *App) demoTies(ctx context.Context, d demoFederation) error {
	for _, l := range d.Link {
		from, err1 := a.Org.ByPath(ctx, org.CleanPath(l.From))
		to, err2 := a.Org.ByPath(ctx, org.CleanPath(l.To))
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		if err := a.Org.AddLink(ctx, from.ID, to.ID, l.Relation); err != nil {
			return err
		}
	}
	for _, o := range d.Organisation {
		if !o.Closed {
			continue
		}
		gone, err := a.Org.ByPath(ctx, org.CleanPath(o.Path))
		if err != nil {
			return err
		}
		if err := a.Org.Close(ctx, gone.ID); err != nil {
			return err
		}
	}
	return nil
}

// demoTopics opens the topics.
func (a *App) demoTopics(ctx context.Context, d demoFederation) error {
	zone, err := a.Zone(ctx)
	if err != nil {
		return err
	}
	for _, t := range d.Topic {
		p, err := a.demoTopic(ctx, t, zone)
		if err != nil {
			return err
		}
		if _, err := a.CreateTopic(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// demoTopic is a topic with its deadline at the end of the day.
func (a *App) demoTopic(ctx context.Context, t demoTopic, zone *time.Location) (press.TopicParams, error) {
	of, err1 := a.Org.ByPath(ctx, org.CleanPath(t.Organisation))
	asked, err2 := a.Org.ByPath(ctx, org.CleanPath(t.Asked))
	opened, err3 := time.ParseInLocation(time.DateOnly, t.Opened, zone)
	day, err4 := time.ParseInLocation(time.DateOnly, t.Deadline, zone)
	p := press.TopicParams{
		Org: of.ID, Slug: t.Slug, Titles: org.Names{Hant: t.Hant, Hans: t.Hans, En: t.En}, Body: markup.FromText(t.Description),
		AskedAt: opened, Deadline: day.AddDate(0, 0, 1).Add(-time.Millisecond),
		Under: []ident.Org{asked.ID}, Kinds: t.Kinds, Excused: map[ident.Org]string{},
	}
	for _, e := range t.Excused {
		o, err := a.Org.ByPath(ctx, org.CleanPath(e.Organisation))
		if err != nil {
			return p, err
		}
		p.Excused[o.ID] = e.Reason
	}
	return p, errors.Join(err1, err2, err3, err4)
}

// demoReports imports what the branches sent, oldest first, and picks the
// newest digest and the newest mended report to look at.
func (a *App) demoReports(ctx context.Context, reports []demoReport, progress func(done, total int)) ([]Place, error) {
	importer := a.Importer()
	made := map[string]ident.Article{}
	newest := map[string]Place{}
	for i, r := range reports {
		result, err := importReport(ctx, importer, r, made[r.TranslationOf])
		if err != nil {
			return nil, err
		}
		made[r.File] = result.Article
		switch {
		case result.Reading.IsDigest():
			newest["digest"] = Place{"digest", "/a/" + string(result.Article)}
		case len(result.Reading.Repairs) > 0:
			newest["repaired"] = Place{"repaired", "/a/" + string(result.Article)}
		}
		progress(i+1, len(reports))
	}
	return []Place{newest["digest"], newest["repaired"]}, nil
}

// importReport takes in one file; original is what it translates, if anything.
func importReport(ctx context.Context, importer *ingest.Importer, r demoReport, original ident.Article) (result ingest.Result, err error) {
	defer func() {
		if err != nil {
			err = errors.Join(errors.New(r.File), err)
			fault.Wrap(&err, "demo")
		}
	}()
	data, err := fs.ReadFile(examples.FS, r.File)
	if err != nil {
		return result, err
	}
	options := ingest.Options{
		Org: r.Organisation, Topic: r.Topic, CreateOrgs: true, Publish: true, TranslationOf: original, Announces: r.announces(),
	}
	if r.Organisation == "" {
		options.Column = r.Column // the columns are the federation's own
	}
	return importer.Import(ctx, ingest.File{Name: r.File, Data: data, Beside: examples.FS, Dir: path.Dir(r.File)}, options)
}
