package people

import (
	"context"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/seal"
	"github.com/huiguan/huiguan/internal/testkit"
)

const good = "月光照在青溪的石橋上"

// Passwords that everybody tries, or that say who she is, are refused.
func TestPasswords(t *testing.T) {
	t.Parallel()
	p, a := Person{Names: org.Names{Hant: "歐陽娜娜", En: "Nana Ouyang-Smith"}}, Account{Login: "nana.ouyang@mail.example", Email: "other@mail.example"}
	for _, c := range []struct{ password, want string }{
		{good, ""}, {"correct horse battery", ""}, {strings.Repeat("abcde", 40), ""},
		{"short", "account.password_short"}, {"九個字的密碼不夠長", "account.password_short"}, {"", "account.password_short"},
		{strings.Repeat("abcde", 41), "account.password_long"},
		{"1234567890", "account.password_common"}, {"Password123", "account.password_common"}, {"woaini1314520", "account.password_common"},
		{"aaaaaaaaaaaaa", "account.password_common"}, {"ababababababab", "account.password_common"}, {"qwerty 12345", "account.password_common"},
		{"nana.ouyang@mail.example", "account.password_own"}, {"Nana.Ouyang", "account.password_own"}, {"nana.ouyang1982", "account.password_own"},
		{"nana ouyang-smith", "account.password_own"}, {"NanaOuyang-Smith!", "account.password_own"}, {"other@mail.example", "account.password_own"},
	} {
		err := checkPassword(c.password, p, a)
		if e := fault.As(err); (c.want == "") != (err == nil) || e != nil && e.Key != c.want {
			t.Errorf("%q: %v, want %s", c.password, err, c.want)
		}
	}
}

// A hash opens for its password, in any way of writing the same signs, and is
// made anew when the cost has changed.
func TestHashes(t *testing.T) {
	t.Parallel()
	h := newHasher(cheap())
	stored, err := h.hash(t.Context(), "caf\u00e9 au lait")
	if err != nil || !strings.HasPrefix(stored, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Fatal(stored, err)
	}
	for _, c := range []struct {
		h      *hasher
		stored string
		typed  string
		ok     bool
		stale  bool
	}{
		{h, stored, "café au lait", true, false}, {h, stored, "cafe\u0301 au lait", true, false}, {h, stored, "cafe au lait", false, false},
		{h, "", "café au lait", false, false}, {newHasher(Cost{KiB: 128, Passes: 1, Threads: 1}), stored, "café au lait", true, true},
	} {
		if ok, stale, err := c.h.check(t.Context(), true, c.stored, c.typed); err != nil || ok != c.ok || ok && stale != c.stale {
			t.Errorf("%q: %v %v %v", c.typed, ok, stale, err)
		}
	}
	for _, s := range []string{"x", "$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA", strings.Replace(stored, "m=64", "m=4294967295", 1), stored + "$"} {
		if _, _, err := h.check(t.Context(), true, s, "x"); err == nil {
			t.Errorf("%q is taken for a hash", s)
		}
	}
	if usual() != (Cost{KiB: 65536, Passes: 1, Threads: 2}) {
		t.Errorf("the usual cost is %+v", usual())
	}
}

// Strangers beyond a short line are sent away, and keep no known browser waiting.
func TestStrangersWaitInLine(t *testing.T) {
	t.Parallel()
	h := newHasher(cheap())
	h.strangers <- struct{}{} // a stranger is being served
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, inLine)
	for range inLine {
		go func() { done <- h.turn(ctx, false, func() {}) }()
	}
	for h.waiting.Load() < inLine {
		select {
		case err := <-done:
			t.Fatal(err)
		case <-time.After(time.Millisecond):
		}
	}
	if err := h.turn(ctx, false, func() {}); !fault.Is(err, fault.Unavailable) {
		t.Errorf("one more: %v", err)
	}
	if err := h.turn(ctx, true, func() {}); err != nil {
		t.Errorf("a known browser: %v", err)
	}
	cancel()
	for range inLine {
		if err := <-done; err == nil {
			t.Error("served without a place")
		}
	}
}

