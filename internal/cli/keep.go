package cli

import (
	"fmt"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/fault"
)

// backupCmd writes the whole federation into one file.
type backupCmd struct {
	dataFlags
	File string `arg:"" help:"cli.arg_backup" type:"path" placeholder:"FILE"`
}

// Run implements the command.
func (c *backupCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		s, err := a.Backup(r.ctx, c.File)
		if err != nil {
			return err
		}
		r.say("cli.backup_done", fault.Args{"file": c.File, "rows": s.Rows, "files": s.Blobs})
		return nil
	})
}

// restoreCmd makes a federation from a backup, in a new place.
type restoreCmd struct {
	dataFlags
	File string `arg:"" help:"cli.arg_backup" type:"path" placeholder:"FILE"`
}

// Run implements the command.
func (c *restoreCmd) Run(r *run) error {
	s, err := app.Restore(r.ctx, c.config(r), c.File)
	if err != nil {
		return err
	}
	r.say("cli.restore_done", fault.Args{"dir": c.Data, "rows": s.Rows, "files": s.Blobs})
	return nil
}

// reindexCmd makes the search index anew.
type reindexCmd struct{ dataFlags }

// Run implements the command.
func (c *reindexCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		bar := r.progress()
		defer bar.done()
		n, err := a.Reindex(r.ctx, bar.set)
		if err != nil {
			return err
		}
		r.say("cli.reindex_done", fault.Args{"count": n})
		return nil
	})
}

// doctorCmd looks whether all is well.
type doctorCmd struct {
	dataFlags
	JSON bool `help:"cli.flag_json" name:"json"`
}

// checked is one line of `doctor --json`.
type checked struct {
	Check  string   `json:"check"`
	Good   bool     `json:"good"`
	Text   string   `json:"text"`
	Detail []string `json:"detail,omitempty"`
}

// Run implements the command.
func (c *doctorCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		findings, err := a.Doctor(r.ctx)
		if err != nil {
			return err
		}
		sick := false
		for _, f := range findings {
			sick = sick || !f.Good
			var detail []string
			for _, p := range f.Detail {
				detail = append(detail, r.lang.T(p.Key, p.Args))
			}
			if c.JSON {
				if err := r.print(checked{f.Check, f.Good, r.lang.T(f.Key, f.Args), detail}); err != nil {
					return err
				}
				continue
			}
			mark := "✓"
			if !f.Good {
				mark = "✗"
			}
			fmt.Fprintf(r.in.Stdout, "%s %s\n", mark, r.lang.T(f.Key, f.Args))
			for _, d := range detail {
				fmt.Fprintf(r.in.Stdout, "    %s\n", d)
			}
		}
		if sick {
			return fault.New(fault.Unavailable, "cli.doctor_sick", nil)
		}
		return nil
	})
}
