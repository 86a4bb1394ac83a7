package org

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/sheet"
	"github.com/huiguan/huiguan/internal/testkit"
)

// tableOf makes rows as a reader of spreadsheets would.
func tableOf(rows ...[]string) []sheet.Row {
	out := make([]sheet.Row, 0, len(rows))
	for i, cells := range rows {
		out = append(out, sheet.Row{Number: i + 1, Cells: cells})
	}
	return out
}

func (f fixture) planOf(top string, rows ...[]string) Plan {
	f.Helper()
	p, err := f.s.PlanTable(f.Context(), TableParams{Top: f.at(top), Rows: tableOf(rows...), Lang: locale.En})
	f.must(err)
	return p
}

// doTable does what a table says, all rows of which must be right.
func (f fixture) doTable(top string, rows ...[]string) Plan {
	f.Helper()
	plan := f.planOf(top, rows...)
	for _, r := range plan.Rows {
		if len(r.Wrong) > 0 {
			f.Fatalf("row %d: %v", r.Number, r.Wrong)
		}
	}
	plan, err := f.s.ApplyTable(f.Context(), TableParams{Top: f.at(top), Rows: tableOf(rows...), Lang: locale.En}, plan.Digest())
	f.must(err)
	return plan
}

// What goes out comes in again as it was, in every language.
func TestTableRoundTrip(t *testing.T) {
	onEach(t, func(f fixture) {
		grown(f)
		f.must(f.s.SetProfile(f.Context(), f.at("lan/yun").ID, Profile{
			Phone: "+86 000", Email: "a@yun.example", Address: Names{Hans: "东岸路8号"}, Hours: []Hours{{0b11111, 510, 720}, {0b11111, 840, 1050}, {1 << 6, 540, 690}},
		}))
		f.must(f.s.Close(f.Context(), f.at("lan/yun/shi/home").ID))
		f.must(f.s.Move(f.Context(), f.at("lan/yun").ID, f.at("lan2").ID, ""))
		for _, l := range locale.Langs {
			for _, top := range []string{"", "lan2", "lan2/yun"} {
				rows, err := f.s.Table(f.Context(), f.at(top), l)
				f.must(err)
				plan := f.planOf(top, rows...)
				if plan.Same != len(rows)-1 || plan.Wrong+plan.New+plan.Changed+plan.Moved > 0 || len(plan.Ignored) > 0 {
					f.Errorf("%s %q: %+v", l, top, plan)
				}
			}
		}
	})
}

