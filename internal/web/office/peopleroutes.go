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

// personRoutes are about persons and their accounts.
func (o *Office) personRoutes() []kit.Route {
	see, edit := kit.Allowed(access.PeopleView, kit.PersonIn("person")), kit.Allowed(access.PeopleEdit, kit.PersonIn("person"))
	return []kit.Route{
		look("/office/people", kit.Somewhere(access.PeopleView), kit.FormOf[staffQuery](), o.staffList),
		look("/office/people/new", kit.Somewhere(access.PeopleEdit), kit.FormOf[placeQuery](), o.staffNew),
		act("/office/people/new", kit.Allowed(access.PeopleEdit, kit.OrgIn("org")), kit.FormOf[admitForm](), o.admit),
		look("/office/people/{person}", see, kit.FormOf[personQuery](), o.personPage),
		act("/office/people/{person}/name", edit, kit.FormOf[nameForm](), o.renamePerson),
		look("/office/people/{person}/login", edit.Fresh(), kit.Nothing(), o.loginPage),
		act("/office/people/{person}/login", edit.Fresh(), kit.FormOf[loginForm](), o.changeLogin),
		look("/office/people/{person}/transfer", edit, kit.FormOf[placeQuery](), o.transferPage),
		act("/office/people/{person}/transfer", edit.And(access.PeopleEdit, kit.OrgIn("org")), kit.FormOf[transferForm](), o.transfer),
		act("/office/people/{person}/leave", edit, kit.Nothing(), o.leave),
		act("/office/people/{person}/return", edit, kit.Nothing(), o.comeBack),
		act("/office/people/{person}/suspend", edit, kit.Nothing(), o.suspend),
		act("/office/people/{person}/resume", edit, kit.Nothing(), o.resume),
		act("/office/people/{person}/invite", edit, kit.Nothing(), o.inviteAgain),
		act("/office/people/{person}/reset", edit, kit.FormOf[resetForm](), o.resetLogin),
		act("/office/view-as/{person}", see.And(access.GrantGive, kit.PersonIn("person")), kit.Nothing(), o.viewAs),
		act(viewAsEnd, kit.SignedIn(), kit.Nothing(), o.endViewAs),
	}
}

// grantRoutes are about roles.
func (o *Office) grantRoutes() []kit.Route {
	see, give := kit.Allowed(access.PeopleView, kit.PersonIn("person")), kit.Allowed(access.GrantGive, kit.GrantIn("grant"))
	return []kit.Route{
		look("/office/people/{person}/give", see, kit.FormOf[placeQuery](), o.givePage),
		act("/office/people/{person}/grants", kit.Allowed(access.GrantGive, kit.OrgIn("org")).And(access.PeopleView, kit.PersonIn("person")), kit.FormOf[giveForm](), o.give),
		act("/office/grants/{grant}/revoke", give, kit.FormOf[backForm](), o.revoke),
		act("/office/grants/{grant}/again", give, kit.FormOf[backForm](), o.giveAgain),
		act("/office/grants/{grant}/until", give, kit.FormOf[untilForm](), o.setUntil),
	}
}

// heldRoutes are about offices that people hold.
func (o *Office) heldRoutes() []kit.Route {
	edit := kit.Allowed(access.PeopleEdit, kit.HeldIn("held"))
	return []kit.Route{
		look("/office/orgs/{org}/offices", kit.Allowed(access.PeopleView, kit.OrgIn("org")), kit.Nothing(), o.officesPage),
		act("/office/people/{person}/offices", kit.Allowed(access.PeopleEdit, kit.OrgIn("org")).And(access.PeopleView, kit.PersonIn("person")), kit.FormOf[heldForm](), o.addHeld),
		look("/office/offices/{held}", edit, kit.Nothing(), o.heldPage),
		act("/office/offices/{held}", edit, kit.FormOf[heldForm](), o.changeHeld),
		act("/office/offices/{held}/raise", edit, kit.Nothing(), o.raiseHeld),
	}
}

// accessRoutes explain who may do what.
func (o *Office) accessRoutes() []kit.Route {
	return []kit.Route{
		look("/office/orgs/{org}/access", kit.Allowed(access.OrgView, kit.OrgIn("org")), kit.Nothing(), o.accessPage),
		look("/office/orgs/{org}/why", kit.SignedIn(), kit.FormOf[whyQuery](), o.whyPage),
	}
}

// tokenRoutes are about the reader's own tokens.
func (o *Office) tokenRoutes() []kit.Route {
	own := kit.SignedIn().Fresh()
	return []kit.Route{
		look("/office/tokens", own, kit.Nothing(), o.tokensPage),
		act("/office/tokens", own, kit.FormOf[tokenForm](), o.createToken),
		act("/office/tokens/{token}/revoke", own, kit.Nothing(), o.revokeToken),
	}
}
