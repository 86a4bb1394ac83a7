package app_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/testkit"
)

// The program serves the pages, and below /api/ the API: there nothing is ever
// answered as a page for readers.
func TestHandlerServesPagesAndAPI(t *testing.T) {
	t.Parallel()
	a, _ := demo(t)
	site := testkit.Must[http.Handler](t)(a.Handler())
	for _, tt := range []struct {
		address, kind string
		status        int
	}{
		{"/", "text/html", 200},
		{"/lanjiang/", "text/html", 200},
		{"/apis/", "text/html", 404},
		{"/api", "text/html", 301},
		{"/api/", "text/html", 200},
		{"/api/openapi.json", "application/openapi+json", 200},
		{"/api/v1", "application/json", 200},
		{"/api/v1/articles?limit=3", "application/json", 200},
		{"/api/v1/topics", "application/json", 200},
		{"/api/v1/nowhere", "application/problem+json", 404},
	} {
		w := httptest.NewRecorder()
		site.ServeHTTP(w, httptest.NewRequest(http.MethodGet, tt.address, nil))
		if w.Code != tt.status || !strings.HasPrefix(w.Header().Get("Content-Type"), tt.kind) {
			t.Errorf("%s: %d %s, want %d %s", tt.address, w.Code, w.Header().Get("Content-Type"), tt.status, tt.kind)
		}
	}
}
