package office_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/testkit"
)

// as does something in a person's name, as her click would.
func (d *desk) as(fn func(ctx context.Context) error) {
	d.Helper()
	if err := fn(audit.WithActor(d.Context(), string(d.person))); err != nil {
		d.Fatal(err)
	}
}

// The trail reads as sentences with the names of today, for the reader's part of
// the tree.
func TestTrail(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		h := newHall(t, d, clock)
		lin := h.seat("林秀英", access.Administrator, "", true)
		shatou, heshan := h.orgs["lanjiang/yunpu/shatou/"], h.orgs["heshan/"]
		lin.as(func(ctx context.Context) error { return h.org.Move(ctx, shatou, heshan, "") })
		lin.as(func(ctx context.Context) error {
			return h.org.Rename(ctx, shatou, org.Names{Hant: "沙頭墟同鄉會", En: "Shatou"})
		})
		lin.see("/office/audit", testkit.See(".trail", "林秀英把沙頭墟同鄉會移到鶴山市同鄉會之下"), testkit.See(".trail .soft", "2026年5月1日"),
			testkit.See("#chain ~ p", map[db.Engine]string{db.SQLite: "指紋", db.Postgres: "等待串連"}[d.Engine()]))
		if a := lin.get("/office/audit"); !strings.Contains(string(a.Body), "/office/orgs/"+string(heshan)) {
			t.Error("the record is not linked")
		}
		for _, one := range []struct {
			query string
			see   string
			not   string
		}{
			{"?org=" + string(heshan), "移到", "白石鎮"},
			{"?kind=person", "建立了人員資料", "移到"},
			{"?person=" + string(lin.person), "移到", "設立了"},
			{"?from=2026-05-02", "沒有這樣的紀錄", "移到"},
			{"?until=2026-05-01", "移到", "沒有這樣的紀錄"},
			{"?from=yesterday", "日期請寫成", ""},
		} {
			checks := []testkit.PageCheck{testkit.See("main", one.see)}
			if one.not != "" {
				checks = append(checks, testkit.NotSee(".trail", one.not))
			}
			lin.see("/office/audit"+one.query, checks...)
		}
		ming := h.seat("陳小明", access.Observer, "lanjiang/yunpu/", true)
		ming.see("/office/audit", testkit.See(".trail", "白石鎮同鄉會"), testkit.NotSee(".trail", "移到"), testkit.NotSee(".trail", "鶴山"))
		ming.see("/office/audit?org="+string(heshan), testkit.See("main", "沒有這樣的紀錄"))
		if a := h.seat("黃大衛", access.Correspondent, "heshan/", true).get("/office/audit"); a.Status != http.StatusForbidden {
			t.Errorf("%d", a.Status)
		}
		if a := lin.post("/office/language", url.Values{"lang": {"en"}, "back": {"/office/audit"}}); a.Status != http.StatusSeeOther {
			t.Fatalf("%d", a.Status)
		}
		lin.see("/office/audit", testkit.See(".trail", "moved Shatou under"), testkit.See(".trail .soft", "1 May 2026 20:00"))
	})
}

// A long trail comes page by page, and whole as a table.
func TestTrailPages(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	lin := h.seat("林秀英", access.Administrator, "", true)
	testkit.Tx(t, h.db, func(ctx context.Context, tx *db.Tx) error {
		for i := range 120 {
			e := audit.Entry{Action: "redirect.import", ObjectKind: "redirect", ObjectID: "list", Detail: map[string]string{"count": fmt.Sprint(1000 + i)}}
			if err := audit.Write(audit.WithActor(ctx, "cli"), tx, e); err != nil {
				return err
			}
		}
		return nil
	})
	lin.see("/office/audit?kind=redirect", testkit.Count(".trail > li", 50), testkit.See(".trail > li", "1119"), testkit.See("[rel=next]", "更早"))
	first := lin.get("/office/audit?kind=redirect")
	_, rest, _ := strings.Cut(string(first.Body), `rel="next" href="`)
	next, _, _ := strings.Cut(rest, `"`)
	lin.see(strings.ReplaceAll(next, "&amp;", "&"), testkit.Count(".trail > li", 50), testkit.See(".trail > li", "1069"), testkit.See(".actions", "回到最新"))
	a := lin.get("/office/audit/trail.csv?kind=redirect")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(a.Body), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 121 || rows[1][3] != "管理伺服器的人匯入了 1119 個舊網址" || rows[1][5] != "redirect.import" {
		t.Errorf("%d %v %v", len(rows), rows[:2], err)
	}
	if !strings.Contains(a.Header.Get("Content-Disposition"), "attachment") {
		t.Error(a.Header)
	}
}

// Every sentence reads well in every language, whatever the entry holds: no mark is
// left open, and a draft's title stays at its desk.
func TestEverySentence(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	h.furnish()
	lin := h.seat("林秀英", access.Administrator, "", true)
	root := string(h.orgs[""])
	testkit.Tx(t, h.db, func(ctx context.Context, tx *db.Tx) error {
		ctx = audit.WithActor(ctx, string(lin.person))
		for _, action := range append(written(t), "nobody.knows") {
			kind, _, _ := strings.Cut(action, ".")
			id := map[string]string{"organisation": root, "person": string(lin.person), "article": string(h.draft)}[kind]
			detail := map[string]string{
				"from": root, "to": root, "into": root, "parent": root, "person": string(lin.person), "role": "editor", "reach": "below",
				"count": "3", "asked": "3", "sections": "3", "kind": "mail-send", "state": "draft", "article": string(h.draft),
			}
			for _, d := range []map[string]string{detail, nil} {
				if err := audit.Write(ctx, tx, audit.Entry{Action: action, Org: h.orgs[""], ObjectKind: kind, ObjectID: id, Detail: d}); err != nil {
					return err
				}
			}
		}
		return audit.Write(audit.WithActor(ctx, string(ident.New[ident.Person](clock.Now()))), tx, audit.Entry{Action: "site.set", ObjectKind: "site", ObjectID: "1"})
	})
	for _, lang := range locale.Langs {
		testkit.Tx(t, h.db, func(ctx context.Context, tx *db.Tx) error { return people.SetLang(ctx, tx, lin.person, lang) })
		a := lin.get("/office/audit/trail.csv")
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(a.Body), "\ufeff"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if strings.ContainsAny(row[3], "{}\x01⟦") || strings.Contains(row[3], "access.") {
				t.Errorf("%s: %q", row[5], row[3])
			}
		}
		if strings.Contains(string(a.Body), "中秋座談") {
			t.Error("a draft's title is shown")
		}
	}
}
