package picture

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// Pool makes pictures in processes of their own, a few at a time. It is safe
// for concurrent use.
type Pool struct {
	program  string
	args     []string
	slots    chan struct{}
	patience time.Duration
}

// poolSize is how many pictures are made at once.
const poolSize = 2

// patience is how long one picture may take by the clock. It is more than the
// time that the process may work, for machines that are busy.
const patience = 3 * time.Minute

// NewPool makes pictures by starting the program with the arguments, of which
// the first is the name that it goes by, as in os.Args. It must call [Serve].
func NewPool(program string, args ...string) *Pool {
	return &Pool{program: program, args: args, slots: make(chan struct{}, poolSize), patience: patience}
}

// Make makes a picture's public forms. What the picture itself is to blame for
// is a fault with a reason.
func (p *Pool) Make(ctx context.Context, data []byte) (Set, error) {
	if len(data) > MaxBytes {
		return Set{}, refuse(keyLarge, nil)
	}
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return Set{}, ctx.Err()
	}
	return p.run(ctx, data)
}

// run is one process from start to end.
func (p *Pool) run(ctx context.Context, data []byte) (Set, error) {
	limited, cancel := context.WithTimeout(ctx, p.patience)
	defer cancel()
	out, said := &bounded{left: maxAnswer}, &bounded{left: maxLine}
	cmd := exec.CommandContext(limited, p.program)
	cmd.Args = p.args
	cmd.Env = []string{"GOTRACEBACK=none"} // and nothing that it could give away
	cmd.Dir = "/"
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(data), out, said
	cmd.WaitDelay = time.Second
	ended := cmd.Run()
	switch {
	case ended == nil:
		return readAnswer(&out.kept)
	case ctx.Err() != nil:
		return Set{}, ctx.Err()
	case limited.Err() != nil || overdrawn(cmd.ProcessState) || starved(said.kept.String()):
		return Set{}, refuse(keyCostly, ended)
	case cmd.ProcessState != nil && cmd.ProcessState.ExitCode() == crashed:
		return Set{}, refuse(keyDamaged, fmt.Errorf("%w: %s", ended, said.kept.String()))
	}
	return Set{}, fmt.Errorf("picture: worker: %w: %s", ended, said.kept.String())
}

// crashed is how a Go program ends that lost its way.
const crashed = 2

// overdrawn says whether the system ended the process for what it had used.
func overdrawn(s *os.ProcessState) bool {
	if s == nil {
		return false
	}
	status, ok := s.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && (status.Signal() == syscall.SIGKILL || status.Signal() == syscall.SIGXCPU)
}

// starved says whether a process ended because it got no more memory. The Go
// runtime says so where it asks in an orderly way; where its garbage collector
// is refused in the middle of its work it falls over its own feet, outside any
// goroutine, which no code of ours or of a decoder can do.
func starved(last string) bool {
	return strings.Contains(last, "out of memory") || strings.Contains(last, "cannot allocate memory") || strings.HasPrefix(last, "SIGSEGV")
}

// maxAnswer bounds what is taken from the other process.
const maxAnswer = 2 * MaxBytes

// bounded keeps what is written to it, and fails when that is too much.
type bounded struct {
	kept bytes.Buffer // no part of its type: its other ways in would pass the limit by
	left int
}

// Write implements io.Writer.
func (b *bounded) Write(data []byte) (int, error) {
	if b.left -= len(data); b.left < 0 {
		return 0, io.ErrShortWrite
	}
	return b.kept.Write(data)
}
