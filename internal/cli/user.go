package cli

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
)

// userCmd looks after those who sign in.
type userCmd struct {
	List    userListCmd    `cmd:"" help:"account.help_list"`
	Invite  userInviteCmd  `cmd:"" help:"account.help_invite"`
	Grant   userGrantCmd   `cmd:"" help:"account.help_grant"`
	Revoke  userRevokeCmd  `cmd:"" help:"account.help_revoke"`
	Suspend userSuspendCmd `cmd:"" help:"account.help_suspend"`
	Resume  userResumeCmd  `cmd:"" help:"account.help_resume"`
	Reset   userResetCmd   `cmd:"" help:"account.help_reset"`
}

// loginFor is the name somebody signs in with, if none was said: her mail address,
// or how her name is spelt.
func loginFor(login, email, name string) string {
	return cmp.Or(login, email, strings.ReplaceAll(han.Slug(name), "-", "."))
}

// sayLink prints a link to hand over, or that a letter is on its way.
func (r *run) sayLink(key, name, login string, l people.Link) {
	r.say(key, fault.Args{"name": name, "login": login})
	if l.Sent {
		r.say("account.link_sent", nil)
		return
	}
	r.say("account.link", fault.Args{"link": string(l.Address)})
	if strings.HasPrefix(string(l.Address), "/") {
		r.say("account.link_where", nil)
	}
}

type userListCmd struct {
	dataFlags
	JSON bool `help:"cli.flag_json" name:"json"`
}

// listedUser is one line of `user list --json`.
type listedUser struct {
	Login  string        `json:"login"`
	Name   string        `json:"name"`
	State  string        `json:"state"`
	Joined bool          `json:"joined"`
	Second bool          `json:"second_step"`
	Grants []listedGrant `json:"grants"`
}

type listedGrant struct {
	Org   string `json:"org"`
	Role  string `json:"role"`
	Below bool   `json:"below"`
}

// Run implements the command.
func (c *userListCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		all, err := a.Gate.Users(r.ctx)
		if err != nil {
			return err
		}
		for _, u := range all {
			if c.JSON {
				err = r.print(listUser(r, u))
			} else {
				_, err = fmt.Fprintf(r.in.Stdout, "%s  %s  %s  %s\n", u.Account.Login, u.Person.Name(r.lang), r.lang.T("account.state_"+stateOf(u)), rolesOf(r, u))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// stateOf says how far somebody is.
func stateOf(u people.User) string {
	switch {
	case u.Account.State == people.Suspended:
		return "suspended"
	case !u.Joined:
		return "invited"
	case u.Second:
		return "second"
	}
	return "joined"
}

func rolesOf(r *run, u people.User) string {
	var out []string
	for _, g := range u.Grants {
		s := r.lang.T(g.Role.Key()) + " /" + g.Path
		if g.Below {
			s += "…"
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

func listUser(r *run, u people.User) listedUser {
	out := listedUser{
		Login: u.Account.Login, Name: u.Person.Name(r.lang), State: string(u.Account.State), Joined: u.Joined, Second: u.Second, Grants: []listedGrant{},
	}
	for _, g := range u.Grants {
		out.Grants = append(out.Grants, listedGrant{Org: strings.TrimSuffix(g.Path, "/"), Role: string(g.Role), Below: g.Below})
	}
	return out
}

type userInviteCmd struct {
	dataFlags
	Org   string `help:"account.flag_org" placeholder:"PATH"`
	Role  string `help:"account.flag_role" required:"" placeholder:"ROLE"`
	Below bool   `help:"account.flag_below"`
	Email string `help:"account.flag_email" placeholder:"ADDRESS"`
	Login string `help:"account.flag_login" placeholder:"LOGIN"`
	Lang  string `help:"cli.flag_lang" placeholder:"LANG"`
	Name  string `arg:"" help:"account.arg_name" placeholder:"NAME"`
}

// Run implements the command.
func (c *userInviteCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		at, err := a.Org.ByPath(r.ctx, org.CleanPath(c.Org))
		if err != nil {
			return err
		}
		lang, err := pageLang(r, a, c.Lang)
		if err != nil {
			return err
		}
		n := people.Newcomer{
			Org: at.ID, Names: nameIn(lang, c.Name), Lang: lang, Login: loginFor(c.Login, c.Email, c.Name), Email: c.Email,
			Role: access.Role(c.Role), Below: c.Below,
		}
		_, l, err := a.Gate.Welcome(r.ctx, n)
		if err != nil {
			return err
		}
		r.sayLink("account.invited", c.Name, n.Login, l)
		return nil
	})
}

// nameIn is a name as it was written, in the language it is written in.
func nameIn(l locale.Lang, s string) org.Names {
	switch {
	case l == locale.En || strings.IndexFunc(s, han.IsHan) < 0:
		return org.Names{En: s}
	case l == locale.Hans:
		return org.Names{Hans: s}
	}
	return org.Names{Hant: s}
}

type userGrantCmd struct {
	dataFlags
	Org   string `help:"account.flag_org" placeholder:"PATH"`
	Role  string `help:"account.flag_role" required:"" placeholder:"ROLE"`
	Below bool   `help:"account.flag_below"`
	Until string `help:"account.flag_until" placeholder:"DAY"`
	Login string `arg:"" help:"account.arg_login" placeholder:"LOGIN"`
}

// Run implements the command.
func (c *userGrantCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		u, err := a.Gate.User(r.ctx, c.Login)
		if err != nil {
			return err
		}
		at, err := a.Org.ByPath(r.ctx, org.CleanPath(c.Org))
		if err != nil {
			return err
		}
		p := people.GiveParams{Person: u.Person.ID, Org: at.ID, Role: access.Role(c.Role), Below: c.Below}
		if c.Until != "" {
			zone, err := a.Zone(r.ctx)
			if err != nil {
				return err
			}
			day, err := time.ParseInLocation(time.DateOnly, c.Until, zone)
			if err != nil {
				return fault.New(fault.Misuse, "account.bad_day", fault.Args{"day": c.Until})
			}
			p.Until = day.AddDate(0, 0, 1)
		}
		if _, err := a.People.Give(r.ctx, p); err != nil {
			return err
		}
		r.say("account.granted", fault.Args{"name": u.Person.Name(r.lang), "role": r.lang.T(p.Role.Key()), "org": at.Name(r.lang)})
		return nil
	})
}

type userRevokeCmd struct {
	dataFlags
	Org   string `help:"account.flag_org" placeholder:"PATH"`
	Role  string `help:"account.flag_role" required:"" placeholder:"ROLE"`
	Apply bool   `help:"cli.flag_apply"`
	Login string `arg:"" help:"account.arg_login" placeholder:"LOGIN"`
}

// Run implements the command.
func (c *userRevokeCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		u, err := a.Gate.User(r.ctx, c.Login)
		if err != nil {
			return err
		}
		n := 0
		for _, g := range u.Grants {
			if g.Path != org.CleanPath(c.Org) || g.Role != access.Role(c.Role) {
				continue
			}
			n++
			args := fault.Args{"name": u.Person.Name(r.lang), "role": r.lang.T(g.Role.Key()), "path": "/" + g.Path}
			if !c.Apply {
				r.say("account.revoke_dry", args)
				continue
			}
			if err := a.People.Revoke(r.ctx, g.ID); err != nil {
				return err
			}
			r.say("account.revoked", args)
		}
		if n == 0 {
			return fault.New(fault.NotFound, "people.grant_not_found", nil)
		}
		return nil
	})
}

