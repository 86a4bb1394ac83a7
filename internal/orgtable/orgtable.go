// Package orgtable brings tables of organisations into the tree.
//
// The idea: what a table would do is planned, and done, by package org; here it is
// done in somebody's name. A short table is done at once, in one transaction. A long
// one is written down and done in the background, so many rows in each transaction,
// planned anew before each: rows that are done say what the tree says already, so
// that a step which is run twice, after a crash or by a second press, does nothing
// twice. Before each step it is asked what its bringer may do by then. Rows that are
// wrong are left out, and told in the end.
//
// Table: org_table, which keeps what was brought for thirty days. The office calls
// it; app registers its work.
package orgtable

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/jobs"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/sheet"
)

// kept is how long a table that was done is kept.
const kept = 30 * 24 * time.Hour

// Table is a long table: whose, for which part of the tree, and how far it is.
type Table struct {
	ID        ident.OrgTable
	OrgID     ident.Org
	PersonID  ident.Person
	JobID     jobs.ID
	Total     int                       // rows that had something to do
	Done      int                       // of them
	Wrong     db.JSON[[]org.PlannedRow] // in the end: what was left out, and why
	CreatedAt db.Time
	EndedAt   db.Time
}

type tableRow struct {
	bun.BaseModel `bun:"table:org_table"`
	Table
	Lang  locale.Lang
	Cells db.JSON[[]sheet.Row]
}

// Params are rows with what their bringer may do.
func Params(bringer access.Actor, at time.Time, top org.Organisation, rows []sheet.Row, l locale.Lang) org.TableParams {
	return org.TableParams{Top: top, Rows: rows, Lang: l, May: func(action access.Action, path string) access.Reason {
		if d := access.Can(at, bringer, action, access.Place{Path: path}); !d.Allowed {
			return d.Reason
		}
		return ""
	}}
}

// needs lists what a plan is about, so that the transaction asks again for each
// record and not for the topmost alone.
func needs(top ident.Org, plan org.Plan) []people.Need {
	out := []people.Need{{Action: access.OrgAdd, Org: top}, {Action: access.OrgEdit, Org: top}}
	for _, t := range plan.Touches() {
		out = append(out, people.Need{Action: t.Action, Org: t.Org})
	}
	return out
}

// Store does tables.
type Store struct{ db *db.DB }

// NewStore makes a Store.
func NewStore(d *db.DB) *Store { return &Store{d} }

// Do does a table: at once where it fits into one transaction, in the background
// otherwise; then it returns the number of that work. Where the plan is another than
// the one that was looked at (digest), nothing is done.
func (s *Store) Do(ctx context.Context, p org.TableParams, digest string) (work jobs.ID, err error) {
	defer fault.Wrap(&err, "orgtable.Do(%q)", p.Top.Path)
	plan, err := org.PlanTable(ctx, s.db, p)
	if err != nil {
		return 0, err
	}
	err = s.db.Tx(people.Require(ctx, needs(p.Top.ID, plan)...), func(ctx context.Context, tx *db.Tx) error {
		if plan.Later == 0 {
			_, err := org.ApplyTable(ctx, tx, p, digest)
			return err
		}
		if digest != plan.Digest() {
			return org.ErrTableStale
		}
		work, err = begin(ctx, tx, p, plan)
		return err
	})
	return work, err
}

// begin writes a table down, and queues its work.
func begin(ctx context.Context, tx *db.Tx, p org.TableParams, plan org.Plan) (jobs.ID, error) {
	if _, err := tx.Exec(ctx, `DELETE FROM org_table WHERE created_at < ?`, db.At(tx.Now().Add(-kept))); err != nil {
		return 0, err
	}
	t := tableRow{
		Table: Table{
			ID: ident.New[ident.OrgTable](tx.Now()), OrgID: p.Top.ID, PersonID: ident.Person(audit.Actor(ctx)), Total: plan.ToDo(), CreatedAt: db.At(tx.Now()),
		},
		Lang: p.Lang, Cells: db.JSON[[]sheet.Row]{V: p.Rows},
	}
	var err error
	if t.JobID, err = jobs.Insert(ctx, tx, doing{Table: t.ID, Org: t.OrgID}); err != nil {
		return 0, err
	}
	if err := tx.Insert(ctx, &t); err != nil {
		return 0, err
	}
	return t.JobID, audit.Write(ctx, tx, audit.Entry{Action: "organisation.table", Org: t.OrgID, ObjectKind: "organisation", ObjectID: string(t.OrgID)})
}

