package press

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/org"
)

func TestLookupsByID(t *testing.T) {
	onEach(t, func(h hall) {
		a := h.publish(h.report("baiyu/", "甲"))
		b := h.publish(h.report("lanjiang/", "乙", func(p *ArticleParams) { p.State = Draft }))
		topic := h.topic(TopicParams{Org: h.at[""].ID, Slug: "lanterns", Titles: org.Names{Hant: "花燈"}})
		cards, err := h.public().Cards(h.Context(), []ident.Article{a.ID, b.ID, "x"})
		h.must(err)
		if len(cards) != 1 || cards[a.ID].Title != "甲" || cards[a.ID].OrgPath != "baiyu/" {
			h.Errorf("%+v", cards)
		}
		topics, err := h.public().TopicsByID(h.Context(), []ident.Topic{topic.ID, "x"})
		h.must(err)
		if diff := cmp.Diff(map[ident.Topic]Topic{topic.ID: topic}, topics); diff != "" {
			h.Error(diff)
		}
		if cards, err = h.public().Cards(h.Context(), nil); err != nil || len(cards) != 0 {
			h.Errorf("%v %v", cards, err)
		}
		if topics, err = h.public().TopicsByID(h.Context(), nil); err != nil || len(topics) != 0 {
			h.Errorf("%v %v", topics, err)
		}
	})
}

func TestLatestOf(t *testing.T) {
	onEach(t, func(h hall) {
		on := func(day string) func(*ArticleParams) { return func(p *ArticleParams) { p.PublishedOn = day } }
		h.publish(h.report("baiyu/", "甲", on("2026-03-01")))
		h.publish(h.report("baiyu/", "乙", on("2026-02-01")))
		h.publish(h.report("baiyu/", "草稿", on("2026-04-01"), func(p *ArticleParams) { p.State = Draft }))
		h.set(h.publish(h.report("lanjiang/", "撤回", on("2026-04-01"))).ID, Withdrawn)
		got, err := h.public().LatestOf(h.Context(), []ident.Org{h.at["baiyu/"].ID, h.at["lanjiang/"].ID, "x"})
		h.must(err)
		if diff := cmp.Diff(map[ident.Org]string{h.at["baiyu/"].ID: "2026-03-01"}, got); diff != "" {
			h.Error(diff)
		}
		if got, err = h.public().LatestOf(h.Context(), nil); err != nil || len(got) != 0 {
			h.Errorf("%v %v", got, err)
		}
	})
}

func TestWhatWasWithdrawnIsToldFromWhatNeverWas(t *testing.T) {
	onEach(t, func(h hall) {
		out := h.publish(h.report("baiyu/", "甲"))
		back := h.set(h.publish(h.report("baiyu/", "乙")).ID, Withdrawn)
		draft := h.publish(h.report("baiyu/", "丙", func(p *ArticleParams) { p.State = Draft }))
		for id, want := range map[ident.Article]bool{out.ID: false, back.ID: true, draft.ID: false, "x": false} {
			if got, err := h.public().Withdrawn(h.Context(), id); err != nil || got != want {
				h.Errorf("%s: %v %v", id, got, err)
			}
		}
	})
}

// A file is as public as the text that it stands in.
func TestShows(t *testing.T) {
	onEach(t, func(h hall) {
		hashes := map[string]string{}
		for _, name := range []string{"a", "b", "c", "d", "e"} {
			hashes[name] = strings.Repeat(name, 64)
		}
		with := func(name string) markup.Doc {
			return markup.Doc{Blocks: []markup.Block{markup.Figure{File: hashes[name], Alt: "燈"}}}
		}
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			for name, hash := range hashes {
				if name == "e" { // shown, but its file was never kept
					continue
				}
				if _, err := tx.Exec(ctx, `INSERT INTO media_file (hash, size, mime, created_at) VALUES (?, 1, 'image/png', 0)`, hash); err != nil {
					return err
				}
			}
			return nil
		})
		body := func(name string, s State) func(*ArticleParams) {
			return func(p *ArticleParams) { p.Body, p.State = with(name), s }
		}
		shown := h.publish(h.report("baiyu/", "甲", body("a", Published)))
		h.publish(h.report("baiyu/", "乙", body("b", Draft)))
		h.publish(h.report("baiyu/", "丙", body("e", Published)))
		report := h.publish(h.report("lanjiang/", "丁"))
		var digest Article
		h.tx(func(ctx context.Context, tx *db.Tx) (err error) {
			digest, err = CreateDigest(ctx, tx, DigestParams{
				ArticleParams: h.report("", "綜合"), Sections: []SectionParams{{Article: report.ID, Abridged: with("c")}},
			})
			return err
		})
		check := func(when string, want map[string]bool) {
			h.Helper()
			for name, w := range want {
				if got, err := h.public().Shows(h.Context(), hashes[name]); err != nil || got != w {
					h.Errorf("%s: file %s: %v %v", when, name, got, err)
				}
			}
		}
		check("at first", map[string]bool{"a": true, "b": false, "c": true, "d": false, "e": false})
		h.set(shown.ID, Withdrawn)
		h.set(report.ID, Withdrawn)
		check("with its reports withdrawn", map[string]bool{"a": false, "c": false})
		h.set(report.ID, Published)
		h.set(digest.ID, Draft)
		check("with its digest a draft", map[string]bool{"c": false})
		for _, bad := range []string{"", "%", "abc", strings.Repeat("_", 64), strings.Repeat("A", 64)} {
			if got, err := h.public().Shows(h.Context(), bad); err != nil || got {
				h.Errorf("%q: %v %v", bad, got, err)
			}
		}
	})
}

func TestTotalsBelow(t *testing.T) {
	onEach(t, func(h hall) {
		tell := func(s State, list ...facts.Fact) func(*ArticleParams) {
			return func(p *ArticleParams) { p.State, p.Facts = s, list }
		}
		online := told("五月二日", facts.Lecture, 50)
		online.Mode, online.HeadcountAbout = facts.Online, true
		a := h.publish(h.report("lanjiang/luwan/", "甲", tell(Published, told("五月一日", facts.Clinic, 30), online)))
		h.publish(h.report("baiyu/", "乙", tell(Published, told("五月一日", facts.Clinic, 7))))
		h.publish(h.report("baiyu/", "丙", tell(Draft, told("五月三日", facts.Clinic, 900))))
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			_, err := CreateDigest(ctx, tx, DigestParams{ArticleParams: h.report("", "綜合"), Sections: []SectionParams{{Article: a.ID}}})
			return err
		})
		for path, want := range map[string]Totals{
			"":                {Events: 3, Headcount: 87, About: true, Organisations: 2},
			"lanjiang/":       {Events: 2, Headcount: 80, About: true, Organisations: 1},
			"baiyu":           {Events: 1, Headcount: 7, Organisations: 1},
			"lanjiang/yudeng": {},
		} {
			got, err := h.public().TotalsBelow(h.Context(), path)
			h.must(err)
			byMode := got.ByMode
			got.ByMode, got.ByKind = nil, nil
			if diff := cmp.Diff(want, got); diff != "" {
				h.Errorf("%q: %s", path, diff)
			}
			if path == "lanjiang/" && (byMode[facts.Online] != 1 || byMode[facts.InPerson] != 1) {
				h.Errorf("%v", byMode)
			}
		}
	})
}
