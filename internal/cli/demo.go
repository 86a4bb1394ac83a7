package cli

import (
	"errors"
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
	return a.Serve(r.ctx, ln)
}