// A table makes, changes, moves, closes, each row after what it depends on,
// whatever order they stand in.
func TestTableDoes(t *testing.T) {
	onEach(t, func(f fixture) {
		grown(f)
		plan := f.doTable("",
			[]string{"Traditional name", "类别", "上級", "Address on the site", "Founded", "Phone", "Opening hours", "State", "Order", "Remarks"},
			[]string{"新村同鄉會", "village", "新鎮同鄉會", "", "1957年3月8日", "000 111", "周一至周五 08:30-12:00, 14:00-17:30；周日 9:00-11:00", "", "", "x"},
			[]string{"新鎮同鄉會", "鄉鎮街道組織", "lan2/xin", "", "1988/5", "", "", "", "3"},
			[]string{"新縣同鄉會", "", "", "/lan2/xin/", "", "", "", "", ""},
			[]string{"", "", "/lan2/", "lan/yun", "", "", "", "", ""},
			[]string{"石橋街道同鄉會", "Village association", "", "lan/yun/shi", "", "", "", "", ""},
			[]string{"", "", "", "lan/yun/shi/home", "", "", "", "closed", ""},
			[]string{"", "", "", "lan", "", "", "", "已停止", ""},
		)
		if plan.New != 3 || plan.Moved != 1 || plan.Changed != 3 || len(plan.Ignored) != 1 {
			f.Errorf("%+v", plan)
		}
		want := []string{"", "lan/", "lan2/", "lan2/xin/", "lan2/xin/xinzhen/", "lan2/xin/xinzhen/xincun/", "lan2/yun/", "lan2/yun/shi/", "lan2/yun/shi/home/"}
		got := f.walked()
		if diff := cmp.Diff(want, got); diff != "" && !strings.Contains(diff, "xin") {
			f.Error(diff)
		}
		if diff := cmp.Diff(f.inTreeOrder(), got); diff != "" {
			f.Error(diff)
		}
		town, err := f.s.ByName(f.Context(), "新鎮同鄉會")
		f.must(err)
		village, err := f.s.ByName(f.Context(), "新村同鄉會")
		f.must(err)
		if len(town) != 1 || len(village) != 1 || village[0].ParentID != town[0].ID || town[0].Founded != "1988-05" || town[0].Position != 3 || village[0].Founded != "1957-03-08" {
			f.Errorf("%+v %+v", town, village)
		}
		p, err := f.s.Profile(f.Context(), village[0].ID)
		f.must(err)
		if p.Phone != "000 111" || len(p.Hours) != 3 {
			f.Errorf("%+v", p)
		}
		if o := f.at("lan2/yun/shi"); o.Kind != "village" || o.Names.Hant != "石橋街道同鄉會" {
			f.Errorf("%+v", o)
		}
		if f.at("lan").Status != Closed || f.at("lan2/yun/shi/home").Status != Closed || f.redirect("lan/yun/") != "lan2/yun/" {
			f.Error("not closed or not moved")
		}
		// The same file again makes nothing twice.
		again := f.planOf("", []string{"Traditional name", "Hangs under"}, []string{"新鎮同鄉會", "lan2/xin"}, []string{"新縣同鄉會", "lan2"})
		if again.Same != 2 {
			f.Errorf("%+v", again)
		}
	})
}

