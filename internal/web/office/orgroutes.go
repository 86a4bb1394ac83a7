package office

import (
	"slices"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// orgRoutes are the pages of the tree of organisations. What is moved or merged
// must be the reader's at both ends: what goes, and where it goes to.
func (o *Office) orgRoutes() []kit.Route {
	at := kit.OrgIn("org")
	view, edit := kit.Allowed(access.OrgView, at), kit.Allowed(access.OrgEdit, at)
	add, move := kit.Allowed(access.OrgAdd, at), kit.Allowed(access.OrgMove, at)
	into := kit.OrgIn("to")
	return slices.Concat([]kit.Route{
		look("/office/orgs", kit.Somewhere(access.OrgView), kit.FormOf[treeQuery](), o.treePage),
		look("/office/orgs/{org}", view, kit.FormOf[undoQuery](), o.orgPage),
		look("/office/orgs/{org}/edit", edit, kit.Nothing(), o.editPage),
		act("/office/orgs/{org}/edit", edit, kit.FormOf[editForm](), o.edit),
		look("/office/orgs/{org}/add", add, kit.Nothing(), o.addPage),
		act("/office/orgs/{org}/add", add, kit.FormOf[addForm](), o.add),
		look("/office/orgs/{org}/profile", edit, kit.Nothing(), o.profilePage),
		act("/office/orgs/{org}/profile", edit, kit.FormOf[profileForm]().UpTo(16<<20), o.setProfile),
		look("/office/orgs/{org}/order", edit, kit.Nothing(), o.orderPage),
		act("/office/orgs/{org}/order", edit, kit.FormOf[orderForm]().UpTo(1<<20), o.order),
		look("/office/orgs/{org}/links", edit, kit.FormOf[chooseQuery](), o.linksPage),
		act("/office/orgs/{org}/links", edit, kit.FormOf[linkForm](), o.addLink),
		act("/office/orgs/{org}/links/remove", edit, kit.FormOf[unlinkForm](), o.removeLink),
		look("/office/orgs/{org}/address", move, kit.Nothing(), o.addressPage),
		act("/office/orgs/{org}/address", move, kit.FormOf[addressForm](), o.setAddress),
		look("/office/orgs/{org}/move", move, kit.FormOf[chooseQuery](), o.movePage),
		act("/office/orgs/{org}/move", move.And(access.OrgMove, kit.BelowIn("org")).And(access.OrgAdd, into), kit.FormOf[moveForm](), o.move),
		look("/office/orgs/{org}/merge", move, kit.FormOf[chooseQuery](), o.mergePage),
		act("/office/orgs/{org}/merge", move.And(access.OrgMove, kit.BelowIn("org")).And(access.OrgMove, into).And(access.OrgAdd, into), kit.FormOf[mergeForm](), o.merge),
		look("/office/orgs/{org}/close", move, kit.Nothing(), o.closePage),
		act("/office/orgs/{org}/close", move, kit.Nothing(), o.close),
		look("/office/orgs/{org}/reopen", move, kit.Nothing(), o.reopenPage),
		act("/office/orgs/{org}/reopen", move, kit.Nothing(), o.reopen),
	}, o.kindRoutes(), o.tableRoutes())
}

// kindRoutes are the pages of the kinds, which hold for the whole federation.
func (o *Office) kindRoutes() []kit.Route {
	rules := kit.Allowed(access.OrgRules, kit.Federation())
	return []kit.Route{
		look("/office/kinds", rules, kit.Nothing(), o.kindsPage),
		look("/office/kinds/new", rules, kit.Nothing(), o.newKindPage),
		act("/office/kinds/new", rules, kit.FormOf[kindForm](), o.addKind),
		look("/office/kinds/of/{kind}", rules, kit.Nothing(), o.kindPage),
		act("/office/kinds/of/{kind}", rules, kit.FormOf[kindForm](), o.editKind),
		act("/office/kinds/of/{kind}/remove", rules, kit.Nothing(), o.removeKind),
	}
}

// look is a page that is only looked at.
func look(path string, policy kit.Policy, query kit.Input, h kit.Handler) kit.Route {
	return kit.Route{Method: "GET", Path: path, Policy: policy, Input: query, Cache: kit.CacheNever, Audit: kit.AuditNothing, Handle: h}
}

// act is a form that changes something.
func act(path string, policy kit.Policy, form kit.Input, h kit.Handler) kit.Route {
	return kit.Route{Method: "POST", Path: path, Policy: policy, Input: form, Cache: kit.CacheNever, Audit: kit.AuditWrites, Handle: h}
}
