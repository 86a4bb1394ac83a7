package kit

import (
	"context"
	"net/http"
	"time"

	"github.com/huiguan/huiguan/internal/fault"
)

// Deadline ends the work on a request after d. What runs into it is answered
// as unavailable.
func Deadline(d time.Duration) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ctx, cancel := context.WithTimeout(r.Context(), d)
			defer cancel()
			next.ServeHTTP(w, r.WithContext(ctx))
		})
	}
}

// MaxBody refuses to read more than n bytes of a request's body.
func MaxBody(n int64) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Body != nil {
				r.Body = http.MaxBytesReader(w, r.Body, n)
			}
			next.ServeHTTP(w, r)
		})
	}
}

// ReadOnly lets GET and HEAD through.
func ReadOnly(h Handler) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			return MethodNotAllowed("GET, HEAD")
		}
		return h(w, r)
	}
}

// MaxAddress refuses addresses longer than n bytes before anybody parses them.
func MaxAddress(n int, h Handler) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if len(r.URL.Path)+len(r.URL.RawQuery) > n {
			return fault.New(fault.NotFound, "page.not_found", nil)
		}
		return h(w, r)
	}
}
