package people

import (
	"context"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/jobs"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
)

// purpose says what a ticket opens.
type purpose string

const (
	invitation purpose = "invitation" // the first way to sign in
	reset      purpose = "reset"      // another password
)

// lasts is how long a ticket of the purpose can be used.
func (p purpose) lasts() time.Duration {
	if p == reset {
		return time.Hour
	}
	return 7 * 24 * time.Hour
}

// address is the page that a ticket of the purpose opens.
func (p purpose) address(s Secret) string {
	if p == reset {
		return "/office/reset/" + string(s)
	}
	return "/office/join/" + string(s)
}

// ticketRow is what a link in a letter opens, once.
type ticketRow struct {
	bun.BaseModel `bun:"table:ticket"`

	Hash      string `bun:",pk" personal:"-"` // of the secret in the link
	Purpose   purpose
	PersonID  ident.Person
	CreatedBy string `personal:"-"` // a person's id, or a part of the program
	CreatedAt db.Time
	ExpiresAt db.Time
	UsedAt    db.Time
}

// Link is a link that opens something once, for whom it was made.
type Link struct {
	Address Secret // absolute where the federation says its address
	Sent    bool   // by letter; else whoever asked hands it over
}

// issue makes a ticket for a person; older ones of the same purpose are void. A
// signed-in person makes none for somebody who has more than she has.
func issue(ctx context.Context, tx *db.Tx, p purpose, id ident.Person) (Secret, error) {
	if err := Above(ctx, tx, id); err != nil {
		return "", err
	}
	// What a stranger asks for does not take away the link that somebody handed over.
	_, err := tx.Exec(ctx, `UPDATE ticket SET used_at = ? WHERE person_id = ? AND purpose = ? AND used_at IS NULL AND (created_by = ? OR ? <> 'system')`,
		db.At(tx.Now()), id, p, audit.Actor(ctx), audit.Actor(ctx))
	if err != nil {
		return "", err
	}
	secret, now := newSecret(), tx.Now()
	return secret, tx.Insert(ctx, &ticketRow{
		Hash: secret.hash(), Purpose: p, PersonID: id, CreatedBy: audit.Actor(ctx), CreatedAt: db.At(now), ExpiresAt: db.At(now.Add(p.lasts())),
	})
}

// InviteIn makes a link by which a person takes her account, in a transaction
// that may have made both. Who can sign in already needs none.
func (g *Gate) InviteIn(ctx context.Context, tx *db.Tx, id ident.Person) (l Link, err error) {
	defer fault.Wrap(&err, "people.Invite(%s)", id)
	h, err := loadHolder(ctx, tx, id)
	if err != nil {
		return l, err
	}
	if h.account.Password != "" || len(h.rows) > 0 {
		return l, fault.New(fault.Conflict, "account.joined_already", nil)
	}
	if l, err = g.link(ctx, tx, invitation, h); err != nil {
		return l, err
	}
	return l, record(ctx, tx, "invite", h.person, nil)
}

// Invite makes a link by which a person takes her account.
func (g *Gate) Invite(ctx context.Context, id ident.Person) (l Link, err error) {
	err = g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		l, err = g.InviteIn(ctx, tx, id)
		return err
	})
	return l, err
}

// Reset makes a link by which a person chooses another password. With all, every way
// in that she had is taken away as well, so that only the link opens: for who has
// lost everything.
func (g *Gate) Reset(ctx context.Context, id ident.Person, all bool) (l Link, err error) {
	defer fault.Wrap(&err, "people.Reset(%s)", id)
	err = g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		h, err := loadHolder(ctx, tx, id)
		if err != nil {
			return err
		}
		if l, err = g.link(ctx, tx, reset, h); err != nil {
			return err
		}
		if all {
			if err := clearCodes(ctx, tx, id); err != nil {
				return err
			}
			for _, query := range []string{
				`DELETE FROM passkey WHERE person_id = ?`, `UPDATE account SET password = '' WHERE person_id = ?`, `DELETE FROM ceremony WHERE person_id = ?`,
			} {
				if _, err := tx.Exec(ctx, query, id); err != nil {
					return err
				}
			}
			if _, err := tx.Exec(ctx, `UPDATE api_token SET revoked_at = ? WHERE person_id = ? AND revoked_at IS NULL`, db.At(tx.Now()), id); err != nil {
				return err
			}
			if err := EndSessions(ctx, tx, id, ""); err != nil {
				return err
			}
		}
		return record(ctx, tx, "reset_link", h.person, map[string]string{"all": map[bool]string{true: "yes", false: "no"}[all]})
	})
	return l, err
}

