package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivertype"

	"github.com/huiguan/huiguan/internal/fault"
)

// Drain does all work that is due, what recurs included, and returns once nothing
// more is. It is for commands and tests; a queue that was started does this all the
// time. It returns how many pieces were run.
func (q *Queue) Drain(ctx context.Context) (n int, err error) {
	defer fault.Wrap(&err, "jobs.Drain")
	client, err := q.newClient(pace{poll: 20 * time.Millisecond, cooldown: 10 * time.Millisecond})
	if err != nil {
		return 0, err
	}
	for _, s := range q.schedules {
		due, err := s.isDue(ctx)
		if err != nil {
			return 0, err
		}
		if !due {
			continue
		}
		opts, err := s.opts()
		if err != nil {
			return 0, err
		}
		if _, err := client.Insert(ctx, s.args, opts); err != nil {
			return 0, err
		}
	}
	events, unsubscribe := client.Subscribe(river.EventKindJobCompleted, river.EventKindJobFailed, river.EventKindJobCancelled, river.EventKindJobSnoozed)
	defer unsubscribe()
	counted := make(chan int)
	go func() {
		n := 0
		for range events {
			n++
		}
		counted <- n
	}()
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		return 0, err
	}
	q.mu.Lock()
	mine := q.client == nil
	if mine {
		q.client = client
	}
	q.mu.Unlock()
	err = q.untilIdle(ctx, client.ID())
	if mine {
		q.mu.Lock()
		q.client = nil
		q.mu.Unlock()
	}
	err = errors.Join(err, client.Stop(context.WithoutCancel(ctx)))
	unsubscribe()
	return <-counted, err
}

// untilIdle makes available what has become due, until nothing is left to do and
// nothing that the client began runs.
func (q *Queue) untilIdle(ctx context.Context, client string) error {
	ticker := time.NewTicker(15 * time.Millisecond)
	defer ticker.Stop()
	for {
		now := q.now()
		moved, err := driver(q.DB.Engine(), q.DB.SQL()).GetExecutor().JobSchedule(ctx, &riverdriver.JobScheduleParams{Max: 1000, Now: &now})
		if err != nil {
			return err
		}
		busy, err := q.busy(ctx, client, now)
		if err != nil || !busy && len(moved) == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
	}
}

// busy says whether something is due, or runs at the client.
func (q *Queue) busy(ctx context.Context, client string, now time.Time) (bool, error) {
	res, err := q.reads.JobList(ctx, river.NewJobListParams().States(rivertype.JobStateRunning, rivertype.JobStateAvailable).First(1000).
		Where("(state = 'running' OR scheduled_at <= @now)", river.NamedArgs{"now": now}))
	if err != nil {
		return false, err
	}
	for _, job := range res.Jobs {
		if _, known := q.kinds[job.Kind]; !known {
			continue
		}
		if job.State == rivertype.JobStateAvailable || len(job.AttemptedBy) > 0 && job.AttemptedBy[len(job.AttemptedBy)-1] == client {
			return true, nil
		}
	}
	return false, nil
}
