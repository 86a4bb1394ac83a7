package ingest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/repair"
)

// bundleRow is a row of import_bundle.
type bundleRow struct {
	bun.BaseModel `bun:"table:import_bundle"`

	ID            ident.Import
	Hash          media.Hash
	OrgID         ident.Org
	Name          string
	Format        Format
	Charset       string
	Site          string
	ReaderVersion string
	RepairVersion string
	Done          bool
	Report        db.JSON[report]
	CreatedAt     db.Time
}

// itemRow is a row of import_item.
type itemRow struct {
	bun.BaseModel `bun:"table:import_item"`

	OrgID     ident.Org
	Site      string
	ItemKey   string
	BundleID  ident.Import
	Hash      string
	Open      bool
	ArticleID ident.Article `bun:",nullzero"`
	PageID    ident.Page    `bun:",nullzero"`
	ColumnID  ident.Column  `bun:",nullzero"`
	File      media.Hash    `bun:",nullzero"`
}

// knownItem is an item that is here, with the format that it came in last.
type knownItem struct {
	itemRow
	Format Format
}

// bundleJob is one bundle on its way into the database.
type bundleJob struct {
	im      *Importer
	file    File
	options Options
	base    ident.Org
	bundle  *Bundle
	before  *bundleRow
	id      ident.Import
	lang    locale.Lang // the federation's
	pics    *pictures
	known   map[string]knownItem    // by key
	columns map[string]ident.Column // by the category's key
	topics  []ident.Topic
	tags    map[string]ident.Topic // topics that a tag may mean, by slug
	missed  map[string]bool        // tags that mean none
	made    []ident.Article
}

// batchSize is how many items are stored in one transaction: few enough that
// the site goes on meanwhile.
const batchSize = 50

// importBundle stores a bundle, some items at a time. What an interrupted
// import stored is found again by its keys.
func (im *Importer) importBundle(ctx context.Context, f File, o Options, base ident.Org) (Result, error) {
	before, err := im.earlierBundle(ctx, media.HashOf(f.Data), base)
	if err != nil {
		return Result{}, err
	}
	if before != nil && before.Done {
		if behind, err := im.bundleBehind(ctx, *before, o); err != nil || !behind {
			return Result{Outcome: Unchanged, Import: before.ID}, err
		}
	}
	j, err := im.bundleJob(ctx, f, o, base)
	if err != nil {
		return Result{}, err
	}
	j.before = before
	if err := j.begin(ctx); err != nil {
		return Result{}, err
	}
	for batch := range slices.Chunk(j.items(), batchSize) {
		if err := ctx.Err(); err != nil {
			return Result{}, err
		}
		if err := j.store(ctx, batch); err != nil {
			return Result{}, err
		}
	}
	if err := j.attachments(ctx); err != nil {
		return Result{}, err
	}
	return j.finish(ctx)
}

// bundleJob reads the bundle and what is known of its site.
func (im *Importer) bundleJob(ctx context.Context, f File, o Options, base ident.Org) (*bundleJob, error) {
	federation, err := org.FederationOf(ctx, im.db)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(federation.Zone)
	if err != nil {
		return nil, err
	}
	b, _, err := ReadBundle(f, DefaultLimits(), zone)
	if err != nil {
		return nil, err
	}
	j := &bundleJob{
		im: im, file: f, options: o, base: base, bundle: b, lang: locale.Hant, pics: im.newPictures(f, DefaultLimits()),
		columns: map[string]ident.Column{}, tags: map[string]ident.Topic{}, missed: map[string]bool{},
	}
	if l, ok := locale.Parse(federation.Lang); ok {
		j.lang = l
	}
	j.pics.wholes = b.wholes
	j.pics.beside.walk()
	return j, j.readKnown(ctx)
}

// readKnown reads what earlier bundles brought from the same site.
func (j *bundleJob) readKnown(ctx context.Context) error {
	var rows []knownItem
	err := j.im.db.Select(ctx, &rows, `SELECT i.*, b.format FROM import_item AS i JOIN import_bundle AS b ON b.id = i.bundle_id
		WHERE i.org_id = ? AND i.site = ?`, j.base, j.bundle.Site)
	j.known = make(map[string]knownItem, len(rows))
	for _, r := range rows {
		j.known[r.ItemKey] = r
		if key, ok := strings.CutPrefix(r.ItemKey, "picture:"); ok {
			j.pics.known[key] = keptPicture{hash: media.Hash(r.Hash), file: r.File}
		}
	}
	return err
}

