package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

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
	if c.DryRun {
		return c.dryRun(r, files)
	}
	return c.apply(r, files)
}

// expand lists the files that the arguments name, folders' in order of name.
// In a folder only regular files count: a link may lead out of it.
func expand(args []string) (files []string) {
	for _, arg := range args {
		_ = filepath.WalkDir(arg, func(path string, d fs.DirEntry, err error) error {
			if err != nil { // told when its turn comes; the others go on
				files = append(files, path)
				if d != nil && d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			hidden := path != arg && (strings.HasPrefix(d.Name(), ".") || !d.IsDir() && !d.Type().IsRegular())
			if hidden && d.IsDir() {
				return fs.SkipDir
			}
			if !d.IsDir() && !hidden {
				files = append(files, path)
			}
			return nil
		})
	}
	return files
}

// load reads a file whole, after looking at its size.
func load(path string) (ingest.File, error) {
	limit := ingest.DefaultLimits().Bytes
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return ingest.File{}, fault.Because(err, fault.NotFound, "cli.unreadable", fault.Args{"file": path})
	}
	if info.Size() > int64(limit) {
		return ingest.File{}, fault.New(fault.TooLarge, "ingest.too_large", fault.Args{"limit": limit >> 20})
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return ingest.File{}, fault.Because(err, fault.NotFound, "cli.unreadable", fault.Args{"file": path})
	}
	return ingest.File{Name: path, Data: data}, nil
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
func (c *importCmd) dryRun(r *run, files []string) error {
	tree, err := c.tree(r)
	if err != nil {
		return err
	}
	return c.each(r, len(files), func(i int) (string, error) {
		f, err := load(files[i])
		if err != nil {
			return files[i], err
		}
		doc, err := ingest.ReadDocument(f, ingest.DefaultLimits())
		if err != nil {
			return files[i], err
		}
		reading, err := ingest.ReadIn(doc, tree, org.CleanPath(c.Org))
		if err != nil {
			return files[i], err
		}
		return files[i], c.show(r, files[i], reading)
	})
}

// tree is the federation's tree as it stands, or an empty one without data.
func (c *importCmd) tree(r *run) (*ingest.Tree, error) {
	if _, err := os.Stat(c.Data); c.DatabaseURL == "" && errors.Is(err, fs.ErrNotExist) {
		return ingest.NewTree(), nil
	}
	a, err := c.open(r)
	if fault.Is(err, fault.NotFound) {
		return ingest.NewTree(), nil
	}
	if err != nil {
		return nil, err
	}
	defer a.Close() //nolint:errcheck // nothing was written
	return a.Importer().Tree(r.ctx)
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
}

// apply imports the files into the federation.
func (c *importCmd) apply(r *run, files []string) (err error) {
	a, err := c.open(r)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	importer := a.Importer()
	options := ingest.Options{Org: c.Org, Topic: c.Topic, CreateOrgs: c.CreateOrgs, Publish: c.Publish, Again: c.Again}
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
			name = files[i]
			f, err = load(name)
		} else {
			name = kept[i].Name
			f, err = importer.Load(kept[i])
		}
		if err != nil {
			return name, err
		}
		done, err := importer.Import(r.ctx, f, options)
		if err != nil {
			return name, err
		}
		tally[done.Outcome]++
		if c.JSON {
			return name, r.print(imported{name, done.Outcome, string(done.Article), len(done.Articles), done.Orgs})
		}
		return name, nil
	})
	if !c.JSON {
		r.say("cli.import_done", fault.Args{"imported": tally[ingest.Imported], "unchanged": tally[ingest.Unchanged], "updated": tally[ingest.Updated], "kept": tally[ingest.Kept]})
	}
	return err
}
