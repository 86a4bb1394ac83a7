package cli

import (
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// bar shows how far a long work has come, on a terminal only.
type bar struct{ shown *progressbar.ProgressBar }

// progress makes a bar on the error stream; without a terminal it is silent.
func (r *run) progress() *bar {
	f, ok := r.in.Stderr.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return &bar{}
	}
	return &bar{progressbar.NewOptions(1, progressbar.OptionSetWriter(f), progressbar.OptionShowCount(),
		progressbar.OptionSetWidth(30), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())}
}

// set says that done of total steps are done.
func (b *bar) set(done, total int) {
	if b.shown != nil {
		b.shown.ChangeMax(total)
		_ = b.shown.Set(done)
	}
}

func (b *bar) done() {
	if b.shown != nil {
		_ = b.shown.Finish()
	}
}
