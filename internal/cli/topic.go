package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
)

// topicCmd sends topics down the tree and shows who has answered.
type topicCmd struct {
	Add      topicAddCmd      `cmd:"" help:"cli.help_topic_add"`
	Coverage topicCoverageCmd `cmd:"" help:"cli.help_topic_coverage"`
	Freeze   topicFreezeCmd   `cmd:"" help:"cli.help_topic_freeze"`
}

type topicAddCmd struct {
	dataFlags
	Org      string   `help:"cli.flag_topic_org" placeholder:"PATH"`
	Under    []string `help:"cli.flag_under" placeholder:"PATH"`
	Kind     []string `help:"cli.flag_topic_kind" placeholder:"KIND"`
	Deadline string   `help:"cli.flag_deadline" placeholder:"YYYY-MM-DD"`
	Text     string   `help:"cli.flag_topic_text" placeholder:"TEXT"`
	Slug     string   `arg:"" help:"cli.arg_slug" placeholder:"SLUG"`
	Title    string   `arg:"" help:"cli.arg_title" placeholder:"TITLE"`
}

// Run implements the command.
func (c *topicAddCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		at, err := a.Org.ByPath(r.ctx, org.CleanPath(c.Org))
		if err != nil {
			return err
		}
		p := press.TopicParams{Org: at.ID, Slug: c.Slug, Titles: org.Names{Hant: c.Title}, Kinds: c.Kind, Under: []ident.Org{at.ID}, Body: markup.FromText(c.Text)}
		if p.Deadline, err = deadline(r, a, c.Deadline); err != nil {
			return err
		}
		for i, path := range c.Under {
			o, err := a.Org.ByPath(r.ctx, org.CleanPath(path))
			if err != nil {
				return err
			}
			p.Under = append(p.Under[:i], o.ID)
		}
		t, err := a.CreateTopic(r.ctx, p)
		if err != nil {
			return err
		}
		r.say("cli.topic_added", fault.Args{"title": c.Title, "path": t.Address()})
		return nil
	})
}

// deadline is the end of that day where the federation is.
func deadline(r *run, a *app.App, date string) (time.Time, error) {
	if date == "" {
		return time.Time{}, nil
	}
	zone, err := a.Zone(r.ctx)
	if err != nil {
		return time.Time{}, err
	}
	day, err := time.ParseInLocation(time.DateOnly, date, zone)
	if err != nil {
		return time.Time{}, fault.New(fault.Misuse, "cli.bad_date", fault.Args{"date": date})
	}
	return day.AddDate(0, 0, 1).Add(-time.Millisecond), nil
}

type topicCoverageCmd struct {
	dataFlags
	JSON bool   `help:"cli.flag_json" name:"json"`
	Org  string `help:"cli.flag_topic_org" placeholder:"PATH"`
	Slug string `arg:"" help:"cli.arg_slug" placeholder:"SLUG"`
}

// covered is one line of `topic coverage --json`.
type covered struct {
	Organisation string `json:"organisation"`
	Path         string `json:"path"`
	State        string `json:"state"`
	Article      string `json:"article,omitempty"`
}

// Run implements the command.
func (c *topicCoverageCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		t, err := a.Press.Topic(r.ctx, org.CleanPath(c.Org), c.Slug)
		if err != nil {
			return err
		}
		coverage, err := a.Press.Coverage(r.ctx, t.ID, a.Now())
		if err != nil {
			return err
		}
		for _, row := range coverage.Rows {
			line := covered{row.Names.In(r.lang), strings.TrimSuffix(row.Path, "/"), string(row.State), string(row.First.ID)}
			if c.JSON {
				err = r.print(line)
			} else {
				_, err = fmt.Fprintf(r.in.Stdout, "%-8s %s%s\n", r.lang.T("enum.coverage_"+line.State), strings.Repeat("  ", max(0, strings.Count(row.Path, "/")-1)), line.Organisation)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

type topicFreezeCmd struct {
	dataFlags
	Org   string `help:"cli.flag_topic_org" placeholder:"PATH"`
	Apply bool   `help:"cli.flag_apply"`
	Slug  string `arg:"" help:"cli.arg_slug" placeholder:"SLUG"`
}

// Run implements the command.
func (c *topicFreezeCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		t, err := a.Press.Topic(r.ctx, org.CleanPath(c.Org), c.Slug)
		if err != nil {
			return err
		}
		if !c.Apply {
			r.say("cli.topic_freeze_dry", fault.Args{"title": t.Title(r.lang)})
			return nil
		}
		if err := a.FreezeTopic(r.ctx, t.ID); err != nil {
			return err
		}
		r.say("cli.topic_frozen", fault.Args{"title": t.Title(r.lang)})
		return nil
	})
}
