package press

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
)

// ReportState says how an organisation stands towards a topic that asked it.
type ReportState string

// The states of an expectation.
const (
	Awaited  ReportState = "awaited"  // no report, but there is still time
	Reported ReportState = "reported" // a report by the deadline
	Late     ReportState = "late"     // a report after it
	Silent   ReportState = "silent"   // the deadline passed without a report
	Excused  ReportState = "excused"  // no report, and none is asked
)

// ReportStates lists the states in the order in which they are shown.
func ReportStates() []ReportState { return []ReportState{Reported, Late, Awaited, Silent, Excused} }

// Expectation is an organisation that a topic asks, as it was when asked.
type Expectation struct {
	Org      ident.Org
	Names    org.Names
	Path     string
	Kind     string
	Level    int
	Position int         // in protocol order
	Excused  string      // the reason; empty where it is not excused
	Frozen   ReportState // set once the topic is frozen
}

// StateOf decides an expectation's state from the instant of the first report
// (zero: none), the deadline (zero: none) and the present. What was frozen
// stays. Who was excused and reports nevertheless has reported, and is never
// late.
func StateOf(e Expectation, first, deadline, now time.Time) ReportState {
	switch {
	case e.Frozen != "":
		return e.Frozen
	case !first.IsZero():
		if e.Excused == "" && !deadline.IsZero() && first.After(deadline) {
			return Late
		}
		return Reported
	case e.Excused != "":
		return Excused
	case !deadline.IsZero() && now.After(deadline):
		return Silent
	}
	return Awaited
}

// CoverageRow is one organisation that was asked.
type CoverageRow struct {
	Expectation
	State   ReportState
	First   Ref   // its first report; the zero Ref where there is none
	Later   []Ref // what it sent after that
	Reports int   // how many it sent
}

// Tally counts organisations by state.
type Tally struct {
	Asked    int `json:"asked"`
	Reported int `json:"reported"`
	Late     int `json:"late"`
	Awaited  int `json:"awaited"`
	Silent   int `json:"silent"`
	Excused  int `json:"excused"`
}

func (t *Tally) add(s ReportState) { t.count(s, 1) }

// count counts n organisations in one state.
func (t *Tally) count(s ReportState, n int) {
	t.Asked += n
	switch s {
	case Reported:
		t.Reported += n
	case Late:
		t.Late += n
	case Awaited:
		t.Awaited += n
	case Silent:
		t.Silent += n
	case Excused:
		t.Excused += n
	}
}

// plus adds up two tallies.
func (t Tally) plus(u Tally) Tally {
	return Tally{
		Asked: t.Asked + u.Asked, Reported: t.Reported + u.Reported, Late: t.Late + u.Late,
		Awaited: t.Awaited + u.Awaited, Silent: t.Silent + u.Silent, Excused: t.Excused + u.Excused,
	}
}

// LevelTally is the tally of one level of the tree.
type LevelTally struct {
	Level int `json:"level"`
	Tally
}

// Coverage is how a topic stands: who was asked, who reported, and who
// reported without having been asked.
type Coverage struct {
	Topic  Topic
	Rows   []CoverageRow // in the protocol order at the time of asking
	Extra  []Ref         // reports of organisations that were not asked, by path and time
	All    Tally
	Levels []LevelTally // from the top level down
}

// Silent lists those to remind: who neither reported nor is excused once the
// deadline has passed. Nobody else is reminded.
func (c Coverage) Silent() []CoverageRow {
	var out []CoverageRow
	for _, row := range c.Rows {
		if row.State == Silent {
			out = append(out, row)
		}
	}
	return out
}

// tally counts the rows.
func (c *Coverage) tally() {
	levels := map[int]*LevelTally{}
	for _, row := range c.Rows {
		c.All.add(row.State)
		l := levels[row.Level]
		if l == nil {
			l = &LevelTally{Level: row.Level}
			levels[row.Level] = l
		}
		l.add(row.State)
	}
	for _, l := range levels {
		c.Levels = append(c.Levels, *l)
	}
	slices.SortFunc(c.Levels, func(a, b LevelTally) int { return cmp.Compare(a.Level, b.Level) })
}

type expectationRow struct {
	bun.BaseModel `bun:"table:expectation"`

	TopicID     ident.Topic
	OrgID       ident.Org
	Names       org.Names `bun:"embed:name_"`
	Path        string
	Kind        string
	Level       int
	Position    int
	Excused     string
	FrozenState ReportState
}

