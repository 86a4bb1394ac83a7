package press

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/markup"
)

// compile makes two reports and the digest over them in one transaction.
func (h hall) compile() (digest Article, sections []Article) {
	h.Helper()
	h.tx(func(ctx context.Context, tx *db.Tx) (err error) {
		sections, err = CreateArticles(ctx, tx, []ArticleParams{
			h.report("baiyu/", "白嶼義診", func(p *ArticleParams) {
				p.Body = doc("白嶼市義診。", "約三百人。")
				p.Facts = []facts.Fact{told("四月三十日", facts.Clinic, 300)}
			}),
			h.report("lanjiang/luwan/", "鷺灣燈會", func(p *ArticleParams) {
				p.Body = doc("鷺灣鎮燈會，長長的經過。")
				p.Facts = []facts.Fact{told("四月二十八日", facts.Festival, 85), told("四月二十九日", facts.Lecture, 15)}
			}),
		})
		if err != nil {
			return err
		}
		digest, err = CreateDigest(ctx, tx, DigestParams{
			ArticleParams: h.report("", "各地迎春", func(p *ArticleParams) { p.Body, p.Source = doc("春天來了。"), "各地" }),
			Sections: []SectionParams{
				{Org: h.at["baiyu/"].ID, Article: sections[0].ID, Heading: "白嶼市同鄉會"},
				{Article: sections[1].ID, Heading: "鷺灣鎮同鄉會", Abridged: doc("鷺灣鎮燈會。"), Late: true},
			},
		})
		return err
	})
	return digest, sections
}

func TestDigest(t *testing.T) {
	onEach(t, func(h hall) {
		digest, articles := h.compile()
		sections, err := h.public().Sections(h.Context(), digest.ID)
		h.must(err)
		type shown struct {
			Heading, Text, Path, Title string
			Abridged, Late             bool
		}
		var got []shown
		for _, s := range sections {
			got = append(got, shown{s.Heading, s.Body.Text(), s.Article.OrgPath, s.Article.Title, s.Abridged, s.Late})
		}
		want := []shown{
			{"白嶼市同鄉會", "白嶼市義診。\n約三百人。", "baiyu/", "白嶼義診", false, false},
			{"鷺灣鎮同鄉會", "鷺灣鎮燈會。", "lanjiang/luwan/", "鷺灣燈會", true, true},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			h.Error(diff)
		}
		if ids := h.found("義診"); !slices.Equal(ids, []string{string(articles[0].ID)}) {
			h.Errorf("a section is found by its article alone: %v", ids)
		}
		if ids := h.found("春天"); !slices.Equal(ids, []string{string(digest.ID)}) {
			h.Errorf("a digest is found by its lead: %v", ids)
		}
		by, err := h.public().CarriedBy(h.Context(), articles[1].ID)
		h.must(err)
		if diff := cmp.Diff([]string{"各地迎春"}, refTitles(by)); diff != "" {
			h.Error(diff)
		}
		recent, err := h.public().RecentDigests(h.Context(), "", 5)
		h.must(err)
		if len(recent) != 1 || recent[0].Title != "各地迎春" || recent[0].Sections != 2 {
			h.Fatalf("%+v", recent)
		}
		if s := recent[0].Totals; s.Events != 3 || s.Headcount != 400 || s.Organisations != 2 || s.ByKind[facts.Clinic] != 1 {
			h.Errorf("%+v", s)
		}
	})
}

func TestAWithdrawnReportIsGoneFromItsDigests(t *testing.T) {
	onEach(t, func(h hall) {
		digest, articles := h.compile()
		h.set(articles[0].ID, Withdrawn)
		sections, err := h.public().Sections(h.Context(), digest.ID)
		h.must(err)
		if len(sections) != 1 || sections[0].Heading != "鷺灣鎮同鄉會" {
			h.Errorf("%+v", sections)
		}
		sums, err := h.public().DigestTotals(h.Context(), digest.ID)
		h.must(err)
		if s := sums[digest.ID]; s.Sections != 1 || s.Totals.Headcount != 100 {
			h.Errorf("%+v", s)
		}
		if list, err := h.public().Facts(h.Context(), articles[0].ID, articles[1].ID); err != nil || len(list) != 2 {
			h.Errorf("%v %v", list, err)
		}
		if by, err := h.public().CarriedBy(h.Context(), articles[0].ID); err != nil || len(by) != 0 {
			h.Errorf("%v %v", by, err)
		}
		h.set(digest.ID, Draft)
		if sections, err = h.public().Sections(h.Context(), digest.ID); err != nil || len(sections) != 0 {
			h.Errorf("a draft digest shows sections: %v %v", sections, err)
		}
		if by, err := h.public().CarriedBy(h.Context(), articles[1].ID); err != nil || len(by) != 0 {
			h.Errorf("a draft digest is shown as a carrier: %v %v", by, err)
		}
	})
}

