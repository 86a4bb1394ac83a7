package office

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// tokenForm makes a token.
type tokenForm struct {
	Name   string   `form:"name,max=300"`
	Scopes []string `form:"scopes,max=40"`
	Days   int      `form:"days"`
}

// tokenLine is a token in the list.
type tokenLine struct {
	Name    string
	Actions []string
	Until   string
	Used    string
	Over    string // why it opens nothing; "" where it does
	Revoke  string
}

// tokensPage lists the reader's tokens and makes new ones.
type tokensPage struct {
	frame
	List   []tokenLine
	Scopes []option
	Days   []option
	In     tokenForm
	Secret string // of the one that was just made, shown this once
	Own    bool   // the reader looks at her own office
}

// tokensPage answers /office/tokens.
func (o *Office) tokensPage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	p, err := o.tokens(r, v, tokenForm{Days: 90})
	if err != nil {
		return err
	}
	return o.show(w, r, p)
}

func (o *Office) tokens(r *http.Request, v visit, in tokenForm) (p tokensPage, err error) {
	p = tokensPage{frame: o.frame(v, "", v.lang.T("staff.tokens")), In: in, Own: v.who.As == ""}
	may, err := o.People.TokenActions(r.Context(), v.who)
	if err != nil {
		return p, err
	}
	for _, a := range may {
		p.Scopes = append(p.Scopes, option{Value: string(a), Text: v.lang.T(a.Key()), Selected: slices.Contains(in.Scopes, string(a))})
	}
	for _, n := range []int{7, 30, 90, 365} {
		p.Days = append(p.Days, option{Value: strconv.Itoa(n), Text: v.lang.T("staff.days", fault.Args{"days": n}), Selected: n == in.Days})
	}
	list, err := o.People.Tokens(r.Context(), v.who.Viewed())
	for _, t := range list {
		p.List = append(p.List, v.tokenLine(p.frame, t))
	}
	return p, err
}

func (v visit) tokenLine(f frame, t people.Token) tokenLine {
	line := tokenLine{Name: t.Name, Until: f.day(t.ExpiresAt.Time), Used: v.lang.T("staff.token_unused"), Revoke: "/office/tokens/" + string(t.ID) + "/revoke"}
	if !t.UsedAt.IsZero() {
		line.Used = v.lang.T("staff.token_used", fault.Args{"at": f.moment(t.UsedAt.Time)})
	}
	for _, a := range t.Scopes.V {
		line.Actions = append(line.Actions, v.lang.T(a.Key()))
	}
	switch {
	case !t.RevokedAt.IsZero():
		line.Over = v.lang.T("staff.revoked_at", fault.Args{"date": f.day(t.RevokedAt.Time)})
	case t.Over(v.now):
		line.Over = v.lang.T("staff.ended")
	}
	return line
}

// tokenFields say which field a refusal is about.
var tokenFields = map[string]string{
	"people.token_name": "name", "people.token_days": "days", "people.token_scopes": "scopes", "people.token_too_much": "scopes",
}

// createToken makes a token and shows its secret, this once.
func (o *Office) createToken(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[tokenForm](r)
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	params := people.TokenParams{Name: in.Name, Days: in.Days}
	for _, s := range in.Scopes {
		params.Scopes = append(params.Scopes, access.Action(s))
	}
	_, secret, err := o.People.CreateToken(r.Context(), v.who, params)
	if err != nil {
		return o.again(w, r, err, tokenFields, func(pr problem) (page, error) {
			p, err := o.tokens(r, v, in)
			p.Problem = pr
			return p, err
		})
	}
	p, err := o.tokens(r, v, tokenForm{Days: 90})
	if err != nil {
		return err
	}
	p.Secret = string(secret)
	return o.show(w, r, p)
}

func (o *Office) revokeToken(w http.ResponseWriter, r *http.Request) error {
	who, _ := people.PrincipalFrom(r.Context())
	id, err := ident.Parse[ident.Token](r.PathValue("token"))
	if err != nil {
		return fault.Because(err, fault.NotFound, "people.token_not_found", nil)
	}
	if err := o.People.RevokeToken(r.Context(), who.Person, id); err != nil {
		return err
	}
	return done(w, r, "/office/tokens", "staff.done_token_revoked")
}
