package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/press"
)

// ready is an item that is read and can be stored.
type ready struct {
	item  *Item
	key   string
	known knownItem // zero: it was not here yet
	body  markup.Doc
	facts []facts.Fact
	hash  string
	pics  []taken
}

// fingerprint is all of an item that a reader would see: an item with the same
// one need not be stored again.
type fingerprint struct {
	Title, Byline, On, Shelf, Slug string
	Place                          int
	Lang                           locale.Lang
	Tags                           []string
	Body                           markup.Doc
	Pictures                       []media.Hash
}

// prepare reads an item's text and takes its pictures.
func (j *bundleJob) prepare(ctx context.Context, it *Item) (ready, error) {
	r := ready{item: it, key: cutKey(it.Key)}
	r.known = j.known[r.key]
	body, err := j.bundle.content(it)
	if err != nil {
		return r, err
	}
	j.bundle.name(it, body)
	it.Lang = langOfText(it.Title + "\n" + body.Text())
	r.body, r.pics, err = j.pics.into(ctx, body)
	if err != nil {
		return r, err
	}
	it.Figures, it.Pictures = len(body.Figures()), len(r.pics)
	it.Path = j.place(it)
	it.raw.html = "" // read; what is left is small
	published, _ := han.ParseDate(it.On)
	if it.Kind == PostItem {
		r.facts = facts.Read(body.Paragraphs(), facts.Page{Published: published})
	}
	seen := fingerprint{
		Title: it.Title, Byline: it.Byline, On: it.On, Shelf: it.Shelf, Slug: it.Slug, Place: it.Place, Lang: it.Lang, Tags: it.Tags, Body: body,
	}
	for _, p := range r.pics {
		seen.Pictures = append(seen.Pictures, p.hash)
	}
	written, err := json.Marshal(seen)
	if err != nil {
		return r, fault.Because(err, fault.TooLarge, "ingest.item_large", fault.Args{"title": it.Title, "limit": press.MaxBody >> 20})
	}
	sum := sha256.Sum256(written)
	r.hash = hex.EncodeToString(sum[:])
	return r, nil
}

// name gives an item without a title one, and keeps lines within what press
// takes.
func (b *Bundle) name(it *Item, body markup.Doc) {
	if it.Title == "" {
		it.Title = body.Summary(30)
		if it.Title == "" {
			it.Title = "（" + it.On + "）"
		}
		b.noteItem("empty_titles", it)
	}
	it.Title, it.Byline = cutLine(it.Title, press.MaxTitle), cutLine(it.Byline, press.MaxLine)
}

// place is where the item stands or would stand.
func (j *bundleJob) place(it *Item) string {
	if it.Kind == PageItem {
		return j.options.Org + "about/" + it.Slug
	}
	if len(it.On) < len("2006-01") {
		return j.options.Org + "news/"
	}
	return j.options.Org + "news/" + it.On[:4] + "/" + it.On[5:7]
}

// store reads some items and stores them in one transaction. Where one of them
// cannot be stored, the others are stored without it.
func (j *bundleJob) store(ctx context.Context, items []*Item) error {
	batch := make([]ready, 0, len(items))
	for _, it := range items {
		r, err := j.prepare(ctx, it)
		if refusal(err) {
			j.refuse(it, err)
			continue
		}
		if err != nil {
			return err
		}
		batch = append(batch, r)
	}
	err := j.write(ctx, batch)
	if !refusal(err) {
		return err
	}
	for i := range batch {
		if err := j.write(ctx, batch[i:i+1]); refusal(err) {
			j.refuse(batch[i].item, err)
		} else if err != nil {
			return err
		}
	}
	return nil
}

// refusal says whether an error is one item's own fault.
func refusal(err error) bool { return fault.Is(err, fault.Invalid) || fault.Is(err, fault.TooLarge) }

func (j *bundleJob) refuse(it *Item, err error) {
	it.Outcome = Refused
	f := fault.As(err)
	if f.Key != "ingest.item_large" {
		j.bundle.warn("ingest.warn_item_refused", fault.Args{"title": it.Title})
	}
	j.bundle.warn(f.Key, f.Args)
}

// written is what a transaction made of a batch; it counts only once the
// transaction is durable, since a transaction may run again.
type written struct {
	outcomes []Outcome
	articles []ident.Article
	notes    map[string]int
	missed   []string
}

