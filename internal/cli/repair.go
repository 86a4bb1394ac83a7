package cli

import (
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/repair"
)

// repairCmd mends a text: a filter from standard input to standard output.
type repairCmd struct {
	JSON      bool     `help:"cli.flag_repair_json" name:"json"`
	Class     []string `help:"cli.flag_class" placeholder:"CLASS"`
	Fullwidth bool     `help:"cli.flag_fullwidth"`
	Script    string   `help:"cli.flag_script" enum:"keep,hant,hans" default:"keep"`
	File      string   `arg:"" optional:"" help:"cli.arg_repair_file" placeholder:"FILE"`
}

// change is one line of `repair --json`.
type change struct {
	Start    int             `json:"start"`
	End      int             `json:"end"`
	OutStart int             `json:"out_start"`
	OutEnd   int             `json:"out_end"`
	Before   string          `json:"before"`
	After    string          `json:"after"`
	Class    repair.Class    `json:"class"`
	Evidence repair.Evidence `json:"evidence"`
}

// Run implements the command.
func (c *repairCmd) Run(r *run) error {
	text, err := c.read(r)
	if err != nil {
		return err
	}
	options := repair.Options{FullWidth: c.Fullwidth}
	for _, name := range c.Class {
		if !slices.Contains(repair.Classes(), repair.Class(name)) {
			return fault.New(fault.Misuse, "cli.unknown_class", fault.Args{"class": name})
		}
		options.Only = append(options.Only, repair.Class(name))
	}
	if c.Script != "keep" {
		options.Script = repair.Script(c.Script)
	}
	mended := repair.String(text, options)
	if !c.JSON {
		_, err := io.WriteString(r.in.Stdout, mended.Text)
		return err
	}
	for _, m := range mended.Changes {
		if err := r.print(change{m.Start, m.End, m.OutStart, m.OutEnd, m.Before, m.After, m.Class, m.Evidence}); err != nil {
			return err
		}
	}
	return nil
}

func (c *repairCmd) read(r *run) (string, error) {
	if c.File == "" || c.File == "-" {
		data, err := io.ReadAll(r.in.Stdin)
		if err != nil {
			return "", fmt.Errorf("standard input: %w", err)
		}
		return string(data), nil
	}
	data, err := os.ReadFile(c.File)
	if err != nil {
		return "", fault.Because(err, fault.NotFound, "cli.unreadable", fault.Args{"file": c.File})
	}
	return string(data), nil
}
