package people

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/descope/virtualwebauthn"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/jobs"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/seal"
	"github.com/huiguan/huiguan/internal/testkit"
)

// cheap is a hash that costs nothing, for tests that are not about its cost.
func cheap() Cost { return Cost{KiB: 64, Passes: 1, Threads: 1} }

// box keeps the letters that were posted.
type box struct{ letters []Letter }

func (b *box) Post(_ context.Context, _ *db.Tx, l Letter) error {
	b.letters = append(b.letters, l)
	return nil
}

// house is a federation of one organisation with its gate.
type house struct {
	*testing.T
	db    *db.DB
	clock *testkit.Clock
	gate  *Gate
	queue *jobs.Queue
	store *Store
	root  ident.Org
	box   *box
}

const site = "https://huiguan.example"

func newHouse(t *testing.T, d *db.DB, clock *testkit.Clock) *house {
	t.Helper()
	h := &house{T: t, db: d, clock: clock, store: NewStore(d), box: &box{}}
	root, err := org.NewStore(d).Init(t.Context(), org.InitParams{Names: org.Names{Hant: "青溪同鄉會", En: "Qingxi"}, BaseURL: site})
	if err != nil {
		t.Fatal(err)
	}
	h.root = root.ID
	h.gate = NewGate(d, GateConfig{Keys: seal.Open(filepath.Join(t.TempDir(), "keys")), Post: h.box, Cost: cheap()})
	h.queue = testkit.Must[*jobs.Queue](t)(jobs.Open(t.Context(), jobs.Config{DB: d, Clock: clock.Now}))
	h.gate.Register(h.queue)
	return h
}

// work does what was queued.
func (h *house) work() {
	h.Helper()
	if _, err := h.queue.Drain(h.Context()); err != nil {
		h.Fatal(err)
	}
}

// person makes somebody with an account and, where given, a password.
func (h *house) person(login, password string, role access.Role) ident.Person {
	h.Helper()
	var id ident.Person
	testkit.Tx(h, h.db, func(ctx context.Context, tx *db.Tx) error {
		p, err := Create(ctx, tx, h.root, org.Names{Hant: "林秀英"}, locale.Hant)
		if err != nil {
			return err
		}
		id = p.ID
		if role != "" {
			if _, err := Give(ctx, tx, GiveParams{Person: id, Org: h.root, Role: role, Below: true}); err != nil {
				return err
			}
		}
		return CreateAccount(ctx, tx, id, login, login+"@mail.example")
	})
	if password != "" {
		h.must(h.gate.SetPassword(h.Context(), id, password))
	}
	return id
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// refused wants an error of that message.
func (h *house) refused(err error, key string) {
	h.Helper()
	if e := fault.As(err); e == nil || e.Key != key {
		h.Errorf("got %v, want %s", err, key)
	}
}

// who opens a session as a request does.
func (h *house) who(s Secret) Principal {
	h.Helper()
	p, ok, err := h.store.Open(h.Context(), s)
	if err != nil || !ok {
		h.Fatalf("the session does not open: %v", err)
	}
	return p
}

// open says whether a session's secret still opens something.
func (h *house) open(s Secret) bool {
	h.Helper()
	_, ok, err := h.store.Open(h.Context(), s)
	h.must(err)
	return ok
}

// as is the context of a request by somebody, about her own things.
func (h *house) as(p Principal) context.Context { return WithPrincipal(h.Context(), p) }

// ticketIn is the secret in a link.
func ticketIn(address Secret) Secret {
	u, _ := url.Parse(string(address))
	return Secret(u.Path[strings.LastIndexByte(u.Path, '/')+1:])
}

// phone is a telephone that makes and keeps passkeys.
type phone struct {
	rp   virtualwebauthn.RelyingParty
	auth virtualwebauthn.Authenticator
	cred virtualwebauthn.Credential
}

func newPhone() *phone {
	return &phone{
		rp:   virtualwebauthn.RelyingParty{ID: "huiguan.example", Name: "青溪同鄉會", Origin: site},
		auth: virtualwebauthn.NewAuthenticator(), cred: testkit.Passkey(),
	}
}

// create answers a challenge to make a passkey.
func (p *phone) create(c Challenge) string {
	options, err := virtualwebauthn.ParseAttestationOptions(string(c.Options))
	if err != nil {
		panic(err)
	}
	p.auth.Options.UserHandle = []byte(options.UserID)
	return virtualwebauthn.CreateAttestationResponse(p.rp, p.auth, p.cred, *options)
}

// get answers a challenge to use it; the counter rises each time.
func (p *phone) get(c Challenge) string {
	options, err := virtualwebauthn.ParseAssertionOptions(string(c.Options))
	if err != nil {
		panic(err)
	}
	p.cred.Counter++
	return virtualwebauthn.CreateAssertionResponse(p.rp, p.auth, p.cred, *options)
}

// enrol gives a person a passkey by way of an invitation, and lets her in.
func (h *house) enrol(id ident.Person, p *phone) Entry {
	h.Helper()
	l, err := h.gate.Invite(h.Context(), id)
	h.must(err)
	c, err := h.gate.BeginJoin(h.Context(), ticketIn(l.Address))
	h.must(err)
	e, err := h.gate.JoinPasskey(h.Context(), here, ticketIn(l.Address), Made{Ceremony: c.Ceremony, Answer: p.create(c), Name: "電話"})
	h.must(err)
	return e
}

var here = Visitor{Network: "192.0.2.0/24", Agent: "Firefox · Android"}

// exec runs a statement.
func (h *house) exec(query string, args ...any) {
	h.Helper()
	testkit.Tx(h, h.db, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, query, args...)
		return err
	})
}

// eachEngine runs a test on each engine, each with a clock of its own to move.
func eachEngine(t *testing.T, test func(*testing.T, *house)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		clock := testkit.NewClock("2026-05-01")
		test(t, newHouse(t, testkit.SQLite(t, clock), clock))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		clock := testkit.NewClock("2026-05-01")
		d, err := db.Open(t.Context(), db.Config{URL: testkit.PostgresURL(t), Clock: clock.Now})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = d.Close() })
		test(t, newHouse(t, d, clock))
	})
}
