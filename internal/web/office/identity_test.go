package office_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/descope/virtualwebauthn"
	"github.com/pquerna/otp/totp"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/testkit"
)

const goodPassword = "月光照在青溪的石橋上"

// caller is a browser that keeps cookies.
type caller struct {
	*hall
	jar     map[string]*http.Cookie
	headers map[string]string
	remote  string
}

func (h *hall) caller() *caller {
	return &caller{hall: h, jar: map[string]*http.Cookie{}, headers: map[string]string{}, remote: "192.0.2.7:4711"}
}

func (c *caller) send(r *http.Request) answer {
	c.Helper()
	for _, k := range c.jar {
		r.AddCookie(&http.Cookie{Name: k.Name, Value: k.Value})
	}
	for name, value := range c.headers {
		r.Header.Set(name, value)
	}
	if host := c.headers["Host"]; host != "" {
		r.Host = host
	}
	r.RemoteAddr = c.remote
	w := httptest.NewRecorder()
	c.office.ServeHTTP(w, r)
	for _, k := range w.Result().Cookies() {
		if k.MaxAge < 0 {
			delete(c.jar, k.Name)
			continue
		}
		c.jar[k.Name] = k
	}
	body, _ := io.ReadAll(w.Body)
	return answer{w.Code, w.Header(), body}
}

func (c *caller) get(path string) answer {
	c.Helper()
	return c.send(httptest.NewRequestWithContext(c.Context(), http.MethodGet, path, nil))
}

