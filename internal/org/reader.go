package org

import (
	"context"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
)

// Reader runs the package's reading functions on a database or a snapshot, for
// pages: they know no database, and nothing here can write.
type Reader struct{ on db.Reader }

// NewReader reads from r.
func NewReader(r db.Reader) *Reader { return &Reader{on: r} }

// Federation is what holds for the whole installation.
func (r *Reader) Federation(ctx context.Context) (Federation, error) { return FederationOf(ctx, r.on) }

// Load is the organisation of that id.
func (r *Reader) Load(ctx context.Context, id ident.Org) (Organisation, error) {
	return Load(ctx, r.on, id)
}

// ByPath is the organisation at that path.
func (r *Reader) ByPath(ctx context.Context, path string) (Organisation, error) {
	return ByPath(ctx, r.on, path)
}

// Redirect says where what stood under an old path stands now.
func (r *Reader) Redirect(ctx context.Context, path string) (string, bool, error) {
	return Redirect(ctx, r.on, path)
}

// Children lists what hangs directly under an organisation, in protocol order.
func (r *Reader) Children(ctx context.Context, id ident.Org) ([]Organisation, error) {
	return Children(ctx, r.on, id)
}

// Ancestors lists what an organisation hangs under, the root first.
func (r *Reader) Ancestors(ctx context.Context, o Organisation) ([]Organisation, error) {
	return Ancestors(ctx, r.on, o)
}

// Subtree lists the organisation at that path and all below it.
func (r *Reader) Subtree(ctx context.Context, path string) ([]Organisation, error) {
	return Subtree(ctx, r.on, path)
}

// List lists organisations page by page.
func (r *Reader) List(ctx context.Context, p ListParams) (Listing, error) { return List(ctx, r.on, p) }

// ListByIDs loads many organisations at once.
func (r *Reader) ListByIDs(ctx context.Context, ids []ident.Org) (map[ident.Org]Organisation, error) {
	return ListByIDs(ctx, r.on, ids)
}

// Kinds lists the kinds of organisations.
func (r *Reader) Kinds(ctx context.Context) ([]Kind, error) { return Kinds(ctx, r.on) }

// Levels says at which level each organisation stands.
func (r *Reader) Levels(ctx context.Context, orgs ...Organisation) (map[ident.Org]int, error) {
	return Levels(ctx, r.on, orgs...)
}

// Links lists an organisation's relations beside the tree.
func (r *Reader) Links(ctx context.Context, id ident.Org) ([]Link, error) {
	return Links(ctx, r.on, id)
}

// ByName lists the organisations that bear or bore a name.
func (r *Reader) ByName(ctx context.Context, name string) ([]Organisation, error) {
	return ByName(ctx, r.on, name)
}

// FindIn finds organisations of a scope by their names.
func (r *Reader) FindIn(ctx context.Context, s access.Scope, words string, limit int) ([]Organisation, error) {
	return FindIn(ctx, r.on, s, words, limit)
}
