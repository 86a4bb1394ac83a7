package office_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/testkit"
)

// staffPlaces are the pages of people to look at.
func (h *hall) staffPlaces(chief *desk) []visited {
	h.Helper()
	local := h.seat("黃國強", access.Administrator, "lanjiang/yunpu/", true)
	writer := h.seat("陳美玲", access.Correspondent, "lanjiang/yunpu/shatou/", false)
	gone := h.seat("何守信", access.Editor, "lanjiang/", true)
	empty := h.seat("區志遠", "", "heshan/", false)
	testkit.Tx(h, h.db, func(ctx context.Context, tx *db.Tx) error {
		if _, err := people.Give(ctx, tx, people.GiveParams{Person: writer.person, Org: h.orgs["lanjiang/"], Role: access.Observer, Until: tx.Now().AddDate(0, 2, 0)}); err != nil {
			return err
		}
		if _, err := people.AddHeld(ctx, tx, people.Office{PersonID: writer.person, OrgID: h.orgs["lanjiang/yunpu/"], Titles: org.Names{Hant: "秘書長"}, FromOn: "2024-03", Public: true}); err != nil {
			return err
		}
		return people.Leave(ctx, tx, gone.person)
	})
	held := testkit.Must[[]people.Held](h)(h.people.HeldAt(h.Context(), h.orgs["lanjiang/yunpu/"]))
	county := "/office/orgs/" + string(h.orgs["lanjiang/yunpu/"])
	return []visited{
		{"people", chief, "/office/people"}, {"people-none", local, "/office/people?q=nobody"},
		{"people-new", local, "/office/people/new"}, {"people-choose", chief, "/office/people/new?q=鎮"},
		{"person", chief, writer.page()}, {"person-left", chief, gone.page()}, {"person-empty", chief, empty.page()}, {"give", local, writer.page() + "/give"},
		{"login", chief, writer.page() + "/login"}, {"transfer", chief, writer.page() + "/transfer"}, {"transfer-found", chief, writer.page() + "/transfer?q=鎮"},
		{"offices", chief, county + "/offices"}, {"office", chief, "/office/offices/" + string(held[0].ID)},
		{"access", chief, county + "/access"}, {"access-writer", writer, "/office/orgs/" + string(h.orgs["lanjiang/yunpu/shatou/"]) + "/access"},
		{"why", writer, county + "/why?action=article-publish"}, {"why-yes", chief, county + "/why?action=org-edit"},
		{"tokens", chief, "/office/tokens"},
	}
}

// page is the address of a person's record.
func (d *desk) page() string { return "/office/people/" + string(d.person) }

// grant is the newest grant of a person.
func (d *desk) grant() ident.Grant {
	d.Helper()
	var id ident.Grant
	if err := d.db.Get(d.Context(), &id, `SELECT id FROM role_grant WHERE person_id = ? ORDER BY id DESC LIMIT 1`, d.person); err != nil {
		d.Fatal(err)
	}
	return id
}

// sends posts a form that must do its work, and opens the page that it leads to.
func (d *desk) sends(path string, form url.Values, checks ...testkit.PageCheck) {
	d.Helper()
	a := d.post(path, form)
	if a.Status != http.StatusSeeOther {
		d.Fatalf("POST %s: %d %s", path, a.Status, testkit.Find(d, a.Body, ".problem, .failure p"))
	}
	d.see(a.Header.Get("Location"), checks...)
}

// refused sends a form that must be refused, with a text on the page.
func (d *desk) refused(path string, form url.Values, status int, text string) {
	d.Helper()
	a := d.post(path, form)
	if a.Status != status || !strings.Contains(string(a.Body), text) {
		d.Errorf("POST %s: %d, want %d with %q: %s", path, a.Status, status, text, testkit.Find(d, a.Body, ".problem, .failure"))
	}
}

// barred opens a page that must be refused, with a reason.
func (d *desk) barred(path, reason string) {
	d.Helper()
	a := d.get(path)
	if got := testkit.Find(d, a.Body, ".failure p"); a.Status != http.StatusForbidden || !strings.Contains(got, reason) {
		d.Errorf("GET %s: %d %q, want the reason %q", path, a.Status, got, reason)
	}
}

// named is a name.
func named(name string) org.Names { return org.Names{Hant: name} }

// fields is a form.
func fields(pairs ...string) url.Values {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return form
}

// again signs a person in once more, as after a fresh proof.
func (d *desk) again() {
	d.Helper()
	secret, err := d.people.StartSession(d.Context(), d.person, people.ByPasskey, "test")
	if err != nil {
		d.Fatal(fault.As(err), err)
	}
	d.cookie = &http.Cookie{Name: "huiguan_session", Value: string(secret)}
}

// later moves the clock.
func (h *hall) later(d time.Duration) { h.clock.Advance(d) }