// items are the bundle's items as pointers, so that what becomes of them is
// noted in the bundle.
func (j *bundleJob) items() []*Item {
	out := make([]*Item, len(j.bundle.Items))
	for i := range j.bundle.Items {
		out[i] = &j.bundle.Items[i]
	}
	return out
}

// begin keeps the original and makes the columns.
func (j *bundleJob) begin(ctx context.Context) error {
	mime := "application/xml"
	if strings.HasPrefix(strings.TrimSpace(string(j.file.Data[:min(len(j.file.Data), 64)])), "{") {
		mime = "application/json"
	}
	staged, err := j.im.media.Stage(j.file.Data, mime)
	if err != nil {
		return err
	}
	return j.im.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := j.im.media.Keep(ctx, tx, staged); err != nil {
			return err
		}
		if j.before != nil {
			j.id = j.before.ID
		} else {
			row := bundleRow{
				ID: ident.New[ident.Import](tx.Now()), Hash: staged.Hash, OrgID: j.base, Name: j.file.Name, Format: j.bundle.Format,
				Charset: j.bundle.Charset, Site: j.bundle.Site, ReaderVersion: ReaderVersion, RepairVersion: repair.Version, CreatedAt: db.At(tx.Now()),
			}
			if err := tx.Insert(ctx, &row); err != nil {
				return err
			}
			j.id = row.ID
		}
		if err := j.makeColumns(ctx, tx); err != nil {
			return err
		}
		return j.findTopics(ctx, tx)
	})
}

// makeColumns finds or makes a column for each category.
func (j *bundleJob) makeColumns(ctx context.Context, tx *db.Tx) error {
	var have []press.Column
	if err := tx.Select(ctx, &have, `SELECT * FROM press_column WHERE org_id = ?`, j.base); err != nil {
		return err
	}
	taken := map[ident.Column]bool{} // two categories of one title stay two
	for _, known := range j.known {
		taken[known.ColumnID] = true
	}
	for _, s := range j.bundle.Shelves {
		key := "category:" + cutKey(s.Key)
		id := j.known[key].ColumnID
		if id == "" {
			i := slices.IndexFunc(have, func(c press.Column) bool { return !taken[c.ID] && sameColumn(c, s) })
			if i < 0 {
				c, err := press.CreateColumn(ctx, tx, j.base, freeSlug(have, shelfSlug(s)), columnNames(s))
				if err != nil {
					return err
				}
				i, have = len(have), append(have, c)
			}
			id = have[i].ID
			if err := j.remember(ctx, tx, itemRow{ItemKey: key, Hash: s.Title, Open: true, ColumnID: id}); err != nil {
				return err
			}
		}
		j.columns[s.Key], taken[id] = id, true
		var old []oldRow
		for _, address := range s.Old {
			old = append(old, oldRow{Address: address, ColumnID: id})
		}
		if err := keepOld(ctx, tx, old); err != nil {
			return err
		}
	}
	return nil
}

// sameColumn says whether a column bears the category's title.
func sameColumn(c press.Column, s Shelf) bool {
	for _, title := range []string{c.Titles.Hant, c.Titles.Hans, c.Titles.En} {
		if title != "" && han.Fold(title) == han.Fold(columnTitle(s)) {
			return true
		}
	}
	return false
}

func freeSlug(have []press.Column, slug string) string {
	free := slug
	for n := 2; slices.ContainsFunc(have, func(c press.Column) bool { return c.Slug == free }); n++ {
		free = slug + "-" + itoa(n)
	}
	return free
}

func columnTitle(s Shelf) string {
	if s.Title == "" {
		return cutLine(s.Key, press.MaxTitle)
	}
	return cutLine(s.Title, press.MaxTitle)
}

// columnNames puts a category's title under the language it is written in.
func columnNames(s Shelf) org.Names {
	title := columnTitle(s)
	if langOfText(title) == locale.En {
		return org.Names{En: title}
	}
	return names(title)
}

// findTopics finds the topic asked for, and those at the organisation or above
// that a tag may mean.
func (j *bundleJob) findTopics(ctx context.Context, tx *db.Tx) error {
	w := writer{tx: tx, ids: j.im.ids, job: job{options: j.options}}
	var err error
	if j.topics, err = w.topics(ctx); err != nil {
		return err
	}
	for path := j.options.Org; ; path = parentOf(path) {
		var rows []struct {
			ID   ident.Topic
			Slug string
		}
		if err := tx.Select(ctx, &rows, `SELECT id, slug FROM topic WHERE org_id = ?`, j.im.ids[path]); err != nil {
			return err
		}
		for _, r := range rows {
			if _, nearer := j.tags[r.Slug]; !nearer {
				j.tags[r.Slug] = r.ID
			}
		}
		if path == "" {
			return nil
		}
	}
}

