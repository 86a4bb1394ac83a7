package people

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// Token is what a program of a person's signs in with. It may do what it was made
// for, as far as its owner may do it at that moment.
type Token struct {
	ID        ident.Token `bun:",pk"`
	PersonID  ident.Person
	Name      string                   `personal:"purpose=tell tokens apart; keep=while here; export; erase"`
	Scopes    db.JSON[[]access.Action] `personal:"-"`
	CreatedAt db.Time
	ExpiresAt db.Time
	UsedAt    db.Time
	RevokedAt db.Time
}

type tokenRow struct {
	bun.BaseModel `bun:"table:api_token"`
	Token
	Hash string `personal:"-"`
}

// Over says whether the token opens nothing any more.
func (t Token) Over(at time.Time) bool { return !t.RevokedAt.IsZero() || !at.Before(t.ExpiresAt.Time) }

// The limits of tokens, and what their secrets begin with, so that one is known
// where it turns up by mistake.
const (
	maxTokens    = 20 // that are open at once
	maxTokenDays = 365
	maxTokenName = 60
	tokenMark    = "huiguan_"
)

// TokenParams says which token to make.
type TokenParams struct {
	Name   string
	Scopes []access.Action
	Days   int // until it ends
}

// TokenActions lists the actions that a person's tokens may be made for: those
// that she may do somewhere, by the way in which she signed in.
func TokenActions(ctx context.Context, r db.Reader, at time.Time, who Principal) ([]access.Action, error) {
	a, err := who.actor(ctx, r)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(access.Actions(), func(action access.Action) bool {
		return !action.ForTokens() || access.ScopeOf(at, a, action).Empty()
	}), nil
}

// CreateToken makes a token for who is signed in. Its secret is told this once.
func CreateToken(ctx context.Context, tx *db.Tx, who Principal, p TokenParams) (_ Token, _ Secret, err error) {
	defer fault.Wrap(&err, "people.CreateToken(%s)", who.Person)
	p.Name = strings.Join(strings.Fields(p.Name), " ")
	may, err := TokenActions(ctx, tx, tx.Now(), who)
	if err != nil {
		return Token{}, "", err
	}
	switch {
	case who.Token != "":
		return Token{}, "", fault.New(fault.Forbidden, "access.reason_no_scope", nil)
	case p.Name == "" || len([]rune(p.Name)) > maxTokenName:
		return Token{}, "", fault.New(fault.Invalid, "people.token_name", fault.Args{"max": maxTokenName})
	case p.Days < 1 || p.Days > maxTokenDays:
		return Token{}, "", fault.New(fault.Invalid, "people.token_days", fault.Args{"max": maxTokenDays})
	case len(p.Scopes) == 0:
		return Token{}, "", fault.New(fault.Invalid, "people.token_scopes", nil)
	}
	for _, s := range p.Scopes {
		if !slices.Contains(may, s) {
			return Token{}, "", fault.New(fault.Forbidden, "people.token_too_much", nil)
		}
	}
	var open int
	err = tx.Get(ctx, &open, `SELECT COUNT(*) FROM api_token WHERE person_id = ? AND revoked_at IS NULL AND expires_at > ?`, who.Person, db.At(tx.Now()))
	if err != nil {
		return Token{}, "", err
	}
	if open >= maxTokens {
		return Token{}, "", fault.New(fault.Conflict, "people.token_many", fault.Args{"max": maxTokens})
	}
	slices.Sort(p.Scopes)
	t := Token{
		ID: ident.New[ident.Token](tx.Now()), PersonID: who.Person, Name: p.Name, Scopes: db.JSON[[]access.Action]{V: slices.Compact(p.Scopes)},
		CreatedAt: db.At(tx.Now()), ExpiresAt: db.At(tx.Now().Add(time.Duration(p.Days) * 24 * time.Hour)),
	}
	secret := tokenMark + newSecret()
	if err := tx.Insert(ctx, &tokenRow{Token: t, Hash: secret.hash()}); err != nil {
		return t, "", err
	}
	return t, secret, recordToken(ctx, tx, "create", t)
}

// RevokeToken ends one of a person's tokens.
func RevokeToken(ctx context.Context, tx *db.Tx, of ident.Person, id ident.Token) (err error) {
	defer fault.Wrap(&err, "people.RevokeToken(%s)", id)
	var t Token
	err = tx.Get(ctx, &t, selectTokens+`WHERE t.id = ? AND t.person_id = ?`, id, of)
	if err != nil {
		return db.NotFound(err, "people.token_not_found", nil)
	}
	if !t.RevokedAt.IsZero() {
		return nil
	}
	if _, err := tx.Exec(ctx, `UPDATE api_token SET revoked_at = ? WHERE id = ?`, db.At(tx.Now()), id); err != nil {
		return err
	}
	return recordToken(ctx, tx, "revoke", t)
}

// selectTokens reads all of a token but what opens it.
const selectTokens = `SELECT t.id, t.person_id, t.name, t.scopes, t.created_at, t.expires_at, t.used_at, t.revoked_at FROM api_token AS t `

// Tokens lists a person's tokens, the newest first.
func Tokens(ctx context.Context, r db.Reader, id ident.Person) (out []Token, err error) {
	defer fault.Wrap(&err, "people.Tokens(%s)", id)
	err = r.Select(ctx, &out, selectTokens+`WHERE t.person_id = ? ORDER BY t.id DESC LIMIT 200`, id)
	return out, err
}

// OpenToken finds who holds a token's secret: nobody, where it has ended or was
// taken back, or its owner may no longer sign in. Now and then it notes that the
// token is used.
func (s *Store) OpenToken(ctx context.Context, secret Secret) (_ Principal, _ Token, ok bool, err error) {
	defer fault.Wrap(&err, "people.OpenToken")
	now := s.db.Now()
	var found []Token
	err = s.db.Select(ctx, &found, selectTokens+`JOIN person AS p ON p.id = t.person_id AND p.status = 'active'
		JOIN account AS a ON a.person_id = t.person_id AND a.state = 'active' WHERE t.hash = ? AND t.revoked_at IS NULL AND t.expires_at > ?`, secret.hash(), db.At(now))
	if err != nil || len(found) == 0 {
		return Principal{}, Token{}, false, err
	}
	t := found[0]
	if now.Sub(t.UsedAt.Time) > seenEvery {
		err = s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE api_token SET used_at = ? WHERE id = ?`, db.At(now), t.ID)
			return err
		})
	}
	return Principal{Person: t.PersonID, Token: t.ID, Scopes: slices.Clip(append([]access.Action{}, t.Scopes.V...))}, t, err == nil, err
}

func recordToken(ctx context.Context, tx *db.Tx, action string, t Token) error {
	p, err := Load(ctx, tx, t.PersonID)
	if err != nil {
		return err
	}
	words := make([]string, 0, len(t.Scopes.V))
	for _, s := range t.Scopes.V {
		words = append(words, string(s))
	}
	return audit.Write(ctx, tx, audit.Entry{
		Action: "token." + action, Org: p.OrgID, ObjectKind: "token", ObjectID: string(t.ID),
		Detail: map[string]string{"person": string(t.PersonID), "scopes": strings.Join(words, " ")},
	})
}