// A code counts once, in any spelling, a little early or late.
func TestCodes(t *testing.T) {
	t.Parallel()
	const secret = "JBSWY3DPEHPK3PXP"
	at := time.Date(2026, 5, 1, 12, 0, 5, 0, time.UTC)
	code := func(at time.Time) string { s, _ := totp.GenerateCode(secret, at); return s }
	now := at.Unix() / codeStep
	for _, c := range []struct {
		name, code string
		last       int64
		step       int64
		ok         bool
	}{
		{"now", code(at), 0, now, true}, {"half a minute slow", code(at.Add(-30 * time.Second)), 0, now - 1, true},
		{"half a minute fast", code(at.Add(30 * time.Second)), 0, now + 1, true},
		{"a minute slow", code(at.Add(-time.Minute)), 0, 0, false}, {"a minute fast", code(at.Add(time.Minute)), 0, 0, false},
		{"used", code(at), now, 0, false}, {"older than one used", code(at.Add(-30 * time.Second)), now, 0, false},
		{"empty", "", 0, 0, false}, {"letters", "abcdef", 0, 0, false},
	} {
		if step, ok := stepOf(secret, c.code, at, c.last); ok != c.ok || step != c.step {
			t.Errorf("%s: %d %v", c.name, step, ok)
		}
	}
	for in, want := range map[string]string{"123 456": "123456", "１２３４５６": "123456", "123-456": "123456", "ABCD-EFGH-OIL0-1234": "abcdefgh01101234"} {
		if got := tidyCode(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}

// Networks are what budgets count by.
func TestNetworks(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"192.0.2.77": "192.0.2.0/24", "::ffff:192.0.2.77": "192.0.2.0/24", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64",
	} {
		if got := NetworkOf(netip.MustParseAddr(in)); got != want {
			t.Errorf("%s: %s", in, got)
		}
	}
	if NetworkOf(netip.Addr{}) != "unknown" {
		t.Error("no address")
	}
}

// To whom passkeys are given, and why not.
func TestRelyingParty(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ base, id, origin, why string }{
		{"https://hall.example", "hall.example", "https://hall.example", ""}, {"https://hall.example:8443", "hall.example", "https://hall.example:8443", ""},
		{"http://localhost:8080", "localhost", "http://localhost:8080", ""}, {"http://hall.example", "", "", "account.no_passkeys_plain"},
		{"https://192.0.2.7", "", "", "account.no_passkeys_number"}, {"http://127.0.0.1:8080", "", "", "account.no_passkeys_number"},
		{"https://[2001:db8::1]", "", "", "account.no_passkeys_number"}, {"", "", "", "account.no_passkeys_address"},
	} {
		id, origin, err := relyingParty(c.base)
		if e := fault.As(err); id != c.id || origin != c.origin || (err != nil) != (c.why != "") || e != nil && e.Key != c.why {
			t.Errorf("%s: %s %s %v", c.base, id, origin, err)
		}
	}
}

// What her sessions are called.
func TestShortAgent(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0":                                                                     "Firefox · Android",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1":  "Safari · iPhone",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0":            "Edge · Windows",
		"Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120 Mobile Safari/537.36 MicroMessenger/8.0.50": "WeChat · Android",
		"curl/8.5.0": "curl", "": "", "<script>": "",
	} {
		if got := ShortAgent(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}

// A password opens a session; the one the browser held ends, and what was not
// given by us opens nothing.
func TestSignIn(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, h *house) {
		id := h.person("lin.xiuying", good, "")
		ctx := t.Context()
		for _, c := range [][2]string{{"lin.xiuying", "not this one"}, {"nobody", good}, {"", ""}, {"lin.xiuying", ""}} {
			_, err := h.gate.SignIn(ctx, here, c[0], c[1])
			h.refused(err, "account.wrong")
		}
		v := here
		v.Session = "fixed-by-somebody-else"
		e, err := h.gate.SignIn(ctx, v, " Lin.Xiuying ", good)
		h.must(err)
		if e.Session == v.Session || e.Person != id || e.Waiting || e.Device == "" {
			t.Errorf("%+v", e)
		}
		if h.open(v.Session) {
			t.Error("a session that was brought along opens")
		}
		if p := h.who(e.Session); p.Factors != ByPassword {
			t.Errorf("%+v", p)
		}
		v.Session, v.Device = e.Session, e.Device
		again, err := h.gate.SignIn(ctx, v, "lin.xiuying", good)
		h.must(err)
		if again.Session == e.Session || h.open(e.Session) || !h.open(again.Session) || again.Device != e.Device {
			t.Error("signing in again goes on with the old session")
		}
		who := h.who(again.Session)
		h.must(h.gate.SignOut(ctx, who))
		if h.open(again.Session) {
			t.Error("a session opens after signing out")
		}
		third, err := h.gate.SignIn(ctx, v, "lin.xiuying", good)
		h.must(err)
		h.must(h.store.Suspend(ctx, id))
		if h.open(third.Session) {
			t.Error("a suspended account has a session")
		}
		_, err = h.gate.SignIn(ctx, here, "lin.xiuying", good)
		h.refused(err, "account.wrong")
		h.must(h.store.Resume(ctx, id))
		_, err = h.gate.SignIn(ctx, here, "lin.xiuying", good)
		h.must(err)
	})
}

