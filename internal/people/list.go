package people

import (
	"cmp"
	"context"
	"strings"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
)

// The limits of a list of people.
const (
	defaultPeople = 50
	maxPeople     = 200
	maxAsked      = 5 // words that one question may hold
)

// Standing says in one word how a person stands to the office.
type Standing string

// The standings. Each is a message of the catalogue, "people.standing_" before it.
const (
	Works    Standing = "works"     // she is here, and can sign in
	Waits    Standing = "suspended" // she is here, and may not sign in for the time being
	NoLogin  Standing = "no_login"  // she is here, and has no account
	HasLeft  Standing = "left"
	Anything Standing = "" // of a question: whichever
)

// Standings lists the standings in the order in which they are offered.
func Standings() []Standing { return []Standing{Works, Waits, NoLogin, HasLeft} }

// Key is the message that names the standing.
func (s Standing) Key() string { return "people.standing_" + string(s) }

// Known says whether there is such a standing.
func (s Standing) Known() bool {
	return s == Works || s == Waits || s == NoLogin || s == HasLeft
}

// standing is the standing of person p with account a, in SQL.
const standing = `CASE WHEN p.status = 'left' THEN 'left' WHEN a.person_id IS NULL THEN 'no_login'
	WHEN a.state = 'suspended' THEN 'suspended' ELSE 'works' END`

// ListParams says which people to list.
type ListParams struct {
	Scope    access.Scope // where their organisations must lie
	Under    string       // path of an organisation to which the list is narrowed, with all below it
	Words    string       // each must stand in a name, in any script, or in the login
	Role     access.Role  // one that she holds now; "": any or none
	Standing Standing     // "": whichever
	After    ident.Person // the last of the page before
	Limit    int          // 0: 50
	Day      string       // today, where the federation is; "": in UTC
}

// Listed is a person as lists show her.
type Listed struct {
	Person
	Org      org.Names `bun:"embed:org_"`
	OrgPath  string
	Login    string
	Standing Standing
	Roles    []Granted `bun:"-"` // those that hold now, or will
	Offices  []Held    `bun:"-"` // those that she holds now
}

// Listing is one page of people, in the order of the tree.
type Listing struct {
	People []Listed
	Next   ident.Person     // After of the next page; "" on the last
	Counts map[Standing]int // of all that the question means, whatever standing it asks for
	Total  int
}

// condition is a condition with its values.
type condition struct {
	parts []string
	args  []any
}

func (c *condition) add(part string, args ...any) {
	c.parts, c.args = append(c.parts, part), append(c.args, args...)
}

func (c condition) sql() string { return strings.Join(c.parts, ` AND `) }

// where is what the question asks of organisation o, person p and account a.
func (q ListParams) where(r db.Reader, at db.Time) (c condition) {
	within, args := org.Within(q.Scope, `o.path`)
	c.add(within, args...)
	if q.Under != "" {
		from, to := org.ScopeSQL(org.CleanPath(q.Under))
		c.add(`o.path >= ? AND o.path < ?`, from, to)
	}
	in := `instr`
	if r.Engine() == db.Postgres {
		in = `strpos`
	}
	for i, w := range strings.Fields(q.Words) {
		if i < maxAsked {
			c.add(`(`+in+`(p.words, ?) > 0 OR `+in+`(coalesce(a.login, ''), ?) > 0)`, han.Fold(w), strings.ToLower(w))
		}
	}
	if q.Role != "" {
		c.add(`p.status = 'active' AND EXISTS (SELECT 1 FROM role_grant AS g WHERE g.person_id = p.id AND g.revoked_at IS NULL AND g.role = ?
			AND (g.from_at IS NULL OR g.from_at <= ?) AND (g.until_at IS NULL OR g.until_at > ?))`, q.Role, at, at)
	}
	return c
}

// joined are the tables of the list. CROSS JOIN makes SQLite go through the tree
// in its order, which needs no sorting.
const joined = ` FROM organisation AS o CROSS JOIN person AS p LEFT JOIN account AS a ON a.person_id = p.id WHERE p.org_id = o.id AND `

