package people_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/testkit"
)

// grove is a federation under random changes, beside its model.
type grove struct {
	*yard
	rand  *rand.Rand
	trees *org.Store
	model *treeModel
	list  []ident.Org
	folk  []ident.Person

	ops, refused, compared, disagreements int
	first                                 string // disagreement
}

// The size of a grove: small enough that its parts meet often.
const (
	groveOrgs = 60
	groveFolk = 24
)

func newGrove(t *testing.T, d *db.DB, clock *testkit.Clock, seed uint64, wrong mistake) *grove {
	t.Helper()
	g := &grove{yard: newYard(t, d, clock), rand: rand.New(rand.NewPCG(seed, 1)), trees: org.NewStore(d)} //nolint:gosec // a test that can be run again
	g.run(`INSERT INTO org_kind (slug, level, place, name_hant, name_hans, name_en) VALUES ('node', -1, '', '節', '', '')`)
	g.run(`INSERT INTO org_kind_rule (parent, child) SELECT kind, 'node' FROM organisation WHERE path = '' UNION SELECT 'node', 'node'`)
	g.model, g.list = newTreeModel(g.orgs[""], wrong), []ident.Org{g.orgs[""]}
	for path, id := range g.orgs { // the three of the yard hang where they hang, and stay
		if path != "" {
			g.model.parent[id] = g.orgs[parentOf(path)]
		}
	}
	g.tx(func(ctx context.Context, tx *db.Tx) error {
		for i := range groveFolk {
			p, err := people.Create(ctx, tx, g.orgs[""], org.Names{Hant: fmt.Sprintf("第%d人", i)}, locale.Hant)
			if err != nil {
				return err
			}
			if err := people.CreateAccount(ctx, tx, p.ID, string(p.ID), ""); err != nil {
				return err
			}
			if err := testkit.Join(ctx, tx, p.ID); err != nil {
				return err
			}
			g.folk = append(g.folk, p.ID)
		}
		return nil
	})
	return g
}

func parentOf(path string) string {
	if path == "lanjiang/yunpu/" {
		return "lanjiang/"
	}
	return ""
}

// pick takes one of a list.
func pick[T any](g *grove, list []T) T { return list[g.rand.IntN(len(list))] }

// step makes one random change, to the federation and, if it was made, to the model.
func (g *grove) step() {
	g.ops++
	g.model.forget(g.clock.Now())
	var err error
	switch n := g.rand.IntN(100); {
	case n < 12:
		err = g.create()
	case n < 30:
		err = g.move()
	case n < 34:
		err = g.merge()
	case n < 37:
		err = g.trees.Close(g.Context(), pick(g, g.list))
	case n < 42:
		err = g.trees.Reopen(g.Context(), pick(g, g.list))
	case n < 65:
		err = g.give()
	case n < 76:
		err = g.takeBack()
	case n < 82:
		err = g.setUntil()
	case n < 90:
		g.clock.Advance(time.Duration(1+g.rand.IntN(8)) * 15 * time.Minute)
	case n < 93:
		err = g.leave()
	case n < 97:
		err = g.comeBack()
	default:
		g.suspend()
	}
	if err != nil {
		if fault.As(err) == nil {
			g.Fatalf("op %d: %v", g.ops, err)
		}
		g.refused++
	}
}

func (g *grove) create() error {
	if len(g.list) >= groveOrgs {
		return nil
	}
	parent := pick(g, g.list)
	o, err := g.trees.Create(g.Context(), org.CreateParams{Parent: parent, Slug: fmt.Sprintf("n%d", g.rand.IntN(40)), Kind: "node", Names: org.Names{Hant: "節"}})
	if err == nil {
		g.list, g.model.parent[o.ID] = append(g.list, o.ID), parent
	}
	return err
}

// move hangs an organisation elsewhere; the slugs are few, and some begin others.
func (g *grove) move() error {
	o, to := pick(g, g.list), pick(g, g.list)
	slug := []string{"", "", "n1", "n2", "n11", "n12"}[g.rand.IntN(6)]
	err := g.trees.Move(g.Context(), o, to, slug)
	if err == nil {
		g.model.parent[o] = to
	}
	return err
}

func (g *grove) merge() error {
	from, into := pick(g, g.list), pick(g, g.list)
	_, err := g.trees.Merge(g.Context(), from, into)
	if err == nil {
		g.model.merge(from, into)
	}
	return err
}

// give gives a role, perhaps from an hour and until an hour that lie ahead.
func (g *grove) give() error {
	p := people.GiveParams{Person: pick(g, g.folk), Org: pick(g, g.list), Role: pick(g, access.Roles()), Below: g.rand.IntN(2) == 0}
	now := g.clock.Now()
	if g.rand.IntN(3) == 0 {
		p.From = now.Add(time.Duration(g.rand.IntN(4)) * 15 * time.Minute)
	}
	if g.rand.IntN(2) == 0 {
		p.Until = now.Add(time.Duration(1+g.rand.IntN(40)) * 15 * time.Minute)
	}
	made, err := g.store.Give(g.Context(), p)
	if err == nil {
		g.model.give(made.ID, modelGrant{person: p.Person, org: p.Org, role: p.Role, below: p.Below, from: p.From, until: p.Until})
	}
	return err
}

// open lists the roles that were not taken back, in an order that can be run again.
func (g *grove) open() (list []ident.Grant) {
	for id, one := range g.model.grants {
		if !one.revoked {
			list = append(list, id)
		}
	}
	slices.Sort(list)
	return list
}

func (g *grove) takeBack() error {
	list := g.open()
	if len(list) == 0 {
		return nil
	}
	id := pick(g, list)
	err := g.store.Revoke(g.Context(), id)
	if err == nil {
		g.model.grants[id].revoked = true
	}
	return err
}

