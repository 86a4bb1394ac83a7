package people

import (
	"context"
	"crypto/subtle"
	"encoding/base32"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/seal"
)

// codeStep is how long an authenticator shows one code.
const codeStep = 30

// codesAtHand is how many recovery codes a person is given.
const codesAtHand = 10

type recoveryRow struct {
	bun.BaseModel `bun:"table:recovery_code"`

	PersonID ident.Person `bun:",pk"`
	Hash     string       `bun:",pk" personal:"purpose=sign in without the telephone; keep=while here; erase"`
	UsedAt   db.Time
}

// totpPlace is where the secret of a person's authenticator is kept.
func totpPlace(id ident.Person) seal.Place {
	return seal.Place{Table: "account", Row: string(id), Column: "totp"}
}

// stepOf finds for which step a code holds, of those that a clock a little fast
// or slow may show. No step counts twice.
func stepOf(secret, code string, at time.Time, last int64) (step int64, ok bool) {
	now := at.Unix() / codeStep
	for s := now - 1; s <= now+1; s++ {
		want, err := hotp.GenerateCodeCustom(secret, uint64(s), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}) //nolint:gosec // after 1970
		if err == nil && s > last && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			step, ok = s, true
		}
	}
	return step, ok
}

// tidyCode is a code without the spaces and hyphens that people put into it.
func tidyCode(s string) string {
	s = strings.ToLower(strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '-' || r == '　' || r == '\t':
			return -1
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		}
		return r
	}, s))
	if len(s) == 6 {
		return s
	}
	return strings.NewReplacer("o", "0", "i", "1", "l", "1").Replace(s)
}

// checkCode says whether a code is right, and uses it up.
func (g *Gate) checkCode(ctx context.Context, tx *db.Tx, id ident.Person, code string) (bool, error) {
	a, err := LoadAccount(ctx, tx, id)
	if err != nil || a.TOTP == "" {
		return false, err
	}
	if code = tidyCode(code); len(code) != 6 {
		n, err := tx.Exec(ctx, `UPDATE recovery_code SET used_at = ? WHERE person_id = ? AND hash = ? AND used_at IS NULL`, db.At(tx.Now()), id, recoveryHash(id, code))
		if err != nil || n == 0 {
			return false, err
		}
		p, err := Load(ctx, tx, id)
		if err != nil {
			return false, err
		}
		return true, record(ctx, tx, "recovery_code", p, nil)
	}
	secret, err := g.codes.Open(a.TOTP, totpPlace(id))
	if err != nil {
		return false, fault.Because(err, fault.Conflict, "account.codes_unreadable", nil)
	}
	step, ok := stepOf(secret, code, tx.Now(), a.TOTPStep)
	if !ok {
		return false, nil
	}
	n, err := tx.Exec(ctx, `UPDATE account SET totp_step = ? WHERE person_id = ? AND totp_step < ?`, step, id, step)
	return n > 0, err
}

// CheckCodes counts the accounts with codes on a phone, and those of them whose
// secret the key at hand does not open.
func (g *Gate) CheckCodes(ctx context.Context) (sealed, unreadable int, err error) {
	defer fault.Wrap(&err, "people.CheckCodes")
	var list []struct {
		PersonID ident.Person
		TOTP     string `bun:"totp" personal:"purpose=second step; keep=while here; erase"`
	}
	err = g.db.Select(ctx, &list, `SELECT person_id, totp FROM account WHERE totp <> ''`)
	for _, a := range list {
		if _, err := g.codes.Open(a.TOTP, totpPlace(a.PersonID)); err != nil {
			unreadable++
		}
	}
	return len(list), unreadable, err
}

// recoveryAlphabet leaves out letters that look like others.
const recoveryAlphabet = "0123456789abcdefghjkmnpqrstvwxyz"

// newRecoveryCode is 80 random bits in four groups: written down, not learned.
func newRecoveryCode() string {
	s := base32.NewEncoding(recoveryAlphabet).EncodeToString(random(10))
	return s[:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:]
}

func recoveryHash(id ident.Person, code string) string {
	return Secret(string(id) + " " + tidyCode(code)).hash()
}

// renewRecovery gives a person new recovery codes; older ones are void.
func renewRecovery(ctx context.Context, tx *db.Tx, id ident.Person) ([]string, error) {
	if _, err := tx.Exec(ctx, `DELETE FROM recovery_code WHERE person_id = ?`, id); err != nil {
		return nil, err
	}
	codes, rows := make([]string, codesAtHand), make([]recoveryRow, codesAtHand)
	for i := range codes {
		codes[i] = newRecoveryCode()
		rows[i] = recoveryRow{PersonID: id, Hash: recoveryHash(id, codes[i])}
	}
	return codes, tx.Insert(ctx, &rows)
}

// CodeSetup is what a person enters into her authenticator.
type CodeSetup struct {
	Ceremony Secret
	Secret   Secret // as text, for who cannot scan
	Address  Secret // otpauth://…, for the picture to scan
}