func TestSetSectionsSlotsInALateReport(t *testing.T) {
	onEach(t, func(h hall) {
		digest, articles := h.compile()
		late := h.publish(h.report("lanjiang/", "藍江補報"))
		set := func(on ident.Article, list ...SectionParams) error {
			return h.try(func(ctx context.Context, tx *db.Tx) error { return SetSections(ctx, tx, on, list) })
		}
		h.must(set(digest.ID, SectionParams{Article: articles[1].ID}, SectionParams{Article: late.ID, Late: true}, SectionParams{Article: articles[0].ID}))
		sections, err := h.public().Sections(h.Context(), digest.ID)
		h.must(err)
		var got []string
		for _, s := range sections {
			got = append(got, s.Article.Title)
		}
		if diff := cmp.Diff([]string{"鷺灣燈會", "藍江補報", "白嶼義診"}, got); diff != "" || !sections[1].Late || sections[2].Abridged {
			h.Errorf("%s %+v", diff, sections)
		}
		one := SectionParams{Article: late.ID}
		h.refused(set(late.ID, one), fault.Invalid, "press.no_digest")
		h.refused(set("x", one), fault.NotFound, "press.not_found")
		h.refused(set(digest.ID, one, one), fault.Invalid, "press.section_article")
		h.refused(set(digest.ID, SectionParams{Article: digest.ID}), fault.Invalid, "press.section_article")
		h.refused(set(digest.ID, SectionParams{Article: "x"}), fault.Invalid, "press.section_article")
		h.refused(set(digest.ID, SectionParams{Article: late.ID, Org: h.at["baiyu/"].ID}), fault.Invalid, "press.section_org")
		h.refused(set(digest.ID, SectionParams{Article: late.ID, Heading: string(slices.Repeat([]rune("燈"), 301))}), fault.Invalid, "press.line_long")
		h.refused(set(digest.ID, make([]SectionParams, MaxSections+1)...), fault.TooLarge, "press.sections_many")
		if sections, err = h.public().Sections(h.Context(), digest.ID); err != nil || len(sections) != 3 {
			h.Errorf("what was refused changed the digest: %d %v", len(sections), err)
		}
		h.must(set(digest.ID))
		if sections, err = h.public().Sections(h.Context(), digest.ID); err != nil || len(sections) != 0 {
			h.Errorf("%d sections left, %v", len(sections), err)
		}
	})
}

func TestADigestThatFailsLeavesNothing(t *testing.T) {
	onEach(t, func(h hall) {
		err := h.try(func(ctx context.Context, tx *db.Tx) error {
			made, err := CreateArticles(ctx, tx, []ArticleParams{h.report("baiyu/", "甲")})
			if err != nil {
				return err
			}
			_, err = CreateDigest(ctx, tx, DigestParams{ArticleParams: h.report("", "綜合"), Sections: []SectionParams{{Article: made[0].ID, Org: "y"}}})
			return err
		})
		h.refused(err, fault.Invalid, "press.section_org")
		for _, table := range []string{"article", "article_revision", "search_document", "digest_section"} {
			if n := h.count(`SELECT count(*) FROM ` + table); n != 0 {
				h.Errorf("%d rows left in %s", n, table)
			}
		}
	})
}

func TestAnEmptyDigestIsNoError(t *testing.T) {
	onEach(t, func(h hall) {
		var digest Article
		h.tx(func(ctx context.Context, tx *db.Tx) (err error) {
			digest, err = CreateDigest(ctx, tx, DigestParams{ArticleParams: h.report("", "綜合", func(p *ArticleParams) { p.Body = markup.Doc{} })})
			return err
		})
		recent, err := h.public().RecentDigests(h.Context(), "", 1)
		h.must(err)
		if len(recent) != 1 || recent[0].ID != digest.ID || recent[0].Totals.Events != 0 || recent[0].Sections != 0 {
			h.Errorf("%+v", recent)
		}
	})
}
