package kit

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/a-h/templ"

	"github.com/huiguan/huiguan/internal/markup"
)

func respond(a Response) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _ = Respond(w, r, a) })
}

func TestRespond(t *testing.T) {
	t.Parallel()
	page := respond(Response{Type: HTML, Cache: CacheRevalidate, Body: []byte("<p>hall")})
	tag := ETag([]byte("<p>hall"))
	for name, c := range map[string]struct {
		method string
		header string // If-None-Match
		status int
		body   string
	}{
		"first visit":          {"GET", "", 200, "<p>hall"},
		"nothing new":          {"GET", tag, 304, ""},
		"one of several":       {"GET", `"old", ` + tag, 304, ""},
		"weakened by a proxy":  {"GET", "W/" + tag, 304, ""},
		"any":                  {"GET", "*", 304, ""},
		"changed since":        {"GET", `"old"`, 200, "<p>hall"},
		"headers alone":        {"HEAD", "", 200, ""},
		"headers, nothing new": {"HEAD", tag, 304, ""},
	} {
		w := answer(page, c.method, "/", "If-None-Match", c.header)
		if w.Code != c.status || w.Body.String() != c.body {
			t.Errorf("%s: %d %q", name, w.Code, w.Body)
		}
		if w.Header().Get("ETag") != tag || w.Header().Get("Cache-Control") != CacheRevalidate {
			t.Errorf("%s: headers %v", name, w.Header())
		}
		if c.status == 200 && w.Header().Get("Content-Length") != "7" {
			t.Errorf("%s: length %q", name, w.Header().Get("Content-Length"))
		}
	}
	if strings.HasPrefix(tag, "W/") || tag == ETag([]byte("<p>hal")) {
		t.Errorf("tag %s is not a strong one of the bytes", tag)
	}
}

func TestOnlyGoodAnswersAreKept(t *testing.T) {
	t.Parallel()
	for _, a := range []Response{{Status: 404, Cache: CacheRevalidate, Body: []byte("x")}, {Cache: CacheNever, Body: []byte("x")}} {
		if w := answer(respond(a), "GET", "/", "If-None-Match", "*"); w.Header().Get("ETag") != "" || w.Body.String() != "x" {
			t.Errorf("%+v: ETag %q, body %q", a, w.Header().Get("ETag"), w.Body)
		}
	}
}

func TestRedirectStaysOnTheSite(t *testing.T) {
	t.Parallel()
	for to, fine := range map[string]bool{
		"/": true, "/lanjiang/": true, "/search?q=x": true,
		"": false, "//evil.example": false, `/\evil.example`: false, "https://evil.example": false, "lanjiang/": false,
	} {
		var err error
		w := answer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { err = Redirect(w, r, to) }), "GET", "/x")
		if (err == nil) != fine {
			t.Errorf("Redirect(%q): %v", to, err)
		}
		if fine && (w.Code != 301 || w.Header().Get("Location") != to) {
			t.Errorf("Redirect(%q): %d to %q", to, w.Code, w.Header().Get("Location"))
		}
	}
}

func TestRender(t *testing.T) {
	t.Parallel()
	broken := templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, _ = io.WriteString(w, "half")
		return errors.New("the rest is missing")
	})
	if body, err := Render(t.Context(), broken); err == nil || body != nil {
		t.Errorf("a broken page gave %q, %v", body, err)
	}
	doc := markup.FromText("Tea < cake & talk")
	body, err := Render(t.Context(), Markup(doc, markup.RenderOptions{Transform: strings.ToUpper}))
	if err != nil || string(body) != "<p>TEA &lt; CAKE &amp; TALK</p>\n" {
		t.Errorf("%q, %v", body, err)
	}
}

func TestAssets(t *testing.T) {
	t.Parallel()
	logger, _ := logTo(t)
	one := NewAssets("/assets/", Asset{Name: "site.css", Type: "text/css", Body: []byte("a{}")})
	two := NewAssets("/assets/", Asset{Name: "site.css", Type: "text/css", Body: []byte("b{}")})
	address := one.URL("site.css")
	if !strings.HasPrefix(address, "/assets/site.") || !strings.HasSuffix(address, ".css") || address == two.URL("site.css") {
		t.Errorf("address %q does not name the content", address)
	}
	if one.URL("other.css") != "" {
		t.Error("an unknown asset has an address")
	}
	h := Handle(one.Serve, plainError, logger)
	w := answer(h, "GET", address)
	if w.Code != 200 || w.Body.String() != "a{}" || w.Header().Get("Cache-Control") != CacheForever || w.Header().Get("Content-Type") != "text/css" {
		t.Errorf("%d %q %v", w.Code, w.Body, w.Header())
	}
	for _, lost := range []string{two.URL("site.css"), "/assets/site.css", "/assets/", "/assets/../assets.go"} {
		if w := answer(h, "GET", lost); w.Code != 404 {
			t.Errorf("%s: %d", lost, w.Code)
		}
	}
}

func TestBundle(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{
		"a.css": {Data: []byte("/* why\n   this */\n.a {\n  color: red;\n}\n\n")},
		"b.css": {Data: []byte(".b { content: \"x  y\"; }")},
	}
	got, err := Bundle(files, "a.css", "b.css")
	if err != nil || string(got) != ".a{color: red;}\n.b{content: \"x  y\";}\n" {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := Bundle(files, "c.css"); err == nil {
		t.Error("a missing sheet is no error")
	}
	if _, err := Bundle(Styles, "css/tokens.css", "css/base.css"); err != nil {
		t.Error(err)
	}
}
