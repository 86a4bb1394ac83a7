package portal_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	. "github.com/huiguan/huiguan/internal/testkit"
)

// Who holds an office that may be shown stands on the organisation's page, in
// protocol order and in place of what its profile says; nobody else does.
func TestOfficers(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish().introduce()
	at := h.orgs["lanjiang/"].ID
	CheckPage(t, h.get("/lanjiang/").Body.Bytes(), Texts(".officers dt", "會長", "秘書長"), Texts(".officers dd", "賀鳴皋", "方繡文"))
	hold := func(name org.Names, title, from, until string, public bool) {
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			p, err := people.Create(ctx, tx, at, name, locale.Hant)
			if err != nil {
				return err
			}
			_, err = people.AddHeld(ctx, tx, people.Office{PersonID: p.ID, OrgID: at, Titles: org.Names{Hant: title}, FromOn: from, UntilOn: until, Public: public})
			if err == nil && name.Hant == "離人" {
				err = people.Leave(ctx, tx, p.ID)
			}
			return err
		})
	}
	hold(org.Names{Hant: "前任"}, "會長", "2010", "2020", true)
	hold(org.Names{Hant: "隱者"}, "顧問", "2020", "", false)
	CheckPage(t, h.get("/lanjiang/").Body.Bytes(), Texts(".officers dd", "賀鳴皋", "方繡文"))
	hold(org.Names{Hant: "林秀英", En: "Lin Xiuying"}, "會長", "2020", "", true)
	hold(org.Names{Hant: "後任"}, "會長", "2099", "", true)
	hold(org.Names{Hant: "離人"}, "理事", "", "", true)
	hold(org.Names{Hant: "陳會計"}, "司庫", "2021-03", "2098", true)
	CheckPage(t, h.get("/lanjiang/").Body.Bytes(), Texts(".officers dt", "會長", "司庫"), Texts(".officers dd", "林秀英", "陳會計"))
	CheckPage(t, h.get("/hans/lanjiang/").Body.Bytes(), Texts(".officers dt", "会长", "司库"), Texts(".officers dd", "林秀英", "陈会计"))
	CheckPage(t, h.get("/en/lanjiang/").Body.Bytes(), See(".officers dd", "Lin Xiuying"))
}

// The page of an organisation that was merged leads to what it became a part of, and
// so does its old address.
func TestMergedOrganisation(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		_, err := org.Merge(ctx, tx, h.orgs["heling/"].ID, h.orgs["lanjiang/"].ID)
		return err
	})
	if w := h.get("/heling/"); w.Code != http.StatusMovedPermanently || w.Header().Get("Location") != "/lanjiang/" {
		t.Errorf("%d to %q", w.Code, w.Header().Get("Location"))
	}
	CheckPage(t, h.get("/lanjiang/heling/").Body.Bytes(), See(".notice", "已併入"), Attr(".notice a", "href", "/lanjiang/"), See(".notice a", "瀾江市同鄉會"))
	CheckPage(t, h.get("/en/lanjiang/heling/").Body.Bytes(), See(".notice", "has become part of"), Attr(".notice a", "href", "/en/lanjiang/"))
	CheckPage(t, h.get("/lanjiang/").Body.Bytes(), NotSee(".notice a", ""))
}
