package press

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/search"
)

// Topic is a theme that an organisation asks those below it to report on.
type Topic struct {
	ID       ident.Topic
	Org      ident.Org
	OrgPath  string
	Slug     string
	Titles   org.Names
	Body     markup.Doc
	AskedAt  db.Time
	Deadline db.Time // zero: there is none
	FrozenAt db.Time // zero: states still follow what is published
}

// Title is the topic's title for a reader of the language.
func (t Topic) Title(l locale.Lang) string { return t.Titles.In(l) }

// Address is the topic's address below the site's root.
func (t Topic) Address() string { return "/" + t.OrgPath + "topics/" + t.Slug }

// TopicParams says what is asked, of whom, and by when.
type TopicParams struct {
	Org      ident.Org
	Slug     string
	Titles   org.Names
	Body     markup.Doc
	AskedAt  time.Time // zero: now; earlier for a topic from before this federation's site
	Deadline time.Time
	// Under names the organisations that are asked with all below them. Each is
	// the topic's own or lies below it. The topic's own is never asked, and
	// neither is a closed one. Empty: nobody is asked.
	Under []ident.Org
	// Kinds leaves only organisations of these kinds; empty: of all.
	Kinds []string
	// Excused names those who need not report, each with the reason.
	Excused map[ident.Org]string
}

// askedAt is when the topic was asked: now, or earlier.
func (p TopicParams) askedAt(now time.Time) time.Time {
	if p.AskedAt.IsZero() || p.AskedAt.After(now) {
		return now
	}
	return p.AskedAt
}

type topicRow struct {
	bun.BaseModel `bun:"table:topic"`

	ID       ident.Topic
	OrgID    ident.Org
	Path     string `bun:",scanonly"`
	Slug     string
	Titles   org.Names `bun:"embed:title_"`
	Body     string
	AskedAt  db.Time
	Deadline db.Time
	FrozenAt db.Time
}

func (r topicRow) topic() (Topic, error) {
	t := Topic{
		ID: r.ID, Org: r.OrgID, OrgPath: r.Path, Slug: r.Slug, Titles: r.Titles,
		AskedAt: r.AskedAt, Deadline: r.Deadline, FrozenAt: r.FrozenAt,
	}
	return t, t.Body.UnmarshalJSON([]byte(r.Body))
}

// document lets a topic be found by its title in any language and by its text.
// It bears its own tag, so that a search in a topic finds the topic too.
func (t Topic) document(zone *time.Location) search.Document {
	titles := search.Names(t.Titles)
	return search.Document{
		ID: string(t.ID), Kind: "topic", Org: t.Org, Title: titles[0], Also: titles[1:], Body: t.Body.Text(), At: t.AskedAt.Time,
		Year: yearOf(t.AskedAt.In(zone).Format(time.DateOnly)), Tags: []string{TopicTag(t.ID)}, Named: true,
	}
}

func (t Topic) entry(action string, detail map[string]string) audit.Entry {
	return audit.Entry{Action: action, Org: t.Org, ObjectKind: "topic", ObjectID: string(t.ID), Detail: detail}
}

