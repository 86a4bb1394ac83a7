package office_test

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/testkit/browser"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// TestCrossSiteBrowser lets a real browser, in which an administrator is signed
// in, open a page of another site that tries every route: as a form, by fetch, as
// a picture, in a frame. Nothing is written. The control, the same forms on a page
// of this site, reaches the handlers.
func TestCrossSiteBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time: left out of short runs")
	}
	b := browser.Open(t)
	clock := testkit.NewClock("2026-05-01")
	w := newWard(t, testkit.SQLite(t, clock), clock)
	victim := w.seat("林秀英", access.Administrator, "", true)
	var mu sync.Mutex
	wrote, reached, withCookie := 0, map[string]int{}, 0
	w.look = func(context.Context, *db.Tx) error {
		mu.Lock()
		defer mu.Unlock()
		wrote++
		return nil
	}
	w.sealed.Store(true)
	var forms strings.Builder // the same on both sites
	site := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/own" {
			out.Header().Set("Content-Type", "text/html; charset=utf-8")
			// As a browser keeps it that knows no SameSite: the worst case.
			http.SetCookie(out, &http.Cookie{Name: victim.cookie.Name, Value: victim.cookie.Value, Path: "/"})
			fmt.Fprint(out, forms.String())
			return
		}
		mu.Lock()
		reached[r.Header.Get("Sec-Fetch-Site")+" "+r.Method]++
		if _, err := r.Cookie(victim.cookie.Name); err == nil {
			withCookie++
		}
		mu.Unlock()
		if _, err := r.Cookie(victim.cookie.Name); err != nil {
			r.AddCookie(victim.cookie) // and one that sends it everywhere
		}
		w.office.ServeHTTP(out, r)
	}))
	defer site.Close()
	posts := w.attack(&forms, site.URL)
	evil := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, _ *http.Request) {
		out.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(out, forms.String())
	}))
	defer evil.Close()
	b.Visit(t, site.URL+"/own", browser.View{Width: 800}) // the cookie is set
	page := b.Visit(t, strings.Replace(evil.URL, "127.0.0.1", "localhost", 1), browser.View{Width: 800})
	sent := browser.Eval[int](t, page, attackScript)
	mu.Lock()
	foreignWrites, foreignPosts := wrote, reached["cross-site POST"]
	mu.Unlock()
	if foreignWrites != 0 || foreignPosts < 2*posts || withCookie == 0 {
		t.Errorf("another site: %d writes by %d forms, %d with the cookie (%v)", foreignWrites, foreignPosts, withCookie, reached)
	}
	own := b.Visit(t, site.URL+"/own", browser.View{Width: 800})
	browser.Eval[int](t, own, attackScript)
	mu.Lock()
	defer mu.Unlock()
	if wrote == foreignWrites || reached["same-origin POST"] < 2*posts {
		t.Errorf("control: %d writes from here (%v)", wrote, reached)
	}
	t.Logf("RESULT cross-site-browser routes=%d tries=%d posts=%d writes=%d control-writes=%d", posts, sent, foreignPosts, foreignWrites, wrote-foreignWrites)
}

// attack writes a page with a form and a picture for every route, and counts the
// routes that write.
func (w *ward) attack(page *strings.Builder, site string) (posts int) {
	w.Helper()
	page.WriteString("<!DOCTYPE html><title>x</title>")
	for i, r := range w.office.Routes() {
		req := w.request(r, here(), nil)
		address := html.EscapeString(site + req.URL.RequestURI())
		fmt.Fprintf(page, `<img src="%s" alt="">`, address)
		if r.Method != http.MethodPost {
			continue
		}
		posts++
		fmt.Fprintf(page, `<iframe name="f%d"></iframe><form id="t%d" method="post" target="f%d" action="%s">`, i, i, i, address)
		fmt.Fprintf(page, `<input name="form_key" value="%s">`, kit.NewFormKey(w.clock.Now()))
		for _, name := range r.Input.Names() {
			value := plausible(name)
			if id := w.id(name, homePath); id != "" {
				value = id
			}
			fmt.Fprintf(page, `<input name="%s" value="%s">`, name, value)
		}
		page.WriteString("</form>")
	}
	return posts
}

// attackScript sends each form by itself and by fetch, and waits for the answers.
const attackScript = `(async () => {
	let n = 0;
	for (const form of document.forms) {
		const frame = document.querySelector('iframe[name="' + form.target + '"]');
		const loaded = new Promise((done) => { frame.addEventListener("load", done, {once: true}); setTimeout(done, 3000); });
		HTMLFormElement.prototype.submit.call(form);
		await loaded;
		const body = new URLSearchParams(new FormData(form));
		for (const mode of ["no-cors", "cors"]) {
			await fetch(form.action, {method: "POST", body, mode, credentials: "include"}).catch(() => {});
			n++;
		}
		n++;
	}
	return n;
})()`
