package office

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/orgtable"
	"github.com/huiguan/huiguan/internal/sheet"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// tableRoutes are the pages by which organisations go out and come in as a
// table. A preview is a POST that keeps nothing.
func (o *Office) tableRoutes() []kit.Route {
	at := kit.OrgIn("org")
	view, change := kit.Allowed(access.OrgView, at), kit.Allowed(access.OrgAdd, at).And(access.OrgEdit, at)
	preview := act("/office/orgs/{org}/import", change, kit.FormOf[tableForm]().UpTo(6<<20), o.previewTable)
	preview.Audit = kit.AuditNothing
	return []kit.Route{
		look("/office/orgs/{org}/sheet", view, kit.Nothing(), o.sheetPage),
		look("/office/orgs/{org}/sheet.xlsx", view, kit.Nothing(), o.sheetFile(xlsxFile, o.tableRows)),
		look("/office/orgs/{org}/sheet.csv", view, kit.Nothing(), o.sheetFile(csvFile, o.tableRows)),
		look("/office/orgs/{org}/template.xlsx", view, kit.Nothing(), o.sheetFile(xlsxFile, o.templateRows)),
		look("/office/orgs/{org}/import", change, kit.Nothing(), o.importPage),
		preview,
		act("/office/orgs/{org}/import/do", change, kit.FormOf[packedForm]().UpTo(8<<20), o.doTable),
	}
}

// tableForm is a spreadsheet that is sent to be looked at.
type tableForm struct {
	File kit.File `form:"file"`
}

// packedForm is a table on its way from the preview to the deed. It is not
// trusted: it is planned, and every row asked for, as if it had just been sent;
// Digest says which plan was looked at.
type packedForm struct {
	Rows   string `form:"rows,max=7340032"`
	Digest string `form:"digest,max=32"`
}

// sheetKind is a kind of file in which a table goes out.
type sheetKind struct {
	ext, mime string
	write     func(w io.Writer, title string, rows [][]string) error
}

var (
	xlsxFile = sheetKind{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", sheet.WriteXLSX}
	csvFile  = sheetKind{"csv", sheet.CSVType, func(w io.Writer, _ string, rows [][]string) error { return sheet.WriteCSV(w, rows) }}
)

// sheetFile answers with a table as a file.
func (o *Office) sheetFile(kind sheetKind, rows func(*http.Request, orgVisit) (string, [][]string, error)) kit.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, err := o.visitOrg(r)
		if err != nil {
			return err
		}
		title, table, err := rows(r, v)
		if err != nil {
			return err
		}
		var b bytes.Buffer
		if err := kind.write(&b, title, table); err != nil {
			return err
		}
		name := strings.Trim(strings.ReplaceAll(v.org.Path, "/", "-"), "-")
		if name == "" {
			name = "organisations"
		}
		w.Header().Set("Content-Disposition", `attachment; filename="`+name+"."+kind.ext+`"; filename*=UTF-8''`+url.PathEscape(title+"."+kind.ext))
		return kit.Respond(w, r, kit.Response{Type: kind.mime, Cache: kit.CacheNever, Body: b.Bytes()})
	}
}

// tableRows are the organisation and all below it, as far as they are the
// reader's.
func (o *Office) tableRows(r *http.Request, v orgVisit) (string, [][]string, error) {
	rows, err := o.Org.Table(r.Context(), v.org, v.lang)
	if err != nil {
		return "", nil, err
	}
	kept := rows[:1]
	for _, row := range rows[1:] {
		if v.can(access.OrgView, org.CleanPath(row[0])) {
			kept = append(kept, row)
		}
	}
	return v.org.Name(v.lang), kept, nil
}

// templateRows are the columns with one row that shows how they are filled.
func (o *Office) templateRows(_ *http.Request, v orgVisit) (string, [][]string, error) {
	kind := ""
	if held := v.heldBy(v.org.Kind); len(held) > 0 {
		kind = held[0].Text
	}
	example := []string{
		"", kind, v.lang.T("tree.example_name"), "", v.lang.T("tree.example_name_en"), "/" + v.org.Path, "", "1988-05", v.lang.T("org.status_active"),
		"000 0000 0000", "name@example.org", v.lang.T("tree.example_address"), v.lang.T("tree.example_hours"),
	}
	return v.lang.T("tree.template"), [][]string{org.TableHead(v.lang), example}, nil
}

