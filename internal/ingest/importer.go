package ingest

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/repair"
)

// Options say where files go and what may be done with them.
type Options struct {
	Org        string // path of the organisation that files are imported at
	Topic      string // slug of a topic that the articles answer; "" for none
	Column     string // slug of the column for a page of one report; "" for none
	CreateOrgs bool   // make organisations that headings name and the tree lacks
	Publish    bool   // publish at once; else drafts
	Again      bool   // read files anew that were imported by an older reader

	// TranslationOf is the article that a page of one report tells in another language.
	TranslationOf ident.Article
	// Announces are events to come. A reader finds only what has happened.
	Announces []facts.Fact
}

// Outcome says what became of one file.
type Outcome string

// The outcomes of an import.
const (
	Imported  Outcome = "imported"  // articles were made
	Unchanged Outcome = "unchanged" // it was here already
	Updated   Outcome = "updated"   // read anew and better
	Kept      Outcome = "kept"      // read anew, but a person edited what was made of it
)

// Result is what an import made of one file.
type Result struct {
	Outcome  Outcome
	Import   ident.Import
	Article  ident.Article   // the digest or the one report
	Articles []ident.Article // all of them, sections in order
	Orgs     int             // organisations created
	Reading  Reading
	Bundle   *Bundle // of a file that holds many items, unless it was unchanged
}

// Importer stores what is read. It keeps the tree of organisations in memory
// between files, so it serves one caller at a time.
type Importer struct {
	db    *db.DB
	media *media.Store
	log   *slog.Logger
	tree  *Tree
	ids   map[string]ident.Org
	// closed organisations are found by name but take no new pages.
	closed map[string]bool
}

// NewImporter makes an Importer.
func NewImporter(d *db.DB, m *media.Store, log *slog.Logger) *Importer {
	return &Importer{db: d, media: m, log: log}
}

// fileRow is a row of import_file.
type fileRow struct {
	bun.BaseModel `bun:"table:import_file"`

	ID            ident.Import
	Hash          media.Hash
	OrgID         ident.Org
	Name          string
	Format        Format
	Charset       string
	ReaderVersion string
	RepairVersion string
	ArticleID     ident.Article
	Report        db.JSON[report]
	CreatedAt     db.Time
}

// report is what an import keeps of its reading, for who asks later.
type report struct {
	Repairs  map[string]int `json:"repairs,omitempty"`
	Losses   []string       `json:"losses,omitempty"`
	Warnings []Warning      `json:"warnings,omitempty"`
	Mending
}

type articleRow struct {
	bun.BaseModel `bun:"table:import_article"`

	ImportID  ident.Import
	ArticleID ident.Article
	Position  int // of the section; a digest itself comes first
}

// Import reads one file and stores it: original, organisations, articles, facts
// and search entries in one transaction. Where another import or editor was
// quicker with the same organisation or file, it looks again.
func (im *Importer) Import(ctx context.Context, f File, o Options) (Result, error) {
	o.Org = org.CleanPath(o.Org)
	result, err := im.once(ctx, f, o)
	for try := 1; try < attempts && fault.Is(err, fault.Conflict); try++ {
		im.tree = nil
		result, err = im.once(ctx, f, o)
	}
	return result, err
}

// attempts bounds how often an import looks again; each time, somebody else's
// work got done.
const attempts = 5

