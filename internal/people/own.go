package people

import (
	"context"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// mayChange refuses a change of how she signs in, where she has a second factor
// and this session did not prove it: whoever stole a password must not make
// herself a passkey. With no second factor yet, the password has to do.
func (g *Gate) mayChange(ctx context.Context, r db.Reader, who Principal) (h holder, err error) {
	if h, err = loadHolder(ctx, r, who.Person); err != nil {
		return h, err
	}
	if h.second() && !who.Factors.Strong() {
		return h, fault.New(fault.Forbidden, "account.change_needs_second", nil)
	}
	return h, nil
}

// prepare checks a password for a person and hashes it, outside of transactions.
func (g *Gate) prepare(ctx context.Context, id ident.Person, password string) (string, error) {
	h, err := loadHolder(ctx, g.db, id)
	if err != nil {
		return "", err
	}
	if err := checkPassword(password, h.person, h.account); err != nil {
		return "", err
	}
	return g.hasher.hash(ctx, password)
}

// setPassword stores a password. Every other session ends, every other browser is
// a stranger again, and links to reset the password are void.
func setPassword(ctx context.Context, tx *db.Tx, id ident.Person, stored string, keep ident.Session, device Secret) error {
	now := db.At(tx.Now())
	_, err := tx.Exec(ctx, `UPDATE account SET password = ?, password_at = ?, updated_at = ? WHERE person_id = ?`, stored, now, now, id)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM ticket WHERE person_id = ? AND used_at IS NULL`, id); err != nil {
		return err
	}
	if err := EndSessions(ctx, tx, id, keep); err != nil {
		return err
	}
	if err := forgetDevices(ctx, tx, id, device); err != nil {
		return err
	}
	p, err := Load(ctx, tx, id)
	if err != nil {
		return err
	}
	return record(ctx, tx, "password", p, nil)
}

// ChangePassword gives the person another password, or her first. Her session
// goes on under another secret.
func (g *Gate) ChangePassword(ctx context.Context, v Visitor, who Principal, password string) (s Secret, err error) {
	defer fault.Wrap(&err, "people.ChangePassword")
	stored, err := g.prepare(ctx, who.Person, password)
	if err != nil {
		return "", err
	}
	err = g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, err := g.mayChange(ctx, tx, who); err != nil {
			return err
		}
		if err := setPassword(ctx, tx, who.Person, stored, who.Session, v.Device); err != nil {
			return err
		}
		s, err = raise(ctx, tx, who, who.Factors)
		return err
	})
	return s, err
}

// SetPassword gives somebody a password, without asking: for the demo.
func (g *Gate) SetPassword(ctx context.Context, id ident.Person, password string) (err error) {
	defer fault.Wrap(&err, "people.SetPassword(%s)", id)
	stored, err := g.prepare(ctx, id, password)
	if err != nil {
		return err
	}
	return g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return setPassword(ctx, tx, id, stored, "", "") })
}

// BeginOwnPasskey asks the person's browser to make a further passkey.
func (g *Gate) BeginOwnPasskey(ctx context.Context, who Principal) (c Challenge, err error) {
	defer fault.Wrap(&err, "people.BeginOwnPasskey")
	err = g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, err := g.mayChange(ctx, tx, who); err != nil {
			return err
		}
		c, err = beginAddPasskey(ctx, tx, who.Person)
		return err
	})
	return c, err
}

// AddPasskey keeps a further passkey. Her session counts as strong from now on,
// under another secret.
func (g *Gate) AddPasskey(ctx context.Context, who Principal, made Made) (s Secret, err error) {
	defer fault.Wrap(&err, "people.AddPasskey")
	err = g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, err := g.mayChange(ctx, tx, who); err != nil {
			return err
		}
		if err := addPasskey(ctx, tx, who.Person, made); err != nil {
			return err
		}
		s, err = raise(ctx, tx, who, ByPasskey)
		return err
	})
	return s, err
}

// RemovePasskey takes a passkey away; the last way to sign in stays.
func (g *Gate) RemovePasskey(ctx context.Context, who Principal, key string) (err error) {
	defer fault.Wrap(&err, "people.RemovePasskey")
	return g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		h, err := g.mayChange(ctx, tx, who)
		if err != nil {
			return err
		}
		if h.account.Password == "" && len(h.rows) == 1 {
			return fault.New(fault.Conflict, "account.passkey_last", nil)
		}
		n, err := tx.Exec(ctx, `DELETE FROM passkey WHERE id = ? AND person_id = ?`, key, who.Person)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "page.not_found", nil)
		}
		return record(ctx, tx, "passkey_remove", h.person, nil)
	})
}

// Suspend closes an account: all its sessions end, and nothing opens it.
func Suspend(ctx context.Context, tx *db.Tx, id ident.Person) (err error) {
	defer fault.Wrap(&err, "people.Suspend(%s)", id)
	if who, ok := PrincipalFrom(ctx); ok && who.Person == id {
		return fault.New(fault.Conflict, "account.suspend_self", nil)
	}
	return keepingAdministrator(ctx, tx, func() error {
		p, err := setState(ctx, tx, id, Suspended)
		if err != nil {
			return err
		}
		if err := EndSessions(ctx, tx, id, ""); err != nil {
			return err
		}
		if err := forgetDevices(ctx, tx, id, ""); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM ticket WHERE person_id = ? AND used_at IS NULL`, id); err != nil {
			return err
		}
		return record(ctx, tx, "suspend", p, nil)
	})
}

// Resume opens a closed account again.
func Resume(ctx context.Context, tx *db.Tx, id ident.Person) (err error) {
	defer fault.Wrap(&err, "people.Resume(%s)", id)
	p, err := setState(ctx, tx, id, Usable)
	if err != nil {
		return err
	}
	return record(ctx, tx, "resume", p, nil)
}

func setState(ctx context.Context, tx *db.Tx, id ident.Person, s State) (Person, error) {
	if _, err := LoadAccount(ctx, tx, id); err != nil {
		return Person{}, err
	}
	if err := Above(ctx, tx, id); err != nil {
		return Person{}, err
	}
	if _, err := tx.Exec(ctx, `UPDATE account SET state = ?, updated_at = ? WHERE person_id = ?`, s, db.At(tx.Now()), id); err != nil {
		return Person{}, err
	}
	return Load(ctx, tx, id)
}

// Suspend closes an account.
func (s *Store) Suspend(ctx context.Context, id ident.Person) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return Suspend(ctx, tx, id) })
}

// Resume opens a closed account again.
func (s *Store) Resume(ctx context.Context, id ident.Person) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return Resume(ctx, tx, id) })
}
