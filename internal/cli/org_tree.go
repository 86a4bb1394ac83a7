package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/sheet"
)

// orgMergeCmd makes one organisation part of another.
type orgMergeCmd struct {
	dataFlags
	Apply bool   `help:"cli.flag_apply"`
	From  string `arg:"" help:"cli.arg_path" placeholder:"PATH"`
	Into  string `arg:"" help:"tree.arg_into" placeholder:"INTO"`
}

// Run implements the command.
func (c *orgMergeCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		from, err := a.Org.ByPath(r.ctx, org.CleanPath(c.From))
		if err != nil {
			return err
		}
		into, err := a.Org.ByPath(r.ctx, org.CleanPath(c.Into))
		if err != nil {
			return err
		}
		work, say := a.Org.ForeseeMerge, "tree.cli_merge_dry"
		if c.Apply {
			work, say = a.Org.Merge, "tree.cli_merged"
		}
		done, err := work(r.ctx, from.ID, into.ID)
		if err != nil {
			return err
		}
		r.say(say, fault.Args{
			"name": from.Name(r.lang), "into": into.Name(r.lang), "children": done.Children, "below": done.Below, "names": done.Names, "links": done.Links, "path": "/" + done.Path,
		})
		return nil
	})
}

// orgReopenCmd takes back that an organisation was closed.
type orgReopenCmd struct {
	dataFlags
	Apply bool   `help:"cli.flag_apply"`
	Path  string `arg:"" help:"cli.arg_path" placeholder:"PATH"`
}

// Run implements the command.
func (c *orgReopenCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		o, err := a.Org.ByPath(r.ctx, org.CleanPath(c.Path))
		if err != nil {
			return err
		}
		work, say := a.Org.MayReopen, "tree.cli_reopen_dry"
		if c.Apply {
			work, say = a.Org.Reopen, "tree.cli_reopened"
		}
		if err := work(r.ctx, o.ID); err != nil {
			return err
		}
		r.say(say, fault.Args{"name": o.Name(r.lang), "path": "/" + o.Path})
		return nil
	})
}

// orgOrderCmd puts what hangs under an organisation in protocol order: those
// that are named first, in the order in which they are named, then the rest as it
// stands.
type orgOrderCmd struct {
	dataFlags
	Apply  bool     `help:"cli.flag_apply"`
	Parent string   `arg:"" help:"cli.arg_parent" placeholder:"PARENT"`
	Slugs  []string `arg:"" help:"tree.arg_slugs" placeholder:"SLUG"`
}

// Run implements the command.
func (c *orgOrderCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		parent, err := a.Org.ByPath(r.ctx, org.CleanPath(c.Parent))
		if err != nil {
			return err
		}
		list, err := a.Org.Children(r.ctx, parent.ID)
		if err != nil {
			return err
		}
		ordered, err := c.ordered(parent, list)
		if err != nil {
			return err
		}
		ids, names := make([]ident.Org, 0, len(ordered)), make([]string, 0, len(ordered))
		for _, o := range ordered {
			ids, names = append(ids, o.ID), append(names, o.Name(r.lang))
		}
		work, say := a.Org.TryOrderChildren, "tree.cli_order_dry"
		if c.Apply {
			work, say = a.Org.OrderChildren, "tree.cli_ordered"
		}
		if err := work(r.ctx, parent.ID, ids); err != nil {
			return err
		}
		r.say(say, fault.Args{"name": parent.Name(r.lang), "order": strings.Join(names, r.lang.T("tree.comma"))})
		return nil
	})
}

// ordered puts the children whose slugs were named before the rest.
func (c *orgOrderCmd) ordered(parent org.Organisation, list []org.Organisation) (out []org.Organisation, err error) {
	left := map[string]org.Organisation{}
	for _, o := range list {
		left[o.Slug] = o
	}
	for _, slug := range c.Slugs {
		slug = strings.Trim(slug, "/")
		o, ok := left[slug]
		if !ok {
			return nil, fault.New(fault.NotFound, "org.not_found", fault.Args{"org": "/" + parent.Path + slug + "/"})
		}
		out = append(out, o)
		delete(left, slug)
	}
	for _, o := range list {
		if _, rest := left[o.Slug]; rest {
			out = append(out, o)
		}
	}
	return out, nil
}

// orgExportCmd writes a part of the tree as a spreadsheet.
type orgExportCmd struct {
	dataFlags
	Org  string `help:"tree.flag_org" placeholder:"PATH"`
	File string `arg:"" help:"tree.arg_sheet_out" type:"path" placeholder:"FILE"`
}

