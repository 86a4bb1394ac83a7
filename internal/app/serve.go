package app

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/search"
	"github.com/huiguan/huiguan/internal/web/api"
	"github.com/huiguan/huiguan/internal/web/kit"
	"github.com/huiguan/huiguan/internal/web/portal"
)

// grace is how long requests under way may take once the program is told to
// stop.
const grace = 10 * time.Second

// Handler serves the site, and below /api/ the API.
func (a *App) Handler() http.Handler {
	pages, programs := a.pages(), api.New(api.Config{
		Org: org.NewReader(a.db), Press: a.Press, Search: search.NewReader(a.db), Pictures: media.NewReader(a.db),
		Logger: a.log, Now: a.db.Now,
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api" || strings.HasPrefix(r.URL.Path, "/api/") {
			programs.ServeHTTP(w, r)
			return
		}
		pages.ServeHTTP(w, r)
	})
}

// pages serves the portal.
func (a *App) pages() http.Handler {
	return portal.New(portal.Config{
		Org: org.NewReader(a.db), Press: a.Press, Search: search.NewReader(a.db), Media: a.media, Pictures: media.NewReader(a.db), Logger: a.log, Now: a.db.Now,
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

// Serve answers requests until ctx ends, then lets those under way finish.
func (a *App) Serve(ctx context.Context, ln net.Listener) error {
	server := kit.NewServer(ln.Addr().String(), a.Handler(), a.log)
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
