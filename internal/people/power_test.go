package people

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/testkit"
)

const another = "另外一個很長的密碼喔"

// guarded is a house whose writes are guarded, with an administrator.
func guarded(t *testing.T) *house {
	t.Helper()
	clock := testkit.NewClock("2026-05-01")
	h := newHouse(t, testkit.SQLite(t, clock), clock)
	NewGuard(h.db)
	h.person("chief", good, access.Administrator)
	return h
}

// town makes an organisation with an administrator of its own, who is signed in.
func (h *house) town() (ident.Org, Principal) {
	h.Helper()
	town, err := org.NewStore(h.db).Create(h.Context(), org.CreateParams{Parent: h.root, Slug: "town", Kind: "city", Names: org.Names{Hant: "瀾江市同鄉會"}})
	h.must(err)
	local := h.person("local", good, "")
	_, err = h.store.Give(h.Context(), GiveParams{Person: local, Org: town.ID, Role: access.Administrator, Below: true})
	h.must(err)
	s, err := h.store.StartSession(h.Context(), local, ByPasskey, "")
	h.must(err)
	return town.ID, h.who(s)
}

// posted is the secret of the newest link for a new password that was posted.
func (h *house) posted() Secret {
	h.Helper()
	if len(h.box.letters) == 0 {
		h.Fatal("no letter")
	}
	_, link, _ := strings.Cut(h.box.letters[len(h.box.letters)-1].Body, "/office/reset/")
	link, _, _ = strings.Cut(link, "\n")
	return Secret(strings.TrimSpace(link))
}

// An administrator for a while has no power over one for good: she could make
// herself that one.
func TestTemporaryAdministrator(t *testing.T) {
	t.Parallel()
	h := guarded(t)
	perm, tmp := h.person("perm", good, access.Administrator), h.person("tmp", good, "")
	_, err := h.store.Give(t.Context(), GiveParams{Person: tmp, Org: h.root, Role: access.Administrator, Below: true, Until: h.clock.Now().Add(24 * time.Hour)})
	h.must(err)
	s, err := h.store.StartSession(t.Context(), tmp, ByPasskey, "")
	h.must(err)
	as := Require(h.as(h.who(s)), Need{Action: access.PeopleEdit, Person: perm})
	h.refused(h.store.ChangeLogin(as, perm, "perm", "mine@evil.example"), "people.above_you")
	_, err = h.gate.Reset(as, perm, true)
	h.refused(err, "people.above_you")
}

// A link opens nothing once who made it has less power than the person it is for.
func TestLinkOfWhoHasLess(t *testing.T) {
	t.Parallel()
	h := guarded(t)
	town, local := h.town()
	as := Require(h.as(local), Need{Action: access.PeopleEdit, Org: town})
	made, err := h.store.Admit(as, AdmitParams{Org: town, Names: org.Names{Hant: "新人"}, Lang: locale.Hant, Login: "newbie@x.example"}, h.gate.InviteIn)
	h.must(err)
	_, err = h.gate.Invitation(t.Context(), ticketIn(made.Link.Address))
	h.must(err)
	_, err = h.store.Give(t.Context(), GiveParams{Person: made.Person.ID, Org: h.root, Role: access.Administrator, Below: true})
	h.must(err)
	_, err = h.gate.Invitation(t.Context(), ticketIn(made.Link.Address))
	h.refused(err, "account.ticket_over")
	_, err = h.gate.BeginJoin(t.Context(), ticketIn(made.Link.Address))
	h.refused(err, "account.ticket_over")
	_, err = h.gate.Join(t.Context(), here, ticketIn(made.Link.Address), good)
	h.refused(err, "account.ticket_over")
}

// An invitation is for who has no way in: once she found another, it is over.
func TestInvitationIsForNewcomers(t *testing.T) {
	t.Parallel()
	h := guarded(t)
	anna := h.person("anna", "", access.Administrator)
	taken, err := h.store.Give(t.Context(), GiveParams{Person: anna, Org: h.root, Role: access.Editor})
	h.must(err)
	h.must(h.store.Revoke(t.Context(), taken.ID))
	invited, err := h.gate.Invite(t.Context(), anna)
	h.must(err)
	if says, err := h.gate.Invitation(t.Context(), ticketIn(invited.Address)); err != nil || len(says.Grants) != 1 || says.Grants[0].Role != access.Administrator {
		t.Errorf("it offers what was taken back: %+v %v", says.Grants, err)
	}
	h.must(h.gate.AskReset(t.Context(), here, "anna"))
	h.work()
	h.must(h.gate.FinishReset(t.Context(), h.posted(), good))
	_, err = h.gate.BeginJoin(t.Context(), ticketIn(invited.Address))
	h.refused(err, "account.ticket_over")
}

// Who has lost everything gets in by the link alone: the old password, which may be
// in other hands, opens nothing any more.
func TestResetOfEverything(t *testing.T) {
	t.Parallel()
	h := guarded(t)
	id := h.person("anna", good, access.Administrator)
	l, err := h.gate.Reset(t.Context(), id, true)
	h.must(err)
	_, err = h.gate.SignIn(t.Context(), here, "anna", good)
	h.refused(err, "account.wrong")
	h.must(h.gate.FinishReset(t.Context(), ticketIn(l.Address), another))
	_, err = h.gate.SignIn(t.Context(), here, "anna", another)
	h.must(err)
}

