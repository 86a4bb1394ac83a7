package access

import "time"

// MayGive says whether the actor may give the grant, or take it back: she must
// be allowed to give roles there, as far down and as long as the grant goes, and
// must hold each action of its role there herself. Nobody gives more than she
// has, so that power is handed down the tree and never up.
func MayGive(at time.Time, a Actor, g Grant) Decision {
	on := Place{Org: g.Org, Path: g.Path}
	d := Can(at, a, GrantGive, on)
	if !d.Allowed {
		return d
	}
	wide := Decision{Reason: TooHigh, Action: GrantGive, Grant: g}
	for _, own := range a.Grants {
		if own.Role.Has(GrantGive) && own.Current(at) && own.outlives(g) && own.atLeast(g) {
			return Decision{Allowed: true, Reason: Granted, Action: GrantGive, Grant: own}
		}
	}
	return wide
}

// atLeast says whether the grant reaches all places that another does, with a role
// that may hand on the other's.
func (g Grant) atLeast(other Grant) bool {
	if !g.reaches(other.Path) || other.Below && !g.Below {
		return false
	}
	return g.Role == Administrator || covers(g.Role, other.Role)
}

// covers says whether a role has every action of another.
func covers(own, other Role) bool {
	for _, a := range holds[other] {
		if !own.Has(a) {
			return false
		}
	}
	return true
}

// outlives says whether the grant lasts at least as long as another.
func (g Grant) outlives(other Grant) bool {
	return g.Until.IsZero() || !other.Until.IsZero() && !other.Until.After(g.Until)
}
