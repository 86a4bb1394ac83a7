package kit

import "slices"

// Weakened is a policy with one of its checks left out.
type Weakened struct {
	Policy
	Left string // what was left out
	Need int    // which need, -1 where it is none
}

// Weaker lists the policy with each of its checks left out in turn. A test of who
// may use a route that does not notice the difference tests nothing.
func (p Policy) Weaker() (list []Weakened) {
	if p.kind == public {
		return nil
	}
	list = append(list, Weakened{Public(), "everything", -1})
	for i, n := range p.needs {
		less := p
		less.needs = slices.Delete(slices.Clone(p.needs), i, i+1)
		if len(less.needs) == 0 {
			less.kind = signedIn
		}
		list = append(list, Weakened{less, string(n.action), i})
		if p.kind == allowed {
			less.needs, less.kind = []declared{{action: n.action}}, scoped
			list = append(list, Weakened{less, "where " + string(n.action) + " is allowed", -1})
		}
	}
	if p.fresh {
		less := p
		less.fresh = false
		list = append(list, Weakened{less, "fresh", -1})
	}
	return list
}
