package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// Work says how a kind of work is done.
type Work[A Args] struct {
	Do      func(ctx context.Context, args A) error
	Timeout time.Duration // of one run; 0: a minute
	// Pause is how long to wait after so many failures; nil: from seconds to hours.
	Pause func(failures int) time.Duration
	// Own lets whoever caused a piece of work see how it goes.
	Own bool
	// Needs are what whoever caused it must still be allowed to do when it runs.
	Needs func(args A) []Need
	// Every makes the work recur, with the zero arguments; Due says whether there is
	// anything to do, and must be quick.
	Every time.Duration
	Due   func(ctx context.Context) (bool, error)
}

// Register tells the queue how a kind of work is done.
func Register[A Args](q *Queue, w Work[A]) {
	var args A
	var s *schedule
	if w.Every > 0 {
		s = &schedule{args: args, every: w.Every, due: w.Due}
	}
	q.register(args, kind{timeout: w.Timeout, own: w.Own}, s)
	river.AddWorker(q.workers, &worker[A]{how: w, q: q})
}

// worker is River's way to call a Work.
type worker[A Args] struct {
	river.WorkerDefaults[A]

	how Work[A]
	q   *Queue
}

// Timeout implements river.Worker.
func (w *worker[A]) Timeout(*river.Job[A]) time.Duration { return w.how.Timeout }

// NextRetry implements river.Worker.
func (w *worker[A]) NextRetry(job *river.Job[A]) time.Time {
	pause := w.how.Pause
	if pause == nil {
		pause = growing
	}
	return w.q.now().Add(pause(len(job.Errors) + 1))
}

// growing is the pause after so many failures: 10 s, 40 s, 90 s … up to six hours.
func growing(failures int) time.Duration {
	return min(time.Duration(failures*failures)*10*time.Second, 6*time.Hour)
}

func (q *Queue) now() time.Time {
	if q.Clock != nil {
		return q.Clock()
	}
	return time.Now()
}

// Work implements river.Worker.
func (w *worker[A]) Work(ctx context.Context, job *river.Job[A]) (err error) {
	p := w.q.begin(ID(job.ID))
	defer func() {
		if v := recover(); v != nil {
			w.q.Logger.ErrorContext(ctx, "work broke down", "kind", job.Kind, "job", job.ID, "panic", fmt.Sprint(v), "stack", string(debug.Stack()))
			err = failure{Key: "work.reason_panic", Detail: fmt.Sprint(v)}
		}
		if e := w.q.end(ctx, ID(job.ID), p); err == nil {
			err = e
		}
		err = explain(ctx, err)
	}()
	var n note
	if err := json.Unmarshal(job.Metadata, &n); err != nil {
		return err
	}
	ctx = audit.WithActor(context.WithValue(ctx, progressKey{}, p), n.By)
	if w.how.Needs != nil && w.q.May != nil {
		if who, err := ident.Parse[ident.Person](n.By); err == nil {
			if ctx, err = w.q.May(ctx, who, w.how.Needs(job.Args)); err != nil {
				return GiveUp(err)
			}
		}
	}
	return w.how.Do(ctx, job.Args)
}

// failure is an error as it is kept with the work: a message with its values, and
// what lay beneath for whoever runs the server.
type failure struct {
	Key    string         `json:"key"`
	Args   map[string]any `json:"args,omitempty"`
	Detail string         `json:"detail,omitempty"`
	err    error
}

// Error implements error: what is stored.
func (f failure) Error() string {
	b, err := json.Marshal(f)
	if err != nil {
		return f.Key
	}
	return string(b)
}

// Unwrap lets River see that work was stopped, put off or given up.
func (f failure) Unwrap() error { return f.err }

// explain gives an error the words that are kept.
func explain(ctx context.Context, err error) error {
	var put *rivertype.JobSnoozeError
	var known failure
	if err == nil || errors.As(err, &put) || errors.As(err, &known) {
		return err
	}
	f := failure{Key: "work.reason_internal", Detail: err.Error(), err: err}
	switch e := fault.As(err); {
	case e != nil:
		f.Key, f.Args, f.Detail = e.Key, e.Args, ""
		if e.Err != nil {
			f.Detail = e.Err.Error()
		}
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		f.Key = "work.reason_timeout"
	}
	return f
}

// GiveUp is an error after which work is not tried again.
func GiveUp(err error) error { return river.JobCancel(err) }

// Later puts work off: it runs again after a while, and that counts as no failure.
func Later(d time.Duration) error { return river.JobSnooze(d) }

// progress is how far a piece of work is.
type progress struct {
	done, total atomic.Int64
	stop, ended chan struct{}
}

type progressKey struct{}

// Progress notes how far the work of the context is. It is cheap, and may be called
// for every item, inside a transaction too: somebody else writes it down now and then.
func Progress(ctx context.Context, done, total int) {
	if p, ok := ctx.Value(progressKey{}).(*progress); ok {
		p.done.Store(int64(done))
		p.total.Store(int64(total))
	}
}

// told is progress as it is stored.
type told struct {
	Done  int64 `json:"done"`
	Total int64 `json:"total"`
}

func (p *progress) told() told { return told{p.done.Load(), p.total.Load()} }

// begin notes that a piece of work runs, and keeps its progress where other nodes
// see it.
func (q *Queue) begin(id ID) *progress {
	p := &progress{stop: make(chan struct{}), ended: make(chan struct{})}
	q.mu.Lock()
	q.running[id] = p
	client := q.client
	q.mu.Unlock()
	go func() {
		defer close(p.ended)
		ticker := time.NewTicker(2 * time.Second)
		defer ticker.Stop()
		var last told
		for {
			select {
			case <-p.stop:
				return
			case <-ticker.C:
			}
			now := p.told()
			if now == last || client == nil {
				continue
			}
			// The work may be inside the one transaction that writes: then this waits
			// in vain for a moment, and nobody is the worse for it.
			ctx, cancel := context.WithTimeout(context.Background(), time.Second)
			if _, err := client.JobUpdate(ctx, int64(id), &river.JobUpdateParams{Output: now}); err == nil {
				last = now
			}
			cancel()
		}
	}()
	return p
}

// end notes that a piece of work is over, and how far it came.
func (q *Queue) end(ctx context.Context, id ID, p *progress) error {
	close(p.stop)
	<-p.ended
	q.mu.Lock()
	delete(q.running, id)
	q.mu.Unlock()
	if t := p.told(); t.Total > 0 {
		return river.RecordOutput(ctx, t)
	}
	return nil
}
