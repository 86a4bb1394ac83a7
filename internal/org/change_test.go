package org

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// grown is a federation with two cities and what hangs under one of them.
func grown(f fixture) {
	f.add("lan", "city", "瀾江市同鄉會")
	f.add("lan2", "city", "瀾江二市同鄉會")
	f.add("lan/yun", "county", "雲浦縣同鄉會")
	f.add("lan/yun/shi", "town", "石橋鎮同鄉會")
	f.add("lan/yun/shi/home", "house", "“鄉親之家”")
}

func TestMoveTakesTheSubtreeAlong(t *testing.T) {
	onEach(t, func(f fixture) {
		grown(f)
		yun := f.at("lan/yun")
		f.must(f.s.Move(f.Context(), yun.ID, f.at("lan2").ID, "yunpu"))
		all, err := f.s.Subtree(f.Context(), "")
		f.must(err)
		want := []string{"", "lan/", "lan2/", "lan2/yunpu/", "lan2/yunpu/shi/", "lan2/yunpu/shi/home/"}
		if diff := cmp.Diff(want, paths(all)); diff != "" {
			f.Error(diff)
		}
		for old, want := range map[string]string{
			"lan/yun/": "lan2/yunpu/", "lan/yun/shi/": "lan2/yunpu/shi/", "/lan/yun/shi/home": "lan2/yunpu/shi/home/",
			"lan/yun": "lan2/yunpu/", "lan/yun/shi/news/2026/05/x": "lan2/yunpu/shi/news/2026/05/x", "lan/yun/feed.atom": "lan2/yunpu/feed.atom",
			"lan/": "", "lan2/yunpu/": "", "lan/yunnan/": "", "": "", "/": "", "ghost/": "",
		} {
			if got := f.redirect(old); got != want {
				f.Errorf("%s leads to %q, want %q", old, got, want)
			}
		}
		trail, err := audit.Of(f.Context(), f.db, "organisation", string(yun.ID))
		f.must(err)
		if last := trail[len(trail)-1]; last.Action != "organisation.move" || last.Detail["to"] != string(f.at("lan2").ID) {
			f.Errorf("%+v", last)
		}
		if o := f.at("lan2/yunpu"); o.ParentID != f.at("lan2").ID || o.Slug != "yunpu" || o.Position != 1 {
			f.Errorf("%+v", o)
		}
	})
}

func TestALiveOrganisationWinsOverARedirect(t *testing.T) {
	onEach(t, func(f fixture) {
		grown(f)
		yun := f.at("lan/yun")
		f.must(f.s.Move(f.Context(), yun.ID, f.at("lan2").ID, ""))
		f.add("lan/yun", "county", "雲浦新縣同鄉會")
		if got := f.redirect("lan/yun/"); got != "" {
			f.Errorf("the new organisation's address leads to %s", got)
		}
		if got := f.redirect("lan/yun/shi/"); got != "lan2/yun/shi/" {
			f.Errorf("what never stood there again leads to %q", got)
		}
		f.must(f.s.Move(f.Context(), f.at("lan/yun").ID, f.root.ID, ""))
		f.must(f.s.Move(f.Context(), yun.ID, f.at("lan").ID, ""))
		for old, want := range map[string]string{"lan/yun/": "", "lan/yun/shi/": "", "lan2/yun/shi/": "lan/yun/shi/"} {
			if got := f.redirect(old); got != want {
				f.Errorf("after moving home, %s leads to %q, want %q", old, got, want)
			}
		}
	})
}

// A town that left after its county did is found from its oldest address.
func TestRedirectsAreFollowedOn(t *testing.T) {
	onEach(t, func(f fixture) {
		grown(f)
		f.must(f.s.Move(f.Context(), f.at("lan/yun").ID, f.at("lan2").ID, ""))
		late := f.add("lan2/yun/late", "town", "晚到鎮同鄉會")
		f.must(f.s.Move(f.Context(), late.ID, f.at("lan").ID, ""))
		if got := f.redirect("lan/yun/late/news/"); got != "lan/late/news/" {
			f.Errorf("leads to %q", got)
		}
	})
}