// Known or not, a name costs one hash; and one hash is all a try costs.
func TestUnknownNamesCostTheSame(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHouse(t, testkit.SQLite(t, clock), clock)
	h.person("lin.xiuying", good, "")
	h.person("no.password", "", "")
	for _, login := range []string{"lin.xiuying", "no.password", "nobody"} {
		before := h.gate.hasher.made.Load()
		_, err := h.gate.SignIn(t.Context(), here, login, "not this one")
		h.refused(err, "account.wrong")
		if n := h.gate.hasher.made.Load() - before; n != 1 {
			t.Errorf("%s: %d hashes", login, n)
		}
	}
}

// A stored hash of an older cost is made anew when its password is typed.
func TestRehash(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHouse(t, testkit.SQLite(t, clock), clock)
	id := h.person("lin.xiuying", good, "")
	h.gate.hasher = newHasher(Cost{KiB: 128, Passes: 1, Threads: 1})
	_, err := h.gate.SignIn(t.Context(), here, "lin.xiuying", good)
	h.must(err)
	a, err := LoadAccount(t.Context(), h.db, id)
	if h.must(err); !strings.Contains(a.Password, "m=128,") {
		t.Error(a.Password)
	}
	_, err = h.gate.SignIn(t.Context(), here, "lin.xiuying", good)
	h.must(err)
}

// withCodes sets up codes for who is signed in, and returns secret and recovery codes.
func (h *house) withCodes(s Secret) (string, CodesSet) {
	h.Helper()
	who := h.who(s)
	c, err := h.gate.BeginCodes(h.Context(), who)
	h.must(err)
	code, _ := totp.GenerateCode(string(c.Secret), h.clock.Now())
	set, err := h.gate.ConfirmCodes(h.Context(), who, c.Ceremony, code)
	h.must(err)
	return string(c.Secret), set
}

// A database that came without its keys is found out before anybody needs a code.
func TestCodesWithoutKeys(t *testing.T) {
	eachEngine(t, func(t *testing.T, h *house) {
		h.person("lin.xiuying", good, access.Administrator)
		e, err := h.gate.SignIn(t.Context(), Visitor{Network: "192.0.2.1"}, "lin.xiuying", good)
		h.must(err)
		h.withCodes(e.Session)
		if sealed, unreadable, err := h.gate.CheckCodes(t.Context()); err != nil || sealed != 1 || unreadable != 0 {
			t.Errorf("%d sealed, %d unreadable, %v", sealed, unreadable, err)
		}
		other := NewGate(h.db, GateConfig{Keys: seal.Open(t.TempDir()), Cost: cheap()})
		if sealed, unreadable, err := other.CheckCodes(t.Context()); err != nil || sealed != 1 || unreadable != 1 {
			t.Errorf("without the key: %d sealed, %d unreadable, %v", sealed, unreadable, err)
		}
	})
}

