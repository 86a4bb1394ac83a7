// Package jobs does work in the background: what a request need not wait for, and
// what recurs.
//
// The idea: a kind of work is a type of arguments and a function, declared once.
// Insert puts a piece of it into the transaction of its cause, so that both stand
// or fall together; it runs at least once, on one of the nodes, outside any
// transaction, and must bear running twice. Who caused it travels along: the trail
// names her, and work that is done in her name is refused where she may no longer
// do it. Work that fails is tried again with growing pauses, then stays to be seen,
// with its reason in words, until somebody runs it again or drops it. A panic and a
// time that runs out are failures like others.
//
// The queue is River's, on the database that everything else is in; only this
// package knows that. Tables: river_job, river_leader, river_queue and others of
// that prefix, which River makes and which stay out of dumps. Packages above
// insert; app registers, starts and stops.
package jobs

import (
	"context"
	"database/sql"
	"encoding/json"
	"strconv"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// ID numbers a piece of work.
type ID int64

// ParseID reads an ID from an address.
func ParseID(s string) (ID, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	return ID(n), err == nil && n > 0
}

// String writes an ID into an address.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// Args are the arguments of one kind of work. They are stored as JSON, hold ids
// and no personal text, and their type names the kind: mail-send.
type Args interface{ Kind() string }

// Options are how a kind of work is queued. Arguments may say theirs.
type Options struct {
	Tries int  // how often it is tried at most; 0: ten times
	Alone bool // one at a time on each node
	// Unique queues no second piece with the same arguments while one waits or runs.
	// It is for work that looks at everything there is when it begins; what a
	// transaction wants seen by its work is queued without it, since the piece that
	// waits may have begun to look before the transaction commits.
	Unique bool
}

// optioned are arguments that say how they are queued.
type optioned interface{ JobOptions() Options }

func optionsOf(a Args) Options {
	var o Options
	if with, ok := a.(optioned); ok {
		o = with.JobOptions()
	}
	if o.Tries == 0 {
		o.Tries = 10
	}
	return o
}

// queue is River's name of where a kind waits.
func (o Options) queue(kind string) string {
	if o.Alone {
		return kind
	}
	return river.QueueDefault
}

// Insert queues a piece of work in the transaction of its cause. Who acts is noted
// as who caused it.
func Insert(ctx context.Context, tx *db.Tx, args Args) (ID, error) {
	return insert(ctx, tx, args, nil)
}

// InsertAt is Insert for work that is to be done at a later instant.
func InsertAt(ctx context.Context, tx *db.Tx, args Args, at time.Time) (ID, error) {
	return insert(ctx, tx, args, &at)
}

func insert(ctx context.Context, tx *db.Tx, args Args, at *time.Time) (_ ID, err error) {
	defer fault.Wrap(&err, "jobs.Insert(%s)", args.Kind())
	// A client that only queues is a few values; this one has the transaction's clock.
	client, err := inTx(tx)
	if err != nil {
		return 0, err
	}
	opts, err := insertOpts(args, audit.Actor(ctx))
	if err != nil {
		return 0, err
	}
	if at != nil && at.After(tx.Now()) {
		opts.ScheduledAt = *at
	}
	res, err := client.InsertTx(ctx, tx.SQL(), args, opts)
	if err != nil {
		return 0, err
	}
	return ID(res.Job.ID), nil
}

// note is what travels with a piece of work beside its arguments.
type note struct {
	By string `json:"by,omitempty"` // who caused it: a person's id, or a part of the program
}

func insertOpts(args Args, by string) (*river.InsertOpts, error) {
	o := optionsOf(args)
	meta, err := json.Marshal(note{By: by})
	opts := &river.InsertOpts{MaxAttempts: o.Tries, Queue: o.queue(args.Kind()), Metadata: meta}
	if o.Unique {
		opts.UniqueOpts = river.UniqueOpts{ByArgs: true, ByState: unfinished()}
	}
	return opts, err
}

// driver makes River speak to an engine; pool may be nil where only a transaction
// is used. Both drivers share one type of transaction.
func driver(e db.Engine, pool *sql.DB) riverdriver.Driver[*sql.Tx] {
	if e == db.SQLite {
		return riversqlite.New(pool)
	}
	return riverdatabasesql.New(pool)
}

// stopped is a clock that stands.
type stopped time.Time

// Now implements River's clock.
func (s stopped) Now() time.Time { return time.Time(s) }

// NowOrNil implements River's clock.
func (s stopped) NowOrNil() *time.Time { t := time.Time(s); return &t }

// injected is a clock that tests move.
type injected func() time.Time

// Now implements River's clock.
func (c injected) Now() time.Time { return c() }

// NowOrNil implements River's clock.
func (c injected) NowOrNil() *time.Time { t := c(); return &t }

// Need is what whoever caused a piece of work must still be allowed to do when it
// runs: an action at an organisation, or at the federation where Org is "".
type Need struct {
	Action string
	Org    ident.Org
}
