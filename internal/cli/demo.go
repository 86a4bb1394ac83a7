package cli

import (
	"errors"
	"net"
	"os"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/fault"
)

// demoCmd shows an invented federation.
type demoCmd struct {
	Addr string `help:"cli.flag_addr" default:"127.0.0.1:8080" placeholder:"ADDR"`
}

// Run implements the command.
func (c *demoCmd) Run(r *run) (err error) {
	dir, err := os.MkdirTemp("", "huiguan-demo-*")
	if err != nil {
		return fault.Because(err, fault.Unavailable, "db.unwritable", fault.Args{"dir": os.TempDir()})
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary folder
	ln, err := app.Listen(r.ctx, c.Addr)
	if err != nil {
		return err
	}
	defer ln.Close() //nolint:errcheck // Serve has closed it already
	a, err := app.Open(r.ctx, app.Config{Dir: dir, Logger: r.log, Pictures: pictures()})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	r.say("cli.demo_building", nil)
	bar := r.progress()
	places, err := a.BuildDemo(r.ctx, bar.set)
	bar.done()
	if err != nil {
		return err
	}
	url := "http://" + ln.Addr().String()
	r.say("cli.demo_ready", fault.Args{"url": url + "/"})
	for _, p := range places {
		r.say("cli.demo_"+p.What, fault.Args{"url": url + p.Path})
	}
	if err := c.office(r, a, ln); err != nil {
		return err
	}
	return a.Serve(r.ctx, ln)
}

// office says how to look around the office. Browsers make passkeys for localhost,
// and for no number: where the demo can be reached by that name, it is its address.
func (c *demoCmd) office(r *run, a *app.App, ln net.Listener) error {
	seats, err := a.OpenDemoOffice(r.ctx)
	if err != nil {
		return err
	}
	url := app.Local(ln)
	if url == "" {
		url = "http://" + ln.Addr().String()
	} else if err := a.Org.SetBaseURL(r.ctx, url); err != nil {
		return err
	}
	r.say("account.demo_office", fault.Args{"url": url + "/office/", "password": seats[0].Password})
	for _, s := range seats {
		r.say("account.demo_seat", fault.Args{
			"role": r.lang.T(s.Role.Key()), "org": s.Org.Name(r.lang), "name": s.Person.Name(r.lang), "login": s.Login, "link": url + string(s.Link),
		})
	}
	return nil
}
