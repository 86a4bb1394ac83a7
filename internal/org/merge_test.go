package org

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
)

// What lives goes over to the target; the merged one is closed and put away
// under it, and all that named it leads to the target.
func TestMerge(t *testing.T) {
	onEach(t, func(f fixture) {
		grown(f)
		f.add("lan2/shi", "town", "另一石橋鎮同鄉會")
		lan, lan2, yun := f.at("lan"), f.at("lan2"), f.at("lan/yun")
		f.must(f.s.Rename(f.Context(), lan.ID, Names{Hant: "瀾江市聯誼會"}))
		f.must(f.s.SetProfile(f.Context(), lan.ID, Profile{Phone: "000 0000"}))
		f.must(f.s.AddLink(f.Context(), lan.ID, lan2.ID, Twin))
		f.must(f.s.AddLink(f.Context(), lan.ID, f.at("lan/yun/shi/home").ID, Affiliate))
		would, err := f.s.ForeseeMerge(f.Context(), yun.ID, lan2.ID)
		f.must(err)
		if want := (Merged{Children: 1, Below: 2, Names: 1, Path: "lan2/yun/"}); would != want {
			f.Errorf("would %+v, want %+v", would, want)
		}
		if f.at("lan/yun").Status != Active {
			f.Error("the rehearsal changed the tree")
		}
		_, err = f.s.Merge(f.Context(), yun.ID, lan2.ID)
		f.must(err)
		done, err := f.s.Merge(f.Context(), lan.ID, lan2.ID)
		f.must(err)
		if want := (Merged{Names: 2, Links: 1, Dropped: 1, Path: "lan2/lan/"}); done != want {
			f.Errorf("did %+v, want %+v", done, want)
		}
		all, err := f.s.Subtree(f.Context(), "")
		f.must(err)
		if diff := cmp.Diff([]string{"", "lan2/", "lan2/shi/", "lan2/shi-2/", "lan2/shi-2/home/", "lan2/yun/", "lan2/lan/"}, paths(all)); diff != "" {
			f.Error(diff)
		}
		for old, want := range map[string]string{
			"lan/": "lan2/", "lan/news/2026/05/x": "lan2/news/2026/05/x", "lan/yun/": "lan2/", "lan/yun/shi/home/": "lan2/shi-2/home/", "lan2/lan/": "",
		} {
			if got := f.redirect(old); got != want {
				f.Errorf("%s leads to %q, want %q", old, got, want)
			}
		}
		for _, name := range []string{"瀾江市同鄉會", "瀾江市聯誼會", "雲浦縣同鄉會"} {
			found, err := f.s.ByName(f.Context(), name)
			f.must(err)
			if diff := cmp.Diff([]string{"lan2/"}, paths(found)); diff != "" {
				f.Errorf("%s: %s", name, diff)
			}
		}
		left := f.at("lan2/lan")
		if left.Status != Closed || left.ID != lan.ID || left.ClosedAt.IsZero() || left.MergedInto != lan2.ID || left.Names.Hant != "瀾江市聯誼會" {
			f.Errorf("%+v", left)
		}
		if p, err := f.s.Profile(f.Context(), lan.ID); err != nil || p.Phone == "" {
			f.Errorf("the profile is gone: %v", err)
		}
		for id, action := range map[string]string{string(lan.ID): "organisation.merge", string(lan2.ID): "organisation.absorb"} {
			trail, err := audit.Of(f.Context(), f.db, "organisation", id)
			f.must(err)
			if last := trail[len(trail)-1]; last.Action != action || last.Detail["into"] != string(lan2.ID) {
				f.Errorf("%+v", last)
			}
		}
	})
}

// One that is merged into what it hangs under leaves its address to that.
func TestMergeIntoTheParent(t *testing.T) {
	onEach(t, func(f fixture) {
		grown(f)
		_, err := f.s.Merge(f.Context(), f.at("lan/yun").ID, f.at("lan").ID)
		f.must(err)
		all, err := f.s.Subtree(f.Context(), "lan")
		f.must(err)
		if diff := cmp.Diff([]string{"lan/", "lan/shi/", "lan/shi/home/", "lan/yun-2/"}, paths(all)); diff != "" {
			f.Error(diff)
		}
		if got := f.redirect("lan/yun/"); got != "lan/" {
			f.Errorf("leads to %q", got)
		}
	})
}

