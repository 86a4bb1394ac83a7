package app

import (
	"context"
	"errors"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/orgtable"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/search"
	"github.com/huiguan/huiguan/internal/web/api"
	"github.com/huiguan/huiguan/internal/web/kit"
	"github.com/huiguan/huiguan/internal/web/office"
	"github.com/huiguan/huiguan/internal/web/portal"
)

// grace is how long requests under way may take once the program is told to
// stop.
const grace = 10 * time.Second

// Handler serves the site, below /api/ the API, and below /office/ the office. It
// fails where a route of one of them leaves something undeclared.
func (a *App) Handler() (http.Handler, error) {
	rooms, err := a.Office()
	public, err2 := a.portal()
	programs, err3 := a.api()
	if err := errors.Join(err, err2, err3); err != nil {
		return nil, err
	}
	pages := a.founded(public)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/"); first {
		case "api":
			programs.ServeHTTP(w, r)
		case "office":
			rooms.ServeHTTP(w, r)
		default:
			pages.ServeHTTP(w, r)
		}
	}), nil
}

// Office makes the workroom.
func (a *App) Office() (*office.Office, error) {
	return office.New(office.Config{
		Org: a.Org, People: a.People, Guard: a.guard, Gate: a.Gate, Press: a.Press, Workroom: press.NewWorkroom(a.db), Sites: a,
		Jobs: a.Jobs, Tables: orgtable.NewStore(a.db), Mail: a.Mail, Trail: a.Trail, Logger: a.log, Now: a.db.Now,
		Proxies: a.cfg.Proxies, Address: a.address,
	})
}

// founded leads every visitor to the set-up, as long as there is no federation.
func (a *App) founded(pages http.Handler) http.Handler {
	var there atomic.Bool
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !there.Load() {
			_, err := a.Org.Federation(r.Context())
			if fault.Is(err, fault.NotFound) && !strings.Contains(r.URL.Path, ".") {
				_ = kit.SeeOther(w, r, "/office/set-up")
				return
			}
			there.Store(err == nil)
		}
		pages.ServeHTTP(w, r)
	})
}

// Routes lists every address that the program answers.
func (a *App) Routes() ([]kit.Route, error) {
	rooms, err := a.Office()
	public, err2 := a.portal()
	programs, err3 := a.api()
	if err := errors.Join(err, err2, err3); err != nil {
		return nil, err
	}
	return slices.Concat(public.Routes(), programs.Routes(), rooms.Routes()), nil
}

func (a *App) api() (*api.API, error) {
	return api.New(api.Config{
		Org: org.NewReader(a.db), Press: a.Press, Search: search.NewReader(a.db), Pictures: media.NewReader(a.db), Owners: a.People, Judge: a.guard,
		Logger: a.log, Now: a.db.Now,
	})
}

func (a *App) portal() (*portal.Portal, error) {
	return portal.New(portal.Config{
		Org: org.NewReader(a.db), Press: a.Press, Search: search.NewReader(a.db), Holders: a.People, Media: a.media, Pictures: media.NewReader(a.db), Logger: a.log, Now: a.db.Now,
		Old: a.OldAddresses(),
	})
}

// Listen opens the address that Serve is given, with an error that says what to
// do when the port is taken.
func Listen(ctx context.Context, addr string) (net.Listener, error) {
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fault.Because(err, fault.Unavailable, "app.cannot_listen", fault.Args{"addr": addr})
	}
	return ln, nil
}

// Local is the address of a listener by the name under which browsers trust it
// without encryption; "" where it listens to more than this machine.
func Local(ln net.Listener) string {
	at, ok := ln.Addr().(*net.TCPAddr)
	if !ok || !at.IP.IsLoopback() {
		return ""
	}
	return "http://localhost:" + strconv.Itoa(at.Port)
}

// Serve answers requests and works in the background until ctx ends, then lets
// what is under way finish.
func (a *App) Serve(ctx context.Context, ln net.Listener) (err error) {
	a.address = Local(ln)
	handler, err := a.Handler()
	if err != nil {
		return err
	}
	if err := a.Jobs.Start(ctx); err != nil {
		return err
	}
	defer func() {
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
		defer cancel()
		err = errors.Join(err, a.Jobs.Stop(stop))
	}()
	server := kit.NewServer(ln.Addr().String(), handler, a.log)
	done := make(chan error, 1)
	go func() { done <- server.Serve(ln) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	if err := server.Shutdown(stop); err != nil {
		return err
	}
	if err := <-done; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