// sheetPage offers the table as files.
type sheetPage struct {
	frame
	Org    string
	Below  int
	Files  []link
	Import string // "" where the reader may not
	Back   string
}

// sheetPage answers /office/orgs/{org}/sheet.
func (o *Office) sheetPage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visitOrg(r)
	if err != nil {
		return err
	}
	p := sheetPage{frame: o.orgFrame(v, v.lang.T("tree.act_sheet")), Org: v.org.Name(v.lang), Back: orgHref(v.org.ID)}
	if p.Below, err = o.Org.CountBelow(r.Context(), v.org.Path); err != nil {
		return err
	}
	p.Files = []link{{v.lang.T("tree.sheet_xlsx"), p.Back + "/sheet." + xlsxFile.ext}, {v.lang.T("tree.sheet_csv"), p.Back + "/sheet." + csvFile.ext}}
	if v.can(access.OrgAdd, v.org.Path) && v.org.Status == org.Active {
		p.Import = p.Back + "/import"
	}
	return o.show(w, r, p)
}

// importPage takes a spreadsheet and shows what it would do.
type importPage struct {
	frame
	Org      string
	Here     string
	Template string
	Sheet    string
	Columns  string
	Plan     *org.Plan // nil before a file was sent
	Sums     []sum
	Rows     []importRow
	Hidden   int // rows that are not shown
	Packed   string
	Back     string
}

// sum is how many rows do one thing.
type sum struct {
	State string
	Count int
}

// importRow is a row of a table, in words.
type importRow struct {
	Number int
	Name   string
	State  string // new, changed, moved, wrong, same
	Says   []string
}

// shownRows bounds how many rows a preview shows; those that are wrong come first.
const shownRows = 300

func (o *Office) importing(v orgVisit) importPage {
	here := orgHref(v.org.ID)
	return importPage{
		frame: o.orgFrame(v, v.lang.T("tree.act_import")), Org: v.org.Name(v.lang), Here: here + "/import", Template: here + "/template.xlsx",
		Sheet: here + "/sheet", Back: here, Columns: strings.Join(org.TableHead(v.lang), v.lang.T("tree.comma")),
	}
}

// importPage answers /office/orgs/{org}/import.
func (o *Office) importPage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visitOrg(r)
	if err != nil {
		return err
	}
	return o.show(w, r, o.importing(v))
}

// params are the rows with what their bringer may do.
func (v orgVisit) params(rows []sheet.Row) org.TableParams {
	return orgtable.Params(v.actor, v.now, v.org, rows, v.lang)
}

// previewTable shows what a spreadsheet would do, row by row, and keeps nothing.
func (o *Office) previewTable(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[tableForm](r)
	v, err := o.visitOrg(r)
	if err != nil {
		return err
	}
	var rows []sheet.Row
	if err = errNoFile; len(in.File.Data) > 0 {
		rows, err = sheet.Read(in.File.Data, sheet.Usual())
	}
	var p importPage
	if err == nil {
		p, err = o.planned(r, v, rows)
	}
	if err != nil {
		return o.again(w, r, err, map[string]string{errNoFile.Key: "file"}, func(problem problem) (page, error) {
			again := o.importing(v)
			again.Problem = problem
			return again, nil
		})
	}
	return o.show(w, r, p)
}

// errNoFile says that no file was chosen.
var errNoFile = fault.New(fault.Invalid, "tree.no_file", nil)

// planned is the preview of a table.
func (o *Office) planned(r *http.Request, v orgVisit, rows []sheet.Row) (importPage, error) {
	p := o.importing(v)
	plan, err := o.Org.PlanTable(r.Context(), v.params(rows))
	if err != nil {
		return p, err
	}
	p.Plan = &plan
	p.Sums = sums(plan.Rows)
	p.Rows, p.Hidden = v.importRows(plan.Rows)
	p.Packed, err = pack(rows)
	return p, err
}

// stateOfRow is what a row does, or that it is wrong.
func stateOfRow(row org.PlannedRow) string {
	switch {
	case len(row.Wrong) > 0:
		return "wrong"
	case row.Same():
		return "same"
	case row.New:
		return "new"
	case row.Moves:
		return "moved"
	}
	return "changed"
}

