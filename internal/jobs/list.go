package jobs

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// State is where a piece of work stands.
type State string

// The states.
const (
	Waiting  State = "waiting"  // it has not been tried yet
	Running  State = "running"  //
	Retrying State = "retrying" // it failed, and is tried again by itself
	Failed   State = "failed"   // it failed, and waits for somebody
	Done     State = "done"
)

// States lists the states in the order in which they ask for attention.
func States() []State { return []State{Failed, Retrying, Running, Waiting, Done} }

// Reason says why a piece of work failed: a message, and what lay beneath.
type Reason struct {
	Key    string
	Args   fault.Args
	Detail string
}

// Job is a piece of work as it is shown.
type Job struct {
	ID     ID
	Kind   string
	State  State
	By     string // who caused it: a person's id, or a part of the program
	Own    bool   // By may see it
	Tries  int
	Most   int       // tries at most
	Made   time.Time // when it was queued
	At     time.Time // when it is due
	Began  time.Time // the last run
	Ended  time.Time
	Reason *Reason // of the last failure
	Done   int     // of Total, where the work tells
	Total  int
}

func unfinished() []rivertype.JobState {
	return []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable, rivertype.JobStateRunning, rivertype.JobStateScheduled,
	}
}

// states are River's states of one of ours.
func (s State) states() []rivertype.JobState {
	switch s {
	case Waiting:
		return []rivertype.JobState{rivertype.JobStateAvailable, rivertype.JobStateScheduled, rivertype.JobStatePending}
	case Running:
		return []rivertype.JobState{rivertype.JobStateRunning}
	case Retrying:
		return []rivertype.JobState{rivertype.JobStateRetryable}
	case Failed:
		return []rivertype.JobState{rivertype.JobStateDiscarded, rivertype.JobStateCancelled}
	}
	return []rivertype.JobState{rivertype.JobStateCompleted}
}

// List lists work in a state, the latest first, at most limit pieces.
func (q *Queue) List(ctx context.Context, s State, limit int) (_ []Job, err error) {
	defer fault.Wrap(&err, "jobs.List(%s)", s)
	res, err := q.reads.JobList(ctx, river.NewJobListParams().States(s.states()...).OrderBy(river.JobListOrderByID, river.SortOrderDesc).First(limit))
	if err != nil {
		return nil, err
	}
	out := make([]Job, 0, len(res.Jobs))
	for _, row := range res.Jobs {
		out = append(out, q.job(row))
	}
	return out, nil
}

// Get is one piece of work.
func (q *Queue) Get(ctx context.Context, id ID) (_ Job, err error) {
	defer fault.Wrap(&err, "jobs.Get(%d)", id)
	row, err := q.reads.JobGet(ctx, int64(id))
	if err != nil {
		return Job{}, missing(err)
	}
	return q.job(row), nil
}

func missing(err error) error {
	if errors.Is(err, rivertype.ErrNotFound) {
		return fault.New(fault.NotFound, "work.not_found", nil)
	}
	return err
}

// job makes what is shown of River's row.
func (q *Queue) job(row *rivertype.JobRow) Job {
	j := Job{
		ID: ID(row.ID), Kind: row.Kind, State: stateOf(row), Own: q.kinds[row.Kind].own, Tries: row.Attempt, Most: row.MaxAttempts,
		Made: row.CreatedAt.UTC(), At: row.ScheduledAt.UTC(),
	}
	if row.AttemptedAt != nil {
		j.Began = row.AttemptedAt.UTC()
	}
	if row.FinalizedAt != nil {
		j.Ended = row.FinalizedAt.UTC()
	}
	var n struct {
		note
		Output told `json:"output"`
	}
	if json.Unmarshal(row.Metadata, &n) == nil {
		j.By, j.Done, j.Total = n.By, int(n.Output.Done), int(n.Output.Total)
	}
	q.mu.Lock()
	if p, here := q.running[j.ID]; here {
		j.Done, j.Total = int(p.done.Load()), int(p.total.Load())
	}
	q.mu.Unlock()
	if len(row.Errors) > 0 && j.State != Done {
		j.Reason = reason(row.Errors[len(row.Errors)-1].Error)
	}
	return j
}

