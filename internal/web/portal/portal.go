// Package portal is the public site: pages for readers, made on the server.
//
// The idea: a page depends on its address alone. The address says in which
// language and script, of which organisation, which part; cookies are not read
// and no script is needed. Each page is a struct that is filled from the
// readers of the engines and a template that is checked against it when the
// program is built.
//
// The package stores nothing and reads only what is published, through
// org.Reader, press.Public and a search. app mounts its handler; tests start it
// alone.
package portal

import (
	"context"
	"embed"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/a-h/templ"

	"github.com/huiguan/huiguan/internal/channel"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/search"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// Finder answers searches, and helps those who have not found the words.
type Finder interface {
	Find(ctx context.Context, q search.Query) (search.Results, error)
	Suggest(ctx context.Context, typed string) ([]search.Suggestion, error)
	Nearest(ctx context.Context, q search.Query, total int) (*search.Proposal, error)
}

// OldAddresses knows where the addresses of the site that was here before lead
// now; an article's target is /a/<id>, which answers for itself.
type OldAddresses interface {
	OldAddress(ctx context.Context, path, query string) (string, bool, error)
}

// Holders tells who holds the offices of an organisation.
type Holders interface {
	PublicOffices(ctx context.Context, of ident.Org, day string) ([]people.Held, error)
}

// Config is what the portal reads from.
type Config struct {
	Org     *org.Reader
	Press   press.Public
	Search  Finder
	Holders Holders
	Media   *media.Store // nil: no picture is served
	// Pictures says in which forms pictures are kept; the zero one knows none.
	Pictures media.Reader
	Logger   *slog.Logger
	Now      func() time.Time
	Old      OldAddresses // nil: there was no site before
	// SitemapSize is how many addresses one sitemap holds; 0: as many as it may.
	SitemapSize int
}

// Portal answers the public addresses.
type Portal struct {
	org      *org.Reader
	press    press.Public
	search   Finder
	holders  Holders
	media    *media.Store
	pictures media.Reader
	logger   *slog.Logger
	now      func() time.Time
	old      OldAddresses
	assets   *kit.Assets
	mux      *kit.Mux
	front    http.Handler // the mux behind all that comes before it
	// sitemapSize is how many addresses one sitemap holds.
	sitemapSize int
	// last is the site as it was last read, for error pages that must not ask
	// a database that may be the error.
	last atomic.Pointer[site]
}

// The limits of one request.
const (
	deadline   = 10 * time.Second
	maxAddress = 4 << 10
)

//go:embed css/*.css *.js seal.svg
var files embed.FS

// New makes the handler of all public pages, or says which route leaves something
// undeclared.
func New(c Config) (*Portal, error) {
	p := &Portal{
		org: c.Org, press: c.Press, search: c.Search, holders: c.Holders, media: c.Media, pictures: c.Pictures, logger: c.Logger, now: c.Now, old: c.Old,
		assets: assets(), sitemapSize: c.SitemapSize,
	}
	if p.sitemapSize <= 0 {
		p.sitemapSize = channel.MaxAddresses
	}
	var err error
	p.mux, err = kit.NewMux(kit.MuxConfig{Show: p.fail, Logger: c.Logger, Odd: kit.ReadOnly(p.lost)}, p.routes()...)
	p.front = kit.Chain(
		kit.Handle(kit.MaxAddress(maxAddress, p.mux.Serve), p.fail, c.Logger),
		kit.Log(c.Logger, c.Now),
		kit.Secure(kit.CSP),
		http.NewCrossOriginProtection().Handler,
		kit.MaxBody(prefsMax),
		kit.Deadline(deadline),
	)
	return p, err
}

// ServeHTTP implements http.Handler.
func (p *Portal) ServeHTTP(w http.ResponseWriter, r *http.Request) { p.front.ServeHTTP(w, r) }

// Routes lists the public addresses, for tests and docs.
func (p *Portal) Routes() []kit.Route { return p.mux.Routes() }

// routes lists every public address. What stands in the tree of organisations is
// found by its data, and is one route.
func (p *Portal) routes() []kit.Route {
	get := func(path, cache string, handle kit.Handler) kit.Route {
		return kit.Route{Method: "GET", Path: path, Policy: kit.Public(), Input: kit.Address(), Cache: cache, Audit: kit.AuditNothing, Handle: handle}
	}
	list := []kit.Route{
		get("/healthz", kit.CacheNever, p.healthy),
		get("/readyz", kit.CacheNever, p.ready),
		get("/favicon.svg", kit.CacheRevalidate, func(w http.ResponseWriter, r *http.Request) error {
			return kit.Redirect(w, r, p.assets.URL("seal.svg"))
		}),
		get("/prefs.css", kit.CacheOwn, p.prefsSheet),
		get("/assets/{file...}", kit.CacheForever, p.asset),
		get("/media/{file...}", kit.CachePicture, func(w http.ResponseWriter, r *http.Request) error { return p.serveMedia(w, r, r.PathValue("file")) }),
		get("/robots.txt", kit.CacheRevalidate, p.robots),
		get("/{page...}", kit.CacheRevalidate, p.answer),
	}
	for _, prefix := range []string{"", "/hant", "/hans", "/en"} {
		list = append(list, kit.Route{
			Method: "POST", Path: prefix + "/prefs", Policy: kit.Public(), Input: kit.FormOf[prefsChoice]().UpTo(prefsMax), Cache: kit.CacheNever, Audit: kit.AuditNothing, Handle: p.choose,
		})
	}
	return list
}

// assets bundles the files that come with the pages. They are embedded, so a
// missing one is a mistake in this file and is found by the first test.
func assets() *kit.Assets {
	shared, err := kit.BaseSheet()
	own, err2 := kit.Bundle(files, "css/layout.css", "css/parts.css", "css/prose.css", "css/pages.css", "css/site.css", "css/home.css", "css/find.css",
		"css/pictures.css", "css/lists.css", "css/narrow.css")
	board, err6 := kit.Bundle(files, "css/board.css") // topics alone have one, and articles are to be light
	orgs, err7 := kit.Bundle(files, "css/org.css", "css/directory.css")
	seal, err3 := files.ReadFile("seal.svg")
	reading, err4 := files.ReadFile("reading.js")
	finding, err5 := files.ReadFile("suggest.js")
	if err := errors.Join(err, err2, err3, err4, err5, err6, err7); err != nil {
		panic(err)
	}
	return kit.NewAssets("/assets/",
		kit.Asset{Name: "site.js", Type: "text/javascript; charset=utf-8", Body: append(reading, finding...)},
		kit.Asset{Name: "site.css", Type: cssType, Body: append(shared, own...)},
		kit.Asset{Name: "board.css", Type: cssType, Body: board},
		kit.Asset{Name: "orgs.css", Type: cssType, Body: orgs},
		kit.Asset{Name: "seal.svg", Type: "image/svg+xml", Body: seal},
	)
}

// healthy says that the program runs.
func (p *Portal) healthy(w http.ResponseWriter, r *http.Request) error {
	return kit.Respond(w, r, kit.Response{Type: "text/plain; charset=utf-8", Cache: kit.CacheNever, Body: []byte("ok\n")})
}

// asset answers a file that comes with the pages, or the colours of the site.
func (p *Portal) asset(w http.ResponseWriter, r *http.Request) error {
	if !strings.HasPrefix(r.URL.Path, "/assets/theme-") {
		return p.assets.Serve(w, r)
	}
	s, err := p.loadSite(r.Context())
	if err != nil {
		return err
	}
	if r.URL.Path != kit.ThemeAddress(s.Look.Accent) {
		return notFound()
	}
	return kit.Respond(w, r, kit.Response{Type: cssType, Cache: kit.CacheDay, Body: kit.ThemeSheet(s.Look.Accent)})
}

// answer answers whatever stands at an address by what is stored.
func (p *Portal) answer(w http.ResponseWriter, r *http.Request) error {
	s, err := p.loadSite(r.Context())
	if err != nil {
		return err
	}
	if n, ok := sitemapPage(r.URL.Path); ok {
		return p.sitemap(w, r, s, n)
	}
	v := newVisit(s, r.URL)
	if r.URL.Path == "/" && r.URL.RawQuery != "" {
		if answered, err := p.formerly(w, r, v); answered || err != nil {
			return err
		}
	}
	err = p.page(w, r, v)
	if kit.StatusOf(err) != http.StatusNotFound {
		return err
	}
	if answered, oldErr := p.formerly(w, r, v); answered || oldErr != nil {
		return oldErr
	}
	return err
}

// lost answers an address that no page of ours can have.
func (p *Portal) lost(w http.ResponseWriter, r *http.Request) error {
	s, err := p.loadSite(r.Context())
	if err != nil {
		return err
	}
	if answered, err := p.formerly(w, r, newVisit(s, r.URL)); answered || err != nil {
		return err
	}
	return notFound()
}

// formerly answers an address of the site that was here before with where it
// leads now, and says whether it did. It is asked where nothing of ours answers,
// so that a living page always wins; the front page asks it for its parameters
// alone.
func (p *Portal) formerly(w http.ResponseWriter, r *http.Request, v visit) (bool, error) {
	if p.old == nil {
		return false, nil
	}
	to, ok, err := p.old.OldAddress(r.Context(), r.URL.Path, r.URL.RawQuery)
	if err != nil || !ok {
		return false, err
	}
	if id, article := strings.CutPrefix(to, "/a/"); article {
		return true, p.short(w, r, v, id)
	}
	return true, kit.Redirect(w, r, v.prefix+to)
}

// ready says whether pages can be made: the database answers and is set up.
func (p *Portal) ready(w http.ResponseWriter, r *http.Request) error {
	answer := kit.Response{Type: "text/plain; charset=utf-8", Cache: kit.CacheNever, Body: []byte("ready\n")}
	if _, err := p.loadSite(r.Context()); err != nil {
		p.logger.WarnContext(r.Context(), "not ready", "error", err)
		answer.Status, answer.Body = http.StatusServiceUnavailable, []byte("not ready\n")
	}
	return kit.Respond(w, r, answer)
}

// page answers an address of the site in one language.
func (p *Portal) page(w http.ResponseWriter, r *http.Request, v visit) error {
	at, ok := parsePlace(v.rest)
	if !ok {
		return notFound()
	}
	if asked, _ := splitLang(r.URL.Path); asked == v.site.Lang || asked != "" && v.rest == "" && !strings.HasSuffix(r.URL.Path, "/") {
		return kit.Redirect(w, r, withQuery(v.href(v.rest), v.known().Encode()))
	}
	first, after, _ := strings.Cut(v.rest, "/")
	switch first {
	case "search":
		switch {
		case v.rest == "search/suggest":
			return p.suggest(w, r, v)
		case after != "" || strings.HasSuffix(v.rest, "/"):
			return notFound()
		}
		return p.searchPage(w, r, v)
	case "prefs":
		if v.rest != "prefs" {
			return notFound()
		}
		return p.prefsPage(w, r, v)
	case "a":
		return p.short(w, r, v, after)
	}
	o, err := p.org.ByPath(r.Context(), at.Org)
	if fault.Is(err, fault.NotFound) {
		return p.moved(w, r, v, err)
	}
	if err != nil {
		return err
	}
	return p.part(w, r, scene{visit: v, at: at, org: o})
}

// scene is a visit at an organisation.
type scene struct {
	visit
	at  place
	org org.Organisation
}

// part answers a part of an organisation's pages.
func (p *Portal) part(w http.ResponseWriter, r *http.Request, s scene) error {
	whole := s.at.Slash // lists end in a slash, single texts do not
	switch {
	case s.at.Feed != "":
		return p.feed(w, r, s)
	case s.at.Sheet:
		return p.sheet(w, r, s)
	case s.at.Part == "news" && listed(s.at.Rest):
		return p.newsList(w, r, s)
	case s.at.Part == "news":
		return p.news(w, r, s)
	case s.at.Part == "topics" && s.at.Rest != "":
		return p.topic(w, r, s)
	case s.at.Part == "orgs" && s.at.Rest != "":
		return notFound()
	case s.at.Part == "about" && s.at.Rest != "":
		if whole {
			return kit.Redirect(w, r, s.href(strings.TrimSuffix(s.rest, "/")))
		}
		return p.standing(w, r, s)
	case !whole:
		return kit.Redirect(w, r, withQuery(s.href(s.rest)+"/", s.known().Encode()))
	case s.at.Part == "topics":
		return p.topics(w, r, s)
	case s.at.Part == "orgs":
		return p.directory(w, r, s)
	case s.at.Part == "about":
		return p.standing(w, r, s)
	case s.org.IsRoot():
		return p.home(w, r, s)
	}
	return p.organisation(w, r, s)
}

// moved answers an address under which nothing stands: with where it went, or
// with the error.
func (p *Portal) moved(w http.ResponseWriter, r *http.Request, v visit, none error) error {
	to, ok, err := p.org.Redirect(r.Context(), v.rest)
	if err != nil {
		return err
	}
	if !ok {
		return fault.Because(none, fault.NotFound, "page.not_found", nil)
	}
	return kit.Redirect(w, r, withQuery(v.href(to), v.known().Encode()))
}

// short answers /a/<id>, the address that never changes, with the canonical one.
func (p *Portal) short(w http.ResponseWriter, r *http.Request, v visit, id string) error {
	a, err := p.article(r.Context(), id)
	if err != nil {
		return err
	}
	o, err := p.org.Load(r.Context(), a.Org)
	if err != nil {
		return err
	}
	return kit.Redirect(w, r, v.prefix+press.Address(o.Path, a))
}

// article is the published article of an id from an address.
func (p *Portal) article(ctx context.Context, id string) (press.Article, error) {
	parsed, err := ident.Parse[ident.Article](id)
	if err != nil {
		return press.Article{}, notFound()
	}
	a, err := p.press.Article(ctx, parsed)
	if !fault.Is(err, fault.NotFound) {
		return a, err
	}
	withdrawn, err := p.press.Withdrawn(ctx, parsed)
	switch {
	case err != nil:
		return a, err
	case withdrawn:
		return a, kit.Gone(fault.New(fault.NotFound, "page.gone", nil))
	}
	return a, notFound()
}

// show finishes a page and sends it.
func (p *Portal) show(w http.ResponseWriter, r *http.Request, page interface{ View() templ.Component }) error {
	body, err := kit.Render(r.Context(), page.View())
	if err != nil {
		return err
	}
	return kit.Respond(w, r, kit.Response{Type: kit.HTML, Cache: kit.CacheRevalidate, Body: body})
}

const cssType = "text/css; charset=utf-8"

func notFound() error { return fault.New(fault.NotFound, "page.not_found", nil) }