func (c *caller) post(path string, pairs ...string) answer {
	c.Helper()
	form := url.Values{"form_key": {string(ident.New[ident.Letter](c.clock.Now()))}}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequestWithContext(c.Context(), http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.send(r)
}

// leads wants a redirect to an address.
func (c *caller) leads(a answer, to string) {
	c.Helper()
	if a.Status != http.StatusSeeOther || a.Header.Get("Location") != to {
		c.Errorf("%d %s, want %s: %s", a.Status, a.Header.Get("Location"), to, testkit.Find(c, a.Body, ".problem"))
	}
}

func (c *caller) sees(a answer, status int, checks ...testkit.PageCheck) {
	c.Helper()
	if a.Status != status {
		c.Errorf("%d, want %d", a.Status, status)
	}
	testkit.CheckPage(c, a.Body, checks...)
}

// hire makes a person with an account that nobody has taken yet.
func (h *hall) hire(login string, role access.Role) ident.Person {
	h.Helper()
	var id ident.Person
	testkit.Tx(h, h.db, func(ctx context.Context, tx *db.Tx) error {
		p, err := people.Create(ctx, tx, h.orgs[""], org.Names{Hant: "林秀英", En: "Lin Xiuying"}, locale.Hant)
		if err != nil {
			return err
		}
		id = p.ID
		if err := people.CreateAccount(ctx, tx, id, login, login+"@mail.example"); err != nil {
			return err
		}
		if role != "" {
			_, err = people.Give(ctx, tx, people.GiveParams{Person: id, Org: h.orgs[""], Role: role, Below: true})
		}
		return err
	})
	return id
}

func (h *hall) password(login string, role access.Role) ident.Person {
	h.Helper()
	id := h.hire(login, role)
	if err := h.gate.SetPassword(h.Context(), id, goodPassword); err != nil {
		h.Fatal(err)
	}
	return id
}

// pathOf is the part of a link that the office serves.
func pathOf(l people.Link) string { return l.Path() }

// address gives the federation an address, as its settings do.
func (h *hall) address(base string) {
	h.Helper()
	if err := h.org.SetBaseURL(h.Context(), base); err != nil {
		h.Fatal(err)
	}
}

// hidden is the value of a hidden field of a page.
func hidden(t *testing.T, body []byte, name string) string {
	t.Helper()
	m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindSubmatch(body)
	if m == nil {
		t.Fatalf("no field %s", name)
	}
	return string(m[1])
}

func TestSignInByPassword(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	h.password("lin.xiuying", "")
	c := h.caller()
	c.sees(c.get("/office/sign-in?next=/office/settings"), 200, testkit.See("h1", "登入"), testkit.See(".soft", "還沒有設定網址"), testkit.Attr(`input[name="next"]`, "value", "/office/settings"))
	c.sees(c.post("/office/sign-in", "login", "lin.xiuying", "password", "wrong one here"), 422,
		testkit.See(".problem", "不對"), testkit.Attr("#login", "value", "lin.xiuying"), testkit.Attr("#password", "aria-invalid", "true"), testkit.NoAttr("#password", "value"))
	c.leads(c.post("/office/sign-in", "login", "lin.xiuying", "password", goodPassword, "next", "/office/account"), "/office/account")
	k := c.jar["huiguan_session"]
	if k == nil || !k.HttpOnly || k.SameSite != http.SameSiteLaxMode || k.Secure {
		t.Fatalf("%+v", k)
	}
	c.leads(c.get("/office/sign-in?next=https://evil.example/"), "/office/")
	c.sees(c.get("/office/account"), 200, testkit.See("h1", "我的帳戶"), testkit.See(".rows", "lin.xiuying"), testkit.See(".tag", "這裡"))
	old := k.Value
	c.leads(c.post("/office/sign-out"), "/office/sign-in?done=account.done_signed_out")
	if c.jar["huiguan_session"] != nil {
		t.Error("the cookie stays")
	}
	c.jar["huiguan_session"] = &http.Cookie{Name: "huiguan_session", Value: old}
	c.leads(c.get("/office/account"), "/office/sign-in?next=%2Foffice%2Faccount")
	c.leads(c.post("/office/sign-out"), "/office/sign-in?done=account.done_signed_out")
}

// On a site with https cookies carry the prefix, and none without it counts.
func TestCookiesOnASecureSite(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	h.password("lin.xiuying", "")
	h.address("https://huiguan.example")
	c := h.caller()
	c.leads(c.post("/office/sign-in", "login", "lin.xiuying", "password", goodPassword), "/office/")
	k := c.jar["__Host-huiguan_session"]
	if k == nil || !k.Secure || k.Path != "/" || k.Domain != "" || !k.HttpOnly {
		t.Fatalf("%+v", c.jar)
	}
	if d := c.jar["__Host-huiguan_device"]; d == nil || !d.Secure {
		t.Error("the device's")
	}
	c.sees(c.get("/office/account"), 200)
	c.jar = map[string]*http.Cookie{"x": {Name: "huiguan_session", Value: k.Value}}
	c.leads(c.get("/office/account"), "/office/sign-in?next=%2Foffice%2Faccount")
}

// A session that somebody else put into the browser is never taken over.
func TestFixation(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	h.password("lin.xiuying", "")
	h.password("thief", "")
	thief := h.caller()
	thief.post("/office/sign-in", "login", "thief", "password", goodPassword)
	theirs := thief.jar["huiguan_session"].Value
	c := h.caller()
	for _, planted := range []string{theirs, "anything"} {
		c.jar["huiguan_session"] = &http.Cookie{Name: "huiguan_session", Value: planted}
		c.leads(c.post("/office/sign-in", "login", "lin.xiuying", "password", goodPassword), "/office/")
		if got := c.jar["huiguan_session"].Value; got == planted || len(got) != 43 {
			t.Errorf("the session is %s", got)
		}
	}
	thief.leads(thief.get("/office/account"), "/office/sign-in?next=%2Foffice%2Faccount")
}

// What a page says of a name that is here and one that is not is the same.
func TestEnumeration(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	h.address("https://huiguan.example")
	h.password("known.one", "")
	h.hire("no.password", "")
	suspended := h.password("suspended", "")
	if err := h.people.Suspend(t.Context(), suspended); err != nil {
		t.Fatal(err)
	}
	key := regexp.MustCompile(`name="form_key" value="[^"]+"`)
	for _, form := range []struct{ path, field string }{{"/office/sign-in", "login"}, {"/office/reset", "name"}} {
		var first answer
		for i, name := range []string{"known.one", "not.known", "no.password", "suspended"} {
			c := h.caller()
			c.remote = fmt.Sprintf("192.0.%d.1:1", i)
			pairs := []string{form.field, name}
			if form.field == "login" {
				pairs = append(pairs, "password", "not this one at all")
			}
			a := c.post(form.path, pairs...)
			a.Body = key.ReplaceAll([]byte(strings.ReplaceAll(string(a.Body), name, "NAME")), nil)
			if i == 0 {
				first = a
			}
			if a.Status != first.Status || string(a.Body) != string(first.Body) || len(c.jar) > 0 {
				t.Errorf("%s: %s is told apart", form.path, name)
			}
		}
	}
	h.work()
	if len(h.letters) != 2 {
		t.Errorf("%d letters", len(h.letters))
	}
}

// Links begin with the federation's own address, whatever a request says.
func TestLinksAreNotPoisoned(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	h.address("https://huiguan.example")
	id := h.password("lin.xiuying", "")
	poisoned := 0
	for i, headers := range []map[string]string{
		{"Host": "evil.example"}, {"X-Forwarded-Host": "evil.example"}, {"X-Forwarded-Server": "evil.example"}, {"Forwarded": "host=evil.example"},
		{"X-Forwarded-Proto": "http"}, {"X-Original-Host": "evil.example"}, {"X-Host": "evil.example"}, {"X-Forwarded-Prefix": "//evil.example"},
		{"Host": "huiguan.example:8443"}, {"X-Forwarded-For": "evil.example"}, {"Referer": "https://evil.example/office/reset"},
	} {
		if _, err := h.gate.Reset(audit.WithActor(t.Context(), "cli"), id, false); err != nil { // the way an administrator asks
			t.Fatal(err)
		}
		c := h.caller()
		c.headers, c.remote = headers, fmt.Sprintf("198.51.%d.1:1", i)
		clock.Advance(6 * time.Hour)
		if a := c.post("/office/reset", "name", "lin.xiuying"); a.Status != 200 && a.Status != 403 {
			t.Errorf("%v: %d", headers, a.Status)
		}
		h.work()
		for _, l := range h.letters {
			if !strings.Contains(l.Body, "https://huiguan.example/office/reset/") || strings.Contains(l.Body, "evil") || strings.Contains(l.Body, ":8443") {
				poisoned++
			}
		}
	}
	t.Logf("RESULT link_poisoning letters=%d poisoned=%d", len(h.letters), poisoned)
	if poisoned > 0 || len(h.letters) < 20 {
		t.Errorf("%d of %d", poisoned, len(h.letters))
	}
}

// A reset goes by a link, once, and ends where one signs in.
func TestResetPages(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	id := h.password("lin.xiuying", "")
	l, err := h.gate.Reset(t.Context(), id, false)
	if err != nil {
		t.Fatal(err)
	}
	c := h.caller()
	c.sees(c.get(pathOf(l)), 200, testkit.See(".lede", "林秀英"))
	c.sees(c.get(pathOf(l)), 200) // looking uses nothing up
	c.sees(c.post(pathOf(l), "password", "another long one", "again", "another wrong one"), 422, testkit.See(".wrong", "不一樣"), testkit.Attr("#again", "aria-invalid", "true"))
	c.sees(c.post(pathOf(l), "password", "1234567890", "again", "1234567890"), 422, testkit.See(".wrong", "太多人"), testkit.Attr("#password", "aria-invalid", "true"))
	c.leads(c.post(pathOf(l), "password", "another long one", "again", "another long one"), "/office/sign-in?done=account.done_password")
	if len(c.jar) > 0 {
		t.Error("a reset signs nobody in")
	}
	c.sees(c.get(pathOf(l)), 409, testkit.See(".failure", "用過或過期"))
	c.sees(c.post(pathOf(l), "password", "another long one", "again", "another long one"), 409, testkit.See(".failure", "用過或過期"))
	c.sees(c.get("/office/reset/nonsense"), 409)
	c.leads(c.post("/office/sign-in", "login", "lin.xiuying", "password", "another long one"), "/office/")
}

// An invitation says who asks her, to what; and opens once.
func TestJoinPages(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	chief := h.seat("陳主任", access.Administrator, "", true)
	id := h.hire("lin.xiuying", access.Administrator)
	who, _, _ := h.people.Open(t.Context(), people.Secret(chief.cookie.Value))
	l, err := h.gate.Invite(people.Require(people.WithPrincipal(t.Context(), who)), id)
	if err != nil {
		t.Fatal(err)
	}
	c := h.caller()
	c.sees(c.get(pathOf(l)), 200, testkit.See("h1", "林秀英"), testkit.See(".lede", "陳主任"), testkit.See(".card", "青溪同鄉會"), testkit.See(".card", "管理員"), testkit.See(".login", "lin.xiuying"))
	c.leads(c.post(pathOf(l), "password", goodPassword, "again", goodPassword), "/office/account/second-step")
	c.sees(c.get("/office/account/second-step"), 200, testkit.See(".cards", "手機驗證碼"), testkit.NotSee(".cards", "設定通行密鑰"))
	c.sees(c.get(pathOf(l)), 409)
	c.sees(c.get("/office/settings"), 403, testkit.See("h1", "權限"))

	// Codes on a phone open her role.
	a := c.post("/office/account/codes/begin")
	c.sees(a, 200, testkit.Count("svg.qr", 1), testkit.See(".secret", ""))
	secret := strings.ReplaceAll(testkit.Find(t, a.Body, ".secret"), " ", "")
	wrong := c.post("/office/account/codes", "ceremony", hidden(t, a.Body, "ceremony"), "code", "000000")
	c.sees(wrong, 422, testkit.See(".wrong", "驗證碼不對"), testkit.Count("svg.qr", 1))
	code, _ := totp.GenerateCode(secret, clock.Now())
	a = c.post("/office/account/codes", "ceremony", hidden(t, wrong.Body, "ceremony"), "code", code)
	c.sees(a, 200, testkit.Count(".recovery li", 10), testkit.Count(`a[download][href^="data:text/plain"]`, 1))
	recovery := testkit.Find(t, a.Body, ".recovery li:nth-child(2)")
	c.sees(c.get("/office/settings"), 200)

	// From now on a password asks for a code.
	d := h.caller()
	a = d.post("/office/sign-in", "login", "lin.xiuying", "password", goodPassword, "next", "/office/settings")
	d.sees(a, 200, testkit.See("h1", "驗證碼"))
	a = d.post("/office/sign-in/code", "ceremony", hidden(t, a.Body, "ceremony"), "code", "123456", "next", "/office/settings")
	d.sees(a, 422, testkit.See(".wrong", "驗證碼不對"))
	d.leads(d.post("/office/sign-in/code", "ceremony", hidden(t, a.Body, "ceremony"), "code", recovery, "next", "/office/settings"), "/office/settings")
	d.sees(d.post("/office/sign-in/code", "ceremony", hidden(t, a.Body, "ceremony"), "code", recovery), 422, testkit.See(".problem", "重新開始"))

	// A while later the account asks for a fresh proof.
	clock.Advance(time.Hour)
	d.leads(d.get("/office/account/password"), "/office/verify?next=%2Foffice%2Faccount%2Fpassword")
	d.sees(d.get("/office/verify?next=/office/account/password"), 200, testkit.Count("#password", 1), testkit.Count("#code", 1))
	code, _ = totp.GenerateCode(secret, clock.Now())
	before := d.jar["huiguan_session"].Value
	d.sees(d.post("/office/verify", "password", "not this one", "code", code), 422, testkit.See(".wrong", "密碼不對"))
	d.leads(d.post("/office/verify", "password", goodPassword, "code", code, "next", "/office/account/password"), "/office/account/password")
	if d.jar["huiguan_session"].Value == before {
		t.Error("a fresh proof gives the session no new secret")
	}
	d.leads(d.post("/office/account/password", "password", "又一個很長很長的密碼", "again", "又一個很長很長的密碼"), "/office/account?done=account.done_password_changed")
	c.leads(c.get("/office/"), "/office/sign-in?next=%2Foffice%2F")
	d.sees(d.get("/office/account"), 200)
}

// Names, sessions, and other people's sessions.
func TestAccountPage(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	h.password("lin.xiuying", "")
	h.password("chen", "")
	c, other, chen := h.caller(), h.caller(), h.caller()
	other.headers["User-Agent"] = "Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0"
	for name, one := range map[string]*caller{"lin.xiuying": c, "chen": chen} {
		one.leads(one.post("/office/sign-in", "login", name, "password", goodPassword), "/office/")
	}
	other.post("/office/sign-in", "login", "lin.xiuying", "password", goodPassword)
	c.leads(c.post("/office/account", "hant", " 林  秀英 ", "en", "Lin", "lang", "en"), "/office/account?done=account.done_saved")
	c.sees(c.get("/office/account?done=account.done_saved"), 200, testkit.See(".notice", "Saved"), testkit.Attr(`input[name="hant"]`, "value", "林 秀英"), testkit.See(".rows", "Firefox · Android"))
	c.sees(c.post("/office/account", "lang", "en"), 422, testkit.Attr(`input[name="hant"]`, "aria-invalid", "true"))
	a := c.get("/office/account")
	mine := hidden(t, a.Body, "session")
	chen.leads(chen.post("/office/account/sessions/end", "session", mine), "/office/account?done=account.done_ended") // says nothing, does nothing
	other.sees(other.get("/office/account"), 200)
	c.leads(c.post("/office/account/sessions/end", "session", mine), "/office/account?done=account.done_ended")
	other.leads(other.get("/office/account"), "/office/sign-in?next=%2Foffice%2Faccount")
	for _, lang := range locale.Langs {
		c.post("/office/language", "lang", string(lang))
		for _, path := range []string{"/office/account", "/office/account/password", "/office/account/passkeys", "/office/account/codes", "/office/account/second-step", "/office/verify"} {
			c.sees(c.get(path), 200, testkit.Attr("html", "lang", string(lang)))
		}
	}
}

// A passkey by the pages' own requests, as the script makes them.
func TestPasskeyPages(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	h.address("https://huiguan.example")
	id := h.hire("lin.xiuying", access.Administrator)
	l, err := h.gate.Invite(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	rp := virtualwebauthn.RelyingParty{ID: "huiguan.example", Origin: "https://huiguan.example"}
	phone, key := virtualwebauthn.NewAuthenticator(), testkit.Passkey()
	begin := func(c *caller, path string) people.Challenge {
		a := c.post(path)
		var ch people.Challenge
		if err := json.Unmarshal(a.Body, &ch); err != nil || ch.Ceremony == "" {
			t.Fatalf("%d %s %v", a.Status, a.Body, err)
		}
		return ch
	}
	c := h.caller()
	c.sees(c.get(pathOf(l)), 200, testkit.Attr("form.passkey", "data-passkey", "create"))
	ch := begin(c, pathOf(l)+"/begin")
	options, _ := virtualwebauthn.ParseAttestationOptions(string(ch.Options))
	phone.Options.UserHandle = []byte(options.UserID)
	c.leads(c.post(pathOf(l)+"/passkey", "ceremony", string(ch.Ceremony), "answer", virtualwebauthn.CreateAttestationResponse(rp, phone, key, *options)), "/office/")
	c.sees(c.get("/office/settings"), 200)
	c.sees(c.get("/office/account/passkeys"), 200, testkit.Count(".rows li", 1))

	d := h.caller()
	ch = begin(d, "/office/sign-in/begin")
	get, _ := virtualwebauthn.ParseAssertionOptions(string(ch.Options))
	key.Counter++
	said := virtualwebauthn.CreateAssertionResponse(rp, phone, key, *get)
	d.sees(d.post("/office/sign-in/passkey", "ceremony", "forged", "answer", said), 422, testkit.See(".problem", "重新開始"))
	d.leads(d.post("/office/sign-in/passkey", "ceremony", string(ch.Ceremony), "answer", said, "next", "/office/account"), "/office/account")
	d.sees(d.get("/office/account"), 200)
	a := d.post("/office/account/passkeys/remove", "key", hidden(t, d.get("/office/account/passkeys").Body, "key"))
	d.sees(a, 409, testkit.See(".problem", "唯一"))

	h.address("https://192.0.2.7")
	a = d.post("/office/sign-in/begin")
	if a.Status != http.StatusConflict || !strings.Contains(string(a.Body), "192.0.2.7") {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

// The set-up asks for the code of the console, and is over once somebody can sign in.
func TestSetUpPages(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	c := h.caller()
	c.leads(c.get("/office/sign-in"), "/office/set-up")
	c.sees(c.get("/office/set-up"), 200, testkit.Count("#code", 1), testkit.Count("#title", 0))
	c.sees(c.post("/office/set-up", "code", "AAAA", "name", "陳主任", "login", "chen"), 422, testkit.See(".wrong", "設定碼不對"), testkit.Attr("#name", "value", "陳主任"))
	code := h.gate.OfferSetup()
	c.sees(c.post("/office/set-up", "code", code, "name", "陳主任", "login", "A b"), 422, testkit.Attr("#login", "aria-invalid", "true"))
	a := c.post("/office/set-up", "code", code, "name", "陳主任", "login", "chen")
	if to := a.Header.Get("Location"); a.Status != http.StatusSeeOther || !strings.HasPrefix(to, "/office/join/") {
		t.Fatalf("%d %s", a.Status, to)
	}
	c.leads(c.post(a.Header.Get("Location"), "password", goodPassword, "again", goodPassword), "/office/account/second-step")
	c.leads(h.caller().get("/office/set-up"), "/office/sign-in")
	c.sees(h.caller().post("/office/set-up", "code", code, "name", "別人", "login", "other"), 409, testkit.See(".problem", "到此為止"))
}

// A network that guesses is stopped; the known browser comes in.
func TestGuessingOverHTTP(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	h.password("lin.xiuying", "")
	mine := h.caller()
	mine.leads(mine.post("/office/sign-in", "login", "lin.xiuying", "password", goodPassword), "/office/")
	looked, stopped := 0, 0
	for i := range 1000 {
		c := h.caller()
		c.remote = fmt.Sprintf("127.%d.%d.9:1", i%4, i%250)
		c.headers["X-Forwarded-For"] = fmt.Sprintf("203.0.%d.1", i%250) // nobody trusts it
		switch a := c.post("/office/sign-in", "login", "lin.xiuying", "password", fmt.Sprintf("guess number %d", i)); a.Status {
		case http.StatusUnprocessableEntity:
			looked++
		case http.StatusTooManyRequests:
			stopped++
		default:
			t.Fatalf("%d", a.Status)
		}
	}
	mine.post("/office/sign-out")
	mine.leads(mine.post("/office/sign-in", "login", "lin.xiuying", "password", goodPassword), "/office/")
	t.Logf("RESULT guessing_http guesses=1000 looked_at=%d stopped=%d owner_in=true", looked, stopped)
	if looked > 10 {
		t.Errorf("%d guesses were looked at", looked)
	}
}

// The link of the demo lets in, in this process and no other.
func TestDemoSeat(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	seat := h.gate.OfferSeat(h.hire("lin.xiuying", access.Administrator))
	c := h.caller()
	c.sees(c.get("/office/demo/"+string(seat)), 200, testkit.See(".lede", "林秀英"))
	c.sees(c.get("/office/demo/forged"), 404)
	c.sees(c.post("/office/demo/forged"), 404)
	c.leads(c.post("/office/demo/"+string(seat)), "/office/")
	c.sees(c.get("/office/settings"), 200)
}
