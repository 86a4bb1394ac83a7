package office_test

import (
	"maps"
	"slices"

	"github.com/huiguan/huiguan/internal/access"
)

// The oracle says once more who may do what, in words and by hand: it was written
// from what the product promises, not from the code that it judges. A route that
// it does not know fails the tests, and so does a line of it without a route.

// right is something that roles allow, in the words of the people who hold them.
type right string

const (
	enter      right = "come into an organisation's side of the office"
	seePeople  right = "see who works there"
	editPeople right = "invite, name and suspend people, and note offices held"
	giveRoles  right = "give and take back roles"
	editOrg    right = "change names, profile, hours, order and links of an organisation"
	addOrg     right = "add an organisation below"
	moveOrg    right = "move, merge or close an organisation"
	moveAll    right = "move an organisation with all that is below it"
	setRules   right = "say which kinds of organisation there are"
	readTrail  right = "read the trail"
	seeWork    right = "see background work and letters"
	redoWork   right = "run failed work again"
	setSite    right = "change the federation's settings"
)

// holders are the roles that have a right. An administrator runs an organisation
// and writes nothing; an observer looks, and changes nothing; everybody who has a
// role comes in.
func (r right) holders() []access.Role {
	switch r {
	case enter:
		return []access.Role{"administrator", "editor", "reviewer", "correspondent", "organiser", "caseworker", "teller", "observer"}
	case seePeople:
		return []access.Role{"administrator", "editor", "observer"}
	case readTrail:
		return []access.Role{"administrator", "observer"}
	case editPeople, giveRoles, editOrg, addOrg, moveOrg, moveAll, setRules, seeWork, redoWork, setSite:
		return []access.Role{"administrator"}
	}
	return nil
}

// need is a right that a route asks for, at the organisation of the record that
// its path or form names so; "" is the federation as a whole.
type need struct {
	right right
	at    string
}

// rule says who may use a route.
type rule struct {
	everyone  bool   // whoever comes
	own       bool   // whoever is signed in, about her own things
	somewhere right  // who has the right anywhere
	needs     []need // who has all of these
	fresh     bool   // and has just proved who she is
	keeps     bool   // a POST that keeps nothing of anybody's: it may be sent while one looks as another
}

func where(list ...need) rule { return rule{needs: list} }

func (r rule) freshly() rule { r.fresh = true; return r }

// rules is the oracle.
func rules() map[string]rule {
	all := map[string]rule{}
	for _, area := range []map[string]rule{homeRules(), signInRules(), accountRules(), treeRules()} {
		maps.Copy(all, area)
	}
	return all
}

func homeRules() map[string]rule {
	everyone, own := rule{everyone: true}, rule{own: true}
	return map[string]rule{
		"GET /office":                             everyone,
		"GET /office/assets/{file}":               everyone,
		"POST /office/language":                   {everyone: true, keeps: true},
		"GET /office/{$}":                         own,
		"GET /office/orgs/{org}/drafts/{article}": where(need{enter, "org"}),
		"GET /office/settings":                    where(need{setSite, ""}),
		"POST /office/settings":                   where(need{setSite, ""}),

		"GET /office/work":                         where(need{seeWork, ""}),
		"GET /office/work/{job}":                   own, // what she caused; else it is not there
		"GET /office/work/{job}/state":             own,
		"POST /office/work/{job}/again":            where(need{redoWork, ""}),
		"POST /office/work/{job}/drop":             where(need{redoWork, ""}),
		"POST /office/work/letters/{letter}/again": where(need{redoWork, ""}),
		"POST /office/work/letters/{letter}/drop":  where(need{redoWork, ""}),
		"GET /office/audit":                        {somewhere: readTrail},
		"GET /office/audit/trail.csv":              {somewhere: readTrail},

		"GET /office/people":                    {somewhere: seePeople},
		"GET /office/people/new":                {somewhere: editPeople},
		"POST /office/people/new":               where(need{editPeople, "org"}),
		"GET /office/people/{person}":           where(need{seePeople, "person"}),
		"GET /office/people/{person}/give":      where(need{seePeople, "person"}),
		"POST /office/people/{person}/name":     where(need{editPeople, "person"}),
		"GET /office/people/{person}/login":     where(need{editPeople, "person"}).freshly(),
		"POST /office/people/{person}/login":    where(need{editPeople, "person"}).freshly(),
		"GET /office/people/{person}/transfer":  where(need{editPeople, "person"}),
		"POST /office/people/{person}/transfer": where(need{editPeople, "person"}, need{editPeople, "org"}),
		"POST /office/people/{person}/leave":    where(need{editPeople, "person"}),
		"POST /office/people/{person}/return":   where(need{editPeople, "person"}),
		"POST /office/people/{person}/suspend":  where(need{editPeople, "person"}),
		"POST /office/people/{person}/resume":   where(need{editPeople, "person"}),
		"POST /office/people/{person}/invite":   where(need{editPeople, "person"}),
		"POST /office/people/{person}/reset":    where(need{editPeople, "person"}),
		"POST /office/people/{person}/grants":   where(need{giveRoles, "org"}, need{seePeople, "person"}),
		"POST /office/people/{person}/offices":  where(need{editPeople, "org"}, need{seePeople, "person"}),
		"POST /office/grants/{grant}/revoke":    where(need{giveRoles, "grant"}),
		"POST /office/grants/{grant}/again":     where(need{giveRoles, "grant"}),
		"POST /office/grants/{grant}/until":     where(need{giveRoles, "grant"}),
		"GET /office/offices/{held}":            where(need{editPeople, "held"}),
		"POST /office/offices/{held}":           where(need{editPeople, "held"}),
		"POST /office/offices/{held}/raise":     where(need{editPeople, "held"}),
		"GET /office/orgs/{org}/offices":        where(need{seePeople, "org"}),
		"GET /office/orgs/{org}/access":         where(need{enter, "org"}),
		"GET /office/orgs/{org}/why":            own,
		"POST /office/view-as/{person}":         where(need{seePeople, "person"}, need{giveRoles, "person"}),
		"POST /office/view-as/end":              own, // walked as oneself: whoever comes by a session is not "as" anybody on it
		"GET /office/tokens":                    own.freshly(),
		"POST /office/tokens":                   own.freshly(),
		"POST /office/tokens/{token}/revoke":    own.freshly(),
	}
}

