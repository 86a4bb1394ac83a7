package org

import (
	"context"
	"strconv"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// This file says what changes of the tree would do, by reading alone: for pages
// that ask before they do it.

// ForeseeMerge says what Merge would do, or why it would not.
func ForeseeMerge(ctx context.Context, r db.Reader, from, into ident.Org) (would Merged, err error) {
	defer fault.Wrap(&err, "org.ForeseeMerge(%s, %s)", from, into)
	g, err := checkedMerger(ctx, r, from, into)
	if err != nil {
		return would, err
	}
	lo, hi := ScopeSQL(g.from.Path)
	err = r.Get(ctx, &would.Below, `SELECT count(*) - 1 FROM organisation WHERE path >= ? AND path < ?`, lo, hi)
	if err != nil {
		return would, err
	}
	err = r.Get(ctx, &would.Names, `SELECT count(*) FROM org_alias AS a WHERE a.org_id = ?
		AND NOT EXISTS (SELECT 1 FROM org_alias AS b WHERE b.org_id = ? AND b.name_key = a.name_key)`, from, into)
	if err != nil {
		return would, err
	}
	if err := g.foreseeLinks(ctx, r, &would); err != nil {
		return would, err
	}
	return would, g.foreseePath(ctx, r, &would)
}

// foreseeLinks counts relations that go over, and those that would say nothing.
func (g *merger) foreseeLinks(ctx context.Context, r db.Reader, would *Merged) error {
	list, err := Links(ctx, r, g.from.ID)
	if err != nil {
		return err
	}
	seen := map[Link]bool{}
	for _, l := range list {
		l, says, err := g.turned(ctx, r, l)
		if err != nil {
			return err
		}
		same := Link{FromID: l.FromID, ToID: l.ToID, Relation: l.Relation}
		if !says || seen[same] {
			would.Dropped++
			continue
		}
		seen[same] = true
		would.Links++
	}
	return nil
}

// foreseePath finds where the merged one would be put away, behind what hangs
// under it.
func (g *merger) foreseePath(ctx context.Context, r db.Reader, would *Merged) error {
	there, err := Children(ctx, r, g.into.ID)
	if err != nil {
		return err
	}
	coming, err := Children(ctx, r, g.from.ID)
	if err != nil {
		return err
	}
	would.Children = len(coming)
	used := map[string]bool{}
	for _, o := range there {
		used[o.Slug] = true
	}
	slug := ""
	for _, o := range append(coming, g.from) {
		slug = numbered(o.Slug, used)
		used[slug] = true
	}
	would.Path = g.into.Path + slug + "/"
	return nil
}

// numbered is the proposal, or the proposal with the first free number behind it,
// for which a long one is cut.
func numbered(proposal string, used map[string]bool) string {
	slug := proposal
	for n := 2; used[slug]; n++ {
		slug = numberable(proposal) + "-" + strconv.Itoa(n)
	}
	return slug
}

// numberable is a slug with room for a number behind it.
func numberable(slug string) string { return shorten(slug, maxSlug-6) }

// MayMove says why Move would be refused; nil where it would not.
func (r *Reader) MayMove(ctx context.Context, id, newParent ident.Org, newSlug string) error {
	_, err := checkedMove(ctx, r.on, id, newParent, newSlug)
	return err
}

// MayClose says why Close would be refused.
func (r *Reader) MayClose(ctx context.Context, id ident.Org) error {
	_, err := checkClose(ctx, r.on, id)
	return err
}

// MayReopen says why Reopen would be refused.
func (r *Reader) MayReopen(ctx context.Context, id ident.Org) error {
	_, err := checkReopen(ctx, r.on, id)
	return err
}

// ForeseeMerge says what Merge would do, or why it would not.
func (r *Reader) ForeseeMerge(ctx context.Context, from, into ident.Org) (Merged, error) {
	return ForeseeMerge(ctx, r.on, from, into)
}
