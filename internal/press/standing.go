package press

import (
	"context"
	"errors"
	"slices"

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

// StandingPage is a text that stands instead of being news: about, contact,
// privacy. It belongs to an organisation and has an address below its about/;
// its forms in other languages are pages of the same slug.
type StandingPage struct {
	ID        ident.Page
	Org       ident.Org
	Slug      string // "" for about/ itself
	Lang      locale.Lang
	Title     string
	Summary   string
	State     State
	Position  int // its place among the organisation's pages; 0: listed nowhere
	Revision  int
	Edited    bool // a person wrote it or changed it since it was imported
	CreatedAt db.Time
	UpdatedAt db.Time
	Body      markup.Doc
}

// address is where the page stands below the site's root.
func (p StandingPage) address(orgPath string) string { return "/" + orgPath + "about/" + p.Slug }

// StandingPageParams says what a page is to be.
type StandingPageParams struct {
	Org      ident.Org
	Slug     string // "" for about/ itself
	Lang     locale.Lang
	Title    string
	Body     markup.Doc
	State    State // "": Draft for a new page, else as it was
	Position int
	Imported bool // no person wrote it: it never replaces what a person did
}

// standingRow is a page as it is stored.
type standingRow struct {
	bun.BaseModel `bun:"table:standing_page"`

	ID        ident.Page
	OrgID     ident.Org
	Slug      string
	Lang      locale.Lang
	Title     string
	Summary   string
	State     State
	Position  int
	Revision  int
	Edited    bool
	CreatedAt db.Time
	UpdatedAt db.Time
	Body      string
}

// head is the page without its text.
func (r standingRow) head() StandingPage {
	return StandingPage{
		ID: r.ID, Org: r.OrgID, Slug: r.Slug, Lang: r.Lang, Title: r.Title, Summary: r.Summary, State: r.State,
		Position: r.Position, Revision: r.Revision, Edited: r.Edited, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt,
	}
}

func (r standingRow) page() (StandingPage, error) {
	p := r.head()
	return p, p.Body.UnmarshalJSON([]byte(r.Body))
}

type standingRevisionRow struct {
	bun.BaseModel `bun:"table:standing_page_revision"`

	PageID ident.Page
	Number int
	Title  string
	Body   string
	At     db.Time
	Actor  string
}

// document is what the search index holds of the page.
func (p StandingPage) document() search.Document {
	return search.Document{
		ID: string(p.ID), Kind: "page", Org: p.Org, Title: p.Title, Body: p.Body.Text(), At: p.UpdatedAt.Time, Lang: string(p.Lang), Named: true,
	}
}

// tidy cleans and checks what can be judged without the database.
func (p *StandingPageParams) tidy() (stored string, err error) {
	p.Title = tidyLine(p.Title)
	if err := checkTitle(p.Title); err != nil {
		return "", err
	}
	if p.Slug != "" {
		if err := checkSlug(p.Slug); err != nil {
			return "", err
		}
	}
	switch p.Lang {
	case locale.Hant, locale.Hans, locale.En:
	default:
		return "", fault.New(fault.Invalid, "press.lang_unknown", fault.Args{"lang": p.Lang})
	}
	switch p.State {
	case "", Draft, Published, Withdrawn:
	default:
		return "", fault.New(fault.Invalid, "press.state_unknown", fault.Args{"state": p.State})
	}
	p.Body, stored, err = storeDoc(p.Body)
	return stored, err
}

// PutPage makes the page of that organisation, slug and language, or gives it a
// new text. The same text again changes nothing.
func PutPage(ctx context.Context, tx *db.Tx, p StandingPageParams) (_ StandingPage, err error) {
	defer fault.Wrap(&err, "press: put page %q", p.Slug)
	stored, err := p.tidy()
	if err != nil {
		return StandingPage{}, err
	}
	var row standingRow
	err = tx.Get(ctx, &row, `SELECT * FROM standing_page WHERE org_id = ? AND slug = ? AND lang = ?`, p.Org, p.Slug, p.Lang)
	if errors.Is(err, db.ErrNoRows) {
		return createPage(ctx, tx, p, stored)
	}
	if err != nil {
		return StandingPage{}, err
	}
	if p.Imported && row.Edited {
		return StandingPage{}, fault.New(fault.Conflict, "press.edited", fault.Args{"title": row.Title})
	}
	return revisePage(ctx, tx, row, p, stored)
}

func createPage(ctx context.Context, tx *db.Tx, p StandingPageParams, stored string) (StandingPage, error) {
	if _, err := org.Load(ctx, tx, p.Org); err != nil {
		return StandingPage{}, err
	}
	now := db.At(tx.Now())
	row := standingRow{
		ID: ident.New[ident.Page](tx.Now()), OrgID: p.Org, Slug: p.Slug, Lang: p.Lang, State: Draft, CreatedAt: now,
	}
	return writePage(ctx, tx, row, p, stored)
}

// revisePage writes a page again if anything about it is new.
func revisePage(ctx context.Context, tx *db.Tx, row standingRow, p StandingPageParams, stored string) (StandingPage, error) {
	same := row.Title == p.Title && row.Body == stored && row.Position == p.Position && (p.State == "" || p.State == row.State)
	if same {
		return row.page()
	}
	return writePage(ctx, tx, row, p, stored)
}

// writePage stores the row with the new text, its revision, the files it shows,
// its place in the index and the audit entry.
func writePage(ctx context.Context, tx *db.Tx, row standingRow, p StandingPageParams, stored string) (StandingPage, error) {
	action, fresh := "standing_page.revise", row.Revision == 0
	if fresh {
		action = "standing_page.create"
	}
	rewritten := row.Title != p.Title || row.Body != stored
	row.Title, row.Body, row.Summary, row.Position = p.Title, stored, p.Body.Summary(summaryLen), p.Position
	row.Edited, row.UpdatedAt = !p.Imported, db.At(tx.Now())
	if p.State != "" {
		row.State = p.State
	}
	if rewritten {
		row.Revision++
	}
	if err := storePage(ctx, tx, row, fresh); err != nil {
		return StandingPage{}, err
	}
	if rewritten {
		rev := standingRevisionRow{PageID: row.ID, Number: row.Revision, Title: row.Title, Body: stored, At: row.UpdatedAt, Actor: audit.Actor(ctx)}
		if err := tx.Insert(ctx, &rev); err != nil {
			return StandingPage{}, err
		}
	}
	shown := shownRows(p.Body, shownRow{Owner: shownByPage, OwnerID: string(row.ID)})
	if err := showInstead(ctx, tx, shownByPage, string(row.ID), shown); err != nil {
		return StandingPage{}, err
	}
	page, err := row.page()
	if err != nil {
		return page, err
	}
	return page, page.record(ctx, tx, action)
}

// storePage inserts or updates the row.
func storePage(ctx context.Context, tx *db.Tx, r standingRow, fresh bool) error {
	if fresh {
		return tx.Insert(ctx, &r)
	}
	_, err := tx.Exec(ctx, `UPDATE standing_page SET title = ?, summary = ?, state = ?, position = ?, revision = ?, edited = ?, updated_at = ?, body = ?
		WHERE id = ?`, r.Title, r.Summary, r.State, r.Position, r.Revision, r.Edited, r.UpdatedAt, r.Body, r.ID)
	return err
}

// record writes the audit entry and brings the search index in step.
func (p StandingPage) record(ctx context.Context, tx *db.Tx, action string) error {
	entry := audit.Entry{Action: action, Org: p.Org, ObjectKind: "standing_page", ObjectID: string(p.ID), Detail: map[string]string{"state": string(p.State)}}
	if err := audit.Write(ctx, tx, entry); err != nil {
		return err
	}
	if p.State == Published {
		return search.Put(ctx, tx, p.document())
	}
	return search.Remove(ctx, tx, string(p.ID))
}

// Page is an organisation's published page of that slug, in each language that
// it has.
func (p Public) Page(ctx context.Context, of ident.Org, slug string) (_ []StandingPage, err error) {
	defer fault.Wrap(&err, "press: page %q of %s", slug, of)
	var rows []standingRow
	err = p.r.Select(ctx, &rows, `SELECT * FROM standing_page WHERE org_id = ? AND slug = ? AND state = 'published' ORDER BY lang`, of, slug)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fault.New(fault.NotFound, "press.page_not_found", nil)
	}
	out := make([]StandingPage, 0, len(rows))
	for _, r := range rows {
		page, err := r.page()
		if err != nil {
			return nil, err
		}
		out = append(out, page)
	}
	return out, nil
}

