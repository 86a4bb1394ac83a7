package office_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// An administrator sees what a correspondent sees, under a bar that says so, and goes
// back; both stand in the trail as hers.
func TestViewAsInTheOffice(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	chief := h.seat("林秀英", access.Administrator, "", true)
	writer := h.seat("陳美玲", access.Correspondent, county, false)
	chief.see(writer.page(), testkit.See(".step", "以此人的身分看看"))
	chief.sends("/office/view-as/"+string(writer.person), fields(), testkit.See(".viewing", "您正以「陳美玲」的身分瀏覽"), testkit.NotSee(".areas", "人員"))
	chief.barred("/office/people", "您在這裡的職責不包括這件事")
	chief.see("/office/orgs/"+string(h.orgs[county])+"/access", testkit.NotSee(".holders", ""))
	chief.sends("/office/view-as/end", fields(), testkit.See(".notice", "回到自己的辦公室"), testkit.NotSee(".viewing", ""))
	chief.see("/office/people")
	var trail []string
	err := h.db.Select(t.Context(), &trail, `SELECT action FROM audit_entry WHERE actor = ? AND object_id = ? ORDER BY seq`, chief.person, writer.person)
	if err != nil || strings.Join(trail, " ") != "person.view_as person.view_as_end" {
		t.Errorf("%q %v", trail, err)
	}
	writer.refused("/office/view-as/"+string(chief.person), fields(), http.StatusForbidden, "")
}

// inPath is a part of an address that names a record.
var inPath = regexp.MustCompile(`\{(\w+)(\.\.\.)?\}`)

// filled is an address and a form of a route with something in every place, so that
// it would do its work if it may.
func (h *hall) filled(r kit.Route, known map[string]string) (string, url.Values) {
	value := func(name string) string {
		if v, ok := known[name]; ok {
			return v
		}
		return string(ident.New[ident.Link](h.clock.Now()))
	}
	path := inPath.ReplaceAllStringFunc(r.Path, func(part string) string { return value(strings.Trim(part, "{}.")) })
	form := url.Values{}
	for _, name := range r.Input.Names() {
		if v, ok := known[name]; ok {
			form.Set(name, v)
		}
	}
	return path, form
}

// While somebody looks at the office as another, no route of it writes anything; the
// same forms do their work once she is back.
func TestViewAsWritesNothing(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	chief := h.seat("林秀英", access.Administrator, "", true)
	other := h.seat("何靜", access.Administrator, "", true)
	writer := h.seat("陳美玲", access.Correspondent, county, false)
	held := testkit.Must[people.Office](t)(h.people.AddHeld(t.Context(), people.Office{PersonID: writer.person, OrgID: h.orgs[county], Titles: named("會長")}))
	known := map[string]string{
		"org": string(h.orgs[county]), "person": string(writer.person), "grant": string(writer.grant()), "held": string(held.ID), "name_hant": "新名", "title_hant": "顧問",
		"login": "newcomer", "lang": "zh-Hant", "role": "observer", "reach": "here", "until": "2026-12-31", "name": "x", "days": "30", "scopes": "org-view", "kind": "town", "slug": "novel",
	}
	state := func() string {
		var parts []string
		for _, query := range []string{
			`SELECT count(*) || '' FROM audit_entry`, `SELECT coalesce(group_concat(id || status || name_hant), '') FROM person`, `SELECT coalesce(group_concat(id || coalesce(until_at, '') || coalesce(revoked_at, '')), '') FROM role_grant`,
			`SELECT coalesce(group_concat(id || title_hant || position || until_on), '') FROM office_held`, `SELECT count(*) || '' FROM api_token`, `SELECT coalesce(group_concat(id || path || name_hant || status), '') FROM organisation`,
			`SELECT coalesce(group_concat(person_id || state), '') FROM account`, `SELECT count(*) || '' FROM session`,
		} {
			var s string
			if err := h.db.Get(t.Context(), &s, query); err != nil {
				t.Fatal(err)
			}
			parts = append(parts, s)
		}
		return strings.Join(parts, "\n")
	}
	chief.sends("/office/view-as/"+string(other.person), fields())
	before, tried := state(), 0
	for _, r := range h.office.Routes() {
		switch r.Path { // who goes back, chooses a language for her browser or signs out does so as herself
		case "/office/view-as/end", "/office/language", "/office/sign-out":
			continue
		}
		if r.Method != http.MethodPost {
			continue
		}
		path, form := h.filled(r, known)
		a := chief.post(path, form)
		tried++
		if a.Status < 400 && !strings.HasPrefix(a.Header.Get("Location"), "/office/verify") && !r.Policy.IsPublic() {
			t.Errorf("%s: %d %s", r.Path, a.Status, a.Header.Get("Location"))
		}
		if after := state(); after != before {
			t.Fatalf("%s wrote something:\n%s\n%s", r.Path, before, after)
		}
	}
	if tried < 15 {
		t.Errorf("only %d routes were tried", tried)
	}
	chief.sends("/office/view-as/end", fields())
	worked := 0
	for _, r := range h.office.Routes() {
		if r.Method == http.MethodPost && strings.HasPrefix(r.Path, "/office/people/") && !strings.HasSuffix(r.Path, "/leave") || strings.HasPrefix(r.Path, "/office/grants/") {
			before := state()
			path, form := h.filled(r, known)
			if chief.post(path, form); state() != before {
				worked++
			}
		}
	}
	if worked < 5 {
		t.Errorf("only %d of the same forms do their work for herself: the check checks nothing", worked)
	}
}
