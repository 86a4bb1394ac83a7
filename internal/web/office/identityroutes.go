package office

import (
	"slices"

	"github.com/huiguan/huiguan/internal/web/kit"
)

// identityRoutes are the pages of signing in, and one's own account.
func (o *Office) identityRoutes() []kit.Route {
	return slices.Concat(o.signInRoutes(), o.ticketRoutes(), o.accountRoutes(), o.setupRoutes())
}

// reads is a page that shows something to one reader.
func reads(path string, p kit.Policy, h kit.Handler) kit.Route {
	return kit.Route{Method: "GET", Path: path, Policy: p, Cache: kit.CacheNever, Audit: kit.AuditNothing, Handle: h}
}

// asks is a page that shows something to one reader, and reads its address.
func asks[T any](path string, p kit.Policy, h kit.Handler) kit.Route {
	r := reads(path, p, h)
	r.Input = kit.FormOf[T]()
	return r
}

// writes is a form that changes something.
func writes[T any](path string, p kit.Policy, h kit.Handler) kit.Route {
	return kit.Route{Method: "POST", Path: path, Policy: p, Input: kit.FormOf[T](), Cache: kit.CacheNever, Audit: kit.AuditWrites, Handle: h}
}

// begins is what a script or a form opens a ceremony with: it changes nothing that
// anybody would miss.
func begins(path string, p kit.Policy, h kit.Handler) kit.Route {
	return kit.Route{Method: "POST", Path: path, Policy: p, Input: kit.Nothing(), Cache: kit.CacheNever, Audit: kit.AuditNothing, Handle: h}
}

func (o *Office) signInRoutes() []kit.Route {
	public, own := kit.Public(), kit.SignedIn()
	return []kit.Route{
		asks[nextForm]("/office/sign-in", public, o.signInPage),
		writes[signInForm]("/office/sign-in", public, o.signInPassword),
		writes[codeForm]("/office/sign-in/code", public, o.signInCode),
		begins("/office/sign-in/begin", public, o.beginSignIn),
		writes[keyAnswer]("/office/sign-in/passkey", public, o.signInPasskey),
		begins("/office/sign-out", public, o.signOut), // twice does no harm; the first is in the trail
		asks[nextForm]("/office/verify", own, o.verifyPage),
		writes[verifyForm]("/office/verify", own, o.verify),
		begins("/office/verify/begin", own, o.beginVerify),
		writes[keyAnswer]("/office/verify/passkey", own, o.verifyPasskey),
	}
}

func (o *Office) ticketRoutes() []kit.Route {
	public := kit.Public()
	return []kit.Route{
		reads("/office/reset", public, o.askResetPage),
		writes[askForm]("/office/reset", public, o.askReset),
		reads("/office/reset/{ticket}", public, o.resetPage),
		writes[passwordForm]("/office/reset/{ticket}", public, o.resetPassword),
		reads("/office/join/{ticket}", public, o.joinPage),
		writes[passwordForm]("/office/join/{ticket}", public, o.join),
		begins("/office/join/{ticket}/begin", public, o.beginJoin),
		writes[newKeyForm]("/office/join/{ticket}/passkey", public, o.joinPasskey),
		reads("/office/demo/{seat}", public, o.demoPage),
		writes[struct{}]("/office/demo/{seat}", public, o.takeSeat),
	}
}

func (o *Office) accountRoutes() []kit.Route {
	own, fresh := kit.SignedIn(), kit.SignedIn().Fresh()
	return []kit.Route{
		reads("/office/account", own, o.accountPage),
		writes[ownNamesForm]("/office/account", own, o.setOwnNames),
		reads(secondStepPage, own, o.secondStepPage),
		reads("/office/account/password", fresh, o.passwordPage),
		writes[passwordForm]("/office/account/password", fresh, o.setPassword),
		reads("/office/account/passkeys", fresh, o.passkeysPage),
		begins("/office/account/passkeys/begin", fresh, o.beginPasskey),
		writes[newKeyForm]("/office/account/passkeys", fresh, o.addPasskey),
		writes[removeKeyForm]("/office/account/passkeys/remove", fresh, o.removePasskey),
		reads("/office/account/codes", fresh, o.codesPage),
		begins("/office/account/codes/begin", fresh, o.beginCodes),
		writes[codeForm]("/office/account/codes", fresh, o.confirmCodes),
		writes[struct{}]("/office/account/codes/renew", fresh, o.renewRecovery),
		writes[struct{}]("/office/account/codes/remove", fresh, o.removeCodes),
		writes[endForm]("/office/account/sessions/end", own, o.endSession),
		writes[struct{}]("/office/account/sessions/end-others", own, o.endOthers),
	}
}

func (o *Office) setupRoutes() []kit.Route {
	return []kit.Route{
		reads("/office/set-up", kit.Public(), o.setupPage),
		writes[setupForm]("/office/set-up", kit.Public(), o.setUp),
	}
}
