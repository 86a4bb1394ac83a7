package cli

import (
	"os"
	"time"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/fault"
)

// auditCmd is about the trail of what was done.
type auditCmd struct {
	Verify auditVerifyCmd `cmd:"" help:"cli.help_audit_verify"`
	Head   auditHeadCmd   `cmd:"" help:"cli.help_audit_head"`
}

// auditVerifyCmd says whether the trail is still what was written.
type auditVerifyCmd struct {
	dataFlags
	Head []string `help:"cli.flag_head" type:"path" placeholder:"FILE"`
	JSON bool     `help:"cli.flag_json" name:"json"`
}

// Run implements the command.
func (c *auditVerifyCmd) Run(r *run) error {
	var heads []audit.Head
	for _, file := range c.Head {
		text, err := os.ReadFile(file)
		if err != nil {
			return fault.Because(err, fault.Misuse, "cli.unreadable", fault.Args{"file": file})
		}
		h, err := audit.ParseHead(text)
		if err != nil {
			return err
		}
		heads = append(heads, h)
	}
	return c.with(r, func(a *app.App) error {
		report, err := a.VerifyTrail(r.ctx, heads...)
		if err != nil {
			return err
		}
		if err := c.tell(r, report, heads); err != nil {
			return err
		}
		if !report.Good() {
			return silent{fault.New(fault.Conflict, "audit.report_breaks", nil)}
		}
		return nil
	})
}

// tell prints a report.
func (c *auditVerifyCmd) tell(r *run, report audit.Report, heads []audit.Head) error {
	if c.JSON {
		return r.print(report)
	}
	r.say("audit.report", fault.Args{"entries": report.Entries, "links": report.Links, "waiting": report.Waiting})
	if report.Good() {
		for _, h := range heads {
			r.say("audit.report_head", fault.Args{"seq": h.LastSeq, "at": h.At.Format(time.DateTime)})
		}
		r.say("audit.report_good", nil)
		return nil
	}
	for _, b := range report.Breaks {
		r.warn(b.Key(), fault.Args{"from": max(b.From, 1), "to": b.To})
	}
	r.warn("audit.report_breaks", fault.Args{"count": len(report.Breaks)})
	return nil
}

// auditHeadCmd signs the end of the chain, to be kept elsewhere.
type auditHeadCmd struct {
	dataFlags
	File string `arg:"" optional:"" type:"path" help:"cli.arg_head" placeholder:"FILE"`
}

// Run implements the command.
func (c *auditHeadCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		h, err := a.TrailHead(r.ctx)
		if err != nil {
			return err
		}
		if c.File == "" {
			_, err = r.in.Stdout.Write(h.Bytes())
			return err
		}
		if err := os.WriteFile(c.File, h.Bytes(), 0o600); err != nil {
			return fault.Because(err, fault.Unavailable, "db.unwritable", fault.Args{"dir": c.File})
		}
		r.say("audit.head_kept", fault.Args{"file": c.File})
		return nil
	})
}
