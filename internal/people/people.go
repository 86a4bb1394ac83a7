// Package people knows the persons of a federation: who they are, how they sign
// in, which roles they have where, and which offices they hold.
//
// The idea: a person belongs to the organisation that looks after her record; an
// account is how she signs in, and a person may have none. What she may do
// follows from her grants alone, read for every request against the tree as it
// is now, so that a role that ends, or an organisation that moves, counts at the
// next click. Who asks travels in the context as a Principal, set in one place.
//
// Writes by a signed-in person are guarded where every write begins, in the
// transaction: Guard refuses one for which the request declared no need
// (Require), or whose needs the person's grants do not meet. Work of the program
// and of whoever runs it on the command line carries no Principal and is free.
//
// Tables: person, account, passkey, recovery_code, ticket, ceremony, session,
// known_device, attempt, role_grant, office_held, api_token, idempotency.
// Secrets are stored hashed, or sealed with a key outside the database. Any
// package above may read; who sees whom is a question for Guard.
package people

import (
	"context"
	"log/slog"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
)

// Status says whether a person is here.
type Status string

// The statuses.
const (
	Active Status = "active"
	Left   Status = "left"
)

// Person is somebody who works here, or did.
type Person struct {
	ID        ident.Person `bun:",pk"`
	OrgID     ident.Org    // the organisation that looks after the record
	Names     org.Names    `bun:"embed:name_" personal:"purpose=who works here; keep=while here and in the trail; export; erase"`
	Words     string       `personal:"purpose=find who works here; keep=while here and in the trail; erase"` // the names as they are searched
	Lang      locale.Lang  // the language she reads the office in
	Status    Status
	LeftAt    db.Time
	CreatedAt db.Time
	UpdatedAt db.Time
}

// Name is the person's name for a reader of the language.
func (p Person) Name(l locale.Lang) string { return p.Names.In(l) }

// LogValue keeps her names out of the log.
func (p Person) LogValue() slog.Value { return slog.StringValue("person " + string(p.ID)) }

type personRow struct {
	bun.BaseModel `bun:"table:person"`
	Person
}

const maxName = 100 // characters

// tidyNames trims a person's names and refuses what is none.
func tidyNames(n org.Names) (org.Names, error) {
	given := false
	for _, s := range []*string{&n.Hant, &n.Hans, &n.En} {
		*s = strings.Join(strings.Fields(*s), " ")
		if utf8.RuneCountInString(*s) > maxName {
			return n, fault.New(fault.Invalid, "people.name_too_long", fault.Args{"max": maxName})
		}
		if !utf8.ValidString(*s) || strings.ContainsFunc(*s, unicode.IsControl) {
			return n, fault.New(fault.Invalid, "people.name_control", nil)
		}
		given = given || *s != ""
	}
	if !given {
		return n, fault.New(fault.Invalid, "people.name_missing", nil)
	}
	return n, nil
}

// words is the form in which names are searched: whatever the script.
func words(n org.Names) string { return han.Fold(strings.Join([]string{n.Hant, n.Hans, n.En}, "\n")) }

// Create makes a person whose record the organisation looks after.
func Create(ctx context.Context, tx *db.Tx, at ident.Org, names org.Names, lang locale.Lang) (_ Person, err error) {
	defer fault.Wrap(&err, "people.Create")
	if names, err = tidyNames(names); err != nil {
		return Person{}, err
	}
	if _, err := org.Load(ctx, tx, at); err != nil {
		return Person{}, err
	}
	now := db.At(tx.Now())
	p := Person{ID: ident.New[ident.Person](tx.Now()), OrgID: at, Names: names, Words: words(names), Lang: lang, Status: Active, CreatedAt: now, UpdatedAt: now}
	if err := tx.Insert(ctx, &personRow{Person: p}); err != nil {
		return p, err
	}
	return p, record(ctx, tx, "create", p, nil)
}

// Rename gives a person other names.
func Rename(ctx context.Context, tx *db.Tx, id ident.Person, names org.Names) (err error) {
	defer fault.Wrap(&err, "people.Rename(%s)", id)
	if names, err = tidyNames(names); err != nil {
		return err
	}
	p, err := Load(ctx, tx, id)
	if err != nil || p.Names == names {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE person SET name_hant = ?, name_hans = ?, name_en = ?, words = ?, updated_at = ? WHERE id = ?`,
		names.Hant, names.Hans, names.En, words(names), db.At(tx.Now()), id)
	if err != nil {
		return err
	}
	return record(ctx, tx, "rename", p, nil)
}

// Transfer lets another organisation look after a person's record. Her roles and
// offices stay where they are.
func Transfer(ctx context.Context, tx *db.Tx, id ident.Person, to ident.Org) (err error) {
	defer fault.Wrap(&err, "people.Transfer(%s)", id)
	p, err := Load(ctx, tx, id)
	if err != nil || p.OrgID == to {
		return err
	}
	if err := Above(ctx, tx, id); err != nil {
		return err
	}
	if _, err := org.Load(ctx, tx, to); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE person SET org_id = ?, updated_at = ? WHERE id = ?`, to, db.At(tx.Now()), id); err != nil {
		return err
	}
	detail := map[string]string{"from": string(p.OrgID), "to": string(to)}
	if err := record(ctx, tx, "transfer", p, detail); err != nil {
		return err
	}
	p.OrgID = to // both sides read of it
	return record(ctx, tx, "receive", p, detail)
}

// Transfer lets another organisation look after a person's record.
func (s *Store) Transfer(ctx context.Context, id ident.Person, to ident.Org) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return Transfer(ctx, tx, id, to) })
}

// Load is the person of that id.
func Load(ctx context.Context, r db.Reader, id ident.Person) (p Person, err error) {
	defer fault.Wrap(&err, "people.Load(%s)", id)
	err = r.Get(ctx, &p, `SELECT * FROM person WHERE id = ?`, id)
	return p, db.NotFound(err, "people.not_found", nil)
}

// ListByIDs loads many persons at once; ids that are unknown are absent.
func ListByIDs(ctx context.Context, r db.Reader, ids []ident.Person) (_ map[ident.Person]Person, err error) {
	defer fault.Wrap(&err, "people.ListByIDs")
	out := map[ident.Person]Person{}
	if len(ids) == 0 {
		return out, nil
	}
	var rows []Person
	if err := r.Select(ctx, &rows, `SELECT * FROM person WHERE id IN (?)`, db.List(ids)); err != nil {
		return nil, err
	}
	for _, p := range rows {
		out[p.ID] = p
	}
	return out, nil
}

// record writes the audit entry of a change to a person.
func record(ctx context.Context, tx *db.Tx, action string, p Person, detail map[string]string) error {
	return audit.Write(ctx, tx, audit.Entry{
		Action: "person." + action, Org: p.OrgID, ObjectKind: "person", ObjectID: string(p.ID), Detail: detail,
	})
}

// SetLang keeps the language in which a person reads the office.
func SetLang(ctx context.Context, tx *db.Tx, id ident.Person, lang locale.Lang) error {
	_, err := tx.Exec(ctx, `UPDATE person SET lang = ? WHERE id = ?`, lang, id)
	return err
}
