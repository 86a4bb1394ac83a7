package api_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// hostile are values that no client of good will sends.
func hostile() []string {
	return []string{
		"", " ", "0", "-1", "1e9", "9223372036854775808", "99999999999999999999999", "NaN", "null", "undefined", "[]", "{}", "true", "a,b",
		"'", `"`, "' OR 1=1 --", "%", "_", `\`, "../../etc/passwd", "/", "//", "///a//b", "\x00", "\r\nX: y", "\u202e", "\ufeff", "\xff\xfe", "é", "𠮷", "會",
		strings.Repeat("a", 300), strings.Repeat("會", 300), strings.Repeat("/a", 400), "<script>alert(1)</script>", "{{7*7}}", "${jndi:x}",
		"zzzzzzzzzz-01kz3c9e8gz000000000000001", "-zzzzzzzzzzzzzz-01kz3c9e8gz000000000000001", "1y2p0ij32e8e7-7zzzzzzzzzzzzzzzzzzzzzzzzz",
		"7zzzzzzzzzzzzzzzzzzzzzzzzz", "8zzzzzzzzzzzzzzzzzzzzzzzzz", "01KZ3C9E8GZ000000000000001", "9223372036854775807/a/", "-9223372036854775808/",
		"01kz3c9e8gz000000000000001-9223372036854775807-01kz3c9e8gz000000000000001", "“", "\"月", "月 \"", "AND OR NOT", "NEAR(a b)", "*", "a*", "^a", "a:b", "|", "&!()",
	}
}

// civil wants an answer that a client can work with: a document, or a problem
// that is not ours.
func (h *hall) civil(w *httptest.ResponseRecorder, address string) {
	h.Helper()
	kind := w.Header().Get("Content-Type")
	known := []string{"application/json", "application/problem+json", "application/openapi+json", "text/html; charset=utf-8", "text/css; charset=utf-8"}
	if w.Code >= 500 || w.Code >= 400 && kind != "application/problem+json" || w.Code == 200 && !slices.Contains(known, kind) {
		h.Errorf("%s: %d %s %s", address, w.Code, kind, w.Body)
	}
}

// No value of any parameter of any operation is our fault.
func TestHostileParameters(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	paths, _ := h.openAPI("")["paths"].(map[string]any)
	asked := 0
	for path, item := range paths {
		parameters, _ := dig(item, "get", "parameters").([]any)
		for _, p := range parameters {
			name, _ := dig(p, "name").(string)
			for _, value := range hostile() {
				to := strings.ReplaceAll(path, "{id}", string(h.topics["moon"].ID))
				if dig(p, "in") == "path" {
					to = strings.ReplaceAll(path, "{id}", url.PathEscape(value))
				} else {
					to += "?" + url.QueryEscape(name) + "=" + url.QueryEscape(value)
					if name != "q" && strings.HasSuffix(path, "search") {
						to += "&q=a"
					}
				}
				h.civil(h.ask(http.MethodGet, to), to)
				asked++
			}
		}
		for _, value := range hostile() {
			to := strings.ReplaceAll(path, "{id}", "01kz3c9e8gz000000000000001") + "?" + url.QueryEscape(value) + "=x"
			h.civil(h.ask(http.MethodGet, to), to)
		}
	}
	if asked < 1000 {
		t.Errorf("only %d requests", asked)
	}
}

// FuzzAddress sends any path and query below /api/.
func FuzzAddress(f *testing.F) {
	h := newHall(f)
	for _, address := range h.examples() {
		path, query, _ := strings.Cut(strings.TrimPrefix(address, "/api/"), "?")
		f.Add(path, query, "application/json", "en")
	}
	f.Add("problems/gone", "lang=en", "text/html", "zh-TW,en;q=0.1")
	f.Add("v1/orgs", "after=1/a/&limit=1", "*/*;q=0", ";q=,")
	f.Fuzz(func(t *testing.T, path, query, accept, language string) {
		r := httptest.NewRequest(http.MethodGet, "/api/", nil)
		r.URL.Path, r.URL.RawQuery = "/api/"+path, query
		r.Header.Set("Accept", accept)
		r.Header.Set("Accept-Language", language)
		w := httptest.NewRecorder()
		h.site.ServeHTTP(w, r)
		one := *h
		one.TB = t
		one.civil(w, path+"?"+query)
	})
}
