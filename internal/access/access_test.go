package access

import (
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/fault"
)

var noon = time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)

func actor(grants ...Grant) Actor { return Actor{Person: "p", Grants: grants} }

// Who may do what, and the reason that is shown.
func TestCan(t *testing.T) {
	t.Parallel()
	city := Grant{Org: "c", Path: "city/", Role: Administrator, Below: true}
	here := Grant{Org: "c", Path: "city/", Role: Administrator}
	writer := Grant{Org: "c", Path: "city/", Role: Correspondent, Below: true}
	until := func(g Grant, at time.Time) Grant { g.Until = at; return g }
	from := func(g Grant, at time.Time) Grant { g.From = at; return g }
	for _, c := range []struct {
		name   string
		actor  Actor
		action Action
		path   string
		want   Reason
	}{
		{"own place", actor(city), OrgEdit, "city/", Granted},
		{"below", actor(city), OrgEdit, "city/town/", Granted},
		{"far below", actor(city), OrgEdit, "city/town/house/", Granted},
		{"a place whose name begins alike", actor(city), OrgEdit, "city2/", NoRole},
		{"above", actor(city), OrgEdit, "", NoRole},
		{"beside", actor(city), OrgEdit, "other/", NoRole},
		{"here only, at home", actor(here), OrgEdit, "city/", Granted},
		{"here only, below", actor(here), OrgEdit, "city/town/", HereOnly},
		{"another role", actor(writer), OrgEdit, "city/", RoleLacks},
		{"another role writes", actor(writer), ArticleWrite, "city/town/", Granted},
		{"until now", actor(until(city, noon)), OrgEdit, "city/", Expired},
		{"until a moment from now", actor(until(city, noon.Add(time.Millisecond))), OrgEdit, "city/", Granted},
		{"from now", actor(from(city, noon)), OrgEdit, "city/", Granted},
		{"from a moment from now", actor(from(city, noon.Add(time.Millisecond))), OrgEdit, "city/", NotBegun},
		{"ended, and still a writer", actor(until(city, noon), writer), OrgEdit, "city/", Expired},
		{"ended, and another that holds", actor(until(city, noon), city), OrgEdit, "city/", Granted},
		{"ended, and of a role that lacks it", actor(until(writer, noon)), OrgEdit, "city/", NoRole},
		{"ended above, here only", actor(until(here, noon)), OrgEdit, "city/town/", NoRole},
		{"held above, here only, of a role that lacks it", actor(Grant{Path: "city/", Role: Correspondent}), OrgEdit, "city/town/", NoRole},
		{"no grant", actor(), OrgView, "", NoRole},
		{"nobody", Actor{}, OrgView, "", SignedOut},
		{"nobody with grants", Actor{Grants: []Grant{city}}, OrgView, "city/", SignedOut},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := Can(noon, c.actor, c.action, Place{Path: c.path})
			if d.Reason != c.want || d.Allowed != (c.want == Granted) || (d.Err() == nil) != d.Allowed {
				t.Errorf("got %+v, want %s", d, c.want)
			}
		})
	}
}