// An administrator's roles stay closed until she proves two things.
func TestSecondStep(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, h *house) {
		guard := NewGuard(h.db)
		ctx := t.Context()
		id := h.person("lin.xiuying", good, access.Administrator)
		e, err := h.gate.SignIn(ctx, here, "lin.xiuying", good)
		h.must(err)
		if !e.Waiting {
			t.Error("she is not told that a role waits")
		}
		if d, err := guard.Decide(ctx, h.who(e.Session), Need{Action: access.SettingsEdit}); err != nil || d.Reason != access.SecondStep {
			t.Errorf("%+v %v", d, err)
		}
		secret, set := h.withCodes(e.Session)
		if len(set.Recovery) != 10 || h.open(e.Session) {
			t.Error("the session goes on under its old secret")
		}
		h.must(guard.Check(ctx, h.who(set.Session), Need{Action: access.SettingsEdit}))
		stored, err := LoadAccount(ctx, h.db, id)
		if h.must(err); strings.Contains(stored.TOTP, secret) || stored.TOTP == "" {
			t.Error("the secret is not sealed")
		}

		// The next time the password asks for a code.
		e, err = h.gate.SignIn(ctx, here, "lin.xiuying", good)
		h.must(err)
		if e.Session != "" || e.Ceremony == "" {
			t.Fatalf("%+v", e)
		}
		now, _ := totp.GenerateCode(secret, h.clock.Now())
		e2, err := h.gate.SignInCode(ctx, here, e.Ceremony, now) // used up by the set-up
		h.refused(err, "account.code_wrong")
		_, err = h.gate.SignInCode(ctx, here, e.Ceremony, now)
		h.refused(err, "account.ceremony_over")
		h.clock.Advance(30 * time.Second)
		next, _ := totp.GenerateCode(secret, h.clock.Now())
		e, err = h.gate.SignInCode(ctx, here, e2.Ceremony, next[:3]+" "+next[3:])
		h.must(err)
		if p := h.who(e.Session); p.Factors != ByBoth {
			t.Errorf("%+v", p)
		}

		// A recovery code does once.
		for i, want := range []string{"", "account.code_wrong"} {
			e, err = h.gate.SignIn(ctx, here, "lin.xiuying", good)
			h.must(err)
			_, err = h.gate.SignInCode(ctx, here, e.Ceremony, strings.ToUpper(set.Recovery[3]))
			if want == "" {
				h.must(err)
			} else {
				h.refused(err, want)
			}
			if n, err := h.gate.RecoveryLeft(ctx, id); err != nil || n != 9 {
				t.Errorf("%d: %d left %v", i, n, err)
			}
		}

		// A ceremony lasts five minutes.
		e, err = h.gate.SignIn(ctx, here, "lin.xiuying", good)
		h.must(err)
		h.clock.Advance(ceremonyTime)
		_, err = h.gate.SignInCode(ctx, here, e.Ceremony, set.Recovery[4])
		h.refused(err, "account.ceremony_over")
	})
}

// Who stole a password cannot make herself a second factor where there is one.
func TestStolenPasswordMakesNoFactor(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHouse(t, testkit.SQLite(t, clock), clock)
	id := h.person("lin.xiuying", "", access.Administrator)
	mine := newPhone()
	strong := h.who(h.enrol(id, mine).Session)
	h.must(h.gate.SetPassword(t.Context(), id, good))
	e, err := h.gate.SignIn(t.Context(), here, "lin.xiuying", good)
	h.must(err)
	thief := h.who(e.Session)
	_, err = h.gate.BeginCodes(t.Context(), thief)
	h.refused(err, "account.change_needs_second")
	_, err = h.gate.BeginOwnPasskey(t.Context(), thief)
	h.refused(err, "account.change_needs_second")
	_, err = h.gate.ChangePassword(t.Context(), here, thief, "另外一個很長的密碼喔")
	h.refused(err, "account.change_needs_second")
	_, err = h.gate.Verify(t.Context(), here, thief, good, "")
	h.refused(err, "account.verify_passkey")
	keys, err := h.gate.Passkeys(t.Context(), id)
	h.must(err)
	h.refused(h.gate.RemovePasskey(t.Context(), thief, keys[0].ID), "account.change_needs_second")
	_ = strong
}

// A new password ends every other session, and makes other browsers strangers.
func TestChangePassword(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, h *house) {
		id := h.person("lin.xiuying", good, "")
		first, err := h.gate.SignIn(t.Context(), here, "lin.xiuying", good)
		h.must(err)
		second, err := h.gate.SignIn(t.Context(), here, "lin.xiuying", good)
		h.must(err)
		v := here
		v.Device = second.Device
		_, err = h.gate.ChangePassword(t.Context(), v, h.who(second.Session), "1234567890")
		h.refused(err, "account.password_common")
		s, err := h.gate.ChangePassword(t.Context(), v, h.who(second.Session), "另外一個很長的密碼喔")
		h.must(err)
		if h.open(first.Session) || h.open(second.Session) || !h.open(s) {
			t.Error("sessions")
		}
		if k, _ := known(t.Context(), h.db, h.clock.Now(), first.Device, id); k {
			t.Error("the other browser is still known")
		}
		if k, _ := known(t.Context(), h.db, h.clock.Now(), second.Device, id); !k {
			t.Error("her own browser is not")
		}
		_, err = h.gate.SignIn(t.Context(), here, "lin.xiuying", good)
		h.refused(err, "account.wrong")
	})
}

