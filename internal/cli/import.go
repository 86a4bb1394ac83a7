package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ingest"
	"github.com/huiguan/huiguan/internal/org"
)

// importCmd takes in files and folders.
type importCmd struct {
	dataFlags
	Org        string   `help:"cli.flag_org" placeholder:"PATH" required:""`
	Topic      string   `help:"cli.flag_topic" placeholder:"SLUG"`
	CreateOrgs bool     `help:"cli.flag_create_orgs" name:"create-orgs"`
	Publish    bool     `help:"cli.flag_publish"`
	DryRun     bool     `help:"cli.flag_dry_run" name:"dry-run"`
	Again      bool     `help:"cli.flag_again"`
	JSON       bool     `help:"cli.flag_json" name:"json"`
	Files      []string `arg:"" optional:"" help:"cli.arg_files" placeholder:"FILE"`
}

// Run implements the command.
func (c *importCmd) Run(r *run) error {
	if len(c.Files) == 0 && !c.Again {
		return fault.New(fault.Misuse, "cli.import_no_files", nil)
	}
	files := expand(c.Files)
	near := roots{}
	defer near.close()
	if c.DryRun {
		return c.dryRun(r, files, near)
	}
	return c.apply(r, files, near)
}

// each does one thing to every file, goes on after a failure, and fails at the
// end if any did.
func (c *importCmd) each(r *run, n int, one func(i int) (string, error)) error {
	var failed []error
	bar := r.progress()
	for i := range n {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		name, err := one(i)
		bar.set(i+1, n)
		if err == nil {
			continue
		}
		if fault.As(err) == nil {
			r.log.Error("import", "file", name, "error", err)
		}
		failed = append(failed, err)
		r.fail(c.JSON, name, err)
	}
	bar.done()
	if len(failed) > 0 {
		if n > 1 && !c.JSON {
			r.warn("cli.import_failed", fault.Args{"count": len(failed), "total": n})
		}
		return silent{failed[0]}
	}
	return nil
}

// fail tells of one file that failed.
func (r *run) fail(asJSON bool, file string, err error) {
	if asJSON {
		_ = r.print(map[string]string{"file": file, "error": r.lang.Error(err)})
		return
	}
	fmt.Fprintf(r.in.Stderr, "huiguan: %s: %s\n", file, r.lang.Error(err))
}

// dryRun reads the files and shows what would be made of them. It opens the
// federation only if there is one, and writes nothing.
func (c *importCmd) dryRun(r *run, files []source, near roots) (err error) {
	a, err := c.present(r)
	if err != nil {
		return err
	}
	tree := ingest.NewTree()
	var importer *ingest.Importer // nil without a federation
	if a != nil {
		defer func() { err = errors.Join(err, a.Close()) }()
		importer = a.Importer()
		if tree, err = importer.Tree(r.ctx); err != nil {
			return err
		}
	}
	return c.each(r, len(files), func(i int) (string, error) {
		name := files[i].path
		f, err := near.load(files[i])
		if err != nil {
			return name, err
		}
		bundle, ok, err := importer.Foresee(r.ctx, f, c.options())
		if err != nil {
			return name, err
		}
		if ok {
			return name, c.showBundle(r, name, bundle)
		}
		return name, c.foresee(r, f, tree)
	})
}

// foresee shows what would be made of a file that holds one text.
func (c *importCmd) foresee(r *run, f ingest.File, tree *ingest.Tree) error {
	doc, err := ingest.ReadDocument(f, ingest.DefaultLimits())
	if err != nil {
		return err
	}
	reading, err := ingest.ReadIn(doc, tree, org.CleanPath(c.Org))
	if err != nil {
		return err
	}
	if _, err := reading.LookBeside(r.ctx, f); err != nil {
		return err
	}
	return c.show(r, f.Name, reading)
}

// present opens the federation if there is one; nil where there is none.
func (c *importCmd) present(r *run) (*app.App, error) {
	if _, err := os.Stat(c.Data); c.DatabaseURL == "" && errors.Is(err, fs.ErrNotExist) {
		return nil, nil //nolint:nilnil // no federation is an answer
	}
	a, err := c.open(r)
	if fault.Is(err, fault.NotFound) {
		return nil, nil //nolint:nilnil // no federation is an answer
	}
	return a, err
}

