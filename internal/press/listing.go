package press

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
)

// This file lists topics, columns and standing pages page by page, for programs that read all
// of them.

// Phase says whether a topic still takes reports in time; see Topic.Over.
type Phase string

// The phases that a list may be narrowed to.
const (
	Running Phase = "running"
	Over    Phase = "over"
)

// TopicListParams says which topics to list. The zero value lists all.
type TopicListParams struct {
	Org    ident.Org // that opened the topic or is asked to report to it; "": any
	Phase  Phase     // "": any
	Now    time.Time // the instant that Phase is judged at
	Limit  int       // 0: 20
	Before string    // the Next of the page before
}

// TopicList is one page of topics, newest first.
type TopicList struct {
	Topics []Topic
	Next   string // cursor of the next page; empty on the last
}

// TopicList lists topics, the one asked last first.
func (p Public) TopicList(ctx context.Context, q TopicListParams) (_ TopicList, err error) {
	defer fault.Wrap(&err, "press: list topics")
	conditions, args := []string{`TRUE`}, []any{}
	if q.Org != "" {
		conditions = append(conditions, `(t.org_id = ? OR t.id IN (SELECT topic_id FROM expectation WHERE org_id = ?))`)
		args = append(args, q.Org, q.Org)
	}
	switch q.Phase {
	case Over:
		conditions, args = append(conditions, `(t.frozen_at IS NOT NULL OR t.deadline < ?)`), append(args, db.At(q.Now))
	case Running:
		conditions, args = append(conditions, `t.frozen_at IS NULL AND (t.deadline IS NULL OR t.deadline >= ?)`), append(args, db.At(q.Now))
	}
	if q.Before != "" {
		at, id, err := parseCursor[ident.Topic](q.Before)
		if err != nil {
			return TopicList{}, err
		}
		conditions, args = append(conditions, `(t.asked_at, t.id) < (?, ?)`), append(args, at, id)
	}
	limit := pageSize(q.Limit)
	// The ids come first, so that the few texts are read and no more.
	list, err := p.topics(ctx, `t.id IN (SELECT t.id FROM topic AS t WHERE `+strings.Join(conditions, ` AND `)+`
		ORDER BY t.asked_at DESC, t.id DESC LIMIT ?)`+topicsNewestFirst, append(args, limit+1)...)
	if err != nil || len(list) <= limit {
		return TopicList{Topics: list}, err
	}
	last := list[limit-1]
	return TopicList{Topics: list[:limit], Next: cursor(last.AskedAt, last.ID)}, nil
}

// TopicByID is the topic of that id.
func (p Public) TopicByID(ctx context.Context, id ident.Topic) (_ Topic, err error) {
	defer fault.Wrap(&err, "press: topic %s", id)
	return loadTopic(ctx, p.r, `t.id = ?`, id)
}

// ColumnListParams says which columns to list. The zero value lists all.
type ColumnListParams struct {
	Org   ident.Org // "": of every organisation
	Limit int       // 0: 20
	After string    // the Next of the page before
}

// ColumnLine is a column in a list of several organisations' columns.
type ColumnLine struct {
	Column

	OrgPath  string
	OrgNames org.Names `bun:"embed:name_"`
}

// ColumnList is one page of columns.
type ColumnList struct {
	Columns []ColumnLine
	Next    string // cursor of the next page; empty on the last
}

// ColumnList lists columns, organisation by organisation and each one's in
// their order.
func (p Public) ColumnList(ctx context.Context, q ColumnListParams) (_ ColumnList, err error) {
	defer fault.Wrap(&err, "press: list columns")
	conditions, args := []string{`TRUE`}, []any{}
	if q.Org != "" {
		conditions, args = append(conditions, `c.org_id = ?`), append(args, q.Org)
	}
	if q.After != "" {
		after, err := parseColumnCursor(q.After)
		if err != nil {
			return ColumnList{}, err
		}
		conditions, args = append(conditions, `(c.org_id, c.position, c.id) > (?, ?, ?)`), append(args, after.OrgID, after.Position, after.ID)
	}
	limit := pageSize(q.Limit)
	var list []ColumnLine
	err = p.r.Select(ctx, &list, `SELECT c.*, o.path AS org_path, o.name_hant, o.name_hans, o.name_en
		FROM press_column AS c JOIN organisation AS o ON o.id = c.org_id WHERE `+strings.Join(conditions, ` AND `)+`
		ORDER BY c.org_id, c.position, c.id LIMIT ?`, append(args, limit+1)...)
	if err != nil || len(list) <= limit {
		return ColumnList{Columns: list}, err
	}
	return ColumnList{Columns: list[:limit], Next: list[limit-1].cursor()}, nil
}

// cursor marks a column's place in a list.
func (c Column) cursor() string {
	return string(c.OrgID) + "-" + strconv.Itoa(c.Position) + "-" + string(c.ID)
}

func parseColumnCursor(s string) (c Column, err error) {
	parts := strings.Split(s, "-")
	if len(parts) != 3 {
		return c, fault.New(fault.Misuse, "press.cursor_invalid", nil)
	}
	c.OrgID, err = ident.Parse[ident.Org](parts[0])
	if err == nil {
		c.Position, err = strconv.Atoi(parts[1])
	}
	if err == nil {
		c.ID, err = ident.Parse[ident.Column](parts[2])
	}
	if err != nil {
		return c, fault.Because(err, fault.Misuse, "press.cursor_invalid", nil)
	}
	return c, nil
}

// PageListParams says which standing pages to list. The zero value lists all.
type PageListParams struct {
	Org   ident.Org // "": of every organisation
	Limit int       // 0: 20
	After string    // the Next of the page before
}

// PageList is one page of standing pages.
type PageList struct {
	Pages []PageRef
	Next  string // cursor of the next page; empty on the last
}

// PageList lists published standing pages in the order in which they were made,
// each language by itself.
func (p Public) PageList(ctx context.Context, q PageListParams) (_ PageList, err error) {
	defer fault.Wrap(&err, "press: list pages")
	where, args := `TRUE`, []any{}
	if q.Org != "" {
		where, args = where+` AND p.org_id = ?`, append(args, q.Org)
	}
	if q.After != "" {
		after, err := ident.Parse[ident.Page](q.After)
		if err != nil {
			return PageList{}, fault.Because(err, fault.Misuse, "press.cursor_invalid", nil)
		}
		where, args = where+` AND p.id > ?`, append(args, after)
	}
	limit := pageSize(q.Limit)
	var list []PageRef
	err = p.r.Select(ctx, &list, pageRefSQL+where+` ORDER BY p.id LIMIT ?`, append(args, limit+1)...)
	if err != nil || len(list) <= limit {
		return PageList{Pages: list}, err
	}
	return PageList{Pages: list[:limit], Next: string(list[limit-1].ID)}, nil
}

// PageByID is a published standing page with its text.
func (p Public) PageByID(ctx context.Context, id ident.Page) (_ StandingPage, err error) {
	defer fault.Wrap(&err, "press: page %s", id)
	var row standingRow
	if err := p.r.Get(ctx, &row, `SELECT * FROM standing_page WHERE id = ? AND state = 'published'`, id); err != nil {
		return StandingPage{}, db.NotFound(err, "press.page_not_found", nil)
	}
	return row.page()
}
