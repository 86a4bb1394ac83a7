package kit

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/testkit"
)

func TestLogTellsNothingAboutTheVisitor(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	logger, lines := logTo(t)
	var seen string
	h := Chain(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = RequestID(r.Context())
		clock.Advance(30 * time.Millisecond)
		w.WriteHeader(http.StatusTeapot)
		fmt.Fprint(w, "short and stout")
	}), Log(logger, clock.Now))
	answer(h, "GET", "/search?q=a-secret-illness", "User-Agent", "Browser/1", "Cookie", "session=a-cookie", "X-Forwarded-For", "203.0.113.9")
	line := lines.String()
	for _, want := range []string{"method=GET", "path=/search", "status=418", "bytes=15", "ms=30", "id=" + seen} {
		if !strings.Contains(line, want) {
			t.Errorf("%q is not in %s", want, line)
		}
	}
	for _, secret := range []string{"illness", "Browser", "a-cookie", "203.0.113.9", "192.0.2"} {
		if strings.Contains(line, secret) {
			t.Errorf("%q is in %s", secret, line)
		}
	}
	if len(seen) != 26 {
		t.Errorf("request id %q", seen)
	}
}

func TestLogBoundsPaths(t *testing.T) {
	t.Parallel()
	logger, lines := logTo(t)
	h := Chain(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), Log(logger, time.Now))
	answer(h, "GET", "/"+strings.Repeat("%E4%BC%9A", 3000))
	if lines.Len() > 1000 {
		t.Errorf("a stranger wrote %d bytes into the log", lines.Len())
	}
	if strings.Contains(lines.String(), "\\x") || strings.Contains(lines.String(), "\ufffd") {
		t.Errorf("a character was cut in two: %s", lines)
	}
}

func TestSecure(t *testing.T) {
	t.Parallel()
	w := answer(Chain(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), Secure(CSP)), "GET", "/")
	for name, want := range map[string]string{
		"Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; connect-src 'self'; " +
			"manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
		"X-Content-Type-Options":     "nosniff",
		"Referrer-Policy":            "strict-origin-when-cross-origin",
		"Cross-Origin-Opener-Policy": "same-origin",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if !strings.Contains(w.Header().Get("Permissions-Policy"), "camera=()") {
		t.Error("pages may ask for the camera")
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	logger, _ := logTo(t)
	page := func(w http.ResponseWriter, r *http.Request) error {
		_, err := io.Copy(w, r.Body)
		return err
	}
	h := Chain(Handle(page, plainError, logger), MaxBody(4))
	for body, want := range map[string]int{"": 200, "four": 200} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body)))
		if w.Code != want {
			t.Errorf("body %q: status %d, want %d", body, w.Code, want)
		}
	}
	counted := Chain(Handle(func(_ http.ResponseWriter, r *http.Request) error {
		_, err := io.Copy(io.Discard, r.Body)
		return err
	}, plainError, logger), MaxBody(4))
	w := httptest.NewRecorder()
	counted.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", strings.NewReader("five!")))
	if w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("five bytes of four: status %d", w.Code)
	}
}

func TestReadOnlyAndMaxAddress(t *testing.T) {
	t.Parallel()
	logger, _ := logTo(t)
	h := Handle(MaxAddress(20, ReadOnly(func(http.ResponseWriter, *http.Request) error { return nil })), plainError, logger)
	for _, c := range []struct {
		method, target string
		want           int
	}{
		{"GET", "/a", 200}, {"HEAD", "/a", 200}, {"POST", "/a", 405}, {"DELETE", "/a", 405}, {"OPTIONS", "/a", 405},
		{"GET", "/" + strings.Repeat("a", 19), 200}, {"GET", "/" + strings.Repeat("a", 20), 404}, {"GET", "/a?q=" + strings.Repeat("b", 20), 404},
	} {
		if w := answer(h, c.method, c.target); w.Code != c.want {
			t.Errorf("%s %s: %d, want %d", c.method, c.target, w.Code, c.want)
		}
	}
}

func TestServerLimits(t *testing.T) {
	t.Parallel()
	logger, lines := logTo(t)
	s := NewServer("127.0.0.1:0", http.NotFoundHandler(), logger)
	if s.ReadHeaderTimeout != 5*time.Second || s.MaxHeaderBytes != 16<<10 || s.ReadTimeout <= 0 || s.WriteTimeout <= 0 || s.IdleTimeout <= 0 {
		t.Errorf("a limit is missing: %+v", s)
	}
	s.ErrorLog.Print("a stranger's handshake failed")
	if lines.Len() > 0 {
		t.Error("strangers' mistakes fill the log")
	}
}
