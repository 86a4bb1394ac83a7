package office_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/jobs"
	"github.com/huiguan/huiguan/internal/mail"
	"github.com/huiguan/huiguan/internal/org"
)

// workPlaces are the pages of work, letters and the trail, full ones and empty ones.
func (h *hall) workPlaces() []visited {
	lin := h.seat("林秀英", access.Administrator, "", true)
	county := h.seat("陳小明", access.Administrator, "lanjiang/yunpu/", true)
	lin.as(func(ctx context.Context) error {
		if err := h.org.Move(ctx, h.orgs["lanjiang/yunpu/shatou/"], h.orgs["heshan/"], ""); err != nil {
			return err
		}
		if err := h.org.Rename(ctx, h.orgs["lanjiang/yunpu/baishi/"], org.Names{Hant: "白石鎮歸僑僑眷聯誼會暨鄉親互助社", En: "Baishi"}); err != nil {
			return err
		}
		for i := range 22 {
			to := "chan.siu-ming.with-a-long-name@mailbox.baishi-town.example"
			if i > 20 {
				to = "lin@shatou.example"
			}
			if _, err := h.mail.Post(ctx, mail.Letter{To: to, Purpose: "reset", Subject: "請在三天內設定新的登入密碼，逾期連結就會失效"}); err != nil {
				return err
			}
		}
		return nil
	})
	table := "path,name_hant,kind\n/heshan/,外地同鄉會,city\n,,town\n"
	for i := range 1001 {
		table += fmt.Sprintf("/lanjiang/yunpu/t%d/,第%d鎮同鄉會,town\n", i, i)
	}
	here := h.orgAt("lanjiang/yunpu/") + "/import"
	long := lin.does(here+"/do", lin.packed(lin.upload(here, "a.csv", []byte(table))))
	ids := h.toil(county)
	job := func(id jobs.ID) string { return "/office/work/" + id.String() }
	return []visited{
		{"work", lin, "/office/work"}, {"work-table", lin, long}, {"home-table", lin, "/office/"}, {"work-done", lin, job(ids[2])}, {"work-failed", lin, job(ids[0])}, {"work-waits", county, job(ids[3])},
		{"trail", lin, "/office/audit"}, {"trail-sieve", county, "/office/audit?kind=person"}, {"trail-none", lin, "/office/audit?from=2027-01-01"},
	}
}

// The pages of work in a real browser.
func TestWorkInBrowser(t *testing.T) { lookAround(t, (*hall).workPlaces) }
