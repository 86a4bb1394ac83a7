package kit

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
)

// answer runs one GET, or another method, through h.
func answer(h http.Handler, method, target string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// logTo is a logger whose lines a test can read.
func logTo(t *testing.T) (*slog.Logger, *bytes.Buffer) {
	t.Helper()
	b := &bytes.Buffer{}
	return slog.New(slog.NewTextHandler(b, nil)), b
}
