package press

import (
	"context"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
)

// Nothing that Public can say tells of what is not published: one article that
// is in a topic, in a digest and in another language is asked for in every way.
func TestNothingUnpublishedLeaks(t *testing.T) {
	onEach(t, func(h hall) {
		topic := h.lanterns()
		a := h.publish(h.report("baiyu/", "秘密", func(p *ArticleParams) {
			p.Topics, p.Facts = []ident.Topic{topic.ID}, []facts.Fact{told("五月一日", facts.Clinic, 30)}
		}))
		before := h.publish(h.report("baiyu/", "在後", func(p *ArticleParams) { p.PublishedOn = "2026-05-02" }))
		english := h.publish(h.report("baiyu/", "Open", func(p *ArticleParams) {
			p.Lang, p.TranslationOf, p.PublishedOn = locale.En, a.ID, "2026-05-03"
		}))
		var digest Article
		h.tx(func(ctx context.Context, tx *db.Tx) (err error) {
			digest, err = CreateDigest(ctx, tx, DigestParams{ArticleParams: h.report("", "綜合"), Sections: []SectionParams{{Article: a.ID}}})
			return err
		})
		ctx, p := h.Context(), h.public()
		// Each way says how often the article shows.
		ways := map[string]func() (int, error){
			"by its id": func() (int, error) {
				_, err := p.Article(ctx, a.ID)
				if fault.Is(err, fault.NotFound) {
					return 0, nil
				}
				return 1, err
			},
			"in lists": func() (int, error) {
				l, err := p.ArticlesOf(ctx, ListParams{Path: "baiyu/", Topic: topic.ID})
				return len(l.Cards), err
			},
			"by years": func() (int, error) {
				y, err := p.Years(ctx, ListParams{Path: "baiyu/", Topic: topic.ID})
				return len(y), err
			},
			"as a card":   func() (int, error) { c, err := p.Cards(ctx, []ident.Article{a.ID}); return len(c), err },
			"as facts":    func() (int, error) { f, err := p.Facts(ctx, a.ID); return len(f), err },
			"in a digest": func() (int, error) { s, err := p.Sections(ctx, digest.ID); return len(s), err },
			"in the digest's totals": func() (int, error) {
				s, err := p.DigestTotals(ctx, digest.ID)
				return s[digest.ID].Totals.Events + s[digest.ID].Sections - 1, err
			},
			"through its digests": func() (int, error) { r, err := p.CarriedBy(ctx, a.ID); return len(r), err },
			"through its topics":  func() (int, error) { r, err := p.TopicsOfArticle(ctx, a.ID); return len(r), err },
			"in coverage": func() (int, error) {
				c, err := p.Coverage(ctx, topic.ID, time.Now())
				return c.All.Reported + len(c.Extra), err
			},
			"in the topic's totals": func() (int, error) { s, err := p.TopicTotals(ctx, topic.ID); return s.Events, err },
			"in all totals":         func() (int, error) { s, err := p.TotalsBelow(ctx, ""); return s.Events, err },
			"as a neighbour": func() (int, error) {
				r, _, err := p.Neighbours(ctx, before)
				if r == nil {
					return 0, err
				}
				return 1, err
			},
			"as an original":            func() (int, error) { r, err := p.Translations(ctx, english); return len(r), err },
			"in the search":             func() (int, error) { return len(h.found("秘密")), nil },
			"in the counts of a search": func() (int, error) { return h.counted("秘密", "topic", TopicTag(topic.ID)), nil },
			"as a suggestion":           func() (int, error) { return h.suggested("秘密"), nil },
			"as a better query":         func() (int, error) { return h.proposed("密密"), nil },
			"in the vocabulary":         func() (int, error) { return h.count(`SELECT count(*) FROM search_word WHERE word = '秘密'`), nil },
		}
		look := func(want int) {
			h.Helper()
			for way, count := range ways {
				if want == 0 && way == "in the digest's totals" {
					continue // no section at all: checked below
				}
				if n, err := count(); err != nil || n != want {
					h.Errorf("%s: %d, want %d, %v", way, n, want, err)
				}
			}
		}
		look(1)
		for _, s := range []State{Withdrawn, Draft} {
			h.set(a.ID, s)
			look(0)
			sums, err := p.DigestTotals(ctx, digest.ID)
			h.must(err)
			if got := sums[digest.ID]; got.Sections != 0 || got.Totals.Events != 0 {
				h.Errorf("%s: the digest's totals still count it: %+v", s, got)
			}
		}
		h.set(a.ID, Published)
		look(1)
	})
}

// Public reads alike from the pool, from a snapshot and inside a transaction.
func TestPublicReadsFromAnything(t *testing.T) {
	onEach(t, func(h hall) {
		a := h.publish(h.report("baiyu/", "甲"))
		read := func(ctx context.Context, r db.Reader) error {
			_, err := NewPublic(r).Article(ctx, a.ID)
			return err
		}
		h.must(read(h.Context(), h.db))
		h.must(h.db.Snapshot(h.Context(), read))
		h.tx(func(ctx context.Context, tx *db.Tx) error { return read(ctx, tx) })
	})
}
