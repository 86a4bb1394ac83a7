package mail

import (
	"context"
	"errors"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/jobs"
)

// Send is the work of carrying what is due to the server. Each letter queues one
// piece with itself, so that none is overlooked; the first one takes all along, and
// the others find nothing left to do.
type Send struct{}

// Kind implements jobs.Args.
func (Send) Kind() string { return "mail-send" }

// JobOptions implements jobs.Args: one at a time on each node.
func (Send) JobOptions() jobs.Options { return jobs.Options{Alone: true} }

// Tidy is the work of forgetting old letters.
type Tidy struct{}

// Kind implements jobs.Args.
func (Tidy) Kind() string { return "mail-tidy" }

const (
	batch = 10
	// lease is how long a letter belongs to who took it. It is longer than a batch
	// can take, so that nobody else sends it meanwhile; after a crash it is free.
	lease = 5 * time.Minute
	// A server that cannot be reached is asked again soon: one small attempt for all.
	askAgain = 4 * time.Second
	// One that does not let us in may close the account: it is asked seldom.
	askSeldom = 5 * time.Minute
	giveUp    = day
	keepOld   = 30 * day
	oneRun    = 3 * time.Minute
)

// Register tells the queue how letters are sent.
func Register(q *jobs.Queue, d *db.DB, s Setup) {
	p := postman{d, s}
	jobs.Register(q, jobs.Work[Send]{
		Do: func(ctx context.Context, _ Send) error { return p.run(ctx) }, Timeout: oneRun + 2*time.Minute,
		Pause: func(int) time.Duration { return 30 * time.Second },
		// What a crash left is found again within a minute.
		Every: time.Minute, Due: p.due,
	})
	jobs.Register(q, jobs.Work[Tidy]{Every: day, Do: func(ctx context.Context, _ Tidy) error { return p.tidy(ctx) }})
}

// postman carries letters.
type postman struct {
	db    *db.DB
	setup Setup
}

// due says whether a letter could be sent now.
func (p postman) due(ctx context.Context) (bool, error) {
	if !p.setup.Ready() {
		return false, nil
	}
	var n int
	err := p.db.Get(ctx, &n, `SELECT count(*) FROM mail_letter WHERE state = ? AND next_at <= ?`, Waiting, db.At(p.db.Now()))
	return n > 0, err
}

// run sends what is due, until nothing is, or the server is gone.
func (p postman) run(ctx context.Context) error {
	if !p.setup.Ready() {
		return nil
	}
	began := time.Now()
	r := round{postman: p}
	defer r.hangUp()
	for time.Since(began) < oneRun {
		letters, err := p.take(ctx)
		if err != nil || len(letters) == 0 {
			return err
		}
		for i, l := range letters {
			if ctx.Err() != nil {
				return p.release(context.WithoutCancel(ctx), letters[i:])
			}
			how, said, err := r.send(ctx, l)
			if err != nil {
				return p.away(ctx, letters[i:], err)
			}
			if err := p.mark(ctx, l, how, said); err != nil {
				return err
			}
			if how == broken {
				return p.away(ctx, letters[i+1:], errors.New(said))
			}
		}
	}
	return jobs.Later(time.Second)
}

// round is one run, with its way to the server.
type round struct {
	postman
	way *client
}

func (r *round) hangUp() {
	if r.way != nil {
		_ = r.way.Close() // all was said
		r.way = nil
	}
}

// send sends a letter. A way that breaks is opened anew once: perhaps the server
// only closed an old one. Its error says that the server cannot be reached.
func (r *round) send(ctx context.Context, l row) (how outcome, said string, err error) {
	for range 2 {
		if r.way == nil {
			if r.way, err = r.setup.dial(ctx); err != nil {
				r.way = nil
				return broken, "", err
			}
		}
		if how, said = r.way.send(r.setup, l); how != broken {
			return how, said, nil
		}
		r.hangUp()
	}
	return broken, said, nil
}

