package cli

import (
	"fmt"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/fault"
)

// redirectCmd keeps the addresses of the site that was here before.
type redirectCmd struct {
	Import redirectImportCmd `cmd:"" help:"cli.help_redirect_import"`
	List   redirectListCmd   `cmd:"" help:"cli.help_redirect_list"`
}

type redirectImportCmd struct {
	dataFlags
	Apply bool   `help:"cli.flag_apply"`
	File  string `arg:"" help:"cli.arg_redirects" type:"path" placeholder:"FILE.csv"`
}

// Run implements the command. Bad lines are named and fail the command at the
// end; the good ones are kept all the same.
func (c *redirectImportCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		f, err := load(c.File)
		if err != nil {
			return err
		}
		importer := a.Importer()
		good, bad, err := importer.ReadRedirects(r.ctx, f.Data)
		if err != nil {
			return err
		}
		for _, b := range bad {
			fmt.Fprintf(r.in.Stderr, "%s:%d: %s\n", c.File, b.Line, r.warning(b.Warning))
		}
		if !c.Apply {
			for _, one := range good {
				fmt.Fprintf(r.in.Stdout, "%s → %s\n", one.Old, one.New)
			}
			r.say("cli.redirect_dry", fault.Args{"count": len(good)})
		} else {
			if err := importer.StoreRedirects(r.ctx, good); err != nil {
				return err
			}
			r.say("cli.redirect_done", fault.Args{"count": len(good)})
		}
		if len(bad) > 0 {
			return fault.New(fault.Invalid, "cli.redirect_bad", fault.Args{"count": len(bad)})
		}
		return nil
	})
}

type redirectListCmd struct {
	dataFlags
	JSON bool `help:"cli.flag_json" name:"json"`
}

// Run implements the command.
func (c *redirectListCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		list, err := a.OldAddresses().List(r.ctx)
		if err != nil {
			return err
		}
		for _, one := range list {
			if c.JSON {
				err = r.print(one)
			} else {
				_, err = fmt.Fprintf(r.in.Stdout, "%s → %s\n", one.Old, one.New)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}