// Run implements the command.
func (c *orgExportCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) (err error) {
		top, err := a.Org.ByPath(r.ctx, org.CleanPath(c.Org))
		if err != nil {
			return err
		}
		rows, err := a.Org.Table(r.ctx, top, r.lang)
		if err != nil {
			return err
		}
		out, err := os.Create(c.File)
		if err != nil {
			return err
		}
		if strings.EqualFold(filepath.Ext(c.File), ".csv") {
			err = sheet.WriteCSV(out, rows)
		} else {
			err = sheet.WriteXLSX(out, top.Name(r.lang), rows)
		}
		if err2 := out.Close(); err == nil {
			err = err2
		}
		if err == nil {
			r.say("tree.cli_exported", fault.Args{"count": len(rows) - 1, "file": c.File})
		}
		return err
	})
}

// orgImportCmd changes a part of the tree as a spreadsheet says.
type orgImportCmd struct {
	dataFlags
	Org   string `help:"tree.flag_org" placeholder:"PATH"`
	Apply bool   `help:"cli.flag_apply"`
	File  string `arg:"" help:"tree.arg_sheet_in" type:"path" placeholder:"FILE"`
}

// Run implements the command. Rows that are wrong are told and left out; then the
// exit code says so.
func (c *orgImportCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		top, err := a.Org.ByPath(r.ctx, org.CleanPath(c.Org))
		if err != nil {
			return err
		}
		f, err := load(c.File)
		if err != nil {
			return err
		}
		rows, err := sheet.Read(f.Data, sheet.Usual())
		if err != nil {
			return err
		}
		p := org.TableParams{Top: top, Rows: rows, Lang: r.lang}
		plan, err := a.Org.PlanTable(r.ctx, p)
		if err != nil {
			return err
		}
		r.tellPlan(plan)
		sums := fault.Args{"new": plan.New, "changed": plan.Changed, "moved": plan.Moved, "wrong": plan.Wrong, "later": plan.Later}
		if !c.Apply {
			r.say("tree.cli_import_dry", sums)
		} else if err := c.apply(r, a, p, plan); err != nil {
			return err
		}
		if plan.Wrong > 0 {
			return silent{fault.New(fault.Invalid, "tree.cli_import_wrong", nil)}
		}
		return nil
	})
}

// apply does all steps of a plan.
func (c *orgImportCmd) apply(r *run, a *app.App, p org.TableParams, plan org.Plan) error {
	total := fault.Args{"new": 0, "changed": 0, "moved": 0, "wrong": plan.Wrong}
	for {
		done, err := a.Org.ApplyTable(r.ctx, p, "")
		if err != nil {
			return err
		}
		for name, n := range map[string]int{"new": done.New, "changed": done.Changed, "moved": done.Moved} {
			total[name] = total[name].(int) + n
		}
		if done.Later == 0 {
			r.say("tree.cli_imported", total)
			return nil
		}
	}
}

// tellPlan prints what each row would do.
func (r *run) tellPlan(plan org.Plan) {
	for _, row := range plan.Rows {
		switch {
		case row.Same():
			continue
		case len(row.Wrong) > 0:
			for _, wrong := range row.Wrong {
				text := r.lang.Error(fault.New(fault.Invalid, wrong.Key, wrong.Args))
				if wrong.Cell != "" {
					text = r.lang.T("tree.wrong_cell", fault.Args{"cell": wrong.Cell, "text": text})
				}
				fmt.Fprintf(r.in.Stderr, "%s  %s  %s\n", r.lang.T("tree.row", fault.Args{"n": row.Number}), row.Name, text)
			}
			continue
		}
		says := []string{row.Path}
		if row.Moves {
			says = []string{row.From + " → " + row.Path}
		}
		for _, change := range row.Changes {
			says = append(says, r.lang.T("tree.row_changed", fault.Args{"column": r.lang.T(change.Column.Key()), "old": change.Old, "new": change.New}))
		}
		what := "tree.row_is_changed"
		switch {
		case row.New:
			what = "tree.row_is_new"
		case row.Moves:
			what = "tree.row_is_moved"
		}
		fmt.Fprintf(r.in.Stdout, "%s  %s  %s  %s\n", r.lang.T("tree.row", fault.Args{"n": row.Number}), r.lang.T(what), row.Name, strings.Join(says, "; "))
	}
}
