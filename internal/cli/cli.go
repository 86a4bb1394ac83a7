// Package cli is the command line: one file per command, all over the same
// services as the pages.
//
// Each command is a struct whose tags declare its flags and whose Run does the
// work with the streams it is given, so that tests run commands as a user does.
// Help texts and errors are keys of the message catalogue, shown in the language
// of the user's terminal. Exit codes: 0 done, 1 failed, 2 misused. The package
// stores nothing; only cmd/huiguan and tests call it.
package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
)

// Invocation is one run of the program: what it was called with and where it
// reads and writes.
type Invocation struct {
	Args           []string
	Env            func(string) string
	Stdin          io.Reader
	Stdout, Stderr io.Writer
}

// Process is the invocation of this process.
func Process() Invocation {
	return Invocation{Args: os.Args[1:], Env: os.Getenv, Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr}
}

// commands is the whole command line.
type commands struct {
	Demo     demoCmd     `cmd:"" help:"cli.help_demo"`
	Init     initCmd     `cmd:"" help:"cli.help_init"`
	Serve    serveCmd    `cmd:"" help:"cli.help_serve"`
	Import   importCmd   `cmd:"" help:"cli.help_import"`
	Repair   repairCmd   `cmd:"" help:"cli.help_repair"`
	Search   searchCmd   `cmd:"" help:"cli.help_search"`
	Org      orgCmd      `cmd:"" help:"cli.help_org"`
	User     userCmd     `cmd:"" help:"account.help_user"`
	Topic    topicCmd    `cmd:"" help:"cli.help_topic"`
	Site     siteCmd     `cmd:"" help:"cli.help_site"`
	Page     pageCmd     `cmd:"" help:"cli.help_page"`
	Redirect redirectCmd `cmd:"" help:"cli.help_redirect"`
	Media    mediaCmd    `cmd:"" help:"media.help_media"`
	Reindex  reindexCmd  `cmd:"" help:"cli.help_reindex"`
	Backup   backupCmd   `cmd:"" help:"cli.help_backup"`
	Restore  restoreCmd  `cmd:"" help:"cli.help_restore"`
	Jobs     jobsCmd     `cmd:"" help:"cli.help_jobs"`
	Audit    auditCmd    `cmd:"" help:"cli.help_audit"`
	Doctor   doctorCmd   `cmd:"" help:"cli.help_doctor"`
	Worker   workerCmd   `cmd:"" hidden:""`
}

// dataFlags are the flags of every command that opens a federation.
type dataFlags struct {
	Data        string `help:"cli.flag_data" type:"path" default:"data" env:"HUIGUAN_DATA" placeholder:"DIR"`
	DatabaseURL string `help:"cli.flag_database_url" name:"database-url" env:"HUIGUAN_DATABASE_URL" placeholder:"URL"`
}

func (f dataFlags) config(r *run) app.Config {
	return app.Config{Dir: f.Data, DatabaseURL: f.DatabaseURL, Logger: r.log, Pictures: pictures()}
}

// open opens a federation that is there.
func (f dataFlags) open(r *run) (*app.App, error) { return app.OpenExisting(r.ctx, f.config(r)) }

// run is what a command works with.
type run struct {
	ctx  context.Context //nolint:containedctx // kong hands one value to Run
	in   Invocation
	lang locale.Lang
	log  *slog.Logger
}

// say prints a message of the catalogue on its own line.
func (r *run) say(key string, args fault.Args) {
	fmt.Fprintln(r.in.Stdout, r.lang.T(key, args))
}

// warn prints one to the error stream.
func (r *run) warn(key string, args fault.Args) {
	fmt.Fprintln(r.in.Stderr, r.lang.T(key, args))
}

// print writes v as one line of JSON.
func (r *run) print(v any) error {
	enc := json.NewEncoder(r.in.Stdout)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// silent is an error that was already told, line by line.
type silent struct{ error }

// Main runs one invocation and returns the exit code.
func Main(in Invocation) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	r := &run{
		ctx: audit.WithActor(ctx, "cli"), in: in, lang: language(in.Env),
		log: slog.New(slog.NewTextHandler(in.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
	}
	err := r.dispatch()
	var told silent
	switch {
	case err == nil:
		return 0
	case errors.As(err, &told):
		return fault.KindOf(told.error).ExitCode()
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		r.warn("cli.interrupted", nil)
		return 1
	}
	r.tell(err)
	return fault.KindOf(err).ExitCode()
}

// tell prints an error in the user's language; what lies beneath goes along
// where nothing better can be said.
func (r *run) tell(err error) {
	fmt.Fprintln(r.in.Stderr, "huiguan: "+r.lang.Error(err))
	if fault.As(err) == nil {
		fmt.Fprintln(r.in.Stderr, "  "+err.Error())
	}
}

// exited carries kong's wish to end, for help.
type exited struct{ code int }

// dispatch parses the command line and runs the command.
func (r *run) dispatch() (err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case exited:
			if err = nil; e.code != 0 {
				err = silent{fault.New(fault.Misuse, "cli.misuse", nil)}
			}
		default:
			panic(e) // a mistake of ours must not look like success
		}
	}()
	var c commands
	parser, err := kong.New(&c, kong.Name("huiguan"), kong.Description(r.lang.T("cli.description")),
		kong.Writers(r.in.Stdout, r.in.Stderr), kong.Exit(func(code int) { panic(exited{code}) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}), kong.Configuration(loadConfig), kong.Bind(r))
	if err != nil {
		return err
	}
	r.translate(parser.Model.Node)
	args := r.in.Args
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if fault.As(err) != nil {
		return err
	}
	if err != nil {
		return fault.New(fault.Misuse, "cli.misuse", fault.Args{"error": err.Error()})
	}
	return parsed.Run(r)
}

// translate puts the help texts of a command and those below it into the
// user's language.
func (r *run) translate(n *kong.Node) {
	n.Help = r.text(n.Help)
	for _, f := range n.Flags {
		f.Help = r.text(f.Help)
	}
	for _, p := range n.Positional {
		p.Help = r.text(p.Help)
	}
	for _, child := range n.Children {
		r.translate(child)
	}
}

func (r *run) text(key string) string {
	if locale.Has(key) {
		return r.lang.T(key)
	}
	return key
}

// language is the terminal's, English where it says nothing of ours.
func language(env func(string) string) locale.Lang {
	if l, ok := locale.Parse(cmp.Or(env("HUIGUAN_LANG"), env("LC_ALL"), env("LC_MESSAGES"), env("LANG"))); ok {
		return l
	}
	return locale.En
}