// remember writes what became of an item.
func (j *bundleJob) remember(ctx context.Context, tx *db.Tx, r itemRow) error {
	_, err := tx.Exec(ctx, `INSERT INTO import_item (org_id, site, item_key, bundle_id, hash, open, article_id, page_id, column_id, file)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (org_id, site, item_key)
		DO UPDATE SET bundle_id = excluded.bundle_id, hash = excluded.hash, open = excluded.open, file = excluded.file`,
		j.base, j.bundle.Site, r.ItemKey, j.id, r.Hash, r.Open, bun.NullZero(r.ArticleID), bun.NullZero(r.PageID), bun.NullZero(r.ColumnID), bun.NullZero(r.File))
	return err
}

// finish notes that the whole bundle is here.
func (j *bundleJob) finish(ctx context.Context) (Result, error) {
	out := Result{Outcome: j.outcome(), Import: j.id, Articles: j.made, Bundle: j.bundle}
	j.bundle.Warnings, j.bundle.missing = append(j.bundle.Warnings, j.pics.warned...), j.pics.missing
	idle := out.Outcome == Unchanged && j.before != nil && j.before.Done && j.before.ReaderVersion == ReaderVersion && j.before.RepairVersion == repair.Version
	if idle {
		return out, nil
	}
	return out, j.im.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE import_bundle SET done = TRUE, reader_version = ?, repair_version = ?, report = ? WHERE id = ?`,
			ReaderVersion, repair.Version, db.JSON[report]{V: report{j.bundle.Repairs, j.bundle.losses(), j.bundle.AllWarnings(), j.bundle.Mending}}, j.id)
		if err != nil {
			return err
		}
		action := "import.create"
		if j.before != nil {
			action = "import.again"
		}
		detail := map[string]string{"hash": string(media.HashOf(j.file.Data)), "reader": ReaderVersion, "repair": repair.Version}
		for outcome, n := range j.bundle.Tally() {
			detail[string(outcome)] = itoa(n)
		}
		return audit.Write(ctx, tx, audit.Entry{Action: action, Org: j.base, ObjectKind: "import", ObjectID: string(j.id), Detail: detail})
	})
}

// outcome is what the import made of the file as a whole.
func (j *bundleJob) outcome() Outcome {
	tally := j.bundle.Tally()
	for _, o := range []Outcome{Imported, Updated, Kept} {
		if tally[o] > 0 {
			return o
		}
	}
	if j.before == nil && len(j.bundle.Items) > 0 && tally[Unchanged] == 0 {
		return Imported
	}
	return Unchanged
}

// Tally counts the items by what became of them.
func (b *Bundle) Tally() map[Outcome]int {
	out := map[Outcome]int{}
	for _, it := range b.Items {
		if it.Outcome != "" {
			out[it.Outcome]++
		}
	}
	return out
}

// losses are the kinds of what markup left out.
func (b *Bundle) losses() []string {
	var out []string
	for what := range b.Dropped {
		out = append(out, "html-"+what)
	}
	slices.Sort(out)
	return out
}

// earlierBundle finds the import of the same bytes at the same organisation.
func (im *Importer) earlierBundle(ctx context.Context, hash media.Hash, base ident.Org) (*bundleRow, error) {
	var row bundleRow
	err := im.db.Get(ctx, &row, `SELECT * FROM import_bundle WHERE hash = ? AND org_id = ?`, hash, base)
	if errors.Is(err, db.ErrNoRows) {
		return nil, nil //nolint:nilnil // not imported yet is an answer
	}
	return &row, err
}

// bundleBehind says whether an earlier import of the same bytes may lack
// something that is asked for now.
func (im *Importer) bundleBehind(ctx context.Context, before bundleRow, o Options) (bool, error) {
	if o.Again || o.Topic != "" {
		return true, nil // each item is compared by itself
	}
	if !o.Publish {
		return false, nil
	}
	var drafts int
	err := im.db.Get(ctx, &drafts, `SELECT (SELECT count(*) FROM import_item AS i JOIN article AS a ON a.id = i.article_id
			WHERE i.bundle_id = ? AND i.open = TRUE AND a.state = 'draft')
		+ (SELECT count(*) FROM import_item AS i JOIN standing_page AS p ON p.id = i.page_id
			WHERE i.bundle_id = ? AND i.open = TRUE AND p.state = 'draft')`, before.ID, before.ID)
	return drafts > 0, err
}
