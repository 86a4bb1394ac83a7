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
		if own.Role.Has(GrantGive) && own.current(at) && own.outlives(g) && own.atLeast(g) {
			return Decision{Allowed: true, Reason: Granted, Action: GrantGive, Grant: own}
		}
	}
	return wide
}

// atLeast says whether own reaches all places that g reaches, with a role that
// may hand on g's.
func (own Grant) atLeast(g Grant) bool {
	if !own.reaches(g.Path) || g.Below && !own.Below {
		return false
	}
	return own.Role == Administrator || covers(own.Role, g.Role)
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

// outlives says whether own lasts at least as long as g.
func (own Grant) outlives(g Grant) bool {
	return own.Until.IsZero() || !g.Until.IsZero() && !g.Until.After(own.Until)
}