// setUntil lets a role end sooner, or later.
func (g *grove) setUntil() error {
	list := g.open()
	if len(list) == 0 {
		return nil
	}
	id, until := pick(g, list), g.clock.Now().Add(time.Duration(1+g.rand.IntN(12))*15*time.Minute)
	err := g.store.SetUntil(g.Context(), id, until)
	if err == nil {
		g.model.grants[id].until = until
	}
	return err
}

func (g *grove) leave() error {
	who := pick(g, g.folk)
	err := g.store.Leave(g.Context(), who)
	if err == nil {
		g.model.left[who] = true
	}
	return err
}

// comeBack lets somebody return, whose former roles are over.
func (g *grove) comeBack() error {
	who := pick(g, g.folk)
	err := g.store.Return(g.Context(), who)
	if err != nil || !g.model.left[who] {
		return err
	}
	delete(g.model.left, who)
	for _, one := range g.model.grants {
		if one.person == who {
			one.revoked = true
		}
	}
	return nil
}

// suspend stops somebody's account, or lets it be used again.
func (g *grove) suspend() {
	who := pick(g, g.folk)
	g.model.stopped[who] = !g.model.stopped[who]
	g.run(`UPDATE account SET state = ? WHERE person_id = ?`, map[bool]string{true: "suspended", false: "active"}[g.model.stopped[who]], who)
}

// differ notes a disagreement.
func (g *grove) differ(format string, args ...any) {
	g.disagreements++
	if g.first == "" {
		g.first = fmt.Sprintf("after %d operations: ", g.ops) + fmt.Sprintf(format, args...)
	}
}

// compare asks both sides the same: whether somebody may, where she may, who holds
// what somewhere, and whether she can sign in.
func (g *grove) compare() {
	now, ctx := g.clock.Now(), g.Context()
	who, action, o := pick(g, g.folk), pick(g, access.Actions()), pick(g, g.list)
	p := people.Principal{Person: who, Factors: people.ByPasskey}
	g.compared++
	d, err := g.guard.Decide(ctx, p, people.Need{Action: action, Org: o})
	if err != nil {
		g.Fatal(err)
	}
	if want := g.model.can(now, who, action, o); d.Allowed != want {
		g.differ("%s %s at %s: %v (%s), the model says %v", who, action, o, d.Allowed, d.Reason, want)
	}
	scope, err := g.guard.Scope(ctx, p, action)
	if err != nil {
		g.Fatal(err)
	}
	within, args := org.Within(scope, `path`)
	var list []ident.Org
	if err := g.db.Select(ctx, &list, `SELECT id FROM organisation WHERE `+within+` ORDER BY id`, args...); err != nil {
		g.Fatal(err)
	}
	if diff := cmp.Diff(g.model.where(now, who, action), list); diff != "" && len(list)+len(g.model.where(now, who, action)) > 0 {
		g.differ("where %s may %s: %s", who, action, diff)
	}
	if g.compared%4 == 0 {
		g.compareLists(now, who, o)
	}
}

func (g *grove) compareLists(now time.Time, who ident.Person, o ident.Org) {
	here, err := g.store.HoldersAt(g.Context(), o)
	if err != nil {
		g.Fatal(err)
	}
	var holders []ident.Grant
	for _, h := range here.Now {
		holders = append(holders, h.ID)
	}
	slices.Sort(holders)
	if !slices.Equal(holders, g.model.holders(now, o)) {
		g.differ("who holds a role at %s: %s", o, cmp.Diff(g.model.holders(now, o), holders))
	}
	secret, err := g.store.StartSession(g.Context(), who, people.ByPasskey, "test")
	if err != nil {
		g.Fatal(err)
	}
	if want := !g.model.left[who] && !g.model.stopped[who]; g.opens(secret) != want {
		g.differ("%s comes in: %v, the model says %v", who, !want, want)
	}
}

// treeOps is how many operations a run makes.
func treeOps(d *db.DB) int {
	switch {
	case os.Getenv("HUIGUAN_LONG") != "":
		return 100_000
	case testing.Short():
		return 300
	case d.Engine() == db.Postgres:
		return 1500
	}
	return 3000
}

// TestTreeModel makes random changes to the tree, to roles and to people, and asks
// after each whether the program and the model agree about who may do what.
func TestTreeModel(t *testing.T) {
	t.Parallel()
	for engine, open := range map[string]func(testing.TB, *testkit.Clock) *db.DB{"sqlite": testkit.SQLite, "postgres": testkit.Postgres} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			clock := testkit.NewClock("2026-05-01")
			d := open(t, clock)
			start, g := time.Now(), newGrove(t, d, clock, 1, noMistake)
			for g.ops < treeOps(d) && g.disagreements == 0 {
				g.step()
				g.compare()
			}
			if g.first != "" {
				t.Error(g.first)
			}
			t.Logf("RESULT tree-model engine=%s ops=%d refused=%d compared=%d disagreements=%d s=%.0f", engine, g.ops, g.refused, g.compared, g.disagreements, time.Since(start).Seconds())
		})
	}
}

// The control: a model that makes one mistake is found out.
func TestTreeModelFindsMistakes(t *testing.T) {
	t.Parallel()
	for _, wrong := range mistakes() {
		t.Run(string(wrong), func(t *testing.T) {
			t.Parallel()
			clock := testkit.NewClock("2026-05-01")
			g := newGrove(t, testkit.SQLite(t, clock), clock, 2, wrong)
			for g.ops < 3000 && g.disagreements == 0 {
				g.step()
				g.compare()
			}
			if g.disagreements == 0 {
				t.Errorf("nobody noticed in %d operations", g.ops)
			}
			t.Logf("RESULT tree-model-control mistake=%q found-after=%d", wrong, g.ops)
		})
	}
}
