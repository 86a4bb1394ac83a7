package e2e

import (
	"context"
	"testing"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/testkit/browser"
)

// The first hour of a federation, in a browser with a telephone beside it: the code
// of the console, the first administrator, her passkey, the office; and back in.
func TestFirstAdministrator(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time: left out of short runs")
	}
	b := browser.Open(t)
	a, err := app.Open(t.Context(), app.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	ln, err := app.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Serve(ctx, ln) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	url := app.Local(ln)

	p := b.Visit(t, url+"/", browser.View{Width: 390})
	p.WithPasskeys(t)
	p.WaitFor(t, `location.pathname === "/office/set-up" && !!document.querySelector("#code")`)
	fill := func(values map[string]string) {
		for id, value := range values {
			browser.Eval[string](t, p, `document.getElementById("`+id+`").value = "`+value+`"`)
		}
	}
	if got := browser.Eval[string](t, p, `document.getElementById("base_url").value`); got != url {
		t.Errorf("the address proposed is %q, not %q", got, url)
	}
	fill(map[string]string{"code": a.Gate.OfferSetup(), "title": "青溪省同鄉聯合會", "name": "沈慕雲", "login": "shen"})
	browser.Eval[bool](t, p, `document.querySelector("main form button").click(), true`)

	p.WaitFor(t, `location.pathname.startsWith("/office/join/") && document.querySelector("form.passkey button")?.disabled === false`)
	browser.Eval[bool](t, p, `document.querySelector("form.passkey button").click(), true`)
	p.WaitFor(t, `location.pathname === "/office/" && document.querySelector("h1")?.textContent.includes("沈慕雲")`)
	p.Go(t, url+"/office/settings") // a role that asks for two proofs is open
	p.WaitFor(t, `document.getElementById("base_url")?.value === "`+url+`"`)

	p.Go(t, url+"/office/account")
	browser.Eval[bool](t, p, `document.querySelector('form[action="/office/sign-out"] button').click(), true`)
	p.WaitFor(t, `location.pathname === "/office/sign-in" && document.querySelector("form.passkey button")?.disabled === false`)
	p.Go(t, url+"/office/account")
	p.WaitFor(t, `location.pathname === "/office/sign-in" && document.querySelector("form.passkey button")?.disabled === false`)
	browser.Eval[bool](t, p, `document.querySelector("form.passkey button").click(), true`)
	p.WaitFor(t, `location.pathname === "/office/account"`)
	for _, issue := range p.Issues() {
		t.Errorf("console: %s", issue)
	}
	t.Log("RESULT first_administrator set_up=true passkey_made=true signed_out=true signed_in_by_passkey=true")
}