// CreateTopic opens a topic and asks a part of the tree, storing of each
// organisation what it is called and where it stands at this moment.
func CreateTopic(ctx context.Context, tx *db.Tx, p TopicParams) (_ Topic, err error) {
	defer fault.Wrap(&err, "press: create topic")
	if err := checkSlug(p.Slug); err != nil {
		return Topic{}, err
	}
	if p.Titles, err = tidyTitles(p.Titles); err != nil {
		return Topic{}, err
	}
	body, stored, err := storeDoc(p.Body)
	if err != nil {
		return Topic{}, err
	}
	owner, err := org.Load(ctx, tx, p.Org)
	if err != nil {
		return Topic{}, err
	}
	if err := freeSlug(ctx, tx, p.Org, p.Slug); err != nil {
		return Topic{}, err
	}
	asked, err := p.ask(ctx, tx, owner)
	if err != nil {
		return Topic{}, err
	}
	t := Topic{
		ID: ident.New[ident.Topic](tx.Now()), Org: p.Org, OrgPath: owner.Path, Slug: p.Slug, Titles: p.Titles, Body: body,
		AskedAt: db.At(p.askedAt(tx.Now())), Deadline: db.At(p.Deadline),
	}
	row := topicRow{ID: t.ID, OrgID: t.Org, Slug: t.Slug, Titles: t.Titles, Body: stored, AskedAt: t.AskedAt, Deadline: t.Deadline}
	if err := tx.Insert(ctx, &row); err != nil {
		return Topic{}, err
	}
	if err := insertExpectations(ctx, tx, t.ID, asked); err != nil {
		return Topic{}, err
	}
	zone, err := zoneOf(ctx, tx)
	if err != nil {
		return Topic{}, err
	}
	if err := search.Put(ctx, tx, t.document(zone)); err != nil {
		return Topic{}, err
	}
	return t, audit.Write(ctx, tx, t.entry("topic.create", map[string]string{"asked": strconv.Itoa(len(asked))}))
}

func freeSlug(ctx context.Context, tx *db.Tx, of ident.Org, slug string) error {
	var taken int
	if err := tx.Get(ctx, &taken, `SELECT count(*) FROM topic WHERE org_id = ? AND slug = ?`, of, slug); err != nil {
		return err
	}
	if taken > 0 {
		return fault.New(fault.Conflict, "press.slug_taken", fault.Args{"slug": slug})
	}
	return nil
}

// ask lists whom the topic asks, in protocol order.
func (p TopicParams) ask(ctx context.Context, r db.Reader, owner org.Organisation) ([]Expectation, error) {
	if err := p.checkKinds(ctx, r); err != nil {
		return nil, err
	}
	under, err := p.paths(ctx, r, owner)
	if err != nil {
		return nil, err
	}
	var chosen []org.Organisation
	if len(under) > 0 {
		below, err := org.Subtree(ctx, r, owner.Path)
		if err != nil {
			return nil, err
		}
		for _, o := range below {
			if o.ID != owner.ID && o.Status == org.Active && p.wants(o, under) {
				chosen = append(chosen, o)
			}
		}
	}
	levels, err := org.Levels(ctx, r, chosen...)
	if err != nil {
		return nil, err
	}
	asked := make([]Expectation, 0, len(chosen))
	for i, o := range chosen {
		asked = append(asked, Expectation{
			Org: o.ID, Names: o.Names, Path: o.Path, Kind: o.Kind, Level: levels[o.ID], Position: i, Excused: tidyLine(p.Excused[o.ID]),
		})
	}
	return asked, p.checkExcused(asked)
}

func (p TopicParams) checkKinds(ctx context.Context, r db.Reader) error {
	if len(p.Kinds) == 0 {
		return nil
	}
	known, err := org.Kinds(ctx, r)
	if err != nil {
		return err
	}
	for _, k := range p.Kinds {
		if !slices.ContainsFunc(known, func(have org.Kind) bool { return have.Slug == k }) {
			return fault.New(fault.Invalid, "press.kind_unknown", fault.Args{"kind": k})
		}
	}
	return nil
}

// paths are the tops of the subtrees that are asked.
func (p TopicParams) paths(ctx context.Context, r db.Reader, owner org.Organisation) ([]string, error) {
	found, err := org.ListByIDs(ctx, r, p.Under)
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, id := range p.Under {
		o, ok := found[id]
		if !ok {
			return nil, fault.New(fault.NotFound, "org.not_found", fault.Args{"org": id})
		}
		if !strings.HasPrefix(o.Path, owner.Path) {
			return nil, fault.New(fault.Invalid, "press.not_below", fault.Args{"path": "/" + o.Path})
		}
		paths = append(paths, o.Path)
	}
	return paths, nil
}

