package cli

import (
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/repair"
)

// repairCmd mends a text: a filter from standard input to standard output, of any length.
type repairCmd struct {
	JSON      bool     `help:"cli.flag_repair_json" name:"json"`
	Class     []string `help:"cli.flag_class" placeholder:"CLASS"`
	Fullwidth bool     `help:"cli.flag_fullwidth"`
	Words     bool     `help:"cli.flag_script_repair" name:"script-repair"`
	Script    string   `help:"cli.flag_script" enum:"keep,hant,hans" default:"keep"`
	File      string   `arg:"" optional:"" help:"cli.arg_repair_file" placeholder:"FILE"`
}

// Run implements the command.
func (c *repairCmd) Run(r *run) error {
	options, err := c.options()
	if err != nil {
		return err
	}
	from, err := c.open(r)
	if err != nil {
		return err
	}
	defer from.Close()
	text := repair.NewReader(from, options)
	if !c.JSON {
		_, err := io.Copy(r.in.Stdout, text)
		return err
	}
	var failed error
	text.Notify(
		func(m repair.Change) { failed = firstOf(failed, r.print(m)) },
		func(l repair.Loss) { failed = firstOf(failed, r.print(l)) },
	)
	if _, err := io.Copy(io.Discard, text); err != nil {
		return err
	}
	return failed
}

func firstOf(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

func (c *repairCmd) options() (o repair.Options, err error) {
	o.FullWidth, o.ScriptRepair = c.Fullwidth, c.Words
	for _, name := range c.Class {
		if !slices.Contains(repair.Classes(), repair.Class(name)) {
			return o, fault.New(fault.Misuse, "cli.unknown_class", fault.Args{"class": name})
		}
		o.Only = append(o.Only, repair.Class(name))
	}
	if c.Script != "keep" {
		o.Script = repair.Script(c.Script)
	}
	return o, nil
}

// open gives the file, or standard input.
func (c *repairCmd) open(r *run) (io.ReadCloser, error) {
	if c.File == "" || c.File == "-" {
		return io.NopCloser(r.in.Stdin), nil
	}
	f, err := os.Open(c.File)
	if err != nil {
		return nil, fault.Because(err, fault.NotFound, "cli.unreadable", fault.Args{"file": c.File})
	}
	if info, err := f.Stat(); err != nil || info.IsDir() {
		f.Close()
		return nil, fault.Because(fmt.Errorf("%s is a folder", c.File), fault.NotFound, "cli.unreadable", fault.Args{"file": c.File})
	}
	return f, nil
}
