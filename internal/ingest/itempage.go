package ingest

import (
	"context"
	"errors"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/press"
)

// pageState is how a standing page is here.
type pageState struct {
	Slug   string
	Lang   locale.Lang
	State  press.State
	Edited bool
}

// page makes a standing page or brings it up to date.
func (w *itemWriter) page(ctx context.Context, i int, r ready) error {
	p := press.StandingPageParams{
		Org: w.base, Slug: r.item.Slug, Lang: r.item.Lang, Title: r.item.Title, Body: r.body, Position: r.item.Place, Imported: true,
	}
	if p.Lang == "" {
		p.Lang = w.lang
	}
	var before pageState
	if r.known.PageID == "" {
		if r.item.Open && w.options.Publish {
			p.State = press.Published
		}
		if err := w.freePage(ctx, &p); err != nil {
			return err
		}
	} else {
		err := w.tx.Get(ctx, &before, `SELECT slug, lang, state, edited FROM standing_page WHERE id = ?`, r.known.PageID)
		if err != nil {
			return err
		}
		p.Slug, p.Lang = before.Slug, before.Lang
		next, changed := w.restate(before.State, r, before.Edited)
		if changed {
			p.State = next
		} else if r.hash == r.known.Hash {
			w.done.outcomes[i] = Unchanged
			if r.known.Open == r.item.Open {
				return nil
			}
			return w.record(ctx, r, itemRow{PageID: r.known.PageID})
		}
	}
	page, err := press.PutPage(ctx, w.tx, p)
	f := fault.As(err)
	switch {
	case f != nil && f.Key == "press.edited":
		w.done.outcomes[i] = Kept
		w.done.notes["kept"]++
		return w.record(ctx, r, itemRow{PageID: r.known.PageID})
	case err != nil:
		return err
	}
	w.done.outcomes[i] = Imported
	if r.known.PageID != "" {
		w.done.outcomes[i] = Updated
	}
	return w.record(ctx, r, itemRow{PageID: page.ID})
}

// freePage finds an address for a new page that no other page has.
func (w *itemWriter) freePage(ctx context.Context, p *press.StandingPageParams) error {
	slug := p.Slug
	for n := 2; ; n++ {
		var one int
		err := w.tx.Get(ctx, &one, `SELECT 1 FROM standing_page WHERE org_id = ? AND slug = ? LIMIT 1`, p.Org, p.Slug)
		if errors.Is(err, db.ErrNoRows) {
			if p.Slug != slug {
				w.done.notes["slug_changed"]++
			}
			return nil
		}
		if err != nil {
			return err
		}
		p.Slug = slug + "-" + itoa(n)
	}
}
