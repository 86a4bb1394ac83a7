package office

import (
	"errors"
	"net/http"

	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// nextForm says where somebody wanted to go.
type nextForm struct {
	Next string `form:"next,max=4096"`
}

// signInForm is a name and a password.
type signInForm struct {
	Login    string `form:"login,max=254"`
	Password string `form:"password,max=1000"`
	Next     string `form:"next,max=4096"`
}

// signInPage lets somebody in: by passkey, or by password.
type signInPage struct {
	frame
	Key      keyStep
	Login    string
	Next     string
	Demo     bool
	CanReset bool
}

// signInPage answers /office/sign-in.
func (o *Office) signInPage(w http.ResponseWriter, r *http.Request) error {
	next := kit.ReadInput[nextForm](r).Next
	if _, ok := people.PrincipalFrom(r.Context()); ok {
		return kit.SeeOther(w, r, within(next))
	}
	if ok, err := o.Gate.Usable(r.Context()); err != nil || !ok {
		return errOr(err, func() error { return kit.SeeOther(w, r, "/office/set-up") })
	}
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	p, err := o.signInWith(r, v, next)
	if err != nil {
		return err
	}
	return o.show(w, r, p)
}

// errOr is err, or what other answers where there is none.
func errOr(err error, other func() error) error {
	if err != nil {
		return err
	}
	return other()
}

func (o *Office) signInWith(r *http.Request, v visit, next string) (p signInPage, err error) {
	p = signInPage{frame: o.frame(v, "", v.lang.T("account.sign_in")), Next: next}
	p.Here = "/office/sign-in" // the language is chosen before anybody is here
	p.Key = keyStep{Kind: "get", Begin: "/office/sign-in/begin", Action: "/office/sign-in/passkey", Next: next, Label: v.lang.T("account.by_passkey")}
	p.Key.Why, err = o.why(r, v)
	return p, err
}

// signInPassword takes a name and a password.
func (o *Office) signInPassword(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[signInForm](r)
	from, err := o.visitor(r)
	if err != nil {
		return err
	}
	e, err := o.Gate.SignIn(r.Context(), from, in.Login, in.Password)
	if err != nil {
		return o.again(w, r, err, map[string]string{"account.wrong": "password"}, func(pr problem) (page, error) {
			v, err := o.visit(r)
			if err != nil {
				return nil, err
			}
			p, err := o.signInWith(r, v, in.Next)
			p.Problem, p.Login = pr, in.Login
			return p, err
		})
	}
	if e.Ceremony != "" {
		v, err := o.visit(r)
		if err != nil {
			return err
		}
		return o.show(w, r, o.codeStep(v, e.Ceremony, in.Next))
	}
	return o.enter(w, r, e, in.Next)
}

// codeForm is a code in a ceremony.
type codeForm struct {
	Ceremony string `form:"ceremony,max=60"`
	Code     string `form:"code,max=60"`
	Next     string `form:"next,max=4096"`
}

// codePage asks for a code after a password.
type codePage struct {
	frame
	Ceremony people.Secret
	Next     string
}

func (o *Office) codeStep(v visit, ceremony people.Secret, next string) codePage {
	p := codePage{frame: o.frame(v, "", v.lang.T("account.code_title")), Ceremony: ceremony, Next: next}
	p.Here = "/office/sign-in"
	return p
}

// signInCode takes the code.
func (o *Office) signInCode(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[codeForm](r)
	from, err := o.visitor(r)
	if err != nil {
		return err
	}
	e, err := o.Gate.SignInCode(r.Context(), from, people.Secret(in.Ceremony), in.Code)
	if err == nil {
		return o.enter(w, r, e, in.Next)
	}
	return o.again(w, r, err, map[string]string{"account.code_wrong": "code"}, func(pr problem) (page, error) {
		v, err := o.visit(r)
		if err != nil {
			return nil, err
		}
		if e.Ceremony == "" { // it begins anew
			p, err := o.signInWith(r, v, in.Next)
			p.Problem = pr
			return p, err
		}
		p := o.codeStep(v, e.Ceremony, in.Next)
		p.Problem = pr
		return p, nil
	})
}

// beginSignIn begins a ceremony with a passkey of anybody.
func (o *Office) beginSignIn(w http.ResponseWriter, r *http.Request) error {
	from, err := o.visitor(r)
	if err != nil {
		return err
	}
	c, err := o.Gate.BeginPasskey(r.Context(), from, "")
	return o.begun(w, r, c, err)
}

// signInPasskey takes the answer of a passkey.
func (o *Office) signInPasskey(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[keyAnswer](r)
	from, err := o.visitor(r)
	if err != nil {
		return err
	}
	e, err := o.Gate.SignInPasskey(r.Context(), from, people.Secret(in.Ceremony), in.Answer)
	if err == nil {
		return o.enter(w, r, e, in.Next)
	}
	return o.again(w, r, err, nil, func(pr problem) (page, error) {
		v, err := o.visit(r)
		if err != nil {
			return nil, err
		}
		p, err := o.signInWith(r, v, in.Next)
		p.Problem = pr
		return p, err
	})
}

// signOut ends the session of this browser, which stays known.
func (o *Office) signOut(w http.ResponseWriter, r *http.Request) error {
	s, err := o.site(r.Context())
	if err != nil {
		return err
	}
	if who, ok := people.PrincipalFrom(r.Context()); ok {
		if err := o.Gate.SignOut(r.Context(), who); err != nil {
			return err
		}
	}
	setCookie(w, s.Secure, sessionCookie, "")
	return done(w, r, "/office/sign-in", "account.done_signed_out")
}

// verifyForm is a fresh proof.
type verifyForm struct {
	Password string `form:"password,max=1000"`
	Code     string `form:"code,max=60"`
	Next     string `form:"next,max=4096"`
}

// verifyPage asks who is signed in to prove once more who she is.
type verifyPage struct {
	frame
	Proofs people.Proofs
	Key    keyStep
	Next   string
}

func (o *Office) verifyWith(r *http.Request, next string) (p verifyPage, err error) {
	v, err := o.visit(r)
	if err != nil {
		return p, err
	}
	p = verifyPage{frame: o.frame(v, "account", v.lang.T("account.verify_title")), Next: next}
	if p.Proofs, err = o.Gate.Proofs(r.Context(), v.who.Person); err != nil {
		return p, err
	}
	p.Key = keyStep{Kind: "get", Begin: "/office/verify/begin", Action: "/office/verify/passkey", Next: next, Label: v.lang.T("account.verify_by_passkey")}
	p.Key.Why, err = o.why(r, v)
	return p, err
}

// verifyPage answers /office/verify.
func (o *Office) verifyPage(w http.ResponseWriter, r *http.Request) error {
	p, err := o.verifyWith(r, kit.ReadInput[nextForm](r).Next)
	if err != nil {
		return err
	}
	return o.show(w, r, p)
}

// verify takes a password, and a code where one is set up.
func (o *Office) verify(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[verifyForm](r)
	from, err := o.visitor(r)
	if err != nil {
		return err
	}
	who, _ := people.PrincipalFrom(r.Context())
	s, err := o.Gate.Verify(r.Context(), from, who, in.Password, in.Code)
	return o.verified(w, r, s, in.Next, err)
}

// beginVerify begins a ceremony with one of her own passkeys.
func (o *Office) beginVerify(w http.ResponseWriter, r *http.Request) error {
	from, err := o.visitor(r)
	if err != nil {
		return err
	}
	who, _ := people.PrincipalFrom(r.Context())
	c, err := o.Gate.BeginPasskey(r.Context(), from, who.Person)
	return o.begun(w, r, c, err)
}

// verifyPasskey takes its answer.
func (o *Office) verifyPasskey(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[keyAnswer](r)
	who, _ := people.PrincipalFrom(r.Context())
	s, err := o.Gate.VerifyPasskey(r.Context(), who, people.Secret(in.Ceremony), in.Answer)
	return o.verified(w, r, s, in.Next, err)
}

// verified leads on where the proof was accepted, else asks again.
func (o *Office) verified(w http.ResponseWriter, r *http.Request, s people.Secret, next string, err error) error {
	if err == nil {
		return errors.Join(o.renew(w, r, s), kit.SeeOther(w, r, within(next)))
	}
	return o.again(w, r, err, map[string]string{"account.password_wrong": "password", "account.code_wrong": "code"}, func(pr problem) (page, error) {
		p, err := o.verifyWith(r, next)
		p.Problem = pr
		return p, err
	})
}

// wrongIn says whether the problem is with a field.
func (p problem) in(field string) bool { return p.Text != "" && p.Field == field }
