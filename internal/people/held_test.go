package people_test

import (
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/testkit"
)

// titles lists an organisation's offices in their order.
func (r *roster) titles(path string) string {
	r.Helper()
	var out []string
	for _, h := range testkit.Must[[]people.Held](r)(r.store.HeldAt(r.Context(), r.orgs[path])) {
		out = append(out, h.Titles.Hant)
	}
	return strings.Join(out, " ")
}

// Offices stand in an order that is edited, end, and stay in the history.
func TestOfficesHeld(t *testing.T) {
	onRoster(t, func(r *roster) {
		lin := r.hire("林秀英", "lanjiang/", "", false)
		var last people.Office
		for _, title := range []string{"會長", "副會長", "秘書長"} {
			last = testkit.Must[people.Office](r)(r.store.AddHeld(r.Context(), people.Office{
				PersonID: lin, OrgID: r.orgs["lanjiang/"], Titles: org.Names{Hant: title}, FromOn: "2024-03", Public: true,
			}))
		}
		for _, want := range []string{"會長 秘書長 副會長", "秘書長 會長 副會長", "秘書長 會長 副會長"} {
			if err := r.store.RaiseHeld(r.Context(), last.ID); err != nil {
				t.Fatal(err)
			}
			if got := r.titles("lanjiang/"); got != want {
				t.Errorf("%q, want %q", got, want)
			}
		}
		last.UntilOn, last.Titles.En = "2025", "Secretary"
		if err := r.store.ChangeHeld(r.Context(), last); err != nil {
			t.Fatal(err)
		}
		hers := testkit.Must[[]people.Held](r)(r.store.HeldBy(r.Context(), lin))
		if len(hers) != 3 || hers[2].Titles.En != "Secretary" || hers[2].Org.Hant != "蘭江市同鄉會" || hers[2].Name.Hant != "林秀英" || !hers[2].Public {
			t.Errorf("%+v", hers)
		}
		listed := testkit.Must[people.Listing](r)(r.store.List(r.Context(), people.ListParams{Scope: access.Scope{Below: []string{"lanjiang/"}}}))
		if got := listed.People[0].Offices; len(got) != 2 {
			t.Errorf("an office of the past is listed: %+v", got)
		}
	})
}

// What an office is refused for.
func TestOfficesHeldRefused(t *testing.T) {
	onRoster(t, func(r *roster) {
		lin := r.hire("林秀英", "lanjiang/", "", false)
		for _, c := range []struct {
			title, from, until, want string
		}{
			{" ", "", "", "people.title_missing"},
			{strings.Repeat("長", 61), "", "", "people.title_too_long"},
			{"會\x07長", "", "", "people.title_too_long"},
			{"會長", "2024-3", "", "people.held_from_invalid"},
			{"會長", "2023-02-29", "", "people.held_from_invalid"},
			{"會長", "", "2024-13", "people.held_until_invalid"},
			{"會長", "2024-05", "2024-04-30", "people.held_until_invalid"},
		} {
			_, err := r.store.AddHeld(r.Context(), people.Office{PersonID: lin, OrgID: r.orgs["lanjiang/"], Titles: org.Names{Hant: c.title}, FromOn: c.from, UntilOn: c.until})
			wantFault(t, err, c.want)
		}
		if _, err := r.store.AddHeld(r.Context(), people.Office{PersonID: lin, OrgID: r.orgs["lanjiang/"], Titles: org.Names{Hant: "會長"}, FromOn: "2024-05", UntilOn: "2024"}); err != nil {
			t.Errorf("from a month until the end of its year: %v", err)
		}
		wantFault(t, r.store.RaiseHeld(r.Context(), ident.New[ident.Held](r.clock.Now())), "people.held_not_found")
	})
}

// An office of whole years is over when the last of them is.
func TestHeldInTime(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, until, day string
		over, coming     bool
	}{
		{"", "", "2026-05-01", false, false},
		{"2024", "2026", "2026-05-01", false, false},
		{"2024", "2026", "2027-01-01", true, false},
		{"2026-05", "2026-05", "2026-05-31", false, false},
		{"2026-05-02", "", "2026-05-01", false, true},
		{"2026-06", "2026-07-01", "2026-07-02", true, false},
	} {
		h := people.Office{FromOn: c.from, UntilOn: c.until}
		if h.Over(c.day) != c.over || h.Coming(c.day) != c.coming {
			t.Errorf("%+v: over %v, coming %v", c, h.Over(c.day), h.Coming(c.day))
		}
	}
}
