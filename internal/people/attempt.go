package people

import (
	"context"
	"net/netip"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
)

// window is the time that a budget is for, from the first try on. Two of them
// touch any one hour, so that a budget of five is at most ten tries an hour.
const window = time.Hour

// The budgets. What is typed as a login has one, whether there is such an account
// or not; a browser that is known has one of its own, so that no attack locks out
// who belongs here.
const (
	triesLogin   = 5
	triesDevice  = 10
	triesCode    = 5
	triesSetup   = 10
	triesNetwork = 60 // a house may share one address
	triesAll     = 600
	asksNetwork  = 20   // letters
	asksLogin    = 3    // letters to one
	asksPerson   = 5    // links a day that strangers may ask for her
	asksCeremony = 1200 // passkey ceremonies that a network begins
)

// budget is a bucket of tries with its limit.
type budget struct {
	bucket string
	limit  int
}

// about names a bucket without saying what was typed: people type passwords into
// the wrong field.
func about(kind, what string) string { return kind + ":" + Secret(what).hash()[:32] }

// guesses are the budgets of a guess at something of an account.
func guesses(kind, what string, limit int, v Visitor, known bool) []budget {
	if known {
		return []budget{{about("device-"+kind, string(v.Device)), triesDevice}}
	}
	return []budget{{about(kind, what), limit}, {"network:" + v.Network, triesNetwork}, {"all", triesAll}}
}

func tooMany() error { return fault.New(fault.TooMany, "account.too_many", nil) }

// spend takes one try from each budget, or refuses if one is used up. It is
// committed before the try is made, so that nobody tries first and counts later.
func (g *Gate) spend(ctx context.Context, list []budget) error {
	if full, err := used(ctx, g.db, g.db.Now(), list); err != nil || full {
		if err == nil {
			err = tooMany() // without a write: it is cheap to say no
		}
		return err
	}
	return g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return spend(ctx, tx, list) })
}

func spend(ctx context.Context, tx *db.Tx, list []budget) error {
	full, err := used(ctx, tx, tx.Now(), list)
	if err != nil {
		return err
	}
	if full {
		return tooMany()
	}
	now, end := db.At(tx.Now()), db.At(tx.Now().Add(window))
	if _, err := tx.Exec(ctx, `DELETE FROM attempt WHERE expires_at <= ?`, now); err != nil {
		return err
	}
	for _, b := range list {
		_, err := tx.Exec(ctx, `INSERT INTO attempt (bucket, count, expires_at) VALUES (?, 1, ?)
			ON CONFLICT (bucket) DO UPDATE SET count = attempt.count + 1`, b.bucket, end)
		if err != nil {
			return err
		}
	}
	return nil
}

// used says whether one of the budgets is used up.
func used(ctx context.Context, r db.Reader, at time.Time, list []budget) (bool, error) {
	limits, names := map[string]int{}, make([]string, 0, len(list))
	for _, b := range list {
		limits[b.bucket] = b.limit
		names = append(names, b.bucket)
	}
	var rows []struct {
		Bucket string
		Count  int
	}
	err := r.Select(ctx, &rows, `SELECT bucket, count FROM attempt WHERE bucket IN (?) AND expires_at > ?`, db.List(names), db.At(at))
	for _, row := range rows {
		if row.Count >= limits[row.Bucket] {
			return true, err
		}
	}
	return false, err
}

// refund gives a try back that was none: it was right.
func refund(ctx context.Context, tx *db.Tx, list []budget) error {
	for _, b := range list {
		if _, err := tx.Exec(ctx, `UPDATE attempt SET count = count - 1 WHERE bucket = ? AND count > 0`, b.bucket); err != nil {
			return err
		}
	}
	return nil
}

// NetworkOf is the network of an address as budgets count it: 256 addresses of
// the old kind, or what one household is given of the new kind.
func NetworkOf(a netip.Addr) string {
	a = a.Unmap().WithZone("")
	bits := 24
	if a.Is6() {
		bits = 64
	}
	p, err := a.Prefix(bits)
	if err != nil || !p.IsValid() {
		return "unknown"
	}
	return p.String()
}
