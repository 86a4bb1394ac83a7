package people

import (
	"context"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// StartViewing lets an administrator look at the office as somebody whose roles
// are all hers to give and to see. Nothing can be written until EndViewing.
func StartViewing(ctx context.Context, tx *db.Tx, who Principal, as ident.Person) (err error) {
	defer fault.Wrap(&err, "people.StartViewing(%s)", as)
	p, err := Load(ctx, tx, as)
	if err != nil {
		return err
	}
	if err := mayView(ctx, tx, tx.Now(), who, p); err != nil {
		return err
	}
	n, err := tx.Exec(ctx, `UPDATE session SET view_as = ? WHERE id = ? AND person_id = ?`, as, who.Session, who.Person)
	if err != nil || n == 0 {
		return err
	}
	return record(ctx, tx, "view_as", p, nil)
}

// EndViewing leads her back to her own office.
func EndViewing(ctx context.Context, tx *db.Tx, who Principal) (err error) {
	defer fault.Wrap(&err, "people.EndViewing(%s)", who.Session)
	var as ident.Person
	err = tx.Get(ctx, &as, `SELECT view_as FROM session WHERE id = ? AND person_id = ?`, who.Session, who.Person)
	switch {
	case err != nil:
		return db.NotFound(err, "page.not_found", nil)
	case as == "":
		return fault.New(fault.NotFound, "page.not_found", nil)
	}
	return endViewing(ctx, tx, who.Session, as)
}

// endViewing ends a visit that still goes on, and notes that.
func endViewing(ctx context.Context, tx *db.Tx, id ident.Session, as ident.Person) error {
	n, err := tx.Exec(ctx, `UPDATE session SET view_as = '' WHERE id = ? AND view_as = ?`, id, as)
	if err != nil || n == 0 {
		return err
	}
	p, err := Load(ctx, tx, as)
	if err != nil {
		return err
	}
	return record(ctx, tx, "view_as_end", p, nil)
}

// mayView refuses to look at the office as somebody else without the right to see
// and to give at every place where that person has a role.
func mayView(ctx context.Context, r db.Reader, at time.Time, who Principal, p Person) error {
	switch {
	case who.Session == "":
		return fault.New(fault.Forbidden, "access.reason_no_scope", nil)
	case who.Person == p.ID:
		return fault.New(fault.Conflict, "people.view_as_self", nil)
	case p.Status == Left:
		return fault.New(fault.Conflict, "people.has_left", nil)
	}
	who.As = ""
	mine, err := who.actor(ctx, r)
	if err != nil {
		return err
	}
	hers, err := ActorOf(ctx, r, p.ID)
	if err != nil {
		return err
	}
	home, err := Need{Person: p.ID}.place(ctx, r)
	if err != nil {
		return err
	}
	for _, action := range []access.Action{access.PeopleView, access.GrantGive} {
		scope := access.ScopeOf(at, mine, action)
		if !scope.Holds(home.Path) {
			return fault.New(fault.Forbidden, "people.view_as_refused", nil)
		}
		for _, g := range hers.Grants {
			if g.When(at) != access.Expired && !scope.Covers(g) {
				return fault.New(fault.Forbidden, "people.view_as_refused", nil)
			}
		}
	}
	return nil
}

// stillViewing is whom a session looks at the office as, if she still may.
func stillViewing(ctx context.Context, r db.Reader, at time.Time, who Principal, as ident.Person) (ident.Person, error) {
	if as == "" {
		return "", nil
	}
	p, err := Load(ctx, r, as)
	if err == nil {
		err = mayView(ctx, r, at, who, p)
	}
	if fault.As(err) != nil {
		return "", nil //nolint:nilerr // she may no longer, and that ends the visit
	}
	return as, err
}
