package cli

import (
	"cmp"
	"errors"
	"log/slog"
	"net"
	"net/netip"

	"github.com/alecthomas/kong"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/fault"
)

// serveCmd serves the site until it is told to stop.
type serveCmd struct {
	dataFlags
	mailFlags
	Addr    string `help:"cli.flag_addr" default:"127.0.0.1:8080" env:"HUIGUAN_ADDR" placeholder:"ADDR"`
	BaseURL string `help:"cli.flag_base_url" name:"base-url" env:"HUIGUAN_BASE_URL" placeholder:"URL"`

	TrustedProxy []netip.Prefix `help:"account.flag_proxy" name:"trusted-proxy" env:"HUIGUAN_TRUSTED_PROXY" placeholder:"NETWORK"`

	Config kong.ConfigFlag `help:"cli.flag_config" placeholder:"FILE"`
}

// Run implements the command.
func (c *serveCmd) Run(r *run) (err error) {
	r.log = slog.New(slog.NewTextHandler(r.in.Stderr, nil))
	cfg := c.config(r)
	if cfg.Mail, err = c.mail(r); err != nil {
		return err
	}
	cfg.Proxies = c.TrustedProxy
	a, err := app.OpenToServe(r.ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	founded := true
	if _, err := a.Org.Federation(r.ctx); fault.Is(err, fault.NotFound) {
		founded = false
	} else if err != nil {
		return err
	}
	if c.BaseURL != "" && founded {
		if err := a.Org.SetBaseURL(r.ctx, c.BaseURL); err != nil {
			return err
		}
	}
	ln, err := app.Listen(r.ctx, c.Addr)
	if err != nil {
		return err
	}
	r.say("cli.serving", fault.Args{"url": "http://" + ln.Addr().String() + "/"})
	if err := c.offerSetup(r, a, ln); err != nil {
		return err
	}
	return a.Serve(r.ctx, ln)
}

// offerSetup prints the code of the set-up page, as long as nobody can sign in.
func (c *serveCmd) offerSetup(r *run, a *app.App, ln net.Listener) error {
	usable, err := a.Gate.Usable(r.ctx)
	if err != nil || usable {
		return err
	}
	r.say("account.setup_console", fault.Args{
		"url": cmp.Or(app.Local(ln), "http://"+ln.Addr().String()) + "/office/set-up", "code": a.Gate.OfferSetup(),
	})
	return nil
}
