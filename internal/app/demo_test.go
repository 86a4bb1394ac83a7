package app_test

import (
	"bytes"
	"context"
	"image/jpeg"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/picture"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/search"
	"github.com/huiguan/huiguan/internal/testkit"
)

// asTheyAre makes no forms of a picture but itself: scaling the demo's takes long.
type asTheyAre struct{}

func (asTheyAre) Make(_ context.Context, data []byte) (picture.Set, error) {
	size, err := jpeg.DecodeConfig(bytes.NewReader(data))
	only := picture.Variant{Width: size.Width, Height: size.Height, Mime: "image/jpeg", Data: data}
	return picture.Set{Width: size.Width, Height: size.Height, Variants: []picture.Variant{only}}, err
}

// demo builds the invented federation in a temporary folder.
func demo(t *testing.T) (*app.App, []app.Place) {
	t.Helper()
	a, err := app.Open(t.Context(), app.Config{Dir: t.TempDir(), Clock: testkit.NewClock("2026-11-26").Now, Pictures: asTheyAre{}})
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
	if len(all) != 49 {
		for _, o := range all {
			t.Log(o.Path, o.Names.Hant)
		}
		t.Errorf("%d organisations, the examples have 49", len(all))
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

// The demo shows a topic that all have answered, one that some have not, and
// one that has long to go.
func TestDemoCoverage(t *testing.T) {
	t.Parallel()
	a, _ := demo(t)
	for _, c := range []struct{ org, slug, some, none string }{
		{"", "family-letters", "reported late silent excused", "awaited"},
		{"", "reunion-moon", "reported late silent excused", "awaited"},
		{"", "voices-of-home", "reported awaited", "silent"},
		{"lanjiang/", "old-photographs", "reported", "silent late excused awaited"},
		{"haitang/", "typhoon-ready", "reported", "silent late excused awaited"},
	} {
		topic, err := a.Press.Topic(t.Context(), c.org, c.slug)
		if err != nil {
			t.Fatal(err)
		}
		coverage, err := a.Press.Coverage(t.Context(), topic.ID, a.Now())
		if err != nil {
			t.Fatal(err)
		}
		states := map[string]int{}
		for _, row := range coverage.Rows {
			states[string(row.State)]++
		}
		for s := range strings.FieldsSeq(c.some) {
			if states[s] == 0 {
				t.Errorf("%s shows nobody %s: %v", c.slug, s, states)
			}
		}
		for s := range strings.FieldsSeq(c.none) {
			if states[s] > 0 {
				t.Errorf("%s shows somebody %s: %v", c.slug, s, states)
			}
		}
	}
}

// The front page has something to look forward to, and the demo's translations
// know their originals.
func TestDemoAnnouncesAndTranslates(t *testing.T) {
	t.Parallel()
	a, _ := demo(t)
	coming, err := a.Press.Coming(t.Context(), "", a.Now().Format(time.DateOnly), 10)
	if err != nil || len(coming) < 5 {
		t.Errorf("%d events to come, %v", len(coming), err)
	}
	root, err := a.Org.ByPath(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := a.Press.Pages(t.Context(), root.ID)
	if err != nil || len(pages) != 15 {
		t.Errorf("%d standing pages, want five in three languages: %v", len(pages), err)
	}
	got, err := a.Search(t.Context(), search.Query{Text: "village houses have been judged", Limit: 1})
	if err != nil || len(got.Hits) != 1 {
		t.Fatalf("%d hits, %v", len(got.Hits), err)
	}
	page, err := a.Press.Article(t.Context(), ident.Article(got.Hits[0].ID))
	if err != nil || page.TranslationOf == "" {
		t.Errorf("the English report knows no original: %v", err)
	}
}

// The demo's texts show its pictures: only what its files have lost is missing.
func TestDemoShowsPictures(t *testing.T) {
	t.Parallel()
	a, _ := demo(t)
	list, err := a.Press.ArticlesOf(t.Context(), press.ListParams{Below: true, Limit: 500})
	if err != nil {
		t.Fatal(err)
	}
	files, missing, most := map[string]bool{}, 0, 0
	for _, c := range list.Cards {
		article, err := a.Press.Article(t.Context(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		shown := 0
		for _, f := range article.Body.Figures() {
			switch {
			case f.File == "":
				missing++
			case f.Caption == "" && f.Alt == "":
				t.Errorf("%s: a picture without words", article.Title)
			default:
				files[f.File], shown = true, shown+1
			}
		}
		most = max(most, shown)
	}
	if len(files) < 30 || missing > 3 || most < 10 {
		t.Errorf("%d pictures, %d missing, at most %d in one text", len(files), missing, most)
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
