package cli

import (
	"errors"
	"time"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/jobs"
)

// jobsCmd is about work in the background.
type jobsCmd struct {
	List  jobsListCmd  `cmd:"" help:"cli.help_jobs_list"`
	Run   jobsRunCmd   `cmd:"" help:"cli.help_jobs_run"`
	Retry jobsRetryCmd `cmd:"" help:"cli.help_jobs_retry"`
	Drop  jobsDropCmd  `cmd:"" help:"cli.help_jobs_drop"`
}

// jobsListCmd lists what waits, runs or failed.
type jobsListCmd struct {
	dataFlags
	JSON bool `help:"cli.flag_json" name:"json"`
}

// jobLine is a piece of work as it is printed.
type jobLine struct {
	ID     jobs.ID   `json:"id"`
	Kind   string    `json:"kind"`
	State  string    `json:"state"`
	By     string    `json:"by,omitempty"`
	At     time.Time `json:"at"`
	Tries  int       `json:"tries"`
	Reason string    `json:"reason,omitempty"`
	Detail string    `json:"detail,omitempty"`
}

// Run implements the command.
func (c *jobsListCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error { return c.list(r, a) })
}

func (c *jobsListCmd) list(r *run, a *app.App) error {
	none := true
	for _, state := range jobs.States() {
		list, err := a.Jobs.List(r.ctx, state, 200)
		if err != nil {
			return err
		}
		for _, j := range list {
			none = false
			if err := c.line(r, j); err != nil {
				return err
			}
		}
	}
	if none && !c.JSON {
		r.say("cli.jobs_none", nil)
	}
	return nil
}

func (c *jobsListCmd) line(r *run, j jobs.Job) error {
	l := jobLine{ID: j.ID, Kind: j.Kind, State: string(j.State), By: j.By, At: j.At, Tries: j.Tries}
	if j.Reason != nil {
		l.Reason, l.Detail = r.lang.T(j.Reason.Key, j.Reason.Args), j.Reason.Detail
	}
	if c.JSON {
		return r.print(l)
	}
	r.say("cli.jobs_line", fault.Args{
		"id": j.ID, "kind": r.text("work.kind_" + j.Kind), "state": r.lang.T("work.state_" + l.State), "at": l.At.Format(time.DateTime), "reason": l.Reason,
	})
	return nil
}

// jobsRunCmd does all that is due, once.
type jobsRunCmd struct {
	dataFlags
	mailFlags
}

// Run implements the command.
func (c *jobsRunCmd) Run(r *run) (err error) {
	cfg := c.dataFlags.config(r)
	if cfg.Mail, err = c.mail(r); err != nil {
		return err
	}
	a, err := app.OpenExisting(r.ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	n, err := a.Jobs.Drain(r.ctx)
	if err != nil {
		return err
	}
	r.say("cli.jobs_ran", fault.Args{"count": n})
	return nil
}

// jobsRetryCmd runs a piece of work again.
type jobsRetryCmd struct {
	dataFlags
	ID int64 `arg:"" help:"cli.arg_job" placeholder:"N"`
}

// Run implements the command.
func (c *jobsRetryCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		if err := a.Jobs.Retry(r.ctx, jobs.ID(c.ID)); err != nil {
			return err
		}
		r.say("work.done_again", nil)
		return nil
	})
}

// jobsDropCmd forgets a piece of work.
type jobsDropCmd struct {
	dataFlags
	ID int64 `arg:"" help:"cli.arg_job" placeholder:"N"`
}

// Run implements the command.
func (c *jobsDropCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		if err := a.Jobs.Drop(r.ctx, jobs.ID(c.ID)); err != nil {
			return err
		}
		r.say("work.done_dropped", nil)
		return nil
	})
}
