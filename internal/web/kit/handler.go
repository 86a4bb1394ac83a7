package kit

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"

	"github.com/huiguan/huiguan/internal/fault"
)

// Handler answers a request or says why it cannot. It must not have written
// anything when it returns an error that a visitor should see.
type Handler func(w http.ResponseWriter, r *http.Request) error

// ErrorPage shows a visitor what went wrong, in words and layout of the site.
type ErrorPage func(w http.ResponseWriter, r *http.Request, status int, err error)

// refusal is an error with a status of its own, for what fault's kinds of
// domain mistakes do not cover.
type refusal struct {
	error
	status int
	allow  string
}

func (e refusal) Unwrap() error { return e.error }

// Gone says that what was here has been taken back for good.
func Gone(err error) error { return refusal{error: err, status: http.StatusGone} }

// MethodNotAllowed says that this address answers other methods only.
func MethodNotAllowed(allow string) error {
	return refusal{
		error:  fault.New(fault.Misuse, "page.method_not_allowed", nil),
		status: http.StatusMethodNotAllowed,
		allow:  allow,
	}
}

// NotAcceptable says that this address has no form that the client takes.
func NotAcceptable(err error) error { return refusal{error: err, status: http.StatusNotAcceptable} }

// StatusOf is the HTTP status that answers err.
func StatusOf(err error) int {
	var r refusal
	if errors.As(err, &r) {
		return r.status
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return http.StatusRequestEntityTooLarge
	}
	return fault.KindOf(err).Status()
}

// Handle makes an http.Handler of h. Errors and panics end here: what is ours
// to mend goes to the log with its detail, and the visitor sees the page for
// its status.
func Handle(h Handler, show ErrorPage, logger *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := record(w)
		err := safely(h, rec, r)
		if err == nil || errors.Is(r.Context().Err(), context.Canceled) {
			return // done, or nobody waits for the answer any more
		}
		status := StatusOf(err)
		if status >= http.StatusInternalServerError {
			logger.ErrorContext(r.Context(), "request failed", "id", RequestID(r.Context()), "status", status, "error", err)
		}
		if rec.wrote {
			panic(http.ErrAbortHandler) // half an answer must not look whole
		}
		var refused refusal
		if errors.As(err, &refused) && refused.allow != "" {
			w.Header().Set("Allow", refused.allow)
		}
		if status == http.StatusServiceUnavailable {
			w.Header().Set("Retry-After", "10")
		}
		show(rec, r, status, err)
	})
}

// panicked is a panic as an error, with the place it came from.
type panicked struct {
	value any
	stack []byte
}

func (p panicked) Error() string { return fmt.Sprintf("panic: %v\n%s", p.value, p.stack) }

func safely(h Handler, w http.ResponseWriter, r *http.Request) (err error) {
	defer func() {
		v := recover()
		if v == nil {
			return
		}
		if e, ok := v.(error); ok && errors.Is(e, http.ErrAbortHandler) {
			panic(v)
		}
		err = panicked{value: v, stack: debug.Stack()}
	}()
	return h(w, r)
}
