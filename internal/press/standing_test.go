package press

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/search"
)

func (h hall) page(slug string, lang locale.Lang, change ...func(*StandingPageParams)) StandingPageParams {
	p := StandingPageParams{Org: h.at[""].ID, Slug: slug, Lang: lang, Title: "聯絡我們", Body: doc("會館在石板街十二號。"), State: Published, Position: 1}
	for _, c := range change {
		c(&p)
	}
	return p
}

func (h hall) put(p StandingPageParams) (page StandingPage) {
	h.Helper()
	h.tx(func(ctx context.Context, tx *db.Tx) (err error) {
		page, err = PutPage(ctx, tx, p)
		return err
	})
	return page
}

func TestStandingPage(t *testing.T) {
	onEach(t, func(h hall) {
		first := h.put(h.page("contact", locale.Hant))
		if again := h.put(h.page("contact", locale.Hant)); again.Revision != 1 || again.ID != first.ID {
			h.Errorf("the same text again: %+v", again)
		}
		second := h.put(h.page("contact", locale.Hant, func(p *StandingPageParams) { p.Body = doc("搬到江邊路三號了。") }))
		if second.ID != first.ID || second.Revision != 2 || !second.Edited {
			h.Errorf("a new text: %+v", second)
		}
		h.put(h.page("contact", locale.En, func(p *StandingPageParams) { p.Title, p.Body = "Contact", doc("3 Riverside Road.") }))
		h.put(h.page("hidden", locale.Hant, func(p *StandingPageParams) { p.State = Draft }))
		h.put(h.page("unlisted", locale.Hant, func(p *StandingPageParams) { p.Position = 0 }))
		pages, err := h.public().Page(h.Context(), h.at[""].ID, "contact")
		h.must(err)
		if len(pages) != 2 || pages[0].Lang != locale.En || pages[1].Body.Text() != "搬到江邊路三號了。" {
			h.Errorf("%+v", pages)
		}
		list, err := h.public().Pages(h.Context(), h.at[""].ID)
		h.must(err)
		if len(list) != 2 || list[0].Address() != "/about/contact" {
			h.Errorf("%+v", list)
		}
		_, err = h.public().Page(h.Context(), h.at[""].ID, "hidden")
		h.refused(err, fault.NotFound, "press.page_not_found")
		entries, err := audit.Of(h.Context(), h.db, "standing_page", string(first.ID))
		h.must(err)
		if len(entries) != 2 {
			h.Errorf("%d audit entries, want one for each change", len(entries))
		}
	})
}

// What is taken back is gone from everywhere at once: by address, from lists,
// from search, and with the pictures that only it showed.
func TestStandingPageTakenBack(t *testing.T) {
	onEach(t, func(h hall) {
		hash := strings.Repeat("ab", 32)
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO media_file (hash, size, mime, created_at) VALUES (?, 1, 'image/png', 0)`, hash)
			return err
		})
		with := func(s State) StandingPageParams {
			return h.page("", locale.Hant, func(p *StandingPageParams) {
				p.State = s
				p.Body = markup.Doc{Blocks: []markup.Block{markup.Para("鷺鷥飛過會館的屋頂。"), markup.Figure{File: hash}}}
			})
		}
		page := h.put(with(Published))
		seen := func() (n int) {
			pages, err := h.public().Page(h.Context(), h.at[""].ID, "")
			if !fault.Is(err, fault.NotFound) {
				h.must(err)
			}
			list, err := h.public().Pages(h.Context(), h.at[""].ID)
			h.must(err)
			byID, err := h.public().PagesByID(h.Context(), []ident.Page{page.ID})
			h.must(err)
			found, err := search.Find(h.Context(), h.db, search.Query{Text: "鷺鷥"})
			h.must(err)
			shown, err := h.public().Shows(h.Context(), hash)
			h.must(err)
			all, err := h.public().Addresses(h.Context(), 1000, 1)
			h.must(err)
			for _, a := range all {
				if a.Path == "about/" {
					n++
				}
			}
			if shown {
				n++
			}
			return n + len(pages) + len(list) + len(byID) + found.Total
		}
		if n := seen(); n != 6 {
			h.Errorf("published, it shows in %d ways, want 6", n)
		}
		h.put(with(Withdrawn))
		if n := seen(); n != 0 {
			h.Errorf("withdrawn, it still shows in %d ways", n)
		}
	})
}

func TestStandingPageRefusals(t *testing.T) {
	onEach(t, func(h hall) {
		h.put(h.page("written", locale.Hant))
		for key, p := range map[string]StandingPageParams{
			"press.title_empty":  h.page("x", locale.Hant, func(p *StandingPageParams) { p.Title = " " }),
			"press.slug_invalid": h.page("X Y", locale.Hant),
			"press.lang_unknown": h.page("x", "fr"),
			"press.edited":       h.page("written", locale.Hant, func(p *StandingPageParams) { p.Imported, p.Title = true, "舊站的" }),
			"org.not_found":      h.page("x", locale.Hant, func(p *StandingPageParams) { p.Org = ident.New[ident.Org](time.Now()) }),
		} {
			err := h.try(func(ctx context.Context, tx *db.Tx) error { _, err := PutPage(ctx, tx, p); return err })
			if e := fault.As(err); e == nil || e.Key != key {
				h.Errorf("want %s, got %v", key, err)
			}
		}
		imported := h.put(h.page("old", locale.Hant, func(p *StandingPageParams) { p.Imported = true }))
		if imported.Edited {
			h.Error("an imported page counts as written by a person")
		}
		h.put(h.page("old", locale.Hant, func(p *StandingPageParams) { p.Imported, p.Title = true, "新的讀法" }))
	})
}