// signInRules are for who is not signed in yet, or proves it once more. What they
// take is a password, a code, a passkey or the secret of a letter; who has none of
// these is answered, and gets nothing.
func signInRules() map[string]rule {
	everyone, own := rule{everyone: true}, rule{own: true}
	return map[string]rule{
		"GET /office/sign-in":                everyone,
		"POST /office/sign-in":               everyone,
		"POST /office/sign-in/code":          everyone,
		"POST /office/sign-in/begin":         everyone,
		"POST /office/sign-in/passkey":       everyone,
		"POST /office/sign-out":              {everyone: true, keeps: true},
		"GET /office/reset":                  everyone,
		"POST /office/reset":                 everyone,
		"GET /office/reset/{ticket}":         everyone,
		"POST /office/reset/{ticket}":        everyone,
		"GET /office/join/{ticket}":          everyone,
		"POST /office/join/{ticket}":         everyone,
		"POST /office/join/{ticket}/begin":   everyone,
		"POST /office/join/{ticket}/passkey": everyone,
		"GET /office/demo/{seat}":            everyone,
		"POST /office/demo/{seat}":           everyone,
		"GET /office/set-up":                 everyone,
		"POST /office/set-up":                everyone,
		"GET /office/verify":                 own,
		"POST /office/verify":                own,
		"POST /office/verify/begin":          own,
		"POST /office/verify/passkey":        own,
	}
}

// accountRules are about one's own account: only who has just proved herself
// touches what opens it.
func accountRules() map[string]rule {
	own := rule{own: true}
	fresh := own.freshly()
	return map[string]rule{
		"GET /office/account":                      own,
		"POST /office/account":                     own,
		"GET /office/account/second-step":          own,
		"GET /office/account/password":             fresh,
		"POST /office/account/password":            fresh,
		"GET /office/account/passkeys":             fresh,
		"POST /office/account/passkeys/begin":      fresh,
		"POST /office/account/passkeys":            fresh,
		"POST /office/account/passkeys/remove":     fresh,
		"GET /office/account/codes":                fresh,
		"POST /office/account/codes/begin":         fresh,
		"POST /office/account/codes":               fresh,
		"POST /office/account/codes/renew":         fresh,
		"POST /office/account/codes/remove":        fresh,
		"POST /office/account/sessions/end":        own,
		"POST /office/account/sessions/end-others": own,
	}
}