// take makes some letters ours for a while. Transactions are serializable: of two
// nodes one gets a letter.
func (p postman) take(ctx context.Context) (out []row, err error) {
	defer fault.Wrap(&err, "mail: take")
	err = p.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		now := db.At(tx.Now())
		out = nil
		err := tx.Select(ctx, &out, `SELECT * FROM mail_letter WHERE state = ? AND next_at <= ? ORDER BY next_at, id LIMIT ?`, Waiting, now, batch)
		if err != nil || len(out) == 0 {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE mail_letter SET next_at = ?, first_at = coalesce(first_at, ?) WHERE id IN (?)`, db.At(now.Add(lease)), now, db.List(ids(out)))
		return err
	})
	return out, err
}

func ids(rows []row) []ident.Letter {
	list := make([]ident.Letter, len(rows))
	for i, r := range rows {
		list[i] = r.ID
	}
	return list
}

// release gives letters back that were taken and not tried.
func (p postman) release(ctx context.Context, rows []row) error {
	if len(rows) == 0 {
		return nil
	}
	return p.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE mail_letter SET next_at = ? WHERE state = ? AND id IN (?)`, db.At(tx.Now()), Waiting, db.List(ids(rows)))
		return err
	})
}

// mark notes how an attempt went.
func (p postman) mark(ctx context.Context, r row, how outcome, said string) (err error) {
	defer fault.Wrap(&err, "mail.mark(%s)", r.ID)
	// What the server has taken is noted even where the program is told to stop.
	return p.db.Tx(context.WithoutCancel(ctx), func(ctx context.Context, tx *db.Tx) error {
		now := tx.Now()
		first := r.FirstAt.Time
		if first.IsZero() {
			first = now
		}
		switch {
		case how == accepted:
			_, err = tx.Exec(ctx, `UPDATE mail_letter SET state = ?, attempts = ?, reason = '', body = '', sent_at = ? WHERE id = ? AND state = ?`,
				Sent, r.Attempts+1, db.At(now), r.ID, Waiting)
			return err
		case how == refused || now.Sub(first) >= giveUp:
			_, err = tx.Exec(ctx, `UPDATE mail_letter SET state = ?, attempts = ?, reason = ? WHERE id = ? AND state = ?`,
				Failed, r.Attempts+1, because("mail.reason_refused", said), r.ID, Waiting)
			return err
		}
		next := now.Add(pause(r.Attempts + 1))
		_, err = tx.Exec(ctx, `UPDATE mail_letter SET attempts = ?, reason = ?, next_at = ? WHERE id = ? AND state = ?`,
			r.Attempts+1, because("mail.reason_delayed", said), db.At(next), r.ID, Waiting)
		if err != nil {
			return err
		}
		_, err = jobs.InsertAt(ctx, tx, Send{}, next)
		return err
	})
}

func because(key, said string) string { return Reason{key, fault.Args{"said": said}}.text() }

// pause is how long a letter rests after so many attempts: from one minute to four
// hours, ten times in a day.
func pause(attempts int) time.Duration {
	steps := []time.Duration{time.Minute, 3 * time.Minute, 10 * time.Minute, 20 * time.Minute, 40 * time.Minute, time.Hour, 2 * time.Hour}
	if attempts <= len(steps) {
		return steps[max(attempts, 1)-1]
	}
	return 4 * time.Hour
}

// away notes that the server cannot be reached, or does not let us in: all that is
// due waits, and is looked at again soon. What has waited for a day fails.
func (p postman) away(ctx context.Context, taken []row, cause error) error {
	code, said := verdict(cause)
	key, again := "mail.reason_unreachable", askAgain
	if code >= 500 {
		key, again = "mail.reason_locked_out", askSeldom
	}
	reason := Reason{key, fault.Args{"server": p.setup.Server(), "said": said}}.text()
	err := p.db.Tx(context.WithoutCancel(ctx), func(ctx context.Context, tx *db.Tx) error {
		now := tx.Now()
		_, err := tx.Exec(ctx, `UPDATE mail_letter SET state = ?, reason = ? WHERE state = ? AND first_at <= ?`, Failed, reason, Waiting, db.At(now.Add(-giveUp)))
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE mail_letter SET next_at = ?, reason = ? WHERE state = ? AND (next_at <= ? OR id IN (?))`,
			db.At(now.Add(again)), reason, Waiting, db.At(now), db.List(append(ids(taken), "")))
		return err
	})
	if err != nil {
		return err
	}
	return jobs.Later(again)
}

// tidy forgets letters that are over.
func (p postman) tidy(ctx context.Context) error {
	return p.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM mail_letter WHERE state <> ? AND created_at < ?`, Waiting, db.At(tx.Now().Add(-keepOld)))
		return err
	})
}
