package press

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/org"
)

func TestCursor(t *testing.T) {
	t.Parallel()
	const id = ident.Article("01hx0000000000000000000000")
	for _, at := range []time.Time{time.UnixMilli(0), time.UnixMilli(1_777_000_000_123), time.UnixMilli(-86_400_000)} {
		ms, got, err := parseCursor[ident.Article](cursor(db.At(at), id))
		if err != nil || ms != at.UnixMilli() || got != id {
			t.Errorf("%v: %d %s %v", at, ms, got, err)
		}
	}
	for _, bad := range []string{"x", "-", "12-34", "--", "zz zz-" + string(id), strings.Repeat("z", 40) + "-" + string(id)} {
		if _, _, err := parseCursor[ident.Article](bad); !fault.Is(err, fault.Misuse) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestLists(t *testing.T) {
	onEach(t, func(h hall) {
		var column Column
		h.tx(func(ctx context.Context, tx *db.Tx) (err error) {
			column, err = CreateColumn(ctx, tx, h.at["lanjiang/"].ID, "people", org.Names{Hant: "人物"})
			return err
		})
		topic := h.topic(TopicParams{Org: h.at[""].ID, Slug: "lanterns", Titles: org.Names{Hant: "花燈"}})
		on := func(date string) func(*ArticleParams) { return func(p *ArticleParams) { p.PublishedOn = date } }
		h.publish(h.report("", "總會", on("2025-03-01")))
		h.publish(h.report("lanjiang/", "藍江", on("2025-12-31"), func(p *ArticleParams) { p.Column = column.ID }))
		h.publish(h.report("lanjiang/luwan/", "鷺灣", on("2026-01-01"), func(p *ArticleParams) { p.Topics = []ident.Topic{topic.ID} }))
		h.publish(h.report("baiyu/", "白嶼", on("2024-06-01")))
		h.publish(h.report("lanjiang/", "草稿", func(p *ArticleParams) { p.State = Draft }))
		h.set(h.publish(h.report("lanjiang/", "撤下", on("2025-05-05"))).ID, Withdrawn)
		h.add("lanjiang2/", "city", "藍江二市同鄉會")
		h.publish(h.report("lanjiang2/", "鄰市", on("2025-07-07")))
		for name, c := range map[string]struct {
			q    ListParams
			want []string
		}{
			"the root's own":         {ListParams{}, []string{"總會"}},
			"all":                    {ListParams{Below: true}, []string{"鷺灣", "藍江", "鄰市", "總會", "白嶼"}},
			"one's own":              {ListParams{Path: "lanjiang/"}, []string{"藍江"}},
			"a subtree":              {ListParams{Path: "lanjiang", Below: true}, []string{"鷺灣", "藍江"}},
			"nowhere":                {ListParams{Path: "atlantis/", Below: true}, []string{}},
			"a year":                 {ListParams{Below: true, Year: "2025"}, []string{"藍江", "鄰市", "總會"}},
			"a year that is no year": {ListParams{Below: true, Year: "20"}, []string{}},
			"a column":               {ListParams{Path: "lanjiang/", Column: column.ID}, []string{"藍江"}},
			"a topic":                {ListParams{Below: true, Topic: topic.ID}, []string{"鷺灣"}},
			"digests":                {ListParams{Below: true, Kind: Digest}, []string{}},
			"a part":                 {ListParams{Below: true, Limit: 2}, []string{"鷺灣", "藍江"}},
		} {
			list, err := h.public().ArticlesOf(h.Context(), c.q)
			h.must(err)
			if diff := gocmp.Diff(c.want, titles(list.Cards)); diff != "" {
				h.Errorf("%s: %s", name, diff)
			}
		}
		years, err := h.public().Years(h.Context(), ListParams{Below: true, Year: "2025"})
		h.must(err)
		if diff := gocmp.Diff([]YearCount{{"2026", 1}, {"2025", 3}, {"2024", 1}}, years); diff != "" {
			h.Error(diff)
		}
		_, err = h.public().ArticlesOf(h.Context(), ListParams{Before: "x"})
		h.refused(err, fault.Misuse, "press.cursor_invalid")
	})
}

func TestCardsShowWhatAListNeeds(t *testing.T) {
	onEach(t, func(h hall) {
		file := strings.Repeat("cd", 32)
		a := h.publish(h.report("lanjiang/luwan/", "燈會", func(p *ArticleParams) {
			p.Body.Blocks = append(p.Body.Blocks, markup.Figure{File: file, Alt: "花燈"})
		}))
		list, err := h.public().ArticlesOf(h.Context(), ListParams{Path: "lanjiang/luwan/"})
		h.must(err)
		want := Card{
			ID: a.ID, First: a.ID, OrgID: a.Org, OrgPath: "lanjiang/luwan/", OrgNames: h.at["lanjiang/luwan/"].Names, Kind: Report, Title: "燈會",
			Summary: "燈會昨晚開幕。", Lang: locale.Hant, PublishedOn: "2026-05-01", PublishedAt: a.PublishedAt, Figures: 1, Picture: file,
		}
		if diff := gocmp.Diff([]Card{want}, list.Cards); diff != "" {
			h.Error(diff)
		}
		if got := list.Cards[0].Address(); got != Address("lanjiang/luwan/", a) {
			h.Error(got)
		}
	})
}

// Walking a list page by page shows every article once and in order, also
// where many were published at the same instant.
func TestPaging(t *testing.T) {
	onEach(t, func(h hall) {
		var made []Article
		h.tx(func(ctx context.Context, tx *db.Tx) (err error) {
			var list []ArticleParams
			for i := range 23 {
				list = append(list, h.report("baiyu/", strconv.Itoa(i), func(p *ArticleParams) {
					p.PublishedOn = []string{"1969-12-30", "2025-01-01", "2025-01-02"}[i/10]
				}))
			}
			made, err = CreateArticles(ctx, tx, list)
			return err
		})
		slices.SortFunc(made, func(a, b Article) int {
			return cmp.Or(cmp.Compare(b.PublishedOn, a.PublishedOn), cmp.Compare(b.ID, a.ID))
		})
		for _, size := range []int{1, 7, 23, 50} {
			var seen []ident.Article
			q := ListParams{Path: "baiyu/", Limit: size}
			for range 30 {
				list, err := h.public().ArticlesOf(h.Context(), q)
				h.must(err)
				for _, c := range list.Cards {
					seen = append(seen, c.ID)
				}
				if q.Before = list.Next; q.Before == "" {
					break
				}
			}
			if !slices.EqualFunc(made, seen, func(a Article, id ident.Article) bool { return a.ID == id }) {
				h.Errorf("pages of %d show %v", size, seen)
			}
		}
	})
}

func TestNeighbours(t *testing.T) {
	onEach(t, func(h hall) {
		var made []Article
		for i, path := range []string{"baiyu/", "lanjiang/", "baiyu/", "baiyu/", "baiyu/"} {
			on := fmt.Sprintf("2026-04-%02d", 10+i)
			made = append(made, h.publish(h.report(path, strconv.Itoa(i), func(p *ArticleParams) { p.PublishedOn = on })))
		}
		h.set(made[3].ID, Withdrawn)
		for i, want := range map[int][2]string{0: {"", "2"}, 2: {"0", "4"}, 4: {"2", ""}, 1: {"", ""}} {
			before, after, err := h.public().Neighbours(h.Context(), made[i])
			h.must(err)
			var got [2]string
			if before != nil {
				got[0] = before.Title
			}
			if after != nil {
				got[1] = after.Title
			}
			if got != want {
				h.Errorf("neighbours of %d: %v, want %v", i, got, want)
			}
		}
	})
}

func TestTranslations(t *testing.T) {
	onEach(t, func(h hall) {
		first := h.publish(h.report("baiyu/", "原文"))
		in := func(l locale.Lang, of ident.Article) func(*ArticleParams) {
			return func(p *ArticleParams) { p.Lang, p.TranslationOf = l, of }
		}
		english := h.publish(h.report("baiyu/", "English", in(locale.En, first.ID)))
		simplified := h.publish(h.report("baiyu/", "简体", in(locale.Hans, english.ID)))
		if simplified.TranslationOf != first.ID {
			h.Errorf("a translation of a translation is one of the original: %+v", simplified)
		}
		for _, c := range []struct {
			of   Article
			want []string
		}{
			{first, []string{"English", "简体"}},
			{english, []string{"简体", "原文"}},
			{simplified, []string{"English", "原文"}},
		} {
			got, err := h.public().Translations(h.Context(), c.of)
			h.must(err)
			if diff := gocmp.Diff(c.want, refTitles(got)); diff != "" {
				h.Error(diff)
			}
		}
	})
}
