package people

import (
	"context"
	"crypto/subtle"
	"strings"
	"sync"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
)

// setupCode is the code that proves that somebody reads the console of this
// process. It is kept in memory only.
type setupCode struct {
	mu   sync.Mutex
	code string
}

// usable says whether an account has a way to sign in.
func usable(ctx context.Context, r db.Reader) (bool, error) {
	var n int
	err := r.Get(ctx, &n, `SELECT COUNT(*) FROM account AS a WHERE a.state = 'active'
		AND (a.password <> '' OR EXISTS (SELECT 1 FROM passkey AS k WHERE k.person_id = a.person_id))`)
	return n > 0, err
}

// Usable says whether somebody can sign in at all. Where nobody can, the set-up
// page makes the first administrator.
func (g *Gate) Usable(ctx context.Context) (bool, error) { return usable(ctx, g.db) }

// OfferSetup makes the code that the set-up page asks for, to be printed where
// only whoever runs the server reads it.
func (g *Gate) OfferSetup() string {
	g.setup.mu.Lock()
	defer g.setup.mu.Unlock()
	if g.setup.code == "" {
		g.setup.code = strings.ToUpper(newRecoveryCode()[:14])
	}
	return g.setup.code
}

// matches compares what was typed with the code.
func (s *setupCode) matches(typed string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.code != "" && subtle.ConstantTimeCompare([]byte(tidyCode(s.code)), []byte(tidyCode(typed))) == 1
}

// SetupParams is what the set-up page asks.
type SetupParams struct {
	Code       string
	Federation *org.InitParams // nil where there is one
	Name       org.Names
	Lang       locale.Lang
	Login      string `personal:"purpose=sign in; keep=while here; export; erase"`
	Email      string `personal:"purpose=letters about the account; keep=while here; export; erase"`
}

// SetUp makes the first administrator, and the federation where there is none.
// The link opens her account.
func (g *Gate) SetUp(ctx context.Context, v Visitor, p SetupParams) (l Link, err error) {
	defer fault.Wrap(&err, "people.SetUp")
	if err := g.spend(ctx, []budget{{"setup:" + v.Network, triesSetup}, {"setup", 2 * triesSetup}}); err != nil {
		return l, err
	}
	if !g.setup.matches(p.Code) {
		return l, fault.New(fault.Invalid, "account.setup_code_wrong", nil)
	}
	err = g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if open, err := usable(ctx, tx); err != nil || open {
			return errOr(err, func() error { return fault.New(fault.Conflict, "account.setup_over", nil) })
		}
		if p.Federation != nil {
			if _, err := org.Init(ctx, tx, *p.Federation); err != nil {
				return err
			}
		}
		l, err = g.firstAdministrator(ctx, tx, Newcomer{Names: p.Name, Lang: p.Lang, Login: p.Login, Email: p.Email})
		return err
	})
	return l, err
}

// Newcomer is somebody to invite.
type Newcomer struct {
	Org   ident.Org
	Names org.Names `personal:"purpose=who works here; keep=while here and in the trail; export; erase"`
	Lang  locale.Lang
	Login string `personal:"purpose=sign in; keep=while here; export; erase"`
	Email string `personal:"purpose=letters about the account; keep=while here; export; erase"`
	Role  access.Role
	Below bool
}

// Welcome makes a person with an account and a role, and the link by which she
// takes them.
func (g *Gate) Welcome(ctx context.Context, n Newcomer) (p Person, l Link, err error) {
	defer fault.Wrap(&err, "people.Welcome")
	err = g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if p, err = Create(ctx, tx, n.Org, n.Names, n.Lang); err != nil {
			return err
		}
		if err := CreateAccount(ctx, tx, p.ID, n.Login, n.Email); err != nil {
			return err
		}
		if n.Role != "" {
			if _, err := Give(ctx, tx, GiveParams{Person: p.ID, Org: n.Org, Role: n.Role, Below: n.Below}); err != nil {
				return err
			}
		}
		l, err = g.InviteIn(ctx, tx, p.ID)
		return err
	})
	return p, l, err
}

// FirstAdministrator makes an administrator of the whole federation, with the link
// by which she takes her account.
func (g *Gate) FirstAdministrator(ctx context.Context, n Newcomer) (l Link, err error) {
	defer fault.Wrap(&err, "people.FirstAdministrator")
	err = g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		l, err = g.firstAdministrator(ctx, tx, n)
		return err
	})
	return l, err
}

// firstAdministrator takes up an account of the same login that nobody ever used:
// a set-up that was broken off begins again.
func (g *Gate) firstAdministrator(ctx context.Context, tx *db.Tx, n Newcomer) (l Link, err error) {
	var root ident.Org
	if err := tx.Get(ctx, &root, `SELECT id FROM organisation WHERE parent_id IS NULL`); err != nil {
		return l, db.NotFound(err, "org.not_initialised", nil)
	}
	id, err := unused(ctx, tx, n.Login)
	if err != nil {
		return l, err
	}
	if id == "" {
		p, err := Create(ctx, tx, root, n.Names, n.Lang)
		if err != nil {
			return l, err
		}
		if err := CreateAccount(ctx, tx, p.ID, n.Login, n.Email); err != nil {
			return l, err
		}
		id = p.ID
	}
	a, err := ActorOf(ctx, tx, id)
	if err != nil {
		return l, err
	}
	if !access.Can(tx.Now(), a, access.SettingsEdit, access.Place{Org: root}).Allowed {
		if _, err := Give(ctx, tx, GiveParams{Person: id, Org: root, Role: access.Administrator, Below: true}); err != nil {
			return l, err
		}
	}
	if l, err = g.InviteIn(ctx, tx, id); err != nil {
		return l, err
	}
	return l, nil
}

// unused finds an account of a login that has no way to sign in; "" where none is.
func unused(ctx context.Context, tx *db.Tx, login string) (ident.Person, error) {
	var ids []ident.Person
	err := tx.Select(ctx, &ids, `SELECT a.person_id FROM account AS a WHERE a.login = ? AND a.password = '' AND a.state = 'active'
		AND NOT EXISTS (SELECT 1 FROM passkey AS k WHERE k.person_id = a.person_id)`, cleanLogin(login))
	if err != nil || len(ids) == 0 {
		return "", err
	}
	return ids[0], nil
}