func (r expectationRow) expectation() Expectation {
	return Expectation{
		Org: r.OrgID, Names: r.Names, Path: r.Path, Kind: r.Kind, Level: r.Level, Position: r.Position,
		Excused: r.Excused, Frozen: r.FrozenState,
	}
}

// expectationBatch bounds one INSERT: a topic may ask 15,000 organisations.
const expectationBatch = 1_000

func insertExpectations(ctx context.Context, tx *db.Tx, topic ident.Topic, list []Expectation) error {
	for chunk := range slices.Chunk(list, expectationBatch) {
		rows := make([]expectationRow, 0, len(chunk))
		for _, e := range chunk {
			rows = append(rows, expectationRow{
				TopicID: topic, OrgID: e.Org, Names: e.Names, Path: e.Path, Kind: e.Kind, Level: e.Level, Position: e.Position, Excused: e.Excused,
			})
		}
		if err := tx.Insert(ctx, &rows); err != nil {
			return err
		}
	}
	return nil
}

// coverageSQL lists everybody asked and then every report; the two are put together in Go,
// since an engine without statistics may pair them by trying all with
// all. A digest is no report: it tells what others did. Neither is a translation.
const coverageSQL = `
SELECT 0 AS report, e.position AS position, e.org_id, e.name_hant, e.name_hans, e.name_en, e.path AS path, e.kind, e.level, e.excused, e.frozen_state,
	'' AS report_id, '' AS title, '' AS lang, '' AS published_on, 0 AS published_at, '' AS path_now, '' AS now_hant, '' AS now_hans, '' AS now_en
FROM expectation AS e WHERE e.topic_id = ?
UNION ALL
SELECT 1, 0, a.org_id, '', '', '', o.path, '', 0, '', '', a.id, a.title, a.lang, a.published_on, a.published_at, o.path, o.name_hant, o.name_hans, o.name_en
FROM article_topic AS t CROSS JOIN article AS a CROSS JOIN organisation AS o
WHERE t.topic_id = ? AND a.id = t.article_id AND o.id = a.org_id
	AND a.state = 'published' AND a.kind = 'article' AND a.translation_of IS NULL
ORDER BY report, position, path, published_at, report_id`

// coverageLine is an organisation asked, or a report.
type coverageLine struct {
	expectationRow

	Report      int
	ReportID    ident.Article
	Title       string
	Lang        locale.Lang
	PublishedOn string
	PublishedAt db.Time
	PathNow     string
	Now         org.Names `bun:"embed:now_"`
}

func (l coverageLine) ref() Ref {
	return Ref{
		ID: l.ReportID, Title: l.Title, Lang: l.Lang, PublishedOn: l.PublishedOn, PublishedAt: l.PublishedAt,
		OrgID: l.OrgID, OrgPath: l.PathNow, OrgNames: l.Now,
	}
}

// coverageOf reads a topic's coverage in one query.
func coverageOf(ctx context.Context, r db.Reader, t Topic, now time.Time) (Coverage, error) {
	var lines []coverageLine
	if err := r.Select(ctx, &lines, coverageSQL, t.ID, t.ID); err != nil {
		return Coverage{}, err
	}
	c := Coverage{Topic: t}
	asked := make(map[ident.Org]int, len(lines))
	for _, l := range lines {
		if l.Report == 0 {
			asked[l.OrgID] = len(c.Rows)
			c.Rows = append(c.Rows, CoverageRow{Expectation: l.expectation()})
		} else if i, ok := asked[l.OrgID]; ok {
			c.Rows[i].take(l.ref())
		} else {
			c.Extra = append(c.Extra, l.ref())
		}
	}
	for i := range c.Rows {
		row := &c.Rows[i]
		row.State = StateOf(row.Expectation, row.First.PublishedAt.Time, t.Deadline.Time, now)
	}
	c.tally()
	return c, nil
}

// take counts a report; they come oldest first.
func (r *CoverageRow) take(report Ref) {
	if r.Reports == 0 {
		r.First = report
	} else {
		r.Later = append(r.Later, report)
	}
	r.Reports++
}

// Coverage says how a topic stands at the given instant.
func (p Public) Coverage(ctx context.Context, id ident.Topic, now time.Time) (_ Coverage, err error) {
	defer fault.Wrap(&err, "press: coverage of %s", id)
	t, err := loadTopic(ctx, p.r, `t.id = ?`, id)
	if err != nil {
		return Coverage{}, err
	}
	return coverageOf(ctx, p.r, t, now)
}

// With is the tally with one more organisation, of that state.
func (t Tally) With(s ReportState) Tally {
	t.add(s)
	return t
}
