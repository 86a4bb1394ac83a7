package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/BurntSushi/toml"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
)

// siteCmd sets up what the site is called and looks like.
type siteCmd struct {
	Show siteShowCmd `cmd:"" help:"cli.help_site_show"`
	Set  siteSetCmd  `cmd:"" help:"cli.help_site_set"`
}

type siteShowCmd struct{ dataFlags }

// Run implements the command.
func (c *siteShowCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		site, err := a.Org.Site(r.ctx)
		if err != nil {
			return err
		}
		return toml.NewEncoder(r.in.Stdout).Encode(site)
	})
}

type siteSetCmd struct {
	dataFlags
	File string `arg:"" help:"cli.arg_site" type:"path" placeholder:"FILE"`
}

// Run implements the command.
func (c *siteSetCmd) Run(r *run) error {
	var site org.Site
	meta, err := toml.DecodeFile(c.File, &site)
	if err != nil {
		return unreadable(c.File, err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return fault.New(fault.Invalid, "cli.site_unreadable", fault.Args{"file": c.File, "problem": unknown[0].String() + "?"})
	}
	logo, err1 := beside(c.File, &site.Logo)
	icon, err2 := beside(c.File, &site.Icon)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	return c.with(r, func(a *app.App) error {
		if err := a.SetSite(r.ctx, site, logo, icon); err != nil {
			return err
		}
		r.say("cli.site_set", nil)
		return nil
	})
}

// unreadable explains why a settings file could not be used.
func unreadable(file string, err error) error {
	if errors.Is(err, os.ErrNotExist) || errors.Is(err, os.ErrPermission) {
		return fault.Because(err, fault.NotFound, "cli.unreadable", fault.Args{"file": file})
	}
	return fault.Because(err, fault.Invalid, "cli.site_unreadable", fault.Args{"file": file, "problem": err.Error()})
}

// hashLen tells the hash of a picture that is kept already from a file's name.
const hashLen = 64

// beside reads the picture that a settings file names, and clears the name. A
// hash stays: it is of a picture that is kept already.
func beside(file string, name *string) ([]byte, error) {
	if *name == "" || len(*name) == hashLen && filepath.Ext(*name) == "" {
		return nil, nil
	}
	path := filepath.Join(filepath.Dir(file), *name)
	f, err := load(path)
	*name = ""
	return f.Data, err
}

// pageCmd looks after standing pages.
type pageCmd struct {
	Put      pagePutCmd      `cmd:"" help:"cli.help_page_put"`
	List     pageListCmd     `cmd:"" help:"cli.help_page_list"`
	Withdraw pageWithdrawCmd `cmd:"" help:"cli.help_page_withdraw"`
}

type pagePutCmd struct {
	dataFlags
	Org      string `help:"cli.flag_page_org" placeholder:"PATH"`
	Slug     string `help:"cli.flag_page_slug" placeholder:"SLUG"`
	Lang     string `help:"cli.flag_page_lang" placeholder:"LANG"`
	Title    string `help:"cli.flag_page_title" placeholder:"TITLE"`
	Position int    `help:"cli.flag_page_position" placeholder:"N"`
	Publish  bool   `help:"cli.flag_publish"`
	File     string `arg:"" help:"cli.arg_files" type:"path" placeholder:"FILE"`
}

// Run implements the command.
func (c *pagePutCmd) Run(r *run) error {
	near := roots{}
	defer near.close()
	f, err := near.load(source{c.File, filepath.Dir(c.File)})
	if err != nil {
		return err
	}
	return c.with(r, func(a *app.App) error {
		of, err := a.Org.ByPath(r.ctx, org.CleanPath(c.Org))
		if err != nil {
			return err
		}
		p := press.StandingPageParams{Org: of.ID, Slug: c.Slug, Title: c.Title, Position: c.Position}
		if p.Lang, err = pageLang(r, a, c.Lang); err != nil {
			return err
		}
		if c.Publish {
			p.State = press.Published
		}
		page, warnings, err := a.PutPage(r.ctx, f, p)
		if err != nil {
			return err
		}
		for _, w := range warnings {
			fmt.Fprintf(r.in.Stderr, "%s: %s\n", c.File, r.warning(w))
		}
		r.say("cli.page_put", fault.Args{"title": page.Title, "address": "/" + of.Path + "about/" + page.Slug, "state": page.State})
		return nil
	})
}

// pageLang reads the language of a page; the federation's where none is said.
func pageLang(r *run, a *app.App, said string) (locale.Lang, error) {
	if said == "" {
		f, err := a.Org.Federation(r.ctx)
		said = f.Lang
		if err != nil {
			return "", err
		}
	}
	lang, ok := locale.Parse(said)
	if !ok {
		return "", fault.New(fault.Misuse, "press.lang_unknown", fault.Args{"lang": said})
	}
	return lang, nil
}

type pageListCmd struct {
	dataFlags
	Org  string `help:"cli.flag_page_org" placeholder:"PATH"`
	JSON bool   `help:"cli.flag_json" name:"json"`
}

// listedPage is one line of `page list --json`.
type listedPage struct {
	ID       string `json:"id"`
	Slug     string `json:"slug"`
	Lang     string `json:"lang"`
	Title    string `json:"title"`
	State    string `json:"state"`
	Position int    `json:"position"`
}

// Run implements the command.
func (c *pageListCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		of, err := a.Org.ByPath(r.ctx, org.CleanPath(c.Org))
		if err != nil {
			return err
		}
		pages, err := a.PagesOf(r.ctx, of.ID)
		if err != nil {
			return err
		}
		for _, p := range pages {
			if c.JSON {
				err = r.print(listedPage{string(p.ID), p.Slug, string(p.Lang), p.Title, string(p.State), p.Position})
			} else {
				_, err = fmt.Fprintf(r.in.Stdout, "%d  /%sabout/%s  %s  %s  %s\n", p.Position, of.Path, p.Slug, p.Lang, p.State, p.Title)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

type pageWithdrawCmd struct {
	dataFlags
	Org  string `help:"cli.flag_page_org" placeholder:"PATH"`
	Lang string `help:"cli.flag_page_langs" placeholder:"LANG"`
	Slug string `arg:"" help:"cli.flag_page_slug" placeholder:"SLUG"`
}

// Run implements the command.
func (c *pageWithdrawCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		of, err := a.Org.ByPath(r.ctx, org.CleanPath(c.Org))
		if err != nil {
			return err
		}
		p := press.StandingPageParams{Org: of.ID, Slug: c.Slug, State: press.Withdrawn}
		if c.Lang != "" {
			if p.Lang, err = pageLang(r, a, c.Lang); err != nil {
				return err
			}
		}
		n, err := a.SetPageState(r.ctx, p)
		if err != nil {
			return err
		}
		r.say("cli.page_withdrawn", fault.Args{"count": n})
		return nil
	})
}
