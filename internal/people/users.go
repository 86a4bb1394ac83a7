package people

import (
	"context"
	"slices"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// User is somebody who signs in, as the command line lists her.
type User struct {
	Person  Person
	Account Account
	Joined  bool // she has a way to sign in
	Second  bool // and a second factor
	Grants  []Granted
}

// Users lists who signs in, by login.
func (g *Gate) Users(ctx context.Context) (out []User, err error) {
	defer fault.Wrap(&err, "people.Users")
	var ids []ident.Person
	if err := g.db.Select(ctx, &ids, `SELECT person_id FROM account ORDER BY login`); err != nil {
		return nil, err
	}
	for _, id := range ids {
		u, err := g.user(ctx, id)
		if err != nil {
			return nil, err
		}
		out = append(out, u)
	}
	return out, nil
}

// User finds who signs in with a login, whatever the state of her account.
func (g *Gate) User(ctx context.Context, login string) (u User, err error) {
	defer fault.Wrap(&err, "people.User")
	var id ident.Person
	err = g.db.Get(ctx, &id, `SELECT person_id FROM account WHERE login = ?`, cleanLogin(login))
	if err != nil {
		return u, db.NotFound(err, "account.login_unknown", fault.Args{"login": login})
	}
	return g.user(ctx, id)
}

func (g *Gate) user(ctx context.Context, id ident.Person) (u User, err error) {
	h, err := loadHolder(ctx, g.db, id)
	if err != nil {
		return u, err
	}
	u = User{Person: h.person, Account: h.account, Joined: h.account.Password != "" || len(h.rows) > 0, Second: h.second()}
	u.Grants, err = heldOf(ctx, g.db, id)
	return u, err
}

// heldOf lists the roles of a person that were not taken back.
func heldOf(ctx context.Context, r db.Reader, id ident.Person) ([]Granted, error) {
	list, err := GrantsOf(ctx, r, id)
	return slices.DeleteFunc(list, func(g Granted) bool { return !g.RevokedAt.IsZero() }), err
}
