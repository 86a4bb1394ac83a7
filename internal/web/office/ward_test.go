package office_test

import (
	"context"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// ward is a federation in which every kind of person stands in every relation to
// every kind of record, for the tests that ask each route about all of them.
//
// Whatever a request does is taken back: at the end of each transaction the ward
// looks at what was written, and refuses it. So a handler runs to its last line,
// and the next question finds the same federation.
type ward struct {
	*hall
	records map[string]record // by path of their organisation
	sealed  atomic.Bool       // nothing is kept any more
	// look is asked before a transaction is taken back.
	look func(context.Context, *db.Tx) error
}

// record names one of each at an organisation. Its texts stand nowhere else, so
// that a page which shows them shows the record.
type record struct {
	org     ident.Org
	person  ident.Person // who is looked after there
	grant   ident.Grant  // her role there
	held    ident.Held   // her office there
	article ident.Article
	name    string // hers
	title   string // of the draft
}

// home is the county in which most people of the ward have their roles. Around it
// stand all relations: above, below, beside, elsewhere.
const homePath = "lanjiang/yunpu/"

// parents is the tree as one would draw it; paths are not taken apart.
func parents() map[string]string {
	return map[string]string{
		"lanjiang/": "", "heshan/": "", homePath: "lanjiang/", "lanjiang/nanpu/": "lanjiang/", "lanjiang/yunpu/shatou/": homePath,
	}
}

// placesOf lists the organisations that have records, the root first.
func placesOf() []string {
	return []string{"", "lanjiang/", "heshan/", homePath, "lanjiang/nanpu/", "lanjiang/yunpu/shatou/"}
}

// errTakenBack ends every transaction of a sealed ward, as a conflict in what was
// sent would.
var errTakenBack = fault.New(fault.Conflict, "db.taken", nil)

func newWard(t *testing.T, d *db.DB, clock *testkit.Clock) *ward {
	t.Helper()
	w := &ward{hall: newHall(t, d, clock), records: map[string]record{}}
	beside, err := w.org.Create(t.Context(), org.CreateParams{Parent: w.orgs["lanjiang/"], Slug: "nanpu", Kind: "county", Names: org.Names{Hant: "南浦縣同鄉會"}})
	if err != nil {
		t.Fatal(err)
	}
	w.orgs["lanjiang/nanpu/"] = beside.ID
	for i, path := range placesOf() {
		w.records[path] = w.record(path, string([]rune("甲乙丙丁戊己")[i]))
	}
	d.Opening(func(_ context.Context, tx *db.Tx) error {
		if w.sealed.Load() {
			tx.Touch("ward")
		}
		return nil
	})
	d.BeforeCommit(func(ctx context.Context, tx *db.Tx, _ []string) error {
		if !w.sealed.Load() {
			return nil
		}
		if w.look != nil {
			if err := w.look(ctx, tx); err != nil {
				return err
			}
		}
		return errTakenBack
	})
	return w
}

// record makes one of each at an organisation.
func (w *ward) record(path, mark string) record {
	w.Helper()
	r := record{org: w.orgs[path], name: "暗" + mark + "記", title: "稿" + mark + "未刊"}
	testkit.Tx(w, w.db, func(ctx context.Context, tx *db.Tx) error {
		p, err := people.Create(ctx, tx, r.org, org.Names{Hant: r.name}, locale.Hant)
		if err != nil {
			return err
		}
		r.person, r.held = p.ID, ident.New[ident.Held](tx.Now())
		if err := people.CreateAccount(ctx, tx, p.ID, string(p.ID), ""); err != nil {
			return err
		}
		g, err := people.Give(ctx, tx, people.GiveParams{Person: p.ID, Org: r.org, Role: access.Correspondent})
		if err != nil {
			return err
		}
		r.grant = g.ID
		_, err = tx.Exec(ctx, `INSERT INTO office_held (id, person_id, org_id, title_hant, title_hans, title_en, position, from_on, until_on, public, created_at)
			VALUES (?, ?, ?, '會長', '', '', 1, '2020', '', TRUE, ?)`, r.held, r.person, r.org, db.At(tx.Now()))
		if err != nil {
			return err
		}
		a, err := press.CreateArticle(ctx, tx, press.ArticleParams{Org: r.org, Title: r.title, Lang: locale.Hant, State: press.Draft, Body: markup.FromText("尚未刊出。")})
		r.article = a.ID
		return err
	})
	return r
}

// kinds says which record a part of a path, or a field, of that name holds.
func kinds() map[string]func(record) string {
	org := func(r record) string { return string(r.org) }
	person := func(r record) string { return string(r.person) }
	return map[string]func(record) string{
		"org": org, "parent": org, "to": org, "at": org, "into": org, "up": org, "down": org, "orgs": org, "person": person, "as": person,
		"grant":   func(r record) string { return string(r.grant) },
		"held":    func(r record) string { return string(r.held) },
		"article": func(r record) string { return string(r.article) },
	}
}

// isRecord says whether a part of a path, or a field, of that name holds a record.
func isRecord(name string) bool { return kinds()[name] != nil }

// id is the identifier of a record of that kind at an organisation, "" where the
// ward has none of the kind.
func (w *ward) id(name, path string) string {
	if of := kinds()[name]; of != nil {
		return of(w.records[path])
	}
	return ""
}

// state is how a role stands.
type state string

const (
	holdsNow state = "holds"
	revoked  state = "revoked"
	expired  state = "expired"
	notBegun state = "not begun"
	hasLeft  state = "left"
	stopped  state = "suspended"
)

// member is somebody with a role at an organisation, or with none.
type member struct {
	role  access.Role // "": none
	home  string
	below bool
	state state
	who   people.Principal
	in    bool // her session opens the office
}

// join makes somebody, signs her in, and then lets her role come into its state.
func (w *ward) join(m member) member {
	w.Helper()
	var secret people.Secret
	testkit.Tx(w, w.db, func(ctx context.Context, tx *db.Tx) error {
		p, err := people.Create(ctx, tx, w.orgs[m.home], org.Names{Hant: "問者"}, locale.Hant)
		if err != nil {
			return err
		}
		if err := people.CreateAccount(ctx, tx, p.ID, string(p.ID), ""); err != nil {
			return err
		}
		if err := testkit.Join(ctx, tx, p.ID); err != nil {
			return err
		}
		if secret, err = people.StartSession(ctx, tx, p.ID, people.ByPasskey, "test"); err != nil || m.role == "" {
			return err
		}
		_, err = people.Give(ctx, tx, people.GiveParams{Person: p.ID, Org: w.orgs[m.home], Role: m.role, Below: m.below})
		if err != nil {
			return err
		}
		now := db.At(tx.Now())
		switch m.state {
		case revoked:
			_, err = tx.Exec(ctx, `UPDATE role_grant SET revoked_at = ? WHERE person_id = ?`, now, p.ID)
		case expired:
			_, err = tx.Exec(ctx, `UPDATE role_grant SET until_at = ? WHERE person_id = ?`, now, p.ID)
		case notBegun:
			_, err = tx.Exec(ctx, `UPDATE role_grant SET from_at = ? WHERE person_id = ?`, db.At(tx.Now().Add(time.Millisecond)), p.ID)
		case hasLeft:
			_, err = tx.Exec(ctx, `UPDATE person SET status = 'left' WHERE id = ?`, p.ID)
		case stopped:
			_, err = tx.Exec(ctx, `UPDATE account SET state = 'suspended' WHERE person_id = ?`, p.ID)
		}
		return err
	})
	var err error
	if m.who, m.in, err = w.people.Open(w.Context(), secret); err != nil {
		w.Fatal(err)
	}
	return m
}

// everybody makes all kinds of people: each role, none, in each reach and state.
func (w *ward) everybody() (list []member) {
	w.Helper()
	for _, home := range []string{homePath, ""} {
		list = append(list, w.join(member{home: home, state: holdsNow}))
		for _, role := range access.Roles() {
			for _, below := range []bool{false, true} {
				list = append(list, w.join(member{role: role, home: home, below: below, state: holdsNow}))
				if home == "" {
					continue
				}
				for _, s := range []state{revoked, expired, notBegun, hasLeft, stopped} {
					list = append(list, w.join(member{role: role, home: home, below: below, state: s}))
				}
			}
		}
	}
	return list
}

// part finds the named parts of a path.
var part = regexp.MustCompile(`\{(\w+)\}`)

// names lists what a request to the route has to name: parts of its path, and
// fields of its form that hold a record.
func names(r kit.Route) (list []string) {
	for _, m := range part.FindAllStringSubmatch(r.Path, -1) {
		list = append(list, m[1])
	}
	for _, name := range r.Input.Names() {
		if isRecord(name) {
			list = append(list, name)
		}
	}
	return list
}

// request makes a request to a route. Records are named by the organisations in
// at; what the ward does not know is named by something that is not there.
func (w *ward) request(r kit.Route, at map[string]string, fields url.Values) *http.Request {
	w.Helper()
	value := func(name string) string {
		if id := w.id(name, at[name]); id != "" {
			return id
		}
		if name == "kind" {
			return "county"
		}
		return string(ident.New[ident.Letter](w.clock.Now()))
	}
	path := part.ReplaceAllStringFunc(strings.TrimSuffix(r.Path, "{$}"), func(s string) string { return value(strings.Trim(s, "{}")) })
	form := url.Values{}
	for _, name := range r.Input.Names() {
		if id := w.id(name, at[name]); id != "" {
			form.Set(name, id)
		}
	}
	for name, values := range fields {
		form[name] = values
	}
	if r.Method == http.MethodGet {
		if len(form) > 0 {
			path += "?" + form.Encode()
		}
		return httptest.NewRequestWithContext(w.Context(), r.Method, path, nil)
	}
	if !form.Has("form_key") {
		form.Set("form_key", kit.NewFormKey(w.clock.Now()))
	}
	req := httptest.NewRequestWithContext(w.Context(), r.Method, path, strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return req
}

// by signs a request; the zero Principal is nobody.
func by(who people.Principal, r *http.Request) *http.Request {
	if who.Person == "" {
		return r
	}
	return r.WithContext(people.WithPrincipal(r.Context(), who))
}

// let says whether an answer is that of somebody who was let in: refused content,
// or a record that is not there, is no refusal of the person.
func let(status int, location string) bool {
	switch {
	case strings.HasPrefix(location, "/office/sign-in?next="), strings.HasPrefix(location, "/office/verify"):
		return false
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return false
	}
	return true
}

// hant is a message as a page shows it, or "" where there is none.
func hant(key string) string {
	if !locale.Has(key) {
		return ""
	}
	return html.EscapeString(locale.Hant.T(key))
}