// PageRef is enough of a published page to link to it.
type PageRef struct {
	ID        ident.Page
	OrgID     ident.Org
	OrgPath   string
	Slug      string
	Lang      locale.Lang
	Title     string
	Position  int
	UpdatedAt db.Time
}

// Address is the page's address below the site's root.
func (r PageRef) Address() string { return StandingPage{Slug: r.Slug}.address(r.OrgPath) }

const pageRefSQL = `SELECT p.id, p.org_id, o.path AS org_path, p.slug, p.lang, p.title, p.position, p.updated_at
	FROM standing_page AS p JOIN organisation AS o ON o.id = p.org_id WHERE p.state = 'published' AND `

// Pages lists an organisation's published pages that have a place, in their
// order, each in every language that it has.
func (p Public) Pages(ctx context.Context, of ident.Org) (list []PageRef, err error) {
	defer fault.Wrap(&err, "press: pages of %s", of)
	err = p.r.Select(ctx, &list, pageRefSQL+`p.org_id = ? AND p.position > 0 ORDER BY p.position, p.slug, p.lang`, of)
	return list, err
}

// PagesByID loads links to published pages by their ids; what is not published
// is absent from the answer.
func (p Public) PagesByID(ctx context.Context, ids []ident.Page) (_ map[ident.Page]PageRef, err error) {
	defer fault.Wrap(&err, "press: pages by id")
	out := make(map[ident.Page]PageRef, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	var list []PageRef
	err = p.r.Select(ctx, &list, pageRefSQL+`p.id IN (?)`, db.List(ids))
	for _, r := range list {
		out[r.ID] = r
	}
	return out, err
}

// SetPageState publishes an organisation's page, withdraws it or makes it a
// draft again: in one language, or with "" in all that it has. It says how many
// forms it changed.
func SetPageState(ctx context.Context, tx *db.Tx, p StandingPageParams) (changed int, err error) {
	defer fault.Wrap(&err, "press: set state of page %q", p.Slug)
	var rows []standingRow
	err = tx.Select(ctx, &rows, `SELECT * FROM standing_page WHERE org_id = ? AND slug = ? ORDER BY lang`, p.Org, p.Slug)
	if err != nil {
		return 0, err
	}
	rows = slices.DeleteFunc(rows, func(r standingRow) bool { return p.Lang != "" && r.Lang != p.Lang })
	if len(rows) == 0 {
		return 0, fault.New(fault.NotFound, "press.page_not_found", nil)
	}
	for _, r := range rows {
		if r.State == p.State {
			continue
		}
		if !r.State.MayBecome(p.State) {
			return changed, fault.New(fault.Conflict, "press.state_refused", nil)
		}
		r.State, r.UpdatedAt = p.State, db.At(tx.Now())
		if err := storePage(ctx, tx, r, false); err != nil {
			return changed, err
		}
		page, err := r.page()
		if err != nil {
			return changed, err
		}
		if err := page.record(ctx, tx, "standing_page.state"); err != nil {
			return changed, err
		}
		changed++
	}
	return changed, nil
}

// PagesOf lists an organisation's pages in every state, without their texts, for
// whoever looks after them.
func PagesOf(ctx context.Context, r db.Reader, of ident.Org) (_ []StandingPage, err error) {
	defer fault.Wrap(&err, "press: all pages of %s", of)
	var rows []standingRow
	err = r.Select(ctx, &rows, `SELECT id, org_id, slug, lang, title, summary, state, position, revision, edited, created_at, updated_at
		FROM standing_page WHERE org_id = ? ORDER BY position, slug, lang`, of)
	out := make([]StandingPage, 0, len(rows))
	for _, w := range rows {
		out = append(out, w.head())
	}
	return out, err
}
