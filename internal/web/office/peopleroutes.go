package office

import (
	"slices"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// peopleRoutes are the pages of who works here, and with which roles.
func (o *Office) peopleRoutes() []kit.Route {
	return slices.Concat(o.personRoutes(), o.grantRoutes(), o.heldRoutes(), o.accessRoutes(), o.tokenRoutes())
}

func reads(path string, policy kit.Policy, in kit.Input, handle kit.Handler) kit.Route {
	return kit.Route{Method: "GET", Path: path, Policy: policy, Input: in, Cache: kit.CacheNever, Audit: kit.AuditNothing, Handle: handle}
}

func writes(path string, policy kit.Policy, in kit.Input, handle kit.Handler) kit.Route {
	return kit.Route{Method: "POST", Path: path, Policy: policy, Input: in, Cache: kit.CacheNever, Audit: kit.AuditWrites, Handle: handle}
}

// personRoutes are about persons and their accounts.
func (o *Office) personRoutes() []kit.Route {
	see, edit := kit.Allowed(access.PeopleView, kit.PersonIn("person")), kit.Allowed(access.PeopleEdit, kit.PersonIn("person"))
	return []kit.Route{
		reads("/office/people", kit.Somewhere(access.PeopleView), kit.FormOf[staffQuery](), o.staffList),
		reads("/office/people/new", kit.Somewhere(access.PeopleEdit), kit.FormOf[placeQuery](), o.staffNew),
		writes("/office/people/new", kit.Allowed(access.PeopleEdit, kit.OrgIn("org")), kit.FormOf[admitForm](), o.admit),
		reads("/office/people/{person}", see, kit.FormOf[personQuery](), o.personPage),
		writes("/office/people/{person}/name", edit, kit.FormOf[nameForm](), o.renamePerson),
		writes("/office/people/{person}/leave", edit, kit.Nothing(), o.leave),
		writes("/office/people/{person}/return", edit, kit.Nothing(), o.comeBack),
		writes("/office/people/{person}/suspend", edit, kit.Nothing(), o.suspend),
		writes("/office/people/{person}/resume", edit, kit.Nothing(), o.resume),
		writes("/office/people/{person}/invite", edit, kit.Nothing(), o.inviteAgain),
		writes("/office/view-as/{person}", see.And(access.GrantGive, kit.PersonIn("person")), kit.Nothing(), o.viewAs),
		writes(viewAsEnd, kit.SignedIn(), kit.Nothing(), o.endViewAs),
	}
}

// grantRoutes are about roles.
func (o *Office) grantRoutes() []kit.Route {
	see, give := kit.Allowed(access.PeopleView, kit.PersonIn("person")), kit.Allowed(access.GrantGive, kit.GrantIn("grant"))
	return []kit.Route{
		reads("/office/people/{person}/give", see, kit.FormOf[placeQuery](), o.givePage),
		writes("/office/people/{person}/grants", kit.Allowed(access.GrantGive, kit.OrgIn("org")).And(access.PeopleView, kit.PersonIn("person")), kit.FormOf[giveForm](), o.give),
		writes("/office/grants/{grant}/revoke", give, kit.FormOf[backForm](), o.revoke),
		writes("/office/grants/{grant}/again", give, kit.FormOf[backForm](), o.giveAgain),
		writes("/office/grants/{grant}/until", give, kit.FormOf[untilForm](), o.setUntil),
	}
}

// heldRoutes are about offices that people hold.
func (o *Office) heldRoutes() []kit.Route {
	edit := kit.Allowed(access.PeopleEdit, kit.HeldIn("held"))
	return []kit.Route{
		reads("/office/orgs/{org}/offices", kit.Allowed(access.PeopleView, kit.OrgIn("org")), kit.Nothing(), o.officesPage),
		writes("/office/people/{person}/offices", kit.Allowed(access.PeopleEdit, kit.OrgIn("org")).And(access.PeopleView, kit.PersonIn("person")), kit.FormOf[heldForm](), o.addHeld),
		reads("/office/offices/{held}", edit, kit.Nothing(), o.heldPage),
		writes("/office/offices/{held}", edit, kit.FormOf[heldForm](), o.changeHeld),
		writes("/office/offices/{held}/raise", edit, kit.Nothing(), o.raiseHeld),
	}
}

// accessRoutes explain who may do what.
func (o *Office) accessRoutes() []kit.Route {
	return []kit.Route{
		reads("/office/orgs/{org}/access", kit.Allowed(access.OrgView, kit.OrgIn("org")), kit.Nothing(), o.accessPage),
		reads("/office/orgs/{org}/why", kit.SignedIn(), kit.FormOf[whyQuery](), o.whyPage),
	}
}

// tokenRoutes are about the reader's own tokens.
func (o *Office) tokenRoutes() []kit.Route {
	own := kit.SignedIn().Fresh()
	return []kit.Route{
		reads("/office/tokens", own, kit.Nothing(), o.tokensPage),
		writes("/office/tokens", own, kit.FormOf[tokenForm](), o.createToken),
		writes("/office/tokens/{token}/revoke", own, kit.Nothing(), o.revokeToken),
	}
}
