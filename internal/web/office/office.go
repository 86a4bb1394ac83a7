// Package office is the workroom: the pages of those who sign in.
//
// The idea: every page is a declared route (kit.Route) that says who may use it
// and what it takes, so that no check is left to memory; a page shows only what
// its reader may do, and a refusal says why. All works as plain forms on a phone;
// scripts make it quicker. A form that is refused comes back with what was typed.
//
// Each area has its files: a list of routes, handlers, page structs with their
// templates, and a style sheet. The package stores nothing; app joins it to the
// services, and end-to-end tests use it through app.
package office

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/jobs"
	"github.com/huiguan/huiguan/internal/mail"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/orgtable"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// Config is what the office works with.
type Config struct {
	Org    *org.Store
	People *people.Store
	Guard  *people.Guard
	Gate   *people.Gate
	Press  press.Public
	// Workroom reads what is asked and what is not out yet.
	Workroom press.Workroom
	Sites    Sites
	Jobs     *jobs.Queue
	Tables   *orgtable.Store
	Mail     *mail.Store
	Trail    audit.Reader
	Logger   *slog.Logger
	Now      func() time.Time
	// Proxies are believed when they say for whom they ask.
	Proxies []netip.Prefix
	// Address is where this process answers, proposed as the federation's own on the
	// page that sets it up.
	Address string
}

// Office answers the addresses below /office/.
type Office struct {
	Config
	assets *kit.Assets
	mux    *kit.Mux
	front  http.Handler // the mux behind all that comes before it
}

// home is where the office begins.
const home = "/office/"

// deadline ends the work on one request.
const deadline = 20 * time.Second

// CSP is the policy of the office: that of the public pages, with one named
// maker of trusted HTML for its scripts.
const CSP = kit.CSP + "; trusted-types office"

//go:embed css/*.css *.js
var files embed.FS

// New makes the office, or says which route leaves something undeclared.
func New(c Config) (*Office, error) {
	o := &Office{Config: c, assets: assets()}
	var err error
	o.mux, err = kit.NewMux(kit.MuxConfig{Guard: c.Guard, Home: home, Show: o.fail, Logger: c.Logger}, o.routes()...)
	o.front = o.chain()
	return o, err
}

// routes lists every address of the office, area by area.
func (o *Office) routes() []kit.Route {
	return slices.Concat(o.homeRoutes(), o.identityRoutes(), o.orgRoutes(), o.peopleRoutes(), o.workRoutes(), o.auditRoutes(), o.settingsRoutes())
}

// Routes lists the office's addresses with their policies, for tests and docs.
func (o *Office) Routes() []kit.Route { return o.mux.Routes() }

// ServeHTTP implements http.Handler.
func (o *Office) ServeHTTP(w http.ResponseWriter, r *http.Request) { o.front.ServeHTTP(w, r) }

// chain puts what every request passes before the routes.
func (o *Office) chain() http.Handler {
	foreign := func(http.ResponseWriter, *http.Request) error {
		return fault.New(fault.Forbidden, "kit.cross_site", nil)
	}
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(kit.Handle(foreign, o.fail, o.Logger))
	return kit.Chain(o.mux,
		kit.Log(o.Logger, o.Now),
		kit.Secure(CSP),
		cross.Handler,
		kit.Deadline(deadline),
		o.signIn,
	)
}

const assetsPrefix = "/office/assets/"

// assets bundles the files that come with the pages.
func assets() *kit.Assets {
	sheet, err := kit.BaseSheet()
	names, err2 := fs.Glob(files, "css/*.css")
	own, err3 := kit.Bundle(files, names...)
	scripts, err4 := fs.Glob(files, "*.js")
	var script []byte
	for _, name := range scripts {
		text, err := files.ReadFile(name)
		err4 = errors.Join(err4, err)
		script = append(append(script, text...), '\n')
	}
	if err := errors.Join(err, err2, err3, err4); err != nil {
		panic(err) // the files are embedded: the first test finds it
	}
	return kit.NewAssets(assetsPrefix,
		kit.Asset{Name: "workroom.css", Type: "text/css; charset=utf-8", Body: append(sheet, own...)},
		kit.Asset{Name: "workroom.js", Type: "text/javascript; charset=utf-8", Body: script},
	)
}

// site is what every page shows of the federation.
type site struct {
	Root   org.Organisation
	Site   org.Site
	Zone   *time.Location
	Secure bool           // the site is served over TLS
	Home   org.Federation // its address, language and time zone
	// unfounded says that there is no federation yet: only its set-up is shown.
	unfounded bool
}

func (o *Office) site(ctx context.Context) (s site, err error) {
	f, err := o.Org.Federation(ctx)
	if fault.Is(err, fault.NotFound) {
		return site{Zone: time.UTC, Root: org.Organisation{Names: org.Names{Hant: "會館", Hans: "会馆", En: "Huiguan"}}, unfounded: true}, nil
	}
	if err != nil {
		return s, err
	}
	if s.Zone, err = time.LoadLocation(f.Zone); err != nil {
		return s, err
	}
	s.Home, s.Secure = f, strings.HasPrefix(f.BaseURL, "https:")
	if s.Root, err = o.Org.ByPath(ctx, ""); err != nil {
		return s, err
	}
	s.Site, err = o.Org.Site(ctx)
	return s, err
}
