package cli

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/search"
)

// searchCmd finds articles.
type searchCmd struct {
	dataFlags
	Org   string   `help:"cli.flag_search_org" placeholder:"PATH"`
	Limit int      `help:"cli.flag_limit" default:"20" placeholder:"N"`
	JSON  bool     `help:"cli.flag_json" name:"json"`
	Query []string `arg:"" help:"cli.arg_query" placeholder:"QUERY"`
}

// found is one line of `search --json`.
type found struct {
	ID           string `json:"id"`
	Kind         string `json:"kind"`
	Organisation string `json:"organisation"`
	Title        string `json:"title"`
	Snippet      string `json:"snippet"`
	Date         string `json:"date,omitempty"`
}

// Run implements the command.
func (c *searchCmd) Run(r *run) (err error) {
	a, err := c.open(r)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	got, err := a.Search(r.ctx, search.Query{Text: strings.Join(c.Query, " "), Path: org.CleanPath(c.Org), Limit: c.Limit})
	if err != nil {
		return err
	}
	zone, err := a.Zone(r.ctx)
	if err != nil {
		return err
	}
	for _, h := range got.Hits {
		at, err := a.Org.Load(r.ctx, h.Org)
		if err != nil {
			return err
		}
		line := found{ID: h.ID, Kind: h.Kind, Organisation: strings.TrimSuffix(at.Path, "/"), Title: h.Title, Snippet: h.Snippet}
		if !h.At.IsZero() {
			line.Date = h.At.In(zone).Format(time.DateOnly)
		}
		if c.JSON {
			if err := r.print(line); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(r.in.Stdout, "%s  /%s  %s\n    %s\n", line.Date, line.Organisation, line.Title, line.Snippet)
	}
	if !c.JSON {
		r.say("cli.search_total", fault.Args{"count": got.Total})
	}
	return nil
}
