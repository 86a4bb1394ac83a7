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

// Inviter makes the link of an invitation, by which a person chooses how she signs
// in. It takes the place of an older one. A Gate has one: InviteIn.
type Inviter func(ctx context.Context, tx *db.Tx, id ident.Person) (Link, error)

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

// Admitted is who was let in, and the link of her invitation.
type Admitted struct {
	Person Person
	Grant  Grant
	Link   Link
}

// Admit lets somebody in: a person, her account, a role and an invitation, all of
// them or nothing.
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
	out.Link, err = invite(ctx, tx, out.Person.ID)
	return out, err
}
