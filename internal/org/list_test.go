package org

import (
	"slices"
	"testing"

	"github.com/huiguan/huiguan/internal/fault"
)

// walk reads all pages of a list; meanwhile runs after the first.
func (f fixture) walk(p ListParams, meanwhile func()) []string {
	f.Helper()
	var got []string
	for {
		page, err := f.s.List(f.Context(), p)
		f.must(err)
		got = append(got, paths(page.Organisations)...)
		if p.After == "" {
			meanwhile()
		}
		if p.After = page.Next; page.Next == "" {
			return got
		}
	}
}

func TestListWalk(t *testing.T) {
	onEach(t, func(f fixture) {
		for _, o := range []struct{ path, kind string }{
			{"lanjiang/", "city"}, {"heling/", "city"}, {"heling2/", "city"}, {"heling/songtai/", "county"}, {"lanjiang/yunpu/", "county"}, {"baiyu/", "city"},
		} {
			f.add(o.path, o.kind, "同鄉會"+o.path)
		}
		none := func() {}
		// A page may end at the root; what is created behind the cursor is met, and nothing twice.
		got := f.walk(ListParams{Limit: 1}, func() { f.add("yuyin/", "city", "榆蔭市同鄉會") })
		if want := []string{"", "baiyu/", "heling/", "heling/songtai/", "heling2/", "lanjiang/", "lanjiang/yunpu/", "yuyin/"}; !slices.Equal(got, want) {
			f.Errorf("got %q", got)
		}
		if got := f.walk(ListParams{Under: "heling", Limit: 1}, none); !slices.Equal(got, []string{"heling/", "heling/songtai/"}) {
			f.Errorf("under: %q", got)
		}
		if got := f.walk(ListParams{Kind: "county"}, none); !slices.Equal(got, []string{"heling/songtai/", "lanjiang/yunpu/"}) {
			f.Errorf("kind: %q", got)
		}
		// Children come in protocol order, which is not that of their paths.
		if got := f.walk(ListParams{Parent: f.root.ID, Limit: 2}, none); !slices.Equal(got, []string{"lanjiang/", "heling/", "heling2/", "baiyu/", "yuyin/"}) {
			f.Errorf("children: %q", got)
		}
		f.must(f.s.Close(f.Context(), f.at("baiyu/").ID))
		if got := f.walk(ListParams{Status: Closed}, none); !slices.Equal(got, []string{"baiyu/"}) {
			f.Errorf("closed: %q", got)
		}
		for _, bad := range []string{"x", "/", "1", "1/x", "1//", "x/lanjiang/", "1/LANJIANG/", "1/a b/", "99999999999999999999/a/"} {
			_, err := f.s.List(f.Context(), ListParams{After: bad})
			f.refused(err, fault.Misuse, "org.cursor_invalid")
		}
	})
}
