package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/testkit/browser"
)

// room is a federation being served, and a browser in it with a passkey's device.
type room struct {
	*testing.T
	app   *app.App
	clock *testkit.Clock
	page  *browser.Page
	width int // of the window
	url   string
}

func openRoom(t *testing.T, databaseURL string, width int) *room {
	t.Helper()
	b := browser.Open(t)
	r := &room{T: t, clock: testkit.NewClock("2026-05-01"), width: width}
	var err error
	if r.app, err = app.Open(t.Context(), app.Config{Dir: t.TempDir(), DatabaseURL: databaseURL, Clock: r.clock.Now}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.app.Close() })
	ln, err := app.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- r.app.Serve(ctx, ln) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	r.url = app.Local(ln)
	r.page = b.Visit(t, r.url+"/", browser.View{Width: width})
	r.page.WithPasskeys(t)
	return r
}

// do runs a statement in the page.
func (r *room) do(format string, args ...any) {
	r.Helper()
	browser.Eval[bool](r.T, r.page, fmt.Sprintf(format, args...)+", true")
}

// fill sets fields by their names, as typing would; radio buttons are chosen.
func (r *room) fill(values map[string]string) {
	r.Helper()
	for name, value := range values {
		text, _ := json.Marshal(value)
		r.do(`(() => { const all = [...document.querySelectorAll('main [name=%q]')], one = all.find(e => e.type === "radio" && e.value === %s);
			if (one) one.checked = true; else if (all[0]) all[0].value = %s; else throw new Error("no field " + %q + " in " + document.body.innerText); })()`, name, text, text, name)
	}
}

// press clicks a button or a link.
func (r *room) press(selector string) {
	r.Helper()
	r.page.WaitFor(r.T, fmt.Sprintf(`!!document.querySelector(%q) && !document.querySelector(%q).disabled`, selector, selector))
	r.do(`document.querySelector(%q).click()`, selector)
}

// at waits for a page.
func (r *room) at(path, selector, text string) {
	r.Helper()
	r.page.WaitFor(r.T, fmt.Sprintf(`location.pathname.startsWith(%q) && [...document.querySelectorAll(%q)].some(e => e.textContent.includes(%q))`, path, selector, text))
}

// join follows an invitation and makes a passkey.
func (r *room) join(link, name string) {
	r.Helper()
	r.signOut()
	r.page.Go(r.T, link)
	r.enter(name)
}

// enter makes or shows a passkey, and waits for the office.
func (r *room) enter(name string) {
	r.Helper()
	r.press("form.passkey button")
	r.page.WaitFor(r.T, `location.pathname === "/office/"`)
	r.at("/office/", "h1", name)
}

// setUp makes the federation and its first administrator, who makes a passkey.
func (r *room) setUp() {
	r.Helper()
	r.page.WaitFor(r.T, `location.pathname === "/office/set-up" && !!document.getElementById("email")`)
	if got := browser.Eval[string](r.T, r.page, `document.getElementById("base_url").value`); got != r.url {
		r.Errorf("the address proposed is %q, not %q", got, r.url)
	}
	for _, view := range []browser.View{{Width: 1280}, {Width: 320}, {Width: 390, Dark: true}} {
		r.page.Look(r.T, view)
		for _, fault := range append(r.page.SmallTargets(r.T, 44), r.page.Axe(r.T)...) {
			r.Errorf("at %d: %s", view.Width, fault)
		}
		if n := r.page.Sideways(r.T); n > 0 {
			r.Errorf("at %d: %d pixels too wide", view.Width, n)
		}
		if dir := os.Getenv("HUIGUAN_SHOTS"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("set-up-%d.png", view.Width)), r.page.Screenshot(r.T), 0o600); err != nil {
				r.Fatal(err)
			}
		}
	}
	r.page.Look(r.T, browser.View{Width: r.width})
	r.fill(map[string]string{"code": r.app.Gate.OfferSetup(), "title": "青溪省同鄉聯合會", "name": "沈慕雲", "login": "shen", "lang": "zh-Hant"})
	r.press("main form button[type=submit]")
	r.page.WaitFor(r.T, `location.pathname.startsWith("/office/join/")`)
	r.enter("沈慕雲")
}

// quiet is that the browser complained of nothing but so many refusals.
func (r *room) quiet(refusals int) {
	r.Helper()
	for _, issue := range r.page.Issues() {
		if refusals--; refusals < 0 || !strings.Contains(issue, "403") {
			r.Errorf("console: %s", issue)
		}
	}
}

func (r *room) signOut() {
	r.Helper()
	r.page.Go(r.T, r.url+"/office/account")
	r.press(`form[action="/office/sign-out"] button`)
	r.page.WaitFor(r.T, `location.pathname === "/office/sign-in"`)
}

// invite adds a person with a role, and is given the link to pass on.
func (r *room) invite(at org.Organisation, values map[string]string) string {
	r.Helper()
	r.page.Go(r.T, r.url+"/office/people/new?org="+string(at.ID))
	r.page.WaitFor(r.T, `document.readyState === "complete" && !!document.querySelector("[name=role]")`)
	r.fill(values)
	r.press(`form[method=post][action="/office/people/new"] button[type=submit]`)
	r.page.WaitFor(r.T, `!!document.getElementById("link")?.value`)
	return browser.Eval[string](r.T, r.page, `document.getElementById("link").value`)
}

