package people

import (
	"context"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

func wrong() error { return fault.New(fault.Invalid, "account.wrong", nil) }

// findLogin finds who signs in with a name, if she may; else nobody. It is one row
// in either case, so that the time it takes to read says nothing.
func findLogin(ctx context.Context, r db.Reader, login string) (a Account, err error) {
	err = r.Get(ctx, &a, `SELECT COALESCE(f.person_id, '') AS person_id, COALESCE(f.login, '') AS login, COALESCE(f.password, '') AS password,
			COALESCE(f.totp, '') AS totp
		FROM (SELECT 1 AS one) AS always LEFT JOIN (
			SELECT a.person_id, a.login, a.password, a.totp FROM account AS a JOIN person AS p ON p.id = a.person_id AND p.status = 'active'
			WHERE a.login = ? AND a.state = 'active') AS f ON always.one = 1`, cleanLogin(login))
	return a, err
}

// SignIn lets in who knows an account's password or, where she set up codes,
// asks for one. Who has no account here hears the same, after the same time.
func (g *Gate) SignIn(ctx context.Context, v Visitor, login, password string) (e Entry, err error) {
	defer fault.Wrap(&err, "people.SignIn")
	a, err := findLogin(ctx, g.db, login)
	if err != nil {
		return e, err
	}
	here, err := known(ctx, g.db, g.db.Now(), v.Device, a.PersonID)
	if err != nil {
		return e, err
	}
	tries := guesses("login", cleanLogin(login), triesLogin, v, here)
	if err := g.spend(ctx, tries); err != nil {
		return e, err
	}
	ok, stale, err := g.hasher.check(ctx, here, a.Password, password)
	if err != nil {
		return e, err
	}
	if !ok {
		return e, wrong()
	}
	var again string
	if stale {
		if again, err = g.hasher.hash(ctx, password); err != nil {
			return e, err
		}
	}
	err = g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		e = Entry{}
		// She may have been suspended, or have another password, since.
		if still, err := findLogin(ctx, tx, login); err != nil || still.PersonID != a.PersonID || still.Password != a.Password {
			return errOr(err, wrong)
		}
		if err := refund(ctx, tx, tries); err != nil {
			return err
		}
		if again != "" {
			if _, err := tx.Exec(ctx, `UPDATE account SET password = ? WHERE person_id = ?`, again, a.PersonID); err != nil {
				return err
			}
		}
		if a.TOTP != "" {
			e.Ceremony, err = begin(ctx, tx, ceremonyRow{Purpose: toCode, PersonID: a.PersonID})
			return err
		}
		e, err = enter(ctx, tx, v, a.PersonID, ByPassword)
		return err
	})
	return e, err
}

// errOr is err, or what other makes where there is none.
func errOr(err error, other func() error) error {
	if err != nil {
		return err
	}
	return other()
}

// SignInCode lets in who knows a code, after her password. A wrong one opens
// another ceremony, since each is good for one try.
func (g *Gate) SignInCode(ctx context.Context, v Visitor, ceremony Secret, code string) (e Entry, err error) {
	defer fault.Wrap(&err, "people.SignInCode")
	var id ident.Person
	err = g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		c, err := take(ctx, tx, ceremony, toCode, "")
		id = c.PersonID
		return err
	})
	if err != nil {
		return e, err
	}
	here, err := known(ctx, g.db, g.db.Now(), v.Device, id)
	if err != nil {
		return e, err
	}
	tries := guesses("code", string(id), triesCode, v, here)
	if err := g.spend(ctx, tries); err != nil {
		return e, err
	}
	err = g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		e = Entry{}
		if err := present(ctx, tx, id); fault.Is(err, fault.Unauthenticated) {
			return wrong()
		} else if err != nil {
			return err
		}
		ok, err := g.checkCode(ctx, tx, id, code)
		if err != nil {
			return err
		}
		if !ok {
			e.Ceremony, err = begin(ctx, tx, ceremonyRow{Purpose: toCode, PersonID: id})
			return err
		}
		if err := refund(ctx, tx, tries); err != nil {
			return err
		}
		e, err = enter(ctx, tx, v, id, ByBoth)
		return err
	})
	if err == nil && e.Ceremony != "" {
		err = fault.New(fault.Invalid, "account.code_wrong", nil)
	}
	return e, err
}

