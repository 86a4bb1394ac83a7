package people_test

import (
	"testing"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/testkit"
)

// Another name to sign in with is free, and sound; sessions stay open with it. The
// record goes where somebody may take it, and no further.
func TestChangeLoginAndTransfer(t *testing.T) {
	onRoster(t, func(r *roster) {
		r.hire("陳大文", "", access.Administrator, true)
		r.hire("林秀英", "lanjiang/", access.Administrator, true)
		id := r.hire("黃國強", "lanjiang/", access.Correspondent, false)
		other := testkit.Must[people.Account](r)(r.store.Account(t.Context(), r.who["林秀英"]))
		who := r.signIn("黃國強")
		lin := r.as("林秀英", r.editing("黃國強"))
		for login, want := range map[string]string{other.Login: "people.login_taken", "!": "people.login_invalid", "": "people.login_invalid"} {
			wantFault(t, r.store.ChangeLogin(lin, id, login, ""), want)
		}
		wantFault(t, r.store.ChangeLogin(lin, id, "huang", "no address"), "people.email_invalid")
		for range 2 { // the second changes nothing
			if err := r.store.ChangeLogin(lin, id, " Huang.GQ ", "huang@mail.example"); err != nil {
				t.Fatal(err)
			}
		}
		if a := testkit.Must[people.Account](r)(r.store.Account(t.Context(), id)); a.Login != "huang.gq" || a.Email != "huang@mail.example" || r.told("person.login") != 1 {
			t.Errorf("%+v, told %d times", a, r.told("person.login"))
		}
		who()
		wantFault(t, r.store.ChangeLogin(r.as("林秀英", r.editing("陳大文")), r.who["陳大文"], "mine", ""), "access.reason_no_role")

		both := []people.Need{r.editing("黃國強"), {Action: access.PeopleEdit, Org: r.orgs["lanjiang/yunpu/"]}}
		for range 2 {
			if err := r.store.Transfer(r.as("林秀英", both...), id, r.orgs["lanjiang/yunpu/"]); err != nil {
				t.Fatal(err)
			}
		}
		if p := testkit.Must[people.Person](r)(r.store.Load(t.Context(), id)); p.OrgID != r.orgs["lanjiang/yunpu/"] || r.told("person.transfer") != 1 || r.told("person.receive") != 1 {
			t.Errorf("%+v", p)
		}
		wantFault(t, r.store.Transfer(r.as("林秀英", r.editing("黃國強"), people.Need{Action: access.PeopleEdit, Org: r.orgs["heshan/"]}), id, r.orgs["heshan/"]), "access.reason_no_role")
		if why := r.can("黃國強", access.ArticleWrite, "lanjiang/"); why != access.Granted {
			t.Errorf("the role went along: %s", why)
		}
	})
}
