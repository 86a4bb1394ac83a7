package cli

import (
	"fmt"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/org"
)

// orgProfileCmd shows what a page says of an organisation beside its name, or
// sets it: what is printed can be edited and set again.
type orgProfileCmd struct {
	dataFlags
	Path string `arg:"" help:"cli.arg_path" placeholder:"PATH"`
	File string `arg:"" optional:"" help:"directory.arg_profile" type:"path" placeholder:"FILE"`
}

// Run implements the command.
func (c *orgProfileCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		o, err := a.Org.ByPath(r.ctx, org.CleanPath(c.Path))
		if err != nil {
			return err
		}
		if c.File == "" {
			p, err := a.Org.Profile(r.ctx, o.ID)
			if err == nil {
				_, err = fmt.Fprint(r.in.Stdout, p.File())
			}
			return err
		}
		f, err := load(c.File)
		if err != nil {
			return err
		}
		p, err := org.ParseProfile(f.Data)
		if err != nil {
			return err
		}
		picture, err := beside(c.File, &p.Picture)
		if err != nil {
			return err
		}
		if err := a.SetProfile(r.ctx, o.ID, p, picture); err != nil {
			return err
		}
		r.say("directory.profile_set", fault.Args{"name": o.Name(r.lang), "path": "/" + o.Path})
		return nil
	})
}
