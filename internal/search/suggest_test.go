package search

import (
	"context"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/testkit"
)

func (f fixture) suggested(typed string) string {
	f.Helper()
	list, err := Suggest(f.Context(), f.db, typed)
	if err != nil {
		f.Fatalf("%q: %v", typed, err)
	}
	var ids []string
	for _, s := range list {
		ids = append(ids, s.ID)
	}
	return strings.Join(ids, " ")
}

func TestSuggest(t *testing.T) {
	onEach(t, func(f fixture) {
		f.put(
			Document{ID: "lanjiang", Kind: "organisation", Title: "瀾江市同鄉會", Also: []string{"Lanjiang City Hometown Association"}, Named: true},
			Document{ID: "yunpu", Kind: "organisation", Title: "瀾江雲浦縣同鄉會", Named: true},
			Document{ID: "panyu", Kind: "organisation", Title: "番禺同鄉會", Named: true},
			Document{ID: "moon", Kind: "topic", Title: "月圓人團圓", Also: []string{"A full moon, a full table"}, Body: "瀾江的月亮", Named: true},
			Document{ID: "old", Title: "瀾江的燈籠節", Body: "正文", At: day(1)},
			Document{ID: "new", Title: "鼓聲沿著瀾江走", At: day(2)},
			Document{ID: "boston", Title: "Spring picnic in Boston", At: day(2)},
			Document{ID: "split", Title: "座談，談會費", At: day(2)},
			Document{ID: "hall", Title: "座談會", At: day(2)},
		)
		for typed, want := range map[string]string{
			"瀾江": "lanjiang yunpu new old", "澜江": "lanjiang yunpu new old", "瀾": "lanjiang yunpu", "瀾江市": "lanjiang",
			"雲": "yunpu", "云浦县": "yunpu", "lanj": "lanjiang yunpu", "LanJiang": "lanjiang yunpu", "lan jiang": "lanjiang yunpu", "lj": "lanjiang yunpu", "ljs": "lanjiang", "yunpu": "yunpu",
			"panyu": "panyu", "pyt": "panyu", "fanyu": "", "hometown asso": "lanjiang", "homet": "lanjiang", "ometown": "", "tongxiang": "panyu lanjiang yunpu", "txh": "panyu lanjiang yunpu",
			"yueyuan": "moon", "yyr": "moon", "full m": "moon", "moo": "moon", "月圓": "moon", "bost": "boston", "picnic in b": "boston", "b": "", "座談會": "hall", "座談": "split hall", "座谈": "split hall",
			"正文": "", "": "", "  ": "", "!!": "", "\x00": "", "\xff": "", `"`: "", "'": "", `a" OR "b`: "", "😀": "", "ljs 瀾": "", strings.Repeat("瀾", 300): "", strings.Repeat("lan ", 200): "",
		} {
			if got := f.suggested(typed); got != want {
				f.Errorf("%.40q: %q, want %q", typed, got, want)
			}
		}
	})
}

// A surname is found by any spelling of its families, after what is really called so.
func TestSurnamesAreSuggestedBySpelling(t *testing.T) {
	onEach(t, func(f fixture) {
		f.put(
			Document{ID: "chen", Kind: "organisation", Title: "陳氏宗親會", Named: true},
			Document{ID: "chenus", Kind: "organisation", Title: "青溪陈氏公所", Named: true},
			Document{ID: "daiwen", Kind: "page", Title: "陳大文", Named: true},
			Document{ID: "show", Kind: "organisation", Title: "陳列館之友", Named: true},
			Document{ID: "tangtree", Kind: "organisation", Title: "Tanglin Hometown Club", Named: true},
			Document{ID: "ouyang", Kind: "organisation", Title: "歐陽氏宗親會", Named: true},
			Document{ID: "news", Title: "陳氏宗親會辦了燈會", At: day(1)},
		)
		for typed, want := range map[string]string{
			"tan": "tangtree daiwen chen chenus", "Chan": "daiwen chen chenus", "Trần": "daiwen chen chenus", "ch'en": "chen show daiwen chenus",
			"au-yeung": "ouyang", "Au Yeung": "ouyang", "wong": "", "tan 2": "", "tan 陳": "", "smith": "",
		} {
			if got := f.suggested(typed); got != want {
				f.Errorf("%q: %q, want %q", typed, got, want)
			}
		}
	})
}