// link issues a ticket, and posts it where letters can be sent and she has an
// address.
func (g *Gate) link(ctx context.Context, tx *db.Tx, p purpose, h holder) (l Link, err error) {
	secret, err := issue(ctx, tx, p, h.person.ID)
	if err != nil {
		return l, err
	}
	begins, err := base(ctx, tx)
	if err != nil {
		return l, err
	}
	l.Address = Secret(begins + p.address(secret))
	to := mailOf(h.account)
	if g.post == nil || to == "" || begins == "" {
		return l, nil
	}
	site, err := siteName(ctx, tx, h.person.Lang)
	if err != nil {
		return l, err
	}
	l.Sent = true
	return l, g.post.Post(ctx, tx, letter(p, h.person, to, site, l.Address))
}

// mailOf is where letters about an account go.
func mailOf(a Account) string {
	if a.Email == "" && goodEmail(a.Login) {
		return a.Login
	}
	return a.Email
}

// siteName is the federation's name in a language.
func siteName(ctx context.Context, r db.Reader, l locale.Lang) (string, error) {
	var root org.Names
	err := r.Get(ctx, &root, `SELECT name_hant AS hant, name_hans AS hans, name_en AS en FROM organisation WHERE parent_id IS NULL`)
	return root.In(l), err
}

// letter writes the letter around a link.
func letter(p purpose, to Person, address, site string, link Secret) Letter {
	args := fault.Args{"name": to.Name(to.Lang), "site": site, "link": string(link)}
	key := "account.letter_invitation_"
	if p == reset {
		key = "account.letter_reset_"
	}
	return Letter{
		Purpose: string(p), Person: to.ID, Recipient: address, Subject: to.Lang.T(key+"subject", args), Body: to.Lang.T(key+"body", args),
	}
}

// AskReset posts a link to whoever has an account of that login or mail address.
// Who asks hears nothing about whether there is one, and the time says nothing
// either: the link is made in the background, by work that is queued for nobody too.
func (g *Gate) AskReset(ctx context.Context, v Visitor, name string) (err error) {
	defer fault.Wrap(&err, "people.AskReset")
	err = g.spend(ctx, []budget{{about("reset", cleanLogin(name)), asksLogin}, {"reset-network:" + v.Network, asksNetwork}})
	if fault.Is(err, fault.TooMany) {
		return nil
	}
	if err != nil || g.post == nil {
		return err
	}
	return g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		var ids []ident.Person
		err := tx.Select(ctx, &ids, `SELECT person_id FROM account WHERE login = ? OR email = ? ORDER BY person_id LIMIT 3`, cleanLogin(name), cleanLogin(name))
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			ids = append(ids, ident.New[ident.Person](tx.Now())) // nobody: what is written has the same length
		}
		_, err = jobs.Insert(ctx, tx, asked{ids})
		return err
	})
}

// asked is the work of posting links to who asked for them.
type asked struct {
	Persons []ident.Person `json:"persons"`
}

// Kind implements jobs.Args.
func (asked) Kind() string { return "account-reset" }

// Register says how links are posted that somebody asked for.
func (g *Gate) Register(q *jobs.Queue) {
	jobs.Register(q, jobs.Work[asked]{Do: func(ctx context.Context, a asked) error {
		return g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
			for _, id := range a.Persons {
				h, err := loadHolder(ctx, tx, id)
				switch {
				case fault.Is(err, fault.NotFound), err == nil && (h.person.Status != Active || h.account.State != Usable):
					continue
				case err == nil:
					var lately int
					err = tx.Get(ctx, &lately, `SELECT COUNT(*) FROM ticket WHERE person_id = ? AND purpose = ? AND created_by = ? AND created_at > ?`,
						id, reset, audit.Actor(ctx), db.At(tx.Now().Add(-24*time.Hour)))
					if err == nil && lately >= asksPerson {
						continue // strangers who ask must leave room for other letters to her
					}
				}
				if err == nil {
					_, err = g.link(ctx, tx, reset, h)
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
	}})
}

// find is the ticket of a secret that can still be used: an invitation only by who
// has no way in yet, and either only while who made it has power over that person.
func find(ctx context.Context, r db.Reader, at time.Time, p purpose, s Secret) (t ticketRow, err error) {
	var found []ticketRow
	err = r.Select(ctx, &found, `SELECT t.hash, t.purpose, t.person_id, t.created_by, t.created_at, t.expires_at FROM ticket AS t
		JOIN person AS p ON p.id = t.person_id AND p.status = 'active'
		JOIN account AS a ON a.person_id = t.person_id AND a.state = 'active'
		WHERE t.hash = ? AND t.purpose = ? AND t.used_at IS NULL AND t.expires_at > ?
		AND (t.purpose = ? OR a.password = '' AND NOT EXISTS (SELECT 1 FROM passkey AS k WHERE k.person_id = t.person_id))`, s.hash(), p, db.At(at), reset)
	over := fault.New(fault.Conflict, "account.ticket_over", nil)
	if err == nil && len(found) == 0 {
		err = over
	}
	if err != nil {
		return t, err
	}
	t = found[0]
	by, err := ident.Parse[ident.Person](t.CreatedBy)
	if err != nil || by == t.PersonID {
		return t, nil //nolint:nilerr // the console made it, or she herself
	}
	maker, err := ActorOf(ctx, r, by)
	if err != nil {
		return t, err
	}
	if err := above(ctx, r, at, maker, t.PersonID); fault.Is(err, fault.Forbidden) {
		return t, over
	} else if err != nil {
		return t, err
	}
	return t, nil
}

// use takes a ticket: it opens nothing any more.
func use(ctx context.Context, tx *db.Tx, p purpose, s Secret) (t ticketRow, err error) {
	if t, err = find(ctx, tx, tx.Now(), p, s); err != nil {
		return t, err
	}
	n, err := tx.Exec(ctx, `UPDATE ticket SET used_at = ? WHERE hash = ? AND used_at IS NULL`, db.At(tx.Now()), t.Hash)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "account.ticket_over", nil)
	}
	return t, err
}

