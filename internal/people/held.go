package people

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
)

// Office is one that a person holds or held: chair, treasurer. It is a fact about
// the organisation and gives no rights.
type Office struct {
	ID        ident.Held `bun:",pk"`
	PersonID  ident.Person
	OrgID     ident.Org
	Titles    org.Names `bun:"embed:title_" personal:"purpose=who held which office; keep=for good; export"`
	Position  int       // protocol order within the organisation
	FromOn    string    `personal:"purpose=who held which office; keep=for good; export"` // a year, a month or a day; "" where nobody knows
	UntilOn   string    `personal:"purpose=who held which office; keep=for good; export"` // the last one; "" while it is held
	Public    bool      // it may be shown on the site
	CreatedAt db.Time
}

// Held is an office as lists show it: where, and by whom.
type Held struct {
	Office
	Org     org.Names `bun:"embed:org_"`
	OrgPath string
	Name    org.Names `bun:"embed:person_"`
}

type heldRow struct {
	bun.BaseModel `bun:"table:office_held"`
	Office
}

const (
	maxTitle = 60 // characters
	maxHeld  = 500
	dayForm  = time.DateOnly
)

// selectHeld reads offices with what lists show beside them.
const selectHeld = `SELECT h.*, o.path AS org_path, o.name_hant AS org_hant, o.name_hans AS org_hans, o.name_en AS org_en,
	x.name_hant AS person_hant, x.name_hans AS person_hans, x.name_en AS person_en
	FROM office_held AS h JOIN organisation AS o ON o.id = h.org_id JOIN person AS x ON x.id = h.person_id `

// partialDate is a year, a month or a day.
var partialDate = regexp.MustCompile(`^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$`)

// goodDate says whether a text is a date that exists, or is left open.
func goodDate(s string) bool {
	if s == "" {
		return true
	}
	_, err := time.Parse(dayForm, s+"0000-01-01"[len(s):])
	return partialDate.MatchString(s) && err == nil
}

// Over says whether the office is held no longer on a day.
func (h Office) Over(day string) bool { return h.UntilOn != "" && h.UntilOn < day[:len(h.UntilOn)] }

// Coming says whether the office is not held yet on a day.
func (h Office) Coming(day string) bool { return h.FromOn > day[:len(h.FromOn)] }

// tidy trims what was given and refuses what is no office.
func (h *Office) tidy() error {
	given := false
	for _, s := range []*string{&h.Titles.Hant, &h.Titles.Hans, &h.Titles.En} {
		*s = strings.Join(strings.Fields(*s), " ")
		if utf8.RuneCountInString(*s) > maxTitle || strings.ContainsFunc(*s, unicode.IsControl) {
			return fault.New(fault.Invalid, "people.title_too_long", fault.Args{"max": maxTitle})
		}
		given = given || *s != ""
	}
	h.FromOn, h.UntilOn = strings.TrimSpace(h.FromOn), strings.TrimSpace(h.UntilOn)
	switch {
	case !given:
		return fault.New(fault.Invalid, "people.title_missing", nil)
	case !goodDate(h.FromOn):
		return fault.New(fault.Invalid, "people.held_from_invalid", nil)
	case !goodDate(h.UntilOn) || h.UntilOn != "" && h.UntilOn < h.FromOn && !strings.HasPrefix(h.FromOn, h.UntilOn):
		return fault.New(fault.Invalid, "people.held_until_invalid", nil)
	}
	return nil
}

// AddHeld notes that a person holds or held an office, as the last in the order.
func AddHeld(ctx context.Context, tx *db.Tx, h Office) (_ Office, err error) {
	defer fault.Wrap(&err, "people.AddHeld")
	if err := h.tidy(); err != nil {
		return h, err
	}
	if _, err := Load(ctx, tx, h.PersonID); err != nil {
		return h, err
	}
	if _, err := org.Load(ctx, tx, h.OrgID); err != nil {
		return h, err
	}
	var last struct{ Count, Position int }
	err = tx.Get(ctx, &last, `SELECT count(*) AS count, coalesce(max(position), 0) AS position FROM office_held WHERE org_id = ?`, h.OrgID)
	if err != nil {
		return h, err
	}
	if last.Count >= maxHeld {
		return h, fault.New(fault.Conflict, "people.held_too_many", fault.Args{"max": maxHeld})
	}
	h.ID, h.Position, h.CreatedAt = ident.New[ident.Held](tx.Now()), last.Position+1, db.At(tx.Now())
	if err := tx.Insert(ctx, &heldRow{Office: h}); err != nil {
		return h, err
	}
	return h, recordHeld(ctx, tx, "add", h)
}