func TestMergeRefuses(t *testing.T) {
	onEach(t, func(f fixture) {
		grown(f)
		shut := f.add("shut", "city", "舊埠市同鄉會")
		f.must(f.s.Close(f.Context(), shut.ID))
		merge := func(from, into string) error {
			_, err := f.s.Merge(f.Context(), f.at(from).ID, f.at(into).ID)
			return err
		}
		f.refused(merge("", "lan"), fault.Invalid, "org.merge_root")
		f.refused(merge("lan", "lan"), fault.Invalid, "org.merge_self")
		f.refused(merge("lan", "lan/yun/shi"), fault.Invalid, "org.merge_below")
		f.refused(merge("lan", "shut"), fault.Conflict, "org.parent_closed")
		f.refused(merge("lan/yun", "lan/yun/shi/home"), fault.Invalid, "org.merge_below")
		f.add("lan2/home", "house", "另一家")
		f.refused(merge("lan/yun", "lan2/home"), fault.Invalid, "org.kind_not_allowed")
		_, err := f.s.Merge(f.Context(), "nobody", shut.ID)
		f.refused(err, fault.NotFound, "org.not_found")
		if all, _ := f.s.Subtree(f.Context(), "lan"); len(all) != 4 {
			f.Errorf("%v", paths(all))
		}
	})
}

func TestReopen(t *testing.T) {
	onEach(t, func(f fixture) {
		grown(f)
		home, shi := f.at("lan/yun/shi/home"), f.at("lan/yun/shi")
		f.must(f.s.Close(f.Context(), home.ID))
		f.must(f.s.Close(f.Context(), shi.ID))
		f.refused(f.s.Reopen(f.Context(), home.ID), fault.Conflict, "org.parent_closed")
		f.must(f.s.MayReopen(f.Context(), shi.ID))
		if f.at("lan/yun/shi").Status != Closed {
			f.Error("the rehearsal changed the tree")
		}
		f.must(f.s.Reopen(f.Context(), shi.ID))
		f.must(f.s.Reopen(f.Context(), home.ID))
		if o := f.at("lan/yun/shi/home"); o.Status != Active || !o.ClosedAt.IsZero() {
			f.Errorf("%+v", o)
		}
		// A merged one finds its names again, but not a place that may not hold it.
		_, err := f.s.Merge(f.Context(), f.at("lan").ID, f.at("lan2").ID)
		f.must(err)
		f.refused(f.s.Reopen(f.Context(), f.at("lan2/lan").ID), fault.Invalid, "org.kind_not_allowed")
		_, err = f.s.Merge(f.Context(), shi.ID, f.at("lan2/yun").ID)
		f.must(err)
		f.must(f.s.Reopen(f.Context(), shi.ID))
		if o, err := f.s.Load(f.Context(), shi.ID); err != nil || o.MergedInto != "" {
			f.Errorf("%+v %v", o, err)
		}
		if found, _ := f.s.ByName(f.Context(), "石橋鎮同鄉會"); len(found) != 2 || found[0].ID != shi.ID {
			f.Errorf("%v", paths(found))
		}
	})
}

func TestOrderChildren(t *testing.T) {
	onEach(t, func(f fixture) {
		grown(f)
		f.add("lan3", "city", "瀾江三市同鄉會")
		lan, lan2, lan3 := f.at("lan"), f.at("lan2"), f.at("lan3")
		f.must(f.s.OrderChildren(f.Context(), f.root.ID, ids(lan3, lan, lan2)))
		want := []string{"", "lan3/", "lan/", "lan/yun/", "lan/yun/shi/", "lan/yun/shi/home/", "lan2/"}
		if diff := cmp.Diff(want, f.inTreeOrder()); diff != "" {
			f.Error(diff)
		}
		if diff := cmp.Diff(want, f.walked()); diff != "" {
			f.Error(diff)
		}
		f.refused(f.s.OrderChildren(f.Context(), f.root.ID, ids(lan3, lan)), fault.Conflict, "org.order_stale")
		f.refused(f.s.OrderChildren(f.Context(), f.root.ID, ids(lan3, lan, lan)), fault.Conflict, "org.order_stale")
		f.refused(f.s.OrderChildren(f.Context(), f.root.ID, ids(lan3, lan, lan2, f.at("lan/yun"))), fault.Conflict, "org.order_stale")
		f.must(f.s.TryOrderChildren(f.Context(), f.root.ID, ids(lan, lan2, lan3)))
		if diff := cmp.Diff(want, f.inTreeOrder()); diff != "" {
			f.Errorf("a refusal or rehearsal changed the order: %s", diff)
		}
	})
}

func TestEdit(t *testing.T) {
	onEach(t, func(f fixture) {
		grown(f)
		shi := f.at("lan/yun/shi")
		edit := func(p EditParams) error { return f.s.Edit(f.Context(), shi.ID, p) }
		f.must(edit(EditParams{Names: Names{Hant: "石橋村同鄉會"}, Kind: "village", Founded: "1957-03"}))
		if o := f.at("lan/yun/shi"); o.Kind != "village" || o.Founded != "1957-03" || o.Names.Hant != "石橋村同鄉會" {
			f.Errorf("%+v", o)
		}
		f.refused(edit(EditParams{Names: Names{Hant: "另名"}, Kind: "village", Founded: "1957-13"}), fault.Invalid, "org.founded_invalid")
		if o := f.at("lan/yun/shi"); o.Names.Hant != "石橋村同鄉會" {
			f.Errorf("half of a refused edit was done: %+v", o)
		}
		f.refused(f.s.SetKind(f.Context(), shi.ID, "city"), fault.Invalid, "org.kind_not_allowed")
		f.refused(f.s.SetKind(f.Context(), shi.ID, "house"), fault.Invalid, "org.kind_not_allowed")
		f.refused(f.s.SetKind(f.Context(), shi.ID, "ghost"), fault.Invalid, "org.kind_unknown")
		f.refused(f.s.SetKind(f.Context(), f.root.ID, "city"), fault.Invalid, "org.kind_root")
	})
}

