package office_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// headersOf judges what every answer of the office must carry, whoever asked and
// whatever came of it.
func headersOf(t *testing.T, what string, r kit.Route, a answer) {
	t.Helper()
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Cross-Origin-Opener-Policy": "same-origin", "Referrer-Policy": "strict-origin-when-cross-origin",
	} {
		if got := a.Header.Get(name); got != want {
			t.Errorf("%s: %s is %q", what, name, got)
		}
	}
	csp := a.Header.Values("Content-Security-Policy")
	if len(csp) != 1 {
		t.Fatalf("%s: %d policies", what, len(csp))
	}
	for _, part := range []string{
		"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "script-src 'self'", "style-src 'self'", "require-trusted-types-for 'script'", "trusted-types office",
	} {
		if !strings.Contains("; "+csp[0]+";", "; "+part+";") {
			t.Errorf("%s: the policy lacks %s", what, part)
		}
	}
	if strings.Contains(csp[0], "unsafe") || strings.Contains(csp[0], "*") || a.Header.Get("Permissions-Policy") == "" {
		t.Errorf("%s: %s", what, csp[0])
	}
	kept := a.Header.Get("Cache-Control")
	if r.Policy.IsPublic() && r.Method == http.MethodGet && a.Status < 400 {
		if kept != r.Cache && kept != kit.CacheNever {
			t.Errorf("%s: kept as %q, declared %q", what, kept, r.Cache)
		}
		return
	}
	if kept != kit.CacheNever || a.Header.Get("ETag") != "" {
		t.Errorf("%s (%d): kept as %q, ETag %q", what, a.Status, kept, a.Header.Get("ETag"))
	}
}

// Every answer of every route carries the headers, and nothing that is about
// somebody may be kept: pages, refusals, redirects and mistakes alike.
func TestHeaders(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	w := newWard(t, testkit.SQLite(t, clock), clock)
	chief := w.join(member{role: access.Administrator, home: "", below: true, state: holdsNow}).who
	nobody := w.join(member{home: homePath, state: holdsNow}).who
	w.sealed.Store(true)
	n := 0
	for _, r := range w.office.Routes() {
		at := map[string]string{}
		for who, p := range map[string]people.Principal{"chief": chief, "nobody": nobody, "guest": {}} {
			for _, path := range []string{"", "/", "//", "%2f"} {
				req := w.request(r, at, nil)
				req.URL.Path += path
				headersOf(t, who+" "+routeID(r)+path, r, w.ask(p, req))
				n++
			}
			for _, method := range []string{"HEAD", "PUT", "OPTIONS"} {
				req := w.request(r, at, nil)
				req.Method = method
				headersOf(t, who+" "+method+" "+r.Path, r, w.ask(p, req))
				n++
			}
			broken := w.request(r, at, nil)
			broken.Header.Set("Content-Type", "application/json")
			headersOf(t, who+" broken "+routeID(r), r, w.ask(p, broken))
		}
	}
	t.Logf("RESULT headers routes=%d answers=%d", len(w.office.Routes()), n)
}

// foreign are the marks by which a browser says that a request comes from another
// site.
func foreign() map[string]map[string]string {
	return map[string]map[string]string{
		"cross-site":         {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
		"same-site":          {"Sec-Fetch-Site": "same-site", "Origin": "https://other.example.com"},
		"another origin":     {"Origin": "https://evil.example"},
		"no origin":          {"Origin": "null"},
		"another port":       {"Origin": "http://example.com:8081"},
		"cross-site, no CSP": {"Sec-Fetch-Site": "cross-site"},
	}
}

// A form that another site sends with a visitor's cookie is refused before
// anybody asks who she is, and writes nothing. From here it is taken.
func TestCrossSite(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	w := newWard(t, testkit.SQLite(t, clock), clock)
	chief := w.join(member{role: access.Administrator, home: "", below: true, state: holdsNow}).who
	wrote := 0
	w.look = func(context.Context, *db.Tx) error { wrote++; return nil }
	w.sealed.Store(true)
	routes, tried := 0, 0
	for _, r := range w.office.Routes() {
		if r.Method != http.MethodPost {
			continue
		}
		routes++
		for name, marks := range foreign() {
			for _, who := range []people.Principal{chief, {}} {
				req := w.request(r, nil, nil)
				for k, v := range marks {
					req.Header.Set(k, v)
				}
				a := w.ask(who, req)
				tried++
				if a.Status != http.StatusForbidden || !strings.Contains(string(a.Body), hant("kit.cross_site")) {
					t.Errorf("%s, %s: %d", routeID(r), name, a.Status)
				}
			}
		}
		if wrote != 0 {
			t.Fatalf("%s wrote for another site", routeID(r))
		}
		req := w.request(r, nil, nil)
		req.Header.Set("Sec-Fetch-Site", "same-origin")
		req.Header.Set("Origin", "http://example.com")
		if a := w.ask(chief, req); strings.Contains(string(a.Body), hant("kit.cross_site")) {
			t.Errorf("control: %s from here: %d", routeID(r), a.Status)
		}
		wrote = 0
	}
	t.Logf("RESULT cross-site routes=%d tried=%d writes=0", routes, tried)
}

// Reading writes nothing: an address that somebody is made to open, by a picture
// or a link, changes nothing.
func TestReadingWritesNothing(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	w := newWard(t, testkit.SQLite(t, clock), clock)
	chief := w.join(member{role: access.Administrator, home: "", below: true, state: holdsNow}).who
	writing := ""
	w.db.Opening(func(context.Context, *db.Tx) error {
		if writing != "" {
			t.Errorf("%s begins a write", writing)
		}
		return nil
	})
	for _, r := range w.office.Routes() {
		if r.Method != http.MethodGet {
			continue
		}
		for _, who := range []people.Principal{chief, {}} {
			writing = routeID(r)
			for _, path := range placesOf() {
				at := map[string]string{}
				for name := range kinds() {
					at[name] = path
				}
				w.ask(who, w.request(r, at, nil))
			}
			writing = ""
		}
	}
}
