package org

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/fault"
)

// listed reads the whole directory page by page.
func (f fixture) listed(q DirectoryQuery) []string {
	f.Helper()
	if q.Of.ID == "" {
		q.Of = f.root
	}
	var out []string
	for {
		d, err := f.s.Directory(f.Context(), q)
		f.must(err)
		for _, e := range d.Entries {
			out = append(out, e.Path)
		}
		if d.Next == "" {
			return out
		}
		q.After = d.Next
	}
}

// street is a federation in which each filter finds something else.
func street(f fixture) {
	grown(f)
	f.add("lan/aid", "affiliate", "瀾江醫療隊")
	f.add("he", "city", "鶴嶺市同鄉會")
	f.add("he/liu", "house", "柳塘“鄉親之家”")
	f.add("toronto", "abroad", "多倫多同鄉會")
	f.add("ottawa", "abroad", "渥太華同鄉會")
	f.add("penang", "abroad", "檳城同鄉會")
	f.add("gone", "city", "舊港市同鄉會")
	f.must(f.s.Close(f.Context(), f.at("gone").ID))
	f.must(f.s.Rename(f.Context(), f.at("he").ID, Names{Hant: "鶴嶺市同鄉聯誼會", En: "Heling Association"}))
	f.must(f.s.SetProfile(f.Context(), f.at("he/liu").ID, Profile{Address: Names{Hant: "柳塘村祠堂東側"}, Phone: "000 0000"}))
	for path, region := range map[string]Names{"toronto": {Hant: "加拿大", En: "Canada"}, "ottawa": {Hans: "加拿大"}} {
		f.must(f.s.SetProfile(f.Context(), f.at(path).ID, Profile{Region: region}))
	}
}

func TestDirectoryFinds(t *testing.T) {
	onEach(t, func(f fixture) {
		street(f)
		lan, yun := f.at("lan"), f.at("lan/yun")
		all := []string{"lan/", "lan/yun/", "lan/yun/shi/", "lan/yun/shi/home/", "lan/aid/", "lan2/", "he/", "he/liu/", "toronto/", "ottawa/", "penang/"}
		for _, c := range []struct {
			name string
			q    DirectoryQuery
			want []string
		}{
			{"all, as the tree is read", DirectoryQuery{}, all},
			{"a page at a time", DirectoryQuery{Limit: 2}, all},
			{"below one", DirectoryQuery{Of: lan}, all[1:5]},
			{"nothing below", DirectoryQuery{Of: f.at("lan/yun/shi/home")}, nil},
			{"of a branch", DirectoryQuery{Under: lan}, all[:5]},
			{"of a branch below one", DirectoryQuery{Of: lan, Under: yun}, all[1:4]},
			{"houses", DirectoryQuery{Kind: "house"}, []string{"lan/yun/shi/home/", "he/liu/"}},
			{"a kind that is not there", DirectoryQuery{Kind: "ghost"}, nil},
			{"closed", DirectoryQuery{Closed: true}, []string{"gone/"}},
			{"a word of a name", DirectoryQuery{Words: "醫療"}, []string{"lan/aid/"}},
			{"in the other script", DirectoryQuery{Words: "医疗队"}, []string{"lan/aid/"}},
			{"a name borne before", DirectoryQuery{Words: "鶴嶺市同鄉會"}, []string{"he/"}},
			{"an English word", DirectoryQuery{Words: "HELING association"}, []string{"he/"}},
			{"of an address", DirectoryQuery{Words: "祠堂"}, []string{"he/liu/"}},
			{"of a region", DirectoryQuery{Words: "加拿大"}, []string{"toronto/", "ottawa/"}},
			{"the reading of a place", DirectoryQuery{Words: "yun"}, []string{"lan/yun/", "lan/yun/shi/", "lan/yun/shi/home/"}},
			{"but not of what is above", DirectoryQuery{Of: lan, Words: "lan"}, nil},
			{"two words", DirectoryQuery{Words: "柳塘 親之"}, []string{"he/liu/"}},
			{"two words of which one is not there", DirectoryQuery{Words: "柳塘 醫療"}, nil},
			{"signs alone ask nothing", DirectoryQuery{Words: " %_ “” "}, all},
			{"signs that a database reads", DirectoryQuery{Words: "%瀾%二%"}, nil},
			{"kind and words", DirectoryQuery{Kind: "city", Words: "同鄉"}, []string{"lan/", "lan2/", "he/"}},
			{"by sound", DirectoryQuery{Order: BySound, Limit: 3}, []string{"lan/aid/", "he/", "lan/yun/shi/home/", "lan/", "lan2/", "he/liu/", "ottawa/", "penang/", "lan/yun/shi/", "toronto/", "lan/yun/"}},
			{"words by sound", DirectoryQuery{Words: "同鄉", Order: BySound, Limit: 2}, []string{"he/", "lan/", "lan2/", "ottawa/", "penang/", "lan/yun/shi/", "toronto/", "lan/yun/"}},
			{"words by region", DirectoryQuery{Words: "同鄉", Kind: "abroad", Order: ByRegion, Limit: 1}, []string{"toronto/", "ottawa/", "penang/"}},
			{"words a page at a time", DirectoryQuery{Words: "同鄉", Limit: 1, Under: lan}, []string{"lan/", "lan/yun/", "lan/yun/shi/"}},
			{"by region", DirectoryQuery{Kind: "abroad", Order: ByRegion, Limit: 1}, []string{"toronto/", "ottawa/", "penang/"}},
			{"an order that is none", DirectoryQuery{Kind: "house", Order: "; drop"}, []string{"lan/yun/shi/home/", "he/liu/"}},
		} {
			if diff := cmp.Diff(c.want, f.listed(c.q)); diff != "" {
				f.Errorf("%s: %s", c.name, diff)
			}
		}
		_, err := f.s.Directory(f.Context(), DirectoryQuery{Of: f.root, After: "made-up"})
		f.refused(err, fault.NotFound, "org.not_found")
		_, err = f.s.Directory(f.Context(), DirectoryQuery{Of: f.root, Words: "同鄉", After: "made-up"})
		f.refused(err, fault.NotFound, "org.not_found")
	})
}

