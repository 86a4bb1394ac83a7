package app_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// Every address that the program answers is declared once, with who may use it; what
// is not public is shut to strangers, and nothing is kept longer than declared.
func TestEveryAddressIsDeclared(t *testing.T) {
	t.Parallel()
	a := testkit.Must[*app.App](t)(app.Open(t.Context(), app.Config{Dir: t.TempDir()}))
	t.Cleanup(func() { _ = a.Close() })
	testkit.Must[org.Organisation](t)(a.Org.Init(t.Context(), org.InitParams{Names: org.Names{Hant: "青溪同鄉會"}}))
	site := testkit.Must[http.Handler](t)(a.Handler())
	routes := testkit.Must[[]kit.Route](t)(a.Routes())

	declared, mux := map[string]kit.Route{}, http.NewServeMux()
	for _, r := range routes {
		id := r.Method + " " + r.Path
		mux.Handle(id, http.NotFoundHandler()) // two for one address would panic
		declared[id] = r
	}
	ask := func(method, target string) (*httptest.ResponseRecorder, kit.Route) {
		r := httptest.NewRequestWithContext(t.Context(), method, target, nil)
		w := httptest.NewRecorder()
		site.ServeHTTP(w, r)
		_, id := mux.Handler(r)
		return w, declared[id]
	}
	for _, target := range []string{
		"/", "/hans/", "/en/", "/about/", "/news/", "/topics/", "/orgs/", "/orgs.csv", "/search?q=x", "/search/suggest?q=x", "/prefs", "/feed.xml", "/feed.json", "/healthz", "/readyz",
		"/favicon.svg", "/prefs.css", "/robots.txt", "/sitemap.xml", "/nowhere/", "/media/none", "/assets/none", "/?utm_source=letter&x=%zz",
		"/api", "/api/", "/api/openapi.json", "/api/v1", "/api/v1/orgs", "/api/v1/articles", "/api/v1/search?q=x", "/api/v1/me", "/api/problems/none", "/office/sign-in", "/office/",
	} {
		w, route := ask(http.MethodGet, target)
		if route.Path == "" || w.Code >= http.StatusInternalServerError {
			t.Errorf("%s: %d, declared as %q", target, w.Code, route.Path)
		}
		if kept := w.Header().Get("Cache-Control"); !slices.Contains([]string{route.Cache, kit.CacheNever, kit.CacheRevalidate}, kept) {
			t.Errorf("%s: kept as %q, declared %q", target, kept, route.Cache)
		}
	}
	shut, part := 0, regexp.MustCompile(`\{[^}]+\}`)
	for _, r := range routes {
		if r.Policy.IsPublic() {
			continue
		}
		shut++
		target := part.ReplaceAllString(strings.ReplaceAll(r.Path, "{$}", ""), string(ident.New[ident.Org](time.Now())))
		w, route := ask(r.Method, target)
		if to := w.Header().Get("Location"); route.Path != r.Path || w.Code != http.StatusUnauthorized && (w.Code != http.StatusSeeOther || !strings.HasPrefix(to, "/office/sign-in")) {
			t.Errorf("%s %s, declared as %s: %d to a stranger, led to %q", r.Method, target, route.Path, w.Code, to)
		}
	}
	for _, target := range []string{"/api/v2", "/api/v1/nothing", "/api/v1/orgs/x/y", "/office/nothing", "/office/orgs/x/y/z"} {
		if w, route := ask(http.MethodGet, target); w.Code < http.StatusBadRequest && w.Code != http.StatusSeeOther || route.Path != "" && route.Path != "/{page...}" {
			t.Errorf("%s: %d by %s", target, w.Code, route.Path)
		}
	}
	t.Logf("RESULT routes=%d public=%d shut=%d", len(routes), len(routes)-shut, shut)
}