// An administrator who never came is none to leave the federation to.
func TestLastAdministratorWhoJoined(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHouse(t, testkit.SQLite(t, clock), clock)
	NewGuard(h.db)
	anna := h.person("anna", good, access.Administrator)
	h.person("never", "", access.Administrator)
	s, err := h.store.StartSession(t.Context(), anna, ByPasskey, "")
	h.must(err)
	h.refused(h.store.Leave(Require(h.as(h.who(s)), Need{Action: access.PeopleEdit, Person: anna}), anna), "access.reason_last_admin")
}

// Letters go to an address however it is written.
func TestResetByMixedCase(t *testing.T) {
	t.Parallel()
	h := guarded(t)
	testkit.Tx(h, h.db, func(ctx context.Context, tx *db.Tx) error {
		p, err := Create(ctx, tx, h.root, org.Names{Hant: "林安娜"}, locale.Hant)
		if err != nil {
			return err
		}
		return CreateAccount(ctx, tx, p.ID, "anna", "Anna.Li@X.example")
	})
	h.must(h.gate.AskReset(t.Context(), here, "ANNA.Li@x.example"))
	h.work()
	h.posted()
}

// Who left between her password and her code does not come in, then or after she
// has returned; nor does a link that was under way open anything.
func TestLeavingOnTheThreshold(t *testing.T) {
	t.Parallel()
	h := guarded(t)
	id := h.person("anna", good, access.Correspondent)
	e, err := h.gate.SignIn(t.Context(), here, "anna", good)
	h.must(err)
	secret, _ := h.withCodes(e.Session)
	h.clock.Advance(time.Minute)
	e, err = h.gate.SignIn(t.Context(), here, "anna", good)
	h.must(err)
	link, err := h.gate.Reset(t.Context(), id, false)
	h.must(err)
	h.must(h.store.Leave(t.Context(), id))
	h.must(h.store.Return(t.Context(), id))
	code, _ := totp.GenerateCode(secret, h.clock.Now())
	if entered, err := h.gate.SignInCode(t.Context(), here, e.Ceremony, code); err == nil || entered.Session != "" {
		t.Errorf("she came in: %v", err)
	}
	h.refused(h.gate.FinishReset(t.Context(), ticketIn(link.Address), another), "account.ticket_over")
}

// A visit that she may no longer make is over for good, and the trail says so.
func TestVisitEndsForGood(t *testing.T) {
	t.Parallel()
	h := guarded(t)
	town, _ := h.town()
	var local ident.Person
	h.must(h.db.Get(t.Context(), &local, `SELECT person_id FROM account WHERE login = 'local'`))
	helper := h.person("helper", good, "")
	h.exec(`UPDATE person SET org_id = ? WHERE id = ?`, town, helper)
	s, err := h.store.StartSession(t.Context(), local, ByPasskey, "")
	h.must(err)
	h.must(h.store.StartViewing(Require(h.as(h.who(s))), h.who(s), helper))
	g, err := h.store.Give(t.Context(), GiveParams{Person: helper, Org: h.root, Role: access.Editor})
	h.must(err)
	if h.who(s).As != "" {
		t.Error("she still looks as somebody who has more than she")
	}
	h.must(h.store.Revoke(t.Context(), g.ID))
	if h.who(s).As != "" {
		t.Error("the visit came back by itself")
	}
	var told int
	h.must(h.db.Get(t.Context(), &told, `SELECT COUNT(*) FROM audit_entry WHERE action = 'person.view_as_end' AND actor = ?`, local))
	if told != 1 {
		t.Errorf("its end is told %d times", told)
	}
}

// A role held here only does not come to reach below by hanging the organisation, with
// what is below it, under one where it would.
func TestMovingGivesNoPower(t *testing.T) {
	t.Parallel()
	h := guarded(t)
	trees := org.NewStore(h.db)
	grow := func(parent ident.Org, slug, kind string) ident.Org {
		h.Helper()
		o, err := trees.Create(t.Context(), org.CreateParams{Parent: parent, Slug: slug, Kind: kind, Names: org.Names{Hant: slug}})
		h.must(err)
		return o.ID
	}
	first, second := grow(h.root, "first", "city"), grow(h.root, "second", "city")
	county, alone := grow(first, "county", "county"), grow(first, "alone", "county")
	grow(county, "town", "town")
	x := h.person("xxx", good, "")
	for _, g := range []GiveParams{{Org: county}, {Org: alone}, {Org: second, Below: true}} {
		g.Person, g.Role = x, access.Administrator
		_, err := h.store.Give(t.Context(), g)
		h.must(err)
	}
	s, err := h.store.StartSession(t.Context(), x, ByPasskey, "")
	h.must(err)
	move := func(id ident.Org) error {
		return trees.Move(Require(h.as(h.who(s)), Need{Action: access.OrgMove, Org: id}, Need{Action: access.OrgMove, Org: id, Below: true}, Need{Action: access.OrgAdd, Org: second}), id, second, "")
	}
	h.refused(move(county), "access.reason_here_only")
	h.must(move(alone))
}
