package app

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/search"
	"github.com/huiguan/huiguan/internal/web/kit"
	"github.com/huiguan/huiguan/internal/web/portal"
)

// grace is how long requests under way may take once the program is told to
// stop.
const grace = 10 * time.Second

// Handler serves the site.
func (a *App) Handler() http.Handler {
	return portal.New(portal.Config{
		Org: org.NewReader(a.db), Press: a.Press, Search: search.NewReader(a.db), Media: a.media, Logger: a.log, Now: a.db.Now,
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
