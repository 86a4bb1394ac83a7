package people

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// ceremonyTime is how long the second request of a ceremony may take.
const ceremonyTime = 5 * time.Minute

// What ceremonies are for.
const (
	toSignIn  = "sign-in"  // a passkey, of anybody
	toVerify  = "verify"   // a passkey, of one person
	toAddKey  = "add-key"  // a new passkey
	toCode    = "code"     // a code after a password
	toSetCode = "set-code" // the first code of an authenticator
)

// ceremonyRow is what was begun with one request and ends with the next, once.
type ceremonyRow struct {
	bun.BaseModel `bun:"table:ceremony"`

	Hash      string `bun:",pk" personal:"-"` // of the secret in the form
	Purpose   string `personal:"-"`
	PersonID  ident.Person
	Data      string `personal:"purpose=sign in; keep=5 minutes; erase"` // a challenge, or a sealed secret
	ExpiresAt db.Time
}

// begin opens a ceremony. Its secret goes into the form.
func begin(ctx context.Context, tx *db.Tx, c ceremonyRow) (Secret, error) {
	if _, err := tx.Exec(ctx, `DELETE FROM ceremony WHERE expires_at <= ?`, db.At(tx.Now())); err != nil {
		return "", err
	}
	secret := newSecret()
	c.Hash, c.ExpiresAt = secret.hash(), db.At(tx.Now().Add(ceremonyTime))
	return secret, tx.Insert(ctx, &c)
}

// take ends a ceremony: whatever comes of it, it cannot be used again. id limits
// it to one person; "" is for those in which she is not known yet.
func take(ctx context.Context, tx *db.Tx, secret Secret, purpose string, id ident.Person) (c ceremonyRow, err error) {
	var found []ceremonyRow
	err = tx.Select(ctx, &found, `SELECT hash, purpose, person_id, data, expires_at FROM ceremony
		WHERE hash = ? AND purpose = ? AND expires_at > ?`, secret.hash(), purpose, db.At(tx.Now()))
	if err != nil {
		return c, err
	}
	if len(found) == 0 || id != "" && found[0].PersonID != id {
		return c, fault.New(fault.Invalid, "account.ceremony_over", nil)
	}
	n, err := tx.Exec(ctx, `DELETE FROM ceremony WHERE hash = ?`, secret.hash())
	if err == nil && n == 0 {
		err = fault.New(fault.Invalid, "account.ceremony_over", nil)
	}
	return found[0], err
}
