package office_test

import (
	"net/http"
	"testing"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/testkit/browser"
)

// step is a page of signing in to look at: an address, and what is done there to
// reach what is looked at.
type step struct {
	name string
	by   *desk
	path string
	do   []string // scripts, each followed by another page
	then string   // true on the page that is looked at
}

// clickIn sends the form that is named.
func clickIn(form string) string {
	return `document.querySelector('form[action="` + form + `"] button').click(), true`
}

// identitySteps lists them.
func (h *hall) identitySteps() []step {
	h.address("http://localhost:8080")
	guest := &desk{hall: h}
	id := h.password("lin.xiuying", access.Administrator)
	c := h.caller()
	c.post("/office/sign-in", "login", "lin.xiuying", "password", goodPassword)
	weak := &desk{hall: h, person: id, cookie: &http.Cookie{Name: "huiguan_session", Value: c.jar["huiguan_session"].Value}}
	strong := h.seat("陳小明", access.Administrator, "lanjiang/yunpu/", true)
	invited, err := h.gate.Invite(h.Context(), h.hire("luo.qiuling", access.Correspondent))
	if err != nil {
		h.Fatal(err)
	}
	reset, err := h.gate.Reset(h.Context(), h.password("tao.wenyuan", ""), false)
	if err != nil {
		h.Fatal(err)
	}
	seat := h.gate.OfferSeat(strong.person)
	return []step{
		{"sign-in", guest, "/office/sign-in", nil, ""},
		{"sign-in-wrong", guest, "/office/sign-in", []string{
			`login.value = "lin.xiuying", password.value = "not this one", ` + clickIn("/office/sign-in"),
		}, `document.querySelector(".problem")`},
		{"forgotten", guest, "/office/reset", nil, ""},
		{"reset", guest, reset.Path(), nil, ""},
		{"over", guest, "/office/reset/" + string(seat), nil, ""},
		{"join", guest, invited.Path(), nil, ""},
		{"join-password", guest, invited.Path(), []string{
			`document.querySelector("details").open = true, password.value = again.value = "1234567890", ` + clickIn(invited.Path()),
		}, `document.querySelector(".problem")`},
		{"demo", guest, "/office/demo/" + string(seat), nil, ""},
		{"account", weak, "/office/account", nil, ""},
		{"second-step", weak, "/office/account/second-step", nil, ""},
		{"verify", weak, "/office/verify", nil, ""},
		{"password", weak, "/office/account/password", nil, ""},
		{"passkeys", weak, "/office/account/passkeys", nil, ""},
		{"codes", weak, "/office/account/codes", nil, ""},
		{"codes-begun", weak, "/office/account/codes", []string{clickIn("/office/account/codes/begin")}, `document.querySelector("svg.qr")`},
		{"codes-wrong", weak, "/office/account/codes", []string{
			clickIn("/office/account/codes/begin"), `document.getElementById("code").value = "000000", ` + clickIn("/office/account/codes"),
		}, `document.querySelector(".problem")`},
	}
}

// reach opens a page and does what leads to what is looked at.
func (s step) reach(t *testing.T, b *browser.Browser) *browser.Page {
	t.Helper()
	p := b.Visit(t, s.by.window()+s.path, browser.View{Width: 1280})
	for i, script := range s.do {
		p.WaitFor(t, `document.readyState === "complete"`)
		if i > 0 {
			p.WaitFor(t, `!!document.querySelector("svg.qr")`)
		}
		browser.Eval[bool](t, p, script)
	}
	if s.then != "" {
		p.WaitFor(t, `document.readyState === "complete" && !!`+s.then)
	}
	return p
}

// Every page of signing in in a real browser.
func TestIdentityInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time: left out of short runs")
	}
	b := browser.Open(t)
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	for _, one := range h.identitySteps() {
		if len(one.do) == 0 {
			visitAll(t, b, []visited{{one.name, one.by, one.path}})
			continue
		}
		t.Run(one.name, func(t *testing.T) {
			inspect(t, one.reach(t, b), one.name, append(looks(), browser.View{Width: 390})...)
		})
	}
}