// Invited is what an invitation says.
type Invited struct {
	Person  Person
	Account Account
	By      Person // who invited her; zero where the program did
	Grants  []Granted
	Until   db.Time
}

// Invitation is what the ticket of an invitation says, as long as it can be used.
func (g *Gate) Invitation(ctx context.Context, s Secret) (i Invited, err error) {
	defer fault.Wrap(&err, "people.Invitation")
	t, err := find(ctx, g.db, g.db.Now(), invitation, s)
	if err != nil {
		return i, err
	}
	i.Until = t.ExpiresAt
	if i.Person, err = Load(ctx, g.db, t.PersonID); err != nil {
		return i, err
	}
	if i.Account, err = LoadAccount(ctx, g.db, t.PersonID); err != nil {
		return i, err
	}
	if by, err := ident.Parse[ident.Person](t.CreatedBy); err == nil {
		if i.By, err = Load(ctx, g.db, by); err != nil {
			return i, err
		}
	}
	i.Grants, err = heldOf(ctx, g.db, t.PersonID)
	return i, err
}

// Resetting is whose password a ticket changes, as long as it can be used.
func (g *Gate) Resetting(ctx context.Context, s Secret) (p Person, err error) {
	defer fault.Wrap(&err, "people.Resetting")
	t, err := find(ctx, g.db, g.db.Now(), reset, s)
	if err != nil {
		return p, err
	}
	return Load(ctx, g.db, t.PersonID)
}

// FinishReset gives another password. It ends all sessions and opens none: a
// letter must not take the place of a second step.
func (g *Gate) FinishReset(ctx context.Context, s Secret, password string) (err error) {
	defer fault.Wrap(&err, "people.FinishReset")
	t, err := find(ctx, g.db, g.db.Now(), reset, s)
	if err != nil {
		return err
	}
	stored, err := g.prepare(ctx, t.PersonID, password)
	if err != nil {
		return err
	}
	return g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, err := use(ctx, tx, reset, s); err != nil {
			return err
		}
		return setPassword(ctx, tx, t.PersonID, stored, "", "")
	})
}

// Join is a newcomer's first way to sign in: a password.
func (g *Gate) Join(ctx context.Context, v Visitor, s Secret, password string) (e Entry, err error) {
	defer fault.Wrap(&err, "people.Join")
	t, err := find(ctx, g.db, g.db.Now(), invitation, s)
	if err != nil {
		return e, err
	}
	stored, err := g.prepare(ctx, t.PersonID, password)
	if err != nil {
		return e, err
	}
	err = g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, err := use(ctx, tx, invitation, s); err != nil {
			return err
		}
		if err := setPassword(ctx, tx, t.PersonID, stored, "", ""); err != nil {
			return err
		}
		e, err = enter(ctx, tx, v, t.PersonID, ByPassword)
		return err
	})
	return e, err
}

// BeginJoin asks a newcomer's browser to make a passkey.
func (g *Gate) BeginJoin(ctx context.Context, s Secret) (c Challenge, err error) {
	defer fault.Wrap(&err, "people.BeginJoin")
	err = g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		t, err := find(ctx, tx, tx.Now(), invitation, s)
		if err != nil {
			return err
		}
		c, err = beginAddPasskey(ctx, tx, t.PersonID)
		return err
	})
	return c, err
}

// JoinPasskey is a newcomer's first way to sign in: a passkey.
func (g *Gate) JoinPasskey(ctx context.Context, v Visitor, s Secret, made Made) (e Entry, err error) {
	defer fault.Wrap(&err, "people.JoinPasskey")
	err = g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		t, err := use(ctx, tx, invitation, s)
		if err != nil {
			return err
		}
		if err := addPasskey(ctx, tx, t.PersonID, made); err != nil {
			return err
		}
		e, err = enter(ctx, tx, v, t.PersonID, ByPasskey)
		return err
	})
	return e, err
}

// Path is the link without where it begins: for a browser that is here already.
func (l Link) Path() string {
	s := string(l.Address)
	return s[max(strings.Index(s, "/office/"), 0):]
}