type userSuspendCmd struct {
	dataFlags
	Apply bool   `help:"cli.flag_apply"`
	Login string `arg:"" help:"account.arg_login" placeholder:"LOGIN"`
}

// Run implements the command.
func (c *userSuspendCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		u, err := a.Gate.User(r.ctx, c.Login)
		if err != nil {
			return err
		}
		args := fault.Args{"name": u.Person.Name(r.lang)}
		if !c.Apply {
			r.say("account.suspend_dry", args)
			return nil
		}
		if err := a.People.Suspend(r.ctx, u.Person.ID); err != nil {
			return err
		}
		r.say("account.suspended", args)
		return nil
	})
}

type userResumeCmd struct {
	dataFlags
	Login string `arg:"" help:"account.arg_login" placeholder:"LOGIN"`
}

// Run implements the command.
func (c *userResumeCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		u, err := a.Gate.User(r.ctx, c.Login)
		if err != nil {
			return err
		}
		if err := a.People.Resume(r.ctx, u.Person.ID); err != nil {
			return err
		}
		r.say("account.resumed", fault.Args{"name": u.Person.Name(r.lang)})
		return nil
	})
}

type userResetCmd struct {
	dataFlags
	All   bool   `help:"account.flag_all"`
	Apply bool   `help:"cli.flag_apply"`
	Login string `arg:"" help:"account.arg_login" placeholder:"LOGIN"`
}

// Run implements the command.
func (c *userResetCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		u, err := a.Gate.User(r.ctx, c.Login)
		if err != nil {
			return err
		}
		name := u.Person.Name(r.lang)
		if !c.Apply {
			key := "account.reset_dry"
			if c.All {
				key = "account.reset_all_dry"
			}
			r.say(key, fault.Args{"name": name})
			return nil
		}
		var l people.Link
		if u.Joined {
			l, err = a.Gate.Reset(r.ctx, u.Person.ID, c.All)
		} else {
			l, err = a.Gate.Invite(r.ctx, u.Person.ID) // she never came in: her invitation once more
		}
		if err != nil {
			return err
		}
		r.sayLink("account.reset_done", name, u.Account.Login, l)
		return nil
	})
}
