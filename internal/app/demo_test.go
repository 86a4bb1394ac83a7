package app_test

import (
	"testing"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/search"
	"github.com/huiguan/huiguan/internal/testkit"
)

// demo builds the invented federation in a temporary folder.
func demo(t *testing.T) (*app.App, []app.Place) {
	t.Helper()
	a, err := app.Open(t.Context(), app.Config{Dir: t.TempDir(), Clock: testkit.NewClock("2026-11-01").Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	places, err := a.BuildDemo(t.Context(), func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	return a, places
}

// The examples name every organisation in federation.toml, so the importer must
// find each by the way correspondents write it, and make none of its own.
func TestDemoFindsEveryOrganisation(t *testing.T) {
	t.Parallel()
	a, places := demo(t)
	all, err := a.Org.Subtree(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 26 {
		for _, o := range all {
			t.Log(o.Path, o.Names.Hant)
		}
		t.Errorf("%d organisations, the examples have 26", len(all))
	}
	if len(places) != 4 {
		t.Errorf("places to look at: %v", places)
	}
	findings, err := a.Doctor(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if !f.Good {
			t.Errorf("%s: %v", f.Check, f.Detail)
		}
	}
}

func TestDemoCoverage(t *testing.T) {
	t.Parallel()
	a, _ := demo(t)
	topic, err := a.Press.Topic(t.Context(), "", "family-letters")
	if err != nil {
		t.Fatal(err)
	}
	c, err := a.Press.Coverage(t.Context(), topic.ID, a.Now())
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]int{}
	for _, row := range c.Rows {
		states[string(row.State)]++
	}
	for _, s := range []string{"reported", "late", "silent", "excused"} {
		if states[s] == 0 {
			t.Errorf("the demo's topic shows nobody %s: %v", s, states)
		}
	}
}

// The same words in either script find the same articles, each once.
func TestSearchAcrossScripts(t *testing.T) {
	t.Parallel()
	a, _ := demo(t)
	find := func(q string) []string {
		got, err := a.Search(t.Context(), search.Query{Text: q, Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, h := range got.Hits {
			ids = append(ids, h.ID)
		}
		return ids
	}
	hant, hans := find("讀信會 同鄉會"), find("读信会 同乡会")
	if len(hant) < 3 || len(hant) != len(hans) {
		t.Fatalf("%d and %d hits", len(hant), len(hans))
	}
	seen := map[string]bool{}
	for i := range hant {
		if hant[i] != hans[i] || seen[hant[i]] {
			t.Errorf("hit %d: %s, %s", i, hant[i], hans[i])
		}
		seen[hant[i]] = true
	}
}

func TestDemoNamesAreInThreeLanguages(t *testing.T) {
	t.Parallel()
	a, _ := demo(t)
	o, err := a.Org.ByPath(t.Context(), org.CleanPath("lanjiang/yunpu"))
	if err != nil {
		t.Fatal(err)
	}
	if o.Names.Hant == "" || o.Names.Hans == "" || o.Names.En == "" {
		t.Errorf("%+v", o.Names)
	}
}