// List lists people by a fixed number of queries, however many there are.
func List(ctx context.Context, r db.Reader, at db.Time, q ListParams) (out Listing, err error) {
	defer fault.Wrap(&err, "people.List")
	if q.Limit = min(q.Limit, maxPeople); q.Limit <= 0 {
		q.Limit = defaultPeople
	}
	where := q.where(r, at)
	if out.Counts, err = countPeople(ctx, r, where); err != nil {
		return out, err
	}
	for s, n := range out.Counts {
		if q.Standing == Anything || q.Standing == s {
			out.Total += n
		}
	}
	if q.Standing != Anything {
		where.add(standing+` = ?`, q.Standing)
	}
	if err := q.start(ctx, r, &where); err != nil {
		return out, err
	}
	err = r.Select(ctx, &out.People, `SELECT p.*, o.path AS org_path, o.name_hant AS org_hant, o.name_hans AS org_hans, o.name_en AS org_en,
		coalesce(a.login, '') AS login, `+standing+` AS standing`+joined+where.sql()+` ORDER BY o.tree_order, p.id LIMIT ?`, append(where.args, q.Limit+1)...)
	if err != nil {
		return out, err
	}
	if len(out.People) > q.Limit {
		out.People = out.People[:q.Limit]
		out.Next = out.People[q.Limit-1].ID
	}
	return out, fill(ctx, r, at, cmp.Or(q.Day, at.Format(dayForm)), out.People)
}

// start is where a page begins, behind the last person of the page before.
func (q ListParams) start(ctx context.Context, r db.Reader, where *condition) error {
	if q.After == "" {
		return nil
	}
	var order string
	err := r.Get(ctx, &order, `SELECT o.tree_order FROM person AS p JOIN organisation AS o ON o.id = p.org_id WHERE p.id = ?`, q.After)
	if err != nil {
		return db.NotFound(err, "people.not_found", nil)
	}
	where.add(`o.tree_order >= ? AND (o.tree_order > ? OR p.id > ?)`, order, order, q.After)
	return nil
}

// countPeople counts by standing.
func countPeople(ctx context.Context, r db.Reader, where condition) (map[Standing]int, error) {
	var rows []struct {
		Standing Standing
		Count    int
	}
	err := r.Select(ctx, &rows, `SELECT `+standing+` AS standing, count(*) AS count FROM person AS p JOIN organisation AS o ON o.id = p.org_id
		LEFT JOIN account AS a ON a.person_id = p.id WHERE `+where.sql()+` GROUP BY 1`, where.args...)
	out := map[Standing]int{}
	for _, row := range rows {
		out[row.Standing] = row.Count
	}
	return out, err
}

// fill adds roles and offices, each by one query for all.
func fill(ctx context.Context, r db.Reader, at db.Time, day string, list []Listed) error {
	if len(list) == 0 {
		return nil
	}
	index := make(map[ident.Person]*Listed, len(list))
	ids := make([]ident.Person, 0, len(list))
	for i := range list {
		index[list[i].ID] = &list[i]
		ids = append(ids, list[i].ID)
	}
	var roles []Granted
	err := r.Select(ctx, &roles, selectGranted+`WHERE g.person_id IN (?) AND g.revoked_at IS NULL AND (g.until_at IS NULL OR g.until_at > ?)
		ORDER BY o.path, g.id`, db.List(ids), at)
	if err != nil {
		return err
	}
	for _, g := range roles {
		if one := index[g.PersonID]; one.Status == Active {
			one.Roles = append(one.Roles, g)
		}
	}
	var offices []Held
	err = r.Select(ctx, &offices, selectHeld+`WHERE h.person_id IN (?) AND h.from_on <= ? AND (h.until_on = '' OR h.until_on || '-99' >= ?)
		ORDER BY o.path, h.position, h.id`, db.List(ids), day, day)
	for _, h := range offices {
		one := index[h.PersonID]
		one.Offices = append(one.Offices, h)
	}
	return err
}
