package press

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

func ptr[T any](v T) *T { return &v }

func TestSumCountsEachFactOnce(t *testing.T) {
	t.Parallel()
	symposium := Fact{ID: "a", Org: "x", Fact: facts.Fact{Kind: facts.Symposium, Mode: facts.Hybrid, Headcount: 85}}
	clinic := Fact{ID: "b", Org: "x", Fact: facts.Fact{Kind: facts.Clinic, Mode: facts.InPerson, Headcount: 300, HeadcountAbout: true}}
	silentAbout := Fact{ID: "c", Org: "y", Fact: facts.Fact{Kind: facts.Clinic, Mode: facts.Unknown}}
	for _, c := range []struct {
		name string
		list []Fact
		want Totals
	}{
		{"nothing", nil, Totals{ByMode: map[facts.Mode]int{}, ByKind: map[facts.Kind]int{}}},
		{"one", []Fact{symposium}, Totals{Events: 1, Headcount: 85, Organisations: 1,
			ByMode: map[facts.Mode]int{facts.Hybrid: 1}, ByKind: map[facts.Kind]int{facts.Symposium: 1}}},
		{"carried twice", []Fact{symposium, clinic, symposium, silentAbout, clinic}, Totals{Events: 3, Headcount: 385, About: true, Organisations: 2,
			ByMode: map[facts.Mode]int{facts.Hybrid: 1, facts.InPerson: 1, facts.Unknown: 1},
			ByKind: map[facts.Kind]int{facts.Symposium: 1, facts.Clinic: 2}}},
	} {
		if diff := cmp.Diff(c.want, Sum(c.list)); diff != "" {
			t.Errorf("%s:\n%s", c.name, diff)
		}
	}
}

