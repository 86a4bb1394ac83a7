package press

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/markup"
)

// Fact is an event told of in an article. It keeps its id as long as the
// article tells of it, whatever else in the text is rewritten.
type Fact struct {
	ID       ident.Fact
	Org      ident.Org
	Article  ident.Article
	Position int
	facts.Fact
	History []Correction // oldest first
}

// Correction is one field that a person changed, and what stood there.
type Correction struct {
	At     time.Time       `json:"at"`
	Actor  string          `json:"actor"`
	Field  string          `json:"field"`
	Before json.RawMessage `json:"before"`
}

// FactChange names the fields to correct; nil fields stay as they are.
type FactChange struct {
	Date, End, PartOfDay, Place *string
	Kind                        *facts.Kind
	Mode                        *facts.Mode
	Headcount                   *int
	HeadcountAbout              *bool
	Hosts                       *[]string
}

// apply makes the change and returns what it changed, in a fixed order.
func (c FactChange) apply(f *facts.Fact) []Correction {
	var done []Correction
	correct(&done, "date", &f.Date, c.Date)
	correct(&done, "end", &f.End, c.End)
	correct(&done, "part_of_day", &f.PartOfDay, c.PartOfDay)
	correct(&done, "kind", &f.Kind, c.Kind)
	correct(&done, "mode", &f.Mode, c.Mode)
	correct(&done, "headcount", &f.Headcount, c.Headcount)
	correct(&done, "headcount_about", &f.HeadcountAbout, c.HeadcountAbout)
	correct(&done, "hosts", &f.Hosts, c.Hosts)
	correct(&done, "place", &f.Place, c.Place)
	return done
}

// correct sets one field and notes what stood there, if the two differ.
func correct[T any](done *[]Correction, field string, at, to *T) {
	if to == nil || reflect.DeepEqual(*at, *to) {
		return
	}
	before, err := json.Marshal(*at)
	if err != nil {
		panic(err) // strings, numbers and lists of strings always marshal
	}
	*done = append(*done, Correction{Field: field, Before: before})
	*at = *to
}

