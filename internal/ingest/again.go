package ingest

import (
	"context"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/repair"
)

// behind says whether an earlier import of the same bytes lacks something that
// is asked for now: a better reading, pictures that lie beside it by now,
// publication, or the topic.
func (im *Importer) behind(ctx context.Context, before fileRow, f File, o Options) (bool, error) {
	if o.Again && before.stale() {
		return true, nil
	}
	if o.Again {
		if came, err := im.picturesCame(ctx, before, f); err != nil || came {
			return came, err
		}
	}
	var drafts, answers int
	err := im.db.Get(ctx, &drafts, `SELECT count(*) FROM article AS a JOIN import_article AS i ON i.article_id = a.id WHERE i.import_id = ? AND a.state = 'draft'`, before.ID)
	if err != nil || o.Publish && drafts > 0 || o.Topic == "" {
		return o.Publish && drafts > 0, err
	}
	err = im.db.Get(ctx, &answers, `SELECT count(*) FROM article_topic AS at JOIN topic AS t ON t.id = at.topic_id WHERE at.article_id = ? AND t.slug = ?`, before.ArticleID, o.Topic)
	return answers == 0, err
}

// publishDrafts publishes what an earlier import left as drafts.
func (w *writer) publishDrafts(ctx context.Context) error {
	var drafts []ident.Article
	err := w.tx.Select(ctx, &drafts, `SELECT a.id FROM article AS a JOIN import_article AS i ON i.article_id = a.id WHERE i.import_id = ? AND a.state = 'draft' ORDER BY i.position DESC`, w.job.before.ID)
	if err != nil {
		return err
	}
	for _, id := range drafts {
		if _, err := press.SetState(ctx, w.tx, id, press.Published); err != nil {
			return err
		}
	}
	return nil
}

// again gives the articles of an earlier import what a better reader read. What
// a person edited stays as it is, and so does everything when the file now
// falls into other sections: that is for a person to decide.
func (w *writer) again(ctx context.Context) (Result, error) {
	before := w.job.before
	out := Result{Outcome: Updated, Import: before.ID, Article: before.ArticleID}
	var made []ident.Article
	err := w.tx.Select(ctx, &made, `SELECT article_id FROM import_article WHERE import_id = ? AND article_id <> ? ORDER BY position`, before.ID, before.ArticleID)
	if err != nil {
		return Result{}, err
	}
	digest := len(made) > 0 // a single report has no article beside its own
	if !digest {
		made = []ident.Article{before.ArticleID}
	}
	if digest != w.job.reading.IsDigest() || len(made) != len(w.job.reading.Sections) {
		out.Outcome = Kept
		return out, w.reread(ctx)
	}
	topics, err := w.topics(ctx)
	if err != nil {
		return Result{}, err
	}
	params, err := w.articles(ctx, topics)
	if err != nil {
		return Result{}, err
	}
	if w.job.reading.IsDigest() {
		lead := w.params(w.job.base, topics)
		lead.Title, lead.Body = w.job.reading.Title, w.job.reading.Lead
		made, params = append(made, before.ArticleID), append(params, lead)
	}
	for i, id := range made {
		_, err := press.ReplaceImported(ctx, w.tx, id, params[i])
		if f := fault.As(err); f != nil && f.Key == "press.edited" {
			out.Outcome = Kept
			continue
		}
		if err != nil {
			return Result{}, err
		}
		out.Articles = append(out.Articles, id)
	}
	return out, w.reread(ctx)
}

// reread notes by which reader the file was read last.
func (w *writer) reread(ctx context.Context) error {
	r := w.job.reading
	_, err := w.tx.Exec(ctx, `UPDATE import_file SET reader_version = ?, repair_version = ?, charset = ?, report = ? WHERE id = ?`,
		ReaderVersion, repair.Version, r.Charset, db.JSON[report]{V: report{r.Repairs, r.Losses, r.Warnings, r.Mending}}, w.job.before.ID)
	if err != nil {
		return err
	}
	return audit.Write(ctx, w.tx, audit.Entry{
		Action: "import.again", Org: w.job.base, ObjectKind: "import", ObjectID: string(w.job.before.ID),
		Detail: map[string]string{"reader": ReaderVersion, "repair": repair.Version},
	})
}

// Original is a file that was imported, as it is kept.
type Original struct {
	Name string
	Hash media.Hash
	ID   ident.Import
}

// Stale lists the originals imported at an organisation that a newer reader
// would read otherwise: what `import --again` without files reads.
func (im *Importer) Stale(ctx context.Context, path string) ([]Original, error) {
	at, err := org.ByPath(ctx, im.db, org.CleanPath(path))
	if err != nil {
		return nil, err
	}
	var list []Original
	err = im.db.Select(ctx, &list, `SELECT name, hash, id FROM import_file WHERE org_id = ? AND (reader_version <> ? OR repair_version <> ?)
		UNION ALL SELECT name, hash, id FROM import_bundle WHERE org_id = ? AND (reader_version <> ? OR repair_version <> ?) ORDER BY id`,
		at.ID, ReaderVersion, repair.Version, at.ID, ReaderVersion, repair.Version)
	return list, err
}

// Load reads a kept original back.
func (im *Importer) Load(o Original) (File, error) {
	data, err := im.media.Read(o.Hash)
	return File{Name: o.Name, Data: data}, err
}
