package people

import (
	"context"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// SetUntil gives a role another end; the zero time: none. Who does it must be
// allowed to give the role as it was and as it will be.
func SetUntil(ctx context.Context, tx *db.Tx, id ident.Grant, until time.Time) (err error) {
	defer fault.Wrap(&err, "people.SetUntil(%s)", id)
	g, err := LoadGrant(ctx, tx, id)
	switch {
	case err != nil:
		return err
	case !g.RevokedAt.IsZero() || !g.UntilAt.IsZero() && !g.UntilAt.After(tx.Now()):
		return fault.New(fault.Conflict, "people.grant_over", nil)
	case !until.IsZero() && (!until.After(tx.Now()) || until.Before(g.FromAt.Time)):
		return fault.New(fault.Invalid, "people.until_past", nil)
	case g.UntilAt.Equal(until):
		return nil
	}
	if err := mayGive(ctx, tx, g); err != nil {
		return err
	}
	g.UntilAt = db.At(until)
	if err := mayGive(ctx, tx, g); err != nil {
		return err
	}
	return keepingAdministrator(ctx, tx, func() error {
		if _, err := tx.Exec(ctx, `UPDATE role_grant SET until_at = ? WHERE id = ?`, g.UntilAt, id); err != nil {
			return err
		}
		return recordGrant(ctx, tx, "until", g)
	})
}

// GiveAgain gives a role that was taken back or has ended once more, at the same
// organisation and as far down; its end stands if it lies ahead.
func GiveAgain(ctx context.Context, tx *db.Tx, id ident.Grant) (_ Grant, err error) {
	defer fault.Wrap(&err, "people.GiveAgain(%s)", id)
	g, err := LoadGrant(ctx, tx, id)
	if err != nil {
		return g, err
	}
	p := GiveParams{Person: g.PersonID, Org: g.OrgID, Role: g.Role, Below: g.Below}
	if g.FromAt.After(tx.Now()) {
		p.From = g.FromAt.Time
	}
	if g.UntilAt.After(tx.Now()) {
		p.Until = g.UntilAt.Time
	}
	return Give(ctx, tx, p)
}

// refuseTwice refuses a role that she has already for a part of the time.
func refuseTwice(ctx context.Context, tx *db.Tx, p GiveParams) error {
	var same []Grant
	err := tx.Select(ctx, &same, `SELECT * FROM role_grant WHERE person_id = ? AND org_id = ? AND role = ? AND below = ? AND revoked_at IS NULL`,
		p.Person, p.Org, p.Role, p.Below)
	if err != nil {
		return err
	}
	from := p.From
	if from.Before(tx.Now()) {
		from = tx.Now()
	}
	for _, g := range same {
		begins := p.Until.IsZero() || g.FromAt.Before(p.Until)
		if begins && (g.UntilAt.IsZero() || g.UntilAt.After(from)) {
			return fault.New(fault.Conflict, "people.role_held", nil)
		}
	}
	return nil
}
