package kit

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/fault"
)

// plainError shows the status alone.
func plainError(w http.ResponseWriter, _ *http.Request, status int, _ error) {
	w.WriteHeader(status)
	fmt.Fprintf(w, "status %d", status)
}

func TestHandleTurnsErrorsIntoStatuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err    error
		status int
		logged bool
		header [2]string
	}{
		"fine":            {nil, 200, false, [2]string{}},
		"not found":       {fmt.Errorf("load: %w", fault.New(fault.NotFound, "page.not_found", nil)), 404, false, [2]string{}},
		"invalid":         {fault.New(fault.Invalid, "x.y", nil), 422, false, [2]string{}},
		"gone":            {Gone(fault.New(fault.NotFound, "page.gone", nil)), 410, false, [2]string{}},
		"method":          {MethodNotAllowed("GET, HEAD"), 405, false, [2]string{"Allow", "GET, HEAD"}},
		"nobody named it": {errors.New("the disk is on fire"), 500, true, [2]string{}},
		"unavailable":     {fault.New(fault.Unavailable, "db.busy", nil), 503, true, [2]string{"Retry-After", "10"}},
		"too slow":        {fmt.Errorf("query: %w", context.DeadlineExceeded), 503, true, [2]string{"Retry-After", "10"}},
		"too much sent":   {fmt.Errorf("read: %w", &http.MaxBytesError{Limit: 1}), 413, false, [2]string{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			logger, lines := logTo(t)
			w := answer(Handle(func(http.ResponseWriter, *http.Request) error { return c.err }, plainError, logger), "GET", "/")
			if w.Code != c.status {
				t.Errorf("status %d, want %d", w.Code, c.status)
			}
			if logged := strings.Contains(lines.String(), "request failed"); logged != c.logged {
				t.Errorf("logged: %v, want %v: %s", logged, c.logged, lines)
			}
			if strings.Contains(w.Body.String(), "fire") {
				t.Error("the detail of an internal error was shown")
			}
			if c.header[0] != "" && w.Header().Get(c.header[0]) != c.header[1] {
				t.Errorf("%s: %q", c.header[0], w.Header().Get(c.header[0]))
			}
		})
	}
}

func TestHandleSurvivesPanics(t *testing.T) {
	t.Parallel()
	logger, lines := logTo(t)
	w := answer(Handle(func(http.ResponseWriter, *http.Request) error { panic("a nil map") }, plainError, logger), "GET", "/")
	if w.Code != 500 || !strings.Contains(lines.String(), "a nil map") || !strings.Contains(lines.String(), "handler_test.go") {
		t.Errorf("status %d, log %s: want 500 and the place of the panic", w.Code, lines)
	}
}

// aborts says whether f gave the connection up.
func aborts(f func()) (aborted bool) {
	defer func() { aborted = recover() == http.ErrAbortHandler }() //nolint:errorlint // a panic value, compared as net/http does
	f()
	return false
}

func TestHandleNeverMixesAnswerAndError(t *testing.T) {
	t.Parallel()
	logger, _ := logTo(t)
	half := Handle(func(w http.ResponseWriter, _ *http.Request) error {
		fmt.Fprint(w, "half a ")
		return errors.New("then it broke")
	}, plainError, logger)
	if !aborts(func() { answer(half, "GET", "/") }) {
		t.Error("half an answer was finished as if it were whole")
	}
	given := Handle(func(http.ResponseWriter, *http.Request) error { panic(http.ErrAbortHandler) }, plainError, logger)
	if !aborts(func() { answer(given, "GET", "/") }) {
		t.Error("a handler's own abort was swallowed")
	}
}

func TestHandleIsSilentWhenTheVisitorLeft(t *testing.T) {
	t.Parallel()
	logger, lines := logTo(t)
	h := Handle(func(_ http.ResponseWriter, r *http.Request) error { return r.Context().Err() }, plainError, logger)
	left := Chain(h, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ctx, cancel := context.WithCancel(r.Context())
			cancel()
			next.ServeHTTP(w, r.WithContext(ctx))
		})
	})
	if w := answer(left, "GET", "/"); w.Body.Len() > 0 || lines.Len() > 0 {
		t.Errorf("body %q, log %q: want neither", w.Body, lines)
	}
}

func TestDeadline(t *testing.T) {
	t.Parallel()
	logger, _ := logTo(t)
	slow := Handle(func(_ http.ResponseWriter, r *http.Request) error {
		<-r.Context().Done()
		return r.Context().Err()
	}, plainError, logger)
	if w := answer(Chain(slow, Deadline(time.Millisecond)), "GET", "/"); w.Code != 503 {
		t.Errorf("status %d, want 503", w.Code)
	}
}

func TestChainOrder(t *testing.T) {
	t.Parallel()
	var order []string
	step := func(name string) Middleware {
		return func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				order = append(order, name)
				next.ServeHTTP(w, r)
			})
		}
	}
	answer(Chain(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { order = append(order, "page") }), step("first"), step("second")), "GET", "/")
	if got := strings.Join(order, " "); got != "first second page" {
		t.Error(got)
	}
}
