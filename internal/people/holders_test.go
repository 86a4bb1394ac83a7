package people_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/testkit"
)

func holderNames(list []people.Holder) string {
	var out []string
	for _, h := range list {
		out = append(out, fmt.Sprintf("%s@%s", h.Name.Hant, h.Path))
	}
	return strings.Join(out, " ")
}

// Who may do what at a place: by roles here and by those from above, and what has
// ended or is to come.
func TestHolders(t *testing.T) {
	onRoster(t, func(r *roster) {
		r.hire("陳大文", "", access.Administrator, true)
		r.hire("何靜", "lanjiang/", access.Editor, false) // here only: not below
		r.hire("林秀英", "lanjiang/", access.Administrator, true)
		r.hire("黃國強", "lanjiang/yunpu/", access.Correspondent, false)
		r.hire("鄰人", "heshan/", access.Administrator, true)
		r.hire("停用者", "lanjiang/yunpu/", access.Reviewer, false)
		r.hire("前任", "lanjiang/yunpu/", access.Editor, false)
		if _, err := r.store.Give(r.as("林秀英"), people.GiveParams{Person: r.who["何靜"], Org: r.orgs["lanjiang/yunpu/"], Role: access.Observer, From: r.clock.Now().Add(time.Hour)}); err != nil {
			t.Fatal(err)
		}
		if err := r.store.Revoke(r.as("林秀英"), r.grantOf("前任")); err != nil {
			t.Fatal(err)
		}
		testkit.Tx(r, r.db, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE account SET state = 'suspended' WHERE person_id = ?`, r.who["停用者"])
			return err
		})
		h := testkit.Must[people.Holders](r)(r.store.HoldersAt(r.Context(), r.orgs["lanjiang/yunpu/"]))
		for name, c := range map[string]struct {
			list []people.Holder
			want string
		}{
			"now":    {h.Now, "黃國強@lanjiang/yunpu/ 林秀英@lanjiang/ 陳大文@"},
			"coming": {h.Coming, "何靜@lanjiang/yunpu/"},
			"asleep": {h.Asleep, "停用者@lanjiang/yunpu/"},
			"ended":  {h.Ended, "前任@lanjiang/yunpu/"},
			"write":  {h.Who(access.ArticleWrite), "黃國強@lanjiang/yunpu/"},
			"edit":   {h.Who(access.OrgEdit), "林秀英@lanjiang/ 陳大文@"},
		} {
			if got := holderNames(c.list); got != c.want {
				t.Errorf("%s: %q, want %q", name, got, c.want)
			}
		}
		if h.Coming[0].Giver.Hant != "林秀英" || h.Ended[0].RevokedAt.IsZero() {
			t.Errorf("%+v %+v", h.Coming[0], h.Ended[0])
		}
		// What the list says is what Guard decides.
		for _, name := range []string{"陳大文", "何靜", "林秀英", "黃國強", "鄰人", "前任"} {
			for _, action := range access.Actions() {
				listed := strings.Contains(holderNames(h.Who(action)), name)
				if decided := r.can(name, action, "lanjiang/yunpu/") == access.Granted; listed != decided {
					t.Errorf("%s %s: listed %v, decided %v", name, action, listed, decided)
				}
			}
		}
		// The tree moves: what holds from above changes with it.
		if err := org.NewStore(r.db).Move(r.Context(), r.orgs["lanjiang/yunpu/"], r.orgs["heshan/"], "yunpu"); err != nil {
			t.Fatal(err)
		}
		h = testkit.Must[people.Holders](r)(r.store.HoldersAt(r.Context(), r.orgs["lanjiang/yunpu/"]))
		if got := holderNames(h.Now); got != "黃國強@heshan/yunpu/ 鄰人@heshan/ 陳大文@" {
			t.Errorf("after the move: %q", got)
		}
	})
}

// A refusal is explained with those who could help, the nearest first.
func TestExplain(t *testing.T) {
	onRoster(t, func(r *roster) {
		r.hire("陳大文", "", access.Administrator, true)
		r.hire("林秀英", "lanjiang/", access.Administrator, true)
		r.hire("近人", "lanjiang/yunpu/", access.Administrator, false)
		r.hire("黃國強", "lanjiang/yunpu/", access.Correspondent, false)
		for _, c := range []struct {
			action access.Action
			path   string
			reason access.Reason
			givers string
		}{
			{access.ArticlePublish, "lanjiang/yunpu/", access.RoleLacks, "近人@lanjiang/yunpu/ 林秀英@lanjiang/ 陳大文@"},
			{access.ArticleWrite, "lanjiang/yunpu/shatou/", access.HereOnly, "林秀英@lanjiang/ 陳大文@"},
			{access.ArticleWrite, "heshan/", access.NoRole, "陳大文@"},
			{access.ArticleWrite, "lanjiang/yunpu/", access.Granted, ""},
		} {
			x := testkit.Must[people.Explanation](r)(r.guard.Explain(r.Context(), r.principal("黃國強"), c.action, r.orgs[c.path]))
			if x.Reason != c.reason || holderNames(x.Givers) != c.givers {
				t.Errorf("%s at %s: %s, %q", c.action, c.path, x.Reason, holderNames(x.Givers))
			}
		}
	})
}

// Letting somebody in is one piece of work: person, account, role, invitation.
func TestAdmit(t *testing.T) {
	onRoster(t, func(r *roster) {
		r.hire("林秀英", "lanjiang/", access.Administrator, true)
		need := people.Need{Action: access.PeopleEdit, Org: r.orgs["lanjiang/yunpu/"]}
		p := people.AdmitParams{Org: r.orgs["lanjiang/yunpu/"], Names: org.Names{Hant: "新人"}, Lang: "zh-Hant", Login: "Xin@Qingxi.example", Role: access.Editor}
		got, err := r.store.Admit(r.as("林秀英", need), p, invite)
		if err != nil || got.Link.Address != "secret" {
			t.Fatalf("%+v %v", got, err)
		}
		r.who["新人"] = got.Person.ID
		if a := testkit.Must[people.Account](r)(r.store.Account(r.Context(), got.Person.ID)); a.Login != "xin@qingxi.example" || a.Email != "xin@qingxi.example" {
			t.Errorf("%+v", a)
		}
		if why := r.can("新人", access.ArticlePublish, "lanjiang/yunpu/"); why != access.Granted {
			t.Errorf("%s", why)
		}
		before := r.names(people.ListParams{Scope: everywhere})
		broken := func(context.Context, *db.Tx, ident.Person) (people.Link, error) {
			return people.Link{}, context.Canceled
		}
		for name, change := range map[string]func(*people.AdmitParams){
			"a login that is taken":  func(p *people.AdmitParams) {},
			"a role above her":       func(p *people.AdmitParams) { p.Login, p.Org, p.Role = "other", r.orgs[""], access.Observer },
			"no name":                func(p *people.AdmitParams) { p.Login, p.Names = "other", org.Names{} },
			"an end that has passed": func(p *people.AdmitParams) { p.Login, p.Until = "other", r.clock.Now() },
			"no such role":           func(p *people.AdmitParams) { p.Login, p.Role = "other", "chief" },
		} {
			bad := p
			change(&bad)
			if _, err := r.store.Admit(r.as("林秀英", need), bad, invite); err == nil {
				t.Errorf("%s: let in", name)
			}
		}
		p.Login = "other"
		if _, err := r.store.Admit(r.as("林秀英", need), p, broken); err == nil {
			t.Error("without an invitation")
		}
		if after := r.names(people.ListParams{Scope: everywhere}); after != before {
			t.Errorf("half of the work stayed: %q", after)
		}
	})
}