// ChangeHeld changes titles, dates and whether it is public; a last day ends the
// office and leaves it in the history.
func ChangeHeld(ctx context.Context, tx *db.Tx, h Office) (err error) {
	defer fault.Wrap(&err, "people.ChangeHeld(%s)", h.ID)
	if err := h.tidy(); err != nil {
		return err
	}
	old, err := LoadHeld(ctx, tx, h.ID)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE office_held SET title_hant = ?, title_hans = ?, title_en = ?, from_on = ?, until_on = ?, public = ? WHERE id = ?`,
		h.Titles.Hant, h.Titles.Hans, h.Titles.En, h.FromOn, h.UntilOn, h.Public, h.ID)
	if err != nil {
		return err
	}
	return recordHeld(ctx, tx, "change", old.Office)
}

// RaiseHeld moves an office one place up in its organisation's order.
func RaiseHeld(ctx context.Context, tx *db.Tx, id ident.Held) (err error) {
	defer fault.Wrap(&err, "people.RaiseHeld(%s)", id)
	h, err := LoadHeld(ctx, tx, id)
	if err != nil {
		return err
	}
	var above []Office
	err = tx.Select(ctx, &above, `SELECT * FROM office_held WHERE org_id = ? AND (position, id) < (?, ?) ORDER BY position DESC, id DESC LIMIT 1`, h.OrgID, h.Position, h.ID)
	if err != nil || len(above) == 0 {
		return err
	}
	for _, one := range []struct {
		position int
		id       ident.Held
	}{{above[0].Position, h.ID}, {h.Position, above[0].ID}} {
		if _, err := tx.Exec(ctx, `UPDATE office_held SET position = ? WHERE id = ?`, one.position, one.id); err != nil {
			return err
		}
	}
	return recordHeld(ctx, tx, "raise", h.Office)
}

// LoadHeld is the office of that id.
func LoadHeld(ctx context.Context, r db.Reader, id ident.Held) (h Held, err error) {
	defer fault.Wrap(&err, "people.LoadHeld(%s)", id)
	err = r.Get(ctx, &h, selectHeld+`WHERE h.id = ?`, id)
	return h, db.NotFound(err, "people.held_not_found", nil)
}

// HeldBy lists the offices of a person, those of the past with them.
func HeldBy(ctx context.Context, r db.Reader, id ident.Person) (out []Held, err error) {
	defer fault.Wrap(&err, "people.HeldBy(%s)", id)
	err = r.Select(ctx, &out, selectHeld+`WHERE h.person_id = ? ORDER BY h.until_on <> '', h.from_on DESC, h.id DESC LIMIT ?`, id, maxHeld)
	return out, err
}

// PublicOffices lists in protocol order the offices that may be shown of an
// organisation and are held on a day, by those who have not left.
func PublicOffices(ctx context.Context, r db.Reader, id ident.Org, day string) (out []Held, err error) {
	defer fault.Wrap(&err, "people.PublicOffices(%s)", id)
	err = r.Select(ctx, &out, selectHeld+`WHERE h.org_id = ? AND h.public AND x.status = 'active' ORDER BY h.position, h.id LIMIT ?`, id, maxHeld)
	return slices.DeleteFunc(out, func(h Held) bool { return h.Over(day) || h.Coming(day) }), err
}

// PublicOffices lists the offices that may be shown of an organisation.
func (s *Store) PublicOffices(ctx context.Context, id ident.Org, day string) ([]Held, error) {
	return PublicOffices(ctx, s.db, id, day)
}

// HeldAt lists the offices of an organisation in protocol order, those of the
// past with them.
func HeldAt(ctx context.Context, r db.Reader, id ident.Org) (out []Held, err error) {
	defer fault.Wrap(&err, "people.HeldAt(%s)", id)
	err = r.Select(ctx, &out, selectHeld+`WHERE h.org_id = ? ORDER BY h.position, h.id LIMIT ?`, id, maxHeld)
	return out, err
}

func recordHeld(ctx context.Context, tx *db.Tx, action string, h Office) error {
	return audit.Write(ctx, tx, audit.Entry{
		Action: "held." + action, Org: h.OrgID, ObjectKind: "held", ObjectID: string(h.ID), Detail: map[string]string{"person": string(h.PersonID)},
	})
}
