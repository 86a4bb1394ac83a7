package office

import (
	"slices"

	"github.com/huiguan/huiguan/internal/web/kit"
)

// identityRoutes are the pages of signing in, and one's own account.
func (o *Office) identityRoutes() []kit.Route {
	return slices.Concat(o.signInRoutes(), o.ticketRoutes(), o.accountRoutes(), o.setupRoutes())
}

// ownPage is a page that shows something to one reader.
func ownPage(path string, p kit.Policy, h kit.Handler) kit.Route {
	return kit.Route{Method: "GET", Path: path, Policy: p, Cache: kit.CacheNever, Audit: kit.AuditNothing, Handle: h}
}

// ownQuery is a page that shows something to one reader, and reads its address.
func ownQuery[T any](path string, p kit.Policy, h kit.Handler) kit.Route {
	r := ownPage(path, p, h)
	r.Input = kit.FormOf[T]()
	return r
}

// ownForm is a form that changes something.
func ownForm[T any](path string, p kit.Policy, h kit.Handler) kit.Route {
	return kit.Route{Method: "POST", Path: path, Policy: p, Input: kit.FormOf[T](), Cache: kit.CacheNever, Audit: kit.AuditWrites, Handle: h}
}

// ownBegin is what a script or a form opens a ceremony with: it changes nothing that
// anybody would miss.
func ownBegin(path string, p kit.Policy, h kit.Handler) kit.Route {
	return kit.Route{Method: "POST", Path: path, Policy: p, Input: kit.Nothing(), Cache: kit.CacheNever, Audit: kit.AuditNothing, Handle: h}
}

func (o *Office) signInRoutes() []kit.Route {
	public, own := kit.Public(), kit.SignedIn()
	return []kit.Route{
		ownQuery[nextForm]("/office/sign-in", public, o.signInPage),
		ownForm[signInForm]("/office/sign-in", public, o.signInPassword),
		ownForm[codeForm]("/office/sign-in/code", public, o.signInCode),
		ownBegin("/office/sign-in/begin", public, o.beginSignIn),
		ownForm[keyAnswer]("/office/sign-in/passkey", public, o.signInPasskey),
		ownBegin("/office/sign-out", public, o.signOut), // twice does no harm; the first is in the trail
		ownQuery[nextForm]("/office/verify", own, o.verifyPage),
		ownForm[verifyForm]("/office/verify", own, o.verify),
		ownBegin("/office/verify/begin", own, o.beginVerify),
		ownForm[keyAnswer]("/office/verify/passkey", own, o.verifyPasskey),
	}
}

func (o *Office) ticketRoutes() []kit.Route {
	public := kit.Public()
	return []kit.Route{
		ownPage("/office/reset", public, o.askResetPage),
		ownForm[askForm]("/office/reset", public, o.askReset),
		ownPage("/office/reset/{ticket}", public, o.resetPage),
		ownForm[passwordForm]("/office/reset/{ticket}", public, o.resetPassword),
		ownPage("/office/join/{ticket}", public, o.joinPage),
		ownForm[passwordForm]("/office/join/{ticket}", public, o.join),
		ownBegin("/office/join/{ticket}/begin", public, o.beginJoin),
		ownForm[newKeyForm]("/office/join/{ticket}/passkey", public, o.joinPasskey),
		ownPage("/office/demo/{seat}", public, o.demoPage),
		ownForm[struct{}]("/office/demo/{seat}", public, o.takeSeat),
	}
}

func (o *Office) accountRoutes() []kit.Route {
	own, fresh := kit.SignedIn(), kit.SignedIn().Fresh()
	return []kit.Route{
		ownPage("/office/account", own, o.accountPage),
		ownForm[ownNamesForm]("/office/account", own, o.setOwnNames),
		ownPage(secondStepPage, own, o.secondStepPage),
		ownPage("/office/account/password", fresh, o.passwordPage),
		ownForm[passwordForm]("/office/account/password", fresh, o.setPassword),
		ownPage("/office/account/passkeys", fresh, o.passkeysPage),
		ownBegin("/office/account/passkeys/begin", fresh, o.beginPasskey),
		ownForm[newKeyForm]("/office/account/passkeys", fresh, o.addPasskey),
		ownForm[removeKeyForm]("/office/account/passkeys/remove", fresh, o.removePasskey),
		ownPage("/office/account/codes", fresh, o.codesPage),
		ownBegin("/office/account/codes/begin", fresh, o.beginCodes),
		ownForm[codeForm]("/office/account/codes", fresh, o.confirmCodes),
		ownForm[struct{}]("/office/account/codes/renew", fresh, o.renewRecovery),
		ownForm[struct{}]("/office/account/codes/remove", fresh, o.removeCodes),
		ownForm[endForm]("/office/account/sessions/end", own, o.endSession),
		ownForm[struct{}]("/office/account/sessions/end-others", own, o.endOthers),
	}
}

func (o *Office) setupRoutes() []kit.Route {
	return []kit.Route{
		ownPage("/office/set-up", kit.Public(), o.setupPage),
		ownForm[setupForm]("/office/set-up", kit.Public(), o.setUp),
	}
}