func TestRemoveLink(t *testing.T) {
	onEach(t, func(f fixture) {
		grown(f)
		lan, lan2, yun := f.at("lan"), f.at("lan2"), f.at("lan/yun")
		f.must(f.s.AddLink(f.Context(), lan.ID, lan2.ID, Twin))
		links, err := f.s.Links(f.Context(), lan2.ID)
		f.must(err)
		f.refused(f.s.RemoveLink(f.Context(), yun.ID, links[0].ID), fault.NotFound, "org.link_not_found")
		f.must(f.s.RemoveLink(f.Context(), lan2.ID, links[0].ID))
		f.refused(f.s.RemoveLink(f.Context(), lan2.ID, links[0].ID), fault.NotFound, "org.link_not_found")
	})
}

func TestKindsAreEdited(t *testing.T) {
	onEach(t, func(f fixture) {
		grown(f)
		add := func(k Kind) error { return f.s.AddKind(f.Context(), k) }
		f.must(add(Kind{Slug: "street", Level: 4, Place: "village", Names: Names{Hant: "街道組織"}, Holds: []string{"house"}}))
		f.refused(add(Kind{Slug: "street", Level: 4, Names: Names{Hant: "又一個"}}), fault.Conflict, "org.kind_taken")
		f.refused(add(Kind{Slug: "other", Level: 0, Names: Names{Hant: "又一個"}}), fault.Invalid, "org.kind_level")
		f.refused(add(Kind{Slug: "other", Level: 3, Place: "moon", Names: Names{Hant: "又一個"}}), fault.Invalid, "org.kind_place")
		f.refused(add(Kind{Slug: "A b", Level: 3, Names: Names{Hant: "又一個"}}), fault.Invalid, "org.slug_invalid")
		f.refused(add(Kind{Slug: "other", Level: 3}), fault.Invalid, "org.name_missing")
		f.refused(add(Kind{Slug: "other", Level: 3, Names: Names{Hant: "又一個"}, Holds: []string{"federation"}}), fault.Invalid, "org.kind_unknown")
		kinds := map[string]Kind{}
		list, err := f.s.Kinds(f.Context())
		f.must(err)
		for _, k := range list {
			kinds[k.Slug] = k
		}
		county := kinds["county"]
		county.Holds = []string{"village", "street"}
		f.refused(f.s.EditKind(f.Context(), county), fault.Conflict, "org.rule_used")
		county.Holds = []string{"town", "street"}
		f.must(f.s.EditKind(f.Context(), county))
		f.add("lan/yun/jie", "street", "長街街道同鄉會")
		f.refused(f.s.RemoveKind(f.Context(), "street"), fault.Conflict, "org.kind_used")
		f.must(f.s.RemoveKind(f.Context(), "abroad"))
		f.refused(f.s.RemoveKind(f.Context(), "abroad"), fault.NotFound, "org.kind_unknown")
		use, err := f.s.KindUse(f.Context())
		f.must(err)
		if use["street"] != 1 || use["city"] != 2 {
			f.Errorf("%v", use)
		}
	})
}

func TestLevelOf(t *testing.T) {
	onEach(t, func(f fixture) {
		grown(f)
		l, err := f.s.LevelOf(f.Context(), f.root.ID, 0, 1)
		f.must(err)
		if len(l.Nodes) != 1 || l.Nodes[0].Path != "lan/" || l.Nodes[0].Below != 3 || l.Next != 1 {
			f.Errorf("%+v", l)
		}
		if l, err = f.s.LevelOf(f.Context(), f.root.ID, l.Next, 1); err != nil || l.Nodes[0].Path != "lan2/" || l.Next != 0 {
			f.Errorf("%+v %v", l, err)
		}
		if n, err := f.s.CountBelow(f.Context(), ""); err != nil || n != 5 {
			f.Error(n, err)
		}
	})
}

// A merger of many branches stays quick: nothing in it looks at the whole tree.
func BenchmarkMerge(b *testing.B) {
	s, _ := large(b)
	from, err := s.ByPath(b.Context(), "c0")
	if err != nil {
		b.Fatal(err)
	}
	into, err := s.ByPath(b.Context(), "c100")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := s.rehearse(b.Context(), func(ctx context.Context, tx *db.Tx) error {
			_, err := Merge(ctx, tx, from.ID, into.ID)
			return err
		}); err != nil {
			b.Fatal(err)
		}
	}
}