func stateOf(row *rivertype.JobRow) State {
	for _, s := range States() {
		if slices.Contains(s.states(), row.State) {
			// A piece that was put off after a failure has failed before.
			if s == Waiting && len(row.Errors) > 0 {
				return Retrying
			}
			return s
		}
	}
	return Waiting
}

// reason reads a stored error. River's own, of a node that died, is none of ours.
func reason(stored string) *Reason {
	var f failure
	_, after, found := strings.Cut(stored, "{")
	if found && json.Unmarshal([]byte("{"+after), &f) == nil && f.Key != "" {
		return &Reason{Key: f.Key, Args: f.Args, Detail: f.Detail}
	}
	if strings.Contains(stored, "Stuck job rescued") {
		return &Reason{Key: "work.reason_lost"}
	}
	return &Reason{Key: "work.reason_internal", Detail: stored}
}

// Retry runs a piece of work again, as soon as may be.
func Retry(ctx context.Context, tx *db.Tx, id ID) (err error) {
	defer fault.Wrap(&err, "jobs.Retry(%d)", id)
	client, err := inTx(tx)
	if err != nil {
		return err
	}
	row, err := client.JobRetryTx(ctx, tx.SQL(), int64(id))
	if err != nil {
		return missing(err)
	}
	return record(ctx, tx, "job.retry", row)
}

// Drop forgets a piece of work that does not run.
func Drop(ctx context.Context, tx *db.Tx, id ID) (err error) {
	defer fault.Wrap(&err, "jobs.Drop(%d)", id)
	client, err := inTx(tx)
	if err != nil {
		return err
	}
	row, err := client.JobDeleteTx(ctx, tx.SQL(), int64(id))
	if errors.Is(err, rivertype.ErrJobRunning) {
		return fault.New(fault.Conflict, "work.runs", nil)
	}
	if err != nil {
		return missing(err)
	}
	return record(ctx, tx, "job.drop", row)
}

// Retry runs a piece of work again.
func (q *Queue) Retry(ctx context.Context, id ID) error {
	return q.DB.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return Retry(ctx, tx, id) })
}

// Drop forgets a piece of work.
func (q *Queue) Drop(ctx context.Context, id ID) error {
	return q.DB.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return Drop(ctx, tx, id) })
}

// inTx is River's client in a transaction, with its clock.
func inTx(tx *db.Tx) (*river.Client[*sql.Tx], error) {
	return river.NewClient(driver(tx.Engine(), nil), &river.Config{
		Logger: slog.New(slog.DiscardHandler), Test: river.TestConfig{Time: stopped(tx.Now())},
	})
}

func record(ctx context.Context, tx *db.Tx, action string, row *rivertype.JobRow) error {
	return audit.Write(ctx, tx, audit.Entry{
		Action: action, ObjectKind: "job", ObjectID: ID(row.ID).String(), Detail: map[string]string{"kind": row.Kind},
	})
}

// Schedule is work that recurs.
type Schedule struct {
	Kind  string
	Every time.Duration
	Last  time.Time // zero: not lately
	State State     // of the last piece; "" where there is none
	Next  time.Time
}

// Schedules lists what recurs, in the order in which it comes next.
func (q *Queue) Schedules(ctx context.Context) (_ []Schedule, err error) {
	defer fault.Wrap(&err, "jobs.Schedules")
	var out []Schedule
	for _, s := range q.schedules {
		one := Schedule{Kind: s.args.Kind(), Every: s.every, Next: s.Next(q.now())}
		res, err := q.reads.JobList(ctx, river.NewJobListParams().Kinds(one.Kind).OrderBy(river.JobListOrderByID, river.SortOrderDesc).First(1))
		if err != nil {
			return nil, err
		}
		for _, row := range res.Jobs {
			j := q.job(row)
			one.State, one.Last = j.State, j.Made
			if !j.Began.IsZero() {
				one.Last = j.Began
			}
		}
		out = append(out, one)
	}
	slices.SortFunc(out, func(a, b Schedule) int { return cmp.Or(a.Next.Compare(b.Next), cmp.Compare(a.Kind, b.Kind)) })
	return out, nil
}

// MayWatch says whether a person may see a piece of work because she caused it.
func (j Job) MayWatch(who ident.Person) bool { return j.Own && who != "" && j.By == string(who) }
