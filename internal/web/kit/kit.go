// Package kit is what the public pages, the workroom and the API share.
//
// The idea: a handler returns an error, and one place turns errors into
// answers. Everything else is small and joined by Chain: headers, limits,
// logging, finished bytes with a strong ETag, assets named by their hash.
// Nothing here knows a page. The package stores nothing; the packages below
// internal/web and app call it.
package kit

import "net/http"

// Middleware wraps a handler in one concern.
type Middleware func(http.Handler) http.Handler

// Chain puts middleware around h; the first of the list is the outermost.
func Chain(h http.Handler, list ...Middleware) http.Handler {
	for i := len(list) - 1; i >= 0; i-- {
		h = list[i](h)
	}
	return h
}