// BeginCodes makes the secret of an authenticator. It counts once a code of it
// was entered.
func (g *Gate) BeginCodes(ctx context.Context, who Principal) (c CodeSetup, err error) {
	defer fault.Wrap(&err, "people.BeginCodes")
	err = g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		h, err := g.mayChange(ctx, tx, who)
		if err != nil {
			return err
		}
		judge, err := siteName(ctx, tx, h.person.Lang)
		if err != nil {
			return err
		}
		key, err := totp.Generate(totp.GenerateOpts{Issuer: judge, AccountName: h.account.Login})
		if err != nil {
			return err
		}
		c.Secret, c.Address = Secret(key.Secret()), Secret(key.URL())
		c.Ceremony, err = g.keepCode(ctx, tx, who.Person, key.Secret())
		return err
	})
	return c, err
}

// keepCode opens the ceremony in which a secret waits for its first code.
func (g *Gate) keepCode(ctx context.Context, tx *db.Tx, id ident.Person, secret string) (Secret, error) {
	sealed, err := g.codes.Seal(secret, totpPlace(id))
	if err != nil {
		return "", err
	}
	return begin(ctx, tx, ceremonyRow{Purpose: toSetCode, PersonID: id, Data: sealed})
}

// CodesSet is what came of entering the first code.
type CodesSet struct {
	Recovery []string  `personal:"-"` // shown once
	Session  Secret    // takes the place of the one she has
	Again    CodeSetup // where the code was wrong: the same secret, once more
}

// ConfirmCodes ends the set-up of codes with the first of them.
func (g *Gate) ConfirmCodes(ctx context.Context, who Principal, ceremony Secret, code string) (s CodesSet, err error) {
	defer fault.Wrap(&err, "people.ConfirmCodes")
	if err := g.spend(ctx, []budget{{about("set-code", string(who.Person)), 4 * triesCode}}); err != nil {
		return s, err
	}
	err = g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		s = CodesSet{}
		h, err := g.mayChange(ctx, tx, who)
		if err != nil {
			return err
		}
		c, err := take(ctx, tx, ceremony, toSetCode, who.Person)
		if err != nil {
			return err
		}
		secret, err := g.codes.Open(c.Data, totpPlace(who.Person))
		if err != nil {
			return err
		}
		step, ok := stepOf(secret, tidyCode(code), tx.Now(), 0)
		if !ok {
			name, err := siteName(ctx, tx, h.person.Lang)
			if err != nil {
				return err
			}
			s.Again = CodeSetup{Secret: Secret(secret), Address: Secret(codeAddress(name, h.account.Login, secret))}
			s.Again.Ceremony, err = g.keepCode(ctx, tx, who.Person, secret)
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE account SET totp = ?, totp_step = ?, updated_at = ? WHERE person_id = ?`, c.Data, step, db.At(tx.Now()), who.Person)
		if err != nil {
			return err
		}
		if s.Recovery, err = renewRecovery(ctx, tx, who.Person); err != nil {
			return err
		}
		if s.Session, err = raise(ctx, tx, who, stronger(who.Factors, ByBoth)); err != nil {
			return err
		}
		return record(ctx, tx, "codes_set", h.person, nil)
	})
	if err == nil && s.Again.Ceremony != "" {
		err = fault.New(fault.Invalid, "account.code_wrong", nil)
	}
	return s, err
}

// codeAddress is the address that an authenticator reads.
func codeAddress(site, login, secret string) string {
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		return ""
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: site, AccountName: login, Secret: raw})
	if err != nil {
		return ""
	}
	return key.URL()
}

// RenewRecovery gives a person new recovery codes.
func (g *Gate) RenewRecovery(ctx context.Context, who Principal) (codes []string, err error) {
	defer fault.Wrap(&err, "people.RenewRecovery")
	err = g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		h, err := g.mayChange(ctx, tx, who)
		if err != nil {
			return err
		}
		if h.account.TOTP == "" {
			return fault.New(fault.Conflict, "account.codes_none", nil)
		}
		if codes, err = renewRecovery(ctx, tx, who.Person); err != nil {
			return err
		}
		return record(ctx, tx, "recovery_renewed", h.person, nil)
	})
	return codes, err
}

// RemoveCodes ends codes as a second step.
func (g *Gate) RemoveCodes(ctx context.Context, who Principal) (err error) {
	defer fault.Wrap(&err, "people.RemoveCodes")
	return g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		h, err := g.mayChange(ctx, tx, who)
		if err != nil || h.account.TOTP == "" {
			return err
		}
		if err := clearCodes(ctx, tx, who.Person); err != nil {
			return err
		}
		return record(ctx, tx, "codes_removed", h.person, nil)
	})
}

func clearCodes(ctx context.Context, tx *db.Tx, id ident.Person) error {
	if _, err := tx.Exec(ctx, `UPDATE account SET totp = '', updated_at = ? WHERE person_id = ?`, db.At(tx.Now()), id); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM recovery_code WHERE person_id = ?`, id)
	return err
}

// RecoveryLeft is how many recovery codes a person has left.
func (g *Gate) RecoveryLeft(ctx context.Context, id ident.Person) (n int, err error) {
	err = g.db.Get(ctx, &n, `SELECT COUNT(*) FROM recovery_code WHERE person_id = ? AND used_at IS NULL`, id)
	return n, err
}