// write stores a batch in one transaction.
func (j *bundleJob) write(ctx context.Context, batch []ready) error {
	if len(batch) == 0 {
		return nil
	}
	var done written
	err := j.im.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		done = written{outcomes: make([]Outcome, len(batch)), notes: map[string]int{}}
		w := itemWriter{bundleJob: j, tx: tx, done: &done}
		return w.batch(ctx, batch)
	})
	if err != nil {
		return err
	}
	for i, o := range done.outcomes {
		batch[i].item.Outcome = o
		for _, p := range batch[i].pics {
			j.settled(p.key)
		}
	}
	for what, n := range done.notes {
		j.bundle.note(what, n)
	}
	for _, tag := range done.missed {
		if !j.missed[tag] {
			j.missed[tag] = true
			j.bundle.note("tags_ignored", 1)
		}
	}
	j.made = append(j.made, done.articles...)
	return nil
}

// settled marks a picture as kept, so that its row is not written again.
func (j *bundleJob) settled(key string) {
	if t, ok := j.pics.seen[key]; ok && t.staged != nil {
		t.staged = nil
		j.pics.seen[key] = t
		j.pics.known[key] = t.keptPicture
	}
}

// attachments keeps the pictures that lie beside and that no text shows: they
// belong to the site all the same.
func (j *bundleJob) attachments(ctx context.Context) error {
	for some := range slices.Chunk(j.bundle.Attachments, batchSize) {
		var pics []taken
		for _, a := range some {
			t, ok, err := j.pics.take(ctx, a.URL)
			if err != nil {
				return err
			}
			if ok {
				j.bundle.Counts["pictures_found"]++
			}
			if ok && t.staged != nil {
				pics = append(pics, t)
			}
		}
		if len(pics) == 0 {
			continue
		}
		err := j.im.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
			w := itemWriter{bundleJob: j, tx: tx}
			return w.keep(ctx, pics)
		})
		if err != nil {
			return err
		}
		for _, p := range pics {
			j.settled(p.key)
		}
	}
	return nil
}

// itemWriter writes a batch inside its transaction.
type itemWriter struct {
	*bundleJob
	tx     *db.Tx
	done   *written
	states map[ident.Article]articleState
}

// articleState is what stands here of an item.
type articleState struct {
	State    press.State
	Edited   bool
	Answered bool // it answers the topic that was asked for
}

func (w *itemWriter) batch(ctx context.Context, batch []ready) error {
	if err := w.readStates(ctx, batch); err != nil {
		return err
	}
	var fresh []int
	for i, r := range batch {
		if err := w.keep(ctx, r.pics); err != nil {
			return err
		}
		switch {
		case r.item.Kind == PageItem:
			if err := w.page(ctx, i, r); err != nil {
				return err
			}
		case r.known.ArticleID != "":
			if err := w.known(ctx, i, r); err != nil {
				return err
			}
		default:
			fresh = append(fresh, i)
		}
	}
	return w.create(ctx, batch, fresh)
}

// keep writes the rows of pictures that were staged.
func (w *itemWriter) keep(ctx context.Context, pics []taken) error {
	for _, p := range pics {
		if p.staged == nil {
			continue
		}
		if err := w.im.media.KeepPicture(ctx, w.tx, *p.staged); err != nil {
			return err
		}
		if err := w.remember(ctx, w.tx, itemRow{ItemKey: "picture:" + p.key, Hash: string(p.hash), File: p.file}); err != nil {
			return err
		}
	}
	return nil
}

