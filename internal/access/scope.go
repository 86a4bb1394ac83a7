package access

import (
	"slices"
	"strings"
	"time"
)

// Scope is the part of the tree in which an action is allowed.
type Scope struct {
	Here  []string // paths of single organisations
	Below []string // paths of organisations with all that hangs below them
}

// ScopeOf says where the actor may do the action. Parts that others hold are
// left out, so that a filter has no more conditions than it needs.
func ScopeOf(at time.Time, a Actor, action Action) Scope {
	var s Scope
	for _, g := range a.Grants {
		switch {
		case !g.Role.Has(action) || !g.Current(at):
		case g.Below:
			s.Below = append(s.Below, g.Path)
		default:
			s.Here = append(s.Here, g.Path)
		}
	}
	slices.Sort(s.Below) // each after what holds it
	var kept []string
	for _, path := range s.Below {
		if !holdsPath(kept, path) {
			kept = append(kept, path)
		}
	}
	s.Below = kept
	slices.Sort(s.Here)
	s.Here = slices.DeleteFunc(slices.Compact(s.Here), func(path string) bool { return holdsPath(kept, path) })
	return s
}

// Empty says whether the action is allowed nowhere.
func (s Scope) Empty() bool { return len(s.Here)+len(s.Below) == 0 }

// Holds says whether the action is allowed at a path.
func (s Scope) Holds(path string) bool {
	return slices.Contains(s.Here, path) || holdsPath(s.Below, path)
}

// Covers says whether the action is allowed wherever a grant reaches.
func (s Scope) Covers(g Grant) bool {
	if g.Below {
		return holdsPath(s.Below, g.Path)
	}
	return s.Holds(g.Path)
}

func holdsPath(tops []string, path string) bool {
	return slices.ContainsFunc(tops, func(top string) bool { return strings.HasPrefix(path, top) })
}
