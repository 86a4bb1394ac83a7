package cli

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
)

type orgAccessCmd struct {
	dataFlags
	JSON bool   `help:"cli.flag_json" name:"json"`
	Path string `arg:"" help:"cli.arg_path" placeholder:"PATH"`
}

// holding is one line of `org access --json`: a person with a role that reaches
// the organisation.
type holding struct {
	State   string   `json:"state"` // now, coming, asleep, ended
	Person  string   `json:"person"`
	Name    string   `json:"name"`
	Role    string   `json:"role"`
	At      string   `json:"at"` // path of where the role stands
	Below   bool     `json:"below"`
	From    string   `json:"from,omitempty"`
	Until   string   `json:"until,omitempty"`
	GivenBy string   `json:"given_by"`
	GivenAt string   `json:"given_at"`
	Revoked string   `json:"revoked_at,omitempty"`
	Actions []string `json:"actions"`
}

// Run implements the command.
func (c *orgAccessCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		at, err := a.Org.ByPath(r.ctx, org.CleanPath(c.Path))
		if err != nil {
			return err
		}
		h, err := a.People.HoldersAt(r.ctx, at.ID)
		if err != nil {
			return err
		}
		zone, err := a.Zone(r.ctx)
		if err != nil {
			return err
		}
		table := tabwriter.NewWriter(r.in.Stdout, 0, 0, 2, ' ', 0)
		for _, part := range []struct {
			state string
			list  []people.Holder
		}{{"now", h.Now}, {"coming", h.Coming}, {"asleep", h.Asleep}, {"ended", h.Ended}} {
			for _, one := range part.list {
				line := holdingOf(r, part.state, one)
				if c.JSON {
					err = r.print(line)
				} else {
					err = r.row(table, line, one, zone)
				}
				if err != nil {
					return err
				}
			}
		}
		if err := table.Flush(); err != nil {
			return err
		}
		if h.More {
			r.warn("staff.left_out", nil)
		}
		return nil
	})
}

func holdingOf(r *run, state string, h people.Holder) holding {
	stamp := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.UTC().Format(time.RFC3339)
	}
	line := holding{
		State: state, Person: string(h.PersonID), Name: h.Name.In(r.lang), Role: string(h.Role), At: strings.TrimSuffix(h.Path, "/"), Below: h.Below,
		From: stamp(h.FromAt.Time), Until: stamp(h.UntilAt.Time), GivenBy: h.GrantedBy, GivenAt: stamp(h.CreatedAt.Time), Revoked: stamp(h.RevokedAt.Time),
	}
	for _, action := range access.Actions() {
		if h.Role.Has(action) {
			line.Actions = append(line.Actions, string(action))
		}
	}
	return line
}

// row writes one line for a reader.
func (r *run) row(table *tabwriter.Writer, line holding, h people.Holder, zone *time.Location) error {
	until := ""
	if !h.UntilAt.IsZero() {
		last := h.UntilAt.Add(-time.Millisecond).In(zone).Format(time.DateOnly)
		until = r.lang.T("office.until", map[string]any{"date": r.lang.Date(last)})
	}
	_, err := fmt.Fprintf(table, "%s\t%s\t/%s\t%s\t%s\t%s\n",
		line.Name, r.lang.T(h.Role.Key()), h.Path, r.lang.T(h.At().Reach()), until, r.lang.T("staff.cli_"+line.State))
	return err
}
