package search

import (
	"context"
	"slices"
	"strings"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
)

// FollowOrganisations keeps the index in step with the tree: organisations are
// found by their names in all languages and by those that they bore before. It
// runs before each commit that touched one. Since org stands below this package
// and knows nothing of it, the database tells.
func FollowOrganisations(ctx context.Context, tx *db.Tx, tags []string) (err error) {
	defer fault.Wrap(&err, "search.FollowOrganisations")
	var ids []ident.Org
	for _, tag := range tags {
		if id, ok := strings.CutPrefix(tag, org.Touched); ok {
			ids = append(ids, ident.Org(id))
		}
	}
	if len(ids) == 0 {
		return nil
	}
	found, err := org.ListByIDs(ctx, tx, ids)
	if err != nil {
		return err
	}
	list := make([]org.Organisation, 0, len(found))
	for _, id := range ids {
		if o, ok := found[id]; ok {
			list = append(list, o)
		}
	}
	return putOrganisations(ctx, tx, list)
}

// PutOrganisations indexes the whole tree, and says how many that were.
func PutOrganisations(ctx context.Context, tx *db.Tx) (n int, err error) {
	defer fault.Wrap(&err, "search.PutOrganisations")
	all, err := org.Subtree(ctx, tx, "")
	if fault.Is(err, fault.NotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return len(all), putOrganisations(ctx, tx, all)
}

func putOrganisations(ctx context.Context, tx *db.Tx, list []org.Organisation) error {
	bore, err := org.FormerNames(ctx, tx, list)
	if err != nil {
		return err
	}
	for _, o := range list {
		if err := Put(ctx, tx, organisation(o, bore[o.ID])); err != nil {
			return err
		}
	}
	return nil
}

// organisation is what the index holds of one.
func organisation(o org.Organisation, bore []string) Document {
	names := Names(o.Names)
	return Document{
		ID: string(o.ID), Kind: "organisation", Org: o.ID, Title: names[0], Also: append(names[1:], bore...), Named: true,
	}
}

// Names lists a name's forms for the title and the other names of a Document.
// Simplified characters that are the traditional ones' say nothing new.
func Names(n org.Names) []string {
	var out, folded []string
	for _, s := range []string{n.Hant, n.Hans, n.En} {
		if f := han.Fold(s); s != "" && !slices.Contains(folded, f) {
			out, folded = append(out, s), append(folded, f)
		}
	}
	if len(out) == 0 {
		out = []string{""}
	}
	return out
}