// treeRules are about organisations. What is moved or merged must be hers at both
// ends: where it goes, she must be allowed to add, and what takes another in, to
// move as well.
func treeRules() map[string]rule {
	edit, add, move := where(need{editOrg, "org"}), where(need{addOrg, "org"}), where(need{moveOrg, "org"})
	kinds := where(need{setRules, ""})
	return map[string]rule{
		// A table goes out to whoever may look; one that comes in adds and changes. Its
		// preview keeps nothing.
		"GET /office/orgs/{org}/sheet":         where(need{enter, "org"}),
		"GET /office/orgs/{org}/sheet.xlsx":    where(need{enter, "org"}),
		"GET /office/orgs/{org}/sheet.csv":     where(need{enter, "org"}),
		"GET /office/orgs/{org}/template.xlsx": where(need{enter, "org"}),
		"GET /office/orgs/{org}/import":        where(need{addOrg, "org"}, need{editOrg, "org"}),
		"POST /office/orgs/{org}/import":       {needs: []need{{addOrg, "org"}, {editOrg, "org"}}, keeps: true},
		"POST /office/orgs/{org}/import/do":    where(need{addOrg, "org"}, need{editOrg, "org"}),

		"GET /office/orgs":                     {somewhere: enter},
		"GET /office/orgs/{org}":               where(need{enter, "org"}),
		"GET /office/orgs/{org}/edit":          edit,
		"POST /office/orgs/{org}/edit":         edit,
		"GET /office/orgs/{org}/add":           add,
		"POST /office/orgs/{org}/add":          add,
		"GET /office/orgs/{org}/profile":       edit,
		"POST /office/orgs/{org}/profile":      edit,
		"GET /office/orgs/{org}/order":         edit,
		"POST /office/orgs/{org}/order":        edit,
		"GET /office/orgs/{org}/links":         edit,
		"POST /office/orgs/{org}/links":        edit,
		"POST /office/orgs/{org}/links/remove": edit,
		"GET /office/orgs/{org}/address":       move,
		"POST /office/orgs/{org}/address":      move,
		"GET /office/orgs/{org}/move":          move,
		"POST /office/orgs/{org}/move":         where(need{moveOrg, "org"}, need{moveAll, "org"}, need{addOrg, "to"}),
		"GET /office/orgs/{org}/merge":         move,
		"POST /office/orgs/{org}/merge":        where(need{moveOrg, "org"}, need{moveAll, "org"}, need{moveOrg, "to"}, need{addOrg, "to"}),
		"GET /office/orgs/{org}/close":         move,
		"POST /office/orgs/{org}/close":        move,
		"GET /office/orgs/{org}/reopen":        move,
		"POST /office/orgs/{org}/reopen":       move,
		"GET /office/kinds":                    kinds,
		"GET /office/kinds/new":                kinds,
		"POST /office/kinds/new":               kinds,
		"GET /office/kinds/of/{kind}":          kinds,
		"POST /office/kinds/of/{kind}":         kinds,
		"POST /office/kinds/of/{kind}/remove":  kinds,
	}
}

// credential is how somebody shows who she is.
type credential string

const (
	strong   credential = "passkey, just now"
	stale    credential = "passkey, an hour ago"
	password credential = "password alone"
	viewing  credential = "an administrator who looks as her"
	token    credential = "a token for everything"
	narrow   credential = "a token for something else"
)

// reaches climbs from a place towards the root until it meets the role's.
func (m member) reaches(place string) bool {
	up := parents()
	for steps := 0; ; steps++ {
		if place == m.home {
			return steps == 0 || m.below
		}
		above, ok := up[place]
		if !ok {
			return false
		}
		place = above
	}
}

// has says whether somebody has a right at a place, as she shows who she is.
func (m member) has(r right, place string, how credential) bool {
	switch {
	case m.state != holdsNow, !slices.Contains(r.holders(), m.role), !m.reaches(place):
		return false
	case how == password && m.role == access.Administrator, how == narrow:
		return false
	case r == moveAll:
		// A role that is held here only must not come to reach what goes along.
		for child, above := range parents() {
			if above == place && !m.reaches(child) {
				return false
			}
		}
	case how == token && (r == editPeople || r == giveRoles):
		return false
	}
	return true
}

// allows says whether the rule lets somebody use the route under a method, for
// records at these organisations.
func (r rule) allows(m member, how credential, method string, at map[string]string) bool {
	switch {
	case r.everyone:
		return method == "GET" || r.keeps || how != viewing && how != token && how != narrow
	case !m.in, how == viewing && method == "POST" && !r.keeps:
		return false
	case r.fresh && (how == stale || how == token || how == narrow):
		return false
	case r.own:
		return how != token && how != narrow
	case r.somewhere != "":
		return m.has(r.somewhere, m.home, how)
	}
	for _, n := range r.needs {
		if !m.has(n.right, at[n.at], how) {
			return false
		}
	}
	return true
}

// elsewhere says whether a page for somebody's whole part of the tree is asked
// about a place outside it: it may refuse that, or show her part.
func (r rule) elsewhere(m member, at map[string]string) bool {
	for _, place := range at {
		if r.somewhere != "" && !m.reaches(place) {
			return true
		}
	}
	return false
}
