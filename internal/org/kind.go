package org

import (
	"cmp"
	"context"
	"slices"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// Kinds lists the kinds of organisations, from the root's level down, floating
// ones last.
func Kinds(ctx context.Context, r db.Reader) (_ []Kind, err error) {
	defer fault.Wrap(&err, "org.Kinds")
	var kinds []Kind
	if err := r.Select(ctx, &kinds, `SELECT * FROM org_kind`); err != nil {
		return nil, err
	}
	var rules []ruleRow
	if err := r.Select(ctx, &rules, `SELECT parent, child FROM org_kind_rule ORDER BY parent, child`); err != nil {
		return nil, err
	}
	holds := map[string][]string{}
	for _, rule := range rules {
		holds[rule.Parent] = append(holds[rule.Parent], rule.Child)
	}
	for i := range kinds {
		kinds[i].Holds = holds[kinds[i].Slug]
	}
	slices.SortFunc(kinds, func(a, b Kind) int {
		return cmp.Or(cmp.Compare(uint(a.Level), uint(b.Level)), cmp.Compare(a.Slug, b.Slug))
	})
	return kinds, nil
}

// kindSet answers what the rules allow.
type kindSet map[string]Kind

func loadKinds(ctx context.Context, r db.Reader) (kindSet, error) {
	kinds, err := Kinds(ctx, r)
	if err != nil {
		return nil, err
	}
	set := kindSet{}
	for _, k := range kinds {
		set[k.Slug] = k
	}
	return set, nil
}

// check refuses a kind that is unknown or may not hang under the parent's.
func (s kindSet) check(parent, child string) error {
	if _, ok := s[child]; !ok {
		return fault.New(fault.Invalid, "org.kind_unknown", fault.Args{"kind": child})
	}
	if !slices.Contains(s[parent].Holds, child) {
		return fault.New(fault.Invalid, "org.kind_not_allowed", fault.Args{"parent": parent, "kind": child})
	}
	return nil
}

// choose is the kind of a new organisation whose kind nobody named: the one
// that its name suggests, else the next lower level, else the first that the
// parent may hold.
func (s kindSet) choose(parent Organisation, names Names) (string, error) {
	var may []Kind
	for _, h := range s[parent.Kind].Holds {
		may = append(may, s[h])
	}
	if len(may) == 0 {
		return "", fault.New(fault.Invalid, "org.kind_holds_none", fault.Args{"kind": parent.Kind})
	}
	if rank := rankOf(names, placeOf(parent.Names)); rank != "" {
		if i := slices.IndexFunc(may, func(k Kind) bool { return k.Place == rank }); i >= 0 {
			return may[i].Slug, nil
		}
	}
	return slices.MinFunc(may, func(a, b Kind) int {
		return cmp.Or(cmp.Compare(uint(a.Level), uint(b.Level)), cmp.Compare(a.Slug, b.Slug))
	}).Slug, nil
}

// The words of Kind.Place beside the ranks of places.
const (
	placeHouse = "house" // a community house
	placeSame  = "same"  // a body of the parent's own place, or of none
)

// rankOf is what a Chinese name says of an organisation's rank: that of the
// last place in it, unless the parent has the same place.
func rankOf(names Names, parentPlace string) string {
	for _, name := range []string{names.Hant, names.Hans} {
		if name == "" {
			continue
		}
		split := han.SplitOrgName(name, nil)
		n := len(split.Places)
		switch {
		case split.House:
			return placeHouse
		case n == 0 || han.Fold(split.Places[n-1].Stem) == parentPlace:
			return placeSame
		}
		return placeWords[split.Places[n-1].Level]
	}
	return ""
}

// placeWords are the ranks of places as org_kind.place has them.
var placeWords = [...]string{
	han.NoLevel: "", han.Country: "country", han.Province: "province", han.City: "city",
	han.County: "county", han.Town: "town", han.Village: "village",
}

// Levels says at which level each organisation stands. A floating kind stands
// one below its parent, however long the chain of such parents.
func Levels(ctx context.Context, r db.Reader, orgs ...Organisation) (_ map[ident.Org]int, err error) {
	defer fault.Wrap(&err, "org.Levels")
	kinds, err := loadKinds(ctx, r)
	if err != nil {
		return nil, err
	}
	known := make(map[string]Organisation, len(orgs))
	for _, o := range orgs {
		known[o.Path] = o
	}
	if err := addMissingAncestors(ctx, r, known); err != nil {
		return nil, err
	}
	out := make(map[ident.Org]int, len(orgs))
	for _, o := range orgs {
		out[o.ID] = levelOf(kinds, known, o)
	}
	return out, nil
}

// levelOf climbs from o to the first ancestor whose kind has a level.
func levelOf(kinds kindSet, known map[string]Organisation, o Organisation) int {
	below := 0
	for kinds[o.Kind].Level == Floating && o.Path != "" {
		o = known[parentPath(o.Path)]
		below++
	}
	return max(kinds[o.Kind].Level, 0) + below
}

// addMissingAncestors completes a set by path with the ancestors it lacks.
func addMissingAncestors(ctx context.Context, r db.Reader, known map[string]Organisation) error {
	missing := map[string]bool{}
	for path := range known {
		for path != "" {
			path = parentPath(path)
			if _, ok := known[path]; !ok {
				missing[path] = true
			}
		}
	}
	found, err := byPaths(ctx, r, missing)
	for _, o := range found {
		known[o.Path] = o
	}
	return err
}
