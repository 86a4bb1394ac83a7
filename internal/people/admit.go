package people

import (
	"context"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
)

// Inviter makes the secret of an invitation, by which a person sets how she signs
// in. It takes the place of an older one.
type Inviter func(ctx context.Context, tx *db.Tx, id ident.Person) (Secret, error)

// Step is something that is done to an account, such as to suspend it.
type Step func(ctx context.Context, tx *db.Tx, id ident.Person) error

// Take takes a step with somebody's account. Who does it must not be below her, and
// the federation must keep an administrator.
func Take(ctx context.Context, tx *db.Tx, id ident.Person, step Step) (err error) {
	defer fault.Wrap(&err, "people.Take(%s)", id)
	p, err := Load(ctx, tx, id)
	switch {
	case err != nil:
		return err
	case p.Status == Left:
		return fault.New(fault.Conflict, "people.has_left", nil)
	}
	if err := Above(ctx, tx, id); err != nil {
		return err
	}
	return keepingAdministrator(ctx, tx, func() error { return step(ctx, tx, id) })
}

// AdmitParams says whom to let in.
type AdmitParams struct {
	Org   ident.Org
	Names org.Names
	Lang  locale.Lang
	Login string      // a mail address, to which letters go then, or a short name
	Role  access.Role // "": none
	Below bool
	Until time.Time // of the role; zero: for good
}

// Admitted is who was let in, and the secret of her invitation.
type Admitted struct {
	Person Person
	Grant  Grant
	Secret Secret
}

// Admit lets somebody in: a person, her account, a role and an invitation, all of
// them or nothing. Without an inviter she is told in another way how to sign in.
func Admit(ctx context.Context, tx *db.Tx, p AdmitParams, invite Inviter) (out Admitted, err error) {
	defer fault.Wrap(&err, "people.Admit")
	if out.Person, err = Create(ctx, tx, p.Org, p.Names, p.Lang); err != nil {
		return out, err
	}
	email := ""
	if strings.Contains(p.Login, "@") {
		email = p.Login
	}
	if err := CreateAccount(ctx, tx, out.Person.ID, p.Login, email); err != nil {
		return out, err
	}
	if p.Role != "" {
		out.Grant, err = Give(ctx, tx, GiveParams{Person: out.Person.ID, Org: p.Org, Role: p.Role, Below: p.Below, Until: p.Until})
		if err != nil {
			return out, err
		}
	}
	if invite != nil {
		out.Secret, err = invite(ctx, tx, out.Person.ID)
	}
	return out, err
}

// InviteAgain makes another invitation, for somebody who lost hers. Who does it
// must not be below her: an invitation opens the account.
func InviteAgain(ctx context.Context, tx *db.Tx, id ident.Person, invite Inviter) (_ Secret, err error) {
	defer fault.Wrap(&err, "people.InviteAgain(%s)", id)
	p, err := Load(ctx, tx, id)
	if err != nil {
		return "", err
	}
	if p.Status == Left {
		return "", fault.New(fault.Conflict, "people.has_left", nil)
	}
	if err := Above(ctx, tx, id); err != nil {
		return "", err
	}
	return invite(ctx, tx, id)
}
