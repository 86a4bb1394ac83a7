package people

import (
	"context"
	"log/slog"
	"net/mail"
	"regexp"
	"strings"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// State says whether an account may be used.
type State string

// The states of an account.
const (
	Usable    State = "active"
	Suspended State = "suspended"
)

// Account is how a person signs in.
type Account struct {
	PersonID   ident.Person `bun:",pk"`
	Login      string       `personal:"purpose=sign in; keep=while here; export; erase"`
	Email      string       `personal:"purpose=letters about the account; keep=while here; export; erase"` // "" where she has none
	State      State
	Password   string `personal:"purpose=sign in; keep=while here; erase"` // an argon2id hash; "" where none is set
	PasswordAt db.Time
	TOTP       string `bun:"totp" personal:"purpose=second step; keep=while here; erase"` // sealed; "" where none is set up
	TOTPStep   int64  `bun:"totp_step"`                                                   // the last step a code was taken for
	WebauthnID string `bun:"webauthn_id" personal:"-"`                                    // names the account to passkeys, and says nothing about the person
	CreatedAt  db.Time
	UpdatedAt  db.Time
}

// LogValue keeps her name, address and secrets out of the log.
func (a Account) LogValue() slog.Value { return slog.StringValue("account of " + string(a.PersonID)) }

type accountRow struct {
	bun.BaseModel `bun:"table:account"`
	Account
}

// goodLogin is a name to sign in with, beside mail addresses: what a phone types
// without changing keyboards.
var goodLogin = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{2,39}$`)

// cleanLogin is the form in which logins are stored and compared.
func cleanLogin(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

func goodEmail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && len(s) <= 254 && !strings.ContainsAny(s, "\r\n")
}

// CreateAccount lets a person sign in, with a login that nobody has: a mail
// address, or a short name. email may be empty.
func CreateAccount(ctx context.Context, tx *db.Tx, id ident.Person, login, email string) (err error) {
	defer fault.Wrap(&err, "people.CreateAccount(%s)", id)
	if login, email, err = freeLogin(ctx, tx, id, login, email); err != nil {
		return err
	}
	p, err := Load(ctx, tx, id)
	if err != nil {
		return err
	}
	now := db.At(tx.Now())
	a := Account{PersonID: id, Login: login, Email: email, State: Usable, WebauthnID: string(newSecret()), CreatedAt: now, UpdatedAt: now}
	if err := tx.Insert(ctx, &accountRow{Account: a}); err != nil {
		return err
	}
	return record(ctx, tx, "account", p, nil)
}

// freeLogin tidies a name to sign in with and an address, and refuses those that are
// none, and a name that somebody else has.
func freeLogin(ctx context.Context, tx *db.Tx, of ident.Person, login, email string) (string, string, error) {
	login, email = cleanLogin(login), strings.ToLower(strings.TrimSpace(email)) // as it is looked for
	if !goodLogin.MatchString(login) && !goodEmail(login) {
		return "", "", fault.New(fault.Invalid, "people.login_invalid", nil)
	}
	if email != "" && !goodEmail(email) {
		return "", "", fault.New(fault.Invalid, "people.email_invalid", nil)
	}
	var taken int
	err := tx.Get(ctx, &taken, `SELECT COUNT(*) FROM account WHERE login = ? AND person_id <> ?`, login, of)
	if err == nil && taken > 0 {
		err = fault.New(fault.Conflict, "people.login_taken", nil)
	}
	return login, email, err
}

// ChangeLogin gives an account another name to sign in with, and another address for
// its letters. Passwords, passkeys and sessions stay; links in letters that are under
// way end, for they may have gone to an address that is hers no longer.
func ChangeLogin(ctx context.Context, tx *db.Tx, id ident.Person, login, email string) (err error) {
	defer fault.Wrap(&err, "people.ChangeLogin(%s)", id)
	if login, email, err = freeLogin(ctx, tx, id, login, email); err != nil {
		return err
	}
	a, err := LoadAccount(ctx, tx, id)
	if err != nil || a.Login == login && a.Email == email {
		return err
	}
	if err := Above(ctx, tx, id); err != nil {
		return err
	}
	p, err := Load(ctx, tx, id)
	if err != nil {
		return err
	}
	now := db.At(tx.Now())
	if _, err := tx.Exec(ctx, `UPDATE account SET login = ?, email = ?, updated_at = ? WHERE person_id = ?`, login, email, now, id); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE ticket SET used_at = ? WHERE person_id = ? AND used_at IS NULL`, now, id); err != nil {
		return err
	}
	return record(ctx, tx, "login", p, nil)
}

// ChangeLogin gives an account another name to sign in with.
func (s *Store) ChangeLogin(ctx context.Context, id ident.Person, login, email string) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return ChangeLogin(ctx, tx, id, login, email) })
}

// LoadAccount is a person's account.
func LoadAccount(ctx context.Context, r db.Reader, id ident.Person) (a Account, err error) {
	defer fault.Wrap(&err, "people.LoadAccount(%s)", id)
	err = r.Get(ctx, &a, `SELECT * FROM account WHERE person_id = ?`, id)
	return a, db.NotFound(err, "people.no_account", nil)
}
