package app

import (
	"context"
	"path/filepath"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/jobs"
	"github.com/huiguan/huiguan/internal/mail"
	"github.com/huiguan/huiguan/internal/orgtable"
	"github.com/huiguan/huiguan/internal/people"
)

// openJobs makes the queue, and says how each kind of work is done.
func (a *App) openJobs(ctx context.Context) (err error) {
	a.Jobs, err = jobs.Open(ctx, jobs.Config{DB: a.db, Logger: a.log, Clock: a.cfg.Clock, May: a.mayWork})
	if err != nil {
		return err
	}
	mail.Register(a.Jobs, a.db, a.cfg.Mail)
	orgtable.Register(a.Jobs, a.db)
	a.Gate.Register(a.Jobs)
	jobs.Register(a.Jobs, jobs.Work[chainTrail]{
		Do:      func(ctx context.Context, _ chainTrail) error { return audit.CloseBehind(ctx, a.db) },
		Timeout: 5 * time.Minute, Every: 10 * time.Second, Due: a.trailWaits,
	})
	jobs.Register(a.Jobs, jobs.Work[keepHead]{Do: func(ctx context.Context, _ keepHead) error { return a.keepHead(ctx) }, Every: time.Hour, Due: a.trailChained})
	return nil
}

// mayWork lets work be done in a person's name as far as she may do it now. What
// it writes is asked about once more in the transaction, as her own clicks are.
func (a *App) mayWork(ctx context.Context, who ident.Person, needs []jobs.Need) (context.Context, error) {
	// She had proved who she is when she caused the work.
	p := people.Principal{Person: who, Factors: people.ByBoth, Verified: a.db.Now()}
	list := make([]people.Need, 0, len(needs))
	for _, n := range needs {
		list = append(list, people.Need{Action: access.Action(n.Action), Org: n.Org})
	}
	return people.Require(people.WithPrincipal(ctx, p), list...), a.guard.Check(ctx, p, list...)
}

// chainTrail is the work of chaining what was written into the trail.
type chainTrail struct{}

// Kind implements jobs.Args.
func (chainTrail) Kind() string { return "trail-chain" }

// JobOptions implements jobs.Args.
func (chainTrail) JobOptions() jobs.Options { return jobs.Options{Tries: 3} }

func (a *App) trailWaits(ctx context.Context) (bool, error) {
	n, err := audit.Waiting(ctx, a.db)
	return n > 0, err
}

// keepHead is the work of signing the end of the chain.
type keepHead struct{}

// Kind implements jobs.Args.
func (keepHead) Kind() string { return "trail-head" }

func (a *App) trailChained(ctx context.Context) (bool, error) {
	state, err := a.Trail.Chain(ctx)
	return state.Hash != "", err
}

func (a *App) keepHead(ctx context.Context) error {
	h, err := a.TrailHead(ctx)
	if err != nil {
		return err
	}
	_, err = h.Keep(a.headsDir())
	return err
}

// keysDir is the folder of keys, within that of the data.
const keysDir = "keys"

func (a *App) keysDir() string { return filepath.Join(a.cfg.Dir, keysDir) }

func (a *App) headsDir() string { return filepath.Join(a.cfg.Dir, "audit-heads") }

func (a *App) signer() (*audit.Signer, error) {
	return audit.OpenSigner(a.keysDir())
}

// TrailHead signs the end of the chain as it is now.
func (a *App) TrailHead(ctx context.Context) (audit.Head, error) {
	s, err := a.signer()
	if err != nil {
		return audit.Head{}, err
	}
	return s.Head(ctx, a.db, a.db.Now())
}

// VerifyTrail recomputes the whole chain as of one instant, and compares it with
// heads that were kept.
func (a *App) VerifyTrail(ctx context.Context, heads ...audit.Head) (report audit.Report, err error) {
	err = a.db.Snapshot(ctx, func(ctx context.Context, r db.Reader) error {
		report, err = audit.Verify(ctx, r, heads...)
		return err
	})
	if err != nil || len(heads) == 0 {
		return report, err
	}
	s, err := a.signer()
	if err != nil {
		return report, err
	}
	for _, h := range heads {
		if h.Key != s.Key() {
			report.Breaks = append(report.Breaks, audit.Break{Kind: audit.OtherKey, To: h.LastSeq, At: h.At})
		}
	}
	return report, nil
}

// poster sends the letters about accounts; nil where no server is set up, so that
// their links are shown to whoever asks for them.
func poster(s mail.Setup) people.Poster {
	if !s.Ready() {
		return nil
	}
	return post{}
}

type post struct{}

// Post implements people.Poster.
func (post) Post(ctx context.Context, tx *db.Tx, l people.Letter) error {
	_, err := mail.Post(ctx, tx, mail.Letter{Person: l.Person, To: l.Recipient, Purpose: l.Purpose, Subject: l.Subject, Body: l.Body})
	return err
}