// A link opens once, for a while, and older ones are void.
func TestTickets(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		id := h.person("lin.xiuying", "", access.Correspondent)
		old, err := h.gate.Invite(ctx, id)
		h.must(err)
		l, err := h.gate.Invite(ctx, id)
		h.must(err)
		if !strings.HasPrefix(string(l.Address), site+"/office/join/") || len(ticketIn(l.Address)) != 43 || !l.Sent {
			t.Errorf("%s", string(l.Address))
		}
		if last := h.box.letters[1]; !strings.Contains(last.Body, string(l.Address)) || last.Recipient != "lin.xiuying@mail.example" || !strings.Contains(last.Subject, "青溪同鄉會") {
			t.Errorf("%+v", last.Subject)
		}
		_, err = h.gate.Join(ctx, here, ticketIn(old.Address), good)
		h.refused(err, "account.ticket_over")
		i, err := h.gate.Invitation(ctx, ticketIn(l.Address))
		if h.must(err); i.Person.ID != id || len(i.Grants) != 1 || i.By.ID != "" {
			t.Errorf("%+v", i)
		}
		_, err = h.gate.Join(ctx, here, ticketIn(l.Address), "1234567890")
		h.refused(err, "account.password_common")
		e, err := h.gate.Join(ctx, here, ticketIn(l.Address), good)
		h.must(err)
		h.who(e.Session)
		_, err = h.gate.Join(ctx, here, ticketIn(l.Address), good)
		h.refused(err, "account.ticket_over")
		_, err = h.gate.Invite(ctx, id)
		h.refused(err, "account.joined_already")

		r, err := h.gate.Reset(ctx, id, false)
		h.must(err)
		_, err = h.gate.Join(ctx, here, ticketIn(r.Address), good) // each opens its own
		h.refused(err, "account.ticket_over")
		h.clock.Advance(time.Hour)
		h.refused(h.gate.FinishReset(ctx, ticketIn(r.Address), "另外一個很長的密碼喔"), "account.ticket_over")
		r, err = h.gate.Reset(ctx, id, false)
		h.must(err)
		h.must(h.gate.FinishReset(ctx, ticketIn(r.Address), "另外一個很長的密碼喔"))
		if h.open(e.Session) {
			t.Error("a session outlives a reset")
		}
		h.refused(h.gate.FinishReset(ctx, ticketIn(r.Address), "另外一個很長的密碼喔"), "account.ticket_over")
		_, err = h.gate.SignIn(ctx, here, "lin.xiuying", "另外一個很長的密碼喔")
		h.must(err)
		var stored []string
		h.must(h.db.Select(ctx, &stored, `SELECT hash FROM ticket`))
		for _, s := range stored {
			if strings.Contains(s, string(ticketIn(r.Address))) {
				t.Error("a ticket is stored as it is")
			}
		}
	})
}

// A reset leaves the second step alone; with all, everything goes.
func TestResetKeepsTheSecondStep(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHouse(t, testkit.SQLite(t, clock), clock)
	id := h.person("lin.xiuying", good, "")
	e, err := h.gate.SignIn(t.Context(), here, "lin.xiuying", good)
	h.must(err)
	h.withCodes(e.Session)
	for _, all := range []bool{false, true} {
		l, err := h.gate.Reset(t.Context(), id, all)
		h.must(err)
		h.must(h.gate.FinishReset(t.Context(), ticketIn(l.Address), "另外一個很長的密碼喔"))
		e, err := h.gate.SignIn(t.Context(), here, "lin.xiuying", "另外一個很長的密碼喔")
		h.must(err)
		if (e.Ceremony != "") == all {
			t.Errorf("all %v: %+v", all, e.Ceremony != "")
		}
	}
}