// doing is the work of doing a table.
type doing struct {
	Table ident.OrgTable `json:"table"`
	Org   ident.Org      `json:"org"`
}

// Kind implements jobs.Args.
func (doing) Kind() string { return "org-table" }

// JobOptions implements jobs.Args.
func (doing) JobOptions() jobs.Options { return jobs.Options{Tries: 5} }

// stepsInOneGo bounds one run of the work. What takes hours could not be told from
// what stood on a node that died, and every kind of work would wait as long for another.
const stepsInOneGo = 5

// Register says how tables are done.
func Register(q *jobs.Queue, d *db.DB) {
	s := NewStore(d)
	jobs.Register(q, jobs.Work[doing]{
		Own: true, Timeout: 5 * time.Minute,
		Needs: func(a doing) []jobs.Need {
			return []jobs.Need{{Action: string(access.OrgAdd), Org: a.Org}, {Action: string(access.OrgEdit), Org: a.Org}}
		},
		Do: func(ctx context.Context, a doing) error {
			for range stepsInOneGo {
				over, err := s.step(ctx, a.Table)
				switch {
				case fault.Is(err, fault.Forbidden), fault.Is(err, fault.NotFound):
					return jobs.GiveUp(err) // waiting does not bring a right back, nor what was forgotten
				case err != nil || over:
					return err
				}
			}
			return jobs.Later(0)
		},
	})
}

// step does as many rows as fit into one transaction, and says whether none is left.
func (s *Store) step(ctx context.Context, id ident.OrgTable) (over bool, err error) {
	var t tableRow
	if err := s.db.Get(ctx, &t, `SELECT * FROM org_table WHERE id = ?`, id); err != nil || !t.EndedAt.IsZero() {
		return true, db.NotFound(err, "work.not_found", nil)
	}
	jobs.Progress(ctx, t.Done, t.Total)
	top, err := org.Load(ctx, s.db, t.OrgID)
	if err != nil {
		return false, err
	}
	bringer, err := people.ActorOf(ctx, s.db, t.PersonID)
	if err != nil {
		return false, err
	}
	p := Params(bringer, s.db.Now(), top, t.Cells.V, t.Lang)
	plan, err := org.PlanTable(ctx, s.db, p)
	if err != nil {
		return false, err
	}
	done := t.Done + plan.ToDo() - plan.Later
	if over = plan.Later == 0; over {
		t.Wrong.V = plan.Refused()
	}
	err = s.db.Tx(people.Require(ctx, needs(top.ID, plan)...), func(ctx context.Context, tx *db.Tx) error {
		if _, err := org.ApplyTable(ctx, tx, p, plan.Digest()); err != nil {
			return err
		}
		var ended db.Time
		if over {
			ended = db.At(tx.Now())
		}
		_, err := tx.Exec(ctx, `UPDATE org_table SET done = ?, wrong = ?, ended_at = ? WHERE id = ?`, done, t.Wrong, ended, id)
		return err
	})
	if err == nil {
		jobs.Progress(ctx, done, t.Total)
	}
	return over, err
}

// columns are what lists show; the cells themselves may be megabytes.
const columns = `SELECT id, org_id, person_id, job_id, total, done, wrong, created_at, ended_at FROM org_table `

// OfWork is the table that a piece of work does, if it does one.
func (s *Store) OfWork(ctx context.Context, id jobs.ID) (t Table, ok bool, err error) {
	defer fault.Wrap(&err, "orgtable.OfWork(%d)", id)
	var list []Table
	err = s.db.Select(ctx, &list, columns+`WHERE job_id = ?`, id)
	if err != nil || len(list) == 0 {
		return Table{}, false, err
	}
	return list[0], true, nil
}

// Lately lists a person's tables since an instant, the latest first.
func (s *Store) Lately(ctx context.Context, who ident.Person, since time.Time) (list []Table, err error) {
	defer fault.Wrap(&err, "orgtable.Lately(%s)", who)
	err = s.db.Select(ctx, &list, columns+`WHERE person_id = ? AND created_at >= ? ORDER BY created_at DESC, id DESC LIMIT 5`, who, db.At(since))
	return list, err
}
