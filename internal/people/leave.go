package people

import (
	"context"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// Leave notes that a person works here no longer: she is signed out everywhere,
// her tokens end, and her roles count no more. Nothing is deleted.
func Leave(ctx context.Context, tx *db.Tx, id ident.Person) (err error) {
	defer fault.Wrap(&err, "people.Leave(%s)", id)
	p, err := Load(ctx, tx, id)
	if err != nil || p.Status == Left {
		return err
	}
	if err := Above(ctx, tx, id); err != nil {
		return err
	}
	now := db.At(tx.Now())
	return keepingAdministrator(ctx, tx, func() error {
		for _, one := range []struct {
			query string
			args  []any
		}{
			{`UPDATE person SET status = ?, left_at = ?, updated_at = ? WHERE id = ?`, []any{Left, now, now, id}},
			{`DELETE FROM session WHERE person_id = ?`, []any{id}},
			{`DELETE FROM ceremony WHERE person_id = ?`, []any{id}},
			{`DELETE FROM ticket WHERE person_id = ? AND used_at IS NULL`, []any{id}},
			{`UPDATE session SET view_as = '' WHERE view_as = ?`, []any{id}},
			{`UPDATE api_token SET revoked_at = ? WHERE person_id = ? AND revoked_at IS NULL`, []any{now, id}},
		} {
			if _, err := tx.Exec(ctx, one.query, one.args...); err != nil {
				return err
			}
		}
		if err := forgetDevices(ctx, tx, id, ""); err != nil {
			return err
		}
		return record(ctx, tx, "leave", p, nil)
	})
}

// Return notes that a person is here again. Her former roles are taken back for
// good: who wants her to have one gives it again.
func Return(ctx context.Context, tx *db.Tx, id ident.Person) (err error) {
	defer fault.Wrap(&err, "people.Return(%s)", id)
	p, err := Load(ctx, tx, id)
	if err != nil || p.Status == Active {
		return err
	}
	now := db.At(tx.Now())
	_, err = tx.Exec(ctx, `UPDATE role_grant SET revoked_at = ?, revoked_by = ? WHERE person_id = ? AND revoked_at IS NULL`, now, audit.Actor(ctx), id)
	if err != nil {
		return err
	}
	if _, err = tx.Exec(ctx, `UPDATE person SET status = ?, left_at = NULL, updated_at = ? WHERE id = ?`, Active, now, id); err != nil {
		return err
	}
	return record(ctx, tx, "return", p, nil)
}

// Above refuses a signed-in person power over somebody who has more than she has.
// Whoever could suspend an administrator from below, or open her account by a new
// invitation, would have her power. Over herself everybody has it.
func Above(ctx context.Context, tx *db.Tx, id ident.Person) error {
	who, ok := PrincipalFrom(ctx)
	if !ok || who.Person == id {
		return nil
	}
	mine, err := who.actor(ctx, tx)
	if err != nil {
		return err
	}
	return above(ctx, tx, tx.Now(), mine, id)
}

// above refuses an actor power over who has a role that is not the actor's to give:
// higher, deeper or longer than her own.
func above(ctx context.Context, r db.Reader, at time.Time, mine access.Actor, id ident.Person) error {
	hers, err := ActorOf(ctx, r, id)
	if err != nil {
		return err
	}
	for _, g := range hers.Grants {
		if g.When(at) != access.Expired && !access.MayGive(at, mine, g).Allowed {
			return fault.New(fault.Forbidden, "people.above_you", nil)
		}
	}
	return nil
}

// keepingAdministrator makes a change, unless it took the last administrator of
// the whole federation.
func keepingAdministrator(ctx context.Context, tx *db.Tx, change func() error) error {
	before, err := administrators(ctx, tx)
	if err != nil {
		return err
	}
	if err := change(); err != nil || before == 0 {
		return err
	}
	return keepAdministrator(ctx, tx)
}
