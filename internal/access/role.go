package access

import (
	"maps"
	"slices"
)

// Action is something that a person may be allowed to do.
type Action string

// The actions. Each is a message of the catalogue, "access.action_" before it.
const (
	OrgView      Action = "org-view"      // see an organisation's side of the office
	OrgEdit      Action = "org-edit"      // names, profile, contact, hours, order of what hangs below, links
	OrgAdd       Action = "org-add"       // add an organisation below
	OrgMove      Action = "org-move"      // move, merge or close it
	OrgRules     Action = "org-rules"     // kinds of organisations, and which may hold which
	PeopleView   Action = "people-view"   // see who works here, with which roles
	PeopleEdit   Action = "people-edit"   // invite, name, suspend; offices held
	GrantGive    Action = "grant-give"    // give and take back roles
	AuditView    Action = "audit-view"    // read the trail
	JobsView     Action = "jobs-view"     // see background work and letters
	JobsRetry    Action = "jobs-retry"    // run failed work again
	SettingsEdit Action = "settings-edit" // the federation's settings and its site

	ArticleWrite   Action = "article-write"   // write, and send up
	ArticleReview  Action = "article-review"  // take or send back what was sent up
	ArticlePublish Action = "article-publish" // publish, take back, compile
	TopicAsk       Action = "topic-ask"       // send a topic down the tree
	EventRun       Action = "event-run"       // announce, register, check in
	CaseHandle     Action = "case-handle"     // answer requests that are assigned
	BallotCount    Action = "ballot-count"    // run and count votes
)

// Role is a named list of actions.
type Role string

// The roles.
const (
	Administrator Role = "administrator"
	Editor        Role = "editor"
	Reviewer      Role = "reviewer"
	Correspondent Role = "correspondent"
	Organiser     Role = "organiser"
	Caseworker    Role = "caseworker"
	Teller        Role = "teller"
	Observer      Role = "observer"
)

// holds says which actions a role has. An administrator writes no articles:
// whoever gives roles can give herself that one, and the trail shows it.
var holds = map[Role][]Action{
	Administrator: {
		OrgView, OrgEdit, OrgAdd, OrgMove, OrgRules, PeopleView, PeopleEdit, GrantGive, AuditView, JobsView, JobsRetry, SettingsEdit,
	},
	Editor:        {OrgView, PeopleView, ArticleWrite, ArticleReview, ArticlePublish, TopicAsk},
	Reviewer:      {OrgView, ArticleWrite, ArticleReview},
	Correspondent: {OrgView, ArticleWrite},
	Organiser:     {OrgView, EventRun},
	Caseworker:    {OrgView, CaseHandle},
	Teller:        {OrgView, BallotCount},
	Observer:      {OrgView, PeopleView, AuditView},
}

// Roles lists the roles, the widest first.
func Roles() []Role {
	return []Role{Administrator, Editor, Reviewer, Correspondent, Organiser, Caseworker, Teller, Observer}
}

// Actions lists every action.
func Actions() []Action {
	all := map[Action]bool{}
	for _, list := range holds {
		for _, a := range list {
			all[a] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// Known says whether there is such a role.
func (r Role) Known() bool { return len(holds[r]) > 0 }

// Has says whether the role has the action.
func (r Role) Has(a Action) bool { return slices.Contains(holds[r], a) }

// With lists the roles that have the action.
func With(a Action) []Role {
	return slices.DeleteFunc(Roles(), func(r Role) bool { return !r.Has(a) })
}

// NeedsSecondStep says whether who holds the role must prove herself twice: with
// a passkey, or with a password and a code. It is asked of those who give roles.
func (r Role) NeedsSecondStep() bool { return r.Has(GrantGive) }

// ForTokens says whether a token may be made for the action. Who works here, with
// which roles, is decided by people, never by programs that hold a text.
func (a Action) ForTokens() bool { return a != PeopleEdit && a != GrantGive }

// Key is the message that says what the action is.
func (a Action) Key() string { return "access.action_" + string(a) }

// Key is the message that names the role.
func (r Role) Key() string { return "access.role_" + string(r) }
