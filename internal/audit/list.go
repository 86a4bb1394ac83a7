package audit

import (
	"context"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// Filter narrows the trail. Zero fields narrow nothing, but for the scope: a reader
// without any sees nothing.
type Filter struct {
	// Here and Below are the parts of the tree that the reader may see: single
	// organisations, and organisations with all that hangs below. Entries of the
	// federation as a whole belong to its root.
	Here, Below []string
	Under       *string // path of an organisation: it and what hangs below
	Actor       string
	ObjectKind  string
	ObjectID    string
	Action      string    // a prefix: organisation.
	From, Until time.Time // until is the first instant after
	Before      int64     // a cursor: entries with a lower number
	Limit       int
}

// where builds the conditions.
func (f Filter) where() (sql string, args []any) {
	var all []string
	add := func(cond string, values ...any) {
		all, args = append(all, cond), append(args, values...)
	}
	const path = `coalesce(o.path, '')`
	var seen []string
	for _, p := range f.Below {
		if p == "" {
			seen = append(seen, `1 = 1`)
			continue
		}
		seen = append(seen, `(`+path+` >= ? AND `+path+` < ?)`)
		args = append(args, p, pathEnd(p))
	}
	for _, p := range f.Here {
		seen = append(seen, path+` = ?`)
		args = append(args, p)
	}
	if len(seen) == 0 {
		seen = []string{`1 = 0`}
	}
	all = append(all, `(`+strings.Join(seen, ` OR `)+`)`)
	if f.Under != nil && *f.Under != "" {
		add(`o.path >= ? AND o.path < ?`, *f.Under, pathEnd(*f.Under))
	}
	for _, one := range []struct{ column, value string }{{"actor", f.Actor}, {"object_kind", f.ObjectKind}, {"object_id", f.ObjectID}} {
		if one.value != "" {
			add(`e.`+one.column+` = ?`, one.value)
		}
	}
	if f.Action != "" {
		add(`e.action >= ? AND e.action < ?`, f.Action, f.Action+"\U0010FFFF")
	}
	if !f.From.IsZero() {
		add(`e.at >= ?`, db.At(f.From))
	}
	if !f.Until.IsZero() {
		add(`e.at < ?`, db.At(f.Until))
	}
	if f.Before > 0 {
		add(`e.seq < ?`, f.Before)
	}
	return strings.Join(all, ` AND `), args
}

// pathEnd is the first path after all that hang below one.
func pathEnd(p string) string { return strings.TrimSuffix(p, "/") + "0" } // '0' follows '/'

// List lists entries, the newest first.
func List(ctx context.Context, r db.Reader, f Filter) (_ []Record, err error) {
	defer fault.Wrap(&err, "audit.List")
	where, args := f.where()
	var rows []row
	err = r.Select(ctx, &rows, `SELECT e.* FROM audit_entry AS e LEFT JOIN organisation AS o ON o.id = e.org_id
		WHERE `+where+` ORDER BY e.seq DESC LIMIT ?`, append(args, max(f.Limit, 1))...)
	return records(rows), err
}

// Kinds lists the kinds of records that the trail tells of.
func Kinds(ctx context.Context, r db.Reader) (out []string, err error) {
	defer fault.Wrap(&err, "audit.Kinds")
	err = r.Select(ctx, &out, `SELECT DISTINCT object_kind FROM audit_entry ORDER BY object_kind`)
	return out, err
}

// Actors lists who acted in what a reader may see, persons only, at most limit.
func Actors(ctx context.Context, r db.Reader, f Filter, limit int) (out []ident.Person, err error) {
	defer fault.Wrap(&err, "audit.Actors")
	where, args := Filter{Here: f.Here, Below: f.Below}.where()
	err = r.Select(ctx, &out, `SELECT e.actor FROM audit_entry AS e LEFT JOIN organisation AS o ON o.id = e.org_id
		JOIN person AS p ON p.id = e.actor WHERE `+where+` GROUP BY e.actor ORDER BY max(e.seq) DESC LIMIT ?`, append(args, limit)...)
	return out, err
}

// Reader reads the trail for pages, which know no database.
type Reader struct{ db *db.DB }

// NewReader makes a Reader.
func NewReader(d *db.DB) Reader { return Reader{d} }

// List lists entries, the newest first.
func (r Reader) List(ctx context.Context, f Filter) ([]Record, error) { return List(ctx, r.db, f) }

// Kinds lists the kinds of records that the trail tells of.
func (r Reader) Kinds(ctx context.Context) ([]string, error) { return Kinds(ctx, r.db) }

// Actors lists the persons who acted in what a reader may see, the latest first.
func (r Reader) Actors(ctx context.Context, f Filter, limit int) ([]ident.Person, error) {
	return Actors(ctx, r.db, f, limit)
}

// Chain is the state of the chain as it is shown; the whole of it is recomputed by
// Verify only.
func (r Reader) Chain(ctx context.Context) (c ChainState, err error) {
	defer fault.Wrap(&err, "audit.Chain")
	l, err := lastLink(ctx, r.db)
	if err != nil {
		return c, err
	}
	if l.Hash != "" {
		c.Hash, c.At = l.Hash, time.UnixMilli(l.At).UTC()
		if err := r.db.Get(ctx, &c.Entries, `SELECT sum(entries) FROM audit_link`); err != nil {
			return c, err
		}
	}
	c.Waiting, err = Waiting(ctx, r.db)
	return c, err
}

// ChainState says how far the chain goes.
type ChainState struct {
	Entries int
	Waiting int
	Hash    string // of the last link; "" where there is none
	At      time.Time
}
