package press

import (
	"context"
	"strconv"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/org"
)

// SectionParams is one report's place in a digest.
type SectionParams struct {
	Org      ident.Org // "": the article's
	Article  ident.Article
	Heading  string
	Abridged markup.Doc // empty: the article's own text is shown
	Late     bool       // slotted in after the digest was out
}

// DigestParams is a digest: its lead as the body, and its sections in the order
// in which they are shown.
type DigestParams struct {
	ArticleParams
	Sections []SectionParams
}

// Section is a report as a digest shows it.
type Section struct {
	Position int
	Org      ident.Org
	Heading  string
	Body     markup.Doc // the abridged text, or the article's own
	Abridged bool
	Late     bool
	Article  Ref
}

type sectionRow struct {
	bun.BaseModel `bun:"table:digest_section"`

	DigestID  ident.Article
	Position  int
	OrgID     ident.Org
	ArticleID ident.Article
	Heading   string
	Abridged  string
	Late      bool
}

// CreateDigest makes a digest over articles that are there already. Its
// sections' facts are not copied: totals count those of the articles.
func CreateDigest(ctx context.Context, tx *db.Tx, p DigestParams) (_ Article, err error) {
	defer fault.Wrap(&err, "press: create digest")
	made, err := create(ctx, tx, Digest, []ArticleParams{p.ArticleParams})
	if err != nil {
		return Article{}, err
	}
	return made[0], writeSections(ctx, tx, made[0], p.Sections)
}

