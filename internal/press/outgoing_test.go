package press

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
)

func outgoingTitles(h hall, q ListParams) []string {
	h.Helper()
	list, err := h.public().Outgoing(h.Context(), q)
	h.must(err)
	out := []string{}
	for _, a := range list {
		out = append(out, a.Title)
	}
	return out
}

func TestOutgoing(t *testing.T) {
	onEach(t, func(h hall) {
		topic := h.lanterns()
		var column Column
		h.tx(func(ctx context.Context, tx *db.Tx) (err error) {
			column, err = CreateColumn(ctx, tx, h.at["baiyu/"].ID, "notices", org.Names{Hant: "通告"})
			return err
		})
		on := func(date string) func(*ArticleParams) { return func(p *ArticleParams) { p.PublishedOn = date } }
		h.publish(h.report("lanjiang/luwan/", "鎮", on("2026-04-01")))
		h.publish(h.report("lanjiang/", "市", on("2026-04-02"), func(p *ArticleParams) { p.Topics = []ident.Topic{topic.ID} }))
		h.publish(h.report("baiyu/", "欄", on("2026-04-03"), func(p *ArticleParams) { p.Column, p.Body = column.ID, doc("水電搶修。") }))
		h.publish(h.report("baiyu/", "草稿", func(p *ArticleParams) { p.State, p.Topics = Draft, []ident.Topic{topic.ID} }))
		h.set(h.publish(h.report("lanjiang/", "撤回", func(p *ArticleParams) { p.Topics = []ident.Topic{topic.ID} })).ID, Withdrawn)
		for name, c := range map[string]struct {
			q    ListParams
			want []string
		}{
			"the federation":         {ListParams{Below: true}, []string{"欄", "市", "鎮"}},
			"an organisation, below": {ListParams{Path: "lanjiang/", Below: true}, []string{"市", "鎮"}},
			"an organisation alone":  {ListParams{Path: "lanjiang/"}, []string{"市"}},
			"a column":               {ListParams{Path: "baiyu/", Column: column.ID}, []string{"欄"}},
			"a topic":                {ListParams{Below: true, Topic: topic.ID}, []string{"市"}},
			"nobody wrote":           {ListParams{Path: "lanjiang/yudeng/", Below: true}, []string{}},
		} {
			if diff := cmp.Diff(c.want, outgoingTitles(h, c.q)); diff != "" {
				h.Errorf("%s: %s", name, diff)
			}
		}
		list, err := h.public().Outgoing(h.Context(), ListParams{Path: "baiyu/"})
		h.must(err)
		if a := list[0]; a.Body.Text() != "水電搶修。" || a.OrgPath != "baiyu/" || a.UpdatedAt.IsZero() || a.PublishedAt.IsZero() {
			h.Errorf("without its text or times: %+v", a)
		}
	})
}

func TestOutgoingIsShort(t *testing.T) {
	onEach(t, func(h hall) {
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			var list []ArticleParams
			for i := range maxOutgoing + 3 {
				list = append(list, h.report("baiyu/", fmt.Sprintf("第%d次", i), func(p *ArticleParams) { p.PublishedOn = fmt.Sprintf("2026-%02d-%02d", 1+i/20, 1+i%20) }))
			}
			_, err := CreateArticles(ctx, tx, list)
			return err
		})
		got := outgoingTitles(h, ListParams{Below: true, Limit: 200})
		if len(got) != maxOutgoing || got[0] != "第32次" {
			h.Errorf("%d go out, the first is %s", len(got), got[0])
		}
		if got := outgoingTitles(h, ListParams{Below: true, Limit: 2}); len(got) != 2 {
			h.Errorf("%d of two", len(got))
		}
	})
}

// A digest is as new as the newest of its reports.
func TestDigestChangesWithItsReports(t *testing.T) {
	onEach(t, func(h hall) {
		a := h.publish(h.report("baiyu/", "甲"))
		var digest Article
		h.tx(func(ctx context.Context, tx *db.Tx) (err error) {
			digest, err = CreateDigest(ctx, tx, DigestParams{ArticleParams: h.report("", "綜合"), Sections: []SectionParams{{Article: a.ID}}})
			return err
		})
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE article SET updated_at = updated_at + 5000 WHERE id = ?`, a.ID)
			return err
		})
		list, err := h.public().Outgoing(h.Context(), ListParams{})
		h.must(err)
		if len(list) != 1 || list[0].ID != digest.ID || !list[0].UpdatedAt.After(digest.UpdatedAt.Time) {
			h.Errorf("the digest is as old as it was: %+v", list)
		}
	})
}

func TestAddresses(t *testing.T) {
	onEach(t, func(h hall) {
		h.lanterns()
		a := h.publish(h.report("baiyu/", "甲"))
		b := h.publish(h.report("baiyu/", "B", func(p *ArticleParams) { p.Lang = locale.En }))
		h.publish(h.report("baiyu/", "草稿", func(p *ArticleParams) { p.State = Draft }))
		h.set(h.publish(h.report("baiyu/", "撤回")).ID, Withdrawn)
		ctx, p := h.Context(), h.public()
		all, err := p.Addresses(ctx, 1000, 1)
		h.must(err)
		langs := map[string]locale.Lang{}
		for _, one := range all {
			langs[one.Path] = one.Lang
			if one.UpdatedAt.IsZero() != (one.Lang == "") {
				h.Errorf("%q: changed at %s", one.Path, one.UpdatedAt)
			}
		}
		topics, err := p.TopicList(ctx, TopicListParams{Org: h.at[""].ID})
		h.must(err)
		want := map[string]locale.Lang{
			"": "", "lanjiang/": "", "baiyu/": "", "lanjiang/yudeng/": "", "lanjiang/luwan/": "", "lanjiang/luwan/house/": "", "orgs/": "",
			Address("baiyu/", a)[1:]: locale.Hant, Address("baiyu/", b)[1:]: locale.En,
		}
		for _, t := range topics.Topics {
			want[t.Address()[1:]] = ""
		}
		if diff := cmp.Diff(want, langs); diff != "" {
			h.Error(diff)
		}
		// Pages of any size hold the same, each once, and say how many there are.
		for _, size := range []int{1, 2, 4, len(all) - 1, len(all)} {
			pages, err := p.AddressPages(ctx, size)
			h.must(err)
			if len(pages) != (len(all)+size-1)/size {
				h.Errorf("pages of %d: %d", size, len(pages))
			}
			var got []PageAddress
			for i, page := range pages {
				if page.Number != i+1 {
					h.Errorf("page %d has number %d", i+1, page.Number)
				}
				part, err := p.Addresses(ctx, size, page.Number)
				h.must(err)
				var last db.Time
				for _, one := range part {
					if one.UpdatedAt.After(last.Time) {
						last = one.UpdatedAt
					}
				}
				if !last.Equal(page.UpdatedAt.Time) {
					h.Errorf("page %d of %d changed at %s, says %s", i+1, size, last, page.UpdatedAt)
				}
				got = append(got, part...)
			}
			if diff := cmp.Diff(all, got); diff != "" {
				h.Errorf("pages of %d: %s", size, diff)
			}
		}
	})
}
