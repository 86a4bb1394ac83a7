package kit

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// send answers one request with the response.
func send(t *testing.T, a Response, method string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, "/", nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	if err := Respond(w, r, a); err != nil {
		t.Fatal(err)
	}
	return w
}

func TestAnswersAreCompressed(t *testing.T) {
	t.Parallel()
	page := Response{Type: HTML, Cache: CacheRevalidate, Body: []byte(strings.Repeat("會館的燈亮到很晚。", 400))}
	for _, tt := range []struct {
		name   string
		answer Response
		accept string
		want   bool
	}{
		{"a page", page, "gzip, deflate, br", true},
		{"any encoding", page, "*", true},
		{"weighed", page, "br;q=1.0, gzip;q=0.5", true},
		{"refused", page, "gzip;q=0", false},
		{"nobody asked", page, "", false},
		{"another", page, "br", false},
		{"too short", Response{Type: HTML, Cache: CacheRevalidate, Body: []byte("short")}, "gzip", false},
		{"a picture", Response{Type: "image/png", Cache: CacheDay, Body: page.Body}, "gzip", false},
		{"json", Response{Type: "application/feed+json", Cache: CacheRevalidate, Body: page.Body}, "gzip", true},
		{"a drawing", Response{Type: "image/svg+xml", Cache: CacheForever, Body: page.Body}, "gzip", true},
		{"an error page", Response{Status: 404, Type: HTML, Cache: CacheRevalidate, Body: page.Body}, "gzip", true},
	} {
		w := send(t, tt.answer, http.MethodGet, "Accept-Encoding", tt.accept)
		if got := w.Header().Get("Content-Encoding") == "gzip"; got != tt.want {
			t.Errorf("%s: compressed %v", tt.name, got)
			continue
		}
		body := w.Body.Bytes()
		if tt.want {
			if len(body) >= len(tt.answer.Body) || w.Header().Get("Vary") != "Accept-Encoding" {
				t.Errorf("%s: %d bytes, %v", tt.name, len(body), w.Header())
			}
			r, err := gzip.NewReader(bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			if body, err = io.ReadAll(r); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(body, tt.answer.Body) {
			t.Errorf("%s: other bytes arrived", tt.name)
		}
	}
}

// Each form has a validator of its own, and each is recognised again.
func TestCompressedFormHasItsOwnTag(t *testing.T) {
	t.Parallel()
	page := Response{Type: HTML, Cache: CacheRevalidate, Body: []byte(strings.Repeat("a b ", 1000))}
	plain, small := send(t, page, "GET").Header().Get("ETag"), send(t, page, "GET", "Accept-Encoding", "gzip").Header().Get("ETag")
	if plain == small || !strings.HasSuffix(small, `-gzip"`) {
		t.Errorf("%s and %s", plain, small)
	}
	if w := send(t, page, "GET", "Accept-Encoding", "gzip", "If-None-Match", small); w.Code != http.StatusNotModified || w.Header().Get("ETag") != small || w.Header().Get("Vary") == "" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if w := send(t, page, "GET", "Accept-Encoding", "gzip", "If-None-Match", plain); w.Code != http.StatusOK {
		t.Errorf("the other form's tag: %d", w.Code)
	}
	if w := send(t, page, "HEAD", "Accept-Encoding", "gzip"); w.Header().Get("ETag") != small || w.Body.Len() != 0 {
		t.Errorf("HEAD: %v", w.Header())
	}
}

func BenchmarkCompressedPage(b *testing.B) {
	page := Response{Type: HTML, Cache: CacheRevalidate, Body: bytes.Repeat([]byte("<p>會館的燈亮到很晚。<a href=\"/lanjiang/\">瀾江</a></p>\n"), 300)}
	for _, accept := range []string{"identity", "gzip"} {
		b.Run(accept, func(b *testing.B) {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.Header.Set("Accept-Encoding", accept)
			b.SetBytes(int64(len(page.Body)))
			for b.Loop() {
				if err := Respond(httptest.NewRecorder(), r, page); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
