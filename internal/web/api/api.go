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
	"net/http"
	"path"
	"strings"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/org"
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
	mux    *http.ServeMux // of the operations
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

// New makes the handler of all addresses below /api/.
func New(c Config) http.Handler {
	a := &API{org: c.Org, press: c.Press, search: c.Search, media: c.Pictures, owners: c.Owners, judge: c.Judge, logger: c.Logger, now: c.Now, assets: assets()}
	a.operations()
	a.describe()
	return kit.Chain(
		kit.Handle(kit.MaxAddress(maxAddress, a.route), a.fail, c.Logger),
		kit.Log(c.Logger, c.Now),
		kit.Secure(kit.CSP),
		kit.MaxBody(0),
		kit.Deadline(deadline),
	)
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

// route finds who answers an address.
func (a *API) route(w http.ResponseWriter, r *http.Request) error {
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
	switch at := r.URL.Path; {
	case at == "/api":
		return kit.Redirect(w, r, "/api/")
	case at == "/api/":
		return a.docsPage(w, r)
	case at == "/api/openapi.json":
		return a.openAPI(w, r)
	case strings.HasPrefix(at, "/api/assets/"):
		return a.assets.Serve(w, r)
	case strings.HasPrefix(at, "/api/problems/"):
		return a.problemPage(w, r, strings.TrimPrefix(at, "/api/problems/"))
	}
	return a.operate(w, r)
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
	if path.Clean(r.URL.Path) != r.URL.Path {
		return notFound()
	}
	if _, pattern := a.mux.Handler(r); pattern == "" {
		return notFound()
	}
	if !takes(r.Header.Values("Accept"), "application/json") {
		return kit.NotAcceptable(fault.New(fault.Misuse, "api.not_acceptable", nil))
	}
	c, err := readCall(r.URL)
	if err != nil {
		return err
	}
	if r.URL.Path == mePath {
		if r, err = a.signIn(r, c); err != nil {
			return err
		}
	}
	var out buffer
	a.mux.ServeHTTP(&out, c.request(r))
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
