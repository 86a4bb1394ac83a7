package org

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/sheet"
)

// Column is a column of the table in which organisations go out and come in.
type Column string

// The columns of the table.
const (
	ColumnPath     Column = "path"
	ColumnKind     Column = "kind"
	ColumnHant     Column = "name_hant"
	ColumnHans     Column = "name_hans"
	ColumnEn       Column = "name_en"
	ColumnParent   Column = "parent"
	ColumnPosition Column = "position"
	ColumnFounded  Column = "founded"
	ColumnStatus   Column = "status"
	ColumnPhone    Column = "phone"
	ColumnEmail    Column = "email"
	ColumnAddress  Column = "address"
	ColumnHours    Column = "hours"
)

// Columns lists them in the order in which they are written.
func Columns() []Column {
	return []Column{
		ColumnPath, ColumnKind, ColumnHant, ColumnHans, ColumnEn, ColumnParent, ColumnPosition, ColumnFounded, ColumnStatus,
		ColumnPhone, ColumnEmail, ColumnAddress, ColumnHours,
	}
}

// Key is the message that heads the column.
func (c Column) Key() string { return "org.column_" + string(c) }

// columnNamed finds the column that a header means, in whichever language.
func columnNamed(header string) (Column, bool) {
	key := NameKey(header)
	for _, c := range Columns() {
		if key == NameKey(string(c)) {
			return c, true
		}
		for _, l := range locale.Langs {
			if key == NameKey(l.T(c.Key())) {
				return c, true
			}
		}
	}
	return "", false
}

// TableHead is the first row of the table.
func TableHead(l locale.Lang) []string {
	out := make([]string, 0, len(Columns()))
	for _, c := range Columns() {
		out = append(out, l.T(c.Key()))
	}
	return out
}

// WriteTable writes an organisation and all below it as rows under a head, as
// the tree is read.
func WriteTable(ctx context.Context, r db.Reader, top Organisation, l locale.Lang) (_ [][]string, err error) {
	defer fault.Wrap(&err, "org.WriteTable(%q)", top.Path)
	list, err := Subtree(ctx, r, top.Path)
	if err != nil {
		return nil, err
	}
	kinds, err := loadKinds(ctx, r)
	if err != nil {
		return nil, err
	}
	profiles, err := profilesBelow(ctx, r, top.Path)
	if err != nil {
		return nil, err
	}
	out := make([][]string, 0, len(list)+1)
	out = append(out, TableHead(l))
	for _, o := range list {
		parent := ""
		if !o.IsRoot() {
			parent = "/" + parentPath(o.Path)
		}
		p := profiles[o.ID]
		out = append(out, []string{
			"/" + o.Path, kinds[o.Kind].Names.In(l), o.Names.Hant, o.Names.Hans, o.Names.En, parent, strconv.Itoa(o.Position), o.Founded,
			l.T("org.status_" + string(o.Status)), p.Phone, p.Email, *slot(&p.Address), hoursCell(p.Hours, l),
		})
	}
	return out, nil
}

// profilesBelow are the profiles of an organisation and all below it.
func profilesBelow(ctx context.Context, r db.Reader, path string) (map[ident.Org]Profile, error) {
	var rows []profileRow
	from, to := ScopeSQL(path)
	err := r.Select(ctx, &rows, `SELECT p.* FROM org_profile AS p JOIN organisation AS o ON o.id = p.org_id WHERE o.path >= ? AND o.path < ?`, from, to)
	out := make(map[ident.Org]Profile, len(rows))
	for _, row := range rows {
		out[row.OrgID] = row.profile()
	}
	return out, err
}

// slot is the text of a name that a column of one language stands for: the first
// that is there.
func slot(n *Names) *string {
	switch {
	case n.Hant == "" && n.Hans != "":
		return &n.Hans
	case n.Hant == "" && n.En != "":
		return &n.En
	}
	return &n.Hant
}

