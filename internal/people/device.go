package people

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
)

// keptDevice is how long a browser is known after it was last used to come in.
const keptDevice = 365 * 24 * time.Hour

// deviceRow is a browser in which a person signed in before.
type deviceRow struct {
	bun.BaseModel `bun:"table:known_device"`

	Hash      string `bun:",pk" personal:"-"` // of the secret in its cookie
	PersonID  ident.Person
	CreatedAt db.Time
	SeenAt    db.Time
}

// known says whether the person signed in from this browser before.
func known(ctx context.Context, r db.Reader, at time.Time, device Secret, id ident.Person) (bool, error) {
	var n int
	err := r.Get(ctx, &n, `SELECT COUNT(*) FROM known_device WHERE hash = ? AND person_id = ? AND seen_at > ?`,
		device.hash(), id, db.At(at.Add(-keptDevice)))
	return n > 0, err
}

// welcome makes the browser known to the person's account.
func welcome(ctx context.Context, tx *db.Tx, device Secret, id ident.Person) (Secret, error) {
	now := db.At(tx.Now())
	if device != "" {
		n, err := tx.Exec(ctx, `UPDATE known_device SET seen_at = ? WHERE hash = ? AND person_id = ?`, now, device.hash(), id)
		if err != nil || n > 0 {
			return device, err
		}
	}
	if _, err := tx.Exec(ctx, `DELETE FROM known_device WHERE seen_at < ?`, db.At(tx.Now().Add(-keptDevice))); err != nil {
		return "", err
	}
	secret := newSecret()
	return secret, tx.Insert(ctx, &deviceRow{Hash: secret.hash(), PersonID: id, CreatedAt: now, SeenAt: now})
}

// forgetDevices makes all browsers of a person strangers again, but for one.
func forgetDevices(ctx context.Context, tx *db.Tx, id ident.Person, except Secret) error {
	_, err := tx.Exec(ctx, `DELETE FROM known_device WHERE person_id = ? AND hash <> ?`, id, except.hash())
	return err
}