// Proofs are the ways in which a person can prove once more who she is.
type Proofs struct {
	Passkey  bool
	Password bool
	Code     bool // beside the password
}

// second says whether there is a second factor.
func (h holder) second() bool { return len(h.rows) > 0 || h.account.TOTP != "" }

// proofs lists them: a password alone does where there is nothing better.
func (h holder) proofs() Proofs {
	return Proofs{
		Passkey: len(h.rows) > 0, Code: h.account.TOTP != "",
		Password: h.account.Password != "" && (h.account.TOTP != "" || len(h.rows) == 0),
	}
}

// Proofs says how a person can prove who she is.
func (g *Gate) Proofs(ctx context.Context, id ident.Person) (Proofs, error) {
	h, err := loadHolder(ctx, g.db, id)
	return h.proofs(), err
}

// Verify takes a password, and a code where codes are set up, as a fresh proof. The
// session gets another secret.
func (g *Gate) Verify(ctx context.Context, v Visitor, who Principal, password, code string) (s Secret, err error) {
	defer fault.Wrap(&err, "people.Verify")
	h, err := loadHolder(ctx, g.db, who.Person)
	if err != nil {
		return "", err
	}
	if !h.proofs().Password {
		return "", fault.New(fault.Conflict, "account.verify_passkey", nil)
	}
	here, err := known(ctx, g.db, g.db.Now(), v.Device, who.Person)
	if err != nil {
		return "", err
	}
	tries := guesses("verify", string(who.Person), triesCode, v, here)
	if err := g.spend(ctx, tries); err != nil {
		return "", err
	}
	ok, _, err := g.hasher.check(ctx, here, h.account.Password, password)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", fault.New(fault.Invalid, "account.password_wrong", nil)
	}
	err = g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		how := ByPassword
		if h.account.TOTP != "" {
			if ok, err := g.checkCode(ctx, tx, who.Person, code); err != nil || !ok {
				return errOr(err, func() error { return fault.New(fault.Invalid, "account.code_wrong", nil) })
			}
			how = ByBoth
		}
		if err := refund(ctx, tx, tries); err != nil {
			return err
		}
		s, err = raise(ctx, tx, who, stronger(who.Factors, how))
		return err
	})
	return s, err
}

// VerifyPasskey takes a passkey as a fresh proof.
func (g *Gate) VerifyPasskey(ctx context.Context, who Principal, ceremony Secret, answer string) (s Secret, err error) {
	defer fault.Wrap(&err, "people.VerifyPasskey")
	err = g.proved(ctx, ceremony, answer, who.Person, func(ctx context.Context, tx *db.Tx, _ proof) error {
		s, err = raise(ctx, tx, who, ByPasskey)
		return err
	})
	return s, err
}

// stronger is the better of two proofs.
func stronger(a, b Factors) Factors {
	if a.Strong() && !b.Strong() {
		return a
	}
	return b
}

// raise notes that somebody proved who she is, in a session with a new secret.
func raise(ctx context.Context, tx *db.Tx, who Principal, how Factors) (Secret, error) {
	secret := newSecret()
	n, err := tx.Exec(ctx, `UPDATE session SET hash = ?, factors = ?, verified_at = ? WHERE id = ? AND person_id = ?`,
		secret.hash(), how, db.At(tx.Now()), who.Session, who.Person)
	if err == nil && n == 0 {
		err = fault.New(fault.Unauthenticated, "access.reason_signed_out", nil)
	}
	return secret, err
}

// SignOut ends the session that a browser holds. It works in every state that a
// session may be in, so that it is not guarded.
func (g *Gate) SignOut(ctx context.Context, who Principal) error {
	return g.db.Tx(context.WithValue(ctx, principalKey{}, nil), func(ctx context.Context, tx *db.Tx) error { return EndSession(ctx, tx, who.Person, who.Session) })
}