func TestSumDoesNotDependOnOrderOrRepetition(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 12).Draw(t, "n")
		var list []Fact
		for i := range n {
			list = append(list, Fact{
				ID: ident.Fact(strconv.Itoa(i)), Org: rapid.SampledFrom([]ident.Org{"x", "y", "z"}).Draw(t, "org"),
				Fact: facts.Fact{Kind: facts.Clinic, Mode: rapid.SampledFrom(modes()).Draw(t, "mode"), Headcount: rapid.IntRange(0, 900).Draw(t, "people")},
			})
		}
		twice := slices.Concat(list, list)
		slices.Reverse(twice)
		if diff := cmp.Diff(Sum(list), Sum(twice)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestFollow(t *testing.T) {
	t.Parallel()
	corrected := Fact{ID: "b", Fact: told("五月二日", facts.Lecture, 40), History: []Correction{
		{Field: "kind", Before: json.RawMessage(`"training"`)}, {Field: "kind", Before: json.RawMessage(`"fair"`)},
	}}
	old := []Fact{{ID: "a", Fact: told("五月一日", facts.Clinic, 30)}, corrected}
	for _, c := range []struct {
		name string
		told []facts.Fact
		ids  []ident.Fact
		want []int // headcounts
	}{
		{"the same", []facts.Fact{told("五月一日", facts.Clinic, 30), told("五月二日", facts.Training, 9)}, []ident.Fact{"a", "b"}, []int{30, 40}},
		{"turned round", []facts.Fact{told("五月二日", facts.Training, 9), told("五月一日", facts.Clinic, 30)}, []ident.Fact{"b", "a"}, []int{40, 30}},
		{"a better figure", []facts.Fact{told("五月一日", facts.Clinic, 35)}, []ident.Fact{"a"}, []int{35}},
		{"another date", []facts.Fact{told("五月三日", facts.Clinic, 30)}, []ident.Fact{""}, []int{30}},
		{"another kind", []facts.Fact{told("五月一日", facts.Camp, 30)}, []ident.Fact{""}, []int{30}},
		{"one more of the same words", []facts.Fact{told("五月一日", facts.Clinic, 30), told("五月一日", facts.Clinic, 31)}, []ident.Fact{"a", ""}, []int{30, 31}},
		{"nothing told", nil, []ident.Fact{}, []int{}},
	} {
		ids, people := []ident.Fact{}, []int{}
		for i, f := range follow(old, c.told) {
			if f.Position != i {
				t.Errorf("%s: position %d of %d", c.name, f.Position, i)
			}
			ids, people = append(ids, f.ID), append(people, f.Headcount)
		}
		if diff := cmp.Diff(c.ids, ids) + cmp.Diff(c.want, people); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestFactsThatNoReportCanTell(t *testing.T) {
	t.Parallel()
	for field, change := range map[string]func(*facts.Fact){
		"end":         func(f *facts.Fact) { f.End = "2026-04-29" },
		"kind":        func(f *facts.Fact) { f.Kind = "" },
		"mode":        func(f *facts.Fact) { f.Mode = "by post" },
		"headcount":   func(f *facts.Fact) { f.Headcount = -1 },
		"part_of_day": func(f *facts.Fact) { f.PartOfDay = "midnight" },
		"place":       func(f *facts.Fact) { f.Place = string(slices.Repeat([]rune("燈"), 301)) },
		"quote":       func(f *facts.Fact) { f.Quote = string(slices.Repeat([]rune("燈"), 4001)) },
	} {
		f := told("五月一日", facts.Clinic, 30)
		change(&f)
		_, err := tidyFact(f)
		if e := fault.As(err); e == nil || e.Key != "press.fact_invalid" || e.Args["field"] != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	f := told("五月一日", facts.Clinic, 30)
	f.Date = "1 May"
	if _, err := tidyFact(f); fault.As(err) == nil {
		t.Error("a date that is none was taken")
	}
}

func TestCorrectFact(t *testing.T) {
	onEach(t, func(h hall) {
		f := told("五月一日", facts.Clinic, 30)
		f.Hosts, f.HeadcountAbout = []string{"林會長"}, true
		a := h.publish(h.report("baiyu/", "義診", func(p *ArticleParams) { p.Facts = []facts.Fact{f} }))
		list, err := h.public().Facts(h.Context(), a.ID)
		h.must(err)
		if diff := cmp.Diff(f, list[0].Fact); diff != "" {
			h.Fatal(diff)
		}
		id := list[0].ID
		correct := func(c FactChange) error {
			return h.db.Tx(audit.WithActor(h.Context(), "editor"), func(ctx context.Context, tx *db.Tx) error {
				_, err := CorrectFact(ctx, tx, id, c)
				return err
			})
		}
		h.must(correct(FactChange{Headcount: ptr(30)}))
		h.must(correct(FactChange{Headcount: ptr(36), HeadcountAbout: ptr(false), Hosts: &[]string{"林會長", "陳醫師"}, Kind: ptr(facts.Volunteer)}))
		h.refused(correct(FactChange{Mode: ptr(facts.Mode("by post"))}), fault.Invalid, "press.fact_invalid")
		list, err = h.public().Facts(h.Context(), a.ID)
		h.must(err)
		got := list[0]
		if got.ID != id || got.Headcount != 36 || got.HeadcountAbout || len(got.Hosts) != 2 || got.Kind != facts.Volunteer || got.Quote != f.Quote {
			h.Errorf("%+v", got)
		}
		var history []string
		for _, c := range got.History {
			history = append(history, c.Actor+" "+c.Field+" "+string(c.Before))
		}
		want := []string{`editor kind "clinic"`, `editor headcount 30`, `editor headcount_about true`, `editor hosts ["林會長"]`}
		if diff := cmp.Diff(want, history); diff != "" {
			h.Error(diff)
		}
		entries, err := audit.Of(h.Context(), h.db, "fact", string(id))
		h.must(err)
		if len(entries) != 1 || entries[0].Detail["fields"] != "4" || entries[0].Detail["field_1"] != "kind" {
			h.Errorf("one entry that names fields and no values: %+v", entries)
		}
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			p := h.report("baiyu/", "義診（修訂）")
			p.Facts = []facts.Fact{told("五月三日", facts.Outing, 8), f}
			_, err := ReviseArticle(ctx, tx, a.ID, p)
			return err
		})
		list, err = h.public().Facts(h.Context(), a.ID)
		h.must(err)
		if len(list) != 2 || list[1].ID != id || list[1].Headcount != 36 || len(list[1].History) != 4 || list[0].ID == "" || list[0].ID == id {
			h.Errorf("a correction must outlive a revision: %+v", list)
		}
		id = "x"
		h.refused(correct(FactChange{}), fault.NotFound, "press.fact_not_found")
	})
}
