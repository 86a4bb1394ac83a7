package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/testkit"
)

// shelf is documents of several kinds, years and languages about tea.
func shelf() []Document {
	return []Document{
		{ID: "a24", Title: "茶會", Year: "2024", Lang: "zh-Hant", Tags: []string{"topic:t1", "column:c1"}, At: day(1)},
		{ID: "a25", Title: "茶會", Year: "2025", Lang: "zh-Hant", Tags: []string{"topic:t1", "topic:t2"}, At: day(2)},
		{ID: "b25", Title: "Tea 茶會", Year: "2025", Lang: "en", At: day(3)},
		{ID: "d25", Kind: "digest", Title: "茶會匯編", Year: "2025", Lang: "zh-Hant", Tags: []string{"topic:t1"}, At: day(4)},
		{ID: "page", Kind: "page", Title: "茶會的章程", Lang: "zh-Hans"},
		{ID: "apart", Title: "茶話，話會", Year: "2025", Lang: "zh-Hant", At: day(5)},
		{ID: "other", Title: "燈會", Year: "2025", Lang: "zh-Hant", Tags: []string{"topic:t1"}, At: day(5)},
	}
}

func TestFilters(t *testing.T) {
	onEach(t, func(f fixture) {
		f.put(shelf()...)
		for want, filters := range map[string]Filters{
			"d25 b25 a25 a24 page": {},
			"b25 a25 a24":          {Kind: "article"},
			"d25 b25 a25":          {Year: "2025"},
			"a25 a24 d25":          {Lang: "zh-Hant"},
			"b25":                  {Kind: "article", Lang: "en"},
			"d25 a25 a24":          {Tags: []string{"topic:t1"}},
			"a25":                  {Tags: []string{"topic:t1", "topic:t2"}},
			"a24":                  {Tags: []string{"column:c1"}, Year: "2024"},
			"":                     {Kind: "article' OR 1=1 --"},
		} {
			for _, count := range []bool{false, true} {
				r := f.find(Query{Text: "茶會", Filters: filters, Newest: true, Count: count})
				got := map[string]bool{}
				for _, h := range r.Hits {
					got[h.ID] = true
				}
				for _, id := range splitIDs(want) {
					if !got[id] {
						f.Errorf("%+v counting %v: %s is missing in %v", filters, count, id, got)
					}
				}
				if len(got) != len(splitIDs(want)) || r.Total != len(got) {
					f.Errorf("%+v counting %v: %v, total %d, want %s", filters, count, got, r.Total, want)
				}
			}
		}
	})
}

// What a facet says of a choice is what one gets who makes it, on both engines
// and whatever else is chosen; phrases that do not stand together count nowhere.
func TestFacetsTellWhatAChoiceLeaves(t *testing.T) {
	onEach(t, func(f fixture) {
		docs := shelf()
		rng := rand.New(rand.NewPCG(7, 7))
		for i := range 120 {
			docs = append(docs, Document{
				ID: fmt.Sprint("x", i), Kind: []string{"article", "digest", "page"}[rng.IntN(3)], Title: []string{"茶話會", "茶話和話會", "茶會"}[rng.IntN(3)], Body: "茶話會",
				Year: []string{"", "2023", "2024", "2025"}[rng.IntN(4)], Lang: []string{"zh-Hant", "en"}[rng.IntN(2)], Tags: [][]string{nil, {"topic:t1"}, {"topic:t2", "column:c1"}}[rng.IntN(3)],
			})
		}
		f.put(docs...)
		for _, base := range []Filters{
			{}, {Kind: "article"}, {Kind: "digest", Year: "2024"}, {Lang: "en", Tags: []string{"topic:t1"}}, {Kind: "page", Lang: "en", Year: "2025", Tags: []string{"topic:t2", "column:c1"}},
		} {
			for _, text := range []string{"茶會", "茶話會", "茶"} {
				r := f.find(Query{Text: text, Filters: base, Count: true})
				for name, facet := range r.Facets {
					if name == FacetOrg {
						if facet.Counts[string(f.root)] != r.Total {
							f.Errorf("%s %+v: %v of the root, total %d", text, base, facet.Counts, r.Total)
						}
						continue
					}
					for value, n := range facet.Counts {
						if got := f.find(Query{Text: text, Filters: choose(base, name, value)}).Total; got != n || facet.Partial {
							f.Errorf("%s %+v: %s is said to leave %d (partial %v) and leaves %d", text, base, value, n, facet.Partial, got)
						}
					}
				}
			}
		}
	})
}

// choose is the filters with another choice in one family.
func choose(f Filters, name, value string) Filters {
	switch name {
	case FacetKind:
		f.Kind = value
	case FacetLang:
		f.Lang = value
	case FacetYear:
		f.Year = value
	default:
		tags := []string{value}
		for _, t := range f.Tags {
			if family(t) != name {
				tags = append(tags, t)
			}
		}
		f.Tags = tags
	}
	return f
}

func TestFacetsOfTooManyHitsSaySo(t *testing.T) {
	onEach(t, func(f fixture) {
		docs := make([]Document, MaxTotal+50)
		for i := range docs {
			docs[i] = Document{ID: fmt.Sprint(i), Title: "茶會", Year: "2025", Lang: "en"}
			if i < 10 {
				docs[i].Year = "2024"
			}
		}
		f.put(docs...)
		if r := f.find(Query{Text: "茶會", Count: true}); !r.Facets[FacetYear].Partial {
			f.Error("more hits than are counted, and the facet does not say so")
		}
		r := f.find(Query{Text: "茶會", Count: true, Filters: Filters{Year: "2024"}})
		if kinds := r.Facets[FacetKind]; r.Total != 10 || kinds.Partial || kinds.Counts["article"] != 10 {
			f.Errorf("the few of one year: total %d, %+v", r.Total, kinds)
		}
		if years := r.Facets[FacetYear]; years.Counts["2024"] != 10 || years.Counts["2025"] < MaxTotal {
			f.Errorf("the other years: %+v", years)
		}
	})
}

func TestNewestFirst(t *testing.T) {
	onEach(t, func(f fixture) {
		f.put(
			Document{ID: "title", Title: "義診", At: day(1)}, Document{ID: "new", Title: "近事", Body: "也有義診", At: day(3)},
			Document{ID: "name", Title: "義診專題", Named: true, At: day(2)}, Document{ID: "undated", Title: "義診"},
		)
		if got := f.ids(Query{Text: "義診", Newest: true}); got != "new name title undated" {
			f.Errorf("newest: %s", got)
		}
		if got := f.ids(Query{Text: "義診"}); got != "name title undated new" {
			f.Errorf("names first: %s", got)
		}
	})
}

// A document that is taken out or changed is gone from filters and counts too.
func TestTagsFollowTheDocument(t *testing.T) {
	onEach(t, func(f fixture) {
		f.put(shelf()...)
		f.put(Document{ID: "a25", Title: "茶會", Year: "2026", Tags: []string{"topic:t2"}})
		testkit.Tx(f, f.db, func(ctx context.Context, tx *db.Tx) error { return Remove(ctx, tx, "a24") })
		r := f.find(Query{Text: "茶會", Count: true})
		want := map[string]int{"topic:t1": 1, "topic:t2": 1}
		if diff := cmp.Diff(want, r.Facets["topic"].Counts); diff != "" {
			f.Error(diff)
		}
		if n := r.Facets["column"].Counts["column:c1"]; n != 0 || r.Facets[FacetYear].Counts["2024"] != 0 {
			f.Errorf("what is gone still counts: %+v", r.Facets)
		}
	})
}
