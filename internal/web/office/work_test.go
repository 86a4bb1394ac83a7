package office_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/jobs"
	"github.com/huiguan/huiguan/internal/mail"
	"github.com/huiguan/huiguan/internal/testkit"
)

// chore is a kind of work for tests; it is its causer's to watch.
type chore struct {
	Name string `json:"name"`
}

func (chore) Kind() string             { return "test-chore" }
func (chore) JobOptions() jobs.Options { return jobs.Options{Tries: 1} }

// toil queues work and does it: one that fails, one in words, one that is done, and
// one for later.
func (h *hall) toil(by *desk) (ids []jobs.ID) {
	h.Helper()
	jobs.Register(h.jobs, jobs.Work[chore]{Own: true, Every: time.Hour, Due: func(context.Context) (bool, error) { return false, nil }, Do: func(ctx context.Context, c chore) error {
		switch c.Name {
		case "breaks":
			return errors.New("dial tcp 192.0.2.1:25: no route to host")
		case "words":
			return jobs.GiveUp(fault.New(fault.Invalid, "people.not_found", nil))
		}
		jobs.Progress(ctx, 7, 9)
		return nil
	}})
	testkit.Tx(h, h.db, func(ctx context.Context, tx *db.Tx) error {
		ids = nil
		ctx = audit.WithActor(ctx, string(by.person))
		for _, name := range []string{"breaks", "words", "fine"} {
			id, err := jobs.Insert(ctx, tx, chore{name})
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		id, err := jobs.InsertAt(ctx, tx, chore{"later"}, h.clock.Now().Add(time.Hour))
		ids = append(ids, id)
		return err
	})
	h.work()
	return ids
}

// The page of work says what failed and why, what waits and what recurs; what
// failed is run again or dropped there, and the trail says by whom.
func TestWorkPage(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		h := newHall(t, d, clock)
		lin := h.seat("林秀英", access.Administrator, "", true)
		lin.see("/office/work", testkit.See(".empty", "一切正常"), testkit.See("#letters + p", "等待 0 封"), testkit.See(".notice", "一封也不會丟"))
		ids := h.toil(lin)
		lin.see("/office/work",
			testkit.See(".works .tag.bad", "失敗"), testkit.See(".works", "查無此人"), testkit.See(".works .detail", "no route to host"),
			testkit.See(".works", "由 林秀英 發起"), testkit.See("#schedules + ul", "1 小時"), testkit.See("#lately + ul", "其他作業"))
		a := lin.post("/office/work/"+ids[0].String()+"/again", url.Values{})
		if a.Status != http.StatusSeeOther || a.Header.Get("Location") != "/office/work?done=work.done_again" {
			t.Fatalf("%d %s", a.Status, a.Header.Get("Location"))
		}
		lin.see(a.Header.Get("Location"), testkit.See(".notice", "會再做一次"))
		if a := lin.post("/office/work/"+ids[1].String()+"/drop", url.Values{}); a.Status != http.StatusSeeOther {
			t.Fatalf("%d", a.Status)
		}
		if _, err := h.jobs.Get(t.Context(), ids[1]); !fault.Is(err, fault.NotFound) {
			t.Errorf("%v", err)
		}
		lin.see("/office/audit", testkit.See(".trail", "林秀英"), testkit.See(".trail", "再做一次"), testkit.See(".trail", "刪去了作業"))
		for _, path := range []string{"/office/work/0/again", "/office/work/x/drop", "/office/work/99999/drop", "/office/work/letters/x/again"} {
			if a := lin.post(path, url.Values{}); a.Status != http.StatusNotFound {
				t.Errorf("%s: %d", path, a.Status)
			}
		}
	})
}

// Who caused a piece of work sees how it goes; others of her rank do not.
func TestWorkIsSeenByItsCauser(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	lin := h.seat("林秀英", access.Administrator, "lanjiang/", true)
	chan2 := h.seat("陳小明", access.Administrator, "lanjiang/", true)
	chief := h.seat("黃大衛", access.Administrator, "", true)
	ids := h.toil(lin)
	for _, who := range []*desk{lin, chief} {
		who.see("/office/work/"+ids[2].String(), testkit.See("h1", "其他作業"), testkit.See(".tag", "已完成"), testkit.See(".progress", "完成 7，共 9"))
		if a := who.get("/office/work/" + ids[2].String() + "/state"); a.Status != http.StatusOK || !strings.Contains(string(a.Body), `"done":7`) {
			t.Errorf("%d %s", a.Status, a.Body)
		}
	}
	lin.see("/office/work/"+ids[0].String(), testkit.See(".problem", "出了意外"), testkit.NotSee("main", "no route"), testkit.NotSee("main", "再做一次"))
	lin.see("/office/work/"+ids[3].String(), testkit.See(".progress", "可以離開"))
	for _, path := range []string{"/office/work/" + ids[2].String(), "/office/work/" + ids[2].String() + "/state", "/office/work/0", "/office/work/zz", "/office/work/999999"} {
		if a := chan2.get(path); a.Status != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.Status)
		}
	}
	if a := lin.get("/office/work"); a.Status != http.StatusForbidden {
		t.Errorf("%d", a.Status)
	}
	if a := lin.post("/office/work/"+ids[0].String()+"/again", url.Values{}); a.Status != http.StatusForbidden {
		t.Errorf("%d", a.Status)
	}
	lin.see("/office/", testkit.NotSee(".areas", "作業"))
	chief.see("/office/", testkit.See(".areas", "作業"))
}

// Letters that were not sent are sent again or dropped; their text is never shown.
func TestLettersOnTheWorkPage(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		h := newHall(t, d, clock)
		lin := h.seat("林秀英", access.Administrator, "", true)
		for range 21 { // one more than an address gets in a day
			_, err := h.mail.Post(t.Context(), mail.Letter{To: "ming@baishi.example", Purpose: "reset", Subject: "請設定新密碼", Body: "secret-link"})
			if err != nil {
				t.Fatal(err)
			}
		}
		lin.see("/office/work", testkit.See("#letters + p", "等待 20 封"), testkit.See(".works .tag.bad", "先留著的"), testkit.See(".works", "一天內已有 20 封"),
			testkit.See(".rows", "ming@baishi.example"), testkit.NotSee("body", "secret-link"))
		held, err := h.mail.List(t.Context(), mail.Dropped, 10)
		if err != nil || len(held) != 1 {
			t.Fatalf("%v %v", held, err)
		}
		path := "/office/work/letters/" + string(held[0].ID)
		if a := lin.post(path+"/again", url.Values{}); a.Header.Get("Location") != "/office/work?done=work.done_letter_again" {
			t.Fatalf("%d %s", a.Status, a.Header.Get("Location"))
		}
		if a := lin.post(path+"/again", url.Values{}); a.Status != http.StatusConflict {
			t.Errorf("%d", a.Status)
		}
		if a := lin.post(path+"/drop", url.Values{}); a.Status != http.StatusSeeOther {
			t.Errorf("%d", a.Status)
		}
		if n, err := h.mail.Counts(t.Context()); err != nil || n[mail.Waiting] != 20 || n[mail.Dropped] != 0 {
			t.Errorf("%v %v", n, err)
		}
		lin.see("/office/audit", testkit.See(".trail", "再寄一次"))
	})
}
