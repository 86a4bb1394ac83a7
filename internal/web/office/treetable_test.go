package office_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/sheet"
	"github.com/huiguan/huiguan/internal/testkit"
)

// upload sends a file with a form.
func (d *desk) upload(path, name string, data []byte) answer {
	d.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	if err := m.WriteField("form_key", string(ident.New[ident.Letter](d.clock.Now()))); err != nil {
		d.Fatal(err)
	}
	w, err := m.CreateFormFile("file", name)
	if err != nil {
		d.Fatal(err)
	}
	if _, err := w.Write(data); err != nil {
		d.Fatal(err)
	}
	if err := m.Close(); err != nil {
		d.Fatal(err)
	}
	r := httptest.NewRequestWithContext(d.Context(), http.MethodPost, path, &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return d.send(r)
}

// packed is the form of a preview that does what it shows.
func (d *desk) packed(a answer) url.Values {
	d.Helper()
	return url.Values{"rows": {testkit.Find(d, a.Body, "[name=rows]@value")}, "digest": {testkit.Find(d, a.Body, "[name=digest]@value")}}
}

// What is downloaded comes in again unchanged; a changed file is previewed row by
// row, and done without the rows that are wrong.
func TestSheets(t *testing.T) {
	onHall(t, func(h *hall, lin *desk) {
		here := h.orgAt("lanjiang/yunpu/")
		lin.see(here+"/sheet", testkit.Count("a[download]", 2), testkit.See("main", "下面的 2 個組織"))
		for _, name := range []string{"/sheet.xlsx", "/sheet.csv", "/template.xlsx"} {
			a := lin.get(here + name)
			if a.Status != http.StatusOK || !strings.HasPrefix(a.Header.Get("Content-Disposition"), `attachment; filename="lanjiang-yunpu.`) {
				h.Fatalf("%s: %d %v", name, a.Status, a.Header)
			}
			rows, err := sheet.Read(a.Body, sheet.Usual())
			if err != nil || rows[0].Cell(2) != "繁體名稱" {
				h.Fatalf("%s: %v %v", name, rows, err)
			}
			if name != "/template.xlsx" {
				again := lin.upload(here+"/import", name, a.Body)
				testkit.CheckPage(h, again.Body, testkit.Texts(".sums li", "3 不變"), testkit.See(".empty", "沒有可以寫入"))
			}
		}
		file := "名稱,网页地址,繁體名稱,類別,上級,電話\n" +
			"x,/lanjiang/yunpu/shatou/,沙頭街道同鄉會,,,000 111\n" + // changed
			",,石橋村同鄉會,村居組織,白石鎮同鄉會,\n" + // new, below another
			",/lanjiang/yunpu/baishi/,,,,打給我\n" + // wrong
			",/heshan/,改名,,,\n" // outside
		a := lin.upload(here+"/import", "a.csv", []byte(file))
		testkit.CheckPage(h, a.Body, testkit.Texts(".sums li", "1 新增", "1 修改", "2 有錯"), testkit.See(".soft", "名稱"),
			testkit.See(".planned-wrong", "F4 格"), testkit.See(".planned-wrong", "第 5 行"), testkit.See(".planned-wrong", "/heshan/ 不在這個範圍裡"),
			testkit.See(".planned-new", "/lanjiang/yunpu/baishi/shiqiao/"), testkit.See(".planned-changed", "繁體名稱：沙頭鎮同鄉會 → 沙頭街道同鄉會"))
		before := h.paths()
		if o := h.load("lanjiang/yunpu/shatou/"); o.Names.Hant != "沙頭鎮同鄉會" {
			h.Error("the preview wrote something")
		}
		form := lin.packed(a)
		to := lin.does(here+"/import/do", form)
		lin.see(to, testkit.See(".notice", "已寫入"))
		if after := h.paths(); after == before || !strings.Contains(after, "shiqiao/ 石橋村同鄉會 village") || !strings.Contains(after, "沙頭街道同鄉會") || strings.Contains(after, "改名") {
			h.Errorf("%s", after)
		}
		trail, err := audit.Of(h.Context(), h.db, "organisation", string(h.orgs["lanjiang/yunpu/shatou/"]))
		if err != nil || trail[len(trail)-1].Actor != string(lin.person) {
			h.Errorf("%+v %v", trail, err)
		}
		form.Del("form_key")
		lin.refusedAs(here+"/import/do", form, http.StatusConflict, testkit.See(".problem", "預覽以後"), testkit.See(".sums", "2 不變"))
	})
}

// Every row asks for its own place, in the preview and once more in the deed.
func TestSheetsStayInScope(t *testing.T) {
	onHall(t, func(h *hall, lin *desk) {
		only := h.seat("王", access.Administrator, "lanjiang/yunpu/", false)
		here := h.orgAt("lanjiang/yunpu/")
		file := []byte("path,name_hant\n/lanjiang/yunpu/,雲浦縣聯誼會\n/lanjiang/yunpu/shatou/,改名\n")
		a := only.upload(here+"/import", "a.csv", file)
		testkit.CheckPage(h, a.Body, testkit.Texts(".sums li", "1 修改", "1 有錯"), testkit.See(".planned-wrong", "不及下級組織"))
		only.does(here+"/import/do", only.packed(a))
		// What another's preview packed is planned anew with one's own rights.
		forged := lin.packed(lin.upload(here+"/import", "a.csv", file))
		only.refusedAs(here+"/import/do", forged, http.StatusConflict)
		if o := h.load("lanjiang/yunpu/shatou/"); o.Names.Hant != "沙頭鎮同鄉會" {
			h.Errorf("%+v", o)
		}
		for _, path := range []string{"", "lanjiang/", "heshan/"} {
			if a := lin.upload(h.orgAt(path)+"/import", "a.csv", file); a.Status != http.StatusForbidden {
				h.Errorf("%s: %d", path, a.Status)
			}
			lin.refusedAs(h.orgAt(path)+"/import/do", forged, http.StatusForbidden)
			for _, name := range []string{"/sheet", "/sheet.xlsx", "/sheet.csv", "/template.xlsx", "/import"} {
				if a := lin.get(h.orgAt(path) + name); a.Status != http.StatusForbidden {
					h.Errorf("%s%s: %d", path, name, a.Status)
				}
			}
		}
		rows, err := sheet.Read(only.get(here+"/sheet.csv").Body, sheet.Usual())
		if err != nil || len(rows) != 2 {
			h.Errorf("who may see one organisation downloads %v %v", rows, err)
		}
		for _, bad := range []url.Values{{"rows": {"x"}}, {"rows": {""}}, {"rows": {"H4sIAAAAAAAA_wMAAAAAAAAAAAA"}}} {
			if a := lin.post(here+"/import/do", bad); a.Status != http.StatusBadRequest {
				h.Errorf("%v: %d", bad, a.Status)
			}
		}
	})
}

func TestSheetsRefuse(t *testing.T) {
	onHall(t, func(h *hall, lin *desk) {
		here := h.orgAt("lanjiang/yunpu/") + "/import"
		for name, c := range map[string]struct {
			data   string
			status int
			say    string
		}{
			"nothing":  {"", http.StatusUnprocessableEntity, "請先選擇檔案"},
			"no head":  {"a,b\nc,d\n", http.StatusUnprocessableEntity, "第一行要寫欄名"},
			"picture":  {"\x89PNG\r\n\x1a\n\x00\x00", http.StatusUnprocessableEntity, "不是試算表"},
			"old file": {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", http.StatusUnprocessableEntity, "另存為"},
			"too long": {strings.Repeat("名稱,\n", 30_000), http.StatusRequestEntityTooLarge, "最多 20000 行"},
		} {
			a := lin.upload(here, "a.csv", []byte(c.data))
			if a.Status != c.status {
				h.Errorf("%s: %d", name, a.Status)
			}
			testkit.CheckPage(h, a.Body, testkit.See(".problem", c.say), testkit.Count("input[type=file]", 1))
		}
	})
}

// A small form that unfolds to millions of rows is refused before they are there.
func TestFoldedTable(t *testing.T) { //nolint:paralleltest // it measures memory
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	chief := h.seat("林秀英", access.Administrator, "", true)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = io.WriteString(z, "["+strings.Repeat("{},", 10_000_000)+"{}]")
	_ = z.Close()
	form := url.Values{"rows": {base64.RawURLEncoding.EncodeToString(packed.Bytes())}, "digest": {"x"}}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	a := chief.post(h.orgAt("")+"/import/do", form)
	runtime.ReadMemStats(&after)
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; a.Status < 400 || used > 100 {
		t.Errorf("%d, %d MB", a.Status, used)
	}
}

// wide grows a federation to 5,000 organisations: cities, counties, towns.
func (h *hall) wide() {
	h.Helper()
	rows := [][]string{{"path", "name_hant", "kind"}}
	for i := range 5000 {
		city, county := i/250, i/25
		switch {
		case i%250 == 0:
			rows = append(rows, []string{fmt.Sprintf("/c%d/", city), fmt.Sprintf("第%d市同鄉會", city), "city"})
		case i%25 == 0:
			rows = append(rows, []string{fmt.Sprintf("/c%d/k%d/", city, county), fmt.Sprintf("第%d縣同鄉會", county), "county"})
		case county*25 == city*250:
			rows = append(rows, []string{fmt.Sprintf("/c%d/t%d/", city, i), fmt.Sprintf("第%d鎮同鄉會", i), "town"})
		default:
			rows = append(rows, []string{fmt.Sprintf("/c%d/k%d/t%d/", city, county, i), fmt.Sprintf("第%d鎮同鄉會", i), "town"})
		}
	}
	var table []sheet.Row
	for i, cells := range rows {
		table = append(table, sheet.Row{Number: i + 1, Cells: cells})
	}
	root := h.load("")
	for range 6 {
		plan, err := h.org.ApplyTable(context.Background(), org.TableParams{Top: root, Rows: table}, "")
		if err != nil || plan.Wrong > 0 {
			h.Fatal(plan.Wrong, err)
		}
	}
}

// A page of the tree with 5,000 organisations asks no more than one of five.
func TestTreeQueriesAreBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("5,000 organisations take their time: left out of short runs")
	}
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	var counts [2][]int64
	for i, size := range []string{"small", "large"} {
		d, queries := testkit.Counted(t, clock)
		h := newHall(t, d, clock)
		if size == "large" {
			h.wide()
		}
		chief := h.seat("陳會長", access.Administrator, "", true)
		for _, path := range []string{"/office/orgs", "/office/orgs?q=鎮", "/office/orgs?kind=town", h.orgAt("lanjiang/yunpu/"), h.orgAt("lanjiang/") + "/move", h.orgAt("") + "/sheet.csv"} {
			before := queries.Count()
			if a := chief.get(path); a.Status != http.StatusOK {
				t.Fatalf("%s: %d", path, a.Status)
			}
			counts[i] = append(counts[i], queries.Count()-before)
		}
	}
	for i := range counts[0] {
		if counts[1][i] > counts[0][i]+1 || counts[1][i] > 25 || counts[0][i] == 0 {
			t.Errorf("page %d: %d queries with five organisations, %d with 5,000", i, counts[0][i], counts[1][i])
		}
	}
}