func TestDirectoryShowsProfiles(t *testing.T) {
	onEach(t, func(f fixture) {
		street(f)
		d, err := f.s.Directory(f.Context(), DirectoryQuery{Of: f.at("he")})
		f.must(err)
		if len(d.Entries) != 1 || d.Entries[0].Profile.Phone != "000 0000" || d.Entries[0].Profile.Address.Hant != "柳塘村祠堂東側" || d.Entries[0].Names.Hant != "柳塘“鄉親之家”" {
			f.Errorf("%+v", d)
		}
	})
}

func TestDirectoryCounts(t *testing.T) {
	onEach(t, func(f fixture) {
		street(f)
		kinds := func(q DirectoryQuery) string {
			if q.Of.ID == "" {
				q.Of = f.root
			}
			d, err := f.s.Directory(f.Context(), q)
			f.must(err)
			if q.Kind == "" && d.Total != len(d.Entries) {
				f.Errorf("%d entries of %d", len(d.Entries), d.Total)
			}
			var out []string
			for _, c := range d.Kinds {
				out = append(out, fmt.Sprint(c.Kind, c.Count))
			}
			return strings.Join(out, " ")
		}
		branches := func(q DirectoryQuery) string {
			if q.Of.ID == "" {
				q.Of = f.root
			}
			d, err := f.s.Directory(f.Context(), q)
			f.must(err)
			var out []string
			for _, c := range d.Branches {
				out = append(out, fmt.Sprint(c.Path, c.Count))
			}
			return strings.Join(out, " ")
		}
		for want, got := range map[string]string{
			"abroad3 affiliate1 city3 county1 house2 town1": kinds(DirectoryQuery{Kind: "house"}),
			"affiliate1 county1 house1 town1":               kinds(DirectoryQuery{Of: f.at("lan")}),
			"city1":                                         kinds(DirectoryQuery{Closed: true}),
			"house1":                                        kinds(DirectoryQuery{Words: "祠堂"}),
			"affiliate1 city1 county1 house1 town1":         kinds(DirectoryQuery{Under: f.at("lan")}),
			"lan/5 he/2":                                    branches(DirectoryQuery{Under: f.at("he")}),
			"lan/yun/3":                                     branches(DirectoryQuery{Of: f.at("lan")}),
			"lan/1 he/1":                                    branches(DirectoryQuery{Kind: "house"}),
			"lan/1":                                         branches(DirectoryQuery{Words: "醫療"}),
		} {
			if got != want {
				f.Errorf("%q, want %q", got, want)
			}
		}
	})
}

func TestBranchesOf(t *testing.T) {
	onEach(t, func(f fixture) {
		street(f)
		list, err := f.s.BranchesOf(f.Context(), f.root.ID, 2)
		f.must(err)
		var out []string
		for _, b := range list {
			out = append(out, fmt.Sprintf("%s%d%v", b.Kind, b.Count, paths(b.First)))
		}
		want := []string{"city3[lan/ lan2/]", "abroad3[toronto/ ottawa/]"}
		if diff := cmp.Diff(want, out); diff != "" {
			f.Error(diff)
		}
	})
}
