package office

import (
	"errors"
	"net/http"
	"net/url"

	"strings"

	"rsc.io/qr"

	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// passkeyLine is one of her passkeys.
type passkeyLine struct {
	ID    string
	Name  string
	Since string
	Used  string // "" where it was never used
}

// passkeysPage lists her passkeys, and makes another.
type passkeysPage struct {
	frame
	Keys []passkeyLine
	Key  keyStep
}

func (o *Office) passkeysWith(r *http.Request, pr problem) (p passkeysPage, err error) {
	v, err := o.visit(r)
	if err != nil {
		return p, err
	}
	p = passkeysPage{frame: o.own(v, "account.passkeys")}
	p.Problem = pr
	keys, err := o.Gate.Passkeys(r.Context(), v.who.Person)
	if err != nil {
		return p, err
	}
	for _, k := range keys {
		line := passkeyLine{ID: k.ID, Name: k.Name, Since: p.day(k.CreatedAt.Time), Used: p.moment(k.UsedAt.Time)}
		if line.Name == "" {
			line.Name = v.lang.T("account.passkey")
		}
		p.Keys = append(p.Keys, line)
	}
	p.Key = keyStep{Kind: "create", Begin: "/office/account/passkeys/begin", Action: "/office/account/passkeys", Label: v.lang.T("account.make_passkey"), Named: true}
	p.Key.Why, err = o.why(r, v)
	return p, err
}

// passkeysPage answers /office/account/passkeys.
func (o *Office) passkeysPage(w http.ResponseWriter, r *http.Request) error {
	p, err := o.passkeysWith(r, problem{})
	if err != nil {
		return err
	}
	return o.show(w, r, p)
}

// beginPasskey begins the ceremony of a further passkey.
func (o *Office) beginPasskey(w http.ResponseWriter, r *http.Request) error {
	who, _ := people.PrincipalFrom(r.Context())
	c, err := o.Gate.BeginOwnPasskey(r.Context(), who)
	return o.begun(w, r, c, err)
}

// addPasskey keeps it.
func (o *Office) addPasskey(w http.ResponseWriter, r *http.Request) error {
	who, _ := people.PrincipalFrom(r.Context())
	s, err := o.Gate.AddPasskey(r.Context(), who, kit.ReadInput[newKeyForm](r).made())
	if err != nil {
		return o.again(w, r, err, nil, func(pr problem) (page, error) { return o.passkeysWith(r, pr) })
	}
	return errors.Join(o.renew(w, r, s), done(w, r, "/office/account/passkeys", "account.done_passkey"))
}

// removeKeyForm names a passkey.
type removeKeyForm struct {
	Key string `form:"key,max=1400"`
}

// removePasskey takes one away.
func (o *Office) removePasskey(w http.ResponseWriter, r *http.Request) error {
	who, _ := people.PrincipalFrom(r.Context())
	if err := o.Gate.RemovePasskey(r.Context(), who, kit.ReadInput[removeKeyForm](r).Key); err != nil {
		return o.again(w, r, err, nil, func(pr problem) (page, error) { return o.passkeysWith(r, pr) })
	}
	return done(w, r, "/office/account/passkeys", "account.done_passkey_removed")
}

// codesPage says whether codes are set up, and sets them up.
type codesPage struct {
	frame
	On    bool
	Left  int
	Setup *codeSetup
}

// codeSetup is what she enters into her authenticator.
type codeSetup struct {
	Ceremony people.Secret
	Secret   string // in groups of four
	Picture  qrPicture
}

func (o *Office) codesWith(r *http.Request, pr problem) (p codesPage, err error) {
	v, err := o.visit(r)
	if err != nil {
		return p, err
	}
	p = codesPage{frame: o.own(v, "account.codes")}
	p.Problem = pr
	a, err1 := o.People.Account(r.Context(), v.who.Person)
	left, err2 := o.Gate.RecoveryLeft(r.Context(), v.who.Person)
	p.On, p.Left = a.TOTP != "", left
	return p, errors.Join(err1, err2)
}

// codesPage answers /office/account/codes.
func (o *Office) codesPage(w http.ResponseWriter, r *http.Request) error {
	p, err := o.codesWith(r, problem{})
	if err != nil {
		return err
	}
	return o.show(w, r, p)
}

// beginCodes shows what to enter into an authenticator.
func (o *Office) beginCodes(w http.ResponseWriter, r *http.Request) error {
	who, _ := people.PrincipalFrom(r.Context())
	c, err := o.Gate.BeginCodes(r.Context(), who)
	if err != nil {
		return o.again(w, r, err, nil, func(pr problem) (page, error) { return o.codesWith(r, pr) })
	}
	p, err := o.codesWith(r, problem{})
	if err != nil {
		return err
	}
	if p.Setup, err = setupOf(c); err != nil {
		return err
	}
	p.Here = "/office/account/codes"
	return o.show(w, r, p)
}

func setupOf(c people.CodeSetup) (*codeSetup, error) {
	s := &codeSetup{Ceremony: c.Ceremony}
	for i, letter := range string(c.Secret) {
		if i > 0 && i%4 == 0 {
			s.Secret += " "
		}
		s.Secret += string(letter)
	}
	var err error
	s.Picture, err = drawQR(string(c.Address))
	return s, err
}

// recoveryPage shows recovery codes, this once.
type recoveryPage struct {
	frame
	Codes []string
	File  string // the same as a file
}

func (o *Office) recovery(w http.ResponseWriter, r *http.Request, codes []string) error {
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	p := recoveryPage{frame: o.own(v, "account.recovery_title"), Codes: codes}
	p.Here = "/office/account/codes"
	p.File = textFile(v.Root.Name(v.lang) + "\n" + v.lang.T("account.recovery_title") + "\n\n" + strings.Join(codes, "\n") + "\n")
	return o.show(w, r, p)
}

// confirmCodes takes the first code.
func (o *Office) confirmCodes(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[codeForm](r)
	who, _ := people.PrincipalFrom(r.Context())
	set, err := o.Gate.ConfirmCodes(r.Context(), who, people.Secret(in.Ceremony), in.Code)
	if err != nil {
		return o.again(w, r, err, map[string]string{"account.code_wrong": "code"}, func(pr problem) (page, error) {
			p, err := o.codesWith(r, pr)
			p.Here = "/office/account/codes"
			if err == nil && set.Again.Ceremony != "" {
				p.Setup, err = setupOf(set.Again)
			}
			return p, err
		})
	}
	if err := o.renew(w, r, set.Session); err != nil {
		return err
	}
	return o.recovery(w, r, set.Recovery)
}

// renewRecovery gives her new recovery codes.
func (o *Office) renewRecovery(w http.ResponseWriter, r *http.Request) error {
	who, _ := people.PrincipalFrom(r.Context())
	codes, err := o.Gate.RenewRecovery(r.Context(), who)
	if err != nil {
		return o.again(w, r, err, nil, func(pr problem) (page, error) { return o.codesWith(r, pr) })
	}
	return o.recovery(w, r, codes)
}

// removeCodes ends codes as her second step.
func (o *Office) removeCodes(w http.ResponseWriter, r *http.Request) error {
	who, _ := people.PrincipalFrom(r.Context())
	if err := o.Gate.RemoveCodes(r.Context(), who); err != nil {
		return o.again(w, r, err, nil, func(pr problem) (page, error) { return o.codesWith(r, pr) })
	}
	return done(w, r, "/office/account/codes", "account.done_codes_removed")
}

// qrPicture is a QR code to draw: how many modules a side has, with the margin that
// scanners need, and the path of the dark ones.
type qrPicture struct {
	Size string
	Path string
}

// quiet is the margin around a QR code, in modules.
const quiet = 4

// drawQR draws a text as a QR code.
func drawQR(text string) (qrPicture, error) {
	c, err := qr.Encode(text, qr.M)
	if err != nil {
		return qrPicture{}, err
	}
	var b strings.Builder
	for y := range c.Size {
		for x := 0; x < c.Size; x++ {
			from := x
			for x < c.Size && c.Black(x, y) {
				x++
			}
			if x > from {
				writeRun(&b, from+quiet, y+quiet, x-from)
			}
		}
	}
	return qrPicture{Size: number(c.Size + 2*quiet), Path: b.String()}, nil
}

func writeRun(b *strings.Builder, x, y, n int) {
	for _, s := range []string{"M", number(x), " ", number(y), "h", number(n), "v1h-", number(n), "z"} {
		b.WriteString(s)
	}
}

// textFile is an address that holds a text itself, to be kept as a file.
func textFile(text string) string {
	return "data:text/plain;charset=utf-8," + url.PathEscape(text)
}