// dayNames are the days as people write them in a cell.
func dayNames(l locale.Lang) []string {
	switch l {
	case locale.Hant:
		return []string{"週一", "週二", "週三", "週四", "週五", "週六", "週日"}
	case locale.Hans:
		return []string{"周一", "周二", "周三", "周四", "周五", "周六", "周日"}
	}
	return []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}
}

// hoursCell writes a week in one cell: Mon-Fri 08:30-12:00; Sat 09:00-11:30.
func hoursCell(list []Hours, l locale.Lang) string {
	out := make([]string, 0, len(list))
	for _, h := range list {
		out = append(out, h.Days.write(dayNames(l))+" "+h.Opens.String()+"-"+h.Closes.String())
	}
	return strings.Join(out, "; ")
}

// dayMarks writes days and signs of a cell as a profile's file has them.
var dayMarks = strings.NewReplacer(
	"星期", "周", "禮拜", "周", "礼拜", "周", "週", "周",
	"；", ";", "，", ",", "、", ",", "：", ":", "至", "-", "到", "-", "~", "-", "～", "-", "–", "-", "—", "-", "\n", ";",
)

var dayWordsChinese = strings.NewReplacer(
	"周一", "mon", "周二", "tue", "周三", "wed", "周四", "thu", "周五", "fri", "周六", "sat", "周日", "sun", "周天", "sun",
)

// parseHours reads such a cell; ok says whether all of it was understood.
func parseHours(cell string) (out []Hours, ok bool) {
	text := strings.ToLower(dayWordsChinese.Replace(dayMarks.Replace(cell)))
	for part := range strings.SplitSeq(text, ";") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		at := strings.IndexAny(part, "0123456789")
		if at < 0 {
			return nil, false
		}
		days, good := ParseDays(part[:at])
		if !good {
			return nil, false
		}
		for span := range strings.SplitSeq(part[at:], ",") {
			from, to, _ := strings.Cut(span, "-")
			opens, good1 := parseClock(from)
			closes, good2 := parseClock(to)
			if !good1 || !good2 {
				return nil, false
			}
			out = append(out, Hours{Days: days, Opens: opens, Closes: closes})
		}
	}
	return out, true
}

// foundedCell reads a date as people and programs write it: 1957, 1957-03,
// 1957/3/8, 1957年3月8日.
func foundedCell(s string) (string, bool) {
	s = strings.NewReplacer("年", "-", "月", "-", "日", "", "號", "", "号", "", "/", "-", ".", "-", " ", "").Replace(s)
	parts := strings.Split(strings.Trim(s, "-"), "-")
	for i, part := range parts {
		if len(part) == 1 && i > 0 {
			parts[i] = "0" + part
		}
	}
	s = strings.Join(parts, "-")
	return s, checkFounded(s) == nil
}

// head finds the columns of a table in its first row.
func head(rows []sheet.Row) (at map[Column]int, unknown []string, err error) {
	if len(rows) == 0 {
		return nil, nil, fault.New(fault.Invalid, "org.table_empty", nil)
	}
	at = map[Column]int{}
	for i, title := range rows[0].Cells {
		c, ok := columnNamed(title)
		_, twice := at[c]
		switch {
		case title == "":
		case !ok:
			unknown = append(unknown, title)
		case twice:
			return nil, nil, fault.New(fault.Invalid, "org.table_column_twice", fault.Args{"column": title})
		default:
			at[c] = i
		}
	}
	if !slices.ContainsFunc([]Column{ColumnPath, ColumnHant, ColumnHans, ColumnEn}, func(c Column) bool { _, ok := at[c]; return ok }) {
		return nil, nil, fault.New(fault.Invalid, "org.table_no_head", nil)
	}
	return at, unknown, nil
}

// Table writes an organisation and all below it as rows under a head.
func (r *Reader) Table(ctx context.Context, top Organisation, l locale.Lang) ([][]string, error) {
	return WriteTable(ctx, r.on, top, l)
}