func (im *Importer) once(ctx context.Context, f File, o Options) (Result, error) {
	if err := im.loadTree(ctx); err != nil {
		return Result{}, err
	}
	base, ok := im.ids[o.Org]
	if !ok {
		return Result{}, fault.New(fault.NotFound, "org.not_found", fault.Args{"org": "/" + o.Org})
	}
	if im.closed[o.Org] {
		return Result{}, fault.New(fault.Conflict, "org.parent_closed", fault.Args{"org": "/" + o.Org})
	}
	if format, err := detect(f); err == nil && (format == FormatWXR || format == FormatFeed) {
		return im.importBundle(ctx, f, o, base)
	}
	before, err := im.earlier(ctx, media.HashOf(f.Data), base)
	if err != nil {
		return Result{}, err
	}
	if before != nil {
		behind, err := im.behind(ctx, *before, f, o)
		if err != nil || !behind {
			return Result{Outcome: Unchanged, Import: before.ID, Article: before.ArticleID}, err
		}
	}
	doc, err := ReadDocument(f, DefaultLimits())
	if err != nil {
		return Result{}, err
	}
	reading, err := ReadIn(doc, im.tree, o.Org)
	if err != nil {
		return Result{}, err
	}
	if names := reading.unknown(); len(names) > 0 && !o.CreateOrgs {
		return Result{}, fault.New(fault.NotFound, "ingest.unknown_orgs", fault.Args{"names": strings.Join(names, "、")})
	}
	j := job{file: f, options: o, base: base, reading: reading, before: before}
	if err := im.takePictures(ctx, &j); err != nil {
		return Result{}, err
	}
	return im.store(ctx, j)
}

// stale says whether a newer reader or repairer would read the file otherwise.
func (r fileRow) stale() bool {
	return r.ReaderVersion != ReaderVersion || r.RepairVersion != repair.Version
}

// unknown lists the headings whose organisation is not in the tree.
func (r Reading) unknown() []string {
	var names []string
	for _, s := range r.Sections {
		if len(s.Proposed) > 0 {
			names = append(names, s.Heading)
		}
	}
	return names
}

// earlier finds the import of the same bytes at the same organisation.
func (im *Importer) earlier(ctx context.Context, hash media.Hash, base ident.Org) (*fileRow, error) {
	var row fileRow
	err := im.db.Get(ctx, &row, `SELECT * FROM import_file WHERE hash = ? AND org_id = ?`, hash, base)
	if errors.Is(err, db.ErrNoRows) {
		return nil, nil //nolint:nilnil // not imported yet is an answer
	}
	return &row, err
}

// Tree is the tree of organisations as it stands, for a dry run.
func (im *Importer) Tree(ctx context.Context) (*Tree, error) {
	err := im.loadTree(ctx)
	return im.tree, err
}

// loadTree reads the tree of organisations once.
func (im *Importer) loadTree(ctx context.Context) error {
	if im.tree != nil {
		return nil
	}
	all, err := org.Subtree(ctx, im.db, "")
	if err != nil {
		return err
	}
	if len(all) == 0 {
		_, err := org.FederationOf(ctx, im.db)
		return err
	}
	im.tree, im.ids, im.closed = NewTree(), make(map[string]ident.Org, len(all)), map[string]bool{}
	for _, o := range all {
		im.know(o)
	}
	borne, err := org.BorneNames(ctx, im.db)
	for _, n := range borne {
		im.tree.Add(Node{Path: n.Path, Names: []string{n.NameKey}})
	}
	return err
}

func (im *Importer) know(o org.Organisation) {
	im.tree.Add(Node{Path: o.Path, Names: []string{o.Names.Hant, o.Names.Hans, o.Names.En}})
	im.ids[o.Path] = o.ID
	im.closed[o.Path] = o.Status == org.Closed
}

// job is one file on its way into the database.
type job struct {
	file    File
	options Options
	base    ident.Org
	reading Reading
	before  *fileRow
	pics    []taken
}

// store writes a job in one transaction. The tree in memory learns of new
// organisations only once they are durable.
func (im *Importer) store(ctx context.Context, j job) (Result, error) {
	staged, err := im.media.Stage(j.file.Data, mimeOf(j.reading.Format))
	if err != nil {
		return Result{}, err
	}
	var out Result
	var made []org.Organisation
	err = im.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		w := writer{tx: tx, ids: im.ids, job: j}
		if err := im.media.Keep(ctx, tx, staged); err != nil {
			return err
		}
		for _, p := range j.pics {
			if p.staged == nil {
				continue
			}
			if err := im.media.KeepPicture(ctx, tx, *p.staged); err != nil {
				return err
			}
		}
		var err error
		if j.before != nil {
			out, err = w.again(ctx)
			if err == nil && j.options.Publish {
				err = w.publishDrafts(ctx)
			}
		} else {
			out, err = w.first(ctx, staged.Hash)
		}
		made = w.made
		return err
	})
	if err != nil {
		im.tree = nil // what stood in memory may not be what stands now
		return Result{}, err
	}
	for _, o := range made {
		im.know(o)
	}
	out.Orgs, out.Reading = len(made), j.reading
	return out, nil
}