// readStates reads how the articles stand that the batch is about.
func (w *itemWriter) readStates(ctx context.Context, batch []ready) error {
	w.states = map[ident.Article]articleState{}
	var ids []ident.Article
	for _, r := range batch {
		if r.known.ArticleID != "" {
			ids = append(ids, r.known.ArticleID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var rows []struct {
		ID ident.Article
		articleState
	}
	topic := ident.Topic("")
	if len(w.topics) > 0 {
		topic = w.topics[0]
	}
	err := w.tx.Select(ctx, &rows, `SELECT id, state, edited, EXISTS (SELECT 1 FROM article_topic AS t WHERE t.article_id = article.id AND t.topic_id = ?) AS answered
		FROM article WHERE id IN (?)`, topic, db.List(ids))
	for _, r := range rows {
		w.states[r.ID] = r.articleState
	}
	return err
}

// params is an item as press takes it.
func (w *itemWriter) params(r ready) press.ArticleParams {
	it := r.item
	p := press.ArticleParams{
		Org: w.base, Column: w.columns[it.Shelf], Title: it.Title, Body: r.body, Lang: it.Lang, Byline: it.Byline, State: press.Draft,
		Topics: w.topicsOf(it), Facts: r.facts,
	}
	// A text dated in the future was dated wrongly: it bears the day it comes out.
	if it.On <= w.tx.Now().AddDate(0, 0, 1).Format(time.DateOnly) {
		p.PublishedOn = it.On
	}
	if it.Open && w.options.Publish {
		p.State = press.Published
	}
	return p
}

// topicsOf are the topic that was asked for and those that the item's tags mean.
func (w *itemWriter) topicsOf(it *Item) []ident.Topic {
	topics := slices.Clone(w.topics)
	for _, tag := range it.Tags {
		if id, ok := w.tags[han.Slug(tag)]; ok {
			topics = append(topics, id)
		} else {
			w.done.missed = append(w.done.missed, tag)
		}
	}
	return topics
}

// create makes the articles that were not here.
func (w *itemWriter) create(ctx context.Context, batch []ready, fresh []int) error {
	if len(fresh) == 0 {
		return nil
	}
	list := make([]press.ArticleParams, 0, len(fresh))
	for _, i := range fresh {
		list = append(list, w.params(batch[i]))
	}
	made, err := press.CreateArticles(ctx, w.tx, list)
	if err != nil {
		return err
	}
	for n, i := range fresh {
		w.done.outcomes[i] = Imported
		if err := w.record(ctx, batch[i], itemRow{ArticleID: made[n].ID}); err != nil {
			return err
		}
		w.done.articles = append(w.done.articles, made[n].ID)
	}
	return nil
}

// record remembers an item and its old addresses.
func (w *itemWriter) record(ctx context.Context, r ready, row itemRow) error {
	row.ItemKey, row.Hash, row.Open = r.key, r.hash, r.item.Open
	if err := w.remember(ctx, w.tx, row); err != nil {
		return err
	}
	old := make([]oldRow, 0, len(r.item.Old))
	for _, address := range r.item.Old {
		old = append(old, oldRow{Address: address, ArticleID: row.ArticleID, PageID: row.PageID})
	}
	return keepOld(ctx, w.tx, old)
}

// known brings an article up to date that came before.
func (w *itemWriter) known(ctx context.Context, i int, r ready) error {
	id, before := r.known.ArticleID, w.states[r.known.ArticleID]
	outcome := Unchanged
	// A summary in a feed does not replace the whole text of an export.
	poorer := r.item.raw.summary && r.known.Format == FormatWXR
	if !poorer && r.hash != r.known.Hash || len(w.topics) > 0 && !before.Answered {
		_, err := press.ReplaceImported(ctx, w.tx, id, w.params(r))
		f := fault.As(err)
		switch {
		case f != nil && f.Key == "press.edited":
			outcome = Kept
			w.done.notes["kept"]++
		case err != nil:
			return err
		default:
			outcome = Updated
			w.done.articles = append(w.done.articles, id)
		}
	}
	next, changed := w.restate(before.State, r, before.Edited)
	if changed {
		if _, err := press.SetState(ctx, w.tx, id, next); err != nil {
			return err
		}
		if outcome == Unchanged {
			outcome = Updated
		}
	}
	w.done.outcomes[i] = outcome
	if poorer || outcome == Unchanged && r.known.Open == r.item.Open && r.known.Hash == r.hash {
		return nil
	}
	return w.record(ctx, r, itemRow{ArticleID: id})
}

// restate says whether a text that is here changes its state: a draft that the
// public could read there comes out when that is asked for, and what was taken
// back there is taken back here unless a person worked on it.
func (w *itemWriter) restate(state press.State, r ready, edited bool) (press.State, bool) {
	switch {
	case r.item.Open && w.options.Publish && state == press.Draft:
		return press.Published, true
	case !r.item.Open && r.known.Open && state == press.Published && !edited:
		w.done.notes["withdrawn"]++
		return press.Withdrawn, true
	}
	return state, false
}
