package browser_test

import (
	"bytes"
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/testkit/browser"
)

// page is a page with a body and a strict policy.
func page(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src data:; require-trusted-types-for 'script'")
		fmt.Fprint(w, `<!DOCTYPE html><html lang="en"><head><title>T</title><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"></head><body><main>`+body+`</main></body></html>`)
	}
}

// The browser sees what it is there to see: a page with every mistake has them
// found, and a page without has none. A check that finds nothing anywhere
// would prove nothing.
func TestBrowserSees(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time: left out of short runs")
	}
	b := browser.Open(t)
	mux := http.NewServeMux()
	mux.Handle("/bad", page(`<h1>Bad</h1><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><script>document.title = "ran"</script><p style="color: red">x</p>
		<pre>`+strings.Repeat("wide ", 200)+`</pre><a href="/">small</a>`))
	mux.Handle("/good", page(`<h1>Good</h1><p>Nothing to find.</p>`))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)

	bad := b.Visit(t, server.URL+"/bad", browser.View{Width: 390})
	if issues := strings.Join(bad.Issues(), "\n"); !strings.Contains(issues, "script") || !strings.Contains(issues, "style") {
		t.Errorf("blocked code went unnoticed: %s", issues)
	}
	if title := browser.Eval[string](t, bad, "document.title"); title != "T" {
		t.Errorf("an inline script ran: %q", title)
	}
	if n := bad.Sideways(t); n <= 0 {
		t.Errorf("a wide page is %d pixels too wide", n)
	}
	if small := bad.SmallTargets(t, 44); len(small) != 1 {
		t.Errorf("small targets: %q", small)
	}
	if axe := strings.Join(bad.Axe(t), "\n"); !strings.Contains(axe, "image-alt") {
		t.Errorf("axe found: %s", axe)
	}

	good := b.Visit(t, server.URL+"/good", browser.View{Width: 390, Dark: true, Scale: 2})
	if issues, axe := good.Issues(), good.Axe(t); len(issues)+len(axe)+len(good.SmallTargets(t, 44)) > 0 || good.Sideways(t) != 0 {
		t.Errorf("a good page is blamed: %q %q", issues, axe)
	}
	if dark := browser.Eval[bool](t, good, `matchMedia("(prefers-color-scheme: dark)").matches`); !dark {
		t.Error("the view is not dark")
	}
	img, err := png.Decode(bytes.NewReader(good.Screenshot(t)))
	if err != nil || img.Bounds().Dx() != 780 {
		t.Errorf("screenshot: %v, %v", img.Bounds(), err)
	}
	good.Look(t, browser.View{Width: 1280, Print: true})
	if printed := browser.Eval[bool](t, good, `matchMedia("print").matches && innerWidth === 1280`); !printed {
		t.Error("the view did not change")
	}
}