func TestMoveRefuses(t *testing.T) {
	onEach(t, func(f fixture) {
		grown(f)
		shut := f.add("shut", "city", "舊埠市同鄉會")
		f.must(f.s.Close(f.Context(), shut.ID))
		move := func(path, to, slug string) error { return f.s.Move(f.Context(), f.at(path).ID, f.at(to).ID, slug) }
		f.refused(move("", "lan", ""), fault.Invalid, "org.move_root")
		f.refused(move("lan", "lan/yun", ""), fault.Invalid, "org.move_below_itself")
		f.refused(move("lan", "lan", ""), fault.Invalid, "org.move_below_itself")
		f.refused(move("lan", "lan2", ""), fault.Invalid, "org.kind_not_allowed")
		f.refused(move("lan2", "", "lan"), fault.Conflict, "org.path_taken")
		f.refused(move("lan/yun", "shut", ""), fault.Conflict, "org.parent_closed")
		f.refused(move("lan/yun", "lan2", "news"), fault.Invalid, "org.slug_reserved")
		f.refused(f.s.Move(f.Context(), "nobody", f.root.ID, ""), fault.NotFound, "org.not_found")
		f.refused(f.s.Move(f.Context(), f.at("lan").ID, "nobody", ""), fault.NotFound, "org.not_found")
		before := f.at("lan/yun")
		f.must(move("lan/yun", "lan", ""))
		if diff := cmp.Diff(before, f.at("lan/yun")); diff != "" {
			f.Errorf("a move to where it stands changed it: %s", diff)
		}
	})
}

func TestClose(t *testing.T) {
	onEach(t, func(f fixture) {
		grown(f)
		shut := func(path string) error { return f.s.Close(f.Context(), f.at(path).ID) }
		f.refused(shut(""), fault.Invalid, "org.close_root")
		err := shut("lan/yun/shi")
		f.refused(err, fault.Conflict, "org.children_active")
		if e := fault.As(err); e != nil && e.Args["count"] != 1 {
			f.Errorf("%v", e.Args)
		}
		f.must(shut("lan/yun/shi/home"))
		f.must(shut("lan/yun/shi"))
		f.must(shut("lan/yun/shi"))
		o := f.at("lan/yun/shi")
		if o.Status != Closed || !o.ClosedAt.Equal(o.UpdatedAt.Time) || o.ClosedAt.IsZero() {
			f.Errorf("%+v", o)
		}
		trail, err := audit.Of(f.Context(), f.db, "organisation", string(o.ID))
		f.must(err)
		if len(trail) != 2 {
			f.Errorf("closing twice leaves one entry: %+v", trail)
		}
	})
}

func TestRenameAndAliases(t *testing.T) {
	onEach(t, func(f fixture) {
		o := f.add("qiao", "village", "橋頭村“僑胞之家”")
		f.must(f.s.Rename(f.Context(), o.ID, Names{Hant: "橋頭村會所", En: "Qiaotou Hall"}))
		f.must(f.s.AddAlias(f.Context(), o.ID, "老榕樹下"))
		f.must(f.s.AddAlias(f.Context(), o.ID, "老榕樹下"))
		for _, name := range []string{"橋頭村會所", "桥头村会所", "qiaotou hall", "QIAOTOU  HALL", "老榕樹下", "橋頭村“僑胞之家”", "桥头村「侨胞之家」", " 橋頭村僑胞之家 "} {
			got, err := f.s.ByName(f.Context(), name)
			if err != nil || len(got) != 1 || got[0].ID != o.ID {
				f.Errorf("%s: %v %v", name, paths(got), err)
			}
		}
		for _, name := range []string{"", "“”", "橋頭", "qiaotou"} {
			if got, err := f.s.ByName(f.Context(), name); err != nil || len(got) != 0 {
				f.Errorf("%q: %v %v", name, paths(got), err)
			}
		}
		f.refused(f.s.AddAlias(f.Context(), o.ID, "“”"), fault.Invalid, "org.name_missing")
		f.refused(f.s.AddAlias(f.Context(), "nobody", "x"), fault.NotFound, "org.not_found")
		f.refused(f.s.Rename(f.Context(), o.ID, Names{}), fault.Invalid, "org.name_missing")
		if got := f.at("qiao"); got.Names.En != "Qiaotou Hall" {
			f.Errorf("%+v", got.Names)
		}
	})
}

// Where one took the name of another, who bears it now comes first.
func TestByNameOrder(t *testing.T) {
	onEach(t, func(f fixture) {
		old := f.add("aa", "city", "瀾江市同鄉會")
		f.must(f.s.Rename(f.Context(), old.ID, Names{Hant: "大瀾江同鄉會"}))
		shut := f.add("bb", "city", "瀾江市同鄉會")
		f.must(f.s.Close(f.Context(), shut.ID))
		now := f.add("cc", "city", "瀾江市同鄉會")
		got, err := f.s.ByName(f.Context(), "瀾江市同鄉會")
		f.must(err)
		if diff := cmp.Diff(ids(now, shut, old), ids(got...)); diff != "" {
			f.Error(diff)
		}
	})
}

