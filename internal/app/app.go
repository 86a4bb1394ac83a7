// Package app joins all parts into one program: it opens the database and the
// files, builds the services on them, and serves the pages.
//
// It is the only place that sees everything. The command line and the
// end-to-end tests start the program through it: Open, use, Close. It stores
// nothing itself; Backup and Restore read and write what the others store.
package app

import (
	"context"
	"errors"
	"log/slog"
	"net/netip"
	"path/filepath"
	"time"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/ingest"
	"github.com/huiguan/huiguan/internal/jobs"
	"github.com/huiguan/huiguan/internal/mail"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/seal"
	"github.com/huiguan/huiguan/internal/search"
)

// Config says what to open.
type Config struct {
	Dir         string // data folder
	DatabaseURL string // postgres://…; "" for SQLite in the data folder
	Logger      *slog.Logger
	Clock       func() time.Time // nil: the real one
	Proxies     []netip.Prefix   // believed when they say for whom they ask
	Pictures    media.Maker      // makes the public forms of pictures; nil: none is taken in
	Mail        mail.Setup       // how letters are sent; zero: they wait
}

// App is the opened program.
type App struct {
	Org    *org.Store
	Press  press.Public
	People *people.Store
	Jobs   *jobs.Queue
	Mail   *mail.Store
	Trail  audit.Reader
	Gate   *people.Gate

	cfg   Config
	db    *db.DB
	guard *people.Guard
	media *media.Store
	log   *slog.Logger
	// address is where this process answers, if browsers of this machine only.
	address string
}

// Open opens the data folder, creating it where it is new, and finishes what a
// crash may have interrupted.
func Open(ctx context.Context, cfg Config) (*App, error) {
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	d, err := db.Open(ctx, db.Config{Dir: cfg.Dir, URL: cfg.DatabaseURL, Clock: cfg.Clock, Logger: cfg.Logger})
	if err != nil {
		return nil, err
	}
	d.BeforeCommit(search.FollowOrganisations)
	var options []media.Option
	if cfg.Pictures != nil {
		options = append(options, media.WithMaker(cfg.Pictures))
	}
	files, err := media.Open(filepath.Join(cfg.Dir, "blobs"), options...)
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	a := &App{
		Org: org.NewStore(d), Press: press.NewPublic(d), People: people.NewStore(d),
		Mail: mail.NewStore(d, cfg.Mail), Trail: audit.NewReader(d),
		Gate: people.NewGate(d, people.GateConfig{Keys: seal.Open(filepath.Join(cfg.Dir, keysDir)), Post: poster(cfg.Mail)}),
		cfg:  cfg, db: d, guard: people.NewGuard(d), media: files, log: cfg.Logger,
	}
	if err := a.openJobs(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	settled, deleted, err := files.Recover(ctx, d)
	if err != nil {
		return nil, errors.Join(err, a.Close())
	}
	if settled+deleted > 0 {
		a.log.InfoContext(ctx, "recovered files of an interrupted process", "settled", settled, "deleted", deleted)
	}
	return a, nil
}

// OpenExisting is Open for a federation that must be there already.
func OpenExisting(ctx context.Context, cfg Config) (*App, error) {
	if cfg.DatabaseURL == "" && !db.Exists(cfg.Dir) {
		return nil, fault.New(fault.NotFound, "app.no_federation", fault.Args{"dir": cfg.Dir})
	}
	a, err := Open(ctx, cfg)
	if err != nil {
		return nil, err
	}
	if _, err := a.Org.Federation(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	if err := a.renewIndex(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// OpenToServe is Open for a federation, or for a folder in which the set-up page
// makes one.
func OpenToServe(ctx context.Context, cfg Config) (*App, error) {
	a, err := Open(ctx, cfg)
	if err != nil {
		return nil, err
	}
	_, err = a.Org.Federation(ctx)
	if fault.Is(err, fault.NotFound) {
		return a, nil
	}
	if err := errors.Join(err, a.renewIndex(ctx)); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// renewIndex makes the search index anew where an older program wrote it.
func (a *App) renewIndex(ctx context.Context) error {
	current, err := search.Current(ctx, a.db)
	if err != nil || current {
		return err
	}
	a.log.WarnContext(ctx, "the search index has an older form and is made anew")
	return a.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		current, err := search.Current(ctx, tx) // another node may have been faster
		if err != nil || current {
			return err
		}
		_, err = press.Reindex(ctx, tx, func(int, int) {})
		return err
	})
}

// Close closes files and database.
func (a *App) Close() error {
	return errors.Join(a.media.Close(), a.db.Close())
}

// Now is the present instant, for what is shown.
func (a *App) Now() time.Time { return a.db.Now() }

// Zone is where the federation's days begin and end.
func (a *App) Zone(ctx context.Context) (*time.Location, error) {
	f, err := a.Org.Federation(ctx)
	if err != nil {
		return nil, err
	}
	return time.LoadLocation(f.Zone)
}

// Importer makes an importer into this federation.
func (a *App) Importer() *ingest.Importer { return ingest.NewImporter(a.db, a.media, a.log) }

// OldAddresses says where addresses of the site that was here before lead now.
func (a *App) OldAddresses() ingest.OldAddresses { return ingest.NewOldAddresses(a.db) }

// Search finds documents.
func (a *App) Search(ctx context.Context, q search.Query) (search.Results, error) {
	return search.Find(ctx, a.db, q)
}

// Nearest finds a query like this one that finds more than total; nil where
// there is none.
func (a *App) Nearest(ctx context.Context, q search.Query, total int) (*search.Proposal, error) {
	return search.Nearest(ctx, a.db, q, total)
}

// Reindex makes the search index anew; progress may be nil.
func (a *App) Reindex(ctx context.Context, progress func(done, total int)) (n int, err error) {
	if progress == nil {
		progress = func(int, int) {}
	}
	err = a.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		n, err = press.Reindex(ctx, tx, progress)
		return err
	})
	return n, err
}

// CreateTopic opens a topic and asks its part of the tree.
func (a *App) CreateTopic(ctx context.Context, p press.TopicParams) (t press.Topic, err error) {
	err = a.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		t, err = press.CreateTopic(ctx, tx, p)
		return err
	})
	return t, err
}

// FreezeTopic stores the states of a topic's expectations as they are now.
func (a *App) FreezeTopic(ctx context.Context, id ident.Topic) error {
	return a.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return press.Freeze(ctx, tx, id) })
}

// CreateColumn adds a column to an organisation's site.
func (a *App) CreateColumn(ctx context.Context, of ident.Org, slug string, titles org.Names) error {
	return a.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := press.CreateColumn(ctx, tx, of, slug, titles)
		return err
	})
}
