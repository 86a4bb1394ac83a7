package office_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/pquerna/otp/totp"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/testkit/browser"
)

// answers are pages that only a form leads to: links to pass on, secrets that are
// told once, refusals that keep what was typed, and how long work went.
func (h *hall) answers() []visited {
	h.address("http://localhost:8080")
	chief := h.seat("林秀英", access.Administrator, "", true)
	writer := h.seat("陳小明", access.Correspondent, "lanjiang/yunpu/", false)
	org := string(h.orgs["lanjiang/yunpu/"])
	answered := func(name string, a answer, status int) visited {
		h.Helper()
		if a.Status != status {
			h.Errorf("%s: %d, want %d", name, a.Status, status)
		}
		return visited{name, nil, chief.shown(a)}
	}
	here, rows := h.orgAt("lanjiang/yunpu/"), strings.Builder{}
	rows.WriteString("path,name_hant,kind\n/heshan/,外地同鄉會,city\n")
	for i := range 1001 {
		fmt.Fprintf(&rows, "/lanjiang/yunpu/t%d/,第%d鎮同鄉會,town\n", i, i)
	}
	places := []visited{
		answered("invited", chief.post("/office/people/new", fields("org", org, "name_hant", "黃國強", "login", "huang", "role", "editor", "reach", "here")), http.StatusOK),
		answered("invited-wrong", chief.post("/office/people/new", fields("org", org, "name_hant", "", "login", "huang", "role", "editor", "reach", "here")), http.StatusUnprocessableEntity),
		answered("invited-again", chief.post(writer.page()+"/invite", fields()), http.StatusOK),
		answered("reset-made", chief.post(writer.page()+"/reset", fields()), http.StatusOK),
		answered("token-made", chief.post("/office/tokens", fields("name", "網站更新", "scopes", string(access.OrgEdit), "days", "30")), http.StatusOK),
		answered("token-wrong", chief.post("/office/tokens", fields("name", "", "days", "30")), http.StatusUnprocessableEntity),
		answered("login-wrong", chief.post(writer.page()+"/login", fields("login", "!", "email", "x@mail.example")), http.StatusUnprocessableEntity),
		answered("give-wrong", chief.post(writer.page()+"/grants", fields("org", org, "role", "editor", "until", "2020-01-01")), http.StatusUnprocessableEntity),
		answered("edit-wrong", chief.post(here+"/edit", url.Values{"kind": {"county"}}), http.StatusUnprocessableEntity),
		answered("import-wrong", chief.upload(here+"/import", "a.csv", nil), http.StatusUnprocessableEntity),
		answered("preview-long", chief.upload(here+"/import", "a.csv", []byte(rows.String())), http.StatusOK),
	}
	h.password("lin.xiuying", access.Administrator)
	c := h.caller()
	c.post("/office/sign-in", "login", "lin.xiuying", "password", goodPassword)
	a := c.post("/office/account/codes/begin")
	code, err := totp.GenerateCode(strings.ReplaceAll(testkit.Find(h, a.Body, ".secret"), " ", ""), h.clock.Now())
	if err != nil {
		h.Fatal(err)
	}
	places = append(places, answered("recovery-codes", c.post("/office/account/codes", "ceremony", hidden(h.T, a.Body, "ceremony"), "code", code), http.StatusOK))
	places = append(places, answered("code-asked", h.caller().post("/office/sign-in", "login", "lin.xiuying", "password", goodPassword), http.StatusOK))
	return places
}

// What forms answer, in a real browser.
func TestAnswersInBrowser(t *testing.T) { lookAround(t, (*hall).answers) }

// Two clicks send a form once: what is shown only once is not lost with the answer
// that the browser throws away.
func TestTwoClicks(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time: left out of short runs")
	}
	b := browser.Open(t)
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	chief := h.seat("林秀英", access.Administrator, "", true)
	page := b.Visit(t, chief.window()+"/office/tokens", browser.View{Width: 390})
	sent := browser.Eval[int](t, page, `(() => {
		const form = document.querySelector('form[action="/office/tokens"]');
		form.elements.name.value = "script";
		let sent = 0;
		addEventListener("submit", (event) => { if (!event.defaultPrevented) sent++; event.preventDefault(); });
		form.requestSubmit();
		form.requestSubmit();
		return sent;
	})()`)
	if sent != 1 {
		t.Errorf("it is sent %d times", sent)
	}
}