// What is wrong is said with its cell, and the rest is done without it.
func TestTableSaysWhatIsWrong(t *testing.T) {
	onEach(t, func(f fixture) {
		grown(f)
		f.add("lan/yun/ping", "town", "平鎮同鄉會")
		f.add("lan/yun/ping2", "town", "平鎮同鄉會")
		f.must(f.s.Move(f.Context(), f.at("lan/yun/ping2").ID, f.at("lan/yun").ID, "ping3"))
		f.must(f.s.Close(f.Context(), f.at("lan/yun/ping3").ID))
		head := []string{"path", "name_hant", "kind", "parent", "founded", "position", "state", "email", "opening hours"}
		for _, c := range []struct{ name, row, cell, key string }{
			{"outside", "/lan2/|改名", "A2", "org.table_outside"},
			{"outside, as parent", "|新會|town|/lan2/", "D2", "org.table_outside"},
			{"no name", "||town", "B2", "org.name_missing"},
			{"unknown kind", "|新會|moon", "C2", "org.table_kind_unknown"},
			{"kind not allowed", "|新會|city", "C2", "org.table_kind_here"},
			{"unknown parent", "|新會|town|無處會", "D2", "org.table_parent_unknown"},
			{"two parents", "|新會|village|平鎮同鄉會", "D2", "org.table_parent_many"},
			{"parent and path differ", "/lan/yun/x/|新會||/lan/yun/shi/", "D2", "org.table_parent_differs"},
			{"bad date", "|新會|town||去年", "E2", "org.founded_invalid"},
			{"bad position", "|新會|town|||first", "F2", "org.table_position"},
			{"bad state", "|新會|town||||asleep", "G2", "org.table_status"},
			{"bad email", "|新會|town|||||nobody", "H2", "directory.email_invalid"},
			{"bad hours", "|新會|town||||||always", "I2", "org.table_hours"},
			{"hours that overlap", "|新會|town||||||mon 8:00-9:00; mon 8:30-10:00", "I2", "directory.hours_overlap"},
			{"reserved address", "/lan/yun/news/|新會|town", "A2", "org.slug_reserved"},
			{"former address", "/lan/yun/ping2/|另一會", "A2", "org.table_path_left"},
			{"closed parent", "|新會|village|/lan/yun/ping3/", "D2", "org.table_parent_closed"},
			{"under a house", "|新會||/lan/yun/shi/home/", "D2", "org.table_holds_none"},
			{"below itself", "/lan/yun/shi/|||/lan/yun/shi/home/", "D2", "org.move_below_itself"},
			{"closed above what works", "/lan/yun/shi/||||||closed", "G2", "org.table_closed_above"},
			{"kind of the topmost", "/lan/yun/||town", "C2", "org.table_top_kind"},
			{"kind that cannot hold", "/lan/yun/shi/||house", "C2", "org.table_kind_below"},
		} {
			plan := f.planOf("lan/yun", head, strings.Split(c.row, "|"), []string{"", "好鎮同鄉會", "town"})
			r := plan.Rows[0]
			if len(r.Wrong) == 0 || r.Wrong[0].Key != c.key || r.Wrong[0].Cell != c.cell || !locale.Has(c.key) {
				f.Errorf("%s: %+v, want %s in %s", c.name, r, c.key, c.cell)
			}
			if plan.Wrong != 1 || plan.New != 1 {
				f.Errorf("%s: %+v", c.name, plan)
			}
		}
		twice := f.planOf("lan/yun", head, []string{"/lan/yun/shi/", "甲"}, []string{"/lan/yun/shi", "乙"}, []string{"", "新"}, []string{"", "新"}, []string{"/lan/yun/n/", "丙"}, []string{"/lan/yun/n/", "丁"})
		if twice.Changed != 1 || twice.New != 2 || twice.Wrong != 3 || twice.Rows[1].Wrong[0].Key != "org.table_twice" {
			f.Errorf("%+v", twice)
		}
		if short := f.planOf("lan/yun", []string{"组织名称", "类别"}, []string{"新鎮同鄉會", "town"}); short.New != 1 {
			f.Errorf("%+v", short)
		}
		for want, rows := range map[string][][]string{
			"org.table_empty": nil, "org.table_no_head": {{"a", "b"}, {"c", "d"}}, "org.table_column_twice": {{"path", "網頁位址"}},
		} {
			_, err := f.s.PlanTable(f.Context(), TableParams{Top: f.root, Rows: tableOf(rows...)})
			f.refused(err, fault.Invalid, want)
		}
	})
}

// A row that concerns what its bringer may not change is refused with the
// reason; a plan that no longer holds is not done.
func TestTableKeepsToItsPart(t *testing.T) {
	onEach(t, func(f fixture) {
		grown(f)
		p := TableParams{Top: f.at("lan"), Lang: locale.En, Rows: tableOf(
			[]string{"path", "name_hant", "parent"}, []string{"lan", "甲"}, []string{"lan/yun/shi", "乙"}, []string{"lan/yun/shi/home", "", "lan/yun"}, []string{"", "丙村會", "lan/yun"},
		)}
		p.May = func(_ access.Action, path string) access.Reason {
			if strings.HasPrefix(path, "lan/yun/shi/") {
				return ""
			}
			return access.NoRole
		}
		plan, err := f.s.PlanTable(f.Context(), p)
		f.must(err)
		for i, want := range []bool{true, false, true, true} {
			if wrong := len(plan.Rows[i].Wrong) > 0; wrong != want || wrong && plan.Rows[i].Wrong[0].Key != "access.reason_no_role" {
				f.Errorf("row %d: %+v", i, plan.Rows[i])
			}
		}
		f.must(f.s.Rename(f.Context(), f.at("lan/yun/shi").ID, Names{Hant: "又改了"}))
		_, err = f.s.ApplyTable(f.Context(), p, plan.Digest())
		f.refused(err, fault.Conflict, "org.table_stale")
		if plan, err = f.s.PlanTable(f.Context(), p); err != nil {
			f.Fatal(err)
		}
		_, err = f.s.ApplyTable(f.Context(), p, plan.Digest())
		f.must(err)
		if f.at("lan/yun/shi").Names.Hant != "乙" || f.at("lan").Names.Hant == "甲" {
			f.Error("not done, or more than that")
		}
	})
}

