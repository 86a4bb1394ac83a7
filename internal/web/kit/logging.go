package kit

import (
	"context"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/ident"
)

type requestIDKey struct{}

// requestID is the type of the identifiers below; nothing stores them.
type requestID string

// RequestID names the request in the log and on an error page, so that the two
// can be brought together. It is empty outside a request.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(requestID)
	return string(id)
}

// maxLoggedPath bounds how much of an address a stranger can write into the log.
const maxLoggedPath = 200

// Log names each request and writes one line about its answer. Who asked, with
// which program, from where, and what was searched for is left out.
func Log(logger *slog.Logger, now func() time.Time) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			start := now()
			id := ident.New[requestID](start)
			rec := record(w)
			next.ServeHTTP(rec, r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id)))
			logger.InfoContext(r.Context(), "request",
				"id", string(id), "method", r.Method, "path", clip(r.URL.Path),
				"status", rec.status, "bytes", rec.bytes, "ms", now().Sub(start).Milliseconds())
		})
	}
}

// secretPart is what a part of an address looks like that opens something: 256
// random bits. Whoever reads the log shall not open it.
var secretPart = regexp.MustCompile(`/[A-Za-z0-9_-]{43}(/|$)`)

func clip(path string) string {
	path = secretPart.ReplaceAllString(path, "/…$1")
	if len(path) > maxLoggedPath {
		path = strings.ToValidUTF8(path[:maxLoggedPath], "") + "…"
	}
	return path
}