// A spreadsheet of thousands of rows stays within what one request may take.
func TestLongSheetInTime(t *testing.T) {
	if testing.Short() {
		t.Skip("5,000 organisations take their time: left out of short runs")
	}
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock), clock)
	h.wide()
	chief := h.seat("陳會長", access.Administrator, "", true)
	var file strings.Builder
	file.WriteString("path,phone\n")
	for i := range 5000 {
		if i%250 == 0 {
			fmt.Fprintf(&file, "/c%d/,000 %d\n", i/250, i)
		} else if i%25 != 0 && i/25*25 != i/250*250 {
			fmt.Fprintf(&file, "/c%d/k%d/t%d/,000 %d\n", i/250, i/25, i, i)
		}
	}
	file.WriteString("/nowhere/,000\n")
	var took []time.Duration
	for range 21 {
		began := time.Now()
		chief.get("/office/orgs")
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	t.Logf("RESULT tree-page organisations=5006 median=%s", took[10].Round(100*time.Microsecond))
	if took[10] > 500*time.Millisecond {
		t.Errorf("a page of the tree takes %s", took[10])
	}
	here := h.orgAt("")
	began := time.Now()
	a := chief.upload(here+"/import", "a.csv", []byte(file.String()))
	preview := time.Since(began)
	testkit.CheckPage(t, a.Body, testkit.See(".do-it", "在背景裡"), testkit.Count(".planned > li", 300), testkit.Texts(".sums li", "4,340 修改", "1 有錯"))
	began = time.Now()
	to := chief.does(here+"/import/do", chief.packed(a))
	pressed := time.Since(began)
	chief.see(to, testkit.See("h1", "寫入組織試算表"), testkit.See(".progress", "您可以離開"))
	chief.see("/office/", testkit.See(".notes, main", "4,340 行中已寫入 0 行"), testkit.See(`a[href="`+to+`"]`, "查看"))
	began = time.Now()
	if n, err := h.jobs.Drain(t.Context()); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	t.Logf("RESULT long-sheet rows=4340 preview=%s pressed=%s work=%s", preview.Round(time.Millisecond), pressed.Round(time.Millisecond), time.Since(began).Round(time.Millisecond))
	chief.see(to, testkit.See(".tag.good", "已完成"), testkit.See(".progress", "完成 4,340，共 4,340"), testkit.See(".facts", "青溪同鄉會"),
		testkit.See("h2", "略過的 1 行"), testkit.See(".planned-wrong", "第 4342 行"))
	chief.see("/office/", testkit.See("main", "已寫入 4,340 行，有 1 行因為有錯而略過"))
	other := h.seat("黃大衛", access.Administrator, "lanjiang/", true)
	if a := other.get(to); a.Status != http.StatusNotFound {
		t.Errorf("another's work: %d", a.Status)
	}
}
