package app

import (
	"context"
	"crypto/rand"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/huiguan/huiguan/examples"
	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
)

// demoPerson is somebody of examples/staff.toml.
type demoPerson struct {
	org.Names
	Login        string
	Organisation string
	Role         access.Role
	Below        bool
}

// Seat is a place in the demo's office: whose it is, and how to take it.
type Seat struct {
	Person   people.Person
	Org      org.Organisation
	Role     access.Role
	Login    string
	Password string        // made for this run; the same for all
	Link     people.Secret // opens the seat in this process only
}

// demoPeople reads who works in the demo.
func demoPeople() ([]demoPerson, error) {
	var file struct{ Person []demoPerson }
	_, err := toml.DecodeFS(examples.FS, "staff.toml", &file)
	return file.Person, err
}

// demoStaff makes the people of the demo, with accounts and roles that nobody can
// use yet.
func (a *App) demoStaff(ctx context.Context, _ demoFederation) error {
	list, err := demoPeople()
	if err != nil {
		return err
	}
	return a.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		for _, one := range list {
			at, err := org.ByPath(ctx, tx, org.CleanPath(one.Organisation))
			if err != nil {
				return err
			}
			p, err := people.Create(ctx, tx, at.ID, one.Names, locale.Hant)
			if err != nil {
				return err
			}
			if err := people.CreateAccount(ctx, tx, p.ID, one.Login, ""); err != nil {
				return err
			}
			if _, err := people.Give(ctx, tx, people.GiveParams{Person: p.ID, Org: at.ID, Role: one.Role, Below: one.Below}); err != nil {
				return err
			}
		}
		return nil
	})
}

// OpenDemoOffice lets visitors in: each person of the demo gets a password for this
// run, and a link that needs none. Roles that ask for two proofs open by the link;
// with the password they show what they would show anybody.
func (a *App) OpenDemoOffice(ctx context.Context) ([]Seat, error) {
	list, err := demoPeople()
	if err != nil {
		return nil, err
	}
	password := strings.ToLower(rand.Text()[:12])
	seats := make([]Seat, 0, len(list))
	for _, one := range list {
		at, err := a.Org.ByPath(ctx, org.CleanPath(one.Organisation))
		if err != nil {
			return nil, err
		}
		var id ident.Person
		if err := a.db.Get(ctx, &id, `SELECT person_id FROM account WHERE login = ?`, one.Login); err != nil {
			return nil, err
		}
		p, err := a.People.Load(ctx, id)
		if err != nil {
			return nil, err
		}
		seats = append(seats, Seat{
			Person: p, Org: at, Role: one.Role, Login: one.Login, Password: password, Link: people.Secret("/office/demo/") + a.Gate.OfferSeat(id),
		})
		if err := a.Gate.SetPassword(ctx, id, password); err != nil {
			return nil, err
		}
	}
	return seats, nil
}
