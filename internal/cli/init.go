package cli

import (
	"errors"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
)

// initCmd makes a federation in a data folder.
type initCmd struct {
	dataFlags
	Name    string `help:"cli.flag_name" placeholder:"NAME" required:""`
	NameEn  string `help:"cli.flag_name_en" name:"name-en" placeholder:"NAME"`
	Preset  string `help:"cli.flag_preset" default:"hometown" placeholder:"PRESET"`
	Lang    string `help:"cli.flag_lang" default:"zh-Hant" placeholder:"LANG"`
	Zone    string `help:"cli.flag_zone" default:"Asia/Shanghai" placeholder:"ZONE"`
	BaseURL string `help:"cli.flag_base_url" name:"base-url" placeholder:"URL"`
	Admin   string `help:"account.flag_admin" placeholder:"NAME"`
	Login   string `help:"account.flag_login" placeholder:"LOGIN"`
	Email   string `help:"account.flag_email" placeholder:"ADDRESS"`
}

// Run implements the command.
func (c *initCmd) Run(r *run) (err error) {
	a, err := app.Open(r.ctx, c.config(r))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	names := org.Names{Hant: c.Name, En: c.NameEn}
	switch lang, _ := locale.Parse(c.Lang); lang {
	case locale.Hans:
		names = org.Names{Hans: c.Name, En: c.NameEn}
	case locale.En:
		names = org.Names{En: c.Name}
	}
	_, err = a.Org.Init(r.ctx, org.InitParams{Preset: c.Preset, Lang: c.Lang, Zone: c.Zone, BaseURL: c.BaseURL, Names: names})
	if err != nil {
		return err
	}
	r.say("cli.init_done", fault.Args{"name": c.Name, "dir": c.Data})
	if c.Admin == "" {
		return nil
	}
	lang, _ := locale.Parse(c.Lang)
	n := people.Newcomer{Names: nameIn(lang, c.Admin), Lang: lang, Login: loginFor(c.Login, c.Email, c.Admin), Email: c.Email}
	l, err := a.Gate.FirstAdministrator(r.ctx, n)
	if err != nil {
		return err
	}
	r.sayLink("account.invited", c.Admin, n.Login, l)
	return nil
}
