package cli

import (
	"os"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/picture"
)

// pictures are made by this program itself, started once more as its hidden
// command. Where its file cannot be found, none are.
func pictures() media.Maker {
	self, err := os.Executable()
	if err != nil {
		return picture.Off{}
	}
	return picture.NewPool(self, "huiguan", "worker")
}

// workerCmd makes one picture: bytes from standard input, its public forms to
// standard output. Only this program starts it.
type workerCmd struct{}

// Run implements the command.
func (workerCmd) Run(r *run) error { return picture.Serve(r.in.Stdin, r.in.Stdout) }

// mediaCmd looks after pictures.
type mediaCmd struct {
	Process mediaProcessCmd `cmd:"" help:"media.help_process"`
}

type mediaProcessCmd struct {
	dataFlags
	JSON bool `help:"cli.flag_json" name:"json"`
}

// processed is one line of `media process --json`.
type processed struct {
	Picture media.Hash `json:"picture"`
	Outcome string     `json:"outcome"` // made or failed
	Error   string     `json:"error,omitempty"`
}

// Run implements the command. A picture that cannot be made is told of and does
// not keep the others.
func (c *mediaProcessCmd) Run(r *run) error {
	return c.with(r, func(a *app.App) error {
		var made, refused int
		var last error
		bar := r.progress()
		err := a.ProcessPictures(r.ctx, func(o app.PictureOutcome, done, total int) {
			bar.set(done, total)
			if o.Err == nil {
				made++
			} else {
				refused, last = refused+1, o.Err
			}
			c.tell(r, o)
		})
		bar.done()
		if err != nil {
			return err
		}
		if !c.JSON {
			r.say("media.process_done", fault.Args{"made": made, "failed": refused})
		}
		if last != nil {
			return silent{last}
		}
		return nil
	})
}

// tell says what became of one picture.
func (c *mediaProcessCmd) tell(r *run, o app.PictureOutcome) {
	line := processed{Picture: o.Hash, Outcome: "made"}
	if o.Err != nil {
		line.Outcome, line.Error = "failed", r.lang.Error(o.Err)
	}
	if c.JSON {
		_ = r.print(line)
	} else if o.Err != nil {
		r.fail(false, string(o.Hash), o.Err)
	}
}