// Nobody gives more than she has.
func TestMayGive(t *testing.T) {
	t.Parallel()
	county := Grant{Path: "city/county/", Role: Administrator, Below: true}
	for _, c := range []struct {
		name string
		own  Grant
		give Grant
		want Reason
	}{
		{"the same", county, county, Granted},
		{"lower", county, Grant{Path: "city/county/town/", Role: Administrator, Below: true}, Granted},
		{"another role", county, Grant{Path: "city/county/", Role: Correspondent}, Granted},
		{"higher", county, Grant{Path: "city/", Role: Correspondent}, NoRole},
		{"the root", county, Grant{Role: Administrator, Below: true}, NoRole},
		{"beside", county, Grant{Path: "city/other/", Role: Observer}, NoRole},
		{"deeper than one reaches", Grant{Path: "city/", Role: Administrator}, Grant{Path: "city/", Role: Observer, Below: true}, TooHigh},
		{"as deep as one reaches", Grant{Path: "city/", Role: Administrator}, Grant{Path: "city/", Role: Observer}, Granted},
		{"longer than one has", Grant{Path: "city/", Role: Administrator, Below: true, Until: noon.Add(time.Hour)}, Grant{Path: "city/", Role: Observer}, TooHigh},
		{"until one's own end", Grant{Path: "city/", Role: Administrator, Below: true, Until: noon.Add(time.Hour)}, Grant{Path: "city/", Role: Observer, Until: noon.Add(time.Hour)}, Granted},
		{"by an editor", Grant{Path: "city/", Role: Editor, Below: true}, Grant{Path: "city/", Role: Correspondent}, RoleLacks},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if d := MayGive(noon, actor(c.own), c.give); d.Reason != c.want || d.Allowed != (c.want == Granted) {
				t.Errorf("got %+v, want %s", d, c.want)
			}
		})
	}
}

// What one may give is what one of her roles may give: two of them do not add up.
func TestMayGiveByOneRole(t *testing.T) {
	t.Parallel()
	here := Grant{Path: "city/", Role: Administrator}
	deep := Grant{Path: "city/", Role: Correspondent, Below: true}
	for name, other := range map[string]Grant{
		"a role that gives nothing": {Path: "city/", Role: Editor, Below: true},
		"one that has ended":        {Path: "city/", Role: Administrator, Below: true, Until: noon},
		"one that has not begun":    {Path: "city/", Role: Administrator, Below: true, From: noon.Add(time.Hour)},
		"one of another place":      {Path: "west/", Role: Administrator, Below: true},
	} {
		if d := MayGive(noon, actor(here, other), deep); d.Allowed || d.Reason != TooHigh {
			t.Errorf("here only, with %s: %+v", name, d)
		}
	}
	if d := MayGive(noon, actor(here, Grant{Role: Administrator, Below: true}), deep); !d.Allowed {
		t.Errorf("control: %+v", d)
	}
	// A role that is no administrator's hands on no more than it holds.
	if e := (Grant{Role: Editor}); !e.atLeast(Grant{Role: Correspondent}) || e.atLeast(Grant{Role: Observer}) || e.atLeast(Grant{Role: Administrator}) {
		t.Error("an editor hands on what an editor may do")
	}
}

// A refusal says whether signing in would help; a role says how far it reaches.
func TestWords(t *testing.T) {
	t.Parallel()
	for reason, kind := range map[Reason]fault.Kind{SignedOut: fault.Unauthenticated, NoRole: fault.Forbidden, SecondStep: fault.Forbidden} {
		if err := (Decision{Reason: reason}).Err(); !fault.Is(err, kind) {
			t.Errorf("%s: %v", reason, err)
		}
	}
	if (Decision{Allowed: true}).Err() != nil || (Grant{}).Reach() != "access.reach_here" || (Grant{Below: true}).Reach() != "access.reach_below" {
		t.Error("a yes is no error, and below is not here")
	}
}

// A list's filter holds exactly what Can allows.
func TestScope(t *testing.T) {
	t.Parallel()
	a := actor(
		Grant{Path: "city/town/", Role: Administrator, Below: true},
		Grant{Path: "city/", Role: Administrator},
		Grant{Path: "city/town/house/", Role: Administrator},
		Grant{Path: "city2/", Role: Administrator, Below: true, Until: noon},
		Grant{Path: "west/", Role: Correspondent, Below: true},
	)
	s := ScopeOf(noon, a, OrgEdit)
	if len(s.Here) != 1 || len(s.Below) != 1 || s.Empty() {
		t.Errorf("%+v", s)
	}
	for _, path := range []string{"", "city/", "city/town/", "city/town/house/", "city/village/", "city2/", "west/"} {
		if want := Can(noon, a, OrgEdit, Place{Path: path}).Allowed; s.Holds(path) != want {
			t.Errorf("%q: scope %v, Can %v", path, s.Holds(path), want)
		}
	}
}
