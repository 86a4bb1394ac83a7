package people

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
)

// Grant is a role that a person has at an organisation, as it is stored.
type Grant struct {
	ID        ident.Grant `bun:",pk"`
	PersonID  ident.Person
	OrgID     ident.Org
	Role      access.Role
	Below     bool
	FromAt    db.Time
	UntilAt   db.Time
	GrantedBy string `personal:"-"` // a person's id, or a part of the program
	CreatedAt db.Time
	RevokedAt db.Time
	RevokedBy string `personal:"-"`
}

type grantRow struct {
	bun.BaseModel `bun:"table:role_grant"`
	Grant
}

// at makes the value that access decides by.
func (g Grant) at(path string) access.Grant {
	return access.Grant{ID: g.ID, Org: g.OrgID, Path: path, Role: g.Role, Below: g.Below, From: g.FromAt.Time, Until: g.UntilAt.Time}
}

// placed is a grant with the path of its organisation as the tree is now.
type placed struct {
	Grant
	Path string
}

// ActorOf is a person with all grants that were not taken back, those of the
// past and of the future with them, since they explain a refusal. A person who
// left has none. One whose account is suspended keeps hers, though nobody can use
// them: who may deal with her account depends on what she could do with it.
func ActorOf(ctx context.Context, r db.Reader, id ident.Person) (_ access.Actor, err error) {
	defer fault.Wrap(&err, "people.ActorOf(%s)", id)
	var rows []placed
	err = r.Select(ctx, &rows, `SELECT g.*, o.path FROM role_grant AS g JOIN organisation AS o ON o.id = g.org_id
		JOIN person AS p ON p.id = g.person_id AND p.status = 'active'
		WHERE g.person_id = ? AND g.revoked_at IS NULL ORDER BY o.path, g.id`, id)
	a := access.Actor{Person: id}
	for _, row := range rows {
		a.Grants = append(a.Grants, row.at(row.Path))
	}
	return a, err
}

// GiveParams says which role to give.
type GiveParams struct {
	Person ident.Person
	Org    ident.Org
	Role   access.Role
	Below  bool
	From   time.Time // zero: at once
	Until  time.Time // zero: for good
}

// Give gives a person a role. A signed-in giver gives no more than she has.
func Give(ctx context.Context, tx *db.Tx, p GiveParams) (_ Grant, err error) {
	defer fault.Wrap(&err, "people.Give")
	if !p.Role.Known() {
		return Grant{}, fault.New(fault.Invalid, "people.role_unknown", fault.Args{"role": p.Role})
	}
	if !p.Until.IsZero() && (!p.Until.After(tx.Now()) || p.Until.Before(p.From)) {
		return Grant{}, fault.New(fault.Invalid, "people.until_past", nil)
	}
	person, err := Load(ctx, tx, p.Person)
	if err != nil {
		return Grant{}, err
	}
	if person.Status == Left {
		return Grant{}, fault.New(fault.Conflict, "people.has_left", nil)
	}
	if err := refuseTwice(ctx, tx, p); err != nil {
		return Grant{}, err
	}
	g := Grant{
		ID: ident.New[ident.Grant](tx.Now()), PersonID: p.Person, OrgID: p.Org, Role: p.Role, Below: p.Below,
		FromAt: db.At(p.From), UntilAt: db.At(p.Until), GrantedBy: audit.Actor(ctx), CreatedAt: db.At(tx.Now()),
	}
	if err := mayGive(ctx, tx, g); err != nil {
		return Grant{}, err
	}
	if err := tx.Insert(ctx, &grantRow{Grant: g}); err != nil {
		return Grant{}, err
	}
	return g, recordGrant(ctx, tx, "give", g)
}

// mayGive refuses a signed-in person what she may not give or take back.
func mayGive(ctx context.Context, tx *db.Tx, g Grant) error {
	o, err := org.Load(ctx, tx, g.OrgID)
	if err != nil {
		return err
	}
	who, ok := PrincipalFrom(ctx)
	if !ok {
		return nil
	}
	giver, err := who.actor(ctx, tx)
	if err != nil {
		return err
	}
	return access.MayGive(tx.Now(), giver, g.at(o.Path)).Err()
}

