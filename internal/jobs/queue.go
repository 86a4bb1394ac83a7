package jobs

import (
	"cmp"
	"context"
	"database/sql"
	"log/slog"
	"sync"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivermigrate"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// Config is what a queue works with.
type Config struct {
	DB     *db.DB
	Logger *slog.Logger
	Clock  func() time.Time // nil: the real one
	// May is asked before work that has needs: it says whether the person may still
	// do what is needed, and gives the context in which the work acts for her.
	May func(ctx context.Context, who ident.Person, needs []Need) (context.Context, error)
}

// Queue runs work. Kinds are registered before it starts.
type Queue struct {
	Config
	workers   *river.Workers
	kinds     map[string]kind
	schedules []schedule
	reads     *river.Client[*sql.Tx]

	mu      sync.Mutex
	client  *river.Client[*sql.Tx] // nil while it does not run
	running map[ID]*progress
}

// kind is what is known of a kind beside its function.
type kind struct {
	timeout time.Duration
	alone   bool
	own     bool
}

// schedule is a kind that recurs.
type schedule struct {
	args  Args
	every time.Duration
	due   func(context.Context) (bool, error)
}

// Next implements River's schedule: work recurs at round instants, the same on
// every node.
func (s schedule) Next(t time.Time) time.Time { return t.Truncate(s.every).Add(s.every) }

// How long what is over stays to be seen.
const (
	keepDone   = 48 * time.Hour
	keepFailed = 90 * 24 * time.Hour
)

// Open makes River's tables where they are missing, and a queue on them.
func Open(ctx context.Context, c Config) (_ *Queue, err error) {
	defer fault.Wrap(&err, "jobs.Open")
	q := &Queue{Config: c, workers: river.NewWorkers(), kinds: map[string]kind{}, running: map[ID]*progress{}}
	if q.Logger == nil {
		q.Logger = slog.New(slog.DiscardHandler)
	}
	if err := q.migrate(ctx); err != nil {
		return nil, err
	}
	q.reads, err = river.NewClient(driver(c.DB.Engine(), c.DB.ReadSQL()), &river.Config{Logger: slog.New(slog.DiscardHandler)})
	return q, err
}

// lockKey is the number under which nodes take turns in making the tables.
const lockKey = 0x68756967756a // "huiguj"

// migrate makes River's tables. Nodes that start together wait for each other.
func (q *Queue) migrate(ctx context.Context) error {
	m, err := rivermigrate.New(driver(q.DB.Engine(), q.DB.SQL()), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	have, err := m.ExistingVersions(ctx)
	if err != nil || len(have) >= len(m.AllVersions()) {
		return err
	}
	if q.DB.Engine() == db.Postgres {
		conn, err := q.DB.SQL().Conn(ctx)
		if err != nil {
			return err
		}
		defer conn.Close() //nolint:errcheck // it only held the lock
		if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, int64(lockKey)); err != nil {
			return err
		}
		defer conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, int64(lockKey)) //nolint:errcheck // the connection's end unlocks too
	}
	_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return err
}

// rescueAfter is how long after its time has run out a piece of work counts as
// lost with its node, and is taken up again.
func (q *Queue) rescueAfter() time.Duration {
	longest := river.JobTimeoutDefault
	for _, k := range q.kinds {
		longest = max(longest, k.timeout)
	}
	return longest + time.Minute
}

// pace is how a client goes about its work.
type pace struct {
	poll, cooldown time.Duration
	schedules      bool // it also looks after what recurs, is due later, or was lost
}

// newClient makes a River client that works.
func (q *Queue) newClient(p pace) (*river.Client[*sql.Tx], error) {
	c := &river.Config{
		Logger: slog.New(quiet{q.Logger.Handler()}), Workers: q.workers, Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 4}},
		FetchPollInterval: p.poll, FetchCooldown: p.cooldown, PollOnly: true, FetchOnlyKnownKinds: true,
		RescueStuckJobsAfter: q.rescueAfter(), SoftStopTimeout: 8 * time.Second,
		CompletedJobRetentionPeriod: keepDone, DiscardedJobRetentionPeriod: keepFailed, CancelledJobRetentionPeriod: keepFailed,
	}
	if q.Clock != nil {
		c.Test.Time = injected(q.Clock)
	}
	for name, k := range q.kinds {
		if k.alone {
			c.Queues[name] = river.QueueConfig{MaxWorkers: 1}
		}
	}
	if p.schedules {
		for _, s := range q.schedules {
			c.PeriodicJobs = append(c.PeriodicJobs, river.NewPeriodicJob(s, q.make(s), &river.PeriodicJobOpts{ID: s.args.Kind(), RunOnStart: true}))
		}
	} else {
		c.LeaderElectionDisabled = true
	}
	return river.NewClient(driver(q.DB.Engine(), q.DB.SQL()), c)
}

// make is River's way to ask for the next piece of what recurs: nil where there
// is nothing to do.
func (q *Queue) make(s schedule) river.PeriodicJobConstructor {
	return func() (river.JobArgs, *river.InsertOpts) {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if due, err := s.isDue(ctx); err != nil || !due {
			if err != nil {
				q.Logger.ErrorContext(ctx, "recurring work could not be looked at", "kind", s.args.Kind(), "error", err)
			}
			return nil, nil
		}
		opts, err := s.opts()
		if err != nil {
			return nil, nil
		}
		return s.args, opts
	}
}

func (s schedule) isDue(ctx context.Context) (bool, error) {
	if s.due == nil {
		return true, nil
	}
	return s.due(ctx)
}

// opts lets recurring work be queued once in each period, whoever asks for it.
func (s schedule) opts() (*river.InsertOpts, error) {
	opts, err := insertOpts(s.args, "schedule")
	if err == nil {
		opts.UniqueOpts = river.UniqueOpts{ByPeriod: s.every}
	}
	return opts, err
}

// Start begins to work, until Stop.
func (q *Queue) Start(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "jobs.Start")
	client, err := q.newClient(pace{poll: time.Second, cooldown: 100 * time.Millisecond, schedules: true})
	if err != nil {
		return err
	}
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	q.mu.Lock()
	q.client = client
	q.mu.Unlock()
	return nil
}

// Stop lets what runs come to its end, for a while, and then ends it: it is taken
// up again at the next start.
func (q *Queue) Stop(ctx context.Context) error {
	q.mu.Lock()
	client := q.client
	q.client = nil
	q.mu.Unlock()
	if client == nil {
		return nil
	}
	return client.Stop(ctx)
}

// Running says whether this process works.
func (q *Queue) Running() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.client != nil
}

// quiet makes River's chatter debug messages; its failures stay what they are.
type quiet struct{ slog.Handler }

// Enabled implements slog.Handler.
func (h quiet) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelWarn && h.Handler.Enabled(ctx, l)
}

// register notes a kind; see Register.
func (q *Queue) register(args Args, k kind, s *schedule) {
	k.timeout = cmp.Or(k.timeout, time.Minute)
	k.alone = optionsOf(args).Alone
	q.kinds[args.Kind()] = k
	if s != nil {
		q.schedules = append(q.schedules, *s)
	}
}
