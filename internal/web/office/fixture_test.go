package office_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/jobs"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/mail"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/orgtable"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/seal"
	"github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/web/office"
)

// hall is a small federation with its office: a root, two cities, a county and
// two towns.
type hall struct {
	*testing.T
	clock   *testkit.Clock
	db      *db.DB
	org     *org.Store
	people  *people.Store
	gate    *people.Gate
	office  *office.Office
	orgs    map[string]ident.Org // by path
	draft   ident.Article
	letters []people.Letter
	jobs    *jobs.Queue
	mail    *mail.Store
}

func newHall(t *testing.T, d *db.DB, clock *testkit.Clock) *hall {
	t.Helper()
	h := &hall{T: t, clock: clock, db: d, org: org.NewStore(d), people: people.NewStore(d), orgs: map[string]ident.Org{}}
	root, err := h.org.Init(t.Context(), org.InitParams{Names: org.Names{Hant: "青溪同鄉會", En: "Qingxi Association"}})
	if err != nil {
		t.Fatal(err)
	}
	h.orgs[""] = root.ID
	for _, one := range []struct{ path, kind, hant, en string }{
		{"lanjiang/", "city", "蘭江市同鄉會", "Lanjiang"}, {"heshan/", "city", "鶴山市同鄉會", "Heshan"},
		{"lanjiang/yunpu/", "county", "雲浦縣同鄉會", "Yunpu"},
		{"lanjiang/yunpu/shatou/", "town", "沙頭鎮同鄉會", "Shatou"}, {"lanjiang/yunpu/baishi/", "town", "白石鎮同鄉會", "Baishi"},
	} {
		parent, slug := filepath.Split(strings.TrimSuffix(one.path, "/"))
		o, err := h.org.Create(t.Context(), org.CreateParams{Parent: h.orgs[parent], Slug: slug, Kind: one.kind, Names: org.Names{Hant: one.hant, En: one.en}})
		if err != nil {
			t.Fatal(err)
		}
		h.orgs[one.path] = o.ID
	}
	if h.jobs, err = jobs.Open(t.Context(), jobs.Config{DB: d, Clock: clock.Now}); err != nil {
		t.Fatal(err)
	}
	orgtable.Register(h.jobs, d)
	h.mail = mail.NewStore(d, mail.Setup{})
	h.gate = people.NewGate(d, people.GateConfig{Keys: seal.Open(t.TempDir()), Post: h, Cost: people.Cost{KiB: 64, Passes: 1, Threads: 1}})
	h.gate.Register(h.jobs)
	h.office, err = office.New(office.Config{
		Org: h.org, People: h.people, Guard: people.NewGuard(d), Gate: h.gate, Press: press.NewPublic(d), Workroom: press.NewWorkroom(d), Sites: sites{h.org},
		Jobs: h.jobs, Tables: orgtable.NewStore(d), Mail: h.mail, Trail: audit.NewReader(d),
		Logger: slog.New(slog.DiscardHandler), Now: d.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// work does what is queued.
func (h *hall) work() {
	h.Helper()
	if _, err := h.jobs.Drain(h.Context()); err != nil {
		h.Fatal(err)
	}
}

// sites keeps settings; pictures are app's business.
type sites struct{ org *org.Store }

func (s sites) SetProfile(ctx context.Context, of ident.Org, p org.Profile, _ []byte) error {
	return s.org.SetProfile(ctx, of, p)
}

func (s sites) SetSite(ctx context.Context, site org.Site, _, _ []byte) error {
	return s.org.SetSite(ctx, site)
}

// Post keeps the last letter that would go out.
func (h *hall) Post(_ context.Context, _ *db.Tx, l people.Letter) error {
	h.letters = append(h.letters, l)
	return nil
}

// furnish adds a topic that asks two towns, and a draft that one of them wrote.
func (h *hall) furnish() {
	h.Helper()
	testkit.Tx(h, h.db, func(ctx context.Context, tx *db.Tx) error {
		_, err := press.CreateTopic(ctx, tx, press.TopicParams{
			Org: h.orgs[""], Slug: "moon", Titles: org.Names{Hant: "月圓人團圓", En: "Reunion under the moon"}, AskedAt: tx.Now(),
			Deadline: tx.Now().AddDate(0, 0, 7), Under: []ident.Org{h.orgs[""]}, Kinds: []string{"town"},
		})
		if err != nil {
			return err
		}
		a, err := press.CreateArticle(ctx, tx, press.ArticleParams{
			Org: h.orgs["lanjiang/yunpu/shatou/"], Title: "沙頭鎮同鄉會舉行中秋座談", Lang: locale.Hant, State: press.Draft,
			Body: markup.FromText("五月一日，沙頭鎮同鄉會在會館舉行座談，三十八人到會。"),
		})
		h.draft = a.ID
		return err
	})
}

// desk is one person's browser.
type desk struct {
	*hall
	person ident.Person
	cookie *http.Cookie
	lang   locale.Lang // of who is not signed in; "": as the browser asks
}

// seat makes a person with a role ("": none) and signs her in with a passkey.
func (h *hall) seat(name string, role access.Role, path string, below bool) *desk {
	h.Helper()
	var secret people.Secret
	var id ident.Person
	testkit.Tx(h, h.db, func(ctx context.Context, tx *db.Tx) error {
		p, err := people.Create(ctx, tx, h.orgs[path], org.Names{Hant: name}, locale.Hant)
		if err != nil {
			return err
		}
		id = p.ID
		if err := people.CreateAccount(ctx, tx, id, string(id), ""); err != nil {
			return err
		}
		if role == access.Administrator {
			if err := testkit.Join(ctx, tx, id); err != nil {
				return err
			}
		}
		if role != "" {
			if _, err := people.Give(ctx, tx, people.GiveParams{Person: id, Org: h.orgs[path], Role: role, Below: below}); err != nil {
				return err
			}
		}
		secret, err = people.StartSession(ctx, tx, id, people.ByPasskey, "test")
		return err
	})
	return &desk{hall: h, person: id, cookie: &http.Cookie{Name: "huiguan_session", Value: string(secret)}}
}

// answer is what the office said.
type answer struct {
	Status int
	Header http.Header
	Body   []byte
}

func (d *desk) send(r *http.Request) answer {
	d.Helper()
	if d.cookie != nil {
		r.AddCookie(d.cookie)
		r.AddCookie(&http.Cookie{Name: "__Host-" + d.cookie.Name, Value: d.cookie.Value}) // whichever the site's address asks for
	}
	w := httptest.NewRecorder()
	d.office.ServeHTTP(w, r)
	body, _ := io.ReadAll(w.Body)
	return answer{w.Code, w.Header(), body}
}

// get opens a page.
func (d *desk) get(path string) answer {
	d.Helper()
	return d.send(httptest.NewRequestWithContext(d.Context(), http.MethodGet, path, nil))
}

// post sends a form with a key of its own.
func (d *desk) post(path string, form url.Values) answer {
	d.Helper()
	if form.Get("form_key") == "" {
		form.Set("form_key", string(ident.New[ident.Letter](d.clock.Now())))
	}
	r := httptest.NewRequestWithContext(d.Context(), http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return d.send(r)
}

// see opens a page that must be there, and checks it.
func (d *desk) see(path string, checks ...testkit.PageCheck) {
	d.Helper()
	a := d.get(path)
	if a.Status != http.StatusOK {
		d.Fatalf("GET %s: %d %s", path, a.Status, a.Header.Get("Location"))
	}
	testkit.CheckPage(d, a.Body, checks...)
}