func TestSuggestionsAreFew(t *testing.T) {
	onEach(t, func(f fixture) {
		var docs []Document
		for i := range 40 {
			docs = append(docs, Document{ID: "t" + string(rune('A'+i)), Title: "茶會", At: day(1)}, Document{ID: "n" + string(rune('A'+i)), Kind: "organisation", Title: "茶會館", Named: true})
		}
		f.put(docs...)
		for _, typed := range []string{"茶會", "茶", "cha", "c"} {
			if n := len(strings.Fields(f.suggested(typed))); n != maxSuggestions {
				f.Errorf("%s: %d suggestions", typed, n)
			}
		}
	})
}

// What is taken out is not suggested any more, by no way of typing it.
func TestNothingGoneIsSuggested(t *testing.T) {
	onEach(t, func(f fixture) {
		f.put(Document{ID: "gone", Kind: "topic", Title: "龍舟", Also: []string{"Dragon boats"}, Named: true}, Document{ID: "article", Title: "龍舟下水"})
		testkit.Tx(f, f.db, func(ctx context.Context, tx *db.Tx) error {
			if err := Remove(ctx, tx, "article"); err != nil {
				return err
			}
			return Put(ctx, tx, Document{ID: "gone", Kind: "topic", Org: f.root, Title: "中秋", Named: true})
		})
		for _, typed := range []string{"龍", "龍舟", "longzhou", "lz", "dragon", "boa"} {
			if got := f.suggested(typed); got != "" {
				f.Errorf("%s still suggests %s", typed, got)
			}
		}
		if got := f.suggested("zq"); got != "gone" {
			f.Errorf("its new name: %q", got)
		}
	})
}

// The tree is found by every name that it bears or bore, through every change.
func TestOrganisationsAreFound(t *testing.T) {
	onEach(t, func(f fixture) {
		f.db.BeforeCommit(FollowOrganisations)
		lan := f.org(f.root, "lan")
		mei := f.org(f.root, "mei")
		if err := f.orgs.Rename(f.Context(), lan, org.Names{Hant: "瀾江市同鄉會", Hans: "澜江市同乡会", En: "Lanjiang Association"}); err != nil {
			f.Fatal(err)
		}
		look := func(when string, want map[string]string) {
			f.Helper()
			for text, want := range want {
				got := ""
				for _, h := range f.find(Query{Text: text}).Hits {
					got += h.Kind + " " + h.Title
				}
				if got != want {
					f.Errorf("%s: %s finds %q, want %q", when, text, got, want)
				}
			}
		}
		const now, before = "organisation 瀾江市同鄉會", "organisation 瀾江總會"
		look("named", map[string]string{"澜江": now, "瀾江市同鄉會": now, "lanjiang": now, "lan": now, "鶴嶺": ""})
		if err := f.orgs.Rename(f.Context(), lan, org.Names{Hant: "瀾江總會"}); err != nil {
			f.Fatal(err)
		}
		if err := f.orgs.AddAlias(f.Context(), lan, "江邊會館"); err != nil {
			f.Fatal(err)
		}
		look("renamed", map[string]string{"瀾江總會": before, "同鄉會": before, "江边会馆": before, "mei": "organisation mei"})
		if err := f.orgs.Move(f.Context(), lan, mei, "lan"); err != nil {
			f.Fatal(err)
		}
		if err := f.orgs.Close(f.Context(), lan); err != nil {
			f.Fatal(err)
		}
		look("moved and closed", map[string]string{"瀾江總會": before, "江邊會館": before})
		if got := f.find(Query{Text: "瀾江", Path: "mei/"}); got.Total != 1 {
			f.Errorf("below its new place: %d", got.Total)
		}
		if err := f.orgs.TryMove(f.Context(), lan, f.root, "elsewhere"); err != nil {
			f.Fatal(err)
		}
		testkit.Tx(f, f.db, func(ctx context.Context, tx *db.Tx) error {
			if err := Clear(ctx, tx); err != nil {
				return err
			}
			n, err := PutOrganisations(ctx, tx)
			if n != 3 {
				f.Errorf("%d organisations", n)
			}
			return err
		})
		look("made anew", map[string]string{"瀾江總會": before, "同鄉會": before, "江邊會館": before, "青溪省": "organisation 青溪省同鄉聯合會"})
	})
}
