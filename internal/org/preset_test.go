package org

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestPresets(t *testing.T) {
	t.Parallel()
	all, err := loadPresets(presetFiles)
	if err != nil {
		t.Fatal(err)
	}
	var slugs []string
	for _, p := range all {
		slugs = append(slugs, p.Slug)
		if p.Names.Hant == "" || p.Names.Hans == "" || p.Names.En == "" {
			t.Errorf("%s lacks a name", p.Slug)
		}
		held := map[string]bool{p.Root().Slug: true}
		for _, k := range p.Kinds {
			if k.Names.Hant == "" || k.Names.Hans == "" || k.Names.En == "" {
				t.Errorf("%s: %s lacks a name", p.Slug, k.Slug)
			}
			for _, h := range k.Holds {
				held[h] = true
			}
		}
		if len(held) != len(p.Kinds) {
			t.Errorf("%s: a kind may hang under nothing: %v", p.Slug, held)
		}
	}
	if diff := cmp.Diff([]string{"hometown", "redcross", "scouts", "sports", "union"}, slugs); diff != "" {
		t.Error(diff)
	}
}

func TestHometownRules(t *testing.T) {
	t.Parallel()
	p, err := findPreset("hometown")
	if err != nil {
		t.Fatal(err)
	}
	set := kindSet{}
	for _, k := range p.Kinds {
		set[k.Slug] = k
	}
	for _, tt := range []struct {
		parent, child string
		may           bool
	}{
		{"federation", "city", true}, {"federation", "county", true}, {"federation", "abroad", true},
		{"city", "county", true}, {"city", "town", true}, {"county", "city", false}, {"town", "county", false},
		{"village", "house", true}, {"house", "house", false}, {"city", "federation", false}, {"federation", "federation", false},
	} {
		if err := set.check(tt.parent, tt.child); (err == nil) != tt.may {
			t.Errorf("%s under %s: %v", tt.child, tt.parent, err)
		}
	}
	for _, k := range p.Kinds {
		if k.Slug != "house" && !slices.Contains(k.Holds, "house") {
			t.Errorf("a house may not hang under %s", k.Slug)
		}
	}
}

func TestKindsAreChosenFromNames(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ preset, kind, parentName, name, want string }{
		{"hometown", "federation", "青溪省同鄉聯合會", "瀾江市同鄉會", "city"},
		{"hometown", "federation", "青溪省同鄉聯合會", "青溪省同鄉婦女會", "affiliate"},
		{"hometown", "federation", "青溪省同鄉聯合會", "義工隊", "affiliate"},
		{"hometown", "federation", "青溪省同鄉聯合會", "Lanjiang City Association", "city"},
		{"hometown", "city", "瀾江市同鄉會", "雲浦縣同鄉會", "county"},
		{"hometown", "city", "瀾江市同鄉會", "瀾江市石橋鎮同鄉會", "town"},
		{"hometown", "county", "雲浦縣同鄉會", "石橋鎮柳塘村“鄉親之家”", "house"},
		{"hometown", "village", "柳塘村同鄉會", "“鄉親之家”", "house"},
		{"scouts", "association", "青溪省童軍總會", "義工隊", "region"},
		{"scouts", "section", "第三團", "白鷺小隊", "patrol"},
	} {
		p, err := findPreset(tt.preset)
		if err != nil {
			t.Fatal(err)
		}
		set := kindSet{}
		for _, k := range p.Kinds {
			set[k.Slug] = k
		}
		names := Names{Hant: tt.name}
		if tt.name[0] < 0x80 {
			names = Names{En: tt.name}
		}
		got, err := set.choose(Organisation{Kind: tt.kind, Names: Names{Hant: tt.parentName}}, names)
		if err != nil || got != tt.want {
			t.Errorf("%s under %s: %s %v, want %s", tt.name, tt.parentName, got, err, tt.want)
		}
	}
}

func TestBrokenPresetsAreNamed(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"kind = 1": "x.toml",
		"":         "level 0",
		"[[kind]]\nslug = \"f\"\nlevel = 0\nholds = [\"ghost\"]":               "ghost",
		"[[kind]]\nslug = \"f\"\nlevel = 0\n[[kind]]\nslug = \"g\"\nlevel = 0": "level 0",
	} {
		_, err := loadPresets(fstest.MapFS{"presets/x.toml": {Data: []byte(text)}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestKindsAreRows(t *testing.T) {
	onEach(t, func(f fixture) {
		kinds, err := f.s.Kinds(f.Context())
		f.must(err)
		preset, _ := findPreset("hometown")
		for i := range kinds {
			slices.Sort(kinds[i].Holds)
		}
		for i := range preset.Kinds {
			preset.Kinds[i].Holds = slices.Sorted(slices.Values(preset.Kinds[i].Holds))
		}
		bySlug := cmpopts.SortSlices(func(a, b Kind) bool { return a.Slug < b.Slug })
		if diff := cmp.Diff(preset.Kinds, kinds, bySlug, cmpopts.EquateEmpty()); diff != "" {
			f.Error(diff)
		}
		if kinds[0].Slug != "federation" || kinds[1].Slug != "city" || kinds[len(kinds)-1].Level != Floating {
			f.Errorf("order: %v", kinds)
		}
	})
}

// A kind's level may float: an affiliate of a city stands where a county does.
func TestLevels(t *testing.T) {
	onEach(t, func(f fixture) {
		f.add("lan", "city", "瀾江市同鄉會")
		youth := f.add("lan/youth", "affiliate", "瀾江市同鄉青年會")
		board := f.add("lan/youth/board", "committee", "青年會理事會")
		house := f.add("lan/home", "house", "“鄉親之家”")
		levels, err := f.s.Levels(f.Context(), f.root, f.at("lan"), youth, board, house)
		f.must(err)
		want := []int{0, 1, 2, 3, 5}
		for i, id := range ids(f.root, f.at("lan"), youth, board, house) {
			if levels[id] != want[i] {
				f.Errorf("%d: level %d, want %d", i, levels[id], want[i])
			}
		}
	})
}
