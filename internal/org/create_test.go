package org

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
)

func TestNameInEachLanguage(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		names          Names
		hant, hans, en string
	}{
		{Names{Hant: "橋頭村同鄉會"}, "橋頭村同鄉會", "桥头村同乡会", "橋頭村同鄉會"},
		{Names{Hans: "桥头村"}, "橋頭村", "桥头村", "桥头村"},
		{Names{En: "Bridge Hall"}, "Bridge Hall", "Bridge Hall", "Bridge Hall"},
		{Names{Hant: "甲", Hans: "乙", En: "C"}, "甲", "乙", "C"},
		{Names{}, "", "", ""},
	} {
		o := Organisation{Names: tt.names}
		if o.Name(locale.Hant) != tt.hant || o.Name(locale.Hans) != tt.hans || o.Name(locale.En) != tt.en {
			t.Errorf("%+v: %s %s %s", tt.names, o.Name(locale.Hant), o.Name(locale.Hans), o.Name(locale.En))
		}
	}
}

func TestScopeIsARange(t *testing.T) {
	t.Parallel()
	in := func(scope, path string) bool {
		from, to := ScopeSQL(scope)
		return path >= from && path < to
	}
	for _, tt := range []struct {
		scope, path string
		want        bool
	}{
		{"jiangmen/", "jiangmen/", true}, {"jiangmen/", "jiangmen/taishan/", true}, {"jiangmen/", "jiangmen/zz-9/", true},
		{"jiangmen/", "jiangmen2/", false}, {"jiangmen/", "jiangmen-2/", false}, {"jiangmen/", "", false}, {"jiangmen/", "jiang/", false},
		{"", "", true}, {"", "zz/", true}, {"", "0/", true},
	} {
		if got := in(tt.scope, tt.path); got != tt.want {
			t.Errorf("%q in %q: %v", tt.path, tt.scope, got)
		}
	}
}

func TestCreate(t *testing.T) {
	onEach(t, func(f fixture) {
		city, err := f.s.Create(f.Context(), CreateParams{Parent: f.root.ID, Names: Names{Hant: " 中山市僑聯 "}, Founded: "1983"})
		f.must(err)
		if city.Path != "zhongshan/" || city.Kind != "city" || city.Names.Hant != "中山市僑聯" || city.Founded != "1983" || city.Position != 1 {
			f.Errorf("%+v", city)
		}
		town, err := f.s.Create(f.Context(), CreateParams{Parent: city.ID, Names: Names{Hant: "中山市三鄉鎮僑聯"}})
		f.must(err)
		if town.Path != "zhongshan/sanxiang/" || town.Kind != "town" {
			f.Errorf("%+v", town)
		}
		village, err := f.s.Create(f.Context(), CreateParams{Parent: town.ID, Names: Names{Hant: "橋頭村僑聯"}})
		f.must(err)
		house, err := f.s.Create(f.Context(), CreateParams{Parent: village.ID, Names: Names{Hant: "橋頭村“僑胞之家”"}})
		f.must(err)
		if house.Path != "zhongshan/sanxiang/qiaotou/qiaobao-zhijia/" || house.Kind != "house" {
			f.Errorf("%+v", house)
		}
		again := f.at("/zhongshan/sanxiang")
		if diff := cmp.Diff(town, again); diff != "" {
			f.Errorf("stored otherwise than returned: %s", diff)
		}
		trail, err := audit.Of(f.Context(), f.db, "organisation", string(town.ID))
		f.must(err)
		if len(trail) != 1 || trail[0].Action != "organisation.create" || trail[0].Detail["parent"] != string(city.ID) {
			f.Errorf("trail: %+v", trail)
		}
	})
}

func TestSlugsAreUniqueAmongSiblings(t *testing.T) {
	onEach(t, func(f fixture) {
		create := func(parent ident.Org, slug, name string) (string, error) {
			o, err := f.s.Create(f.Context(), CreateParams{Parent: parent, Slug: slug, Kind: "county", Names: Names{Hant: name}})
			return o.Path, err
		}
		for _, want := range []string{"qiaotou/", "qiaotou-2/", "qiaotou-3/"} {
			if got, err := create(f.root.ID, "", "橋頭縣"); err != nil || got != want {
				f.Errorf("%s %v, want %s", got, err, want)
			}
		}
		if got, err := create(f.root.ID, "", "Qiaotou-3"); err != nil || got != "qiaotou-3-2/" {
			f.Errorf("%s %v", got, err)
		}
		// A long one stays whole as long as it is free, and is cut for a number.
		long := strings.Repeat("abcdefghi-", 6) + "xyz"
		for _, want := range []string{long + "/", strings.Repeat("abcdefghi-", 4) + "abcdefghi-2/"} {
			if got, err := create(f.root.ID, "", long); err != nil || got != want {
				f.Errorf("%s %v, want %s", got, err, want)
			}
		}
		_, err := create(f.root.ID, "qiaotou", "另一個")
		f.refused(err, fault.Conflict, "org.path_taken")
		if got, err := create(f.root.ID, "", "News"); err != nil || got != "news-county/" {
			f.Errorf("a reserved word: %s %v", got, err)
		}
	})
}