func (r *room) org(path string) org.Organisation {
	r.Helper()
	o, err := r.app.Org.ByPath(r.Context(), path)
	if err != nil {
		r.Fatal(err)
	}
	return o
}

// branch is the county's table: two towns and a village, and three rows that are
// wrong: a kind that there is not, a name that is missing, a place elsewhere.
const branch = "繁體名稱,類別,上級,電話\n" +
	"沙頭鎮同鄉會,town,,\n白石鎮同鄉會,town,,000 111\n石橋村同鄉會,village,沙頭鎮同鄉會,\n" +
	"青石鎮同鄉會,galaxy,,\n,town,,\n外地同鄉會,town,/heshan/,\n"

// The first hour of a federation on a telephone: the code of the console, the first
// administrator, her passkey, the office that asks for two proofs; and back in.
func TestFirstAdministrator(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time: left out of short runs")
	}
	r := openRoom(t, "", 390)
	r.setUp()
	r.page.Go(t, r.url+"/office/settings")
	r.page.WaitFor(t, fmt.Sprintf(`document.getElementById("base_url")?.value === %q`, r.url))
	r.signOut()
	r.page.Go(t, r.url+"/office/account")
	r.page.WaitFor(t, `location.pathname === "/office/sign-in"`)
	r.press("form.passkey button")
	r.page.WaitFor(t, `location.pathname === "/office/account"`)
	r.quiet(0)
	t.Log("RESULT first_administrator set_up=true passkey_made=true signed_out=true signed_in_by_passkey=true")
}

// The story of the office: the code of the console, the first administrator, a
// county's by invitation, her branch from a spreadsheet with faulty rows, a
// correspondent on a phone, and a role that ends.
func TestOfficeStory(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time: left out of short runs")
	}
	for engine, address := range map[string]func(testing.TB) string{"sqlite": func(testing.TB) string { return "" }, "postgres": testkit.PostgresURL} {
		t.Run(engine, func(t *testing.T) { tellOffice(t, openRoom(t, address(t), 1280)) })
	}
}

func tellOffice(t *testing.T, r *room) {
	t.Helper()
	r.setUp()
	root := r.org("")
	for _, one := range []struct{ parent, slug, name string }{{"", "lanjiang", "蘭江市同鄉會"}, {"", "heshan", "鶴山市同鄉會"}, {"lanjiang/", "yunpu", "雲浦縣同鄉會"}} {
		if _, err := r.app.Org.Create(t.Context(), org.CreateParams{Parent: r.org(one.parent).ID, Slug: one.slug, Names: org.Names{Hant: one.name}}); err != nil {
			t.Fatal(err)
		}
	}
	county := r.org("lanjiang/yunpu/")
	link := r.invite(county, map[string]string{"name_hant": "林秀英", "login": "lin", "role": "administrator", "reach": "below"})

	r.join(link, "林秀英")
	r.page.Go(t, r.url+"/office/orgs/"+string(county.ID)+"/import")
	r.page.WaitFor(t, `document.readyState === "complete" && !!document.getElementById("file")`)
	text, _ := json.Marshal(branch)
	r.do(`(() => { const all = new DataTransfer(); all.items.add(new File([%s], "branch.csv")); document.getElementById("file").files = all.files; })()`, text)
	r.press(`form[enctype] button[type=submit]`)
	r.page.WaitFor(t, `document.querySelectorAll(".planned-wrong").length === 3 && document.querySelectorAll(".planned-new").length === 3`)
	if _, err := r.app.Org.ByPath(t.Context(), "lanjiang/yunpu/shatou/"); err == nil {
		t.Error("the preview wrote something")
	}
	r.press(".do-it button")
	r.page.WaitFor(t, `!!document.querySelector(".notice")`)
	town := r.org("lanjiang/yunpu/shatou/")
	if n, err := r.app.Org.Subtree(t.Context(), county.Path); err != nil || len(n) != 4 {
		t.Errorf("%d organisations, %v", len(n), err)
	}

	// She cannot look after another branch, and is told why.
	r.page.Go(t, r.url+"/office/orgs/"+string(r.org("heshan/").ID)+"/edit")
	r.at("/office/orgs/", "main", "沒有職責")
	link = r.invite(town, map[string]string{"name_hant": "陳小明", "login": "chen", "role": "correspondent", "until": "2026-05-03"})

	r.page.Look(t, browser.View{Width: 390})
	r.join(link, "陳小明")
	r.at("/office/", ".roles .cards", "通訊員")
	r.press(`.roles .cards a`)
	r.at("/office/orgs/"+string(town.ID), "h1", "沙頭鎮同鄉會")
	if n := r.page.Sideways(t); n > 0 {
		t.Errorf("%d pixels wider than a phone", n)
	}
	r.clock.Advance(72 * time.Hour) // the fourth of May
	r.page.Go(t, r.url+"/office/orgs/"+string(town.ID))
	r.at("/office/orgs/", "main", "已經到期")
	r.quiet(2)
	t.Logf("RESULT office_story root=%s organisations=6 people=3 refused=2", root.ID)
}
