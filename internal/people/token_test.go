package people_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/testkit"
)

// token makes a token for a person.
func (r *roster) token(name string, scopes ...access.Action) (people.Token, people.Secret) {
	r.Helper()
	t, secret, err := r.store.CreateToken(r.as(name), r.principal(name), people.TokenParams{Name: "script", Scopes: scopes, Days: 30})
	if err != nil {
		r.Fatal(err)
	}
	return t, secret
}

// with says whether a token may do something at a place, or why not; "closed"
// where it opens nothing.
func (r *roster) with(secret people.Secret, action access.Action, path string) access.Reason {
	r.Helper()
	who, _, ok, err := r.store.OpenToken(r.Context(), secret)
	if err != nil {
		r.Fatal(err)
	}
	if !ok {
		return "closed"
	}
	return testkit.Must[access.Decision](r)(r.guard.Decide(r.Context(), who, people.Need{Action: action, Org: r.orgs[path]})).Reason
}

// A token does what it was made for, while its owner may.
func TestTokens(t *testing.T) {
	onRoster(t, func(r *roster) {
		r.hire("陳大文", "", access.Administrator, true)
		r.hire("黃國強", "lanjiang/", access.Editor, true)
		made, secret := r.token("黃國強", access.ArticleWrite, access.OrgView)
		for _, c := range []struct {
			action access.Action
			path   string
			want   access.Reason
		}{
			{access.ArticleWrite, "lanjiang/yunpu/", access.Granted},
			{access.ArticlePublish, "lanjiang/yunpu/", access.NoScope},
			{access.ArticleWrite, "heshan/", access.NoRole},
		} {
			if got := r.with(secret, c.action, c.path); got != c.want {
				t.Errorf("%s at %s: %s, want %s", c.action, c.path, got, c.want)
			}
		}
		list := testkit.Must[[]people.Token](r)(r.store.Tokens(r.Context(), r.who["黃國強"]))
		if len(list) != 1 || list[0].UsedAt.IsZero() || list[0].Over(r.clock.Now()) {
			t.Errorf("%+v", list)
		}
		// Her role goes, and with it what the token may do; it comes back with it.
		grant := r.grantOf("黃國強")
		if err := r.store.Revoke(r.as("陳大文"), grant); err != nil {
			t.Fatal(err)
		}
		if got := r.with(secret, access.ArticleWrite, "lanjiang/"); got != access.NoRole {
			t.Errorf("without the role: %s", got)
		}
		if _, err := r.store.GiveAgain(r.as("陳大文"), grant); err != nil {
			t.Fatal(err)
		}
		if got := r.with(secret, access.ArticleWrite, "lanjiang/"); got != access.Granted {
			t.Errorf("with the role again: %s", got)
		}
		wantFault(t, r.store.RevokeToken(r.as("陳大文"), r.who["陳大文"], made.ID), "people.token_not_found")
		if err := r.store.RevokeToken(r.as("黃國強"), r.who["黃國強"], made.ID); err != nil {
			t.Fatal(err)
		}
		if got := r.with(secret, access.ArticleWrite, "lanjiang/"); got != "closed" {
			t.Errorf("revoked: %s", got)
		}
		over := func() (n int) {
			for _, t := range testkit.Must[[]people.Token](r)(r.store.Tokens(r.Context(), r.who["黃國強"])) {
				if t.Over(r.clock.Now()) {
					n++
				}
			}
			return n
		}
		if over() != 1 {
			t.Error("the list shows it as if it opened something")
		}
		_, other := r.token("黃國強", access.ArticleWrite)
		r.clock.Advance(30*24*time.Hour + time.Second)
		if got := r.with(other, access.ArticleWrite, "lanjiang/"); got != "closed" || over() != 2 {
			t.Errorf("after its end: %s, %d are over", got, over())
		}
		for _, forged := range []people.Secret{"", "huiguan_", secret[:len(secret)-1] + "x", people.Secret(strings.TrimPrefix(string(secret), "huiguan_"))} {
			if got := r.with(forged, access.OrgView, "lanjiang/"); got != "closed" {
				t.Errorf("%q: %s", forged, got)
			}
		}
	})
}

// No token is made for more than its owner may do as she signed in, nor for what
// people alone decide.
func TestTokensRefused(t *testing.T) {
	onRoster(t, func(r *roster) {
		r.hire("陳大文", "", access.Administrator, true)
		r.hire("黃國強", "lanjiang/", access.Correspondent, true)
		weak := r.principal("陳大文")
		weak.Factors = people.ByPassword
		for _, c := range []struct {
			name string
			who  people.Principal
			p    people.TokenParams
			want string
		}{
			{"people-edit", r.principal("陳大文"), people.TokenParams{Name: "x", Days: 1, Scopes: []access.Action{access.PeopleEdit}}, "people.token_too_much"},
			{"grant-give", r.principal("陳大文"), people.TokenParams{Name: "x", Days: 1, Scopes: []access.Action{access.GrantGive}}, "people.token_too_much"},
			{"more than she has", r.principal("黃國強"), people.TokenParams{Name: "x", Days: 1, Scopes: []access.Action{access.OrgEdit}}, "people.token_too_much"},
			{"no such action", r.principal("陳大文"), people.TokenParams{Name: "x", Days: 1, Scopes: []access.Action{"everything"}}, "people.token_too_much"},
			{"with a password alone", weak, people.TokenParams{Name: "x", Days: 1, Scopes: []access.Action{access.OrgEdit}}, "people.token_too_much"},
			{"for nothing", r.principal("陳大文"), people.TokenParams{Name: "x", Days: 1}, "people.token_scopes"},
			{"for too long", r.principal("陳大文"), people.TokenParams{Name: "x", Days: 366, Scopes: []access.Action{access.OrgEdit}}, "people.token_days"},
			{"for no time", r.principal("陳大文"), people.TokenParams{Name: "x", Scopes: []access.Action{access.OrgEdit}}, "people.token_days"},
			{"without a name", r.principal("陳大文"), people.TokenParams{Name: " ", Days: 1, Scopes: []access.Action{access.OrgEdit}}, "people.token_name"},
		} {
			_, _, err := r.store.CreateToken(people.Require(people.WithPrincipal(r.Context(), c.who)), c.who, c.p)
			if err == nil {
				t.Errorf("%s: made", c.name)
			}
			wantFault(t, err, c.want)
		}
		// One that was stored for more than tokens may does it no more than others.
		_, secret := r.token("陳大文", access.OrgEdit)
		testkit.Tx(r, r.db, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE api_token SET scopes = '["grant-give","people-edit"]'`)
			return err
		})
		if got := r.with(secret, access.GrantGive, ""); got != access.NoScope {
			t.Errorf("%s", got)
		}
		who, _, _, err := r.store.OpenToken(r.Context(), secret)
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = r.store.CreateToken(people.Require(people.WithPrincipal(r.Context(), who)), who, people.TokenParams{Name: "x", Days: 1, Scopes: []access.Action{access.OrgEdit}})
		wantFault(t, err, "access.reason_no_scope")
		for range 19 {
			r.token("黃國強", access.ArticleWrite)
		}
		r.token("黃國強", access.OrgView)
		_, _, err = r.store.CreateToken(r.as("黃國強"), r.principal("黃國強"), people.TokenParams{Name: "x", Days: 1, Scopes: []access.Action{access.OrgView}})
		wantFault(t, err, "people.token_many")
	})
}