func mimeOf(f Format) string {
	if f == FormatHTML {
		return "text/html"
	}
	return "text/plain"
}

// writer writes one job inside its transaction.
type writer struct {
	tx   *db.Tx
	ids  map[string]ident.Org
	made []org.Organisation
	job  job
}

// first stores a file that was never here.
func (w *writer) first(ctx context.Context, hash media.Hash) (Result, error) {
	topics, err := w.topics(ctx)
	if err != nil {
		return Result{}, err
	}
	params, err := w.articles(ctx, topics)
	if err != nil {
		return Result{}, err
	}
	made, err := press.CreateArticles(ctx, w.tx, params)
	if err != nil {
		return Result{}, err
	}
	out := Result{Outcome: Imported, Import: ident.New[ident.Import](w.tx.Now()), Article: made[0].ID}
	for _, a := range made {
		out.Articles = append(out.Articles, a.ID)
	}
	if w.job.reading.IsDigest() {
		column, err := w.column(ctx, w.job.base)
		if err != nil {
			return Result{}, err
		}
		digest, err := press.CreateDigest(ctx, w.tx, w.digest(made, topics, column))
		if err != nil {
			return Result{}, err
		}
		out.Article, out.Articles = digest.ID, append([]ident.Article{digest.ID}, out.Articles...)
	}
	return out, w.record(ctx, hash, out)
}