func (c *importCmd) options() ingest.Options {
	return ingest.Options{Org: c.Org, Topic: c.Topic, CreateOrgs: c.CreateOrgs, Publish: c.Publish, Again: c.Again}
}

func (r *run) warning(w ingest.Warning) string { return r.lang.T(w.Key, w.Args) }

// show prints a reading: as one JSON object, or in words.
func (c *importCmd) show(r *run, file string, reading ingest.Reading) error {
	report := reading.Report(file, r.warning)
	if c.JSON {
		return r.print(report)
	}
	out := r.in.Stdout
	fmt.Fprintf(out, "%s: %s (%s, %s)\n", file, report.Title, report.Format, report.Published)
	for _, s := range report.Sections {
		path := "/" + s.Path
		if len(s.Proposed) > 0 {
			path += " " + r.lang.T("cli.import_proposed")
		}
		fmt.Fprintf(out, "  %s → %s\n", s.Organisation, path)
		fmt.Fprintf(out, "    %s\n", r.lang.T("cli.import_section", fault.Args{"paragraphs": s.Paragraphs, "images": s.Images, "events": len(s.Events)}))
		for _, e := range s.Events {
			fmt.Fprintf(out, "    · %s %s %s\n", e.DateText, r.lang.T("enum.kind_"+string(e.Kind)), heads(r, e.Headcount, e.HeadcountAbout))
		}
	}
	for _, class := range slices.Sorted(keys(report.Repairs)) {
		fmt.Fprintf(out, "  %s\n", r.lang.T("cli.import_repaired", fault.Args{"class": class, "count": report.Repairs[class]}))
	}
	for _, w := range report.Warnings {
		fmt.Fprintf(out, "  ! %s\n", w)
	}
	return nil
}

func keys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func heads(r *run, n int, about bool) string {
	switch {
	case n == 0:
		return ""
	case about:
		return r.lang.T("cli.heads_about", fault.Args{"count": n})
	}
	return r.lang.T("cli.heads", fault.Args{"count": n})
}

// imported is one line of `import --json`.
type imported struct {
	File     string         `json:"file"`
	Outcome  ingest.Outcome `json:"outcome"`
	Article  string         `json:"article"`
	Articles int            `json:"articles"`
	Created  int            `json:"organisations_created"`

	// Of a file that holds many items:
	Outcomes map[ingest.Outcome]int `json:"outcomes,omitempty"`
	Counts   map[string]int         `json:"counts,omitempty"`
	Ignored  map[string]int         `json:"ignored,omitempty"`
	Warnings []string               `json:"warnings,omitempty"`
}

// told is the line that tells of a finished import.
func (r *run) told(name string, done ingest.Result) imported {
	line := imported{File: name, Outcome: done.Outcome, Article: string(done.Article), Articles: len(done.Articles), Created: done.Orgs}
	if b := done.Bundle; b != nil {
		line.Outcomes, line.Counts, line.Ignored = b.Tally(), b.Counts, b.Ignored
		for _, w := range b.AllWarnings() {
			line.Warnings = append(line.Warnings, r.warning(w))
		}
	}
	return line
}

// apply imports the files into the federation.
func (c *importCmd) apply(r *run, files []source, near roots) (err error) {
	a, err := c.open(r)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	importer := a.Importer()
	var kept []ingest.Original
	if len(files) == 0 {
		if kept, err = importer.Stale(r.ctx, c.Org); err != nil {
			return err
		}
	}
	tally := map[ingest.Outcome]int{}
	err = c.each(r, len(files)+len(kept), func(i int) (string, error) {
		var f ingest.File
		var name string
		var err error
		if i < len(files) {
			name = files[i].path
			f, err = near.load(files[i])
		} else {
			name = kept[i].Name
			f, err = importer.Load(kept[i])
		}
		if err != nil {
			return name, err
		}
		done, err := importer.Import(r.ctx, f, c.options())
		if err != nil {
			return name, err
		}
		tally[done.Outcome]++
		if c.JSON {
			return name, r.print(r.told(name, done))
		}
		if done.Bundle != nil {
			r.tellBundle(name, done.Bundle)
		}
		return name, nil
	})
	if !c.JSON {
		r.say("cli.import_done", fault.Args{"imported": tally[ingest.Imported], "unchanged": tally[ingest.Unchanged], "updated": tally[ingest.Updated], "kept": tally[ingest.Kept]})
	}
	return err
}
