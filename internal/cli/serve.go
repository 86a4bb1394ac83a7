package cli

import (
	"errors"
	"log/slog"

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

	Config kong.ConfigFlag `help:"cli.flag_config" placeholder:"FILE"`
}

// Run implements the command.
func (c *serveCmd) Run(r *run) (err error) {
	r.log = slog.New(slog.NewTextHandler(r.in.Stderr, nil))
	cfg := c.config(r)
	if cfg.Mail, err = c.mail(r); err != nil {
		return err
	}
	a, err := app.OpenExisting(r.ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if c.BaseURL != "" {
		if err := a.Org.SetBaseURL(r.ctx, c.BaseURL); err != nil {
			return err
		}
	}
	ln, err := app.Listen(r.ctx, c.Addr)
	if err != nil {
		return err
	}
	r.say("cli.serving", fault.Args{"url": "http://" + ln.Addr().String() + "/"})
	return a.Serve(r.ctx, ln)
}
