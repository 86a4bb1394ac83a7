package search

import (
	"context"

	"github.com/huiguan/huiguan/internal/db"
)

// Reader answers searches on a database or a snapshot, for pages: they know no
// database, and nothing here can write.
type Reader struct{ on db.Reader }

// NewReader searches what r reads.
func NewReader(r db.Reader) *Reader { return &Reader{on: r} }

// Find looks for documents that have every term of the query.
func (r *Reader) Find(ctx context.Context, q Query) (Results, error) { return Find(ctx, r.on, q) }

// Suggest lists what somebody may mean who has not typed all of it.
func (r *Reader) Suggest(ctx context.Context, typed string) ([]Suggestion, error) {
	return Suggest(ctx, r.on, typed)
}

// Nearest looks for a query like this one that finds more than total.
func (r *Reader) Nearest(ctx context.Context, q Query, total int) (*Proposal, error) {
	return Nearest(ctx, r.on, q, total)
}
