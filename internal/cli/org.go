package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/org"
)

// orgCmd looks after the tree of organisations.
type orgCmd struct {
	List    orgListCmd    `cmd:"" help:"cli.help_org_list"`
	Add     orgAddCmd     `cmd:"" help:"cli.help_org_add"`
	Move    orgMoveCmd    `cmd:"" help:"cli.help_org_move"`
	Close   orgCloseCmd   `cmd:"" help:"cli.help_org_close"`
	Link    orgLinkCmd    `cmd:"" help:"cli.help_org_link"`
	Profile orgProfileCmd `cmd:"" help:"directory.help_org_profile"`
	Access  orgAccessCmd  `cmd:"" help:"staff.help_org_access"`
	Merge   orgMergeCmd   `cmd:"" help:"tree.help_merge"`
	Reopen  orgReopenCmd  `cmd:"" help:"tree.help_reopen"`
	Order   orgOrderCmd   `cmd:"" help:"tree.help_order"`
	Export  orgExportCmd  `cmd:"" help:"tree.help_export"`
	Import  orgImportCmd  `cmd:"" help:"tree.help_import"`
}

// with opens the federation for one piece of work.
func (f dataFlags) with(r *run, work func(*app.App) error) (err error) {
	a, err := f.open(r)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	return work(a)
}

type orgListCmd struct {
	dataFlags
	JSON bool   `help:"cli.flag_json" name:"json"`
	Path string `arg:"" optional:"" help:"cli.arg_path" placeholder:"PATH"`
}

// listed is one line of `org list --json`.
type listed struct {
	ID     string `json:"id"`
	Path   string `json:"path"`
	Kind   string `json:"kind"`
	Name   string `json:"name"`
	Status string `json:"status"`
}

// Run implements the command.
func (c *orgListCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		top, err := a.Org.ByPath(r.ctx, org.CleanPath(c.Path))
		if err != nil {
			return err
		}
		all, err := a.Org.Subtree(r.ctx, top.Path)
		if err != nil {
			return err
		}
		for _, o := range all {
			if c.JSON {
				err = r.print(listed{string(o.ID), strings.TrimSuffix(o.Path, "/"), o.Kind, o.Name(r.lang), string(o.Status)})
			} else {
				depth := strings.Count(o.Path, "/") - strings.Count(top.Path, "/")
				_, err = fmt.Fprintf(r.in.Stdout, "%s%s  /%s  %s\n", strings.Repeat("  ", depth), o.Name(r.lang), o.Path, closedMark(r, o))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func closedMark(r *run, o org.Organisation) string {
	if o.Status == org.Closed {
		return r.lang.T("enum.org_closed")
	}
	return ""
}

type orgAddCmd struct {
	dataFlags
	Slug     string `help:"cli.flag_slug" placeholder:"SLUG"`
	Kind     string `help:"cli.flag_kind" placeholder:"KIND"`
	NameHans string `help:"cli.flag_name_hans" name:"name-hans" placeholder:"NAME"`
	NameEn   string `help:"cli.flag_name_en" name:"name-en" placeholder:"NAME"`
	Position int    `help:"cli.flag_position" placeholder:"N"`
	Founded  string `help:"cli.flag_founded" placeholder:"YEAR"`
	Parent   string `arg:"" help:"cli.arg_parent" placeholder:"PARENT"`
	Name     string `arg:"" help:"cli.arg_name" placeholder:"NAME"`
}

// Run implements the command.
func (c *orgAddCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		parent, err := a.Org.ByPath(r.ctx, org.CleanPath(c.Parent))
		if err != nil {
			return err
		}
		made, err := a.Org.Create(r.ctx, org.CreateParams{
			Parent: parent.ID, Slug: c.Slug, Kind: c.Kind, Position: c.Position, Founded: c.Founded,
			Names: org.Names{Hant: c.Name, Hans: c.NameHans, En: c.NameEn},
		})
		if err != nil {
			return err
		}
		r.say("cli.org_added", fault.Args{"name": made.Name(r.lang), "path": "/" + made.Path})
		return nil
	})
}

type orgMoveCmd struct {
	dataFlags
	Slug   string `help:"cli.flag_new_slug" placeholder:"SLUG"`
	Apply  bool   `help:"cli.flag_apply"`
	Path   string `arg:"" help:"cli.arg_path" placeholder:"PATH"`
	Parent string `arg:"" help:"cli.arg_new_parent" placeholder:"PARENT"`
}

// Run implements the command.
func (c *orgMoveCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		o, err := a.Org.ByPath(r.ctx, org.CleanPath(c.Path))
		if err != nil {
			return err
		}
		parent, err := a.Org.ByPath(r.ctx, org.CleanPath(c.Parent))
		if err != nil {
			return err
		}
		below, err := a.Org.Subtree(r.ctx, o.Path)
		if err != nil {
			return err
		}
		slug := c.Slug
		if slug == "" {
			slug = o.Slug
		}
		args := fault.Args{"name": o.Name(r.lang), "from": "/" + o.Path, "to": "/" + parent.Path + slug + "/", "count": len(below)}
		if !c.Apply {
			if err := a.Org.TryMove(r.ctx, o.ID, parent.ID, slug); err != nil {
				return err
			}
			r.say("cli.org_move_dry", args)
			return nil
		}
		if err := a.Org.Move(r.ctx, o.ID, parent.ID, slug); err != nil {
			return err
		}
		r.say("cli.org_moved", args)
		return nil
	})
}

type orgCloseCmd struct {
	dataFlags
	Apply bool   `help:"cli.flag_apply"`
	Path  string `arg:"" help:"cli.arg_path" placeholder:"PATH"`
}

// Run implements the command.
func (c *orgCloseCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		o, err := a.Org.ByPath(r.ctx, org.CleanPath(c.Path))
		if err != nil {
			return err
		}
		args := fault.Args{"name": o.Name(r.lang), "path": "/" + o.Path}
		if !c.Apply {
			if err := a.Org.TryClose(r.ctx, o.ID); err != nil {
				return err
			}
			r.say("cli.org_close_dry", args)
			return nil
		}
		if err := a.Org.Close(r.ctx, o.ID); err != nil {
			return err
		}
		r.say("cli.org_closed", args)
		return nil
	})
}

type orgLinkCmd struct {
	dataFlags
	From     string `arg:"" help:"cli.arg_path" placeholder:"PATH"`
	Relation string `arg:"" help:"cli.arg_relation" enum:"affiliate,twin,second-parent" placeholder:"RELATION"`
	To       string `arg:"" help:"cli.arg_to" placeholder:"PATH"`
}

// Run implements the command.
func (c *orgLinkCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		from, err := a.Org.ByPath(r.ctx, org.CleanPath(c.From))
		if err != nil {
			return err
		}
		to, err := a.Org.ByPath(r.ctx, org.CleanPath(c.To))
		if err != nil {
			return err
		}
		if err := a.Org.AddLink(r.ctx, from.ID, to.ID, org.Relation(c.Relation)); err != nil {
			return err
		}
		r.say("cli.org_linked", fault.Args{"from": from.Name(r.lang), "to": to.Name(r.lang), "relation": c.Relation})
		return nil
	})
}