// LoadGrant is the grant of that id.
func LoadGrant(ctx context.Context, r db.Reader, id ident.Grant) (g Grant, err error) {
	defer fault.Wrap(&err, "people.LoadGrant(%s)", id)
	err = r.Get(ctx, &g, `SELECT * FROM role_grant WHERE id = ?`, id)
	return g, db.NotFound(err, "people.grant_not_found", nil)
}

// Revoke takes a role back. The last administrator of the whole federation
// stays one, so that nobody locks everyone out.
func Revoke(ctx context.Context, tx *db.Tx, id ident.Grant) (err error) {
	defer fault.Wrap(&err, "people.Revoke(%s)", id)
	g, err := LoadGrant(ctx, tx, id)
	if err != nil || !g.RevokedAt.IsZero() {
		return err
	}
	if err := mayGive(ctx, tx, g); err != nil {
		return err
	}
	return keepingAdministrator(ctx, tx, func() error {
		_, err := tx.Exec(ctx, `UPDATE role_grant SET revoked_at = ?, revoked_by = ? WHERE id = ?`, db.At(tx.Now()), audit.Actor(ctx), id)
		if err != nil {
			return err
		}
		return recordGrant(ctx, tx, "revoke", g)
	})
}

// keepAdministrator refuses a change after which nobody could administer the
// whole federation: somebody who can sign in, for good, from the root down.
func keepAdministrator(ctx context.Context, tx *db.Tx) error {
	if _, signedIn := PrincipalFrom(ctx); !signedIn {
		return nil // whoever runs the server can always make an administrator
	}
	n, err := administrators(ctx, tx)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "access.reason_last_admin", fault.Args{})
	}
	return err
}

// administrators counts who can administer the whole federation for good.
func administrators(ctx context.Context, tx *db.Tx) (n int, err error) {
	err = tx.Get(ctx, &n, `SELECT COUNT(*) FROM role_grant AS g
		JOIN organisation AS o ON o.id = g.org_id AND o.parent_id IS NULL
		JOIN person AS p ON p.id = g.person_id AND p.status = 'active'
		JOIN account AS a ON a.person_id = p.id AND a.state = 'active' AND (a.password <> '' OR EXISTS (SELECT 1 FROM passkey AS k WHERE k.person_id = p.id))
		WHERE g.role = ? AND g.below AND g.revoked_at IS NULL AND g.until_at IS NULL AND (g.from_at IS NULL OR g.from_at <= ?)`,
		access.Administrator, db.At(tx.Now()))
	return n, err
}

// Granted is a grant as lists show it.
type Granted struct {
	Grant
	Path string    // of its organisation
	Org  org.Names `bun:"embed:org_"`
}

// At makes the value that access decides by.
func (g Granted) At() access.Grant { return g.at(g.Path) }

// selectGranted reads grants with what lists show beside them.
const selectGranted = `SELECT g.*, o.path, o.name_hant AS org_hant, o.name_hans AS org_hans, o.name_en AS org_en
	FROM role_grant AS g JOIN organisation AS o ON o.id = g.org_id `

// GrantsOf lists a person's grants, those of the past with them, newest last.
func GrantsOf(ctx context.Context, r db.Reader, id ident.Person) (out []Granted, err error) {
	defer fault.Wrap(&err, "people.GrantsOf(%s)", id)
	err = r.Select(ctx, &out, selectGranted+`WHERE g.person_id = ? ORDER BY g.revoked_at IS NOT NULL, o.path, g.id`, id)
	return out, err
}

func recordGrant(ctx context.Context, tx *db.Tx, action string, g Grant) error {
	detail := map[string]string{"person": string(g.PersonID), "role": string(g.Role), "reach": "here"}
	if g.Below {
		detail["reach"] = "below"
	}
	if !g.UntilAt.IsZero() {
		detail["until"] = g.UntilAt.UTC().Format(time.RFC3339)
	}
	return audit.Write(ctx, tx, audit.Entry{Action: "grant." + action, Org: g.OrgID, ObjectKind: "grant", ObjectID: string(g.ID), Detail: detail})
}
