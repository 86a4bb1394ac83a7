// Package api is the API: what the public site shows, as JSON for programs, and
// to a program with a token whose it is.
//
// The idea: a document says what a page says and no more. Each address answers
// from press.Public, org.Reader, media.Reader and a search, which know nothing
// unpublished, and depends on itself alone: the language is asked for in the
// address. The
// documents are Go types; huma makes from them the routes, the checks of the
// parameters and the OpenAPI document, and the page that explains the API is
// written from that document. Whatever goes wrong below /api/ ends in one place
// and is answered as an RFC 9457 problem document.
//
// The package stores nothing. app mounts its handler at /api/; tests start it
// alone. It is the only importer of huma.
package api

import (
	"context"
	"embed"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/search"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// Finder answers searches.
type Finder interface {
	Find(ctx context.Context, q search.Query) (search.Results, error)
}

// Config is what the API reads from.
type Config struct {
	Org    *org.Reader
	Press  press.Public
	Search Finder
	// Pictures says in which forms pictures are kept; the zero one knows none.
	Pictures media.Reader
	Owners   Owners
	Judge    Judge
	Logger   *slog.Logger
	Now      func() time.Time
}

// API answers the addresses below /api/.
type API struct {
	org    *org.Reader
	press  press.Public
	search Finder
	media  media.Reader
	owners Owners
	judge  Judge
	logger *slog.Logger
	now    func() time.Time
	mux    *kit.Mux
	front  http.Handler   // the mux behind all that comes before it
	huma   *http.ServeMux // of the operations
	spec   *huma.OpenAPI
	order  []string                       // of the operations
	said   map[locale.Lang]map[string]any // the OpenAPI document in each language
	assets *kit.Assets
	// last is the site as it was last read, for problems that must not ask a
	// database that may be the problem.
	last atomic.Pointer[site]
}

// The limits of one request.
const (
	deadline   = 10 * time.Second
	maxAddress = 4 << 10
)

//go:embed reference.css examples/*.json
var files embed.FS

// New makes the handler of all addresses below /api/, or says which route leaves
// something undeclared.
func New(c Config) (*API, error) {
	a := &API{org: c.Org, press: c.Press, search: c.Search, media: c.Pictures, owners: c.Owners, judge: c.Judge, logger: c.Logger, now: c.Now, assets: assets()}
	a.operations()
	a.describe()
	var err error
	a.mux, err = kit.NewMux(kit.MuxConfig{Show: a.fail, Logger: c.Logger}, a.routes()...)
	a.front = kit.Chain(
		kit.Handle(kit.MaxAddress(maxAddress, a.enter), a.fail, c.Logger),
		kit.Log(c.Logger, c.Now),
		kit.Secure(kit.CSP),
		kit.MaxBody(0),
		kit.Deadline(deadline),
	)
	return a, err
}

// ServeHTTP implements http.Handler.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.front.ServeHTTP(w, r) }

// Routes lists the addresses, for tests and docs.
func (a *API) Routes() []kit.Route { return a.mux.Routes() }

// routes lists every address below /api/: the operations, and what explains them.
func (a *API) routes() []kit.Route {
	get := func(path string, policy kit.Policy, cache string, handle kit.Handler) kit.Route {
		return kit.Route{Method: "GET", Path: path, Policy: policy, Input: kit.Address(), Cache: cache, Audit: kit.AuditNothing, Handle: handle}
	}
	list := []kit.Route{
		get("/api", kit.Public(), kit.CacheRevalidate, func(w http.ResponseWriter, r *http.Request) error { return kit.Redirect(w, r, "/api/") }),
		get("/api/{$}", kit.Public(), kit.CacheRevalidate, a.docsPage),
		get("/api/openapi.json", kit.Public(), kit.CacheRevalidate, a.openAPI),
		get("/api/assets/{file...}", kit.Public(), kit.CacheForever, a.assets.Serve),
		get("/api/problems/{key...}", kit.Public(), kit.CacheRevalidate, func(w http.ResponseWriter, r *http.Request) error {
			return a.problemPage(w, r, r.PathValue("key"))
		}),
	}
	for _, path := range slices.Sorted(maps.Keys(a.spec.Paths)) {
		if path == mePath {
			list = append(list, get(path, kit.ByToken(), kit.CacheNever, a.operate))
			continue
		}
		list = append(list, get(path, kit.Public(), kit.CacheRevalidate, a.operate))
	}
	return list
}

// assets are the files of the page that explains the API. They are embedded, so
// a missing one is found by the first test.
func assets() *kit.Assets {
	shared, err := kit.BaseSheet()
	own, err2 := kit.Bundle(files, "reference.css")
	if err := errors.Join(err, err2); err != nil {
		panic(err)
	}
	return kit.NewAssets("/api/assets/", kit.Asset{Name: "reference.css", Type: "text/css; charset=utf-8", Body: append(shared, own...)})
}

// methods are what every address below /api/ answers.
const methods = "GET, HEAD, OPTIONS"

// enter answers what browsers of other sites ask before they ask, finds out whose
// token it is where an answer depends on that, and lets in who reads.
func (a *API) enter(w http.ResponseWriter, r *http.Request) (err error) {
	if r.URL.Path != mePath {
		share(w.Header())
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead:
	case http.MethodOptions:
		return preflight(w)
	default:
		return kit.MethodNotAllowed(methods)
	}
	if r.URL.Path == mePath {
		if r, err = a.signIn(r); err != nil {
			return err
		}
	}
	return a.mux.Serve(w, r)
}

// share lets pages of other sites read the answers. They hold nothing that is
// not public, and no cookie is looked at.
func share(h http.Header) {
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Expose-Headers", "ETag, Link, Retry-After")
}

// preflight answers a browser that asks whether it may ask.
func preflight(w http.ResponseWriter) error {
	h := w.Header()
	h.Set("Allow", methods)
	h.Set("Access-Control-Allow-Methods", methods)
	h.Set("Access-Control-Allow-Headers", "Accept, Accept-Language, If-None-Match")
	h.Set("Access-Control-Max-Age", "86400")
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// operate answers an operation. huma writes into a buffer: an answer is known
// to be whole, and has its ETag, before the first byte leaves.
func (a *API) operate(w http.ResponseWriter, r *http.Request) error {
	if !takes(r.Header.Values("Accept"), "application/json") {
		return kit.NotAcceptable(fault.New(fault.Misuse, "api.not_acceptable", nil))
	}
	c, err := readCall(r.URL)
	if err != nil {
		return err
	}
	if token, ok := r.Context().Value(tokenKey{}).(people.Token); ok {
		c.token, c.cache = token, kit.CacheNever
	}
	var out buffer
	a.huma.ServeHTTP(&out, c.request(r))
	switch {
	case c.failed != nil:
		return c.failed
	case out.status != http.StatusOK:
		return errors.New("api: an operation answered " + http.StatusText(out.status))
	}
	if link := out.Header().Get("Link"); link != "" {
		w.Header().Set("Link", link)
	}
	w.Header().Set("Content-Security-Policy", kit.FileCSP)
	return kit.Respond(w, r, kit.Response{Type: "application/json", Cache: c.cache, Body: out.body.Bytes()})
}

func notFound() error { return fault.New(fault.NotFound, "page.not_found", nil) }