func TestSlugRules(t *testing.T) {
	t.Parallel()
	for slug, key := range map[string]string{
		"zhongshan": "", "x": "", "a1-b2": "", strings.Repeat("x", 63): "",
		"news": "org.slug_reserved", "a": "org.slug_reserved", "sitemap": "org.slug_reserved", "hant": "org.slug_reserved",
		"feed.atom": "org.slug_reserved", "..": "org.slug_reserved",
		"": "org.slug_invalid", "-x": "org.slug_invalid", "x-": "org.slug_invalid", "X": "org.slug_invalid", "中山": "org.slug_invalid",
		"a/b": "org.slug_invalid", "x y": "org.slug_invalid", "x\x00": "org.slug_invalid", strings.Repeat("x", 64): "org.slug_invalid",
	} {
		got := ""
		if e := fault.As(checkSlug(slug)); e != nil {
			got = e.Key
		}
		if got != key {
			t.Errorf("%q: %q, want %q", slug, got, key)
		}
	}
}

func TestTidySlug(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"zhongshan": "zhongshan", "San  Mateo (CA)": "san-mateo-ca", "--": "", "": "", "...x...": "x", "a__b": "a-b",
		strings.Repeat("abcd-", 20):    strings.Repeat("abcd-", 11) + "abcd",
		strings.Repeat("x", 80):        strings.Repeat("x", 63),
		"y-" + strings.Repeat("x", 80): "y-" + strings.Repeat("x", 61),
	} {
		if got := tidySlug(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestProposedSlugs(t *testing.T) {
	t.Parallel()
	root := Organisation{Names: Names{Hant: "青溪省同鄉聯合會"}}
	village := Organisation{Path: "qiaotou/", Names: Names{Hant: "橋頭村同鄉會"}}
	for _, tt := range []struct {
		parent Organisation
		name   string
		want   string
	}{
		{root, "中山市僑聯", "zhongshan"},
		{root, "中山市三鄉鎮僑聯", "sanxiang"},
		{root, "橋頭村", "qiaotou"},
		{village, "橋頭村“僑胞之家”", "qiaobao-zhijia"},
		{root, "“僑胞之家”", "qiaobao-zhijia"},
		{root, "Qingxi Association of Boston", "qingxi-association-of-boston"},
		{root, "？！", "house"},
		{root, "News", "news-house"},
	} {
		if got := SlugFor(tt.parent, Names{Hant: tt.name}, "house"); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestCreateRefuses(t *testing.T) {
	onEach(t, func(f fixture) {
		f.add("lan", "city", "瀾江市同鄉會")
		f.add("lan/home", "house", "“鄉親之家”")
		shut := f.add("shut", "city", "舊埠市同鄉會")
		f.must(f.s.Close(f.Context(), shut.ID))
		name := Names{Hant: "新會"}
		for _, tt := range []struct {
			p    CreateParams
			kind fault.Kind
			key  string
		}{
			{CreateParams{Parent: f.root.ID}, fault.Invalid, "org.name_missing"},
			{CreateParams{Parent: f.root.ID, Names: Names{En: "a\x00b"}}, fault.Invalid, "org.name_control"},
			{CreateParams{Parent: f.root.ID, Names: Names{En: "a\xffb"}}, fault.Invalid, "org.name_control"},
			{CreateParams{Parent: f.root.ID, Names: Names{Hans: strings.Repeat("长", 201)}}, fault.Invalid, "org.name_too_long"},
			{CreateParams{Parent: f.root.ID, Names: name, Founded: "1957-13"}, fault.Invalid, "org.founded_invalid"},
			{CreateParams{Parent: "nobody", Names: name}, fault.NotFound, "org.not_found"},
			{CreateParams{Parent: shut.ID, Names: name}, fault.Conflict, "org.parent_closed"},
			{CreateParams{Parent: f.root.ID, Names: name, Kind: "circus"}, fault.Invalid, "org.kind_unknown"},
			{CreateParams{Parent: f.at("lan").ID, Names: name, Kind: "city"}, fault.Invalid, "org.kind_not_allowed"},
			{CreateParams{Parent: f.at("lan/home").ID, Names: name}, fault.Invalid, "org.kind_holds_none"},
			{CreateParams{Parent: f.root.ID, Names: name, Slug: "office"}, fault.Invalid, "org.slug_reserved"},
			{CreateParams{Parent: f.root.ID, Names: name, Slug: "A b"}, fault.Invalid, "org.slug_invalid"},
			{CreateParams{Parent: f.root.ID, Names: name, Slug: "lan"}, fault.Conflict, "org.path_taken"},
		} {
			_, err := f.s.Create(f.Context(), tt.p)
			f.refused(err, tt.kind, tt.key)
		}
		if all, _ := f.s.Subtree(f.Context(), ""); len(all) != 4 {
			f.Errorf("something refused was kept: %v", paths(all))
		}
	})
}

func TestPathsStayIndexable(t *testing.T) {
	onEach(t, func(f fixture) {
		slug, parent := strings.Repeat("x", 63), f.root.ID
		var err error
		for range 15 {
			var o Organisation
			o, err = f.s.Create(f.Context(), CreateParams{Parent: parent, Slug: slug, Kind: "affiliate", Names: Names{Hant: "會"}})
			f.must(err)
			parent = o.ID
		}
		_, err = f.s.Create(f.Context(), CreateParams{Parent: parent, Slug: slug, Kind: "affiliate", Names: Names{Hant: "會"}})
		f.refused(err, fault.Invalid, "org.path_too_long")
		_, err = f.s.Create(f.Context(), CreateParams{Parent: parent, Kind: "affiliate", Names: Names{En: slug}})
		f.refused(err, fault.Invalid, "org.path_too_long")
		top := f.at(slug)
		other := f.add(strings.Repeat("z", 63), "affiliate", "另一個")
		f.refused(f.s.Move(f.Context(), top.ID, other.ID, strings.Repeat("y", 63)), fault.Invalid, "org.path_too_long")
	})
}