// sums counts rows by what they do.
func sums(rows []org.PlannedRow) (list []sum) {
	n := map[string]int{}
	for _, row := range rows {
		n[stateOfRow(row)]++
	}
	for _, state := range []string{"new", "changed", "moved", "wrong", "same"} {
		if n[state] > 0 {
			list = append(list, sum{state, n[state]})
		}
	}
	return list
}

// importRows puts the rows that do something, or are wrong, into words: as many as
// a page shows, and how many more there are.
func (v visit) importRows(rows []org.PlannedRow) (list []importRow, hidden int) {
	for _, wrong := range []bool{true, false} {
		for _, row := range rows {
			if row.Same() || (len(row.Wrong) > 0) != wrong {
				continue
			}
			if len(list) == shownRows {
				hidden++
				continue
			}
			list = append(list, v.importRow(row))
		}
	}
	return list, hidden
}

// importRow puts a row into words.
func (v visit) importRow(row org.PlannedRow) importRow {
	out := importRow{Number: row.Number, Name: row.Name, State: stateOfRow(row)}
	say := func(key string, args fault.Args) { out.Says = append(out.Says, v.lang.T(key, args)) }
	switch out.State {
	case "wrong":
		for _, wrong := range row.Wrong {
			text := v.lang.Error(v.worded(fault.New(fault.Invalid, wrong.Key, wrong.Args)))
			if wrong.Cell == "" {
				out.Says = append(out.Says, text)
			} else {
				say("tree.wrong_cell", fault.Args{"cell": wrong.Cell, "text": text})
			}
		}
		return out
	case "new":
		say("tree.row_new", fault.Args{"path": row.Path})
	case "moved":
		say("tree.row_moved", fault.Args{"from": row.From, "path": row.Path})
	}
	for _, c := range row.Changes {
		if c.Old == "" {
			say("tree.row_set", fault.Args{"column": v.lang.T(c.Column.Key()), "new": c.New})
		} else {
			say("tree.row_changed", fault.Args{"column": v.lang.T(c.Column.Key()), "old": c.Old, "new": c.New})
		}
	}
	return out
}

// pack writes rows into a hidden field, so that what was previewed is what is
// done, whichever node of the server answers and however long one thinks.
func pack(rows []sheet.Row) (string, error) {
	text, err := json.Marshal(rows)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(text); err != nil {
		return "", err
	}
	if err := z.Close(); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(b.Bytes()), nil
}

// unpack reads such rows back within the limits of a file.
func unpack(s string) (rows []sheet.Row, err error) {
	broken := func(err error) error { return fault.Because(err, fault.Misuse, "kit.form_broken", nil) }
	z, err := gzip.NewReader(base64.NewDecoder(base64.RawURLEncoding, strings.NewReader(s)))
	if err != nil {
		return nil, broken(err)
	}
	limits := sheet.Usual()
	in := json.NewDecoder(io.LimitReader(z, limits.Unzipped))
	if _, err := in.Token(); err != nil { // the bracket
		return nil, broken(err)
	}
	for in.More() { // row by row: a small form could unfold to millions
		var row sheet.Row
		if err := in.Decode(&row); err != nil {
			return nil, broken(err)
		}
		if rows = append(rows, row); len(rows) > limits.Rows+1 {
			break // Keep says what is wrong
		}
	}
	return limits.Keep(rows)
}

// doTable does what the table says. A long one is done in the background: the page
// that shows how it goes comes next.
func (o *Office) doTable(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[packedForm](r)
	v, err := o.visitOrg(r)
	if err != nil {
		return err
	}
	rows, err := unpack(in.Rows)
	if err != nil {
		return err
	}
	work, err := o.Tables.Do(r.Context(), v.params(rows), in.Digest)
	switch {
	case err != nil:
		return o.again(w, r, plain(v.visit, v.kinds, err), nil, func(problem problem) (page, error) {
			p, err := o.planned(r, v, rows)
			p.Problem = problem
			return p, err
		})
	case work != 0:
		return kit.SeeOther(w, r, jobHref(work))
	}
	return orgDone(w, r, v.org.ID, "", "tree.done_imported")
}

// tagOf is the colour of what a row does.
func tagOf(state string) string {
	return map[string]string{"new": "good", "moved": "waits", "changed": "waits", "wrong": "bad"}[state]
}
