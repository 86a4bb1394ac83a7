package people

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
)

// The limits of a list of who may do what.
const (
	maxHolders = 1000
	maxEnded   = 50
)

// Holder is a person with one of her roles that reaches an organisation.
type Holder struct {
	Granted
	Name     org.Names `bun:"embed:person_"`
	HomePath string    // of the organisation that looks after her record
	Standing Standing
	Giver    org.Names `bun:"-"` // who gave it; empty where it was no person of this federation
	// Why says whether it counts now (Granted), or not yet, or no more.
	Why access.Reason `bun:"-"`
}

// Holders says who may do what at an organisation: by roles held there, and by
// roles held above with what hangs below.
type Holders struct {
	Org    org.Organisation
	Now    []Holder // nearest first
	Coming []Holder
	Asleep []Holder // of people who cannot sign in for the time being, or left
	Ended  []Holder // the latest, newest first
	More   bool     // some are left out
}

// selectHolders reads grants with their holders, for the paths that are given.
const selectHolders = `SELECT g.*, o.path, o.name_hant AS org_hant, o.name_hans AS org_hans, o.name_en AS org_en,
	p.name_hant AS person_hant, p.name_hans AS person_hans, p.name_en AS person_en, home.path AS home_path, ` + standing + ` AS standing
	FROM role_grant AS g JOIN organisation AS o ON o.id = g.org_id JOIN person AS p ON p.id = g.person_id
	JOIN organisation AS home ON home.id = p.org_id LEFT JOIN account AS a ON a.person_id = p.id
	WHERE o.path IN (?) AND (g.below OR o.path = ?) `

// HoldersAt lists who may do what at an organisation, by a fixed number of queries.
func HoldersAt(ctx context.Context, r db.Reader, at db.Time, id ident.Org) (out Holders, err error) {
	defer fault.Wrap(&err, "people.HoldersAt(%s)", id)
	if out.Org, err = org.Load(ctx, r, id); err != nil {
		return out, err
	}
	paths := lineage(out.Org.Path)
	var open, ended []Holder
	err = r.Select(ctx, &open, selectHolders+`AND g.revoked_at IS NULL AND (g.until_at IS NULL OR g.until_at > ?)
		ORDER BY o.path DESC, g.id LIMIT ?`, db.List(paths), out.Org.Path, at, maxHolders+1)
	if err != nil {
		return out, err
	}
	if out.More = len(open) > maxHolders; out.More {
		open = open[:maxHolders]
	}
	err = r.Select(ctx, &ended, selectHolders+`AND (g.revoked_at IS NOT NULL OR g.until_at <= ?)
		ORDER BY coalesce(g.revoked_at, g.until_at) DESC, g.id DESC LIMIT ?`, db.List(paths), out.Org.Path, at, maxEnded)
	if err != nil {
		return out, err
	}
	if err := nameGivers(ctx, r, open, ended); err != nil {
		return out, err
	}
	out.sort(at, open)
	for i := range ended {
		ended[i].Why = access.Expired
	}
	out.Ended = ended
	return out, nil
}

// sort parts grants that were not taken back.
func (out *Holders) sort(at db.Time, open []Holder) {
	order := access.Roles()
	slices.SortStableFunc(open, func(a, b Holder) int {
		return cmp.Or(cmp.Compare(len(b.Path), len(a.Path)), cmp.Compare(slices.Index(order, a.Role), slices.Index(order, b.Role)))
	})
	for _, h := range open {
		switch h.Why = h.At().When(at.Time); {
		case h.Standing != Works:
			out.Asleep = append(out.Asleep, h)
		case h.Why == access.NotBegun:
			out.Coming = append(out.Coming, h)
		default:
			out.Now = append(out.Now, h)
		}
	}
}

// lineage lists the paths from an organisation's up to the root's.
func lineage(path string) []string {
	out := []string{path}
	for path != "" {
		path = path[:strings.LastIndexByte(path[:len(path)-1], '/')+1]
		out = append(out, path)
	}
	return out
}

// nameGivers fills in who gave each, by one query.
func nameGivers(ctx context.Context, r db.Reader, lists ...[]Holder) error {
	var ids []ident.Person
	for _, list := range lists {
		for _, h := range list {
			if id, err := ident.Parse[ident.Person](h.GrantedBy); err == nil && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	names, err := ListByIDs(ctx, r, ids)
	for _, list := range lists {
		for i := range list {
			list[i].Giver = names[ident.Person(list[i].GrantedBy)].Names
		}
	}
	return err
}

// Who lists those who may do an action there, nearest first.
func (out Holders) Who(action access.Action) []Holder {
	return slices.DeleteFunc(slices.Clone(out.Now), func(h Holder) bool { return !h.Role.Has(action) })
}

// Givers lists those who could give somebody a role there that has the action.
func (out Holders) Givers(at db.Time, action access.Action) []Holder {
	return slices.DeleteFunc(out.Who(access.GrantGive), func(h Holder) bool {
		giver := access.Actor{Person: h.PersonID, Grants: []access.Grant{h.At()}}
		return !slices.ContainsFunc(access.With(action), func(role access.Role) bool {
			return access.MayGive(at.Time, giver, access.Grant{Org: out.Org.ID, Path: out.Org.Path, Role: role, Until: h.UntilAt.Time}).Allowed
		})
	})
}

// Explanation says why somebody may or may not do something, and who could help.
type Explanation struct {
	access.Decision
	Org    org.Organisation
	Giver  org.Names // who gave the role that allows it
	Givers []Holder  // who could give a role that allows it; none where it is allowed
}

// Explain says why somebody may or may not do an action at an organisation.
func (g *Guard) Explain(ctx context.Context, who Principal, action access.Action, at ident.Org) (x Explanation, err error) {
	defer fault.Wrap(&err, "people.Explain(%s, %s)", action, at)
	if x.Decision, err = g.Decide(ctx, who, Need{Action: action, Org: at}); err != nil {
		return x, err
	}
	now := db.At(g.Now())
	here, err := HoldersAt(ctx, g.db, now, at)
	if err != nil {
		return x, err
	}
	x.Org = here.Org
	if !x.Allowed {
		x.Givers = here.Givers(now, action)
		return x, nil
	}
	for _, h := range here.Now {
		if h.ID == x.Grant.ID {
			x.Giver = h.Giver
		}
	}
	return x, nil
}
