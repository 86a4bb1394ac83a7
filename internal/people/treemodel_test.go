package people_test

import (
	"maps"
	"slices"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/ident"
)

// The model of who may do what, as one would say it to a newcomer: a tree of
// parents, a heap of roles, and a walk from the record up to the root. It shares
// no code and no idea with what it judges: no paths, no ranges, no scopes.
type treeModel struct {
	parent  map[ident.Org]ident.Org // "" above the root
	grants  map[ident.Grant]*modelGrant
	left    map[ident.Person]bool
	stopped map[ident.Person]bool
	wrong   mistake
}

// mistake is one that the model makes on purpose: a control that does not find it
// finds nothing.
type mistake string

const (
	noMistake    mistake = ""
	forgetsMoves mistake = "a role reaches what hung below when it was given"
	endsLate     mistake = "a role holds at its end still"
	beginsLate   mistake = "a role does not hold at its beginning"
	hereIsBelow  mistake = "a role that is held here reaches below"
	leftMay      mistake = "who left keeps her roles"
	keepsRevoked mistake = "a role that was taken back holds"
)

func mistakes() []mistake {
	return []mistake{forgetsMoves, endsLate, beginsLate, hereIsBelow, leftMay, keepsRevoked}
}

type modelGrant struct {
	person      ident.Person
	org         ident.Org
	role        access.Role
	below       bool
	from, until time.Time
	revoked     bool
	reached     map[ident.Org]bool // what hung below when it was given
}

func newTreeModel(root ident.Org, wrong mistake) *treeModel {
	return &treeModel{
		parent: map[ident.Org]ident.Org{root: ""}, grants: map[ident.Grant]*modelGrant{}, left: map[ident.Person]bool{}, stopped: map[ident.Person]bool{}, wrong: wrong,
	}
}

// does says what each role is for, in the product's words.
func does(role access.Role, action access.Action) bool {
	switch role {
	case "administrator":
		switch action {
		case "org-view", "org-edit", "org-add", "org-move", "org-rules", "people-view", "people-edit", "grant-give", "audit-view", "jobs-view", "jobs-retry", "settings-edit":
			return true
		}
	case "editor":
		switch action {
		case "org-view", "people-view", "article-write", "article-review", "article-publish", "topic-ask":
			return true
		}
	case "reviewer":
		return action == "org-view" || action == "article-write" || action == "article-review"
	case "correspondent":
		return action == "org-view" || action == "article-write"
	case "organiser":
		return action == "org-view" || action == "event-run"
	case "caseworker":
		return action == "org-view" || action == "case-handle"
	case "teller":
		return action == "org-view" || action == "ballot-count"
	case "observer":
		return action == "org-view" || action == "people-view" || action == "audit-view"
	}
	return false
}

// forget drops roles that are long over, so that a long run does not slow down. The
// federation keeps them all.
func (m *treeModel) forget(at time.Time) {
	if len(m.grants) < 600 || m.wrong == keepsRevoked {
		return
	}
	for id, g := range m.grants {
		if g.revoked || !g.until.IsZero() && g.until.Before(at.Add(-time.Hour)) {
			delete(m.grants, id)
		}
	}
}

// hangs says whether an organisation is another, or hangs somewhere below it.
func (m *treeModel) hangs(o, top ident.Org) bool {
	return o == top || o != "" && m.hangs(m.parent[o], top)
}

// children lists what hangs directly below, in the order of their names.
func (m *treeModel) children(of ident.Org) (list []ident.Org) {
	for _, o := range slices.Sorted(maps.Keys(m.parent)) {
		if o != of && m.parent[o] == of {
			list = append(list, o)
		}
	}
	return list
}

// merge hangs the children of one below another, and it with them.
func (m *treeModel) merge(from, into ident.Org) {
	for _, child := range m.children(from) {
		m.parent[child] = into
	}
	m.parent[from] = into
}

// give notes a role.
func (m *treeModel) give(id ident.Grant, g modelGrant) {
	g.reached = map[ident.Org]bool{}
	for o := range m.parent {
		if m.hangs(o, g.org) {
			g.reached[o] = true
		}
	}
	m.grants[id] = &g
}

// holds says whether a role holds at an instant, wherever.
func (m *treeModel) holds(g *modelGrant, at time.Time) bool {
	switch {
	case g.revoked && m.wrong != keepsRevoked, m.left[g.person] && m.wrong != leftMay:
		return false
	case at.Before(g.from), m.wrong == beginsLate && at.Equal(g.from):
		return false
	case m.wrong == endsLate && at.Equal(g.until):
		return true
	}
	return g.until.IsZero() || at.Before(g.until)
}

// reaches says whether a role reaches an organisation.
func (m *treeModel) reaches(g *modelGrant, o ident.Org) bool {
	switch {
	case g.org == o:
		return true
	case !g.below && m.wrong != hereIsBelow:
		return false
	case m.wrong == forgetsMoves:
		return g.reached[o]
	}
	return m.hangs(o, g.org)
}

// can says whether a person may do something at an organisation.
func (m *treeModel) can(at time.Time, who ident.Person, action access.Action, o ident.Org) bool {
	for _, g := range m.grants {
		if g.person == who && does(g.role, action) && m.holds(g, at) && m.reaches(g, o) {
			return true
		}
	}
	return false
}

// where lists the organisations at which a person may do something.
func (m *treeModel) where(at time.Time, who ident.Person, action access.Action) (list []ident.Org) {
	for _, o := range slices.Sorted(maps.Keys(m.parent)) {
		if m.can(at, who, action, o) {
			list = append(list, o)
		}
	}
	return list
}

// holders lists the roles that reach an organisation now, of people who can use
// them.
func (m *treeModel) holders(at time.Time, o ident.Org) (list []ident.Grant) {
	for id, g := range m.grants {
		if m.holds(g, at) && m.reaches(g, o) && !m.stopped[g.person] {
			list = append(list, id)
		}
	}
	slices.Sort(list)
	return list
}