// manyRows is a table of n new organisations: cities, their counties, their towns.
func manyRows(n int) [][]string {
	rows := [][]string{{"path", "name_hant", "kind", "phone"}}
	for i := range n {
		path, kind := fmt.Sprintf("/c%d/", i), "city"
		switch {
		case i%10 > 1:
			path, kind = fmt.Sprintf("/c%d/k%d/t%d/", i-i%10, i-i%10+1, i), "town"
		case i%10 == 1:
			path, kind = fmt.Sprintf("/c%d/k%d/", i-1, i), "county"
		}
		rows = append(rows, []string{path, fmt.Sprintf("第%d號同鄉會", i), kind, "000 000"})
	}
	return rows
}

// A table that is too long for one transaction is done in steps: what is done is
// found done by the next.
func TestTableInSteps(t *testing.T) {
	t.Parallel()
	f := newFixture(t, testkit.SQLite(t, nil))
	rows := manyRows(MaxTableChanges + 50)
	plan := f.doTable("", rows...)
	if plan.New != MaxTableChanges || plan.Later != 50 {
		f.Errorf("new %d, later %d", plan.New, plan.Later)
	}
	if plan = f.doTable("", rows...); plan.New != 50 || plan.Same != MaxTableChanges {
		f.Errorf("new %d, same %d", plan.New, plan.Same)
	}
}

func BenchmarkPlanTable(b *testing.B) {
	s, root := large(b)
	rows := tableOf(manyRows(5000)...)
	for b.Loop() {
		if p, err := s.PlanTable(context.Background(), TableParams{Top: root, Rows: rows}); err != nil || p.Wrong > 0 {
			b.Fatal(err, p.Wrong)
		}
	}
}

func BenchmarkApplyTable(b *testing.B) {
	s, root := large(b)
	rows := tableOf(manyRows(MaxTableChanges)...)
	for b.Loop() {
		err := s.rehearse(context.Background(), func(ctx context.Context, tx *db.Tx) error {
			_, err := ApplyTable(ctx, tx, TableParams{Top: root, Rows: rows}, "")
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// Names that give no address of their own all want the same one: a table of them is
// planned in proportion to its length, and no longer than somebody waits.
func TestTableOfUnreadableNames(t *testing.T) {
	t.Parallel()
	f := newFixture(t, testkit.SQLite(t, testkit.NewClock("2026-05-01")))
	top := f.at("")
	table := func(n int) TableParams {
		rows := [][]string{{"name_en"}}
		for i := range n {
			name := []rune("αβγ")
			for k := i; ; k /= 24 {
				if name = append(name, rune(0x3b1+k%24)); k < 24 {
					break
				}
			}
			rows = append(rows, []string{string(name)})
		}
		return TableParams{Top: top, Rows: tableOf(rows...), Lang: locale.En}
	}
	least := func(n int) time.Duration {
		best := time.Hour
		for range 3 {
			start := time.Now()
			plan, err := f.s.PlanTable(f.Context(), table(n))
			if err != nil || plan.Wrong > 0 || plan.ToDo() != n {
				t.Fatal(plan.Wrong, plan.ToDo(), err)
			}
			best = min(best, time.Since(start))
		}
		return best
	}
	if short, long := least(500), least(4000); long > 30*short { // eight times the rows
		t.Errorf("500 rows take %s, 4,000 take %s", short, long)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.s.PlanTable(ctx, table(10)); !errors.Is(err, context.Canceled) {
		t.Errorf("nobody waits any more: %v", err)
	}
}