// SetSections replaces a digest's sections, in the order given: after a new
// reading of its page, or to slot in a late report.
func SetSections(ctx context.Context, tx *db.Tx, digest ident.Article, list []SectionParams) (err error) {
	defer fault.Wrap(&err, "press: sections of %s", digest)
	a, _, err := load(ctx, tx, digest)
	if err != nil {
		return err
	}
	if a.Kind != Digest {
		return fault.New(fault.Invalid, "press.no_digest", nil)
	}
	if _, err := tx.Exec(ctx, `UPDATE article SET updated_at = ? WHERE id = ?`, db.At(tx.Now()), digest); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM digest_section WHERE digest_id = ?`, digest); err != nil {
		return err
	}
	return writeSections(ctx, tx, a, list)
}

func writeSections(ctx context.Context, tx *db.Tx, digest Article, list []SectionParams) error {
	owners, err := sectionOwners(ctx, tx, list)
	if err != nil {
		return err
	}
	rows := make([]sectionRow, 0, len(list))
	var shown []shownRow
	for i, s := range list {
		row, err := s.row(digest.ID, owners)
		if err != nil {
			return err
		}
		row.Position = i
		shown = append(shown, shownRows(s.Abridged, shownRow{Owner: shownBySection, OwnerID: string(digest.ID), ArticleID: s.Article})...)
		rows = append(rows, row)
		delete(owners, s.Article) // a second section of the same article finds none
	}
	if err := tx.Insert(ctx, &rows); err != nil {
		return err
	}
	if err := showInstead(ctx, tx, shownBySection, string(digest.ID), shown); err != nil {
		return err
	}
	return audit.Write(ctx, tx, digest.entry("digest.sections", map[string]string{"sections": strconv.Itoa(len(rows))}))
}

// sectionOwners says whose the articles are that may stand in a section.
func sectionOwners(ctx context.Context, tx *db.Tx, list []SectionParams) (map[ident.Article]ident.Org, error) {
	if len(list) > MaxSections {
		return nil, fault.New(fault.TooLarge, "press.sections_many", fault.Args{"max": MaxSections})
	}
	owners := map[ident.Article]ident.Org{}
	if len(list) == 0 {
		return owners, nil
	}
	ids := make([]ident.Article, 0, len(list))
	for _, s := range list {
		ids = append(ids, s.Article)
	}
	var rows []struct {
		ID    ident.Article
		OrgID ident.Org
		Kind  Kind
	}
	// The kind is looked at here: asked for in SQL it tempts SQLite to scan the
	// index of kinds, which is half the table.
	err := tx.Select(ctx, &rows, `SELECT id, org_id, kind FROM article WHERE id IN (?)`, db.List(ids))
	for _, r := range rows {
		if r.Kind == Report {
			owners[r.ID] = r.OrgID
		}
	}
	return owners, err
}

func (s SectionParams) row(digest ident.Article, owners map[ident.Article]ident.Org) (sectionRow, error) {
	row := sectionRow{DigestID: digest, ArticleID: s.Article, Heading: tidyLine(s.Heading), Late: s.Late}
	owner, ok := owners[s.Article]
	if !ok {
		return row, fault.New(fault.Invalid, "press.section_article", nil)
	}
	if s.Org != "" && s.Org != owner {
		return row, fault.New(fault.Invalid, "press.section_org", nil)
	}
	row.OrgID = owner
	if err := checkLine("press.line_long", row.Heading, MaxLine); err != nil {
		return row, err
	}
	doc, stored, err := storeDoc(s.Abridged)
	if len(doc.Blocks) > 0 {
		row.Abridged = stored
	}
	return row, err
}

// sectionLine is a section joined with its article and organisation.
type sectionLine struct {
	Position    int
	OrgID       ident.Org
	Heading     string
	Late        bool
	Abridged    string
	Body        string
	ID          ident.Article
	Title       string
	Lang        locale.Lang
	PublishedOn string
	PublishedAt db.Time
	OrgPath     string
	OrgNames    org.Names `bun:"embed:name_"`
}

func (l sectionLine) section() (Section, error) {
	s := Section{
		Position: l.Position, Org: l.OrgID, Heading: l.Heading, Late: l.Late, Abridged: l.Abridged != "",
		Article: Ref{
			ID: l.ID, Title: l.Title, Lang: l.Lang, PublishedOn: l.PublishedOn, PublishedAt: l.PublishedAt,
			OrgID: l.OrgID, OrgPath: l.OrgPath, OrgNames: l.OrgNames,
		},
	}
	return s, s.Body.UnmarshalJSON([]byte(l.Abridged + l.Body))
}

// Sections lists a digest's sections in their order, without those whose
// article is not published.
func (p Public) Sections(ctx context.Context, digest ident.Article) (_ []Section, err error) {
	defer fault.Wrap(&err, "press: sections of %s", digest)
	var lines []sectionLine
	err = p.r.Select(ctx, &lines, `SELECT s.position, s.org_id, s.heading, s.late, s.abridged,
			CASE WHEN s.abridged = '' THEN a.body ELSE '' END AS body,
			a.id, a.title, a.lang, a.published_on, a.published_at, o.path AS org_path, o.name_hant, o.name_hans, o.name_en
		FROM digest_section AS s
		JOIN article AS d ON d.id = s.digest_id AND d.state = 'published'
		JOIN article AS a ON a.id = s.article_id AND a.state = 'published'
		JOIN organisation AS o ON o.id = s.org_id
		WHERE s.digest_id = ? ORDER BY s.position`, digest)
	if err != nil {
		return nil, err
	}
	out := make([]Section, 0, len(lines))
	for _, l := range lines {
		s, err := l.section()
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// DigestSummary is a digest in a list: how many reports it carries and what
// they add up to.
type DigestSummary struct {
	Card
	Sections int
	Totals   Totals
}

// RecentDigests lists the newest digests of the organisation at a path and of
// those below it.
func (p Public) RecentDigests(ctx context.Context, path string, limit int) (_ []DigestSummary, err error) {
	defer fault.Wrap(&err, "press: recent digests")
	list, err := p.ArticlesOf(ctx, ListParams{Path: path, Below: true, Kind: Digest, Limit: limit})
	if err != nil {
		return nil, err
	}
	ids := make([]ident.Article, 0, len(list.Cards))
	for _, c := range list.Cards {
		ids = append(ids, c.ID)
	}
	sums, err := p.DigestTotals(ctx, ids...)
	if err != nil {
		return nil, err
	}
	out := make([]DigestSummary, 0, len(list.Cards))
	for _, c := range list.Cards {
		s := sums[c.ID]
		s.Card = c
		out = append(out, s)
	}
	return out, nil
}

// sumLine is what a total needs of a fact, and in which digest's which section
// it stands; a section without facts has one line without a fact.
type sumLine struct {
	DigestID       ident.Article
	Position       int
	ID             ident.Fact
	OrgID          ident.Org
	Kind           facts.Kind
	Mode           facts.Mode
	Headcount      int
	HeadcountAbout bool
}

func (l sumLine) fact() Fact {
	return Fact{ID: l.ID, Org: l.OrgID, Fact: facts.Fact{Kind: l.Kind, Mode: l.Mode, Headcount: l.Headcount, HeadcountAbout: l.HeadcountAbout}}
}

// DigestTotals adds up digests' published sections, each fact once a digest.
// The Card of each summary is left empty.
func (p Public) DigestTotals(ctx context.Context, digests ...ident.Article) (_ map[ident.Article]DigestSummary, err error) {
	defer fault.Wrap(&err, "press: totals of digests")
	out := make(map[ident.Article]DigestSummary, len(digests))
	if len(digests) == 0 {
		return out, nil
	}
	var lines []sumLine
	err = p.r.Select(ctx, &lines, `SELECT s.digest_id, s.position, f.id, f.org_id, f.kind, f.mode, f.headcount, coalesce(f.headcount_about, FALSE) AS headcount_about
		FROM digest_section AS s
		JOIN article AS a ON a.id = s.article_id AND a.state = 'published'
		LEFT JOIN fact AS f ON f.article_id = a.id AND f.date <= a.published_on
		WHERE s.digest_id IN (?) ORDER BY s.digest_id, s.position`, db.List(digests))
	if err != nil {
		return nil, err
	}
	told, sections := map[ident.Article][]Fact{}, map[ident.Article]map[int]bool{}
	for _, l := range lines {
		if sections[l.DigestID] == nil {
			sections[l.DigestID] = map[int]bool{}
		}
		sections[l.DigestID][l.Position] = true
		if l.ID != "" {
			told[l.DigestID] = append(told[l.DigestID], l.fact())
		}
	}
	for _, id := range digests {
		out[id] = DigestSummary{Sections: len(sections[id]), Totals: Sum(told[id])}
	}
	return out, nil
}

// CarriedBy lists the published digests in which a published article stands,
// newest first.
func (p Public) CarriedBy(ctx context.Context, article ident.Article) (list []Ref, err error) {
	defer fault.Wrap(&err, "press: digests of %s", article)
	return p.refs(ctx, `JOIN digest_section AS s ON s.digest_id = a.id
		JOIN article AS b ON b.id = s.article_id AND b.state = 'published'
		WHERE a.state = 'published' AND s.article_id = ? ORDER BY a.published_at DESC, a.id DESC`, article)
}