// Asking for a letter says nothing about who is here, and is bounded.
func TestAskReset(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, h *house) {
		h.person("lin.xiuying", good, "")
		for range 5 {
			for _, name := range []string{"lin.xiuying", "nobody", "nobody@mail.example"} {
				h.must(h.gate.AskReset(t.Context(), here, name))
			}
		}
		h.must(h.gate.AskReset(t.Context(), Visitor{Network: "198.51.100.0/24"}, "LIN.XIUYING@mail.example"))
		if len(h.box.letters) != 0 {
			t.Error("a letter while she waits tells who is here by the time it takes")
		}
		h.work()
		if n := len(h.box.letters); n != asksLogin+1 {
			t.Errorf("%d letters", n)
		}
		// Through the day strangers cannot use up what an address is sent, nor void what
		// an administrator handed over.
		var id ident.Person
		h.must(h.db.Get(t.Context(), &id, `SELECT person_id FROM account WHERE login = 'lin.xiuying'`))
		handed, err := h.gate.Reset(audit.WithActor(t.Context(), "cli"), id, false)
		h.must(err)
		h.box.letters = nil
		for range 10 {
			h.exec(`DELETE FROM attempt`)
			h.must(h.gate.AskReset(t.Context(), here, "lin.xiuying"))
			h.work()
		}
		if n := len(h.box.letters); n != asksPerson-asksLogin-1 {
			t.Errorf("%d more letters in a day", n)
		}
		_, err = h.gate.Resetting(t.Context(), ticketIn(handed.Address))
		h.must(err)
	})
}

// Who may not give what somebody has may not take her account either.
func TestNoAccountAboveOnesOwn(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHouse(t, testkit.SQLite(t, clock), clock)
	NewGuard(h.db)
	town, err := org.NewStore(h.db).Create(t.Context(), org.CreateParams{Parent: h.root, Slug: "town", Kind: "city", Names: org.Names{Hant: "瀾江市同鄉會"}})
	h.must(err)
	chief := h.person("chief", good, access.Administrator)
	local := h.person("local", good, "")
	helper := h.person("helper", good, "")
	_, err = h.store.Give(t.Context(), GiveParams{Person: local, Org: town.ID, Role: access.Administrator, Below: true})
	h.must(err)
	_, err = h.store.Give(t.Context(), GiveParams{Person: helper, Org: town.ID, Role: access.Correspondent})
	h.must(err)
	s, err := h.store.StartSession(t.Context(), local, ByPasskey, "")
	h.must(err)
	ctx := Require(h.as(h.who(s)))
	for _, id := range []ident.Person{chief} {
		_, err = h.gate.Reset(ctx, id, false)
		h.refused(err, "people.above_you")
		h.refused(h.store.Suspend(ctx, id), "people.above_you")
	}
	_, err = h.gate.Reset(ctx, helper, false)
	h.must(err)
	h.must(h.store.Suspend(ctx, helper))
	h.refused(h.store.Suspend(ctx, local), "account.suspend_self")
}

// The set-up makes the first administrator, for who reads the console, once.
func TestSetUp(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHouse(t, testkit.SQLite(t, clock), clock)
	ctx := t.Context()
	p := SetupParams{Name: org.Names{Hant: "陳主任"}, Lang: locale.Hant, Login: "chen", Code: "AAAA-AAAA-AAAA"}
	_, err := h.gate.SetUp(ctx, here, p)
	h.refused(err, "account.setup_code_wrong") // none was offered
	code := h.gate.OfferSetup()
	_, err = h.gate.SetUp(ctx, here, p)
	h.refused(err, "account.setup_code_wrong")
	p.Code = strings.ToLower(strings.ReplaceAll(code, "-", ""))
	_, err = h.gate.SetUp(ctx, here, p)
	h.must(err)
	l, err := h.gate.SetUp(ctx, here, p) // broken off, and begun again
	h.must(err)
	e, err := h.gate.Join(ctx, here, ticketIn(l.Address), good)
	if h.must(err); !e.Waiting {
		t.Error("the first administrator needs a second step")
	}
	_, err = h.gate.SetUp(ctx, here, p)
	h.refused(err, "account.setup_over")
	for i := 0; i <= triesSetup; i++ {
		p.Code = fmt.Sprintf("%04d", i)
		_, err = h.gate.SetUp(ctx, here, p)
	}
	h.refused(err, "account.too_many")
}