// tidyFacts cleans facts on their way in and refuses what no report can say.
func tidyFacts(in []facts.Fact) ([]facts.Fact, error) {
	if len(in) > MaxFacts {
		return nil, fault.New(fault.TooLarge, "press.facts_many", fault.Args{"max": MaxFacts})
	}
	out := make([]facts.Fact, 0, len(in))
	for _, f := range in {
		f, err := tidyFact(f)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

func tidyFact(f facts.Fact) (facts.Fact, error) {
	f.Paragraph = 0 // holds only for the text it was just read from
	f.Quote, _ = markup.CleanText(f.Quote)
	f.DateText, f.Place = tidyLine(f.DateText), tidyLine(f.Place)
	hosts := make([]string, 0, len(f.Hosts))
	for _, h := range f.Hosts {
		hosts = append(hosts, tidyLine(h))
	}
	f.Hosts = slices.DeleteFunc(hosts, func(h string) bool { return h == "" })
	return f, checkFact(f)
}

// checkFact refuses values that are no date, kind, mode or number of people.
func checkFact(f facts.Fact) error {
	if err := checkDate(f.Date); err != nil {
		return err
	}
	if err := checkDate(f.End); err != nil {
		return err
	}
	field := ""
	switch {
	case f.End != "" && f.End < f.Date:
		field = "end"
	case !slices.Contains(facts.Kinds(), f.Kind):
		field = "kind"
	case !slices.Contains(modes(), f.Mode):
		field = "mode"
	case f.Headcount < 0 || f.Headcount > maxPeople:
		field = "headcount"
	case !slices.Contains([]string{"", facts.Morning, facts.Noon, facts.Afternoon, facts.Evening}, f.PartOfDay):
		field = "part_of_day"
	case utf8.RuneCountInString(f.Quote) > maxQuote:
		field = "quote"
	case utf8.RuneCountInString(f.Place) > MaxLine || utf8.RuneCountInString(f.DateText) > MaxLine:
		field = "place"
	}
	if field != "" {
		return fault.New(fault.Invalid, "press.fact_invalid", fault.Args{"field": field})
	}
	return nil
}

func modes() []facts.Mode {
	return []facts.Mode{facts.InPerson, facts.Online, facts.Hybrid, facts.Unknown}
}

// telling is what makes two readings tell of the same event.
type telling struct {
	dateText, quote string
	kind            facts.Kind
}

// tells is the event as the text told it: a kind that a person corrected
// counts as it was first read.
func (f Fact) tells() telling {
	t := telling{dateText: f.DateText, quote: f.Quote, kind: f.Kind}
	for _, c := range f.History {
		if c.Field != "kind" {
			continue
		}
		if err := json.Unmarshal(c.Before, &t.kind); err == nil {
			break
		}
	}
	return t
}

// follow sets an article's facts against a new reading of its text. An event
// told again keeps its id; if a person corrected it, it keeps all its fields.
// New events have no id yet. What is told no longer is left out.
func follow(old []Fact, told []facts.Fact) []Fact {
	waiting := map[telling][]Fact{}
	for _, f := range old {
		waiting[f.tells()] = append(waiting[f.tells()], f)
	}
	out := make([]Fact, 0, len(told))
	for i, f := range told {
		next := Fact{Fact: f}
		if same := waiting[next.tells()]; len(same) > 0 {
			waiting[next.tells()] = same[1:]
			if next = same[0]; len(next.History) == 0 {
				next.Fact = f
			}
		}
		next.Position = i
		out = append(out, next)
	}
	return out
}

// Totals are sums over distinct facts.
type Totals struct {
	Events        int                `json:"events"`
	Headcount     int                `json:"headcount"`
	About         bool               `json:"about"` // a figure in Headcount is a round one
	Organisations int                `json:"organisations"`
	ByMode        map[facts.Mode]int `json:"by_mode"`
	ByKind        map[facts.Kind]int `json:"by_kind"`
}

// Sum adds facts up, each id once.
func Sum(list []Fact) Totals {
	t := Totals{ByMode: map[facts.Mode]int{}, ByKind: map[facts.Kind]int{}}
	seen, orgs := map[ident.Fact]bool{}, map[ident.Org]bool{}
	for _, f := range list {
		if seen[f.ID] {
			continue
		}
		seen[f.ID], orgs[f.Org] = true, true
		t.Events++
		t.Headcount += f.Headcount
		t.About = t.About || f.HeadcountAbout && f.Headcount > 0
		t.ByMode[f.Mode]++
		t.ByKind[f.Kind]++
	}
	t.Organisations = len(orgs)
	return t
}

// factRow is a fact as it is stored.
type factRow struct {
	bun.BaseModel `bun:"table:fact"`

	ID             ident.Fact
	OrgID          ident.Org
	ArticleID      ident.Article
	Position       int
	Date           string
	EndDate        string
	DateText       string
	PartOfDay      string
	Kind           facts.Kind
	Mode           facts.Mode
	Headcount      int `bun:",nullzero"`
	HeadcountAbout bool
	Hosts          db.JSON[[]string]
	Place          string
	Quote          string
	History        db.JSON[[]Correction]
}

func (f Fact) row() factRow {
	history := f.History
	if history == nil {
		history = []Correction{}
	}
	return factRow{
		ID: f.ID, OrgID: f.Org, ArticleID: f.Article, Position: f.Position,
		Date: f.Date, EndDate: f.End, DateText: f.DateText, PartOfDay: f.PartOfDay,
		Kind: f.Kind, Mode: f.Mode, Headcount: f.Headcount, HeadcountAbout: f.HeadcountAbout,
		Hosts: db.JSON[[]string]{V: f.Hosts}, Place: f.Place, Quote: f.Quote,
		History: db.JSON[[]Correction]{V: history},
	}
}

func (r factRow) fact() Fact {
	return Fact{
		ID: r.ID, Org: r.OrgID, Article: r.ArticleID, Position: r.Position,
		Fact: facts.Fact{
			Date: r.Date, End: r.EndDate, DateText: r.DateText, PartOfDay: r.PartOfDay,
			Kind: r.Kind, Mode: r.Mode, Headcount: r.Headcount, HeadcountAbout: r.HeadcountAbout,
			Hosts: r.Hosts.V, Place: r.Place, Quote: r.Quote,
		},
		History: r.History.V,
	}
}

func factsOf(rows []factRow) []Fact {
	out := make([]Fact, 0, len(rows))
	for _, r := range rows {
		out = append(out, r.fact())
	}
	return out
}

// insertFacts stores the facts of articles just made.
func insertFacts(ctx context.Context, tx *db.Tx, list []Fact) error {
	rows := make([]factRow, 0, len(list))
	for _, f := range list {
		if f.ID == "" {
			f.ID = ident.New[ident.Fact](tx.Now())
		}
		rows = append(rows, f.row())
	}
	return tx.Insert(ctx, &rows)
}

// retellFacts brings an article's stored facts in line with a new reading.
func retellFacts(ctx context.Context, tx *db.Tx, a Article, told []facts.Fact) error {
	var rows []factRow
	err := tx.Select(ctx, &rows, `SELECT * FROM fact WHERE article_id = ? ORDER BY position`, a.ID)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM fact WHERE article_id = ?`, a.ID); err != nil {
		return err
	}
	next := follow(factsOf(rows), told)
	for i := range next {
		next[i].Org, next[i].Article = a.Org, a.ID
	}
	return insertFacts(ctx, tx, next)
}

// CorrectFact changes fields of a fact by a person's hand and keeps what stood
// there. A change that changes nothing leaves no trace.
func CorrectFact(ctx context.Context, tx *db.Tx, id ident.Fact, change FactChange) (_ Fact, err error) {
	defer fault.Wrap(&err, "press: correct fact %s", id)
	var row factRow
	if err := tx.Get(ctx, &row, `SELECT * FROM fact WHERE id = ?`, id); err != nil {
		return Fact{}, db.NotFound(err, "press.fact_not_found", nil)
	}
	f := row.fact()
	done := change.apply(&f.Fact)
	if len(done) == 0 {
		return f, nil
	}
	if f.Fact, err = tidyFact(f.Fact); err != nil {
		return Fact{}, err
	}
	detail := map[string]string{"article": string(f.Article), "fields": strconv.Itoa(len(done))}
	for i := range done {
		done[i].At, done[i].Actor = tx.Now(), audit.Actor(ctx)
		detail["field_"+strconv.Itoa(i+1)] = done[i].Field
	}
	f.History = append(f.History, done...)
	if _, err := tx.Exec(ctx, `DELETE FROM fact WHERE id = ?`, id); err != nil {
		return Fact{}, fmt.Errorf("replace: %w", err)
	}
	if err := insertFacts(ctx, tx, []Fact{f}); err != nil {
		return Fact{}, err
	}
	return f, audit.Write(ctx, tx, audit.Entry{
		Action: "fact.correct", Org: f.Org, ObjectKind: "fact", ObjectID: string(id), Detail: detail,
	})
}