func (p TopicParams) wants(o org.Organisation, under []string) bool {
	if len(p.Kinds) > 0 && !slices.Contains(p.Kinds, o.Kind) {
		return false
	}
	return slices.ContainsFunc(under, func(path string) bool { return strings.HasPrefix(o.Path, path) })
}

// checkExcused refuses excuses without a reason and for who was not asked.
func (p TopicParams) checkExcused(asked []Expectation) error {
	excused := 0
	for _, e := range asked {
		if _, ok := p.Excused[e.Org]; !ok {
			continue
		}
		excused++
		if err := checkReason(e.Excused); err != nil {
			return err
		}
	}
	if excused < len(p.Excused) {
		return fault.New(fault.Invalid, "press.not_asked", nil)
	}
	return nil
}

func checkReason(reason string) error {
	if reason == "" {
		return fault.New(fault.Invalid, "press.reason_empty", nil)
	}
	return checkLine("press.line_long", reason, MaxLine)
}

// loadTopic reads one topic by a condition on t.
func loadTopic(ctx context.Context, r db.Reader, where string, args ...any) (Topic, error) {
	var row topicRow
	err := r.Get(ctx, &row, `SELECT t.*, o.path FROM topic AS t JOIN organisation AS o ON o.id = t.org_id WHERE `+where, args...)
	if err != nil {
		return Topic{}, db.NotFound(err, "press.topic_not_found", nil)
	}
	return row.topic()
}

// openTopic is a topic whose expectations may still change.
func openTopic(ctx context.Context, tx *db.Tx, id ident.Topic) (Topic, error) {
	t, err := loadTopic(ctx, tx, `t.id = ?`, id)
	if err == nil && !t.FrozenAt.IsZero() {
		err = fault.New(fault.Conflict, "press.frozen", nil)
	}
	return t, err
}

// Excusal lets an organisation off, saying why; an empty reason takes it back.
type Excusal struct {
	Org    ident.Org
	Reason string
}

// Excuse changes who need not report to a topic.
func Excuse(ctx context.Context, tx *db.Tx, id ident.Topic, e Excusal) (err error) {
	defer fault.Wrap(&err, "press: excuse %s from %s", e.Org, id)
	t, err := openTopic(ctx, tx, id)
	if err != nil {
		return err
	}
	reason := tidyLine(e.Reason)
	if err := checkLine("press.line_long", reason, MaxLine); err != nil {
		return err
	}
	n, err := tx.Exec(ctx, `UPDATE expectation SET excused = ? WHERE topic_id = ? AND org_id = ?`, reason, id, e.Org)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Invalid, "press.not_asked", nil)
	}
	return audit.Write(ctx, tx, t.entry("topic.excuse", map[string]string{"org": string(e.Org), "excused": strconv.FormatBool(reason != "")}))
}

// Freeze closes a topic's books: it stores the states as they are now, so that
// they stay what they were whatever is published or withdrawn later.
func Freeze(ctx context.Context, tx *db.Tx, id ident.Topic) (err error) {
	defer fault.Wrap(&err, "press: freeze %s", id)
	t, err := openTopic(ctx, tx, id)
	if err != nil {
		return err
	}
	c, err := coverageOf(ctx, tx, t, tx.Now())
	if err != nil {
		return err
	}
	byState := map[ReportState][]ident.Org{}
	for _, row := range c.Rows {
		byState[row.State] = append(byState[row.State], row.Org)
	}
	for state, orgs := range byState {
		for chunk := range slices.Chunk(orgs, 500) {
			if _, err := tx.Exec(ctx, `UPDATE expectation SET frozen_state = ? WHERE topic_id = ? AND org_id IN (?)`, state, id, db.List(chunk)); err != nil {
				return err
			}
		}
	}
	if _, err := tx.Exec(ctx, `UPDATE topic SET frozen_at = ? WHERE id = ?`, db.At(tx.Now()), id); err != nil {
		return err
	}
	return audit.Write(ctx, tx, t.entry("topic.freeze", map[string]string{
		"asked": strconv.Itoa(c.All.Asked), "silent": strconv.Itoa(c.All.Silent),
	}))
}
