package office_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/jobs"
	"github.com/huiguan/huiguan/internal/mail"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/testkit/browser"
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
	ids := h.toil(county)
	job := func(id jobs.ID) string { return "/office/work/" + id.String() }
	return []visited{
		{"work", lin, "/office/work"}, {"work-done", lin, job(ids[2])}, {"work-failed", lin, job(ids[0])}, {"work-waits", county, job(ids[3])},
		{"trail", lin, "/office/audit"}, {"trail-sieve", county, "/office/audit?kind=person"}, {"trail-none", lin, "/office/audit?from=2027-01-01"},
	}
}

// The pages of work in a real browser, as TestInBrowser looks at the others.
func TestWorkInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time: left out of short runs")
	}
	b := browser.Open(t)
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	dir := os.Getenv(shotsEnv)
	for _, one := range h.workPlaces() {
		t.Run(one.name, func(t *testing.T) {
			page := b.Visit(t, one.by.window()+one.path, browser.View{Width: 1280})
			for _, view := range []browser.View{{Width: 1280}, {Width: 390, Dark: true}, {Width: 320}} {
				page.Look(t, view)
				if n := page.Sideways(t); n > 0 {
					t.Errorf("at %d the page is %d pixels wider than the window", view.Width, n)
				}
				for _, small := range page.SmallTargets(t, 44) {
					t.Errorf("at %d small target: %s", view.Width, small)
				}
				for _, rule := range page.Axe(t) {
					t.Errorf("at %d axe: %s", view.Width, rule)
				}
				if dir == "" {
					continue
				}
				if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d.png", one.name, view.Width)), page.Screenshot(t), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			for _, issue := range page.Issues() {
				t.Errorf("console: %s", issue)
			}
		})
	}
}