func TestProtocolOrder(t *testing.T) {
	onEach(t, func(f fixture) {
		create := func(slug string, position int) Organisation {
			o, err := f.s.Create(f.Context(), CreateParams{Parent: f.root.ID, Slug: slug, Kind: "city", Position: position, Names: Names{Hant: slug}})
			f.must(err)
			return o
		}
		create("zz", 1)
		create("mm", 5)
		last := create("aa", 0)
		create("bb", 1)
		f.add("zz/town", "town", "漁燈鎮同鄉會")
		if last.Position != 6 {
			f.Errorf("last: %d", last.Position)
		}
		children, err := f.s.Children(f.Context(), f.root.ID)
		f.must(err)
		if diff := cmp.Diff([]string{"bb/", "zz/", "mm/", "aa/"}, paths(children)); diff != "" {
			f.Error(diff)
		}
		all, err := f.s.Subtree(f.Context(), "")
		f.must(err)
		if diff := cmp.Diff([]string{"", "bb/", "zz/", "zz/town/", "mm/", "aa/"}, paths(all)); diff != "" {
			f.Error(diff)
		}
	})
}

func TestReads(t *testing.T) {
	onEach(t, func(f fixture) {
		grown(f)
		home := f.at("lan/yun/shi/home")
		above, err := f.s.Ancestors(f.Context(), home)
		f.must(err)
		if diff := cmp.Diff([]string{"", "lan/", "lan/yun/", "lan/yun/shi/"}, paths(above)); diff != "" {
			f.Error(diff)
		}
		if above, err := f.s.Ancestors(f.Context(), f.root); err != nil || len(above) != 0 {
			f.Errorf("above the root: %v %v", above, err)
		}
		sub, err := f.s.Subtree(f.Context(), "lan")
		f.must(err)
		if diff := cmp.Diff([]string{"lan/", "lan/yun/", "lan/yun/shi/", "lan/yun/shi/home/"}, paths(sub)); diff != "" {
			f.Error(diff)
		}
		_, err = f.s.Subtree(f.Context(), "la")
		f.refused(err, fault.NotFound, "org.not_found")
		_, err = f.s.Load(f.Context(), "nobody")
		f.refused(err, fault.NotFound, "org.not_found")
		got, err := ListByIDs(f.Context(), f.db, []ident.Org{home.ID, "nobody", home.ID, f.root.ID})
		f.must(err)
		if len(got) != 2 || got[home.ID].Path != home.Path {
			f.Errorf("%v", got)
		}
		if got, err := ListByIDs(f.Context(), f.db, nil); err != nil || len(got) != 0 {
			f.Errorf("%v %v", got, err)
		}
	})
}

func TestLinksGiveNoAddress(t *testing.T) {
	onEach(t, func(f fixture) {
		grown(f)
		lan, lan2, yun := f.at("lan"), f.at("lan2"), f.at("lan/yun")
		link := func(from, to Organisation, r Relation) error { return f.s.AddLink(f.Context(), from.ID, to.ID, r) }
		f.must(link(yun, lan2, SecondParent))
		f.must(link(yun, lan2, SecondParent))
		f.must(link(lan, lan2, Twin))
		got, err := f.s.Links(f.Context(), lan2.ID)
		f.must(err)
		if len(got) != 2 || got[0].FromID != yun.ID || got[0].Relation != SecondParent || got[1].Relation != Twin {
			f.Errorf("%+v", got)
		}
		if sub, _ := f.s.Subtree(f.Context(), "lan2"); len(sub) != 1 {
			f.Errorf("a second parent got it into its subtree: %v", paths(sub))
		}
		_, err = f.s.ByPath(f.Context(), "lan2/yun")
		f.refused(err, fault.NotFound, "org.not_found")
		f.refused(link(lan, lan, Twin), fault.Invalid, "org.link_self")
		f.refused(link(lan, lan2, "friend"), fault.Invalid, "org.relation_unknown")
		f.refused(link(yun, lan, SecondParent), fault.Invalid, "org.second_parent_in_line")
		f.refused(link(lan, yun, SecondParent), fault.Invalid, "org.second_parent_in_line")
		f.refused(f.s.AddLink(f.Context(), lan.ID, "nobody", Twin), fault.NotFound, "org.not_found")
	})
}

// Steps that belong together share a transaction, and a refusal undoes all.
func TestStepsInOneTransaction(t *testing.T) {
	onEach(t, func(f fixture) {
		err := f.db.Tx(f.Context(), func(ctx context.Context, tx *db.Tx) error {
			o, err := Create(ctx, tx, CreateParams{Parent: f.root.ID, Slug: "gone", Kind: "city", Names: Names{Hant: "未成市"}})
			if err != nil {
				return err
			}
			if got, err := ByPath(ctx, tx, o.Path); err != nil || got.ID != o.ID {
				f.Errorf("not seen inside: %v", err)
			}
			return Close(ctx, tx, f.root.ID)
		})
		f.refused(err, fault.Invalid, "org.close_root")
		_, err = f.s.ByPath(f.Context(), "gone")
		f.refused(err, fault.NotFound, "org.not_found")
	})
}
