package cli

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/search"
)

// searchCmd finds what is public.
type searchCmd struct {
	dataFlags
	Org    string   `help:"cli.flag_search_org" placeholder:"PATH"`
	Kind   string   `help:"find.flag_kind" enum:"article,digest,topic,organisation,column,page," default:"" placeholder:"KIND"`
	Column string   `help:"find.flag_column" placeholder:"SLUG"`
	Topic  string   `help:"find.flag_topic" placeholder:"SLUG"`
	Year   string   `help:"find.flag_year" placeholder:"YEAR"`
	Lang   string   `help:"find.flag_lang" placeholder:"LANG"`
	Newest bool     `help:"find.flag_newest"`
	Limit  int      `help:"cli.flag_limit" default:"20" placeholder:"N"`
	JSON   bool     `help:"cli.flag_json" name:"json"`
	Query  []string `arg:"" help:"cli.arg_query" placeholder:"QUERY"`
}

// found is one line of `search --json`.
type found struct {
	ID           string `json:"id"`
	Kind         string `json:"kind"`
	Organisation string `json:"organisation"`
	Title        string `json:"title"`
	Snippet      string `json:"snippet"`
	Lang         string `json:"lang,omitempty"`
	Date         string `json:"date,omitempty"`
}

// Run implements the command.
func (c *searchCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		q, err := c.query(r, a)
		if err != nil {
			return err
		}
		got, err := a.Search(r.ctx, q)
		if err != nil {
			return err
		}
		if err := c.list(r, a, got.Hits); err != nil || c.JSON {
			return err
		}
		r.say("cli.search_total", fault.Args{"count": got.Total})
		return c.propose(r, a, q, got.Total)
	})
}

// query reads the flags.
func (c *searchCmd) query(r *run, a *app.App) (search.Query, error) {
	q := search.Query{
		Text: strings.Join(c.Query, " "), Limit: c.Limit, Newest: c.Newest,
		Filters: search.Filters{Kind: c.Kind, Year: c.Year},
	}
	if c.Year != "" && !yearForm.MatchString(c.Year) {
		return q, fault.New(fault.Misuse, "find.year_invalid", fault.Args{"year": c.Year})
	}
	if c.Lang != "" {
		l, ok := locale.Parse(c.Lang)
		if !ok {
			return q, fault.New(fault.Misuse, "find.lang_unknown", fault.Args{"lang": c.Lang})
		}
		q.Lang = string(l)
	}
	at, err := a.Org.ByPath(r.ctx, org.CleanPath(c.Org))
	if err != nil {
		return q, err
	}
	q.Path = at.Path
	q.Tags, err = c.tags(r, a, at)
	return q, err
}

var yearForm = regexp.MustCompile(`^[0-9]{4}$`)

// tags finds the column of the organisation and the topic, which is its own or
// of one above it.
func (c *searchCmd) tags(r *run, a *app.App, at org.Organisation) ([]string, error) {
	var tags []string
	if c.Column != "" {
		list, err := a.Press.Columns(r.ctx, at.ID)
		if err != nil {
			return nil, err
		}
		for _, one := range list {
			if one.Slug == c.Column {
				tags = append(tags, press.ColumnTag(one.ID))
			}
		}
		if len(tags) == 0 {
			return nil, fault.New(fault.NotFound, "find.column_not_found", fault.Args{"slug": c.Column, "org": "/" + at.Path})
		}
	}
	if c.Topic == "" {
		return tags, nil
	}
	above, err := a.Org.Ancestors(r.ctx, at)
	if err != nil {
		return nil, err
	}
	for i := len(above); i >= 0; i-- {
		path := at.Path
		if i < len(above) {
			path = above[i].Path
		}
		t, err := a.Press.Topic(r.ctx, path, c.Topic)
		if err == nil {
			return append(tags, press.TopicTag(t.ID)), nil
		}
		if !fault.Is(err, fault.NotFound) {
			return nil, err
		}
	}
	return nil, fault.New(fault.NotFound, "find.topic_not_found", fault.Args{"slug": c.Topic, "org": "/" + at.Path})
}

// list prints the hits.
func (c *searchCmd) list(r *run, a *app.App, hits []search.Hit) error {
	zone, err := a.Zone(r.ctx)
	if err != nil {
		return err
	}
	for _, h := range hits {
		at, err := a.Org.Load(r.ctx, h.Org)
		if err != nil {
			return err
		}
		line := found{ID: h.ID, Kind: h.Kind, Organisation: strings.TrimSuffix(at.Path, "/"), Title: h.Title, Snippet: h.Snippet, Lang: h.Lang}
		if !h.At.IsZero() {
			line.Date = h.At.In(zone).Format(time.DateOnly)
		}
		if c.JSON {
			if err := r.print(line); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(r.in.Stdout, "%-10s  /%s  %s\n    %s\n", line.Date, line.Organisation, line.Title, line.Snippet)
	}
	return nil
}

// propose says what may have been meant.
func (c *searchCmd) propose(r *run, a *app.App, q search.Query, total int) error {
	p, err := a.Nearest(r.ctx, q, total)
	if err != nil || p == nil {
		return err
	}
	r.say("find.cli_meant", fault.Args{"query": p.Text()})
	return nil
}