// articles are the sections as press takes them, their organisations made
// where the tree lacks them.
func (w *writer) articles(ctx context.Context, topics []ident.Topic) ([]press.ArticleParams, error) {
	r := w.job.reading
	list := make([]press.ArticleParams, 0, len(r.Sections))
	for _, s := range r.Sections {
		id, err := w.organisation(ctx, s)
		if err != nil {
			return nil, err
		}
		p := w.params(id, topics)
		p.Title, p.Body, p.Facts = r.Title, s.Body, s.Facts
		if r.IsDigest() {
			p.Title, p.Source = s.title(r.Title), s.Heading
		} else if err := w.single(ctx, &p); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

// single adds what only a page of one report has.
func (w *writer) single(ctx context.Context, p *press.ArticleParams) (err error) {
	p.TranslationOf = w.job.options.TranslationOf
	p.Facts = slices.Concat(p.Facts, w.job.options.Announces)
	p.Column, err = w.column(ctx, p.Org)
	return err
}

// params is what all articles of a file have in common.
func (w *writer) params(id ident.Org, topics []ident.Topic) press.ArticleParams {
	r := w.job.reading
	p := press.ArticleParams{Org: id, Lang: langOf(r), Byline: r.Byline, Source: r.Source, State: press.Draft, Topics: topics}
	// A page dated in the future was dated wrongly: it bears the day it came.
	if day := r.Published.String(); r.Published != (han.Date{}) && day <= w.tx.Now().AddDate(0, 0, 1).Format(time.DateOnly) {
		p.PublishedOn = day
	}
	if w.job.options.Publish {
		p.State = press.Published
	}
	return p
}

// digest puts the sections' articles together again.
func (w *writer) digest(made []press.Article, topics []ident.Topic, column ident.Column) press.DigestParams {
	r := w.job.reading
	p := press.DigestParams{ArticleParams: w.params(w.job.base, topics)}
	p.Title, p.Body, p.Column = r.Title, r.Lead, column
	for i, a := range made {
		p.Sections = append(p.Sections, press.SectionParams{Org: a.Org, Article: a.ID, Heading: r.Sections[i].Heading})
	}
	return p
}

// column finds the column of an organisation's own that the page goes into.
func (w *writer) column(ctx context.Context, of ident.Org) (id ident.Column, err error) {
	slug := w.job.options.Column
	if slug == "" {
		return "", nil
	}
	err = w.tx.Get(ctx, &id, `SELECT id FROM press_column WHERE slug = ? AND org_id = ?`, slug, of)
	return id, db.NotFound(err, "ingest.column_not_found", fault.Args{"slug": slug})
}

// organisation is the section's organisation, made with its parents where the
// tree lacks them.
func (w *writer) organisation(ctx context.Context, s Section) (ident.Org, error) {
	for _, step := range s.place.steps {
		if _, ok := w.find(step.path); ok {
			continue
		}
		parent, ok := w.find(parentOf(step.path))
		if !ok {
			return "", fault.New(fault.NotFound, "org.not_found", fault.Args{"org": "/" + parentOf(step.path)})
		}
		made, err := org.Create(ctx, w.tx, org.CreateParams{Parent: parent, Slug: slugOf(step.path), Names: names(step.name)})
		if err != nil {
			return "", err
		}
		w.made = append(w.made, made)
	}
	id, ok := w.find(s.Path)
	if !ok {
		return "", fault.New(fault.NotFound, "org.not_found", fault.Args{"org": "/" + s.Path})
	}
	return id, nil
}

// find looks among what stands and what this transaction made.
func (w *writer) find(path string) (ident.Org, bool) {
	for _, o := range w.made {
		if o.Path == path {
			return o.ID, true
		}
	}
	id, ok := w.ids[path]
	return id, ok
}

// names puts a name as it was written under its script.
func names(name string) org.Names {
	if han.DetectScript(name) == han.Hans {
		return org.Names{Hans: name}
	}
	return org.Names{Hant: name}
}

func slugOf(path string) string {
	path = strings.TrimSuffix(path, "/")
	return path[strings.LastIndexByte(path, '/')+1:]
}

func parentOf(path string) string {
	path = strings.TrimSuffix(path, "/")
	return path[:strings.LastIndexByte(path, '/')+1]
}

// topics finds the topic that the articles answer, at the organisation or above.
func (w *writer) topics(ctx context.Context) ([]ident.Topic, error) {
	slug := w.job.options.Topic
	if slug == "" {
		return nil, nil
	}
	for path := w.job.options.Org; ; path = parentOf(path) {
		var id ident.Topic
		err := w.tx.Get(ctx, &id, `SELECT id FROM topic WHERE slug = ? AND org_id = ?`, slug, w.ids[path])
		if err == nil {
			return []ident.Topic{id}, nil
		}
		if !errors.Is(err, db.ErrNoRows) || path == "" {
			return nil, db.NotFound(err, "press.topic_not_found", fault.Args{"slug": slug})
		}
	}
}

// record writes the import itself: what was read by which reader, and what was
// made of it.
func (w *writer) record(ctx context.Context, hash media.Hash, out Result) error {
	r := w.job.reading
	row := fileRow{
		ID: out.Import, Hash: hash, OrgID: w.job.base, Name: w.job.file.Name, Format: r.Format, Charset: r.Charset,
		ReaderVersion: ReaderVersion, RepairVersion: repair.Version, ArticleID: out.Article,
		Report: db.JSON[report]{V: report{r.Repairs, r.Losses, r.Warnings, r.Mending}}, CreatedAt: db.At(w.tx.Now()),
	}
	if err := w.tx.Insert(ctx, &row); err != nil {
		return err
	}
	rows := make([]articleRow, 0, len(out.Articles))
	for i, a := range out.Articles {
		rows = append(rows, articleRow{ImportID: out.Import, ArticleID: a, Position: i})
	}
	if err := w.tx.Insert(ctx, &rows); err != nil {
		return err
	}
	return audit.Write(ctx, w.tx, audit.Entry{
		Action: "import.create", Org: w.job.base, ObjectKind: "import", ObjectID: string(out.Import),
		Detail: map[string]string{"hash": string(hash), "article": string(out.Article)},
	})
}
