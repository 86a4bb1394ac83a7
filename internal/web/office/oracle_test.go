package office_test

import (
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
	case editPeople, giveRoles, editOrg, addOrg, moveOrg, setRules, seeWork, redoWork, setSite:
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
	everyone, own := rule{everyone: true}, rule{own: true}
	return map[string]rule{
		"GET /office":                              everyone,
		"GET /office/assets/{file}":                everyone,
		"POST /office/language":                    {everyone: true, keeps: true},
		"GET /office/{$}":                          own,
		"GET /office/orgs/{org}/drafts/{article}":  where(need{enter, "org"}),
		"GET /office/settings":                     where(need{setSite, ""}),
		"POST /office/settings":                    where(need{setSite, ""}),
		"GET /office/work":                         where(need{seeWork, ""}),
		"GET /office/work/{job}":                   own, // what she caused; else it is not there
		"GET /office/work/{job}/state":             own,
		"POST /office/work/{job}/again":            where(need{redoWork, ""}),
		"POST /office/work/{job}/drop":             where(need{redoWork, ""}),
		"POST /office/work/letters/{letter}/again": where(need{redoWork, ""}),
		"POST /office/work/letters/{letter}/drop":  where(need{redoWork, ""}),
		"GET /office/audit":                        {somewhere: readTrail},
		"GET /office/audit/trail.csv":              {somewhere: readTrail},
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
		return how != viewing || method == "GET" || r.keeps
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
